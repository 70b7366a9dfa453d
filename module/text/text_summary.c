// SPDX-License-Identifier: GPL-2.0
/* text_summary.c - MM and END records in, lines of the file summary out. */
#include "text/text.h"

void text_mm(struct text *text, const struct vmaview_mm *mm)
{
	text_key_kb(text, "Total_Vm", mm->total_vm);
	text_key_kb(text, "Locked_Vm", mm->locked_vm);
	text_key_kb(text, "Pinned_Vm", mm->pinned_vm);
	text_key_kb(text, "Data_Vm", mm->data_vm);
	text_key_kb(text, "Exec_Vm", mm->exec_vm);
	text_key_kb(text, "Stack_Vm", mm->stack_vm);
	text_key_kb(text, "Pgtables", mm->pgtables);
	text_key_number(text, "Map_Count", mm->map_count);
	text_key_number(text, "Minor_Faults", mm->min_flt);
	text_key_number(text, "Major_Faults", mm->maj_flt);
}

void text_receipt(struct text *text, const struct vmaview_end *end)
{
	static const char *const changed[] = {
		[VMAVIEW_CHANGED_NO] = "no",
		[VMAVIEW_CHANGED_YES] = "yes",
		[VMAVIEW_CHANGED_UNKNOWN] = "unknown",
	};

	text_key_number(text, "Areas", end->areas);
	text_key_number(text, "Receipt_Ns", end->elapsed);
	text_key_number(text, "Receipt_Hold_Ns", end->longest_hold);
	text_key_number(text, "Receipt_Holds", end->holds);
	text_key_number(text, "Receipt_Entries", end->entries);
	text_key_number(text, "Receipt_Retries", end->retries);
	text_key_number(text, "Receipt_Restarts", end->restarts);
	text_string(text, "Receipt_Changed: ");
	text_string(text, changed[end->changed]);
	text_bytes(text, "\n", 1);
}
