// SPDX-License-Identifier: GPL-2.0
/* areas - heads and flags of areas. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/heads.h"
#include "lib/look.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/zoo.h"

SCENE(areas)

/* Heads equal the lines of maps in every process, whatever the names. */
TEST_F(areas, heads)
{
	zoo_start();
	note("%u processes", everyone(heads_equal_maps));
}

enum { MANY = 3000 };

/* More than any buffer holds: every second page has another protection. */
static int many_areas(void *arg)
{
	char *memory = scene_anon(MANY);

	(void)arg;
	for (size_t i = 0; i < MANY; i += 2)
		if (mprotect(memory + i * PAGE, PAGE, PROT_READ))
			return 1;
	child_ready();
	return 0;
}

/* Three thousand areas are all there, once each, by both doors. */
TEST_F(areas, many)
{
	struct child child;
	struct area_list list;
	struct stream stream;

	child_start(&child, many_areas, NULL);
	door_areas(child.pid, &list);
	if (!heads_equal(child.pid, &list))
		fail("the heads differ");
	door_stream(child.pid, VMAVIEW_WANT_ALL, &stream);
	expect_eq("areas by the device", stream.areas.nr, list.nr);
	if (list.nr < MANY)
		fail("expected %d areas at least, got %zu", MANY, list.nr);
	area_list_free(&list);
	stream_free(&stream);
	child_end(&child);
}

/* The line of vmflags with that word. */
struct flag {
	unsigned int bit;
	char mnemonic[8];
	char word[32];
};

static struct flag flags[64];
static unsigned int nr_flags;

static void read_vmflags(void)
{
	struct bytes text;
	char *line;

	if (door_file("vmflags", &text))
		die("no file \"vmflags\"");
	for (line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n")) {
		struct flag *flag = &flags[nr_flags++];
		int used = 0;

		if (nr_flags > ARRAY_SIZE(flags) ||
		    sscanf(line, "%u %7s %31s%n", &flag->bit, flag->mnemonic, flag->word, &used) != 3 ||
		    line[used])
			die("a line of vmflags: \"%s\"", line);
	}
}

static const struct flag *flag_of(const char *word)
{
	for (unsigned int i = 0; i < nr_flags; i++)
		if (!strcmp(flags[i].word, word))
			return &flags[i];
	return NULL;
}

/* Vmflags names each bit once, as the device does. */
TEST_F(areas, vmflags_file)
{
	static const char *const common[] = { "0 rd read", "1 wr write", "2 ex exec", "3 sh shared",
					      "4 mr mayread", "10 pf pfnmap", "13 lo locked",
					      "14 io io", "17 dc dontcopy" };
	struct stream stream;

	read_vmflags();
	door_stream(getpid(), VMAVIEW_WANT_VMFLAGS, &stream);
	expect_eq("lines", nr_flags, stream.nr_vmflags);
	for (unsigned int i = 0; i < nr_flags && i < stream.nr_vmflags; i++) {
		const struct vmaview_vmflag *record = &stream.vmflag[i];

		expect_eq("bit", flags[i].bit, record->bit);
		expect_str("word", flags[i].word, record->word);
		expect_str("mnemonic", flags[i].mnemonic, record->mnemonic[0] ? record->mnemonic : "-");
		if (strspn(flags[i].word, "abcdefghijklmnopqrstuvwxyz0123456789_") !=
		    strlen(flags[i].word))
			fail("word \"%s\"", flags[i].word);
		if (flag_of(flags[i].word) != &flags[i])
			fail("two lines say \"%s\"", flags[i].word);
	}
	for (size_t i = 0; i < ARRAY_SIZE(common); i++) {
		char line[64];
		const struct flag *flag = flag_of(strrchr(common[i], ' ') + 1);

		snprintf(line, sizeof(line), "%u %s %s", flag ? flag->bit : 99,
			 flag ? flag->mnemonic : "", flag ? flag->word : "");
		expect_str("vmflags", line, common[i]);
	}
}

/* The mnemonics of the words, as smaps orders them: by bit. */
static void translate(const char *words, char *out, size_t room)
{
	char copy[1024], *word;

	out[0] = '\0';
	snprintf(copy, sizeof(copy), "%s", words);
	for (word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
		const struct flag *flag = flag_of(word);
		size_t len = strlen(out);

		if (!flag)
			snprintf(out, room, "no such word in vmflags: %s", word);
		else if (strcmp(flag->mnemonic, "-"))
			snprintf(out + len, room - len, "%s%s", len ? " " : "", flag->mnemonic);
	}
}

static bool words_equal_smaps(pid_t pid)
{
	struct area_list ours, smaps;
	bool same;

	door_areas(pid, &ours);
	door_smaps(pid, &smaps);
	same = ours.nr <= smaps.nr;
	for (size_t i = 0; i < ours.nr && same; i++) {
		char mnemonics[256], *theirs = smaps.area[i].vmflags;
		size_t len = strlen(theirs);

		if (len && theirs[len - 1] == ' ')
			theirs[len - 1] = '\0';
		translate(ours.area[i].flags, mnemonics, sizeof(mnemonics));
		same = !strcmp(mnemonics, theirs);
		if (!same)
			note("pid %d: %s: \"%s\" is \"%s\", smaps has \"%s\"", pid, ours.area[i].head,
			     ours.area[i].flags, mnemonics, theirs);
	}
	area_list_free(&ours);
	area_list_free(&smaps);
	return same;
}

/* The words of Flags are the mnemonics of VmFlags in every process. */
TEST_F(areas, words)
{
	read_vmflags();
	zoo_start();
	everyone(words_equal_smaps);
}

SCENE_MAIN
