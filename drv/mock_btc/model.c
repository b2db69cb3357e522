/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The model as a whole: registers, reset, and what stands outside of them. */
#include "drv/mock_btc/model.h"

#include <stdlib.h>
#include <string.h>

#include "drv/mock_btc/crc.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define RESET_NS 10000u /* latency_us of CONTROL.RESET */

/* In the order of loading: control last, it enables the bus. */
static const struct mb_block *const blocks[] = {
	&mb_block_frame, &mb_block_slot,  &mb_block_arb,   &mb_block_message, &mb_block_forward,
	&mb_block_trace, &mb_block_steer, &mb_block_blade, &mb_block_control,
};

static const struct mb_block *block_at(uint64_t addr)
{
	for (size_t i = 0; i < COUNT(blocks); i++)
		if (addr >= blocks[i]->first && addr <= blocks[i]->last)
			return blocks[i];
	return NULL;
}

/* --- reset --------------------------------------------------------------------------------- */

static void load(struct mock_btc *m)
{
	m->events = 0;
	mb_counters_load(m);
	for (size_t i = 0; i < COUNT(blocks); i++)
		blocks[i]->load(m);
}

static void reset_registers(struct mock_btc *m)
{
	mock_reset(m->mock);
	load(m);
	mb_put(m, BTC_CONTROL_RESET, 1);
	mock_hw_hold(m->mock, BTC_CONTROL_RESET, 1);
}

void mb_reset(struct mock_btc *m)
{
	mb_enable(m, false);
	reset_registers(m);
	m->reset_until_ns = mb_now_ns(m) + RESET_NS;
}

/* True: a reset is going on. */
static bool is_resetting(struct mock_btc *m)
{
	if (m->reset_until_ns == 0)
		return false;
	if (mb_now_ns(m) < m->reset_until_ns)
		return true;
	m->reset_until_ns = 0;
	mb_put(m, BTC_CONTROL_RESET, 0);
	return false;
}

/* --- accesses ------------------------------------------------------------------------------ */

static int model_read(void *model, struct mock *mock, uint64_t addr, uint32_t *value)
{
	struct mock_btc *m = model;
	const struct mb_block *block = block_at(addr);
	const uint32_t *counter;

	(void)mock;
	if (block == NULL)
		return 0;
	mb_run(m);
	counter = mb_counter(m, addr);
	if (counter != NULL)
		*value = *counter;
	else if (addr == BTC_CONTROL_RESET)
		*value = is_resetting(m);
	else if (block->read != NULL)
		block->read(m, addr, value);
	return 0;
}

static int model_write(void *model, struct mock *mock, uint64_t addr, uint32_t value)
{
	struct mock_btc *m = model;
	const struct mb_block *block = block_at(addr);

	(void)mock;
	mb_run(m);
	if (is_resetting(m))
		reset_registers(m);
	else if (block != NULL && block->write != NULL)
		block->write(m, addr, value);
	return 0;
}

static void free_station(struct mock_btc *m, struct mb_station *station)
{
	mb_flush(m, &station->queue);
	if (station->sending != NULL)
		mb_message_free(m, station->sending);
}

static void model_free(void *model)
{
	struct mock_btc *m = model;

	for (uint32_t i = 0; i < MB_STATIONS; i++)
		free_station(m, &m->station[i]);
	mb_flush(m, &m->port.tx);
	mb_flush(m, &m->port.rx);
	while (m->spare != NULL) {
		struct mb_message *message = m->spare;

		m->spare = message->next;
		free(message);
	}
	free(m);
}

static const struct mock_model model_ops = {
	.name = "btc",
	.read = model_read,
	.write = model_write,
	.free = model_free,
};

/* --- from outside -------------------------------------------------------------------------- */

static const char kind[] = "btc-blade";

int mock_btc_equip(struct world *world, const char *device, uint32_t station,
		   const struct mock_btc_blade *blade, struct error *err)
{
	struct mock_btc_blade *kept;
	int rc;

	if (station == 0 || station >= MB_STATIONS)
		return error_set(err, E_RANGE, "no station %u, they go from 1 to 64", station);
	kept = malloc(sizeof(*kept));
	if (kept == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	*kept = *blade;
	rc = world_keep(world, device, kind, station, kept, free, err);
	if (rc != 0)
		free(kept);
	return rc;
}

static void plug_equipment(struct mock_btc *m)
{
	for (uint32_t i = 1; i < MB_STATIONS; i++) {
		const struct mock_btc_blade *blade =
			world_kept(m->world, mock_name(m->mock), kind, i);

		if (blade != NULL)
			mb_equip(m, i, blade);
	}
}

void mock_btc_seed(struct mock_btc *m, uint64_t seed)
{
	m->random = seed;
	for (uint32_t i = 0; i < MOCK_BTC_MAX_BODY; i++)
		m->flood[i] = (uint8_t)mb_random(m);
}

int mock_btc_attach(struct mock *mock, struct world *world, struct error *err)
{
	struct mock_btc *m = calloc(1, sizeof(*m));

	if (m == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	m->mock = mock;
	m->world = world;
	m->clock = mock_clock(mock);
	mock_btc_seed(m, world_seed(world));
	mb_crc_init();
	load(m);
	if (mock_attach(mock, &model_ops, m, err) != 0) {
		model_free(m);
		return E_NOMEM;
	}
	plug_equipment(m);
	return 0;
}

struct mock_btc *mock_btc_of(struct mock *mock)
{
	return mock_model_find(mock, &model_ops);
}

void mock_btc_run(struct mock_btc *m)
{
	mb_run(m);
}

void mock_btc_set_tap(struct mock_btc *m, mock_btc_tap tap, void *arg)
{
	mb_run(m);
	m->tap = tap;
	m->tap_arg = arg;
}

void mock_btc_set_slot_tap(struct mock_btc *m, mock_btc_slot_tap tap, void *arg)
{
	mb_run(m);
	m->slot_tap = tap;
	m->slot_tap_arg = arg;
}

int mock_btc_inject(struct mock_btc *m, const struct mock_btc_fault *fault)
{
	if (fault->station != MOCK_BTC_ANY && fault->station >= MB_STATIONS)
		return E_RANGE;
	mb_run(m);
	if (m->n_faults == MB_MAX_FAULTS)
		return E_BUSY;
	m->fault[m->n_faults++] = *fault;
	m->unsteady = m->plugged;
	return 0;
}

void mock_btc_heal(struct mock_btc *m)
{
	mb_run(m);
	m->n_faults = 0;
}

void mock_btc_stats(struct mock_btc *m, struct mock_btc_stats *stats)
{
	mb_run(m);
	*stats = m->stats;
}
