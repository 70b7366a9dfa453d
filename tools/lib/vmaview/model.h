/* SPDX-License-Identifier: GPL-2.0 */
/*
 * model.h - what the tool knows of a process: facts, areas, totals.  Filled from a record stream
 * (snapshot.c) or from /proc (the tool, proc/procfs.c); read by every view.  What is not known is not in
 * the known masks; nothing stands for it as 0.
 */
#ifndef VMAVIEW_MODEL_H
#define VMAVIEW_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <vmaview.h>

#include "vmaview/keys.h"

enum source {
	SOURCE_MODULE,
	SOURCE_PROC,
	SOURCE_FILE,
};

/* One vm_operations_struct. */
struct ops {
	struct ops *next;
	uint32_t id;
	const char *symbol;
	const char *callbacks;		/* "fault=symbol" and NUL, one after the other */
	const char *callbacks_end;
	const char *fault;		/* the symbol of ->fault, NULL without one */
};

/* One flag bit; vmflag[bit] of a process.  An empty word: the bit has no name here. */
struct vmflag {
	char mnemonic[4];	/* as VmFlags of smaps; "" where smaps prints nothing, "??" likewise */
	char word[24];		/* the VM_ constant in lower case, without VM_ */
};

#define VMFLAGS_MAX 64

enum area_known {
	AREA_KNOWS_OPS		= 1,	/* @ops is the truth, NULL means none */
	AREA_KNOWS_FLAGS	= 2,	/* @vm_flags is complete, not only what smaps shows */
	AREA_KNOWS_VMFLAGS	= 4,	/* @vm_flags has all that smaps shows */
};

/* What the source of an area does not have of it, where most have: see also perms. */
enum area_lacks {
	AREA_LACKS_FILE		= 1,	/* @inode and @dev_major, @dev_minor */
	AREA_LACKS_OFFSET	= 2,
	AREA_LACKS_NAME		= 4,	/* @name is "", and there may be one */
};

/* Where the pages of an area are, and who is charged for them: see area_place.h. */
struct area_place {
	uint64_t elsewhere;		/* bytes charged to another cgroup than its process would be */
	uint64_t remote;		/* bytes on nodes that its memory policy does not name */
	bool knows_elsewhere;
	bool knows_remote;
	uint32_t nr_nodes;
	uint64_t node[];		/* bytes on each */
};

struct area {
	uint64_t start;
	uint64_t end;
	uint64_t offset;
	uint64_t inode;
	uint32_t dev_major;
	uint32_t dev_minor;
	uint32_t lacks;			/* enum area_lacks */
	char perms[8];			/* "rw-p" as maps has it; '?' where it is not known */
	const char *name;		/* as maps shows it, escapes included; "" for none */
	uint64_t vm_flags;		/* bits of process.vmflag[] */
	const char *vmflags;		/* VmFlags as smaps has it; NULL: as these bits have it */
	const struct ops *ops;
	uint32_t flags;			/* enum vmaview_area_flags */
	uint32_t facts;			/* enum area_known */
	uint8_t kind;			/* 1 + enum kind; 0 as long as kinds_find() was not asked: see kind.h */
	uint8_t label;			/* enum label, found with it */
	const char *called;		/* what its user calls it, before all that is found; NULL */
	uint32_t thread;		/* of a thread's stack: which of process.segments */
	size_t frames_end;		/* of its part of process.frames: it begins where that of the last area ends */
	struct area_place *place;	/* NULL: not known, or not asked for */
	bool gate;			/* the gate area: not part of the mm, /proc alone shows it */
	uint64_t known;			/* which of value[] are known: KEY_BIT() */
	uint64_t value[KEY_NR];		/* as kept: see key_row.shift */
};

enum mm_fact {
	MM_TOTAL_VM,
	MM_LOCKED_VM,
	MM_PINNED_VM,
	MM_DATA_VM,
	MM_EXEC_VM,
	MM_STACK_VM,
	MM_MAP_COUNT,
	MM_PGTABLES,
	MM_MINOR_FAULTS,
	MM_MAJOR_FAULTS,
	MM_FACT_NR
};

extern const char *const mm_fact_json[MM_FACT_NR];

