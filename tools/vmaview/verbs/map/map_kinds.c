// SPDX-License-Identifier: GPL-2.0
/* map_kinds.c - in: a kind of memory; out: what it looks like in a picture. */
#include "verbs/map/map_kinds.h"

/* The letter carries the meaning; a colour is only quicker to find. */
const struct map_look map_looks[KIND_OF_NR] = {
	[KIND_OF_TEXT] = { 't', "\033[30;42m" },
	[KIND_OF_DATA] = { 'd', "\033[30;43m" },
	[KIND_OF_BSS] = { 'b', "\033[30;103m" },
	[KIND_OF_HEAP] = { 'h', "\033[97;41m" },
	[KIND_OF_STACK] = { 's', "\033[97;44m" },
	[KIND_OF_THREAD_STACK] = { 'r', "\033[30;104m" },
	[KIND_OF_ANON] = { 'a', "\033[30;101m" },
	[KIND_OF_FILE] = { 'f', "\033[30;102m" },
	[KIND_OF_SHMEM] = { 'm', "\033[97;45m" },
	[KIND_OF_MEMFD] = { 'e', "\033[30;105m" },
	[KIND_OF_HUGETLB] = { 'u', "\033[30;46m" },
	[KIND_OF_SYSV] = { 'v', "\033[30;106m" },
	[KIND_OF_DEVICE] = { 'i', "\033[30;47m" },
	[KIND_OF_SPECIAL] = { 'k', "\033[97;100m" },
	[KIND_OF_GUARD] = { 'g', "\033[37;40m" },
};
