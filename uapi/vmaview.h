/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR MIT */
/*
 * vmaview.h - the contract between the module and every program: requests in, records out.
 *
 * An open /dev/vmaview is bound to one target with VMAVIEW_IOC_BIND, then read() gives records
 * until VMAVIEW_REC_END.  Snapshot files hold the bytes of such streams, packed.
 *
 * Rules of growth
 *  - Every record starts with struct vmaview_header; @size counts the whole record, header and
 *    trailing text included, and is a multiple of 8.
 *  - Fields are only ever appended, before the trailing text.  A reader that knows a shorter
 *    struct ignores the rest; a reader that knows a longer one takes the missing fields as
 *    unknown, never as 0.
 *  - Text is found through its offset field, never through sizeof.
 *  - A reader skips record types that it does not know.
 *  - A stream that stops before VMAVIEW_REC_END is an error, and so is a record whose size is
 *    below its header, not a multiple of 8 or beyond VMAVIEW_RECORD_MAX.
 *  - VMAVIEW_ABI_MINOR grows with every addition.  VMAVIEW_ABI_MAJOR would change only if a field
 *    changed its meaning; a program refuses a major that is not its own.  Minors so far:
 *	0  BEGIN, VMFLAG, MM, OPS, AREA and END; attach and detach
 *	1  runs of pages, and what a request may ask of them
 *	2  explain, sharers, layout and segments, tables, userfaultfds; vmaview_begin.space
 *	3  the words of enum vmaview_why from VMAVIEW_WHY_SHMEM_BLANK on
 *	4  FRAMES records, and VMAVIEW_REQUEST_DENSE which asks for them
 *	5  vmaview_begin.memcg; the bits of entries from VMAVIEW_LEVEL_RDONLY to VMAVIEW_LEVEL_GUARDED
 *	6  SEAM records
 *
 * Unless a field says otherwise: sizes are bytes, addresses are the target's virtual addresses,
 * integers are in the host's byte order.  No field ever carries an address of the kernel.
 */
#ifndef VMAVIEW_H
#define VMAVIEW_H

#include <linux/types.h>
#include <linux/ioctl.h>

#define VMAVIEW_ABI_MAJOR	1
#define VMAVIEW_ABI_MINOR	6

#define VMAVIEW_DEVICE		"/dev/vmaview"
#define VMAVIEW_DEBUGFS		"/sys/kernel/debug/vmaview"

/* No record is longer: the longest name (4 * PATH_MAX, every byte escaped) plus its area. */
#define VMAVIEW_RECORD_MAX	20480

/* The fractional bits of the pss fields: as PSS_SHIFT in fs/proc/task_mmu.c. */
#define VMAVIEW_PSS_SHIFT	12

/**
 * enum vmaview_want - what a stream shall carry, an OR of these
 * @VMAVIEW_WANT_AREAS: an AREA record for each area
 * @VMAVIEW_WANT_PAGES: walk the page tables and fill the page sums of the AREA records; without
 *	it every field that vmaview_area marks "pages" is 0 and means nothing
 * @VMAVIEW_WANT_MM: the MM record
 * @VMAVIEW_WANT_VMFLAGS: a VMFLAG record for each flag bit that the running kernel names
 * @VMAVIEW_WANT_RUNS: a RUN record for each run of equal neighbouring entries in the range; walks the
 *	page tables too, without @VMAVIEW_WANT_PAGES those of the range only
 * @VMAVIEW_WANT_SHARERS: after each AREA record a SHARER record for each area of another process
 *	that maps some of its pages; nothing without @VMAVIEW_WANT_AREAS
 * @VMAVIEW_WANT_LAYOUT: the LAYOUT record and the SEGMENT records
 * @VMAVIEW_WANT_TABLES: walk the page tables of the range and give a TABLE record for each level
 * @VMAVIEW_WANT_UFFD: the UFFD records: areas of the range that a userfaultfd watches, and who holds it.
 *	Where there is such an area, the file tables of all processes are looked at
 * @VMAVIEW_WANT_SEAMS: a SEAM record for each two areas of the range that touch: why they are two
 */
enum vmaview_want {
	VMAVIEW_WANT_AREAS	= 1,
	VMAVIEW_WANT_PAGES	= 2,
	VMAVIEW_WANT_MM		= 4,
	VMAVIEW_WANT_VMFLAGS	= 8,
	VMAVIEW_WANT_RUNS	= 16,
	VMAVIEW_WANT_SHARERS	= 32,
	VMAVIEW_WANT_LAYOUT	= 64,
	VMAVIEW_WANT_TABLES	= 128,
	VMAVIEW_WANT_UFFD	= 256,
	VMAVIEW_WANT_SEAMS	= 512,
};

#define VMAVIEW_WANT_ALL	1023

/* vmaview_request.flags: @target is a pidfd, not a PID. */
#define VMAVIEW_REQUEST_PIDFD	1
/* Runs go on where only the page frames, or the swap slots, do not follow each other. */
#define VMAVIEW_REQUEST_JOIN	2
/* FRAMES records in place of RUN records: which page frames, and how often each is mapped.  Not with _JOIN. */
#define VMAVIEW_REQUEST_DENSE	4
#define VMAVIEW_REQUEST_FLAGS	7

/**
 * struct vmaview_request - argument of VMAVIEW_IOC_BIND
 * @size: sizeof(struct vmaview_request) of the caller, VMAVIEW_REQUEST_MIN at least; what a smaller
 *	one lacks is 0, a larger one is taken if the rest is zero
 * @flags: an OR of VMAVIEW_REQUEST_PIDFD, VMAVIEW_REQUEST_JOIN and VMAVIEW_REQUEST_DENSE
 * @target: a PID of the caller's PID namespace, or a pidfd
 * @want: what the stream shall carry, see enum vmaview_want; at least one bit
 * @start: first address asked about
 * @end: first address no longer asked about, above @start; ~0 for "to the end".  Areas that the
 *	range cuts are reported whole; their page sums cover the whole area too.  SHARER records count
 *	pages of the range only.
 *
 * Which runs to give, as RUN or as FRAMES records; all that is asked must hold.
 * 0 everywhere, as where VMAVIEW_WANT_RUNS is not set it must be, gives every run but those of VMAVIEW_STATE_NONE:
 * @states: an OR of 1 << enum vmaview_state; 0 for all but VMAVIEW_STATE_NONE
 * @origins: an OR of 1 << enum vmaview_origin; 0 for all
 * @page_mask: bits of enum vmaview_page_bits that are looked at
 * @page_value: and what they shall be: @vmaview_run.page & @page_mask == @page_value
 * @page_any: 0, or bits of which at least one shall be set
 * @entry_mask: bits of enum vmaview_entry_bits that are looked at
 * @entry_value: and what they shall be
 *
 * Binding again starts over, with the new target.  Errors: EPERM (no CAP_SYS_ADMIN or no
 * CAP_SYS_PTRACE in the initial user namespace, or locked down for confidentiality), EINVAL (size,
 * flags, want, range, an unknown bit, a value outside its mask, a PID below 1, a kernel thread),
 * E2BIG (a larger struct with something in it that this module does not know), ESRCH (nobody has
 * this PID, or it is a zombie), EBADF (not a pidfd), EFAULT, ENOMEM, EINTR.
 *
 * read() then gives whole or partial records; the file cannot seek.  Errors: ENODATA (not bound),
 * ESRCH (the target exited or called exec meanwhile), EINTR (a signal came before any byte),
 * ENOMEM, EFAULT.  0 after VMAVIEW_REC_END.
 */
struct vmaview_request {
	__u32 size;
	__u32 flags;
	__s32 target;
	__u32 want;
	__u64 start;
	__u64 end;
	/* since ABI 1.1 */
	__u32 states;
	__u32 origins;
	__u64 page_mask;
	__u64 page_value;
	__u64 page_any;
	__u32 entry_mask;
	__u32 entry_value;
};

/* The request of ABI 1.0. */
#define VMAVIEW_REQUEST_MIN	32

/**
 * struct vmaview_version - argument of VMAVIEW_IOC_VERSION, filled by the module
 * @abi_major: VMAVIEW_ABI_MAJOR of the module
 * @abi_minor: VMAVIEW_ABI_MINOR of the module
 * @release: version of the module, NUL-terminated
 */
struct vmaview_version {
	__u16 abi_major;
	__u16 abi_minor;
	__u32 reserved;
	char release[24];
};

/* The size in the number stays that of ABI 1.0: vmaview_request.size is the real one. */
#define VMAVIEW_IOC_BIND	_IOC(_IOC_WRITE, 'V', 0xe0, VMAVIEW_REQUEST_MIN)
#define VMAVIEW_IOC_VERSION	_IOR('V', 0xe1, struct vmaview_version)
/* As writing the PID to debugfs attach and detach; works where lockdown refuses writable debugfs. */
#define VMAVIEW_IOC_ATTACH	_IOW('V', 0xe2, __s32)
#define VMAVIEW_IOC_DETACH	_IOW('V', 0xe3, __s32)
/* Needs no VMAVIEW_IOC_BIND; see struct vmaview_explain_request. */
#define VMAVIEW_IOC_EXPLAIN	_IOWR('V', 0xe4, struct vmaview_explain_request)

/**
 * enum vmaview_record_type - the types of records
 *
 * A stream has them in this order: BEGIN, VMFLAG, MM, LAYOUT, SEGMENT, the areas (OPS, RUN or
 * FRAMES, AREA, SHARER), TABLE, UFFD, SEAM, END.  Types from 0x10000 on are never the module's: what saves streams
 * may put records of its own into them, after BEGIN.
 */
enum vmaview_record_type {
	VMAVIEW_REC_BEGIN	= 1,
	VMAVIEW_REC_VMFLAG	= 2,	/* after BEGIN */
	VMAVIEW_REC_MM		= 3,	/* after VMFLAG */
	VMAVIEW_REC_OPS		= 4,	/* before the first AREA that names its id */
	VMAVIEW_REC_AREA	= 5,	/* ascending, disjoint */
	VMAVIEW_REC_END		= 6,
	VMAVIEW_REC_RUN		= 7,	/* ascending, disjoint; before the AREA that they are in */
	VMAVIEW_REC_SHARER	= 8,	/* after the AREA that they share */
	VMAVIEW_REC_LAYOUT	= 9,	/* after MM */
	VMAVIEW_REC_SEGMENT	= 10,	/* after LAYOUT */
	VMAVIEW_REC_TABLE	= 11,	/* after the last AREA, from the lowest level up */
	VMAVIEW_REC_UFFD	= 12,	/* after TABLE: all areas, ascending, then all holders */
	VMAVIEW_REC_FRAMES	= 13,	/* in place of RUN, in the order of addresses */
	VMAVIEW_REC_SEAM	= 14,	/* after UFFD, ascending */
};

/**
 * struct vmaview_header - the start of every record
 * @type: enum vmaview_record_type
 * @size: bytes of the whole record
 */
struct vmaview_header {
	__u32 type;
	__u32 size;
};

