// SPDX-License-Identifier: GPL-2.0
/* pins_json.c - in: the sums and holders of a process; out: members of its object in JSON. */
#include "json/json_out.h"
#include "proc/holders.h"
#include "verbs/pins/pins_json.h"
#include "verbs/pins/pins_sums.h"

static void put_fact(struct json_out *out, const char *key, const struct process *process, enum mm_fact fact)
{
	json_put_known(out, key, process->mm_known >> fact & 1, process->mm[fact]);
}

static void put_sums(struct json_out *out, const struct process *process)
{
	struct pin_sums sums = pin_sums_of(process);

	json_open_object(out);
	json_put_uint(out, "locked", sums.locked);
	put_fact(out, "locked_vm", process, MM_LOCKED_VM);
	json_put_uint(out, "mlocked", sums.mlocked);
	json_put_uint(out, "unevictable", sums.unevictable);
	json_put_uint(out, "maybe_pinned", sums.maybe_pinned);
	put_fact(out, "pinned_vm", process, MM_PINNED_VM);
	json_end(out);
}

/* null where they are not known, or not all of them. */
static void put_buffers(struct json_out *out, const struct holder *holder, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		if (holder[i].range == HOLDER_ANY) {
			json_null(out);
			return;
		}
	}
	json_open_array(out);
	for (size_t i = 0; i < nr; i++) {
		if (holder[i].range != HOLDER_THIS)
			continue;
		json_open_object(out);
		json_put_hex(out, "start", holder[i].start);
		json_put_hex(out, "end", holder[i].end);
		json_end(out);
	}
	json_end(out);
}

/* What holds several ranges, or some and others that are not known, is one. */
static size_t put_holder(struct json_out *out, const struct holder *holder, size_t nr)
{
	size_t ranges = 1;

	while (ranges < nr && holder[ranges].kind == holder->kind && holder[ranges].fd == holder->fd)
		ranges++;
	json_open_object(out);
	json_put_string(out, "kind", holder_rows[holder->kind].name);
	json_put_known(out, "fd", holder->fd >= 0, holder->fd);
	json_key(out, "buffers");
	put_buffers(out, holder, ranges);
	json_end(out);
	return ranges;
}

static void put_holders(struct json_out *out, const struct holders *holders)
{
	if (!holders->known) {
		json_null(out);
		return;
	}
	json_open_array(out);
	for (size_t i = 0; i < holders->nr; )
		i += put_holder(out, &holders->holder[i], holders->nr - i);
	json_end(out);
}

void pins_json(const struct sheet *sheet, struct json_out *out)
{
	json_line(out);
	json_key(out, "kept");
	put_sums(out, sheet->process);
	json_line(out);
	json_key(out, "holders");
	put_holders(out, sheet->beside);
}
