// SPDX-License-Identifier: GPL-2.0
/* fault_track.c - events of threads become faults; faults become sums. */
#include <signal.h>
#include <string.h>

#include "ktap.h"
#include "verbs/faults/fault_sums.h"
#include "verbs/faults/fault_track.h"
#include "verbs/faults/fault_columns.h"

#define ENTER(thread, at, where, code) \
	{ .kind = FAULT_ON_USER, .tid = thread, .time = at, .addr = where, .error = code, .ip = 0x99 }
#define COUNT(thread, at, where) { .kind = FAULT_ON_MINOR, .tid = thread, .time = at, .addr = where }
#define MAJOR(thread, at, where) { .kind = FAULT_ON_MAJOR, .tid = thread, .time = at, .addr = where }
#define ALLOC(thread, at) { .kind = FAULT_ON_ALLOC, .tid = thread, .time = at }
#define SIGNAL(thread, at, number, how) \
	{ .kind = FAULT_ON_SIGNAL, .tid = thread, .time = at, .signal = number, .code = how }
#define GONE(thread, at) { .kind = FAULT_ON_EXIT, .tid = thread, .time = at }
#define LOSS(at) { .kind = FAULT_ON_LOST, .time = at, .error = 5 }

#define MAX 8

/* Of @events: each fault as it ended, how many. */
static size_t track(const struct fault_event *events, size_t nr, struct fault *faults)
{
	struct fault_tracker tracker = { .nr = 0 };
	size_t ended = 0;

	for (size_t i = 0; i < nr; i++)
		ended += fault_track(&tracker, &events[i], &faults[ended]);
	fault_tracker_free(&tracker);
	return ended;
}

#define TRACK(faults, ...) \
	track((const struct fault_event[]){ __VA_ARGS__ }, \
	      sizeof((const struct fault_event[]){ __VA_ARGS__ }) / sizeof(struct fault_event), faults)

static bool pair(void)
{
	struct fault fault[MAX];

	return TRACK(fault, ENTER(1, 10, 0x1000, 2), ALLOC(1, 11), COUNT(1, 15, 0x1000)) == 1 &&
	       fault[0].entered && fault[0].write && !fault[0].present && !fault[0].exec &&
	       fault[0].allocated && fault[0].latency == 5 && fault[0].time == 15 &&
	       fault[0].ip == 0x99 && fault[0].end == FAULT_ENDED_MINOR && !fault[0].by_kernel;
}

static bool error_bits(void)
{
	struct fault fault[MAX];

	return TRACK(fault, ENTER(1, 10, 0x1000, 1), MAJOR(1, 15, 0x1000), ENTER(1, 20, 0x1000, 16),
		     COUNT(1, 25, 0x1000)) == 2 &&
	       fault[0].present && !fault[0].write && fault[0].end == FAULT_ENDED_MAJOR &&
	       fault[1].exec && !fault[1].present;
}

static bool threads(void)
{
	struct fault fault[MAX];

	return TRACK(fault, ENTER(5, 10, 0x1000, 2), ENTER(3, 11, 0x1000, 2), ENTER(9, 12, 0x2000, 0),
		     ALLOC(3, 13), COUNT(9, 14, 0x2000), COUNT(5, 15, 0x1000), COUNT(3, 16, 0x1000)) == 3 &&
	       fault[0].tid == 9 && fault[1].tid == 5 && !fault[1].allocated &&
	       fault[2].tid == 3 && fault[2].allocated && fault[2].latency == 5;
}

static bool alloc_outside(void)
{
	struct fault fault[MAX];

	return TRACK(fault, ALLOC(1, 9), ENTER(1, 10, 0x1000, 3), COUNT(1, 15, 0x1000), ALLOC(1, 16),
		     ENTER(1, 20, 0x2000, 3), COUNT(1, 25, 0x2000)) == 2 &&
	       !fault[0].allocated && !fault[1].allocated;
}

static bool segv(void)
{
	struct fault fault[MAX];

	return TRACK(fault, ENTER(1, 10, 0x1000, 2), SIGNAL(1, 12, SIGSEGV, SEGV_MAPERR),
		     ENTER(1, 20, 0x2000, 2), SIGNAL(1, 22, SIGBUS, BUS_ADRERR), GONE(1, 30)) == 2 &&
	       fault[0].end == FAULT_ENDED_SEGV && fault[0].addr == 0x1000 && !fault[0].latency &&
	       fault[1].end == FAULT_ENDED_BUS;
}

