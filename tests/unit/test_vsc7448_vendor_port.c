/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ports: what each mode leaves in the chip, on a port of each kind, against the vendor's driver
 * (fixtures/vsc7448/vendor).
 */
#include "hal/vsc7448/port.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "hal/vsc7448/calendar.h"
#include "hal/vsc7448/chip.h"
#include "tests/lib/vendor_group.h"

/* What differs from the vendor's default settings, which the README of the fixtures names. */
enum tweak {
	AS_IS,
	NO_SIGDET,
	SGMII_AUTO,
	CLAUSE37,
	PAUSE,
	LONG_FRAMES, /* 9600 bytes, length check on 1G */
	DISABLED,
};

struct setting {
	enum link_mode mode;
	enum tweak tweak;
	uint32_t mbps; /* 0: the mode's */
	enum vsc7448_media media;
};

struct row {
	const char *operation;
	uint32_t port, n_ports;
	struct setting before,
		after; /* before: mode LINK_MODE_COUNT when the port is not set up */
};

#define SR VSC7448_MEDIA_SR
#define NEW                                                                                    \
	{                                                                                      \
		.mode = LINK_MODE_COUNT                                                        \
	}
#define MODE(m)                                                                                \
	{                                                                                      \
		LINK_MODE_##m, AS_IS, 0, SR                                                    \
	}
#define WITH(m, t)                                                                             \
	{                                                                                      \
		LINK_MODE_##m, t, 0, SR                                                        \
	}
#define RATE(m, r)                                                                             \
	{                                                                                      \
		LINK_MODE_##m, AS_IS, r, SR                                                    \
	}
#define SFI(media)                                                                             \
	{                                                                                      \
		LINK_MODE_10GBASE_R, AS_IS, 0, VSC7448_MEDIA_##media                           \
	}

static const struct row modes[] = {
	{ "port0_1000x", 0, 1, NEW, MODE(1000BASE_X) },
	{ "port7_1000x", 7, 1, NEW, MODE(1000BASE_X) },
	{ "port8_1000x", 8, 1, NEW, MODE(1000BASE_X) },
	{ "port31_1000x", 31, 1, NEW, MODE(1000BASE_X) },
	{ "port48_1000x", 48, 1, NEW, MODE(1000BASE_X) },
	{ "port0_1000x_no_sd", 0, 1, NEW, WITH(1000BASE_X, NO_SIGDET) },
	{ "port0_sgmii", 0, 1, NEW, MODE(SGMII) },
	{ "port0_sgmii_100", 0, 1, NEW, RATE(SGMII, 100) },
	{ "port7_sgmii", 7, 1, NEW, MODE(SGMII) },
	{ "port8_sgmii", 8, 1, NEW, MODE(SGMII) },
	{ "port8_sgmii_100", 8, 1, NEW, RATE(SGMII, 100) },
	{ "port48_sgmii", 48, 1, NEW, MODE(SGMII) },
	{ "port0_sgmii_cisco", 0, 1, NEW, WITH(SGMII, SGMII_AUTO) },
	{ "port8_sgmii_cisco", 8, 1, NEW, WITH(SGMII, SGMII_AUTO) },
	{ "port48_sgmii_cisco", 48, 1, NEW, WITH(SGMII, SGMII_AUTO) },
	{ "port0_100fx", 0, 1, NEW, MODE(100BASE_FX) },
	{ "port8_100fx", 8, 1, NEW, MODE(100BASE_FX) },
	{ "port48_100fx", 48, 1, NEW, MODE(100BASE_FX) },
	{ "port8_2g5_vaui", 8, 1, NEW, MODE(2500BASE_X) },
	{ "port31_2g5_vaui", 31, 1, NEW, MODE(2500BASE_X) },
	{ "qsgmii_group0", 0, 4, NEW, MODE(QSGMII) },
	{ "qsgmii_group1", 4, 4, NEW, MODE(QSGMII) },
	{ "qsgmii_group8", 32, 4, NEW, MODE(QSGMII) },
};