/**
 * enum vmaview_known - which facts the running kernel can give at all
 * @VMAVIEW_KNOW_EXCLUSIVE: PG_anon_exclusive exists, so the cow fields are more than guesses
 * @VMAVIEW_KNOW_PAGE_MAPCOUNT: mapcounts are per page; without it (CONFIG_NO_PAGE_MAPCOUNT) pss,
 *	shared and private of large folios are averages, as smaps's are
 * @VMAVIEW_KNOW_GUARD: the kernel has guard regions; without it absent_guard is 0 by nature
 * @VMAVIEW_KNOW_CHANGED: a change of the address space between two lock holds is always seen;
 *	without it vmaview_end.changed says VMAVIEW_CHANGED_UNKNOWN where none was noticed
 * @VMAVIEW_KNOW_SOFT_DIRTY: entries have a soft-dirty bit (CONFIG_MEM_SOFT_DIRTY)
 * @VMAVIEW_KNOW_SHARERS: the kernel knows whose memory an mm is (CONFIG_MEMCG); without it there are
 *	no SHARER records, whoever may share
 * @VMAVIEW_KNOW_UFFD: the kernel has userfaultfd(2) (CONFIG_USERFAULTFD); without it there are no UFFD
 *	records by nature
 */
enum vmaview_known {
	VMAVIEW_KNOW_EXCLUSIVE		= 1,
	VMAVIEW_KNOW_PAGE_MAPCOUNT	= 2,
	VMAVIEW_KNOW_GUARD		= 4,
	VMAVIEW_KNOW_CHANGED		= 8,
	VMAVIEW_KNOW_SOFT_DIRTY		= 16,
	VMAVIEW_KNOW_SHARERS		= 32,
	VMAVIEW_KNOW_UFFD		= 64,
};

/**
 * struct vmaview_begin - first record
 * @header: VMAVIEW_REC_BEGIN
 * @abi_major: VMAVIEW_ABI_MAJOR of the module that wrote the stream
 * @abi_minor: VMAVIEW_ABI_MINOR of it
 * @want: as requested
 * @known: enum vmaview_known
 * @pid: the target's PID in the PID namespace of who bound the file
 * @tgid: its thread group leader's; may differ where a thread was named
 * @task_start: ns since boot at which the target's thread group leader started; with @pid it names a
 *	process for good (task_struct.start_boottime)
 * @time: ns since 1970 at which the walk began
 * @range_start: as requested
 * @range_end: as requested
 * @leaf_size: bytes that one leaf entry maps at the PTE, PMD and PUD level
 * @comm: task_struct.comm, NUL-terminated
 * @release: the running kernel's utsname release, NUL-terminated
 * @space: names the address space: processes with one mm (CLONE_VM, vfork() until exec) have the same
 *	number, and no other address space has it from this boot to the next; 0 where the architecture
 *	has no such number
 * @memcg: inode number of the memory cgroup that is charged for what the process takes now, the nearest one online:
 *	compare it with @vmaview_run.memcg, as memory stays charged to the cgroup that took it.  VMAVIEW_UNKNOWN64
 *	without CONFIG_MEMCG, where memory cgroups are switched off, and of an address space that nobody has any more
 */
struct vmaview_begin {
	struct vmaview_header header;
	__u16 abi_major;
	__u16 abi_minor;
	__u32 want;
	__u64 known;
	__s32 pid;
	__s32 tgid;
	__u64 task_start;
	__u64 time;
	__u64 range_start;
	__u64 range_end;
	__u64 leaf_size[3];
	char comm[16];
	char release[72];
	/* since ABI 1.2 */
	__u64 space;
	/* since ABI 1.5 */
	__u64 memcg;
};

/**
 * struct vmaview_vmflag - one flag bit of vm_area_struct.vm_flags as the running kernel names it
 * @header: VMAVIEW_REC_VMFLAG
 * @bit: its number
 * @mnemonic: what VmFlags of smaps prints (show_smap_vma_flags() in fs/proc/task_mmu.c); empty
 *	where smaps prints nothing for this bit, "??" where smaps does not know it
 * @word: the name of the VM_ constant, in lower case, without VM_
 */
struct vmaview_vmflag {
	struct vmaview_header header;
	__u32 bit;
	char mnemonic[4];
	char word[24];
};

/**
 * struct vmaview_mm - the counters that the kernel keeps for the whole address space
 * @header: VMAVIEW_REC_MM
 * @total_vm: mm_struct.total_vm, in bytes: VmSize of /proc/PID/status
 * @locked_vm: mm_struct.locked_vm, in bytes: VmLck
 * @pinned_vm: mm_struct.pinned_vm, in bytes: VmPin
 * @data_vm: mm_struct.data_vm, in bytes: VmData
 * @exec_vm: mm_struct.exec_vm, in bytes: VmExe + VmLib
 * @stack_vm: mm_struct.stack_vm, in bytes: VmStk
 * @map_count: mm_struct.map_count
 * @pgtables: mm_pgtables_bytes(): VmPTE
 * @min_flt: minor faults of all its threads, dead ones included: field 10 of /proc/PID/stat
 * @maj_flt: major faults, likewise: field 12
 *
 * Read in one hold of mmap_lock, before the first area.
 */
struct vmaview_mm {
	struct vmaview_header header;
	__u64 total_vm;
	__u64 locked_vm;
	__u64 pinned_vm;
	__u64 data_vm;
	__u64 exec_vm;
	__u64 stack_vm;
	__u64 map_count;
	__u64 pgtables;
	__u64 min_flt;
	__u64 maj_flt;
};

/**
 * struct vmaview_ops - one vm_operations_struct
 * @header: VMAVIEW_REC_OPS
 * @id: how AREA records name it; given once in a stream, never 0
 * @text_offset: from the start of the record to the text: the table's symbol, NUL, then
 *	"callback=symbol" and NUL for each callback that is not NULL.  A symbol of a module is
 *	followed by " [module]"; one that kallsyms cannot name is "unknown".
 * @text_length: bytes of text, every NUL counted
 */
struct vmaview_ops {
	struct vmaview_header header;
	__u32 id;
	__u32 text_offset;
	__u32 text_length;
	__u32 reserved;
};

/**
 * enum vmaview_area_flags - what to know of how an area was read
 * @VMAVIEW_AREA_CHANGED: it changed while its pages were being walked, more often than the module
 *	was willing to start over, or after some of its runs were given: the sums, and the runs, are
 *	of what it was; what it has become follows from @end on
 * @VMAVIEW_AREA_CLIPPED: its start is not vm_start: what lies before was reported already, and
 *	the areas were merged or moved meanwhile
 * @VMAVIEW_AREA_NAME_CUT: its name was too long and is left out
 */
enum vmaview_area_flags {
	VMAVIEW_AREA_CHANGED	= 1,
	VMAVIEW_AREA_CLIPPED	= 2,
	VMAVIEW_AREA_NAME_CUT	= 4,
};

/**
 * struct vmaview_area - one vm_area_struct and the sums over its pages; what the numbers are called, and
 *	in which unit they are printed, is listed in vmaview_keys.h
 * @header: VMAVIEW_REC_AREA
 * @start: vm_start
 * @end: vm_end, exclusive
 * @offset: into the file, in bytes, 0 without a file: third column of /proc/PID/maps
 * @inode: i_ino, 0 without a file
 * @dev_major: of the file's filesystem
 * @dev_minor: of the file's filesystem
 * @vm_flags: vm_area_struct.vm_flags, to be named by the VMFLAG records
 * @perms: "rw-p" as /proc/PID/maps has it, NUL-terminated
 * @ops: id of an OPS record, 0 for none
 * @flags: enum vmaview_area_flags
 * @name_offset: from the start of the record to the name
 * @name_length: bytes of the name without its NUL; 0 for none
 * @kernel_page_size: KernelPageSize of smaps
 * @mmu_page_size: MMUPageSize of smaps
 *
 * All that follow are "pages" fields.  Those with a name that smaps has carry its value
 * (smaps_account() and friends in fs/proc/task_mmu.c of the running kernel), in bytes:
 * @rss: @pss: @pss_dirty: @shared_clean: @shared_dirty: @private_clean: @private_dirty:
 * @referenced: @anonymous: @ksm: @lazyfree: @anon_huge: @shmem_pmd: @file_pmd: @shared_hugetlb:
 * @private_hugetlb: @swap: @locked: as smaps; @pss, @pss_dirty and @locked are shifted left by
 *	VMAVIEW_PSS_SHIFT
 *
 * Private writable mappings (VM_WRITE, and is_cow_mapping() of mm/internal.h); the four add up to
 * the bytes present, zero pages included, and are 0 for every other mapping:
 * @cow_copy: anonymous memory whose next write copies it (do_wp_page() in mm/memory.c,
 *	do_huge_pmd_wp_page(), hugetlb_wp())
 * @cow_reuse: whose next write goes to the same page: writable already, or reused in place
 * @cow_maybe: cannot be told: an LRU batch of some CPU may hold the reference that forces a copy,
 *	a swap entry may be shared, or a userfaultfd handler decides
 * @cow_source: whose next write copies from the page cache, the zero page or a KSM page
 * @cow_debt: new memory if each page now present were written: @cow_copy + @cow_source
 *
 * References, of folios that are mapped here:
 * @refcount_max: highest folio_ref_count()
 * @mapcount_max: highest folio_mapcount()
 * @extra_refs: pages of folios with more references than page tables, page cache (with its
 *	private data) and swap cache explain
 * @extra_refs_lru: those of them that are explained by an LRU batch: one reference too many and
 *	not on an LRU list
 * @maybe_pinned: bytes for which folio_maybe_dma_pinned() holds
 * @mlocked: bytes with PG_mlocked
 * @unevictable: bytes with PG_unevictable
 * @writeback: bytes with PG_writeback
 *
 * What reclaim could do, in bytes; the four add up to all present memory but the zero pages:
 * @reclaim_drop: free at once: clean page cache, clean MADV_FREE'd memory, MAP_DROPPABLE memory
 * @reclaim_write: after writing back: dirty page cache
 * @reclaim_swap: only by swapping: anonymous memory, shmem
 * @reclaim_never: not at all: mlocked, unevictable, maybe pinned, hugetlb, no struct page, the kernel's own
 *	page, or kept by the area: locked, or of a file that keeps its pages or cannot write them
 *
 * Entries that map nothing, counted in units of @kernel_page_size:
 * @absent_none: nothing there
 * @absent_swap: swapped out
 * @absent_migration: in migration
 * @absent_device: device private or device exclusive
 * @absent_hwpoison: hardware poison
 * @absent_guard: guard markers
 * @absent_uffd: userfaultfd write-protect markers
 *
 * @tables: bytes of the page tables that serve this area, of the levels that mm_pgtables_bytes()
 *	counts (PTE, PMD and PUD); a table that serves two areas is in the sum of both
 * @leaves: present leaf entries at the PTE, PMD and PUD level
 *
 * An area is consistent in itself unless VMAVIEW_AREA_CHANGED says otherwise; page sums are
 * gathered entry by entry under the page-table lock while the target runs.
 */
