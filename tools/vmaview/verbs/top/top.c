// SPDX-License-Identifier: GPL-2.0
/*
 * top.c - in: options, keys, the clock; out: one frame after the other, on a terminal or as text.
 *
 * What a frame costs decides when the next one is read: no more than --duty of a processor is used, and so of any
 * target's lock, whose holds are part of it.  Frames are left out for that, not parts of them.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/clock.h"
#include "verbs/blame.h"
#include "verbs/top/top.h"
#include "verbs/top/top_columns.h"
#include "verbs/top/top_print.h"
#include "verbs/top/top_read.h"
#include "verbs/top/top_screen.h"
#include "verbs/top/top_state.h"

struct top {
	struct options *options;
	struct collector collector;
	struct top_frame now;
	struct top_frame before;	/* what is gone since is still shown in @now */
	struct top_state state;
	struct top_screen screen;
	struct top_list list;
	struct labels labels;
	char why[200];
};

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

/* Without SA_RESTART: whatever waits then ends. */
static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = stop };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

static void forget(struct top *top)
{
	top_frame_free(&top->now);
	top_frame_free(&top->before);
	top_list_free(&top->list);
}

static int make_list(struct top *top)
{
	top_list_free(&top->list);
	return top_list_make(&top->list, &top->now, &top_here(&top->state)->order) ? EXIT_FAILED : EXIT_DONE;
}

/* The next frame, compared with the one that was shown; that one stays where it cannot be read. */
static int read_frame(struct top *top)
{
	double cpu = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
	struct top_frame next;
	int ret = top_read(&next, top->options, &top->collector, &top->state.view);

	memcpy(top->why, next.why, sizeof(top->why));
	if (!ret && top->now.lines && top_frame_compare(&next, &top->now))
		ret = EXIT_FAILED;
	if (ret) {
		top_frame_free(&next);
		return ret;
	}
	top_list_free(&top->list);
	top_frame_free(&top->before);
	top->before = top->now;
	top->now = next;
	ret = make_list(top);
	top->now.cost = clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	return ret;
}

/* From the beginning of a frame to that of the next. */
static double wait_after(const struct top *top)
{
	double interval = top->options->interval / 1e9, needed = top->now.cost / top->screen.duty;

	return needed > interval ? needed : interval;
}

static void say_fallback(const struct top *top)
{
	char why[512];

	if (!top->now.from_proc)
		return;
	blame_module(&top->collector, why, sizeof(why));
	say("showing only what /proc reports: %s", why);
}

static int say_why(const struct top *top, int ret)
{
	say("%s", top->why[0] ? top->why : "out of memory");
	return ret;
}

static void sleep_until(double when)
{
	double left = when - clock_seconds(CLOCK_MONOTONIC);
	struct timespec time;

	if (left <= 0 || stopped)
		return;
	time.tv_sec = left;
	time.tv_nsec = (left - time.tv_sec) * 1e9;
	nanosleep(&time, NULL);
}

/* A frame is printed whole, or not at all.  That nobody is left is an error at first, later the end. */
static int batch(struct top *top)
{
	unsigned int frames = top->options->once ? 1 : top->options->count;
	int ret = EXIT_DONE;

	for (unsigned int i = 0; !ret && !stopped && (!frames || i < frames); i++) {
		double began = clock_seconds(CLOCK_MONOTONIC);

		ret = read_frame(top);
		if (ret)
			return ret == EXIT_NOBODY && i ? EXIT_DONE : say_why(top, ret);
		if (!i)
			say_fallback(top);
		else if (!top->options->raw)
			putchar('\n');
		if (top_print(top->options, &top->now, &top->list))
			return say_why(top, EXIT_FAILED);
		top->options->noheadings |= top->options->raw;
		if (flush_stdout())
			break;
		if (!frames || i + 1 < frames)
			sleep_until(began + wait_after(top));
	}
	return ret;
}

