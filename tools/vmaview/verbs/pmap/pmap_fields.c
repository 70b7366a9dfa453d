// SPDX-License-Identifier: GPL-2.0
/*
 * pmap_fields.c - in: a process and the rest of its smaps; out: pmap with -X, -XX, -c and -C, a
 * table with a column for each key of the running kernel.  Two passes: widths come from the data.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/pmap/pmap_fields.h"
#include "verbs/pmap/pmap_release.h"
#include "verbs/pmap/pmap_speak.h"

/* pmap's own limits for what it takes from smaps. */
#define NAME_SHOWN	127
#define VMFLAGS_SHOWN	127

/* Room for any field that comes before the keys. */
#define FRONT_TEXT	64

struct front {
	const char *heading;
	int (*format)(char *text, const struct area *area);
};

static int format_address(char *text, const struct area *area)
{
	return snprintf(text, FRONT_TEXT, "%08" PRIx64, area->start);
}

static int format_perm(char *text, const struct area *area)
{
	return snprintf(text, FRONT_TEXT, "%s", area->perms);
}

static int format_offset(char *text, const struct area *area)
{
	return snprintf(text, FRONT_TEXT, "%08" PRIx64, area->offset);
}

static int format_device(char *text, const struct area *area)
{
	return snprintf(text, FRONT_TEXT, "%02x:%02x", area->dev_major, area->dev_minor);
}

static int format_inode(char *text, const struct area *area)
{
	return snprintf(text, FRONT_TEXT, "%" PRIu64, area->inode);
}

static const struct front fronts[] = {
	{ "Address", format_address },		/* shown whatever was chosen */
	{ "Perm", format_perm },
	{ "Offset", format_offset },
	{ "Device", format_device },
	{ "Inode", format_inode },
};

#define NR_FRONTS (sizeof(fronts) / sizeof(fronts[0]))

struct table {
	const struct pmap_target *target;
	const struct pmap_options *options;
	struct pmap_sums *sums;
	const struct smaps_key **key;	/* of each sum */
	bool front_shown[NR_FRONTS];
	bool vmflags_shown, name_shown;
	int front_width[NR_FRONTS];
	int vmflags_width;
};

static void raise_to(int *width, int value)
{
	if (*width < value)
		*width = value;
}

static int digits(uint64_t number)
{
	int n = 1;

	while (number /= 10)
		n++;
	return n;
}

static void *allocate(size_t nr, size_t size)
{
	void *memory = calloc(nr + 1, size);

	if (!memory)
		pmap_die("cannot allocate memory");
	return memory;
}

static uint64_t get_value(const struct table *table, size_t index, const struct smaps_key *key)
{
	if (key->key == KEY_NR)
		return table->target->rest.areas[index].column[key->column];
	return area_get(&table->target->process.areas[index], key->key) >> 10;
}

/* pmap stops at the "??" of a flag that smaps has no letters for. */
static int vmflags_length(const char *vmflags)
{
	int length = strspn(vmflags, "abcdefghijklmnopqrstuvwxyz ");

	if (length > VMFLAGS_SHOWN)
		length = VMFLAGS_SHOWN;
	return length > 0 && vmflags[length - 1] == ' ' ? length - 1 : length;
}

/* Choosing */

static void choose(struct table *table)
{
	const struct pmap_choice *choice = &table->options->choice;

	table->front_shown[0] = true;
	for (size_t i = 1; i < NR_FRONTS; i++)
		table->front_shown[i] = pmap_choice_shows(choice, fronts[i].heading);
	table->vmflags_shown = pmap_choice_shows(choice, "VmFlags");
	table->name_shown = pmap_choice_shows(choice, "Mapping");
}

/* The first process with areas decides which keys there are. */
static void create_sums(struct table *table)
{
	const struct smaps_rest *rest = &table->target->rest;
	struct pmap_sums *sums = table->sums;

	sums->sum = allocate(rest->nr_keys, sizeof(*sums->sum));
	for (size_t i = 0; i < rest->nr_keys; i++) {
		const char *name = rest->keys[i].name;
		struct pmap_sum *sum = &sums->sum[sums->nr];

		if (!pmap_choice_shows(&table->options->choice, name))
			continue;
		memcpy(sum->key, name, sizeof(sum->key));
		sum->width = table->options->quiet ? 0 : (int)strlen(name);
		sums->nr++;
	}
}

static void find_keys(struct table *table)
{
	const struct smaps_key *key = table->target->rest.keys;
	const struct smaps_key *end = key + table->target->rest.nr_keys;

	table->key = allocate(table->sums->nr, sizeof(*table->key));
	for (size_t i = 0; i < table->sums->nr; i++) {
		while (key < end && strcmp(key->name, table->sums->sum[i].key))
			key++;
		if (key == end)
			pmap_die("process %d has no %s", (int)table->target->pid,
				 table->sums->sum[i].key);
		table->key[i] = key++;
	}
}

