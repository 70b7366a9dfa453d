/* SPDX-License-Identifier: GPL-2.0 */
/* setting.h - what a test changes in the system and what is put back after it. */
#ifndef SETTING_H
#define SETTING_H

#include <stdbool.h>

/* Writes @value to @path; false with errno where that fails.  The old value comes back by itself. */
bool setting(const char *path, const char *value);
/* The same of what has no old value, or goes with the test. */
bool setting_put(const char *path, const char *value);
/* What @path says, without the line's end; of a list, the [chosen] word.  NULL where unreadable. */
const char *setting_get(const char *path);
/* @undo runs after the test's process, however it ended, in another one. */
void setting_undo(void (*undo)(void));
/* Puts everything back, the last change first: before each test, and when the program ends. */
void setting_restore(void);

#endif
