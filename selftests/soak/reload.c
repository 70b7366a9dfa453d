// SPDX-License-Identifier: GPL-2.0
/*
 * reload.c - takes the module out and puts it back in, for so long, while others use it.
 *
 * usage: reload SECONDS MODULE.  Out: how often.  Exit: 0 when both that and a refusal, for its being
 * in use, happened, and the module is in.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static bool put_in(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool done = fd >= 0 && !syscall(SYS_finit_module, fd, "", 0);

	if (!done)
		printf("# %s: %s\n", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return done;
}

/* While a file of its own is open, it stays. */
static bool stays_in_use(unsigned long *refused)
{
	int fd = open("/dev/vmaview", O_RDONLY | O_CLOEXEC);
	bool stays;

	if (fd < 0) {
		printf("# the device cannot be opened: %s\n", strerror(errno));
		return false;
	}
	stays = syscall(SYS_delete_module, "vmaview", O_NONBLOCK);
	if (!stays)
		printf("# it went with a file open\n");
	else
		++*refused;
	close(fd);
	return stays;
}

int main(int argc, char **argv)
{
	unsigned long taken_out = 0, refused = 0;
	time_t last = time(NULL) + (argc == 3 ? atol(argv[1]) : 0);
	bool is_in = argc == 3;

	while (is_in && time(NULL) < last) {
		is_in = stays_in_use(&refused);
		if (!is_in)
			break;
		if (!syscall(SYS_delete_module, "vmaview", O_NONBLOCK)) {
			taken_out++;
			is_in = put_in(argv[2]);
		} else if (errno == EWOULDBLOCK || errno == EBUSY) {
			refused++;	/* a reader's */
		} else {
			printf("# taking it out: %s\n", strerror(errno));
			is_in = false;
		}
		usleep(1000);	/* the users' turn */
	}
	printf("# taken out and put back %lu times; refused %lu times, being in use\n", taken_out, refused);
	return !is_in || !taken_out || !refused;
}
