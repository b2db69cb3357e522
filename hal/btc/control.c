/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The core as a whole: reset, set-up, state. */
#include "hal/btc/btc.h"

#include <inttypes.h>
#include <string.h>

#include "hal/btc/inner_priv.h"
#include "hal/btc/mailbox_priv.h"

/* RESET.SOFT_RST has a latency of 10 us: control.rdl. */
#define RESET_TIMEOUT_US 1000u

static const char *const medium_names[] = { "tdm", "fdm" };

const char *btc_medium_name(enum btc_medium medium)
{
	return (unsigned)medium < 2 ? medium_names[medium] : NULL;
}

bool btc_medium_find(const char *name, enum btc_medium *medium)
{
	for (unsigned i = 0; i < 2; i++)
		if (strcmp(name, medium_names[i]) == 0) {
			*medium = (enum btc_medium)i;
			return true;
		}
	return false;
}

int btc_reset(struct btc *b, struct error *err)
{
	int rc;

	regio_write(b->io, BTC_CONTROL_RESET, 1);
	regio_wait(b->io, &(struct regio_wait){ .addr = BTC_CONTROL_RESET,
						.mask = 1,
						.timeout_us = RESET_TIMEOUT_US,
						.every_us = 5 });
	rc = regio_end(b->io, err);
	regio_forget(b->io);
	if (rc == 0) {
		btc__mailbox_empty(b->mail);
		b->trace_lost_place = false;
	}
	return rc;
}

static int check_medium(const struct btc *b, enum btc_medium medium, struct error *err)
{
	if (btc_medium_name(medium) == NULL)
		return error_set(err, E_RANGE, "medium %u: only TDM and FDM", (unsigned)medium);
	if (medium == BTC_MEDIUM_FDM && !b->cap.fdm)
		return error_set(err, E_NOTSUP, "ID:CAPABILITIES.FDM is 0: no medium FDM");
	return 0;
}

static int check_setup(struct btc *b, const struct btc_setup *setup, struct error *err)
{
	struct btc_shape shape;
	int rc = btc__check_ident(&setup->ident, err);

	if (rc == 0)
		rc = check_medium(b, setup->medium, err);
	if (rc == 0 && setup->shape != NULL)
		rc = btc_shape_check(b, setup->shape, err);
	if (rc != 0 || setup->plan == NULL)
		return rc;
	if (setup->shape != NULL)
		shape = *setup->shape;
	else
		rc = btc_frame_get(b, err, &shape);
	if (rc == 0 && setup->plan->n_slots != shape.n_slots)
		rc = error_set(err, E_RANGE,
			       "the plan is for %" PRIu32 " timeslots, the frame has %" PRIu32,
			       setup->plan->n_slots, shape.n_slots);
	if (rc == 0)
		rc = btc_plan_check(b, setup->plan, err, NULL);
	return rc;
}

int btc_init(struct btc *b, const struct btc_setup *setup, struct error *err)
{
	struct regio *io = b->io;
	int rc = check_setup(b, setup, err);

	if (rc != 0)
		return rc;
	regio_fields(io, BTC_CONTROL_MODE, F(CONTROL_MODE, ENABLE, 0));
	regio_fields(io, BTC_CONTROL_MODE, F(CONTROL_MODE, MEDIUM, setup->medium));
	btc__ident_put(io, BTC_CONTROL_IDENT_HI, &setup->ident);
	if (setup->shape != NULL)
		btc__shape_put(io, setup->shape);
	regio_fields(io, BTC_FORWARD_MODE, F(FORWARD_MODE, ENABLE, setup->forward));
	regio_fields(io, BTC_CONTROL_MODE, F(CONTROL_MODE, ENABLE, 1));
	if (setup->plan != NULL && regio_flush(io) == 0)
		btc__plan_apply(b, setup->plan, NULL);
	return regio_end(io, err);
}

int btc_enable_set(struct btc *b, bool on, struct error *err)
{
	regio_fields(b->io, BTC_CONTROL_MODE, F(CONTROL_MODE, ENABLE, on));
	return regio_end(b->io, err);
}

int btc_medium_set(struct btc *b, enum btc_medium medium, struct error *err)
{
	uint32_t mode;
	int rc = check_medium(b, medium, err);

	if (rc != 0)
		return rc;
	if (regio_get(b->io, BTC_CONTROL_MODE, &mode) == 0 && G(mode, CONTROL_MODE, ENABLE) &&
	    G(mode, CONTROL_MODE, MEDIUM) != medium)
		regio_fail(b->io, E_STATE,
			   "CONTROL:MODE.ENABLE is 1: the medium changes on a silent bus only");
	regio_fields(b->io, BTC_CONTROL_MODE, F(CONTROL_MODE, MEDIUM, medium));
	return regio_end(b->io, err);
}

