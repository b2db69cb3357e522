/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The queue of register changes: what it costs in bus accesses, what it never writes back, and
 * what it says when something fails.  Accesses are those that the bus saw.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drv/clock.h"
#include "drv/world.h"
#include "hal/vsc7448/vsc7448_priv.h"
#include "tests/lib/chip_bench.h"

#define RST_CTRL VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(0)
#define DBG_CFG  VSC7448_DEV1G_DEV_CFG_STATUS_DEV_DBG_CFG(0)
#define STICKY   VSC7448_DEV1G_DEV_CFG_STATUS_DEV_STICKY(0)
#define GPR      VSC7448_DEVCPU_GCB_CHIP_REGS_GPR
#define SPEED    F(DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, SPEED_SEL, 2)

static struct chip_bench b;
static struct regio *io;

static int setup(void **state)
{
	(void)state;
	chip_bench_open(&b, "mock:,plain");
	io = b.chip->io;
	vsc7448_forget(b.chip);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	chip_bench_close(&b);
	return 0;
}

/* The accesses since the last call, "R0 W0=200000": the last digits of the address. */
static const char *log_text(void)
{
	static char text[512];
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < b.n_access; i++) {
		const struct chip_access *a = &b.access[i];

		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%c%x",
					 i ? " " : "", "RWDP"[a->kind],
					 (unsigned)(a->addr & 0xfff));
		if (a->kind == BUS_OP_WRITE)
			used += (size_t)snprintf(text + used, sizeof(text) - used, "=%x",
						 (unsigned)a->value);
	}
	chip_bench_forget_log(&b);
	return text;
}

static void ends_well(void)
{
	struct error err = { 0 };

	if (regio_end(io, &err) != 0)
		fail_msg("%s", err.text);
}

static void test_a_change_reads_once_and_writes_once(void **state)
{
	(void)state;
	chip_bench_poke(&b, RST_CTRL, 0x1100);
	regio_fields(io, RST_CTRL, SPEED, F(DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, PCS_TX_RST, 0));
	ends_well();
	assert_string_equal(log_text(), "R0 W0=200100");
}

static void test_what_is_known_is_not_read_again(void **state)
{
	(void)state;
	regio_fields(io, RST_CTRL, SPEED);
	ends_well();
	log_text();
	regio_fields(io, RST_CTRL, F(DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, MAC_TX_RST, 1));
	ends_well();
	assert_string_equal(log_text(), "W0=200010");
}

static void test_a_change_that_changes_nothing_is_not_written(void **state)
{
	(void)state;
	regio_fields(io, RST_CTRL, SPEED);
	ends_well();
	log_text();
	regio_fields(io, RST_CTRL, SPEED);
	regio_put(io, RST_CTRL, 0x200000);
	ends_well();
	assert_string_equal(log_text(), "");
}

static void test_a_strobe_is_written_in_any_case(void **state)
{
	(void)state;
	regio_write(io, GPR, 5);
	regio_write(io, GPR, 5);
	ends_well();
	assert_string_equal(log_text(), "W4=5 W4=5");
}

static void test_a_whole_register_is_written_without_reading(void **state)
{
	(void)state;
	regio_put(io, DBG_CFG, 0x800);
	ends_well();
	assert_string_equal(log_text(), "W8=800");
}

static void test_reads_of_several_changes_come_first(void **state)
{
	(void)state;
	regio_fields(io, RST_CTRL, SPEED);
	regio_delay(io, 10);
	regio_set(io, DBG_CFG, 0x800, 0x800);
	ends_well();
	assert_string_equal(log_text(), "R0 R8 W0=200000 D0 W8=800");
}

static void test_the_same_register_may_go_up_and_down(void **state)
{
	(void)state;
	regio_fields(io, RST_CTRL, F(DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, MAC_TX_RST, 1));
	regio_fields(io, RST_CTRL, F(DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, MAC_TX_RST, 0));
	ends_well();
	assert_string_equal(log_text(), "R0 W0=10 W0=0");
}

static void test_reread_puts_later_reads_after_earlier_writes(void **state)
{
	(void)state;
	regio_write(io, GPR, 1);
	regio_reread(io, RST_CTRL, RST_CTRL);
	regio_fields(io, RST_CTRL, SPEED);
	ends_well();
	assert_string_equal(log_text(), "W4=1 R0 W0=200000");
	regio_fields(io, RST_CTRL, F(DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, MAC_TX_RST, 1));
	regio_reread(io, RST_CTRL, RST_CTRL);
	regio_fields(io, RST_CTRL, F(DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, MAC_RX_RST, 1));
	ends_well();
	assert_string_equal(log_text(), "W0=200010 R0 W0=200011");
}

/* DEV_STICKY is write-one-to-clear: what was latched must survive a change of another bit. */
static void test_bits_that_act_are_not_written_back(void **state)
{
	(void)state;
	chip_bench_poke(&b, STICKY, 0x4000);
	regio_set(io, STICKY, 0x1, 0x1);
	ends_well();
	assert_int_equal(chip_bench_peek(&b, STICKY) & 0x4000, 0x4000);
	regio_set(io, STICKY, 0x4000, 0x4000);
	ends_well();
	assert_int_equal(chip_bench_peek(&b, STICKY) & 0x4000, 0);
	chip_bench_forget_log(&b);
	regio_set(io, STICKY, 0x4000, 0x4000);
	ends_well();
	assert_int_equal(chip_bench_writes(&b), 1);
}

