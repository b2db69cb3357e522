/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Test patterns of the model: the checker of a lane finds the pattern when its far end, or its own
 * transmitter over a loop, sends the same one, and counts errors at the rate that was set.
 */
#include <math.h>
#include <stdlib.h>

#include "drv/mock_vsc7448/model.h"
#include "drv/mock_vsc7448/serdes.h"

#define N_1G     9u
#define N_6G     24u
#define N_10G    4u
#define N_LANES  (N_1G + N_6G + N_10G)
#define LANE_6G  N_1G
#define LANE_10G (N_1G + N_6G)
#define N_PORTS  53u

#define DFT1G    VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_DFT_CFG0
#define STATUS1G VSC7448_HSIO_SERDES1G_DIG_STATUS_SERDES1G_DFT_STATUS
#define ADDR1G   VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG
#define COMMON1G VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG
#define DFT6G    VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0
#define STATUS6G VSC7448_HSIO_SERDES6G_DIG_STATUS_SERDES6G_DFT_STATUS
#define ERRORS6G VSC7448_HSIO_SERDES6G_DIG_STATUS_SERDES6G_ERR_CNT
#define ADDR6G   VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG
#define COMMON6G VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG

#define RX_CFG(n)    VSC7448_XGDIG_SD10G65_DFT_DFT_RX_CFG(n)
#define TX_CFG(n)    VSC7448_XGDIG_SD10G65_DFT_DFT_TX_CFG(n)
#define ERR_STAT(n)  VSC7448_XGDIG_SD10G65_DFT_DFT_ERR_STAT(n)
#define MAIN_STAT(n) VSC7448_XGDIG_SD10G65_DFT_DFT_MAIN_STAT(n)
#define OB_CFG0(n)   VSC7448_XGANA_SD10G65_OB_SD10G65_OB_CFG0(n)
#define MACRO_STRIDE (RX_CFG(1) - RX_CFG(0))

#define WRITE_SHOT (UINT32_C(1) << 31)
#define NO_PATTERN UINT32_MAX
#define BIST       VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0__TEST_MODE__BIST

/* What a lane sends and checks; NO_PATTERN: data. */
struct lane {
	uint32_t sends, checks;
	uint64_t start_us;
	uint32_t captured; /* 10G */
};

struct mv_prbs {
	struct lane lanes[N_LANES];
	double error_rate[N_PORTS];
};

int mock_vsc7448_set_error_rate(struct mock_vsc7448 *m, uint32_t port, double rate)
{
	if (port >= N_PORTS || !(rate >= 0 && rate <= 0.5))
		return E_RANGE;
	m->prbs->error_rate[port] = rate;
	return E_OK;
}

/* --- lanes and ports: HOWTO section 4 ------------------------------------------------------ */

static uint32_t port_of_6g(const struct mock_vsc7448 *m, uint32_t macro)
{
	for (uint32_t port = 49; port < N_PORTS; port++) {
		uint32_t mode = mv_hw_10g(m, port);

		if ((mode == 1 || mode == 2) && macro - mv_first_serdes6g(port) < 4)
			return port;
	}
	if (macro >= 4 && mv_is_qsgmii(m, 4 * (macro - 4)))
		return 4 * (macro - 4);
	return macro + 8;
}

static uint32_t port_of(const struct mock_vsc7448 *m, uint32_t lane)
{
	if (lane >= LANE_10G)
		return 49 + lane - LANE_10G;
	if (lane >= LANE_6G)
		return port_of_6g(m, lane - LANE_6G);
	return lane == 0 ? 48 : lane - 1;
}

/* The lane of @port at the other end of lane number @k of a port; N_LANES: none. */
static uint32_t lane_of(const struct mock_vsc7448 *m, uint32_t port, uint32_t k)
{
	if (port >= 49 && (mv_hw_10g(m, port) == 1 || mv_hw_10g(m, port) == 2))
		return LANE_6G + mv_first_serdes6g(port) + k;
	if (port >= 49)
		return LANE_10G + port - 49;
	if (mv_is_qsgmii(m, port))
		return LANE_6G + 4 + port / 4;
	if (port == 48)
		return 0;
	if (port < 8)
		return port + 1;
	return port < 32 ? LANE_6G + port - 8 : N_LANES;
}

static uint32_t place_in_port(const struct mock_vsc7448 *m, uint32_t lane)
{
	uint32_t port = port_of(m, lane);

	return lane - lane_of(m, port, 0);
}

static double bits_per_us(struct mock_vsc7448 *m, uint32_t lane)
{
	uint32_t port = port_of(m, lane);

	if (lane >= LANE_10G)
		return mv_hw_10g(m, port) == 0 ? 10312.5 : 1250.0;
	if (lane < LANE_6G)
		return 1250.0;
	if (port >= 49)
		return mv_hw_10g(m, port) == 1 ? 3125.0 : 6250.0;
	if (mv_is_qsgmii(m, port))
		return 5000.0;
	return reg_field_get(mv_macro_get(m, MV_SERDES6G, lane - LANE_6G, COMMON6G),
			     VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG__QRATE) != 0
		       ? 1250.0
		       : 3125.0;
}

