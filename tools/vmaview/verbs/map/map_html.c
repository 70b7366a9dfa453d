// SPDX-License-Identifier: GPL-2.0
/*
 * map_html.c - in: processes, one after the other; out: one page of HTML with their pictures.
 *
 * What can be seen without a script, drawings and the largest areas, comes first; then the document of -J, which a
 * script reads.  Nothing is fetched from anywhere, and the page's own policy lets no other script or style in.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "draw/json.h"
#include "verbs/map/map_cells.h"
#include "verbs/map/map_html.h"
#include "verbs/map/map_kinds.h"
#include "verbs/map/map_page.h"

#define LARGEST 20

static const char controls[] =
	"<main id=\"look\" hidden>\n"
	"<div class=\"controls\">\n"
	"<label>Process <select id=\"process\"></select></label>\n"
	"<label>Colours <select id=\"heat\"><option value=\"\">kinds of memory</option></select></label>\n"
	"<label>Search <input id=\"search\" type=\"search\"></label>\n"
	"<button type=\"button\" id=\"in\">Zoom in</button>\n"
	"<button type=\"button\" id=\"out\">Zoom out</button>\n"
	"<button type=\"button\" id=\"area\">Zoom to area</button>\n"
	"<button type=\"button\" id=\"whole\">Show all</button>\n"
	"<span id=\"where\"></span>\n"
	"</div>\n"
	"<div class=\"controls\" id=\"series\" hidden>\n"
	"<label>Moment <select id=\"moment\"></select></label>\n"
	"<button type=\"button\" id=\"play\">Play</button>\n"
	"<label>Compared with <select id=\"beside\"></select></label>\n"
	"</div>\n"
	"<div id=\"maps\" class=\"maps\">\n"
	"<figure id=\"other\" hidden><figcaption id=\"other_when\"></figcaption>"
	"<canvas id=\"other_map\" role=\"img\" aria-label=\"The moment that is compared with\" "
	"aria-describedby=\"how\"></canvas></figure>\n"
	"<figure><figcaption id=\"when\"></figcaption>"
	"<canvas id=\"map\" tabindex=\"0\" role=\"application\" aria-label=\"Map of the address space\" "
	"aria-describedby=\"how\"></canvas></figure>\n"
	"</div>\n"
	"<ul id=\"legend\" class=\"legend\" aria-label=\"Kinds\"></ul>\n"
	"<p id=\"how\">Left and right arrow: the area before and after; Enter: zoom to it; plus and minus: zoom; up "
	"and down: move; Home: all. A letter says the kind, or a digit how hot an area is: 0 to 9, ? where it is not "
	"known. The bar below: how much is present. Wide gaps are drawn narrow. "
	"Of two moments, + is new, - is gone, ~ has another size and * has changed otherwise. "
	"The table below has the same areas.</p>\n"
	"<p id=\"said\" role=\"status\"></p>\n"
	"<dl id=\"details\" class=\"details\"></dl>\n"
	"<table><caption><span id=\"count\" role=\"status\"></span> "
	"<button type=\"button\" id=\"before\">Rows before</button> "
	"<button type=\"button\" id=\"after\">Rows after</button></caption>\n"
	"<thead><tr id=\"headings\"></tr></thead><tbody id=\"rows\"></tbody></table>\n"
	"</main>\n";

int map_html_begin(struct map_html *html, FILE *file, const struct options *options, const struct options *view)
{
	*html = (struct map_html){ .file = file, .options = options, .view = view, .json = tmpfile() };
	if (html->json)
		html->moments = tmpfile();
	if (!html->moments) {
		int ret = -errno;

		if (html->json)
			fclose(html->json);
		return ret;
	}
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '"
	      MAP_PAGE_MOMENTS_HASH "' '" MAP_PAGE_SCRIPT_HASH
	      "'; style-src '" MAP_PAGE_STYLES_HASH "'; base-uri 'none'; form-action 'none'\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>vmaview map</title>\n<style>", file);
	fputs(map_page_styles, file);
	fputs("</style>\n</head>\n<body>\n<h1>Address spaces, by kind of memory</h1>\n", file);
	fputs(controls, file);
	fputs("<div class=\"static\">\n", file);
	return 0;
}

/* Equal ones in the order of addresses, which is that of the array. */
static int by_size(const void *a, const void *b)
{
	const struct area *const *area_a = a, *const *area_b = b;
	uint64_t size_a = (*area_a)->end - (*area_a)->start, size_b = (*area_b)->end - (*area_b)->start;

	if (size_a != size_b)
		return size_a < size_b ? 1 : -1;
	return (*area_a > *area_b) - (*area_a < *area_b);
}

static int put_area(FILE *file, const struct area *area)
{
	uint64_t present;
	int ret;

	fprintf(file, "<tr><td>0x%" PRIx64 "</td><td class=\"number\">%" PRIu64 "</td>", area->start,
		area->end - area->start);
	if (map_present(area, &present))
		fprintf(file, "<td class=\"number\">%" PRIu64 "</td>", present);
	else
		fputs("<td>-</td>", file);
	fprintf(file, "<td>%s</td><td>%s</td><td>", kind_names[area->kind - 1], area->perms);
	ret = map_put_text(file, area->name);
	fputs("</td></tr>\n", file);
	return ret;
}

