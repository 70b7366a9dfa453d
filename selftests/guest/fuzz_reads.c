// SPDX-License-Identifier: GPL-2.0
/* fuzz_reads - one stream read in any pieces, by any calls, by many at once, and bound anew meanwhile. */
#include <errno.h>
#include <fcntl.h>
#include <liburing.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/random.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(fuzz_reads)

enum { STREAMS = 100, THREADS = 4, ROOM = 1 << 20, SECONDS = 3, MARK = 64 };

static struct dice dice;
static struct child child;
/* Shared, so that a forked child can read on for its parent. */
static char *shared;

static void begin(void)
{
	dice = dice_new(0);
	shared = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	child_start_program(&child);
	scene_drain();
}

/* A length of each order of magnitude up to 1 MiB, and those of the module's own buffers. */
static size_t any_length(struct dice *with)
{
	static const size_t lengths[] = { 1, 8, 176, 4096, 20480, 24576, ROOM };

	if (roll_once_in(with, 4))
		return lengths[roll_below(with, ARRAY_SIZE(lengths))] - (roll_once_in(with, 2) ? 0 : 1) ?: 1;
	return 1 + roll_below(with, 1ULL << roll_below(with, 21));
}

static ssize_t by_readv(int fd, size_t length)
{
	struct iovec parts[8];
	size_t at = 0;

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		size_t part = i == ARRAY_SIZE(parts) - 1 ? length - at : roll_below(&dice, length - at + 1);

		parts[i] = (struct iovec){ shared + at, part };
		at += part;
	}
	return readv(fd, parts, ARRAY_SIZE(parts));
}

static ssize_t by_copy(int fd, size_t length)
{
	int copy = dup(fd);
	ssize_t got = read(copy, shared, length);

	close(copy);
	return got;
}

/* A child with descriptors of its own, but this memory: another would map more of the library. */
static ssize_t by_child(int fd, size_t length)
{
	static volatile ssize_t got;
	pid_t pid = vfork();

	if (!pid) {
		got = read(fd, shared, length);
		_exit(0);
	}
	if (waitpid(pid, NULL, 0) != pid)
		die("a child could not read on");
	return got;
}

static ssize_t read_somehow(int fd, size_t length)
{
	switch (roll_below(&dice, 4)) {
	case 0:
		return by_readv(fd, length);
	case 1:
		return by_copy(fd, length);
	case 2:
		if (roll_once_in(&dice, 8))	/* a child takes its time */
			return by_child(fd, length);
	}
	return read(fd, shared, length);
}

/* What two reads of a standing target may differ in: the time and the receipt. */
static void mask(struct bytes *bytes)
{
	struct vmaview_begin *begin = (void *)bytes->data;

	begin->time = 0;
	memset(bytes->data + bytes->len - sizeof(struct vmaview_end), 0, sizeof(struct vmaview_end));
}

static struct vmaview_request any_request(void)
{
	struct vmaview_request request = door_request(child.pid, door_any_want(roll(&dice)));

	if (roll_once_in(&dice, 4)) {
		request.start = roll_odd(&dice);
		request.end = request.start | roll_odd(&dice);
		if (request.start == request.end) {
			request.start = 0;
			request.end = ~0ULL;
		}
	}
	return request;
}

static void reference(int fd, const struct vmaview_request *request, struct bytes *out)
{
	struct stream stream;
	const char *wrong;

	if (door_bind(fd, request) || slurp_fd(fd, ROOM, out))
		die("reference: %s", strerror(errno));
	wrong = stream_parse(out, &stream);
	if (wrong)
		die("reference: %s", wrong);
	stream_free(&stream);
	mask(out);
}

/* Of an order of magnitude that changes now and then: the smallest would take thousands of calls. */
static void read_pieces(int fd, struct bytes *out, size_t room)
{
	size_t most = any_length(&dice);
	ssize_t got;

	out->data = malloc(room + ROOM);
	for (out->len = 0; out->len <= room; out->len += got) {
		if (roll_once_in(&dice, 300))
			most = any_length(&dice);
		got = read_somehow(fd, 1 + roll_below(&dice, most));
		if (got <= 0)
			break;
		memcpy(out->data + out->len, shared, got);
	}
	if (got < 0)
		fail("read: %s", strerror(errno));
}

