/* SPDX-License-Identifier: GPL-2.0 */
/* advise_json.h - in: findings; out: a document of JSON. */
#ifndef VMAVIEW_ADVISE_JSON_H
#define VMAVIEW_ADVISE_JSON_H

#include "draw/sheet.h"

/* @first: one of the processes that were read; NULL for none. */
void advise_json(const struct options *options, const struct sheet *sheet, const struct process *first);

#endif /* VMAVIEW_ADVISE_JSON_H */
