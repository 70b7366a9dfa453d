/* SPDX-License-Identifier: GPL-2.0 */
/* live.h - in: a query of a process that lives; out: that process, read from the module. */
#ifndef VMAVIEW_LIVE_H
#define VMAVIEW_LIVE_H

#include "api/handle.h"

/* Can the module be asked of the target?  0 or -errno as vmaview_open(). */
int live_try(struct vmaview *handle);

/* Into handle->process, which is initialised.  0 or -errno as vmaview_next(). */
int live_read(struct vmaview *handle);

#endif /* VMAVIEW_LIVE_H */
