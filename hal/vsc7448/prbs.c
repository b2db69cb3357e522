/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/prbs.h"

#include <inttypes.h>

#include "hal/vsc7448/mcb.h"
#include "hal/vsc7448/port_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define DFT1G     VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_DFT_CFG0
#define FIXED1G   VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_TP_CFG
#define STATUS1G  VSC7448_HSIO_SERDES1G_DIG_STATUS_SERDES1G_DFT_STATUS
#define DFT6G     VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0
#define FIXED6G_0 VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_TP_CFG0
#define FIXED6G_1 VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_TP_CFG1
#define STATUS6G  VSC7448_HSIO_SERDES6G_DIG_STATUS_SERDES6G_DFT_STATUS
#define ERRORS6G  VSC7448_HSIO_SERDES6G_DIG_STATUS_SERDES6G_ERR_CNT

#define RX_CFG(n)    VSC7448_XGDIG_SD10G65_DFT_DFT_RX_CFG(n)
#define TX_CFG(n)    VSC7448_XGDIG_SD10G65_DFT_DFT_TX_CFG(n)
#define ERR_STAT(n)  VSC7448_XGDIG_SD10G65_DFT_DFT_ERR_STAT(n)
#define MAIN_STAT(n) VSC7448_XGDIG_SD10G65_DFT_DFT_MAIN_STAT(n)
#define APC_CFG0(n)  VSC7448_XGDIG_SD10G65_APC_APC_COMMON_CFG0(n)

#define RX(field, v) F(XGDIG_SD10G65_DFT_DFT_RX_CFG, field, v)
#define TX(field, v) F(XGDIG_SD10G65_DFT_DFT_TX_CFG, field, v)

#define NONE UINT32_MAX

const char *const vsc7448_pattern_names[VSC7448_PATTERN_COUNT + 1] = {
	"prbs7", "prbs9", "prbs11", "prbs15", "prbs23", "prbs31", "fixed", NULL,
};

/* Values of PRBS_SEL in a SERDES1G or 6G macro, and in an SD10G65. */
static const uint32_t codes_6g[] = { 0, NONE, NONE, 1, 2, 3 };
static const uint32_t codes_10g[] = { 0, 5, 3, 1, 2, 4 };

/* The lanes of a port. */
struct lanes {
	struct vsc7448 *chip;
	struct regio *io;
	uint32_t port;
	enum link_mode mode;
	uint64_t macros;
};

static uint64_t lane_bps(enum link_mode mode)
{
	static const uint64_t bps[LINK_MODE_COUNT] = {
		[LINK_MODE_100BASE_FX] = UINT64_C(125000000),
		[LINK_MODE_SGMII] = UINT64_C(1250000000),
		[LINK_MODE_QSGMII] = UINT64_C(5000000000),
		[LINK_MODE_1000BASE_X] = UINT64_C(1250000000),
		[LINK_MODE_2500BASE_X] = UINT64_C(3125000000),
		[LINK_MODE_XAUI] = UINT64_C(3125000000),
		[LINK_MODE_RXAUI] = UINT64_C(6250000000),
		[LINK_MODE_10GBASE_R] = UINT64_C(10312500000),
		[LINK_MODE_10GBASE_KR] = UINT64_C(10312500000),
	};

	return bps[mode];
}

/* Other ports of a QSGMII group lose their frames too, so they must not be in use. */
static int check_group(const struct lanes *l, struct error *err)
{
	struct vsc7448_port_use uses[VSC7448_N_PORTS];
	int rc = l->mode == LINK_MODE_QSGMII ? vsc7448_port_uses(l->chip, err, uses) : 0;

	for (uint32_t port = l->port & ~3u;
	     rc == 0 && l->mode == LINK_MODE_QSGMII && port <= (l->port | 3u); port++)
		if (port != l->port && uses[port].set_up)
			return error_set(err, E_STATE,
					 "port %" PRIu32 " shares its SerDes with port %" PRIu32
					 ", which is set up: free it first",
					 l->port, port);
	return rc;
}

static int find_lanes(struct vsc7448 *chip, uint32_t port, struct error *err, struct lanes *l)
{
	struct vsc7448__port_macros of;
	int rc = vsc7448__port_macros(chip, port, err, &of);

	if (rc != 0)
		return rc;
	*l = (struct lanes){
		.chip = chip, .io = chip->io, .port = port, .mode = of.mode, .macros = of.macros
	};
	return 0;
}

