// SPDX-License-Identifier: GPL-2.0
/* pmap_config.c - in: which configuration file is meant; out: it is read or made, or pmap says what went wrong. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "verbs/pmap/pmap_config.h"
#include "verbs/pmap/pmap_rc.h"
#include "verbs/pmap/pmap_speak.h"

static char *default_rc(void)
{
	const char *home = getenv("HOME");
	char *path;

	if (!home)
		pmap_die("HOME variable undefined");
	if (asprintf(&path, "%s/.pmaprc", home) < 0)
		pmap_die("cannot allocate memory");
	return path;
}

void pmap_config_create(const char *path)
{
	char *own = path ? NULL : default_rc();
	int ret = pmap_rc_create(own ? own : path);

	free(own);
	if (ret == -EEXIST)
		pmap_warn("the file already exists - delete or rename it first");
	if (ret)
		pmap_die("couldn't create %s", path ? "the rc file" : "~/.pmaprc");
	pmap_warn("%s file successfully created, feel free to edit the content", path ? "rc" : "~/.pmaprc");
}

void pmap_config_read(const char *path, struct pmap_options *options)
{
	char *own = path ? NULL : default_rc();
	int ret = pmap_rc_read(own ? own : path, options);

	free(own);
	if (ret)
		pmap_die("couldn't read %s", path ? "the rc file" : "~/.pmaprc");
}
