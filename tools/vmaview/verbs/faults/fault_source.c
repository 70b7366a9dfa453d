// SPDX-License-Identifier: GPL-2.0
/* fault_source.c - in: tracefs, samples; out: which events this kernel has, and what a sample says. */
#include <stdio.h>
#include <string.h>

#include "verbs/faults/fault_events.h"

#define MIGRATE_MOVABLE 1	/* include/linux/mmzone.h: memory of processes and page cache */

enum { ADDRESS, IP, ERROR };
enum { SIGNAL, CODE };
enum { MIGRATETYPE };
enum { WRITE, SUCCESS };

static const char *const tracefs[] = { "/sys/kernel/tracing", "/sys/kernel/debug/tracing" };

static const struct {
	const char *tracepoint;		/* NULL: a counter */
	const char *fields[3];
} rows[FAULT_EVENTS] = {
	[FAULT_ON_SIGNAL] = { "signal/signal_generate", { [SIGNAL] = "sig", [CODE] = "code" } },
	[FAULT_ON_ALLOC] = { "kmem/mm_page_alloc", { [MIGRATETYPE] = "migratetype" } },
	[FAULT_ON_KERNEL] = { "exceptions/page_fault_kernel",
		{ [ADDRESS] = "address", [IP] = "ip", [ERROR] = "error_code" } },
	[FAULT_ON_USER] = { "exceptions/page_fault_user",
		{ [ADDRESS] = "address", [IP] = "ip", [ERROR] = "error_code" } },
	[FAULT_ON_LOCKING] = { "mmap_lock/mmap_lock_start_locking", { [WRITE] = "write" } },
	[FAULT_ON_LOCKED] = { "mmap_lock/mmap_lock_acquire_returned", { [WRITE] = "write", [SUCCESS] = "success" } },
};

static bool read_format(const char *tracepoint, char *text, size_t room)
{
	for (size_t i = 0; i < sizeof(tracefs) / sizeof(tracefs[0]); i++) {
		char path[128];
		size_t length = 0;
		FILE *file;

		snprintf(path, sizeof(path), "%s/events/%s/format", tracefs[i], tracepoint);
		file = fopen(path, "re");
		if (file) {
			length = fread(text, 1, room - 1, file);
			fclose(file);
		}
		text[length] = '\0';
		if (length)
			return true;
	}
	return false;
}

static void find_tracepoint(struct fault_source *source, int kind)
{
	char text[4096];

	source->usable = read_format(rows[kind].tracepoint, text, sizeof(text));
	if (!source->usable)
		return;
	source->config = fault_format_id(text);
	source->usable = source->config;
	for (int i = 0; i < 3; i++)
		if (rows[kind].fields[i] &&
		    !fault_format_field(text, rows[kind].fields[i], &source->field[i]))
			source->usable = false;
}

/* The error code of an exception is the processor's own; ours are those of x86. */
static bool error_codes_are_known(void)
{
#if defined(__x86_64__) || defined(__i386__)
	return true;
#else
	return false;
#endif
}

/* Half of the picture would be a wrong one. */
static void find_all(struct fault_source *sources, int first, int last, bool all)
{
	for (int kind = first; all && kind <= last; kind++) {
		find_tracepoint(&sources[kind], kind);
		all = sources[kind].usable;
	}
	for (int kind = first; !all && kind <= last; kind++)
		sources[kind].usable = false;
}

void fault_sources_find(struct fault_source *sources, bool locks)
{
	memset(sources, 0, FAULT_EVENTS * sizeof(*sources));
	sources[FAULT_ON_MINOR] = (struct fault_source){ true, PERF_COUNT_SW_PAGE_FAULTS_MIN, {} };
	sources[FAULT_ON_MAJOR] = (struct fault_source){ true, PERF_COUNT_SW_PAGE_FAULTS_MAJ, {} };
	find_all(sources, FAULT_ON_SIGNAL, FAULT_ON_USER, error_codes_are_known());
	find_all(sources, FAULT_ON_LOCKING, FAULT_ON_LOCKED, locks);
}

static bool read_exception(const struct fault_source *source, const struct perf_note *note,
			   struct fault_event *event)
{
	event->addr = fault_field_value(&source->field[ADDRESS], note);
	event->ip = fault_field_value(&source->field[IP], note);
	event->error = fault_field_value(&source->field[ERROR], note);
	/* The kernel's own half: no area, and not the process's doing. */
	return event->kind == FAULT_ON_USER || (int64_t)event->addr >= 0;
}

/* Only who has waited knows whether it has got it. */
static bool read_lock(const struct fault_source *source, const struct perf_note *note, struct fault_event *event)
{
	event->write = fault_field_value(&source->field[WRITE], note);
	if (event->kind == FAULT_ON_LOCKED)
		event->success = fault_field_value(&source->field[SUCCESS], note);
	return true;
}

bool fault_source_read(const struct fault_source *source, const struct perf_note *note,
		       struct fault_event *event)
{
	event->tid = note->tid;
	event->time = note->time;
	event->addr = note->addr;
	event->ip = note->ip;
	switch (event->kind) {
	case FAULT_ON_KERNEL:
	case FAULT_ON_USER:
		return read_exception(source, note, event);
	case FAULT_ON_ALLOC:
		return fault_field_value(&source->field[MIGRATETYPE], note) == MIGRATE_MOVABLE;
	case FAULT_ON_SIGNAL:
		event->signal = fault_field_value(&source->field[SIGNAL], note);
		event->code = fault_field_value(&source->field[CODE], note);
		return true;
	case FAULT_ON_LOCKING:
	case FAULT_ON_LOCKED:
		return read_lock(source, note, event);
	default:
		return true;
	}
}
