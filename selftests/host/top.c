// SPDX-License-Identifier: GPL-2.0
/* top.c - frames that follow on each other, their order, and what keys do. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "verbs/top/top_columns.h"
#include "verbs/top/top_state.h"

enum { PAGE = 4096, ROWS = 5 };

struct made {
	pid_t pid;
	pid_t parent;
	uint64_t started;
	uint64_t pages;		/* in memory */
};

static void make(struct top_frame *frame, const struct made *made, size_t nr)
{
	*frame = (struct top_frame){ .level = TOP_PROCESSES, .nr = nr, .nr_live = nr, .nr_processes = nr, .room = nr };
	frame->lines = calloc(nr + 1, sizeof(*frame->lines));
	frame->processes = calloc(nr + 1, sizeof(*frame->processes));
	for (size_t i = 0; i < nr; i++) {
		struct top_process *process = &frame->processes[i];

		*process = (struct top_process){
			.pid = made[i].pid, .parent = made[i].parent, .started = made[i].started,
			.comm = strdup("made"), .title = strdup(made[i].pid % 2 ? "an odd one" : "an even one"),
		};
		area_set(&process->total, KEY_RSS, made[i].pages * PAGE);
		frame->lines[i] = (struct top_line){
			.key = made[i].pid, .cell = { .row = process, .area = &process->total },
		};
	}
}

static const struct top_line *line_of(const struct top_frame *frame, pid_t pid, enum top_change change)
{
	for (size_t i = 0; i < frame->nr; i++)
		if (frame->lines[i].key == (uint64_t)pid && frame->lines[i].change == change)
			return &frame->lines[i];
	return NULL;
}

static bool changes(void)
{
	static const struct made before_made[] = {
		{ 10, 1, 5, 3 }, { 11, 1, 5, 3 }, { 12, 1, 5, 3 }, { 13, 1, 5, 3 }, { 14, 1, 5, 3 },
	};
	/* 10 grew, 11 shrank, 12 is as it was, 13 is gone, 14 is another process, 15 is new. */
	static const struct made now_made[] = {
		{ 10, 1, 5, 5 }, { 11, 1, 5, 2 }, { 12, 1, 5, 3 }, { 14, 1, 9, 3 }, { 15, 1, 9, 1 },
	};
	struct top_frame before, now;
	const struct top_line *grew;
	bool holds;

	make(&before, before_made, 5);
	make(&now, now_made, 5);
	holds = !top_frame_compare(&now, &before) && now.nr == 7 && now.nr_live == 5;
	grew = line_of(&now, 10, TOP_GREW);
	holds = holds && grew && now.processes[0].grown == 2 * PAGE &&
		line_of(&now, 11, TOP_SHRANK) && now.processes[1].shrunk == PAGE && line_of(&now, 12, TOP_SAME) &&
		line_of(&now, 13, TOP_GONE) && line_of(&now, 14, TOP_NEW) && line_of(&now, 14, TOP_GONE) &&
		line_of(&now, 15, TOP_NEW);
	top_frame_free(&now);
	top_frame_free(&before);
	return holds;
}

/* What was gone in the frame before is not gone again. */
static bool gone_once(void)
{
	static const struct made made[] = { { 10, 1, 5, 3 }, { 11, 1, 5, 3 } };
	struct top_frame first, second, third;
	bool holds;

	make(&first, made, 2);
	make(&second, made, 1);
	make(&third, made, 1);
	holds = !top_frame_compare(&second, &first) && second.nr == 2 &&
		!top_frame_compare(&third, &second) && third.nr == 1;
	top_frame_free(&first);
	top_frame_free(&second);
	top_frame_free(&third);
	return holds;
}

