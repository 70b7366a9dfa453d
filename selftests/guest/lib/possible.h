/* SPDX-License-Identifier: GPL-2.0 */
/* possible.h - what no answer can say, whatever the memory is and however it changes meanwhile. */
#ifndef POSSIBLE_H
#define POSSIBLE_H

#include "keys.h"
#include "vmaview.h"

/* Each NULL, or what is wrong. */

/* More memory, or more entries, than an area is long. */
const char *area_impossible(const struct area *area);
/* Another page, or another part of one, than the address says. */
const char *explain_impossible(const struct vmaview_explain *answer);

#endif
