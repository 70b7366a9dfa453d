/* SPDX-License-Identifier: GPL-2.0 */
/* sharers_json.h - in: what was read of a process; out: what JSON says beside its sharers. */
#ifndef VMAVIEW_SHARERS_JSON_H
#define VMAVIEW_SHARERS_JSON_H

#include "draw/sheet.h"

/* sheet_notes.json of the verb. */
void sharers_json(const struct sheet *sheet, struct json_out *out);

#endif /* VMAVIEW_SHARERS_JSON_H */
