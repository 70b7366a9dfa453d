// SPDX-License-Identifier: GPL-2.0
/* fuzz_text - texts of any kind written to attach and detach, against what a PID is. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/random.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(fuzz_text)

/* TEXT_MAX: no longer text is a PID, whatever it says. */
enum { ROUNDS = 12000, NR_TARGETS = 5, TEXT_MAX = 23, ROOM = 6000 };

static struct {
	int nr;
	int err;	/* of attach */
	bool attached;
} targets[NR_TARGETS];

static struct dice dice;
/* Texts end where the page after them cannot be read. */
static char *text_end;
static int files[2];

static void begin(void)
{
	size_t pages = ROOM / PAGE + 1;
	static struct child child;
	char *memory = scene_anon(pages + 1);

	dice = dice_new(0);
	if (mprotect(memory + pages * PAGE, PAGE, PROT_NONE))
		die("mprotect: %s", strerror(errno));
	text_end = memory + pages * PAGE;
	child_start_program(&child);
	targets[0].nr = getpid();
	targets[1].nr = child.pid;
	targets[2].nr = 2;
	targets[2].err = EINVAL;
	targets[3].nr = child_zombie();
	targets[3].err = ESRCH;
	targets[4].nr = 4194303;
	targets[4].err = ESRCH;
	files[0] = open(VMAVIEW_DEBUGFS "/attach", O_WRONLY | O_CLOEXEC);
	files[1] = open(VMAVIEW_DEBUGFS "/detach", O_WRONLY | O_CLOEXEC);
	if (files[0] < 0 || files[1] < 0)
		die("attach and detach: %s", strerror(errno));
}

static const char *const blanks[] = { "", "", "", " ", "\n", "\t", "  \n", "\v\f\r", "\xa0" };

static const char *blank(void)
{
	return blanks[roll_below(&dice, ARRAY_SIZE(blanks))];
}

/* A PID as a careless program might write it. */
static size_t likely_text(char *text)
{
	static const char *const signs[] = { "", "", "", "", "+", "-", "--", "0", "00000", "0x" };
	long nr = roll_once_in(&dice, 6) ? (long)roll_odd(&dice)
					 : targets[roll_below(&dice, NR_TARGETS)].nr;

	return snprintf(text, ROOM, "%s%s%ld%s", blank(),
			signs[roll_below(&dice, ARRAY_SIZE(signs))], nr, blank());
}

static size_t any_text(char *text)
{
	static const char alphabet[] = "0123456789 \n\t+-x.,%ns\\\0\xff\x80\x1b";
	size_t len = roll_below(&dice, roll_once_in(&dice, 8) ? ROOM : 30);

	for (size_t i = 0; i < len; i++)
		text[i] = alphabet[roll_below(&dice, sizeof(alphabet) - 1)];
	return len;
}

static size_t make_text(char *text)
{
	size_t len = roll_once_in(&dice, 3) ? any_text(text) : likely_text(text);

	if (len && roll_once_in(&dice, 8))
		text[roll_below(&dice, len)] = roll(&dice);
	if (roll_once_in(&dice, 16))
		text[len++] = '\0';
	return len;
}

/* isspace() of lib/ctype.c. */
static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || (unsigned char)c == 0xa0;
}

/* The number that a text is, or false: blanks, a sign, digits, blanks, and nothing else. */
static bool model_number(const char *text, size_t len, long *nr)
{
	bool minus = false, digits = false;

	if (len > TEXT_MAX)
		return false;
	for (*nr = 0; len && is_blank(*text); text++)
		len--;
	for (; len && is_blank(text[len - 1]); len--)
		;
	if (len && (*text == '-' || *text == '+')) {
		minus = *text++ == '-';
		len--;
	}
	for (; len; len--, text++) {
		if (*text < '0' || *text > '9' || *nr > INT_MAX)
			return false;
		*nr = *nr * 10 + *text - '0';
		digits = true;
	}
	*nr = minus ? -*nr : *nr;
	return digits && *nr >= INT_MIN && *nr <= INT_MAX;
}

