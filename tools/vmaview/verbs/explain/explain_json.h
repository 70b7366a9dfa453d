/* SPDX-License-Identifier: GPL-2.0 */
/* explain_json.h - in: answers; out: JSON. */
#ifndef VMAVIEW_EXPLAIN_JSON_H
#define VMAVIEW_EXPLAIN_JSON_H

#include "verbs/explain/explanation.h"

void explain_print_json(const struct explanation *explanation);

#endif /* VMAVIEW_EXPLAIN_JSON_H */
