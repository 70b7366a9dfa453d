// SPDX-License-Identifier: GPL-2.0
/* top_state.c - in: keys, which are htop's; out: what is looked at, in which order, and where in it the user is. */
#include <stdio.h>
#include <string.h>

#include "verbs/top/top_columns.h"
#include "verbs/top/top_state.h"

void top_state_init(struct top_state *state, const struct top_order *now)
{
	*state = (struct top_state){ .view = { .level = TOP_PROCESSES } };
	state->place[TOP_PROCESSES].order = *now;
	state->given = now->filter;
}

void top_state_free(struct top_state *state)
{
	for (int level = 0; level < TOP_LEVEL_NR; level++)
		if (state->place[level].order.filter != state->given)
			filter_free(state->place[level].order.filter);
}

static void select_line(struct top_state *state, const struct top_list *list, size_t index)
{
	struct top_place *here = top_here(state);

	if (!list->nr)
		return;
	here->selected = index < list->nr ? index : list->nr - 1;
	here->key = list->lines[here->selected]->key;
}

void top_settle(struct top_state *state, const struct top_list *list, size_t rows)
{
	struct top_place *here = top_here(state);
	size_t index = here->selected;

	for (size_t i = 0; state->follow && i < list->nr; i++)
		if (list->lines[i]->key == here->key)
			index = i;
	select_line(state, list, index);
	if (here->selected < here->first)
		here->first = here->selected;
	if (rows && here->selected >= here->first + rows)
		here->first = here->selected - rows + 1;
	if (here->first + rows > list->nr)
		here->first = list->nr > rows ? list->nr - rows : 0;
}

static void move(struct top_state *state, const struct top_list *list, int64_t by)
{
	size_t selected = top_here(state)->selected;

	if (by < 0)
		select_line(state, list, selected > (uint64_t)-by ? selected + by : 0);
	else
		select_line(state, list, selected + by);
}

/* In any cell of a line that is text, in small letters or capitals. */
static bool has_text(const struct top_line *line, enum top_level level, const char *text)
{
	const struct column_set *set = top_level_columns(level);
	char cell[CELL_MAX];

	for (size_t i = 0; i < set->nr; i++) {
		if (set->columns[i].kind != KIND_TEXT && set->columns[i].kind != KIND_ADDRESS &&
		    strcmp(set->columns[i].name, "Pid"))
			continue;
		if (column_text(&set->columns[i], &line->cell, cell, sizeof(cell)) > 0 && strcasestr(cell, text))
			return true;
	}
	return false;
}

/* After the one that is selected, and from the first on again. */
static void search(struct top_state *state, const struct top_list *list)
{
	size_t selected = top_here(state)->selected;

	for (size_t i = 1; i <= list->nr; i++) {
		size_t index = (selected + i) % list->nr;

		if (has_text(list->lines[index], state->view.level, state->search)) {
			select_line(state, list, index);
			return;
		}
	}
	snprintf(state->message, sizeof(state->message), "nothing has '%s'", state->search);
}

static void choose_filter(struct top_state *state)
{
	struct top_order *order = &top_here(state)->order;
	struct filter *filter = NULL;
	struct filter_error error;

	if (state->text[0]) {
		filter = filter_parse(top_level_columns(state->view.level), state->text, &error);
		if (!filter) {
			snprintf(state->message, sizeof(state->message), "%s, at '%.40s'", error.why,
				 state->text + error.at);
			return;
		}
	}
	if (order->filter != state->given)
		filter_free(order->filter);
	order->filter = filter;
}

static void sort_by(struct top_state *state, const char *name, bool down)
{
	const struct column_set *set = top_level_columns(state->view.level);
	struct top_order *order = &top_here(state)->order;
	const struct column *column = column_find(set, name, strlen(name));
	const char *near = column ? NULL : column_suggest(set, name, strlen(name));

	if (column) {
		order->sort = column;
		order->down = down;
	} else if (near) {
		snprintf(state->message, sizeof(state->message), "no column is called '%.40s'; did you mean %s?", name,
			 near);
	} else {
		snprintf(state->message, sizeof(state->message), "no column is called '%.40s'", name);
	}
}

static void end_prompt(struct top_state *state, const struct top_list *list)
{
	enum top_prompt prompt = state->prompt;

	state->prompt = TOP_NO_PROMPT;
	switch (prompt) {
	case TOP_SEARCH:
		snprintf(state->search, sizeof(state->search), "%.79s", state->text);
		if (state->search[0])
			search(state, list);
		break;
	case TOP_FILTER:
		choose_filter(state);
		break;
	case TOP_SORT:
		if (state->text[0])
			sort_by(state, state->text + (state->text[0] == '-'), state->text[0] == '-');
		break;
	default:
		break;
	}
}