static const struct row modes_10g[] = {
	{ "port49_sfi_sr", 49, 1, NEW, SFI(SR) },
	{ "port50_sfi_sr", 50, 1, NEW, SFI(SR) },
	{ "port51_sfi_sr", 51, 1, NEW, SFI(SR) },
	{ "port52_sfi_sr", 52, 1, NEW, SFI(SR) },
	{ "port49_sfi_dac", 49, 1, NEW, SFI(DAC) },
	{ "port49_sfi_none", 49, 1, NEW, SFI(NONE) },
	{ "port49_sfi_kr", 49, 1, NEW, MODE(10GBASE_KR) },
	{ "port49_xaui", 49, 1, NEW, MODE(XAUI) },
	{ "port50_xaui", 50, 1, NEW, MODE(XAUI) },
	{ "port51_xaui", 51, 1, NEW, MODE(XAUI) },
	{ "port52_xaui", 52, 1, NEW, MODE(XAUI) },
	{ "port49_rxaui", 49, 1, NEW, MODE(RXAUI) },
	{ "port50_rxaui", 50, 1, NEW, MODE(RXAUI) },
	{ "port51_rxaui", 51, 1, NEW, MODE(RXAUI) },
	{ "port52_rxaui", 52, 1, NEW, MODE(RXAUI) },
	{ "port49_1000x", 49, 1, NEW, MODE(1000BASE_X) },
	{ "port49_sgmii", 49, 1, NEW, MODE(SGMII) },
	{ "port49_sgmii_cisco", 49, 1, NEW, WITH(SGMII, SGMII_AUTO) },
	{ "port49_2g5", 49, 1, NEW, MODE(2500BASE_X) },
	{ "port49_100fx", 49, 1, NEW, MODE(100BASE_FX) },
};

static const struct row changes[] = {
	{ "port0_1000x_again", 0, 1, MODE(1000BASE_X), MODE(1000BASE_X) },
	{ "port0_1000x_to_sgmii", 0, 1, MODE(1000BASE_X), MODE(SGMII) },
	{ "port8_1000x_to_2g5", 8, 1, MODE(1000BASE_X), MODE(2500BASE_X) },
	{ "port49_sfi_to_1000x", 49, 1, SFI(SR), MODE(1000BASE_X) },
	{ "port49_1000x_to_sfi", 49, 1, MODE(1000BASE_X), SFI(SR) },
	{ "port49_sfi_to_xaui", 49, 1, SFI(SR), MODE(XAUI) },
	{ "port0_clause37", 0, 1, MODE(1000BASE_X), WITH(1000BASE_X, CLAUSE37) },
	{ "port0_clause37_off", 0, 1, WITH(1000BASE_X, CLAUSE37), MODE(1000BASE_X) },
	{ "port0_flow_control", 0, 1, MODE(1000BASE_X), WITH(1000BASE_X, PAUSE) },
	{ "port49_flow_control", 49, 1, SFI(SR), WITH(10GBASE_R, PAUSE) },
	{ "port0_max_frame_9600", 0, 1, MODE(1000BASE_X), WITH(1000BASE_X, LONG_FRAMES) },
	{ "port49_max_frame_9600", 49, 1, SFI(SR), WITH(10GBASE_R, LONG_FRAMES) },
	{ "port0_disable", 0, 1, MODE(1000BASE_X), WITH(1000BASE_X, DISABLED) },
	{ "port0_enable", 0, 1, WITH(1000BASE_X, DISABLED), MODE(1000BASE_X) },
	{ "port0_disable_sgmii", 0, 1, MODE(SGMII), WITH(SGMII, DISABLED) },
	{ "port8_disable", 8, 1, MODE(1000BASE_X), WITH(1000BASE_X, DISABLED) },
	{ "port8_enable", 8, 1, WITH(1000BASE_X, DISABLED), MODE(1000BASE_X) },
	{ "port0_disable_qsgmii", 0, 1, MODE(QSGMII), WITH(QSGMII, DISABLED) },
	{ "port49_disable_sfi", 49, 1, SFI(SR), WITH(10GBASE_R, DISABLED) },
	{ "port49_enable_sfi", 49, 1, WITH(10GBASE_R, DISABLED), SFI(SR) },
	{ "port49_disable_xaui", 49, 1, MODE(XAUI), WITH(XAUI, DISABLED) },
};

