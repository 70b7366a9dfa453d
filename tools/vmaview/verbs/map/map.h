/* SPDX-License-Identifier: GPL-2.0 */
/* map.h - the verb map: a picture of the address space. */
#ifndef VMAVIEW_MAP_H
#define VMAVIEW_MAP_H

struct options;

/* Returns an exit code. */
int map_main(struct options *options);

#endif /* VMAVIEW_MAP_H */
