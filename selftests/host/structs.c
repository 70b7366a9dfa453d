// SPDX-License-Identifier: GPL-2.0
/* structs.c - members of structures with their place, of a BTF that is composed here in place of the kernel's. */
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/btf.h>

#include "ktap.h"
#include "read/structs.h"

/* What the kernel gives; NULL and an errno where it gives nothing. */
static struct btf *given;
static int given_errno;
static long line_size;
static bool memory_is_short;

/* These are called in place of libbpf's and libc's. */
struct btf *btf__load_vmlinux_btf(void)
{
	struct btf *btf = given;

	given = NULL;	/* who asked frees it */
	errno = given_errno;
	return btf;
}

long sysconf(int name)
{
	long (*of_libc)(int name);
	void *symbol = dlsym(RTLD_NEXT, "sysconf");

	memcpy(&of_libc, &symbol, sizeof(of_libc));
	return name == _SC_LEVEL1_DCACHE_LINESIZE ? line_size : of_libc(name);
}

void *reallocarray(void *memory, size_t nr, size_t size)
{
	return memory_is_short ? NULL : realloc(memory, nr * size);
}

/* Types of the composed BTF. */
static int word, byte;

static struct btf *compose(void)
{
	struct btf *btf = btf__new_empty();

	if (!btf)
		abort();
	word = btf__add_int(btf, "unsigned long", 8, 0);
	byte = btf__add_int(btf, "unsigned char", 1, 0);
	return btf;
}

/* One union: a word, or two, which are an unnamed struct's; then bits of a word; then an array without an end. */
static void add_page(struct btf *btf)
{
	int array, pair, either;

	array = btf__add_array(btf, word, byte, 0);
	pair = btf__add_struct(btf, NULL, 16);
	btf__add_field(btf, "next", word, 0, 0);
	btf__add_field(btf, "prev", word, 64, 0);
	either = btf__add_union(btf, NULL, 16);
	btf__add_field(btf, "index", word, 0, 0);
	btf__add_field(btf, NULL, pair, 0, 0);
	btf__add_struct(btf, "page", 40);
	btf__add_field(btf, "flags", word, 0, 0);
	btf__add_field(btf, NULL, either, 64, 0);
	btf__add_field(btf, "order", word, 192, 5);
	btf__add_field(btf, "pinned", word, 197, 1);
	btf__add_field(btf, "kind", byte, 256, 0);
	btf__add_field(btf, "rest", array, 320, 0);
}

static const struct struct_member page_members[] = {
	{ "flags", 0, 64 }, { "index", 64, 64 }, { "next", 64, 64 }, { "prev", 128, 64 }, { "order", 192, 5 },
	{ "pinned", 197, 1 }, { "kind", 256, 8 }, { "rest", 320, 0 },
};

static bool is_page(const struct struct_layout *page)
{
	const size_t nr = sizeof(page_members) / sizeof(page_members[0]);

	if (strcmp(page->name, "page") || page->size != 40 || page->nr != nr)
		return ktap_note("%s has %zu members in %llu bytes", page->name, page->nr,
				 (unsigned long long)page->size);
	for (size_t i = 0; i < nr; i++) {
		const struct struct_member *seen = &page->members[i], *want = &page_members[i];

		if (strcmp(seen->name, want->name) || seen->bit_offset != want->bit_offset ||
		    seen->bits != want->bits)
			return ktap_note("%s has %llu bits at %llu, where %s has %llu at %llu", seen->name,
					 (unsigned long long)seen->bits, (unsigned long long)seen->bit_offset,
					 want->name, (unsigned long long)want->bits,
					 (unsigned long long)want->bit_offset);
	}
	return true;
}

static bool members(void)
{
	struct structs structs;
	bool holds;

	given = compose();
	add_page(given);
	holds = !structs_read(&structs) && structs.nr == 1 && is_page(&structs.list[0]);
	structs_free(&structs);
	return holds && !structs.nr;
}

