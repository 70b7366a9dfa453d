// SPDX-License-Identifier: GPL-2.0
/* number.c - in: a number; out: its digits. */
#include <string.h>

#include "text/number.h"

static const char pairs[200] =
	"00010203040506070809" "10111213141516171819" "20212223242526272829" "30313233343536373839"
	"40414243444546474849" "50515253545556575859" "60616263646566676869" "70717273747576777879"
	"80818283848586878889" "90919293949596979899";

size_t number_decimal(uint64_t number, char *out)
{
	char digits[NUMBER_ROOM], *at = digits + sizeof(digits);
	size_t length;

	if (number < 10) {
		*out = '0' + number;
		return 1;
	}
	for (; number >= 100; number /= 100)
		at = memcpy(at - 2, pairs + 2 * (number % 100), 2);
	if (number >= 10)
		at = memcpy(at - 2, pairs + 2 * number, 2);
	else
		*--at = '0' + number;
	length = digits + sizeof(digits) - at;
	memcpy(out, at, length);
	return length;
}

size_t number_hex(uint64_t number, size_t digits, char *out)
{
	size_t length = number ? (67 - __builtin_clzll(number)) / 4 : 1;

	if (length < digits)
		length = digits;
	for (size_t i = length; i--; number >>= 4)
		out[i] = "0123456789abcdef"[number & 15];
	return length;
}
