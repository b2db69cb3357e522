/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The comparison with the vendor's driver itself: a chip that holds what the vendor leaves passes,
 * and each kind of deviation is noticed.  The driver's own operations are in test_vsc7448_vendor*.
 */
#include "tests/lib/vendor_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "hal/device.h"
#include "vsc7448_regs.h"

/* Without stores: its registers alone are what the operation is. */
#define OPERATION "port0_clause37"
#define ANEG_CFG  VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG(0)
#define MAXLEN    VSC7448_DEV1G_MAC_CFG_STATUS_MAC_MAXLEN_CFG(0)

static struct vendor_differences none;

static void put(struct vendor_check *v, uint64_t addr, uint32_t value)
{
	struct error err = { 0 };
	struct bus *bus;

	assert_int_equal(device_bus(v->b.dev, &err, &bus), 0);
	assert_int_equal(bus_write(bus, addr, value), 0);
}

/* Starts an operation and leaves the chip as the vendor does. */
static void as_vendor(struct vendor_check *v, struct vendor_differences *differences)
{
	struct vendor_fixture f;

	vendor_check_open(v, differences);
	vendor_check_start(v);
	vendor_fixture_load(OPERATION, v->db, &f);
	for (size_t i = 0; i < f.n_regs; i++)
		put(v, f.regs[i].addr, f.regs[i].value);
	vendor_fixture_free(&f);
}

/* The reports of differences go to standard error: not into the log of a passing test. */
static size_t quiet_end(struct vendor_check *v)
{
	int err = dup(STDERR_FILENO);
	size_t n;

	fflush(stderr);
	assert_non_null(freopen("/dev/null", "w", stderr));
	n = vendor_check_end(v, OPERATION);
	fflush(stderr);
	dup2(err, STDERR_FILENO);
	close(err);
	return n;
}

static void test_a_chip_as_the_vendor_leaves_it_passes(void **state)
{
	struct vendor_check v;

	(void)state;
	as_vendor(&v, &none);
	assert_int_equal(vendor_check_end(&v, OPERATION), 0);
	vendor_check_close(&v);
}

static void test_one_wrong_bit_is_noticed(void **state)
{
	struct vendor_check v;

	(void)state;
	as_vendor(&v, &none);
	put(&v, ANEG_CFG, chip_bench_peek(&v.b, ANEG_CFG) ^ 0x100);
	assert_int_equal(quiet_end(&v), 1);
	vendor_check_close(&v);
}

static void test_a_register_that_the_vendor_leaves_alone_is_noticed(void **state)
{
	struct vendor_check v;

	(void)state;
	as_vendor(&v, &none);
	put(&v, MAXLEN, chip_bench_peek(&v.b, MAXLEN) ^ 1);
	assert_int_equal(quiet_end(&v), 1);
	vendor_check_close(&v);
}

static void test_a_macro_that_the_vendor_leaves_alone_is_noticed(void **state)
{
	struct vendor_check v;
	uint64_t mcb = VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG;

	(void)state;
	as_vendor(&v, &none);
	put(&v, mcb, UINT32_C(1) << 30 | 4);
	put(&v, VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_OB_CFG, 0x2000);
	put(&v, mcb, UINT32_C(1) << 31 | 4);
	assert_int_equal(quiet_end(&v), 1);
	vendor_check_close(&v);
}

static void test_a_listed_difference_passes_and_counts_as_used(void **state)
{
	struct vendor_difference row = {
		.operation = "port*_clause37",
		.reg = "DEV1G[0-7]:PCS1G_CFG_STATUS:PCS1G_ANEG_CFG",
		.mask = 0x100,
		.any_ours = true,
		.any_vendor = true,
	};
	struct vendor_differences list = { .rows = &row, .n = 1 };
	struct vendor_check v;

	(void)state;
	as_vendor(&v, &list);
	assert_int_equal(vendor_check_end(&v, OPERATION), 0);
	assert_false(row.used);
	put(&v, ANEG_CFG, chip_bench_peek(&v.b, ANEG_CFG) ^ 0x100);
	assert_int_equal(vendor_check_end(&v, OPERATION), 0);
	assert_true(row.used);
	vendor_check_close(&v);
}

static void test_patterns_match_indices_and_text(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool match;
	} rows[] = {
		{ "A[0]:B", "A[0]:B", true },      { "A[0-3,5]:B", "A[5]:B", true },
		{ "A[0-3,5]:B", "A[4]:B", false }, { "A[*]:B", "A[17]:B", true },
		{ "A[1]*", "A[1]:B[2]:C", true },  { "A*", "B", false },
		{ "*:C", "A:B:C", true },          { "A", "AB", false },
		{ "port*_x", "port49_x", true },   { "port*_x", "port49_y", false },
		{ "A[10-12]:*", "A[1]:B", false }, { "A[10-12]:*", "A[11]:B", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(vendor_match(rows[i].pattern, rows[i].text), rows[i].match);
}

static void test_every_difference_is_of_an_operation_that_exists(void **state)
{
	struct vendor_differences d;

	(void)state;
	vendor_differences_load(&d);
	for (size_t i = 0; i < d.n; i++)
		if (!vendor_fixture_exists(d.rows[i].operation))
			fail_msg("differences.csv:%zu: no operation %s", d.rows[i].line,
				 d.rows[i].operation);
	vendor_differences_free(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_chip_as_the_vendor_leaves_it_passes),
		cmocka_unit_test(test_one_wrong_bit_is_noticed),
		cmocka_unit_test(test_a_register_that_the_vendor_leaves_alone_is_noticed),
		cmocka_unit_test(test_a_macro_that_the_vendor_leaves_alone_is_noticed),
		cmocka_unit_test(test_a_listed_difference_passes_and_counts_as_used),
		cmocka_unit_test(test_patterns_match_indices_and_text),
		cmocka_unit_test(test_every_difference_is_of_an_operation_that_exists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
