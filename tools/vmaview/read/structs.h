/* SPDX-License-Identifier: GPL-2.0 */
/* structs.h - in: the running kernel's BTF; out: how its structures of memory are laid out. */
#ifndef VMAVIEW_STRUCTS_H
#define VMAVIEW_STRUCTS_H

#include <stddef.h>
#include <stdint.h>

struct struct_member {
	char name[64];		/* of one in an unnamed struct or union: its own name */
	uint64_t bit_offset;	/* from the start of the outermost */
	uint64_t bits;		/* a whole number of bytes but for bit fields */
};

struct struct_layout {
	const char *name;
	uint64_t size;		/* bytes */
	struct struct_member *members;	/* unions give several at one offset */
	size_t nr;
	size_t room;
};

struct structs {
	struct struct_layout list[4];
	size_t nr;
	uint64_t line;		/* bytes of a cache line */
};

/* 0; -ENOENT: this kernel has no BTF; -ENOMEM; or what reading it gives.  Free it whatever comes. */
int structs_read(struct structs *structs);
void structs_free(struct structs *structs);

#endif /* VMAVIEW_STRUCTS_H */