/* One that a process sends, and one of the kernel's that comes from elsewhere. */
static bool other_signals(void)
{
	struct fault fault[MAX];

	return TRACK(fault, SIGNAL(1, 9, SIGSEGV, SEGV_MAPERR), ENTER(1, 10, 0x1000, 2),
		     SIGNAL(1, 12, SIGSEGV, SI_USER), SIGNAL(1, 13, SIGTRAP, TRAP_BRKPT),
		     SIGNAL(2, 13, SIGSEGV, SEGV_MAPERR), COUNT(1, 15, 0x1000)) == 1 &&
	       fault[0].end == FAULT_ENDED_MINOR;
}

static bool uncounted(void)
{
	struct fault fault[MAX];

	return TRACK(fault, ENTER(1, 10, 0x1000, 2), ENTER(1, 20, 0x2000, 2), COUNT(1, 25, 0x2000),
		     ENTER(2, 30, 0x3000, 0), GONE(2, 31)) == 3 &&
	       fault[0].end == FAULT_ENDED_UNCOUNTED && fault[0].addr == 0x1000 &&
	       fault[0].time == 20 && !fault[0].latency &&
	       fault[1].end == FAULT_ENDED_MINOR && fault[2].end == FAULT_ENDED_UNCOUNTED;
}

static bool no_entry(void)
{
	struct fault fault[MAX];

	return TRACK(fault, COUNT(1, 15, 0x1000), ENTER(1, 20, 0x2000, 2), MAJOR(1, 25, 0x3000),
		     ENTER(1, 30, 0x4000, 2)) == 2 &&
	       !fault[0].entered && !fault[0].latency && fault[0].addr == 0x1000 &&
	       !fault[1].entered && fault[1].end == FAULT_ENDED_MAJOR;
}

static bool loss(void)
{
	struct fault fault[MAX];

	return TRACK(fault, ENTER(1, 10, 0x1000, 2), ENTER(2, 10, 0x1000, 2), LOSS(15),
		     ENTER(1, 20, 0x2000, 2), GONE(2, 21), COUNT(1, 25, 0x2000)) == 1 &&
	       fault[0].addr == 0x2000;
}

static bool by_kernel(void)
{
	struct fault fault[MAX];
	struct fault_event enter = ENTER(1, 10, 0x1000, 2);

	enter.kind = FAULT_ON_KERNEL;
	return TRACK(fault, enter, COUNT(1, 15, 0x1000)) == 1 && fault[0].by_kernel;
}

static const struct area heap = { .start = 0x1000, .end = 0x3000, .perms = "rw-p", .name = "[heap]" };
static const struct area grown = { .start = 0x1000, .end = 0x9000, .perms = "rw-p", .name = "[heap]" };
static const struct area stack = { .start = 0xd000, .end = 0xf000, .perms = "rw-p", .name = "[stack]" };
static const struct area deeper = { .start = 0xb000, .end = 0xf000, .perms = "rw-p", .name = "[stack]" };

static void add(struct fault_sums *sums, const struct area *area, enum fault_kind kind,
		uint64_t latency)
{
	struct fault fault = { .latency = latency };
	struct fault_row row = fault_row_of(&fault, kind, area);

	fault_sums_add(sums, &row);
}

static bool sums(void)
{
	struct fault_sums sums = { .nr = 0 };
	bool good;

	add(&sums, NULL, FAULT_SEGV, 0);
	add(&sums, &stack, FAULT_ZERO_FILL, 10);
	add(&sums, &heap, FAULT_COPY, 7);
	add(&sums, &heap, FAULT_ZERO_FILL, 3);
	add(&sums, &grown, FAULT_ZERO_FILL, 9);
	add(&sums, &grown, FAULT_ZERO_FILL, 0);
	add(&sums, &deeper, FAULT_ZERO_FILL, 20);
	fault_sums_close(&sums, 500, 100);
	good = sums.nr == 4 && sums.faults == 7;
	good = good && sums.rows[0].kind == FAULT_ZERO_FILL && sums.rows[0].faults == 3 &&
	       sums.rows[0].times.nr == 2 && sums.rows[0].times.sum == 12 &&
	       sums.rows[0].times.max == 9 && sums.rows[0].end == 0x9000;
	good = good && sums.rows[1].kind == FAULT_COPY && sums.rows[1].faults == 1;
	good = good && sums.rows[2].start == 0xb000 && sums.rows[2].faults == 2 &&
	       sums.rows[2].span == 100 && sums.rows[2].time == 500;
	good = good && !sums.rows[3].has_area && sums.rows[3].kind == FAULT_SEGV;
	fault_sums_free(&sums);
	return good;
}

