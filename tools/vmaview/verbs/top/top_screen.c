// SPDX-License-Identifier: GPL-2.0
/* top_screen.c - the terminal: frames onto it, keys from it.  Nothing but this knows ncurses. */
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include <ncurses.h>

#include "text/escape.h"
#include "verbs/top/top_columns.h"
#include "verbs/top/top_screen.h"

#define ABOVE 4		/* title, where, bar, headings */
#define BELOW 1		/* keys, or a prompt */
#define GAP 1
#define MOST 24		/* letters of a cell that is not the last */

enum { PAIR_NEW = 1, PAIR_GREW, PAIR_SHRANK, PAIR_GONE };

bool top_screen_begin(const struct top_screen *screen)
{
	SCREEN *terminal;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return false;
	terminal = newterm(NULL, stdout, stdin);
	if (!terminal)
		return false;
	set_term(terminal);
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	set_escdelay(50);
	curs_set(0);
	if (screen->color && has_colors()) {
		start_color();
		use_default_colors();
		init_pair(PAIR_NEW, COLOR_GREEN, -1);
		init_pair(PAIR_GREW, COLOR_YELLOW, -1);
		init_pair(PAIR_SHRANK, COLOR_CYAN, -1);
		init_pair(PAIR_GONE, COLOR_RED, -1);
	}
	return true;
}

void top_screen_end(void)
{
	endwin();
}

size_t top_screen_rows(void)
{
	return LINES > ABOVE + BELOW ? LINES - ABOVE - BELOW : 0;
}

/* As much of it as has room, in columns of the terminal; what is left of the line is blank. */
static void put(int y, int x, int width, const char *text)
{
	mbstate_t state = { 0 };
	int used = 0;

	while (*text && width > 0) {
		wchar_t letter;
		size_t length = mbrtowc(&letter, text, MB_CUR_MAX, &state);
		int wide = length + 1 > 1 ? wcwidth(letter) : -1;

		if (length == (size_t)-1 || length == (size_t)-2 || wide < 0) {
			letter = L'?';
			length = length + 2 < 2 ? 1 : length;
			wide = 1;
			memset(&state, 0, sizeof(state));
		}
		if (used + wide > width)
			break;
		mvaddnwstr(y, x + used, &letter, 1);
		used += wide;
		text += length;
	}
}

static const char *change_sign(enum top_change change)
{
	static const char *const signs[] = {
		[TOP_SAME] = " ", [TOP_NEW] = "+", [TOP_GREW] = "^", [TOP_SHRANK] = "v", [TOP_GONE] = "-",
	};

	return signs[change];
}

static int change_attributes(const struct top_screen *screen, enum top_change change)
{
	static const int pairs[] = {
		[TOP_SAME] = 0, [TOP_NEW] = PAIR_NEW, [TOP_GREW] = PAIR_GREW, [TOP_SHRANK] = PAIR_SHRANK,
		[TOP_GONE] = PAIR_GONE,
	};

	return screen->color && has_colors() ? COLOR_PAIR(pairs[change]) : change == TOP_SAME ? 0 : A_BOLD;
}

struct shown {
	const struct column *list[COLUMNS_MAX];
	int width[COLUMNS_MAX];
	size_t nr;
};

/* After the address: a narrow terminal has it, too. */
static void put_called(struct shown *shown, const struct column_set *set)
{
	for (size_t i = 0; i < set->nr; i++) {
		if (!(set->columns[i].flags & COL_CALLED))
			continue;
		memmove(shown->list + 2, shown->list + 1, (shown->nr++ - 1) * sizeof(*shown->list));
		shown->list[1] = &set->columns[i];
	}
}

static void choose_columns(struct shown *shown, const struct top_screen *screen, enum top_level level)
{
	const struct column_set *set = top_level_columns(level);

	shown->nr = 0;
	if (level == TOP_PROCESSES && screen->nr_columns) {
		memcpy(shown->list, screen->columns, screen->nr_columns * sizeof(*shown->list));
		shown->nr = screen->nr_columns;
		return;
	}
	for (size_t i = 0; i < set->nr; i++)
		if (set->columns[i].flags & COL_DEFAULT)
			shown->list[shown->nr++] = &set->columns[i];
	if (level == TOP_AREAS && screen->called)
		put_called(shown, set);
}

static int cell_text(const struct top_screen *screen, const struct column *column, const struct top_line *line,
		     char *text, size_t room)
{
	struct cell cell = line->cell;

	cell.bytes = screen->bytes;
	return column_text(column, &cell, text, room);
}

