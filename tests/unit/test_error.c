/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/error.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The exit statuses of DESIGN section 3, written down a second time. */
static const struct {
	int code, status;
	const char *name;
} codes[] = {
	{ E_OK, 0, "ok" },
	{ E_IO, 1, "io" },
	{ E_TIMEOUT, 6, "timeout" },
	{ E_NODEV, 5, "no-device" },
	{ E_PERM, 5, "permission" },
	{ E_BUSY, 7, "busy" },
	{ E_RANGE, 2, "range" },
	{ E_SYNTAX, 2, "syntax" },
	{ E_STATE, 1, "state" },
	{ E_NOTSUP, 1, "not-supported" },
	{ E_MISMATCH, 3, "mismatch" },
	{ E_CORRUPT, 2, "corrupt" },
	{ E_NOTFOUND, 4, "not-found" },
	{ E_POLICY, 8, "policy" },
	{ E_NOMEM, 1, "no-memory" },
	{ E_INTR, 1, "interrupted" },
	{ E_INTERNAL, 1, "internal" },
};

static void test_every_code_has_its_name_and_exit_status(void **state)
{
	(void)state;
	assert_int_equal(COUNT(codes), 1 - ERROR_LAST);
	for (size_t i = 0; i < COUNT(codes); i++) {
		assert_int_equal(codes[i].code, -(int)i);
		assert_string_equal(error_name(codes[i].code), codes[i].name);
		assert_int_equal(error_exit_status(codes[i].code), codes[i].status);
	}
}

static void test_names_are_unique_and_statuses_documented(void **state)
{
	(void)state;
	for (int a = E_OK; a >= ERROR_LAST; a--) {
		assert_in_range(error_exit_status(a), 0, 8);
		assert_true((error_exit_status(a) == 0) == (a == E_OK));
		for (int b = E_OK; b > a; b--)
			assert_string_not_equal(error_name(a), error_name(b));
	}
}

static void test_unknown_codes_are_internal_errors(void **state)
{
	static const int strange[] = { 1, 255, ERROR_LAST - 1, -1000, INT32_MIN, INT32_MAX };

	(void)state;
	for (size_t i = 0; i < COUNT(strange); i++) {
		assert_string_equal(error_name(strange[i]), "internal");
		assert_int_equal(error_exit_status(strange[i]), 1);
	}
}

static void test_set_formats_and_returns_the_code(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_int_equal(error_set(&err, E_TIMEOUT, "MAC table busy after %u us", 7u),
			 E_TIMEOUT);
	assert_int_equal(err.code, E_TIMEOUT);
	assert_string_equal(err.text, "MAC table busy after 7 us");
	assert_int_equal(error_set(NULL, E_IO, "lost"), E_IO);
}

static void test_set_may_quote_its_own_text(void **state)
{
	struct error err = { 0 };

	(void)state;
	error_set(&err, E_IO, "inner");
	error_set(&err, E_STATE, "gave up after: %s", err.text);
	assert_string_equal(err.text, "gave up after: inner");
}

static void test_prefix_goes_in_front(void **state)
{
	struct error err = { 0 };

	(void)state;
	error_set(&err, E_IO, "USB read: lost");
	assert_int_equal(error_prefix(&err, "%s", "PCS1G_CFG"), E_IO);
	assert_int_equal(error_prefix(&err, "port %u", 7u), E_IO);
	assert_string_equal(err.text, "port 7: PCS1G_CFG: USB read: lost");
	assert_int_equal(error_prefix(NULL, "x"), E_OK);
}

static void test_long_texts_are_cut_never_overflow(void **state)
{
	struct {
		struct error err;
		unsigned char guard[64];
	} box;
	char longer[2 * sizeof(box.err.text)];

	(void)state;
	memset(&box, 0x5a, sizeof(box));
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	error_set(&box.err, E_IO, "%s", longer);
	assert_int_equal(strlen(box.err.text), sizeof(box.err.text) - 1);
	error_prefix(&box.err, "%.300s", longer);
	error_prefix(&box.err, "%s", longer);
	assert_int_equal(strlen(box.err.text), sizeof(box.err.text) - 1);
	for (size_t i = 0; i < sizeof(box.guard); i++)
		assert_int_equal(box.guard[i], 0x5a);
}

static void test_copy_and_clear(void **state)
{
	struct error a = { 0 }, b = { 0 };

	(void)state;
	error_set(&a, E_BUSY, "locked");
	assert_int_equal(error_copy(&b, &a), E_BUSY);
	assert_int_equal(b.code, E_BUSY);
	assert_string_equal(b.text, "locked");
	assert_int_equal(error_copy(NULL, &a), E_BUSY);
	assert_int_equal(error_copy(&b, NULL), E_OK);
	assert_int_equal(b.code, E_BUSY);
	error_clear(&b);
	assert_int_equal(b.code, E_OK);
	assert_string_equal(b.text, "");
	error_clear(NULL);
}

static void test_system_errors_become_codes(void **state)
{
	static const struct {
		int errnum, code;
	} cases[] = {
		{ ENOENT, E_NODEV }, { EISDIR, E_NODEV }, { EACCES, E_PERM }, { EROFS, E_PERM },
		{ EBUSY, E_BUSY },   { ENOMEM, E_NOMEM }, { EIO, E_IO },
	};
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(error_set_errno(&err, cases[i].errnum, "x"), cases[i].code);
	error_set_errno(&err, ENOENT, "file %s", "a.bin");
	assert_string_equal(err.text, "file a.bin: No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_code_has_its_name_and_exit_status),
		cmocka_unit_test(test_names_are_unique_and_statuses_documented),
		cmocka_unit_test(test_unknown_codes_are_internal_errors),
		cmocka_unit_test(test_set_formats_and_returns_the_code),
		cmocka_unit_test(test_set_may_quote_its_own_text),
		cmocka_unit_test(test_prefix_goes_in_front),
		cmocka_unit_test(test_long_texts_are_cut_never_overflow),
		cmocka_unit_test(test_copy_and_clear),
		cmocka_unit_test(test_system_errors_become_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
