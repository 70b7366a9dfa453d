/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compat.h - every way in which the kernels differ, one header a subject.
 *
 * Below this folder nothing asks for a version: probe/ holds one fact a file, probe-kernel.sh turns
 * them into features.h, and these headers give all kernels one shape, the newest where it has one,
 * a vv_ name of our own where the meaning differs.
 */
#ifndef VMAVIEW_COMPAT_H
#define VMAVIEW_COMPAT_H

#if !HAVE_VMA_ITERATOR
#error "vmaview needs a kernel with VMA iterators: 6.1 or later"
#endif

#include "area_lock.h"
#include "entry.h"
#include "folio.h"
#include "memcg.h"
#include "pidfd.h"
#include "program.h"
#include "reclaim.h"
#include "segment.h"
#include "shmem.h"
#include "smaps.h"
#include "space.h"
#include "thread.h"

#endif
