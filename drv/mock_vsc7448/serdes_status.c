/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the input buffer of a 6G macro says in the window: once it is on and calibrated, that it is,
 * and as gains the ones that it was told to start from (a model's simplification: there is no
 * channel to adapt to).
 */
#include "drv/mock_vsc7448/serdes.h"

#define STATUS0 VSC7448_HSIO_SERDES6G_ANA_STATUS_SERDES6G_IB_STATUS0
#define STATUS1 VSC7448_HSIO_SERDES6G_ANA_STATUS_SERDES6G_IB_STATUS1

static uint32_t conf(struct mock_vsc7448 *m, uint32_t macro, uint64_t addr, struct reg_field f)
{
	return (uint32_t)reg_field_get(mv_macro_get(m, MV_SERDES6G, macro, addr), f);
}

#define CONF(reg, name)                                                                        \
	conf(m, macro, VSC7448_HSIO_SERDES6G_##reg, VSC7448_HSIO_SERDES6G_##reg##__##name)

static bool is_calibrated(struct mock_vsc7448 *m, uint32_t macro)
{
	return CONF(ANA_CFG_SERDES6G_COMMON_CFG, ENA_LANE) != 0 &&
	       CONF(DIG_CFG_SERDES6G_MISC_CFG, LANE_RST) == 0 &&
	       CONF(ANA_CFG_SERDES6G_IB_CFG, IB_CAL_ENA) != 0;
}

static int read_status(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint32_t macro = mv_macro_shown(m, MV_SERDES6G);

	*value = 0;
	if (macro == UINT32_MAX || !is_calibrated(m, macro))
		return 0;
	if (addr == STATUS0)
		*value = (uint32_t)reg_field_mask(
			VSC7448_HSIO_SERDES6G_ANA_STATUS_SERDES6G_IB_STATUS0__IB_CAL_DONE);
	else
		*value = CONF(ANA_CFG_SERDES6G_IB_CFG3, IB_INI_HP) << 18 |
			 CONF(ANA_CFG_SERDES6G_IB_CFG3, IB_INI_MID) << 12 |
			 CONF(ANA_CFG_SERDES6G_IB_CFG3, IB_INI_LP) << 6;
	return 0;
}

static const struct mv_range ranges[] = {
	{ STATUS0, STATUS1, read_status, NULL },
};

const struct mv_part mv_part_serdes_status = {
	.name = "serdes status",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
};
