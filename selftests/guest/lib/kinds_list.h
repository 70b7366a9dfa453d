/* SPDX-License-Identifier: GPL-2.0 */
/* kinds_list.h - every kind of memory, by what reclaim can do to it: for tables, and for variants of tests. */
#ifndef KINDS_LIST_H
#define KINDS_LIST_H

/* What MADV_PAGEOUT takes, and a memory cgroup reclaims. */
#define KINDS_PAGED_OUT(X) \
	X(perf_ring) X(packet_ring) X(trace_ring) X(bpf_array) X(bpf_ring) X(uring) X(aio_ring) \
	X(aio_ring_written) X(dma_buffer) X(written) X(anon) X(given_up) X(droppable) \
	X(droppable_given_up) X(no_access) X(guarded) X(pinned) X(huge) X(huge_no_access) X(huge_holed) \
	X(huge_given_up) X(file_clean) X(file_copied) X(file_dirty) X(ram_file) X(never_swapped) \
	X(shmem) X(anon_shared) X(segment_unlocked) X(segment_locked) X(zeros_private) X(swapped) \
	X(disk)

/* What only a memory cgroup reclaims: madvise() refuses the area, or leaves what is mapped more than once. */
#define KINDS_RECLAIMED(X) \
	X(secret) X(frames) X(frames_copied) X(timer) X(locked) X(locked_later) X(forked) X(merged) \
	X(huge_locked_in_part) X(huge_forked) X(hugetlb) X(hugetlb_forked) X(hugetlb_shared) \
	X(file_locked) X(direct_shared) X(direct_private)

/* What nobody takes: frames that this machine has lost then, and pages of zeros. */
#define KINDS_LOOKED_AT(X) \
	X(huge_zeros) X(poisoned_private) X(poisoned_shared) X(taken_offline)

#define KINDS_ALL(X) KINDS_PAGED_OUT(X) KINDS_RECLAIMED(X) KINDS_LOOKED_AT(X)

#endif
