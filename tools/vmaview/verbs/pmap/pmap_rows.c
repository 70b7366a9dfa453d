// SPDX-License-Identifier: GPL-2.0
/*
 * pmap_rows.c - in: a process; out: pmap without options, with -x and with -d, a short row an area.
 *
 * pmap reads maps in pieces of PMAP_PIECE bytes at most and takes each piece for a line.  An area with a
 * longer line therefore has several rows: struct pmap_row keeps what the piece before left in it.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "proc/maps_line.h"
#include "verbs/pmap/pmap_layout.h"
#include "verbs/pmap/pmap_release.h"
#include "verbs/pmap/pmap_rows.h"
#include "verbs/pmap/pmap_speak.h"

struct listing {
	const struct pmap_target *target;
	const struct pmap_options *options;
	unsigned int shm_minor;
	struct pmap_row row;
	char piece[PMAP_PIECE + 1];
	char name[64];					/* a name that pmap makes up */
	struct pmap_totals totals;
};

static uint64_t kbytes(const struct area *area, enum key key)
{
	return area_get(area, key) >> 10;
}

/* Names */

/* System V shared memory and memfds are files of the same internal mount. */
static unsigned int find_shm_minor(void)
{
	int fd = memfd_create("pmap", MFD_CLOEXEC);
	unsigned int found = ~0U;
	struct stat st;

	if (fd < 0)
		return found;
	if (fstat(fd, &st) == 0 && major(st.st_dev) == 0)
		found = minor(st.st_dev);
	close(fd);
	return found;
}

static bool holds_stack(const struct pmap_row *row, uint64_t stack)
{
	return stack >= row->start && stack <= row->end;
}

/* "[heap]", "[anon:name]": what stands in brackets at the end of the line. */
static const char *kernel_name(const char *text)
{
	const char *end = strrchr(text, ']');

	return end && !end[1] ? strchr(text, '[') : NULL;
}

static const char *name_row(struct listing *list, const char *text)
{
	const struct pmap_row *row = &list->row;
	const char *slash = strrchr(text, '/');

	if (row->major == 0 && row->minor == list->shm_minor && strstr(text, "/SYSV")) {
		snprintf(list->name, sizeof(list->name), "  [ shmid=0x%llx ]", row->inode);
		return list->name;
	}
	if (slash && list->options->show_path)
		return strchr(text, '/');
	if (slash)
		return slash[1] ? slash + 1 : slash;
	if (list->options->kernel_names && kernel_name(text))
		return kernel_name(text);
	return holds_stack(row, list->target->stack) ? "  [ stack ]" : "  [ anon ]";
}

/* Rows */

/* pmap shows no p of maps, but a last column that nothing fills on Linux. */
static void count_mode(struct listing *list)
{
	struct pmap_row *row = &list->row;
	unsigned long bytes = row->end - row->start;

	if (row->mode[3] == 's')
		list->totals.shared += bytes;
	if (row->mode[3] == 'p') {
		row->mode[3] = '-';
		*(row->mode[1] == 'w' ? &list->totals.writable : &list->totals.readonly) += bytes;
	}
	row->mode[4] = '-';
	row->mode[5] = '\0';
}

static void hide_unprintable(char *text)
{
	while (*text) {
		int length = PMAP_MULTIBYTE ? mblen(text, strlen(text)) : 1;

		if (length < 0 || (!PMAP_MULTIBYTE && !isprint((unsigned char)*text))) {
			*text = '?';
			length = 1;
		}
		text += length;
	}
}

/* A line of maps, or a piece of one, is in list->piece.  False where -A ends the list. */
static bool note_piece(struct listing *list)
{
	struct pmap_row *row = &list->row;

	if (row->end - 1 < list->options->low)
		return true;
	if (row->start > list->options->high)
		return false;
	hide_unprintable(list->piece);
	count_mode(list);
	row->name = name_row(list, list->piece);
	if (list->options->mode != PMAP_EXTENDED)
		pmap_put_row(list->options->mode, row);
	return true;
}

/*
 * A line as pmap's own buffer would treat it, whatever comes of it: a piece that begins
 * with a capital is taken for a key of smaps; the others keep the numbers they do not bring; with
 * -x the keys are read over the piece that the row's name still points into.
 */
static bool note_long_line(struct listing *list, const struct area *area)
{
	struct pmap_row *row = &list->row;
	char *line = maps_line(area);
	size_t length = line ? strlen(line) : 0;
	bool more = true;

	if (!line)
		pmap_die("%s", strerror(ENOMEM));
	for (size_t at = 0; more && at < length; at += PMAP_PIECE) {
		snprintf(list->piece, sizeof(list->piece), "%s", line + at);
		if (*list->piece >= 'A' && *list->piece <= 'Z')
			continue;
		sscanf(list->piece, "%lx-%lx %31s %llx %x:%x %llu", &row->start, &row->end,
		       row->mode, &row->offset, &row->major, &row->minor, &row->inode);
		list->piece[strcspn(list->piece, "\n")] = '\0';
		more = note_piece(list);
	}
	if (list->options->mode == PMAP_EXTENDED)
		snprintf(list->piece, sizeof(list->piece), "Swap:           %8" PRIu64 " kB\n",
			 kbytes(area, KEY_SWAP));
	free(line);
	return more;
}

static bool note_area(struct listing *list, const struct area *area)
{
	struct pmap_row *row = &list->row;

	row->name = NULL;
	if (maps_line_in_pieces(area))
		return note_long_line(list, area);
	snprintf(list->piece, sizeof(list->piece), "%s", area->name);
	row->start = area->start;
	row->end = area->end;
	row->offset = area->offset;
	row->inode = area->inode;
	row->major = area->dev_major;
	row->minor = area->dev_minor;
	memcpy(row->mode, area->perms, sizeof(area->perms));
	return note_piece(list);
}

/* With -x, totals have the memory of areas below the range of -A, though not their size. */
static void note_memory(struct listing *list, const struct area *area)
{
	struct pmap_row *row = &list->row;

	row->rss = kbytes(area, KEY_RSS);
	row->dirty = kbytes(area, KEY_SHARED_DIRTY) + kbytes(area, KEY_PRIVATE_DIRTY);
	list->totals.rss += row->rss;
	list->totals.dirty += row->dirty;
	if (row->name)
		pmap_put_row(list->options->mode, row);
}

void pmap_rows(const struct pmap_target *target, const struct pmap_options *options)
{
	const struct area *area = target->process.areas;
	const struct area *end = area + target->process.nr_areas;
	struct listing list = {
		.target = target,
		.options = options,
		.shm_minor = find_shm_minor(),
	};

	if (!options->quiet)
		pmap_put_heading(options->mode);
	for (; area < end && note_area(&list, area); area++)
		if (options->mode == PMAP_EXTENDED)
			note_memory(&list, area);
	if (!options->quiet)
		pmap_put_footer(options->mode, &list.totals);
}
