// SPDX-License-Identifier: GPL-2.0
/* chosen - processes that were found by name, user, cgroup and family, in the verbs that show many, one or none. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/tool.h"

SCENE(chosen)

#define GROUP "/sys/fs/cgroup/vmaview-chosen"

enum { PAGES = 5, USER = 4242 };

/* Who is found in which way: two by the name, one of them by the user, too; a cgroup; a parent and its child. */
enum { NAMED, NAMED_USER, GROUPED, PARENT, DESCENDANT, CHILDREN };

static struct child children[CHILDREN];
static char *memory;			/* of all: what else they have is the program's */
static pid_t *descendant;		/* as its parent has it */

static void join_group(void)
{
	int fd = open(GROUP "/cgroup.procs", O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, "0", 1) != 1)
		die(GROUP ": %s", strerror(errno));
	close(fd);
}

static int play(void *arg)
{
	int which = *(int *)arg;

	scene_write(memory, PAGES);
	if (which == NAMED || which == NAMED_USER)
		prctl(PR_SET_NAME, "chosen-name");
	if (which == NAMED) {
		scene_write(scene_anon(200), 200);	/* it has the most */
		child_sleepers(2);
	}
	if (which == NAMED_USER && setresuid(USER, USER, USER))
		die("setresuid: %s", strerror(errno));
	if (which == GROUPED)
		join_group();
	if (which == PARENT) {
		which = DESCENDANT;
		child_start(&children[DESCENDANT], play, &which);
		*descendant = children[DESCENDANT].pid;
		prctl(PR_SET_NAME, "chosen-parent");
	}
	child_ready();
	return 0;
}

static void end_group(void)
{
	rmdir(GROUP);
}

static void start(void)
{
	if (mkdir(GROUP, 0755) && errno != EEXIST)
		skip("no cgroup2: %s", strerrorname_np(errno));
	setting_undo(end_group);
	memory = scene_anon(PAGES);
	descendant = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (descendant == MAP_FAILED)
		die("no memory to share");
	for (int i = 0; i < DESCENDANT; i++)
		child_start(&children[i], play, &i);
	children[DESCENDANT].pid = *descendant;
}

static void end(void)
{
	for (int i = 0; i < DESCENDANT; i++)
		child_kill(&children[i]);	/* the descendant ends with its pipe */
	while (rmdir(GROUP) && errno == EBUSY)
		usleep(1000);	/* polling: who was killed leaves it in its own time */
}

static int by_pid(const void *a, const void *b)
{
	const pid_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* PIDs as a JSON list, by number. */
static void list(char *text, size_t room, const int *which, size_t nr)
{
	pid_t pids[CHILDREN];
	size_t used = 0;

	for (size_t i = 0; i < nr; i++)
		pids[i] = children[which[i]].pid;
	qsort(pids, nr, sizeof(pids[0]), by_pid);
	for (size_t i = 0; i < nr; i++)
		used += snprintf(text + used, room - used, "%s%d", i ? "," : "[", pids[i]);
	snprintf(text + used, room - used, "]\n");
}

/* What a shell makes of it. */
static void expect_shell(const char *script, const char *want)
{
	char *const argv[] = { "sh", "-c", (char *)script, NULL };
	const struct command command = { .program = "/bin/sh", .drop = -1 };
	struct command_result result;

	command_run(&command, argv, &result);
	expect_str(script, result.out.data, want);
	if (strcmp(result.out.data, want))
		note("%.500s", result.err.data);
	command_free(&result);
}

/* All verbs in one shell, each of which is a line. */
static void expect_chosen(const char *verbs, const char *words, const int *which, size_t nr)
{
	char script[1024], pids[128], want[512] = "";

	list(pids, sizeof(pids), which, nr);
	for (const char *verb = verbs; *verb; verb += strcspn(verb, " "), verb += *verb == ' ')
		strncat(want, pids, sizeof(want) - strlen(want) - 1);
	snprintf(script, sizeof(script), "for verb in %s; do vmaview ${verb#view} -J %s; done | "
		 "jq -c '[(.processes[]?.pid), (.groups[]? | .group.pid | tonumber)] | sort'", verbs, words);
	expect_shell(script, want);
}

#define EXPECT_CHOSEN(verbs, words, ...) \
	expect_chosen(verbs, words, (const int[]){ __VA_ARGS__ }, ARRAY_SIZE(((const int[]){ __VA_ARGS__ })))

/* Selections add up, in each verb of many, and each process is there once. */
TEST_F(chosen, mixtures)
{
	char words[256];

	start();
	EXPECT_CHOSEN("view pins", "--name '^chosen-name$'", NAMED, NAMED_USER);
	EXPECT_CHOSEN("reclaim", "--user 4242 --cgroup /vmaview-chosen", NAMED_USER, GROUPED);
	snprintf(words, sizeof(words), "--cgroup " GROUP "/ --name '^chosen-name$' --user 4242 --tree %d %d %d",
		 children[PARENT].pid, children[DESCENDANT].pid, children[NAMED].pid);
	EXPECT_CHOSEN("view pages tables uffd", words, NAMED, NAMED_USER, GROUPED, PARENT, DESCENDANT);
	strcat(words, " --by pid");
	EXPECT_CHOSEN("groups", words, NAMED, NAMED_USER, GROUPED, PARENT, DESCENDANT);
	end();
}

/* What is shown of those that were found is what is shown of each that is named. */
TEST_F(chosen, rows)
{
	static const char *const verbs[][2] = {
		{ "", "Address,Size,RSS,Dirty" }, { "pages", "Address,End,State,PFN" },
	};
	struct command_result result;
	char args[256], *want;
	size_t length;
	FILE *named;

	start();
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		named = open_memstream(&want, &length);
		for (int j = NAMED; j <= NAMED_USER; j++) {
			snprintf(args, sizeof(args), "%s -r -n -o Pid,%s -A %lx,%lx %d", verbs[i][0], verbs[i][1],
				 (long)memory, (long)memory + PAGES * PAGE - 1, children[j].pid);
			tool_run(args, &result);
			fputs(result.out.data, named);
			command_free(&result);
		}
		fclose(named);
		if (!*want)
			fail("%s: no row at all", verbs[i][0]);
		snprintf(args, sizeof(args), "%s -r -n -o Pid,%s -A %lx,%lx --name ^chosen-name$ --tree %d",
			 verbs[i][0], verbs[i][1], (long)memory, (long)memory + PAGES * PAGE - 1, children[NAMED].pid);
		if (children[NAMED].pid < children[NAMED_USER].pid)
			tool_expect(args, want);
		free(want);
	}
	end();
}

