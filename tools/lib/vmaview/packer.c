// SPDX-License-Identifier: GPL-2.0
/* packer.c - in: moments, and streams of records; out: the bytes of a snapshot file. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "vmaview/packer.h"
#include "vmaview/snapshot_file.h"

int packer_open(struct packer *packer, packer_write *write, void *to)
{
	*packer = (struct packer){ .write = write, .to = to, .room = ZSTD_CStreamOutSize() };
	packer->zstd = ZSTD_createCCtx();
	packer->out = malloc(packer->room);
	if (!packer->zstd || !packer->out ||
	    ZSTD_isError(ZSTD_CCtx_setParameter(packer->zstd, ZSTD_c_checksumFlag, 1)))
		return -ENOMEM;
	return 0;
}

int packer_head(struct packer *packer, const struct snapshot_head *head)
{
	char frame[SNAPSHOT_HEAD_SIZE];
	size_t length = snapshot_head_write(head, frame);

	return packer->write(packer->to, frame, length);
}

static int pack(struct packer *packer, const void *bytes, size_t length, ZSTD_EndDirective directive)
{
	ZSTD_inBuffer in = { .src = bytes, .size = length };
	size_t left;

	do {
		ZSTD_outBuffer out = { .dst = packer->out, .size = packer->room };
		int ret;

		left = ZSTD_compressStream2(packer->zstd, &out, &in, directive);
		if (ZSTD_isError(left))
			return -ENOMEM;
		ret = out.pos ? packer->write(packer->to, packer->out, out.pos) : 0;
		if (ret)
			return ret;
	} while (directive == ZSTD_e_continue ? in.pos < in.size : left);
	return 0;
}

/* A block of their own: which moment it is can be found out without unpacking more. */
int packer_begin(struct packer *packer, const struct vmaview_header *begin, uint32_t moment)
{
	struct snapshot_moment record = {
		.header = { .type = SNAPSHOT_REC_MOMENT, .size = sizeof(record) }, .number = moment,
	};
	int ret = pack(packer, begin, begin->size, ZSTD_e_continue);

	return ret ? ret : pack(packer, &record, sizeof(record), ZSTD_e_flush);
}

int packer_record(struct packer *packer, const struct vmaview_header *record)
{
	return pack(packer, record, record->size, ZSTD_e_continue);
}

int packer_end(struct packer *packer)
{
	return pack(packer, NULL, 0, ZSTD_e_end);
}

void packer_drop(struct packer *packer)
{
	ZSTD_CCtx_reset(packer->zstd, ZSTD_reset_session_only);
}

void packer_close(struct packer *packer)
{
	ZSTD_freeCCtx(packer->zstd);
	free(packer->out);
	packer->zstd = NULL;
	packer->out = NULL;
}
