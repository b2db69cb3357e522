/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/link_mode.h"

#include <assert.h>
#include <stdio.h>

#define MODE(name) (1u << LINK_MODE_##name)

#define MACRO_1G(n)  (UINT64_C(1) << (n))
#define MACRO_6G(n)  (UINT64_C(1) << (VSC7448_BIT_SERDES6G + (n)))
#define MACRO_10G(n) (UINT64_C(1) << (VSC7448_BIT_SD10G65 + (n)))

#define MODES_1G  (MODE(100BASE_FX) | MODE(SGMII) | MODE(1000BASE_X))
#define MODES_10G (MODE(XAUI) | MODE(RXAUI) | MODE(10GBASE_R) | MODE(10GBASE_KR))

const char *const link_mode_names[LINK_MODE_COUNT + 1] = {
	[LINK_MODE_100BASE_FX] = "100base-fx", [LINK_MODE_SGMII] = "sgmii",
	[LINK_MODE_QSGMII] = "qsgmii",         [LINK_MODE_1000BASE_X] = "1000base-x",
	[LINK_MODE_2500BASE_X] = "2500base-x", [LINK_MODE_XAUI] = "xaui",
	[LINK_MODE_RXAUI] = "rxaui",           [LINK_MODE_10GBASE_R] = "10gbase-r",
	[LINK_MODE_10GBASE_KR] = "10gbase-kr",
};

uint32_t link_mode_mbps(enum link_mode mode)
{
	static const uint32_t mbps[LINK_MODE_COUNT] = {
		[LINK_MODE_100BASE_FX] = 100,   [LINK_MODE_SGMII] = 1000,
		[LINK_MODE_QSGMII] = 1000,      [LINK_MODE_1000BASE_X] = 1000,
		[LINK_MODE_2500BASE_X] = 2500,  [LINK_MODE_XAUI] = 10000,
		[LINK_MODE_RXAUI] = 10000,      [LINK_MODE_10GBASE_R] = 10000,
		[LINK_MODE_10GBASE_KR] = 10000,
	};

	assert(mode < LINK_MODE_COUNT);
	return mbps[mode];
}

/*
 * Chip ports in a row that are alike: port p has 1G macro p + serdes_1g or 6G macro
 * p + serdes_6g of its own.
 */
struct port_range {
	uint32_t first, last;
	uint32_t modes;
	int serdes_1g, serdes_6g; /* NONE: no macro of that kind */
	bool has_10g;
	unsigned xaui; /* first of the four 6G macros of XAUI */
};

#define NONE 100

static const struct port_range ranges[] = {
	{ 0, 7, MODES_1G | MODE(QSGMII), 1, NONE, false, 0 },
	{ 8, 31, MODES_1G | MODE(2500BASE_X) | MODE(QSGMII), NONE, -8, false, 0 },
	{ 32, 47, MODE(QSGMII), NONE, NONE, false, 0 },
	{ 48, 48, MODES_1G, -48, NONE, false, 0 },
	{ 49, 49, MODES_1G | MODE(2500BASE_X) | MODES_10G, NONE, NONE, true, 16 },
	{ 50, 50, MODES_1G | MODE(2500BASE_X) | MODES_10G, NONE, NONE, true, 20 },
	{ 51, 51, MODES_1G | MODE(2500BASE_X) | MODES_10G, NONE, NONE, true, 8 },
	{ 52, 52, MODES_1G | MODE(2500BASE_X) | MODES_10G, NONE, NONE, true, 12 },
};

static const struct port_range *range_of(uint32_t port)
{
	size_t i = 0;

	assert(port < VSC7448_N_PORTS);
	while (port > ranges[i].last)
		i++;
	return &ranges[i];
}

bool vsc7448_port_carries(uint32_t port, enum link_mode mode)
{
	return (range_of(port)->modes >> mode & 1) != 0;
}

uint64_t vsc7448_port_serdes(uint32_t port, enum link_mode mode)
{
	const struct port_range *range = range_of(port);

	if (mode == LINK_MODE_QSGMII)
		return MACRO_6G(4 + port / 4);
	if (mode == LINK_MODE_XAUI)
		return UINT64_C(0xf) << (VSC7448_BIT_SERDES6G + range->xaui);
	if (mode == LINK_MODE_RXAUI)
		return MACRO_6G(range->xaui) | MACRO_6G(range->xaui + 2);
	if (range->has_10g)
		return MACRO_10G(port - 49);
	if (range->serdes_1g != NONE)
		return MACRO_1G((int)port + range->serdes_1g);
	return MACRO_6G((int)port + range->serdes_6g);
}

const char *vsc7448_serdes_name(uint64_t macros, char *buf, size_t size)
{
	unsigned bit = 0;

	while (bit < 63 && (macros >> bit & 1) == 0)
		bit++;
	if (bit >= VSC7448_BIT_SD10G65)
		snprintf(buf, size, "SERDES10G_%u", bit - VSC7448_BIT_SD10G65);
	else if (bit >= VSC7448_BIT_SERDES6G)
		snprintf(buf, size, "SERDES6G_%u", bit - VSC7448_BIT_SERDES6G);
	else
		snprintf(buf, size, "SERDES1G_%u", bit);
	return buf;
}
