// SPDX-License-Identifier: GPL-2.0
/*
 * groups_read.c - in: which processes, and what they are grouped by; out: their groups, each frame counted once.
 *
 * One process is read after the other, and none is kept.
 */
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "proc/object_search.h"
#include "proc/procfs.h"
#include "proc/same_space.h"
#include "proc/who.h"
#include "proc/whose.h"
#include "text/clock.h"
#include "text/progress.h"
#include "verbs/blame.h"
#include "verbs/groups/group_add.h"
#include "verbs/groups/group_objects.h"
#include "verbs/groups/groups_read.h"
#include "vmaview/area_place.h"
#include "vmaview/frame_words.h"

struct reading {
	double begin;			/* seconds of the monotonic clock */
	struct groups *groups;
	const struct options *options;
	struct collector collector;
	struct collect_memory memory;	/* for it */
	struct progress progress;
	struct collector places;	/* the same, for where pages are */
	struct process placed;		/* what it read last */
	struct group_add add;
	struct same_space spaces;	/* as far as the module does not say it */
	bool machine;			/* all of it is meant */
	uint64_t shmem;			/* Shmem, when its objects were looked for */
	bool rollup;			/* sums of processes alone, of /proc */
};

/* What JSON says of where it all comes from. */
static int note_source(struct groups *groups, const struct process *process)
{
	struct process *source = &groups->source;

	if (groups->read++)
		return 0;
	source->source = process->source;
	source->abi_major = process->abi_major;
	source->abi_minor = process->abi_minor;
	source->page_size = process->page_size;
	source->time = process->time;
	groups->exact_pss = process->source != SOURCE_PROC && process->kernel_knows & VMAVIEW_KNOW_PAGE_MAPCOUNT;
	source->release = process->release ? process_keep(source, process->release, strlen(process->release)) : NULL;
	return process->release && !source->release ? -ENOMEM : 0;
}

/* Runs have addresses, which words have not. */
static int cut(struct reading *reading, struct process *process)
{
	const struct labels *labels = reading->groups->rows.by.labels;
	int ret = labels ? labels_cut(labels, process) : 0;

	return ret || !labels ? ret : frame_words_of_runs(process);
}

/* Was its memory counted with another process?  What names a space is x86's; what was saved without it names none. */
static bool is_twin(struct reading *reading, const struct process *process)
{
	if (process->space)
		return group_add_knows_space(&reading->add, process->space);
	return process->source != SOURCE_FILE && same_space_note(&reading->spaces, process->thread);
}

static int take(struct reading *reading, const struct group_member *member, const struct process *process)
{
	struct groups *groups = reading->groups;
	int ret;

	if (is_twin(reading, process)) {
		groups->twins++;
		return 0;
	}
	groups->elapsed += process->receipt.elapsed;
	if (process->receipt.longest_hold > groups->longest_hold)
		groups->longest_hold = process->receipt.longest_hold;
	ret = note_source(groups, process);
	return ret ? ret : group_add_process(&reading->add, member, process);
}

/* The sums of all areas, as the kernel adds them up. */
static enum collected read_rollup(struct collector *collector, struct process *process, pid_t pid)
{
	struct utsname uts;
	char number[16];
	struct who who;
	int ret;

	process_init(process);
	if (!who_is(pid, &who))
		return COLLECT_NOBODY;
	if (!who.thread)
		return COLLECT_ZOMBIE;
	snprintf(number, sizeof(number), "%d", who.thread);
	process->pid = pid;
	process->thread = who.thread;
	process->source = SOURCE_PROC;
	ret = procfs_read_file(process, number, "smaps_rollup");
	if (!ret && !uname(&uts))
		process->release = process_keep(process, uts.release, strlen(uts.release));
	process->page_size = sysconf(_SC_PAGESIZE);
	if (!ret)
		return COLLECTED;
	collector->error = ret;
	snprintf(collector->why, sizeof(collector->why), "its /proc/PID/smaps_rollup cannot be read: %s",
		 strerror(-ret));
	return COLLECT_FAILED;
}

/* From here on /proc is asked. */
static void fall_back(struct reading *reading)
{
	struct collector *collector = &reading->collector;
	char why[512];

	blame_module(collector, why, sizeof(why));
	say("showing only what /proc reports, and while it does the processes cannot map or unmap memory: %s", why);
	collector->module_only = false;
	collector->proc_only = true;
	reading->rollup = !group_by_areas(&reading->groups->rows.by);
	reading->groups->rows.total.knows_areas = !reading->rollup;
}

static enum collected collect(struct reading *reading, struct process *process, pid_t pid)
{
	enum collected collected;

	if (reading->rollup)
		return read_rollup(&reading->collector, process, pid);
	collected = collect_process(&reading->collector, process, pid);
	if (collected != COLLECT_NO_MODULE)
		return collected;
	progress_hide(&reading->progress);
	if (reading->groups->rows.by.labels) {
		blame_target(&reading->collector, collected, pid);
		return collected;
	}
	process_free(process);
	fall_back(reading);
	return collect(reading, process, pid);
}

