/* SPDX-License-Identifier: GPL-2.0 */
/* stats.h - what this module has cost since it was loaded. */
#ifndef VMAVIEW_STATS_H
#define VMAVIEW_STATS_H

#include <linux/atomic.h>
#include <linux/types.h>

struct seq_file;

/* One counter a line of the debugfs file stats; the words are its keys. */
#define VMAVIEW_STATS(X) \
	X(walks, "Walks")			/* streams that reached their end */ \
	X(areas, "Areas") \
	X(entries, "Entries")			/* page-table entries read */ \
	X(holds, "Holds")			/* of a lock of a target: mmap_lock, an area's own; or of a sharer */ \
	X(area_holds, "Area_Holds")		/* those of an area's own lock; with the others in Holds */ \
	X(retries, "Retries")			/* a page table changed before its lock was taken */ \
	X(restarts, "Restarts")			/* an area changed between two holds */ \
	X(given_up, "Given_Up")			/* an area changed too often */ \
	X(vanished, "Vanished")			/* the target went away in the middle */ \
	X(interrupted, "Interrupted") \
	X(mappers, "Mappers")			/* areas that reverse maps named in searches for sharers */ \
	X(elapsed_ns, "Elapsed_Ns")

/* After them: how often a walk met what its target, or the kernel, was just changing. */
#define VMAVIEW_RACES(X) \
	X(table_gone, "Table_Gone")		/* a page table was cleared before its lock was taken, */ \
	X(table_huge, "Table_Huge")		/* became a huge page, */ \
	X(table_other, "Table_Other")		/* or another table; these are retried */ \
	X(huge_gone, "Huge_Gone")		/* a huge page went away before its lock was taken, */ \
	X(huge_split, "Huge_Split")		/* became a table, */ \
	X(huge_changed, "Huge_Changed")		/* or another entry; these are retried */ \
	X(entry_given_up, "Entry_Given_Up")	/* an entry changed too often */ \
	X(leaf_resized, "Leaf_Resized")		/* entries were of another size when the walk came back to them */ \
	X(died_walking, "Died_Walking")		/* the target went away with an area half walked */ \
	X(sharer_gone, "Sharer_Gone")		/* a candidate went away before it was looked at */ \
	X(sharer_changed, "Sharer_Changed")	/* the area changed before all candidates were */

struct vmaview_stats {
#define X(name, key) atomic64_t name;
	VMAVIEW_STATS(X)
	VMAVIEW_RACES(X)
#undef X
	atomic64_t longest_hold_ns;
};

extern struct vmaview_stats vmaview_stats;

/* Longest single hold of any target's mmap_lock, or of one of its areas. */
void vmaview_stats_hold(u64 ns);
/* The file stats. */
int vmaview_stats_show(struct seq_file *seq, void *unused);

#endif
