// SPDX-License-Identifier: GPL-2.0
/* explain - the request, its answers beside what is known by construction, and the command. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/access.h"
#include "lib/child.h"
#include "lib/command.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/text.h"
#include "lib/verdict.h"

SCENE(explain)

enum { PAGES = 16 };

/* What an entry has of where its page is, who may do what with it, and of what kind the memory is. */
#ifdef __aarch64__
#define ENTRY_ADDRESS	0x3fffffffff000
#define ENTRY_MEMORY	0x31c
#define NO_EXEC		(VMAVIEW_LEVEL_PXN | VMAVIEW_LEVEL_UXN)
#define ASID_KIND	VMAVIEW_ASID_ARM64
#else
#define ENTRY_ADDRESS	0xffffffffff000
#define ENTRY_MEMORY	0
#define NO_EXEC		VMAVIEW_LEVEL_NX
#define ASID_KIND	VMAVIEW_ASID_X86_CTX
#endif

static uint64_t addresses[VMAVIEW_EXPLAIN_MAX + 1];
static struct vmaview_explain answers[VMAVIEW_EXPLAIN_MAX + 1];

static struct vmaview_explain_request good(void)
{
	return (struct vmaview_explain_request){
		.size = sizeof(struct vmaview_explain_request),
		.target = getpid(),
		.nr = 1,
		.addresses = (uintptr_t)addresses,
		.answers = (uintptr_t)answers,
		.answer_size = sizeof(answers[0]),
	};
}

static void refuses(const char *what, struct vmaview_explain_request request, int err)
{
	int got = verdict_errno(&request);

	if (got != err)
		fail("%s: expected %s, got %s", what, err ? strerrorname_np(err) : "success",
		     got ? strerrorname_np(got) : "success");
}

#define REFUSES(err, ...) do { \
	struct vmaview_explain_request request_ = good(); \
	request_.__VA_ARGS__; \
	refuses(#__VA_ARGS__, request_, err); \
} while (0)

/* Each argument is checked. */
TEST_F(explain, arguments)
{
	REFUSES(0, nr = 1);
	REFUSES(0, nr = VMAVIEW_EXPLAIN_MAX);
	REFUSES(EINVAL, nr = 0);
	REFUSES(EINVAL, nr = VMAVIEW_EXPLAIN_MAX + 1);
	REFUSES(EINVAL, nr = ~0u);
	REFUSES(EINVAL, size = sizeof(struct vmaview_explain_request) - 8);
	REFUSES(EINVAL, size = 0);
	REFUSES(EINVAL, size = ~0u);
	REFUSES(EINVAL, flags = 2);
	REFUSES(EINVAL, reserved = 1);
	REFUSES(EINVAL, answer_size = 0);
	REFUSES(EINVAL, answer_size = sizeof(answers[0]) - 8);
	REFUSES(EINVAL, answer_size = 4097);
	REFUSES(EFAULT, addresses = 0);
	REFUSES(EFAULT, addresses = ~0ULL << 40);
	REFUSES(EFAULT, answers = 0);
	REFUSES(EFAULT, answers = ~0ULL << 40);
	REFUSES(EINVAL, target = 0);
	REFUSES(EINVAL, target = -1);
	REFUSES(EINVAL, target = 2);
	REFUSES(ESRCH, target = 0x7fffffff);
}

/* A larger request must say nothing more. */
TEST_F(explain, larger)
{
	struct { struct vmaview_explain_request request; uint64_t more; } request = { good(), 0 };

	request.request.size = sizeof(request);
	expect_eq("a larger request of zeroes", verdict_errno(&request.request), 0);
	request.more = 1;
	expect_eq("a larger request that says more", verdict_errno(&request.request), E2BIG);
}

