/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Link modes: the line code and PCS of a switch port, and what each port of the VSC7448 can
 * carry, after its port table.
 */
#ifndef HAL_LINK_MODE_H
#define HAL_LINK_MODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum link_mode {
	LINK_MODE_100BASE_FX,
	LINK_MODE_SGMII,
	LINK_MODE_QSGMII,
	LINK_MODE_1000BASE_X,
	LINK_MODE_2500BASE_X,
	LINK_MODE_XAUI,
	LINK_MODE_RXAUI,
	LINK_MODE_10GBASE_R,
	LINK_MODE_10GBASE_KR,
	LINK_MODE_COUNT
};

/* Names as board files write them, "1000base-x", in the order of the enum, NULL at the end. */
extern const char *const link_mode_names[LINK_MODE_COUNT + 1];

uint32_t link_mode_mbps(enum link_mode mode); /* payload rate */

#define VSC7448_N_PORTS 53u

/* All rates of a VSC7448 together, at most: what its calendar holds. */
#define VSC7448_MAX_MBPS 83750u

/* Can chip port @port (below VSC7448_N_PORTS) carry @mode? */
bool vsc7448_port_carries(uint32_t port, enum link_mode mode);

/* Where each kind starts among the bits that are SerDes macros; SERDES1G at 0. */
#define VSC7448_BIT_SERDES6G 16u
#define VSC7448_BIT_SD10G65  48u

/*
 * The SerDes macros that @port needs for a mode that it carries, as bits: 1G macro n is bit n, 6G
 * macro n bit 16 + n, 10G macro n bit 48 + n.  Four QSGMII ports share one macro.
 */
uint64_t vsc7448_port_serdes(uint32_t port, enum link_mode mode);

/* "SERDES6G_20" of the lowest bit set in @macros; returns @buf. */
const char *vsc7448_serdes_name(uint64_t macros, char *buf, size_t size);

#endif
