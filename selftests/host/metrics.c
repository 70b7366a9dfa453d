// SPDX-License-Identifier: GPL-2.0
/* metrics.c - groups with names that nobody would choose, and the text that is made of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "verbs/groups/metrics_print.h"

enum { ROWS = 12 };

struct scene {
	struct groups groups;
	struct group_row rows[ROWS];
	struct metrics metrics;
	struct group_row rest;
	char *text;
};

static void scene_init(struct scene *scene, enum group_key key)
{
	memset(scene, 0, sizeof(*scene));
	scene->groups.rows.by = (struct group_by){ .key = { key }, .nr = 1 };
	scene->groups.elapsed = 1;
	scene->groups.longest_hold = 1500;
	scene->metrics = (struct metrics){
		.groups = &scene->groups, .rows = scene->rows, .areas_limit = 65530, .seconds = 0.25,
	};
}

static struct group_row *add(struct scene *scene, const char *name)
{
	struct group_row *row = &scene->rows[scene->metrics.nr++];

	row->by = &scene->groups.rows.by;
	row->value[0] = (char *)name;
	row->processes = 2;
	row->knows_frames = row->knows_areas = true;
	row->frames = (struct frame_sums){ 8192, 4096, 4096 };
	return row;
}

static bool has(struct scene *scene, const char *line)
{
	const char *at;

	if (!scene->text) {
		size_t length;
		FILE *file = open_memstream(&scene->text, &length);

		metrics_print(file, &scene->metrics);
		fclose(file);
	}
	at = strstr(scene->text, line);
	if (at && (at == scene->text || at[-1] == '\n') && at[strlen(line)] == '\n')
		return true;
	return ktap_note("no '%s' in: %.300s", line, scene->text);
}

static bool lacks(struct scene *scene, const char *words)
{
	return has(scene, "# EOF") && (!strstr(scene->text, words) || ktap_note("'%s' is there", words));
}

static bool hostile_names(void)
{
	struct scene scene;
	bool holds;

	scene_init(&scene, GROUP_BY_CGROUP);
	add(&scene, "/a\"b");
	add(&scene, "/a\\b");
	add(&scene, "/a\nb");
	add(&scene, "/a\\012b");
	add(&scene, "/a\rb\t\x7f\xc2\x85");
	add(&scene, "/a\xff");
	add(&scene, "/a\\377");
	add(&scene, "/\xc3\xa4");
	add(&scene, NULL);
	add(&scene, "");
	holds = has(&scene, "vmaview_frames_bytes{cgroup=\"/a\\\"b\"} 8192") &&
		has(&scene, "vmaview_frames_bytes{cgroup=\"/a\\\\b\"} 8192") &&
		has(&scene, "vmaview_frames_bytes{cgroup=\"/a\\nb\"} 8192") &&
		has(&scene, "vmaview_frames_bytes{cgroup=\"/a\\\\134012b\"} 8192") &&
		has(&scene, "vmaview_frames_bytes{cgroup=\"/a\\\\015b\\\\011\\\\177\\\\302\\\\205\"} 8192") &&
		has(&scene, "vmaview_frames_bytes{cgroup=\"/a\\\\377\"} 8192") &&
		has(&scene, "vmaview_frames_bytes{cgroup=\"/a\\\\134377\"} 8192") &&
		has(&scene, "vmaview_frames_bytes{cgroup=\"/\xc3\xa4\"} 8192") &&
		has(&scene, "vmaview_frames_bytes{cgroup=\"\"} 8192") &&
		has(&scene, "vmaview_frames_bytes{cgroup=\"~2\"} 8192");
	free(scene.text);
	return holds;
}

/* A series is the same whatever else there is. */
static bool same_names(void)
{
	static const char *const names[] = { "/a\\377", "/a\377", "/a\\\377", "/a\\134377", "/a\\8", "/a\\12" };
	enum { NR = sizeof(names) / sizeof(names[0]) };
	bool holds = true;

	for (size_t first = 0; holds && first < NR; first++) {
		struct scene scene;

		scene_init(&scene, GROUP_BY_NAME);
		for (size_t i = 0; i < NR; i++)
			add(&scene, names[(first + i) % NR]);
		holds = has(&scene, "vmaview_frames_bytes{name=\"/a\\\\134377\"} 8192") &&
			has(&scene, "vmaview_frames_bytes{name=\"/a\\\\377\"} 8192") &&
			has(&scene, "vmaview_frames_bytes{name=\"/a\\\\\\\\377\"} 8192") &&
			has(&scene, "vmaview_frames_bytes{name=\"/a\\\\134134377\"} 8192") &&
			has(&scene, "vmaview_frames_bytes{name=\"/a\\\\8\"} 8192") &&
			has(&scene, "vmaview_frames_bytes{name=\"/a\\\\12\"} 8192");
		free(scene.text);
	}
	return holds;
}

