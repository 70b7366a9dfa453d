// SPDX-License-Identifier: GPL-2.0
/* memory.c - memory that is short at any moment: what reads streams and filters says so, and leaves nothing behind. */
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns/run_columns.h"
#include "filter/filter.h"
#include "ktap.h"
#include "packed.h"
#include "scenes.h"
#include "vmaview/snapshot_file.h"

/* So many more are given, and then one is not; below 0: all are. */
static long given = -1;

static bool is_short(void)
{
	return given >= 0 && !given--;
}

/* The one that this program would have without those of here. */
static void *next_of(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

/* These are called in place of libc's, or of the sanitizer's. */
void *malloc(size_t size)
{
	static void *(*next)(size_t size);
	void *symbol;

	if (!next) {
		symbol = next_of("malloc");
		memcpy(&next, &symbol, sizeof(next));
	}
	return is_short() ? NULL : next(size);
}

void *calloc(size_t nr, size_t size)
{
	static void *(*next)(size_t nr, size_t size);
	void *symbol;

	if (!next) {
		symbol = next_of("calloc");
		memcpy(&next, &symbol, sizeof(next));
	}
	return is_short() ? NULL : next(nr, size);
}

void *reallocarray(void *memory, size_t nr, size_t size)
{
	return is_short() ? NULL : realloc(memory, nr * size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	void *memory;

	return is_short() || posix_memalign(&memory, alignment < 16 ? 16 : alignment, size) ? NULL : memory;
}

/* What reading all of a file ends with. */
static int read_all(const void *bytes, size_t length)
{
	struct snapshot_file file;
	int ret = snapshot_file_open_bytes(&file, bytes, length);
	size_t nr = file.is_plain ? 1 : file.nr_streams;

	for (size_t i = 0; !ret && i < nr; i++) {
		struct process process;

		process_init(&process);
		ret = snapshot_file_read(&file, i, &process);
		process_free(&process);
	}
	snapshot_file_close(&file);
	return ret;
}

/* As often as memory is asked for, that time there is none. */
static bool is_reported(const char *what, const void *bytes, size_t length)
{
	for (long nr = 0;; nr++) {
		bool was_short;
		int ret;

		given = nr;
		ret = read_all(bytes, length);
		was_short = given < 0;
		given = -1;
		if (ret != (was_short ? -ENOMEM : 0))
			return ktap_note("%s, without the memory that is asked for after %ld times: %d", what, nr, ret);
		if (!was_short)
			return nr > 1 || ktap_note("%s asks for memory %ld times", what, nr);
	}
}

static bool streams(void)
{
	bool holds = true;

	for (size_t i = 0; holds && i < nr_scenes; i++) {
		struct stream stream = { .length = 0 };

		scenes[i].build(&stream);
		holds = is_reported(scenes[i].name, stream.bytes, stream.length);
		stream_free(&stream);
	}
	return holds;
}

static bool packed_streams(void)
{
	struct stream stream = { .length = 0 };
	struct packed packed;
	bool holds;

	scene_whole(&stream);
	packed_begin(&packed);
	packed_stream(&packed, &stream, 1);
	packed_stream(&packed, &stream, 2);
	packed_end(&packed);
	stream_free(&stream);
	holds = is_reported("a series", packed.bytes, packed.length);
	packed_free(&packed);
	return holds;
}

static bool filters(void)
{
	struct filter *filter = NULL;

	for (long nr = 0; !filter && nr < 9; nr++) {
		struct filter_error error = { .at = 9 };

		given = nr;
		filter = filter_parse(&run_columns, "Refcount > 1 && State == 'swap'", &error);
		given = -1;
		if (!filter && (strcmp(error.why, "out of memory") || error.at))
			return ktap_note("%s at %zu", error.why, error.at);
	}
	filter_free(filter);
	return filter;
}

static const struct ktap_test tests[] = {
	{ "a stream that there is no memory for is ENOMEM, whatever it was asked for", streams },
	{ "so is one of a series", packed_streams },
	{ "a filter that there is no memory for says so", filters },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
