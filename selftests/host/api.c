// SPDX-License-Identifier: GPL-2.0
/* api.c - libvmaview.h as a program uses it that does all wrong, and one that does not: tools/lib/vmaview/api. */
#include <errno.h>
#include <fcntl.h>
#include <libvmaview.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ktap.h"

#define NR(array) (sizeof(array) / sizeof((array)[0]))
#define DATA "../data/"

static struct vmaview_query query_of(int rows, const char *file)
{
	return (struct vmaview_query){ .size = sizeof(struct vmaview_query), .rows = rows, .file = file };
}

/* What opening, and then the first row, return; a failure has words. */
static bool fails(const struct vmaview_query *query, int at_open, int at_row)
{
	struct vmaview *handle;
	int opened = vmaview_open(&handle, query), row = 0;
	bool said = *vmaview_message(handle);

	if (!opened) {
		row = vmaview_next(handle);
		said = *vmaview_message(handle);
	}
	vmaview_close(&handle);
	vmaview_close(&handle);
	if (opened != at_open || row != at_row || handle)
		return ktap_note("opened %d, row %d, expected %d, %d", opened, row, at_open, at_row);
	return said || ktap_note("nothing is said of %d, %d", opened, row);
}

static bool senseless(void)
{
	struct vmaview_query query[] = {
		query_of(0, DATA "whole.vmav"), query_of(4, DATA "whole.vmav"), query_of(VMAVIEW_ROWS_AREAS, NULL),
		query_of(VMAVIEW_ROWS_AREAS, DATA "whole.vmav"), query_of(VMAVIEW_ROWS_AREAS, DATA "whole.vmav"),
		query_of(VMAVIEW_ROWS_PAGES, DATA "whole.vmav"), query_of(VMAVIEW_ROWS_AREAS, DATA "whole.vmav"),
		query_of(VMAVIEW_ROWS_AREAS, NULL), query_of(VMAVIEW_ROWS_AREAS, NULL),
		query_of(VMAVIEW_ROWS_AREAS, DATA "whole.vmav"), query_of(VMAVIEW_ROWS_AREAS, DATA "whole.vmav"),
	};

	query[3].pid = 1;
	query[4].size = 8;
	query[5].flags = 2;
	query[6].flags = VMAVIEW_QUERY_JOIN;
	query[7].pid = -1;
	query[8].pid = 1;
	query[8].moment = 1;
	query[9].low = 2;
	query[9].high = 1;
	query[10].only[0] = 1;
	for (size_t i = 0; i < NR(query); i++)
		if (!fails(&query[i], -EINVAL, 0))
			return ktap_note("query %zu", i);
	return fails(NULL, -EINVAL, 0) && vmaview_open(NULL, &query[0]) == -EINVAL;
}

static bool longer(void)
{
	struct {
		struct vmaview_query query;
		uint64_t more;
	} long_one = { query_of(VMAVIEW_ROWS_AREAS, DATA "whole.vmav"), 0 };
	struct vmaview *handle;
	int ret;

	long_one.query.size = sizeof(long_one);
	ret = vmaview_open(&handle, &long_one.query);
	vmaview_close(&handle);
	long_one.more = 1;
	return !ret && fails(&long_one.query, -E2BIG, 0);
}

static bool no_file(void)
{
	struct vmaview_query query = query_of(VMAVIEW_ROWS_AREAS, DATA "is-not-there.vmav");

	return fails(&query, -ENOENT, 0);
}

static bool no_moment(void)
{
	struct vmaview_query query = query_of(VMAVIEW_ROWS_AREAS, DATA "whole.vmav");

	query.moment = 2;
	return fails(&query, -ENOENT, 0);
}

static bool no_device(void)
{
	struct vmaview_query query = query_of(VMAVIEW_ROWS_AREAS, NULL);

	if (!access("/dev/vmaview", F_OK))
		return ktap_skip("the module is loaded here");
	query.pid = getpid();
	return fails(&query, -ENOENT, 0);
}

static size_t read_all(const char *path, char *bytes, size_t room)
{
	FILE *file = fopen(path, "r");
	size_t length = file ? fread(bytes, 1, room, file) : 0;

	if (file)
		fclose(file);
	return length;
}

/* The first @length bytes of a stream, as a file: it must fail, and however it does without a crash. */
static bool cut_fails(const char *bytes, size_t length)
{
	char path[] = "/tmp/vmaview-api.XXXXXX";
	struct vmaview_query query = query_of(VMAVIEW_ROWS_AREAS, path);
	int fd = mkstemp(path), opened, row = 0;
	struct vmaview *handle;

	if (fd < 0 || write(fd, bytes, length) != (ssize_t)length)
		return ktap_note("%s cannot be written", path);
	close(fd);
	opened = vmaview_open(&handle, &query);
	if (!opened)
		row = vmaview_next(handle);
	opened = opened ? opened : row;
	unlink(path);
	if (opened != -ENODATA && opened != -EBADMSG)
		ktap_note("%zu bytes: %d, %s", length, opened, vmaview_message(handle));
	vmaview_close(&handle);
	return opened == -ENODATA || opened == -EBADMSG;
}

