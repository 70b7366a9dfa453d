// SPDX-License-Identifier: GPL-2.0
/* blame.c - in: what cannot be read; out: one line that says why, and what helps. */
#include <stdio.h>
#include <string.h>

#include "proc/whose.h"
#include "read/rights.h"
#include "text/say.h"
#include "verbs/blame.h"

/* The module said EPERM: a capability is missing, or the kernel is locked down. */
static const char *missing_right(void)
{
	struct rights rights = rights_read();

	if (!rights.sys_admin)
		return "the vmaview module serves only CAP_SYS_ADMIN: run as root";
	if (!rights.sys_ptrace)
		return "the vmaview module serves only CAP_SYS_PTRACE: run as root";
	if (lockdown_read() == LOCKDOWN_CONFIDENTIALITY)
		return "the kernel is locked down for confidentiality, which forbids the vmaview "
		       "module to answer";
	return "the vmaview module refuses: capabilities are needed in the initial user namespace, "
	       "and no lockdown for confidentiality";
}

void blame_module(const struct collector *collector, char *out, size_t room)
{
	const struct vmaview_version *version = &collector->version;

	switch (collector->module) {
	case MODULE_ABSENT:
		snprintf(out, room, "the vmaview module is not loaded: modprobe vmaview, or "
			 "insmod vmaview.ko");
		break;
	case MODULE_NO_ACCESS:
		snprintf(out, room, "no right to open " VMAVIEW_DEVICE ": run as root");
		break;
	case MODULE_NO_RIGHT:
		snprintf(out, room, "%s", missing_right());
		break;
	case MODULE_OTHER_ABI:
		snprintf(out, room, "the loaded module %s speaks ABI %u, this vmaview ABI %d: "
			 "install both from one release", version->release, version->abi_major,
			 VMAVIEW_ABI_MAJOR);
		break;
	case MODULE_TOO_OLD:
		snprintf(out, room, VMAVIEW_DEVICE " does not know this vmaview's requests: "
			 "load the module of the same release");
		break;
	default:
		snprintf(out, room, VMAVIEW_DEVICE ": %s", collector->why);
		break;
	}
}

const char *blame_proc(void)
{
	switch (whose_proc()) {
	case WHOSE_OURS:
		return NULL;
	case WHOSE_NOBODYS:
		return "/proc is not mounted: mount -t proc proc /proc";
	default:
		return "/proc is another PID namespace's, where the number of a process is another one's: "
		       "mount this one's, as unshare --mount-proc does";
	}
}

void blame_target(const struct collector *collector, enum collected collected, pid_t pid)
{
	char why[512];

	switch (collected) {
	case COLLECT_NOBODY:
		say("no process has PID %d", pid);
		break;
	case COLLECT_KERNEL_THREAD:
		say("PID %d is a kernel thread: it has no memory areas", pid);
		break;
	case COLLECT_ZOMBIE:
		say("PID %d is a zombie: its memory is gone", pid);
		break;
	case COLLECT_NO_MODULE:
		blame_module(collector, why, sizeof(why));
		say("%s", why);
		break;
	default:
		say("PID %d: %s", pid, collector->why);
		break;
	}
}

int blame_exit_code(size_t nobody, size_t failed, size_t shown)
{
	if (nobody)
		return EXIT_NOBODY;
	if (failed)
		return shown ? EXIT_PARTIAL : EXIT_FAILED;
	return EXIT_DONE;
}
