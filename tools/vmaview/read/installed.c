// SPDX-License-Identifier: GPL-2.0
/* installed.c - in: a root and a kernel; out: what of the module is installed there, and what could build one. */
#include <dirent.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "read/installed.h"

#define OBJECT "vmaview.ko"
#define SOURCE "vmaview-"

/* As it is, or compressed: .xz, .zst, .gz. */
static bool is_object(const char *name)
{
	size_t length = strlen(OBJECT);

	return !strncmp(name, OBJECT, length) && (!name[length] || name[length] == '.');
}

/* "updates/dkms/vmaview.ko.xz: updates/other.ko": depmod's choice, where there are several. */
static bool find_listed(const char *folder, char *path, size_t room)
{
	char line[1024];
	bool found = false;
	FILE *file;

	snprintf(path, room, "%s/modules.dep", folder);
	file = fopen(path, "re");
	while (file && !found && fgets(line, sizeof(line), file)) {
		const char *name;

		line[strcspn(line, ":\n")] = '\0';
		name = strrchr(line, '/');
		found = is_object(name ? name + 1 : line);
	}
	if (file)
		fclose(file);
	if (found)
		snprintf(path, room, "%s%s%s", *line == '/' ? "" : folder, *line == '/' ? "" : "/", line);
	return found && !access(path, F_OK);
}

/* Where depmod has not been yet: in the folders that are for modules from elsewhere, not among the kernel's own. */
static bool find_file(const char *folder, char *path, size_t room)
{
	static const char *const names[] = { "updates", "extra", "weak-updates", "misc" };
	char below[4][PATH_MAX];
	char *const paths[] = { below[0], below[1], below[2], below[3], NULL };
	bool found = false;
	FTSENT *entry;
	FTS *tree;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (snprintf(below[i], sizeof(below[i]), "%s/%s", folder, names[i]) >= PATH_MAX)
			return false;
	tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, NULL);
	while (tree && !found && (entry = fts_read(tree))) {
		found = entry->fts_info != FTS_D && entry->fts_info != FTS_DP && is_object(entry->fts_name);
		if (found)
			snprintf(path, room, "%s", entry->fts_path);
	}
	if (tree)
		fts_close(tree);
	return found;
}

static void find_for(struct installed *installed, const char *root, const char *release)
{
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s/lib/modules/%s", root, release);
	installed->listed = find_listed(folder, installed->path, sizeof(installed->path));
	installed->found = installed->listed || find_file(folder, installed->path, sizeof(installed->path));
	if (!installed->found)
		installed->path[0] = '\0';
	else
		kmod_read(&installed->file, installed->path);
}

/* Another kernel's, which this one would not take. */
static void find_other(struct installed *installed, const char *root, const char *release)
{
	char folder[PATH_MAX], path[PATH_MAX];
	struct dirent *entry;
	DIR *kernels;

	snprintf(folder, sizeof(folder), "%s/lib/modules", root);
	kernels = opendir(folder);
	while (kernels && !installed->other[0] && (entry = readdir(kernels))) {
		if (entry->d_name[0] == '.' || !strcmp(entry->d_name, release))
			continue;
		if (snprintf(folder, sizeof(folder), "%s/lib/modules/%s", root, entry->d_name) >= PATH_MAX)
			continue;
		if (find_listed(folder, path, sizeof(path)) || find_file(folder, path, sizeof(path)))
			snprintf(installed->other, sizeof(installed->other), "%.95s", entry->d_name);
	}
	if (kernels)
		closedir(kernels);
}

/* /usr/src/vmaview-0.1.1 with a dkms.conf: the newest. */
static void find_source(struct installed *installed, const char *root)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *sources;

	snprintf(path, sizeof(path), "%s/usr/src", root);
	sources = opendir(path);
	while (sources && (entry = readdir(sources))) {
		const char *version = entry->d_name + strlen(SOURCE);

		if (strncmp(entry->d_name, SOURCE, strlen(SOURCE)) || strlen(version) >= sizeof(installed->source))
			continue;
		snprintf(path, sizeof(path), "%s/usr/src/%s/dkms.conf", root, entry->d_name);
		if (!access(path, F_OK) && strverscmp(version, installed->source) > 0)
			memcpy(installed->source, version, strlen(version) + 1);
	}
	if (sources)
		closedir(sources);
}

static bool is_there(const char *root, const char *format, const char *name)
{
	char below[PATH_MAX], path[PATH_MAX];

	snprintf(below, sizeof(below), format, name);
	return snprintf(path, sizeof(path), "%s%s", root, below) < PATH_MAX && !access(path, F_OK);
}

void installed_find(struct installed *installed, const char *root, const char *release)
{
	memset(installed, 0, sizeof(*installed));
	installed->headers = is_there(root, "/lib/modules/%s/build/Makefile", release);
	installed->debian = is_there(root, "/etc/debian_version%s", "");
	find_source(installed, root);
	find_for(installed, root, release);
	if (!installed->found)
		find_other(installed, root, release);
}
