// SPDX-License-Identifier: GPL-2.0
/*
 * fuzz_explain - VMAVIEW_IOC_EXPLAIN with anything for its arguments, against what uapi/vmaview.h says.
 *
 * The addresses end where nobody can read, the answers where nobody can write, or not; what lies after
 * the answers that were given must be as it was.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/call.h"
#include "lib/door.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(fuzz_explain)

enum { ROUNDS = 4000, ANSWER_MIN = 416, UNTOUCHED = 0xa5 };

static const size_t asked_room = PAGE;
static const size_t told_room = (VMAVIEW_EXPLAIN_MAX + 1) * PAGE;

static struct named targets[NR_TARGETS];
static struct dice dice;
static char *asked, *told;	/* a page that cannot be touched follows each */

static char *room(size_t size)
{
	char *memory = mmap(NULL, size + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED || mprotect(memory + size, PAGE, PROT_NONE))
		die("mmap: %s", strerror(errno));
	return memory;
}

/* One call's arguments, and what of them cannot be read or written. */
struct question {
	struct vmaview_explain_request request;
	char more[2 * PAGE];
	int target_err;
	bool unreadable;
	bool unwritable;
};

/* Something is there at some, most of the others are nobody's. */
static uint64_t any_address(void)
{
	switch (roll_below(&dice, 4)) {
	case 0:
		return roll_odd(&dice);
	case 1:
		return roll(&dice);
	case 2:
		return (uintptr_t)&dice + roll_below(&dice, 1 << 20);
	}
	return (uintptr_t)told + roll_below(&dice, told_room + 2 * PAGE);
}

static void lay_addresses(struct question *question)
{
	size_t size = question->request.nr * sizeof(uint64_t);
	size_t cut = roll_once_in(&dice, 16) && size && size <= asked_room ? 1 + roll_below(&dice, size) : 0;

	for (size_t i = 0; i < asked_room / sizeof(uint64_t); i++)
		((uint64_t *)asked)[i] = any_address();
	question->unreadable = cut || size > asked_room;
	question->request.addresses = (uintptr_t)asked + (size > asked_room ? 0 : asked_room - size + cut);
	if (roll_once_in(&dice, 32)) {
		question->request.addresses = call_nowhere();
		question->unreadable = true;
	}
}

static void lay_answers(struct question *question)
{
	const struct vmaview_explain_request *request = &question->request;
	uint64_t size = (uint64_t)request->nr * request->answer_size;
	uint64_t cut = roll_once_in(&dice, 16) && size && size <= told_room ? 1 + roll_below(&dice, size) : 0;

	memset(told, UNTOUCHED, size + PAGE < told_room ? size + PAGE : told_room);
	question->unwritable = cut || size > told_room;
	question->request.answers = (uintptr_t)told + (cut ? told_room - size + cut : 0);
	if (roll_once_in(&dice, 32)) {
		question->request.answers = call_nowhere();
		question->unwritable = true;
	}
}

static void ask(struct question *question)
{
	const struct named *target = &targets[roll_below(&dice, NR_TARGETS)];
	struct vmaview_explain_request *request = &question->request;

	memset(question, 0, sizeof(*question));
	question->target_err = target->err;
	*request = (struct vmaview_explain_request){
		.size = call_size(sizeof(*request)),
		.flags = target->pidfd ? VMAVIEW_REQUEST_PIDFD : 0,
		.target = target->nr,
		.nr = 1 + roll_below(&dice, VMAVIEW_EXPLAIN_MAX),
		.answer_size = roll_once_in(&dice, 2) ? sizeof(struct vmaview_explain)
						      : ANSWER_MIN + roll_below(&dice, PAGE - ANSWER_MIN + 1),
		.answered = roll(&dice),
		.asid = roll(&dice),
		.asid_kind = roll(&dice),
	};
	if (!target->pidfd && roll_once_in(&dice, 16)) {
		request->target = -(int)roll_below(&dice, 1 << 30);
		question->target_err = call_pid_error(request->target, 0);
	}
	if (roll_once_in(&dice, 16))
		request->flags |= roll_odd(&dice) & ~VMAVIEW_REQUEST_PIDFD;
	if (roll_once_in(&dice, 16))
		request->nr = roll_odd(&dice);
	if (roll_once_in(&dice, 16))
		request->answer_size = roll_odd(&dice);
	if (roll_once_in(&dice, 16))
		request->reserved = roll_odd(&dice);
	if (roll_once_in(&dice, 16))
		question->more[roll_below(&dice, 64)] = 1;
	lay_addresses(question);
	lay_answers(question);
}

