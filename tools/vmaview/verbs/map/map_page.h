/* SPDX-License-Identifier: GPL-2.0 */
/* map_page.h - the script and the styles of a page: map.js and map.css, as they are. */
#ifndef VMAVIEW_MAP_PAGE_H
#define VMAVIEW_MAP_PAGE_H

extern const char map_page_script[];
extern const char map_page_styles[];

/* Their SHA-256 as a Content-Security-Policy has it: nothing else is let in.  selftests/host/lib/page_hash FILE. */
#define MAP_PAGE_SCRIPT_HASH "sha256-deCa4HvcGGy5Cnfg8ZDV7QYs0nQXo3otTNtlRo4Oimw="
#define MAP_PAGE_STYLES_HASH "sha256-qXJjXUvEHo9zhICe3aK5c7TI9pUl+bI9wBIed/V2uho="

#endif /* VMAVIEW_MAP_PAGE_H */
