/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The hardware side: polled shots in virtual time, counters, latching bits, models. */
#include "tests/unit/mock_fixture.h"

#define A 0x100u

static const struct toy_row shot_rows[] = {
	{ "R",
	  A,
	  0,
	  { .name = "NOW", .width = 1, .sw = REGDB_ACCESS_RW, .flags = REGDB_FIELD_HWCLR } },
	{ "R",
	  A,
	  0,
	  { .name = "SOON",
	    .lsb = 4,
	    .width = 2,
	    .sw = REGDB_ACCESS_RW,
	    .flags = REGDB_FIELD_HWCLR,
	    .latency_us = 10 } },
	{ "R",
	  A,
	  0,
	  { .name = "LATE",
	    .lsb = 8,
	    .width = 1,
	    .sw = REGDB_ACCESS_RW,
	    .flags = REGDB_FIELD_HWCLR,
	    .latency_us = 100 } },
	{ "R", A, 0, { .name = "PLAIN", .lsb = 16, .width = 8, .sw = REGDB_ACCESS_RW } },
	{ "S",
	  A + 4,
	  0,
	  { .name = "LATE",
	    .width = 1,
	    .sw = REGDB_ACCESS_RW,
	    .flags = REGDB_FIELD_HWCLR,
	    .latency_us = 100 } },
};

static void test_a_shot_without_latency_is_done_at_the_next_read(void **state)
{
	struct toy toy = toy_new(shot_rows, COUNT(shot_rows));

	(void)state;
	toy_write(&toy, A, 0x00aa0001);
	assert_int_equal(toy_read(&toy, A), 0x00aa0000);
	toy_free(&toy);
}

static void test_shots_clear_when_their_time_has_come(void **state)
{
	struct toy toy = toy_new(shot_rows, COUNT(shot_rows));

	(void)state;
	toy_write(&toy, A, 0x131);
	toy_write(&toy, A + 4, 1);
	assert_int_equal(toy_read(&toy, A), 0x130);
	clock_wait_us(mock_clock(toy.mock), 9);
	assert_int_equal(toy_read(&toy, A), 0x130);
	clock_wait_us(mock_clock(toy.mock), 1);
	assert_int_equal(toy_read(&toy, A), 0x100);
	clock_wait_us(mock_clock(toy.mock), 89);
	assert_int_equal(toy_read(&toy, A + 4), 1);
	clock_wait_us(mock_clock(toy.mock), 1);
	assert_int_equal(mock_hw_get(toy.mock, A), 0);
	assert_int_equal(toy_read(&toy, A + 4), 0);
	toy_free(&toy);
}

static void test_writing_a_shot_again_does_not_prolong_it(void **state)
{
	struct toy toy = toy_new(shot_rows, COUNT(shot_rows));

	(void)state;
	toy_write(&toy, A, 0x100);
	clock_wait_us(mock_clock(toy.mock), 99);
	toy_write(&toy, A, 0x100);
	clock_wait_us(mock_clock(toy.mock), 1);
	assert_int_equal(toy_read(&toy, A), 0);
	toy_free(&toy);
}

static void test_software_may_take_a_shot_back(void **state)
{
	struct toy toy = toy_new(shot_rows, COUNT(shot_rows));

	(void)state;
	toy_write(&toy, A, 0x100);
	clock_wait_us(mock_clock(toy.mock), 60);
	toy_write(&toy, A, 0);
	assert_int_equal(toy_read(&toy, A), 0);
	toy_write(&toy, A, 0x100);
	clock_wait_us(mock_clock(toy.mock), 60);
	assert_int_equal(toy_read(&toy, A), 0x100);
	clock_wait_us(mock_clock(toy.mock), 40);
	assert_int_equal(toy_read(&toy, A), 0);
	toy_free(&toy);
}

static void test_a_reset_forgets_shots(void **state)
{
	struct toy toy = toy_new(shot_rows, COUNT(shot_rows));

	(void)state;
	toy_write(&toy, A, 0x100);
	mock_reset(toy.mock);
	assert_int_equal(toy_read(&toy, A), 0);
	assert_int_equal(mock_hw_put(toy.mock, A, 0x100), E_OK);
	clock_wait_us(mock_clock(toy.mock), 1000);
	assert_int_equal(toy_read(&toy, A), 0x100);
	toy_free(&toy);
}