static bool is_same(const struct bytes *one, const struct bytes *other)
{
	return one->len == other->len && !memcmp(one->data, other->data, one->len);
}

static size_t first_difference(const struct bytes *one, const struct bytes *other)
{
	size_t at = 0;

	while (at < one->len && one->data[at] == other->data[at])
		at++;
	return at;
}

/*
 * Read in pieces and in one go.  The target stands still, but it shares its library with this
 * process, whose first call of a function maps a page of it: then the stream read in one go differs
 * from the next one, too.
 */
static bool read_both_ways(int fd)
{
	struct vmaview_request request = any_request();
	struct bytes before, cut, after;
	bool still;

	reference(fd, &request, &before);
	door_bind(fd, &request);
	read_pieces(fd, &cut, before.len);
	reference(fd, &request, &after);
	still = is_same(&before, &after);
	if (still && expect_eq("bytes", cut.len, before.len)) {
		mask(&cut);
		if (!is_same(&cut, &before))
			fail("want %#x: byte %zu of %zu is another than read in one go",
			     request.want, first_difference(&cut, &before), cut.len);
	}
	bytes_free(&before);
	bytes_free(&cut);
	bytes_free(&after);
	return still;
}

/* A stream read in any pieces is the same stream. */
TEST_F(fuzz_reads, pieces)
{
	unsigned int rounds = dice_rounds(STREAMS), still = 0;
	int fd = door_open();

	begin();
	for (unsigned int i = 0; i < rounds && !failed(); i++)
		still += read_both_ways(fd);
	if (!failed() && still < rounds / 2)
		fail("only %u of %u streams could be compared", still, rounds);
}

/* What threads that share one open file got of it. */
struct shares {
	int fd;
	struct bytes whole;
	_Atomic size_t bytes;
	_Atomic unsigned int odd;
	_Atomic int players;
};

static void *take_share(void *arg)
{
	struct shares *shares = arg;
	struct dice own = dice_new(++shares->players);
	char *buffer = malloc(ROOM);

	for (;;) {
		ssize_t got = read(shares->fd, buffer, 1 + roll_below(&own, 3 * MARK));

		if (got <= 0) {
			shares->odd += got < 0 ? 1000 : 0;
			break;
		}
		shares->bytes += got;
		if (got >= MARK && !memmem(shares->whole.data, shares->whole.len, buffer, got))
			shares->odd++;
	}
	free(buffer);
	return NULL;
}

/* The pieces of BEGIN and END are those that no other stream has. Was the target the same all along? */
static bool read_by_threads(const struct vmaview_request *request)
{
	static const unsigned int may_be_odd =
		(sizeof(struct vmaview_begin) + sizeof(struct vmaview_end)) / MARK + 4;
	struct shares shares = { .fd = door_open() };
	pthread_t thread[THREADS];
	struct bytes after;
	bool still;

	reference(shares.fd, request, &shares.whole);
	door_bind(shares.fd, request);
	for (int t = 0; t < THREADS; t++)
		pthread_create(&thread[t], NULL, take_share, &shares);
	for (int t = 0; t < THREADS; t++)
		pthread_join(thread[t], NULL);
	reference(shares.fd, request, &after);
	still = is_same(&shares.whole, &after);
	if (shares.odd >= 1000)
		fail("a read failed");
	if (still && expect_eq("bytes of all threads", shares.bytes, after.len) && shares.odd > may_be_odd)
		fail("%u pieces are no part of the stream", shares.odd);
	close(shares.fd);
	bytes_free(&shares.whole);
	bytes_free(&after);
	return still;
}

/*
 * Threads that share an open file have it whole between them.  * What is wanted includes whom the target
 * shares its pages with, this process among them: while the threads map pages of the library, no two
 * streams are the same.
 */
