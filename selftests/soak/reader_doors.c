// SPDX-License-Identifier: GPL-2.0
/* reader_doors.c - one read by one door, and how it ended. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../guest/lib/door.h"
#include "../guest/lib/possible.h"
#include "../guest/lib/result.h"
#include "../guest/lib/text.h"
#include "kinds.h"
#include "reader.h"

#define BIT(err) (1ULL << (err))

struct door *doors;
size_t nr_doors;
bool module_may_go;

/* Doors that are no file of a folder, and the errnos that a target's own doing may bring. */
enum { DEVICE, HOT, PART, EXPLAIN, ATTACH, DETACH, TOP, NR_FIXED };

/* A slow reader takes less than a piece of a stream at a time, and lets the victims go on in between. */
enum { SLOW_CHUNK = 12000, SLOW_PAUSE_US = 10000 };

static const struct {
	const char *name;
	uint64_t documented;	/* beside what the module's going brings */
} fixed[NR_FIXED] = {
	[DEVICE] = { "device", BIT(ESRCH) | BIT(EINVAL) },	/* EINVAL: a kernel thread */
	[HOT] = { "device-hot", BIT(ESRCH) },
	[PART] = { "device-part", BIT(ESRCH) | BIT(EINVAL) },
	[EXPLAIN] = { "explain", BIT(ESRCH) },
	/* Of another process that had the PID; more folders than there may be. */
	[ATTACH] = { "attach", BIT(ESRCH) | BIT(EINVAL) | BIT(EEXIST) | BIT(ENOSPC) },
	[DETACH] = { "detach", BIT(ESRCH) },
	[TOP] = { "top", 0 },
};

/* A folder goes with its task, before open() or, by debugfs's own hand, between open() and read(). */
#define OF_FILES (BIT(ESRCH) | BIT(ENOENT) | BIT(EIO))

static bool is_documented(size_t door, int err)
{
	uint64_t documented = door < NR_FIXED ? fixed[door].documented : OF_FILES;

	if (module_may_go)
		documented |= BIT(ENOENT) | BIT(ENXIO) | BIT(ENODEV) | BIT(EIO);
	return err < 64 && documented & BIT(err);
}

/* A read is over and nothing is open: whoever wants to take the module out has his chance. */
static void pause_a_little(void)
{
	if (module_may_go)
		usleep(random() % 40000);
}

/* Counters are not exact where two readers meet, and need not be; but nothing wrong is lost. */
static void judge(size_t door, pid_t pid, int ret, const char *wrong)
{
	pause_a_little();
	if (!ret && !wrong) {
		doors[door].whole++;
		return;
	}
	if (ret && -ret < NR_ERRNO)
		doors[door].ends[-ret]++;
	if (ret && is_documented(door, -ret))
		return;
	doors[door].wrong++;
	printf("# %s of %d: %s\n", doors[door].name, pid, wrong ? wrong : strerrorname_np(-ret));
	fflush(stdout);
}

static void add_door(const char *name)
{
	if (nr_doors == NR_DOORS)
		die("more than %d doors", NR_DOORS);
	snprintf(doors[nr_doors++].name, sizeof(doors[0].name), "%s", name);
}

static size_t door_of_file(const char *name)
{
	size_t door = NR_FIXED;

	while (door < nr_doors && strcmp(doors[door].name, name))
		door++;
	if (door == nr_doors)
		die("a file that was not there before: %s", name);
	return door;
}

void doors_begin(void)
{
	DIR *dir = opendir(VMAVIEW_DEBUGFS "/self");
	struct dirent *entry;

	doors = mmap(NULL, NR_DOORS * sizeof(*doors), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!dir || doors == MAP_FAILED)
		die("%s: %s", VMAVIEW_DEBUGFS "/self", strerror(errno));
	for (size_t i = 0; i < NR_FIXED; i++)
		add_door(fixed[i].name);
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			add_door(entry->d_name);
	closedir(dir);
}

static size_t any_chunk(struct dice *dice)
{
	static const size_t chunks[] = { 65536, 65536, 4096, 700, 61 };

	return chunks[roll_below(dice, ARRAY_SIZE(chunks))];
}

/* What is read of a stream now stays as it is, while what it is about may become something else. */
static int slurp_slowly(int fd, struct bytes *out, struct dice *dice)
{
	ssize_t got = 1;

	while (got > 0) {
		char *more = realloc(out->data, out->len + SLOW_CHUNK + 1);

		if (!more)
			die("no memory");
		out->data = more;
		got = read(fd, out->data + out->len, SLOW_CHUNK);
		if (got > 0)
			out->len += got;
		out->data[out->len] = '\0';
		usleep(roll_below(dice, SLOW_PAUSE_US));
	}
	return got < 0 ? -errno : 0;
}