static void test_hwclr_of_a_status_is_no_shot(void **state)
{
	static const struct toy_row row = {
		"R", A, 0, { .width = 1, .sw = REGDB_ACCESS_R, .flags = REGDB_FIELD_HWCLR }
	};
	struct toy toy = toy_new(&row, 1);

	(void)state;
	assert_int_equal(mock_hw_set(toy.mock, A, 1), E_OK);
	toy_write(&toy, A, 1);
	clock_wait_us(mock_clock(toy.mock), 1000);
	assert_int_equal(toy_read(&toy, A), 1);
	toy_free(&toy);
}

#define COUNTER REGDB_FIELD_COUNTER

static void test_counters_step_wrap_and_saturate(void **state)
{
	static const struct {
		uint32_t lsb, width;
		uint32_t flags;
		uint64_t incrvalue, saturate, start, by, want;
	} cases[] = {
		{ 0, 8, COUNTER, 1, 0, 0, 1, 1 },
		{ 0, 8, COUNTER, 1, 0, 255, 1, 0 },
		{ 0, 8, COUNTER, 1, 0, 250, 10, 4 },
		{ 0, 8, COUNTER, 3, 0, 1, 5, 16 },
		{ 0, 8, COUNTER, 0, 0, 1, 5, 6 },
		{ 4, 4, COUNTER, 1, 0, 15, 1, 0 },
		{ 4, 4, COUNTER, 1, 0, 0, UINT64_MAX, 15 },
		{ 0, 8, COUNTER | REGDB_FIELD_SATURATE, 1, 0, 250, 10, 255 },
		{ 0, 8, COUNTER | REGDB_FIELD_SATURATE, 1, 100, 99, 1, 100 },
		{ 0, 8, COUNTER | REGDB_FIELD_SATURATE, 1, 100, 99, 2, 100 },
		{ 0, 8, COUNTER | REGDB_FIELD_SATURATE, 7, 100, 0, UINT64_MAX, 100 },
		{ 0, 8, COUNTER | REGDB_FIELD_SATURATE, 1, 100, 120, 1, 120 },
		{ 0, 32, COUNTER, 1, 0, 0xffffffff, 2, 1 },
		{ 28, 8, COUNTER, 1, 0, 0x0f, 1, 0x10 },
		{ 0, 40, COUNTER, 1, 0, 0xffffffff, 1, 0x100000000 },
		{ 0, 64, COUNTER, 1, 0, UINT64_MAX, 1, 0 },
		{ 0, 64, COUNTER | REGDB_FIELD_SATURATE, 1, UINT64_MAX, UINT64_MAX - 1, 9,
		  UINT64_MAX },
		{ 0, 64, COUNTER | REGDB_FIELD_SATURATE, 2, 10, 1, UINT64_MAX, 10 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct toy_row row = { "R",
					     A,
					     64,
					     { .lsb = cases[i].lsb,
					       .width = cases[i].width,
					       .sw = REGDB_ACCESS_RW,
					       .flags = cases[i].flags,
					       .incrvalue = cases[i].incrvalue,
					       .saturate = cases[i].saturate } };
		struct toy toy = toy_new(&row, 1);
		uint64_t start = cases[i].start << cases[i].lsb, got;

		toy_write(&toy, A, (uint32_t)start);
		toy_write(&toy, A + 4, (uint32_t)(start >> 32));
		assert_int_equal(mock_hw_count(toy.mock, A, cases[i].lsb, cases[i].by), E_OK);
		got = toy_read(&toy, A) | (uint64_t)toy_read(&toy, A + 4) << 32;
		assert_true(got >> cases[i].lsb == cases[i].want);
		toy_free(&toy);
	}
}

static void test_a_counter_is_found_by_its_lowest_bit_only(void **state)
{
	static const struct toy_row rows[] = {
		{ "R", A, 64, { .name = "LOW", .width = 8, .sw = REGDB_ACCESS_RW } },
		{ "R",
		  A,
		  64,
		  { .name = "C",
		    .lsb = 8,
		    .width = 40,
		    .sw = REGDB_ACCESS_RW,
		    .flags = COUNTER } },
		{ "Q",
		  A + 8,
		  64,
		  { .lsb = 40, .width = 8, .sw = REGDB_ACCESS_R, .flags = COUNTER } },
	};
	struct toy toy = toy_new(rows, COUNT(rows));

	(void)state;
	assert_int_equal(mock_hw_count(toy.mock, A, 0, 1), E_NOTFOUND);
	assert_int_equal(mock_hw_count(toy.mock, A, 9, 1), E_NOTFOUND);
	assert_int_equal(mock_hw_count(toy.mock, A + 4, 0, 1), E_NOTFOUND);
	assert_int_equal(mock_hw_count(toy.mock, A + 0x1000, 0, 1), E_NOTFOUND);
	assert_int_equal(mock_hw_count(toy.mock, A, 8, 0x1000000), E_OK);
	assert_int_equal(toy_read(&toy, A), 0);
	assert_int_equal(toy_read(&toy, A + 4), 1);
	assert_int_equal(mock_hw_count(toy.mock, A + 12, 8, 3), E_OK);
	assert_int_equal(toy_read(&toy, A + 12), 0x300);
	toy_free(&toy);
}

static void test_a_counter_that_clears_on_read_starts_again(void **state)
{
	static const struct toy_row row = { "R",
					    A,
					    0,
					    { .width = 16,
					      .sw = REGDB_ACCESS_R,
					      .onread = REGDB_ONREAD_RCLR,
					      .flags = COUNTER } };
	struct toy toy = toy_new(&row, 1);

	(void)state;
	assert_int_equal(mock_hw_count(toy.mock, A, 0, 5), E_OK);
	assert_int_equal(toy_read(&toy, A), 5);
	assert_int_equal(mock_hw_count(toy.mock, A, 0, 2), E_OK);
	assert_int_equal(toy_read(&toy, A), 2);
	assert_int_equal(toy_read(&toy, A), 0);
	toy_free(&toy);
}

static void test_latching_follows_sticky_and_stickybit(void **state)
{
	static const struct {
		uint32_t flags;
		uint32_t after_second;
	} cases[] = {
		{ REGDB_FIELD_STICKY, 0x1 },    /* the whole field holds what it caught first */
		{ REGDB_FIELD_STICKYBIT, 0x7 }, /* each bit by itself */
		{ REGDB_FIELD_INTR | REGDB_FIELD_STICKYBIT, 0x7 },
		{ REGDB_FIELD_HWSET, 0x7 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct toy_row rows[] = {
			{ "R",
			  A,
			  0,
			  { .name = "F",
			    .lsb = 4,
			    .width = 4,
			    .sw = REGDB_ACCESS_RW,
			    .hw = REGDB_ACCESS_W,
			    .onwrite = REGDB_ONWRITE_WOCLR,
			    .flags = cases[i].flags } },
			{ "R",
			  A,
			  0,
			  { .name = "G", .lsb = 8, .width = 1, .sw = REGDB_ACCESS_R } },
		};
		struct toy toy = toy_new(rows, COUNT(rows));

		assert_int_equal(mock_hw_set(toy.mock, A, 0x010), E_OK);
		assert_int_equal(mock_hw_set(toy.mock, A, 0x160), E_OK);
		assert_int_equal(toy_read(&toy, A), 0x100 | cases[i].after_second << 4);
		toy_write(&toy, A, 0xf0);
		assert_int_equal(toy_read(&toy, A), 0x100);
		assert_int_equal(mock_hw_set(toy.mock, A, 0x040), E_OK);
		assert_int_equal(toy_read(&toy, A), 0x140);
		toy_free(&toy);
	}
}

static void test_a_sticky_field_over_two_words_latches_as_one(void **state)
{
	static const struct toy_row row = { "R",
					    A,
					    64,
					    { .lsb = 28,
					      .width = 8,
					      .sw = REGDB_ACCESS_RW,
					      .onwrite = REGDB_ONWRITE_WOCLR,
					      .flags = REGDB_FIELD_STICKY } };
	struct toy toy = toy_new(&row, 1);

	(void)state;
	assert_int_equal(mock_hw_set(toy.mock, A + 4, 0x2), E_OK);
	assert_int_equal(mock_hw_set(toy.mock, A, 0x40000000), E_OK);
	assert_int_equal(toy_read(&toy, A), 0);
	assert_int_equal(toy_read(&toy, A + 4), 2);
	toy_free(&toy);
}

/* A model that logs, overrides and can fail. */
struct model {
	unsigned reads, writes, frees;
	uint64_t last_addr;
	uint32_t last_value, shown, seen_by_hw;
	int fail;
	uint32_t hold;
};

static int model_read(void *arg, struct mock *mock, uint64_t addr, uint32_t *value)
{
	struct model *model = arg;

	(void)mock;
	model->reads++;
	model->last_addr = addr;
	model->last_value = *value;
	if (model->shown != 0)
		*value = model->shown;
	return model->fail;
}

static int model_write(void *arg, struct mock *mock, uint64_t addr, uint32_t value)
{
	struct model *model = arg;

	model->writes++;
	model->last_addr = addr;
	model->last_value = value;
	model->seen_by_hw = mock_hw_get(mock, addr);
	if (model->hold != 0)
		mock_hw_hold(mock, addr, model->hold);
	return model->fail;
}

static void model_free(void *arg)
{
	((struct model *)arg)->frees++;
}

static const struct mock_model model_ops = { "test", model_read, model_write, model_free };

static void test_a_model_sees_and_overrides_accesses(void **state)
{
	struct toy toy = toy_new(shot_rows, COUNT(shot_rows));
	struct model model = { .reads = 0 };

	(void)state;
	assert_int_equal(mock_attach(toy.mock, &model_ops, &model, NULL), E_OK);
	toy_write(&toy, A, 0x00550001);
	assert_int_equal(model.writes, 1);
	assert_int_equal(model.last_value, 0x00550001);
	assert_int_equal(model.seen_by_hw, 0x00550001);
	assert_int_equal(toy_read(&toy, A), 0x00550000);
	model.shown = 0x1234;
	assert_int_equal(toy_read(&toy, A), 0x1234);
	assert_int_equal(model.last_value, 0x00550000);
	assert_int_equal(model.last_addr, A);
	assert_int_equal(model.reads, 2);
	toy_free(&toy);
	assert_int_equal(model.frees, 1);
}

static void test_a_model_can_keep_a_shot(void **state)
{
	struct toy toy = toy_new(shot_rows, COUNT(shot_rows));
	struct model model = { .hold = 0x101 };

	(void)state;
	assert_int_equal(mock_attach(toy.mock, &model_ops, &model, NULL), E_OK);
	toy_write(&toy, A, 0x131);
	clock_wait_us(mock_clock(toy.mock), 1000);
	assert_int_equal(toy_read(&toy, A), 0x101);
	assert_int_equal(mock_hw_put(toy.mock, A, 0), E_OK);
	assert_int_equal(toy_read(&toy, A), 0);
	toy_free(&toy);
}

static void test_a_failing_model_fails_the_access(void **state)
{
	static const struct mock_model bare = { .name = "bare" };
	struct toy toy = toy_new(shot_rows, COUNT(shot_rows));
	struct model model = { .fail = E_TIMEOUT };
	struct error err = { 0 };
	uint32_t value = 3;

	(void)state;
	assert_int_equal(mock_attach(toy.mock, &bare, NULL, NULL), E_OK);
	assert_int_equal(mock_attach(toy.mock, &model_ops, &model, NULL), E_OK);
	assert_int_equal(mock_sw_read(toy.mock, A, &value, &err), E_TIMEOUT);
	assert_int_equal(value, 3);
	assert_string_equal(err.text, "model test: timeout");
	assert_int_equal(mock_sw_write(toy.mock, A, 0, &err), E_TIMEOUT);
	toy_free(&toy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_shot_without_latency_is_done_at_the_next_read),
		cmocka_unit_test(test_shots_clear_when_their_time_has_come),
		cmocka_unit_test(test_writing_a_shot_again_does_not_prolong_it),
		cmocka_unit_test(test_software_may_take_a_shot_back),
		cmocka_unit_test(test_a_reset_forgets_shots),
		cmocka_unit_test(test_hwclr_of_a_status_is_no_shot),
		cmocka_unit_test(test_counters_step_wrap_and_saturate),
		cmocka_unit_test(test_a_counter_is_found_by_its_lowest_bit_only),
		cmocka_unit_test(test_a_counter_that_clears_on_read_starts_again),
		cmocka_unit_test(test_latching_follows_sticky_and_stickybit),
		cmocka_unit_test(test_a_sticky_field_over_two_words_latches_as_one),
		cmocka_unit_test(test_a_model_sees_and_overrides_accesses),
		cmocka_unit_test(test_a_model_can_keep_a_shot),
		cmocka_unit_test(test_a_failing_model_fails_the_access),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
