// SPDX-License-Identifier: GPL-2.0
/* why_json.c - in: sums by reason, room, mappings, settings; out: members of a process's object in JSON. */
#include "json/json_out.h"
#include "verbs/why/why_json.h"
#include "verbs/why/why_rows.h"

/* Mappings that are listed. */
#define SITES 10

/* Reasons that there are. */
static void put_fields(struct json_out *out, const struct why_sums *sums, const uint64_t *number)
{
	for (unsigned int i = 0; i < WHY_FIELDS; i++)
		if (sums->seams[i])
			json_put_uint(out, why_fields[i], number[i]);
}

static void put_memory(struct json_out *out, struct why_words words, const uint64_t *memory)
{
	for (unsigned int i = 0; i < words.nr; i++)
		if (memory[i])
			json_put_uint(out, words.word[i], memory[i]);
}

/* In bytes, of each question: no word is a reason of two of them. */
static void put_sums(struct json_out *out, const struct why_sums *sums)
{
	json_line(out);
	json_key(out, "sums");
	json_open_object(out);
	put_fields(out, sums, sums->bytes);
	for (unsigned int i = 0; i < HUGE_REASONS; i++)
		if (sums->small[i])
			json_put_uint(out, huge_words[i], sums->small[i]);
	for (int question = 0; question < WHY_QUESTIONS; question++)
		put_memory(out, why_words_of(question), sums->memory[question]);
	json_end(out);
}

static void put_seams(struct json_out *out, const struct why_sums *sums)
{
	json_line(out);
	json_key(out, "seams");
	json_open_object(out);
	put_fields(out, sums, sums->seams);
	json_end(out);
}

static void put_limits(struct json_out *out, const struct thp_machine *machine)
{
	json_put_known(out, "max_ptes_none", machine->knows_limits, machine->max_none);
	json_put_known(out, "max_ptes_shared", machine->knows_limits, machine->max_shared);
	json_put_known(out, "max_ptes_swap", machine->knows_limits, machine->max_swap);
}

static void put_mode(struct json_out *out, const char *key, enum thp_mode mode)
{
	json_put_string(out, key, mode == THP_UNKNOWN ? NULL : thp_mode_words[mode]);
}

/* Who may have huge pages. */
static void put_machine(struct json_out *out, const struct why_sums *sums)
{
	const struct thp_machine *machine = &sums->machine;

	json_line(out);
	json_put_known(out, "huge_bytes", sums->knows_huge, sums->huge);
	json_key(out, "thp");
	if (!sums->knows_huge) {
		json_null(out);
		return;
	}
	json_open_object(out);
	put_mode(out, "anonymous", machine->anon);
	put_mode(out, "shared", machine->shared);
	put_mode(out, "shmem", machine->shmem);
	put_mode(out, "files", machine->file);
	put_limits(out, machine);
	json_end(out);
}

/* What ksmd does, and of which pages it knows what. */
static void put_ksmd(struct json_out *out, const struct why_sums *sums)
{
	const struct ksm_machine *ksmd = &sums->ksmd;

	json_line(out);
	json_put_known(out, "merged_bytes", sums->knows_ksm, sums->merged);
	json_key(out, "ksmd");
	if (!sums->knows_ksm) {
		json_null(out);
		return;
	}
	json_open_object(out);
	json_put_string(out, "run", ksmd->run == KSM_RUN_UNKNOWN ? NULL : ksm_run_words[ksmd->run]);
	json_put_known(out, "pages", sums->knows_ksm_pages, sums->ksm_pages);
	json_put_known(out, "unshared", ksmd->knows_pages, ksmd->unshared);
	json_put_known(out, "volatile", ksmd->knows_pages, ksmd->changing);
	json_end(out);
}

/* What may be moved, and what decides that on this machine. */
static void put_settings(struct json_out *out, const struct why_sums *sums)
{
	const struct vm_settings *settings = &sums->settings;

	json_line(out);
	json_put_known(out, "movable_bytes", sums->knows_kept, sums->movable);
	json_put_known(out, "swap_free", settings->knows_swap, settings->swap_free);
	json_key(out, "compacts_unevictable");
	if (settings->knows_compaction)
		json_boolean(out, settings->compacts_unevictable);
	else
		json_null(out);
}

static void put_sites(struct json_out *out, const struct why_sums *sums)
{
	json_line(out);
	json_key(out, "sites");
	json_open_array(out);
	for (size_t i = 0; i < sums->nr_sites && i < SITES; i++) {
		const struct area *area = sums->site[i].area;

		json_open_object(out);
		json_put_string(out, "name", area->flags & VMAVIEW_AREA_NAME_CUT ? NULL : area->name);
		json_put_uint(out, "areas", sums->site[i].areas);
		json_end(out);
	}
	json_end(out);
}

void why_json(const struct sheet *sheet, struct json_out *out)
{
	const struct why_sums *sums = sheet->beside;

	put_sums(out, sums);
	put_seams(out, sums);
	json_line(out);
	json_put_known(out, "room", sums->knows_room, sums->room);
	put_sites(out, sums);
	put_machine(out, sums);
	put_ksmd(out, sums);
	put_settings(out, sums);
}
