// SPDX-License-Identifier: GPL-2.0
/* explain_words.c - in: verdicts, reasons, levels; out: words and sentences. */
#include <stdio.h>

#include "verbs/explain/explain_words.h"

const char *const explain_access[3] = { "read", "write", "exec" };

static const char *const verdicts[] = {
	[VMAVIEW_OK] = "ok",
	[VMAVIEW_ZERO_FILL] = "zero-fill",
	[VMAVIEW_MAP_FILE] = "map-file",
	[VMAVIEW_READ_FILE] = "read-file",
	[VMAVIEW_SWAP_IN] = "swap-in",
	[VMAVIEW_COPY] = "copy",
	[VMAVIEW_REUSE] = "reuse",
	[VMAVIEW_MAYBE_COPY] = "maybe-copy",
	[VMAVIEW_MAKE_WRITABLE] = "make-writable",
	[VMAVIEW_HANDLER] = "handler",
	[VMAVIEW_USERFAULT] = "userfault",
	[VMAVIEW_STACK_GROWTH] = "stack-growth",
	[VMAVIEW_SEGV_UNMAPPED] = "segv-unmapped",
	[VMAVIEW_SEGV_ACCESS] = "segv-access",
	[VMAVIEW_GUARD] = "guard",
	[VMAVIEW_BUS_ERROR] = "bus-error",
	[VMAVIEW_HWPOISON] = "hwpoison",
};

const char *explain_verdict(unsigned int verdict)
{
	const char *word = verdict < sizeof(verdicts) / sizeof(verdicts[0]) ? verdicts[verdict] : NULL;

	return word ? word : "unknown";
}

/* The function that asks what an area allows. */
#ifdef __aarch64__
#define PERMISSIONS	"do_page_fault()"
#else
#define PERMISSIONS	"access_error()"
#endif

/* The function that serves it, and the rest of the sentence.  NULL: the area's own fault handler. */
struct reason {
	const char *function;
	const char *rest;
};

#define REASON(why, function, rest)	[VMAVIEW_WHY_##why] = { function, rest }

