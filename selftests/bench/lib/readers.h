/* SPDX-License-Identifier: GPL-2.0 */
/*
 * readers.h - the ways to read a process, all through one large buffer and without looking at what
 * they read, so that only the kernel's work differs.  Each ends the program where it fails.
 */
#ifndef READERS_H
#define READERS_H

#include <stdint.h>
#include <sys/types.h>

#include "../../../uapi/vmaview.h"
#include "scene.h"

/* Bytes that the file at @path holds for @pid; @path has one %d. */
uint64_t read_proc(pid_t pid, const char *path);
/* Bytes of a whole stream. @end, the receipt, may be NULL. */
uint64_t read_device(pid_t pid, struct vmaview_end *end);
/* Bytes of the runs of all pages of @pid. */
uint64_t read_runs(pid_t pid);
/* Bytes of a stream that says why areas of @pid that touch are not one. */
uint64_t read_seams(pid_t pid);
/* Bytes of a stream that names who shares the pages of @pid. */
uint64_t read_sharers(pid_t pid);
/* ns of the longest hold of mmap_lock that a stream's receipt reports; the lowest of some streams. */
uint64_t device_hold(pid_t pid);
/* Bytes of pagemap, kpagecount and kpageflags for @place, in batches of 4096 entries. */
uint64_t read_pagemap(pid_t pid, const struct place *place);

/* Opens, and binds to @pid; the fd. */
int open_device(pid_t pid);
int open_proc(pid_t pid, const char *path);
/* Makes the debugfs folder of @pid, or takes it away. */
void attach(pid_t pid);
void detach(pid_t pid);

#define MAPS		"/proc/%d/maps"
#define SMAPS		"/proc/%d/smaps"
#define SMAPS_ROLLUP	"/proc/%d/smaps_rollup"
#define DEBUGFS_AREAS	VMAVIEW_DEBUGFS "/%d/areas"
#define DEBUGFS_SUMMARY	VMAVIEW_DEBUGFS "/%d/summary"

#endif
