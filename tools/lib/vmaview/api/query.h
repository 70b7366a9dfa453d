/* SPDX-License-Identifier: GPL-2.0 */
/* query.h - in: what a caller wants to be opened; out: whether that makes sense, and what of it the module is asked. */
#ifndef VMAVIEW_QUERY_H
#define VMAVIEW_QUERY_H

#include "api/handle.h"

/* Of a caller's query, which may be longer or shorter than ours: a copy.  0, -EINVAL or -E2BIG, with handle->why. */
int query_take(struct vmaview *handle, const struct vmaview_query *query);

/* The last address that is asked about. */
uint64_t query_high(const struct vmaview_query *query);

/* Range and selection, but for what is asked and of whom. */
struct vmaview_request query_request(const struct vmaview_query *query);

#endif /* VMAVIEW_QUERY_H */
