/* SPDX-License-Identifier: GPL-2.0 */
/* huge_facts.h - in: a process that lives; out: what of it may have huge pages, by the kernel's settings. */
#ifndef VMAVIEW_HUGE_FACTS_H
#define VMAVIEW_HUGE_FACTS_H

#include "verbs/huge_ranges.h"

/* Of each area an enum huge_may, to be freed; NULL without memory.  What is not asked about stays unknown. */
uint8_t *huge_may_read(const struct huge_asked *asked);

#endif /* VMAVIEW_HUGE_FACTS_H */
