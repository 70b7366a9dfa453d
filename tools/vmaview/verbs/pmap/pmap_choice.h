/* SPDX-License-Identifier: GPL-2.0 */
/* pmap_choice.h - which fields are shown: those that were named, or all but them. */
#ifndef VMAVIEW_PMAP_CHOICE_H
#define VMAVIEW_PMAP_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

/* The fields that PMAP_FIELDS shows: none but the named ones, or all but them. */
struct pmap_choice {
	bool only_named;
	char **name;
	size_t nr;
};

/* Ends the program where there is no memory. */
void pmap_choice_add(struct pmap_choice *choice, const char *name);
/* Adds those that -X leaves to -XX. */
void pmap_choice_add_details(struct pmap_choice *choice);
bool pmap_choice_shows(const struct pmap_choice *choice, const char *name);
void pmap_choice_free(struct pmap_choice *choice);

#endif /* VMAVIEW_PMAP_CHOICE_H */
