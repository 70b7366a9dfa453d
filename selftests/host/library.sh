#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# library.sh - libvmaview is built of itself, and what it asks other libraries for neither prints nor ends the program
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# Nothing else of the checkout, and what this test was started with neither.
mkdir -p "$work/tools/lib"
cp -r uapi "$work/uapi"
cp -r tools/lib/vmaview "$work/tools/lib/vmaview"
rm -f "$work"/tools/lib/vmaview/*.[aod] "$work"/tools/lib/vmaview/*/*.[od] "$work"/tools/lib/vmaview/*.so.*
(unset MAKEFLAGS MAKELEVEL MFLAGS CFLAGS; make -C "$work/tools/lib/vmaview") >"$work/log" 2>&1
ok $? "it is built without anything of the tool" "$work/log"
archive=$work/tools/lib/vmaview/libvmaview.a

# What may be asked for, all of it: memory, strings, and one file or device to be read.
cat >"$work/may" <<'END'
malloc calloc realloc reallocarray aligned_alloc free
memchr memcmp memcpy memmove memset
strchr strrchr strcmp strcspn strlen strncmp strncasecmp strnlen strspn strverscmp stpcpy __ctype_tolower_loc
snprintf qsort qsort_r strtok_r strtoull __isoc23_strtoull
open close read ioctl
ZSTD_createDCtx ZSTD_freeDCtx ZSTD_DCtx_reset ZSTD_DCtx_setParameter ZSTD_decompressStream ZSTD_findFrameCompressedSize
ZSTD_createCCtx ZSTD_freeCCtx ZSTD_CCtx_reset ZSTD_CCtx_setParameter ZSTD_compressStream2 ZSTD_CStreamOutSize
ZSTD_isError ZSTD_getErrorCode
__errno_location __stack_chk_fail _GLOBAL_OFFSET_TABLE_
END
nm -g "$archive" >"$work/names" 2>&1 && awk '
	NR == FNR { for (i = 1; i <= NF; i++) may[$i]; next }
	NF == 3 { own[$3]; next }
	$1 == "U" { asked[$2]; nr++ }
	END {
		for (name in asked)
			if (!(name in may) && !(name in own))
				print name
		if (!nr)
			print "it asks for nothing at all?"
	}' "$work/may" "$work/names" | sort >"$work/found"
[ -s "$work/names" ] && [ ! -s "$work/found" ]
ok $? "it asks for memory, strings, what it reads and what unpacks it, and for nothing that prints or exits" "$work/found"

# Two threads may read two streams.
nm "$archive" 2>/dev/null | awk 'NF == 3 && $2 ~ /^[bBcC]$/ { print $3 }' >"$work/found"
[ -s "$archive" ] && [ ! -s "$work/found" ]
ok $? "it keeps nothing between two calls" "$work/found"
tap_end
