/* SPDX-License-Identifier: GPL-2.0 */
/* top_state.h - in: keys; out: what is looked at, in which order, and where in it the user is. */
#ifndef VMAVIEW_TOP_STATE_H
#define VMAVIEW_TOP_STATE_H

#include "verbs/top/top_list.h"
#include "verbs/top/top_read.h"

/* Letters are themselves. */
enum top_key {
	TOP_KEY_UP = 0x110000,	/* above all characters */
	TOP_KEY_DOWN,
	TOP_KEY_PAGE_UP,
	TOP_KEY_PAGE_DOWN,
	TOP_KEY_HOME,
	TOP_KEY_END,
	TOP_KEY_ENTER,
	TOP_KEY_ESCAPE,
	TOP_KEY_ERASE,
	TOP_KEY_F1,		/* as many as there are: TOP_KEY_F1 + 9 is F10 */
	TOP_KEY_F10 = TOP_KEY_F1 + 9,
};

enum top_prompt {
	TOP_NO_PROMPT,
	TOP_SEARCH,
	TOP_FILTER,
	TOP_SORT,
};

/* Each level keeps its own while another one is looked at. */
struct top_place {
	struct top_order order;
	size_t selected;	/* a line of the list */
	uint64_t key;		/* what it is */
	size_t first;		/* on the screen */
};

struct top_state {
	struct top_view view;
	struct top_place place[TOP_LEVEL_NR];
	struct filter *given;	/* the filter of the command line, which is freed there */
	char search[80];
	enum top_prompt prompt;
	char text[160];		/* what is typed into it */
	char message[256];	/* what is wrong, or was not found; until the next key */
	bool follow;		/* the selection goes with what is selected, not with the line */
	bool paused;
	bool help;
	bool moved;		/* another level: read at once */
	bool quit;
};

/* @now: the columns and the filter of processes, as the command line has them. */
void top_state_init(struct top_state *state, const struct top_order *now);
void top_state_free(struct top_state *state);

/* @rows: of the screen, for lines. */
void top_press(struct top_state *state, unsigned int key, const struct top_list *list, size_t rows);

/* The list is another one: what is selected, and what is on the screen, is part of it. */
void top_settle(struct top_state *state, const struct top_list *list, size_t rows);

static inline struct top_place *top_here(struct top_state *state)
{
	return &state->place[state->view.level];
}

#endif /* VMAVIEW_TOP_STATE_H */
