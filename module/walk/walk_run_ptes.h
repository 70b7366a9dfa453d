/* SPDX-License-Identifier: GPL-2.0 */
/* walk_run_ptes.h - the entries of a table in, runs of equal neighbours out. */
#ifndef VMAVIEW_WALK_RUN_PTES_H
#define VMAVIEW_WALK_RUN_PTES_H

#include "walk/walk.h"

/* The entries at @ptep, under their lock, where runs are wanted. Return: the address to go on from. */
unsigned long walk_run_ptes(struct walk *walk, pte_t *ptep, unsigned long addr, unsigned long end);

#endif
