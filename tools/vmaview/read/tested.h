/* SPDX-License-Identifier: GPL-2.0 */
/* tested.h - out: is the running kernel newer than those that this release was tested with? */
#ifndef VMAVIEW_TESTED_H
#define VMAVIEW_TESTED_H

#include <stdbool.h>
#include <stddef.h>

/* As uname -r has it.  False, too, where @release is no version. */
bool is_newer_than_tested(const char *release);

/* True where the running one is; @advice is then what to do about it. */
bool kernel_is_newer(char *advice, size_t room);

#endif /* VMAVIEW_TESTED_H */
