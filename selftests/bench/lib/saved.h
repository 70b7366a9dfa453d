/* SPDX-License-Identifier: GPL-2.0 */
/* saved.h - files out, each the saved stream of a process that does not exist: what the tool reads without a module. */
#ifndef SAVED_H
#define SAVED_H

/* As build_areas() makes them. */
void saved_areas(const char *path);
/* As build_scattered() makes them: each page a run of its own. */
void saved_runs(const char *path);

#endif
