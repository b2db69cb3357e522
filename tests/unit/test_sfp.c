/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SFP identity and diagnostics from their bytes.  Known answers: the examples that SFF-8472 prints
 * for its formats (section 9: bit weights, digital temperature format, slope format, calibrated
 * units) and the IEEE 754 values it refers to.
 */
#include "hal/sfp.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void near(double have, double want)
{
	if (fabs(have - want) > 1e-9 + 1e-6 * fabs(want))
		fail_msg("%.9f instead of %.9f", have, want);
}

static void put_16(uint8_t *at, unsigned value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

/* Constants that change nothing: slope 1, offset 0, received power as it is. */
static void neutral(uint8_t *a2)
{
	static const uint8_t one[4] = { 0x3f, 0x80, 0, 0 };

	memset(a2, 0, SFP_DIAG_BYTES);
	memcpy(a2 + 68, one, sizeof(one));
	for (size_t at = 76; at < 92; at += 4)
		put_16(a2 + at, 0x0100);
}

static double reading(const uint8_t *a2, bool external, enum sfp_quantity quantity)
{
	struct sfp_identity identity = { .has_diag = true, .diag_is_external = external };
	struct sfp_diag diag;

	sfp_diag_decode(a2, &identity, &diag);
	return diag.readings[quantity].now;
}

/* SFF-8472, "Digital Temperature Format": printed to three places there. */
static void test_temperatures_of_the_standards_table(void **state)
{
	static const struct {
		unsigned raw;
		double printed;
	} rows[] = {
		{ 0x7fff, 127.996 }, { 0x7d00, 125 }, { 0x1900, 25 },
		{ 0x0101, 1.004 },   { 0x0100, 1 },   { 0x00ff, 0.996 },
		{ 0x0001, 0.004 },   { 0x0000, 0 },   { 0xffff, -0.004 },
		{ 0xff01, -0.996 },  { 0xff00, -1 },  { 0xfeff, -1.004 },
		{ 0xe700, -25 },     { 0xd800, -40 }, { 0x8001, -127.996 },
		{ 0x8000, -128 },
	};
	uint8_t a2[SFP_DIAG_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		neutral(a2);
		put_16(a2 + 96, rows[i].raw);
		near(round(1000 * reading(a2, false, SFP_TEMPERATURE)) / 1000, rows[i].printed);
		near(reading(a2, true, SFP_TEMPERATURE), reading(a2, false, SFP_TEMPERATURE));
	}
}

/* SFF-8472, "Bit weights" of slopes: 0x0101 is 1.0039, 0x00ff 0.9961, 0x0001 0.0039. */
static void test_slopes_of_the_standards_table(void **state)
{
	static const struct {
		unsigned slope;
		double printed;
	} rows[] = {
		{ 0xffff, 255.9961 }, { 0x0201, 2.0039 }, { 0x0200, 2 },
		{ 0x01ff, 1.9961 },   { 0x0101, 1.0039 }, { 0x0100, 1 },
		{ 0x00ff, 0.9961 },   { 0x0001, 0.0039 }, { 0x0000, 0 },
	};
	uint8_t a2[SFP_DIAG_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		neutral(a2);
		put_16(a2 + 88, rows[i].slope);
		put_16(a2 + 98, 10000); /* 1 V */
		near(round(10000 * reading(a2, true, SFP_VOLTAGE)) / 10000, rows[i].printed);
		near(reading(a2, false, SFP_VOLTAGE), 1);
	}
}

/* Full scales of section 9: 6.55 V, 131 mA, 6.5535 mW (+8.2 dBm), and -40 dBm for one step. */
static void test_full_scales_are_those_of_the_standard(void **state)
{
	uint8_t a2[SFP_DIAG_BYTES];

	(void)state;
	neutral(a2);
	memset(a2 + 98, 0xff, 8);
	near(reading(a2, false, SFP_VOLTAGE), 6.5535);
	near(reading(a2, false, SFP_BIAS), 131.07);
	near(reading(a2, false, SFP_TX_POWER), 6.5535);
	near(reading(a2, false, SFP_RX_POWER), 6.5535);
	near(round(10 * sfp_dbm(6.5535)) / 10, 8.2);
	near(sfp_dbm(1e-4), -40);
	near(sfp_dbm(0), -40);
	near(sfp_dbm(1), 0);
}

/* Offsets are signed and in steps of the reading: -40 is -40 * 2 uA. */
static void test_external_calibration_adds_signed_offsets(void **state)
{
	uint8_t a2[SFP_DIAG_BYTES];

	(void)state;
	neutral(a2);
	put_16(a2 + 78, 0xffd8);
	put_16(a2 + 100, 1000);
	near(reading(a2, true, SFP_BIAS), 1.92);
	put_16(a2 + 86, 0xff00); /* -1 degree */
	put_16(a2 + 96, 0x1900);
	near(reading(a2, true, SFP_TEMPERATURE), 24);
	put_16(a2 + 80, 0x0080); /* half */
	put_16(a2 + 82, 100);
	put_16(a2 + 102, 2000);
	near(reading(a2, true, SFP_TX_POWER), 0.11);
}

/* Rx_PWR = 2e-8 r^4 + ... : each coefficient at its place, IEEE 754. */
static void test_received_power_is_the_polynomial_of_its_constants(void **state)
{
	static const uint8_t coefficients[20] = {
		0x33, 0xd6, 0xbf, 0x95, /* 1e-7 r^4 */
		0xb7, 0x27, 0xc5, 0xac, /* -1e-5 r^3 */
		0x3a, 0x83, 0x12, 0x6f, /* 1e-3 r^2 */
		0x3f, 0x00, 0x00, 0x00, /* 0.5 r */
		0xc1, 0x20, 0x00, 0x00, /* -10 */
	};
	uint8_t a2[SFP_DIAG_BYTES];

	(void)state;
	neutral(a2);
	memcpy(a2 + 56, coefficients, sizeof(coefficients));
	put_16(a2 + 104, 100);
	/* 1e-7 * 1e8 - 1e-5 * 1e6 + 1e-3 * 1e4 + 50 - 10 = 10 - 10 + 10 + 40 = 50 steps */
	near(round(1e6 * reading(a2, true, SFP_RX_POWER)), 5000);
	near(reading(a2, false, SFP_RX_POWER), 0.01);
}

static void test_each_threshold_and_flag_is_at_its_place(void **state)
{
	struct sfp_identity identity = { .has_diag = true };
	uint8_t a2[SFP_DIAG_BYTES];
	struct sfp_diag diag;

	(void)state;
	for (unsigned n = 0; n < 10; n++) { /* high and low of five quantities */
		neutral(a2);
		a2[112 + n / 8] = (uint8_t)(0x80 >> n % 8);
		a2[116 + n / 8] = (uint8_t)(0x80 >> n % 8);
		put_16(a2 + 8 * (size_t)(n / 2) + (n % 2 != 0 ? 2 : 0), 0x1000);
		put_16(a2 + 8 * (size_t)(n / 2) + (n % 2 != 0 ? 6 : 4), 0x0800);
		sfp_diag_decode(a2, &identity, &diag);
		for (unsigned q = 0; q < SFP_N_QUANTITIES; q++) {
			const struct sfp_reading *r = &diag.readings[q];
			bool high = n == 2 * q, low = n == 2 * q + 1;

			assert_int_equal(r->is_high_alarm, high);
			assert_int_equal(r->is_low_alarm, low);
			assert_int_equal(r->is_high_warning, high);
			assert_int_equal(r->is_low_warning, low);
			assert_int_equal(r->high_alarm > 0, high);
			assert_int_equal(r->low_alarm > 0, low);
			if (high)
				near(r->high_alarm, 2 * r->high_warning);
			if (low)
				near(r->low_alarm, 2 * r->low_warning);
		}
	}
}

static void test_status_and_checksum(void **state)
{
	struct sfp_identity identity = { 0 };
	uint8_t a2[SFP_DIAG_BYTES] = { 0 };
	struct sfp_diag diag;

	(void)state;
	a2[10] = 200;
	a2[20] = 100;
	a2[95] = 44; /* 300 modulo 256 */
	a2[110] = 0x80 | 0x02;
	sfp_diag_decode(a2, &identity, &diag);
	assert_true(diag.checksum_ok && diag.tx_disabled && diag.rx_los);
	assert_false(diag.tx_fault || diag.not_ready);
	a2[110] = 0x04 | 0x01;
	a2[95]++;
	sfp_diag_decode(a2, &identity, &diag);
	assert_false(diag.checksum_ok || diag.tx_disabled || diag.rx_los);
	assert_true(diag.tx_fault && diag.not_ready);
}

static void test_identity_is_cut_from_its_bytes(void **state)
{
	uint8_t a0[SFP_IDENTITY_BYTES] = { [0] = 3, [2] = 7, [3] = 0x10, [12] = 103 };
	struct sfp_identity identity;

	(void)state;
	memset(a0 + 20, ' ', 76);
	memcpy(a0 + 20, "ACME\x01 OPTICS", 12);
	memcpy(a0 + 40, "1234567890123456", 16);
	memset(a0 + 14, 0, 6);
	a0[14] = 10;
	a0[16] = 8;
	a0[18] = 40;
	put_16(a0 + 60, 850);
	a0[8] = 0;
	a0[92] = 0x68;
	sfp_identity_decode(a0, &identity);
	assert_string_equal(identity.vendor, "ACME? OPTICS");
	assert_string_equal(identity.part, "1234567890123456");
	assert_string_equal(identity.serial, "");
	assert_string_equal(sfp_type_name(a0), "10GBASE-SR");
	assert_string_equal(sfp_connector_name(identity.connector), "LC");
	assert_int_equal(identity.rate_mbps, 10300);
	assert_int_equal(identity.wavelength_nm, 850);
	assert_int_equal(identity.reach_m[0], 10000);
	assert_int_equal(identity.reach_m[1], 80);
	assert_int_equal(identity.reach_m[3], 400);
	assert_true(identity.has_diag && identity.rx_is_average);
	assert_false(identity.diag_is_external);
	/* A cable has metres at byte 18 and no wavelength. */
	a0[3] = 0;
	a0[8] = 0x04;
	sfp_identity_decode(a0, &identity);
	assert_int_equal(identity.wavelength_nm, 0);
	assert_int_equal(identity.reach_m[3], 40);
	assert_string_equal(sfp_type_name(a0), "passive cable");
	a0[8] = 0;
	assert_string_equal(sfp_type_name(a0), "unknown");
	assert_string_equal(sfp_connector_name(0x99), "unknown");
}

/* CC_BASE covers bytes 0 to 62, CC_EXT 64 to 94. */
static void test_checksums_cover_their_bytes(void **state)
{
	uint8_t a0[SFP_IDENTITY_BYTES] = { 0 };
	struct sfp_identity identity;

	(void)state;
	for (size_t i = 0; i < SFP_IDENTITY_BYTES; i++) {
		memset(a0, 0, sizeof(a0));
		a0[i] = 1;
		sfp_identity_decode(a0, &identity);
		assert_int_equal(identity.base_ok, i > 63);
		assert_int_equal(identity.ext_ok, i < 64);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_temperatures_of_the_standards_table),
		cmocka_unit_test(test_slopes_of_the_standards_table),
		cmocka_unit_test(test_full_scales_are_those_of_the_standard),
		cmocka_unit_test(test_external_calibration_adds_signed_offsets),
		cmocka_unit_test(test_received_power_is_the_polynomial_of_its_constants),
		cmocka_unit_test(test_each_threshold_and_flag_is_at_its_place),
		cmocka_unit_test(test_status_and_checksum),
		cmocka_unit_test(test_identity_is_cut_from_its_bytes),
		cmocka_unit_test(test_checksums_cover_their_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
