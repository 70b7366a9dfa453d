// SPDX-License-Identifier: GPL-2.0
/* pmap_choice.c - in: -X, -XX or a configuration file; out: which fields are shown. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/pmap/pmap_command.h"

/* Fields of smaps that -X leaves to -XX. */
static const char *const details_only[] = {
	"AnonHugePages", "KernelPageSize", "MMUPageSize", "Shared_Dirty", "Private_Dirty",
	"Shared_Clean", "Private_Clean", "VmFlags",
};

void pmap_choice_add(struct pmap_choice *choice, const char *name)
{
	choice->name = reallocarray(choice->name, choice->nr + 1, sizeof(*choice->name));
	if (!choice->name)
		pmap_die("cannot allocate memory");
	choice->name[choice->nr] = strdup(name);
	if (!choice->name[choice->nr++])
		pmap_die("cannot allocate memory");
}

bool pmap_choice_shows(const struct pmap_choice *choice, const char *field)
{
	for (size_t i = 0; i < choice->nr; i++)
		if (!strcmp(choice->name[i], field))
			return choice->only_named;
	return !choice->only_named;
}

void pmap_choice_free(struct pmap_choice *choice)
{
	for (size_t i = 0; i < choice->nr; i++)
		free(choice->name[i]);
	free(choice->name);
}

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

void pmap_choice_create(const struct pmap_command *command)
{
	bool own = command->exclusive == PMAP_ONE_CREATE_DEFAULT;
	char *path = own ? default_rc() : NULL;
	int ret = pmap_rc_create(own ? path : command->rc);

	free(path);
	if (ret == -EEXIST)
		pmap_warn("the file already exists - delete or rename it first");
	if (ret)
		pmap_die("couldn't create %s", own ? "~/.pmaprc" : "the rc file");
	pmap_warn("%s file successfully created, feel free to edit the content",
		  own ? "~/.pmaprc" : "rc");
}

static void read_rc(struct pmap_command *command)
{
	bool own = command->exclusive == PMAP_ONE_READ_DEFAULT;
	char *path = own ? default_rc() : NULL;
	int ret = pmap_rc_read(own ? path : command->rc, &command->options);

	free(path);
	if (ret)
		pmap_die("couldn't read %s", own ? "~/.pmaprc" : "the rc file");
}

void pmap_choose(struct pmap_command *command)
{
	struct pmap_choice *choice = &command->options.choice;

	if (command->exclusive & PMAP_ONE_OF_READS)
		read_rc(command);
	else if (command->details == 1)
		for (size_t i = 0; i < sizeof(details_only) / sizeof(details_only[0]); i++)
			pmap_choice_add(choice, details_only[i]);
}