struct vmaview_area {
	struct vmaview_header header;
	__u64 start;
	__u64 end;
	__u64 offset;
	__u64 inode;
	__u32 dev_major;
	__u32 dev_minor;
	__u64 vm_flags;
	char perms[8];
	__u32 ops;
	__u32 flags;
	__u32 name_offset;
	__u32 name_length;
	__u64 kernel_page_size;
	__u64 mmu_page_size;

	__u64 rss;
	__u64 pss;
	__u64 pss_dirty;
	__u64 shared_clean;
	__u64 shared_dirty;
	__u64 private_clean;
	__u64 private_dirty;
	__u64 referenced;
	__u64 anonymous;
	__u64 ksm;
	__u64 lazyfree;
	__u64 anon_huge;
	__u64 shmem_pmd;
	__u64 file_pmd;
	__u64 shared_hugetlb;
	__u64 private_hugetlb;
	__u64 swap;
	__u64 locked;

	__u64 cow_copy;
	__u64 cow_reuse;
	__u64 cow_maybe;
	__u64 cow_source;
	__u64 cow_debt;

	__u64 refcount_max;
	__u64 mapcount_max;
	__u64 extra_refs;
	__u64 extra_refs_lru;
	__u64 maybe_pinned;
	__u64 mlocked;
	__u64 unevictable;
	__u64 writeback;

	__u64 reclaim_drop;
	__u64 reclaim_write;
	__u64 reclaim_swap;
	__u64 reclaim_never;

	__u64 absent_none;
	__u64 absent_swap;
	__u64 absent_migration;
	__u64 absent_device;
	__u64 absent_hwpoison;
	__u64 absent_guard;
	__u64 absent_uffd;

	__u64 tables;
	__u64 leaves[3];
};

/**
 * enum vmaview_state - what an entry is, in the kernel's words for its softleaf types
 * @VMAVIEW_STATE_NONE: nothing there, or no table
 * @VMAVIEW_STATE_PRESENT: maps memory
 * @VMAVIEW_STATE_SWAP: swapped out
 * @VMAVIEW_STATE_MIGRATION: its page is being moved
 * @VMAVIEW_STATE_DEVICE: its page is a device's own, or a device's alone for now
 * @VMAVIEW_STATE_HWPOISON: its memory is broken
 * @VMAVIEW_STATE_GUARD: a guard marker: every access is SIGSEGV
 * @VMAVIEW_STATE_UFFD: nothing but a userfaultfd write-protect marker
 */
enum vmaview_state {
	VMAVIEW_STATE_NONE	= 0,
	VMAVIEW_STATE_PRESENT	= 1,
	VMAVIEW_STATE_SWAP	= 2,
	VMAVIEW_STATE_MIGRATION	= 3,
	VMAVIEW_STATE_DEVICE	= 4,
	VMAVIEW_STATE_HWPOISON	= 5,
	VMAVIEW_STATE_GUARD	= 6,
	VMAVIEW_STATE_UFFD	= 7,
};

#define VMAVIEW_STATES		0xff

/**
 * enum vmaview_origin - what kind of memory the page is
 * @VMAVIEW_ORIGIN_NONE: no page is known
 * @VMAVIEW_ORIGIN_ANON: anonymous, swapped out or not; folio_test_anon()
 * @VMAVIEW_ORIGIN_FILE: page cache of a file
 * @VMAVIEW_ORIGIN_SHMEM: page cache of shmem: tmpfs, memfd, shared anonymous memory
 * @VMAVIEW_ORIGIN_HUGETLB: a huge page of hugetlbfs, shared or private
 * @VMAVIEW_ORIGIN_KSM: merged with equal pages
 * @VMAVIEW_ORIGIN_ZERO: the zero page
 * @VMAVIEW_ORIGIN_HUGE_ZERO: the huge zero page
 * @VMAVIEW_ORIGIN_SPECIAL: none of them: a mapping of physical addresses, or a page of the kernel's
 *	own, as those of the vdso; where it has no struct page the counts are VMAVIEW_UNKNOWN
 */
enum vmaview_origin {
	VMAVIEW_ORIGIN_NONE		= 0,
	VMAVIEW_ORIGIN_ANON		= 1,
	VMAVIEW_ORIGIN_FILE		= 2,
	VMAVIEW_ORIGIN_SHMEM		= 3,
	VMAVIEW_ORIGIN_HUGETLB		= 4,
	VMAVIEW_ORIGIN_KSM		= 5,
	VMAVIEW_ORIGIN_ZERO		= 6,
	VMAVIEW_ORIGIN_HUGE_ZERO	= 7,
	VMAVIEW_ORIGIN_SPECIAL		= 8,
};

#define VMAVIEW_ORIGINS		0x1ff

/**
 * enum vmaview_entry_bits - facts of the page-table entry
 * @VMAVIEW_ENTRY_WRITE: pte_write()
 * @VMAVIEW_ENTRY_DIRTY: pte_dirty()
 * @VMAVIEW_ENTRY_YOUNG: pte_young()
 * @VMAVIEW_ENTRY_SOFT_DIRTY: pte_soft_dirty(), of a swap entry pte_swp_soft_dirty(); means something
 *	where VMAVIEW_KNOW_SOFT_DIRTY is set.  pagemap shows it for a whole area with VM_SOFTDIRTY too
 * @VMAVIEW_ENTRY_UFFD_WP: protected by userfaultfd
 * @VMAVIEW_ENTRY_EXEC: the entry itself allows execution
 */
enum vmaview_entry_bits {
	VMAVIEW_ENTRY_WRITE		= 1,
	VMAVIEW_ENTRY_DIRTY		= 2,
	VMAVIEW_ENTRY_YOUNG		= 4,
	VMAVIEW_ENTRY_SOFT_DIRTY	= 8,
	VMAVIEW_ENTRY_UFFD_WP		= 16,
	VMAVIEW_ENTRY_EXEC		= 32,
};

#define VMAVIEW_ENTRY_BITS	63

/*
 * enum vmaview_page_bits - facts of the page and its folio, as numbers of bits in vmaview_run.page
 *
 * Up to bit 47: PG_ flags of the folio (include/linux/page-flags.h), at the place where
 * /proc/kpageflags has them (include/uapi/linux/kernel-page-flags.h), for any page of a folio.
 * From bit 48 on: what kpageflags does not show.
 */
#define VMAVIEW_PAGE_LOCKED		(1ULL << 0)	/* PG_locked */
#define VMAVIEW_PAGE_REFERENCED		(1ULL << 2)	/* PG_referenced */
#define VMAVIEW_PAGE_UPTODATE		(1ULL << 3)	/* PG_uptodate */
#define VMAVIEW_PAGE_DIRTY		(1ULL << 4)	/* PG_dirty */
#define VMAVIEW_PAGE_LRU		(1ULL << 5)	/* PG_lru */
#define VMAVIEW_PAGE_ACTIVE		(1ULL << 6)	/* PG_active */
#define VMAVIEW_PAGE_WRITEBACK		(1ULL << 8)	/* PG_writeback */
#define VMAVIEW_PAGE_RECLAIM		(1ULL << 9)	/* PG_reclaim, which is PG_readahead too */
#define VMAVIEW_PAGE_SWAPCACHE		(1ULL << 13)	/* folio_test_swapcache() */
#define VMAVIEW_PAGE_SWAPBACKED		(1ULL << 14)	/* PG_swapbacked */
#define VMAVIEW_PAGE_UNEVICTABLE	(1ULL << 18)	/* PG_unevictable */
#define VMAVIEW_PAGE_HWPOISON		(1ULL << 19)	/* PageHWPoison(), of the page itself */
#define VMAVIEW_PAGE_IDLE		(1ULL << 25)	/* PG_idle */
#define VMAVIEW_PAGE_RESERVED		(1ULL << 32)	/* PG_reserved */
#define VMAVIEW_PAGE_MLOCKED		(1ULL << 33)	/* PG_mlocked */
#define VMAVIEW_PAGE_PRIVATE		(1ULL << 35)	/* PG_private */
#define VMAVIEW_PAGE_PRIVATE_2		(1ULL << 36)	/* PG_private_2 */
#define VMAVIEW_PAGE_WORKINGSET		(1ULL << 48)	/* PG_workingset */
#define VMAVIEW_PAGE_YOUNG		(1ULL << 49)	/* PG_young, of page idle tracking */
/*
 * PageAnonExclusive(); of a swap entry pte_swp_exclusive(), and in migration what the page will be again.
 * See VMAVIEW_KNOW_EXCLUSIVE.
 */
#define VMAVIEW_PAGE_EXCLUSIVE		(1ULL << 50)
/* folio_maybe_dma_pinned(): the kernel's own, inexact test. */
#define VMAVIEW_PAGE_MAYBE_PINNED	(1ULL << 51)
/* More references than page tables, page cache with its private data, and swap cache explain. */
#define VMAVIEW_PAGE_EXTRA_REFS		(1ULL << 52)
/* One such reference, not on an LRU list though it belongs there: maybe a CPU's LRU batch has it. */
#define VMAVIEW_PAGE_MAYBE_LRU_BATCH	(1ULL << 53)
#define VMAVIEW_PAGE_ZONE_DEVICE	(1ULL << 54)	/* folio_is_zone_device() */
/* hugetlb_pmd_shared(): other processes use the very table that has the entry. */
#define VMAVIEW_PAGE_PMD_SHARED		(1ULL << 55)

#define VMAVIEW_PAGE_BITS \
	(VMAVIEW_PAGE_LOCKED | VMAVIEW_PAGE_REFERENCED | VMAVIEW_PAGE_UPTODATE | VMAVIEW_PAGE_DIRTY | \
	 VMAVIEW_PAGE_LRU | VMAVIEW_PAGE_ACTIVE | VMAVIEW_PAGE_WRITEBACK | VMAVIEW_PAGE_RECLAIM | \
	 VMAVIEW_PAGE_SWAPCACHE | VMAVIEW_PAGE_SWAPBACKED | VMAVIEW_PAGE_UNEVICTABLE | \
	 VMAVIEW_PAGE_HWPOISON | VMAVIEW_PAGE_IDLE | VMAVIEW_PAGE_RESERVED | VMAVIEW_PAGE_MLOCKED | \
	 VMAVIEW_PAGE_PRIVATE | VMAVIEW_PAGE_PRIVATE_2 | VMAVIEW_PAGE_WORKINGSET | \
	 VMAVIEW_PAGE_YOUNG | VMAVIEW_PAGE_EXCLUSIVE | VMAVIEW_PAGE_MAYBE_PINNED | \
	 VMAVIEW_PAGE_EXTRA_REFS | VMAVIEW_PAGE_MAYBE_LRU_BATCH | VMAVIEW_PAGE_ZONE_DEVICE | \
	 VMAVIEW_PAGE_PMD_SHARED)

/**
 * enum vmaview_lru - the list that reclaim finds the folio on: folio_lru_list(), folio_lru_gen()
 * @VMAVIEW_LRU_NONE: on none: in a CPU's batch, isolated, or a page that is never reclaimed
 * @VMAVIEW_LRU_GEN_ANON: a generation of the multi-gen LRU, which has no active and inactive list
 * @VMAVIEW_LRU_GEN_FILE: likewise, page cache
 */
