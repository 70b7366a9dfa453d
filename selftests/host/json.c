// SPDX-License-Identifier: GPL-2.0
/* json.c - what the tool writes is what json-c would: for each document, text and number the witness says the same. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "json/json_out.h"
#include "ktap.h"

/* A document of ours, in memory. */
struct written {
	char *text;
	size_t length;
	FILE *file;
	struct json_out out;
};

static struct json_out *begin(struct written *written, unsigned int form)
{
	written->file = open_memstream(&written->text, &written->length);
	json_open(&written->out, written->file, form);
	return &written->out;
}

static const char *end(struct written *written)
{
	json_close(&written->out);
	fclose(written->file);
	return written->text;
}

static bool is(const char *seen, const char *expect)
{
	return !strcmp(seen, expect) ? true : ktap_note("%s, not %s", seen, expect);
}

/* No byte that a terminal may obey, and in a page nothing that could end an element. */
static bool is_harmless(const char *text, unsigned int form)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f || (*text == '<' && form & JSON_IN_PAGE) ||
		    ((unsigned char)*text == 0xc2 && (unsigned char)text[1] < 0xa0))
			return ktap_note("byte %#x", (unsigned char)*text);
	return true;
}

/* What a reader gets for @text, which is @length long, is @expect. */
static bool reads_as(const char *text, size_t length, const char *expect, unsigned int form)
{
	struct written written;
	struct json_object *object;
	bool holds;

	json_text(begin(&written, form), text, length);
	object = json_tokener_parse(end(&written));
	holds = is_harmless(written.text, form) && json_object_is_type(object, json_type_string) &&
		(size_t)json_object_get_string_len(object) == strlen(expect) &&
		is(json_object_get_string(object), expect);
	/* And where no more is escaped than JSON asks for, it writes the same bytes. */
	if (holds && !strpbrk(expect, "\x7f\xc2<"))
		holds = is(written.text, json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN |
								    JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(object);
	free(written.text);
	return holds;
}

static bool each_byte(void)
{
	bool holds = true;

	for (unsigned int byte = 1; holds && byte < 256; byte++) {
		char text[] = { 'a', byte, 'z', '\0' }, expect[16];

		snprintf(expect, sizeof(expect), byte < 0x80 ? "a%cz" : "a\\%03oz", byte);
		holds = reads_as(text, 3, expect, JSON_PLAIN) && reads_as(text, 3, expect, JSON_IN_PAGE);
		/* Cut after it, with more of the same in the bytes beyond. */
		snprintf(expect, sizeof(expect), byte < 0x80 ? "a%c" : "a\\%03o", byte);
		text[2] = 0x80;
		holds = holds && reads_as(text, 2, expect, JSON_PLAIN);
	}
	return holds;
}

static bool beyond_ascii(void)
{
	static const struct {
		const char *text;
		const char *expect;
	} rows[] = {
		{ "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xa7", "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xa7" },
		{ "\xc2\x80\xc2\x9f\xc2\xa0", "\xc2\x80\xc2\x9f\xc2\xa0" },
		{ "\xc0\xaf", "\\300\\257" },
		{ "\xed\xa0\x80", "\\355\\240\\200" },
		{ "\xf4\x90\x80\x80", "\\364\\220\\200\\200" },
		{ "\xe2\x82" "x", "\\342\\202x" },
		{ "\\012</script>\"", "\\012</script>\"" },
		{ "", "" },
	};
	bool holds = true;

	for (size_t i = 0; holds && i < sizeof(rows) / sizeof(rows[0]); i++)
		holds = reads_as(rows[i].text, strlen(rows[i].text), rows[i].expect, JSON_PLAIN) &&
			reads_as(rows[i].text, strlen(rows[i].text), rows[i].expect, JSON_IN_PAGE);
	return holds;
}

/* Some of it is in the room for output, and the rest is not. */
static bool long_text(void)
{
	size_t length = 2 * OUTPUT_ROOM + 5;
	char *text = malloc(length + 1);
	bool holds = true;

	for (size_t i = 0; i < length; i++)
		text[i] = i % 11 ? 'a' + i % 26 : '\n';
	text[length] = '\0';
	for (size_t cut = 0; holds && cut < 40; cut++)
		holds = reads_as(text + cut, length - cut, text + cut, JSON_PLAIN);
	free(text);
	return holds;
}

static bool number_is_same(uint64_t number)
{
	struct written written;
	struct json_out *out = begin(&written, JSON_PLAIN);
	char expect[256];
	bool holds;

	json_open_array(out);
	json_uint(out, number);
	json_int(out, (int64_t)number);
	json_hex(out, number);
	json_end(out);
	snprintf(expect, sizeof(expect), "[%" PRIu64 ",%" PRId64 ",\"0x%" PRIx64 "\"]", number, (int64_t)number,
		 number);
	holds = is(end(&written), expect);
	free(written.text);
	return holds;
}

static bool numbers(void)
{
	bool holds = number_is_same(0) && number_is_same(UINT64_MAX);

	for (unsigned int bit = 0; holds && bit < 64; bit++)
		holds = number_is_same(UINT64_C(1) << bit) && number_is_same((UINT64_C(1) << bit) - 1) &&
			number_is_same(-(UINT64_C(1) << bit));
	return holds;
}

/* A sequence that is the same each time. */
static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 16;
}

static struct json_object *grow(struct json_out *out, uint32_t *seed, unsigned int depth);

