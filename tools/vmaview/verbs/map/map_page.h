/* SPDX-License-Identifier: GPL-2.0 */
/* map_page.h - the scripts and the styles of a page: moments.js, map.js and map.css, as they are. */
#ifndef VMAVIEW_MAP_PAGE_H
#define VMAVIEW_MAP_PAGE_H

/* In this order: the second one stands on the first. */
extern const char map_page_moments[];
extern const char map_page_script[];
extern const char map_page_styles[];

/* Their SHA-256 as a Content-Security-Policy has it: nothing else is let in.  selftests/host/lib/page_hash FILE. */
#define MAP_PAGE_MOMENTS_HASH "sha256-CVy/ZUg0VkIDUEkX313SanjVCEQnAkHwB4lDkx6IlEQ="
#define MAP_PAGE_SCRIPT_HASH "sha256-ZajI4xtz6Xg5ZiCvNK8D68loYxYs+qkS9BhYmaHchsM="
#define MAP_PAGE_STYLES_HASH "sha256-zDieawV+7B6F+QeAoEd+GB2vBJdAedH+ZOFXtxx04xY="

#endif /* VMAVIEW_MAP_PAGE_H */