enum vmaview_lru {
	VMAVIEW_LRU_NONE		= 0,
	VMAVIEW_LRU_INACTIVE_ANON	= 1,
	VMAVIEW_LRU_ACTIVE_ANON		= 2,
	VMAVIEW_LRU_INACTIVE_FILE	= 3,
	VMAVIEW_LRU_ACTIVE_FILE		= 4,
	VMAVIEW_LRU_UNEVICTABLE		= 5,
	VMAVIEW_LRU_GEN_ANON		= 6,
	VMAVIEW_LRU_GEN_FILE		= 7,
};

/**
 * enum vmaview_cow - what the next write to a present page costs: the cow_ sums of an area, a page
 * @VMAVIEW_COW_NOT: not a private writable mapping, or nothing present
 */
enum vmaview_cow {
	VMAVIEW_COW_NOT		= 0,
	VMAVIEW_COW_COPY	= 1,
	VMAVIEW_COW_REUSE	= 2,
	VMAVIEW_COW_MAYBE	= 3,
	VMAVIEW_COW_SOURCE	= 4,
};

/**
 * enum vmaview_reclaim - what the kernel could do with the page: the reclaim_ sums of an area, a page
 * @VMAVIEW_RECLAIM_NOT: none of the target's memory: absent, or the zero page
 */
enum vmaview_reclaim {
	VMAVIEW_RECLAIM_NOT	= 0,
	VMAVIEW_RECLAIM_DROP	= 1,
	VMAVIEW_RECLAIM_WRITE	= 2,
	VMAVIEW_RECLAIM_SWAP	= 3,
	VMAVIEW_RECLAIM_NEVER	= 4,
};

/* What a pin adds to the references of a small folio: GUP_PIN_COUNTING_BIAS of include/linux/mm.h. */
#define VMAVIEW_PIN_BIAS	1024

/* In a field of 32 or 64 bits whose value is not known, or that means nothing for such an entry. */
#define VMAVIEW_UNKNOWN		(~(__u32)0)
#define VMAVIEW_UNKNOWN64	(~(__u64)0)

/**
 * struct vmaview_run - neighbouring entries of one area that are equal in all that follows @swap_offset
 * @header: VMAVIEW_REC_RUN
 * @start: of the first page
 * @end: after the last
 * @pfn: page frame of the first page, the others follow it; VMAVIEW_UNKNOWN64 for an entry that names
 *	none, and with VMAVIEW_REQUEST_JOIN
 * @swap_offset: slot of the first page of a swap entry in its device, the others follow it;
 *	VMAVIEW_UNKNOWN64 for other entries, and with VMAVIEW_REQUEST_JOIN
 * @page: enum vmaview_page_bits; 0 without a struct page
 * @memcg: inode number of the memory cgroup that is charged for the folio, the nearest one online:
 *	/proc/kpagecgroup (page_cgroup_ino() in mm/memcontrol.c); 0 if none is, VMAVIEW_UNKNOWN64
 *	without a struct page or CONFIG_MEMCG
 * @swap_type: number of the swap device, in the order of /proc/swaps while none was removed;
 *	VMAVIEW_UNKNOWN for other entries
 * @entry: enum vmaview_entry_bits
 * @refcount: folio_ref_count() of a present page; VMAVIEW_UNKNOWN for others, for the zero pages and
 *	without a struct page
 * @mapcount: folio_mapcount(), likewise
 * @page_mapcount: how often this very page is mapped, likewise; see VMAVIEW_KNOW_PAGE_MAPCOUNT
 * @node: page_to_nid(); VMAVIEW_UNKNOWN without a struct page
 * @state: enum vmaview_state
 * @origin: enum vmaview_origin
 * @level: of the entries: 0 for PTE, 1 for PMD, 2 for PUD; see vmaview_begin.leaf_size.  hugetlb has
 *	sizes between them: see vmaview_area.kernel_page_size
 * @order: log2 of the pages of the folio; 0 without a struct page
 * @lru: enum vmaview_lru
 * @cow: enum vmaview_cow
 * @reclaim: enum vmaview_reclaim
 * @reserved: 0
 * @pincount: folio->_pincount: how often a large folio is pinned, each pin with one reference;
 *	VMAVIEW_UNKNOWN of a small folio, of which each pin is VMAVIEW_PIN_BIAS references and nothing
 *	else (folio_maybe_dma_pinned() in include/linux/mm.h), and where @refcount is VMAVIEW_UNKNOWN
 * @extra_refs: references of the folio beyond page tables, page cache with its private data, and swap
 *	cache; 0 where @refcount is VMAVIEW_UNKNOWN, and where one of these grew while they were counted
 *
 * A run lies in one area and precedes its AREA record.  It may be gathered in several holds of
 * mmap_lock, while the target runs, as the sums of an area are.
 */
struct vmaview_run {
	struct vmaview_header header;
	__u64 start;
	__u64 end;
	__u64 pfn;
	__u64 swap_offset;
	__u64 page;
	__u64 memcg;
	__u32 swap_type;
	__u32 entry;
	__u32 refcount;
	__u32 mapcount;
	__u32 page_mapcount;
	__u32 node;
	__u8 state;
	__u8 origin;
	__u8 level;
	__u8 order;
	__u8 lru;
	__u8 cow;
	__u8 reclaim;
	__u8 reserved;
	__u32 pincount;
	__u32 extra_refs;
};

/*
 * Of a word of struct vmaview_frames: the lowest bits are the first page frame, the next one less than the number
 * of frames that follow each other, the highest how often each of them is mapped.
 */
#define VMAVIEW_FRAMES_PFN_BITS	40
#define VMAVIEW_FRAMES_NR_BITS	12
/* In place of how often: the word that follows says it, in its lower half, VMAVIEW_UNKNOWN where it is not known. */
#define VMAVIEW_FRAMES_MORE	4095
/* In the upper half of that word: as VMAVIEW_PAGE_PMD_SHARED. */
#define VMAVIEW_FRAMES_PMD_SHARED	(1ULL << 32)

/**
 * struct vmaview_frames - page frames that entries of one area name, those of many runs in a few words
 * @header: VMAVIEW_REC_FRAMES
 * @words_offset: from the start of the record to the first word, a multiple of 8
 * @nr_words: how many words of 64 bits there are
 *
 * A word is as VMAVIEW_FRAMES_PFN_BITS and the following have it; its number of mappings is
 * vmaview_run.page_mapcount of each of its frames.  Frames are in the order of addresses, and a frame that is mapped
 * twice is there twice.  Which runs are in it says the request; those that name no frame are not.  Such records
 * lie in one area and precede its AREA record.
 */
struct vmaview_frames {
	struct vmaview_header header;
	__u32 words_offset;
	__u32 nr_words;
};

/**
 * enum vmaview_sharer_flags - what to know of how a sharer was found
 * @VMAVIEW_SHARER_CHANGED: the target's area changed meanwhile: @pages are those of a part of it
 * @VMAVIEW_SHARER_MORE: no sharer, but the last record of an area for which not all were looked at who may share
 *	it: at one place in it begin more areas of others than there is time to pass while exec, fork and mmap()
 *	wait.  512 that begin at one place are always passed, with a larger hold_budget_us more.  @pid is -1, @pages 0,
 *	@comm empty; @start, @end, @first and @address are of the part of the target's area that was asked
 *	about.  Since ABI 1.2
 */
enum vmaview_sharer_flags {
	VMAVIEW_SHARER_CHANGED	= 1,
	VMAVIEW_SHARER_MORE	= 2,
};

/**
 * struct vmaview_sharer - an area of another process that maps pages of an area of the target
 * @header: VMAVIEW_REC_SHARER
 * @area: vmaview_area.start of the target's area, the last AREA record before this one
 * @start: vm_start of the other's area, in its address space
 * @end: vm_end of it
 * @first: the target's address of the first page that both map
 * @address: where the other maps that page
 * @pages: how many pages both map, each at the same distance from the first: the same page frame,
 *	present in both page tables, and not the zero page
 * @pid: the other process, in the reader's PID namespace; -1 where that does not know it
 * @flags: enum vmaview_sharer_flags
 * @comm: task_struct.comm of the other's thread group leader, NUL-terminated
 *
 * Others are found through the reverse maps, mapping->i_mmap of the file and the anon_vma, and
 * confirmed by page frame number.  Not found are sharers of memory that has no reverse map (the vdso,
 * device memory), of pages that KSM has merged with some at another place, and a process that uses
 * the target's very mm.  The two page tables are read one after the other, while both run.  Records of
 * one area are in the order of where, in the target, the first page of the other's area would be, whether or
 * not the target maps it; where that is the same, in the order of their processes and addresses.
 */
struct vmaview_sharer {
	struct vmaview_header header;
	__u64 area;
	__u64 start;
	__u64 end;
	__u64 first;
	__u64 address;
	__u64 pages;
	__s32 pid;
	__u32 flags;
	char comm[16];
};

/**
 * enum vmaview_layout_flags - which fields of vmaview_layout are known, and what they mean
 * @VMAVIEW_LAYOUT_MMAP_DOWN: new mappings go below the lowest: mmap_base is where the highest ends
 * @VMAVIEW_LAYOUT_MMAP_UP: new mappings go above: mmap_base is where the lowest starts; with neither of
 *	the two it is not known
 * @VMAVIEW_LAYOUT_VDSO: vdso_start and vdso_end are known; both 0: there is none
 * @VMAVIEW_LAYOUT_SEGMENTS: SEGMENT records follow for each thread; without it this architecture has
 *	none that we can read
 * @VMAVIEW_LAYOUT_LDT: the local descriptor table was read: it has just the SEGMENT records that follow
 * @VMAVIEW_LAYOUT_STACK: start_stack is in an area, from stack_start to stack_end
 * @VMAVIEW_LAYOUT_STACK_DOWN: and that grows down (VM_GROWSDOWN)
 */
enum vmaview_layout_flags {
	VMAVIEW_LAYOUT_MMAP_DOWN	= 1,
	VMAVIEW_LAYOUT_MMAP_UP		= 2,
	VMAVIEW_LAYOUT_VDSO		= 4,
	VMAVIEW_LAYOUT_SEGMENTS		= 8,
	VMAVIEW_LAYOUT_LDT		= 16,
	VMAVIEW_LAYOUT_STACK		= 32,
	VMAVIEW_LAYOUT_STACK_DOWN	= 64,
};