static bool truncated(void)
{
	static char bytes[65536];
	size_t length = read_all(DATA "whole.vmav", bytes, sizeof(bytes));

	for (size_t cut = 0; cut < length; cut += cut < 64 ? 1 : 97)
		if (!cut_fails(bytes, cut))
			return false;
	return length > 1000 && cut_fails(bytes, length - 1) && cut_fails("no snapshot at all, in no way", 29);
}

static bool not_in_it(void)
{
	struct vmaview_query pages = query_of(VMAVIEW_ROWS_PAGES, DATA "bare.vmav");
	struct vmaview_query sharers = query_of(VMAVIEW_ROWS_SHARERS, DATA "pages.vmav");

	return fails(&pages, 0, -EOPNOTSUPP) && fails(&sharers, 0, -EOPNOTSUPP);
}

static bool of_nothing(void)
{
	const struct vmaview_field *field = vmaview_field(VMAVIEW_ROWS_AREAS, 0);
	struct vmaview *none = NULL;
	struct vmaview_item item;
	const char *text;
	uint64_t number;

	vmaview_close(NULL);
	vmaview_close(&none);
	return *vmaview_message(NULL) && vmaview_next(NULL) == -EINVAL && vmaview_next_process(NULL) == -EINVAL &&
	       vmaview_number(NULL, field, &number) == -EINVAL && vmaview_text(NULL, field, &text) == -EINVAL &&
	       vmaview_item(NULL, field, 0, &item) == -EINVAL && !vmaview_pid(NULL) && !*vmaview_comm(NULL) &&
	       !*vmaview_kernel(NULL) && !vmaview_page_size(NULL) && !vmaview_time(NULL) && !vmaview_more(NULL) &&
	       !vmaview_moments(NULL) && vmaview_receipt(NULL, "holds", &number) == -EINVAL;
}

static bool fields(void)
{
	for (int rows = VMAVIEW_ROWS_AREAS; rows <= VMAVIEW_ROWS_SHARERS; rows++) {
		const struct vmaview_field *field;
		size_t place;

		for (place = 0; (field = vmaview_field(rows, place)); place++)
			if (!*vmaview_field_help(field) ||
			    vmaview_field_named(rows, vmaview_field_name(field)) != field ||
			    vmaview_field_type(field) < VMAVIEW_TYPE_NUMBER ||
			    vmaview_field_type(field) > VMAVIEW_TYPE_NUMBERS)
				return ktap_note("field %s of %d", vmaview_field_name(field), rows);
		if (place < 10)
			return ktap_note("%zu fields of %d", place, rows);
	}
	return !vmaview_field(0, 0) && !vmaview_field(4, 0) && !vmaview_field_named(VMAVIEW_ROWS_AREAS, "mode") &&
	       !vmaview_field_named(VMAVIEW_ROWS_AREAS, NULL) && !vmaview_field_named(VMAVIEW_ROWS_PAGES, "pss");
}

static const struct vmaview_field *area_field(const char *name)
{
	return vmaview_field_named(VMAVIEW_ROWS_AREAS, name);
}

/* Values where there is no row, of other rows, and of another type. */
static bool no_value(void)
{
	struct vmaview_query query = query_of(VMAVIEW_ROWS_AREAS, DATA "whole.vmav");
	const struct vmaview_field *rss = area_field("rss"), *name = area_field("name"), *flags = area_field("flags");
	const struct vmaview_field *state = vmaview_field_named(VMAVIEW_ROWS_PAGES, "state");
	struct vmaview_item item;
	struct vmaview *handle;
	const char *text;
	uint64_t number;
	bool holds;

	if (vmaview_open(&handle, &query))
		return ktap_note("%s", vmaview_message(handle));
	holds = vmaview_number(handle, rss, &number) == -EINVAL && vmaview_next(handle) == 1 &&
		vmaview_number(handle, rss, &number) == 1 && vmaview_number(handle, name, &number) == -EINVAL &&
		vmaview_number(handle, rss, NULL) == -EINVAL && vmaview_number(handle, NULL, &number) == -EINVAL &&
		vmaview_text(handle, rss, &text) == -EINVAL && vmaview_text(handle, state, &text) == -EINVAL &&
		vmaview_text(handle, name, NULL) == -EINVAL && vmaview_item(handle, rss, 0, &item) == -EINVAL &&
		vmaview_item(handle, flags, 0, NULL) == -EINVAL && vmaview_item(handle, flags, 1000, &item) == 0;
	while (vmaview_next(handle) == 1)
		;
	holds = holds && vmaview_next(handle) == 0 && vmaview_number(handle, rss, &number) == -EINVAL &&
		vmaview_next_process(handle) == 0 && vmaview_next(handle) == 0;
	vmaview_close(&handle);
	return holds;
}

