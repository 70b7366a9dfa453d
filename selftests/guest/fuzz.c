// SPDX-License-Identifier: GPL-2.0
/*
 * fuzz - requests of every kind at any address, each against what uapi/vmaview.h says of it.
 *
 * The model below is written from the contract alone.  A request lies so that its readable part ends
 * where the test says; the answer of the module must be among those that the model allows.
 */
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lib/call.h"
#include "lib/door.h"
#include "lib/random.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(fuzz)

enum { ROUNDS = 12000 };

static struct named targets[NR_TARGETS];
static bool attached[NR_TARGETS];
static struct dice dice;

static const unsigned int commands[] = {
	VMAVIEW_IOC_BIND, VMAVIEW_IOC_VERSION, VMAVIEW_IOC_ATTACH, VMAVIEW_IOC_DETACH,
};

static const struct named *any_target(void)
{
	return &targets[roll_below(&dice, NR_TARGETS)];
}

/* Mostly what may be asked of runs, now and then a bit of it that may not. */
static void ask_about_runs(struct vmaview_request *request)
{
	*request = (struct vmaview_request){
		.size = request->size, .flags = request->flags | roll_below(&dice, 3) * VMAVIEW_REQUEST_JOIN,
		.target = request->target, .want = request->want | VMAVIEW_WANT_RUNS,
		.start = request->start, .end = request->end,
		.states = roll(&dice) & VMAVIEW_STATES, .origins = roll(&dice) & VMAVIEW_ORIGINS,
		.page_mask = roll(&dice) & VMAVIEW_PAGE_BITS, .page_any = roll(&dice) & VMAVIEW_PAGE_BITS,
		.entry_mask = roll(&dice) & VMAVIEW_ENTRY_BITS,
	};
	request->page_value = roll(&dice) & request->page_mask;
	request->entry_value = roll(&dice) & request->entry_mask;
	if (roll_once_in(&dice, 4))
		((uint32_t *)request)[8 + roll_below(&dice, 10)] ^= roll_odd(&dice);
	if (roll_once_in(&dice, 8))
		request->want = door_any_want(roll(&dice));
}

/* A request, mostly good, with one or two fields that are not.  Return: the errno of its target. */
static int make_request(struct vmaview_request *request)
{
	const struct named *target = any_target();
	int err = target->err;

	*request = door_request(target->nr, door_any_want(roll(&dice)));
	request->flags = target->pidfd ? VMAVIEW_REQUEST_PIDFD : 0;
	if (!target->pidfd && roll_once_in(&dice, 16)) {
		request->target = roll_once_in(&dice, 2) ? -(int)roll_below(&dice, 1 << 30)
							 : 4194305 + (int)roll_below(&dice, 1 << 30);
		err = call_pid_error(request->target, 0);
	}
	if (roll_once_in(&dice, 16))
		request->flags = (roll_odd(&dice) & ~VMAVIEW_REQUEST_PIDFD) | request->flags;
	if (roll_once_in(&dice, 16))
		request->want = roll_odd(&dice);
	if (roll_once_in(&dice, 3))
		request->start = roll_odd(&dice);
	if (roll_once_in(&dice, 3))
		request->end = roll_odd(&dice);
	if (roll_once_in(&dice, 3))
		ask_about_runs(request);
	return err;
}

static bool may_ask_about_runs(const struct vmaview_request *request)
{
	return !(request->states & ~VMAVIEW_STATES || request->origins & ~VMAVIEW_ORIGINS ||
		 request->page_mask & ~VMAVIEW_PAGE_BITS || request->page_any & ~VMAVIEW_PAGE_BITS ||
		 request->entry_mask & ~VMAVIEW_ENTRY_BITS ||
		 request->page_value & ~request->page_mask ||
		 request->entry_value & ~request->entry_mask);
}

static bool asks_about_runs(const struct vmaview_request *request)
{
	return request->flags & (VMAVIEW_REQUEST_JOIN | VMAVIEW_REQUEST_DENSE) || request->states || request->origins ||
	       request->page_mask || request->page_value || request->page_any ||
	       request->entry_mask || request->entry_value;
}

static bool is_good(const struct vmaview_request *request)
{
	const unsigned int both = VMAVIEW_REQUEST_JOIN | VMAVIEW_REQUEST_DENSE;

	return !(request->flags & ~(VMAVIEW_REQUEST_PIDFD | both)) && (request->flags & both) != both &&
	       request->want &&
	       !(request->want & ~VMAVIEW_WANT_ALL) && request->start < request->end &&
	       may_ask_about_runs(request) &&
	       (request->want & VMAVIEW_WANT_RUNS || !asks_about_runs(request));
}

/* What a smaller one lacks is 0. */
static uint64_t model_request(const struct vmaview_request *request, int target_err)
{
	struct vmaview_request seen = { 0 };
	uint64_t allowed = target_err ? 1ULL << target_err : 0;

	memcpy(&seen, request, request->size < sizeof(seen) ? request->size : sizeof(seen));
	if (!is_good(&seen))
		allowed |= 1ULL << EINVAL;
	return allowed ? allowed : 1;
}

/* The request with whatever may follow it, in a form that says so by its size. */
struct laid {
	struct vmaview_request request;
	char more[2 * PAGE];
};

/* Where not all of it can be read, what can be read may be refused first. */
static uint64_t model_bind(const struct call *call, const struct laid *laid, int target_err)
{
	size_t size = laid->request.size, readable = size < call->there ? size : call->there;
	bool more = false;

	if (call->there < sizeof(laid->request.size))
		return 1ULL << EFAULT;
	if (size < VMAVIEW_REQUEST_MIN || size > PAGE)
		return 1ULL << EINVAL;
	for (size_t at = sizeof(laid->request); at < readable; at++)
		more |= ((const char *)laid)[at] != 0;
	if (size > call->there)
		return 1ULL << EFAULT | (more ? 1ULL << E2BIG : 0);
	return more ? 1ULL << E2BIG : model_request(&laid->request, target_err);
}

