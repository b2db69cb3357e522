/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `frame show`, `frame set`: the frame of the TDM bus.  The other `frame` commands (cmd_frame.c) are
 * about Ethernet frames of the switch chip.
 */
#include <inttypes.h>

#include "cli/commands.h"
#include "cli/tdm.h"
#include "hal/btc/counters.h"
#include "hal/btc/frame.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
	OPT_BYTES = OPT_COMMAND,
	OPT_GAIN,
	OPT_LOSE,
	OPT_PERIOD,
	OPT_SLOTS,
	OPT_WORD,
};

const struct arg_spec frame_set_options[] = {
	{ "bytes", 0, OPT_BYTES, "N", "of a timeslot, 8 to 64, even", 0 },
	{ "gain", 0, OPT_GAIN, "N", "correct words until a station is aligned", 0 },
	{ "lose", 0, OPT_LOSE, "N", "wrong words until it no longer is", 0 },
	{ "period", 0, OPT_PERIOD, "TIME", "of a frame, 10us to 1ms", 0 },
	{ "slots", 0, OPT_SLOTS, "N", "timeslots, 2 to 128", 0 },
	{ "word", 0, OPT_WORD, "WORD", "the alignment word, 16 bits", 0 },
	{ 0 },
};

static void put(struct call *call, const struct btc_shape *shape,
		const struct btc_alignment *alignment, const struct btc_state *state)
{
	struct out_record *root = out_root(call->out);

	out_add(root, "enabled", "bus enabled", out_bool(state->enabled));
	out_add(root, "medium", "medium", out_lasting(btc_medium_name(state->medium)));
	out_add(root, "period_ns", "period, ns", out_uint(shape->period_ns));
	out_add(root, "slots", "timeslots", out_uint(shape->n_slots));
	out_add(root, "slot_bytes", "bytes of a timeslot", out_uint(shape->slot_bytes));
	out_add(root, "payload_bytes", "of them payload",
		out_uint(shape->slot_bytes - BTC_CELL_OVERHEAD));
	out_add(root, "bus_mbps", "bus, Mb/s", out_real((double)btc_shape_bps(shape) / 1e6));
	out_add(root, "word", "alignment word", out_hex(alignment->word, 16));
	out_add(root, "gain", "words until aligned", out_uint(alignment->gain));
	out_add(root, "lose", "words until lost", out_uint(alignment->lose));
	out_add(root, "number", "frame number", out_uint(state->frame));
	out_add(root, "aligned", "blades in alignment",
		out_lasting(tdm_blades_text(root, state->aligned)));
	out_add(root, "not_aligned", "blades out of alignment",
		out_lasting(tdm_blades_text(root, state->present & ~state->aligned)));
}

static int show(struct call *call, struct btc *b, struct error *err)
{
	struct out_record *root = out_root(call->out);
	uint32_t counters[BTC_N_COUNTERS];
	struct btc_alignment alignment;
	struct btc_state state;
	struct btc_shape shape;
	int rc = btc_frame_get(b, err, &shape);

	if (rc == 0)
		rc = btc_alignment_get(b, err, &alignment);
	if (rc == 0)
		rc = btc_state_get(b, err, &state);
	if (rc == 0)
		rc = btc_counters_get(b, err, counters);
	if (rc != 0)
		return rc;
	put(call, &shape, &alignment, &state);
	out_add(root, "frames", "frames sent", out_uint(counters[BTC_COUNT_FRAMES]));
	out_add(root, "used_slots", "timeslots with a cell",
		out_uint(counters[BTC_COUNT_USED_SLOTS]));
	out_add(root, "idle_slots", "timeslots without",
		out_uint(counters[BTC_COUNT_IDLE_SLOTS]));
	out_add(root, "collided_slots", "timeslots with several",
		out_uint(counters[BTC_COUNT_COLLIDED_SLOTS]));
	return 0;
}

int cmd_frame_show(struct call *call, struct error *err)
{
	return tdm_run(call, err, show);
}

static int alignment_options(const struct call *call, struct error *err,
			     struct btc_alignment *alignment)
{
	uint32_t word = alignment->word;
	int rc = args_option32(&call->args, OPT_WORD, (struct args_range){ 0, 0xffff }, err,
			       &word);

	if (rc == 0)
		rc = args_option32(&call->args, OPT_GAIN, (struct args_range){ 1, 15 }, err,
				   &alignment->gain);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_LOSE, (struct args_range){ 1, 15 }, err,
				   &alignment->lose);
	alignment->word = (uint16_t)word;
	return rc;
}

static int set(struct call *call, struct btc *b, struct error *err)
{
	struct btc_alignment alignment;
	struct btc_shape shape;
	int rc = btc_frame_get(b, err, &shape);

	if (rc == 0)
		rc = btc_alignment_get(b, err, &alignment);
	if (rc == 0)
		rc = tdm_period_option(call, OPT_PERIOD, err, &shape.period_ns);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_SLOTS,
				   (struct args_range){ 2, BTC_MAX_SLOTS }, err,
				   &shape.n_slots);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_BYTES,
				   (struct args_range){ 8, BTC_MAX_SLOT_BYTES }, err,
				   &shape.slot_bytes);
	if (rc == 0)
		rc = alignment_options(call, err, &alignment);
	if (rc == 0)
		rc = btc_frame_set(b, &shape, err);
	if (rc == 0)
		rc = btc_alignment_set(b, &alignment, err);
	return rc == 0 ? show(call, b, err) : rc;
}

int cmd_frame_set(struct call *call, struct error *err)
{
	struct btc *b;
	int rc = call->args.n_found > 0
			 ? tdm_open(call, err, &b)
			 : error_set(err, E_SYNTAX, "what to set? see `help frame set`");

	if (rc != 0)
		return rc;
	rc = set(call, b, err);
	btc_close(b);
	return rc;
}
