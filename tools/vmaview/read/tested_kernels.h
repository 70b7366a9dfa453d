/* SPDX-License-Identifier: GPL-2.0 */
/* tested_kernels.h - written by scripts/check --record-skips: kernels that passed every test, by row. */
TESTED_KERNEL(6, 1)	/* bookworm */
TESTED_KERNEL(6, 12)	/* rt */
TESTED_KERNEL(6, 12)	/* trixie */
TESTED_KERNEL(7, 3)	/* trixie-backports */
