// SPDX-License-Identifier: GPL-2.0
/* verb_list.c - in: a list of verbs and a word; out: the verb of that name. */
#include <ctype.h>
#include <string.h>

#include "command/verb_list.h"
#include "text/nearest.h"

/* A first word that begins with a letter is a verb. */
const struct verb_row *verb_find(const struct verb_list *verbs, const char *name)
{
	if (!name || !isalpha((unsigned char)*name))
		return verbs->rows;
	for (size_t i = 0; i < verbs->nr; i++)
		if (verbs->rows[i].verb && verbs->rows[i].name && !strcmp(name, verbs->rows[i].name))
			return &verbs->rows[i];
	return NULL;
}

const char *verb_suggest(const struct verb_list *verbs, const char *name)
{
	struct nearest nearest = nearest_to(name, strlen(name));

	for (size_t i = 0; i < verbs->nr; i++)
		if (verbs->rows[i].name)
			nearest_offer(&nearest, verbs->rows[i].name);
	return nearest.best;
}

const char *verb_name(const struct verb_row *row)
{
	return row->name ? row->name : "the view";
}
