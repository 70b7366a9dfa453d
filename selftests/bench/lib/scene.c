// SPDX-License-Identifier: GPL-2.0
/* scene.c - processes to look at. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "die.h"
#include "scene.h"

static char *map(size_t size, int flags)
{
	char *addr = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);

	if (addr == MAP_FAILED)
		die("mmap of %zu bytes: %s", size, strerror(errno));
	return addr;
}

static struct place place_of(const char *addr, size_t size)
{
	return (struct place){ (uintptr_t)addr, (uintptr_t)addr + size };
}

static char *map_small(size_t size)
{
	char *addr = map(size, MAP_NORESERVE);

	if (madvise(addr, size, MADV_NOHUGEPAGE) && errno != EINVAL)	/* EINVAL: has none */
		die("MADV_NOHUGEPAGE: %s", strerror(errno));
	return addr;
}

/* Frames come in the order in which pages are touched: an odd stride visits each page once. */
struct place build_scattered(size_t size)
{
	const size_t nr = size / PAGE, stride = 100003;
	char *addr = map_small(size);

	for (size_t i = 0, at = 0; i < nr; i++, at = (at + stride) % nr)
		addr[at * PAGE] = 1;
	return place_of(addr, size);
}

struct place build_resident(size_t size)
{
	char *addr = map_small(size);

	for (size_t i = 0; i < size; i += PAGE)
		addr[i] = 1;
	return place_of(addr, size);
}

/* @nr children, one after the other: each does @build, if there is one, with @size, and then nothing. */
static void have_children(size_t nr, struct place (*build)(size_t size), size_t size)
{
	char byte;
	int ready[2];

	if (pipe2(ready, O_CLOEXEC))
		die("pipe: %s", strerror(errno));
	while (nr--) {
		pid_t pid = fork();

		if (pid < 0)
			die("fork: %s", strerror(errno));
		if (!pid) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			if (build)
				build(size);
			if (write(ready[1], "r", 1) != 1)
				_exit(1);
			for (;;)
				pause();
		}
		if (read(ready[0], &byte, 1) != 1)
			die("a child could not be built");
	}
	close(ready[0]);
	close(ready[1]);
}

struct place build_family(size_t nr)
{
	struct place place = build_resident(RESIDENT);

	have_children(nr, NULL, 0);
	return place;
}

/* Of the pages that a child has, too, every other one is written again, and so copied. */
struct place build_half_shared(size_t size)
{
	struct place place = build_resident(size);

	have_children(1, NULL, 0);
	for (uint64_t addr = place.start; addr < place.end; addr += 2 * PAGE)
		*(volatile char *)(uintptr_t)addr = 2;
	return place;
}

static void clear_refs(const char *what)
{
	int fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, what, 1) != 1)
		die("clear_refs: %s", strerror(errno));
	close(fd);
}

struct place build_marked(size_t size)
{
	struct place place = build_resident(size);

	clear_refs("1");
	clear_refs("4");
	for (uint64_t addr = place.start; addr < place.end; addr += 3 * PAGE)
		*(volatile char *)(uintptr_t)addr = 2;
	return place;
}

struct place build_sharers(size_t nr)
{
	struct place place = build_resident(256UL << 20);

	have_children(nr, NULL, 0);
	return place;
}

struct place build_owners(size_t nr)
{
	have_children(nr, build_scattered, 64UL << 20);
	return (struct place){ 0, 0 };
}

struct place build_areas(size_t nr)
{
	struct place place = build_resident(nr * PAGE);

	for (uint64_t addr = place.start; addr < place.end; addr += 2 * PAGE)
		if (mprotect((void *)(uintptr_t)addr, PAGE, PROT_READ))
			die("%zu areas: %s (vm.max_map_count?)", nr, strerror(errno));
	return place;
}

struct place build_hole(size_t size)
{
	return place_of(map(size, MAP_NORESERVE), size);
}

/* Between two pages in use, and the first of them alone in its tables: most entries have to be seen. */
struct place build_hole_between(size_t size)
{
	void *wanted = (void *)(1UL << 44);	/* where a table of each level begins */
	char *addr = mmap(wanted, size + 2 * PAGE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (addr != wanted)
		die("mmap of %zu bytes at %p: %s", size, wanted, strerror(errno));
	if (mprotect(addr + PAGE, size, PROT_READ))
		die("mprotect: %s", strerror(errno));
	addr[0] = addr[PAGE + size] = 1;
	return place_of(addr + PAGE, size);
}

__attribute__((noreturn)) static void live(const struct plan *plan, int orders, int answers)
{
	struct place place;
	char byte;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	place = plan->build(plan->size);
	if (write(answers, &place, sizeof(place)) != sizeof(place))
		_exit(1);
	while (read(orders, &byte, 1) == 1) {
		if (plan->act)
			plan->act(plan->arg);
		if (write(answers, &byte, 1) != 1)
			break;
	}
	_exit(0);
}

void scene_start(struct scene *scene, const struct plan *plan)
{
	int to[2], from[2];

	fflush(stdout);
	if (pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC))
		die("pipe: %s", strerror(errno));
	scene->pid = fork();
	if (scene->pid < 0)
		die("fork: %s", strerror(errno));
	if (!scene->pid) {
		close(to[1]);
		close(from[0]);
		live(plan, to[0], from[1]);
	}
	close(to[0]);
	close(from[1]);
	scene->to = to[1];
	scene->from = from[0];
	if (read(scene->from, &scene->place, sizeof(scene->place)) != sizeof(scene->place))
		die("a scene could not be built");
}

void scene_go(const struct scene *scene)
{
	if (write(scene->to, "g", 1) != 1)
		die("a scene is gone: %s", strerror(errno));
}

void scene_done(const struct scene *scene)
{
	char byte;

	if (read(scene->from, &byte, 1) != 1)
		die("a scene is gone");
}

void scene_end(struct scene *scene)
{
	close(scene->to);
	close(scene->from);
	kill(scene->pid, SIGKILL);	/* scenes made later hold copies of its pipes: no end of file */
	waitpid(scene->pid, NULL, 0);
}
