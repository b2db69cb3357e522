/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A BTC for the tests of its driver: a board of one mock core, every access recorded.  Aborts the
 * test when that fails.
 */
#ifndef TESTS_LIB_BTC_BENCH_H
#define TESTS_LIB_BTC_BENCH_H

#include "hal/board.h"
#include "hal/btc/btc.h"
#include "tests/lib/access_log.h"

struct btc_bench {
	union { /* all accesses since btc_bench_forget_log() */
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
	struct btc *btc;
	struct bus *bus;
	uint64_t batches; /* of the bus, at the last btc_bench_forget_log() */
};

/* On @uri: "mock:", "mock:,plain", ... */
void btc_bench_open(struct btc_bench *b, const char *uri);
/* The same without opening the core: for identities that are refused. */
void btc_bench_open_closed(struct btc_bench *b, const char *uri);
void btc_bench_close(struct btc_bench *b);

/* Opens the core again with nothing known. */
void btc_bench_reopen(struct btc_bench *b);

/* Registers as hardware has them, past bus and model hooks. */
uint32_t btc_bench_peek(const struct btc_bench *b, uint64_t addr);
void btc_bench_poke(struct btc_bench *b, uint64_t addr, uint32_t value);

/* What an operation cost since the log was forgotten: "1 batch, 3 reads, 12 writes". */
const char *btc_bench_cost(const struct btc_bench *b);
void btc_bench_forget_log(struct btc_bench *b);

/*
 * The fault sweep: runs @op on a core on @uri that @prepare (may be NULL) has set up, with its N-th
 * access failing, for N = 1, 2, ... until it passes.  Each time: the code is E_IO, the text begins
 * with a register's name and tells how many registers had been written (an @op of several calls:
 * since it last forgot the log), and after the fault the same operation on the same handle passes.
 * Returns the number of accesses that were failed.
 */
typedef int (*btc_bench_op)(struct btc_bench *b, struct error *err);
size_t btc_bench_sweep(const char *uri, btc_bench_op prepare, btc_bench_op op);

#endif