/**
 * struct vmaview_layout - where the kernel keeps the parts of a program: addresses of mm_struct
 * @header: VMAVIEW_REC_LAYOUT
 * @flags: enum vmaview_layout_flags
 * @reserved: 0
 * @start_code: first address of the program's text, as load_elf_binary() in fs/binfmt_elf.c, or
 *	prctl(PR_SET_MM), has set it
 * @end_code: after the last byte of it
 * @start_data: of the initialised data
 * @end_data: after it.  What follows in memory, up to the heap at most, is the bss: the kernel does
 *	not keep where that ends
 * @start_brk: where the heap starts
 * @brk: where it ends now, see brk(2)
 * @start_stack: the stack pointer with which the program began: argc is there
 * @stack_start: the first address of the area that has it
 * @stack_end: after the last
 * @arg_start: the strings of the arguments
 * @arg_end: after them
 * @env_start: the strings of the environment
 * @env_end: after them
 * @mmap_base: where mmap(2) starts to look; of a process of 32 bits that of its own system calls
 * @task_size: after the last address that the process can have: mm_struct.task_size
 * @vdso_start: the code that the kernel maps into the process, as mm_context_t has it: where
 *	munmap(2) took it away, where it was
 * @vdso_end: after it, in whole pages
 * @stack_limit: RLIMIT_STACK in bytes, ~0 for unlimited: how far the stack may grow
 * @data_limit: RLIMIT_DATA in bytes, ~0 for unlimited: how far brk(2) may go
 *
 * Read in one hold of mmap_lock, the addresses that prctl_set_mm() in kernel/sys.c can set under arg_lock.
 * A program may have set them to anything, see PR_SET_MM in prctl(2).
 */
struct vmaview_layout {
	struct vmaview_header header;
	__u32 flags;
	__u32 reserved;
	__u64 start_code;
	__u64 end_code;
	__u64 start_data;
	__u64 end_data;
	__u64 start_brk;
	__u64 brk;
	__u64 start_stack;
	__u64 stack_start;
	__u64 stack_end;
	__u64 arg_start;
	__u64 arg_end;
	__u64 env_start;
	__u64 env_end;
	__u64 mmap_base;
	__u64 task_size;
	__u64 vdso_start;
	__u64 vdso_end;
	__u64 stack_limit;
	__u64 data_limit;
};

/**
 * enum vmaview_segment_kind - where a segment is kept
 * @VMAVIEW_SEGMENT_FS: the thread's fs register
 * @VMAVIEW_SEGMENT_GS: the thread's gs register, the one that it sees itself
 * @VMAVIEW_SEGMENT_TLS: a descriptor of the thread in the GDT: set_thread_area(2)
 * @VMAVIEW_SEGMENT_LDT: a descriptor of the process's LDT: modify_ldt(2)
 */
enum vmaview_segment_kind {
	VMAVIEW_SEGMENT_FS	= 1,
	VMAVIEW_SEGMENT_GS	= 2,
	VMAVIEW_SEGMENT_TLS	= 3,
	VMAVIEW_SEGMENT_LDT	= 4,
};

/**
 * enum vmaview_segment_flags - what to know of how a segment was read
 * @VMAVIEW_SEGMENT_STALE: the thread was running: registers are what they were when it last left a CPU,
 *	or when a system call set them
 * @VMAVIEW_SEGMENT_NO_BASE: base is not known: it is that of the LDT's descriptor with this selector
 */
enum vmaview_segment_flags {
	VMAVIEW_SEGMENT_STALE	= 1,
	VMAVIEW_SEGMENT_NO_BASE	= 2,
};

/**
 * struct vmaview_segment - a segment of x86 (asm/desc_defs.h and asm/processor.h)
 * @header: VMAVIEW_REC_SEGMENT
 * @kind: enum vmaview_segment_kind
 * @flags: enum vmaview_segment_flags
 * @tid: the thread, in the PID namespace of who reads the stream; -1 where that does not know it; 0 for
 *	VMAVIEW_SEGMENT_LDT
 * @selector: what the register holds, or what would name the descriptor
 * @base: address where the segment starts
 * @limit: its last byte's offset; ~0 for a register, for which 64-bit code has no limit
 * @access: of a descriptor: bits 40 to 55 of it, the bits of the limit cleared: type and S in 0 to 4,
 *	DPL, P in 7, AVL in 12, L, D/B, G in 15; 0 for a register
 * @reserved: 0
 * @comm: task_struct.comm of the thread, NUL-terminated; empty for VMAVIEW_SEGMENT_LDT
 *
 * A thread has a record for fs, one for gs, and one for each TLS descriptor that is present; all
 * threads of the target's thread group come before the LDT.  Neither mmap_lock nor the thread's own
 * progress is stopped for it; the LDT is read under mm_context_t.ldt_usr_sem, so many entries at a
 * time as fit.
 */
struct vmaview_segment {
	struct vmaview_header header;
	__u32 kind;
	__u32 flags;
	__s32 tid;
	__u32 selector;
	__u64 base;
	__u64 limit;
	__u32 access;
	__u32 reserved;
	char comm[16];
};

/**
 * enum vmaview_table_level - the levels of page tables, as pgtable_level of include/linux/pgtable.h has them
 */
enum vmaview_table_level {
	VMAVIEW_TABLE_PTE	= 0,
	VMAVIEW_TABLE_PMD	= 1,
	VMAVIEW_TABLE_PUD	= 2,
	VMAVIEW_TABLE_P4D	= 3,
	VMAVIEW_TABLE_PGD	= 4,
};

/**
 * struct vmaview_table - the page tables of one level
 * @header: VMAVIEW_REC_TABLE
 * @level: enum vmaview_table_level; a level that this machine folds into another has no record
 * @reserved: 0
 * @span: bytes that one entry stands for
 * @tables: tables of this level that serve an area of the range, each once; 1 for the PGD
 * @entries: slots that they have; of the PGD those for addresses of user space
 * @used: entries that are not none, in areas of the range
 * @leaves: those of them that map memory
 * @absent: those of them that map nothing and lead to no table: swapped out, in migration, markers.
 *	The rest of @used leads to the tables of the next lower level
 * @bytes: memory of the tables; of the PGD without the second page that page-table isolation adds
 * @deposited: further tables that are kept for the day when a huge page is split
 *	(pgtable_trans_huge_deposit() in mm/pgtable-generic.c): PTE tables only.  One for each anonymous
 *	huge page; they are in mm_pgtables_bytes(), and not in @tables, @entries or @bytes
 * @name: "pte", "pmd", "pud", "p4d", "pgd", NUL-terminated
 *
 * mm_pgtables_bytes() is the @bytes of PTE, PMD and PUD and @deposited tables, where the range is all
 * of the address space and nothing has changed meanwhile; page-table isolation adds those that map
 * an LDT.  A table of hugetlb that is shared with other processes counts in each, as there.
 */
struct vmaview_table {
	struct vmaview_header header;
	__u32 level;
	__u32 reserved;
	__u64 span;
	__u64 tables;
	__u64 entries;
	__u64 used;
	__u64 leaves;
	__u64 absent;
	__u64 bytes;
	__u64 deposited;
	char name[8];
};

/**
 * enum vmaview_uffd_kind - what a UFFD record says
 * @VMAVIEW_UFFD_AREA: an area that is registered with a userfaultfd
 * @VMAVIEW_UFFD_HOLDER: a file descriptor that leads to the other end of such an area
 */
enum vmaview_uffd_kind {
	VMAVIEW_UFFD_AREA	= 1,
	VMAVIEW_UFFD_HOLDER	= 2,
};

/**
 * enum vmaview_uffd_flags - what to know of how it was found
 * @VMAVIEW_UFFD_FEATURES: @features is known
 * @VMAVIEW_UFFD_CHANGED: of a holder: what it held looked like the other end, but the area was no longer
 *	registered with that when it was looked at again.  Who it was is not reported, and who holds
 *	@context now is not known; there may be one such record for each that was found
 */
enum vmaview_uffd_flags {
	VMAVIEW_UFFD_FEATURES	= 1,
	VMAVIEW_UFFD_CHANGED	= 2,
};

/**
 * enum vmaview_uffd_modes - which faults of an area go to the other end: UFFDIO_REGISTER of userfaultfd(2)
 * @VMAVIEW_UFFD_MISSING: those for which nothing is there: VM_UFFD_MISSING
 * @VMAVIEW_UFFD_WP: writes to what was write-protected: VM_UFFD_WP
 * @VMAVIEW_UFFD_MINOR: those whose page is in the page cache already: VM_UFFD_MINOR
 * @VMAVIEW_UFFD_RWP: any access to what was protected from reads too: VM_UFFD_RWP, where there is one
 */
enum vmaview_uffd_modes {
	VMAVIEW_UFFD_MISSING	= 1,
	VMAVIEW_UFFD_WP		= 2,
	VMAVIEW_UFFD_MINOR	= 4,
	VMAVIEW_UFFD_RWP	= 8,
};

/**
 * struct vmaview_uffd - an area that a userfaultfd watches, or who holds the other end of it
 * @header: VMAVIEW_REC_UFFD
 * @kind: enum vmaview_uffd_kind
 * @flags: enum vmaview_uffd_flags
 * @context: number of the userfaultfd: areas and holders of one have the same.  From 1 on, in the order
 *	of the first area of each; means nothing outside of this stream
 * @modes: of an area: enum vmaview_uffd_modes
 * @start: of an area: vm_start; of one that has grown to below the one given before, the end of that
 * @end: of an area: vm_end
 * @features: of an area: what was enabled with UFFDIO_API, UFFD_FEATURE_ bits of linux/userfaultfd.h,
 *	where VMAVIEW_UFFD_FEATURES says so (userfaultfd_ctx.features, which 6.1 hides from modules)
 * @task_start: of a holder: as vmaview_begin.task_start has it
 * @pid: of a holder: its PID in the reader's PID namespace; -1 where that does not know it; 0 with
 *	VMAVIEW_UFFD_CHANGED
 * @tid: of a holder: the thread whose file table has the descriptor, @pid unless that thread has a table
 *	of its own or the first one has ended; -1 and 0 as @pid
 * @fd: of a holder: the descriptor; -1 with VMAVIEW_UFFD_CHANGED
 * @reserved: 0
 * @comm: of a holder: task_struct.comm of the thread group leader, NUL-terminated
 *
 * All areas come before all holders.  An area without a holder has one that is none of a process's
 * descriptors: on its way through a socket, kept by io_uring or by the kernel, or not made yet: of a child
 * whose fork() the parent's handler has not read (UFFD_EVENT_FORK).  Where the last one was closed the
 * areas are not registered any more.
 *
 * The areas are read in holds of the target's mmap_lock.  Then the file tables of all threads of the
 * system are looked at, none of them stopped, a piece at a time under task_lock() and file_lock: who opens,
 * closes or passes on a descriptor meanwhile is reported or not.  A file is known by the anonymous inode's name
 * "[userfaultfd]" and by its private_data, which is compared, never followed; for each that is found the
 * area is looked at again.
 */
struct vmaview_uffd {
	struct vmaview_header header;
	__u32 kind;
	__u32 flags;
	__u32 context;
	__u32 modes;
	__u64 start;
	__u64 end;
	__u64 features;
	__u64 task_start;
	__s32 pid;
	__s32 tid;
	__s32 fd;
	__u32 reserved;
	char comm[16];
};

