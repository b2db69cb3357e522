/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A mock VSC7448 behind the pins of its serial interface: for mock:,si. */
#ifndef DRV_BUS_MOCK_SI_H
#define DRV_BUS_MOCK_SI_H

#include "drv/si.h"

struct mock;

struct bus_mock_si {
	struct bus *inner; /* of the device; the new bus owns it, also after a failure */
	struct mock *mock;
	uint32_t clock_hz; /* each byte takes eight of these clocks of virtual time */
	unsigned padding;
};

/* As si_bus_open().  E_NOTSUP: the device has no behaviour model of the VSC7448. */
int bus__mock_si(const struct bus_mock_si *si, struct error *err, struct bus **out);

#endif