static void begin_prompt(struct top_state *state, enum top_prompt prompt)
{
	state->prompt = prompt;
	state->text[0] = '\0';
}

/* Letters of ASCII: names of columns, expressions, words to search for. */
static void type(struct top_state *state, unsigned int key, const struct top_list *list)
{
	size_t length = strlen(state->text);

	if (key == TOP_KEY_ENTER)
		end_prompt(state, list);
	else if (key == TOP_KEY_ESCAPE)
		state->prompt = TOP_NO_PROMPT;
	else if (key == TOP_KEY_ERASE && length)
		state->text[length - 1] = '\0';
	else if (key >= ' ' && key < 0x7f && length + 1 < sizeof(state->text))
		memcpy(state->text + length, (char[]){ key, '\0' }, 2);
}

static void enter(struct top_state *state, const struct top_list *list)
{
	const struct top_line *line = list->nr ? list->lines[top_here(state)->selected] : NULL;

	if (!line || line->change == TOP_GONE || state->view.level == TOP_PAGES)
		return;
	if (state->view.level == TOP_PROCESSES) {
		state->view.level = TOP_AREAS;
		state->view.pid = line->key;
	} else {
		state->view.level = TOP_PAGES;
		state->view.start = line->cell.area->start;
		state->view.end = line->cell.area->end;
	}
	top_here(state)->selected = top_here(state)->first = 0;
	state->moved = true;
}

static void leave(struct top_state *state)
{
	if (state->view.level == TOP_PROCESSES)
		return;
	state->view.level--;
	state->moved = true;
}

/* Keys that move; false: it is none. */
static bool press_move(struct top_state *state, unsigned int key, const struct top_list *list, size_t rows)
{
	switch (key) {
	case TOP_KEY_UP:
		move(state, list, -1);
		return true;
	case TOP_KEY_DOWN:
		move(state, list, 1);
		return true;
	case TOP_KEY_PAGE_UP:
		move(state, list, -(int64_t)rows);
		return true;
	case TOP_KEY_PAGE_DOWN:
		move(state, list, rows);
		return true;
	case TOP_KEY_HOME:
		select_line(state, list, 0);
		return true;
	case TOP_KEY_END:
		select_line(state, list, list->nr);
		return true;
	case TOP_KEY_ENTER:
		enter(state, list);
		return true;
	case TOP_KEY_ESCAPE:
		leave(state);
		return true;
	}
	return false;
}

/* Keys that ask for words; false: it is none. */
static bool press_prompt(struct top_state *state, unsigned int key)
{
	switch (key) {
	case TOP_KEY_F1 + 2: case '/':
		begin_prompt(state, TOP_SEARCH);
		return true;
	case TOP_KEY_F1 + 3: case '\\':
		begin_prompt(state, TOP_FILTER);
		return true;
	case TOP_KEY_F1 + 5: case '>': case '.':
		begin_prompt(state, TOP_SORT);
		return true;
	}
	return false;
}

/* Keys that order lines; false: it is none. */
static bool press_order(struct top_state *state, unsigned int key)
{
	struct top_order *order = &top_here(state)->order;

	switch (key) {
	case TOP_KEY_F1 + 4: case 't':
		order->tree = !order->tree;
		return true;
	case 'I':
		order->down = !order->down;
		return true;
	case 'M':
		sort_by(state, state->view.level == TOP_PAGES ? "Kbytes" : "RSS", true);
		return true;
	case 'N':
		sort_by(state, state->view.level == TOP_PROCESSES ? "Pid" : "Address", false);
		return true;
	}
	return false;
}

static void press_other(struct top_state *state, unsigned int key, const struct top_list *list)
{
	switch (key) {
	case TOP_KEY_F1: case 'h': case '?':
		state->help = true;
		break;
	case 'n':
		if (state->search[0])
			search(state, list);
		break;
	case 'F':
		state->follow = !state->follow;
		break;
	case 'Z':
		state->paused = !state->paused;
		break;
	case TOP_KEY_F10: case 'q':
		state->quit = true;
		break;
	}
}

void top_press(struct top_state *state, unsigned int key, const struct top_list *list, size_t rows)
{
	state->message[0] = '\0';
	if (state->help)
		state->help = false;
	else if (state->prompt)
		type(state, key, list);
	else if (!press_move(state, key, list, rows) && !press_prompt(state, key) && !press_order(state, key))
		press_other(state, key, list);
}
