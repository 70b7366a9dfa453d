/* SPDX-License-Identifier: GPL-2.0 */
/* advice.h - in: what was found; out: the words for it. */
#ifndef VMAVIEW_ADVICE_H
#define VMAVIEW_ADVICE_H

#include "verbs/advise/findings.h"

/* NULL: of this nothing is advised. */
const struct advice_row *advice_row(enum advice advice);

#endif /* VMAVIEW_ADVICE_H */
