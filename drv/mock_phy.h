/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Copper PHYs on the MDIO buses of mock devices: control, status, identifier, auto-negotiation in
 * clause 22, and the same of MMDs 1, 3 and 7 in clause 45 (IEEE 802.3 clauses 22 and 45).  Each serves
 * a port, and has link when something is plugged into it; the link bit is not latched.
 */
#ifndef DRV_MOCK_PHY_H
#define DRV_MOCK_PHY_H

#include "drv/world.h"

struct mock_phy;

/* An identifier for PHYs of which no more is known: that of the vendor's VSC8574, revision 1. */
#define MOCK_PHY_ID 0x000704a1u

struct mock_phy_spec {
	uint32_t controller, address; /* of its MDIO bus */
	uint32_t id;                  /* registers 2 and 3 */
	uint32_t port;                /* of the device: what is plugged in gives link */
};

/* Puts a PHY on a bus, in place of what was there.  E_NOMEM. */
int mock_phy_plug(struct world *world, const char *device, const struct mock_phy_spec *spec,
		  struct error *err);

/* The PHY at an address, or NULL. */
struct mock_phy *mock_phy_at(const struct world *world, const char *device, uint32_t controller,
			     uint32_t address);

/* Registers as the bus sees them; false: nothing answers (no such MMD). */
#define MOCK_PHY_CLAUSE_22 UINT32_MAX
bool mock_phy_read(struct mock_phy *phy, uint32_t mmd, uint32_t reg, uint16_t *value);
void mock_phy_write(struct mock_phy *phy, uint32_t mmd, uint32_t reg, uint16_t value);

#endif
