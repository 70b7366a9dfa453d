// SPDX-License-Identifier: GPL-2.0
/*
 * explain.c - in: a PID and addresses; out: what is there, what an access does, and why.
 *
 * All answers are there before the first is shown.  Names and flags of areas are from a stream, the
 * rest from VMAVIEW_IOC_EXPLAIN; where an area changed between the two it has no name.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "read/collect.h"
#include "verbs/blame.h"
#include "verbs/explain/addresses.h"
#include "verbs/explain/explain.h"
#include "verbs/explain/explain_gate.h"
#include "verbs/explain/explain_json.h"
#include "verbs/explain/explain_print.h"
#include "verbs/explain/explain_raw.h"
#include "vmaview/reader_explain.h"

static int show(struct options *options, struct explanation *explanation)
{
	int ret = 0;

	if (options->json)
		explain_print_json(explanation);
	else if (options->raw)
		ret = explain_print_raw(options, explanation);
	else
		ret = explain_print(options, explanation);
	if (!ret)
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

/* As `pins` explains the references of a page. */
static int show_with_holders(struct options *options, struct explanation *explanation)
{
	const struct process *process = explanation->process;
	struct holders *holders = holders_read(process->thread, holders_have_aio(process));
	int ret = EXIT_FAILED;

	explanation->holders = holders;
	if (holders)
		ret = show(options, explanation);
	else
		say("out of memory");
	free(holders);
	return ret;
}

static int say_refused(const struct process *process, int error)
{
	if (error == -ESRCH) {
		say("PID %d exited, or called exec, meanwhile", process->pid);
		return EXIT_NOBODY;
	}
	if (error == -ENOTTY) {
		say("the loaded vmaview module explains no addresses: load the one of this release");
		return EXIT_NO_MODULE;
	}
	if (error == -ENOENT || error == -ENXIO || error == -ENODEV) {
		say("the vmaview module has been unloaded meanwhile");
		return EXIT_NO_MODULE;
	}
	say(VMAVIEW_DEVICE ": %s", strerror(-error));
	return EXIT_FAILED;
}

/* Who does the access: a process, or one thread of it. */
struct whom {
	pid_t pid;
	int pidfd;		/* -1: @pid is a thread's, and has none */
};

static int ask(struct explanation *explanation, const struct whom *whom)
{
	struct explain_question question = {
		.target = whom->pidfd < 0 ? whom->pid : whom->pidfd,
		.flags = whom->pidfd < 0 ? 0 : VMAVIEW_REQUEST_PIDFD,
		.addresses = explanation->addresses,
		.answers = explanation->answers,
		.nr = explanation->nr,
	};
	int ret = reader_explain(&question);

	explanation->asid = question.asid;
	explanation->asid_kind = question.asid_kind;
	return ret;
}

static int explain(struct options *options, const struct process *process, const struct whom *whom,
		   const struct addresses *addresses)
{
	struct explanation explanation = {
		.process = process,
		.addresses = addresses->list,
		.nr = addresses->nr,
		.answers = calloc(addresses->nr + 1, sizeof(*explanation.answers)),
	};
	int ret;

	if (!explanation.answers) {
		say("out of memory");
		return EXIT_FAILED;
	}
	ret = ask(&explanation, whom);
	explain_gate(&explanation);
	ret = ret ? say_refused(process, ret) : show_with_holders(options, &explanation);
	free(explanation.answers);
	return ret;
}

static int read_addresses(struct addresses *addresses, const struct options *options)
{
	int ret = options->file ? addresses_read(addresses, options->file) : EXIT_DONE;

	for (char **word = options->words; !ret && *word; word++)
		ret = addresses_add(addresses, *word, "");
	if (!ret && !addresses->nr) {
		say("explain needs an address; --help says more");
		ret = EXIT_USAGE;
	}
	return ret;
}

static int collect(struct options *options, const struct whom *whom, struct addresses *addresses)
{
	enum collected collected;
	struct collector collector;
	struct process process;
	int ret;

	collector_init(&collector);
	collector.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_VMFLAGS;
	collector.module_only = true;
	collector.gate = true;
	collected = collect_process(&collector, &process, whom->pid);
	if (collected == COLLECTED) {
		ret = addresses_resolve(addresses, &process);
		if (!ret)
			ret = explain(options, &process, whom, addresses);
	} else {
		blame_target(&collector, collected, whom->pid);
		ret = collected == COLLECT_NO_MODULE ? EXIT_NO_MODULE :
		      blame_exit_code(collected == COLLECT_NOBODY, collected != COLLECT_NOBODY, 0);
	}
	process_free(&process);
	return ret;
}

/* The pidfd is there before anything is read: no other process can take the PID's place. */
static int with_addresses(struct options *options, struct addresses *addresses)
{
	struct whom whom = { .pid = options->targets.list[0].pid };
	int ret;

	whom.pidfd = syscall(SYS_pidfd_open, whom.pid, 0);
	ret = collect(options, &whom, addresses);
	if (whom.pidfd >= 0)
		close(whom.pidfd);
	return ret;
}

int explain_main(struct options *options)
{
	struct addresses addresses = { .list = NULL };
	int ret = read_addresses(&addresses, options);

	if (!ret)
		ret = with_addresses(options, &addresses);
	addresses_free(&addresses);
	return ret;
}