/* Words of frames say nothing of it: all is walked once more.  What changed in between has no place. */
static void read_places(struct reading *reading, struct process *process, pid_t pid)
{
	if (collect_process(&reading->places, &reading->placed, pid) != COLLECTED)
		return;
	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = process_find_area(&reading->placed, process->areas[i].start);

		if (area && area->end == process->areas[i].end)
			process->areas[i].place = area->place;
	}
}

/* Pieces of areas have runs, and no policy of their own. */
static int add_places(struct reading *reading, struct process *process, pid_t pid)
{
	if (!reading->places.places || process->source == SOURCE_PROC)
		return 0;
	if (process->nr_runs)
		return places_of_runs(process);
	if (process->source == SOURCE_MODULE)
		read_places(reading, process, pid);
	return 0;
}

/* Who runs another program by now, or was moved, is still counted as who it was when all were looked at. */
static void note_change(struct reading *reading, const struct group_member *member)
{
	struct identity now = { .pid = member->identity->pid };

	identity_read(&now, group_by_texts(&reading->groups->rows.by), member->identity);
	reading->groups->changed += !identity_is_same(member->identity, &now);
	identity_free(&now);
}

static int take_member(struct reading *reading, const struct group_member *member, struct process *process,
		       enum collected collected)
{
	struct groups *groups = reading->groups;
	int ret;

	if (collected == COLLECT_NO_MODULE)
		return -ENODEV;
	if (collected != COLLECTED)
		progress_hide(&reading->progress);
	if (!missing_none(&groups->missing, &reading->collector, collected, member->target))
		return 0;
	note_change(reading, member);
	ret = cut(reading, process);
	if (!ret)
		ret = add_places(reading, process, member->identity->pid);
	return ret ? ret : take(reading, member, process);
}

static int read_member(struct reading *reading, const struct group_member *member)
{
	struct process process;
	int ret;

	process_init(&reading->placed);
	ret = take_member(reading, member, &process, collect(reading, &process, member->identity->pid));
	process_leave_spare(&process, &reading->memory.spare);
	process_free(&reading->placed);
	return ret;
}

/* A thread stands for its process. */
static void add_members(struct reading *reading, struct group_members *members)
{
	const struct targets *targets = &reading->options->targets;

	for (size_t i = 0; i < targets->nr; i++) {
		const struct target *target = &targets->list[i];
		struct who who = { .pid = target->pid };

		if ((!target->started && !who_is(target->pid, &who)) || !group_members_add(members, target, who.pid))
			missing_none(&reading->groups->missing, &reading->collector, COLLECT_NOBODY, target);
	}
}

/* Who is not reached in time is not read. */
static int read_in_time(struct reading *reading, const struct group_member *member)
{
	const double most = reading->options->max_seconds;

	if (!most || clock_seconds(CLOCK_MONOTONIC) - reading->begin < most)
		return read_member(reading, member);
	missing_late(&reading->groups->missing);
	return 0;
}

static int read_members(struct reading *reading, struct group_members *members)
{
	int ret = group_members_init(members, &reading->options->targets);

	if (ret && ret != -ENOMEM) {
		say("/proc cannot be read: %s", strerror(-ret));
		return ret;
	}
	if (!ret)
		add_members(reading, members);
	reading->progress = progress_begin(members->nr);
	progress_step(&reading->progress, 0);
	if (!ret)
		ret = group_members_arrange(members, &reading->groups->rows.by);
	for (size_t i = 0; !ret && i < members->nr; i++) {
		progress_step(&reading->progress, i);
		ret = read_in_time(reading, &members->members[i]);
	}
	progress_hide(&reading->progress);
	return ret;
}

static void say_changed(size_t changed)
{
	if (changed)
		say("%zu process%s another program, user or cgroup meanwhile; what was read counts where %s before",
		    changed, changed == 1 ? " got" : "es got", changed == 1 ? "it was" : "they were");
}

/* Of a saved process there are its number and its name. */
static int take_saved(struct reading *reading, struct process *process)
{
	struct identity identity = { .pid = process->pid, .name = (char *)process->comm };
	struct group_member member = { .identity = &identity, .family = "", .tree = process->pid };
	int ret = process->has_runs ? frame_words_of_runs(process) : 0;

	if (!process->has_runs && reading->groups->rows.by.labels) {
		say("%s: single pages are not in it; vmaview record --pages saves them", reading->options->from);
		ret = -EIO;
	} else if (!ret) {
		ret = cut(reading, process);
	}
	if (!ret)
		ret = add_places(reading, process, 0);
	return ret ? ret : take(reading, &member, process);
}