/* Measuring */

static void measure_area(struct table *table, size_t index)
{
	const struct area *area = &table->target->process.areas[index];
	const char *vmflags = table->target->rest.areas[index].vmflags;
	char text[FRONT_TEXT];

	for (size_t i = 0; i < NR_FRONTS; i++)
		raise_to(&table->front_width[i], fronts[i].format(text, area));
	for (size_t i = 0; i < table->sums->nr; i++) {
		struct pmap_sum *sum = &table->sums->sum[i];
		uint64_t value = get_value(table, index, table->key[i]);

		sum->total += value;
		if (table->options->quiet)
			raise_to(&sum->width, digits(value));
	}
	if (vmflags)
		raise_to(&table->vmflags_width, vmflags_length(vmflags));
}

static void measure(struct table *table)
{
	for (size_t i = 0; i < table->target->process.nr_areas; i++)
		measure_area(table, i);
	if (table->vmflags_width == 0)
		table->vmflags_shown = false;
	if (table->options->quiet)
		return;
	for (size_t i = 0; i < NR_FRONTS; i++)
		raise_to(&table->front_width[i], strlen(fronts[i].heading));
	for (size_t i = 0; i < table->sums->nr; i++)
		raise_to(&table->sums->sum[i].width, digits(table->sums->sum[i].total));
	raise_to(&table->vmflags_width, strlen("VmFlags"));
}

/* Drawing */

static void put_heading(const struct table *table)
{
	for (size_t i = 0; i < NR_FRONTS; i++)
		if (table->front_shown[i])
			printf("%*s ", table->front_width[i], fronts[i].heading);
	for (size_t i = 0; i < table->sums->nr; i++)
		printf("%*s ", table->sums->sum[i].width, table->sums->sum[i].key);
	if (table->vmflags_shown)
		printf("%*s ", table->vmflags_width, "VmFlags");
	puts(table->name_shown ? "Mapping" : "");
}

static void put_name(const struct table *table, const char *name)
{
	char shown[NAME_SHOWN + 1];
	const char *slash;

	snprintf(shown, sizeof(shown), "%s", name + strspn(name, " "));
	slash = strrchr(shown, '/');
	printf(" %s", slash && !table->options->show_path ? slash + 1 : shown);
}

static void put_area(const struct table *table, size_t index)
{
	const struct area *area = &table->target->process.areas[index];
	const char *vmflags = table->target->rest.areas[index].vmflags;
	char text[FRONT_TEXT];

	for (size_t i = 0; i < NR_FRONTS; i++) {
		if (!table->front_shown[i])
			continue;
		fronts[i].format(text, area);
		printf(i ? " %*s" : "%*s", table->front_width[i], text);
	}
	for (size_t i = 0; i < table->sums->nr; i++)
		printf(" %*" PRIu64, table->sums->sum[i].width,
		       get_value(table, index, table->key[i]));
	if (table->vmflags_shown)
		printf(" %*.*s", table->vmflags_width, vmflags ? vmflags_length(vmflags) : 0,
		       vmflags ? vmflags : "");
	if (table->name_shown)
		put_name(table, area->name);
	putchar('\n');
}

/* Up to procps 4.0.3 the totals of a process include those before it. */
static void put_totals(const struct table *table)
{
	struct pmap_sums *sums = table->sums;
	int gap = 0;

	for (size_t i = 0; i < NR_FRONTS; i++)
		if (table->front_shown[i])
			gap += table->front_width[i] + 1;
	printf("%*s", gap, "");
	for (size_t i = 0; i < sums->nr; i++) {
		for (int n = 0; n < sums->sum[i].width; n++)
			putchar('=');
		putchar(' ');
	}
	printf("\n%*s", gap, "");
	for (size_t i = 0; i < sums->nr; i++) {
		printf("%*" PRIu64 " ", sums->sum[i].width, sums->sum[i].total);
		if (!PMAP_TOTALS_ADD_UP)
			sums->sum[i].total = 0;
	}
	puts("KB ");
}

void pmap_fields(const struct pmap_target *target, const struct pmap_options *options,
		 struct pmap_sums *sums)
{
	struct table table = { .target = target, .options = options, .sums = sums };

	choose(&table);
	if (target->process.nr_areas) {
		if (!sums->sum)
			create_sums(&table);
		find_keys(&table);
		measure(&table);
		if (!options->quiet)
			put_heading(&table);
		for (size_t i = 0; i < target->process.nr_areas; i++)
			put_area(&table, i);
		free(table.key);
	}
	if (!options->quiet && sums->nr)
		put_totals(&table);
}