/* Bits of one kind of macro: those of the mask that start at bit @first. */
static uint32_t of_kind(const struct lanes *l, unsigned first, unsigned n)
{
	return (uint32_t)(l->macros >> first & ((UINT64_C(1) << n) - 1));
}

static uint32_t macros_1g(const struct lanes *l)
{
	return of_kind(l, 0, VSC7448_BIT_SERDES6G);
}

static uint32_t macros_6g(const struct lanes *l)
{
	return of_kind(l, VSC7448_BIT_SERDES6G, MCB_N_SERDES6G);
}

static bool is_10g(const struct lanes *l)
{
	return of_kind(l, VSC7448_BIT_SD10G65, 4) != 0;
}

/* A mode of the self test in one macro; its registers are loaded, changed and stored. */
static void set_1g(struct regio *io, uint32_t macro, uint32_t mode, uint32_t code,
		   uint32_t fixed)
{
	vsc7448__mcb_load(io, MCB_SERDES1G, UINT32_C(1) << macro);
	if (mode == VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_DFT_CFG0__TEST_MODE__FIXED)
		regio_fields(io, FIXED1G,
			     F(HSIO_SERDES1G_DIG_CFG_SERDES1G_TP_CFG, STATIC_PATTERN, fixed));
	regio_fields(io, DFT1G, F(HSIO_SERDES1G_DIG_CFG_SERDES1G_DFT_CFG0, TEST_MODE, mode),
		     F(HSIO_SERDES1G_DIG_CFG_SERDES1G_DFT_CFG0, PRBS_SEL, code));
	vsc7448__mcb_store(io, MCB_SERDES1G, UINT32_C(1) << macro);
}

static void set_6g(struct regio *io, uint32_t macro, uint32_t mode, uint32_t code,
		   uint32_t fixed)
{
	vsc7448__mcb_load(io, MCB_SERDES6G, UINT32_C(1) << macro);
	if (mode == VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0__TEST_MODE__FIXED) {
		regio_fields(io, FIXED6G_0,
			     F(HSIO_SERDES6G_DIG_CFG_SERDES6G_TP_CFG0, STATIC_PATTERN0, fixed));
		regio_fields(io, FIXED6G_1,
			     F(HSIO_SERDES6G_DIG_CFG_SERDES6G_TP_CFG1, STATIC_PATTERN1, fixed));
	}
	regio_fields(io, DFT6G, F(HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0, TEST_MODE, mode),
		     F(HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0, PRBS_SEL, code));
	vsc7448__mcb_store(io, MCB_SERDES6G, UINT32_C(1) << macro);
}

/* The checker counts what differs once it has found the pattern; CNT_RST resets by rising. */
static void start_10g(const struct lanes *l, uint32_t code)
{
	uint32_t n = l->port - 49, apc = 0, width;

	if (regio_get(l->io, APC_CFG0(n), &apc) != 0)
		return;
	width = (uint32_t)reg_field_get(apc,
					VSC7448_XGDIG_SD10G65_APC_APC_COMMON_CFG0__IF_WIDTH);
	regio_fields(l->io, TX_CFG(n), TX(TX_WID_SEL_CFG, width), TX(TX_PRBS_SEL_CFG, code),
		     TX(IPATH_CFG, 0),
		     TX(OPATH_CFG, VSC7448_XGDIG_SD10G65_DFT_DFT_TX_CFG__OPATH_CFG__PRBS),
		     TX(TX_WORD_MODE_CFG, 0), TX(DFT_TX_ENA, 1));
	regio_fields(
		l->io, RX_CFG(n), RX(STUCK_AT_PAR_MASK_CFG, 0), RX(STUCK_AT_01_MASK_CFG, 0),
		RX(DIRECT_THROUGH_ENA_CFG, 0), RX(ERR_CNT_CAPT_CFG, 0), RX(RX_DATA_SRC_SEL, 0),
		RX(FREEZE_PATTERN_CFG, 0), RX(CHK_MODE_CFG, 0), RX(RX_WID_SEL_CFG, width),
		RX(RX_WORD_MODE_CFG, 0), RX(RX_PRBS_SEL_CFG, code), RX(CMP_MODE_CFG, 0),
		RX(CNT_CFG, VSC7448_XGDIG_SD10G65_DFT_DFT_RX_CFG__CNT_CFG__COMPARE),
		RX(BIST_MODE_CFG, VSC7448_XGDIG_SD10G65_DFT_DFT_RX_CFG__BIST_MODE_CFG__OFF),
		RX(CNT_RST, 0), RX(DFT_RX_ENA, 1));
	regio_fields(l->io, RX_CFG(n), RX(CNT_RST, 1));
	regio_fields(l->io, RX_CFG(n), RX(CNT_RST, 0));
}