int btc_ident_set(struct btc *b, const struct mac *ident, struct error *err)
{
	int rc = btc__check_ident(ident, err);

	if (rc != 0)
		return rc;
	btc__ident_put(b->io, BTC_CONTROL_IDENT_HI, ident);
	return regio_end(b->io, err);
}

int btc_ident_get(struct btc *b, struct error *err, struct mac *ident)
{
	static const uint64_t addrs[] = { BTC_CONTROL_IDENT_HI, BTC_CONTROL_IDENT_LO };
	uint32_t values[2];

	if (regio_get_many(b->io, addrs, 2, values) == 0)
		*ident = btc__ident_of(values[0], values[1]);
	return regio_end(b->io, err);
}

/* Addresses of btc_state_get(), those of the blades behind. */
static const uint64_t state_addrs[] = { BTC_CONTROL_MODE,      BTC_CONTROL_IDENT_HI,
					BTC_CONTROL_IDENT_LO,  BTC_SLOT_STATUS,
					BTC_CONTROL_EVENTS,    BTC_FRAME_NUMBER,
					BTC_MESSAGE_TX_STATUS, BTC_MESSAGE_RX_STATUS };
#define N_STATE (sizeof(state_addrs) / sizeof(state_addrs[0]))

static void state_of_blade(uint32_t status, btc_blades bit, struct btc_state *state)
{
	uint32_t what = G(status, BLADE_STATUS, STATE);

	state->present |= G(status, BLADE_STATUS, PRESENT) ? bit : 0;
	state->aligned |= G(status, BLADE_STATUS, ALIGNED) ? bit : 0;
	state->duplicate |= G(status, BLADE_STATUS, DUPLICATE) ? bit : 0;
	state->ready |= what == BTC_BLADE_READY ? bit : 0;
	state->disabled |= what == BTC_BLADE_DISABLED ? bit : 0;
}

int btc__state_read(struct btc *b, struct btc_state *state)
{
	uint64_t addrs[N_STATE + BTC_MAX_BLADES];
	uint32_t v[N_STATE + BTC_MAX_BLADES];

	memcpy(addrs, state_addrs, sizeof(state_addrs));
	for (uint32_t i = 0; i < b->cap.n_blades; i++)
		addrs[N_STATE + i] = BTC_BLADE_STATUS(i);
	if (regio_read_many(b->io, addrs, N_STATE + b->cap.n_blades, v) != 0)
		return regio_flush(b->io);
	*state = (struct btc_state){
		.enabled = G(v[0], CONTROL_MODE, ENABLE) != 0,
		.medium = (enum btc_medium)G(v[0], CONTROL_MODE, MEDIUM),
		.ident = btc__ident_of(v[1], v[2]),
		.plan = G(v[3], SLOT_STATUS, NUMBER),
		.events = v[4],
		.frame = v[5],
		.tx_space_words = G(v[6], MESSAGE_TX_STATUS, SPACE),
		.tx_messages = G(v[6], MESSAGE_TX_STATUS, MESSAGES),
		.rx_level_words = G(v[7], MESSAGE_RX_STATUS, LEVEL),
		.rx_messages = G(v[7], MESSAGE_RX_STATUS, MESSAGES),
	};
	for (uint32_t i = 0; i < b->cap.n_blades; i++)
		state_of_blade(v[N_STATE + i], btc_blade_bit(i + 1), state);
	return 0;
}

int btc_state_get(struct btc *b, struct error *err, struct btc_state *state)
{
	btc__state_read(b, state);
	return regio_end(b->io, err);
}

int btc_scratch_test(struct btc *b, uint32_t pattern, struct error *err)
{
	uint32_t got[2] = { 0, 0 };
	int rc;

	for (unsigned i = 0; i < 2; i++) {
		regio_write(b->io, BTC_ID_SCRATCH, i == 0 ? pattern : ~pattern);
		regio_fetch(b->io, BTC_ID_SCRATCH, &got[i]);
	}
	rc = regio_end(b->io, err);
	if (rc == 0 && (got[0] != pattern || got[1] != ~pattern))
		rc = error_set(err, E_MISMATCH,
			       "ID:SCRATCH reads 0x%08" PRIx32 " and 0x%08" PRIx32
			       " after 0x%08" PRIx32 " and its complement",
			       got[0], got[1], pattern);
	return rc;
}
