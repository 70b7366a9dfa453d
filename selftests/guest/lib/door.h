/* SPDX-License-Identifier: GPL-2.0 */
/* door.h - both doors of the module: debugfs folders and the device. */
#ifndef DOOR_H
#define DOOR_H

#include <sys/types.h>

#include "slurp.h"
#include "stream.h"
#include "vmaview.h"

/* Each of these: 0 or -errno. */
int door_write(const char *file, const void *data, size_t len);	/* to a file of debugfs */
int door_attach(pid_t pid);
int door_detach(pid_t pid);
/* debugfs file @name of @pid, or of the top where @pid is 0; attaches first. */
int door_text(pid_t pid, const char *name, struct bytes *out);
/* A file of the top or of a folder that is there already, by its path below the top. */
int door_file(const char *name, struct bytes *out);

/* The device, open; -errno. */
int door_open(void);
struct vmaview_request door_request(pid_t pid, unsigned int want);
/* Bits of @random that a stream can be asked for, at least one. */
unsigned int door_any_want(uint64_t random);
int door_bind(int fd, const struct vmaview_request *request);
/* A whole stream of @pid. */
int door_bytes(pid_t pid, unsigned int want, struct bytes *out);

/* For this test: how long a hold may last, in microseconds.  Ends the test where that cannot be set. */
void door_hold_budget(const char *us);

/* The errno of reading file @name in the folder of @pid, which is not attached for it; 0 for none. */
int door_folder_errno(pid_t pid, const char *name);
/* The device bound to @pid, or its text `areas`, open; the test ends where that fails. */
int door_bound(pid_t pid);
int door_opened(pid_t pid);

/* All areas of @pid by each door, or the test ends. */
void door_areas(pid_t pid, struct area_list *out);
void door_stream(pid_t pid, unsigned int want, struct stream *out);
/* As /proc/PID/smaps has them. */
void door_smaps(pid_t pid, struct area_list *out);

#endif
