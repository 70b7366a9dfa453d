// SPDX-License-Identifier: GPL-2.0
/*
 * status.c - in: the machine; out: rows of item, state and advice.
 *
 * The row "areas" is the sum of it, and the exit code: the module was really asked, about this process itself.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "draw/json.h"
#include "draw/table.h"
#include "proc/whose.h"
#include "read/kmod.h"
#include "read/rights.h"
#include "read/tested.h"
#include "text/version.h"
#include "verbs/blame.h"
#include "verbs/module_case.h"
#include "verbs/status.h"

struct row {
	const char *item;
	bool fine;
	char state[160];
	char advice[400];	/* empty: nothing needs to be done */
	const char *word;	/* of the module, its case; else NULL */
};

#define ROWS_MAX 12

struct rows {
	struct row row[ROWS_MAX];
	size_t nr;
};

static struct row *add(struct rows *rows, const char *item, bool fine, const char *advice)
{
	struct row *row = &rows->row[rows->nr++];

	row->item = item;
	row->fine = fine;
	row->word = NULL;
	row->state[0] = '\0';
	snprintf(row->advice, sizeof(row->advice), "%s", fine ? "" : advice);
	return row;
}

static void add_tool(struct rows *rows)
{
	struct row *row = add(rows, "vmaview", true, "");
	struct utsname uts;

	snprintf(row->state, sizeof(row->state), "%s abi %d.%d", VMAVIEW_RELEASE,
		 VMAVIEW_ABI_MAJOR, VMAVIEW_ABI_MINOR);
	row = add(rows, "kernel", !uname(&uts), "uname(2) failed");
	snprintf(row->state, sizeof(row->state), "%.64s", row->fine ? uts.release : "unknown");
	if (kernel_is_newer(row->advice, sizeof(row->advice)))
		row->fine = false;
}

/* Where the version is not known: opening the device needs the same rights as any question. */
static const char *state_of(enum module_state module)
{
	switch (module) {
	case MODULE_ABSENT:
		return "not loaded";
	case MODULE_NO_RIGHT:
		return "loaded, but refuses to answer";
	default:
		return "unknown";
	}
}

/* What was found: the collector by asking, the facts by looking. */
struct found {
	struct collector collector;
	struct module_facts facts;
};

/* Who answers is loaded, and without sysfs the device has said which release that is. */
static void add_answer(struct found *found)
{
	const struct vmaview_version *version = &found->collector.version;

	if (found->collector.module != MODULE_ABSENT)
		found->facts.loaded = true;
	if (!found->facts.version[0])
		snprintf(found->facts.version, sizeof(found->facts.version), "%.*s", (int)sizeof(version->release) - 1,
			 version->release);
}

/* Of what is missing: how the module stands, or else why it does not answer. */
static void advise(const struct found *found, struct row *row)
{
	module_case_advice(&found->facts, row->advice, sizeof(row->advice));
	if (!row->advice[0] && found->collector.module != MODULE_USABLE)
		blame_module(&found->collector, row->advice, sizeof(row->advice));
}

/* One with a known fault that harms the machine, whether it can be asked or not. */
static void warn_of_release(const struct found *found, struct row *row)
{
	const char *release = found->facts.version;

	if (!release[0] || strverscmp(release, VMAVIEW_SAFE_SINCE) >= 0)
		return;
	row->fine = false;
	snprintf(row->advice, sizeof(row->advice), "the loaded module %s can crash this machine (see SECURITY.md): "
		 "rmmod vmaview, then load " VMAVIEW_SAFE_SINCE " or later", release);
}

static void state_module(const struct found *found, enum module_case which, struct row *row)
{
	const struct vmaview_version *version = &found->collector.version;

	if (version->abi_major && which == CASE_OK)
		snprintf(row->state, sizeof(row->state), "%.24s abi %u.%u", version->release,
			 version->abi_major, version->abi_minor);
	else if (which == CASE_OK)
		snprintf(row->state, sizeof(row->state), "%s", state_of(found->collector.module));
	else
		module_case_state(&found->facts, row->state, sizeof(row->state));
}

static void add_module(struct rows *rows, const struct found *found)
{
	enum module_case which = module_case(&found->facts);
	struct row *row = add(rows, "module", found->collector.module == MODULE_USABLE && which == CASE_OK, "");

	row->word = module_case_word(which);
	state_module(found, which, row);
	advise(found, row);
	warn_of_release(found, row);
}

static void add_device(struct rows *rows)
{
	struct stat st;
	bool there = !stat(VMAVIEW_DEVICE, &st);
	struct row *row = add(rows, "device", there && !access(VMAVIEW_DEVICE, R_OK),
			      there ? "its owner may open it: run as root" : "load the module");

	if (there)
		snprintf(row->state, sizeof(row->state), VMAVIEW_DEVICE " mode %04o uid %u",
			 st.st_mode & 07777, st.st_uid);
	else
		snprintf(row->state, sizeof(row->state), VMAVIEW_DEVICE ": %s", strerror(errno));
}

static void add_debugfs(struct rows *rows)
{
	struct statfs fs;
	bool mounted = !statfs("/sys/kernel/debug", &fs) && fs.f_type == DEBUGFS_MAGIC;
	bool there = !access(VMAVIEW_DEBUGFS, F_OK);
	int error = errno;
	struct row *row = add(rows, "debugfs", there, error == EACCES ? "run as root" : mounted ?
			      "load the module" : "mount -t debugfs none /sys/kernel/debug");

	snprintf(row->state, sizeof(row->state), VMAVIEW_DEBUGFS "%s%s", there ? "" : ": ",
		 there ? "" : strerror(error));
}

