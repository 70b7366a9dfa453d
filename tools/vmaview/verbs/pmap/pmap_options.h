/* SPDX-License-Identifier: GPL-2.0 */
/* pmap_options.h - how a process is to be shown. */
#ifndef VMAVIEW_PMAP_OPTIONS_H
#define VMAVIEW_PMAP_OPTIONS_H

#include <stdbool.h>

#include "verbs/pmap/pmap_choice.h"

enum pmap_mode {
	PMAP_PLAIN,	/* no option */
	PMAP_EXTENDED,	/* -x */
	PMAP_DEVICE,	/* -d */
	PMAP_FIELDS,	/* -X, -XX, -c, -C */
};

struct pmap_options {
	enum pmap_mode mode;
	bool quiet;
	bool show_path;
	bool kernel_names;		/* -k */
	unsigned long low, high;	/* -A, both inclusive */
	struct pmap_choice choice;
};

#endif /* VMAVIEW_PMAP_OPTIONS_H */