static int check_pattern(const struct lanes *l, enum vsc7448_pattern pattern, uint32_t fixed,
			 struct error *err)
{
	if (pattern == VSC7448_PATTERN_FIXED) {
		if (is_10g(l))
			return error_set(err, E_NOTSUP,
					 "port %" PRIu32
					 ": a 10G SerDes has no fixed pattern here",
					 l->port);
		if (fixed > 0xfffff)
			return error_set(err, E_RANGE,
					 "0x%" PRIx32 ": a fixed pattern has 20 bits", fixed);
		return 0;
	}
	if (!is_10g(l) && codes_6g[pattern] == NONE)
		return error_set(err, E_NOTSUP, "port %" PRIu32 ": only a 10G SerDes has %s",
				 l->port, vsc7448_pattern_names[pattern]);
	return 0;
}

/* Leaving the self test and entering it again resets its state and counter. */
static void start_lanes(const struct lanes *l, enum vsc7448_pattern pattern, uint32_t fixed)
{
	bool prbs = pattern != VSC7448_PATTERN_FIXED;
	uint32_t code = prbs ? codes_6g[pattern] : 0;
	uint32_t mode =
		prbs ? VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0__TEST_MODE__BIST
		     : VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0__TEST_MODE__FIXED;

	for (uint32_t rest = macros_1g(l); rest != 0; rest &= rest - 1) {
		set_1g(l->io, (uint32_t)__builtin_ctz(rest), 0, 0, 0);
		set_1g(l->io, (uint32_t)__builtin_ctz(rest), mode, code, fixed);
	}
	for (uint32_t rest = macros_6g(l); rest != 0; rest &= rest - 1) {
		set_6g(l->io, (uint32_t)__builtin_ctz(rest), 0, 0, 0);
		set_6g(l->io, (uint32_t)__builtin_ctz(rest), mode, code, fixed);
	}
	if (is_10g(l))
		start_10g(l, codes_10g[pattern]);
}

int vsc7448_prbs_start(struct vsc7448 *chip, uint32_t port, enum vsc7448_pattern pattern,
		       uint32_t fixed, struct error *err)
{
	struct lanes l;
	int rc = find_lanes(chip, port, err, &l);

	if (rc == 0)
		rc = check_group(&l, err);
	if (rc == 0)
		rc = check_pattern(&l, pattern, fixed, err);
	if (rc != 0)
		return rc;
	start_lanes(&l, pattern, fixed);
	rc = regio_end(chip->io, err);
	return rc == 0 ? 0 : error_prefix(err, "port %" PRIu32, port);
}

int vsc7448_prbs_stop(struct vsc7448 *chip, uint32_t port, struct error *err)
{
	struct lanes l;
	int rc = find_lanes(chip, port, err, &l);

	if (rc != 0)
		return rc;
	for (uint32_t rest = macros_1g(&l); rest != 0; rest &= rest - 1)
		set_1g(l.io, (uint32_t)__builtin_ctz(rest), 0, 0, 0);
	for (uint32_t rest = macros_6g(&l); rest != 0; rest &= rest - 1)
		set_6g(l.io, (uint32_t)__builtin_ctz(rest), 0, 0, 0);
	if (is_10g(&l)) {
		regio_fields(l.io, TX_CFG(port - 49), TX(DFT_TX_ENA, 0));
		regio_fields(l.io, RX_CFG(port - 49), RX(DFT_RX_ENA, 0));
	}
	rc = regio_end(chip->io, err);
	return rc == 0 ? 0 : error_prefix(err, "port %" PRIu32, port);
}

/* --- reading ----------------------------------------------------------------------------- */

/* What the status registers of one lane read. */
struct raw {
	uint32_t cfg, status, errors;
};

