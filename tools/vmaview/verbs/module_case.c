// SPDX-License-Identifier: GPL-2.0
/*
 * module_case.c - in: a root; out: how it stands with the module there, in one word, and the one line that helps.
 *
 * The order is that of what helps: a module that may not answer need not be built, one that is not there not signed.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "text/version.h"
#include "verbs/module_case.h"

static void read_loaded(struct module_facts *facts, const char *root)
{
	char path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof(path), "%s/sys/module/vmaview", root);
	facts->loaded = !access(path, F_OK);
	snprintf(path, sizeof(path), "%s/sys/module/vmaview/version", root);
	file = fopen(path, "re");
	if (!file)
		return;
	if (fgets(facts->version, sizeof(facts->version), file))
		facts->version[strcspn(facts->version, "\n")] = '\0';
	fclose(file);
}

void module_facts_read(struct module_facts *facts, const char *root, const char *release)
{
	memset(facts, 0, sizeof(*facts));
	facts->root = root;
	facts->release = release;
	facts->lockdown = lockdown_below(root);
	read_loaded(facts, root);
	facts->enforced = signing_is_enforced(root, facts->lockdown);
	installed_find(&facts->installed, root, release);
	facts->signer = signing_knows(root, facts->installed.file.signer);
}

/* What would be loaded next time: the file for this kernel, or else what belongs to this tool. */
static const char *installed_version(const struct installed *installed)
{
	return installed->file.version[0] ? installed->file.version : VMAVIEW_RELEASE;
}

static bool is_older(const struct module_facts *facts)
{
	return facts->version[0] && strverscmp(facts->version, installed_version(&facts->installed)) < 0;
}

/*
 * "6.12.118+deb13-amd64 SMP preempt mod_unload modversions" is for the first word. A kernel with modversions takes
 * another one's, too, where all that it imports is the same: what is in weak-updates was compared so.
 */
static bool is_for(const struct installed *installed, const char *release)
{
	size_t length = strlen(release);

	if (!installed->file.vermagic[0] || strstr(installed->path, "/weak-updates/"))
		return true;
	return !strncmp(installed->file.vermagic, release, length) && strchr(" ", installed->file.vermagic[length]);
}

static enum module_case case_of_none(const struct installed *installed)
{
	if (!installed->headers)
		return CASE_NO_HEADERS;
	return installed->other[0] ? CASE_OTHER_KERNEL : CASE_NOT_BUILT;
}

/* Of what the kernel has refused, or would. */
static enum module_case case_of_file(const struct module_facts *facts)
{
	const struct installed *installed = &facts->installed;

	if (!is_for(installed, facts->release) || facts->load_error == -ENOEXEC)
		return CASE_OTHER_KERNEL;
	if (facts->enforced && !installed->file.is_signed && installed->file.vermagic[0])
		return CASE_UNSIGNED;
	if ((facts->enforced && installed->file.is_signed && facts->signer == SIGNER_UNKNOWN) ||
	    facts->load_error == -ENOKEY)
		return CASE_NOT_ENROLLED;
	return CASE_NOT_LOADED;
}

enum module_case module_case(const struct module_facts *facts)
{
	if (facts->lockdown == LOCKDOWN_CONFIDENTIALITY)
		return CASE_LOCKDOWN;
	if (facts->loaded)
		return is_older(facts) ? CASE_OLDER_LOADED : CASE_OK;
	if (facts->installed.found)
		return case_of_file(facts);
	return case_of_none(&facts->installed);
}

const char *module_case_word(enum module_case which)
{
	static const char *const words[] = {
		[CASE_OK] = "ok",
		[CASE_NO_HEADERS] = "no-headers",
		[CASE_NOT_BUILT] = "not-built",
		[CASE_OTHER_KERNEL] = "other-kernel",
		[CASE_UNSIGNED] = "unsigned",
		[CASE_NOT_ENROLLED] = "not-enrolled",
		[CASE_LOCKDOWN] = "lockdown",
		[CASE_OLDER_LOADED] = "older-loaded",
		[CASE_NOT_LOADED] = "not-loaded",
	};

	return words[which];
}

/* The kernel that it is for, by the file itself or by its folder. */
static int other_kernel(const struct installed *installed)
{
	return installed->found ? (int)strcspn(installed->file.vermagic, " ") : (int)strlen(installed->other);
}