#define INDEXES(pids) "([" pids "] | map(. as $p | $all | index($p))"

/* All are processes that can be read, each once: no thread of one, no kernel thread. */
TEST_F(chosen, all)
{
	static const char *const verbs[][2] = {
		{ "tables", ".processes[].pid" }, { "groups --by pid", ".groups[].group.pid | tonumber" },
	};
	char script[768];

	start();
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		snprintf(script, sizeof(script), "threads=$(ls /proc/%d/task | grep -vx %d | paste -sd,); "
			 "text=$(vmaview %s -J --all 2>/dev/null); echo $?; echo \"$text\" | jq -c '[%s] as $all | "
			 "($all | length == (unique | length)), "
			 INDEXES("2,'$threads'") " | [length, unique]), " INDEXES("%d, %d") " | all)'",
			 children[NAMED].pid, children[NAMED].pid, verbs[i][0], verbs[i][1], getpid(),
			 children[DESCENDANT].pid);
		expect_shell(script, "0\ntrue\n[3,[null]]\ntrue\n");
	}
	end();
}

/* A verb of one process takes a selection that finds one, and no other. */
TEST_F(chosen, one)
{
	static const char *const verbs[] = { "explain", "sharers" };
	struct command_result result;
	char found[256], named[256];

	start();
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		snprintf(named, sizeof(named), "%s -r %d %lx", verbs[i], children[PARENT].pid, (long)memory);
		snprintf(found, sizeof(found), "%s -r --name ^chosen-parent$ %lx", verbs[i], (long)memory);
		tool_run(named, &result);
		expect_eq(named, result.status, 0);
		tool_expect(found, result.out.data);
		command_free(&result);
		snprintf(found, sizeof(found), "%s --name ^chosen-name$ %lx", verbs[i], (long)memory);
		tool_expect_refused(found, 2, "takes one process, and 2 are chosen");
		snprintf(found, sizeof(found), "%s --name ^chosen-nobody$ %lx", verbs[i], (long)memory);
		tool_expect_refused(found, 42, "no process is chosen by --name");
	}
	tool_expect_refused("faults --user 4242 --cgroup /vmaview-chosen", 2, "takes one process, and 2 are chosen");
	tool_expect_refused("layout --user 4242 --tree 2 --cgroup /vmaview-chosen", 2, "2 are chosen");
	tool_expect_refused("pages --tree 2", 42, "no process is chosen by --tree");
	end();
}

/* The totals of the first rows are those of all: of what sleeps, in two readings. */
TEST_F(chosen, head)
{
	char want[64];

	start();
	expect_shell("for head in '' '--head 1 --sort -RSS'; do "
		     "vmaview groups --by pid -J $head --name '^chosen-name$' | "
		     "jq -c '[.total.frames, .total.rss]'; done | uniq | wc -l", "1\n");
	snprintf(want, sizeof(want), "%d\n%d\n", children[NAMED].pid, children[NAMED_USER].pid);
	expect_shell("for by in -RSS RSS; do vmaview groups --by pid -r -n -o Pid --head 1 --sort $by "
		     "--name '^chosen-name$'; done", want);
	expect_shell("for head in '' '--head 1 --sort -RSS'; do vmaview -J $head --name '^chosen-name$' | "
		     "jq -c '.processes[] | [.pid, .total.rss]'; done | sort | uniq | wc -l", "2\n");
	expect_shell("vmaview -J --head 1 --sort -RSS --name '^chosen-name$' | "
		     "jq -c '[.processes[] | .areas | length]'", "[1,1]\n");
	end();
}

/* What takes long says on a terminal how far it is, and what it prints is the same. */
TEST_F(chosen, progress)
{
	start();
	expect_shell("for verb in cow verify; do "
		     "script -qec \"vmaview $verb --name '^chosen-name$'\" /dev/null </dev/null; done | "
		     "tr '\\r' '\\n' | grep -cx 'vmaview: 0 of 2 processes read'; "
		     "vmaview cow --name '^chosen-name$' 2>&1 | grep -c 'processes read'", "2\n0\n");
	end();
}

SCENE_MAIN