static const struct reason reasons[] = {
	REASON(PRESENT, "", "the entry allows it, there is no fault"),
	REASON(NUMA, "do_numa_page()", "takes a NUMA hint away, the page is there"),
	REASON(MIGRATION, "migration_entry_wait()", "waits until the page has been moved"),
	REASON(ZERO_PAGE, "do_anonymous_page()", "maps zeros: nothing was ever written here"),
	REASON(ANON_NEW, "do_anonymous_page()", "takes a new page and fills it with zeros"),
	REASON(SHMEM_HOLE, "shmem_fault()", "takes a new page of zeros into the file"),
	REASON(HUGETLB_NEW, "hugetlb_no_page()", "takes a huge page from the pool and clears it"),
	REASON(CACHED, NULL, "finds the page in the page cache and maps it"),
	REASON(HUGETLB_CACHED, "hugetlb_no_page()", "finds the huge page in its file and maps it"),
	REASON(NOT_CACHED, NULL, "reads the page from the file: a major fault"),
	REASON(READ_THEN_COPY, "do_cow_fault()", "has the page read from the file, then copies it"),
	REASON(SWAPPED, "do_swap_page()", "brings the page back from swap"),
	REASON(SHMEM_SWAPPED, "shmem_fault()", "brings the file's page back from swap"),
	REASON(SHARED_ANON, "wp_page_copy()", "copies the page: others have it, or a reference to it"),
	REASON(SOURCE_ZERO, "wp_page_copy()", "takes a new page in place of the zero page"),
	REASON(SOURCE_KSM, "wp_page_copy()", "copies the page, which KSM has merged with equal ones"),
	REASON(SOURCE_FILE, "wp_page_copy()", "copies the page, which is the file's, into private memory"),
	REASON(SOURCE_PFN, "wp_page_copy()", "copies memory that has no struct page"),
	REASON(COW_FAULT, "do_cow_fault()", "copies the file's page into private memory at once"),
	REASON(HUGETLB_COPY, "hugetlb_wp()", "copies the huge page"),
	REASON(EXCLUSIVE, "wp_page_reuse()", "makes the page writable in place: it is this process's alone"),
	REASON(LRU_OR_SWAP, "do_wp_page()",
	       "copies the page unless a reference, of an LRU batch or the swap cache, is gone by then"),
	REASON(MIGRATION_COW, "migration_entry_wait()",
	       "waits until the page has been moved, and it may be shared then"),
	REASON(SHARED, "wp_page_shared()", "makes the shared page writable, after telling its filesystem"),
	REASON(SHARED_PFN, "wp_pfn_shared()", "makes the entry writable"),
	REASON(HUGETLB_SHARED, "hugetlb_wp()", "makes the shared huge page writable"),
	REASON(OPS_FAULT, NULL, "decides: it is the area's own handler"),
	REASON(DEVICE, "do_swap_page()", "has the driver of the device bring the page back"),
	REASON(UFFD_MISSING, "handle_userfault()", "waits for whoever serves missing pages through userfaultfd"),
	REASON(UFFD_MINOR, "handle_userfault()", "waits for whoever serves minor faults through userfaultfd"),
	REASON(UFFD_WP, "handle_userfault()", "waits for whoever write-protected the page through userfaultfd"),
	REASON(UFFD_RWP, "handle_userfault()", "waits for whoever protected the page through userfaultfd"),
	REASON(UFFD_SIGBUS, "handle_userfault()", "sends SIGBUS, as the userfaultfd asked for"),
	REASON(STACK, "expand_stack()", "lets the area above grow down to here, then zeros are mapped"),
	REASON(GAP, "find_vma()", "finds no area: SIGSEGV, SEGV_MAPERR"),
	REASON(NOT_USER, "", "no area of a process can be so high: SIGSEGV, SEGV_MAPERR"),
	REASON(STACK_LIMIT, "acct_stack_growth()", "refuses: the stack would exceed a limit; SIGSEGV, SEGV_MAPERR"),
	REASON(STACK_GAP, "expand_downwards()", "refuses: the stack must stay away from the area below; SIGSEGV, "
	       "SEGV_MAPERR"),
	REASON(STACK_LOW, "expand_downwards()", "refuses: the address is below mmap_min_addr; SIGSEGV, SEGV_MAPERR"),
	REASON(NO_PERMISSION, PERMISSIONS, "finds that the area does not allow it: SIGSEGV, SEGV_ACCERR"),
	REASON(NO_EXEC, PERMISSIONS, "finds, once the page is there, that it must not be executed: SIGSEGV, "
	       "SEGV_ACCERR"),
	REASON(PKEY, PERMISSIONS, "finds that the thread's protection keys do not allow it: SIGSEGV, SEGV_PKUERR"),
	REASON(GUARD, "handle_pte_marker()", "finds a guard region: SIGSEGV, SEGV_MAPERR"),
	REASON(PAST_END, NULL, "finds that the file ends before: SIGBUS, BUS_ADRERR"),
	REASON(NO_FAULT, "do_fault()", "finds no handler for what is not mapped: SIGBUS, BUS_ADRERR"),
	REASON(SHARED_NO_OPS, "do_anonymous_page()", "finds a shared mapping without operations: SIGBUS, BUS_ADRERR"),
	REASON(POOL_EMPTY, "alloc_hugetlb_folio()",
	       "finds no huge page that is not promised to others: SIGBUS, BUS_ADRERR"),
	REASON(POISONED, "do_swap_page()", "finds broken memory: SIGBUS, BUS_MCEERR_AR"),
	REASON(CACHE_POISONED, "__do_fault()", "finds the page in the page cache, and broken: SIGBUS, BUS_MCEERR_AR"),
	REASON(SHMEM_BLANK, "shmem_fault()", "clears the page that fallocate() put into the file"),
	REASON(SHMEM_FULL, "shmem_fault()", "finds the file system full: SIGBUS, BUS_ADRERR"),
	REASON(SHMEM_UNSURE, "shmem_fault()", "finds the file system full, and looks for pages that files do not "
	       "need: a new page, or SIGBUS"),
	REASON(MOUNT_FULL, "alloc_hugetlb_folio()", "finds the file system full: SIGBUS, BUS_ADRERR"),
	REASON(POOL_UNSURE, "alloc_hugetlb_folio()",
	       "finds only huge pages that are promised, maybe to others: a new page, or SIGBUS"),
	REASON(TAKEN_AWAY, "hugetlb_no_page()", "finds that a page was taken away by the process that had reserved "
	       "it: SIGBUS, BUS_ADRERR"),
	REASON(TAKEN_BACK, "hugetlb_wp()", "finds no huge page for a copy, and takes this one away from the "
	       "children that share it"),
	REASON(OPS_MKWRITE, "", "the area's own page_mkwrite, pfn_mkwrite or huge_fault decides"),
	REASON(PERF_RING, "", "perf lets only the first page of its ring be written: SIGBUS, BUS_ADRERR"),
	REASON(SWAP_LOST, "do_swap_page()", "finds that the page could not be read from swap: SIGBUS, BUS_ADRERR"),
	REASON(GENERAL_PROTECTION, "", "the processor takes no such address: SIGSEGV, SI_KERNEL"),
	REASON(VSYSCALL, "emulate_vsyscall()", "does the system call that has its entry here, or sends SIGSEGV "
	       "where none has"),
	REASON(VSYSCALL_READ, "", "the kernel lets its page be read, there is no fault"),
	REASON(VSYSCALL_DENIED, "emulate_vsyscall()", "does not serve it: SIGSEGV, SEGV_MAPERR"),
};

