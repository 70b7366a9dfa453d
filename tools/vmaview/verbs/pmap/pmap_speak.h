/* SPDX-License-Identifier: GPL-2.0 */
/* pmap_speak.h - what pmap says on stderr, as pmap says it. */
#ifndef VMAVIEW_PMAP_SPEAK_H
#define VMAVIEW_PMAP_SPEAK_H

/* "pmap: ..." on stderr; pmap_die() also exits with 1. */
void pmap_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void pmap_die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* Writes what is still to be written: @ret, or 1 and a message where that fails. */
int pmap_end_output(int ret);

#endif /* VMAVIEW_PMAP_SPEAK_H */
