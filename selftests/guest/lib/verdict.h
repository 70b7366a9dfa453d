/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verdict.h - what VMAVIEW_IOC_EXPLAIN says of an access against what then happens.
 *
 * Each access is asked about right before it is done, in this process, of which nothing else runs but
 * the handler of a userfaultfd.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include <stddef.h>
#include <sys/types.h>

#include "access.h"
#include "vmaview.h"

/* One answer about this process; ends the test where the module refuses. */
void verdict_ask(const void *addr, struct vmaview_explain *answer);
/* One each about @nr pages of @pid from @addr on, VMAVIEW_EXPLAIN_MAX at most. */
void verdict_ask_pages(pid_t pid, const void *addr, size_t nr, struct vmaview_explain *answers);
/* The errno of a request, 0 for none. */
int verdict_errno(struct vmaview_explain_request *request);

const char *verdict_word(unsigned int verdict);

/*
 * Asks, does it, and fails the test where something else happened: signal and si_code, fault counters,
 * page frame before and after, whether a userfaultfd was asked.
 */
void verdict_prove(const char *what, char *addr, enum vmaview_access access);

/*
 * Reads, writes and executes each of @pages pages, @step bytes apart, in one of six orders, twice: the
 * second time, and for neighbours, what the first did has become the state that is asked about.
 */
void verdict_prove_place(const char *what, char *addr, size_t pages, size_t step);

/* Fails unless every one of @words, an OR of VERDICT(), has come up in this test. */
#define VERDICT(word) (1U << VMAVIEW_##word)
void verdict_expect(unsigned int words);

/* In how many accesses of this test, and of those "maybe". */
void verdict_note(void);

#endif
