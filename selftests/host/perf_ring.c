// SPDX-License-Identifier: GPL-2.0
/* perf_ring.c - the parser of rings of perf events: what it takes, and what it refuses. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "read/perf_ring.h"
#include "verbs/faults/fault_format.h"

#define SIZE 1024

/* On the heap, so that a byte read beyond it is noticed. */
struct scene {
	unsigned char *data;
	struct perf_ring ring;
};

static void begin(struct scene *scene, uint64_t at)
{
	scene->data = malloc(SIZE);
	memset(scene->data, 0xee, SIZE);
	scene->ring = (struct perf_ring){ scene->data, SIZE, at, at };
}

static void put(struct scene *scene, const void *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		scene->data[scene->ring.head++ % SIZE] = ((const unsigned char *)bytes)[i];
}

static void put_header(struct scene *scene, uint32_t type, uint16_t size)
{
	struct perf_event_header header = { .type = type, .size = size };

	put(scene, &header, sizeof(header));
}

static void put_words(struct scene *scene, uint64_t word, int nr)
{
	for (int i = 0; i < nr; i++)
		put(scene, &word, sizeof(word));
}

/* A sample of event 7 with @raw 32-bit words, each 0x80000001, that says it has @said bytes of them. */
static void put_sample(struct scene *scene, int raw, uint32_t said)
{
	uint64_t fixed[] = { 7, 0x1111, 0x2222 | UINT64_C(0x3333) << 32, 0x4444, 0x5555 };
	uint32_t word = 0x80000001;

	put_header(scene, PERF_RECORD_SAMPLE, 8 + sizeof(fixed) + 4 + raw * 4);
	put(scene, fixed, sizeof(fixed));
	put(scene, &said, sizeof(said));
	for (int i = 0; i < raw; i++)
		put(scene, &word, sizeof(word));
}

static bool is_sample(const struct perf_note *note, uint32_t raw_size)
{
	return note->kind == PERF_NOTE_SAMPLE && note->id == 7 && note->ip == 0x1111 &&
	       note->tid == 0x3333 && note->time == 0x4444 && note->addr == 0x5555 &&
	       note->raw_size == raw_size;
}

/* The last of the notes, and how the ring ended: 0 or -EBADMSG. */
static int drain(struct scene *scene, struct perf_note *last, int *notes)
{
	struct perf_note note;
	int ret;

	*notes = 0;
	while ((ret = perf_ring_next(&scene->ring, &note)) > 0) {
		*last = note;
		++*notes;
	}
	return ret;
}

static bool ends(struct scene *scene, int expect_ret, int expect_notes, struct perf_note *last)
{
	int notes, ret = drain(scene, last, &notes);
	bool empty = scene->ring.tail == scene->ring.head;

	free(scene->data);
	if (ret == expect_ret && notes == expect_notes && empty)
		return true;
	return ktap_note("%d after %d notes, %s", ret, notes, empty ? "empty" : "not empty");
}

static bool nothing(void)
{
	struct perf_note note;
	struct scene scene;

	begin(&scene, 0);
	return ends(&scene, 0, 0, &note);
}

static bool samples(void)
{
	struct perf_note note;
	struct scene scene;

	begin(&scene, 0);
	put_sample(&scene, 1, 4);
	put_sample(&scene, 9, 36);
	return ends(&scene, 0, 2, &note) && is_sample(&note, 36);
}

/* From each place at which a record can go on at the beginning. */
static bool wrapped(void)
{
	struct perf_note note;
	struct scene scene;

	for (uint64_t at = SIZE - 96; at <= SIZE; at += 8) {
		begin(&scene, UINT64_MAX - SIZE - (SIZE - 1) + at);
		put_sample(&scene, 9, 36);
		put_sample(&scene, 9, 36);
		if (!ends(&scene, 0, 2, &note) || !is_sample(&note, 36))
			return ktap_note("at %d", (int)at);
	}
	return true;
}

static bool long_raw(void)
{
	struct perf_note note;
	struct scene scene;

	begin(&scene, SIZE - 64);
	put_sample(&scene, 201, 804);
	return ends(&scene, 0, 1, &note) && is_sample(&note, PERF_RAW_MAX);
}

static bool unknown(void)
{
	struct perf_note note;
	struct scene scene;

	begin(&scene, 0);
	put_header(&scene, 4242, 8);
	put_header(&scene, PERF_RECORD_FORK, 64);
	put_words(&scene, UINT64_MAX, 7);
	put_sample(&scene, 1, 4);
	return ends(&scene, 0, 1, &note) && is_sample(&note, 4);
}

static bool lost(void)
{
	struct perf_note note;
	struct scene scene;

	begin(&scene, SIZE - 16);
	put_header(&scene, PERF_RECORD_LOST, 48);
	put_words(&scene, 12, 5);
	return ends(&scene, 0, 1, &note) && note.kind == PERF_NOTE_LOST && note.lost == 12 &&
	       note.time == 12;
}

static bool thread_exit(void)
{
	struct perf_note note;
	struct scene scene;

	begin(&scene, SIZE - 24);
	put_header(&scene, PERF_RECORD_EXIT, 56);
	put_words(&scene, 0x0000000200000001, 6);
	return ends(&scene, 0, 1, &note) && note.kind == PERF_NOTE_EXIT && note.tid == 1 &&
	       note.time == 0x0000000200000001;
}

