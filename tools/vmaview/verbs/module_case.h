/* SPDX-License-Identifier: GPL-2.0 */
/* module_case.h - in: a root; out: how it stands with the module there, in one word, and the one line that helps. */
#ifndef VMAVIEW_MODULE_CASE_H
#define VMAVIEW_MODULE_CASE_H

#include <stddef.h>

#include "read/installed.h"
#include "read/rights.h"
#include "read/signing.h"

enum module_case {
	CASE_OK,		/* loaded, and none that is newer is installed */
	CASE_NO_HEADERS,
	CASE_NOT_BUILT,
	CASE_OTHER_KERNEL,
	CASE_UNSIGNED,
	CASE_NOT_ENROLLED,
	CASE_LOCKDOWN,		/* whatever is loaded, it may not answer */
	CASE_OLDER_LOADED,
	CASE_NOT_LOADED,
};

/* All that the case depends on. */
struct module_facts {
	const char *release;		/* of the kernel */
	const char *root;
	enum lockdown lockdown;
	bool loaded;
	char version[24];		/* of the loaded one; empty: not known */
	bool enforced;			/* only signed modules are taken */
	enum signer signer;		/* of the installed one */
	struct installed installed;
	int load_error;			/* -errno of having tried; 0: nobody has, or it went well */
};

/* Below @root, "" for that of this process; both words are kept. */
void module_facts_read(struct module_facts *facts, const char *root, const char *release);

enum module_case module_case(const struct module_facts *facts);

/* As JSON has it. */
const char *module_case_word(enum module_case which);

/* What is so, and what helps; of CASE_OK both are empty. */
void module_case_state(const struct module_facts *facts, char *out, size_t room);
void module_case_advice(const struct module_facts *facts, char *out, size_t room);

#endif /* VMAVIEW_MODULE_CASE_H */
