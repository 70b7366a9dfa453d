/* SPDX-License-Identifier: GPL-2.0 */
/* explain_ask.h - in: addresses; out: the answers of the module. */
#ifndef VMAVIEW_EXPLAIN_ASK_H
#define VMAVIEW_EXPLAIN_ASK_H

#include "verbs/explain/explanation.h"

/* Answers for all addresses, from a pidfd, or from a thread's ID.  0 or -errno. */
int explain_ask_pidfd(struct explanation *explanation, int pidfd);
int explain_ask_thread(struct explanation *explanation, pid_t thread);

#endif /* VMAVIEW_EXPLAIN_ASK_H */
