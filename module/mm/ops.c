// SPDX-License-Identifier: GPL-2.0
/*
 * ops.c - vm_operations_struct in, symbols out.
 *
 * Under mmap_lock only pointers are copied; they become names after it is dropped, and never leave
 * the kernel as numbers.
 */
#include <linux/kallsyms.h>
#include <linux/string.h>

#include "compat/compat.h"
#include "compat/callbacks.h"
#include "mm/ops.h"

#define ENTRY(name) { #name, offsetof(struct vm_operations_struct, name) },

static const struct {
	const char *name;
	size_t offset;
} callbacks[] = {
	ENTRY(open)
	ENTRY(close)
	VV_CALLBACKS_MAPPED(ENTRY)
	ENTRY(may_split)
	ENTRY(mremap)
	ENTRY(mprotect)
	ENTRY(fault)
	ENTRY(huge_fault)
	ENTRY(map_pages)
	ENTRY(pagesize)
	ENTRY(page_mkwrite)
	ENTRY(pfn_mkwrite)
	ENTRY(access)
	ENTRY(name)
	VV_CALLBACKS_POLICY(ENTRY)
	VV_CALLBACKS_FIND(ENTRY)
};

static_assert(ARRAY_SIZE(callbacks) <= OPS_CALLBACKS);

u32 ops_find(const struct ops_cache *cache, const struct vm_operations_struct *ops)
{
	u32 id, oldest = cache->next_id > OPS_NR ? cache->next_id - OPS_NR : 0;

	for (id = cache->next_id; id > oldest; id--)
		if (cache->ops[(id - 1) % OPS_NR] == ops)
			return id;
	return 0;
}

void ops_add(struct ops_cache *cache, const struct vm_operations_struct *ops)
{
	size_t i;

	cache->ops[cache->next_id % OPS_NR] = ops;
	cache->next_id++;
	for (i = 0; i < ARRAY_SIZE(callbacks); i++)
		cache->pending[i] = *(const unsigned long *)((const char *)ops + callbacks[i].offset);
}

/* sprint_symbol_no_offset() prints the address where it has no name: that must not get out. */
static size_t put_symbol(char *text, unsigned long address)
{
	char symbol[KSYM_SYMBOL_LEN];

	sprint_symbol_no_offset(symbol, address);
	if (!strncmp(symbol, "0x", 2))
		strscpy(symbol, "unknown", sizeof(symbol));
	return scnprintf(text, OPS_SYMBOL_MAX, "%s", symbol);
}

size_t ops_record(struct ops_cache *cache, struct vmaview_ops *record)
{
	char *start = (char *)(record + 1), *text = start;
	size_t i, size;

	text += put_symbol(text, (unsigned long)cache->ops[(cache->next_id - 1) % OPS_NR]) + 1;
	for (i = 0; i < ARRAY_SIZE(callbacks); i++) {
		if (!cache->pending[i])
			continue;
		text += scnprintf(text, OPS_SYMBOL_MAX, "%s=", callbacks[i].name);
		text += put_symbol(text, cache->pending[i]) + 1;
	}
	size = ALIGN(text - (char *)record, 8);
	memset(text, 0, (char *)record + size - text);
	*record = (struct vmaview_ops){
		.header = { VMAVIEW_REC_OPS, size },
		.id = cache->next_id,
		.text_offset = sizeof(*record),
		.text_length = text - start,
	};
	return size;
}
