/* SPDX-License-Identifier: GPL-2.0 */
/* serve.h - a userfaultfd whose faults are answered at once, and counted by access_userfault(). */
#ifndef SERVE_H
#define SERVE_H

#include <stddef.h>
#include <stdint.h>

/* A userfaultfd with @features, and a thread that serves it; the test is skipped where it cannot be. */
int serve_open(uint64_t features);
/* Registers @len bytes for @modes, an OR of UFFDIO_REGISTER_MODE_*. */
void serve_register(int fd, char *addr, size_t len, uint64_t modes);

#endif
