// SPDX-License-Identifier: GPL-2.0
/* thp.c - in: /sys/kernel/mm/transparent_hugepage; out: who may have huge pages of PMD size on this machine. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "proc/thp.h"

#define MM "/sys/kernel/mm/"
#define FOLDER MM "transparent_hugepage/"

const char *const thp_mode_words[] = {
	[THP_UNKNOWN] = "unknown", [THP_NEVER] = "never", [THP_MADVISE] = "madvise", [THP_ALWAYS] = "always",
};

/* Of "always [madvise] never" the one in brackets; empty where the file cannot be read. */
static void chosen(const char *name, char *out, size_t room)
{
	char path[128], line[128] = "", *from, *to;
	FILE *file;

	snprintf(path, sizeof(path), FOLDER "%s", name);
	*out = '\0';
	file = fopen(path, "re");
	if (!file)
		return;
	from = fgets(line, sizeof(line), file) ? strchr(line, '[') : NULL;
	to = from ? strchr(from, ']') : NULL;
	if (to)
		snprintf(out, room, "%.*s", (int)(to - from - 1), from + 1);
	fclose(file);
}

/* within_size is always for what is mapped and in the file. */
static enum thp_mode mode_of(const char *word)
{
	static const struct { const char *word; enum thp_mode mode; } words[] = {
		{ "always", THP_ALWAYS }, { "within_size", THP_ALWAYS }, { "force", THP_ALWAYS },
		{ "madvise", THP_MADVISE }, { "advise", THP_MADVISE },
		{ "never", THP_NEVER }, { "deny", THP_NEVER },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(word, words[i].word))
			return words[i].mode;
	return THP_UNKNOWN;
}

/* A size has its own setting, or inherits the one of all; older kernels have but that. */
static enum thp_mode mode_of_size(uint64_t size, const char *name, enum thp_mode all)
{
	char path[64], word[32];

	snprintf(path, sizeof(path), "hugepages-%llukB/%s", (unsigned long long)(size >> 10), name);
	chosen(path, word, sizeof(word));
	return *word && strcmp(word, "inherit") ? mode_of(word) : all;
}

static bool limit(const char *name, uint64_t *number)
{
	char path[128];
	unsigned long long value;
	FILE *file;
	bool read;

	snprintf(path, sizeof(path), FOLDER "khugepaged/%s", name);
	file = fopen(path, "re");
	read = file && fscanf(file, "%llu", &value) == 1;
	if (file)
		fclose(file);
	*number = read ? value : 0;
	return read;
}

/* deny and force are of all mounts, and of shared anonymous memory, too. */
static void read_shmem(struct thp_machine *machine, uint64_t size)
{
	char word[32];

	chosen("shmem_enabled", word, sizeof(word));
	machine->shmem = mode_of(word);
	if (!strcmp(word, "deny") || !strcmp(word, "force"))
		machine->mounts = machine->shmem;
	machine->shared = !strcmp(word, "deny") ? THP_NEVER :
						  mode_of_size(size, "shmem_enabled", machine->shmem);
}

enum thp_kernel thp_of_kernel(void)
{
	if (!access(FOLDER, F_OK))
		return THP_KERNEL_HAS;
	return errno == ENOENT && !access(MM, F_OK) ? THP_KERNEL_LACKS : THP_KERNEL_UNKNOWN;
}

void thp_read(struct thp_machine *machine, uint64_t size)
{
	char word[32];

	*machine = (struct thp_machine){ .knows_limits = false };
	if (thp_of_kernel() == THP_KERNEL_LACKS) {
		machine->anon = machine->shared = machine->shmem = THP_NEVER;
		machine->mounts = machine->file = THP_NEVER;
		return;
	}
	chosen("enabled", word, sizeof(word));
	machine->file = mode_of(word);
	machine->anon = mode_of_size(size, "enabled", machine->file);
	read_shmem(machine, size);
	machine->knows_limits = limit("max_ptes_none", &machine->max_none) &&
				limit("max_ptes_shared", &machine->max_shared) &&
				limit("max_ptes_swap", &machine->max_swap);
}
