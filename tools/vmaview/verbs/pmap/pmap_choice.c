// SPDX-License-Identifier: GPL-2.0
/* pmap_choice.c - in: names of fields; out: is a field shown? */
#include <stdlib.h>
#include <string.h>

#include "verbs/pmap/pmap_choice.h"
#include "verbs/pmap/pmap_speak.h"

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

void pmap_choice_add_details(struct pmap_choice *choice)
{
	for (size_t i = 0; i < sizeof(details_only) / sizeof(details_only[0]); i++)
		pmap_choice_add(choice, details_only[i]);
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
