/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The chip as a whole: its soft reset. */
#include "drv/mock_vsc7448/model.h"

#define SOFT_RST VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST

static int write_soft_rst(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)addr;
	if (reg_field_get(value, VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST__SOFT_SWC_RST) != 0 ||
	    reg_field_get(value, VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST__SOFT_CHIP_RST) != 0)
		mv_reset(m);
	return 0;
}

static const struct mv_range ranges[] = {
	{ SOFT_RST, SOFT_RST, NULL, write_soft_rst },
};

const struct mv_part mv_part_chip = {
	.name = "chip",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
};
