// SPDX-License-Identifier: GPL-2.0
/*
 * pmap_command.c - in: pmap's command line; out: what it asks for.
 *
 * Options and messages are those of procps's pmap; the help is our own.
 */
#include <getopt.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/version.h"
#include "verbs/pmap/pmap_command.h"
#include "verbs/pmap/pmap_config.h"
#include "verbs/pmap/pmap_release.h"
#include "verbs/pmap/pmap_speak.h"

/* It begins as procps's, which scripts and procps's own tests look for. */
static const char help[] =
	"\n"
	"Usage:\n"
	" pmap [options] PID [PID ...]\n"
	" vmaview pmap [options] PID [PID ...]\n"
	"\n"
	"What each PID has mapped, as the pmap of procps prints it.\n"
	"\n"
	"  -x, --extended             resident and dirty memory of each area\n"
	"  -X                         the main fields of /proc/PID/smaps\n"
	"  -XX                        all fields that the kernel has there\n"
	"  -d, --device               offset and device of each area\n"
	"  -A, --range=LOW[,HIGH]     only areas that have an address from LOW to HIGH (hex);\n"
	"                             not with -X, -XX, -c, -C\n"
	"  -p, --show-path            whole paths, not their last part\n"
	"  -k, --use-kernel-name      the kernel's names of areas without a file,\n"
	"                             where the release of procps has this option\n"
	"  -q, --quiet                no heading, no totals\n"
	"  -c, --read-rc              the fields that ~/.pmaprc names\n"
	"  -C, --read-rc-from=FILE    the fields that FILE names\n"
	"  -n, --create-rc            write a ~/.pmaprc to start from\n"
	"  -N, --create-rc-to=FILE    write such a FILE\n"
	"  -h, --help                 this text\n"
	"  -V, --version              whose pmap this is\n"
	"\n"
	"Exit codes: 0 done, 1 failed, 42 some PID does not exist.\n"
	"More is in vmaview(8).\n";

static void __attribute__((noreturn)) refuse(void)
{
	fputs(help, stderr);
	exit(EXIT_FAILURE);
}

/* Two hexadecimal numbers, or one for both; either may be missing beside the comma. */
static void read_range(struct pmap_options *options, const char *text)
{
	char *end;
	const char *comma = strchr(text, ',');
	const char *low_end = comma ? comma : text + strlen(text);
	const char *high = comma ? comma + 1 : text;

	if (text != low_end) {
		options->low = strtoul(text, &end, 16);
		if (end != low_end)
			pmap_die("failed to parse argument: '%s'", text);
	}
	if (*high) {
		options->high = strtoul(high, &end, 16);
		if (*end)
			pmap_die("failed to parse argument: '%s'", text);
	}
}

static const struct option long_options[] = {
	{ "extended", no_argument, NULL, 'x' },
	{ "device", no_argument, NULL, 'd' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "range", required_argument, NULL, 'A' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ "read-rc", no_argument, NULL, 'c' },
	{ "read-rc-from", required_argument, NULL, 'C' },
	{ "create-rc", no_argument, NULL, 'n' },
	{ "create-rc-to", required_argument, NULL, 'N' },
	{ "show-path", no_argument, NULL, 'p' },
	{ "use-kernel-name", no_argument, NULL, 'k' },
	{ NULL, 0, NULL, 0 }
};

static const struct {
	char option;
	enum pmap_exclusive bit;
} exclusives[] = {
	{ 'c', PMAP_ONE_READ_DEFAULT }, { 'C', PMAP_ONE_READ }, { 'n', PMAP_ONE_CREATE_DEFAULT },
	{ 'N', PMAP_ONE_CREATE }, { 'd', PMAP_ONE_DEVICE }, { 'x', PMAP_ONE_EXTENDED },
	{ 'X', PMAP_ONE_DETAILS },
};

