// SPDX-License-Identifier: GPL-2.0
/*
 * pmap_source.c - in: a PID; out: its areas as pmap needs them: what the module knows from the
 * module, the rest from /proc.  pmap needs no word about a missing module: /proc has all it shows.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "proc/procfs.h"
#include "verbs/pmap/pmap_source.h"
#include "vmaview/flags.h"
#include "vmaview/reader.h"
#include "vmaview/snapshot.h"

static const uint32_t wanted[] = {
	[PMAP_PLAIN] = VMAVIEW_WANT_AREAS,
	[PMAP_DEVICE] = VMAVIEW_WANT_AREAS,
	[PMAP_EXTENDED] = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES,
	[PMAP_FIELDS] = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_VMFLAGS,
};

static bool read_module(struct process *process, pid_t pid, uint32_t want)
{
	struct reader_source source = {
		.device = VMAVIEW_DEVICE,
		.target = { .target = pid, .want = want, .end = UINT64_MAX },
	};
	struct reader reader;
	bool done = false;

	if (reader_open(&reader, &source) == 0) {
		done = snapshot_read(process, &reader) == 0;
		reader_close(&reader);
	}
	if (!done)
		process_free(process);
	return done;
}

/* A path that is too long for the module is not for /proc. */
static bool knows_names(const struct process *module)
{
	for (size_t i = 0; i < module->nr_areas; i++)
		if (module->areas[i].flags & VMAVIEW_AREA_NAME_CUT)
			return false;
	return true;
}

/* What the module knows of an area replaces what smaps said of it. */
static int take_area(struct pmap_target *target, size_t index, const struct area *known)
{
	struct area *area = &target->process.areas[index];
	struct area said = *area;
	char vmflags[256];

	*area = *known;
	for (int key = 0; key < KEY_NR; key++)
		if (area_knows(&said, key) && !area_knows(known, key))
			area->value[key] = said.value[key];
	area->known |= said.known;
	if (known->flags & VMAVIEW_AREA_NAME_CUT)
		area->name = said.name;
	flags_mnemonics(&target->module, known->vm_flags, vmflags, sizeof(vmflags));
	return smaps_rest_set_vmflags(&target->rest, index, vmflags);
}

/* Both lists ascend.  An area that one of them has not changed in between: smaps has the say. */
static int take_areas(struct pmap_target *target)
{
	const struct process *module = &target->module;
	size_t at = 0;
	int ret = 0;

	for (size_t i = 0; !ret && i < target->process.nr_areas; i++) {
		const struct area *area = &target->process.areas[i];

		while (at < module->nr_areas && module->areas[at].start < area->start)
			at++;
		if (at < module->nr_areas && module->areas[at].start == area->start &&
		    module->areas[at].end == area->end)
			ret = take_area(target, i, &module->areas[at]);
	}
	return ret;
}

static int read_fields(struct pmap_target *target, FILE *smaps)
{
	int ret = procfs_parse(&target->process, smaps, &target->rest);

	if (ret || !read_module(&target->module, target->pid, wanted[PMAP_FIELDS]))
		return ret;
	return take_areas(target);
}

static int read_rows(struct pmap_target *target, enum pmap_mode mode, FILE *text)
{
	if (read_module(&target->process, target->pid, wanted[mode])) {
		if (knows_names(&target->process))
			return procfs_add_gate(&target->process, target->pid);
		process_free(&target->process);
	}
	return procfs_parse(&target->process, text, NULL);
}

/* As that of a process whose first thread has ended: there is nothing that pmap could show. */
static bool is_empty(FILE *text)
{
	int first = fgetc(text);

	return first == EOF || ungetc(first, text) == EOF;
}

static int read_all(struct pmap_target *target, enum pmap_mode mode, FILE *text)
{
	if (is_empty(text))
		return ferror(text) ? -errno : 0;
	return mode == PMAP_FIELDS ? read_fields(target, text) : read_rows(target, mode, text);
}

int pmap_read(struct pmap_target *target, enum pmap_mode mode)
{
	bool smaps = mode == PMAP_EXTENDED || mode == PMAP_FIELDS;
	char path[64];
	FILE *text;
	int ret;

	process_init(&target->process);
	process_init(&target->module);
	/* Whether pmap can open it decides what pmap says, also where the module knows better. */
	snprintf(path, sizeof(path), "/proc/%d/%s", (int)target->pid, smaps ? "smaps" : "maps");
	text = fopen(path, "re");
	if (!text)
		return -errno;
	ret = read_all(target, mode, text);
	fclose(text);
	return ret;
}

void pmap_free(struct pmap_target *target)
{
	process_free(&target->process);
	process_free(&target->module);
	smaps_rest_free(&target->rest);
}
