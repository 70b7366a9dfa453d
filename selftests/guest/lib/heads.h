/* SPDX-License-Identifier: GPL-2.0 */
/* heads.h - the first lines of areas beside the lines of /proc/PID/maps. */
#ifndef HEADS_H
#define HEADS_H

#include <stdbool.h>
#include <sys/types.h>

#include "keys.h"

/* Are they the same, byte for byte?  The process stands still; what differs is noted. */
bool heads_equal_maps(pid_t pid);
/* The same of areas that were read already. */
bool heads_equal(pid_t pid, const struct area_list *list);

#endif
