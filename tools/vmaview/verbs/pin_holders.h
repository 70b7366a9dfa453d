/* SPDX-License-Identifier: GPL-2.0 */
/* pin_holders.h - in: a process, references to its pages; out: what of the process may hold them. */
#ifndef VMAVIEW_PIN_HOLDERS_H
#define VMAVIEW_PIN_HOLDERS_H

#include "command/options.h"
#include "proc/holders.h"

/* What the process owns, all of it, whichever areas @options choose.  As holders_read(). */
struct holders *pin_holders_read(const struct process *process, const struct options *options);

/* Pages of [@start, @end), of folios of @order: what is asked of holders_text(), which goes by addresses. */
struct held pin_held(const struct process *process, uint64_t start, uint64_t end, uint32_t order);

#endif /* VMAVIEW_PIN_HOLDERS_H */