/* As wide as what is on the screen needs. */
static void measure(struct shown *shown, const struct top_screen *screen, const struct top_list *list, size_t first)
{
	char text[CELL_MAX];

	for (size_t i = 0; i < shown->nr; i++) {
		shown->width[i] = strlen(column_heading(shown->list[i], screen->bytes));
		for (size_t j = first; j < list->nr && j < first + top_screen_rows(); j++) {
			int length = cell_text(screen, shown->list[i], list->lines[j], text, sizeof(text));

			if (length > shown->width[i])
				shown->width[i] = length;
		}
		if (shown->width[i] > MOST && i + 1 < shown->nr)
			shown->width[i] = MOST;
	}
}

static bool is_right(const struct column *column)
{
	return column->kind == KIND_SIZE || column->kind == KIND_COUNT;
}

static void put_cell(int y, int x, int width, bool right, const char *text)
{
	int length = strlen(text);

	if (right && length < width)
		x += width - length;
	put(y, x, right && length < width ? length : width, text);
}

static void draw_line(const struct top_screen *screen, const struct shown *shown, const struct top_line *line, int y)
{
	char text[CELL_MAX];
	int x = 2;

	put(y, 0, 1, change_sign(line->change));
	for (size_t i = 0; i < shown->nr && x < COLS; i++) {
		int left = COLS - x, width = i + 1 == shown->nr || shown->width[i] > left ? left : shown->width[i];

		cell_text(screen, shown->list[i], line, text, sizeof(text));
		put_cell(y, x, width, is_right(shown->list[i]), text);
		x += shown->width[i] + GAP;
	}
}

static void draw_headings(const struct top_screen *screen, const struct top_state *state, const struct shown *shown)
{
	const struct column *sort = state->place[state->view.level].order.sort;
	int x = 2;

	attron(A_REVERSE);
	mvhline(ABOVE - 1, 0, ' ', COLS);
	for (size_t i = 0; i < shown->nr && x < COLS; i++) {
		if (shown->list[i] == sort)
			attron(A_BOLD | A_UNDERLINE);
		put_cell(ABOVE - 1, x, shown->width[i] < COLS - x ? shown->width[i] : COLS - x,
			 is_right(shown->list[i]), column_heading(shown->list[i], screen->bytes));
		attroff(A_BOLD | A_UNDERLINE);
		x += shown->width[i] + GAP;
	}
	attroff(A_REVERSE);
}

static void draw_lines(const struct top_screen *screen, const struct top_state *state, const struct top_list *list)
{
	const struct top_place *here = &state->place[state->view.level];
	struct shown shown;

	choose_columns(&shown, screen, state->view.level);
	measure(&shown, screen, list, here->first);
	draw_headings(screen, state, &shown);
	for (size_t i = 0; i < top_screen_rows() && here->first + i < list->nr; i++) {
		const struct top_line *line = list->lines[here->first + i];
		int attributes = change_attributes(screen, line->change);

		if (here->first + i == here->selected)
			attributes |= A_REVERSE;
		attron(attributes);
		if (attributes & A_REVERSE)
			mvhline(ABOVE + i, 0, ' ', COLS);
		draw_line(screen, &shown, line, ABOVE + i);
		attroff(attributes);
	}
}

static void draw_title(const struct top_screen *screen, const struct top_state *state, const struct top_frame *frame,
		       const struct top_list *list)
{
	time_t began = frame->began;
	char text[512], clock[16] = "";
	struct tm tm;
	size_t gone = frame->nr - frame->nr_live;
	int used;

	if (localtime_r(&began, &tm))
		strftime(clock, sizeof(clock), "%H:%M:%S", &tm);
	used = snprintf(text, sizeof(text), "vmaview top %s%s%s%s  %zu shown of %zu", clock,
			state->paused ? " PAUSED" : "", state->follow ? " FOLLOW" : "",
			frame->from_proc ? " /proc alone" : "", list->nr, frame->nr);
	if (gone)
		used += snprintf(text + used, sizeof(text) - used, ", %zu gone", gone);
	if (frame->unreadable)
		used += snprintf(text + used, sizeof(text) - used, ", %zu unreadable", frame->unreadable);
	snprintf(text + used, sizeof(text) - used, "  cost %.1f ms, next in %.1f s (duty %g %%)", frame->cost * 1e3,
		 screen->wait, screen->duty * 100);
	attron(A_BOLD);
	put(0, 0, COLS, text);
	attroff(A_BOLD);
}

