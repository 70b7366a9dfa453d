// SPDX-License-Identifier: GPL-2.0
/* fault_format.c - in: text of tracefs; out: an id and fields. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/faults/fault_format.h"

uint64_t fault_format_id(const char *text)
{
	const char *line = strstr(text, "\nID: ");

	return line ? strtoull(line + 5, NULL, 10) : 0;
}

/* Of "unsigned long address;	offset:...": does the declaration end with @name? */
static bool declares(const char *declaration, const char *name)
{
	size_t length = strcspn(declaration, ";\n"), wanted = strlen(name);

	return length > wanted && declaration[length - wanted - 1] == ' ' &&
	       !strncmp(declaration + length - wanted, name, wanted);
}

bool fault_format_field(const char *text, const char *name, struct fault_field *field)
{
	for (const char *line = strstr(text, "field:"); line; line = strstr(line + 1, "field:")) {
		const char *declaration = line + strlen("field:");

		if (!declares(declaration, name))
			continue;
		if (sscanf(declaration + strcspn(declaration, ";\n"), "; offset:%u; size:%u;",
			   &field->offset, &field->size) != 2)
			return false;
		return (field->size == 1 || field->size == 4 || field->size == 8) &&
		       field->offset <= PERF_RAW_MAX - field->size;
	}
	return false;
}

int64_t fault_field_value(const struct fault_field *field, const struct perf_note *note)
{
	int64_t value = 0;
	int32_t half = 0;

	if (field->offset + field->size > note->raw_size)
		return 0;
	if (field->size == 1)
		return (int8_t)note->raw[field->offset];
	if (field->size == 4) {
		memcpy(&half, note->raw + field->offset, sizeof(half));
		return half;
	}
	memcpy(&value, note->raw + field->offset, sizeof(value));
	return value;
}
