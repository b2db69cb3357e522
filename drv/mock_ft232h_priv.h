/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the FT232H's model share: a channel with its FIFOs and its MPSSE. */
#ifndef DRV_MOCK_FT232H_PRIV_H
#define DRV_MOCK_FT232H_PRIV_H

#include "drv/mock_ft232h.h"

#define FIFO_MAX     4096u
#define MAX_CHANNELS 4u

struct fifo {
	uint8_t bytes[FIFO_MAX];
	size_t first, n, size, most;
};

bool mock_ft232h__push(struct fifo *fifo, uint8_t byte); /* false: full */
bool mock_ft232h__pop(struct fifo *fifo, uint8_t *byte); /* false: empty */
void mock_ft232h__clear(struct fifo *fifo);

/* What the MPSSE is in the middle of. */
enum mpsse_state { STATE_COMMAND, STATE_ARGUMENTS, STATE_SHIFT, STATE_BYTE };

struct mpsse_engine {
	enum mpsse_state state;
	uint8_t opcode;
	uint8_t arguments[2];
	unsigned n_arguments, want_arguments;
	uint32_t shift_left;  /* bytes */
	uint8_t shifting_out; /* the byte whose clocks are running */
	bool divide_by_5, three_phase, loopback, flush;
	uint16_t divisor;
	uint8_t levels[2], directions[2]; /* lower and upper byte of pins */
	uint64_t free_ns;                 /* when the next step may begin */
};

struct channel {
	bool has_mpsse, mpsse;
	struct fifo out, in; /* as the host sees them */
	uint8_t latency_ms;
	uint64_t last_in_ns;     /* when the last IN packet left */
	struct mock_spi *spi[8]; /* by pin of the lower byte */
	struct mpsse_engine engine;
	uint64_t n_clocks, n_commands;
	uint32_t wires_hz; /* what they are good for; 0: any clock */
};

struct mock_ft232h {
	struct mock_ft232h_config config;
	unsigned n_channels;
	uint64_t now_ns;
	uint8_t address, configuration;
	struct channel channel[MAX_CHANNELS];
};

/* Lets the MPSSE of @channel run to @now_ns. */
void mock_ft232h__mpsse_run(struct channel *channel, uint64_t now_ns);
void mock_ft232h__mpsse_reset(struct channel *channel); /* as after entering the mode */
bool mock_ft232h__mpsse_blocked(const struct channel *channel);

#endif