struct process {
	pid_t pid;
	pid_t thread;			/* whose files in /proc are those of its memory: see proc/who.h */
	uint64_t space;			/* the same for processes with one mm, and for no others; 0: not known */
	uint64_t memcg;			/* inode of the cgroup that it would be charged to; VMAVIEW_UNKNOWN64 */
	struct area_place *total_place;	/* room for the sum of all areas' places; NULL without these */
	uint64_t range_start;		/* runs are of [range_start, range_end) */
	uint64_t range_end;
	const char *comm;
	const char *cmdline;		/* its arguments, a space between two; NULL: not known */
	const char *title;		/* the command line, or the name in brackets; never NULL */
	enum source source;
	bool is_core;			/* of SOURCE_FILE: no stream of the module, a core file */
	uint64_t time;			/* ns since 1970 when it was read; 0 if not known */
	uint64_t began;			/* ns since boot when it was made; 0 if not known */
	const char *release;		/* of the kernel that it runs on; "": not known */
	uint64_t page_size;		/* of that kernel, 0 if not known */
	uint16_t abi_major;		/* of the stream; 0 for SOURCE_PROC */
	uint16_t abi_minor;
	uint64_t kernel_knows;		/* enum vmaview_known */
	bool has_pages;			/* the stream carries page sums ... */
	bool has_vmflags;		/* ... and the names of flags */
	struct vmflag vmflag[VMFLAGS_MAX];
	uint64_t notable;		/* which of them are worth a word in the default view */
	struct ops *ops;
	struct area *areas;
	size_t nr_areas;
	size_t room_areas;
	bool has_sharers;		/* the stream carries SHARER records, */
	bool has_uffd;			/* UFFD records, */
	bool has_seams;			/* SEAM records, */
	bool has_runs;			/* and runs ... */
	uint64_t leaf_size[3];		/* ... of entries that map so much, by level; 0 if not known */
	struct vmaview_run *runs;
	size_t nr_runs;
	size_t room_runs;
	uint64_t *frames;		/* words of FRAMES records: see frame_words.h */
	size_t nr_frames;
	size_t room_frames;
	struct vmaview_sharer *sharers;	/* of all areas, in their order */
	size_t nr_sharers;
	size_t room_sharers;
	bool has_layout;
	struct vmaview_layout layout;
	struct vmaview_segment *segments;
	size_t nr_segments;
	size_t room_segments;
	struct vmaview_table table[VMAVIEW_TABLE_PGD + 1];	/* by level; a size of 0: no such level */
	bool has_tables;
	struct vmaview_uffd *uffd;	/* areas, then holders */
	size_t nr_uffd;
	size_t room_uffd;
	struct vmaview_seam *seams;	/* ascending */
	size_t nr_seams;
	size_t room_seams;
	uint32_t mm_known;		/* bits of enum mm_fact */
	uint64_t mm[MM_FACT_NR];
	bool has_receipt;
	struct vmaview_end receipt;
	struct pool *pool;		/* the text of all of them */
};

void process_init(struct process *process);
void process_free(struct process *process);

/* Memory that a process leaves to the next one, so that each does not fetch pages of its own and give them back. */
struct process_spare {
	uint64_t *frames;
	size_t room_frames;
};

/* Of a process without frames: it has the memory of @spare from here on. */
void process_take_spare(struct process *process, struct process_spare *spare);
/* Instead of process_free(): what the next one may have is left in @spare, in place of what is there. */
void process_leave_spare(struct process *process, struct process_spare *spare);
void process_spare_free(struct process_spare *spare);

/* The next area, zeroed; NULL without memory.  Earlier ones may move. */
struct area *process_add_area(struct process *process);
/* The next run; NULL without memory.  Earlier ones may move. */
struct vmaview_run *process_add_run(struct process *process);
/* @nr words more of frames; 0 or -ENOMEM. */
int process_add_frames(struct process *process, const uint64_t *words, size_t nr);
/* The next sharer; NULL without memory.  Earlier ones may move. */
struct vmaview_sharer *process_add_sharer(struct process *process);
struct vmaview_segment *process_add_segment(struct process *process);
struct vmaview_uffd *process_add_uffd(struct process *process);
struct vmaview_seam *process_add_seam(struct process *process);
struct ops *process_add_ops(struct process *process);
const struct ops *process_find_ops(const struct process *process, uint32_t id);

/* Room for @length bytes and a NUL, which is set; or a copy.  Both live as long as the process. */
char *process_room(struct process *process, size_t length);
char *process_keep(struct process *process, const char *text, size_t length);

/* The area that @addr lies in; NULL.  Areas have to be in the order of addresses, as they come. */
const struct area *process_area_at(const struct process *process, uint64_t addr);

/* The same, if it starts there; NULL. */
const struct area *process_find_area(const struct process *process, uint64_t start);

/* The gate area, which is the last of all; NULL: the process has none, or nobody asked /proc for it. */
static inline const struct area *process_gate(const struct process *process)
{
	const struct area *last = process->nr_areas ? &process->areas[process->nr_areas - 1] : NULL;

	return last && last->gate ? last : NULL;
}

static inline bool area_knows(const struct area *area, enum key key)
{
	return area->known & KEY_BIT(key);
}

/* What the area's key is in its own unit: bytes, or a number.  Ask area_knows() first. */
static inline uint64_t area_get(const struct area *area, enum key key)
{
	return area->value[key] >> key_rows[key].shift;
}

static inline void area_set(struct area *area, enum key key, uint64_t value)
{
	area->value[key] = value << key_rows[key].shift;
	area->known |= KEY_BIT(key);
}

#endif /* VMAVIEW_MODEL_H */