/* What cannot be read any more is left; of processes, the end. */
static int leave_level(struct top *top, int ret)
{
	if (top->state.view.level == TOP_PROCESSES)
		return ret;
	top->state.view.level--;
	top->state.moved = true;
	snprintf(top->state.message, sizeof(top->state.message), "%.150s", top->why);
	return EXIT_DONE;
}

static int refresh(struct top *top)
{
	int ret;

	if (top->state.moved)
		forget(top);
	top->state.moved = false;
	ret = read_frame(top);
	if (ret)
		ret = leave_level(top, ret);
	top->screen.wait = wait_after(top);
	return ret;
}

/* Until the next frame is due; every key is answered at once. */
static int answer(struct top *top, double due)
{
	int ret = EXIT_DONE;

	while (!ret && !stopped && !top->state.quit && !top->state.moved) {
		double left = top->state.paused ? 3600 : due - clock_seconds(CLOCK_MONOTONIC);
		unsigned int key;

		top_settle(&top->state, &top->list, top_screen_rows());
		top_screen_draw(&top->screen, &top->state, &top->now, &top->list);
		if (left <= 0)
			break;
		key = top_screen_key(left);
		if (!key)
			continue;
		top_press(&top->state, key, &top->list, top_screen_rows());
		if (!top->state.moved)
			ret = make_list(top);
	}
	return ret;
}

/* The first frame is read before the screen is taken: what is wrong is said as ever. */
static int look(struct top *top)
{
	int ret = read_frame(top);

	if (ret)
		return say_why(top, ret);
	if (!top_screen_begin(&top->screen)) {
		say("top draws on a terminal, and this is none that it can use; --batch and --once print text");
		return EXIT_USAGE;
	}
	top->screen.wait = wait_after(top);
	while (!ret && !stopped && !top->state.quit) {
		double began = clock_seconds(CLOCK_MONOTONIC);

		ret = answer(top, began + top->screen.wait);
		if (!ret && !stopped && !top->state.quit)
			ret = refresh(top);
	}
	top_screen_end();
	if (ret == EXIT_NOBODY)
		return EXIT_DONE;
	return ret ? say_why(top, ret) : EXIT_DONE;
}

/* An option that would be ignored is a mistake. */
static int check(const struct options *options)
{
	bool text = options->batch || options->once;

	if (options->batch && options->once)
		say("--batch and --once exclude each other");
	else if (options->once && options->count)
		say("--once is one frame; it takes no --count");
	else if (text && options->labels)
		say("--batch and --once print processes; what --labels names are areas, on the screen");
	else if (!text && (options->raw || options->noheadings || options->head || options->count))
		say("--raw, --noheadings, --head and --count are for --batch and --once");
	else
		return EXIT_DONE;
	return EXIT_USAGE;
}

static void init(struct top *top, struct options *options)
{
	struct top_order order = { .sort = options->sort, .down = options->sort_down, .filter = options->filter };

	if (!order.sort) {
		order.sort = column_find(&top_columns, "RSS", 3);
		order.down = true;
	}
	*top = (struct top){ .options = options };
	collector_init(&top->collector);
	top->collector.maps_only = !options->smaps;
	top_state_init(&top->state, &order);
	top->screen = (struct top_screen){
		.color = color_wanted(options->color), .bytes = options->bytes,
		.columns = options->columns, .nr_columns = options->nr_columns, .duty = options->duty / 100,
		.called = options->labels,
	};
}

static int run(struct top *top, struct options *options)
{
	int ret = options->labels ? labels_read(&top->labels, options->labels) : EXIT_DONE;

	top->state.view.labels = &top->labels;
	if (ret)
		return ret;
	if (!options->batch && !options->once)
		return look(top);
	if (!options->nr_columns)
		options_choose(options, COL_DEFAULT);
	return batch(top);
}

int top_main(struct options *options)
{
	struct top top;
	int ret = check(options);

	if (ret)
		return ret;
	init(&top, options);
	catch_signals();
	ret = run(&top, options);
	forget(&top);
	labels_free(&top.labels);
	top_state_free(&top.state);
	return ret;
}
