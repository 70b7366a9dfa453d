/* SPDX-License-Identifier: GPL-2.0 */
/* faults.h - in: options of the verb faults; out: the faults of a process while they happen. */
#ifndef VMAVIEW_FAULTS_H
#define VMAVIEW_FAULTS_H

#include "command/options.h"

/* Ends when the process does, at an interrupt, or after --count.  Returns an exit code. */
int faults_main(struct options *options);

#endif /* VMAVIEW_FAULTS_H */
