// SPDX-License-Identifier: GPL-2.0
/* make_data.c - in: a folder; out: the scenes as files NAME.vmav in it. */
#include <stdio.h>

#include "scenes.h"

static int write_scene(const char *folder, const struct scene *scene)
{
	struct stream stream = { .length = 0 };
	char path[4096];
	FILE *file;
	int ret = 1;

	scene->build(&stream);
	snprintf(path, sizeof(path), "%s/%s.vmav", folder, scene->name);
	file = fopen(path, "w");
	if (file) {
		ret = fwrite(stream.bytes, 1, stream.length, file) != stream.length;
		ret |= fclose(file);
	}
	if (ret)
		perror(path);
	stream_free(&stream);
	return ret;
}

int main(int argc, char **argv)
{
	int ret = 0;

	if (argc != 2) {
		fputs("usage: make_data FOLDER\n", stderr);
		return 2;
	}
	for (size_t i = 0; i < nr_scenes; i++)
		ret |= write_scene(argv[1], &scenes[i]);
	return ret;
}