void module_case_state(const struct module_facts *facts, char *out, size_t room)
{
	const struct installed *installed = &facts->installed;

	switch (module_case(facts)) {
	case CASE_NO_HEADERS:
		snprintf(out, room, "not built: no headers of Linux %.64s are here", facts->release);
		break;
	case CASE_NOT_BUILT:
		snprintf(out, room, "not built for Linux %.64s", facts->release);
		break;
	case CASE_OTHER_KERNEL:
		if (installed->found && is_for(installed, facts->release))
			snprintf(out, room, "built for another Linux %.64s than this one", facts->release);
		else
			snprintf(out, room, "built for another kernel: Linux %.*s", other_kernel(installed),
				 installed->found ? installed->file.vermagic : installed->other);
		break;
	case CASE_UNSIGNED:
		snprintf(out, room, "not signed, and this kernel takes signed modules only");
		break;
	case CASE_NOT_ENROLLED:
		snprintf(out, room, "signed by '%.80s', whose key this kernel does not know", installed->file.signer);
		break;
	case CASE_LOCKDOWN:
		snprintf(out, room, "%s, and the kernel is locked down for confidentiality",
			 facts->loaded ? "loaded" : "not loaded");
		break;
	case CASE_OLDER_LOADED:
		snprintf(out, room, "%s is loaded, %s is installed", facts->version, installed_version(installed));
		break;
	case CASE_NOT_LOADED:
		snprintf(out, room, "not loaded");
		break;
	default:
		out[0] = '\0';
	}
}

/* How one is built here. */
static void say_build(const struct module_facts *facts, char *out, size_t room)
{
	if (facts->installed.source[0])
		snprintf(out, room, "dkms install vmaview/%s -k %.64s", facts->installed.source, facts->release);
	else
		snprintf(out, room, "install vmaview-dkms, or make module and make install in the sources");
}

static void say_headers(const struct module_facts *facts, char *out, size_t room)
{
	if (facts->installed.debian)
		snprintf(out, room, "apt install linux-headers-%.64s%s", facts->release,
			 facts->installed.source[0] ? ": DKMS builds it then" : ", then build it");
	else
		snprintf(out, room, "install this kernel's headers (kernel-devel-%.64s, linux-headers), then build it",
			 facts->release);
}

/* The certificate of what signs modules here: DKMS's own, or that of Ubuntu's shim. */
static const char *certificate(const char *root)
{
	static const char *const paths[] = { "/var/lib/dkms/mok.pub", "/var/lib/shim-signed/mok/MOK.der" };
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", root, paths[i]);
		if (!access(path, F_OK))
			return paths[i];
	}
	return "CERTIFICATE.der";
}

static void say_load(const struct module_facts *facts, char *out, size_t room)
{
	if (facts->load_error)
		snprintf(out, room, "loading it failed: %s; the kernel log (dmesg) says why",
			 strerror(-facts->load_error));
	else
		snprintf(out, room, "%smodprobe vmaview", facts->installed.listed ? "" : "depmod, then ");
}

void module_case_advice(const struct module_facts *facts, char *out, size_t room)
{
	const struct installed *installed = &facts->installed;
	enum module_case which = module_case(facts);

	out[0] = '\0';
	if (which == CASE_NO_HEADERS || (which == CASE_OTHER_KERNEL && !installed->headers))
		say_headers(facts, out, room);
	else if (which == CASE_NOT_BUILT || which == CASE_OTHER_KERNEL)
		say_build(facts, out, room);
	else if (which == CASE_UNSIGNED)
		snprintf(out, room, "sign it with a key that is enrolled: sign-file sha256 KEY CERTIFICATE %.160s",
			 installed->path);
	else if (which == CASE_NOT_ENROLLED)
		snprintf(out, room, "mokutil --import %s, then boot and confirm", certificate(facts->root));
	else if (which == CASE_LOCKDOWN)
		snprintf(out, room, "boot without lockdown=confidentiality: it forbids the module to answer");
	else if (which == CASE_OLDER_LOADED)
		snprintf(out, room, "rmmod vmaview, then modprobe vmaview");
	else if (which == CASE_NOT_LOADED)
		say_load(facts, out, room);
}
