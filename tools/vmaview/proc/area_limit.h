/* SPDX-License-Identifier: GPL-2.0 */
/* area_limit.h - out: how many areas a process may have. */
#ifndef VMAVIEW_AREA_LIMIT_H
#define VMAVIEW_AREA_LIMIT_H

#include <stdint.h>

/* vm.max_map_count; 0 where it cannot be read. */
uint64_t area_limit_read(void);

#endif /* VMAVIEW_AREA_LIMIT_H */