/* What a larger answer has more is cleared. */
TEST_F(explain, larger_answer)
{
	struct vmaview_explain_request request = good();
	struct { struct vmaview_explain answer; uint64_t more[4]; } two[2];

	memset(two, 0xff, sizeof(two));
	request.nr = 2;
	request.answers = (uintptr_t)two;
	request.answer_size = sizeof(two[0]);
	addresses[0] = (uintptr_t)two;
	addresses[1] = 0;
	expect_eq("errno", verdict_errno(&request), 0);
	expect_eq("answered", request.answered, 2);
	for (int i = 0; i < 2; i++) {
		expect_eq("size", two[i].answer.size, sizeof(two[i].answer));
		expect_eq("address", two[i].answer.address, addresses[i]);
		expect_eq("the first field that is not known", two[i].more[0], 0);
		expect_eq("the last", two[i].more[3], 0);
	}
}

/* Pidfds are taken. */
TEST_F(explain, pidfds)
{
	struct vmaview_explain_request request = good();

	request.flags = VMAVIEW_REQUEST_PIDFD;
	refuses("a number that is no descriptor", request, EBADF);
	request.target = 0;
	refuses("a descriptor that is no pidfd", request, EBADF);
	request.target = syscall(SYS_pidfd_open, getpid(), 0);
	refuses("a pidfd", request, 0);
}

