/* SPDX-License-Identifier: GPL-2.0 */
/* top_screen.h - the terminal: frames onto it, keys from it. */
#ifndef VMAVIEW_TOP_SCREEN_H
#define VMAVIEW_TOP_SCREEN_H

#include "verbs/top/top_state.h"

struct top_screen {
	bool color;
	bool bytes;		/* sizes in bytes, not in kB */
	const struct column *const *columns;	/* of processes, where the command line chose */
	size_t nr_columns;
	bool called;		/* what areas are called is shown, too */
	double duty;		/* of one processor, that is allowed: 0.01 */
	double wait;		/* seconds from one frame to the next */
};

/* false: stdin or stdout is no terminal that could be used. */
bool top_screen_begin(const struct top_screen *screen);
void top_screen_end(void);

/* How many lines of the list there is room for. */
size_t top_screen_rows(void);

void top_screen_draw(const struct top_screen *screen, struct top_state *state, const struct top_frame *frame,
		     const struct top_list *list);

/* The next key, waited for @seconds at most; 0: none came, or the terminal has another size now. */
unsigned int top_screen_key(double seconds);

#endif /* VMAVIEW_TOP_SCREEN_H */
