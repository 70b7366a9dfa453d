// SPDX-License-Identifier: GPL-2.0
/* metrics.c - in: processes, or none, which is all, and --by; out: OpenMetrics text, an exit code. */
#include <stdlib.h>

#include "command/options.h"
#include "proc/area_limit.h"
#include "verbs/groups/group_order.h"
#include "verbs/groups/group_verb.h"
#include "verbs/groups/groups_read.h"
#include "verbs/groups/metrics.h"
#include "verbs/groups/metrics_print.h"
#include "verbs/whole_file.h"

/* Of more groups than are wanted, those with the least memory are one. */
static void cut(struct metrics *metrics, size_t max, struct group_row *rest)
{
	if (metrics->nr <= max)
		return;
	*rest = (struct group_row){ .knows_frames = true, .knows_areas = true };
	for (size_t i = max; i < metrics->nr; i++)
		group_row_merge(rest, &metrics->rows[i]);
	metrics->nr = max;
	metrics->rest = rest;
}

static int out_of_memory(void)
{
	say("out of memory");
	return EXIT_FAILED;
}

/* Whoever collects such files may read it whenever it has its name, and anybody may be who collects. */
static int write_file(const char *path, const struct metrics *metrics)
{
	struct whole_file whole;
	int ret = whole_file_choose(&whole, path);

	if (!ret)
		ret = whole_file_open(&whole);
	if (!ret) {
		ret = metrics_print(whole.file, metrics) ? out_of_memory() : EXIT_DONE;
		ret = whole_file_close(&whole, ret, 0644);
	}
	whole_file_free(&whole);
	return ret;
}

static int write_all(const struct options *options, const struct groups *groups)
{
	struct group_row *rows = group_order(&groups->rows), rest;
	struct metrics metrics = {
		.groups = groups, .rows = rows, .nr = groups->rows.nr, .areas_limit = area_limit_read(),
		.seconds = groups->seconds,
	};
	int ret;

	if (!rows)
		return out_of_memory();
	cut(&metrics, options->max_groups, &rest);
	if (options->textfile)
		ret = write_file(options->textfile, &metrics);
	else
		ret = metrics_print(stdout, &metrics) ? out_of_memory() : EXIT_DONE;
	free(rows);
	return ret;
}

static int show(struct options *options, const struct groups *groups)
{
	if (!groups->read && !options->textfile && selection_is_named(&options->selection))
		return EXIT_DONE;
	return write_all(options, groups);
}

int metrics_main(struct options *options)
{
	int ret = group_verb(options, GROUP_BY_CGROUP, show);

	return ret || options->targets.nr ? ret : EXIT_NOBODY;
}
