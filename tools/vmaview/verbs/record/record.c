// SPDX-License-Identifier: GPL-2.0
/* record.c - in: processes and a file name; out: the module's streams of them in that file, once or again and again. */
#include <errno.h>
#include <signal.h>

#include "verbs/record/record.h"
#include "verbs/record/recording.h"
#include "verbs/record/series.h"

static bool never(void)
{
	return false;
}

/* One moment: a signal ends us, and nothing is left. */
static int record_once(struct recording *recording, const struct options *options)
{
	size_t nr;
	int ret = recording_moment(recording, &options->targets, never, &nr);

	if (!ret && nr)
		recording_keep(recording, nr);
	if (!ret)
		missing_say(&recording->missing);
	return ret;
}

/* What ends a series without being an error. */
static int end_series(const struct recording *recording, int error, const struct options *options)
{
	bool any = recording->head.moments;

	if (error == -ECANCELED && !any)
		say("%s: ended before its first moment was whole; nothing is saved", options->file);
	if (error == -ECANCELED || (error == -ESRCH && any))
		return any ? EXIT_DONE : EXIT_FAILED;
	return targets_say(error, &options->selection);
}

static int record_series(struct recording *recording, struct options *options)
{
	struct series series;
	int ret = EXIT_DONE;
	size_t nr;

	series_begin(&series);
	while (!options->count || recording->head.moments < options->count) {
		int error = series_wait(&series, options);

		if (error)
			return end_series(recording, error, options);
		ret = recording_moment(recording, &options->targets, series_stopped, &nr);
		if (series_stopped())
			return end_series(recording, -ECANCELED, options);
		if (ret || !nr)
			return ret;
		recording_keep(recording, nr);
	}
	return ret;
}

int record_main(struct options *options)
{
	struct recording recording;
	int ret = recording_open(&recording, options);

	if (!ret) {
		/* A file that may not grow any more is a disk that is full. */
		signal(SIGXFSZ, SIG_IGN);
		ret = options->series ? record_series(&recording, options) : record_once(&recording, options);
		if (options->series)
			series_end();
	}
	return recording_close(&recording, ret);
}
