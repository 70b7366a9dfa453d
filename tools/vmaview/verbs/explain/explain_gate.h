/* SPDX-License-Identifier: GPL-2.0 */
/* explain_gate.h - in: answers; out: those to addresses in the gate area. */
#ifndef VMAVIEW_EXPLAIN_GATE_H
#define VMAVIEW_EXPLAIN_GATE_H

#include "verbs/explain/explanation.h"

/* What no module can say of addresses in the gate area, where the process has one. */
void explain_gate(struct explanation *explanation);

#endif /* VMAVIEW_EXPLAIN_GATE_H */
