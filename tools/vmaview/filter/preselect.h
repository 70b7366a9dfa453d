/* SPDX-License-Identifier: GPL-2.0 */
/* preselect.h - in: a filter over runs; out: what of it the module can apply itself. */
#ifndef VMAVIEW_PRESELECT_H
#define VMAVIEW_PRESELECT_H

#include <vmaview.h>

#include "filter/filter.h"

/*
 * Sets the selection of @request so that it lets through every run for which @filter holds; what else
 * it lets through is for filter_holds().
 */
void preselect(const struct filter *filter, struct vmaview_request *request);

#endif /* VMAVIEW_PRESELECT_H */