/* Those that are there, in this order, whatever theirs in the BTF. */
static bool several(void)
{
	static const char *const names[] = { "page", "vm_area_struct", "mm_struct" };
	struct structs structs;
	bool holds;

	given = compose();
	for (size_t i = 3; i-- > 0;) {
		btf__add_struct(given, names[i], 8 * (i + 1));
		for (size_t j = 0; j <= i; j++)
			btf__add_field(given, "member", word, 64 * j, 0);
	}
	btf__add_struct(given, "file", 8);
	holds = !structs_read(&structs) && structs.nr == 3;
	for (size_t i = 0; holds && i < 3; i++)
		holds = !strcmp(structs.list[i].name, names[i]) && structs.list[i].size == 8 * (i + 1) &&
			structs.list[i].nr == i + 1;
	structs_free(&structs);
	return holds;
}

/* Members of a struct in which so many unnamed ones are nested, each with one of its own. */
static size_t nested(unsigned int depth)
{
	struct structs structs;
	size_t nr;
	int inner = 0;

	given = compose();
	for (unsigned int i = 0; i <= depth; i++) {
		const int outer = btf__add_struct(given, i == depth ? "page" : NULL, 8 * (i + 1));

		btf__add_field(given, "own", word, 0, 0);
		if (inner)
			btf__add_field(given, NULL, inner, 64, 0);
		inner = outer;
	}
	nr = structs_read(&structs) || structs.nr != 1 ? 0 : structs.list[0].nr;
	structs_free(&structs);
	return nr;
}

static bool deep(void)
{
	size_t eight = nested(8), nine = nested(9);

	return (nested(1) == 2 && eight == 9 && nine == 9) || ktap_note("%zu and %zu members", eight, nine);
}

/* More than there is room for at first. */
static bool many(void)
{
	struct structs structs;
	bool holds;

	given = compose();
	btf__add_struct(given, "folio", 8 * 100);
	for (size_t i = 0; i < 100; i++)
		btf__add_field(given, "member", word, 64 * i, 0);
	holds = !structs_read(&structs) && structs.nr == 1 && structs.list[0].nr == 100;
	for (size_t i = 0; holds && i < 100; i++)
		holds = structs.list[0].members[i].bit_offset == 64 * i;
	structs_free(&structs);
	return holds;
}

static bool ends_with(int error, int expect)
{
	struct structs structs;
	int ret;

	given_errno = error;
	ret = structs_read(&structs);
	given_errno = 0;
	structs_free(&structs);
	return ret == expect || ktap_note("errno %d: %d, expected %d", error, ret, expect);
}

static bool without(void)
{
	return ends_with(ESRCH, -ENOENT) && ends_with(ENOENT, -ENOENT) && ends_with(EACCES, -EACCES) &&
	       ends_with(EINVAL, -EINVAL);
}

static bool short_of_memory(void)
{
	bool holds;

	given = compose();
	add_page(given);
	memory_is_short = true;
	holds = ends_with(0, -ENOMEM);
	memory_is_short = false;
	return holds;
}

static bool has_line(long said, uint64_t expect)
{
	struct structs structs;

	line_size = said;
	given = compose();
	return (!structs_read(&structs) && structs.line == expect) ||
	       ktap_note("%ld: a line of %llu", said, (unsigned long long)structs.line);
}

static bool lines(void)
{
	return has_line(128, 128) && has_line(32, 32) && has_line(1, 1) && has_line(0, 64) && has_line(-1, 64);
}

static const struct ktap_test tests[] = {
	{ "members have their place, those of unnamed structs and unions as well", members },
	{ "of the structures those that there are, in their order", several },
	{ "what is nested eight deep is there, and what is deeper is not", deep },
	{ "a hundred members are", many },
	{ "no BTF is ENOENT, one that cannot be had what it was", without },
	{ "no memory is ENOMEM", short_of_memory },
	{ "a cache line is what the machine says, or what is usual", lines },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