static bool is_good(const struct vmaview_explain_request *request)
{
	return !(request->flags & ~VMAVIEW_REQUEST_PIDFD) && request->nr &&
	       request->nr <= VMAVIEW_EXPLAIN_MAX && request->answer_size >= ANSWER_MIN &&
	       request->answer_size <= PAGE && !request->reserved;
}

/* Where several things are wrong, each may be said. */
static uint64_t model(const struct call *call, const struct question *question)
{
	const struct vmaview_explain_request *request = &question->request;
	size_t readable = request->size < call->there ? request->size : call->there;
	uint64_t allowed = 0;
	bool more = false;

	if (call->there < sizeof(request->size))
		return 1ULL << EFAULT;
	if (request->size < sizeof(*request) || request->size > PAGE)
		return 1ULL << EINVAL;
	for (size_t at = sizeof(*request); at < readable; at++)
		more |= ((const char *)question)[at] != 0;
	if (request->size > call->there)
		return 1ULL << EFAULT | (more ? 1ULL << E2BIG : 0);
	if (more)
		return 1ULL << E2BIG;
	if (!is_good(request))
		return 1ULL << EINVAL;
	if (question->unreadable)
		return 1ULL << EFAULT;
	allowed |= question->target_err ? 1ULL << question->target_err : 0;
	allowed |= question->unwritable && !question->target_err ? 1ULL << EFAULT : 0;
	return allowed ? allowed : 1;
}

/* Each answer in its place, the end of a larger one clear, and nothing after the last. */
static void check_answers(const struct call *call, const struct question *question)
{
	const size_t known = sizeof(struct vmaview_explain);
	struct vmaview_explain_request back;
	const char *answer = told;
	size_t i, at;

	memcpy(&back, (void *)call->at, sizeof(back));
	expect_eq("answered", back.answered, question->request.nr);
	expect_eq("nr", back.nr, question->request.nr);
	for (i = 0; i < back.answered && !failed(); i++, answer += back.answer_size) {
		struct vmaview_explain explain = { 0 };

		memcpy(&explain, answer, back.answer_size < known ? back.answer_size : known);
		expect_eq("address", explain.address, ((const uint64_t *)(uintptr_t)back.addresses)[i]);
		expect_eq("size", explain.size, known);
		for (at = known; at < back.answer_size; at++)
			if (answer[at])
				fail("byte %zu of an answer of %u is not clear", at, back.answer_size);
	}
	for (at = answer - told; answer + PAGE > told + at; at++)
		if ((unsigned char)told[at] != UNTOUCHED) {
			fail("byte %zu after %u answers of %u was written", at, back.nr, back.answer_size);
			return;
		}
}

/* Return: was it answered? */
static bool try_one(int fd)
{
	static struct question question;
	struct call call = { .command = VMAVIEW_IOC_EXPLAIN, .at = call_nowhere() };
	uint64_t allowed;
	long ret;

	ask(&question);
	if (!roll_once_in(&dice, 16))
		call_place(&call, question.request.size < sizeof(question.request) ? sizeof(question.request) :
				  question.request.size > PAGE ? PAGE : question.request.size);
	call_lay(&call, &question, PAGE);
	allowed = model(&call, &question);
	ret = call_run(fd, &call);
	call_expect("EXPLAIN", &call, ret, allowed);
	if (!ret && !failed())
		check_answers(&call, &question);
	return !ret;
}

/* Questions of any kind have the answer that the contract gives them. */
TEST_F(fuzz_explain, requests)
{
	unsigned int answered = 0;
	int fd = door_open();

	dice = dice_new(0);
	call_begin(&dice);
	call_name_targets(targets);
	asked = room(asked_room);
	told = room(told_room);
	for (unsigned int i = dice_rounds(ROUNDS); i && !failed(); i--)
		answered += try_one(fd);
	note("%u answered", answered);
	close(fd);
}

SCENE_MAIN