static int wait_there(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* An address space has an id of its own. */
TEST_F(explain, asids)
{
	struct vmaview_explain_request mine = good(), again = good(), other = good();
	struct child child;

	child_start(&child, wait_there, NULL);
	other.target = child.pid;
	expect_eq("errno", verdict_errno(&mine) | verdict_errno(&again) | verdict_errno(&other), 0);
	expect_eq("kind", mine.asid_kind, ASID_KIND);
	expect_eq("the same address space", again.asid, mine.asid);
	if (!mine.asid || other.asid == mine.asid)
		fail("two address spaces have the ids %llu and %llu", (unsigned long long)mine.asid,
		     (unsigned long long)other.asid);
	child_end(&child);
}

/* The top table has as many entries as addresses need, where the rest of them is the kernel's table. */
static uint32_t level_bits(uint32_t shift)
{
#ifdef __aarch64__
	if (access_bits() - shift < 9)
		return access_bits() - shift;
#endif
	(void)shift;
	return 9;
}

/*
 * Levels lead from one to the next, and bits have names.  The last level of a page that was written, and
 * its bits.
 */
TEST_F(explain, levels)
{
	const uint32_t bits = VMAVIEW_LEVEL_PRESENT | VMAVIEW_LEVEL_WRITE | VMAVIEW_LEVEL_USER |
			      VMAVIEW_LEVEL_ACCESSED | VMAVIEW_LEVEL_DIRTY | NO_EXEC;
	char *memory = scene_anon(PAGES);
	const struct vmaview_level *last;
	struct vmaview_explain answer;
	uint64_t at = (uintptr_t)memory + 5 * PAGE + 17;

	scene_write(memory, PAGES);
	verdict_ask((char *)at, &answer);
	if (answer.nr_levels != 4 && answer.nr_levels != 5)
		die("expected 4 or 5 levels, got %u", answer.nr_levels);
	for (uint32_t i = 0, shift = 12 + 9 * (answer.nr_levels - 1); i < answer.nr_levels; i++, shift -= 9) {
		expect_eq("bits", answer.levels[i].bits, level_bits(shift));
		expect_eq("index", answer.levels[i].index, at >> shift & ((1 << level_bits(shift)) - 1));
		if (i)
			expect_eq("table", answer.levels[i].table, answer.levels[i - 1].entry & ENTRY_ADDRESS);
	}
	last = &answer.levels[answer.nr_levels - 1];
	expect_eq("level", last->level, 0);
	expect_eq("flags", last->flags & ~VMAVIEW_LEVEL_SOFT_DIRTY, bits);
	expect_eq("other bits", last->other & ~ENTRY_MEMORY, 0);
	expect_eq("has a physical address", answer.flags & VMAVIEW_EXPLAIN_PHYSICAL, VMAVIEW_EXPLAIN_PHYSICAL);
	expect_eq("physical", answer.physical, (last->entry & ENTRY_ADDRESS) | (at & 4095));
	expect_eq("leaf size", answer.leaf_size, PAGE);
	expect_eq("page frame", answer.run.pfn, PAGEMAP_PFN(proc_page(memory + 5 * PAGE)));
	mprotect(memory, PAGES * PAGE, PROT_READ);
	verdict_ask((char *)at, &answer);
	expect_eq("flags of a read-only page", answer.levels[answer.nr_levels - 1].flags & VMAVIEW_LEVEL_WRITE, 0);
	mprotect(memory, PAGES * PAGE, PROT_NONE);
	verdict_ask((char *)at, &answer);
	expect_eq("flags of PROT_NONE", answer.levels[answer.nr_levels - 1].flags &
		  (VMAVIEW_LEVEL_PRESENT | VMAVIEW_LEVEL_PROTNONE), VMAVIEW_LEVEL_PROTNONE);
	madvise(memory, PAGES * PAGE, MADV_DONTNEED);
	verdict_ask((char *)at, &answer);
	expect_eq("flags of nothing", answer.levels[answer.nr_levels - 1].flags, VMAVIEW_LEVEL_NONE);
	expect_eq("no physical address", answer.flags & VMAVIEW_EXPLAIN_PHYSICAL, 0);
}

/* What was asked about has no entry below @level. */
static void expect_missing(const char *what, char *address, uint8_t level)
{
	struct vmaview_explain answer;

	verdict_ask(address, &answer);
	expect_eq(what, answer.levels[answer.nr_levels - 1].level, level);
	expect_eq("flags of the last level", answer.levels[answer.nr_levels - 1].flags, VMAVIEW_LEVEL_NONE);
	expect_eq("no physical address", answer.flags & VMAVIEW_EXPLAIN_PHYSICAL, 0);
	expect_eq("state", answer.run.state, VMAVIEW_STATE_NONE);
	expect_eq("a read", answer.verdict[VMAVIEW_READ], VMAVIEW_ZERO_FILL);
}

/* Where a table is missing the translation ends.  One page is there, and so is one table of each level. */
TEST_F(explain, missing_levels)
{
	const size_t pud = 1UL << 30;
	char *memory = scene_map(2 * pud, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);

	madvise(memory, 2 * pud, MADV_NOHUGEPAGE);
	expect_missing("level, nothing is there", memory, 3);
	scene_write(memory, 1);
	expect_missing("level, beside the page", memory + PAGE, 0);
	expect_missing("level, beside its table", memory + HUGE, 1);
	expect_missing("level, beside the table above", memory + pud, 2);
}

/*
 * Entries that map nothing, keys and references are reported.  What an entry that maps nothing says, and
 * a key; pages in a pipe have one more reference.
 */
TEST_F(explain, other_entries)
{
	char *memory = scene_anon(PAGES);
	struct iovec vector = { memory, PAGE };
	const struct vmaview_level *last;
	struct vmaview_explain answer;
	int ends[2], key = pkey_alloc(0, 0);

	scene_swap();
	scene_write(memory, PAGES);
	scene_page_out(memory + 8 * PAGE, 8);
	scene_drain();
	verdict_ask(memory + 9 * PAGE, &answer);
	last = &answer.levels[answer.nr_levels - 1];
	expect_eq("flags of a swapped page", last->flags, VMAVIEW_LEVEL_SWAP);
	verdict_ask(memory, &answer);
	expect_eq("extra references", answer.extra_refs, 0);
	if (pipe2(ends, O_CLOEXEC) || vmsplice(ends[1], &vector, 1, 0) != (ssize_t)PAGE)
		die("vmsplice: %s", strerror(errno));
	verdict_ask(memory, &answer);
	expect_eq("extra references of a page in a pipe", answer.extra_refs, 1);
	if (key < 0 || pkey_mprotect(memory, PAGE, PROT_READ | PROT_WRITE, key)) {
		note("this processor has no protection keys");
		return;
	}
	verdict_ask(memory, &answer);
	expect_eq("protection key", last->pkey, key);
}

/* A huge page ends the translation. */
TEST_F(explain, huge)
{
	struct vmaview_explain answer;
	uint64_t last;
	char *memory;

	scene_thp();
	memory = scene_huge_page();
	verdict_ask(memory + 77 * PAGE + 3, &answer);
	expect_eq("leaf size", answer.leaf_size, HUGE);
	expect_eq("level", answer.levels[answer.nr_levels - 1].level, 1);
	expect_eq("huge", answer.levels[answer.nr_levels - 1].flags & VMAVIEW_LEVEL_HUGE, VMAVIEW_LEVEL_HUGE);
	expect_eq("page frame", answer.run.pfn, PAGEMAP_PFN(proc_page(memory + 77 * PAGE)));
	expect_eq("physical", answer.physical, answer.run.pfn * PAGE + 3);
	expect_eq("exclusive", !!(answer.run.page & VMAVIEW_PAGE_EXCLUSIVE), 1);
	expect_eq("mapcount of the page", answer.run.page_mapcount, 1);
	mprotect(memory, HUGE, PROT_NONE);
	last = answer.physical;
	verdict_ask(memory + 77 * PAGE + 3, &answer);
	expect_eq("leaf size of PROT_NONE", answer.leaf_size, HUGE);
	expect_eq("flags of PROT_NONE", answer.levels[answer.nr_levels - 1].flags &
		  (VMAVIEW_LEVEL_PRESENT | VMAVIEW_LEVEL_PROTNONE | VMAVIEW_LEVEL_HUGE),
		  VMAVIEW_LEVEL_PROTNONE | VMAVIEW_LEVEL_HUGE);
	expect_eq("physical, of PROT_NONE", answer.physical, last);
	expect_eq("a read of PROT_NONE", answer.verdict[VMAVIEW_READ], VMAVIEW_SEGV_ACCESS);
	memory = scene_map(HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	madvise(memory, HUGE, MADV_HUGEPAGE);
	scene_read(memory, 1);
	verdict_ask(memory + 77 * PAGE, &answer);
	expect_eq("leaf size of zeros", answer.leaf_size, HUGE);
	expect_eq("origin of zeros", answer.run.origin, VMAVIEW_ORIGIN_HUGE_ZERO);
	expect_eq("why zeros are copied", answer.why[VMAVIEW_WRITE], VMAVIEW_WHY_SOURCE_ZERO);
}

static void survive(int number)
{
	(void)number;
}

/*
 * A huge page that is broken is recognised by its own frames.  * Its entry names the first frame, and
 * stays; the poison is simulated.  The page that is broken has the mark: the others are small pages now,
 * and free.
 */
TEST_F(explain, broken_huge)
{
	struct vmaview_explain answer;
	uint64_t frame;
	char *memory;

	scene_hugetlb(2);
	memory = scene_map(HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1);
	scene_write(memory, 1);
	frame = PAGEMAP_PFN(proc_page(memory + 77 * PAGE));
	signal(SIGBUS, survive);	/* sent to whoever poisons what it maps, on some kernels */
	if (madvise(memory + 77 * PAGE, PAGE, MADV_HWPOISON))
		skip("this kernel poisons no memory: %s", strerrorname_np(errno));
	verdict_ask(memory + 77 * PAGE, &answer);
	expect_eq("state", answer.run.state, VMAVIEW_STATE_HWPOISON);
	expect_eq("page frame", answer.run.pfn, frame);
	expect_eq("poisoned", !!(answer.run.page & VMAVIEW_PAGE_HWPOISON), 1);
	expect_eq("level", answer.levels[answer.nr_levels - 1].level, 1);
	expect_eq("flags", answer.levels[answer.nr_levels - 1].flags, VMAVIEW_LEVEL_HWPOISON);
}

/* A gap has its neighbours. */
TEST_F(explain, neighbours)
{
	char *memory = scene_anon(PAGES), *last;
	struct vmaview_explain answer;

	munmap(memory + 4 * PAGE, 8 * PAGE);
	verdict_ask(memory + 6 * PAGE + 9, &answer);
	expect_eq("flags", answer.flags, VMAVIEW_EXPLAIN_BELOW | VMAVIEW_EXPLAIN_ABOVE);
	expect_eq("start of the gap", answer.start, (uintptr_t)memory + 4 * PAGE);
	expect_eq("end of the gap", answer.end, (uintptr_t)memory + 12 * PAGE);
	expect_eq("start of the area below", answer.below, (uintptr_t)memory);
	expect_eq("end of the area above", answer.above, (uintptr_t)memory + PAGES * PAGE);
	expect_eq("levels", answer.nr_levels, 0);
	expect_eq("state", answer.run.state, VMAVIEW_STATE_NONE);
	expect_eq("page frame", answer.run.pfn, VMAVIEW_UNKNOWN64);
	verdict_ask(memory + 3 * PAGE, &answer);
	expect_eq("flags of an area", answer.flags, VMAVIEW_EXPLAIN_AREA);
	expect_eq("end", answer.end, (uintptr_t)memory + 4 * PAGE);
	expect_str("perms", answer.perms, "rw-p");
	verdict_ask(NULL, &answer);
	expect_eq("flags of NULL", answer.flags, VMAVIEW_EXPLAIN_ABOVE);
	expect_eq("start of the first gap", answer.start, 0);
	scene_write(memory, 1);
	verdict_ask(memory, &answer);
	last = (char *)access_end();
	verdict_ask(last - 1, &answer);
	expect_eq("reason of the last address of a process", answer.why[VMAVIEW_READ], VMAVIEW_WHY_GAP);
	verdict_ask(last, &answer);
	expect_eq("reason of the first after it", answer.why[VMAVIEW_READ], VMAVIEW_WHY_NOT_USER);
	expect_eq("start of what is beyond", answer.start, (uintptr_t)last);
	expect_eq("end of what is beyond", answer.end, ~0UL);
	expect_eq("flags beyond", answer.flags, 0);
	verdict_ask((void *)~0UL, &answer);
	expect_eq("reason of the last address", answer.why[VMAVIEW_READ], VMAVIEW_WHY_NOT_USER);
	verdict_ask((void *)(~0UL << access_bits()), &answer);
	expect_eq("reason of the kernel's first", answer.why[VMAVIEW_WRITE], VMAVIEW_WHY_NOT_USER);
}

#ifdef __aarch64__

/* The top byte of an address is a tag, and stands for nothing. */
TEST_F(explain, tagged)
{
	char *memory = scene_anon(1);
	struct vmaview_explain answer;

	scene_write(memory, 1);
	verdict_ask(memory + (0x4bUL << 56), &answer);
	expect_eq("address", answer.address, (uintptr_t)memory + (0x4bUL << 56));
	expect_eq("flags of an area", answer.flags & VMAVIEW_EXPLAIN_AREA, VMAVIEW_EXPLAIN_AREA);
	expect_eq("start", answer.start, (uintptr_t)memory);
	expect_eq("what a write does", answer.verdict[VMAVIEW_WRITE], VMAVIEW_OK);
	expect_eq("page frame", answer.run.pfn, PAGEMAP_PFN(proc_page(memory)));
	access_init();
	verdict_prove("a tagged address", memory + (0x4bUL << 56), VMAVIEW_WRITE);
}

#else

/* An address that the processor itself takes for none is beyond user space, and says why. */
TEST_F(explain, refused)
{
	struct vmaview_explain answer;

	verdict_ask((void *)(1UL << 62), &answer);
	expect_eq("reason of one that is none", answer.why[VMAVIEW_EXEC], VMAVIEW_WHY_GENERAL_PROTECTION);
	expect_eq("start of what is beyond that", answer.start, access_end());
}

#endif

/* A byte of a file is known by its offset. */
TEST_F(explain, file_facts)
{
	int fd = scene_memfd(PAGES / 2, 0);
	char *memory = mmap(NULL, PAGES * PAGE, PROT_READ, MAP_SHARED, fd, 2 * PAGE);
	struct vmaview_explain answer;

	if (memory == MAP_FAILED || ftruncate(fd, PAGES / 2 * PAGE - 100))
		die("a file from its third page on: %s", strerror(errno));
	verdict_ask(memory + 3 * PAGE + 5, &answer);
	expect_eq("offset", answer.file_offset, 5 * PAGE + 5);
	expect_eq("size", answer.file_size, PAGES / 2 * PAGE - 100);
	expect_eq("flags", answer.flags, VMAVIEW_EXPLAIN_AREA | VMAVIEW_EXPLAIN_FILE);
	expect_str("perms", answer.perms, "r--s");
	expect_eq("VM_READ and VM_SHARED, of the first four", answer.vm_flags & 15, 9);
}

/* `vmaview explain` with @args, a shell's words; the result is to be freed. */
static void run(const char *args, struct command_result *result)
{
	static const struct command shell = { .program = "/bin/sh", .drop = -1 };
	char line[512];
	char *const argv[] = { "sh", "-c", line, NULL };

	snprintf(line, sizeof(line), "vmaview explain %s", args);
	command_run(&shell, argv, result);
}

static void exits(const char *args, int status, const char *words)
{
	struct command_result result;

	run(args, &result);
	if (result.status != status)
		fail("explain %s: expected exit code %d, got %d", args, status, result.status);
	if (words && !strstr(result.err.data, words))
		fail("explain %s: expected \"%s\", got \"%s\"", args, words, result.err.data);
	if (status && (result.out.len || strchr(result.err.data, '\n') != strrchr(result.err.data, '\n')))
		fail("explain %s: more than one line on stderr, or something on stdout", args);
	command_free(&result);
}

/* Mistakes have their exit codes. */
TEST_F(explain, mistakes)
{
	exits("1 stack", 0, NULL);
	exits("1 text+10 data heap+0 '[stack]' 0", 0, NULL);
	exits("1 12g4", 2, "no address");
	exits("1 ffffffff81000000 8000000000000000 ffffffffffffffff 00000000000000000000ff", 0, NULL);
	exits("1 10000000000000000", 2, "no address");
	exits("1 stack+ffffffffffffffff", 2, "beyond");
	exits("1 '[nothing]'", 1, "has no [nothing]");
	exits("2 1000", 1, "kernel thread");
	exits("0x7fffffff 0", 2, NULL);
	exits("2147483647 0", 42, NULL);
	exits("-f /nowhere 1", 1, "/nowhere");
	exits("-J 1 0 >/dev/full", 1, NULL);
}

/*
 * A thousand addresses, many times what the module takes at once, are one call.  Each line and each object is an
 * address, in their order.
 */
TEST_F(explain, in_bulk)
{
	enum { BULK = 1000 };
	static const char script[] =
		"1 -r -n -f /tmp/vmaview-addresses >/tmp/vmaview-rows && "
		"cut -d' ' -f1 /tmp/vmaview-rows | cmp - /tmp/vmaview-hex && "
		"vmaview explain -J -f - 1 </tmp/vmaview-addresses >/tmp/vmaview-json && "
		"jq -r '.explain[] | if has(\"area\") and has(\"levels\") and has(\"page\") and has(\"physical\") "
		"and (.read | type) == \"string\" and (.write | type) == \"string\" "
		"and (.exec | type) == \"string\" then .address else . end' /tmp/vmaview-json | cmp - /tmp/vmaview-hex";
	FILE *plain = fopen("/tmp/vmaview-addresses", "w"), *hex = fopen("/tmp/vmaview-hex", "w");

	for (unsigned long i = 0; plain && hex && i < BULK; i++) {
		fprintf(plain, "%lx\n", i * 0x7234567);
		fprintf(hex, "0x%lx\n", i * 0x7234567);
	}
	if (!plain || !hex || fclose(plain) || fclose(hex))
		die("cannot write to /tmp");
	exits(script, 0, NULL);
}

SCENE_MAIN
