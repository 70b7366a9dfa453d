/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pmap.h - the pmap mode: its command line in, an exit code out.
 *
 * pmap_command.c reads the command line, pmap_choice.c, pmap_rc.c and pmap_config.c which fields are to be
 * shown, pmap_source.c a process; pmap_rows.c makes the rows of the modes with a short row an area, which
 * pmap_layout.c prints; pmap_fields.c prints the modes with a column for each key of smaps.  Quirks of
 * procps's pmap that the output depends on are named where they live.
 */
#ifndef VMAVIEW_PMAP_H
#define VMAVIEW_PMAP_H

#include <stdbool.h>

/* Called as pmap, or with pmap as the first argument?  Then the rest is pmap_main()'s. */
bool pmap_is_meant(int argc, char **argv);
int pmap_main(int argc, char **argv);

#endif /* VMAVIEW_PMAP_H */
