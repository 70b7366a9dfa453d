/* SPDX-License-Identifier: GPL-2.0 */
/*
 * scene.h - processes to look at: a child that builds its memory, says so through a pipe, and stays
 * as it is until it is told to go on.
 */
#ifndef SCENE_H
#define SCENE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PAGE 4096UL

/* Of the two scenes that most is measured on. */
#define NR_AREAS 60000
#define RESIDENT (1UL << 30)

/* What the child reports: where the memory is that the measurement is about. */
struct place {
	uint64_t start;
	uint64_t end;
};

struct scene {
	pid_t pid;
	struct place place;
	int to;		/* a byte: go on */
	int from;	/* a place, later a byte: done */
};

/**
 * struct plan - what a child shall be
 * @build: makes @size of it (areas, or bytes) in the child
 * @size: as @build understands it
 * @act: what it does each time it is told to go on, or NULL
 * @arg: of @act
 */
struct plan {
	struct place (*build)(size_t size);
	size_t size;
	void (*act)(void *arg);
	void *arg;
};

/* Each ends the program where it fails. */
void scene_start(struct scene *scene, const struct plan *plan);
void scene_go(const struct scene *scene);	/* tells it to act; scene.from is readable when it has */
void scene_done(const struct scene *scene);	/* waits until it has */
void scene_end(struct scene *scene);

/* RESIDENT bytes of private memory, all written, and @nr children that share all of them. */
struct place build_family(size_t nr);
/* 256 MiB of private memory, all written, and @nr children that share all of it. */
struct place build_sharers(size_t nr);
/* @nr children with 64 MiB of their own, scattered. */
struct place build_owners(size_t nr);
/* @nr areas of one page each, written, by turns writable and not. */
struct place build_areas(size_t nr);
/* @size bytes of private memory, all written, in 4 KiB pages. */
struct place build_resident(size_t size);
/* The same, but hardly a page's frame follows that of the page before. */
struct place build_scattered(size_t size);
/* @size bytes of private memory, by turns a page of its own and one that a child maps, too. */
struct place build_half_shared(size_t size);
/* @size bytes of private memory, of which every third page was written since its accessed bits were cleared. */
struct place build_marked(size_t size);
/* @size bytes of address space in which nothing is. */
struct place build_hole(size_t size);
/* The same, between two pages that are used and need tables of each level on its both sides. */
struct place build_hole_between(size_t size);

#endif
