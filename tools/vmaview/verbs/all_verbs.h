/* SPDX-License-Identifier: GPL-2.0 */
/* all_verbs.h - the one list of verbs, of verbs.c, which knows them all. */
#ifndef VMAVIEW_ALL_VERBS_H
#define VMAVIEW_ALL_VERBS_H

#include "command/verb_list.h"

extern const struct verb_list all_verbs;

#endif /* VMAVIEW_ALL_VERBS_H */
