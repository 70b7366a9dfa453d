// SPDX-License-Identifier: GPL-2.0
/* verdict.c - what is said of an access against what then happens. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "door.h"
#include "machine.h"
#include "proc.h"
#include "result.h"
#include "scene.h"
#include "verdict.h"

/* After so many disagreements a test has said enough. */
enum { TELL = 20 };

static unsigned int counts[32], disagreements;

static const char *const words[] = {
	[VMAVIEW_OK] = "ok", [VMAVIEW_ZERO_FILL] = "zero-fill", [VMAVIEW_MAP_FILE] = "map-file",
	[VMAVIEW_READ_FILE] = "read-file", [VMAVIEW_SWAP_IN] = "swap-in", [VMAVIEW_COPY] = "copy",
	[VMAVIEW_REUSE] = "reuse", [VMAVIEW_MAYBE_COPY] = "maybe-copy",
	[VMAVIEW_MAKE_WRITABLE] = "make-writable", [VMAVIEW_HANDLER] = "handler",
	[VMAVIEW_USERFAULT] = "userfault", [VMAVIEW_STACK_GROWTH] = "stack-growth",
	[VMAVIEW_SEGV_UNMAPPED] = "segv-unmapped", [VMAVIEW_SEGV_ACCESS] = "segv-access",
	[VMAVIEW_GUARD] = "guard", [VMAVIEW_BUS_ERROR] = "bus-error", [VMAVIEW_HWPOISON] = "hwpoison",
};

const char *verdict_word(unsigned int verdict)
{
	return verdict < ARRAY_SIZE(words) && words[verdict] ? words[verdict] : "(no word)";
}

int verdict_errno(struct vmaview_explain_request *request)
{
	static int fd = -1;

	if (fd < 0)
		fd = door_open();
	if (fd < 0)
		die("the device: %s", strerror(-fd));
	return ioctl(fd, VMAVIEW_IOC_EXPLAIN, request) ? errno : 0;
}

void verdict_ask_pages(pid_t pid, const void *addr, size_t nr, struct vmaview_explain *answers)
{
	uint64_t addresses[VMAVIEW_EXPLAIN_MAX];
	struct vmaview_explain_request request = {
		.size = sizeof(request),
		.target = pid,
		.nr = nr,
		.addresses = (uintptr_t)addresses,
		.answers = (uintptr_t)answers,
		.answer_size = sizeof(*answers),
	};
	int err;

	for (size_t i = 0; i < nr; i++)
		addresses[i] = (uintptr_t)addr + i * PAGE;
	err = verdict_errno(&request);
	if (err || request.answered != nr)
		die("EXPLAIN of %zu pages from %p: %s", nr, addr, strerror(err));
}

void verdict_ask(const void *addr, struct vmaview_explain *answer)
{
	verdict_ask_pages(getpid(), addr, 1, answer);
}

static bool is_there(uint64_t entry)
{
	return entry & PAGEMAP_PRESENT;
}

static bool same_page(const struct access_seen *seen)
{
	return is_there(seen->before) && is_there(seen->after) &&
	       PAGEMAP_PFN(seen->before) == PAGEMAP_PFN(seen->after);
}

/* Of a page of its own: neither a file's nor, for a write, the one that was there. */
static bool new_page(const struct access_seen *seen)
{
	return is_there(seen->after) && !(seen->after & PAGEMAP_FILE) &&
	       (!is_there(seen->before) || PAGEMAP_PFN(seen->before) != PAGEMAP_PFN(seen->after));
}

static bool faulted(const struct access_seen *seen)
{
	return !seen->signal && seen->minor + seen->major > 0;
}

static bool minor_fault(const struct access_seen *seen)
{
	return !seen->signal && seen->minor == 1 && !seen->major;
}

/* A write-protect marker that only tracks is taken away by a second fault. */
static bool minor_faults(const struct vmaview_explain *answer, const struct access_seen *seen)
{
	return minor_fault(seen) || (answer->run.state == VMAVIEW_STATE_UFFD && !seen->signal &&
				     seen->minor == 2 && !seen->major);
}

static bool came_in(const struct access_seen *seen)
{
	return !is_there(seen->before) && is_there(seen->after);
}

static bool is_signal(const struct access_seen *seen, int signal, int code)
{
	return seen->signal == signal && seen->code == code;
}

/* pagemap shows nothing of pages that are no memory of any process. */
static bool is_special(const struct vmaview_explain *answer)
{
	return answer->run.origin == VMAVIEW_ORIGIN_SPECIAL;
}

static bool goes_through(const struct vmaview_explain *answer, enum vmaview_access access,
			 const struct access_seen *seen)
{
	if (answer->why[access] != VMAVIEW_WHY_PRESENT)
		return !seen->signal && is_there(seen->after);
	return !seen->signal && !seen->minor && !seen->major && (is_special(answer) || same_page(seen));
}

/* A private mapping has made a page of its own, not one of the file's. */
static bool is_new_hugetlb(const struct vmaview_explain *answer, enum vmaview_access access,
			   const struct access_seen *seen)
{
	return answer->why[access] != VMAVIEW_WHY_HUGETLB_NEW || answer->perms[3] == 's' ||
	       !(seen->after & PAGEMAP_FILE);
}

