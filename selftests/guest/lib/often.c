// SPDX-License-Identifier: GPL-2.0
/* often.c - a child that maps one page very often, and what the module had to look at for that. */
#include <sys/mman.h>

#include "door.h"
#include "often.h"
#include "result.h"
#include "scene.h"
#include "text.h"

static int map_often(void *arg)
{
	const struct often *often = arg;

	if (often->instead)
		munmap(often->instead, PAGE);
	for (unsigned int i = 0; i < often->nr; i++)
		if (mmap(NULL, PAGE, PROT_READ, MAP_SHARED | often->flags, often->fd, 0) == MAP_FAILED)
			return 1;
	child_ready();
	return 0;
}

void often_start(struct child *child, struct often *often)
{
	child_start(child, map_often, often);
}

uint64_t often_passed(void)
{
	struct bytes stats;
	uint64_t passed;

	if (door_file("stats", &stats) || !text_number(stats.data, "Mappers", &passed))
		die("stats has no Mappers");
	bytes_free(&stats);
	return passed;
}
