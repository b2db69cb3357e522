/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_phy.h"

#include <stdlib.h>
#include <string.h>

/* Of clause 22; their like of clause 45 is mapped to them. */
enum {
	CONTROL,
	STATUS,
	ID_1,
	ID_2,
	ADVERTISED,
	PARTNER,
	GIG_CONTROL = 9,
	GIG_STATUS,
	EXT = 15
};

#define CONTROL_RESET_VALUE 0x1140u /* auto-negotiation, full duplex, 1000 Mb/s */
#define CONTROL_SHOTS       0x8200u /* reset, restart auto-negotiation */
#define CONTROL_DOWN        0x0800u
#define STATUS_ABILITIES    0x7949u
#define STATUS_LINK         0x0004u
#define STATUS_AN_DONE      0x0020u
#define ADVERTISED_RESET    0x0de1u
#define PARTNER_VALUE       0xc1e1u
#define GIG_CONTROL_RESET   0x0300u
#define GIG_STATUS_VALUE    0x7c00u

struct mock_phy {
	const struct world *world;
	char device[32];
	struct mock_phy_spec spec;
	uint16_t regs[32];
};

static const char kind[] = "phy";

static void reset(struct mock_phy *phy)
{
	memset(phy->regs, 0, sizeof(phy->regs));
	phy->regs[CONTROL] = CONTROL_RESET_VALUE;
	phy->regs[ID_1] = (uint16_t)(phy->spec.id >> 16);
	phy->regs[ID_2] = (uint16_t)phy->spec.id;
	phy->regs[ADVERTISED] = ADVERTISED_RESET;
	phy->regs[GIG_CONTROL] = GIG_CONTROL_RESET;
	phy->regs[EXT] = 0x3000;
}

static uint64_t place(uint32_t controller, uint32_t address)
{
	return (uint64_t)controller << 32 | address;
}

int mock_phy_plug(struct world *world, const char *device, const struct mock_phy_spec *spec,
		  struct error *err)
{
	struct mock_phy *phy = calloc(1, sizeof(*phy));
	int rc;

	if (phy == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	phy->world = world;
	strncpy(phy->device, device, sizeof(phy->device) - 1);
	phy->spec = *spec;
	reset(phy);
	rc = world_keep(world, device, kind, place(spec->controller, spec->address), phy, free,
			err);
	if (rc != 0)
		free(phy);
	return rc;
}

struct mock_phy *mock_phy_at(const struct world *world, const char *device, uint32_t controller,
			     uint32_t address)
{
	return world_kept(world, device, kind, place(controller, address));
}

static bool has_link(const struct mock_phy *phy)
{
	return (phy->regs[CONTROL] & CONTROL_DOWN) == 0 &&
	       world_end_of(phy->world, phy->device, phy->spec.port).kind != WORLD_END_NONE;
}

static uint16_t read_22(const struct mock_phy *phy, uint32_t reg)
{
	bool link = has_link(phy);

	switch (reg) {
	case STATUS:
		return (uint16_t)(STATUS_ABILITIES | (link ? STATUS_LINK | STATUS_AN_DONE : 0));
	case PARTNER:
		return link ? PARTNER_VALUE : 0;
	case GIG_STATUS:
		return link ? GIG_STATUS_VALUE : 0;
	default:
		return phy->regs[reg];
	}
}

static void write_22(struct mock_phy *phy, uint32_t reg, uint16_t value)
{
	if (reg == CONTROL && (value & 0x8000) != 0)
		reset(phy);
	else if (reg == CONTROL)
		phy->regs[CONTROL] = value & (uint16_t)~CONTROL_SHOTS;
	else if (reg == ADVERTISED || reg == GIG_CONTROL)
		phy->regs[reg] = value;
}

/* MMDs 1 (PMA), 3 (PCS) and 7 (auto-negotiation); devices in package: registers 5 and 6. */
static bool read_45(const struct mock_phy *phy, uint32_t mmd, uint32_t reg, uint16_t *value)
{
	if (mmd != 1 && mmd != 3 && mmd != 7)
		return false;
	*value = 0;
	if (reg == 1)
		*value = has_link(phy) ? STATUS_LINK : 0;
	else if (reg == 5)
		*value = 1u << 1 | 1u << 3 | 1u << 7;
	else if (reg == 2 || reg == 3 || (mmd == 7 && reg == 0))
		*value = phy->regs[reg];
	else if (mmd == 7 && (reg == 16 || reg == 19))
		*value = read_22(phy, reg == 16 ? ADVERTISED : PARTNER);
	return true;
}

bool mock_phy_read(struct mock_phy *phy, uint32_t mmd, uint32_t reg, uint16_t *value)
{
	if (mmd != MOCK_PHY_CLAUSE_22)
		return read_45(phy, mmd, reg, value);
	*value = read_22(phy, reg);
	return true;
}

void mock_phy_write(struct mock_phy *phy, uint32_t mmd, uint32_t reg, uint16_t value)
{
	if (mmd == MOCK_PHY_CLAUSE_22)
		write_22(phy, reg, value);
	else if (mmd == 7 && reg == 16)
		write_22(phy, ADVERTISED, value);
}
