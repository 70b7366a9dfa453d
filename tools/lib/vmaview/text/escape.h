/* SPDX-License-Identifier: GPL-2.0 */
/* escape.h - in: text that a process chose; out: text that a terminal can be given. */
#ifndef VMAVIEW_ESCAPE_H
#define VMAVIEW_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Control characters, C1 ones included, and bytes that are no UTF-8 become \ooo, as the kernel
 * itself writes them in maps.  Cut, never in a character, where @room ends; returns the length.
 */
size_t escape_text(const char *text, char *out, size_t room);

/* false: escape_text() would leave @text as it is.  It takes letters beyond ASCII for such that it may change. */
bool escape_changes(const char *text, size_t length);

/* How many bytes the character at @text has, of which @left are there; 0: it is no UTF-8. */
size_t escape_utf8(const char *text, size_t left);

/* How much room any escaped form of @text needs at most, its NUL included. */
size_t escape_room(const char *text);

#endif /* VMAVIEW_ESCAPE_H */