static bool numbers(void)
{
	struct scene scene;
	bool holds;

	scene_init(&scene, GROUP_BY_USER);
	add(&scene, "root")->sum[GROUP_RECLAIM_SWAP] = 12288;
	scene.rows[0].sum[GROUP_PSS] = 3 << VMAVIEW_PSS_SHIFT;
	scene.groups.missing.failed = 3;
	holds = has(&scene, "vmaview_unique_bytes{user=\"root\"} 4096") &&
		has(&scene, "vmaview_shared_outside_bytes{user=\"root\"} 4096") &&
		has(&scene, "vmaview_proportional_bytes{user=\"root\"} 3") &&
		has(&scene, "vmaview_reclaim_bytes{user=\"root\",how=\"swap\"} 12288") &&
		has(&scene, "vmaview_areas_limit{user=\"root\"} 131060") &&
		has(&scene, "vmaview_longest_hold_seconds 0.000001500") &&
		has(&scene, "vmaview_read_seconds 0.250000") && has(&scene, "vmaview_processes_unreadable 3") &&
		!strcmp(scene.text + strlen(scene.text) - 6, "# EOF\n");
	free(scene.text);
	return holds;
}

/* A 0 would be a number, and an alarm. */
static bool unknown(void)
{
	struct scene scene;
	struct group_row *row;
	bool holds;

	scene_init(&scene, GROUP_BY_USER);
	row = add(&scene, "root");
	row->knows_frames = row->knows_areas = false;
	row->unknown = 1u << GROUP_COW_DEBT;
	scene.metrics.areas_limit = 0;
	scene.groups.elapsed = 0;
	holds = lacks(&scene, "frames_bytes{") && lacks(&scene, "unique_bytes{") && lacks(&scene, "outside_bytes{") &&
		lacks(&scene, "cow_debt_bytes{") && lacks(&scene, "areas{") && lacks(&scene, "areas_limit{") &&
		lacks(&scene, "longest_hold") && has(&scene, "vmaview_resident_bytes{user=\"root\"} 0");
	free(scene.text);
	return holds;
}

static bool others(void)
{
	struct scene scene;
	bool holds;

	scene_init(&scene, GROUP_BY_USER);
	add(&scene, "root");
	scene.rest = (struct group_row){ .knows_frames = true, .knows_areas = true };
	group_row_merge(&scene.rest, &scene.rows[0]);
	group_row_merge(&scene.rest, &scene.rows[0]);
	scene.metrics.rest = &scene.rest;
	holds = has(&scene, "vmaview_frames_bytes{user=\"root\"} 8192") &&
		has(&scene, "vmaview_frames_bytes{other=\"true\"} 16384") &&
		has(&scene, "vmaview_reclaim_bytes{other=\"true\",how=\"drop\"} 0");
	free(scene.text);
	return holds;
}

/* Each line is a comment, or a sample of the family that the comments before it begin. */
static bool grammar(void)
{
	struct scene scene;
	char family[64] = "", *save, *line;
	bool holds;

	scene_init(&scene, GROUP_BY_CGROUP);
	add(&scene, "/a{b} c");
	add(&scene, "/other");
	holds = has(&scene, "# EOF");
	for (line = strtok_r(scene.text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (sscanf(line, "# HELP %63s", family) == 1 || line[0] == '#')
			continue;
		if (strncmp(line, family, strlen(family)) || !strchr("{ ", line[strlen(family)]))
			holds = ktap_note("%s is not of %s", line, family);
	}
	free(scene.text);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "names that nobody would choose, each another series", hostile_names },
	{ "how a name is spelled does not depend on the others", same_names },
	{ "each number is where it belongs", numbers },
	{ "what is not known has no sample", unknown },
	{ "the others are one, without a name", others },
	{ "each sample is of the family before it", grammar },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