static void read_request(size_t door, const struct vmaview_request *request, struct dice *dice)
{
	struct bytes bytes = { 0 };
	struct stream stream = { 0 };
	const char *wrong = NULL;
	int fd = door_open(), ret;

	ret = fd < 0 ? fd : door_bind(fd, request);
	if (!ret)
		ret = roll_once_in(dice, 2) ? slurp_slowly(fd, &bytes, dice) : slurp_fd(fd, any_chunk(dice), &bytes);
	if (fd >= 0)
		close(fd);
	if (!ret)
		wrong = stream_parse(&bytes, &stream);
	doors[door].bytes += bytes.len;
	judge(door, request->target, ret, wrong);
	stream_free(&stream);
	bytes_free(&bytes);
}

void read_stream(pid_t pid, struct dice *dice)
{
	unsigned int want = roll_once_in(dice, 3) ? door_any_want(roll(dice)) : VMAVIEW_WANT_ALL;
	struct vmaview_request request = door_request(pid, want);

	read_request(DEVICE, &request, dice);
}

void read_hot(pid_t pid, struct dice *dice)
{
	static const unsigned int wants[] = {
		VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES, VMAVIEW_WANT_RUNS,
		VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_RUNS, VMAVIEW_WANT_ALL,
	};
	struct vmaview_request request = door_request(pid, wants[roll_below(dice, ARRAY_SIZE(wants))]);

	request.start = HOT_START;
	request.end = HOT_START + HOT_BYTES;
	if (!roll_once_in(dice, 3)) {	/* from anywhere to anywhere */
		request.start += roll_below(dice, HOT_BYTES);
		request.end -= roll_below(dice, request.end - request.start);
	}
	read_request(HOT, &request, dice);
}

void read_part(pid_t pid, struct dice *dice)
{
	struct vmaview_request request = door_request(pid, VMAVIEW_WANT_ALL);
	char some[3000];
	int fd = door_open(), ret;

	ret = fd < 0 ? fd : door_bind(fd, &request);
	if (!ret && read(fd, some, 1 + roll_below(dice, sizeof(some))) < 0)
		ret = -errno;
	if (fd >= 0)
		close(fd);
	judge(PART, pid, ret, NULL);
}

static const char *judge_answers(const struct vmaview_explain *answers, size_t nr, size_t answered)
{
	const char *wrong = answered == nr ? NULL : "answers are missing";

	for (size_t i = 0; i < nr && !wrong; i++)
		wrong = explain_impossible(&answers[i]);
	return wrong;
}

void read_explain(pid_t pid, struct dice *dice)
{
	static struct vmaview_explain answers[VMAVIEW_EXPLAIN_MAX];
	__u64 addresses[VMAVIEW_EXPLAIN_MAX];
	struct vmaview_explain_request request = {
		.size = sizeof(request), .target = pid, .nr = ARRAY_SIZE(addresses),
		.addresses = (unsigned long)addresses, .answers = (unsigned long)answers,
		.answer_size = sizeof(answers[0]),
	};
	int fd = door_open(), ret = fd < 0 ? fd : 0;
	const char *wrong = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(addresses); i++)
		addresses[i] = HOT_START + roll_below(dice, HOT_BYTES / 4);
	if (!ret && ioctl(fd, VMAVIEW_IOC_EXPLAIN, &request))
		ret = -errno;
	if (fd >= 0)
		close(fd);
	if (!ret)
		wrong = judge_answers(answers, request.nr, request.answered);
	judge(EXPLAIN, pid, ret, wrong);
}

static void read_file(const char *folder, const char *name, size_t chunk)
{
	size_t door = door_of_file(name);
	struct area_list areas = { 0 };
	const char *wrong = NULL;
	struct bytes bytes = { 0 };
	char path[512];
	int fd, ret;

	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%s/%s", folder, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	ret = fd < 0 ? -errno : slurp_fd(fd, chunk, &bytes);
	if (fd >= 0)
		close(fd);
	doors[door].bytes += bytes.len;
	if (!ret && !strcmp(name, "areas"))
		wrong = text_parse(bytes.data, TEXT_AREAS, &areas);
	judge(door, atoi(folder), ret, wrong);
	area_list_free(&areas);
	bytes_free(&bytes);
}

static void read_files(const char *folder, struct dice *dice)
{
	char path[64];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%s", folder);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			read_file(folder, entry->d_name, any_chunk(dice));
	if (dir)
		closedir(dir);
}

void read_folder(pid_t pid, struct dice *dice)
{
	char folder[16];
	int ret = door_attach(pid);

	judge(ATTACH, pid, ret, NULL);
	if (ret)
		return;
	snprintf(folder, sizeof(folder), "%d", pid);
	read_files(folder, dice);
	judge(DETACH, pid, door_detach(pid), NULL);
}

void read_self(struct dice *dice)
{
	read_files("self", dice);
}

void read_top(void)
{
	static const char *const names[] = { "stats", "vmflags", "version" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct bytes bytes;
		int ret = door_file(names[i], &bytes);

		judge(TOP, 0, ret, !ret && !bytes.len ? "empty" : NULL);
		bytes_free(&bytes);
	}
}