/* The errno of writing @text, by what it names; and what then is attached. */
static int model(const char *text, size_t len, bool detach)
{
	long nr;

	if (!model_number(text, len, &nr) || nr < 1)
		return EINVAL;
	for (size_t i = 0; i < NR_TARGETS; i++) {
		bool was = targets[i].attached;

		if (targets[i].nr != nr)
			continue;
		if (!detach && targets[i].err)
			return targets[i].err;
		targets[i].attached = !detach;
		return detach && !was ? ESRCH : 0;
	}
	return nr > 4194304 || detach ? ESRCH : -1;
}

static void complain(const char *text, size_t len, bool detach, int got, int want)
{
	char shown[4 * 64 + 1];
	size_t at = 0;

	for (size_t i = 0; i < len && i < 64; i++)
		at += snprintf(shown + at, sizeof(shown) - at, "\\%03o", (unsigned char)text[i]);
	fail("%s of %zu bytes \"%s\": expected %s, got %s", detach ? "detach" : "attach", len, shown,
	     want ? strerrorname_np(want) : "success", got ? strerrorname_np(got) : "success");
}

static int err_of(ssize_t done, size_t len)
{
	if (done < 0)
		return errno;
	if (done != (ssize_t)len)
		fail("%zd of %zu bytes were taken", done, len);
	return 0;
}

/* Numbers that happen to be somebody else's PID are left alone. */
static bool is_ours(const char *text, size_t len)
{
	long nr;

	if (!model_number(text, len, &nr) || nr < 1 || nr > 4194304)
		return true;
	for (size_t i = 0; i < NR_TARGETS; i++)
		if (targets[i].nr == nr)
			return true;
	return false;
}

static void write_one(void)
{
	static char text[ROOM + 64];
	size_t len = make_text(text);
	bool detach = roll_once_in(&dice, 2);
	char *at = text_end - len;
	int got, want;

	if (!is_ours(text, len))
		return;
	memcpy(at, text, len);
	got = err_of(write(files[detach], at, len), len);
	want = model(text, len, detach);
	if (got != want)
		complain(text, len, detach, got, want);
}

/* A text of which the last bytes cannot be read, at any of its bytes. */
static void write_cut(void)
{
	size_t len = 1 + roll_below(&dice, TEXT_MAX + 20), there = roll_below(&dice, len);
	int got;

	memset(text_end - there, '1', there);
	got = err_of(write(files[0], text_end - there, len), len);
	if (got != (len > TEXT_MAX ? EINVAL : EFAULT))
		complain("(cut)", 5, false, got, EFAULT);
}

/* Each part of a split write is a text of its own. */
static void write_split(void)
{
	static char text[2][ROOM + 64];
	bool detach = roll_once_in(&dice, 2);
	struct iovec parts[2];
	ssize_t done;
	int want = 0;

	for (size_t i = 0; i < 2; i++) {
		parts[i] = (struct iovec){ text[i], likely_text(text[i]) };
		if (!is_ours(text[i], parts[i].iov_len))
			return;
	}
	done = writev(files[detach], parts, 2);
	want = model(text[0], parts[0].iov_len, detach);
	if (want) {
		expect_errno("first part", done, want);
		return;
	}
	want = model(text[1], parts[1].iov_len, detach);
	expect_eq("bytes taken", done, parts[0].iov_len + (want ? 0 : parts[1].iov_len));
}

static void expect_folders(void)
{
	for (size_t i = 0; i < NR_TARGETS; i++) {
		char path[64];

		snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%d/areas", targets[i].nr);
		if (!access(path, F_OK) != targets[i].attached)
			fail("%s: expected it %s", path, targets[i].attached ? "there" : "gone");
	}
}

/* Texts of any kind have the answer of the PID that they are. */
TEST_F(fuzz_text, texts)
{
	begin();
	for (unsigned int i = dice_rounds(ROUNDS); i && !failed(); i--) {
		if (roll_once_in(&dice, 8))
			write_cut();
		else if (roll_once_in(&dice, 8))
			write_split();
		else
			write_one();
		if (roll_once_in(&dice, 100))
			expect_folders();
	}
	expect_folders();
	expect_errno("pwrite", pwrite(files[0], "1", 1, 0), ESPIPE);
	expect_errno("lseek", lseek(files[0], 0, SEEK_SET), ESPIPE);
	expect_errno("read", read(files[0], text_end - 1, 1), EBADF);
}

SCENE_MAIN
