// SPDX-License-Identifier: GPL-2.0
/* map_series.c - in: a series that record wrote; out: the moments before its last one, on a page. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "text/say.h"
#include "verbs/map/map_series.h"
#include "vmaview/kind.h"

static int add_process(struct map_html *html, struct collector *collector, struct saved *saved, uint32_t moment,
		       size_t number)
{
	struct process process;
	enum collected collected = collect_saved(collector, saved, number, &process);

	if (collected == COLLECTED) {
		kinds_find(&process);
		map_html_add_moment(html, moment, &process, number);
	}
	process_free(&process);
	return collected == COLLECTED ? EXIT_DONE : EXIT_FAILED;
}

static int add_moment(struct map_html *html, struct collector *collector, struct saved *saved, uint32_t moment)
{
	int ret = EXIT_DONE;

	if (snapshot_file_moment(&saved->file, moment, &saved->first, &saved->nr))
		saved->nr = 0;
	for (size_t i = 0; !ret && i < saved->nr; i++)
		ret = add_process(html, collector, saved, moment, i);
	if (!ret)
		map_html_add_moment(html, moment, NULL, saved->nr);
	return ret;
}

static int add_all(struct map_html *html, const struct options *options, struct collector *collector,
		   struct saved *saved)
{
	int ret = EXIT_DONE;

	if (collect_saved_open(collector, saved, options->from_path, options->from_moment))
		ret = EXIT_FAILED;
	for (uint32_t moment = 1; !ret && moment < saved->file.moments; moment++)
		ret = add_moment(html, collector, saved, moment);
	if (ret)
		say("%s: %s", options->from, collector->why);
	return ret;
}

/* FILE, without the @N that is no part of its path; what a pipe gives is read once. */
static bool is_whole_series(const struct options *options)
{
	struct stat st;

	return options->from && !strcmp(options->from, options->from_path) && !stat(options->from_path, &st) &&
	       S_ISREG(st.st_mode);
}

int map_series_add(struct map_html *html, const struct options *options, struct collector *collector)
{
	struct saved saved;
	int ret;

	if (!is_whole_series(options))
		return EXIT_DONE;
	collector->low = options->low;
	collector->high = options->high;
	ret = add_all(html, options, collector, &saved);
	collect_saved_close(&saved);
	return ret;
}
