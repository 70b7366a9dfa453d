/* SPDX-License-Identifier: GPL-2.0 */
/* cgroup_path.h - in: a cgroup as people name it; out: as /proc/PID/cgroup does. */
#ifndef VMAVIEW_CGROUP_PATH_H
#define VMAVIEW_CGROUP_PATH_H

/*
 * @word: that of /proc/PID/cgroup, or a folder below the mount of cgroup2.  @path: to be freed, "" for the
 * root; NULL without memory.  0; or -EINVAL, and @why says what is wrong with it.
 */
int cgroup_path(const char *word, char **path, const char **why);

#endif /* VMAVIEW_CGROUP_PATH_H */
