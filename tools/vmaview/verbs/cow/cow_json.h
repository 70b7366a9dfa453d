/* SPDX-License-Identifier: GPL-2.0 */
/* cow_json.h - in: a group of processes; out: all that is known of it, as JSON. */
#ifndef VMAVIEW_COW_JSON_H
#define VMAVIEW_COW_JSON_H

#include "verbs/cow/cow_read.h"

void cow_json(const struct cow *cow);

#endif /* VMAVIEW_COW_JSON_H */
