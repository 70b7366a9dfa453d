// SPDX-License-Identifier: GPL-2.0
/*
 * bytes.c - streams damaged at each byte: never a crash, an overrun, or success where bytes are
 * missing.  The sanitizers are the judges.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "columns/columns.h"
#include "ktap.h"
#include "scenes.h"
#include "vmaview/model.h"
#include "vmaview/reader.h"
#include "vmaview/snapshot.h"
#include "vmaview/totals.h"

/* Use all that was read, so that a wild pointer is followed. */
static void use(const struct process *process)
{
	struct cell cell = { .process = process };
	static char text[CELL_MAX];
	struct area total;

	totals_sum(process, &total);
	for (size_t i = 0; i < process->nr_areas; i++) {
		cell.area = &process->areas[i];
		for (size_t column = 0; column < area_columns.nr; column++)
			column_text(&area_columns.columns[column], &cell, text, sizeof(text));
	}
}

/* In memory of just that size, so that a byte too far is seen. */
static int parse(const unsigned char *bytes, size_t length)
{
	unsigned char *exact = malloc(length ? length : 1);
	struct reader_source source = { .bytes = exact, .length = length };
	struct process process;
	struct reader reader;
	int ret;

	memcpy(exact, bytes, length);
	process_init(&process);
	ret = reader_open(&reader, &source);
	if (!ret)
		ret = snapshot_read(&process, &reader);
	use(&process);
	reader_close(&reader);
	process_free(&process);
	free(exact);
	return ret;
}

static bool cut_at_each_byte(void)
{
	struct stream stream = { .length = 0 };
	bool holds = true;

	scene_mixed(&stream);
	for (size_t length = 0; length < stream.length && holds; length++) {
		int ret = parse(stream.bytes, length);

		if (ret != -ENODATA)
			holds = ktap_note("%zu bytes end with %d", length, ret);
	}
	holds = holds && parse(stream.bytes, stream.length) == 0;
	stream_free(&stream);
	return holds;
}

static bool expected(int ret)
{
	return ret == 0 || ret == -EBADMSG || ret == -ENODATA || ret == -EPROTO;
}

static bool change_each_byte(unsigned char (*change)(unsigned char))
{
	struct stream stream = { .length = 0 };
	bool holds = true;

	scene_mixed(&stream);
	for (size_t at = 0; at < stream.length && holds; at++) {
		unsigned char was = stream.bytes[at];
		int ret;

		stream.bytes[at] = change(was);
		ret = parse(stream.bytes, stream.length);
		stream.bytes[at] = was;
		if (!expected(ret))
			holds = ktap_note("byte %zu changed: %d", at, ret);
	}
	stream_free(&stream);
	return holds;
}

static unsigned char flip_low(unsigned char byte)
{
	return byte ^ 1;
}

static unsigned char flip_high(unsigned char byte)
{
	return byte ^ 0x80;
}

static unsigned char all_ones(unsigned char byte)
{
	(void)byte;
	return 0xff;
}

static bool flips_low(void)
{
	return change_each_byte(flip_low);
}

static bool flips_high(void)
{
	return change_each_byte(flip_high);
}

static bool sets_all(void)
{
	return change_each_byte(all_ones);
}

/* Not random: a failure can be had again. */
static unsigned int next_random(unsigned int *seed)
{
	*seed = *seed * 1103515245 + 12345;
	return *seed >> 8;
}

static bool many_at_once(void)
{
	struct stream stream = { .length = 0 };
	unsigned int seed = 42;
	bool holds = true;

	for (int round = 0; round < 3000 && holds; round++) {
		int ret;

		stream_free(&stream);
		scene_mixed(&stream);
		for (int i = next_random(&seed) % 8; i >= 0; i--)
			stream.bytes[next_random(&seed) % stream.length] = next_random(&seed);
		ret = parse(stream.bytes, stream.length);
		if (!expected(ret))
			holds = ktap_note("round %d: %d", round, ret);
	}
	stream_free(&stream);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "a stream cut at any byte is cut short", cut_at_each_byte },
	{ "the low bit of any byte may be wrong", flips_low },
	{ "the high bit of any byte may be wrong", flips_high },
	{ "any byte may be all ones", sets_all },
	{ "several bytes may be wrong at once", many_at_once },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