/* --- what arrives at a lane ---------------------------------------------------------------- */

/* The near loop: what is sent is received, whatever is plugged in. */
static bool is_looped(struct mock_vsc7448 *m, uint32_t lane)
{
	if (lane >= LANE_10G)
		return mv_field(m, OB_CFG0(lane - LANE_10G),
				VSC7448_XGANA_SD10G65_OB_SD10G65_OB_CFG0__EN_PAD_LOOP) != 0;
	if (lane >= LANE_6G)
		return reg_field_get(
			       mv_macro_get(m, MV_SERDES6G, lane - LANE_6G, COMMON6G),
			       VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG__ENA_ELOOP) !=
		       0;
	return reg_field_get(mv_macro_get(m, MV_SERDES1G, lane, COMMON1G),
			     VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG__ENA_ELOOP) != 0;
}

static uint32_t arriving(struct mock_vsc7448 *m, uint32_t lane)
{
	struct world_end end = world_end_of(m->world, mock_name(m->mock), port_of(m, lane));
	struct mock_vsc7448 *peer = NULL;
	struct mock *device;
	uint32_t other;

	if (end.kind == WORLD_END_LOOP || is_looped(m, lane))
		return m->prbs->lanes[lane].sends;
	if (end.kind != WORLD_END_PORT)
		return NO_PATTERN;
	device = world_device_find(m->world, end.device);
	if (device != NULL)
		peer = mock_vsc7448_of(device);
	if (peer == NULL)
		return NO_PATTERN;
	other = lane_of(peer, end.port, place_in_port(m, lane));
	return other < N_LANES ? peer->prbs->lanes[other].sends : NO_PATTERN;
}

static bool has_pattern(struct mock_vsc7448 *m, uint32_t lane)
{
	const struct lane *l = &m->prbs->lanes[lane];

	return l->checks != NO_PATTERN && arriving(m, lane) == l->checks;
}

/* Errors since the start: as many as the rate gives, the first of them by chance of the seed. */
static uint64_t errors_of(struct mock_vsc7448 *m, uint32_t lane)
{
	const struct lane *l = &m->prbs->lanes[lane];
	double us = (double)(clock_now_us(m->clock) - l->start_us);
	uint64_t z = (world_seed(m->world) + lane + 1) * UINT64_C(0x9e3779b97f4a7c15);
	double chance = (double)(z >> 40) / (double)(1 << 24);

	if (!has_pattern(m, lane))
		return 0;
	return (uint64_t)floor(
		m->prbs->error_rate[port_of(m, lane)] * us * bits_per_us(m, lane) + chance);
}

/* --- registers ----------------------------------------------------------------------------- */

static void set_lane(struct mock_vsc7448 *m, uint32_t lane, uint32_t sends, uint32_t checks)
{
	struct lane *l = &m->prbs->lanes[lane];

	if (l->checks != checks)
		l->start_us = clock_now_us(m->clock);
	l->sends = sends;
	l->checks = checks;
}

/* A store into macros: their test mode is that of the window. */
static int write_mcb(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	bool is_6g = addr == ADDR6G;
	uint32_t dft = mock_hw_get(m->mock, is_6g ? DFT6G : DFT1G);
	/* The two kinds of macro have the same layout of these fields. */
	bool on = reg_field_get(dft,
				VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0__TEST_MODE) ==
		  BIST;
	uint32_t code = (uint32_t)reg_field_get(
		dft, VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0__PRBS_SEL);
	uint32_t pattern = on ? code : NO_PATTERN;

	for (uint32_t n = 0; (value & WRITE_SHOT) != 0 && n < (is_6g ? N_6G : N_1G); n++)
		if ((value >> n & 1) != 0)
			set_lane(m, (is_6g ? LANE_6G : 0) + n, pattern, pattern);
	return E_OK;
}

static uint32_t macro_of(uint64_t addr, uint64_t first)
{
	return (uint32_t)((addr - first) / MACRO_STRIDE);
}

static void update_10g(struct mock_vsc7448 *m, uint32_t n)
{
	uint32_t rx = mock_hw_get(m->mock, RX_CFG(n)), tx = mock_hw_get(m->mock, TX_CFG(n));
	bool sends = reg_field_get(tx, VSC7448_XGDIG_SD10G65_DFT_DFT_TX_CFG__DFT_TX_ENA) != 0;
	bool checks = reg_field_get(rx, VSC7448_XGDIG_SD10G65_DFT_DFT_RX_CFG__DFT_RX_ENA) != 0;

	set_lane(m, LANE_10G + n,
		 sends ? (uint32_t)reg_field_get(
				 tx, VSC7448_XGDIG_SD10G65_DFT_DFT_TX_CFG__TX_PRBS_SEL_CFG)
		       : NO_PATTERN,
		 checks ? (uint32_t)reg_field_get(
				  rx, VSC7448_XGDIG_SD10G65_DFT_DFT_RX_CFG__RX_PRBS_SEL_CFG)
			: NO_PATTERN);
}