/* Is what was said what happened? */
static bool holds(const struct vmaview_explain *answer, enum vmaview_access access,
		  const struct access_seen *seen)
{
	if (seen->userfault != (answer->verdict[access] == VMAVIEW_USERFAULT))
		return false;
	switch (answer->verdict[access]) {
	case VMAVIEW_OK:
		return goes_through(answer, access, seen);
	case VMAVIEW_ZERO_FILL:
		return minor_faults(answer, seen) && came_in(seen) && is_new_hugetlb(answer, access, seen);
	case VMAVIEW_MAP_FILE:
		return minor_faults(answer, seen) && came_in(seen) && seen->after & PAGEMAP_FILE;
	case VMAVIEW_READ_FILE:
		return !seen->signal && seen->major == 1 && came_in(seen);
	case VMAVIEW_SWAP_IN:
		return faulted(seen) && came_in(seen);
	case VMAVIEW_COPY:
		return minor_fault(seen) && new_page(seen);
	case VMAVIEW_REUSE:
	case VMAVIEW_MAKE_WRITABLE:
		return minor_fault(seen) && (is_special(answer) || same_page(seen));
	case VMAVIEW_MAYBE_COPY:
		return minor_fault(seen) && (same_page(seen) || new_page(seen));
	case VMAVIEW_HANDLER:
		return !seen->signal || seen->signal == SIGBUS ||
		       (access == VMAVIEW_EXEC && is_signal(seen, SIGSEGV, SEGV_ACCERR));
	case VMAVIEW_USERFAULT:
		return true;
	case VMAVIEW_STACK_GROWTH:
		return minor_fault(seen) && came_in(seen);
	case VMAVIEW_SEGV_UNMAPPED:
		return is_signal(seen, SIGSEGV, answer->why[access] == VMAVIEW_WHY_GENERAL_PROTECTION ?
						SI_KERNEL : SEGV_MAPERR);
	case VMAVIEW_GUARD:
		return is_signal(seen, SIGSEGV, SEGV_MAPERR);
	case VMAVIEW_SEGV_ACCESS:
		return is_signal(seen, SIGSEGV, answer->why[access] == VMAVIEW_WHY_PKEY ? SEGV_PKUERR :
								       SEGV_ACCERR);
	case VMAVIEW_BUS_ERROR:
		return is_signal(seen, SIGBUS, BUS_ADRERR);
	case VMAVIEW_HWPOISON:
		return is_signal(seen, SIGBUS, BUS_MCEERR_AR);
	}
	return false;
}

static void tell(const char *what, const char *addr, enum vmaview_access access,
		 const struct vmaview_explain *answer, const struct access_seen *seen)
{
	static const char *const accesses[] = { "read", "write", "exec" };

	if (disagreements++ >= TELL)
		return;
	fail("%s: %s of %p in state %u: said %s (%u); signal %d code %d, %ld minor %ld major, pagemap %llx then %llx%s",
	     what, accesses[access], addr, answer->run.state, verdict_word(answer->verdict[access]),
	     answer->why[access], seen->signal, seen->code, seen->minor, seen->major,
	     (unsigned long long)seen->before, (unsigned long long)seen->after,
	     seen->userfault ? ", userfault" : "");
}

/* The translation, against pagemap. */
static bool translates(const struct vmaview_explain *answer, const char *addr, uint64_t entry)
{
	if (!is_there(entry))
		return is_special(answer) || !(answer->flags & VMAVIEW_EXPLAIN_PHYSICAL);
	return answer->physical == (PAGEMAP_PFN(entry) * PAGE | ((uintptr_t)addr & (PAGE - 1))) &&
	       answer->run.pfn == PAGEMAP_PFN(entry);
}

void verdict_prove(const char *what, char *addr, enum vmaview_access access)
{
	struct vmaview_explain answer;
	struct access_seen seen;

	if (access == VMAVIEW_EXEC)
		addr = access_instruction(addr);
	memset(&answer, 0xff, sizeof(answer));
	verdict_ask(addr, &answer);
	access_do(addr, access, &seen);
	counts[answer.verdict[access] % ARRAY_SIZE(counts)]++;
	if (!holds(&answer, access, &seen))
		tell(what, addr, access, &answer, &seen);
	if (!translates(&answer, addr, seen.before) && disagreements++ < TELL)
		fail("%s: %p is at 0x%llx, and pagemap says %llx", what, (void *)addr,
		     (unsigned long long)answer.physical, (unsigned long long)seen.before);
}

void verdict_prove_place(const char *what, char *addr, size_t pages, size_t step)
{
	static const enum vmaview_access orders[6][3] = {
		{ VMAVIEW_READ, VMAVIEW_WRITE, VMAVIEW_EXEC }, { VMAVIEW_READ, VMAVIEW_EXEC, VMAVIEW_WRITE },
		{ VMAVIEW_WRITE, VMAVIEW_READ, VMAVIEW_EXEC }, { VMAVIEW_WRITE, VMAVIEW_EXEC, VMAVIEW_READ },
		{ VMAVIEW_EXEC, VMAVIEW_READ, VMAVIEW_WRITE }, { VMAVIEW_EXEC, VMAVIEW_WRITE, VMAVIEW_READ },
	};
	/* In fives the orders go round, too. */
	const size_t next = kernel_is_slow() && pages > 30 ? 5 : 1;

	for (size_t i = 0; i < pages; i += next)
		for (int j = 0; j < 6; j++)
			verdict_prove(what, addr + i * step, orders[i % 6][j % 3]);
}

void verdict_expect(unsigned int expected)
{
	for (unsigned int word = 0; word < ARRAY_SIZE(words); word++)
		if (expected >> word & 1 && !counts[word])
			fail("no access was said to be %s", words[word]);
	verdict_note();
}

void verdict_note(void)
{
	unsigned int all = 0;

	for (size_t i = 0; i < ARRAY_SIZE(counts); i++)
		all += counts[i];
	note("%u accesses, %u disagree, %u maybe-copy", all, disagreements, counts[VMAVIEW_MAYBE_COPY]);
}