static void add_rights(struct rows *rows)
{
	static const char *const states[] = {
		[LOCKDOWN_NONE] = "none",
		[LOCKDOWN_INTEGRITY] = "integrity",
		[LOCKDOWN_CONFIDENTIALITY] = "confidentiality",
		[LOCKDOWN_UNKNOWN] = "unknown: /sys/kernel/security/lockdown is not there",
	};
	struct rights rights = rights_read();
	enum lockdown lockdown = lockdown_read();
	bool both = rights.sys_admin && rights.sys_ptrace;
	struct row *row = add(rows, "capabilities", both, "run as root");

	snprintf(row->state, sizeof(row->state), "CAP_SYS_ADMIN %s, CAP_SYS_PTRACE %s",
		 rights.sys_admin ? "yes" : "no", rights.sys_ptrace ? "yes" : "no");
	row = add(rows, "lockdown", lockdown != LOCKDOWN_CONFIDENTIALITY,
		  "boot without lockdown=confidentiality: it forbids the module to answer");
	snprintf(row->state, sizeof(row->state), "%s", states[lockdown]);
}

static void add_proc(struct rows *rows)
{
	static const char *const states[] = {
		[WHOSE_OURS] = "of this PID namespace",
		[WHOSE_NOBODYS] = "not mounted",
		[WHOSE_OTHERS] = "another PID namespace's",
	};
	const char *why = blame_proc();
	struct row *row = add(rows, "proc", !why, why);

	snprintf(row->state, sizeof(row->state), "%s", states[whose_proc()]);
}

/* Can they come from the module? */
static bool add_areas(struct rows *rows, const struct found *found)
{
	const char *why = blame_proc();
	struct row *row = add(rows, "areas", !why && found->collector.module == MODULE_USABLE, "");

	snprintf(row->state, sizeof(row->state), "%s", row->fine ? "from the module" : why ?
		 "none: whatever takes a PID is refused" :
		 "from /proc only: no COW state, pins, references, fault handlers");
	if (why)
		snprintf(row->advice, sizeof(row->advice), "%s", why);
	else if (!row->fine)
		advise(found, row);
	return row->fine;
}

static void find(struct found *found, int load_error)
{
	static struct utsname uts;
	struct reader reader;

	collector_init(&found->collector);
	found->collector.want = VMAVIEW_WANT_MM;
	if (!collect_open(&found->collector, &reader, getpid()))
		reader_close(&reader);
	module_facts_read(&found->facts, "", uname(&uts) ? "" : uts.release);
	found->facts.load_error = load_error;
	add_answer(found);
}

static bool fill(struct rows *rows, const struct found *found)
{
	rows->nr = 0;
	add_tool(rows);
	add_module(rows, found);
	add_device(rows);
	add_debugfs(rows);
	add_rights(rows);
	add_proc(rows);
	return add_areas(rows, found);
}

static void print_json(const struct rows *rows)
{
	struct json_out out;

	json_start(&out, JSON_PRETTY);
	json_open_object(&out);
	json_key(&out, "status");
	json_open_object(&out);
	for (size_t i = 0; i < rows->nr; i++) {
		const struct row *row = &rows->row[i];

		json_key(&out, row->item);
		json_open_object(&out);
		json_put_bool(&out, "fine", row->fine);
		json_put_string(&out, "state", row->state);
		json_put_string(&out, "advice", row->advice[0] ? row->advice : NULL);
		if (row->word)
			json_put_string(&out, "case", row->word);
		json_end(&out);
	}
	json_end(&out);
	json_end(&out);
	json_finish(&out);
}

static int add_to_table(struct table *table, const struct row *row)
{
	const char *text[] = {
		row->item, row->fine ? "ok" : "no", row->state,
		row->advice[0] ? row->advice : ".",
	};
	int ret = table_add_row(table);

	for (size_t i = 0; !ret && i < sizeof(text) / sizeof(text[0]); i++)
		ret = table_set(table, i, text[i], strlen(text[i]),
				row->fine ? NULL : "\033[33m");
	return ret;
}

static int print_table(const struct options *options, const struct rows *rows)
{
	static const char *const headings[] = { "Item", "Ok", "State", "Advice" };
	struct table_style style = {
		.raw = options->raw,
		.noheadings = options->noheadings,
		.color = color_wanted(options->color),
	};
	struct table *table = table_new(&style);
	int ret = table ? 0 : -ENOMEM;

	for (size_t i = 0; !ret && i < sizeof(headings) / sizeof(headings[0]); i++)
		ret = table_add_column(table, headings[i], false, false);
	for (size_t i = 0; !ret && i < rows->nr; i++)
		ret = add_to_table(table, &rows->row[i]);
	if (!ret)
		ret = table_print(table);
	table_free(table);
	return ret;
}

/* Only because it was asked for: what is read may not depend on who looked before. */
static int load(void)
{
	int ret = kmod_load("vmaview");

	if (ret == -ELIBACC)
		say("the module is not loaded: there is no libkmod.so.2 here");
	else if (ret)
		say("the module is not loaded: %s", strerror(-ret));
	return ret;
}

int status_main(struct options *options)
{
	int load_error = options->load ? load() : 0;
	struct found found;
	struct rows rows;
	bool areas;
	int ret = 0;

	find(&found, load_error);
	areas = fill(&rows, &found);
	if (options->json)
		print_json(&rows);
	else
		ret = print_table(options, &rows);
	if (!ret)
		return areas ? EXIT_DONE : EXIT_NO_MODULE;
	say("out of memory");
	return EXIT_FAILED;
}
