/* SPDX-License-Identifier: GPL-2.0 */
/* pmap_config.h - in: a configuration file, or none: ~/.pmaprc; out: it is read or made, or pmap says why not. */
#ifndef VMAVIEW_PMAP_CONFIG_H
#define VMAVIEW_PMAP_CONFIG_H

#include "verbs/pmap/pmap_options.h"

/* Both end the program with a message where the file cannot be read or made; @path NULL: ~/.pmaprc. */
void pmap_config_read(const char *path, struct pmap_options *options);
void pmap_config_create(const char *path);

#endif /* VMAVIEW_PMAP_CONFIG_H */
