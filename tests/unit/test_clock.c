/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/clock.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/time.h>

#include <cmocka.h>

#include "drv/cancel.h"

static void test_virtual_time_moves_only_by_waiting(void **state)
{
	struct clock *clock = clock_virtual_new();

	(void)state;
	assert_non_null(clock);
	assert_true(clock_is_virtual(clock));
	assert_int_equal(clock_now_us(clock), 0);
	clock_wait_us(clock, 3600ull * 1000000u);
	clock_wait_us(clock, 5);
	assert_int_equal(clock_now_us(clock), 3600ull * 1000000u + 5);
	clock_free(clock);
}

static void test_virtual_time_never_runs_backwards(void **state)
{
	struct clock *clock = clock_virtual_new();

	(void)state;
	clock_wait_us(clock, 10);
	clock_wait_us(clock, UINT64_MAX);
	assert_true(clock_now_us(clock) == UINT64_MAX);
	clock_free(clock);
}

static void test_real_clock_waits_at_least_as_long_as_asked(void **state)
{
	struct clock *clock = clock_real();
	uint64_t before = clock_now_us(clock);

	(void)state;
	assert_false(clock_is_virtual(clock));
	clock_wait_us(clock, 2000);
	assert_true(clock_now_us(clock) - before >= 2000);
	clock_free(clock);
	clock_free(NULL);
	assert_ptr_equal(clock_real(), clock);
}

static void test_paced_virtual_clock_also_sleeps(void **state)
{
	struct clock *clock = clock_virtual_new();
	uint64_t before = clock_now_us(clock_real());

	(void)state;
	clock_set_paced(clock, true);
	clock_wait_us(clock, 3000);
	assert_int_equal(clock_now_us(clock), 3000);
	assert_true(clock_now_us(clock_real()) - before >= 3000);
	clock_set_paced(clock, false);
	before = clock_now_us(clock_real());
	clock_wait_us(clock, 3600ull * 1000000u);
	assert_true(clock_now_us(clock_real()) - before < 60u * 1000000u);
	clock_free(clock);
}

static void test_pacing_leaves_the_real_clock_alone(void **state)
{
	(void)state;
	clock_set_paced(clock_real(), true);
	assert_false(clock_is_virtual(clock_real()));
}

static void on_alarm(int sig)
{
	(void)sig;
	cancel_request();
}

static void test_cancel_ends_a_real_wait(void **state)
{
	struct sigaction act, old;
	struct itimerval soon = { .it_value = { .tv_usec = 2000 } };
	uint64_t before = clock_now_us(clock_real());

	(void)state;
	memset(&act, 0, sizeof(act));
	act.sa_handler = on_alarm;
	assert_int_equal(sigaction(SIGALRM, &act, &old), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
	clock_wait_us(clock_real(), 30u * 1000000u);
	assert_true(cancel_requested());
	assert_true(clock_now_us(clock_real()) - before < 30u * 1000000u);
	cancel_clear();
	assert_false(cancel_requested());
	sigaction(SIGALRM, &old, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_virtual_time_moves_only_by_waiting),
		cmocka_unit_test(test_virtual_time_never_runs_backwards),
		cmocka_unit_test(test_real_clock_waits_at_least_as_long_as_asked),
		cmocka_unit_test(test_paced_virtual_clock_also_sleeps),
		cmocka_unit_test(test_pacing_leaves_the_real_clock_alone),
		cmocka_unit_test(test_cancel_ends_a_real_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
