// SPDX-License-Identifier: GPL-2.0
/* uffd_verb - `vmaview uffd`, as text, raw and JSON, of processes whose userfaultfds are known. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/serve.h"
#include "lib/tool.h"
#include "lib/uffd.h"

SCENE(uffd_verb)

#define LEN (2 * PAGE)
#define NOBODY "nobody whom you can see holds it"

static char *memory[3];
static int *fds;

/* Two areas of one userfaultfd, one of another that nobody has, as it is in a socket. */
static void lose(int fd)
{
	char control[CMSG_SPACE(sizeof(fd))] = "", byte = 0;
	struct iovec data = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control),
	};
	int pair[2];

	*CMSG_FIRSTHDR(&message) = (struct cmsghdr){ CMSG_LEN(sizeof(fd)), SOL_SOCKET, SCM_RIGHTS };
	memcpy(CMSG_DATA(CMSG_FIRSTHDR(&message)), &fd, sizeof(fd));
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) || sendmsg(pair[0], &message, 0) != 1)
		die("no descriptor in a socket");
	close(fd);
}

static int registers(void *arg)
{
	(void)arg;
	prctl(PR_SET_NAME, "a \tb");
	fds[0] = uffd_open(0);
	fds[1] = uffd_open(0);
	serve_register(fds[0], memory[0], LEN, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP);
	serve_register(fds[1], memory[1], LEN, UFFDIO_REGISTER_MODE_MISSING);
	serve_register(fds[0], memory[2], LEN, UFFDIO_REGISTER_MODE_WP);
	lose(fds[1]);
	child_ready();
	return 0;
}

static void start(struct child *child)
{
	for (size_t i = 0; i < ARRAY_SIZE(memory); i++)
		memory[i] = scene_anon(2);
	fds = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	child_start(child, registers, NULL);
}

/* Raw rows say which area, which modes, who. */
TEST_F(uffd_verb, raw)
{
	char args[256], want[1024];
	struct child child;

	start(&child);
	snprintf(args, sizeof(args), "uffd -r -b -o Address,End,Size,Modes,Context,Holder,Command,Fd,Thread,State %d",
		 child.pid);
	snprintf(want, sizeof(want), "Address End Kbytes Modes Context Holder Command FD Thread State\n"
		 "%016lx %016lx 8192 missing\\x20wp 1 %d a\\x20\\x5c011b %d %d .\n"
		 "%016lx %016lx 8192 missing 2 - - - - nobody-seen\n"
		 "%016lx %016lx 8192 wp 1 %d a\\x20\\x5c011b %d %d .\n",
		 (long)memory[0], (long)memory[0] + LEN, child.pid, fds[0], child.pid, (long)memory[1],
		 (long)memory[1] + LEN, (long)memory[2], (long)memory[2] + LEN, child.pid, fds[0], child.pid);
	tool_expect(args, want);
	snprintf(args, sizeof(args), "uffd -n -r -A %lx -o Modes,Context,Holder %d", (long)memory[2] + PAGE, child.pid);
	snprintf(want, sizeof(want), "wp 1 %d\n", child.pid);
	tool_expect(args, want);
	snprintf(args, sizeof(args), "uffd -n -r -Q Modes=~wp&&Fd>=0 --sort Modes -o Address %d", child.pid);
	snprintf(want, sizeof(want), "%016lx\n%016lx\n", (long)memory[0], (long)memory[2]);
	tool_expect(args, want);
	child_kill(&child);
}

/* Blanks and newlines that are not within a word. */
static void squeeze(char *text)
{
	for (char *at = text, *to = at; (*to = *at); at++)
		to += *at != '\n' && (*at != ' ' || (at[1] == '\\'));
}

/* JSON has every fact, and null for what is not known. */
TEST_F(uffd_verb, json)
{
	struct command_result result;
	char args[128], want[1024];
	struct child child;

	start(&child);
	snprintf(args, sizeof(args), "uffd -J -o Start,End,Size,Modes,Context,Holder,Command,Fd,Thread,State,Name %d",
		 child.pid);
	snprintf(want, sizeof(want), "\"uffd\":["
		 "{\"start\":\"0x%lx\",\"end\":\"0x%lx\",\"size\":8192,\"modes\":[\"missing\",\"wp\"],\"context\":1,"
		 "\"pid\":%d,\"comm\":\"a \\tb\",\"fd\":%d,\"tid\":%d,\"state\":[],\"name\":\"\"},"
		 "{\"start\":\"0x%lx\",\"end\":\"0x%lx\",\"size\":8192,\"modes\":[\"missing\"],\"context\":2,"
		 "\"pid\":null,\"comm\":null,\"fd\":null,\"tid\":null,\"state\":[\"nobody-seen\"],\"name\":\"\"},",
		 (long)memory[0], (long)memory[0] + LEN, child.pid, fds[0], child.pid, (long)memory[1],
		 (long)memory[1] + LEN);
	tool_run(args, &result);
	expect_eq("status", result.status, 0);
	squeeze(result.out.data);
	if (!strstr(result.out.data, want))
		fail("expected %s in %s", want, result.out.data);
	command_free(&result);
	snprintf(args, sizeof(args), "uffd -J %d", child.pid);
	tool_run(args, &result);
	squeeze(result.out.data);
	if (!strstr(result.out.data, "\"features\":[\"pagefault-flag-wp\"]") ==
	    !strstr(result.out.data, "\"features\":null"))
		fail("the feature is neither known nor unknown: %s", result.out.data);
	command_free(&result);
	child_kill(&child);
}

/* The table says what nobody holds, and that there is none. */
TEST_F(uffd_verb, table)
{
	struct command_result result;
	char args[64];
	struct child child;

	start(&child);
	snprintf(args, sizeof(args), "uffd %d", child.pid);
	tool_run(args, &result);
	expect_eq("status", result.status, 0);
	if (!strstr(result.out.data, "context 2: " NOBODY "\n") || strstr(result.out.data, "context 1: "))
		fail("context 2, and no other, is nobody's: %s", result.out.data);
	if (!strstr(result.out.data, "missing wp") || !strstr(result.out.data, "a \\011b") ||
	    !strstr(result.out.data, "[ anon ]"))
		fail("expected a row of 'a \\011b' in %s", result.out.data);
	command_free(&result);
	snprintf(args, sizeof(args), "uffd %d", getpid());
	tool_run(args, &result);
	if (!strstr(result.out.data, "no area is registered with a userfaultfd\n"))
		fail("nothing is said of nothing: %s", result.out.data);
	command_free(&result);
	child_kill(&child);
}

/* What cannot be asked is said in one line. */
TEST_F(uffd_verb, bad_input)
{
	tool_expect_no_target("uffd");
	tool_expect_refused("uffd -o Holders 1", 2, "did you mean Holder");
	tool_expect_refused("uffd x", 2, "no PID");
}

SCENE_MAIN
