/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Extraction: the stream of words of DEVCPU_QS XTR_RD taken apart into frames. */
#include "hal/vsc7448/frame.h"

#include <stdlib.h>
#include <string.h>

#include "hal/vsc7448/vsc7448_priv.h"

#define GROUP    0
#define XTR(reg) VSC7448_DEVCPU_QS_XTR_##reg

/* Status words, as BYTE_SWAP 1 shows them: HOWTO l.1. */
#define IS_STATUS(word) (((word)&0xf8ffffff) == 0x00000080)
#define STATUS_OF(word) ((word) >> 24 & 7)

enum { END_UNUSED_3 = 3, PRUNED = 4, ABORTED = 5, ESCAPE = 6, NOT_READY = 7 };

#define BURST         32u
#define PAUSE_US      10u
#define MAX_NOT_READY 1000u /* in a row: 10 ms */
#define MAX_BYTES     (VSC7448_IFH_BYTES + VSC7448_FRAME_MAX + 4)

struct stream {
	struct vsc7448 *chip;
	vsc7448_frame_sink sink;
	void *arg;
	struct vsc7448_frame_stats *stats;
	struct error *err;
	uint8_t *data; /* MAX_BYTES: the frame so far */
	size_t n;
	int end; /* the end's code: one data word is to come; -1: not yet */
	bool escaped;
	bool refused; /* the sink wants no more */
	uint32_t not_ready;
};

static bool between_frames(const struct stream *s)
{
	return s->n == 0 && s->end < 0 && !s->escaped;
}

static void next_frame(struct stream *s)
{
	s->n = 0;
	s->end = -1;
	s->escaped = false;
	s->not_ready = 0;
}

static int hand_out(struct stream *s)
{
	struct vsc7448_frame_in in;
	bool pruned = s->end == PRUNED;
	size_t tail = pruned ? 0 : 4 + (size_t)s->end; /* the FCS and what is unused */
	int rc;

	if (s->n < VSC7448_IFH_BYTES + tail)
		return error_set(s->err, E_CORRUPT,
				 "DEVCPU_QS:XTR:XTR_RD[0] gave a frame of %zu bytes", s->n);
	rc = vsc7448_ifh_decode(s->data, s->err, &in);
	if (rc != 0)
		return rc;
	in.pruned = pruned;
	in.data = s->data + VSC7448_IFH_BYTES;
	in.len = s->n - VSC7448_IFH_BYTES - tail;
	s->stats->frames++;
	if (!s->sink(s->arg, &in))
		s->refused = true;
	next_frame(s);
	return 0;
}

static int take_data(struct stream *s, uint32_t word)
{
	if (s->n + 4 > MAX_BYTES)
		return error_set(s->err, E_CORRUPT,
				 "DEVCPU_QS:XTR:XTR_RD[0] gave a frame without end");
	for (unsigned i = 0; i < 4; i++)
		s->data[s->n++] = (uint8_t)(word >> 8 * i);
	s->escaped = false;
	s->not_ready = 0;
	return s->end < 0 ? 0 : hand_out(s);
}

static int take_status(struct stream *s, uint32_t code)
{
	switch (code) {
	case ESCAPE:
		s->escaped = true;
		return 0;
	case NOT_READY:
		if (++s->not_ready > MAX_NOT_READY)
			return error_set(s->err, E_TIMEOUT,
					 "DEVCPU_QS:XTR:XTR_RD[0] was not ready within %u us",
					 MAX_NOT_READY * PAUSE_US);
		return 0;
	case ABORTED:
		s->stats->aborted++;
		next_frame(s);
		return 0;
	default:
		if (s->end >= 0 || s->n == 0)
			return error_set(s->err, E_CORRUPT,
					 "DEVCPU_QS:XTR:XTR_RD[0] gave an end without frame");
		s->end = (int)code;
		return 0;
	}
}

static int take(struct stream *s, uint32_t word)
{
	if (IS_STATUS(word) && !s->escaped)
		return take_status(s, STATUS_OF(word));
	return take_data(s, word);
}

/* Reads @n words and takes them; a pause first when the chip was not ready in a frame. */
static int read_burst(struct stream *s, size_t n)
{
	uint64_t addrs[BURST];
	uint32_t words[BURST];
	struct regio *io = s->chip->io;
	size_t ended = s->stats->frames + s->stats->aborted;
	int rc;

	for (size_t i = 0; i < n; i++)
		addrs[i] = XTR(XTR_RD)(GROUP);
	if (s->not_ready > 0)
		regio_delay(io, PAUSE_US);
	if (regio_read_many(io, addrs, n, words) != 0)
		return regio_end(io, s->err);
	rc = regio_end(io, s->err);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take(s, words[i]);
	if (between_frames(s) && s->stats->frames + s->stats->aborted > ended)
		s->not_ready = 0; /* only more than the last frame had was read */
	return rc;
}

static int is_waiting(struct stream *s, bool *waits)
{
	uint32_t present = 0;

	if (regio_read(s->chip->io, XTR(XTR_DATA_PRESENT), &present) != 0)
		return regio_end(s->chip->io, s->err);
	*waits = (present >> GROUP & 1) != 0;
	return regio_end(s->chip->io, s->err);
}

/* Words to read next; the first burst is what the shortest frame has, and no more. */
static size_t burst(const struct stream *s, bool enough)
{
	if (enough || s->not_ready > 0)
		return 1;
	return between_frames(s) ? VSC7448_FRAME_BURST_64 : BURST;
}

/* Frames as long as some wait; then the rest of one that a burst has begun. */
static int run(struct stream *s, size_t max)
{
	bool waits = true;
	int rc = 0;

	while (rc == 0 && waits) {
		bool enough = s->refused || s->stats->frames >= max;

		if (between_frames(s) && enough)
			return 0;
		if (between_frames(s))
			rc = is_waiting(s, &waits);
		if (rc == 0 && waits)
			rc = read_burst(s, burst(s, enough));
	}
	return rc;
}

int vsc7448_frames_flush(struct vsc7448 *chip, struct error *err)
{
	regio_write(chip->io, XTR(XTR_FLUSH), 1u << GROUP);
	regio_write(chip->io, XTR(XTR_FLUSH), 0);
	return regio_end(chip->io, err);
}

int vsc7448_frames_receive(struct vsc7448 *chip, size_t max, vsc7448_frame_sink sink, void *arg,
			   struct vsc7448_frame_stats *stats, struct error *err)
{
	struct stream s = {
		.chip = chip, .sink = sink, .arg = arg, .stats = stats, .err = err, .end = -1
	};
	int rc = 0;

	*stats = (struct vsc7448_frame_stats){ 0 };
	s.data = malloc(MAX_BYTES);
	if (s.data == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	if (chip->frames_lost_place)
		rc = vsc7448_frames_flush(chip, err);
	if (rc == 0)
		chip->frames_lost_place = false;
	if (rc == 0)
		rc = run(&s, max);
	if (rc != 0)
		chip->frames_lost_place = true;
	free(s.data);
	return rc;
}