/* Both sides get the same members or elements, at least one. */
static struct json_object *grow_inside(struct json_out *out, uint32_t *seed, unsigned int depth, bool is_array)
{
	struct json_object *same = is_array ? json_object_new_array() : json_object_new_object();

	for (uint32_t i = 0, nr = 1 + next(seed) % 5; i < nr; i++) {
		char key[16];

		snprintf(key, sizeof(key), "key\"%u", i);
		if (is_array) {
			json_object_array_add(same, grow(out, seed, depth + 1));
			continue;
		}
		if (i % 2)
			json_key_text(out, key, strlen(key));
		else
			json_key(out, key + 4);
		json_object_object_add(same, i % 2 ? key : key + 4, grow(out, seed, depth + 1));
	}
	return same;
}

static struct json_object *grow(struct json_out *out, uint32_t *seed, unsigned int depth)
{
	struct json_object *same;
	uint32_t kind = next(seed) % (depth < 6 ? 8 : 5);

	switch (kind) {
	case 0:
		json_null(out);
		return NULL;
	case 1:
		json_boolean(out, depth % 2);
		return json_object_new_boolean(depth % 2);
	case 2:
		json_uint(out, *seed);
		return json_object_new_uint64(*seed);
	case 3:
		json_int(out, -(int64_t)*seed);
		return json_object_new_int64(-(int64_t)*seed);
	case 4:
		json_string(out, "text\n\xc3\xa9/");
		return json_object_new_string("text\n\xc3\xa9/");
	}
	if (kind == 5)
		json_open_array(out);
	else
		json_open_object(out);
	same = grow_inside(out, seed, depth, kind == 5);
	json_end(out);
	return same;
}

static bool documents_are_same(unsigned int form, int flags)
{
	bool holds = true;

	for (uint32_t tree = 0; holds && tree < 2000; tree++) {
		uint32_t seed = tree;
		struct written written;
		struct json_out *out = begin(&written, form);
		struct json_object *same = NULL;

		json_open_array(out);
		same = grow_inside(out, &seed, 0, true);
		json_end(out);
		holds = is(end(&written), json_object_to_json_string_ext(same, flags | JSON_C_TO_STRING_NOSLASHESCAPE));
		json_object_put(same);
		free(written.text);
	}
	return holds;
}

static bool plain_documents(void)
{
	return documents_are_same(JSON_PLAIN, JSON_C_TO_STRING_PLAIN);
}

static bool pretty_documents(void)
{
	return documents_are_same(JSON_PRETTY, JSON_C_TO_STRING_PRETTY);
}

/* Releases of json-c differ in where they close it. */
static bool empty(void)
{
	struct written written;
	struct json_out *out = begin(&written, JSON_PRETTY);
	bool holds;

	json_open_object(out);
	json_key(out, "a");
	json_open_array(out);
	json_end(out);
	json_key(out, "o");
	json_open_object(out);
	json_end(out);
	json_put_string(out, "s", NULL);
	json_end(out);
	holds = is(end(&written), "{\n  \"a\":[],\n  \"o\":{},\n  \"s\":null\n}");
	free(written.text);
	return holds;
}

static void put_row(struct json_out *out, uint64_t number)
{
	json_line(out);
	json_open_object(out);
	json_put_uint(out, "n", number);
	json_end(out);
}

static void put_end(struct json_out *out)
{
	json_end(out);
	json_line(out);
	json_put_known(out, "more", false, 1);
	json_end(out);
	json_frame(out, "\n");
}

/* Rows in lines of their own; a second writer goes on where the first has stopped. */
static bool in_parts(void)
{
	static const char expect[] = "{\"rows\":[\n{\"n\":1},\n{\"n\":2},\n{\"n\":3}],\n\"more\":null}\n";
	struct written written;
	struct json_out *out = begin(&written, JSON_PLAIN);
	bool holds;

	json_open_object(out);
	json_key(out, "rows");
	json_open_array(out);
	put_row(out, 1);
	put_row(out, 2);
	json_close(out);
	json_open(out, written.file, JSON_PLAIN);
	json_reopen(out, "oa");
	put_row(out, 3);
	put_end(out);
	holds = is(end(&written), expect);
	free(written.text);
	return holds;
}

/* As deep as it goes: each level ends as what it began as. */
static bool deep(void)
{
	struct written written;
	struct json_out *out = begin(&written, JSON_PLAIN);
	struct json_object *object;
	struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH + 2);
	bool holds;

	for (unsigned int level = 0; level < JSON_DEPTH; level++) {
		if (level % 3) {
			json_open_array(out);
			continue;
		}
		json_open_object(out);
		json_key(out, "k");
	}
	json_null(out);
	for (unsigned int level = 0; level < JSON_DEPTH; level++)
		json_end(out);
	object = json_tokener_parse_ex(tokener, end(&written), -1);
	holds = object && is(written.text, json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN));
	json_object_put(object);
	json_tokener_free(tokener);
	free(written.text);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "a string of JSON has each byte, none that a terminal obeys, and what is no UTF-8 in octal", each_byte },
	{ "characters beyond ASCII are as they are, but for controls", beyond_ascii },
	{ "a text that is longer than the room for output is whole", long_text },
	{ "numbers are those of printf()", numbers },
	{ "a document in one line has the bytes of json-c", plain_documents },
	{ "and so has one with a line for each member", pretty_documents },
	{ "what is empty is closed at once", empty },
	{ "rows have lines of their own, also where another writer goes on", in_parts },
	{ "objects and arrays in each other end as what they are", deep },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
