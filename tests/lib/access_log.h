/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the benches of the devices share: a log of every access that the bus saw, and hardware that
 * does not do what it should.  Aborts the test when something of that fails.
 */
#ifndef TESTS_LIB_ACCESS_LOG_H
#define TESTS_LIB_ACCESS_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/bus.h"

struct device;
struct mock;

struct chip_access {
	enum bus_op_kind kind;
	uint64_t addr;
	uint32_t value;
	int result;
};

struct access_log {
	struct chip_access *access;
	size_t n_access, max_access;
};

/* For struct board_options.trace; @arg is the bench, whose first member is the log. */
void access_log_record(void *arg, const struct device *dev, const struct bus_op *op,
		       int result);
void access_log_free(struct access_log *log);

/* Of the accesses recorded: reads (polls count as one) and writes. */
size_t access_log_reads(const struct access_log *log);
size_t access_log_writes(const struct access_log *log);

/* Aborts unless what @text says has been written is what had been when the fault came. */
void access_log_check_told(const struct access_log *log, const char *what, const char *text);

/* Aborts with "what: why" on stderr unless @good. */
void bench_check(bool good, const char *what, const char *why);

/*
 * From now on the word at @addr of the mock reads with the bits in @mask as in @value, whatever the
 * model says: hardware that never answers.
 */
void mock_stick(struct mock *mock, uint64_t addr, uint32_t mask, uint32_t value);

/*
 * A saboteur of accesses: the access that counts @left down to 0 fails with E_IO, once, and sets
 * @struck.  @left 0: none fails.  Has to outlive the mock.
 */
struct saboteur {
	size_t left;
	bool struck;
};
void mock_sabotage(struct mock *mock, struct saboteur *saboteur);

#endif