static void apply_tweak(enum tweak tweak, struct vsc7448_port_conf *conf)
{
	switch (tweak) {
	case AS_IS:
		break;
	case NO_SIGDET:
		conf->sigdet = VSC7448_SIGDET_NONE;
		break;
	case SGMII_AUTO:
		conf->sgmii = VSC7448_SGMII_AUTO;
		conf->sigdet = VSC7448_SIGDET_PIN;
		break;
	case CLAUSE37:
		conf->clause37 = true;
		break;
	case PAUSE:
		conf->pause_obey = conf->pause_generate = true;
		break;
	case LONG_FRAMES:
		conf->max_frame_bytes = 9600;
		conf->length_check = conf->mode == LINK_MODE_1000BASE_X;
		break;
	case DISABLED:
		conf->enabled = false;
		break;
	}
}

static void configure(const struct setting *s, struct vsc7448_port_conf *conf)
{
	static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 0x10 };

	vsc7448_port_conf_default(s->mode, conf);
	memcpy(conf->pause_mac, mac, sizeof(mac));
	conf->clause37 = false;
	if (s->mode == LINK_MODE_10GBASE_R)
		conf->media = s->media;
	if (s->mbps != 0)
		conf->mbps = s->mbps;
	apply_tweak(s->tweak, conf);
}

/* The base map, but with room for the row's port: that it has the rate, others pay. */
static void make_map(const struct row *row, struct vsc7448_port_map *map)
{
	uint32_t mbps = link_mode_mbps(row->after.mode);

	vsc7448_port_map_base(map);
	if (mbps <= map->mbps[row->port])
		return;
	map->mbps[row->port] = (uint16_t)mbps;
	memset(&map->mbps[36], 0, 12 * sizeof(map->mbps[0]));
}

static int set_all(struct vsc7448 *chip, const struct row *row, const struct setting *s,
		   struct error *err)
{
	struct vsc7448_port_conf conf;
	int rc = 0;

	configure(s, &conf);
	for (uint32_t i = 0; i < row->n_ports && rc == 0; i++)
		rc = vsc7448_port_conf_set(chip, row->port + i, &conf, err);
	return rc;
}

static int prepare(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct row *row = arg;
	struct setting first = row->before;
	struct vsc7448_port_map map;
	int rc;

	make_map(row, &map);
	rc = vsc7448_init(chip, &map, 0, err);
	if (rc != 0 || first.mode == LINK_MODE_COUNT)
		return rc;
	if (first.tweak == DISABLED)
		first.tweak = AS_IS;
	rc = set_all(chip, row, &first, err);
	if (rc == 0 && row->before.tweak == DISABLED)
		rc = vsc7448_port_disable(chip, row->port, err);
	return rc;
}

static int set_up(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct row *row = arg;

	return set_all(chip, row, &row->after, err);
}

static int change(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct row *row = arg;
	struct vsc7448_port_conf conf;

	if (row->after.tweak == DISABLED)
		return vsc7448_port_disable(chip, row->port, err);
	if (row->before.tweak == DISABLED)
		return vsc7448_port_enable(chip, row->port, err);
	configure(&row->after, &conf);
	return vsc7448_port_conf_change(chip, row->port, &conf, err);
}

static void try_rows(const struct row *rows, size_t n, vendor_step run)
{
	size_t bad = 0;

	for (size_t i = 0; i < n; i++)
		bad += vendor_try(rows[i].operation, prepare, run, &rows[i]);
	assert_int_equal(bad, 0);
}

#define TRY(rows, run) try_rows(rows, sizeof(rows) / sizeof((rows)[0]), run)

static void test_each_mode_up_to_2g5_leaves_what_the_vendor_leaves(void **state)
{
	(void)state;
	TRY(modes, set_up);
}

static void test_each_mode_of_10g_ports_leaves_what_the_vendor_leaves(void **state)
{
	(void)state;
	TRY(modes_10g, set_up);
}

static void test_each_change_of_a_port_leaves_what_the_vendor_leaves(void **state)
{
	(void)state;
	TRY(changes, change);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_mode_up_to_2g5_leaves_what_the_vendor_leaves),
		cmocka_unit_test(test_each_mode_of_10g_ports_leaves_what_the_vendor_leaves),
		cmocka_unit_test(test_each_change_of_a_port_leaves_what_the_vendor_leaves),
		cmocka_unit_test(test_every_listed_difference_occurs),
	};

	return cmocka_run_group_tests(tests, vendor_load, vendor_unload);
}
