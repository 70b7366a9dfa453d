/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compat.h - every way in which the kernels differ, one header a subject.
 *
 * Nothing outside of this folder asks for a version: probe/ holds one fact a file, probe-kernel.sh turns
 * them into features.h, and these headers give all kernels one shape, the newest where it has one,
 * a vv_ name of our own where the meaning differs.
 */
#ifndef VMAVIEW_COMPAT_H
#define VMAVIEW_COMPAT_H

#if !HAVE_VMA_ITERATOR
#error "vmaview needs a kernel with VMA iterators: 6.1 or later"
#endif

#include "compat/area_lock.h"
#include "compat/descriptor.h"
#include "compat/entry.h"
#include "compat/folio.h"
#include "compat/memcg.h"
#include "compat/pidfd.h"
#include "compat/program.h"
#include "compat/reclaim.h"
#include "compat/shmem.h"
#include "compat/smaps.h"
#include "compat/space.h"
#include "compat/thread.h"

#endif
