/* SPDX-License-Identifier: GPL-2.0 */
/* kinds.h - what a process of churn does to its memory, over and over. */
#ifndef KINDS_H
#define KINDS_H

#include <stddef.h>

#define PAGE 4096UL
#define HUGE (2UL << 20)

/* What moves is here, so that a reader can look at nothing else. */
#define HOT_START	0x600000000000UL
#define HOT_BYTES	(64UL << 20)

struct kind {
	const char *name;
	void (*run)(unsigned int round);	/* called again until the process is killed, or exits */
};

extern const struct kind area_kinds[];
extern const size_t nr_area_kinds;
extern const struct kind page_kinds[];
extern const size_t nr_page_kinds;
extern const struct kind place_kinds[];
extern const size_t nr_place_kinds;

/* The cgroup v2 folder that may hold little memory. */
extern const char *little_cgroup;

/* Memory at @offset of the hot range; the process ends where there is none. */
char *hot(size_t offset, size_t len, int flags, int fd);
char *hot_private(size_t len);
/* One byte of each page. */
void touch(char *memory, size_t pages, int value);
/* A word written to a file of the kernel's; nothing where that is not there. */
void tell(const char *path, const char *word);

#endif
