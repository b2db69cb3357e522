/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The MDIO controllers: a frame takes 64 clocks of 250 MHz / (2 * (1 + prescale)), and reaches the
 * PHYs that the world has there.  Controllers 1 and 2 need their pins: GPIO 56-57 and 58-59 in
 * alternate 1.
 */
#include <stdlib.h>

#include "drv/mock_phy.h"
#include "drv/mock_vsc7448/gpio.h"
#include "drv/mock_vsc7448/model.h"

#define MIIM(reg, i)  VSC7448_DEVCPU_GCB_MIIM_##reg(i)
#define N_MIIM        3u
#define SYS_CLOCK_MHZ 250u
#define FRAME_BITS    64u

enum { OPR_C45_ADDRESS, OPR_WRITE, OPR_READ, OPR_C45_READ };

struct mv_miim {
	struct {
		uint64_t done_us;
		bool reads;
		uint32_t data;        /* MII_DATA once done */
		uint16_t address[32]; /* of clause 45, by PHY; the bus holds one for each MMD */
	} bus[N_MIIM];
};

static uint32_t index_of(uint64_t addr)
{
	return (uint32_t)((addr - MIIM(MII_STATUS, 0)) /
			  (MIIM(MII_STATUS, 1) - MIIM(MII_STATUS, 0)));
}

static bool is_busy(const struct mock_vsc7448 *m, uint32_t i)
{
	return clock_now_us(m->clock) < m->miim->bus[i].done_us;
}

static int read_status(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint32_t i = index_of(addr);

	*value = is_busy(m, i) ? 0x8u | (m->miim->bus[i].reads ? 0x2u : 0x1u) : 0;
	return 0;
}

static int read_data(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint32_t i = index_of(addr);

	if (!is_busy(m, i))
		*value = m->miim->bus[i].data;
	return 0;
}

static struct mock_phy *phy_of(struct mock_vsc7448 *m, uint32_t i, uint32_t address)
{
	uint32_t pin = 54 + 2 * i;

	if (i > 0 && (mv_gpio_alternate(m, pin) != 1 || mv_gpio_alternate(m, pin + 1) != 1))
		return NULL;
	return mock_phy_at(m->world, mock_name(m->mock), i, address);
}

static uint32_t frame_us(const struct mock_vsc7448 *m, uint32_t i)
{
	uint32_t prescale = mv_field(m, MIIM(MII_CFG, i),
				     VSC7448_DEVCPU_GCB_MIIM_MII_CFG__MIIM_CFG_PRESCALE);

	return FRAME_BITS * 2 * (1 + (prescale == 0 ? 1 : prescale)) / SYS_CLOCK_MHZ;
}

/* Clause 22 has one register per frame; in clause 45 the address came in a frame before. */
static void run_frame(struct mock_vsc7448 *m, uint32_t i, uint32_t cmd)
{
	uint32_t address = cmd >> 25 & 31, regad = cmd >> 20 & 31, opr = cmd >> 1 & 3;
	uint16_t data = (uint16_t)(cmd >> 4), answer = 0xffff;
	bool c22 = mv_field(m, MIIM(MII_CFG, i),
			    VSC7448_DEVCPU_GCB_MIIM_MII_CFG__MIIM_ST_CFG_FIELD) == 1;
	struct mock_phy *phy = phy_of(m, i, address);
	uint32_t mmd = c22 ? MOCK_PHY_CLAUSE_22 : regad;
	uint32_t reg = c22 ? regad : m->miim->bus[i].address[address];
	bool answered = false;

	m->miim->bus[i].reads = opr >= OPR_READ;
	if (!c22 && opr == OPR_C45_ADDRESS)
		m->miim->bus[i].address[address] = data;
	else if (opr == OPR_WRITE && phy != NULL)
		mock_phy_write(phy, mmd, reg, data);
	else if (opr >= OPR_READ && phy != NULL)
		answered = mock_phy_read(phy, mmd, reg, &answer);
	if (!c22 && opr == OPR_READ)
		m->miim->bus[i].address[address]++;
	if (opr >= OPR_READ)
		m->miim->bus[i].data = answered ? answer : 0x30000u | answer;
}

static int write_cmd(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint32_t i = index_of(addr);

	if (value >> 31 == 0)
		return 0;
	run_frame(m, i, value);
	m->miim->bus[i].done_us = clock_now_us(m->clock) + frame_us(m, i);
	return 0;
}

static void reset(struct mock_vsc7448 *m)
{
	*m->miim = (struct mv_miim){ 0 };
}

static int init(struct mock_vsc7448 *m)
{
	m->miim = calloc(1, sizeof(*m->miim));
	return m->miim == NULL ? E_NOMEM : 0;
}

static void fini(struct mock_vsc7448 *m)
{
	free(m->miim);
}

#define CONTROLLER(i)                                                                          \
	{ MIIM(MII_STATUS, i), MIIM(MII_STATUS, i), read_status, NULL },                       \
		{ MIIM(MII_CMD, i), MIIM(MII_CMD, i), NULL, write_cmd },                       \
	{                                                                                      \
		MIIM(MII_DATA, i), MIIM(MII_DATA, i), read_data, NULL                          \
	}

static const struct mv_range ranges[] = { CONTROLLER(0), CONTROLLER(1), CONTROLLER(2) };

const struct mv_part mv_part_miim = {
	.name = "miim",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = init,
	.fini = fini,
	.reset = reset,
};
