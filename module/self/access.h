/* SPDX-License-Identifier: GPL-2.0 */
/* access.h - who may use the doors. */
#ifndef VMAVIEW_ACCESS_H
#define VMAVIEW_ACCESS_H

/**
 * vmaview_may_ask() - the one gate of both doors, passed in each open() and each request
 *
 * ptrace_may_access() is not exported, so it is all or nothing: both capabilities in the initial
 * user namespace.  debugfs lets read-only files through even where the kernel is locked down, so
 * the reason that guards /proc/kcore is asked for by name: it refuses in confidentiality mode only.
 *
 * Nobody passes before vmaview_open_doors(): who is inside where loading fails would be left in a module
 * that goes away, and what has been attached by then with nobody to detach it.
 *
 * Return: 0, -EPERM, or -ENODEV while the module is being loaded.
 */
int vmaview_may_ask(void);

/* Everything is there, and loading cannot fail any more. */
void vmaview_open_doors(void);

#endif
