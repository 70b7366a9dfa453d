/* SPDX-License-Identifier: GPL-2.0 */
/* record_check.h - is one record, whose size is known to be in memory, what vmaview.h says? */
#ifndef VMAVIEW_RECORD_CHECK_H
#define VMAVIEW_RECORD_CHECK_H

#include <stddef.h>

#include <vmaview.h>

/* 0; or -EBADMSG or -EPROTO, and in *@why what is wrong with it. */
int record_check(const struct vmaview_header *record, const char **why);

/*
 * How many bytes of fields a record has: up to its text, if it has one.  Fields beyond were not
 * known to who wrote it.
 */
size_t area_fields(const struct vmaview_area *area);

#endif /* VMAVIEW_RECORD_CHECK_H */
