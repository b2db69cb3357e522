/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/serdes.h"

#include <inttypes.h>

#include "hal/vsc7448/mcb.h"
#include "hal/vsc7448/port_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define GET(value, reg, name) ((uint32_t)reg_field_get(value, VSC7448_##reg##__##name))

static int read_1g(struct regio *io, uint32_t macro, struct vsc7448_serdes_lane *lane)
{
	static const uint64_t addrs[] = {
		VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG,
		VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_OB_CFG,
		VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_MISC_CFG,
		VSC7448_HSIO_SERDES1G_ANA_STATUS_SERDES1G_PLL_STATUS,
	};
	uint32_t v[4];

	vsc7448__mcb_load(io, MCB_SERDES1G, UINT32_C(1) << macro);
	if (regio_read_many(io, addrs, 4, v) != 0)
		return E_IO;
	lane->on = GET(v[0], HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG, ENA_LANE) != 0 &&
		   GET(v[0], HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG, SYS_RST) != 0 &&
		   GET(v[2], HSIO_SERDES1G_DIG_CFG_SERDES1G_MISC_CFG, LANE_RST) == 0;
	lane->level = GET(v[1], HSIO_SERDES1G_ANA_CFG_SERDES1G_OB_CFG, OB_AMP_CTRL);
	lane->pll_good =
		GET(v[3], HSIO_SERDES1G_ANA_STATUS_SERDES1G_PLL_STATUS, PLL_CAL_NOT_DONE) ==
			0 &&
		GET(v[3], HSIO_SERDES1G_ANA_STATUS_SERDES1G_PLL_STATUS, PLL_CAL_ERR) == 0 &&
		GET(v[3], HSIO_SERDES1G_ANA_STATUS_SERDES1G_PLL_STATUS, PLL_OUT_OF_RANGE_ERR) ==
			0;
	return 0;
}

static int read_6g(struct regio *io, uint32_t macro, struct vsc7448_serdes_lane *lane)
{
	static const uint64_t addrs[] = {
		VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG,
		VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_OB_CFG1,
		VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_MISC_CFG,
		VSC7448_HSIO_SERDES6G_ANA_STATUS_SERDES6G_PLL_STATUS,
		VSC7448_HSIO_SERDES6G_ANA_STATUS_SERDES6G_IB_STATUS0,
		VSC7448_HSIO_SERDES6G_ANA_STATUS_SERDES6G_IB_STATUS1,
	};
	uint32_t v[6];

	vsc7448__mcb_load(io, MCB_SERDES6G, UINT32_C(1) << macro);
	if (regio_read_many(io, addrs, 6, v) != 0)
		return E_IO;
	lane->on = GET(v[0], HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG, ENA_LANE) != 0 &&
		   GET(v[0], HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG, SYS_RST) != 0 &&
		   GET(v[2], HSIO_SERDES6G_DIG_CFG_SERDES6G_MISC_CFG, LANE_RST) == 0;
	lane->level = GET(v[1], HSIO_SERDES6G_ANA_CFG_SERDES6G_OB_CFG1, OB_LEV);
	lane->pll_good =
		GET(v[3], HSIO_SERDES6G_ANA_STATUS_SERDES6G_PLL_STATUS, PLL_CAL_NOT_DONE) ==
			0 &&
		GET(v[3], HSIO_SERDES6G_ANA_STATUS_SERDES6G_PLL_STATUS, PLL_CAL_ERR) == 0 &&
		GET(v[3], HSIO_SERDES6G_ANA_STATUS_SERDES6G_PLL_STATUS, PLL_OUT_OF_RANGE_ERR) ==
			0;
	lane->calibrated =
		GET(v[4], HSIO_SERDES6G_ANA_STATUS_SERDES6G_IB_STATUS0, IB_CAL_DONE) != 0;
	lane->gains[0] = (uint8_t)GET(v[5], HSIO_SERDES6G_ANA_STATUS_SERDES6G_IB_STATUS1,
				      IB_HP_GAIN_STAT);
	lane->gains[1] = (uint8_t)GET(v[5], HSIO_SERDES6G_ANA_STATUS_SERDES6G_IB_STATUS1,
				      IB_MID_GAIN_STAT);
	lane->gains[2] = (uint8_t)GET(v[5], HSIO_SERDES6G_ANA_STATUS_SERDES6G_IB_STATUS1,
				      IB_LP_GAIN_STAT);
	return 0;
}

