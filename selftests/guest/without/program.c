// SPDX-License-Identifier: GPL-2.0
/* program.c - in place of a program that cannot be built: REASON is why. */
#include "kselftest.h"

int main(void)
{
	ksft_print_header();
	ksft_exit_skip(REASON "\n");
}
