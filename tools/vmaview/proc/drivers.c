// SPDX-License-Identifier: GPL-2.0
/* drivers.c - in: /proc/devices and /proc/misc; out: the driver that a device's number belongs to. */
#include <stdbool.h>
#include <string.h>

#include "proc/drivers.h"

/* Is it the line of @number?  Then its name is in @name, which has DRIVER_MAX bytes. */
static bool is_line_of(const char *line, unsigned int number, char *name)
{
	char word[DRIVER_MAX];
	unsigned int found;

	if (sscanf(line, "%u %79[^\n]", &found, word) != 2 || found != number)
		return false;
	snprintf(name, DRIVER_MAX, "%s", word);
	return true;
}

void driver_in_misc(FILE *misc, unsigned int minor, char *name)
{
	char line[256];

	*name = '\0';
	while (misc && fgets(line, sizeof(line), misc))
		if (is_line_of(line, minor, name))
			return;
}

void driver_in_devices(FILE *devices, unsigned int major, char *name)
{
	char line[256];

	*name = '\0';
	/* Block devices have numbers of their own, and come last. */
	while (devices && fgets(line, sizeof(line), devices) && strcmp(line, "Block devices:\n"))
		if (is_line_of(line, major, name))
			return;
}

void driver_of(unsigned int major, unsigned int minor, char *name)
{
	FILE *list = fopen(major == DRIVERS_MISC ? "/proc/misc" : "/proc/devices", "re");

	if (major == DRIVERS_MISC)
		driver_in_misc(list, minor, name);
	else
		driver_in_devices(list, major, name);
	if (list)
		fclose(list);
}