static void decode_bist(const struct raw *raw, uint32_t mode, struct vsc7448_prbs_lane *lane)
{
	/* The two kinds of macro have the same layout of these bits. */
	bool no_sync = reg_field_get(
		raw->status, VSC7448_HSIO_SERDES6G_DIG_STATUS_SERDES6G_DFT_STATUS__BIST_NOSYNC);
	bool wrong = reg_field_get(
		raw->status, VSC7448_HSIO_SERDES6G_DIG_STATUS_SERDES6G_DFT_STATUS__BIST_ERROR);

	lane->running =
		mode == VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0__TEST_MODE__BIST;
	lane->synchronized = lane->running && !no_sync;
	lane->failed = lane->running && (wrong || no_sync);
}

static void read_1g(struct regio *io, uint32_t macro, struct vsc7448_prbs_lane *lane)
{
	struct raw raw = { 0 };

	vsc7448__mcb_load(io, MCB_SERDES1G, UINT32_C(1) << macro);
	regio_fetch(io, DFT1G, &raw.cfg);
	regio_fetch(io, STATUS1G, &raw.status);
	if (regio_flush(io) != 0)
		return;
	decode_bist(
		&raw,
		(uint32_t)reg_field_get(
			raw.cfg, VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_DFT_CFG0__TEST_MODE),
		lane);
}

static void read_6g(struct regio *io, uint32_t macro, struct vsc7448_prbs_lane *lane)
{
	struct raw raw = { 0 };

	vsc7448__mcb_load(io, MCB_SERDES6G, UINT32_C(1) << macro);
	regio_fetch(io, DFT6G, &raw.cfg);
	regio_fetch(io, STATUS6G, &raw.status);
	regio_fetch(io, ERRORS6G, &raw.errors);
	if (regio_flush(io) != 0)
		return;
	decode_bist(
		&raw,
		(uint32_t)reg_field_get(
			raw.cfg, VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DFT_CFG0__TEST_MODE),
		lane);
	lane->counts = true;
	lane->errors = raw.errors & 0xffff;
	lane->saturated = lane->errors == 0xffff;
}

static void read_10g(struct regio *io, uint32_t n, struct vsc7448_prbs_lane *lane)
{
	struct raw raw = { 0 };

	regio_fields(io, RX_CFG(n), RX(ERR_CNT_CAPT_CFG, 1));
	regio_fetch(io, RX_CFG(n), &raw.cfg);
	regio_fetch(io, ERR_STAT(n), &raw.errors);
	regio_fetch(io, MAIN_STAT(n), &raw.status);
	regio_fields(io, RX_CFG(n), RX(ERR_CNT_CAPT_CFG, 0));
	if (regio_flush(io) != 0)
		return;
	lane->running =
		reg_field_get(raw.cfg, VSC7448_XGDIG_SD10G65_DFT_DFT_RX_CFG__DFT_RX_ENA) != 0;
	lane->synchronized =
		lane->running &&
		reg_field_get(raw.status, VSC7448_XGDIG_SD10G65_DFT_DFT_MAIN_STAT__NO_SYNC) ==
			0;
	lane->counts = true;
	lane->errors = raw.errors;
	lane->saturated = raw.errors == UINT32_MAX;
	lane->failed = lane->running && (!lane->synchronized || raw.errors != 0);
}

int vsc7448_prbs_read(struct vsc7448 *chip, uint32_t port, struct error *err,
		      struct vsc7448_prbs_status *status)
{
	struct vsc7448_prbs_status found = { 0 };
	struct lanes l;
	int rc = find_lanes(chip, port, err, &l);

	if (rc != 0)
		return rc;
	found.lane_bps = lane_bps(l.mode);
	for (uint64_t rest = l.macros; rest != 0 && found.n_lanes < VSC7448_PRBS_LANES;
	     rest &= rest - 1) {
		struct vsc7448_prbs_lane *lane = &found.lane[found.n_lanes++];
		unsigned bit = (unsigned)__builtin_ctzll(rest);

		lane->serdes = UINT64_C(1) << bit;
		if (bit >= VSC7448_BIT_SD10G65)
			read_10g(l.io, bit - VSC7448_BIT_SD10G65, lane);
		else if (bit >= VSC7448_BIT_SERDES6G)
			read_6g(l.io, bit - VSC7448_BIT_SERDES6G, lane);
		else
			read_1g(l.io, bit, lane);
	}
	rc = regio_end(chip->io, err);
	if (rc != 0)
		return error_prefix(err, "port %" PRIu32, port);
	*status = found;
	return 0;
}
