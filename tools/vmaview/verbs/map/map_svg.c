// SPDX-License-Identifier: GPL-2.0
/*
 * map_svg.c - in: processes, one after the other; out: their pictures in one SVG.
 *
 * One path a kind: each area's part of a row is a rectangle of it.  What is not wide enough to be seen is drawn as
 * wide as that, and at most one such is drawn at one place.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "text/escape.h"
#include "verbs/map/map_cells.h"
#include "verbs/map/map_kinds.h"
#include "verbs/map/map_size.h"
#include "verbs/map/map_sums.h"
#include "verbs/map/map_svg.h"

enum {
	ROWS = 48,
	CELLS = 160,
	LEFT = 130,		/* where addresses stand before the rows */
	WIDTH = 960,		/* of a row */
	MARGIN = 10,
	HIGH = 16,		/* of a row, and of a line of text */
	STEP = 20,		/* from a row to the next */
	LEGEND = 240,		/* a column of the legend */
};

static const double thin = 0.5;	/* less than that would not be seen */

/* Text that a process chose: what a terminal is not given, nor is here, and what XML cannot have. */
int map_put_text(FILE *file, const char *text)
{
	size_t room = escape_room(text);
	char *safe = malloc(room);

	if (!safe)
		return -ENOMEM;
	escape_text(text, safe, room);
	for (const char *at = safe; *at; at++) {
		if (*at == '&')
			fputs("&amp;", file);
		else if (*at == '<')
			fputs("&lt;", file);
		else if (*at == '>')
			fputs("&gt;", file);
		else if (*at == '"')
			fputs("&quot;", file);
		else if (!strncmp(at, "\xef\xbf\xbe", 3) || !strncmp(at, "\xef\xbf\xbf", 3))
			fprintf(file, "\\357\\277\\%o", (unsigned char)*(at += 2));
		else
			putc(*at, file);
	}
	free(safe);
	return 0;
}

static void put_styles(FILE *file)
{
	fputs("<style>\n"
	      "text { font: 11px monospace; fill: #222 }\n"
	      ".back { fill: #fff }\n"
	      ".row { fill: #f4f4f4 }\n"
	      ".present { fill: #000; fill-opacity: .75 }\n"
	      "@media (prefers-color-scheme: dark) {\n"
	      "text { fill: #ddd }\n"
	      ".back { fill: #181818 }\n"
	      ".row { fill: #262626 }\n"
	      ".present { fill: #fff }\n"
	      "}\n"
	      "</style>\n", file);
}

static void put_hatches(FILE *file)
{
	fputs("<defs>\n", file);
	for (enum kind kind = 0; kind < KIND_OF_NR; kind++) {
		const struct map_look *look = &map_looks[kind];

		fprintf(file, "<pattern id=\"%s\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" "
			"patternTransform=\"scale(%s)\"><rect width=\"8\" height=\"8\" fill=\"%s\"/>"
			"<path d=\"%s\" stroke=\"#000\" stroke-opacity=\".45\"/></pattern>\n",
			kind_names[kind], look->pitch == 8 ? "1" : ".5", look->fill, look->hatch);
	}
	fputs("</defs>\n", file);
}

/* Ten digits have room for any height. */
static void put_box(struct map_svg *svg)
{
	fprintf(svg->file, "0 0 %d %10u", LEFT + WIDTH + MARGIN, svg->y);
}

static void begin(struct map_svg *svg, FILE *file, const struct options *options)
{
	*svg = (struct map_svg){ .file = file, .options = options, .y = MARGIN };
	fputs("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
	      "aria-label=\"address space, by kind of memory\" viewBox=\"", file);
	svg->box = ftell(file);
	put_box(svg);
	fputs("\">\n", file);
}

static void begin_drawing(const struct map_svg *svg)
{
	put_hatches(svg->file);
	fputs("<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n", svg->file);
}

void map_svg_begin(struct map_svg *svg, FILE *file, const struct options *options)
{
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", file);
	begin(svg, file, options);
	put_styles(file);
	begin_drawing(svg);
}

void map_svg_begin_part(struct map_svg *svg, FILE *file, const struct options *options)
{
	begin(svg, file, options);
	begin_drawing(svg);
}

struct picture {
	struct map_svg *svg;
	const struct process *process;
	struct map_scale scale;
};

