// SPDX-License-Identifier: GPL-2.0
/* structs.c - in: /sys/kernel/btf/vmlinux, through libbpf; out: members with their place. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "read/structs.h"
#include "vmaview/grow.h"

/* Where the machine does not say: what x86 and most of arm64 have. */
#define USUAL_LINE 64

/* Structs in structs, unnamed ones, are not nested deeper than that. */
#define DEPTH 8

/* A struct of the kernel's, and whose description that is. */
struct described {
	struct struct_layout *layout;
	const struct btf *btf;
};

static struct struct_member *add_member(struct struct_layout *layout)
{
	if (!grow(&layout->members, layout->nr, &layout->room, sizeof(*layout->members)))
		return NULL;
	return &layout->members[layout->nr++];
}

static int take_members(struct described *into, const struct btf_type *type, uint64_t offset, int depth);

static int take_member(struct described *into, const struct btf_type *type, unsigned int index,
		       uint64_t offset, int depth)
{
	const struct btf_member *member = btf_members(type) + index;
	const char *name = btf__name_by_offset(into->btf, member->name_off);
	const struct btf_type *inner = btf__type_by_id(into->btf, member->type);
	unsigned int bits = btf_member_bitfield_size(type, index);
	long long size = btf__resolve_size(into->btf, member->type);
	struct struct_member *taken;

	offset += btf_member_bit_offset(type, index);
	if ((!name || !*name) && inner && btf_is_composite(inner))
		return depth ? take_members(into, inner, offset, depth - 1) : 0;
	taken = add_member(into->layout);
	if (!taken)
		return -ENOMEM;
	snprintf(taken->name, sizeof(taken->name), "%s", name ? name : "");
	taken->bit_offset = offset;
	taken->bits = bits ? bits : size < 0 ? 0 : 8 * (uint64_t)size;	/* a flexible array has none */
	return 0;
}

static int take_members(struct described *into, const struct btf_type *type, uint64_t offset, int depth)
{
	int ret = 0;

	for (unsigned int i = 0; !ret && i < btf_vlen(type); i++)
		ret = take_member(into, type, i, offset, depth);
	return ret;
}

/* One that this kernel does not have is left out. */
static int take_struct(struct structs *structs, const struct btf *btf, const char *name)
{
	int id = btf__find_by_name_kind(btf, name, BTF_KIND_STRUCT);
	const struct btf_type *type = id < 0 ? NULL : btf__type_by_id(btf, id);
	struct struct_layout *layout = &structs->list[structs->nr];
	struct described into = { layout, btf };

	if (!type)
		return 0;
	layout->name = name;
	layout->size = type->size;
	structs->nr++;
	return take_members(&into, type, 0, DEPTH);
}

int structs_read(struct structs *structs)
{
	static const char *const names[] = { "page", "folio", "vm_area_struct", "mm_struct" };
	long line = sysconf(_SC_LEVEL1_DCACHE_LINESIZE);
	struct btf *btf;
	int ret = 0;

	*structs = (struct structs){ .line = line > 0 ? line : USUAL_LINE };
	libbpf_set_print(NULL);
	errno = 0;
	btf = btf__load_vmlinux_btf();
	if (libbpf_get_error(btf))
		return errno && errno != ESRCH ? -errno : -ENOENT;	/* ESRCH: in none of the usual files */
	for (size_t i = 0; !ret && i < sizeof(names) / sizeof(names[0]); i++)
		ret = take_struct(structs, btf, names[i]);
	btf__free(btf);
	return ret;
}

void structs_free(struct structs *structs)
{
	for (size_t i = 0; i < structs->nr; i++)
		free(structs->list[i].members);
	structs->nr = 0;
}
