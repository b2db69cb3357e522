/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state of links as the driver reads it, on two wired mock chips. */
#include "hal/vsc7448/link_status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "hal/vsc7448/calendar.h"
#include "hal/vsc7448/port.h"
#include "tests/lib/chip_bench.h"
#include "tests/lib/link_bench.h"

static struct link_bench b;

static int setup(void **state)
{
	(void)state;
	link_bench_open(&b);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	link_bench_close(&b);
	return 0;
}

static struct vsc7448_link look(unsigned chip, uint32_t port)
{
	struct vsc7448_link link;
	struct error err = { 0 };

	/* The bench writes past the driver. */
	vsc7448_forget(b.chip[chip]);
	if (vsc7448_link(b.chip[chip], port, 0, &err, &link) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(link.port, port);
	return link;
}

#define EVENT(name) (1u << VSC7448_LINK_##name)

static void test_modes_and_speeds_are_read_back(void **state)
{
	static const struct {
		enum bench_mode bench;
		uint32_t port;
		enum link_mode mode;
		uint32_t mbps;
		bool aneg;
	} rows[] = {
		{ BENCH_100BASE_FX, 0, LINK_MODE_100BASE_FX, 100, false },
		{ BENCH_SGMII, 1, LINK_MODE_SGMII, 1000, false },
		{ BENCH_SGMII_AN, 48, LINK_MODE_SGMII, 1000, true },
		{ BENCH_1000BASE_X, 8, LINK_MODE_1000BASE_X, 1000, false },
		{ BENCH_1000BASE_X_AN, 31, LINK_MODE_1000BASE_X, 1000, true },
		{ BENCH_QSGMII, 40, LINK_MODE_QSGMII, 1000, false },
		{ BENCH_XAUI, 49, LINK_MODE_XAUI, 10000, false },
		{ BENCH_RXAUI, 50, LINK_MODE_RXAUI, 10000, false },
		{ BENCH_2X6G, 52, LINK_MODE_RXAUI, 10000, false },
		{ BENCH_10GBASE_R, 51, LINK_MODE_10GBASE_R, 10000, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct vsc7448_link link = look(0, rows[i].port);

		assert_false(link.has_mode);
		link_bench_cable(&b, rows[i].port);
		link_bench_set_both(&b, rows[i].port, rows[i].bench);
		clock_wait_us(b.clock, 100000);
		link = look(0, rows[i].port);
		assert_true(link.has_mode);
		assert_int_equal(link.mode, rows[i].mode);
		assert_int_equal(link.mbps, rows[i].mbps);
		assert_int_equal(link.aneg, rows[i].aneg);
		if (!link.signal || !link.sync)
			fail_msg("port %u: signal %d, sync %d", link.port, link.signal,
				 link.sync);
		/* Two MACs that negotiate SGMII say no link: only a PHY sets bit 15. */
		assert_int_equal(link.link, rows[i].bench != BENCH_SGMII_AN);
	}
	link_bench_set(&b, 0, 51, BENCH_10GBASE_R);
	link_bench_kr(&b, 0, 51, 0);
	assert_int_equal(look(0, 51).mode, LINK_MODE_10GBASE_KR);
}

static void test_2500base_x_is_known_by_its_gap(void **state)
{
	(void)state;
	link_bench_set(&b, 0, 8, BENCH_2500BASE_X);
	link_bench_write(&b, 0, VSC7448_DEV2G5_MAC_CFG_STATUS_MAC_IFG_CFG(0), 0x600);
	assert_int_equal(look(0, 8).mode, LINK_MODE_2500BASE_X);
	assert_int_equal(look(0, 8).mbps, 2500);
}

static void test_partner_and_completion_of_clause_37(void **state)
{
	struct vsc7448_link link;

	(void)state;
	link_bench_cable(&b, 0);
	link_bench_set_both(&b, 0, BENCH_1000BASE_X_AN);
	clock_wait_us(b.clock, 1000);
	link = look(0, 0);
	assert_true(link.sync && !link.link && !link.has_partner && !link.aneg_complete);
	clock_wait_us(b.clock, 40000);
	link = look(0, 0);
	assert_true(link.link && link.has_partner && link.aneg_complete);
	/* Full duplex, both pause bits, acknowledge. */
	assert_int_equal(link.partner, 0x41a0);
	assert_int_equal(link.events, EVENT(PAGE));
	assert_int_equal(look(0, 0).events, 0);
}

static void test_events_are_told_once_and_only_since_the_last_look(void **state)
{
	struct vsc7448_link link;
	struct error err = { 0 };

	(void)state;
	link_bench_cable(&b, 7);
	link_bench_set_both(&b, 7, BENCH_1000BASE_X);
	clock_wait_us(b.clock, 1000);
	look(0, 7);
	mv_link_drop(b.model[0], 7, 10);
	clock_wait_us(b.clock, 1000);
	/* A look that keeps changes nothing. */
	for (int i = 0; i < 2; i++) {
		assert_int_equal(vsc7448_link(b.chip[0], 7, VSC7448_LINK_KEEP, &err, &link), 0);
		assert_int_equal(link.events,
				 EVENT(DOWN) | EVENT(SYNC_LOST) | EVENT(SIGNAL_LOST));
	}
	link = look(0, 7);
	assert_true(link.link);
	assert_int_equal(link.downs, 1);
	assert_int_equal(link.events, EVENT(DOWN) | EVENT(SYNC_LOST) | EVENT(SIGNAL_LOST));
	assert_int_equal(look(0, 7).events, 0);
}

static void test_faults_of_xaui_are_those_of_now(void **state)
{
	struct vsc7448_link link;

	(void)state;
	link_bench_cable(&b, 49);
	link_bench_set_both(&b, 49, BENCH_XAUI);
	clock_wait_us(b.clock, 1000);
	link = look(0, 49);
	assert_true(link.link && link.aligned && link.signal);
	assert_int_equal(link.lane_sync, 0xf);
	mv_link_drop(b.model[1], 49, 5000);
	link = look(0, 49);
	assert_true(link.aligned && link.remote_fault && !link.local_fault && !link.link);
	assert_int_equal(link.events, EVENT(REMOTE_FAULT));
	link = look(1, 49);
	assert_true(!link.aligned && link.local_fault && !link.remote_fault && !link.link);
	assert_int_equal(link.events & EVENT(ALIGN_LOST), EVENT(ALIGN_LOST));
	clock_wait_us(b.clock, 6000);
	link = look(0, 49);
	assert_true(link.link && !link.remote_fault);
	assert_int_equal(link.events, EVENT(REMOTE_FAULT));
	assert_int_equal(look(0, 49).events, 0);
	/* 12.5 Gb/s for a second at 1e-9: 12 bad code groups. */
	mv_link_corrupt(b.model[0], 49, 1e-9);
	clock_wait_us(b.clock, 1000000);
	link = look(0, 49);
	assert_int_equal(link.errors, 12);
	assert_int_equal(link.events, EVENT(CODE_ERROR));
}

static void test_10gbase_r_tells_lock_errors_and_correction(void **state)
{
	struct vsc7448_link link;

	(void)state;
	link_bench_cable(&b, 52);
	link_bench_set_both(&b, 52, BENCH_10GBASE_R);
	clock_wait_us(b.clock, 1000);
	link = look(0, 52);
	assert_true(link.link && link.sync && !link.hi_ber && !link.fec);
	assert_true((link.events & EVENT(LOCK_CHANGED)) != 0);
	mv_link_corrupt(b.model[0], 52, 1e-3);
	clock_wait_us(b.clock, 1000);
	link = look(0, 52);
	assert_true(link.sync && link.hi_ber && link.local_fault && !link.link);
	assert_true((link.events & EVENT(HI_BER)) != 0 && link.errors > 0);
	link = look(1, 52);
	assert_true(link.remote_fault && !link.link);
}

static void test_all_ports_are_read_in_few_transfers(void **state)
{
	struct vsc7448_link links[VSC7448_N_PORTS];
	struct bus_stats before, after;
	struct error err = { 0 };
	struct bus *bus;

	(void)state;
	for (uint32_t port = 0; port < 32; port++)
		link_bench_set(&b, 0, port, BENCH_1000BASE_X);
	assert_int_equal(device_bus(board_device_at(b.board, 0), &err, &bus), 0);
	bus_stats_get(bus, &before);
	assert_int_equal(vsc7448_links(b.chip[0], VSC7448_FRONT_PORTS, 0, &err, links), 0);
	bus_stats_get(bus, &after);
	assert_int_equal(after.batches - before.batches, 2);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		assert_int_equal(links[port].port, port);
	assert_true(links[31].has_mode && !links[32].has_mode);
	/* Warm: six registers for each port with a mode, nothing for the others. */
	assert_int_equal(vsc7448_links(b.chip[0], VSC7448_FRONT_PORTS, 0, &err, links), 0);
	before = after;
	bus_stats_get(bus, &after);
	assert_int_equal(after.batches - before.batches, 1);
	assert_int_equal(after.reads - before.reads, 32 * 6);
	assert_int_equal(after.writes, before.writes);
}

/* Port 0 in 1000BASE-X with something latched. */
static int one_port(struct chip_bench *c, struct error *err)
{
	(void)err;
	chip_bench_poke(c, VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(0), 0x00200000);
	chip_bench_poke(c, VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_CFG(0), 1);
	chip_bench_poke(c, VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_STICKY(0), 0x11);
	return 0;
}

/* Calendars for the port alone, in all its modes. */
static void make_room(uint32_t port)
{
	struct vsc7448_port_map map = { 0 };
	struct error err = { 0 };

	map.mbps[port] = port > 48 ? 10000 : port >= 8 && port < 32 ? 2500 : 1000;
	for (unsigned chip = 0; chip < 2; chip++)
		if (vsc7448_calendar_set(b.chip[chip], &map, &err) != 0)
			fail_msg("%s", err.text);
}

/* A disabled port is silent: the other end loses it. */
static void disable_and_enable(uint32_t port)
{
	struct error err = { 0 };

	assert_int_equal(vsc7448_port_disable(b.chip[0], port, &err), 0);
	clock_wait_us(b.clock, 1000);
	if (look(1, port).link)
		fail_msg("port %u hears a disabled one", port);
	assert_int_equal(vsc7448_port_enable(b.chip[0], port, &err), 0);
	clock_wait_us(b.clock, 100000);
	if (!look(1, port).link)
		fail_msg("port %u stays down", port);
}

/* Driver, SerDes model and link model together: every mode of every kind of port. */
static void test_ports_that_the_driver_sets_up_come_up(void **state)
{
	static const uint32_t ports[] = { 0, 7, 8, 31, 40, 48, 49, 50, 51, 52 };

	(void)state;
	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
		for (unsigned mode = 0; mode < LINK_MODE_COUNT; mode++) {
			const uint32_t port = ports[i];
			struct vsc7448_port_conf conf;
			struct error err = { 0 };

			if (!vsc7448_port_carries(port, mode))
				continue;
			make_room(port);
			link_bench_cable(&b, port);
			vsc7448_port_conf_default(mode, &conf);
			for (unsigned chip = 0; chip < 2; chip++)
				if (vsc7448_port_conf_set(b.chip[chip], port, &conf, &err) != 0)
					fail_msg("port %u: %s", port, err.text);
			clock_wait_us(b.clock, 100000);
			assert_int_equal(look(0, port).mode, mode);
			if (!look(0, port).link || !mv_link_is_up(b.model[0], port))
				fail_msg("port %u stays down in %s", port,
					 link_mode_names[mode]);
			if (mode != LINK_MODE_QSGMII)
				disable_and_enable(port);
			for (unsigned chip = 0; chip < 2; chip++)
				if (vsc7448_port_free(b.chip[chip], port, &err) != 0)
					fail_msg("port %u: %s", port, err.text);
			assert_false(mv_link_is_up(b.model[0], port));
			assert_false(look(0, port).link);
		}
}

static int all_links(struct chip_bench *c, struct error *err)
{
	struct vsc7448_link links[VSC7448_N_PORTS];

	return vsc7448_links(c->chip, UINT64_C(0x1000000000101), 0, err, links);
}

static void test_every_access_can_fail(void **state)
{
	(void)state;
	/* Configuration of three ports, states of the one that has a mode, one clear. */
	assert_int_equal(chip_bench_sweep(one_port, all_links), 1 + 3 * 7 + 6 + 1);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_modes_and_speeds_are_read_back),
		T(test_2500base_x_is_known_by_its_gap),
		T(test_partner_and_completion_of_clause_37),
		T(test_events_are_told_once_and_only_since_the_last_look),
		T(test_faults_of_xaui_are_those_of_now),
		T(test_10gbase_r_tells_lock_errors_and_correction),
		T(test_all_ports_are_read_in_few_transfers),
		T(test_ports_that_the_driver_sets_up_come_up),
		cmocka_unit_test(test_every_access_can_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
