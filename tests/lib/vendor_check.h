/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compares what an operation of the VSC7448 driver did to a mock chip with what the vendor's
 * driver leaves (fixtures/vsc7448/vendor).
 *
 *     vendor_check_open(&v);             two chips: one to work on, one that stays untouched
 *     ... set-up with v.b.chip ...
 *     vendor_check_start(&v);
 *     ... the operation ...
 *     n = vendor_check_end(&v, "port0_1000x");
 *     vendor_check_close(&v);
 *
 * Compared are the registers of the fixture, bit by bit under its masks, the macros, TCAM
 * addresses, MAC entries and calendar slots of its stores, and every bit that the operation changed
 * and the vendor does not determine.
 */
#ifndef TESTS_LIB_VENDOR_CHECK_H
#define TESTS_LIB_VENDOR_CHECK_H

#include "tests/lib/chip_bench.h"
#include "tests/lib/vendor_fixture.h"

#define VENDOR_MACROS      33u /* 9 SERDES1G, then 24 SERDES6G */
#define VENDOR_MACRO_WORDS 31u

struct vendor_word {
	uint64_t addr;
	uint32_t value;
};

struct vendor_check {
	struct chip_bench b;     /* the chip to work on */
	struct chip_bench fresh; /* one that nobody has written to */
	const struct regdb *db;
	struct vendor_differences *differences;
	struct vendor_word
		*before; /* written registers as they were at the start, by address */
	size_t n_before;
	uint32_t macros[VENDOR_MACROS][VENDOR_MACRO_WORDS];
	size_t start; /* in the log */
	/* the operation that is being compared */
	const char *operation;
	size_t n_unlisted;
};

void vendor_check_open(struct vendor_check *v, struct vendor_differences *differences);
void vendor_check_close(struct vendor_check *v);

void vendor_check_start(struct vendor_check *v);

/*
 * The number of differences that differences.csv does not list; they are printed on standard
 * error as lines for that file, without a reason.  Rows that occurred are marked used.  Several
 * fixtures may be joined, "init+init_forwarding".
 */
size_t vendor_check_end(struct vendor_check *v, const char *operation);

#endif
