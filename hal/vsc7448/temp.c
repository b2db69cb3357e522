/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/temp.h"

#include "hal/vsc7448/vsc7448_priv.h"

#define CTRL VSC7448_DEVCPU_GCB_TEMP_SENSOR_TEMP_SENSOR_CTRL
#define STAT VSC7448_DEVCPU_GCB_TEMP_SENSOR_TEMP_SENSOR_STAT

#define VALID_US 100000u

struct vsc7448_temperature vsc7448_temperature_of(uint8_t raw)
{
	return (struct vsc7448_temperature){
		.raw = raw,
		.millidegrees = (1774000 - 8777 * (int32_t)raw) / 10,
		.driver_millidegrees = 197400 - 953 * (int32_t)raw,
	};
}

int vsc7448_temperature_read(struct vsc7448 *chip, struct error *err,
			     struct vsc7448_temperature *temperature)
{
	struct regio *io = chip->io;
	uint32_t stat = 0;
	int rc;

	regio_fields(io, CTRL, F(DEVCPU_GCB_TEMP_SENSOR_TEMP_SENSOR_CTRL, SAMPLE_ENA, 1));
	regio_wait(io,
		   &(struct regio_wait){
			   .addr = STAT,
			   .mask = (uint32_t)reg_field_mask(
				   VSC7448_DEVCPU_GCB_TEMP_SENSOR_TEMP_SENSOR_STAT__TEMP_VALID),
			   .want = UINT32_MAX,
			   .timeout_us = VALID_US,
		   });
	regio_read(io, STAT, &stat);
	rc = regio_end(io, err);
	if (rc == 0)
		*temperature = vsc7448_temperature_of((uint8_t)stat);
	return rc;
}
