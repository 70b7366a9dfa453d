/* SPDX-License-Identifier: GPL-2.0 */
/* walk_frame_ptes.h - present entries in, the words of FRAMES records out. */
#ifndef VMAVIEW_WALK_FRAME_PTES_H
#define VMAVIEW_WALK_FRAME_PTES_H

#include "walk/walk.h"

/**
 * walk_frame_ptes() - the frames of small pages, whose facts are counted, too
 * @walk: frames are asked for, by a dense request
 * @ptep: present entries
 * @addr: what the first of them maps
 * @max: how many there may be
 *
 * Context: the lock of the entries' table is held.
 * Return: how many, from the first on, until one is of anything else; @walk->runs->full where one found no room.
 */
unsigned long walk_frame_ptes(struct walk *walk, pte_t *ptep, unsigned long addr, unsigned long max);

#endif
