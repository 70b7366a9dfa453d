// SPDX-License-Identifier: GPL-2.0
/* device.c - verbs that only work with the module, on a device of our own: what they do around it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "vmaview.h"
#include "verbs/record/record.h"
#include "verbs/status.h"
#include "vmaview/reader.h"
#include "vmaview/snapshot_file.h"

#define SAVED "../data/mixed.vmav"

static char folder[] = "bin/device.XXXXXX";

static int error_of_device;
static uint16_t minor_of_device = VMAVIEW_ABI_MINOR;

/* These are called in place of libc's. */
int open(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list args;

	if (flags & O_CREAT) {
		va_start(args, flags);
		mode = va_arg(args, mode_t);
		va_end(args);
	}
	if (strcmp(path, VMAVIEW_DEVICE))
		return syscall(SYS_openat, AT_FDCWD, path, flags, mode);
	errno = error_of_device;
	return error_of_device ? -1 : syscall(SYS_openat, AT_FDCWD, SAVED, flags, mode);
}

int ioctl(int fd, unsigned long request, ...)
{
	struct vmaview_version *version;
	va_list args;

	(void)fd;
	va_start(args, request);
	version = va_arg(args, void *);
	va_end(args);
	if (request == VMAVIEW_IOC_VERSION)
		*version = (struct vmaview_version){
			.abi_major = VMAVIEW_ABI_MAJOR, .abi_minor = minor_of_device, .release = "1.2.3",
		};
	return 0;
}

static int signal_at_fsync;

/* The stream is in the temporary file, which has not its name yet. */
int fsync(int fd)
{
	if (signal_at_fsync)
		raise(signal_at_fsync);
	return syscall(SYS_fsync, fd);
}

static const char *in_folder(const char *name)
{
	static char path[2][64];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", folder, name);
	return path[turn];
}

/* How many names there are in the folder; all are removed. */
static int clear(void)
{
	char line[128], count[16];
	FILE *pipe;

	snprintf(line, sizeof(line), "ls %s | wc -l; rm -rf %s/*", folder, folder);
	pipe = popen(line, "r");
	if (!pipe || !fgets(count, sizeof(count), pipe))
		return -1;
	pclose(pipe);
	return atoi(count);
}

static int record(const char *name)
{
	struct target self = { .pid = getpid() };
	struct options options = {
		.file = in_folder(name), .targets = { .list = &self, .nr = 1 }, .high = UINT64_MAX,
	};

	return record_main(&options);
}

/* Of the only process in a file; 0: it is not whole. */
static size_t areas_in(const char *path)
{
	struct snapshot_file file;
	struct process process;
	size_t first, nr, areas = 0;

	process_init(&process);
	if (!snapshot_file_open(&file, path) && file.moments == 1 &&
	    !snapshot_file_moment(&file, SNAPSHOT_LAST, &first, &nr) && nr == 1 &&
	    !snapshot_file_read(&file, first, &process))
		areas = process.nr_areas;
	process_free(&process);
	snapshot_file_close(&file);
	return areas;
}

/* What is at @path itself, without following it; is it the whole stream? */
static bool holds_stream(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISREG(st.st_mode) && (st.st_mode & 07777) == 0600 && areas_in(SAVED) &&
	       areas_in(path) == areas_in(SAVED);
}

static bool new_file(void)
{
	bool holds = record("new") == EXIT_DONE && holds_stream(in_folder("new"));

	return clear() == 1 && holds;
}

static bool old_file(void)
{
	bool holds;

	close(open(in_folder("old"), O_WRONLY | O_CREAT, 0666));
	holds = record("old") == EXIT_DONE && holds_stream(in_folder("old"));
	return clear() == 1 && holds;
}

static bool through_link(void)
{
	struct stat st;
	bool holds;

	close(open(in_folder("file"), O_WRONLY | O_CREAT, 0666));
	holds = !symlink("file", in_folder("link")) && record("link") == EXIT_DONE &&
		holds_stream(in_folder("file")) && !lstat(in_folder("link"), &st) && S_ISLNK(st.st_mode);
	return clear() == 2 && holds;
}

static bool is_kept(const char *name, mode_t type)
{
	struct stat st;
	bool holds = record(name) == EXIT_FAILED && !lstat(in_folder(name), &st) &&
		     (st.st_mode & S_IFMT) == type;

	return clear() == 1 && holds;
}

static bool fifo(void)
{
	return !mkfifo(in_folder("fifo"), 0600) && is_kept("fifo", S_IFIFO);
}

static bool dangling(void)
{
	return !symlink("nowhere", in_folder("dangling")) && is_kept("dangling", S_IFLNK);
}

static bool device(void)
{
	return !symlink("/dev/null", in_folder("null")) && is_kept("null", S_IFLNK);
}

