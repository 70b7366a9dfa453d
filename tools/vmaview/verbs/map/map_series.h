/* SPDX-License-Identifier: GPL-2.0 */
/* map_series.h - in: a series that record wrote; out: the moments before its last one, on a page. */
#ifndef VMAVIEW_MAP_SERIES_H
#define VMAVIEW_MAP_SERIES_H

#include "command/options.h"
#include "read/collect.h"
#include "verbs/labels.h"
#include "verbs/map/map_html.h"

/*
 * Nothing, where no file is read, or a moment of it was chosen.  @collector knows what is wanted.  EXIT_DONE, or the
 * code to stop with, all having been said.
 */
int map_series_add(struct map_html *html, const struct options *options, struct collector *collector,
		   const struct labels *labels);

#endif /* VMAVIEW_MAP_SERIES_H */
