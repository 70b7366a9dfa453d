/* SPDX-License-Identifier: GPL-2.0 */
/*
 * holders.h - in: a PID; out: what the process owns that may hold pages: its file descriptors, as /proc
 * shows them, and its contexts of asynchronous I/O.  None of them is opened or asked.
 */
#ifndef VMAVIEW_HOLDERS_H
#define VMAVIEW_HOLDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum holder_kind {
	HOLDER_IO_URING,
	HOLDER_AIO,
	HOLDER_VFIO,
	HOLDER_IOMMUFD,
	HOLDER_RDMA,
	HOLDER_DMA_BUF,
	HOLDER_GPU,
	HOLDER_KVM,
	HOLDER_PIPE,
	HOLDER_SOCKET,
	HOLDER_NR
};

/* How a holder of that kind holds pages. */
enum holder_how {
	HOLDS_BY_PIN		= 1,	/* FOLL_PIN */
	HOLDS_BY_REFERENCE	= 2,	/* a plain one: FOLL_GET */
};

struct holder_row {
	const char *name;
	unsigned int how;	/* enum holder_how */
};

extern const struct holder_row holder_rows[HOLDER_NR];

/* What is known of the memory that one holds. */
enum holder_range {
	HOLDER_ANY,		/* nothing: it may be any */
	HOLDER_THIS,		/* [start, end), for as long as the descriptor is there */
	HOLDER_NO_BUFFER,	/* none for long: it has no registered buffer */
};

/* One with several ranges is there several times. */
struct holder {
	enum holder_kind kind;
	int fd;			/* -1: has none */
	enum holder_range range;
	uint64_t start;
	uint64_t end;
};

struct holders {
	bool known;		/* false: its descriptors could not be read, or not all of them */
	size_t nr;
	struct holder holder[];	/* by kind, then by descriptor */
};

/* In one piece of memory, malloc()ed; NULL without memory. */
struct holders *holders_read(pid_t pid);
/* The same, where @folder is open on its /proc/PID, or -1. */
struct holders *holders_read_at(int folder);

/* May it hold the pages of [start, end) in one of these ways? */
bool holder_may_hold(const struct holder *holder, uint64_t start, uint64_t end, unsigned int how);

#endif /* VMAVIEW_HOLDERS_H */
