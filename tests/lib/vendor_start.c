/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/vendor_start.h"

#include "hal/vsc7448/calendar.h"
#include "hal/vsc7448/chip.h"
#include "hal/vsc7448/masks.h"

int vendor_start_init(struct vsc7448 *chip, const void *arg, struct error *err)
{
	struct vsc7448_port_map map;

	(void)arg;
	vsc7448_port_map_base(&map);
	return vsc7448_init(chip, &map, 0, err);
}

int vendor_start_forwarding(struct vsc7448 *chip, const void *arg, struct error *err)
{
	int rc = vendor_start_init(chip, arg, err);

	return rc != 0 ? rc : vsc7448_forward_set(chip, VSC7448_FRONT_PORTS, true, err);
}