static bool lost_is_no_fault(void)
{
	struct fault_row row = { .kind = FAULT_LOST, .faults = 12, .name = "" };
	struct fault_sums sums = { .nr = 0 };
	bool good;

	fault_sums_add(&sums, &row);
	fault_sums_add(&sums, &row);
	good = sums.nr == 1 && sums.rows[0].faults == 24 && sums.faults == 0;
	fault_sums_free(&sums);
	return good;
}

/* Of a fault at @ip: does the column Ip show it? */
static bool shows_ip(uint64_t ip)
{
	struct fault fault = { .ip = ip, .entered = true };
	struct fault_row row = fault_row_of(&fault, FAULT_OTHER, NULL);
	struct cell cell = { .row = &row };
	uint64_t number;

	return column_number(column_find(&fault_columns, "Ip", 2), &cell, &number);
}

#define LOCKING(tid_, time_) { .kind = FAULT_ON_LOCKING, .tid = tid_, .time = time_ }
#define LOCKED(tid_, time_, ...) { .kind = FAULT_ON_LOCKED, .tid = tid_, .time = time_, __VA_ARGS__ }

static bool lock(void)
{
	struct fault fault[MAX];
	struct fault_event waits = LOCKING(1, 10), other = LOCKING(2, 12);
	struct fault_event has = LOCKED(2, 13, .success = true);
	struct fault_event changes = LOCKED(1, 30, .write = true, .success = true);

	return TRACK(fault, waits, other, has, changes) == 2 && fault[0].tid == 2 && fault[0].latency == 1 &&
	       fault[0].end == FAULT_TOOK_READ_LOCK && fault[1].latency == 20 &&
	       fault[1].end == FAULT_TOOK_WRITE_LOCK && fault_kind(&(struct fault_facts){ .end = fault[1].end }) ==
	       FAULT_WRITE_LOCK;
}

static bool no_wait(void)
{
	struct fault fault[MAX];
	struct fault_event tried = LOCKED(1, 13, .success = true), waits = LOCKING(1, 20);
	struct fault_event killed = LOCKED(1, 30, .write = true), lost = { .kind = FAULT_ON_LOST, .time = 50 };
	struct fault_event has = LOCKED(1, 60, .success = true);

	return !TRACK(fault, tried) && !TRACK(fault, waits, killed, has) && !TRACK(fault, waits, lost, has);
}

static bool lock_in_fault(void)
{
	struct fault fault[MAX];
	struct fault_event enter = ENTER(1, 10, 0x1000, 2), waits = LOCKING(1, 12);
	struct fault_event has = LOCKED(1, 15, .success = true), count = COUNT(1, 19, 0x1000);

	return TRACK(fault, enter, waits, has, count) == 2 && fault[0].latency == 3 && fault[1].latency == 9 &&
	       fault[1].addr == 0x1000;
}

static bool lock_is_no_fault(void)
{
	struct fault_row row = { .kind = FAULT_WRITE_LOCK, .faults = 1, .name = "" };
	struct fault_sums sums = { .nr = 0 };
	bool good;

	fault_sums_add(&sums, &row);
	good = sums.nr == 1 && !sums.faults;
	fault_sums_free(&sums);
	return good;
}

static bool no_kernel_address(void)
{
	return shows_ip(0x7fffffffffff) && !shows_ip(0xffffffff81000000);
}

static const struct ktap_test tests[] = {
	{ "exception, allocation and counter are one fault", pair },
	{ "the error code says what was there, and what was wanted", error_bits },
	{ "threads do not mix", threads },
	{ "what is allocated between faults is of none of them", alloc_outside },
	{ "a signal of the kernel's ends a fault", segv },
	{ "other signals do not", other_signals },
	{ "the next exception, and the thread's end, tell of one that was not served", uncounted },
	{ "a counter without its exception is a fault of which no more is known", no_entry },
	{ "after a loss nothing is said of what was under way", loss },
	{ "from wanting mmap_lock to having it is a wait of its thread", lock },
	{ "who tries, gives up, or whose beginning was lost has none", no_wait },
	{ "a lock that is taken in a fault leaves the fault what it is", lock_in_fault },
	{ "nor does it count as one", lock_is_no_fault },
	{ "a system call's access is told apart", by_kernel },
	{ "sums are by area and kind, also where areas grow", sums },
	{ "an address of the kernel is not shown", no_kernel_address },
	{ "records that were lost are no faults", lost_is_no_fault },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
