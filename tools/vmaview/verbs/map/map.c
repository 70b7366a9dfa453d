// SPDX-License-Identifier: GPL-2.0
/* map.c - in: options; out: pictures of address spaces, on stdout or in a file. */
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "draw/json.h"
#include "verbs/labels.h"
#include "verbs/map/map.h"
#include "verbs/map/map_html.h"
#include "verbs/map/map_print.h"
#include "verbs/map/map_series.h"
#include "verbs/map/map_svg.h"
#include "verbs/report.h"
#include "verbs/whole_file.h"
#include "vmaview/kind.h"

#define NARROW 40
#define USUAL 80
#define WIDE 1000

/* Where the pictures go. */
struct album {
	const struct options *view;	/* the same as the view has them, whose JSON it is */
	struct map_svg *svg;
	struct map_html *html;
	const struct labels *labels;
};

/* As libsmartcols does for tables: what COLUMNS says, or the terminal; of none, the usual. */
static unsigned int terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long width = columns ? strtol(columns, NULL, 10) : 0;

	if (width <= 0 && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		width = size.ws_col;
	if (width <= 0)
		width = USUAL;
	return width < NARROW ? NARROW : width > WIDE ? WIDE : width;
}

static int draw(const struct options *options, const struct process *process, size_t shown)
{
	struct map_style style = {
		.width = terminal_width(),
		.ascii = options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8"),
		.heat = options->heat ? map_heat_find(options->heat) : HEAT_NR,
	};

	if (shown)
		putchar('\n');
	return map_print(options, &style, process);
}

static int say_no_memory(void)
{
	say("out of memory");
	return EXIT_FAILED;
}

/* One of many, or of few: NULL after the last. */
static int show(struct options *options, struct process *process, size_t shown, const void *context)
{
	const struct album *album = context;
	int ret = 0;

	if (process && labels_call(album->labels, process))
		return say_no_memory();
	if (process)
		kinds_find(process);
	if (options->json)
		json_next_areas(album->view, process, shown);
	else if (process && options->svg)
		ret = map_svg_add(album->svg, process);
	else if (process && options->html)
		ret = map_html_add(album->html, process);
	else if (process)
		ret = draw(options, process, shown);
	flush_stdout();
	return ret ? say_no_memory() : EXIT_DONE;
}

/* An exit code. */
static int show_all(struct options *options, struct collector *collector, const struct album *album)
{
	struct report report;
	int ret;

	if (report_is_long(options))
		return report_each(options, collector, show, album);
	ret = report_collect(&report, options, collector);
	for (size_t i = 0; !ret && i < report.nr; i++)
		ret = show(options, &report.processes[i], i, album);
	if (!ret)
		ret = show(options, NULL, report.nr, album);
	if (!ret)
		ret = report_exit_code(&report);
	report_free(&report);
	return ret;
}

static int begin(const struct options *options, const struct album *album, FILE *file)
{
	if (options->html)
		return map_html_begin(album->html, file, options, album->view);
	map_svg_begin(album->svg, file, options);
	return 0;
}

/* How many pictures there are, or -errno. */
static int end(const struct options *options, const struct album *album)
{
	int ret = 0;

	if (options->html)
		ret = map_html_end(album->html);
	else
		map_svg_end(album->svg);
	if (ret)
		return ret;
	return options->html ? album->html->nr : album->svg->nr;
}

/* Of those that could be read there are pictures, as on a terminal: the exit code says that others are missing. */
static bool is_worth_keeping(int nr, int ret)
{
	return nr > 0 && (ret == EXIT_DONE || ret == EXIT_PARTIAL || ret == EXIT_NOBODY);
}

static int draw_into(struct options *options, struct collector *collector, const struct album *album,
		     struct whole_file *whole)
{
	int ret = begin(options, album, whole->file), nr, written;

	if (ret) {
		whole_file_failed(whole, -ret);
		return whole_file_close(whole, EXIT_FAILED, 0600);
	}
	if (options->html)
		ret = map_series_add(album->html, options, collector, album->labels);
	if (!ret)
		ret = show_all(options, collector, album);
	nr = end(options, album);
	if (nr < 0)
		ret = whole_file_failed(whole, -nr);
	if (!is_worth_keeping(nr, ret))
		return whole_file_close(whole, ret ? ret : EXIT_FAILED, 0600);
	/* What memory a process has is for its owner to know. */
	written = whole_file_close(whole, EXIT_DONE, 0600);
	return written ? written : ret;
}

static int write_file(struct options *options, struct collector *collector, const struct album *album)
{
	struct whole_file whole;
	int ret = whole_file_choose(&whole, options->html ? options->html : options->svg);

	if (!ret)
		ret = whole_file_open(&whole);
	if (!ret)
		ret = draw_into(options, collector, album, &whole);
	whole_file_free(&whole);
	return ret;
}

static int check_heat(const struct options *options)
{
	if (options->heat && (options->svg || options->html || options->json))
		say("--heat is of the picture on a terminal; a page of --html has it by itself");
	else if (options->heat && map_heat_find(options->heat) == HEAT_NR)
		say("--heat takes present, swap, debt, shared, refcount or mapcount, not '%s'", options->heat);
	else
		return EXIT_DONE;
	return EXIT_USAGE;
}

/* An option that a file would ignore is a mistake. */
static int check(const struct options *options)
{
	if (options->svg && options->html)
		say("--svg and --html exclude each other");
	else if ((options->svg || options->html) && (options->json || options->ascii || options->color != COLOR_AUTO))
		say("--%s writes a file; it takes no --json, --ascii or --color", options->svg ? "svg" : "html");
	else if (options->labels && !options->json && !options->html)
		say("--labels has no effect but with --json or --html");
	else
		return check_heat(options);
	return EXIT_USAGE;
}

static int map(struct options *options, const struct labels *labels)
{
	struct options view = *options;
	struct map_html html;
	struct map_svg svg;
	struct album album = { .view = &view, .svg = &svg, .html = &html, .labels = labels };
	struct collector collector;

	view.row = options->verbs->rows;
	view.json |= !!options->html;
	collector_init(&collector);
	collector.want |= VMAVIEW_WANT_LAYOUT;	/* by which stacks of threads are known */
	if (options_need_places(&view))
		collector_add_places(&collector);
	return options->svg || options->html ? write_file(options, &collector, &album) :
	       show_all(options, &collector, &album);
}

int map_main(struct options *options)
{
	struct labels labels = { .nr = 0 };
	int ret = check(options);

	if (!ret && options->labels)
		ret = labels_read(&labels, options->labels);
	if (!ret)
		ret = map(options, &labels);
	labels_free(&labels);
	return ret;
}
