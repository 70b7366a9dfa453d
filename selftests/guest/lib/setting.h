/* SPDX-License-Identifier: GPL-2.0 */
/* setting.h - files of /proc/sys and /sys that a test changes and that are put back after it. */
#ifndef SETTING_H
#define SETTING_H

#include <stdbool.h>

/* Writes @value to @path; false with errno where that fails.  The old value comes back by itself. */
bool setting(const char *path, const char *value);
/* What @path says, without the line's end; of a list, the [chosen] word.  NULL where unreadable. */
const char *setting_get(const char *path);
/* Puts everything back, the last change first.  The harness calls it after each test. */
void setting_restore(void);

#endif
