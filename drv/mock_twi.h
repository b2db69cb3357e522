/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memories on the two-wire buses of mock devices, and SFP modules made of them.  They belong to the
 * world: a place is a controller and the pin that brings the clock.
 */
#ifndef DRV_MOCK_TWI_H
#define DRV_MOCK_TWI_H

#include "drv/world.h"

#define MOCK_TWI_PLAIN_SCL UINT32_C(0xffff)

struct mock_twi_place {
	uint32_t controller;
	uint32_t scl; /* GPIO, or MOCK_TWI_PLAIN_SCL */
};

struct mock_twi_memory {
	uint8_t bytes[256];
	uint8_t pointer; /* of the next access; a write sets it, each byte moves it on */
};

/* Puts a memory at a place, @bytes copied, in place of what was there.  E_NOMEM. */
int mock_twi_plug(struct world *world, const char *device, const struct mock_twi_place *place,
		  uint32_t address, const uint8_t bytes[256], struct error *err);

/* The memory there, the caller's to change; NULL: none. */
struct mock_twi_memory *mock_twi_at(const struct world *world, const char *device,
				    const struct mock_twi_place *place, uint32_t address);

/* Modules that exist, ended by NULL; invented, but laid out as SFF-8472 says. */
extern const char *const mock_sfp_names[];

/* Inserts the @module-th of them: A0h at address 0x50, A2h at 0x51 where it has one.  E_NOMEM. */
int mock_sfp_plug(struct world *world, const char *device, const struct mock_twi_place *place,
		  unsigned module, struct error *err);

#endif
