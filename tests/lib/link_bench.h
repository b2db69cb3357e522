/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two VSC7448 chips in one mock world, "switch" and "far", with cables between their ports; and
 * ports set up by the register values that the vendor's driver leaves (traces portN_MODE), past
 * the driver of this project.  Aborts the test when that fails.
 */
#ifndef TESTS_LIB_LINK_BENCH_H
#define TESTS_LIB_LINK_BENCH_H

#include <stdint.h>

#include "drv/clock.h"
#include "drv/mock.h"
#include "drv/mock_vsc7448/link.h"
#include "drv/world.h"
#include "hal/board.h"
#include "hal/vsc7448/vsc7448.h"

struct link_bench {
	struct board_options options;
	struct board *board;
	struct world *world;
	struct clock *clock;
	struct mock *mock[2];
	struct mock_vsc7448 *model[2];
	struct vsc7448 *chip[2];
};

void link_bench_open(struct link_bench *b);
void link_bench_close(struct link_bench *b);

/* A cable between port @port of both chips. */
void link_bench_cable(struct link_bench *b, uint32_t port);
void link_bench_plug(struct link_bench *b, unsigned chip, uint32_t port,
		     enum world_end_kind kind);

/* Software's accesses, past the bus. */
uint32_t link_bench_read(struct link_bench *b, unsigned chip, uint64_t addr);
void link_bench_write(struct link_bench *b, unsigned chip, uint64_t addr, uint32_t value);

/* Sets a port up; the names are those of link modes, "-an" with auto-negotiation. */
enum bench_mode {
	BENCH_100BASE_FX,
	BENCH_SGMII,
	BENCH_SGMII_AN,
	BENCH_1000BASE_X,
	BENCH_1000BASE_X_AN,
	BENCH_2500BASE_X,
	BENCH_QSGMII,
	BENCH_XAUI,
	BENCH_RXAUI, /* interleaved, by PCS_XAUI */
	BENCH_2X6G,  /* RXAUI as the vendor's driver sets it up, by PCS2X6G */
	BENCH_10GBASE_R,
};
void link_bench_set(struct link_bench *b, unsigned chip, uint32_t port, enum bench_mode mode);

/* Both ends of the cable at @port. */
void link_bench_set_both(struct link_bench *b, uint32_t port, enum bench_mode mode);

/* Starts clause 73 on a port in 10GBASE-R. */
void link_bench_kr(struct link_bench *b, unsigned chip, uint32_t port, uint32_t fec);

#endif