/* A text in between is not taken for one of the items, nor they for it. */
static bool by_turns(void)
{
	struct vmaview_query query = query_of(VMAVIEW_ROWS_AREAS, DATA "whole.vmav");
	struct vmaview_item first = { 0 }, second = { 0 };
	struct vmaview *handle;
	const char *text = "";
	bool holds;

	if (vmaview_open(&handle, &query) || vmaview_next(handle) != 1)
		return ktap_note("%s", vmaview_message(handle));
	holds = vmaview_item(handle, area_field("flags"), 0, &first) == 1 && !strcmp(first.name, "read") &&
		vmaview_text(handle, area_field("name"), &text) == 1 && !strcmp(text, "[heap]") &&
		vmaview_item(handle, area_field("flags"), 1, &second) == 1 && !strcmp(second.name, "write") &&
		vmaview_item(handle, area_field("vmflags"), 1, &second) == 1 && !strcmp(second.name, "wr") &&
		vmaview_item(handle, area_field("extra_refs"), 1, &second) == 1 && !strcmp(second.name, "lru_batch");
	vmaview_close(&handle);
	return holds;
}

static size_t nr_pages(struct vmaview_query *query)
{
	struct vmaview *handle;
	size_t nr = 0;

	if (!vmaview_open(&handle, query))
		while (vmaview_next(handle) == 1)
			nr++;
	vmaview_close(&handle);
	return nr;
}

static bool only(void)
{
	struct vmaview_query all = query_of(VMAVIEW_ROWS_PAGES, DATA "pages.vmav");
	struct vmaview_query dirty = all, clean = all, present = all, here = all;
	size_t nr = nr_pages(&all);

	if (vmaview_only(&dirty, "pte", "dirty") || vmaview_only(&clean, "pte", "!dirty") ||
	    vmaview_only(&present, "state", "present"))
		return ktap_note("words that there are were not taken");
	if (vmaview_only(&all, "pte", "dusty") != -EINVAL || vmaview_only(&all, "state", "!present") != -EINVAL ||
	    vmaview_only(&all, "pfn", "1") != -EINVAL || vmaview_only(&dirty, "pte", "!dirty") != -EINVAL ||
	    vmaview_only(NULL, "pte", "dirty") != -EINVAL || vmaview_only(&all, NULL, "dirty") != -EINVAL)
		return ktap_note("words that there are not were taken");
	here.high = 1;
	if (nr_pages(&dirty) + nr_pages(&clean) != nr || !nr_pages(&dirty) || !nr_pages(&clean))
		return ktap_note("%zu dirty, %zu clean, %zu all", nr_pages(&dirty), nr_pages(&clean), nr);
	return nr_pages(&present) < nr && nr_pages(&present) && !nr_pages(&here);
}

static bool of_process(void)
{
	struct vmaview_query query = query_of(VMAVIEW_ROWS_AREAS, DATA "sh-6.12.vmav");
	struct vmaview *handle;
	uint64_t number = 0;
	bool holds;

	if (vmaview_open(&handle, &query))
		return ktap_note("%s", vmaview_message(handle));
	holds = !vmaview_pid(handle) && vmaview_moments(handle) == 1 && vmaview_next_process(handle) == 1 &&
		vmaview_pid(handle) > 0 && !strcmp(vmaview_comm(handle), "sh") && vmaview_page_size(handle) == 4096 &&
		*vmaview_kernel(handle) && vmaview_receipt(handle, "holds", &number) == 1 && number &&
		vmaview_receipt(handle, "changed", &number) >= 0 &&
		vmaview_receipt(handle, "cost", &number) == -EINVAL;
	vmaview_close(&handle);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "a query that makes no sense is refused, and nothing is left open", senseless },
	{ "a longer query is taken if the rest is zero", longer },
	{ "a file that is not there is ENOENT", no_file },
	{ "and so is a moment that it does not have", no_moment },
	{ "and a device, where no module is", no_device },
	{ "a stream that is not whole, or is none, is found out wherever it is cut", truncated },
	{ "rows that were not recorded are not the same as no rows", not_in_it },
	{ "of nothing, nothing is known, and it can be closed", of_nothing },
	{ "fields have a name, a help and a type, and are found by name", fields },
	{ "no row, other rows and another type give no value", no_value },
	{ "texts and items can be asked for by turns", by_turns },
	{ "pages can be chosen by words, and only by words that there are", only },
	{ "of the process is said who it is and what reading it cost", of_process },
};

int main(void)
{
	return ktap_run(tests, NR(tests));
}