static struct reason reason_of(const struct vmaview_explain *answer, const struct area *area,
			       enum vmaview_access access)
{
	unsigned int why = answer->why[access];
	struct reason reason = { "", "for a reason that this vmaview does not know" };

	if (why < sizeof(reasons) / sizeof(reasons[0]) && reasons[why].rest)
		reason = reasons[why];
	if (!reason.function)
		reason.function = area && area->ops && area->ops->fault ? area->ops->fault :
								  "the area's fault handler";
	return reason;
}

const char *explain_function(const struct vmaview_explain *answer, const struct area *area,
			     enum vmaview_access access)
{
	return reason_of(answer, area, access).function;
}

int explain_sentence(const struct vmaview_explain *answer, const struct area *area,
		     enum vmaview_access access, char *out, size_t room)
{
	struct reason reason = reason_of(answer, area, access);

	return snprintf(out, room, "%s%s%s", reason.function, *reason.function ? " " : "", reason.rest);
}

const char *explain_level(const struct vmaview_level *level)
{
	static const char *const names[] = { "pte", "pmd", "pud", "p4d", "pgd" };

	return level->level < sizeof(names) / sizeof(names[0]) ? names[level->level] : "unknown";
}

static const struct {
	uint32_t flag;
	const char *word;
} bits[] = {
	{ VMAVIEW_LEVEL_PRESENT, "present" },
	{ VMAVIEW_LEVEL_WRITE, "write" },
	{ VMAVIEW_LEVEL_USER, "user" },
	{ VMAVIEW_LEVEL_WRITE_THROUGH, "write-through" },
	{ VMAVIEW_LEVEL_CACHE_DISABLE, "cache-disable" },
	{ VMAVIEW_LEVEL_ACCESSED, "accessed" },
	{ VMAVIEW_LEVEL_DIRTY, "dirty" },
	{ VMAVIEW_LEVEL_HUGE, "huge" },
	{ VMAVIEW_LEVEL_PAT, "pat" },
	{ VMAVIEW_LEVEL_GLOBAL, "global" },
	{ VMAVIEW_LEVEL_SPECIAL, "special" },
	{ VMAVIEW_LEVEL_UFFD_WP, "uffd-wp" },
	{ VMAVIEW_LEVEL_SOFT_DIRTY, "soft-dirty" },
	{ VMAVIEW_LEVEL_SAVED_DIRTY, "saved-dirty" },
	{ VMAVIEW_LEVEL_DEVMAP, "devmap" },
	{ VMAVIEW_LEVEL_NX, "nx" },
	{ VMAVIEW_LEVEL_PROTNONE, "protnone" },
	{ VMAVIEW_LEVEL_RDONLY, "rdonly" },
	{ VMAVIEW_LEVEL_PXN, "pxn" },
	{ VMAVIEW_LEVEL_UXN, "uxn" },
	{ VMAVIEW_LEVEL_CONTIGUOUS, "contiguous" },
	{ VMAVIEW_LEVEL_GUARDED, "guarded" },
	{ VMAVIEW_LEVEL_NONE, "none" },
	{ VMAVIEW_LEVEL_SWAP, "swap" },
	{ VMAVIEW_LEVEL_MIGRATION, "migration" },
	{ VMAVIEW_LEVEL_DEVICE, "device" },
	{ VMAVIEW_LEVEL_HWPOISON, "hwpoison" },
	{ VMAVIEW_LEVEL_GUARD, "guard" },
	{ VMAVIEW_LEVEL_UFFD_MARKER, "uffd-marker" },
};

void explain_bits(const struct vmaview_level *level, void (*note)(const char *word, void *context),
		  void *context)
{
	char word[16];

	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (level->flags & bits[i].flag)
			note(bits[i].word, context);
	for (unsigned int bit = 0; bit < 64; bit++) {
		if (!(level->other >> bit & 1))
			continue;
		snprintf(word, sizeof(word), "bit-%u", bit);
		note(word, context);
	}
	if (!level->pkey)
		return;
	snprintf(word, sizeof(word), "pkey-%u", level->pkey);
	note(word, context);
}

const char *explain_asid_kind(uint32_t kind)
{
	switch (kind) {
	case VMAVIEW_ASID_X86_CTX:
		return "ctx_id";
	case VMAVIEW_ASID_ARM64:
		return "asid";
	}
	return NULL;
}