/* True for an option of which pmap takes only one. */
static bool note_exclusive(struct pmap_command *command, int option)
{
	for (size_t i = 0; i < sizeof(exclusives) / sizeof(exclusives[0]); i++)
		if (exclusives[i].option == option) {
			command->exclusive |= exclusives[i].bit;
			command->details += option == 'X';
			if (optarg)
				command->rc = optarg;
			return true;
		}
	return false;
}

static void read_option(struct pmap_command *command, int option)
{
	switch (option) {
	case 'q':
		command->options.quiet = true;
		break;
	case 'p':
		command->options.show_path = true;
		break;
	case 'k':
		if (!PMAP_KERNEL_NAMES)
			pmap_die("the pmap of this release of procps has no option -k");
		command->options.kernel_names = true;
		break;
	case 'A':
		read_range(&command->options, optarg);
		break;
	case 'r':
		pmap_warn("option -r is ignored as SunOS compatibility");
		break;
	case 'h':
		fputs(help, stdout);
		exit(pmap_end_output(EXIT_SUCCESS));
	case 'V':
		puts("pmap from vmaview " VMAVIEW_RELEASE);
		exit(pmap_end_output(EXIT_SUCCESS));
	default:
		refuse();
	}
}

static void read_options(struct pmap_command *command, int argc, char **argv)
{
	unsigned int exclusive;
	int option;

	optind = 0;		/* the caller may have read options before us */
	while ((option = getopt_long(argc, argv, "xXrdqA:hVcC:nN:pk", long_options, NULL)) != -1)
		if (!note_exclusive(command, option))
			read_option(command, option);
	exclusive = command->exclusive;
	if (exclusive & (exclusive - 1))
		pmap_die("options -c, -C, -d, -n, -N, -x, -X are mutually exclusive");
	if (!(exclusive & PMAP_ONE_OF_CREATES))
		return;
	if (command->options.quiet || command->options.show_path)
		pmap_die("options -p, -q are mutually exclusive with -n, -N");
	if (optind < argc)
		pmap_die("too many arguments");
}

/* "123", "0x7b" or "/proc/123"; what else is in /proc is passed over. */
static void read_pids(struct pmap_command *command, int argc, char **argv)
{
	command->pids = calloc(argc + 1, sizeof(*command->pids));
	if (!command->pids)
		pmap_die("cannot allocate memory");
	for (int i = 0; i < argc; i++) {
		bool path = !strncmp(argv[i], "/proc/", 6);
		const char *text = argv[i] + (path ? 6 : 0);
		bool number = *text >= '0' && *text <= '9';
		unsigned long pid;
		char *end;

		if (path && !number)
			continue;
		pid = number ? strtoul(text, &end, 0) : 0;
		if (pid < 1 || pid > INT32_MAX || *end)
			refuse();
		command->pids[command->nr_pids++] = pid;
	}
}

static enum pmap_mode choose_mode(unsigned int exclusive)
{
	if (exclusive & (PMAP_ONE_DETAILS | PMAP_ONE_OF_READS))
		return PMAP_FIELDS;
	if (exclusive & PMAP_ONE_EXTENDED)
		return PMAP_EXTENDED;
	return exclusive & PMAP_ONE_DEVICE ? PMAP_DEVICE : PMAP_PLAIN;
}

static void choose_fields(struct pmap_command *command)
{
	if (command->exclusive & PMAP_ONE_OF_READS)
		pmap_config_read(command->rc, &command->options);
	else if (command->details == 1)
		pmap_choice_add_details(&command->options.choice);
}

void pmap_command_read(struct pmap_command *command, int argc, char **argv)
{
	if (argc < 2)
		refuse();
	command->options.high = ULONG_MAX;
	read_options(command, argc, argv);
	if (command->exclusive & PMAP_ONE_OF_CREATES)
		return;
	if (optind == argc)
		pmap_die("argument missing");
	command->options.mode = choose_mode(command->exclusive);
	choose_fields(command);
	read_pids(command, argc - optind, argv + optind);
}

void pmap_command_free(struct pmap_command *command)
{
	pmap_choice_free(&command->options.choice);
	free(command->pids);
}
