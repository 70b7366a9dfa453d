/* SPDX-License-Identifier: GPL-2.0 */
/*
 * holders.h - in: a PID; out: what the process owns that may hold pages: its file descriptors, as /proc
 * shows them, and its contexts of asynchronous I/O.  None of them is opened or asked.
 *
 * A kind is known by what the kernel alone gives: the name of an anonymous inode, which is no path, a device's
 * number, the operations of an area.  A file may have any name.
 */
#ifndef VMAVIEW_HOLDERS_H
#define VMAVIEW_HOLDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "vmaview/model.h"
#include "vmaview/refs.h"

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

/* In one piece of memory, malloc()ed; NULL without memory.  @aio: it has a context of asynchronous I/O. */
struct holders *holders_read(pid_t pid, bool aio);
/* The same, where @folder is open on its /proc/PID, or -1. */
struct holders *holders_read_at(int folder, bool aio);

/*
 * Is one of its areas that of such a context, which has no descriptor: aio_setup_ring() in fs/aio.c?  Asked of
 * all areas of a process, and only the module knows.
 */
bool holders_have_aio(const struct process *process);

/* What a driver of that name holds; HOLDER_NR: nothing. */
enum holder_kind holder_of_driver(const char *driver);

/* May it hold the pages of [start, end) in one of these ways? */
bool holder_may_hold(const struct holder *holder, uint64_t start, uint64_t end, unsigned int how);

/* Pages that are held, and in which ways. */
struct held {
	uint64_t start;
	uint64_t end;
	unsigned int how;	/* enum holder_how */
};

/* The ways that references which nothing else explains leave open. */
static inline unsigned int held_how(const struct refs *refs)
{
	return (refs->pins ? HOLDS_BY_PIN : 0) | (refs->unexplained ? HOLDS_BY_REFERENCE : 0);
}

/*
 * Who may hold them: "io_uring:5 pipe:3,4"; one that holds several ranges is one, four of a kind are named.
 * Its length, 0 for nobody, or -1 where the descriptors are not known and nothing else is.
 */
#define HOLDERS_TEXT_MAX 1024		/* more than four descriptors of each kind take */
int holders_text(const struct holders *holders, const struct held *held, char *out, size_t room);

#endif /* VMAVIEW_HOLDERS_H */
