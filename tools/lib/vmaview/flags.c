// SPDX-License-Identifier: GPL-2.0
/* flags.c - in: names of flag bits, or mnemonics of smaps; out: bits, words, mnemonics. */
#include <stdio.h>
#include <string.h>

#include "vmaview/flags.h"

struct well_known {
	const char *mnemonic;
	const char *word;
	bool notable;
};

/*
 * The mnemonics are those of show_smap_vma_flags() in fs/proc/task_mmu.c.  Notable is what makes
 * an area differ from ordinary memory: what it maps, how it is locked, forked, dumped or faulted.
 * In the order of the kernel's bits, as smaps prints them.
 */
static const struct well_known well_known[] = {
	{ "rd", "read", false },
	{ "wr", "write", false },
	{ "ex", "exec", false },
	{ "sh", "shared", false },
	{ "mr", "mayread", false },
	{ "mw", "maywrite", false },
	{ "me", "mayexec", false },
	{ "ms", "mayshare", false },
	{ "gd", "growsdown", true },
	{ "um", "uffd_missing", true },
	{ "pf", "pfnmap", true },
	{ "gu", "maybe_guard", true },
	{ "uw", "uffd_wp", true },
	{ "lo", "locked", true },
	{ "io", "io", true },
	{ "sr", "seq_read", true },
	{ "rr", "rand_read", true },
	{ "dc", "dontcopy", true },
	{ "de", "dontexpand", false },
	{ "lf", "lockonfault", true },
	{ "ac", "account", false },
	{ "nr", "noreserve", true },
	{ "ht", "hugetlb", true },
	{ "sf", "sync", true },
	{ "ar", "arch_1", false },
	{ "wf", "wipeonfork", true },
	{ "dd", "dontdump", true },
	{ "sd", "softdirty", false },
	{ "mm", "mixedmap", true },
	{ "hg", "hugepage", true },
	{ "nh", "nohugepage", true },
	{ "mg", "mergeable", true },
	{ "ss", "shadow_stack", true },
	{ "ui", "uffd_minor", true },
	{ "dp", "droppable", true },
	{ "ur", "uffd_rwp", true },
	{ "sl", "sealed", true },
};

#define NR_WELL_KNOWN (sizeof(well_known) / sizeof(well_known[0]))

static bool word_is_notable(const char *word)
{
	for (size_t i = 0; i < NR_WELL_KNOWN; i++)
		if (!strcmp(well_known[i].word, word))
			return well_known[i].notable;
	return false;
}

static const char *word_of_mnemonic(const char *mnemonic)
{
	for (size_t i = 0; i < NR_WELL_KNOWN; i++)
		if (!strcmp(well_known[i].mnemonic, mnemonic))
			return well_known[i].word;
	return mnemonic;
}

void flags_name(struct process *process, unsigned int bit, const char *mnemonic, const char *word)
{
	struct vmflag *vmflag = &process->vmflag[bit];

	snprintf(vmflag->mnemonic, sizeof(vmflag->mnemonic), "%s", mnemonic);
	snprintf(vmflag->word, sizeof(vmflag->word), "%s", word);
	if (word_is_notable(word))
		process->notable |= UINT64_C(1) << bit;
}

uint64_t flags_with_words(const struct process *process, uint64_t bits, const char *const *words, size_t nr)
{
	uint64_t found = 0;

	for (; bits; bits &= bits - 1)
		for (size_t i = 0; i < nr; i++)
			if (!strcmp(process->vmflag[__builtin_ctzll(bits)].word, words[i]))
				found |= bits & -bits;
	return found;
}

/* The bit of a mnemonic: where it has none, the first that is free. */
static uint64_t bit_of_mnemonic(struct process *process, const char *mnemonic)
{
	unsigned int bit;

	for (bit = 0; bit < VMFLAGS_MAX; bit++)
		if (!strcmp(process->vmflag[bit].mnemonic, mnemonic))
			return UINT64_C(1) << bit;
	for (bit = 0; bit < VMFLAGS_MAX; bit++)
		if (!process->vmflag[bit].word[0])
			break;
	if (bit == VMFLAGS_MAX)
		return 0;
	flags_name(process, bit, mnemonic, word_of_mnemonic(mnemonic));
	return UINT64_C(1) << bit;
}

/* Where no module reported the kernel's bits. */
static void name_well_known(struct process *process)
{
	for (size_t i = 0; i < NR_WELL_KNOWN; i++)
		flags_name(process, i, well_known[i].mnemonic, well_known[i].word);
}

uint64_t flags_of_mnemonics(struct process *process, const char *text, size_t length)
{
	uint64_t bits = 0;
	size_t at = 0;

	if (!process->vmflag[0].word[0])
		name_well_known(process);
	while (at < length) {
		char mnemonic[sizeof(process->vmflag[0].mnemonic)];
		size_t word = strcspn(text + at, " \n");

		if (word > length - at)
			word = length - at;
		if (word && word < sizeof(mnemonic)) {
			memcpy(mnemonic, text + at, word);
			mnemonic[word] = '\0';
			bits |= bit_of_mnemonic(process, mnemonic);
		}
		at += word + 1;
	}
	return bits;
}

/* As much of it as fits, after a blank where it is not the first; snprintf() takes most of the time of a view. */
static size_t append(char *out, size_t room, size_t used, const char *word)
{
	size_t length;

	if (used && used < room - 1)
		out[used++] = ' ';
	length = strnlen(word, room - 1 - used);
	memcpy(out + used, word, length);
	out[used + length] = '\0';
	return used + length;
}

size_t flags_words(const struct process *process, uint64_t bits, char *out, size_t room)
{
	size_t used = 0;

	*out = '\0';
	for (; bits; bits &= bits - 1) {
		const struct vmflag *vmflag = &process->vmflag[__builtin_ctzll(bits)];

		if (vmflag->word[0])
			used = append(out, room, used, vmflag->word);
	}
	return used;
}

size_t flags_mnemonics(const struct process *process, uint64_t bits, char *out, size_t room)
{
	size_t used = 0;

	*out = '\0';
	for (; bits; bits &= bits - 1) {
		const struct vmflag *vmflag = &process->vmflag[__builtin_ctzll(bits)];

		if (vmflag->mnemonic[0])
			used = append(out, room, used, vmflag->mnemonic);
	}
	return used;
}
