/* SPDX-License-Identifier: GPL-2.0 */
/* ops.h - vm_operations_struct in, names out. */
#ifndef VMAVIEW_OPS_H
#define VMAVIEW_OPS_H

#include <linux/mm.h>
#include <vmaview.h>

/* As many tables are remembered at a time; a process has a handful. */
#define OPS_NR		6
#define OPS_CALLBACKS	18
/* A longer symbol is cut. */
#define OPS_SYMBOL_MAX	96

/* Bytes that the record of one table takes at most. */
#define OPS_RECORD_MAX	2304

/**
 * struct ops_cache - the tables that a stream has named, so that a name is looked up once
 * @ops: compared, never followed
 * @next_id: of the next table; the one with id N is in slot (N - 1) % OPS_NR
 * @pending: addresses of the callbacks of the last table added, to be named outside the lock
 */
struct ops_cache {
	const struct vm_operations_struct *ops[OPS_NR];
	u32 next_id;
	unsigned long pending[OPS_CALLBACKS];
};

/* Id of a table that the stream has named; 0 if it has not. */
u32 ops_find(const struct ops_cache *cache, const struct vm_operations_struct *ops);

/**
 * ops_add() - remember @ops and copy its callbacks
 * @cache: of the stream
 * @ops: of a vma whose own lock, or mmap_lock, is held for reading
 *
 * To be followed by ops_record() once the lock is dropped.
 */
void ops_add(struct ops_cache *cache, const struct vm_operations_struct *ops);

/**
 * ops_record() - name the table that was added last
 * @cache: of the stream
 * @record: OPS_RECORD_MAX bytes
 *
 * Context: no lock; symbols are looked up. Return: bytes of the record.
 */
size_t ops_record(struct ops_cache *cache, struct vmaview_ops *record);

#endif