/* How a child ended that got @signal when all but the name was done; it may ignore it from the start. */
static int record_signalled(int signal_number, bool ignored)
{
	pid_t child = fork();
	int status;

	if (!child) {
		signal(signal_number, ignored ? SIG_IGN : SIG_DFL);
		signal_at_fsync = signal_number;
		_exit(record("file"));
	}
	return waitpid(child, &status, 0) == child ? status : -1;
}

static bool signalled(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		int status = record_signalled(signals[i], false), names = clear();

		if (!WIFSIGNALED(status) || WTERMSIG(status) != signals[i] || names)
			return ktap_note("signal %d: status %x, %d files", signals[i], status, names);
	}
	return true;
}

/* nohup. */
static bool ignores(void)
{
	int status = record_signalled(SIGHUP, true);
	bool holds = holds_stream(in_folder("file"));

	return clear() == 1 && holds && !status;
}

/* The row "module" has @expect, and all of it exits with @code, where the device answers with @error. */
static bool status_says(int error, int code, const char *expect)
{
	struct options options = { .json = true };
	int fd = memfd_create("status", MFD_CLOEXEC), kept;
	char seen[4096];
	ssize_t got;
	int ret;

	fflush(stdout);
	kept = dup(STDOUT_FILENO);
	dup2(fd, STDOUT_FILENO);
	error_of_device = error;
	ret = status_main(&options);
	error_of_device = 0;
	fflush(stdout);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	got = pread(fd, seen, sizeof(seen) - 1, 0);
	seen[got > 0 ? got : 0] = '\0';
	close(fd);
	return ret == code && strstr(seen, expect) ? true : ktap_note("exit %d: %s", ret, seen);
}

#define MODULE(fine, state, advice) \
	"\"module\":{\n      \"fine\":" fine ",\n      \"state\":\"" state "\",\n      \"advice\":" advice

static bool status_usable(void)
{
	return status_says(0, EXIT_DONE, "\"module\":{\n      \"fine\":true,\n      \"state\":\"1.2.3 abi 1.") &&
	       status_says(0, EXIT_DONE, "\"case\":\"ok\"");
}

/* Why it is not there depends on this machine: see module_case.c. */
static bool status_absent(void)
{
	return status_says(ENOENT, EXIT_NO_MODULE, "\"module\":{\n      \"fine\":false,\n      \"state\":\"not ");
}

static bool status_no_access(void)
{
	return status_says(EACCES, EXIT_NO_MODULE, MODULE("false", "unknown", "\"no right to open"));
}

static bool status_no_right(void)
{
	return status_says(EPERM, EXIT_NO_MODULE, MODULE("false", "loaded, but refuses to answer", "\"the "));
}

struct asked {
	const char *what;
	struct vmaview_request target;
	uint16_t since;		/* the minor of the ABI that has it */
};

/* A module that is too old for what is asked is not asked, and that is ENOTTY, as an unknown ioctl is. */
static bool old_modules(void)
{
	static const struct asked asked[] = {
		{ "areas", { .want = VMAVIEW_WANT_AREAS }, 0 },
		{ "single pages", { .want = VMAVIEW_WANT_RUNS }, 1 },
		{ "page frames", { .want = VMAVIEW_WANT_RUNS, .flags = VMAVIEW_REQUEST_DENSE }, 4 },
	};
	bool holds = true;

	error_of_device = 0;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		for (minor_of_device = 0; minor_of_device <= VMAVIEW_ABI_MINOR; minor_of_device++) {
			struct reader_source source = { .device = VMAVIEW_DEVICE, .target = asked[i].target };
			int wanted = minor_of_device < asked[i].since ? -ENOTTY : 0;
			struct reader reader;
			int ret = reader_open(&reader, &source);

			if (ret != wanted)
				holds = ktap_note("%s of 1.%u: %d, expected %d", asked[i].what, minor_of_device, ret,
						  wanted);
			reader_close(&reader);
		}
	}
	minor_of_device = VMAVIEW_ABI_MINOR;
	return holds;
}

static const struct ktap_test tests[] = {
	{ "record makes a file", new_file },
	{ "record replaces a file", old_file },
	{ "record replaces what a link leads to, and keeps the link", through_link },
	{ "record keeps a FIFO as it is", fifo },
	{ "record keeps a link that leads nowhere", dangling },
	{ "record keeps a link to a device", device },
	{ "a signal ends record, and leaves no file", signalled },
	{ "but not one that is ignored", ignores },
	{ "a module that is too old for what is asked is not asked", old_modules },
	{ "status has the version of a module that answers", status_usable },
	{ "status has one that is not loaded", status_absent },
	{ "status has one that nobody knows of, as the device may not be opened", status_no_access },
	{ "status has one that is loaded and refuses, which is not fine", status_no_right },
};

int main(void)
{
	int ret;

	if (!freopen("/dev/null", "w", stderr) || !mkdtemp(folder))
		return 1;
	ret = ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
	rmdir(folder);
	return ret;
}
