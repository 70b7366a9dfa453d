// SPDX-License-Identifier: GPL-2.0
/* rc.c - a configuration file of pmap's: the choice of fields that it makes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <verbs/pmap/pmap_rc.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* By its path in /proc, as the parser opens it itself. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct pmap_options options = { 0 };
	int fd = memfd_create("rc", 0);
	char path[64];

	if (fd < 0 || write(fd, bytes, length) != (ssize_t)length)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (pmap_rc_read(path, &options))
		abort();
	pmap_choice_free(&options.choice);
	close(fd);
	return 0;
}