/* Sizes that are not known have not grown. */
static bool unknown(void)
{
	static const struct made made[] = { { 10, 1, 5, 3 } };
	struct top_frame before, now;
	bool holds;

	make(&before, made, 1);
	make(&now, made, 1);
	before.processes[0].total.known = 0;
	holds = !top_frame_compare(&now, &before) && !now.processes[0].knows_grown &&
		line_of(&now, 10, TOP_SAME);
	top_frame_free(&now);
	top_frame_free(&before);
	return holds;
}

static bool is_order(const struct top_list *list, const pid_t *pids, size_t nr)
{
	bool holds = list->nr == nr;

	for (size_t i = 0; holds && i < nr; i++)
		if (list->lines[i]->key != (uint64_t)pids[i])
			holds = ktap_note("line %zu is %" PRIu64 ", expected %d", i, list->lines[i]->key, pids[i]);
	return holds;
}

static const struct made family[] = {
	{ 10, 1, 5, 3 }, { 11, 10, 5, 9 }, { 12, 10, 5, 4 }, { 13, 11, 5, 1 }, { 20, 1, 5, 7 },
	{ 21, 22, 5, 1 }, { 22, 21, 5, 2 },
};
enum { FAMILY = sizeof(family) / sizeof(family[0]) };

static bool check_order(struct top_order order, const pid_t *pids, size_t nr)
{
	struct top_frame frame;
	struct top_list list;
	bool holds;

	make(&frame, family, FAMILY);
	holds = !top_list_make(&list, &frame, &order) && is_order(&list, pids, nr);
	top_list_free(&list);
	top_frame_free(&frame);
	return holds;
}

static bool sorted(void)
{
	const struct column *rss = column_find(&top_columns, "RSS", 3);

	return check_order((struct top_order){ .sort = rss, .down = true },
			   (pid_t[]){ 11, 20, 12, 10, 22, 13, 21 }, FAMILY) &&
	       check_order((struct top_order){ .sort = rss }, (pid_t[]){ 13, 21, 22, 10, 12, 20, 11 }, FAMILY) &&
	       check_order((struct top_order){ .sort = NULL }, (pid_t[]){ 10, 11, 12, 13, 20, 21, 22 }, FAMILY);
}

static bool tree(void)
{
	const struct column *rss = column_find(&top_columns, "RSS", 3);

	return check_order((struct top_order){ .sort = rss, .down = true, .tree = true },
			   (pid_t[]){ 20, 10, 11, 13, 12, 22, 21 }, FAMILY);
}

/* Each the child of the one before, and then as many children of the last: all of them are gone through once. */
static bool many_are_a_tree(void)
{
	enum { DEEP = 100000, ALL = 2 * DEEP };
	struct made *made = calloc(ALL, sizeof(*made));
	struct top_order order = { .tree = true };
	struct top_frame frame;
	struct top_list list;
	bool holds;

	if (!made)
		return false;
	for (int i = 0; i < ALL; i++)
		made[i] = (struct made){ .pid = 10 + i, .parent = i < DEEP ? 9 + i : 9 + DEEP, .pages = 1 };
	make(&frame, made, ALL);
	holds = !top_list_make(&list, &frame, &order) && list.nr == ALL;
	for (size_t i = 0; holds && i < ALL; i++)
		if (list.lines[i]->key != 10 + i || list.lines[i]->cell.depth != (i < DEEP ? i : DEEP))
			holds = ktap_note("line %zu is %" PRIu64 ", %u below", i, list.lines[i]->key,
					  list.lines[i]->cell.depth);
	top_list_free(&list);
	top_frame_free(&frame);
	free(made);
	return holds;
}

static bool filtered(void)
{
	struct filter_error error;
	struct filter *filter = filter_parse(&top_columns, "RSS >= 16K", &error);
	bool holds = filter && check_order((struct top_order){ .filter = filter }, (pid_t[]){ 11, 12, 20 }, 3);

	filter_free(filter);
	return holds;
}

struct desk {
	struct top_frame frame;
	struct top_list list;
	struct top_state state;
};