static int read_moment(struct reading *reading, struct saved *saved)
{
	struct collector *collector = &reading->collector;
	const struct options *options = reading->options;
	int ret = collect_saved_open(collector, saved, options->from_path, options->from_moment) ? -EIO : 0;

	reading->groups->moment = options->from_moment ? options->from_moment : saved->file.moments;
	for (size_t i = 0; !ret && i < saved->nr; i++) {
		struct process process;

		ret = collect_saved(collector, saved, i, &process) == COLLECTED ? 0 : -EIO;
		if (!ret && (!options->from_pid || process.pid == options->from_pid))
			ret = take_saved(reading, &process);
		process_free(&process);
	}
	if (ret && *collector->why)
		say("%s: %s", options->from, collector->why);
	return ret;
}

static int read_saved(struct reading *reading)
{
	struct saved saved;
	int ret = read_moment(reading, &saved);

	collect_saved_close(&saved);
	return ret;
}

/* Whoever may have one: not only processes that were read. */
static int search_objects(struct reading *reading)
{
	struct objects *objects = reading->groups->rows.by.objects;
	struct memory memory = { .shmem = 0 };
	int ret;

	if (!objects || !reading->machine)
		return 0;
	ret = objects_search(objects);
	memory_read(&memory);
	reading->shmem = memory.shmem;
	return ret;
}

static int read_live(struct reading *reading)
{
	struct group_members members;
	int ret = read_members(reading, &members);

	if (!ret)
		ret = search_objects(reading);
	group_members_free(&members);
	if (!ret) {
		missing_say(&reading->groups->missing);
		say_changed(reading->groups->changed);
	}
	return ret;
}

static void finish(struct reading *reading)
{
	struct groups *groups = reading->groups;

	groups->seconds = clock_seconds(CLOCK_MONOTONIC) - reading->begin;
	groups->table_bytes = frame_count_bytes(reading->add.frames);
	for (uint32_t i = 0; i < groups->rows.nr; i++)
		groups->rows.rows[i].knows_areas = groups->rows.total.knows_areas;
	if (reading->machine && groups->rows.total.knows_frames)
		groups->has_machine = memory_read(&groups->machine);
}

static int read_all(struct reading *reading)
{
	int ret = group_add_init(&reading->add, &reading->groups->rows);

	if (!ret)
		ret = reading->options->from ? read_saved(reading) : read_live(reading);
	if (!ret)
		ret = group_add_end(&reading->add);
	if (!ret && reading->groups->rows.by.objects && reading->machine)
		ret = group_objects_add(&reading->groups->rows, reading->groups->rows.by.objects, reading->shmem,
					&reading->groups->unmapped);
	if (!ret)
		finish(reading);
	group_add_free(&reading->add);
	same_space_free(&reading->spaces);
	return ret;
}

/* In a namespace of PIDs all is not all of the machine. */
static bool is_machine(const struct selection *selection)
{
	for (size_t i = 0; i < selection->nr; i++)
		if (selection->rules[i].by == BY_ALL)
			return whose_are_all();
	return false;
}

/* What has a label is a piece of an area, whose sums are made of its runs. */
static const struct vmaview_request page_select = {
	.states = 1u << VMAVIEW_STATE_PRESENT | 1u << VMAVIEW_STATE_SWAP,
};

/*
 * One process's frames after the other's are read into a piece of memory that grows.  Pieces of their own move their
 * pages, and give them back; in the heap each size leaves a hole, and malloc() puts them there once it has seen one.
 */
static void keep_heap_small(void)
{
#ifdef M_MMAP_THRESHOLD
	mallopt(M_MMAP_THRESHOLD, 128 * 1024);
	mallopt(M_TRIM_THRESHOLD, 512 * 1024);	/* else what each process takes is given back, and fetched again */
#endif
}

int groups_read(struct groups *groups, const struct options *options, const struct group_by *by)
{
	struct reading reading = {
		.begin = clock_seconds(CLOCK_MONOTONIC), .groups = groups, .options = options,
		.machine = is_machine(&options->selection),
	};
	int ret;

	keep_heap_small();
	memset(groups, 0, sizeof(*groups));
	process_init(&groups->source);
	collector_init(&reading.collector);
	reading.memory.buffer = aligned_alloc(8, READER_BUFFER);
	reading.collector.memory = &reading.memory;
	reading.collector.nameless = true;
	reading.collector.module_only = true;
	reading.collector.select = by->labels ? page_select : frame_words_select;
	reading.collector.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_MM | VMAVIEW_WANT_RUNS |
				 group_by_wants(by);
	collector_init(&reading.places);
	reading.places.want = VMAVIEW_WANT_AREAS;
	reading.places.module_only = true;
	if (options_need_places(options))
		collector_add_places(&reading.places);
	ret = group_rows_init(&groups->rows, by);
	if (!ret)
		ret = read_all(&reading);
	free(reading.memory.buffer);
	process_spare_free(&reading.memory.spare);
	if (!ret)
		return EXIT_DONE;
	if (ret == -ENOMEM)
		say("out of memory");
	return ret == -ENODEV ? EXIT_NO_MODULE : EXIT_FAILED;
}

void groups_free(struct groups *groups)
{
	group_rows_free(&groups->rows);
	process_free(&groups->source);
}

int groups_exit_code(const struct groups *groups)
{
	return missing_exit_code(&groups->missing, groups->read);
}
