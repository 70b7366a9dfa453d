/* SPDX-License-Identifier: GPL-2.0 */
/* watcher.h - `vmaview faults`, running beside what it watches. */
#ifndef WATCHER_H
#define WATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "slurp.h"

struct watcher {
	pid_t pid;
	int out;
	int err;
};

/* All that it said, and its exit code. */
struct watched {
	int status;
	struct bytes out;
	struct bytes err;
};

/* Returns once it watches; the test ends where it never does.  The PID takes the last place of @argv. */
void watcher_start(struct watcher *watcher, pid_t pid, char *const argv[]);
/* Each fault a line: what the next three count in. */
void watcher_start_stream(struct watcher *watcher, pid_t pid);
/* Sends @signal, 0 for none, and waits for the end. */
void watcher_stop(struct watcher *watcher, int signal, struct watched *seen);

/* Are there the kernel's tracepoints by which a fault has a kind and a latency? */
bool watcher_sees_exceptions(void);
/* Faults in @len bytes from @addr on, of a kind and access, or (NULL) of all. */
unsigned int watched_count(const struct watched *seen, const void *addr, size_t len,
			   const char *kind, const char *access);
/* ns that the last fault in the page at @addr took; 0 where there was none, or it has none. */
uint64_t watched_latency(const struct watched *seen, const void *addr);
/* Those that the kernel's counters know. */
unsigned int watched_served(const struct watched *seen);
void watched_note(const struct watched *seen);
void watched_free(struct watched *seen);

#endif
