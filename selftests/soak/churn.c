// SPDX-License-Identifier: GPL-2.0
/*
 * churn.c - processes whose memory does not hold still, a kind each, until SIGTERM.
 *
 * usage: churn CGROUP: a cgroup v2 folder that may hold little memory; one kind lives in it and is
 * killed there.  Whoever ends is started again.  What a kernel lacks, its kind does without.
 * A few at a time have their turn, the others are stopped: all at once would leave the readers, and
 * each other, no processor.
 * Out: how often each kind has begun its round.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kinds.h"

enum { KINDS_MAX = 32, AT_A_TIME = 4, TURN_MS = 700 };

const char *little_cgroup;

/* Shared with the children. */
static unsigned long *rounds;
static size_t nr_kinds;
static pid_t pids[KINDS_MAX];
static volatile sig_atomic_t ended, next_turn;
static size_t turn;

static const struct kind *kind_of(size_t nr)
{
	if (nr < nr_area_kinds)
		return &area_kinds[nr];
	nr -= nr_area_kinds;
	return nr < nr_page_kinds ? &page_kinds[nr] : &place_kinds[nr - nr_page_kinds];
}

static bool has_turn(size_t nr)
{
	return (nr + nr_kinds - turn) % nr_kinds < AT_A_TIME;
}

static void start(size_t nr)
{
	const struct kind *kind = kind_of(nr);

	pids[nr] = fork();
	if (pids[nr]) {
		if (!has_turn(nr))
			kill(pids[nr], SIGSTOP);
		return;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGTERM, SIG_DFL);
	for (unsigned int round = 0;; round++) {
		rounds[nr]++;
		kind->run(round);
	}
}

static void note_signal(int signal_nr)
{
	if (signal_nr == SIGTERM)
		ended = 1;
	else
		next_turn = 1;
}

static void take_turns(void)
{
	next_turn = 0;
	kill(pids[turn], SIGSTOP);
	turn = (turn + 1) % nr_kinds;
	kill(pids[(turn + AT_A_TIME - 1) % nr_kinds], SIGCONT);
}

static void run(void)
{
	for (size_t nr = 0; nr < nr_kinds; nr++)
		start(nr);
	while (!ended) {
		pid_t gone = waitpid(-1, NULL, 0);

		for (size_t nr = 0; gone > 0 && nr < nr_kinds && !ended; nr++)
			if (pids[nr] == gone)
				start(nr);
		if (next_turn)
			take_turns();
	}
	for (size_t nr = 0; nr < nr_kinds; nr++)
		kill(pids[nr], SIGKILL);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		;
}

int main(int argc, char **argv)
{
	const struct itimerval often = { { 0, TURN_MS * 1000 }, { 0, TURN_MS * 1000 } };
	struct sigaction action = { .sa_handler = note_signal };

	nr_kinds = nr_area_kinds + nr_page_kinds + nr_place_kinds;
	if (argc != 2 || nr_kinds > KINDS_MAX)
		return 2;
	little_cgroup = argv[1];
	rounds = mmap(NULL, KINDS_MAX * sizeof(*rounds), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (rounds == MAP_FAILED)
		return 1;
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	run();
	for (size_t nr = 0; nr < nr_kinds; nr++)
		printf("%s %lu\n", kind_of(nr)->name, rounds[nr]);
	return 0;
}