static int write_rx(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint32_t n = macro_of(addr, RX_CFG(0));
	struct lane *l = &m->prbs->lanes[LANE_10G + n];
	uint64_t errors;

	update_10g(m, n);
	if (reg_field_get(value, VSC7448_XGDIG_SD10G65_DFT_DFT_RX_CFG__CNT_RST) != 0)
		l->start_us = clock_now_us(m->clock);
	if (reg_field_get(value, VSC7448_XGDIG_SD10G65_DFT_DFT_RX_CFG__ERR_CNT_CAPT_CFG) == 0)
		return E_OK;
	errors = errors_of(m, LANE_10G + n);
	l->captured = errors > UINT32_MAX ? UINT32_MAX : (uint32_t)errors;
	return E_OK;
}

static int write_tx(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)value;
	update_10g(m, macro_of(addr, TX_CFG(0)));
	return E_OK;
}

static int read_errors_10g(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	*value = m->prbs->lanes[LANE_10G + macro_of(addr, ERR_STAT(0))].captured;
	return E_OK;
}

static int read_state_10g(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint32_t n = macro_of(addr, MAIN_STAT(0));

	*value = (uint32_t)reg_field_put(*value,
					 VSC7448_XGDIG_SD10G65_DFT_DFT_MAIN_STAT__NO_SYNC,
					 !has_pattern(m, LANE_10G + n));
	return E_OK;
}

/* The lane of the macro that the window shows; N_LANES: none was loaded. */
static uint32_t shown_lane(struct mock_vsc7448 *m, enum mv_macro_kind kind)
{
	uint32_t macro = mv_macro_shown(m, kind);

	if (macro >= (kind == MV_SERDES6G ? N_6G : N_1G))
		return N_LANES;
	return (kind == MV_SERDES6G ? LANE_6G : 0) + macro;
}

static int read_status(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint32_t lane = shown_lane(m, addr == STATUS6G ? MV_SERDES6G : MV_SERDES1G);
	uint64_t status = *value;

	if (lane == N_LANES || m->prbs->lanes[lane].checks == NO_PATTERN)
		return E_OK;
	status = reg_field_put(
		status, VSC7448_HSIO_SERDES6G_DIG_STATUS_SERDES6G_DFT_STATUS__BIST_ACTIVE, 1);
	status = reg_field_put(
		status, VSC7448_HSIO_SERDES6G_DIG_STATUS_SERDES6G_DFT_STATUS__BIST_NOSYNC,
		!has_pattern(m, lane));
	status = reg_field_put(status,
			       VSC7448_HSIO_SERDES6G_DIG_STATUS_SERDES6G_DFT_STATUS__BIST_ERROR,
			       errors_of(m, lane) > 0);
	if (addr == STATUS6G)
		status = reg_field_put(
			status,
			VSC7448_HSIO_SERDES6G_DIG_STATUS_SERDES6G_DFT_STATUS__PRBS_SYNC_STAT,
			has_pattern(m, lane));
	*value = (uint32_t)status;
	return E_OK;
}

static int read_errors_6g(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint32_t lane = shown_lane(m, MV_SERDES6G);
	uint64_t errors = lane == N_LANES ? 0 : errors_of(m, lane);

	(void)addr;
	*value = errors > 0xffff ? 0xffff : (uint32_t)errors;
	return E_OK;
}

static void reset(struct mock_vsc7448 *m)
{
	for (uint32_t i = 0; i < N_LANES; i++)
		m->prbs->lanes[i] = (struct lane){ NO_PATTERN, NO_PATTERN, 0, 0 };
}

static int init(struct mock_vsc7448 *m)
{
	m->prbs = calloc(1, sizeof(*m->prbs));
	if (m->prbs == NULL)
		return E_NOMEM;
	reset(m);
	return E_OK;
}

static void fini(struct mock_vsc7448 *m)
{
	free(m->prbs);
}

#define MACRO_RANGES(n)                                                                        \
	{ RX_CFG(n), RX_CFG(n), NULL, write_rx }, { TX_CFG(n), TX_CFG(n), NULL, write_tx },    \
		{ ERR_STAT(n), ERR_STAT(n), read_errors_10g, NULL },                           \
	{                                                                                      \
		MAIN_STAT(n), MAIN_STAT(n), read_state_10g, NULL                               \
	}

static const struct mv_range ranges[] = {
	{ ADDR1G, ADDR1G, NULL, write_mcb },
	{ ADDR6G, ADDR6G, NULL, write_mcb },
	{ STATUS1G, STATUS1G, read_status, NULL },
	{ STATUS6G, STATUS6G, read_status, NULL },
	{ ERRORS6G, ERRORS6G, read_errors_6g, NULL },
	MACRO_RANGES(0),
	MACRO_RANGES(1),
	MACRO_RANGES(2),
	MACRO_RANGES(3),
};

const struct mv_part mv_part_prbs = {
	.name = "prbs",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = init,
	.fini = fini,
	.reset = reset,
};
