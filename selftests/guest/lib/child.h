/* SPDX-License-Identifier: GPL-2.0 */
/*
 * child.h - children that do as told, one step at a time.
 *
 * A child calls child_ready() where the test shall look, and goes on when the test says
 * child_step(); child_start() and child_step() return when it is ready again or has exited.
 */
#ifndef CHILD_H
#define CHILD_H

#include <stdbool.h>
#include <sys/types.h>

struct child {
	pid_t pid;
	int to;		/* the test writes a byte: go on */
	int from;	/* the child writes a byte: ready */
};

/* Forks; the child runs @run and exits with what it returns.  Ends the test if that fails. */
void child_start(struct child *child, int (*run)(void *arg), void *arg);
/* A child that shares no memory with the test: it has become /bin/sleep, and sleeps. */
void child_start_program(struct child *child);
/* Until process @pid runs the program @comm. */
void child_await_program(pid_t pid, const char *comm);
/* In the child: what was asked for is there.  Returns when the test wants the next step. */
void child_ready(void);
/*
 * In the child: starts @nr threads, which write three pages of their stacks and sleep for good.  Returns
 * when all of them sleep: what a thread does to start is in nobody's counts before and after.
 */
void child_sleepers(unsigned int nr);
/* Lets the child go on; true when it is ready again, false when it exited. */
bool child_step(struct child *child);
/* Lets it go on and exit, and reaps it: its wait status. */
int child_end(struct child *child);
/* PID of one that has exited and is not waited for. */
pid_t child_zombie(void);
/* Kills and reaps it. */
void child_kill(struct child *child);

#endif
