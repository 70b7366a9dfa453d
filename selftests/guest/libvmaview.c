// SPDX-License-Identifier: GPL-2.0
/*
 * libvmaview - a process that lives, through the shared library: from C, and from Python by its module.
 *
 * Both lie beside the tool that PATH has; where they do not, there is nothing to be tested.
 */
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "libvmaview.h"

SCENE(libvmaview)

enum { PAGES = 12, SOME = 5, KTHREADD = 2 };

static char *memory;

/* The functions, by the names that they have. */
#define FUNCTIONS(F) \
	F(vmaview_open) F(vmaview_only) F(vmaview_next) F(vmaview_close) F(vmaview_message) F(vmaview_field_named) \
	F(vmaview_number) F(vmaview_text) F(vmaview_item) F(vmaview_pid) F(vmaview_receipt)
#define POINTER(name) static __typeof__(name) *name##_;
#define LOOK_UP(name) \
	name##_ = (__typeof__(name) *)dlsym(library, #name); \
	if (!name##_) \
		die("%s: %s", #name, dlerror());

FUNCTIONS(POINTER)

/* The folder that tool and library lie in: /vmaview/tools. */
static const char *tools_folder(void)
{
	static char folder[PATH_MAX];
	struct command command = { .program = "/bin/sh", .drop = -1 };
	static const char script[] = "realpath \"$(command -v vmaview)\" | sed 's@/[^/]*/[^/]*$@@' | tr -d '\\n'";
	char *const argv[] = { "sh", "-c", (char *)script, NULL };
	struct command_result result;

	command_run(&command, argv, &result);
	snprintf(folder, sizeof(folder), "%s", result.out.data);
	command_free(&result);
	return folder;
}

static void load_library(void)
{
	char path[PATH_MAX + 64];
	void *library;

	snprintf(path, sizeof(path), "%s/lib/vmaview/libvmaview.so.1", tools_folder());
	library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!library)
		skip("libvmaview.so.1 is not beside the tool");
	FUNCTIONS(LOOK_UP)
}

static struct vmaview *open_rows(pid_t pid, int rows)
{
	struct vmaview_query query = {
		.size = sizeof(query), .rows = rows, .pid = pid,
		.low = (uintptr_t)memory, .high = (uintptr_t)memory + PAGES * PAGE - 1,
	};
	struct vmaview *handle;
	int ret = vmaview_open_(&handle, &query);

	if (ret)
		die("opening %d: %d, %s", pid, ret, vmaview_message_(handle));
	return handle;
}

static uint64_t number_of(struct vmaview *handle, int rows, const char *name)
{
	const struct vmaview_field *field = vmaview_field_named_(rows, name);
	uint64_t number = ~0ULL;

	if (!field || vmaview_number_(handle, field, &number) != 1)
		fail("%s: no number", name);
	return number;
}

static const char *text_of(struct vmaview *handle, int rows, const char *name)
{
	const char *text = "?";

	vmaview_text_(handle, vmaview_field_named_(rows, name), &text);
	return text;
}

static int stay(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* A child that has of @memory what its parent has: the first pages, each mapped by both. */
static void start(struct child *child)
{
	load_library();
	memory = scene_anon(PAGES);
	scene_write(memory, SOME);
	child_start(child, stay, NULL);
	scene_drain();
}

TEST_F(libvmaview, areas)
{
	struct vmaview *handle;
	struct child child;
	uint64_t number;

	start(&child);
	handle = open_rows(child.pid, VMAVIEW_ROWS_AREAS);
	expect_eq("a row", vmaview_next_(handle), 1);
	expect_eq("pid", vmaview_pid_(handle), child.pid);
	expect_eq("start", number_of(handle, VMAVIEW_ROWS_AREAS, "start"), (uintptr_t)memory);
	expect_eq("size", number_of(handle, VMAVIEW_ROWS_AREAS, "size"), PAGES * PAGE);
	expect_eq("rss", number_of(handle, VMAVIEW_ROWS_AREAS, "rss"), SOME * PAGE);
	expect_eq("pss", number_of(handle, VMAVIEW_ROWS_AREAS, "pss"), SOME * PAGE / 2);
	expect_eq("cow_debt", number_of(handle, VMAVIEW_ROWS_AREAS, "cow_debt"), SOME * PAGE);
	expect_str("perms", text_of(handle, VMAVIEW_ROWS_AREAS, "perms"), "rw-p");
	expect_str("kind", text_of(handle, VMAVIEW_ROWS_AREAS, "kind"), "anon");
	expect_eq("receipt", vmaview_receipt_(handle, "holds", &number), 1);
	expect_eq("no other", vmaview_next_(handle), 0);
	vmaview_close_(&handle);
	child_end(&child);
}

TEST_F(libvmaview, pages)
{
	uint64_t pagemap[PAGES], found = 0;
	struct vmaview *handle;
	struct child child;

	start(&child);
	proc_pagemap(child.pid, memory, PAGES, pagemap);
	handle = open_rows(child.pid, VMAVIEW_ROWS_PAGES);
	while (vmaview_next_(handle) == 1) {
		uint64_t from = number_of(handle, VMAVIEW_ROWS_PAGES, "start");
		uint64_t pages = number_of(handle, VMAVIEW_ROWS_PAGES, "size") / PAGE;
		uint64_t pfn = number_of(handle, VMAVIEW_ROWS_PAGES, "pfn");

		expect_str("state", text_of(handle, VMAVIEW_ROWS_PAGES, "state"), "present");
		expect_eq("mapcount", number_of(handle, VMAVIEW_ROWS_PAGES, "mapcount"), 2);
		for (uint64_t i = 0; i < pages; i++)
			expect_eq("frame", pfn + i, PAGEMAP_PFN(pagemap[(from - (uintptr_t)memory) / PAGE + i]));
		found += pages;
	}
	expect_eq("pages", found, SOME);
	vmaview_close_(&handle);
	child_end(&child);
}

TEST_F(libvmaview, chosen)
{
	struct vmaview_query query = { .size = sizeof(query), .rows = VMAVIEW_ROWS_PAGES };
	struct vmaview *handle;
	struct child child;
	uint64_t absent = 0;

	start(&child);
	query.pid = child.pid;
	query.low = (uintptr_t)memory;
	query.high = query.low + PAGES * PAGE - 1;
	expect_eq("a word", vmaview_only_(&query, "state", "none"), 0);
	expect_eq("open", vmaview_open_(&handle, &query), 0);
	while (vmaview_next_(handle) == 1)
		absent += number_of(handle, VMAVIEW_ROWS_PAGES, "size") / PAGE;
	expect_eq("pages that are not there", absent, PAGES - SOME);
	vmaview_close_(&handle);
	child_end(&child);
}

TEST_F(libvmaview, sharers)
{
	struct vmaview *handle;
	struct child child;
	uint64_t pages = 0;

	start(&child);
	handle = open_rows(child.pid, VMAVIEW_ROWS_SHARERS);
	while (vmaview_next_(handle) == 1)
		if (number_of(handle, VMAVIEW_ROWS_SHARERS, "pid") == (uint64_t)getpid()) {
			pages += number_of(handle, VMAVIEW_ROWS_SHARERS, "pages");
			expect_eq("start", number_of(handle, VMAVIEW_ROWS_SHARERS, "start"), (uintptr_t)memory);
			expect_eq("shared", number_of(handle, VMAVIEW_ROWS_SHARERS, "shared"), SOME * PAGE);
		}
	expect_eq("pages shared with the parent", pages, SOME);
	vmaview_close_(&handle);
	child_end(&child);
}

static void expect_open(const char *what, pid_t pid, int want)
{
	struct vmaview_query query = { .size = sizeof(query), .rows = VMAVIEW_ROWS_AREAS, .pid = pid };
	struct vmaview *handle;

	expect_eq(what, vmaview_open_(&handle, &query), want);
	if (!*vmaview_message_(handle))
		fail("%s: nothing is said", what);
	vmaview_close_(&handle);
	vmaview_close_(&handle);
}

TEST_F(libvmaview, nobody)
{
	load_library();
	expect_open("a zombie", child_zombie(), -ESRCH);
	expect_open("nobody", INT_MAX, -ESRCH);
	expect_open("a kernel thread", KTHREADD, -EINVAL);
}

/* What the tool says of a process that stands still, in the memory that is its and its parent's alone. */
static const char compares[] =
	"import json, subprocess, sys, vmaview\n"
	"pid, low = int(sys.argv[1]), int(sys.argv[2], 16)\n"
	"def tool(*words):\n"
	"    command = ['vmaview', *words, '-J', '-A', '%x,%x' % (low, low), str(pid)]\n"
	"    said = subprocess.run(command, stdout=subprocess.PIPE, check=True)\n"
	"    return json.loads(said.stdout)['processes'][0]\n"
	"def known(row):\n"
	"    return {key: value for key, value in row.items() if key != 'remote'}\n"
	"ours, theirs = vmaview.areas(pid, low=low, high=low), tool()['areas']\n"
	"assert list(map(known, ours)) == list(map(known, theirs)) and ours, (ours, theirs)\n"
	"assert ours[0].keys() == theirs[0].keys()\n"
	"assert vmaview.pages(pid, low=low, high=low) == tool('pages')['pages']\n"
	"assert vmaview.sharers(pid, low=low, high=low) == tool('sharers')['sharers']\n"
	"print('same')\n";

TEST_F(libvmaview, python)
{
	struct command command = { .program = "/usr/bin/env", .drop = -1 };
	char library[PATH_MAX + 64], module[PATH_MAX + 64], pid[16], low[32];
	char *argv[] = { "env", library, module, "PYTHONDONTWRITEBYTECODE=1", "python3", "-c", "import ctypes, json",
			 pid, low, NULL };
	struct command_result result;
	struct child child;

	start(&child);
	snprintf(library, sizeof(library), "LD_LIBRARY_PATH=%s/lib/vmaview", tools_folder());
	snprintf(module, sizeof(module), "PYTHONPATH=%s/python", tools_folder());
	snprintf(pid, sizeof(pid), "%d", child.pid);
	snprintf(low, sizeof(low), "%lx", (unsigned long)memory);
	command_run(&command, argv, &result);
	if (result.status)
		skip("python3 is not here, or has no ctypes");
	command_free(&result);
	argv[6] = (char *)compares;
	command_run(&command, argv, &result);
	expect_str("stderr", result.err.data, "");
	expect_str("stdout", result.out.data, "same\n");
	command_free(&result);
	child_end(&child);
}

SCENE_MAIN
