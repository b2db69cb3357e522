/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The dispatcher: opening, checks, statuses, polls, delays, cancel, counts, texts. */
#include "tests/unit/bus_cases.h"

#include "drv/bus_priv.h"
#include "drv/cancel.h"

static void assert_open_fails(const char *uri, int code, const char *text)
{
	struct error err = { 0 };
	struct bus *bus = NULL;

	assert_int_equal(bus_open(uri, &scratch_env, &err, &bus), code);
	assert_null(bus);
	assert_int_equal(err.code, code);
	if (text != NULL)
		assert_string_equal(err.text, text);
}

static void test_unknown_schemes_list_what_exists(void **state)
{
	static const char *const bad[] = { "", "x", "file", "File:x", ":x", "isa:0x3f8", "-:" };
	struct error err = { 0 };
	struct bus *bus;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_int_equal(bus_open(bad[i], NULL, &err, &bus), E_SYNTAX);
		for (size_t k = 0; bus_scheme_name(k) != NULL; k++)
			assert_non_null(strstr(err.text, bus_scheme_name(k)));
	}
}

static void test_overlong_uris_are_refused(void **state)
{
	char *uri = malloc(URI_MAX_CHARS + 2);

	(void)state;
	assert_non_null(uri);
	memset(uri, 'a', URI_MAX_CHARS + 1);
	uri[URI_MAX_CHARS + 1] = '\0';
	memcpy(uri, "file:", 5);
	assert_open_fails(uri, E_SYNTAX, NULL);
	free(uri);
}

static void test_deep_nesting_opens_or_fails_cleanly(void **state)
{
	char uri[URI_MAX_CHARS + 1] = "";
	struct error err = { 0 };
	struct bus *bus;
	uint32_t value;

	(void)state;
	for (unsigned i = 0; i < 1000; i++)
		memcpy(uri + 6 * i, "fault:", 7);
	strcat(uri, "file:");
	strcat(uri, scratch_path);
	assert_int_equal(bus_open(uri, &scratch_env, &err, &bus), E_OK);
	assert_int_equal(bus_read(bus, WORD(3), &value), E_OK);
	assert_int_equal(value, scratch_word(3));
	bus_close(bus);
}

static void test_schemes_have_help_and_parameters(void **state)
{
	struct bus_param param;
	size_t i;

	(void)state;
	for (i = 0; bus_scheme_name(i) != NULL; i++) {
		assert_true(strlen(bus_scheme_help(i)) > 0);
		for (size_t k = 0; bus_scheme_param(i, k, &param); k++) {
			assert_true(strlen(param.name) > 0);
			assert_true(strlen(param.help) > 0);
			assert_in_range(k, 0, 31);
		}
	}
	assert_true(i > 0);
	assert_null(bus_scheme_help(i));
	assert_false(bus_scheme_param(i, 0, &param));
}

/* A backend that asks for a cancel at its @at-th access. */
struct cancelling {
	struct bus bus;
	unsigned at, seen;
};

static int cancelling_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct cancelling *self = (struct cancelling *)bus;

	for (size_t i = 0; i < n; i++) {
		ops[i].status = BUS_OP_DONE;
		if (++self->seen == self->at)
			cancel_request();
	}
	return E_OK;
}

static const struct bus_backend cancelling_backend = {
	.scheme = "cancelling",
	.burst = 1,
	.xfer = cancelling_xfer,
};

static void test_cancel_in_mid_batch_reports_what_was_applied(void **state)
{
	(void)state;
	for (unsigned at = 1; at <= 4; at++) {
		struct cancelling self = { .at = at };
		struct bus_op ops[5] = { { .kind = BUS_OP_WRITE } };
		struct error err = { 0 };

		for (unsigned i = 0; i < 5; i++)
			ops[i] = (struct bus_op){ .kind = BUS_OP_WRITE, .addr = WORD(i) };
		assert_int_equal(bus__init(&self.bus, &cancelling_backend, &scratch_env, &err),
				 0);
		self.at = at;
		assert_int_equal(bus_xfer(&self.bus, ops, 5), E_INTR);
		for (unsigned i = 0; i < 5; i++)
			assert_int_equal(ops[i].status, i < at ? BUS_OP_DONE : BUS_OP_NOT_RUN);
		assert_int_equal(self.seen, at);
		cancel_clear();
	}
}

static void test_cancel_ends_a_poll(void **state)
{
	struct cancelling self = { .at = 0 };
	struct bus_op op = { .kind = BUS_OP_POLL,
			     .addr = WORD(0),
			     .value = 1,
			     .mask = 1,
			     .time_us = 60000000,
			     .every_us = 1 };
	struct error err = { 0 };

	(void)state;
	assert_int_equal(bus__init(&self.bus, &cancelling_backend, &scratch_env, &err), E_OK);
	self.at = 3;
	assert_int_equal(bus_xfer(&self.bus, &op, 1), E_INTR);
	assert_int_equal(op.status, BUS_OP_FAILED);
	assert_int_equal(self.seen, 3);
	assert_string_equal(bus_error(&self.bus)->text,
			    "poll 0x00001000: interrupted while it was 0x00000000");
	cancel_clear();
}

static void test_windows_are_made_of_words(void **state)
{
	static const struct bus_env bad[] = {
		{ .origin = 2, .size = 8 },
		{ .origin = 0, .size = 6 },
		{ .origin = UINT64_MAX - 7, .size = 16 },
	};
	struct bus bus;
	struct error err;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(bus__init(&bus, &cancelling_backend, &bad[i], &err), E_RANGE);
	assert_int_equal(bus__init(&bus, &cancelling_backend,
				   &(struct bus_env){ .origin = UINT64_MAX - 7, .size = 8 },
				   &err),
			 E_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unknown_schemes_list_what_exists),
		cmocka_unit_test(test_overlong_uris_are_refused),
		cmocka_unit_test(test_schemes_have_help_and_parameters),
		ON_SCRATCH(test_deep_nesting_opens_or_fails_cleanly),
		BUS_CASES,
		cmocka_unit_test(test_cancel_in_mid_batch_reports_what_was_applied),
		cmocka_unit_test(test_cancel_ends_a_poll),
		cmocka_unit_test(test_windows_are_made_of_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
