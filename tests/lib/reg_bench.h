/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A device for the tests of the register layer: a small map with every kind of neighbour that a
 * field write has to mind, on a file: bus (plain memory, so every effect of a test is the
 * register layer's own), with all accesses recorded.
 *
 *     0x00 CFG     A[7:0] B[15:8] C[31:16], all rw
 *     0x04 MIX     EN 0, STK 1 woclr, SET 2 woset, TGL 3 wot, PULSE 4 singlepulse, SHOT 5 hwclr,
 *                  ZC 6 wzc, ZS 7 wzs, ZT 8 wzt, ST 9 read-only, MODE[15:12] rw
 *     0x08 WO      X[7:0] Y[15:8], both write-only, Y resets to 0x5a
 *     0x0c POP     DATA[15:0] rw rclr, MORE[31:16] rw
 *     0x10 HAZ     EN 0 rw, W 1 rw wclr
 *     0x14 DANGER  V[7:0] rw, marked dangerous
 *     0x18 RO      V[31:0] read-only
 *     0x1c VOL     V[7:0] rw hw=rw, K[15:8] rw
 *     0x20 WIDE    64 bits: LO[19:0] SPAN[43:20] HI[63:44]
 *     0x28 WIDEH   64 bits, high word first: V[63:0]
 *     0x30 N8A     8 bits: V[7:0] rw;  0x31 N8B 8 bits: S[7:0] woclr;  0x32 N16: V[15:0] rw
 *     0x34 N8C     8 bits: V[7:0] rw;  0x35 N8D 8 bits: V[7:0] rw rclr
 *     0x38 N8E     8 bits: V[7:0] rw, alone in its word
 *     0x40 ARR[4]  V[7:0] rw, R[31:24] read-only
 *     0x60 BIG     128 bits: V[127:0] rw
 *     0x70 ONCE    W[7:0] rw1, K[15:8] rw
 *     0x80 CMD     GO 0 sw=w singlepulse, ARG[15:8] rw
 *     0x84 MAIN    V[31:0] rw;  0x84 ALSO its alias
 *     0x90 THR     8 bits, write-only; 0x90 RBR 8 bits, read-only, rclr; 0x91 IER 8 bits, rw
 *     0x94 TX      8 bits, write-only, resets to 0x77; 0x94 RX 8 bits, read-only; 0x95 CR 8 bits, rw
 *     0x98 PART    16 bits: GO 0 singlepulse, ST[12:5] read-only
 *     0xa0 ROM     a memory of 4 entries of 32 bits, read-only
 */
#ifndef TESTS_LIB_REG_BENCH_H
#define TESTS_LIB_REG_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal/board.h"
#include "hal/reg.h"

#define BENCH_BYTES        0x100u
#define BENCH_MAX_ACCESSES 64

struct mock;

struct bench_access {
	enum bus_op_kind kind;
	uint64_t addr;
	uint32_t value;
	int result;
};

struct bench {
	struct board_options options;
	struct board *board;
	struct device *dev;
	const struct regdb *db;
	struct bench_access access[BENCH_MAX_ACCESSES];
	size_t n_accesses; /* all of them, recorded or not */
	char map_path[64], file_path[64];
	char log[BENCH_MAX_ACCESSES * 24];
};

/* Opens the board on PREFIXfile:SCRATCH, all words 0.  Aborts the test on failure. */
void bench_open(struct bench *b, const char *prefix);
/* The same on any bus ("mock:", ...), without a scratch file. */
void bench_open_on(struct bench *b, const char *uri);
void bench_close(struct bench *b);

/* The mock behind mock:, once its bus is open. */
struct mock *bench_mock(const struct bench *b);

/* On mock: the user presses Ctrl-C during the @n-th access from now (1: the next). */
void bench_cancel_after(struct bench *b, size_t n);

/* The map alone; the caller closes it. */
struct regdb *bench_map(void);

/* Memory behind the bus, past all recording. */
void bench_poke(const struct bench *b, uint32_t addr, uint32_t value);
uint32_t bench_peek(const struct bench *b, uint32_t addr);

/* Element @i of the register called @name. */
struct regdb_ref bench_ref(const struct bench *b, const char *name, uint32_t i);
struct regdb_ref bench_raw(uint64_t addr);

/*
 * The accesses since the last call, "R04 W04=1001": kind, address and written value in hex; a
 * failed one ends in `!`.  Valid until the next call.
 */
const char *bench_log(struct bench *b);

#endif