static void sit_down(struct desk *desk)
{
	struct top_order order = { .sort = NULL };

	make(&desk->frame, family, FAMILY);
	top_state_init(&desk->state, &order);
	if (!top_list_make(&desk->list, &desk->frame, &desk->state.place[TOP_PROCESSES].order))
		top_settle(&desk->state, &desk->list, ROWS);
}

static void stand_up(struct desk *desk)
{
	top_list_free(&desk->list);
	top_state_free(&desk->state);
	top_frame_free(&desk->frame);
}

static void press(struct desk *desk, unsigned int key)
{
	top_press(&desk->state, key, &desk->list, ROWS);
	if (desk->state.view.level == TOP_PROCESSES) {
		top_list_free(&desk->list);
		if (!top_list_make(&desk->list, &desk->frame, &desk->state.place[TOP_PROCESSES].order))
			top_settle(&desk->state, &desk->list, ROWS);
	}
}

static void type(struct desk *desk, const char *text)
{
	for (; *text; text++)
		press(desk, *text);
	press(desk, TOP_KEY_ENTER);
}

static uint64_t selected(const struct desk *desk)
{
	return desk->list.lines[desk->state.place[TOP_PROCESSES].selected]->key;
}

static bool moves(void)
{
	struct desk desk;
	bool holds;

	sit_down(&desk);
	press(&desk, TOP_KEY_UP);
	holds = selected(&desk) == 10;
	press(&desk, TOP_KEY_DOWN);
	holds = holds && selected(&desk) == 11;
	press(&desk, TOP_KEY_PAGE_DOWN);
	holds = holds && selected(&desk) == 22 && desk.state.place[TOP_PROCESSES].first == FAMILY - ROWS;
	press(&desk, TOP_KEY_PAGE_UP);
	holds = holds && selected(&desk) == 11 && desk.state.place[TOP_PROCESSES].first == 1;
	press(&desk, TOP_KEY_END);
	press(&desk, TOP_KEY_DOWN);
	holds = holds && selected(&desk) == 22;
	press(&desk, TOP_KEY_HOME);
	holds = holds && selected(&desk) == 10 && !desk.state.place[TOP_PROCESSES].first;
	stand_up(&desk);
	return holds;
}

static bool levels(void)
{
	struct desk desk;
	bool holds;

	sit_down(&desk);
	press(&desk, TOP_KEY_ESCAPE);
	holds = desk.state.view.level == TOP_PROCESSES && !desk.state.moved;
	press(&desk, TOP_KEY_DOWN);
	press(&desk, TOP_KEY_ENTER);
	holds = holds && desk.state.view.level == TOP_AREAS && desk.state.view.pid == 11 && desk.state.moved;
	press(&desk, TOP_KEY_ESCAPE);
	holds = holds && desk.state.view.level == TOP_PROCESSES && selected(&desk) == 11;
	desk.frame.lines[1].change = TOP_GONE;
	desk.state.moved = false;
	press(&desk, TOP_KEY_ENTER);
	holds = holds && desk.state.view.level == TOP_PROCESSES && !desk.state.moved;
	stand_up(&desk);
	return holds;
}

