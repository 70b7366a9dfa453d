// SPDX-License-Identifier: GPL-2.0
/* machine.c - CPUs, speed and the module's file. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "door.h"
#include "machine.h"
#include "result.h"

/* Only a sanitizer kernel has one of them. */
#define LOCKDEP "/proc/lockdep_stats"
#define KCSAN "/sys/kernel/debug/kcsan"

/* As lib.mk installs what TEST_GEN_MODS_DIR has. */
#define MODULE_BESIDE "mods/vmaview.ko"

void use_one_cpu(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

void use_all_cpus(void)
{
	cpu_set_t all;

	memset(&all, 0xff, sizeof(all));
	sched_setaffinity(0, sizeof(all), &all);
}

bool kernel_is_slow(void)
{
	return !access(LOCKDEP, F_OK) || !access(KCSAN, F_OK);
}

double machine_seconds(void)
{
	struct timespec now;

	/* Not by the vdso: its data would be in memory of each test, which looks at that. */
	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

/* mm_context_t.ctx_id: other architectures have nothing like it. */
bool machine_numbers_spaces(void)
{
#ifdef __x86_64__
	return true;
#else
	return false;
#endif
}

/* HAVE_ARCH_SOFT_DIRTY: x86 has it, arm64 has not. */
bool machine_tracks_writes(void)
{
#ifdef __x86_64__
	return true;
#else
	return false;
#endif
}

bool module_is_loaded(void)
{
	return !access(VMAVIEW_DEBUGFS, F_OK);
}

const char *module_file(void)
{
	static char path[4096];
	const char *named = getenv("VMAVIEW_KO");
	ssize_t len;

	if (named)
		return named;
	len = readlink("/proc/self/exe", path, sizeof(path) - sizeof(MODULE_BESIDE));
	while (len > 0 && path[len - 1] != '/')
		len--;
	strcpy(path + (len > 0 ? len : 0), MODULE_BESIDE);
	return access(path, R_OK) ? NULL : path;
}

const char *module_path(void)
{
	const char *path = module_file();

	if (!path)
		skip("VMAVIEW_KO does not say where the module's file is");
	return path;
}

void module_try_to_load(void)
{
	const char *path = module_file();
	int fd;

	if (module_is_loaded() || !path)
		return;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
		note("%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
}