/**
 * enum vmaview_seam_field - in what two areas that touch differ, so that the kernel does not make them one;
 *	is_mergeable_vma() and its callers, in mm/mmap.c up to 6.9, in mm/vma.c since 6.12
 * @VMAVIEW_SEAM_FLAGS: vm_flags, without those of userfaultfd and those that a merge passes over
 *	(VM_SOFTDIRTY, and where there is one VM_MAYBE_GUARD); or one has flags with which no area is ever merged:
 *	VM_SPECIAL, which is VM_IO, VM_DONTEXPAND, VM_PFNMAP, VM_MIXEDMAP
 * @VMAVIEW_SEAM_FILE: vm_file: a file that was opened twice is two
 * @VMAVIEW_SEAM_OFFSET: the second does not go on in the file where the first ends.  Anonymous memory has offsets,
 *	too: those of the address where it was mapped first, which mremap() keeps.  Of two files they are not compared;
 *	of a private mapping of one, in some kernels, also those of its anonymous pages (vma_start_anon_pgoff())
 * @VMAVIEW_SEAM_ANON_VMA: each has an anon_vma of its own, or only one has, and a fork had a part in that
 *	(is_mergeable_anon_vma()).  Where only one has, and no fork had, they can be merged; up to 6.12 only by
 *	a change of the one that has none
 * @VMAVIEW_SEAM_POLICY: their memory policies (mpol_equal())
 * @VMAVIEW_SEAM_UFFD: which userfaultfd watches, or for what: VM_UFFD_ flags
 * @VMAVIEW_SEAM_NAME: the names of anonymous memory (prctl(PR_SET_VMA_ANON_NAME))
 * @VMAVIEW_SEAM_OPS: one has a close() among its operations: up to 6.9 it is never merged, since then never
 *	taken up by another (can_merge_remove_vma())
 */
enum vmaview_seam_field {
	VMAVIEW_SEAM_FLAGS	= 1,
	VMAVIEW_SEAM_FILE	= 2,
	VMAVIEW_SEAM_OFFSET	= 4,
	VMAVIEW_SEAM_ANON_VMA	= 8,
	VMAVIEW_SEAM_POLICY	= 16,
	VMAVIEW_SEAM_UFFD	= 32,
	VMAVIEW_SEAM_NAME	= 64,
	VMAVIEW_SEAM_OPS	= 128,
};

#define VMAVIEW_SEAM_FIELDS	255

/**
 * enum vmaview_seam_anon - vm_area_struct.anon_vma, which says how the anonymous pages of an area are found
 * @VMAVIEW_SEAM_ANON_NONE: it has none: nothing was written to it yet
 * @VMAVIEW_SEAM_ANON_OWN: one that no fork has had a part in
 * @VMAVIEW_SEAM_ANON_FORKED: it has more than one, from parents (anon_vma_chain is not singular)
 */
enum vmaview_seam_anon {
	VMAVIEW_SEAM_ANON_NONE		= 0,
	VMAVIEW_SEAM_ANON_OWN		= 1,
	VMAVIEW_SEAM_ANON_FORKED	= 2,
};

/**
 * struct vmaview_seam - where two areas touch; what is there twice is of the one below, then of the one above
 * @header: VMAVIEW_REC_SEAM
 * @start: vm_start of the one below
 * @at: its vm_end, which is vm_start of the one above
 * @end: vm_end of that
 * @vm_flags: vm_area_struct.vm_flags
 * @offset: where the one below ends and the one above begins, in bytes of the file or, without one, of what stands
 *	for it: vm_pgoff
 * @nodes: nodes 0 to 63 of the memory policy, a bit each; 0 without one, and of a mode that names none
 * @policy: the policy of the area itself, as mbind(2) takes it: the mode, MPOL_, and its MPOL_F_ flags
 *	(vm_area_struct.vm_policy); 0, MPOL_DEFAULT, for none
 * @uffd: enum vmaview_uffd_modes; 0 where no userfaultfd watches
 * @anon: enum vmaview_seam_anon
 * @differ: all of enum vmaview_seam_field; 0: nothing keeps them apart but that nobody has tried to merge them since
 *	they became alike, which the kernel does where it changes one of them
 * @reserved: 0
 *
 * Both are looked at in one hold of mmap_lock.  Of an address space that changes meanwhile @start may be
 * below @at of the record before.
 */
struct vmaview_seam {
	struct vmaview_header header;
	__u64 start;
	__u64 at;
	__u64 end;
	__u64 vm_flags[2];
	__u64 offset[2];
	__u64 nodes[2];
	__u32 policy[2];
	__u32 uffd[2];
	__u32 anon[2];
	__u32 differ;
	__u32 reserved;
};

/**
 * enum vmaview_changed - did the address space change between the lock holds of one stream?
 * @VMAVIEW_CHANGED_NO: it did not
 * @VMAVIEW_CHANGED_YES: it did
 * @VMAVIEW_CHANGED_UNKNOWN: nothing was noticed, and this kernel has no counter that would prove it
 */
enum vmaview_changed {
	VMAVIEW_CHANGED_NO	= 0,
	VMAVIEW_CHANGED_YES	= 1,
	VMAVIEW_CHANGED_UNKNOWN	= 2,
};

/**
 * struct vmaview_end - last record: the receipt
 * @header: VMAVIEW_REC_END
 * @areas: AREA records in this stream
 * @entries: page-table entries read, at all levels
 * @elapsed: ns that the module worked for this stream, waiting for locks included
 * @longest_hold: ns of the longest single hold of the target's mmap_lock or of one of its areas' own
 *	locks, or of a sharer's mmap_lock
 * @holds: how often one of the target's locks was taken
 * @retries: page tables that changed between reading their pmd and taking their lock
 * @restarts: areas that changed between two holds and were walked anew
 * @changed: enum vmaview_changed
 */
struct vmaview_end {
	struct vmaview_header header;
	__u64 areas;
	__u64 entries;
	__u64 elapsed;
	__u64 longest_hold;
	__u64 holds;
	__u64 retries;
	__u64 restarts;
	__u32 changed;
	__u32 reserved;
};

/**
 * struct vmaview_explain_request - argument of VMAVIEW_IOC_EXPLAIN: what is at these addresses?
 * @size: sizeof(struct vmaview_explain_request) of the caller; a larger one is taken if the rest is zero
 * @flags: VMAVIEW_REQUEST_PIDFD or 0
 * @target: a PID of the caller's PID namespace, or a pidfd
 * @nr: how many addresses, 1 to VMAVIEW_EXPLAIN_MAX
 * @addresses: where they are in the caller's memory: @nr times __u64, any values
 * @answers: where the answers go: @nr times @answer_size bytes, in the order of @addresses
 * @answer_size: sizeof(struct vmaview_explain) of the caller.  Of a smaller one than the module's
 *	the end is left out, the end of a larger one is cleared: vmaview_explain.size says what is known
 * @answered: written by the module: answers that were given, also where it stops early; the answers
 *	after them are not touched
 * @asid: written by the module: what tells the target's translations from those of others, by
 *	@asid_kind
 * @asid_kind: written by the module: enum vmaview_asid
 * @reserved: 0
 *
 * Each answer is consistent in itself: one hold of mmap_lock, the last level under the lock of its
 * table.  Between two answers the lock may be dropped, and the target runs all the time.
 *
 * Errors: EPERM, EINVAL (size, flags, nr, answer_size, reserved, a PID below 1, a kernel thread),
 * E2BIG, ESRCH (nobody has this PID, or it is a zombie, or it went away meanwhile), EBADF, EFAULT,
 * ENOMEM, EINTR: as VMAVIEW_IOC_BIND.
 */
struct vmaview_explain_request {
	__u32 size;
	__u32 flags;
	__s32 target;
	__u32 nr;
	__u64 addresses;
	__u64 answers;
	__u32 answer_size;
	__u32 answered;
	__u64 asid;
	__u32 asid_kind;
	__u32 reserved;
};

#define VMAVIEW_EXPLAIN_MAX	64

/**
 * enum vmaview_asid - what vmaview_explain_request.asid is
 * @VMAVIEW_ASID_UNKNOWN: nothing: this machine has no such number for a whole address space
 * @VMAVIEW_ASID_X86_CTX: mm_context_t.ctx_id of x86, never used twice.  The PCID that goes with it is
 *	given anew by each CPU (choose_new_asid() in arch/x86/mm/tlb.c), so the mm has none to report
 * @VMAVIEW_ASID_ARM64: the ASID of arm64, ASID() in arch/arm64/include/asm/mmu.h
 */
enum vmaview_asid {
	VMAVIEW_ASID_UNKNOWN	= 0,
	VMAVIEW_ASID_X86_CTX	= 1,
	VMAVIEW_ASID_ARM64	= 2,
};

/**
 * enum vmaview_verdict - what an access to an address does
 * @VMAVIEW_OK: goes through; no new memory, nothing to be decided
 * @VMAVIEW_ZERO_FILL: a new page of zeros, or the zero page
 * @VMAVIEW_MAP_FILE: the page is in the page cache already and is mapped
 * @VMAVIEW_READ_FILE: the page is read from the file first
 * @VMAVIEW_SWAP_IN: the page comes back from swap
 * @VMAVIEW_COPY: goes to a new page, a copy of the present one
 * @VMAVIEW_REUSE: the page is write-protected, but ours alone, or is now: made writable, not copied
 * @VMAVIEW_MAYBE_COPY: VMAVIEW_COPY or VMAVIEW_REUSE, which cannot be told; see cow_maybe
 * @VMAVIEW_MAKE_WRITABLE: a page of a shared mapping is made writable, after its owner was told
 * @VMAVIEW_HANDLER: a function of the mapping's own decides, and it may refuse: memory, SIGBUS or SIGSEGV
 * @VMAVIEW_USERFAULT: waits for the process at the other end of a userfaultfd
 * @VMAVIEW_STACK_GROWTH: the area above grows down to here, then zeros
 * @VMAVIEW_SEGV_UNMAPPED: SIGSEGV: nothing is mapped here (SEGV_MAPERR); with
 *	VMAVIEW_WHY_GENERAL_PROTECTION the si_code is SI_KERNEL and no address comes with it
 * @VMAVIEW_SEGV_ACCESS: SIGSEGV: the area does not allow it (SEGV_ACCERR, SEGV_PKUERR)
 * @VMAVIEW_GUARD: SIGSEGV: a guard region
 * @VMAVIEW_BUS_ERROR: SIGBUS: there is no memory behind it (BUS_ADRERR)
 * @VMAVIEW_HWPOISON: SIGBUS: the memory is broken (BUS_MCEERR_AR)
 */
enum vmaview_verdict {
	VMAVIEW_OK		= 1,
	VMAVIEW_ZERO_FILL	= 2,
	VMAVIEW_MAP_FILE	= 3,
	VMAVIEW_READ_FILE	= 4,
	VMAVIEW_SWAP_IN		= 5,
	VMAVIEW_COPY		= 6,
	VMAVIEW_REUSE		= 7,
	VMAVIEW_MAYBE_COPY	= 8,
	VMAVIEW_MAKE_WRITABLE	= 9,
	VMAVIEW_HANDLER		= 10,
	VMAVIEW_USERFAULT	= 11,
	VMAVIEW_STACK_GROWTH	= 12,
	VMAVIEW_SEGV_UNMAPPED	= 13,
	VMAVIEW_SEGV_ACCESS	= 14,
	VMAVIEW_GUARD		= 15,
	VMAVIEW_BUS_ERROR	= 16,
	VMAVIEW_HWPOISON	= 17,
};

