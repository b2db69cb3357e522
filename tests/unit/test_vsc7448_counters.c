/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counters of the driver over the model: they count the frames that pass, in the device, the
 * analyzer, the queues and the router legs, and wrap as wide as they are (asm.rdl, dev10g.rdl).
 */
#include "tests/lib/frame_group.h"

#include "drv/mock_vsc7448.h"
#include "hal/vsc7448/counters.h"
#include "vsc7448_regs.h"

#define GROUP UINT64_C(0x01005e000001)

static struct vsc7448_counters out[VSC7448_N_PORTS];

static size_t find(const char *name)
{
	for (size_t i = 0; i < VSC7448_N_COUNTERS; i++)
		if (strcmp(vsc7448_counter_at(i)->name, name) == 0)
			return i;
	fail_msg("no counter %s", name);
	return 0;
}

static void read_ports(vsc7448_ports ports)
{
	struct error err = { 0 };

	if (vsc7448_counters_read(b.chip.chip, ports, true, &err, out) != 0)
		fail_msg("%s", err.text);
}

static uint64_t value(size_t port, const char *name)
{
	assert_true(out[port].valid[find(name)]);
	return out[port].value[find(name)];
}

static void send(uint32_t port, uint64_t dmac, size_t len)
{
	uint8_t frame[FRAME_BENCH_MAX] = { 0 };

	frame_make(&(struct frame_spec){ .dmac = dmac, .smac = STATION(port) }, frame);
	assert_int_equal(mock_vsc7448_inject(b.chip.model, port, frame, len), 0);
}

static void test_names_are_unique_and_tell_the_direction(void **state)
{
	(void)state;
	for (size_t i = 0; i < VSC7448_N_COUNTERS; i++) {
		const struct vsc7448_counter *c = vsc7448_counter_at(i);

		assert_int_equal(find(c->name), i);
		assert_true(strncmp(c->name, c->tx ? "tx_" : "rx_", 3) == 0);
		assert_true(c->bits == 32 || c->bits == 40);
	}
}

static void test_frames_are_counted_by_kind_and_size(void **state)
{
	static const size_t sizes[] = { 60, 61, 123, 124, 1514, 1515 };

	(void)state;
	for (size_t i = 0; i < 6; i++)
		send(0, STATION(9), sizes[i]);
	send(0, BROADCAST, 60);
	send(0, GROUP, 60);
	send(0, BROADCAST, 59); /* 63 bytes with FCS */
	read_ports(BIT(0) | BIT(1));
	assert_int_equal(value(0, "rx_ifInUcastPkts"), 6);
	assert_int_equal(value(0, "rx_ifInBroadcastPkts"), 1);
	assert_int_equal(value(0, "rx_ifInMulticastPkts"), 1);
	assert_int_equal(value(0, "rx_etherStatsUndersizePkts"), 1);
	assert_int_equal(value(0, "rx_etherStatsPkts64Octets"), 3);
	assert_int_equal(value(0, "rx_etherStatsPkts65to127Octets"), 2);
	assert_int_equal(value(0, "rx_etherStatsPkts128to255Octets"), 1);
	assert_int_equal(value(0, "rx_etherStatsPkts1024to1518Octets"), 1);
	assert_int_equal(value(0, "rx_etherStatsPkts1519toMaxOctets"), 1);
	assert_int_equal(value(0, "rx_ifInOctets"),
			 60 + 61 + 123 + 124 + 1514 + 1515 + 120 + 8 * 4);
	assert_int_equal(value(0, "rx_octetsInErrors"), 63);
	assert_int_equal(value(1, "tx_ifOutUcastPkts"), 6);
	assert_int_equal(value(1, "tx_ifOutBroadcastPkts"), 1);
	assert_int_equal(value(1, "tx_ifOutMulticastPkts"), 1);
	assert_int_equal(value(1, "tx_framesClass0"), 8);
	assert_int_equal(value(1, "tx_ifOutOctets"), value(0, "rx_ifInOctets"));
	assert_int_equal(value(1, "rx_ifInUcastPkts"), 0);
}

static void test_a_10g_port_counts_in_its_own_block(void **state)
{
	(void)state;
	frame_bench_write(&b, VSC7448_ASM_CFG_PORT_CFG(49), 1 << 11);
	send(49, STATION(9), 60);
	read_ports(BIT(49) | BIT(50));
	assert_int_equal(value(0, "rx_ifInUcastPkts"), 1);
	assert_int_equal(value(0, "rx_ifInOctets"), 64);
	assert_false(out[0].valid[find("tx_dot3StatsLateCollisions")]);
	assert_true(out[0].valid[find("rx_xgmiiProtocolErrors")]);
	assert_int_equal(value(1, "tx_ifOutUcastPkts"), 1);
	assert_false(out[1].valid[find("rx_xgmiiProtocolErrors")]);
	assert_int_equal(frame_bench_read(&b, VSC7448_ASM_DEV_STATISTICS_RX_UC_CNT(49)), 0);
	assert_int_equal(frame_bench_read(&b, VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_UC_CNT(0)),
			 1);
}