TEST_F(fuzz_reads, threads)
{
	unsigned int rounds = dice_rounds(20), still = 0;
	struct vmaview_request request;

	begin();
	use_all_cpus();
	request = door_request(child.pid, VMAVIEW_WANT_ALL);
	for (unsigned int i = 0; i < rounds && !failed(); i++)
		still += read_by_threads(&request);
	if (!failed() && still < rounds / 2)
		fail("only %u of %u streams could be compared", still, rounds);
}

/* What is done to one open file at once. */
struct mess {
	int fd;
	_Atomic bool stop;
	_Atomic unsigned int reads, binds, players;
};

static bool is_fine(ssize_t ret, uint64_t allowed)
{
	if (ret >= 0 || allowed >> errno & 1)
		return true;
	fail("got %s", strerrorname_np(errno));
	return false;
}

static void *keep_reading(void *arg)
{
	struct mess *mess = arg;
	struct dice own = dice_new(++mess->players);
	char *buffer = malloc(ROOM);

	while (!mess->stop) {
		ssize_t got = read(mess->fd, roll_once_in(&own, 16) ? nowhere : buffer, any_length(&own));

		if (!is_fine(got, 1ULL << ENODATA | 1ULL << EFAULT))
			break;
		mess->reads++;
	}
	free(buffer);
	return NULL;
}

static void *keep_binding(void *arg)
{
	struct mess *mess = arg;
	struct dice own = dice_new(++mess->players);

	while (!mess->stop) {
		struct vmaview_request request = door_request(child.pid, door_any_want(roll(&own)));
		bool bad = roll_once_in(&own, 4);

		if (bad)
			request.target = roll_once_in(&own, 2) ? 2 : 4194303;
		if (!is_fine(ioctl(mess->fd, VMAVIEW_IOC_BIND, &request),
			     bad ? 1ULL << ESRCH | 1ULL << EINVAL : 0))
			break;
		mess->binds++;
	}
	return NULL;
}

/* Copies of the descriptor come and go, in this process and in a child. */
static void *keep_copying(void *arg)
{
	struct mess *mess = arg;

	while (!mess->stop) {
		int copy = dup(mess->fd);
		pid_t pid = fork();
		char byte;

		if (!pid) {
			close(mess->fd);
			_exit(read(copy, &byte, 1) < 0 && errno != ENODATA);
		}
		is_fine(read(copy, &byte, 1), 1ULL << ENODATA);
		close(copy);
		waitpid(pid, NULL, 0);
	}
	return NULL;
}

/* A file that is bound anew while others read from it does no harm. */
TEST_F(fuzz_reads, bound_anew)
{
	void *(*const roles[])(void *) = {
		keep_reading, keep_reading, keep_binding, keep_binding, keep_copying,
	};
	struct vmaview_request request;
	struct mess mess = { .fd = door_open() };
	pthread_t thread[ARRAY_SIZE(roles)];
	struct bytes whole;

	begin();
	use_all_cpus();
	for (size_t t = 0; t < ARRAY_SIZE(roles); t++)
		pthread_create(&thread[t], NULL, roles[t], &mess);
	usleep(dice_rounds(SECONDS) * 1000000);	/* how long the mess lasts */
	mess.stop = true;
	for (size_t t = 0; t < ARRAY_SIZE(roles); t++)
		pthread_join(thread[t], NULL);
	note("%u reads, %u binds", mess.reads, mess.binds);
	if (!mess.reads || !mess.binds)
		fail("nothing happened");
	request = door_request(child.pid, VMAVIEW_WANT_ALL);
	reference(mess.fd, &request, &whole);
}

/* Calls that neither door has, each with its errno. */
static void other_calls_of(int fd, int to)
{
	loff_t at = 0;
	char byte = 0;

	expect_errno("mmap", (long)mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0), ENODEV);
	expect_errno("write", write(fd, &byte, 1), EBADF);
	expect_errno("splice", splice(fd, NULL, to, NULL, PAGE, 0), EINVAL);
	expect_errno("splice from an offset", splice(fd, &at, to, NULL, PAGE, 0), EINVAL);
	expect_errno("sendfile", sendfile(to, fd, NULL, PAGE), EINVAL);
	expect_errno("ftruncate", ftruncate(fd, 0), EINVAL);
	expect_errno("fsync", fsync(fd), EINVAL);
	expect_errno("O_DIRECT", fcntl(fd, F_SETFL, O_DIRECT), EINVAL);
	expect_errno("getdents", syscall(SYS_getdents64, fd, shared, ROOM), ENOTDIR);
	expect_errno("module from it", syscall(SYS_finit_module, fd, "", 0), EINVAL);
}

