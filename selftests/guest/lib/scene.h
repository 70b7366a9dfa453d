/* SPDX-License-Identifier: GPL-2.0 */
/* scene.h - memory whose truth is known by construction. */
#ifndef SCENE_H
#define SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE 4096UL
#define HUGE (2UL << 20)
/* A pointer at which nothing is, and of which the compiler knows nothing. */
extern void *volatile nowhere;

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#define MADV_GUARD_REMOVE 103
#endif
#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

/*
 * An address for a mapping that shares no page table below the top level with any other: the next
 * multiple of 512 GiB of a range where the kernel places nothing by itself.
 */
void *scene_place(void);
/* mmap() of @len bytes at such a place; ends the test where that fails. */
char *scene_map(size_t len, int prot, int flags, int fd);
/* Private anonymous memory of @pages pages, none of them there yet. */
char *scene_anon(size_t pages);

/* Writes (a byte of its own to), or reads, each of @pages pages. */
void scene_write(char *addr, size_t pages);
void scene_read(const char *addr, size_t pages);
/* Puts the pages in the CPUs' LRU batches onto their lists: no reference stays with a batch. */
void scene_drain(void);

/* Each a file of @pages pages that holds data, is unlinked and nowhere mapped; ends the test. */
int scene_memfd(size_t pages, unsigned int flags);
int scene_file(const char *dir, size_t pages);
/* A directory on ext4 on a RAM disk of its own, clean; there until the test's end, or it is skipped. */
const char *scene_ext4(void);
/*
 * A file of @len bytes on a file system that maps the memory it is on, by huge entries where the place
 * allows; the machine must have such memory.
 */
bool scene_has_dax(void);
int scene_dax(size_t len);
/* Swaps, for this test, to a RAM disk: pages read back leave the swap cache at once. */
void scene_swap(void);
/* Swaps, for this test, to a loop device: pages read back stay in the swap cache. */
void scene_swap_cached(void);
/* Pages out @pages private anonymous pages, or ends the test. */
void scene_page_out(char *addr, size_t pages);

/* Reserves @nr huge pages of 2 MiB for this test, or skips it. */
void scene_hugetlb(unsigned int nr);
/* Lets madvise(MADV_HUGEPAGE) have huge pages in this test, or skips it. */
void scene_thp(void);
/* One writable huge page of anonymous memory; NULL where the kernel has none. */
char *scene_try_huge_page(void);
/* The same, or the test is skipped: not in a child. */
char *scene_huge_page(void);

#endif
