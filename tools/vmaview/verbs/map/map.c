// SPDX-License-Identifier: GPL-2.0
/* map.c - in: options; out: pictures of address spaces. */
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "draw/json.h"
#include "verbs/map/map.h"
#include "verbs/map/map_print.h"
#include "verbs/report.h"
#include "vmaview/kind.h"

#define NARROW 40
#define USUAL 80
#define WIDE 1000

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

static struct map_style choose_style(const struct options *options)
{
	return (struct map_style){
		.width = terminal_width(),
		.ascii = options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8"),
	};
}

static int draw(const struct options *options, const struct process *process, size_t shown)
{
	struct map_style style = choose_style(options);

	if (shown)
		putchar('\n');
	if (!map_print(options, &style, process))
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

/* One of many, or of few: NULL after the last.  @context: options of the view, whose JSON it is. */
static int show(struct options *options, struct process *process, size_t shown, const void *context)
{
	int ret = EXIT_DONE;

	if (process)
		kinds_find(process);
	if (options->json)
		json_next_areas(context, process, shown);
	else if (process)
		ret = draw(options, process, shown);
	flush_stdout();
	return ret;
}

static int show_all(struct options *options, const struct report *report, const struct options *view)
{
	int ret = EXIT_DONE;

	for (size_t i = 0; !ret && i < report->nr; i++)
		ret = show(options, &report->processes[i], i, view);
	return ret ? ret : show(options, NULL, report->nr, view);
}

int map_main(struct options *options)
{
	struct options view = *options;
	struct collector collector;
	struct report report;
	int ret;

	view.row = options->verbs->rows;
	collector_init(&collector);
	collector.want |= VMAVIEW_WANT_LAYOUT;	/* by which stacks of threads are known */
	if (options_need_places(&view))
		collector_add_places(&collector);
	if (report_is_long(options))
		return report_each(options, &collector, show, &view);
	ret = report_collect(&report, options, &collector);
	if (!ret)
		ret = show_all(options, &report, &view);
	if (!ret)
		ret = report_exit_code(&report);
	report_free(&report);
	return ret;
}
