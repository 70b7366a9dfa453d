// SPDX-License-Identifier: GPL-2.0
/* explain.c - words for each verdict, reason and bit; addresses as they are written. */
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "text/say.h"
#include "verbs/explain/addresses.h"
#include "verbs/explain/explain_gate.h"
#include "verbs/explain/explain_words.h"

/* In the order of their numbers. */
static bool verdicts_have_their_words(void)
{
	static const char all[] = "ok zero-fill map-file read-file swap-in copy reuse maybe-copy make-writable "
				  "handler userfault stack-growth segv-unmapped segv-access guard bus-error hwpoison";
	char seen[256] = "";

	for (unsigned int verdict = VMAVIEW_OK; verdict <= VMAVIEW_HWPOISON; verdict++) {
		if (*seen)
			strcat(seen, " ");
		strcat(seen, explain_verdict(verdict));
	}
	if (strcmp(seen, all))
		return ktap_note("%s", seen);
	return !strcmp(explain_verdict(0), "unknown") && !strcmp(explain_verdict(VMAVIEW_HWPOISON + 1), "unknown");
}

static bool reasons_have_sentences(void)
{
	struct vmaview_explain answer = { .size = sizeof(answer) };
	char sentence[512], unknown[512];

	explain_sentence(&answer, NULL, VMAVIEW_WRITE, unknown, sizeof(unknown));
	for (int why = VMAVIEW_WHY_PRESENT; why <= VMAVIEW_WHY_VSYSCALL_DENIED; why++) {
		answer.why[VMAVIEW_WRITE] = why;
		explain_sentence(&answer, NULL, VMAVIEW_WRITE, sentence, sizeof(sentence));
		if (!strcmp(sentence, unknown) || strlen(sentence) < 20)
			return ktap_note("reason %d: %s", why, sentence);
	}
	answer.why[VMAVIEW_WRITE] = VMAVIEW_WHY_VSYSCALL_DENIED + 1;
	explain_sentence(&answer, NULL, VMAVIEW_WRITE, sentence, sizeof(sentence));
	return !strcmp(sentence, unknown);
}

static bool handlers_are_named(void)
{
	struct ops ops = { .fault = "ext4_filemap_fault" };
	struct area area = { .ops = &ops };
	struct vmaview_explain answer = { .why = { VMAVIEW_WHY_NOT_CACHED } };
	char sentence[512];

	explain_sentence(&answer, &area, VMAVIEW_READ, sentence, sizeof(sentence));
	return !strncmp(sentence, "ext4_filemap_fault", strlen("ext4_filemap_fault")) ||
	       ktap_note("%s", sentence);
}

static void note_bit(const char *word, void *all)
{
	strcat(all, word);
	strcat(all, " ");
}

static bool bits_have_names(void)
{
	struct vmaview_level level = {
		.flags = VMAVIEW_LEVEL_PRESENT | VMAVIEW_LEVEL_NX, .other = 1ULL << 52 | 1ULL << 9, .pkey = 3,
	};
	char all[256] = "";

	explain_bits(&level, note_bit, all);
	return !strcmp(all, "present nx bit-9 bit-52 pkey-3 ") || ktap_note("%s", all);
}

static bool level_names(void)
{
	static const char *const names[] = { "pte", "pmd", "pud", "p4d", "pgd", "unknown" };

	for (unsigned char i = 0; i < 6; i++) {
		struct vmaview_level level = { .level = i };

		if (strcmp(explain_level(&level), names[i]))
			return ktap_note("%u: %s", i, explain_level(&level));
	}
	return true;
}

static bool is_taken_as(const char *word, uint64_t address, const char *segment)
{
	struct addresses addresses = { .list = NULL };
	bool good = addresses_add(&addresses, word, "") == EXIT_DONE && addresses.nr == 1 &&
		    addresses.list[0] == address &&
		    (segment ? addresses.segments[0] && !strcmp(addresses.segments[0], segment) :
			       !addresses.segments[0]);

	addresses_free(&addresses);
	return good || ktap_note("%s", word);
}