static size_t any_size(void)
{
	return call_size(sizeof(struct vmaview_request));
}

/* What was bound is what was asked for; and the rest of it is read, or thrown away half read. */
static void check_bound(int fd, const struct vmaview_request *request)
{
	struct vmaview_begin begin;
	char rest[8192];
	ssize_t got = read(fd, &begin, sizeof(begin));

	if (got != sizeof(begin)) {
		fail("first read after a bind: %zd, %s", got, strerrorname_np(errno));
		return;
	}
	expect_eq("begin.want", begin.want, request->want);
	expect_eq("begin.range_start", begin.range_start, request->start);
	expect_eq("begin.range_end", begin.range_end, request->end);
	while (!roll_once_in(&dice, 4)) {
		got = read(fd, rest, 1 + roll_below(&dice, sizeof(rest)));
		if (got < 0)
			fail("read after a bind: %s", strerrorname_np(errno));
		if (got <= 0)
			return;
	}
}

static void try_bind(int fd, struct call *call)
{
	static struct laid laid;
	uint64_t allowed;
	int err;

	memset(&laid, 0, sizeof(laid));
	err = make_request(&laid.request);
	laid.request.size = any_size();
	if (roll_once_in(&dice, 16))
		laid.more[roll_below(&dice, 64)] = 1;
	if (!roll_once_in(&dice, 16))
		call_place(call, laid.request.size < VMAVIEW_REQUEST_MIN ? VMAVIEW_REQUEST_MIN :
			    laid.request.size > PAGE ? PAGE : laid.request.size);
	call_lay(call, &laid, PAGE);
	allowed = model_bind(call, &laid, err);
	call_expect("BIND", call, call_run(fd, call), allowed);
	if (allowed == 1 && !failed())
		check_bound(fd, &laid.request);
}

static void try_version(int fd, struct call *call)
{
	struct vmaview_version version;
	long ret;

	if (!roll_once_in(&dice, 8))
		call_place(call, sizeof(version));
	ret = call_run(fd, call);
	if (call->there < sizeof(version)) {
		call_expect("VERSION", call, ret, 1ULL << EFAULT);
		return;
	}
	call_expect("VERSION", call, ret, 1);
	memcpy(&version, (void *)call->at, sizeof(version));
	expect_eq("abi_minor", version.abi_minor, VMAVIEW_ABI_MINOR);
}

/* Folders come and go as the model says. */
static void try_folder(int fd, struct call *call)
{
	size_t which = roll_below(&dice, NAMED_BY_PID);
	bool attach = call->command == VMAVIEW_IOC_ATTACH;
	int nr = targets[which].nr, err = targets[which].err;
	long ret;

	if (roll_once_in(&dice, 8)) {
		nr = roll_once_in(&dice, 2) ? -(int)roll_below(&dice, 1 << 30) : 0x7fffffff;
		err = call_pid_error(nr, 0);
	}
	if (!attach && nr > 0)
		err = nr == targets[which].nr && attached[which] ? 0 : ESRCH;
	if (!roll_once_in(&dice, 8))
		call_place(call, sizeof(nr));
	call_lay(call, &nr, sizeof(nr));
	ret = call_run(fd, call);
	if (call->there < sizeof(nr)) {
		call_expect("folder", call, ret, 1ULL << EFAULT);
		return;
	}
	call_expect(attach ? "ATTACH" : "DETACH", call, ret, 1ULL << err);
	if (!err)
		attached[which] = attach;
}

static bool is_known(unsigned int command)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		if (commands[i] == command)
			return true;
	return command == VMAVIEW_IOC_EXPLAIN;
}

/* Neighbours of what there is: another direction, size or number. */
static void try_unknown(int fd, struct call *call)
{
	char junk[64];

	call->command = commands[roll_below(&dice, ARRAY_SIZE(commands))];
	if (roll_once_in(&dice, 4))
		call->command = _IOC(roll_below(&dice, 4), 'V', roll_below(&dice, 256), roll_below(&dice, 1 << 14));
	else
		call->command ^= 1u << roll_below(&dice, 8) * 4 % 32 | 1u << (16 + roll_below(&dice, 14));
	if (is_known(call->command) || _IOC_TYPE(call->command) != 'V')
		return;
	roll_bytes(&dice, junk, sizeof(junk));
	call_place(call, sizeof(junk));
	call_lay(call, junk, sizeof(junk));
	call_expect("no request", call, call_run(fd, call), 1ULL << ENOTTY);
}

static void try_one(int fd)
{
	struct call call = {
		.command = commands[roll_below(&dice, ARRAY_SIZE(commands))],
		.at = call_nowhere(),
	};

	if (roll_once_in(&dice, 8))
		try_unknown(fd, &call);
	else if (call.command == VMAVIEW_IOC_BIND)
		try_bind(fd, &call);
	else if (call.command == VMAVIEW_IOC_VERSION)
		try_version(fd, &call);
	else
		try_folder(fd, &call);
}

/* Requests of any kind have the answer that the contract gives them. */
TEST_F(fuzz, requests)
{
	int fd = door_open();

	dice = dice_new(0);
	call_begin(&dice);
	call_name_targets(targets);
	for (unsigned int i = dice_rounds(ROUNDS); i && !failed(); i--) {
		try_one(fd);
		if (roll_once_in(&dice, 64)) {
			close(fd);
			fd = door_open();
		}
	}
}

SCENE_MAIN
