// SPDX-License-Identifier: GPL-2.0
/* map_page.c - the scripts and the styles of a page: moments.js, map.js and map.css, as they are. */
#include "verbs/map/map_page.h"

#define TEXT(name, path) \
	__asm__(".pushsection .rodata\n" \
		".globl " name "\n" \
		name ":\n" \
		".incbin \"" path "\"\n" \
		".byte 0\n" \
		".popsection\n")

TEXT("map_page_moments", "verbs/map/moments.js");
TEXT("map_page_script", "verbs/map/map.js");
TEXT("map_page_styles", "verbs/map/map.css");
