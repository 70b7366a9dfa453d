/* SPDX-License-Identifier: GPL-2.0 */
/* groups_json.h - in: groups, in the order in which they are shown; out: JSON. */
#ifndef VMAVIEW_GROUPS_JSON_H
#define VMAVIEW_GROUPS_JSON_H

#include "draw/sheet.h"
#include "verbs/groups/groups_read.h"

void groups_json(const struct options *options, const struct groups *groups, const struct sheet *sheet);

#endif /* VMAVIEW_GROUPS_JSON_H */
