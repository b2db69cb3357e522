/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A BTC with its behaviour model, alone in its world, for the tests of the model: registers by
 * address, time, plans and messages without any driver.  Aborts when something fails.
 */
#ifndef TESTS_LIB_BACKPLANE_H
#define TESTS_LIB_BACKPLANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "btc_regs.h"
#include "drv/mock_btc.h"

struct backplane_record {
	uint32_t first_frame, first_slot, last_frame, last_slot, station, n_cells;
	bool dropped;
	uint32_t header[7];
};

/* A message as software reads or writes it. */
struct backplane_mail {
	uint32_t station;
	uint8_t initial[6], final[6], source[6];
	uint16_t type, length, sequence;
	uint32_t platform;
	uint8_t body[1504];
};

struct backplane {
	struct regdb *map;
	struct world *world;
	struct mock *mock;
	struct mock_btc *model;
	struct clock *clock;
};

/* The controller's identifier is 02:00:00:00:00:00; that of blade n ends in n. */
void backplane_open(struct backplane *b);
void backplane_close(struct backplane *b);

uint32_t backplane_read(struct backplane *b, uint64_t addr);
void backplane_write(struct backplane *b, uint64_t addr, uint32_t value);
void backplane_wait_us(struct backplane *b, uint64_t us);
void backplane_wait_frames(struct backplane *b, uint64_t n); /* of 125 us */

void backplane_ident(uint32_t station, uint8_t ident[6]);
#define BACKPLANE_ALL 255u /* station that stands for everybody's identifier */

/* Plugs blades 1 to @n in, makes them known to the core, with function bit (station - 1) % 32. */
void backplane_plug(struct backplane *b, uint32_t n);
void backplane_know(struct backplane *b, uint32_t station);

/* NEXT of one slot; everybody listens. */
void backplane_slot(struct backplane *b, uint32_t slot, uint32_t kind, uint32_t owner);
void backplane_apply(struct backplane *b);

/*
 * The bus runs with blades 1 to @n, all aligned, forwarding on: slots 1 to 127 are reserved in
 * turn for the controller, blade 1, the controller, blade 2, ...: half of them for the controller.
 */
void backplane_start(struct backplane *b, uint32_t n);
void backplane_enable(struct backplane *b); /* with the plan in force; waits for alignment */

/* Blade @from sends to blade @to by way of the controller, @length bytes that @seed decides. */
int backplane_send(struct backplane *b, uint32_t from, uint32_t to, uint16_t length,
		   uint32_t seed);
void backplane_body(uint8_t *body, uint16_t length, uint32_t seed);

/* Software's messages.  Write: header and body, then @commit with the length added. */
void backplane_mail_to(struct backplane_mail *mail, uint32_t station, uint16_t type,
		       const char *text);
void backplane_mail_write(struct backplane *b, const struct backplane_mail *mail,
			  uint32_t commit);
bool backplane_mail_read(struct backplane *b, struct backplane_mail *mail); /* false: none */

bool backplane_record(struct backplane *b, struct backplane_record *record);

#define BACKPLANE_SEND  (UINT32_C(1) << 31)
#define BACKPLANE_STEER (UINT32_C(1) << 16)

#endif
