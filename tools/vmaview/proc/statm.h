/* SPDX-License-Identifier: GPL-2.0 */
/* statm.h - in: a PID; out: how much of it is in memory, which costs no walk of its areas. */
#ifndef VMAVIEW_STATM_H
#define VMAVIEW_STATM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Bytes, as /proc/PID/statm has them; false: not known. */
bool statm_resident(pid_t pid, uint64_t *bytes);

#endif /* VMAVIEW_STATM_H */
