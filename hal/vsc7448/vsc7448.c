/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/vsc7448.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "hal/device.h"
#include "hal/vsc7448/vcap_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"
#include "regmaps/regdb/regdb.h"

#define CHIP_ID VSC7448_DEVCPU_GCB_CHIP_REGS_CHIP_ID

/* Part numbers of the family that this driver knows. */
static bool is_known_part(uint16_t part)
{
	return part == 0x7448 || part == 0x7468 || part == 0x7449;
}

static void decode(uint32_t raw, struct vsc7448_identity *identity)
{
	identity->raw = raw;
	identity->part =
		(uint16_t)reg_field_get(raw, VSC7448_DEVCPU_GCB_CHIP_REGS_CHIP_ID__PART_ID);
	identity->revision =
		(uint8_t)reg_field_get(raw, VSC7448_DEVCPU_GCB_CHIP_REGS_CHIP_ID__REV_ID);
	identity->manufacturer =
		(uint16_t)reg_field_get(raw, VSC7448_DEVCPU_GCB_CHIP_REGS_CHIP_ID__MFG_ID);
}

static const char *remedy(uint32_t raw)
{
	if (raw == UINT32_MAX)
		return "nothing answers: check power, the PCIe link and memory decode";
	if (raw == 0)
		return "nothing answers: check power and the bus";
	if (raw == 0x88888888)
		return "the read came too fast: use more padding or a slower clock";
	return "not a VSC7448, VSC7468 or VSC7449: check the bus and the byte order";
}

int vsc7448__identify(struct vsc7448 *chip, struct error *err)
{
	struct vsc7448_identity identity;
	uint32_t raw;

	if (regio_read(chip->io, CHIP_ID, &raw) != 0)
		return regio_end(chip->io, err);
	decode(raw, &identity);
	if (!is_known_part(identity.part))
		return error_set(err, E_NODEV,
				 "DEVCPU_GCB:CHIP_REGS:CHIP_ID reads 0x%08" PRIx32 ": %s", raw,
				 remedy(raw));
	chip->identity = identity;
	return 0;
}

int vsc7448_open(struct device *dev, struct error *err, struct vsc7448 **out)
{
	struct vsc7448 *chip;
	int rc;

	if (strcmp(regdb_name(device_map(dev)), "vsc7448") != 0)
		return error_set(err, E_NOTSUP, "%s has the register map %s, not vsc7448",
				 device_name(dev), regdb_name(device_map(dev)));
	chip = calloc(1, sizeof(*chip));
	if (chip == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	chip->dev = dev;
	rc = regio_new(dev, err, &chip->io);
	if (rc == 0)
		rc = vsc7448__identify(chip, err);
	if (rc != 0) {
		vsc7448_close(chip);
		return rc;
	}
	*out = chip;
	return 0;
}

void vsc7448_close(struct vsc7448 *chip)
{
	if (chip == NULL)
		return;
	vsc7448__vcap_cache_free(chip->vcap);
	regio_free(chip->io);
	free(chip);
}

void vsc7448_identity(const struct vsc7448 *chip, struct vsc7448_identity *identity)
{
	*identity = chip->identity;
}

struct device *vsc7448_device(const struct vsc7448 *chip)
{
	return chip->dev;
}

void vsc7448_forget(struct vsc7448 *chip)
{
	regio_forget(chip->io);
}