/* Which process, and which area of it. */
static void draw_where(const struct top_state *state, const struct top_frame *frame)
{
	char text[512], *title;

	if (state->view.level == TOP_PROCESSES) {
		put(1, 0, COLS, "processes");
		return;
	}
	title = frame->has_process && frame->process.title ? malloc(escape_room(frame->process.title)) : NULL;
	if (title)
		escape_text(frame->process.title, title, escape_room(frame->process.title));
	if (state->view.level == TOP_PAGES)
		snprintf(text, sizeof(text), "pages of %llx-%llx of %d: %s", (unsigned long long)state->view.start,
			 (unsigned long long)state->view.end, state->view.pid, title ? title : "");
	else
		snprintf(text, sizeof(text), "areas of %d: %s", state->view.pid, title ? title : "");
	free(title);
	put(1, 0, COLS, text);
}

/* What is in memory, by kind: each has its part of the line, and its name where that is wide enough. */
static void draw_bar(const struct top_frame *frame)
{
	uint64_t all = 0;
	int x = 0;

	for (int kind = 0; kind < KIND_OF_NR; kind++)
		all += frame->present[kind];
	for (int kind = 0; all && kind < KIND_OF_NR; kind++) {
		int width = (double)frame->present[kind] / all * COLS;
		char text[64];

		if (!width)
			continue;
		attron(kind % 2 ? A_REVERSE : A_REVERSE | A_DIM);
		mvhline(2, x, ' ', width);
		snprintf(text, sizeof(text), "%s %.0f%%", kind_names[kind], 100.0 * frame->present[kind] / all);
		put(2, x, width, text);
		attroff(A_REVERSE | A_DIM);
		x += width;
	}
	if (!all)
		put(2, 0, COLS, frame->level == TOP_PAGES ? "" : "what is in memory by kind is not known");
}

static void draw_bottom(const struct top_state *state)
{
	static const char *const prompts[] = {
		[TOP_SEARCH] = "Search: ", [TOP_FILTER] = "Filter: ", [TOP_SORT] = "Sort by [-]: ",
	};

	if (state->prompt) {
		put(LINES - 1, 0, COLS, prompts[state->prompt]);
		put(LINES - 1, strlen(prompts[state->prompt]), COLS - strlen(prompts[state->prompt]), state->text);
		return;
	}
	if (state->message[0]) {
		put(LINES - 1, 0, COLS, state->message);
		return;
	}
	put(LINES - 1, 0, COLS,
	    "F1 help  Enter in  Esc out  F3 search  F4 filter  F5 tree  F6 sort  F follow  Z pause  q quit");
}

static void draw_help(void)
{
	static const char *const lines[] = {
		"Enter          the areas of a process, the pages of an area",
		"Esc            back",
		"arrows, PgUp, PgDn, Home, End",
		"F3 or /        search; n: the next one",
		"F4 or \\        filter: an expression as -Q has it; nothing: all",
		"F5 or t        children below their parents",
		"F6, > or .     sort by a column, -COL: the most first; I: the other way",
		"M, N           the most in memory first; by PID or address",
		"F              the selection follows what is selected",
		"Z              pause",
		"q or F10       quit",
		"",
		"+ new   ^ larger   v smaller   - gone since the frame before",
		"",
		"any key goes on",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]) && (int)i + 1 < LINES; i++)
		put(i + 1, 2, COLS - 2, lines[i]);
}

void top_screen_draw(const struct top_screen *screen, struct top_state *state, const struct top_frame *frame,
		     const struct top_list *list)
{
	erase();
	if (state->help) {
		draw_help();
	} else {
		draw_title(screen, state, frame, list);
		draw_where(state, frame);
		draw_bar(frame);
		draw_lines(screen, state, list);
		draw_bottom(state);
	}
	refresh();
}

static unsigned int translate(int key)
{
	switch (key) {
	case KEY_UP: return TOP_KEY_UP;
	case KEY_DOWN: return TOP_KEY_DOWN;
	case KEY_PPAGE: return TOP_KEY_PAGE_UP;
	case KEY_NPAGE: return TOP_KEY_PAGE_DOWN;
	case KEY_HOME: return TOP_KEY_HOME;
	case KEY_END: return TOP_KEY_END;
	case KEY_ENTER: case '\n': case '\r': return TOP_KEY_ENTER;
	case KEY_BACKSPACE: case 127: case 8: return TOP_KEY_ERASE;
	case 27: return TOP_KEY_ESCAPE;
	}
	if (key >= KEY_F(1) && key <= KEY_F(10))
		return TOP_KEY_F1 + (key - KEY_F(1));
	return key > 0 && key < 0x7f ? (unsigned int)key : 0;
}

unsigned int top_screen_key(double seconds)
{
	timeout(seconds > 3600 ? 3600000 : seconds > 0 ? (int)(seconds * 1000) + 1 : 0);
	return translate(getch());
}
