// SPDX-License-Identifier: GPL-2.0
/* procfs.c - in: /proc/PID/smaps and maps; out: areas with what these know, and no more. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc/procfs.h"
#include "vmaview/flags.h"

/* Of a head line, the name excepted; %n is where it starts. */
static int parse_head(struct process *process, const char *line)
{
	struct area *area = process_add_area(process);
	unsigned long long start, end, offset, inode;
	char perms[5];
	int name;

	if (!area)
		return -ENOMEM;
	if (sscanf(line, "%llx-%llx %4s %llx %x:%x %llu %n", &start, &end, perms, &offset,
		   &area->dev_major, &area->dev_minor, &inode, &name) != 7 ||
	    strlen(perms) != 4)
		return -EBADMSG;
	area->start = start;
	area->end = end;
	area->offset = offset;
	area->inode = inode;
	memcpy(area->perms, perms, sizeof(perms));
	area->gate = !strcmp(line + name, "[vsyscall]\n");
	area->name = process_keep(process, line + name, strcspn(line + name, "\n"));
	area_set(area, KEY_SIZE, end - start);
	return area->name ? 0 : -ENOMEM;
}

/*
 * "VmFlags: rd mr mw me ".  The text is kept as it is: what bit a mnemonic stands for, and "??" for more than
 * one, only the kernel knows, and with it their order.
 */
static int parse_vmflags(struct process *process, const char *text, struct smaps_rest *rest)
{
	struct area *area = &process->areas[process->nr_areas - 1];
	size_t length;

	area->vm_flags = flags_of_mnemonics(process, text, strlen(text));
	area->facts |= AREA_KNOWS_VMFLAGS;
	length = strcspn(text, "\n");
	while (length && text[length - 1] == ' ')
		length--;
	area->vmflags = process_keep(process, text, length);
	if (!area->vmflags)
		return -ENOMEM;
	return rest ? smaps_rest_set_vmflags(rest, process->nr_areas - 1, text) : 0;
}

/* "Rss:                 8 kB". */
static int parse_value(struct process *process, const char *line, struct smaps_rest *rest)
{
	struct area *area = &process->areas[process->nr_areas - 1];
	const char *colon = strchr(line, ':');
	enum key key;

	if (!colon)
		return 0;
	if (!strncmp(line, "VmFlags: ", 9))
		return parse_vmflags(process, line + 9, rest);
	key = key_of_smaps_name(line, colon - line);
	if (key != KEY_NR)
		area_set(area, key, strtoull(colon + 1, NULL, 10) << 10);
	return rest ? smaps_rest_add_value(rest, key, line) : 0;
}

static int parse_line(struct process *process, const char *line, struct smaps_rest *rest)
{
	int ret;

	if (!isdigit((unsigned char)*line) && !islower((unsigned char)*line))
		return process->nr_areas ? parse_value(process, line, rest) : -EBADMSG;
	ret = parse_head(process, line);
	return !ret && rest ? smaps_rest_add_area(rest) : ret;
}

int procfs_parse(struct process *process, FILE *text, struct smaps_rest *rest)
{
	char *line = NULL;
	size_t room = 0;
	int ret = 0;

	while (!ret && getline(&line, &room, text) > 0)
		ret = parse_line(process, line, rest);
	if (!ret && ferror(text))
		ret = -errno;
	free(line);
	return ret;
}

int procfs_read_file(struct process *process, const char *pid, const char *name)
{
	char path[64];
	FILE *text;
	int ret;

	snprintf(path, sizeof(path), "/proc/%s/%s", pid, name);
	text = fopen(path, "re");
	if (!text)
		return -errno;
	ret = procfs_parse(process, text, NULL);
	fclose(text);
	return ret;
}

int procfs_read(struct process *process)
{
	char number[16];
	int ret;

	snprintf(number, sizeof(number), "%d", process->thread);
	process->source = SOURCE_PROC;
	ret = procfs_read_file(process, number, "smaps");
	if (ret == -ENOENT)
		ret = procfs_read_file(process, number, "maps");
	return ret;
}

int procfs_read_maps(struct process *process)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", process->thread);
	process->source = SOURCE_PROC;
	return procfs_read_file(process, number, "maps");
}

/* Whether the maps of @pid end with a gate area; below 4 GiB it may be a 32-bit process without. */
static int has_gate(const struct process *process, pid_t pid)
{
	struct process witness;
	char number[16];
	int ret;

	if (process->nr_areas && process->areas[process->nr_areas - 1].end > UINT64_C(1) << 32)
		return 1;
	process_init(&witness);
	snprintf(number, sizeof(number), "%d", pid);
	ret = procfs_read_file(&witness, number, "maps");
	if (!ret && witness.nr_areas)
		ret = witness.areas[witness.nr_areas - 1].gate;
	process_free(&witness);
	return ret;
}

/* @seen is an area of another process, whose flags may have other bits. */
static int add_copy(struct process *process, const struct process *other, const struct area *seen)
{
	struct area *area = process_add_area(process);
	char mnemonics[256];
	size_t length;

	if (!area)
		return -ENOMEM;
	*area = *seen;
	length = flags_mnemonics(other, seen->vm_flags, mnemonics, sizeof(mnemonics));
	area->vm_flags = flags_of_mnemonics(process, mnemonics, length);
	area->name = process_keep(process, seen->name, strlen(seen->name));
	if (seen->vmflags)
		area->vmflags = process_keep(process, seen->vmflags, strlen(seen->vmflags));
	return area->name && !area->vmflags == !seen->vmflags ? 0 : -ENOMEM;
}

/*
 * All 64-bit processes have the same gate area, so our own smaps says what it is, and those of the
 * target, which may be long, need not be read.
 */
int procfs_add_gate(struct process *process, pid_t pid)
{
	struct process self;
	int ret = has_gate(process, pid);

	if (ret <= 0)
		return ret;
	process_init(&self);
	ret = procfs_read_file(&self, "self", "smaps");
	if (!ret && self.nr_areas && self.areas[self.nr_areas - 1].gate)
		ret = add_copy(process, &self, &self.areas[self.nr_areas - 1]);
	process_free(&self);
	return ret;
}
