/* SPDX-License-Identifier: GPL-2.0 */
/* fault_format.h - in: the text of a tracepoint's `format`; out: its id, and where its fields are. */
#ifndef VMAVIEW_FAULT_FORMAT_H
#define VMAVIEW_FAULT_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "read/perf_ring.h"

struct fault_field {
	uint32_t offset;	/* in the raw part of a sample */
	uint32_t size;		/* 1, 4 or 8 */
};

/* "ID: 123"; 0: there is none. */
uint64_t fault_format_id(const char *text);

/* "field:unsigned long address;	offset:8;	size:8;	signed:0;"; false: there is none such. */
bool fault_format_field(const char *text, const char *name, struct fault_field *field);

/* The field's value, its sign kept; 0 where the sample ends before it. */
int64_t fault_field_value(const struct fault_field *field, const struct perf_note *note);

#endif /* VMAVIEW_FAULT_FORMAT_H */