static void test_byte_counters_have_forty_bits_and_frame_counters_wrap_at_32(void **state)
{
	size_t octets = find("rx_ifInOctets"), frames = find("rx_ifInUcastPkts");
	uint64_t before[2];

	(void)state;
	frame_bench_write(&b, VSC7448_ASM_DEV_STATISTICS_RX_OK_BYTES_CNT(0), 0xffffffe0);
	frame_bench_write(&b, VSC7448_ASM_DEV_STATISTICS_RX_OK_BYTES_MSB_CNT(0), 0xff);
	frame_bench_write(&b, VSC7448_ASM_DEV_STATISTICS_RX_UC_CNT(0), 0xffffffff);
	read_ports(BIT(0));
	before[0] = out[0].value[octets];
	before[1] = out[0].value[frames];
	assert_int_equal(before[0], UINT64_C(0xffffffffe0));
	send(0, STATION(9), 60);
	read_ports(BIT(0));
	assert_int_equal(out[0].value[octets], 0x20);
	assert_int_equal(out[0].value[frames], 0);
	assert_int_equal(vsc7448_counter_since(before[0], out[0].value[octets],
					       vsc7448_counter_at(octets)->bits),
			 64);
	assert_int_equal(vsc7448_counter_since(before[1], out[0].value[frames],
					       vsc7448_counter_at(frames)->bits),
			 1);
}

/* Set up as the vendor's driver does: vtss_jr2_port_init(). */
static void test_frames_without_destination_are_discards(void **state)
{
	(void)state;
	frame_bench_write(&b, VSC7448_ANA_AC_STAT_CNT_CFG_PORT_STAT_CFG(0, 0), 0xff2);
	frame_bench_write(&b, VSC7448_ANA_AC_STAT_GLOBAL_CFG_PORT_STAT_GLOBAL_EVENT_MASK(0), 1);
	frame_bench_write_mask(&b, VSC7448_ANA_AC_SRC_SRC_CFG(0), 0);
	send(0, BROADCAST, 60);
	send(0, STATION(9), 60);
	read_ports(BIT(0));
	assert_int_equal(value(0, "rx_ifInDiscards"), 2);
	assert_int_equal(value(0, "rx_policerDrops"), 0);
}

static void test_the_view_shows_one_port_and_its_clear_shot_clears_it(void **state)
{
	(void)state;
	send(0, BROADCAST, 60);
	read_ports(BIT(1) | BIT(2));
	assert_int_equal(value(0, "tx_framesClass0"), 1);
	assert_int_equal(value(1, "tx_framesClass0"), 1);
	frame_bench_write(&b, VSC7448_XQS_SYSTEM_STAT_CFG, 2u << 18 | 1u << 5);
	read_ports(BIT(1) | BIT(2));
	assert_int_equal(value(0, "tx_framesClass0"), 0);
	assert_int_equal(value(1, "tx_framesClass0"), 1);
	frame_bench_write(&b, VSC7448_ASM_CFG_STAT_CFG, 1);
	read_ports(BIT(1));
	assert_int_equal(value(0, "tx_ifOutBroadcastPkts"), 0);
}

static void test_reading_all_ports_takes_few_transfers_and_clears_nothing(void **state)
{
	(void)state;
	send(0, BROADCAST, 60);
	read_ports(VSC7448_FRONT_PORTS);
	chip_bench_forget_log(&b.chip);
	read_ports(VSC7448_FRONT_PORTS);
	assert_int_equal(value(0, "rx_ifInBroadcastPkts"), 1);
	assert_int_equal(value(52, "tx_ifOutBroadcastPkts"), 1);
	assert_int_equal(chip_bench_writes(&b.chip), 53); /* the view of each */
}

static void test_bad_ports_are_refused(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_int_equal(vsc7448_counters_read(b.chip.chip, 0, false, &err, out), E_RANGE);
	assert_int_equal(vsc7448_counters_read(b.chip.chip, BIT(53), false, &err, out),
			 E_RANGE);
}

static int op_read(struct chip_bench *c, struct error *err)
{
	return vsc7448_counters_read(c->chip, BIT(0) | BIT(49), true, err, out);
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(NULL, op_read) > 150);
}

static void test_rates_are_per_second(void **state)
{
	(void)state;
	assert_true(vsc7448_counter_rate(500, 250000) == 2000);
	assert_true(vsc7448_counter_rate(500, 0) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_names_are_unique_and_tell_the_direction),
		TEST(test_frames_are_counted_by_kind_and_size),
		TEST(test_a_10g_port_counts_in_its_own_block),
		TEST(test_byte_counters_have_forty_bits_and_frame_counters_wrap_at_32),
		TEST(test_frames_without_destination_are_discards),
		TEST(test_the_view_shows_one_port_and_its_clear_shot_clears_it),
		TEST(test_reading_all_ports_takes_few_transfers_and_clears_nothing),
		TEST(test_bad_ports_are_refused),
		cmocka_unit_test(test_every_access_may_fail),
		cmocka_unit_test(test_rates_are_per_second),
	};

	return cmocka_run_group_tests_name("vsc7448_counters", tests, NULL, NULL);
}
