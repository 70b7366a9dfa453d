/* SPDX-License-Identifier: GPL-2.0 */
/* whole_file.h - in: a path, then what is printed; out: a file that has this name once it is whole, or never. */
#ifndef VMAVIEW_WHOLE_FILE_H
#define VMAVIEW_WHOLE_FILE_H

#include <signal.h>
#include <stdio.h>
#include <sys/types.h>

struct whole_file {
	const char *name;	/* as the user wrote it */
	char *path;		/* what is replaced: what @name leads to */
	FILE *file;
	char *temporary;	/* beside it, so that rename() is atomic */
	sigset_t signals;	/* that end us, and must not leave that file behind */
};

/*
 * Each returns EXIT_DONE, or the code to stop with, all having been said.  One file at a time.
 *
 * whole_file_choose() writes nothing: a @name that cannot be had is refused before there is anything to write.
 * whole_file_close() takes @ret, what became of the writing, and passes it on; with EXIT_DONE the file gets its name,
 * and @mode, in place of what had that name.  whole_file_free() whatever comes.
 */
int whole_file_choose(struct whole_file *whole, const char *name);
int whole_file_open(struct whole_file *whole);
int whole_file_close(struct whole_file *whole, int ret, mode_t mode);
void whole_file_free(struct whole_file *whole);

/* The file cannot be written, because of @error: says so. */
int whole_file_failed(const struct whole_file *whole, int error);

#endif /* VMAVIEW_WHOLE_FILE_H */
