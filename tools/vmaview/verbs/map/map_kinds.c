// SPDX-License-Identifier: GPL-2.0
/* map_kinds.c - in: a kind of memory; out: what it looks like in a picture. */
#include "verbs/map/map_kinds.h"

/* Lines on a square of 8 by 8; on one of 4 by 4 they are as many again. */
#define RISING		"M0 8L8 0"
#define FALLING		"M0 0L8 8"
#define LEVEL		"M0 4H8"
#define UPRIGHT		"M4 0V8"
#define DOT		"M3 4H5"
#define DASH		"M1 2H3M5 6H7"
#define CROSS		"M0 4H8M4 0V8"
#define DIAGONALS	"M0 0L8 8M0 8L8 0"

#define LOOK(kind, letter, color, fill, hatch, pitch) \
	[KIND_OF_##kind] = { letter, "\033[" color "m", "#" fill, hatch, pitch }

/* Letter and hatching carry the meaning; a colour is only quicker to find. */
const struct map_look map_looks[KIND_OF_NR] = {
	LOOK(TEXT, 't', "30;42", "4caf50", "", 8),
	LOOK(DATA, 'd', "30;43", "ffb300", FALLING, 8),
	LOOK(BSS, 'b', "30;103", "ffe082", FALLING, 4),
	LOOK(HEAP, 'h', "97;41", "e53935", RISING, 8),
	LOOK(STACK, 's', "97;44", "1e88e5", LEVEL, 8),
	LOOK(THREAD_STACK, 'r', "30;104", "90caf9", LEVEL, 4),
	LOOK(ANON, 'a', "30;101", "ef9a9a", RISING, 4),
	LOOK(FILE, 'f', "30;102", "a5d6a7", DOT, 8),
	LOOK(SHMEM, 'm', "97;45", "ab47bc", UPRIGHT, 8),
	LOOK(MEMFD, 'e', "30;105", "ce93d8", UPRIGHT, 4),
	LOOK(HUGETLB, 'u', "30;46", "26a69a", CROSS, 8),
	LOOK(SYSV, 'v', "30;106", "80cbc4", CROSS, 4),
	LOOK(DEVICE, 'i', "30;47", "a1887f", DIAGONALS, 8),
	LOOK(SPECIAL, 'k', "97;100", "90a4ae", DOT, 4),
	LOOK(GUARD, 'g', "37;40", "eeeeee", DIAGONALS, 4),
	LOOK(UNKNOWN, '?', "30;107", "fafafa", DASH, 8),
};