/* Where an address is in its row, which it may be the end of. */
static double x_of(const struct picture *picture, const struct map_row *row, uint64_t addr)
{
	uint64_t span = picture->scale.block * picture->scale.cells;

	return LEFT + (double)(addr - row->start) / span * WIDTH;
}

typedef void put_part(const struct picture *picture, const struct area *area, double x, double width, unsigned int y);

/* Each area's part of a row, of one kind or, KIND_OF_NR, of any. */
static void each_part(const struct picture *picture, const struct map_row *row, unsigned int y, enum kind kind,
		      put_part *put)
{
	uint64_t end = row->kind == MAP_ROW_SAME ? row->start + picture->scale.block * picture->scale.cells : row->end;
	double drawn = 0;

	for (size_t i = row->area; i < picture->process->nr_areas; i++) {
		const struct area *area = &picture->process->areas[i];
		uint64_t from, to;
		double x, width;

		if (area->start >= end)
			break;
		if ((kind != KIND_OF_NR && area->kind - 1u != kind) ||
		    !map_clip(&picture->scale, area, &from, &to) || to <= row->start)
			continue;
		from = from > row->start ? from : row->start;
		x = x_of(picture, row, from);
		width = x_of(picture, row, to < end ? to : end) - x;
		if (width < thin && x < drawn)
			continue;
		width = width < thin ? thin : width;
		put(picture, area, x, width, y);
		drawn = x + width;
	}
}

static void put_area(const struct picture *picture, const struct area *area, double x, double width, unsigned int y)
{
	(void)area;
	fprintf(picture->svg->file, "M%.2f %uh%.2fv%dh-%.2fz", x, y, width, HIGH, width);
}

/* A bar below it, as long as what of it is present. */
static void put_present(const struct picture *picture, const struct area *area, double x, double width, unsigned int y)
{
	uint64_t bytes;

	if (!map_present(area, &bytes) || !bytes)
		return;
	width *= (double)bytes / (area->end - area->start);
	fprintf(picture->svg->file, "M%.2f %uh%.2fv3h-%.2fz", x, y + HIGH - 3, width, width);
}

/* Its letter, where there is room for one. */
static void put_letter(const struct picture *picture, const struct area *area, double x, double width, unsigned int y)
{
	if (width < 12)
		return;
	fprintf(picture->svg->file, "<text x=\"%.2f\" y=\"%u\">%c</text>\n", x + 3, y + 11,
		map_looks[area->kind - 1].letter);
}

/* All rows, from @svg->y on; how high they are together. */
static unsigned int each_row(const struct picture *picture, enum kind kind, put_part *put)
{
	struct map_fold fold;
	struct map_row row;
	unsigned int y = picture->svg->y;

	map_fold_begin(&fold, picture->process, &picture->scale);
	for (; map_fold_next(&fold, &row); y += STEP)
		if (row.kind == MAP_ROW_CELLS)
			each_part(picture, &row, y, kind, put);
	return y - picture->svg->y;
}

static void put_kind(const struct picture *picture, enum kind kind)
{
	FILE *file = picture->svg->file;

	fprintf(file, "<path data-kind=\"%s\" fill=\"url(#%s)\" d=\"", kind_names[kind], kind_names[kind]);
	each_row(picture, kind, put_area);
	fprintf(file, "\"><title>%s</title></path>\n", kind_names[kind]);
}

/* Addresses, what is behind the areas, and what is left out. */
static void put_rows(const struct picture *picture)
{
	FILE *file = picture->svg->file;
	struct map_fold fold;
	struct map_row row;
	unsigned int y = picture->svg->y;

	map_fold_begin(&fold, picture->process, &picture->scale);
	for (; map_fold_next(&fold, &row); y += STEP) {
		if (row.kind == MAP_ROW_CELLS) {
			fprintf(file, "<text x=\"%d\" y=\"%u\">%012" PRIx64 "</text>", MARGIN, y + 11, row.start);
			fprintf(file, "<rect class=\"row\" x=\"%d\" y=\"%u\" width=\"%d\" height=\"%d\"/>\n", LEFT, y,
				WIDTH, HIGH);
			continue;
		}
		fprintf(file, "<text x=\"%d\" y=\"%u\">", LEFT, y + 11);
		map_print_size(file, row.end - row.start);
		if (row.kind == MAP_ROW_GAP)
			fputs(" that nothing maps</text>\n", file);
		else
			fprintf(file, " more of the same: %" PRIu64 " rows of %s</text>\n", row.rows,
				kind_names[picture->process->areas[row.area].kind - 1]);
	}
}

