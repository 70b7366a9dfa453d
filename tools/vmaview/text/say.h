/* SPDX-License-Identifier: GPL-2.0 */
/* say.h - the exit codes, and the one way in which the tool speaks on stderr. */
#ifndef VMAVIEW_SAY_H
#define VMAVIEW_SAY_H

enum exit_code {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_NO_MODULE = 3,	/* the module is needed and cannot be used */
	EXIT_PARTIAL = 4,	/* some of what was asked for could not be read */
	EXIT_DIFFERS = 8,	/* diff --exit-code */
	EXIT_NOBODY = 42,	/* some PID does not exist: as pmap */
};

/* One line, "vmaview: ..." on stderr; control characters in it are made visible. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Write what was printed until now.  0, or the errno of the first flush that failed, whichever it was:
 * nobody but this function flushes stdout, so that say_if_unwritten() knows it too.
 */
int flush_stdout(void);

/*
 * All was written to stdout: flush it.  EXIT_DONE; or EXIT_FAILED, said in one line, unless the
 * reader of a pipe went away, which needs no words.
 */
enum exit_code say_if_unwritten(void);

#endif /* VMAVIEW_SAY_H */
