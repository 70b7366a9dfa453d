/* SPDX-License-Identifier: GPL-2.0 */
/*
 * counted.h - before main.c of a module that is counted: its start calls the constructors that the compiler has made
 * for each source, which tell the counter of it.  A kernel without CONFIG_CONSTRUCTORS calls none.
 */
#ifndef COUNTED_H
#define COUNTED_H

#include <linux/module.h>

typedef void (*counted_constructor)(void);

/* The linker sorts these sections by name. */
static counted_constructor counted_first[1] __used __section(".init_array.00000");
static counted_constructor counted_last[1] __used __section(".init_array.99999");

static inline void __init counted_construct(void)
{
	counted_constructor *volatile at = counted_first;

	while (++at < counted_last)
		(*at)();
}

#undef module_init
#define module_init(start) \
	static int __init counted_##start(void) \
	{ \
		counted_construct(); \
		return start(); \
	} \
	int init_module(void) __copy(counted_##start) __attribute__((alias("counted_" #start))); \
	___ADDRESSABLE(init_module, __initdata)

#endif
