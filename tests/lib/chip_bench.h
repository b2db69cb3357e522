/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A VSC7448 for the tests of its driver: a board of one mock chip with its behaviour model, or
 * the embedded bench chassis, every access recorded.  Aborts the test when that fails.
 */
#ifndef TESTS_LIB_CHIP_BENCH_H
#define TESTS_LIB_CHIP_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/bus.h"
#include "hal/board.h"
#include "hal/vsc7448/vsc7448.h"
#include "tests/lib/access_log.h"

struct mock;
struct mock_vsc7448;
struct world;

struct chip_bench {
	union { /* all accesses since chip_bench_forget_log() */
		struct access_log log;
		struct {
			struct chip_access *access;
			size_t n_access, max_access;
		};
	};
	struct board_options options;
	struct board *board;
	struct device *dev;
	struct world *world;
	struct mock *mock;
	struct mock_vsc7448 *model;
	struct vsc7448 *chip;
};

/* On @uri: "mock:", "mock:,plain", "fault:after=12,mock:", ... */
void chip_bench_open(struct chip_bench *b, const char *uri);
/* The embedded board bench8. */
void chip_bench_open_bench8(struct chip_bench *b);
/* The same without opening the chip: for identities that are refused. */
void chip_bench_open_closed(struct chip_bench *b, const char *uri);
void chip_bench_close(struct chip_bench *b);

/* Opens the chip again with nothing known. */
void chip_bench_reopen(struct chip_bench *b);

/* Registers as hardware has them, past bus and model hooks. */
uint32_t chip_bench_peek(const struct chip_bench *b, uint64_t addr);
void chip_bench_poke(struct chip_bench *b, uint64_t addr, uint32_t value);

/* Of the accesses recorded: reads (polls count as one) and writes. */
size_t chip_bench_reads(const struct chip_bench *b);
size_t chip_bench_writes(const struct chip_bench *b);
void chip_bench_forget_log(struct chip_bench *b);

/*
 * From now on the word at @addr reads with the bits in @mask as in @value, whatever the model says:
 * hardware that never answers.
 */
void chip_bench_stick(struct chip_bench *b, uint64_t addr, uint32_t mask, uint32_t value);

/* The access that counts @saboteur down fails: tests/lib/access_log.h. */
void chip_bench_sabotage(struct chip_bench *b, struct saboteur *saboteur);

/*
 * The fault sweep: runs @op on a chip that @prepare (may be NULL) has set up, with its N-th
 * access failing, for N = 1, 2, ... until it passes.  Each time: the code is E_IO, the text tells
 * how many registers had been written (an @op of several calls: since it last forgot the log),
 * and after the fault the same operation on the same handle passes.  Returns the number of
 * accesses that were failed.  On bench8's board.
 */
typedef int (*chip_bench_op)(struct chip_bench *b, struct error *err);
size_t chip_bench_sweep(chip_bench_op prepare, chip_bench_op op);

#endif