static int read_10g(struct regio *io, uint32_t i, struct vsc7448_serdes_lane *lane)
{
	const uint64_t addrs[] = {
		VSC7448_XGANA_SD10G65_OB_SD10G65_OB_CFG0(i),
		VSC7448_XGANA_SD10G65_OB_SD10G65_OB_CFG2(i),
		VSC7448_XGANA_SD10G65_TX_RCPLL_SD10G65_TX_RCPLL_STAT0(i),
		VSC7448_XGANA_SD10G65_RX_RCPLL_SD10G65_RX_RCPLL_STAT0(i),
	};
	uint32_t v[4];

	if (regio_read_many(io, addrs, 4, v) != 0)
		return E_IO;
	/* Muted by its filter: vsc7448__sd10g65_mute(). */
	lane->on = GET(v[0], XGANA_SD10G65_OB_SD10G65_OB_CFG0, EN_OB) != 0 &&
		   GET(v[1], XGANA_SD10G65_OB_SD10G65_OB_CFG2, D_FILTER) != 0;
	lane->level = GET(v[0], XGANA_SD10G65_OB_SD10G65_OB_CFG0, LEVN);
	lane->pll_good =
		GET(v[2], XGANA_SD10G65_TX_RCPLL_SD10G65_TX_RCPLL_STAT0, PLLF_LOCK_STAT) != 0;
	lane->rx_pll_good =
		GET(v[3], XGANA_SD10G65_RX_RCPLL_SD10G65_RX_RCPLL_STAT0, PLLF_LOCK_STAT) != 0;
	return 0;
}

static int read_lane(struct regio *io, uint32_t bit, struct vsc7448_serdes_lane *lane)
{
	if (bit >= VSC7448_BIT_SD10G65)
		return read_10g(io, bit - VSC7448_BIT_SD10G65, lane);
	if (bit >= VSC7448_BIT_SERDES6G)
		return read_6g(io, bit - VSC7448_BIT_SERDES6G, lane);
	return read_1g(io, bit, lane);
}

int vsc7448__port_macros(struct vsc7448 *chip, uint32_t port, struct error *err,
			 struct vsc7448__port_macros *found)
{
	struct vsc7448_port_conf conf;
	bool set_up;
	int rc;

	if (port >= VSC7448_N_PORTS)
		return error_set(err, E_RANGE, "port %" PRIu32 ": ports go from 0 to %u", port,
				 VSC7448_N_PORTS - 1);
	rc = vsc7448_port_conf_get(chip, port, err, &set_up, &conf);
	if (rc != 0)
		return rc;
	if (!set_up)
		return error_set(err, E_STATE,
				 "port %" PRIu32 " is not set up: `link set` gives it a mode",
				 port);
	found->mode = conf.mode;
	found->macros = vsc7448_port_serdes(port, conf.mode);
	return 0;
}

int vsc7448_serdes_read(struct vsc7448 *chip, uint32_t port, struct error *err,
			struct vsc7448_serdes *serdes)
{
	struct vsc7448_serdes got = { 0 };
	struct vsc7448__port_macros of;
	int rc = vsc7448__port_macros(chip, port, err, &of);

	if (rc != 0)
		return rc;
	got.mode = of.mode;
	for (uint32_t bit = 0; bit < 64 && got.n_lanes < VSC7448_SERDES_LANES; bit++) {
		if ((of.macros >> bit & 1) == 0)
			continue;
		got.lane[got.n_lanes].serdes = UINT64_C(1) << bit;
		if (read_lane(chip->io, bit, &got.lane[got.n_lanes++]) != 0)
			break;
	}
	rc = regio_end(chip->io, err);
	if (rc == 0)
		*serdes = got;
	return rc;
}
