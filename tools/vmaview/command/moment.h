/* SPDX-License-Identifier: GPL-2.0 */
/* moment.h - in: FILE, or FILE@N as a moment of a series is named; out: the file and the number. */
#ifndef VMAVIEW_MOMENT_H
#define VMAVIEW_MOMENT_H

/* FILE@last, and FILE alone. */
#define MOMENT_LAST	0

/*
 * EXIT_DONE, *path malloc()ed in place of what it was, or the code to stop with, all having been said.  A name
 * with @ of its own is written with ./ before it: then it is FILE, if such a file is there.
 */
int moment_parse(const char *word, char **path, unsigned int *number);

#endif /* VMAVIEW_MOMENT_H */