static bool addresses_are_hex(void)
{
	return is_taken_as("0", 0, NULL) && is_taken_as("0x7F12", 0x7f12, NULL) &&
	       is_taken_as("ffffffffffffffff", UINT64_MAX, NULL) &&
	       is_taken_as("0x00000000000000000012", 0x12, NULL) && is_taken_as("dada", 0xdada, NULL);
}

static bool segments_are_known(void)
{
	return is_taken_as("stack", 0, "stack") && is_taken_as("text+10", 16, "text") &&
	       is_taken_as("data+0x10", 16, "data") && is_taken_as("heap+0", 0, "heap") &&
	       is_taken_as("[vdso]+fff", 0xfff, "[vdso]") && is_taken_as("[anon:a+b]", 0, "[anon:a+b]");
}

/* What is said of @address in a process whose last area is @area. */
static struct vmaview_explain at_gate(struct area *area, uint64_t address)
{
	struct process process = { .areas = area, .nr_areas = 1 };
	struct vmaview_explain answer = {
		.verdict = { VMAVIEW_SEGV_UNMAPPED, VMAVIEW_SEGV_UNMAPPED, VMAVIEW_SEGV_UNMAPPED },
	};
	struct explanation explanation = {
		.process = &process, .addresses = &address, .answers = &answer, .nr = 1,
	};

	explain_gate(&explanation);
	return answer;
}

static bool verdicts_are(struct vmaview_explain answer, unsigned int read, unsigned int write, unsigned int exec)
{
	return (answer.verdict[VMAVIEW_READ] == read && answer.verdict[VMAVIEW_WRITE] == write &&
		answer.verdict[VMAVIEW_EXEC] == exec) ||
	       ktap_note("%u %u %u", answer.verdict[0], answer.verdict[1], answer.verdict[2]);
}

static bool gate_is_known(void)
{
	struct area gate = { .start = -0xa00000, .end = -0x9ff000, .perms = "--xp", .gate = true };
	bool good = verdicts_are(at_gate(&gate, gate.start), VMAVIEW_SEGV_UNMAPPED, VMAVIEW_SEGV_UNMAPPED,
				 VMAVIEW_HANDLER) &&
		    at_gate(&gate, gate.end - 1).flags == VMAVIEW_EXPLAIN_AREA &&
		    at_gate(&gate, gate.end - 1).start == gate.start && !at_gate(&gate, gate.end).flags &&
		    !at_gate(&gate, gate.start - 1).flags;

	memcpy(gate.perms, "r-xp", 5);
	good = good && verdicts_are(at_gate(&gate, gate.start), VMAVIEW_OK, VMAVIEW_SEGV_UNMAPPED, VMAVIEW_HANDLER);
	gate.gate = false;
	return good && !at_gate(&gate, gate.start).flags;
}

/* A process with areas of which one is the stack; there is no /proc for it. */
static bool segments_become_addresses(void)
{
	struct area areas[] = {
		{ .start = 0x1000, .end = 0x2000, .name = "" },
		{ .start = 0x5000, .end = 0x9000, .name = "[stack]" },
	};
	struct process process = { .pid = 1, .areas = areas, .nr_areas = 2 };
	struct addresses addresses = { .list = NULL };
	bool good = addresses_add(&addresses, "stack+10", "") == EXIT_DONE &&
		    addresses_add(&addresses, "20", "") == EXIT_DONE &&
		    addresses_resolve(&addresses, &process) == EXIT_DONE &&
		    addresses.list[0] == 0x5010 && addresses.list[1] == 0x20;

	addresses_free(&addresses);
	return good;
}

static const struct ktap_test tests[] = {
	{ "each verdict has its word", verdicts_have_their_words },
	{ "each reason has a sentence", reasons_have_sentences },
	{ "a file's own fault handler is named", handlers_are_named },
	{ "each bit of an entry has a name", bits_have_names },
	{ "each level has a name", level_names },
	{ "the gate area is what its line in maps says", gate_is_known },
	{ "addresses are hex", addresses_are_hex },
	{ "segments are known by their names", segments_are_known },
	{ "offsets from segments become addresses", segments_become_addresses },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
