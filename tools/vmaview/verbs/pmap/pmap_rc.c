// SPDX-License-Identifier: GPL-2.0
/*
 * pmap_rc.c - in: pmap's configuration file; out: the choice of fields in it, or a new file that
 * offers all fields.  The format is procps's: sections, one word a line, # for comments.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "verbs/pmap/pmap_rc.h"
#include "verbs/pmap/pmap_speak.h"

#define BLANKS		" \t"
/* pmap ignores what follows in a longer line. */
#define LINE_LENGTH	1024

enum section {
	SECTION_NONE,
	SECTION_FIELDS,
	SECTION_MAPPING,
	SECTION_UNKNOWN,
};

struct rc {
	struct pmap_options *options;
	enum section section;
	int line;
};

static const struct {
	const char *title;
	enum section section;
} sections[] = {
	{ "[Fields Display]", SECTION_FIELDS },
	{ "[Mapping]", SECTION_MAPPING },
};

static void complain(const struct rc *rc)
{
	pmap_warn("syntax error found in the config - line %d", rc->line);
}

/* @text is at a [; returns what follows the title. */
static char *read_title(struct rc *rc, char *text)
{
	char *end;

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		size_t length = strlen(sections[i].title);

		if (!strncmp(text, sections[i].title, length)) {
			rc->section = sections[i].section;
			return text + length;
		}
	}
	end = strchr(text, ']');
	if (!end) {
		complain(rc);
		return text + strlen(text);
	}
	rc->section = SECTION_UNKNOWN;
	pmap_warn("unsupported section found in the config - line %d", rc->line);
	return end + 1;
}

static void read_word(struct rc *rc, char *text)
{
	char *rest, *word, *more;

	if (rc->section == SECTION_UNKNOWN)
		return;
	if (rc->section == SECTION_NONE) {
		complain(rc);
		return;
	}
	word = strtok_r(text, BLANKS, &rest);
	more = strtok_r(NULL, BLANKS, &rest);
	if (more && *more != '#')
		complain(rc);
	if (rc->section == SECTION_FIELDS)
		pmap_choice_add(&rc->options->choice, word);
	else if (!strcmp(word, "ShowPath"))
		rc->options->show_path = !rc->options->show_path;
}

static bool is_over(const char *text)
{
	return *text == '#' || *text == '\0';
}

static void read_line(struct rc *rc, char *text)
{
	text += strspn(text, BLANKS);
	if (is_over(text))
		return;
	if (*text == '[') {
		text = read_title(rc, text);
		text += strspn(text, BLANKS);
		if (is_over(text))
			return;
		complain(rc);		/* and take it for a line of its own */
	}
	read_word(rc, text);
}

int pmap_rc_read(const char *path, struct pmap_options *options)
{
	struct rc rc = { .options = options };
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t room = 0;

	if (!file)
		return -errno;
	options->choice.only_named = true;
	while (getline(&line, &room, file) >= 0) {
		rc.line++;
		line[strcspn(line, "\n")] = '\0';
		if (strlen(line) >= LINE_LENGTH) {
			pmap_warn("config line too long - line %d", rc.line);
			line[LINE_LENGTH] = '\0';
		}
		read_line(&rc, line);
	}
	free(line);
	fclose(file);
	return 0;
}

static const char template[] =
	"# pmap's Config File\n"
	"\n"
	"# All the entries are case sensitive.\n"
	"# Unsupported entries are ignored!\n"
	"\n"
	"[Fields Display]\n"
	"\n"
	"# To enable a field uncomment its entry\n"
	"\n"
	"#Perm\n#Offset\n#Device\n#Inode\n"
	"#Size\n#Rss\n#Pss\n"
	"#Shared_Clean\n#Shared_Dirty\n#Private_Clean\n#Private_Dirty\n"
	"#Referenced\n#Anonymous\n#AnonHugePages\n#Swap\n"
	"#KernelPageSize\n#MMUPageSize\n#Locked\n#VmFlags\n"
	"#Mapping\n"
	"\n"
	"\n"
	"[Mapping]\n"
	"\n"
	"# to show paths in the mapping column uncomment the following line\n"
	"#ShowPath\n"
	"\n";

int pmap_rc_create(const char *path)
{
	FILE *file = fopen(path, "wxe");
	int ret = 0;

	if (!file)
		return -errno;
	errno = EIO;
	if (fputs(template, file) < 0 || fflush(file))
		ret = -errno;
	if (fclose(file) && !ret)
		ret = -errno;
	if (ret)
		unlink(path);
	return ret;
}
