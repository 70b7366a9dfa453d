/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pmap_release.h - in: PMAP_PROCPS, the release of procps that is installed where this is built,
 * 40002 for 4.0.2, as the Makefile learns it from pkg-config; out: in what its pmap differs from
 * that of other releases, one fact each.
 */
#ifndef VMAVIEW_PMAP_RELEASE_H
#define VMAVIEW_PMAP_RELEASE_H

/* -X: the totals of a process include those of the processes before it. */
#define PMAP_TOTALS_ADD_UP	(PMAP_PROCPS < 40004)

/* There is an option -k, which shows what the kernel calls an area without a file. */
#define PMAP_KERNEL_NAMES	(PMAP_PROCPS >= 40005)

/* Characters of more than one byte are shown; before, each such byte is a question mark. */
#define PMAP_MULTIBYTE		(PMAP_PROCPS >= 40005)

#endif /* VMAVIEW_PMAP_RELEASE_H */
