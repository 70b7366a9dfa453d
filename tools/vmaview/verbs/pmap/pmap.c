// SPDX-License-Identifier: GPL-2.0
/*
 * pmap.c - in: pmap's arguments; out: pmap's output, pmap's messages and pmap's exit code.
 *
 * They are those of the pmap of procps, for people and scripts that know it.
 */
#include <errno.h>
#include <libproc2/pids.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/blame.h"
#include "verbs/pmap/pmap.h"
#include "verbs/pmap/pmap_command.h"
#include "verbs/pmap/pmap_config.h"
#include "verbs/pmap/pmap_fields.h"
#include "verbs/pmap/pmap_rows.h"
#include "verbs/pmap/pmap_source.h"
#include "verbs/pmap/pmap_speak.h"

#define EXIT_NOT_FOUND 42

enum { TGID, TITLE, STACK };

/* pmap has no word for a process that it may not read, or that went away. */
static bool is_silent(int error)
{
	return error == -EACCES || error == -EPERM || error == -ENOENT || error == -ESRCH;
}

static int show_process(const struct pids_stack *found, const struct pmap_options *options,
			struct pmap_sums *sums)
{
	struct pmap_target target = {
		.pid = found->head[TGID].result.s_int,
		.title = found->head[TITLE].result.str,
		.stack = found->head[STACK].result.ul_int,
	};
	int ret;

	printf("%d:   %s\n", (int)target.pid, target.title);
	ret = pmap_read(&target, options->mode);
	if (!ret && options->mode == PMAP_FIELDS)
		pmap_fields(&target, options, sums);
	else if (!ret)
		pmap_rows(&target, options);
	pmap_free(&target);
	if (ret && !is_silent(ret))
		pmap_warn("cannot read the areas of %d: %s", (int)target.pid, strerror(-ret));
	return ret ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int show_processes(struct pmap_command *command)
{
	enum pids_item items[] = {
		[TGID] = PIDS_ID_TGID,
		[TITLE] = PIDS_CMDLINE,
		[STACK] = PIDS_ADDR_STACK_START,
	};
	struct pids_info *library = NULL;
	struct pmap_sums sums = { 0 };
	struct pids_fetch *found;
	int ret = EXIT_SUCCESS;

	if (procps_pids_new(&library, items, sizeof(items) / sizeof(items[0])) < 0)
		pmap_die("library failed pids statistics");
	found = procps_pids_select(library, command->pids, command->nr_pids, PIDS_SELECT_PID);
	if (!found)
		pmap_die("library failed pids statistics");
	for (int i = 0; i < found->counts->total; i++)
		ret |= show_process(found->stacks[i], &command->options, &sums);
	if (found->counts->total < command->nr_pids)
		ret |= EXIT_NOT_FOUND;
	procps_pids_unref(&library);
	free(sums.sum);
	return ret;
}

static bool is_called_pmap(const char *path)
{
	const char *slash = strrchr(path, '/');

	return !strcmp(slash ? slash + 1 : path, "pmap");
}

bool pmap_is_meant(int argc, char **argv)
{
	return (argc > 0 && is_called_pmap(argv[0])) || (argc > 1 && !strcmp(argv[1], "pmap"));
}

/* pmap would show whoever has the number there; the module knows another process by it. */
static void check_proc(void)
{
	const char *why = blame_proc();

	if (why)
		pmap_die("%s", why);
}

int pmap_main(int argc, char **argv)
{
	struct pmap_command command = { 0 };
	int ret = EXIT_SUCCESS;

	if (!is_called_pmap(argv[0])) {
		argc--;
		argv++;
	}
	pmap_command_read(&command, argc, argv);
	if (command.exclusive & PMAP_ONE_OF_CREATES) {
		pmap_config_create(command.rc);
	} else {
		check_proc();
		ret = show_processes(&command);
	}
	pmap_command_free(&command);
	return pmap_end_output(ret);
}