/* Calls that are not there have their errno and do no harm. */
TEST_F(fuzz_reads, other_calls)
{
	struct vmaview_request request;
	struct bytes bytes;
	int pipe_fd[2], fd = door_open(), text;

	begin();
	request = door_request(child.pid, VMAVIEW_WANT_ALL);
	if (pipe(pipe_fd))
		die("pipe: %s", strerror(errno));
	text = door_opened(child.pid);
	door_bind(fd, &request);
	other_calls_of(fd, pipe_fd[1]);
	expect_errno("pread", pread(fd, shared, 1, 0), ESPIPE);
	expect_errno("lseek", lseek(fd, 0, SEEK_END), ESPIPE);
	other_calls_of(text, pipe_fd[1]);
	expect_errno("ioctl of text", ioctl(text, VMAVIEW_IOC_BIND, &request), ENOTTY);
	expect_eq("poll", poll(&(struct pollfd){ fd, POLLIN, 0 }, 1, 0), 1);
	expect_eq("the stream after all", -slurp_fd(fd, 4096, &bytes), 0);
	if (bytes.len < sizeof(struct vmaview_end))
		fail("the stream has %zu bytes", bytes.len);
	expect_eq("the text after all", -slurp_fd(text, 4096, &bytes), 0);
	if (bytes.len < 1000)
		fail("the text has %zu bytes", bytes.len);
}

static ssize_t ring_read(struct io_uring *ring, int fd, char *buffer, size_t length)
{
	struct io_uring_sqe *sqe = io_uring_get_sqe(ring);
	struct io_uring_cqe *cqe;
	ssize_t got;

	io_uring_prep_read(sqe, fd, buffer, length, -1);
	io_uring_submit(ring);
	if (io_uring_wait_cqe(ring, &cqe))
		die("io_uring_wait_cqe failed");
	got = cqe->res;
	io_uring_cqe_seen(ring, cqe);
	return got;
}

static void ring_pieces(struct io_uring *ring, int fd, struct bytes *out, size_t room)
{
	ssize_t got = 1;

	out->data = malloc(room + ROOM);
	for (out->len = 0; got > 0 && out->len <= room; out->len += got > 0 ? got : 0)
		got = ring_read(ring, fd, out->data + out->len, 1 + roll_below(&dice, 3000));
	if (got < 0)
		die("read: %s", strerrorname_np(-got));
}

/* As read_both_ways(): compared where the target was the same before and after. */
static bool read_by_ring(struct io_uring *ring, int fd)
{
	struct vmaview_request request = door_request(child.pid, VMAVIEW_WANT_ALL);
	struct bytes before, cut, after;
	bool still;

	reference(fd, &request, &before);
	door_bind(fd, &request);
	ring_pieces(ring, fd, &cut, before.len);
	reference(fd, &request, &after);
	still = is_same(&before, &after);
	if (still && expect_eq("bytes", cut.len, before.len)) {
		mask(&cut);
		if (!is_same(&cut, &before))
			fail("other bytes than read(2) has");
	}
	bytes_free(&before);
	bytes_free(&cut);
	bytes_free(&after);
	return still;
}

/*
 * io_uring reads the same stream.  The kernel's own worker threads read, with the memory and the rights
 * of who asked.
 */
TEST_F(fuzz_reads, by_io_uring)
{
	struct io_uring ring;
	bool compared = false;
	int fd = door_open();

	begin();
	if (io_uring_queue_init(8, &ring, 0))
		skip("this kernel has no io_uring");
	for (int i = 0; i < 10 && !compared; i++)
		compared = read_by_ring(&ring, fd);
	if (!compared)
		fail("the target was never the same before and after");
}

SCENE_MAIN