static int put_rows_of(FILE *file, const struct area *const *areas, size_t nr)
{
	int ret = 0;

	fputs("<table><caption>The largest areas</caption>\n<thead><tr><th scope=\"col\">Address</th>"
	      "<th scope=\"col\" class=\"number\">Bytes</th><th scope=\"col\" class=\"number\">Present</th>"
	      "<th scope=\"col\">Kind</th><th scope=\"col\">Perms</th><th scope=\"col\">Name</th></tr></thead>\n"
	      "<tbody>\n", file);
	for (size_t i = 0; !ret && i < nr; i++)
		ret = put_area(file, areas[i]);
	fputs("</tbody></table>\n", file);
	return ret;
}

static int put_largest(FILE *file, const struct process *process)
{
	const struct area **areas = calloc(process->nr_areas + 1, sizeof(*areas));
	int ret;

	if (!areas)
		return -ENOMEM;
	for (size_t i = 0; i < process->nr_areas; i++)
		areas[i] = &process->areas[i];
	qsort(areas, process->nr_areas, sizeof(*areas), by_size);
	ret = put_rows_of(file, areas, process->nr_areas < LARGEST ? process->nr_areas : LARGEST);
	free(areas);
	return ret;
}

static int put_picture(struct map_html *html, const struct process *process)
{
	struct map_svg svg;
	int ret;

	map_svg_begin_part(&svg, html->file, html->options);
	ret = map_svg_add(&svg, process);
	map_svg_end(&svg);
	return ret;
}

int map_html_add(struct map_html *html, const struct process *process)
{
	int ret;

	fprintf(html->file, "<section>\n<h2>%d: ", process->pid);
	ret = map_put_text(html->file, process->title);
	fputs("</h2>\n", html->file);
	if (!ret)
		ret = put_picture(html, process);
	if (!ret)
		ret = put_largest(html->file, process);
	fputs("</section>\n", html->file);
	json_write_to(html->json);
	json_next_areas(html->view, process, html->nr++);
	json_write_to(NULL);
	if (!html->time)
		html->time = process->time;
	return ret;
}

/* 0 or -errno. */
static int copy(FILE *to, FILE *from)
{
	char buffer[65536];
	size_t length;

	errno = 0;
	rewind(from);
	while ((length = fread(buffer, 1, sizeof(buffer), from)))
		if (fwrite(buffer, 1, length, to) != length)
			return 0;	/* an error of the file, which is found when it is closed */
	return ferror(from) ? -EIO : 0;
}

/* What begins an element of the list of moments: its number, and when it was. */
static void begin_moment(struct map_html *html, uint32_t number, uint64_t time)
{
	fprintf(html->moments, "%s{\"moment\":%" PRIu32 ",\"time_ns\":", number > 1 ? ",\n" : "", number);
	if (time)
		fprintf(html->moments, "%" PRIu64, time);
	else
		fputs("null", html->moments);
}

void map_html_add_moment(struct map_html *html, uint32_t number, const struct process *process, size_t shown)
{
	if (!shown) {
		begin_moment(html, number, process ? process->time : 0);
		fputs(",\"document\":", html->moments);
	}
	json_write_to(html->moments);
	json_next_areas(html->view, process, shown);
	json_write_to(NULL);
	if (!process)
		fputc('}', html->moments);
	html->nr_moments = number;
}

/* The last one's document is that of the page. */
static int put_moments(struct map_html *html)
{
	int ret = 0;

	fputs("<script type=\"application/json\" id=\"moments\">[", html->file);
	if (html->nr_moments) {
		begin_moment(html, html->nr_moments + 1, html->time);
		fputc('}', html->moments);
		ret = fflush(html->moments) ? -errno : copy(html->file, html->moments);
	}
	fputs("]</script>\n", html->file);
	return ret;
}

/* What a kind looks like is said once: in map_kinds.c. */
static void put_looks(FILE *file)
{
	fputs("<script type=\"application/json\" id=\"looks\">{", file);
	for (enum kind kind = 0; kind < KIND_OF_NR; kind++)
		fprintf(file, "%s\"%s\":{\"letter\":\"%c\",\"fill\":\"%s\",\"hatch\":\"%s\",\"pitch\":%u}",
			kind ? "," : "", kind_names[kind], map_looks[kind].letter, map_looks[kind].fill,
			map_looks[kind].hatch, map_looks[kind].pitch);
	fputs("}</script>\n", file);
}

int map_html_end(struct map_html *html)
{
	int ret;

	json_write_to(html->json);
	json_next_areas(html->view, NULL, html->nr);
	json_write_to(NULL);
	ret = fflush(html->json) ? -errno : 0;
	fputs("</div>\n", html->file);
	put_looks(html->file);
	fputs("<script type=\"application/json\" id=\"vmaview\">", html->file);
	if (!ret)
		ret = copy(html->file, html->json);
	fputs("</script>\n", html->file);
	if (!ret)
		ret = put_moments(html);
	fputs("<script>", html->file);
	fputs(map_page_moments, html->file);
	fputs("</script>\n<script>", html->file);
	fputs(map_page_script, html->file);
	fputs("</script>\n</body>\n</html>\n", html->file);
	fclose(html->moments);
	fclose(html->json);
	return ret;
}
