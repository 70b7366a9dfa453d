/* SPDX-License-Identifier: GPL-2.0 */
/* command.h - a command in, its peak memory out; what it prints is thrown away. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdint.h>
#include <sys/types.h>

/*
 * Runs "@name [@option] @pid" and returns its peak resident set in KiB.  Ends the program where the
 * command fails.
 */
uint64_t command_run(const char *name, const char *option, pid_t pid);
/* The same with several options; NULL after the last. */
uint64_t command_run_with(const char *name, const char *const options[], pid_t pid);
/* The same without a PID. */
uint64_t command_run_alone(const char *name, const char *const options[]);

#endif
