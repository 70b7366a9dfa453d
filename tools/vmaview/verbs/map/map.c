// SPDX-License-Identifier: GPL-2.0
/* map.c - in: options; out: pictures of address spaces, on stdout or in a file. */
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "draw/json.h"
#include "verbs/map/map.h"
#include "verbs/map/map_print.h"
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
	};

	if (shown)
		putchar('\n');
	return map_print(options, &style, process);
}

/* One of many, or of few: NULL after the last. */
static int show(struct options *options, struct process *process, size_t shown, const void *context)
{
	const struct album *album = context;
	int ret = 0;

	if (process)
		kinds_find(process);
	if (options->json)
		json_next_areas(album->view, process, shown);
	else if (process && options->svg)
		ret = map_svg_add(album->svg, process);
	else if (process)
		ret = draw(options, process, shown);
	flush_stdout();
	if (!ret)
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
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

/* Of those that could be read there is a picture, as on a terminal: the exit code says that others are missing. */
static bool is_worth_keeping(const struct map_svg *svg, int ret)
{
	return svg->nr && (ret == EXIT_DONE || ret == EXIT_PARTIAL || ret == EXIT_NOBODY);
}

/* What memory a process has is for its owner to know: 0600. */
static int write_svg(struct options *options, struct collector *collector, const struct album *album)
{
	struct whole_file whole;
	int ret = whole_file_choose(&whole, options->svg), written = EXIT_DONE;
	bool keep;

	if (!ret)
		ret = whole_file_open(&whole);
	if (!ret) {
		map_svg_begin(album->svg, whole.file, options);
		ret = show_all(options, collector, album);
		map_svg_end(album->svg);
		keep = is_worth_keeping(album->svg, ret);
		written = whole_file_close(&whole, keep ? EXIT_DONE : EXIT_FAILED, 0600);
		ret = keep && written ? written : ret;
	}
	whole_file_free(&whole);
	return ret;
}

/* An option that a file would ignore is a mistake. */
static int check(const struct options *options)
{
	if (!options->svg || !(options->json || options->ascii || options->color != COLOR_AUTO))
		return EXIT_DONE;
	say("--svg writes a drawing; it takes no --json, --ascii or --color");
	return EXIT_USAGE;
}

int map_main(struct options *options)
{
	struct options view = *options;
	struct map_svg svg;
	struct album album = { .view = &view, .svg = &svg };
	struct collector collector;
	int ret = check(options);

	if (ret)
		return ret;
	view.row = options->verbs->rows;
	collector_init(&collector);
	collector.want |= VMAVIEW_WANT_LAYOUT;	/* by which stacks of threads are known */
	if (options_need_places(&view))
		collector_add_places(&collector);
	return options->svg ? write_svg(options, &collector, &album) : show_all(options, &collector, &album);
}
