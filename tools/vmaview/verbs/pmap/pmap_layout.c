// SPDX-License-Identifier: GPL-2.0
/* pmap_layout.c - in: a row, or totals; out: how pmap prints them in its modes but PMAP_FIELDS. */
#include <inttypes.h>
#include <stdio.h>

#include "verbs/pmap/pmap_layout.h"

#define ADDRESS_WIDTH ((int)(2 * sizeof(long)))

/* Columns */

struct column {
	const char *heading;
	int width;		/* of the heading: negative for left */
	void (*put)(const struct pmap_row *row);
};

static void put_address(const struct pmap_row *row)
{
	printf("%0*lx", ADDRESS_WIDTH, row->start);
}

static void put_kbytes(const struct pmap_row *row)
{
	printf("%7lu", (row->end - row->start) >> 10);
}

static void put_kbytes_unit(const struct pmap_row *row)
{
	printf("%6luK", (row->end - row->start) >> 10);
}

static void put_rss(const struct pmap_row *row)
{
	printf("%7" PRIu64, row->rss);
}

static void put_dirty(const struct pmap_row *row)
{
	printf("%7" PRIu64, row->dirty);
}

static void put_mode(const struct pmap_row *row)
{
	fputs(row->mode, stdout);
}

static void put_mode_padded(const struct pmap_row *row)
{
	printf("%5s", row->mode);
}

static void put_offset(const struct pmap_row *row)
{
	printf("%016llx", row->offset);
}

static void put_device(const struct pmap_row *row)
{
	printf("%03x:%05x", row->major, row->minor);
}

static void put_name(const struct pmap_row *row)
{
	fputs(row->name, stdout);
}

/* Footers */

static uint64_t mapped_kbytes(const struct pmap_totals *totals)
{
	return (totals->shared + totals->writable + totals->readonly) >> 10;
}

static void plain_footer(const struct pmap_totals *totals)
{
	printf(" total %*" PRIu64 "K\n", ADDRESS_WIDTH, mapped_kbytes(totals));
}

static void extended_footer(const struct pmap_totals *totals)
{
	static const char dashes[] = "----------------";

	printf("%.*s %.7s %.7s %.7s \n", ADDRESS_WIDTH, dashes, dashes, dashes, dashes);
	printf("%*s %7" PRIu64 " %7" PRIu64 " %7" PRIu64 "\n", -ADDRESS_WIDTH, "total kB",
	       mapped_kbytes(totals), totals->rss, totals->dirty);
}

static void device_footer(const struct pmap_totals *totals)
{
	printf("mapped: %" PRIu64 "K    writeable/private: %" PRIu64 "K    shared: %" PRIu64 "K\n",
	       mapped_kbytes(totals), totals->writable >> 10, totals->shared >> 10);
}

struct layout {
	bool heading;
	const struct column *column;
	size_t nr;
	void (*footer)(const struct pmap_totals *totals);
};

#define COLUMNS(...) \
	.column = (const struct column[]){ __VA_ARGS__ }, \
	.nr = sizeof((struct column[]){ __VA_ARGS__ }) / sizeof(struct column)

static const struct layout layouts[] = {
	[PMAP_PLAIN] = {
		.footer = plain_footer,
		COLUMNS({ .put = put_address }, { .put = put_kbytes_unit }, { .put = put_mode },
			{ .put = put_name }),
	},
	[PMAP_EXTENDED] = {
		.heading = true,
		.footer = extended_footer,
		COLUMNS({ "Address", -ADDRESS_WIDTH, put_address }, { "Kbytes", 7, put_kbytes },
			{ "RSS", 7, put_rss }, { "Dirty", 7, put_dirty },
			{ "Mode", -5, put_mode_padded }, { "Mapping", 0, put_name }),
	},
	[PMAP_DEVICE] = {
		.heading = true,
		.footer = device_footer,
		COLUMNS({ "Address", -ADDRESS_WIDTH, put_address }, { "Kbytes", 7, put_kbytes },
			{ "Mode", -5, put_mode_padded }, { "Offset", -16, put_offset },
			{ "Device", -9, put_device }, { "Mapping", 0, put_name }),
	},
};

void pmap_put_heading(enum pmap_mode mode)
{
	const struct layout *layout = &layouts[mode];

	if (!layout->heading)
		return;
	for (size_t i = 0; i < layout->nr; i++)
		printf(i ? " %*s" : "%*s", layout->column[i].width, layout->column[i].heading);
	putchar('\n');
}

void pmap_put_row(enum pmap_mode mode, const struct pmap_row *row)
{
	const struct layout *layout = &layouts[mode];

	for (size_t i = 0; i < layout->nr; i++) {
		if (i)
			putchar(' ');
		layout->column[i].put(row);
	}
	putchar('\n');
}

void pmap_put_footer(enum pmap_mode mode, const struct pmap_totals *totals)
{
	layouts[mode].footer(totals);
}
