/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/miim.h"

#include <inttypes.h>
#include <stdio.h>

#include "hal/vsc7448/gpio_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define MIIM(reg, i) VSC7448_DEVCPU_GCB_MIIM_##reg(i)
#define PRESCALE     50u /* 250 MHz / (2 * 51) = 2.45 MHz: the vendor's value */
#define DATA_ERROR   VSC7448_DEVCPU_GCB_MIIM_MII_DATA__MIIM_DATA_SUCCESS

/* MIIM_CMD_OPR_FIELD. */
enum opr { OPR_C45_ADDRESS, OPR_WRITE, OPR_C22_READ, OPR_C45_READ };

/* The pins of controllers 1 and 2. */
#define FIRST_PIN(controller) (56u + 2 * ((controller)-1))

static int check(const struct vsc7448_miim *phy, uint32_t reg, struct error *err)
{
	bool c22 = phy->mmd == VSC7448_MIIM_CLAUSE_22;

	if (phy->controller >= VSC7448_N_MIIMS)
		return error_set(err, E_RANGE, "MDIO controller %" PRIu32 ": want 0 to %u",
				 phy->controller, VSC7448_N_MIIMS - 1);
	if (phy->address >= VSC7448_MIIM_N_ADDRESS)
		return error_set(err, E_RANGE, "PHY address %" PRIu32 ": want 0 to 31",
				 phy->address);
	if (!c22 && phy->mmd > 31)
		return error_set(err, E_RANGE, "MMD %" PRIu32 ": want 0 to 31", phy->mmd);
	if (reg > (c22 ? 31 : 65535))
		return error_set(err, E_RANGE, "PHY register %" PRIu32 ": want 0 to %u in %s",
				 reg, c22 ? 31 : 65535, c22 ? "clause 22" : "clause 45");
	return 0;
}

static void wait_clear(struct regio *io, uint32_t controller, struct reg_field field)
{
	regio_wait(io, &(struct regio_wait){ .addr = MIIM(MII_STATUS, controller),
					     .mask = (uint32_t)reg_field_mask(field),
					     .timeout_us = VSC7448_MIIM_TIMEOUT_US,
					     .every_us = 20 });
}

/* One frame on the bus, from the time that a command may be given until it is over. */
static void command(struct regio *io, const struct vsc7448_miim *phy, enum opr opr,
		    uint32_t regad, uint32_t data)
{
	bool c22 = phy->mmd == VSC7448_MIIM_CLAUSE_22;
	bool is_read = opr == OPR_C22_READ || opr == OPR_C45_READ;
	uint32_t cmd =
		(uint32_t)(reg_field_mask(VSC7448_DEVCPU_GCB_MIIM_MII_CMD__MIIM_CMD_VLD) |
			   phy->address << 25 | regad << 20 | data << 4 | (uint32_t)opr << 1);

	regio_put(io, MIIM(MII_CFG, phy->controller), (c22 ? 1u << 9 : 0) | PRESCALE);
	wait_clear(io, phy->controller, VSC7448_DEVCPU_GCB_MIIM_MII_STATUS__MIIM_STAT_OPR_PEND);
	regio_write(io, MIIM(MII_CMD, phy->controller), cmd);
	wait_clear(io, phy->controller,
		   is_read ? VSC7448_DEVCPU_GCB_MIIM_MII_STATUS__MIIM_STAT_PENDING_RD
			   : VSC7448_DEVCPU_GCB_MIIM_MII_STATUS__MIIM_STAT_PENDING_WR);
}

static void begin(struct regio *io, const struct vsc7448_miim *phy, uint32_t reg, enum opr opr,
		  uint32_t data)
{
	if (phy->mmd == VSC7448_MIIM_CLAUSE_22) {
		command(io, phy, opr, reg, data);
		return;
	}
	command(io, phy, OPR_C45_ADDRESS, phy->mmd, reg);
	command(io, phy, opr, phy->mmd, data);
}

/* Why there was no answer. */
static int no_answer(struct regio *io, const struct vsc7448_miim *phy)
{
	uint32_t pin = phy->controller == 0 ? 0 : FIRST_PIN(phy->controller);
	uint8_t modes[VSC7448_N_GPIOS];
	char where[16] = "", pins[96] = "";

	if (phy->mmd != VSC7448_MIIM_CLAUSE_22)
		snprintf(where, sizeof(where), ".%" PRIu32, phy->mmd);
	if (pin != 0 && vsc7448__gpio_alternates(io, modes) == 0 &&
	    (modes[pin] != 1 || modes[pin + 1] != 1))
		snprintf(pins, sizeof(pins),
			 "; GPIO %" PRIu32 " and %" PRIu32
			 " are not its pins (gpio mode PIN alt1)",
			 pin, pin + 1);
	return regio_fail(io, E_IO,
			  "no PHY answers at %" PRIu32 ":%" PRIu32 "%s (MIIM[%" PRIu32
			  "]:MII_DATA.MIIM_DATA_SUCCESS is 0x3)%s",
			  phy->controller, phy->address, where, phy->controller, pins);
}

int vsc7448_miim_read(struct vsc7448 *chip, const struct vsc7448_miim *phy, uint32_t reg,
		      uint16_t *value, struct error *err)
{
	enum opr opr = phy->mmd == VSC7448_MIIM_CLAUSE_22 ? OPR_C22_READ : OPR_C45_READ;
	int rc = check(phy, reg, err);
	uint32_t data = 0;

	if (rc != 0)
		return rc;
	begin(chip->io, phy, reg, opr, 0);
	if (regio_read(chip->io, MIIM(MII_DATA, phy->controller), &data) == 0 &&
	    reg_field_get(data, DATA_ERROR) != 0)
		no_answer(chip->io, phy);
	rc = regio_end(chip->io, err);
	if (rc == 0)
		*value = (uint16_t)data;
	return rc;
}

int vsc7448_miim_write(struct vsc7448 *chip, const struct vsc7448_miim *phy, uint32_t reg,
		       uint16_t value, struct error *err)
{
	int rc = check(phy, reg, err);

	if (rc != 0)
		return rc;
	begin(chip->io, phy, reg, OPR_WRITE, value);
	return regio_end(chip->io, err);
}
