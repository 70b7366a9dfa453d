/* SPDX-License-Identifier: GPL-2.0 */
/* machine.h - what the tests run on. */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>

/* One CPU for the test: its LRU batches are then the only ones that hold the scene's pages. */
void use_one_cpu(void);
/* From here on, this process and its children may run on all. */
void use_all_cpus(void);
/* Is every step ten times as slow, on a sanitizer kernel?  Then a part of many repeated ones has to do. */
bool kernel_is_slow(void);
/* Has an address space a number that no other one gets? */
bool machine_numbers_spaces(void);
/* Has an entry of a page table a bit that says whether its page was written since that was asked last? */
bool machine_tracks_writes(void);
bool module_is_loaded(void);
/* Seconds since this machine was booted. */
double machine_seconds(void);
/* The path of the module's file: VMAVIEW_KO, or mods/vmaview.ko beside this program.  NULL where there is neither. */
const char *module_file(void);
/* The same, and the test is skipped where there is none. */
const char *module_path(void);
/* Loads it, where it is not loaded yet and there is a file; what is wrong then is said by each test. */
void module_try_to_load(void);

#endif
