/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counters.  Byte counters include the FCS, RX_IN and TX_OUT the preamble and the gap's share too
 * (20 bytes per frame, the model's own reading of "framing").  XQS STAT: received by class from 0
 * (green) and 8 (yellow), dropped from 16 and 24, sent from 256 and 264 (MESA vtss_jaguar2_port.c,
 * port counters).
 */
#include "drv/mock_vsc7448/counters.h"

#include <stdlib.h>
#include <string.h>

#define N_DEV   64u /* words of ASM DEV_STATISTICS that are looked at */
#define N_XQS   64u
#define FRAMING 20u

/* Places in ASM DEV_STATISTICS, in words; the DEV10G blocks are mapped to them. */
enum {
	RX_IN_BYTES = 0,
	RX_OK_BYTES = 4,
	RX_BAD_BYTES = 5,
	RX_UC = 6,
	RX_UNDERSIZE = 10,
	RX_OVERSIZE = 14,
	RX_SIZE64 = 16,
	TX_OUT_BYTES = 24,
	TX_OK_BYTES = 26,
	TX_UC = 27,
	TX_SIZE64 = 30,
	RX_TAGGED = 38,
	TX_TAGGED = 40,
	FIRST_MSB = 49, /* upper bits of the five byte counters */
	NO_COUNTER = 63,
};

static const uint8_t byte_counters[] = { RX_IN_BYTES, RX_OK_BYTES, RX_BAD_BYTES, TX_OUT_BYTES,
					 TX_OK_BYTES };

/* DEV10G DEV_STATISTICS_32BIT in its order. */
static const uint8_t dev10g_32[] = {
	1,  2,  3,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,         22,
	23, 25, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 62, NO_COUNTER,
};

struct mv_counters {
	uint64_t dev[2][MV_PORTS][N_DEV]; /* counted by ASM, by DEV10G */
	uint64_t xqs[MV_N_PORTS][N_XQS];
	uint64_t port[MV_N_PORTS][4];
	uint64_t queue[MV_N_PORTS * 8][2];
	uint64_t leg[2][256][8]; /* in, out */
	uint64_t cpu_drops;
};

/* --- counting ---------------------------------------------------------------------------- */

static uint64_t *device_bank(struct mock_vsc7448 *m, uint32_t port)
{
	bool in_device = reg_field_get(mv_image(m)->csc[port],
				       VSC7448_ASM_CFG_PORT_CFG__CSC_STAT_DIS) != 0;

	return m->counters->dev[in_device && port >= 49][port];
}

/* Of a frame of @size bytes with FCS: 64, -127, -255, -511, -1023, -1518, more. */
static uint32_t size_class(uint32_t size)
{
	static const uint32_t last[] = { 64, 127, 255, 511, 1023, 1518 };
	uint32_t i = 0;

	while (i < 6 && size > last[i])
		i++;
	return i;
}

/* 0 unicast, 1 multicast, 2 broadcast. */
static uint32_t address_class(const uint8_t *data)
{
	static const uint8_t broadcast[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

	if ((data[0] & 1) == 0)
		return 0;
	return memcmp(data, broadcast, 6) == 0 ? 2 : 1;
}

static bool is_tagged(const uint8_t *data)
{
	return data[12] == 0x81 && data[13] == 0x00;
}

void mv_count_rx(struct mock_vsc7448 *m, uint32_t port, const uint8_t *data, uint32_t len)
{
	uint64_t *bank = device_bank(m, port);

	bank[RX_IN_BYTES] += len + 4 + FRAMING;
	bank[RX_OK_BYTES] += len + 4;
	bank[RX_UC + address_class(data)]++;
	bank[RX_SIZE64 + size_class(len + 4)]++;
	bank[RX_TAGGED + !is_tagged(data)]++;
}

void mv_count_rx_bad_length(struct mock_vsc7448 *m, uint32_t port, uint32_t len)
{
	uint64_t *bank = device_bank(m, port);

	bank[RX_IN_BYTES] += len + 4 + FRAMING;
	bank[RX_BAD_BYTES] += len + 4;
	bank[len < 60 ? RX_UNDERSIZE : RX_OVERSIZE]++;
}

void mv_count_tx(struct mock_vsc7448 *m, uint32_t port, const uint8_t *data, uint32_t len,
		 uint32_t cos)
{
	uint64_t *bank = device_bank(m, port);

	bank[TX_OUT_BYTES] += len + 4 + FRAMING;
	bank[TX_OK_BYTES] += len + 4;
	bank[TX_UC + address_class(data)]++;
	bank[TX_SIZE64 + size_class(len + 4)]++;
	bank[TX_TAGGED + !is_tagged(data)]++;
	m->counters->xqs[port][32 + cos]++;
}

/* Does a frame with this event fit the type of ANA_AC GLOBAL_CFG_CNT_FRM_TYPE? */
static bool type_fits(uint32_t type, bool event)
{
	return type == 0 ? !event : event && (type == 1 || type == 3);
}

static void count_port_events(struct mock_vsc7448 *m, const struct mv_frame *f, uint32_t events)
{
	const struct mv_image *im = mv_image(m);

	for (uint32_t i = 0; i < 4; i++) {
		uint32_t cfg = im->stat_port[f->port][1 + i];
		bool event = (events & im->stat_port_events[i]) != 0;

		if ((cfg >> (4 + f->cos) & 1) != 0 && type_fits(cfg >> 1 & 7, event))
			m->counters->port[f->port][i] += (cfg & 1) != 0 ? f->len + 4 : 1;
	}
}

/* STAT_GLOBAL_CFG_xxx: @n types, @n units, @n event masks. */
static void count_group(const uint32_t *cfg, uint32_t n, uint32_t events, uint32_t bytes,
			uint64_t *counters)
{
	for (uint32_t i = 0; i < n; i++)
		if (type_fits(cfg[i] & 7, (events & cfg[2 * n + i]) != 0))
			counters[i] += (cfg[n + i] & 1) != 0 ? bytes : 1;
}

void mv_count_fate(struct mock_vsc7448 *m, const struct mv_frame *f, enum mv_drop drop)
{
	struct mv_counters *s = m->counters;
	uint32_t events = 0;

	if (f->port < MV_N_PORTS)
		s->xqs[f->port][f->cos]++;
	/* PS_STICKY_MASK[0] of the vendor: frames without destination; policers from bit 4. */
	if (drop == MV_DROP_POLICER)
		events |= 0x10;
	else if (drop != MV_DROP_NONE && f->cpu_queues == 0)
		events |= 0x1;
	count_port_events(m, f, events);
	count_group(mv_image(m)->stat_queue, 2, drop == MV_DROP_POLICER ? 2 : 1, f->len + 4,
		    s->queue[8 * f->port + f->cos]);
}

void mv_count_cpu_drop(struct mock_vsc7448 *m)
{
	m->counters->cpu_drops++;
}

void mv_count_leg(struct mock_vsc7448 *m, const struct mv_frame *f, enum mv_leg_event event)
{
	static const uint32_t events[] = {
		[MV_LEG_RECEIVED] = 1u << 1,
		[MV_LEG_ROUTED] = 1u << 3,
		[MV_LEG_TTL] = 1u << 6,
	};
	const struct mv_image *im = mv_image(m);
	uint32_t row = f->etype == 0x86dd ? 128 : 0;

	count_group(im->stat_irleg, 8, events[event], f->len + 4,
		    m->counters->leg[0][row + f->leg_in]);
	if (event == MV_LEG_ROUTED)
		count_group(im->stat_erleg, 8, 1u << 1, f->len + 4,
			    m->counters->leg[1][row + f->leg_out]);
}

/* --- showing ----------------------------------------------------------------------------- */

/* A counter behind an address, and which of its words. */
struct place {
	uint64_t *counter; /* NULL: none */
	bool high;
};

static struct place device_place(uint64_t *bank, uint32_t word)
{
	if (word >= FIRST_MSB && word < FIRST_MSB + 5)
		return (struct place){ &bank[byte_counters[word - FIRST_MSB]], true };
	return (struct place){ word < N_DEV ? &bank[word] : NULL, false };
}

static struct place place_asm(struct mock_vsc7448 *m, uint64_t addr)
{
	uint64_t offset = addr - VSC7448_ASM_DEV_STATISTICS_RX_IN_BYTES_CNT(0);

	return device_place(m->counters->dev[0][offset / 0x100], offset % 0x100 / 4);
}

static struct place place_dev10g(struct mock_vsc7448 *m, uint64_t addr)
{
	uint64_t first = VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_SYMBOL_ERR_CNT(0);
	uint64_t *bank = m->counters->dev[1][49 + (addr - first) / 0x10000];
	uint32_t word = (uint32_t)((addr - first) % 0x10000 / 4);

	if (word < sizeof(dev10g_32))
		return (struct place){ &bank[dev10g_32[word]], false };
	word -= (uint32_t)sizeof(dev10g_32);
	return (struct place){ &bank[byte_counters[word / 2]], word % 2 != 0 };
}

static struct place place_xqs(struct mock_vsc7448 *m, uint64_t addr)
{
	uint32_t index = (uint32_t)((addr - VSC7448_XQS_STAT_CNT(0)) / 4);
	uint32_t view = mv_field(m, VSC7448_XQS_SYSTEM_STAT_CFG,
				 VSC7448_XQS_SYSTEM_STAT_CFG__STAT_VIEW);

	if (view >= MV_N_PORTS || (index >= 32 && index - 256 >= 32))
		return (struct place){ NULL, false };
	return (struct place){ &m->counters->xqs[view][index < 32 ? index : index - 256 + 32],
			       false };
}

static struct place place_port(struct mock_vsc7448 *m, uint64_t addr)
{
	uint64_t offset = addr - VSC7448_ANA_AC_STAT_CNT_CFG_PORT_STAT_EVENTS_STICKY(0);
	uint32_t word = (uint32_t)(offset % 0x40 / 4);

	if (word < 5 || word > 12)
		return (struct place){ NULL, false };
	return (struct place){ &m->counters->port[offset / 0x40][(word - 5) % 4], word >= 9 };
}

static struct place place_queue(struct mock_vsc7448 *m, uint64_t addr)
{
	uint64_t offset = addr - VSC7448_ANA_AC_STAT_CNT_CFG_QUEUE_STAT_LSB_CNT(0, 0);

	return (struct place){ &m->counters->queue[offset / 0x10][offset / 4 % 2],
			       offset % 0x10 >= 8 };
}

static struct place place_leg(struct mock_vsc7448 *m, uint64_t addr)
{
	uint64_t in = VSC7448_ANA_AC_STAT_CNT_CFG_IRLEG_STAT_LSB_CNT(0, 0);
	uint64_t out = VSC7448_ANA_AC_STAT_CNT_CFG_ERLEG_STAT_LSB_CNT(0, 0);
	uint64_t offset = addr - (addr >= out ? out : in);

	return (struct place){
		&m->counters->leg[addr >= out][offset / 0x40][offset / 4 % 8],
		offset % 0x40 >= 0x20,
	};
}

static void show(struct place place, uint32_t *value)
{
	if (place.counter != NULL)
		*value = place.high ? (uint32_t)(*place.counter >> 32) & 0xff
				    : (uint32_t)*place.counter;
}

static void set(struct place place, uint32_t value)
{
	if (place.counter == NULL)
		return;
	if (place.high)
		*place.counter = (*place.counter & UINT32_MAX) | (uint64_t)(value & 0xff) << 32;
	else
		*place.counter = (*place.counter & ~(uint64_t)UINT32_MAX) | value;
}

/* The two functions of a range of counters. */
#define SHOWN(name)                                                                            \
	static int read_##name(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)         \
	{                                                                                      \
		show(place_##name(m, addr), value);                                            \
		return 0;                                                                      \
	}                                                                                      \
	static int write_##name(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)         \
	{                                                                                      \
		set(place_##name(m, addr), value);                                             \
		return 0;                                                                      \
	}
SHOWN(asm)
SHOWN(dev10g)
SHOWN(xqs)
SHOWN(port)
SHOWN(queue)
SHOWN(leg)

static int read_cpu_drops(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	(void)addr;
	*value = (uint32_t)m->counters->cpu_drops;
	return 0;
}

static int write_cpu_drops(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)addr;
	m->counters->cpu_drops = value;
	return 0;
}

/* --- clearing ---------------------------------------------------------------------------- */

static int write_asm_clear(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)addr;
	if ((value & 1) != 0)
		memset(m->counters->dev[0], 0, sizeof(m->counters->dev[0]));
	return 0;
}

static int write_xqs_clear(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint32_t view = (uint32_t)reg_field_get(value, VSC7448_XQS_SYSTEM_STAT_CFG__STAT_VIEW);
	uint64_t shots = reg_field_get(value, VSC7448_XQS_SYSTEM_STAT_CFG__STAT_CLEAR_SHOT);

	(void)addr;
	if (view >= MV_N_PORTS)
		return 0;
	if ((shots & 1) != 0)
		memset(m->counters->xqs[view], 0, 32 * sizeof(uint64_t));
	if ((shots & 2) != 0)
		memset(m->counters->xqs[view] + 32, 0, 32 * sizeof(uint64_t));
	return 0;
}

static int write_ac_reset(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)addr;
	if ((value & 1) != 0)
		memset(m->counters->port, 0, sizeof(m->counters->port));
	return 0;
}

/* --- the part ---------------------------------------------------------------------------- */

static void counters_reset(struct mock_vsc7448 *m)
{
	memset(m->counters, 0, sizeof(*m->counters));
}

static int counters_init(struct mock_vsc7448 *m)
{
	m->counters = calloc(1, sizeof(*m->counters));
	return m->counters == NULL ? E_NOMEM : 0;
}

static void counters_fini(struct mock_vsc7448 *m)
{
	free(m->counters);
	m->counters = NULL;
}

#define DEV10G(n)                                                                              \
	{                                                                                      \
		VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_SYMBOL_ERR_CNT(n),                      \
			VSC7448_DEV10G_DEV_STATISTICS_40BIT_TX_OK_BYTES_MSB_CNT(n),            \
			read_dev10g, write_dev10g                                              \
	}

static const struct mv_range ranges[] = {
	{ VSC7448_ASM_DEV_STATISTICS_RX_IN_BYTES_CNT(0),
	  VSC7448_ASM_DEV_STATISTICS_RX_SYNC_LOST_ERR_CNT(52), read_asm, write_asm },
	DEV10G(0),
	DEV10G(1),
	DEV10G(2),
	DEV10G(3),
	{ VSC7448_XQS_STAT_CNT(0), VSC7448_XQS_STAT_CNT(1023), read_xqs, write_xqs },
	{ VSC7448_ANA_AC_STAT_CNT_CFG_PORT_STAT_EVENTS_STICKY(0),
	  VSC7448_ANA_AC_STAT_CNT_CFG_PORT_STAT_MSB_CNT(56, 3), read_port, write_port },
	{ VSC7448_ANA_AC_STAT_CNT_CFG_QUEUE_STAT_LSB_CNT(0, 0),
	  VSC7448_ANA_AC_STAT_CNT_CFG_QUEUE_STAT_MSB_CNT(455, 1), read_queue, write_queue },
	{ VSC7448_ANA_AC_STAT_CNT_CFG_IRLEG_STAT_LSB_CNT(0, 0),
	  VSC7448_ANA_AC_STAT_CNT_CFG_IRLEG_STAT_MSB_CNT(255, 7), read_leg, write_leg },
	{ VSC7448_ANA_AC_STAT_CNT_CFG_ERLEG_STAT_LSB_CNT(0, 0),
	  VSC7448_ANA_AC_STAT_CNT_CFG_ERLEG_STAT_MSB_CNT(255, 7), read_leg, write_leg },
	{ VSC7448_XQS_SYSTEM_FWD_CPU_DROP_CNT, VSC7448_XQS_SYSTEM_FWD_CPU_DROP_CNT,
	  read_cpu_drops, write_cpu_drops },
	{ VSC7448_ASM_CFG_STAT_CFG, VSC7448_ASM_CFG_STAT_CFG, NULL, write_asm_clear },
	{ VSC7448_XQS_SYSTEM_STAT_CFG, VSC7448_XQS_SYSTEM_STAT_CFG, NULL, write_xqs_clear },
	{ VSC7448_ANA_AC_STAT_GLOBAL_CFG_PORT_STAT_RESET,
	  VSC7448_ANA_AC_STAT_GLOBAL_CFG_PORT_STAT_RESET, NULL, write_ac_reset },
};

const struct mv_part mv_part_counters = {
	.name = "counters",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = counters_init,
	.fini = counters_fini,
	.reset = counters_reset,
};