static bool prompts(void)
{
	struct desk desk;
	bool holds;

	sit_down(&desk);
	press(&desk, '/');
	type(&desk, "ODD");
	holds = selected(&desk) == 11;
	press(&desk, 'n');
	holds = holds && selected(&desk) == 13;
	press(&desk, '/');
	type(&desk, "nowhere");
	holds = holds && selected(&desk) == 13 && strstr(desk.state.message, "nowhere");
	press(&desk, TOP_KEY_F1 + 5);
	type(&desk, "-rss");
	holds = holds && desk.list.lines[0]->key == 11 && !desk.state.message[0];
	press(&desk, '>');
	type(&desk, "rsss");
	holds = holds && desk.list.lines[0]->key == 11 && strstr(desk.state.message, "did you mean RSS?");
	press(&desk, TOP_KEY_F1 + 3);
	type(&desk, "RSS >= 16K");
	holds = holds && desk.list.nr == 3;
	press(&desk, '\\');
	type(&desk, "RSS >");
	holds = holds && desk.list.nr == 3 && desk.state.message[0];
	press(&desk, '\\');
	type(&desk, "");
	holds = holds && desk.list.nr == FAMILY;
	press(&desk, '/');
	press(&desk, 'x');
	press(&desk, 'q');
	press(&desk, TOP_KEY_ERASE);
	holds = holds && !strcmp(desk.state.text, "x") && !desk.state.quit;
	press(&desk, TOP_KEY_ESCAPE);
	holds = holds && !desk.state.prompt;
	press(&desk, 'q');
	holds = holds && desk.state.quit;
	stand_up(&desk);
	return holds;
}

/* A line more than can be typed changes nothing more. */
static bool long_text(void)
{
	struct desk desk;
	bool holds;

	sit_down(&desk);
	press(&desk, '/');
	for (int i = 0; i < 1000; i++)
		press(&desk, 'y');
	holds = strlen(desk.state.text) == sizeof(desk.state.text) - 1;
	press(&desk, TOP_KEY_ENTER);
	holds = holds && strlen(desk.state.search) == sizeof(desk.state.search) - 1;
	stand_up(&desk);
	return holds;
}

/* The order changes: the selection stays on the line, or goes with the process. */
static bool follows(void)
{
	struct desk desk;
	bool holds;

	sit_down(&desk);
	press(&desk, TOP_KEY_DOWN);
	press(&desk, 'M');
	holds = selected(&desk) == 20;
	press(&desk, 'F');
	press(&desk, 'N');
	holds = holds && selected(&desk) == 20;
	press(&desk, 'I');
	holds = holds && selected(&desk) == 20;
	press(&desk, 't');
	holds = holds && selected(&desk) == 20 && desk.state.place[TOP_PROCESSES].order.tree;
	press(&desk, 'Z');
	holds = holds && desk.state.paused;
	press(&desk, 'h');
	holds = holds && desk.state.help;
	press(&desk, 'q');
	holds = holds && !desk.state.help && !desk.state.quit;
	stand_up(&desk);
	return holds;
}

/* A list of nothing has nothing selected, and no key minds. */
static bool nothing(void)
{
	static const unsigned int keys[] = {
		TOP_KEY_UP, TOP_KEY_DOWN, TOP_KEY_PAGE_UP, TOP_KEY_PAGE_DOWN, TOP_KEY_HOME, TOP_KEY_END,
		TOP_KEY_ENTER, 'n',
	};
	struct top_list list = { .lines = NULL };
	struct top_order order = { .sort = NULL };
	struct top_state state;

	top_state_init(&state, &order);
	top_settle(&state, &list, 0);
	strcpy(state.search, "x");
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		top_press(&state, keys[i], &list, 0);
		top_settle(&state, &list, 0);
	}
	top_state_free(&state);
	return !state.moved && !state.place[TOP_PROCESSES].selected;
}

static const struct ktap_test tests[] = {
	{ "what is new, gone, larger, smaller, and another process of the same PID", changes },
	{ "what is gone is gone once", gone_once },
	{ "what is not known has not grown", unknown },
	{ "lines are in the order of a column", sorted },
	{ "... children below their parents, and a circle is opened", tree },
	{ "... also two hundred thousand, as deep as they come", many_are_a_tree },
	{ "... and only those that are meant", filtered },
	{ "keys move, and no farther than there is something", moves },
	{ "Enter looks inside, Escape leaves", levels },
	{ "searches, filters and orders are typed", prompts },
	{ "... as much as there is room for", long_text },
	{ "the selection stays, or follows", follows },
	{ "where there is nothing, nothing is selected", nothing },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