/**
 * enum vmaview_why - the reason of a verdict; each goes with one function of the kernel, named here
 * @VMAVIEW_WHY_PRESENT: the entry allows it, no fault
 * @VMAVIEW_WHY_NUMA: a NUMA hint: do_numa_page(), do_huge_pmd_numa_page()
 * @VMAVIEW_WHY_MIGRATION: after its page has been moved: migration_entry_wait()
 * @VMAVIEW_WHY_ZERO_PAGE: a read of memory never written: do_anonymous_page() maps the zero page
 * @VMAVIEW_WHY_ANON_NEW: do_anonymous_page(), do_huge_pmd_anonymous_page() take a new page
 * @VMAVIEW_WHY_SHMEM_HOLE: shmem_fault() takes a new page into the file
 * @VMAVIEW_WHY_HUGETLB_NEW: hugetlb_no_page() takes a huge page
 * @VMAVIEW_WHY_CACHED: filemap_map_pages(), or the fault handler, finds it in the page cache
 * @VMAVIEW_WHY_HUGETLB_CACHED: hugetlb_no_page() finds it in the page cache
 * @VMAVIEW_WHY_NOT_CACHED: filemap_fault() reads it
 * @VMAVIEW_WHY_READ_THEN_COPY: do_cow_fault() has it read, then copies it
 * @VMAVIEW_WHY_SWAPPED: do_swap_page()
 * @VMAVIEW_WHY_SHMEM_SWAPPED: shmem_swapin_folio(), called by shmem_fault()
 * @VMAVIEW_WHY_SHARED_ANON: others have the page, or a reference to it: wp_page_copy()
 * @VMAVIEW_WHY_SOURCE_ZERO: a write to the zero page: wp_page_copy()
 * @VMAVIEW_WHY_SOURCE_KSM: a write to a page merged by KSM: wp_page_copy()
 * @VMAVIEW_WHY_SOURCE_FILE: a write to page cache mapped privately: wp_page_copy()
 * @VMAVIEW_WHY_SOURCE_PFN: a write to a private mapping of memory without struct page: wp_page_copy()
 * @VMAVIEW_WHY_COW_FAULT: a first write to a private mapping of a file: do_cow_fault()
 * @VMAVIEW_WHY_HUGETLB_COPY: hugetlb_wp()
 * @VMAVIEW_WHY_EXCLUSIVE: wp_page_reuse(): nobody else has the page
 * @VMAVIEW_WHY_LRU_OR_SWAP: wp_can_reuse_anon_folio() depends on an LRU batch or the swap cache
 * @VMAVIEW_WHY_MIGRATION_COW: the page is being moved, and what comes back decides
 * @VMAVIEW_WHY_SHARED: wp_page_shared()
 * @VMAVIEW_WHY_SHARED_PFN: wp_pfn_shared()
 * @VMAVIEW_WHY_HUGETLB_SHARED: hugetlb_wp()
 * @VMAVIEW_WHY_OPS_FAULT: vm_operations_struct.fault of the area
 * @VMAVIEW_WHY_DEVICE: its page is with a device, whose driver brings it back: do_swap_page()
 * @VMAVIEW_WHY_UFFD_MISSING: handle_userfault(), registered for missing pages
 * @VMAVIEW_WHY_UFFD_MINOR: handle_userfault(), registered for minor faults
 * @VMAVIEW_WHY_UFFD_WP: handle_userfault(), write-protected
 * @VMAVIEW_WHY_UFFD_RWP: handle_userfault(), protected from reads too
 * @VMAVIEW_WHY_UFFD_SIGBUS: handle_userfault() of a userfaultfd that asked for SIGBUS
 * @VMAVIEW_WHY_STACK: expand_stack()
 * @VMAVIEW_WHY_GAP: no area: lock_mm_and_find_vma(), find_vma()
 * @VMAVIEW_WHY_NOT_USER: no area of the process can be so high
 * @VMAVIEW_WHY_STACK_LIMIT: acct_stack_growth(): RLIMIT_STACK or RLIMIT_AS
 * @VMAVIEW_WHY_STACK_GAP: expand_downwards(): too near to the area below, as far as the stack guard
 *	gap is the kernel's default of 256 pages (stack_guard_gap= of the command line)
 * @VMAVIEW_WHY_STACK_LOW: expand_downwards(): below mmap_min_addr, as far as that is the kernel's
 *	default
 * @VMAVIEW_WHY_NO_PERMISSION: access_error(): not among the area's permissions
 * @VMAVIEW_WHY_NO_EXEC: the entry forbids it, after the page has been brought in: access_error()
 * @VMAVIEW_WHY_PKEY: the rights of the thread to the area's protection key; of a thread that runs,
 *	those it had when it was last scheduled out
 * @VMAVIEW_WHY_GUARD: handle_pte_marker()
 * @VMAVIEW_WHY_PAST_END: beyond the last page of the file: the fault handler of the file
 * @VMAVIEW_WHY_NO_FAULT: do_fault(): the area has no fault handler, and nothing is mapped here
 * @VMAVIEW_WHY_SHARED_NO_OPS: do_anonymous_page(): a shared mapping without operations
 * @VMAVIEW_WHY_POOL_EMPTY: alloc_hugetlb_folio(), asked by hugetlb_no_page() or hugetlb_wp(): each free huge
 *	page is promised to somebody else, and no more may be made
 * @VMAVIEW_WHY_POISONED: do_swap_page(), hugetlb_fault(): a hwpoison entry
 * @VMAVIEW_WHY_CACHE_POISONED: __do_fault(): the page in the page cache is broken
 * @VMAVIEW_WHY_SHMEM_BLANK: shmem_fault() clears the page that fallocate() put into the file
 * @VMAVIEW_WHY_SHMEM_FULL: shmem_inode_acct_blocks(): the tmpfs has no page left (size=, nr_blocks=)
 * @VMAVIEW_WHY_SHMEM_UNSURE: the same, but shmem_fault() may find room: in huge pages beyond the end of files,
 *	or in pages of this file that were given back
 * @VMAVIEW_WHY_MOUNT_FULL: hugepage_subpool_get_pages(): the hugetlbfs has no page left (size=)
 * @VMAVIEW_WHY_POOL_UNSURE: no huge page is free but those that are promised: to this hugetlbfs (min_size=), and
 *	alloc_hugetlb_folio() gives these to private mappings without a reservation on some kernels only; or to
 *	so many separate places of the file that this one was not found among the first 256
 * @VMAVIEW_WHY_TAKEN_AWAY: hugetlb_no_page(): of this private mapping a page was taken away by the process that
 *	had reserved it: see VMAVIEW_WHY_TAKEN_BACK
 * @VMAVIEW_WHY_TAKEN_BACK: hugetlb_wp(): there is no huge page for a copy, so who reserved it takes it away from
 *	its children: unmap_ref_private()
 * @VMAVIEW_WHY_OPS_MKWRITE: vm_operations_struct.page_mkwrite, pfn_mkwrite or huge_fault of the area
 * @VMAVIEW_WHY_PERF_RING: perf_mmap_fault(), perf_mmap_pfn_mkwrite(): only the first page of a ring may be written
 * @VMAVIEW_WHY_SWAP_LOST: do_swap_page(), shmem_swapin_folio(): the page could not be read from swap before
 * @VMAVIEW_WHY_GENERAL_PROTECTION: exc_general_protection(): the processor takes no such address, as it is not
 *	canonical, or with LASS in the kernel's half.  Through the stack or the frame pointer it is SIGBUS in
 *	place of SIGSEGV: exc_stack_segment()
 * @VMAVIEW_WHY_VSYSCALL: emulate_vsyscall() does what the system call would that belongs to the address, or sends
 *	SIGSEGV.  The module never says this, nor the next two: it cannot see the page of [vsyscall], which is
 *	in no mm.  The command does, by the line in /proc/PID/maps
 * @VMAVIEW_WHY_VSYSCALL_READ: the page of [vsyscall] can be read: there is no fault
 * @VMAVIEW_WHY_VSYSCALL_DENIED: emulate_vsyscall() serves no write, and no read of what can only be executed
 */
enum vmaview_why {
	VMAVIEW_WHY_PRESENT		= 1,
	VMAVIEW_WHY_NUMA		= 2,
	VMAVIEW_WHY_MIGRATION		= 3,
	VMAVIEW_WHY_ZERO_PAGE		= 4,
	VMAVIEW_WHY_ANON_NEW		= 5,
	VMAVIEW_WHY_SHMEM_HOLE		= 6,
	VMAVIEW_WHY_HUGETLB_NEW		= 7,
	VMAVIEW_WHY_CACHED		= 8,
	VMAVIEW_WHY_HUGETLB_CACHED	= 9,
	VMAVIEW_WHY_NOT_CACHED		= 10,
	VMAVIEW_WHY_READ_THEN_COPY	= 11,
	VMAVIEW_WHY_SWAPPED		= 12,
	VMAVIEW_WHY_SHMEM_SWAPPED	= 13,
	VMAVIEW_WHY_SHARED_ANON		= 14,
	VMAVIEW_WHY_SOURCE_ZERO		= 15,
	VMAVIEW_WHY_SOURCE_KSM		= 16,
	VMAVIEW_WHY_SOURCE_FILE		= 17,
	VMAVIEW_WHY_SOURCE_PFN		= 18,
	VMAVIEW_WHY_COW_FAULT		= 19,
	VMAVIEW_WHY_HUGETLB_COPY	= 20,
	VMAVIEW_WHY_EXCLUSIVE		= 21,
	VMAVIEW_WHY_LRU_OR_SWAP		= 22,
	VMAVIEW_WHY_MIGRATION_COW	= 23,
	VMAVIEW_WHY_SHARED		= 24,
	VMAVIEW_WHY_SHARED_PFN		= 25,
	VMAVIEW_WHY_HUGETLB_SHARED	= 26,
	VMAVIEW_WHY_OPS_FAULT		= 27,
	VMAVIEW_WHY_DEVICE		= 28,
	VMAVIEW_WHY_UFFD_MISSING	= 29,
	VMAVIEW_WHY_UFFD_MINOR		= 30,
	VMAVIEW_WHY_UFFD_WP		= 31,
	VMAVIEW_WHY_UFFD_RWP		= 32,
	VMAVIEW_WHY_UFFD_SIGBUS		= 33,
	VMAVIEW_WHY_STACK		= 34,
	VMAVIEW_WHY_GAP			= 35,
	VMAVIEW_WHY_NOT_USER		= 36,
	VMAVIEW_WHY_STACK_LIMIT		= 37,
	VMAVIEW_WHY_STACK_GAP		= 38,
	VMAVIEW_WHY_STACK_LOW		= 39,
	VMAVIEW_WHY_NO_PERMISSION	= 40,
	VMAVIEW_WHY_NO_EXEC		= 41,
	VMAVIEW_WHY_PKEY		= 42,
	VMAVIEW_WHY_GUARD		= 43,
	VMAVIEW_WHY_PAST_END		= 44,
	VMAVIEW_WHY_NO_FAULT		= 45,
	VMAVIEW_WHY_SHARED_NO_OPS	= 46,
	VMAVIEW_WHY_POOL_EMPTY		= 47,
	VMAVIEW_WHY_POISONED		= 48,
	VMAVIEW_WHY_CACHE_POISONED	= 49,
	VMAVIEW_WHY_SHMEM_BLANK		= 50,
	VMAVIEW_WHY_SHMEM_FULL		= 51,
	VMAVIEW_WHY_SHMEM_UNSURE	= 52,
	VMAVIEW_WHY_MOUNT_FULL		= 53,
	VMAVIEW_WHY_POOL_UNSURE		= 54,
	VMAVIEW_WHY_TAKEN_AWAY		= 55,
	VMAVIEW_WHY_TAKEN_BACK		= 56,
	VMAVIEW_WHY_OPS_MKWRITE		= 57,
	VMAVIEW_WHY_PERF_RING		= 58,
	VMAVIEW_WHY_SWAP_LOST		= 59,
	VMAVIEW_WHY_GENERAL_PROTECTION	= 60,
	VMAVIEW_WHY_VSYSCALL		= 61,
	VMAVIEW_WHY_VSYSCALL_READ	= 62,
	VMAVIEW_WHY_VSYSCALL_DENIED	= 63,
};

