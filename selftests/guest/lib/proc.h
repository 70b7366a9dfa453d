/* SPDX-License-Identifier: GPL-2.0 */
/* proc.h - what /proc says of processes and pages: the second witness. */
#ifndef PROC_H
#define PROC_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Bits of /proc/PID/pagemap, Documentation/admin-guide/mm/pagemap.rst. */
#define PAGEMAP_PFN(entry) ((entry) & ((1ULL << 55) - 1))
#define PAGEMAP_SOFT_DIRTY (1ULL << 55)
#define PAGEMAP_EXCLUSIVE (1ULL << 56)
#define PAGEMAP_UFFD_WP (1ULL << 57)
#define PAGEMAP_GUARD (1ULL << 58)
#define PAGEMAP_FILE (1ULL << 61)
#define PAGEMAP_SWAP (1ULL << 62)
#define PAGEMAP_PRESENT (1ULL << 63)

/* Bits of /proc/kpageflags, include/uapi/linux/kernel-page-flags.h. */
enum kpf {
	KPF_LOCKED_BIT = 0,
	KPF_REFERENCED_BIT = 2,
	KPF_WRITEBACK_BIT = 8,
	KPF_ANON_BIT = 12,
	KPF_SWAPCACHE_BIT = 13,
	KPF_UNEVICTABLE_BIT = 18,
	KPF_NOPAGE_BIT = 20,
	KPF_KSM_BIT = 21,
	KPF_THP_BIT = 22,
	KPF_ZERO_PAGE_BIT = 24,
	KPF_MLOCKED_BIT = 33,
};

/* pagemap of @nr pages from @addr on; ends the test where that cannot be read. */
void proc_pagemap(pid_t pid, const void *addr, size_t nr, uint64_t *entries);
/* Of one page of this process. */
uint64_t proc_page(const void *addr);
/* /proc/kpagecount and /proc/kpageflags of a page frame; ~0 where it has none. */
uint64_t proc_kpagecount(uint64_t pfn);
uint64_t proc_kpageflags(uint64_t pfn);

/* How many of @nr pages from @addr on are there and have PG_referenced set. */
size_t proc_referenced(pid_t pid, const void *addr, size_t nr);

/* Writes @what to /proc/PID/clear_refs: "1" clears accessed bits, "4" soft-dirty ones. */
void proc_clear_refs(pid_t pid, const char *what);

/* Field @number (as proc(5) counts them, from 3 on) of /proc/PID/stat; ~0 if the process is gone. */
uint64_t proc_stat(pid_t pid, unsigned int number);
/* The letter of /proc/PID/stat; 0 if the process is gone. */
char proc_state(pid_t pid);
/* The number after "@key:" in /proc/PID/status; ~0 if there is none. */
uint64_t proc_status(pid_t pid, const char *key);
/* The number after "@key:", in kB where it is bytes, of this process's area at @addr; ~0 if it has no such line. */
uint64_t proc_smaps(const void *addr, const char *key);
bool proc_is_kernel_thread(pid_t pid);
/* The first process of all that is called @comm; 0: nobody is. */
pid_t proc_named(const char *comm);
/* All PIDs but kernel threads, zombies and this process; returns how many, at most @room. */
size_t proc_users(pid_t *pids, size_t room);
/* SIGSTOP, and waits until the process stands still; false if it went away or will not stop. */
bool proc_stop(pid_t pid);
void proc_continue(pid_t pid);
/* Until /proc/PID/stat shows @state; false after a few seconds. */
bool proc_await(pid_t pid, char state);

#endif
