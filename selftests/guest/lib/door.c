// SPDX-License-Identifier: GPL-2.0
/* door.c - both doors of the module: debugfs folders and the device. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "door.h"
#include "result.h"
#include "setting.h"
#include "text.h"

int door_write(const char *file, const void *data, size_t len)
{
	char path[128];
	ssize_t done;
	int fd, ret;

	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%s", file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	done = write(fd, data, len);
	ret = done < 0 ? -errno : 0;
	if (done >= 0 && (size_t)done != len)
		fail("%s: took %zd of %zu bytes", file, done, len);
	close(fd);
	return ret;
}

static int write_pid(const char *file, pid_t pid)
{
	char text[16];

	return door_write(file, text, snprintf(text, sizeof(text), "%d\n", pid));
}

int door_attach(pid_t pid)
{
	return write_pid("attach", pid);
}

int door_detach(pid_t pid)
{
	return write_pid("detach", pid);
}

int door_file(const char *name, struct bytes *out)
{
	char path[128];

	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%s", name);
	return slurp(path, out);
}

int door_text(pid_t pid, const char *name, struct bytes *out)
{
	char path[64];
	int ret;

	memset(out, 0, sizeof(*out));
	if (!pid)
		return door_file(name, out);
	ret = door_attach(pid);
	if (ret)
		return ret;
	snprintf(path, sizeof(path), "%d/%s", pid, name);
	return door_file(path, out);
}

int door_open(void)
{
	int fd = open(VMAVIEW_DEVICE, O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

struct vmaview_request door_request(pid_t pid, unsigned int want)
{
	return (struct vmaview_request){
		.size = sizeof(struct vmaview_request),
		.target = pid,
		.want = want,
		.end = ~0ULL,
	};
}

unsigned int door_any_want(uint64_t random)
{
	unsigned int want = random >> 32 & VMAVIEW_WANT_ALL;

	return want ? want : VMAVIEW_WANT_AREAS;
}

int door_bind(int fd, const struct vmaview_request *request)
{
	return ioctl(fd, VMAVIEW_IOC_BIND, request) ? -errno : 0;
}

int door_bytes(pid_t pid, unsigned int want, struct bytes *out)
{
	struct vmaview_request request = door_request(pid, want);
	int fd = door_open(), ret;

	memset(out, 0, sizeof(*out));
	if (fd < 0)
		return fd;
	ret = door_bind(fd, &request);
	if (!ret)
		ret = slurp_fd(fd, 65536, out);
	close(fd);
	return ret;
}

static void must(int ret, pid_t pid, const char *what)
{
	if (ret)
		die("%s of pid %d: %s", what, pid, strerrorname_np(-ret));
}

void door_areas(pid_t pid, struct area_list *out)
{
	struct bytes text;
	const char *wrong;

	must(door_text(pid, "areas", &text), pid, "debugfs areas");
	wrong = text_parse(text.data, TEXT_AREAS, out);
	if (wrong)
		die("areas of pid %d: %s", pid, wrong);
	bytes_free(&text);
}

void door_stream(pid_t pid, unsigned int want, struct stream *out)
{
	struct bytes bytes;
	const char *wrong;

	must(door_bytes(pid, want, &bytes), pid, "stream");
	wrong = stream_parse(&bytes, out);
	if (wrong)
		die("stream of pid %d: %s", pid, wrong);
	bytes_free(&bytes);
}

void door_smaps(pid_t pid, struct area_list *out)
{
	char path[32];
	struct bytes text;
	const char *wrong;

	snprintf(path, sizeof(path), "/proc/%d/smaps", pid);
	must(slurp(path, &text), pid, "smaps");
	wrong = text_parse(text.data, TEXT_SMAPS, out);
	if (wrong)
		die("smaps of pid %d: %s", pid, wrong);
	bytes_free(&text);
}

int door_folder_errno(pid_t pid, const char *name)
{
	char path[64];
	struct bytes bytes;
	int ret;

	snprintf(path, sizeof(path), "%d/%s", pid, name);
	ret = door_file(path, &bytes);
	bytes_free(&bytes);
	return -ret;
}

int door_bound(pid_t pid)
{
	struct vmaview_request request = door_request(pid, VMAVIEW_WANT_ALL);
	int fd = door_open();

	if (fd < 0 || door_bind(fd, &request))
		die("cannot bind pid %d", pid);
	return fd;
}

int door_opened(pid_t pid)
{
	char path[64];
	int fd;

	must(door_attach(pid), pid, "attach");
	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%d/areas", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	must(fd < 0 ? -errno : 0, pid, path);
	return fd;
}

void door_hold_budget(const char *us)
{
	if (!setting("/sys/module/vmaview/parameters/hold_budget_us", us))
		die("the module has no hold_budget_us");
}
