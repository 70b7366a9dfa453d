/* SPDX-License-Identifier: GPL-2.0 */
/* explain_supply.h - a file in, whether there is memory for one more page of it out. */
#ifndef VMAVIEW_EXPLAIN_SUPPLY_H
#define VMAVIEW_EXPLAIN_SUPPLY_H

#include <linux/mm.h>

#include "judge/verdict.h"

/* One more page of a file of shmem. */
enum verdict_supply explain_shmem_supply(struct inode *inode);

/* Huge page @index of a hugetlb file, and whose the reservations are. */
void explain_hugetlb_supply(struct verdict_facts *facts, struct vm_area_struct *vma, long index);

#endif