/* A size as the options want it. */
static void put_bytes(const struct picture *picture, uint64_t bytes)
{
	if (picture->svg->options->bytes)
		fprintf(picture->svg->file, "%" PRIu64 " bytes", bytes);
	else
		fprintf(picture->svg->file, "%" PRIu64 " kB", bytes / 1024);
}

static void put_entry(const struct picture *picture, enum kind kind, const struct kind_sum *sum, unsigned int place)
{
	FILE *file = picture->svg->file;
	unsigned int x = LEFT + place % 4 * LEGEND, y = picture->svg->y + place / 4 * STEP * 2;

	fprintf(file, "<rect x=\"%u\" y=\"%u\" width=\"24\" height=\"%d\" fill=\"url(#%s)\"/>"
		"<text x=\"%u\" y=\"%u\">%c %s: %" PRIu64 " area%s</text><text x=\"%u\" y=\"%u\">", x, y, HIGH,
		kind_names[kind], x + 30, y + 11, map_looks[kind].letter, kind_names[kind], sum->areas,
		sum->areas == 1 ? "" : "s", x + 30, y + 25);
	put_bytes(picture, sum->size);
	if (sum->unknown) {
		fputs("</text>\n", file);
		return;
	}
	fputs(", present ", file);
	put_bytes(picture, sum->present);
	fputs("</text>\n", file);
}

static void put_legend(const struct picture *picture)
{
	struct map_svg *svg = picture->svg;
	struct kind_sum sums[KIND_OF_NR];
	unsigned int place = 0;

	fprintf(svg->file, "<text x=\"%d\" y=\"%u\">a row is ", LEFT, svg->y + 11);
	map_print_size(svg->file, picture->scale.block * picture->scale.cells);
	fputs("; the bar at the bottom of an area: what of it is present, if that is known</text>\n", svg->file);
	svg->y += STEP;
	map_sums(picture->process, sums);
	for (enum kind kind = 0; kind < KIND_OF_NR; kind++)
		if (sums[kind].areas)
			put_entry(picture, kind, &sums[kind], place++);
	svg->y += (place + 3) / 4 * STEP * 2;
}

static int put_title(const struct picture *picture)
{
	struct map_svg *svg = picture->svg;
	int ret;

	fprintf(svg->file, "<text x=\"%d\" y=\"%u\">%d: ", MARGIN, svg->y + 11, picture->process->pid);
	ret = map_put_text(svg->file, picture->process->title);
	fputs("</text>\n", svg->file);
	svg->y += STEP;
	return ret;
}

int map_svg_add(struct map_svg *svg, const struct process *process)
{
	struct picture picture = {
		.svg = svg,
		.process = process,
		.scale = { .low = svg->options->low, .high = svg->options->high, .cells = CELLS },
	};
	struct kind_sum sums[KIND_OF_NR];
	int ret = svg->options->quiet ? 0 : put_title(&picture);

	if (ret)
		return ret;
	map_scale_fit(&picture.scale, process, ROWS);
	map_sums(process, sums);
	fprintf(svg->file, "<g data-pid=\"%d\">\n", process->pid);
	put_rows(&picture);
	for (enum kind kind = 0; kind < KIND_OF_NR; kind++)
		if (sums[kind].areas)
			put_kind(&picture, kind);
	fputs("<path class=\"present\" d=\"", svg->file);
	each_row(&picture, KIND_OF_NR, put_present);
	fputs("\"/>\n", svg->file);
	svg->y += each_row(&picture, KIND_OF_NR, put_letter);
	fputs("</g>\n", svg->file);
	if (!svg->options->quiet)
		put_legend(&picture);
	svg->y += STEP;
	svg->nr++;
	return 0;
}

void map_svg_end(struct map_svg *svg)
{
	fputs("</svg>\n", svg->file);
	if (fseek(svg->file, svg->box, SEEK_SET))
		return;
	put_box(svg);
	fseek(svg->file, 0, SEEK_END);
}