/* A good sample, and then a record that is none. */
static bool refused(uint32_t type, uint16_t size, int words)
{
	struct perf_note note;
	struct scene scene;

	begin(&scene, 0);
	put_sample(&scene, 1, 4);
	put_header(&scene, type, size);
	put_words(&scene, 0, words);
	return ends(&scene, -EBADMSG, 1, &note);
}

static bool zero_size(void)
{
	return refused(PERF_RECORD_SAMPLE, 0, 10);
}

static bool tiny_size(void)
{
	return refused(4242, 4, 10);
}

static bool odd_size(void)
{
	return refused(4242, 12, 10);
}

static bool oversized(void)
{
	return refused(4242, 65528, 10);
}

static bool truncated(void)
{
	return refused(PERF_RECORD_SAMPLE, 56, 5);
}

static bool short_sample(void)
{
	return refused(PERF_RECORD_SAMPLE, 48, 5);
}

static bool short_lost(void)
{
	return refused(PERF_RECORD_LOST, 40, 4);
}

static bool short_exit(void)
{
	return refused(PERF_RECORD_EXIT, 48, 5);
}

static bool raw_beyond(void)
{
	struct perf_note note;
	struct scene scene;

	begin(&scene, 0);
	put_sample(&scene, 1, 5);
	return ends(&scene, -EBADMSG, 0, &note);
}

static bool half_header(void)
{
	struct perf_note note;
	struct scene scene;

	begin(&scene, 0);
	put(&scene, "four", 4);
	return ends(&scene, -EBADMSG, 0, &note);
}

/* The kernel's word for how far it came is not believed either. */
static bool overrun(void)
{
	struct perf_note note;
	struct scene scene;

	begin(&scene, 0);
	scene.ring.head = SIZE + 8;
	return ends(&scene, -EBADMSG, 0, &note);
}

static const char format[] =
	"name: signal_generate\nID: 312\nformat:\n"
	"\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n"
	"\tfield:int sig;\toffset:8;\tsize:4;\tsigned:1;\n"
	"\tfield:unsigned long address;\toffset:16;\tsize:8;\tsigned:0;\n"
	"\tfield:bool write;\toffset:20;\tsize:1;\tsigned:0;\n"
	"\tfield:char comm[16];\toffset:24;\tsize:16;\tsigned:0;\n"
	"\tfield:int far;\toffset:4096;\tsize:4;\tsigned:1;\n"
	"\tfield:int odd;\toffset:x;\n";

static bool fields(void)
{
	struct fault_field field;

	if (fault_format_id(format) != 312 || fault_format_id("ID: 5") != 0)
		return ktap_note("the id");
	if (!fault_format_field(format, "sig", &field) || field.offset != 8 || field.size != 4)
		return ktap_note("sig");
	if (!fault_format_field(format, "address", &field) || field.offset != 16 || field.size != 8)
		return ktap_note("address");
	if (!fault_format_field(format, "write", &field) || field.offset != 20 || field.size != 1)
		return ktap_note("write");
	return true;
}

static bool no_fields(void)
{
	static const char *const names[] = {
		"ig", "common_type", "comm", "comm[16]", "far", "odd", "pid", "",
	};
	struct fault_field field;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (fault_format_field(format, names[i], &field))
			return ktap_note("'%s'", names[i]);
	return !fault_format_field("", "sig", &field);
}

static bool values(void)
{
	struct fault_field half = { 8, 4 }, whole = { 16, 8 }, flag = { 12, 1 };
	struct perf_note note = { .raw_size = 24 };
	int32_t negative = -6;
	uint64_t address = 0x7fff00000000;

	memcpy(note.raw + 8, &negative, sizeof(negative));
	memcpy(note.raw + 16, &address, sizeof(address));
	if (fault_field_value(&half, &note) != -6)
		return ktap_note("a negative number");
	if (fault_field_value(&whole, &note) != 0x7fff00000000)
		return ktap_note("an address");
	note.raw[12] = 1;
	note.raw[13] = 0xff;
	if (fault_field_value(&flag, &note) != 1)
		return ktap_note("a flag");
	note.raw_size = 20;
	return fault_field_value(&whole, &note) == 0;
}

static const struct ktap_test tests[] = {
	{ "an empty ring has nothing", nothing },
	{ "samples are read", samples },
	{ "also where they go on at the ring's beginning, and counters wrap", wrapped },
	{ "a raw part that is too long is cut", long_raw },
	{ "records of no interest are passed over", unknown },
	{ "losses are reported", lost },
	{ "the end of a thread is reported", thread_exit },
	{ "a record of size 0 is refused", zero_size },
	{ "a record shorter than its header is refused", tiny_size },
	{ "a size that is no multiple of 8 is refused", odd_size },
	{ "a record that is longer than what is there is refused", oversized },
	{ "a sample that is cut is refused", truncated },
	{ "a sample without all its fields is refused", short_sample },
	{ "a loss without all its fields is refused", short_lost },
	{ "an exit without all its fields is refused", short_exit },
	{ "a raw part that ends after its record is refused", raw_beyond },
	{ "half a header is refused", half_header },
	{ "more bytes than the ring has are refused", overrun },
	{ "fields of a tracepoint are found", fields },
	{ "others are not", no_fields },
	{ "their values are read, signs included, and none after the end", values },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
