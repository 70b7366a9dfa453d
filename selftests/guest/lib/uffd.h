/* SPDX-License-Identifier: GPL-2.0 */
/* uffd.h - userfaultfd write protection. */
#ifndef UFFD_H
#define UFFD_H

#include <linux/userfaultfd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef UFFD_FEATURE_WP_UNPOPULATED
#define UFFD_FEATURE_WP_UNPOPULATED (1 << 13)
#endif

/* A userfaultfd with @features; the test is skipped where the kernel has them not. */
int uffd_open(uint64_t features);
/* Registers @pages pages for write protection; (un)protects @pages of them. */
void uffd_watch(int fd, char *addr, size_t pages);
void uffd_protect(int fd, char *addr, size_t pages, bool on);

#endif
