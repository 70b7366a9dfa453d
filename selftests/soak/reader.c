// SPDX-License-Identifier: GPL-2.0
/*
 * reader.c - reads whoever is there by every door, by several processes at once.
 *
 * usage: reader SECONDS VICTIMS [gone]: VICTIMS is the cgroup.procs of those whose memory never holds
 * still; "gone" when the module itself may go away in the middle.
 * Out: how far it is, and last how often each door ended how.  Exit: 0 when each read ended in data
 * that are what they shall be, or in a documented errno, and each door gave some that the module was
 * there for.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../guest/lib/machine.h"
#include "../guest/lib/result.h"
#include "../guest/lib/slurp.h"
#include "reader.h"

/* A read takes no longer, however busy the machine. */
enum { PATIENCE_SECONDS = 120, SAY_SECONDS = 10, MOST_VICTIMS = 512 };

static const char *victims;
static volatile sig_atomic_t ended;

static void end(int signal_nr)
{
	(void)signal_nr;
	ended = 1;
}

static void read_someone(pid_t pid, struct dice *dice)
{
	read_stream(pid, dice);
	read_folder(pid, dice);
	read_part(pid, dice);
}

static void read_everyone(struct dice *dice)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;

	if (!dir)
		die("/proc: %s", strerror(errno));
	while (!ended && (entry = readdir(dir)))
		if (isdigit((unsigned char)entry->d_name[0]))
			read_someone(atoi(entry->d_name), dice);
	closedir(dir);
	read_self(dice);
	read_top();
}

static size_t list_victims(pid_t *pids)
{
	struct bytes text;
	size_t nr = 0;
	char *at, *next;

	if (slurp(victims, &text))
		die("%s: %s", victims, strerror(errno));
	for (at = text.data; at && *at && nr < MOST_VICTIMS; at = next) {
		pids[nr] = strtol(at, &next, 10);
		if (next == at)
			break;
		nr++;
	}
	bytes_free(&text);
	return nr;
}

/* As in /proc/PID/stat, 0 for one that is gone, or none of churn. */
static char state_of(pid_t pid)
{
	char path[32], *after_comm;
	struct bytes text;
	char state = 0;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if (!slurp(path, &text)) {
		after_comm = strstr(text.data, "(churn) ");
		state = after_comm ? after_comm[strlen("(churn) ")] : 0;
	}
	bytes_free(&text);
	return state;
}

/* Has it its turn?  Those who are stopped are read seldom. */
static bool is_at_work(pid_t pid, struct dice *dice)
{
	char state = state_of(pid);

	return state && (state != 'T' || roll_once_in(dice, 16));
}

static void read_victims(struct dice *dice)
{
	static pid_t pids[MOST_VICTIMS];
	size_t nr = list_victims(pids);
	bool any = false;

	for (size_t i = 0; i < nr && !ended; i++) {
		if (!is_at_work(pids[i], dice))
			continue;
		any = true;
		for (int times = 0; times < 2 && !ended; times++)
			read_hot(pids[i], dice);
		for (int times = 0; times < 16 && !ended; times++)	/* the shortest way to an entry */
			read_explain(pids[i], dice);
	}
	if (!any)
		usleep(1000);
}

static void (*const roles[])(struct dice *dice) = {
	read_everyone, read_victims, read_victims,
};

static pid_t start(size_t nr)
{
	struct sigaction action = { .sa_handler = end, .sa_flags = SA_RESTART };
	pid_t pid = fork();
	struct dice dice;

	if (pid)
		return pid;
	sigaction(SIGTERM, &action, NULL);
	use_all_cpus();
	dice = dice_new(nr);
	while (!ended)
		roles[nr](&dice);
	fflush(stdout);
	_exit(0);
}

/* Where in the kernel a process is. */
static void say_where(const char *who, pid_t pid)
{
	char path[32];
	struct bytes text;

	printf("# %s %d:\n", who, pid);
	snprintf(path, sizeof(path), "/proc/%d/stack", pid);
	if (!slurp(path, &text))
		for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n"))
			printf("#   %s\n", line);
	bytes_free(&text);
}

/* Nobody gets on: where are the readers, and the victims that may hold what they wait for? */
static void say_all(const pid_t *pids)
{
	static pid_t victim[MOST_VICTIMS];
	size_t nr = list_victims(victim);

	for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
		say_where("reader", pids[i]);
	for (size_t i = 0; i < nr; i++)
		if (state_of(victim[i]) == 'D' || state_of(victim[i]) == 'R')
			say_where("victim", victim[i]);
}

static void say_progress(long seconds, const pid_t *pids)
{
	static unsigned long last;
	static int stalls;
	unsigned long whole = 0, other = 0;

	for (size_t i = 0; i < nr_doors; i++) {
		whole += doors[i].whole;
		for (int err = 0; err < NR_ERRNO; err++)
			other += doors[i].ends[err];
	}
	printf("# %ld s: %lu reads whole, %lu ended in an errno\n", seconds, whole, other);
	if (whole + other == last && stalls++ < 2)
		say_all(pids);
	last = whole + other;
	fflush(stdout);
}

/* True where all came back and none failed. */
static bool wait_for(const pid_t *pids)
{
	bool good = true;

	for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
		kill(pids[i], SIGTERM);
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		int status = -1, tries = 0;

		while (!waitpid(pids[i], &status, WNOHANG) && tries++ < PATIENCE_SECONDS * 20)
			usleep(50000);
		if (status)
			printf("# reader %zu: %s, status %#x\n", i, status == -1 ? "never came back" : "failed",
				status);
		good &= !status;
	}
	return good;
}

/* The verdict on one door. */
static bool report(const struct door *door)
{
	printf("# %s: %lu whole, %lu bytes", door->name, door->whole, door->bytes);
	for (int err = 0; err < NR_ERRNO; err++)
		if (door->ends[err])
			printf(", %lu %s", door->ends[err], strerrorname_np(err));
	printf("%s\n", door->wrong ? ": WRONG" : door->whole ? "" : ": NOTHING");
	return !door->wrong && (door->whole || module_may_go);
}

int main(int argc, char **argv)
{
	pid_t pids[ARRAY_SIZE(roles)];
	long seconds = argc > 2 ? atol(argv[1]) : 0;
	time_t last = time(NULL) + seconds, said = time(NULL);
	bool good;

	if (!seconds)
		return 2;
	victims = argv[2];
	doors_begin();
	printf("# %zu doors\n", nr_doors);
	fflush(stdout);
	module_may_go = argc > 3;
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
		pids[i] = start(i);
	for (; time(NULL) < last; usleep(200000)) {
		if (time(NULL) < said + SAY_SECONDS)
			continue;
		said = time(NULL);
		say_progress(seconds - (last - said), pids);
	}
	good = wait_for(pids);
	for (size_t i = 0; i < nr_doors; i++)
		good &= report(&doors[i]);
	return !good;
}
