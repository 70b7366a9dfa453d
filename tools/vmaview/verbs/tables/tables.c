// SPDX-License-Identifier: GPL-2.0
/* tables.c - in: options of tables; out: page tables by level, or structures of the kernel. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "verbs/sheet_verb.h"
#include "verbs/tables/structs_print.h"
#include "verbs/tables/tables.h"
#include "verbs/tables/tables_json.h"
#include "verbs/tables/tables_sums.h"

/* A saved stream may be of another kernel than the one whose BTF is here. */
static bool is_this_kernel(const struct process *process)
{
	struct utsname name;

	return !uname(&name) && !strcmp(name.release, process->release);
}

static void more(const struct sheet *sheet, struct json_out *out)
{
	const struct structs *structs = sheet->context;

	tables_json(sheet->process, structs->nr && is_this_kernel(sheet->process) ? structs : NULL, out);
}

static size_t group_of(const void *row)
{
	return ((const struct table_row *)row)->is_total;
}

/* The total is in JSON, but no row of it. */
static int fill(struct sheet *sheet)
{
	sheet->group_of = group_of;
	sheet->group[0] = (struct sheet_group){ "tables", !sheet->process->has_tables };
	return tables_rows(sheet);
}

static bool has(const struct process *process)
{
	return process->has_tables;
}

static int show_structs(const struct options *options, const struct structs *structs)
{
	int ret = 0;

	if (options->json)
		tables_json_structs(structs);
	else
		ret = structs_print_members(options, structs);
	if (ret)
		say("out of memory");
	return ret ? EXIT_FAILED : EXIT_DONE;
}

static int show_tables(struct options *options, const struct structs *structs)
{
	static const struct sheet_notes notes = { .json = more };
	const struct sheet_verb verb = {
		.json = "tables",
		.want = VMAVIEW_WANT_MM | VMAVIEW_WANT_TABLES,
		.fill = fill,
		.has = has,
		.context = structs,
		.notes = &notes,
	};
	int ret = sheet_verb_main(options, &verb);

	if (!ret && !options->json)
		structs_print_sizes(structs);
	return ret;
}

/* Type information is megabytes: only for who sees what it says. */
static bool shows_structs(const struct options *options)
{
	return options->structs || options->json || !(options->raw || options->quiet || options->from);
}

/* An option that a list of members would ignore is a mistake. */
static int check_structs(const struct options *options)
{
	if (!options->structs)
		return EXIT_DONE;
	if (options->nr_columns || options->sort || options->head)
		say("--structs prints members as they lie in memory; it takes no -o, -O, --sort or --head");
	else if (options->from)
		say("--structs shows the kernel that runs here, which --from does not save");
	else if (!options->json && (options->bytes || options->quiet))
		say("--structs prints bytes, and no process; it takes no -b or -q");
	else
		return EXIT_DONE;
	return EXIT_USAGE;
}

int tables_main(struct options *options)
{
	struct structs structs = { .nr = 0 };
	int ret = check_structs(options), code;

	if (ret)
		return ret;
	ret = shows_structs(options) ? structs_read(&structs) : 0;
	if (ret && (options->structs || ret == -ENOMEM)) {
		say("no type information of this kernel: %s", strerror(-ret));
		structs_free(&structs);
		return EXIT_FAILED;
	}
	if (ret)
		structs_free(&structs);
	code = options->structs ? show_structs(options, &structs) : show_tables(options, &structs);
	structs_free(&structs);
	return code;
}