static void test_configuration_comes_from_the_shadow_and_status_does_not(void **state)
{
	uint32_t value = 0;

	(void)state;
	assert_int_equal(regio_get(io, GPR, &value), 0);
	assert_int_equal(regio_get(io, GPR, &value), 0);
	assert_string_equal(log_text(), "R4");
	chip_bench_poke(&b, GPR, 7);
	assert_int_equal(regio_get(io, GPR, &value), 0);
	assert_int_equal(value, 0);
	assert_int_equal(regio_read(io, GPR, &value), 0);
	assert_int_equal(value, 7);
	assert_string_equal(log_text(), "R4");
	ends_well();
}

static void test_many_reads_mix_the_known_and_the_unknown(void **state)
{
	const uint64_t addrs[] = { GPR, RST_CTRL, DBG_CFG };
	uint32_t values[3] = { 0 };

	(void)state;
	chip_bench_poke(&b, GPR, 1);
	chip_bench_poke(&b, DBG_CFG, 3);
	regio_put(io, RST_CTRL, 0x10);
	assert_int_equal(regio_get_many(io, addrs, 3, values), 0);
	assert_int_equal(values[0], 1);
	assert_int_equal(values[1], 0x10);
	assert_int_equal(values[2], 3);
	assert_string_equal(log_text(), "W0=10 R4 R8");
	ends_well();
}

static void test_fetches_come_between_writes_in_one_transfer(void **state)
{
	uint32_t before = 9, after = 9;

	(void)state;
	regio_fetch(io, GPR, &before);
	regio_write(io, GPR, 5);
	regio_fetch(io, GPR, &after);
	assert_int_equal(after, 9);
	ends_well();
	assert_string_equal(log_text(), "R4 W4=5 R4");
	assert_int_equal(before, 0);
	assert_int_equal(after, 5);
}

static void test_a_wait_that_ends_badly_names_register_bit_and_time(void **state)
{
	const struct regio_wait wait = {
		.addr = RST_CTRL,
		.mask = 0x300000,
		.want = 0x200000,
		.timeout_us = 1000,
	};
	uint64_t before_us = clock_now_us(world_clock(b.world));
	struct error err = { 0 };

	(void)state;
	regio_write(io, GPR, 1);
	regio_wait(io, &wait);
	regio_write(io, GPR, 2);
	assert_int_equal(regio_end(io, &err), E_TIMEOUT);
	assert_string_equal(err.text,
			    "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL was not 0x2 within "
			    "1000 us, last 0x0 (after 1 register write)");
	assert_int_equal(clock_now_us(world_clock(b.world)) - before_us, 1000);
	assert_int_equal(chip_bench_peek(&b, GPR), 1);
}

static void test_after_an_error_nothing_runs_until_the_end(void **state)
{
	struct error err = { 0 };
	uint32_t value = 42;

	(void)state;
	assert_int_equal(regio_fail(io, E_STATE, "no port %d", 7), E_STATE);
	regio_write(io, GPR, 1);
	assert_int_equal(regio_read(io, GPR, &value), E_STATE);
	assert_int_equal(regio_fail(io, E_RANGE, "later"), E_STATE);
	assert_int_equal(regio_end(io, &err), E_STATE);
	assert_string_equal(err.text, "no port 7");
	assert_int_equal(value, 42);
	assert_string_equal(log_text(), "");
	regio_write(io, GPR, 1);
	ends_well();
	assert_string_equal(log_text(), "W4=1");
}

static void test_after_a_failure_nothing_is_believed(void **state)
{
	struct chip_bench f;
	struct error err = { 0 };

	(void)state;
	/* The 1st access is CHIP_ID, the 2nd the read, the 3rd the write that fails. */
	chip_bench_open(&f, "fault:after=3,mock:,plain");
	regio_fields(f.chip->io, RST_CTRL, SPEED);
	assert_int_equal(regio_end(f.chip->io, &err), E_IO);
	assert_non_null(strstr(err.text, "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL"));
	chip_bench_forget_log(&f);
	regio_fields(f.chip->io, RST_CTRL, SPEED);
	assert_int_equal(regio_end(f.chip->io, &err), 0);
	assert_int_equal(chip_bench_reads(&f), 1);
	assert_int_equal(chip_bench_writes(&f), 1);
	chip_bench_close(&f);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_a_change_reads_once_and_writes_once),
		T(test_what_is_known_is_not_read_again),
		T(test_a_change_that_changes_nothing_is_not_written),
		T(test_a_strobe_is_written_in_any_case),
		T(test_a_whole_register_is_written_without_reading),
		T(test_reads_of_several_changes_come_first),
		T(test_the_same_register_may_go_up_and_down),
		T(test_reread_puts_later_reads_after_earlier_writes),
		T(test_bits_that_act_are_not_written_back),
		T(test_configuration_comes_from_the_shadow_and_status_does_not),
		T(test_many_reads_mix_the_known_and_the_unknown),
		T(test_fetches_come_between_writes_in_one_transfer),
		T(test_a_wait_that_ends_badly_names_register_bit_and_time),
		T(test_after_an_error_nothing_runs_until_the_end),
		T(test_after_a_failure_nothing_is_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
