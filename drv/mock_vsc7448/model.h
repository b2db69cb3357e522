/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside the VSC7448 model: its parts, and how they see register accesses.
 *
 * A part names ranges of addresses; its functions run around the generic behaviour of the mock,
 * as those of struct mock_model do: @read may replace the value about to be returned, @write runs
 * after the generic write.  Parts keep their state in a struct of their own and look at each other
 * only through the functions that headers of this folder offer.
 */
#ifndef DRV_MOCK_VSC7448_MODEL_H
#define DRV_MOCK_VSC7448_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/clock.h"
#include "drv/error.h"
#include "drv/mock.h"
#include "drv/mock_vsc7448.h"
#include "drv/world.h"
#include "vsc7448_regs.h"

struct mv_range {
	uint64_t first, last; /* byte addresses, of whole words */
	int (*read)(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value); /* or NULL */
	int (*write)(struct mock_vsc7448 *m, uint64_t addr, uint32_t value); /* or NULL */
};

struct mv_part {
	const char *name;
	const struct mv_range *ranges; /* may overlap those of other parts: all are called */
	size_t n_ranges;
	/* Makes the part's state from the registers as they are now.  E_NOMEM.  May be NULL. */
	int (*init)(struct mock_vsc7448 *m);
	void (*fini)(struct mock_vsc7448 *m); /* also after a failed init; may be NULL */
	/* After a soft reset: registers are at their reset values again.  May be NULL. */
	void (*reset)(struct mock_vsc7448 *m);
};

struct mv_chip;
struct mv_link;
struct mv_sd10g65;
struct mv_serdes;
struct mv_vcap;

#define MV_BLOCKS 16384u /* of 1 KiB */

/* Each part's state is known to its own file only. */
struct mock_vsc7448 {
	struct mock *mock;
	struct world *world;
	struct clock *clock;
	struct mv_chip *chip;
	struct mv_mac *mac;
	struct mv_eye *eye;
	struct mv_prbs *prbs;
	struct mv_forward *forward;
	struct mv_counters *counters;
	struct mv_qs *qs;
	uint32_t busy[MV_BLOCKS / 32]; /* blocks that a range lies in, by a hash of the block */
	struct mv_link *link;
	struct mv_sd10g65 *sd10g65;
	struct mv_serdes *serdes;
	struct mv_gpio *gpio;
	struct mv_miim *miim;
	struct mv_si *si;
	struct mv_twi *twi;
	struct mv_vcore *vcore;
	struct mv_vcap *vcap;
};

/* All parts, in the order in which they see an access. */
extern const struct mv_part mv_part_chip;
extern const struct mv_part mv_part_eye;
extern const struct mv_part mv_part_prbs;
extern const struct mv_part mv_part_serdes;
extern const struct mv_part mv_part_serdes_status;
extern const struct mv_part mv_part_sd10g65;
extern const struct mv_part mv_part_link; /* after serdes */
extern const struct mv_part mv_part_gpio;
extern const struct mv_part mv_part_miim;
extern const struct mv_part mv_part_si;
extern const struct mv_part mv_part_twi;
extern const struct mv_part mv_part_vcore;
extern const struct mv_part mv_part_mac;
extern const struct mv_part mv_part_vcap;
extern const struct mv_part mv_part_forward;
extern const struct mv_part mv_part_counters;
extern const struct mv_part mv_part_qs;

/* The chip's soft reset: all registers and parts. */
void mv_reset(struct mock_vsc7448 *m);

/* Field access on the hardware side. */
static inline uint32_t mv_field(const struct mock_vsc7448 *m, uint64_t addr, struct reg_field f)
{
	return (uint32_t)reg_field_get(mock_hw_get(m->mock, addr), f);
}

static inline int mv_put_field(struct mock_vsc7448 *m, uint64_t addr, struct reg_field f,
			       uint32_t value)
{
	return mock_hw_put(m->mock, addr,
			   (uint32_t)reg_field_put(mock_hw_get(m->mock, addr), f, value));
}

#endif
