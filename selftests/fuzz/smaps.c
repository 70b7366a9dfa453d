// SPDX-License-Identifier: GPL-2.0
/* smaps.c - text that says it is /proc/PID/smaps or maps: parser, model and every drawing. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <proc/procfs.h>

#include "lib/draw.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	FILE *text = length ? fmemopen((void *)bytes, length, "r") : NULL;
	struct smaps_rest rest = { 0 };
	struct process process;
	int ret;

	if (!text)
		return 0;
	process_init(&process);
	process.source = SOURCE_PROC;
	process.comm = process.title = process.release = "x";
	ret = procfs_parse(&process, text, length & 1 ? &rest : NULL);
	fclose(text);
	if (!ret)
		draw(&process);
	smaps_rest_free(&rest);
	process_free(&process);
	return 0;
}