/**
 * enum vmaview_level_flags - the bits of a page-table entry by their names
 *
 * Of an entry that is present for the processor, or for the kernel alone (PROTNONE), as the
 * architecture defines them; x86 in arch/x86/include/asm/pgtable_types.h, arm64 in
 * arch/arm64/include/asm/pgtable-hwdef.h and pgtable-prot.h.  Of any other entry the same
 * bits mean something else: there only the last seven are given.
 */
enum vmaview_level_flags {
	VMAVIEW_LEVEL_PRESENT		= 1 << 0,
	VMAVIEW_LEVEL_WRITE		= 1 << 1,
	VMAVIEW_LEVEL_USER		= 1 << 2,
	VMAVIEW_LEVEL_WRITE_THROUGH	= 1 << 3,
	VMAVIEW_LEVEL_CACHE_DISABLE	= 1 << 4,
	VMAVIEW_LEVEL_ACCESSED		= 1 << 5,
	VMAVIEW_LEVEL_DIRTY		= 1 << 6,
	VMAVIEW_LEVEL_HUGE		= 1 << 7,	/* a leaf above the last level */
	VMAVIEW_LEVEL_PAT		= 1 << 8,
	VMAVIEW_LEVEL_GLOBAL		= 1 << 9,
	VMAVIEW_LEVEL_SPECIAL		= 1 << 10,	/* no struct page may be looked at */
	VMAVIEW_LEVEL_UFFD_WP		= 1 << 11,	/* protected by userfaultfd */
	VMAVIEW_LEVEL_SOFT_DIRTY	= 1 << 12,
	VMAVIEW_LEVEL_SAVED_DIRTY	= 1 << 13,	/* dirty, while the processor must not see it so */
	VMAVIEW_LEVEL_DEVMAP		= 1 << 14,
	VMAVIEW_LEVEL_NX		= 1 << 15,
	VMAVIEW_LEVEL_PROTNONE		= 1 << 16,	/* mapped, and any access faults */
	VMAVIEW_LEVEL_RDONLY		= 1 << 17,	/* the processor takes no write: where clean, it faults first */
	VMAVIEW_LEVEL_PXN		= 1 << 18,	/* no execution by the kernel */
	VMAVIEW_LEVEL_UXN		= 1 << 19,	/* no execution by programs */
	VMAVIEW_LEVEL_CONTIGUOUS	= 1 << 20,	/* one of neighbours that the TLB may hold as one */
	VMAVIEW_LEVEL_GUARDED		= 1 << 21,	/* indirect branches want a landing pad: BTI */
	VMAVIEW_LEVEL_NONE		= 1 << 24,	/* nothing there */
	VMAVIEW_LEVEL_SWAP		= 1 << 25,
	VMAVIEW_LEVEL_MIGRATION		= 1 << 26,
	VMAVIEW_LEVEL_DEVICE		= 1 << 27,
	VMAVIEW_LEVEL_HWPOISON		= 1 << 28,
	VMAVIEW_LEVEL_GUARD		= 1 << 29,
	VMAVIEW_LEVEL_UFFD_MARKER	= 1 << 30,
};

/**
 * struct vmaview_level - one step of the translation
 * @table: physical address of the table
 * @entry: the entry as it is in the table
 * @other: bits of a present entry that are neither the physical address in it nor named by @flags or
 *	@pkey; 0 of other entries
 * @flags: enum vmaview_level_flags
 * @index: of the entry in the table
 * @bits: how many bits of the address select it
 * @level: 0 for PTE, 1 for PMD, 2 for PUD, 3 for P4D, 4 for PGD; a level that is folded away is left out
 * @pkey: protection key in the entry, 0 without
 * @reserved: 0
 */
struct vmaview_level {
	__u64 table;
	__u64 entry;
	__u64 other;
	__u32 flags;
	__u16 index;
	__u8 bits;
	__u8 level;
	__u8 pkey;
	__u8 reserved[7];
};

#define VMAVIEW_LEVELS	5

/**
 * enum vmaview_explain_flags - which of the facts of struct vmaview_explain there are
 * @VMAVIEW_EXPLAIN_AREA: the address is in an area: the area fields; else the gap fields
 * @VMAVIEW_EXPLAIN_BELOW: there is an area below the gap
 * @VMAVIEW_EXPLAIN_ABOVE: there is an area above it
 * @VMAVIEW_EXPLAIN_FILE: a file is mapped: @file_offset, @file_size
 * @VMAVIEW_EXPLAIN_PHYSICAL: the entry is present: @physical, @leaf_size
 * @VMAVIEW_EXPLAIN_PAGE: it has a struct page: @extra_refs, and the counts of @run
 * @VMAVIEW_EXPLAIN_GAVE_UP: the table changed again and again while it was looked at: the last level
 *	is missing and what is said of the page is what would be with nothing there
 */
enum vmaview_explain_flags {
	VMAVIEW_EXPLAIN_AREA		= 1,
	VMAVIEW_EXPLAIN_BELOW		= 2,
	VMAVIEW_EXPLAIN_ABOVE		= 4,
	VMAVIEW_EXPLAIN_FILE		= 8,
	VMAVIEW_EXPLAIN_PHYSICAL	= 16,
	VMAVIEW_EXPLAIN_PAGE		= 32,
	VMAVIEW_EXPLAIN_GAVE_UP		= 64,
};

/* Indices of vmaview_explain.verdict and .why */
enum vmaview_access {
	VMAVIEW_READ	= 0,
	VMAVIEW_WRITE	= 1,
	VMAVIEW_EXEC	= 2,
};

/**
 * struct vmaview_explain - one answer
 * @size: bytes of it that the module knows
 * @flags: enum vmaview_explain_flags
 * @address: as asked
 * @start: vm_start of the area; in a gap: where it begins, the end of the area below or 0; beyond user space:
 *	where that ends
 * @end: vm_end of the area; in a gap: where it ends, the start of the area above, or the end of user
 *	space; beyond user space: ~0, the last address, which belongs to it
 * @below: in a gap: start of the area below it, with VMAVIEW_EXPLAIN_BELOW
 * @above: in a gap: end of the area above it, with VMAVIEW_EXPLAIN_ABOVE
 * @vm_flags: of the area
 * @file_offset: of the byte in the file
 * @file_size: i_size_read() of the file, in bytes
 * @physical: physical address of the byte
 * @leaf_size: bytes that the present entry maps
 * @extra_refs: references of the folio beyond page tables, page cache with its private data, and swap
 *	cache, as they were counted: below 0 where one of these grew meanwhile.  @run.extra_refs, of the same
 *	page, is cut at 0 then: a run's are to be added up
 * @run: the entry and the page that has the byte, as a run of this one page: see struct vmaview_run; of
 *	VMAVIEW_STATE_NONE in a gap
 * @perms: "rw-p" as /proc/PID/maps has it, NUL-terminated
 * @verdict: enum vmaview_verdict of a read, a write, an exec, see enum vmaview_access: what happens if
 *	the thread that was asked about does it in user mode, now, by itself.  Not foreseen, as no module
 *	can know it: out of memory; limits of a memory cgroup and of a hugetlb cgroup; strict overcommit
 *	(vm.overcommit_memory=2); quotas, and whether a file system on a disk or a server has room for a
 *	page that is written; errors of a disk; a memory policy or cpuset whose nodes have no huge page
 *	left; whether there is memory for a huge page beyond the pool (nr_overcommit_hugepages)
 * @why: enum vmaview_why of each
 * @nr_levels: valid elements of @levels
 * @reserved: 0
 * @levels: from the top down to the entry that is a leaf, none, or not present; none in a gap
 *	(kernel tables there may be freed at any time, so they are not looked at)
 */
struct vmaview_explain {
	__u32 size;
	__u32 flags;
	__u64 address;
	__u64 start;
	__u64 end;
	__u64 below;
	__u64 above;
	__u64 vm_flags;
	__u64 file_offset;
	__u64 file_size;
	__u64 physical;
	__u64 leaf_size;
	__s64 extra_refs;
	struct vmaview_run run;
	char perms[8];
	__u8 verdict[4];
	__u8 why[4];
	__u32 nr_levels;
	__u32 reserved;
	struct vmaview_level levels[VMAVIEW_LEVELS];
};

#ifdef __cplusplus
#define VMAVIEW_FROZEN(type, bytes) \
	static_assert(sizeof(struct type) == (bytes), "the layout is a contract")
#else
#define VMAVIEW_FROZEN(type, bytes) \
	_Static_assert(sizeof(struct type) == (bytes), "the layout is a contract")
#endif

VMAVIEW_FROZEN(vmaview_request, 72);
VMAVIEW_FROZEN(vmaview_version, 32);
VMAVIEW_FROZEN(vmaview_header, 8);
VMAVIEW_FROZEN(vmaview_begin, 192);
VMAVIEW_FROZEN(vmaview_vmflag, 40);
VMAVIEW_FROZEN(vmaview_mm, 88);
VMAVIEW_FROZEN(vmaview_ops, 24);
VMAVIEW_FROZEN(vmaview_area, 464);
VMAVIEW_FROZEN(vmaview_end, 72);
VMAVIEW_FROZEN(vmaview_run, 96);
VMAVIEW_FROZEN(vmaview_frames, 16);
VMAVIEW_FROZEN(vmaview_explain_request, 56);
VMAVIEW_FROZEN(vmaview_level, 40);
VMAVIEW_FROZEN(vmaview_explain, 416);
VMAVIEW_FROZEN(vmaview_sharer, 80);
VMAVIEW_FROZEN(vmaview_layout, 168);
VMAVIEW_FROZEN(vmaview_segment, 64);
VMAVIEW_FROZEN(vmaview_table, 88);
VMAVIEW_FROZEN(vmaview_uffd, 88);
VMAVIEW_FROZEN(vmaview_seam, 112);

#endif /* VMAVIEW_H */
