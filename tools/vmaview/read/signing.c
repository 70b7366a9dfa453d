// SPDX-License-Identifier: GPL-2.0
/* signing.c - in: a root; out: whether the kernel takes signed modules only, and whether it knows a signer. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "read/signing.h"

bool signing_is_enforced(const char *root, enum lockdown lockdown)
{
	char path[PATH_MAX];
	FILE *file;
	int word;

	if (lockdown == LOCKDOWN_INTEGRITY || lockdown == LOCKDOWN_CONFIDENTIALITY)
		return true;
	snprintf(path, sizeof(path), "%s/sys/module/module/parameters/sig_enforce", root);
	file = fopen(path, "re");
	word = file ? fgetc(file) : 'N';
	if (file)
		fclose(file);
	return word == 'Y';
}

/*
 * "0b1c2d3e I------     2 perm 1f030000     0     0 asymmetri Debian: Debian Secure Boot CA: X509.rsa 4ebf72c8 []":
 * the kernel puts the organisation in front of a common name that does not begin with it.
 */
static char *key_name(char *line)
{
	char *name = strstr(line, " asymmetri ");
	char *end = name ? strstr(name, ": X509.") : NULL;

	if (!end)
		return NULL;
	*end = '\0';
	name += strlen(" asymmetri ");
	return name + strspn(name, " ");
}

static bool is_named(const char *key, const char *name)
{
	size_t length = strlen(key), wanted = strlen(name);

	if (length < wanted || strcmp(key + length - wanted, name))
		return false;
	return length == wanted || (length >= wanted + 2 && !memcmp(key + length - wanted - 2, ": ", 2));
}

enum signer signing_knows(const char *root, const char *name)
{
	enum signer known = SIGNER_HIDDEN;
	char path[PATH_MAX], line[1024];
	FILE *file;

	snprintf(path, sizeof(path), "%s/proc/keys", root);
	file = fopen(path, "re");
	while (file && known != SIGNER_KNOWN && fgets(line, sizeof(line), file)) {
		const char *key = key_name(line);

		if (key)
			known = is_named(key, name) ? SIGNER_KNOWN : SIGNER_UNKNOWN;
	}
	if (file)
		fclose(file);
	return known;
}
