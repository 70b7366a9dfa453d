// SPDX-License-Identifier: GPL-2.0
/* lib.c - in place of a program that was built where LIBRARY is missing. */
#include "kselftest.h"

int main(void)
{
	ksft_print_header();
	ksft_exit_skip("it was built without " LIBRARY "\n");
}
