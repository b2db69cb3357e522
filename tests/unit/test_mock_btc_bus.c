/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The BTC model's bus: its arithmetic (ECTF H.110), software's messages to a blade and back, and
 * what a cell looks like.
 */
#include "tests/lib/backplane_group.h"

#include "drv/mock.h"
#include "drv/mock_btc/crc.h"
#include "drv/world.h"

/* H.110: 8.192 MHz, 125 us, 128 timeslots, 32 streams: 32 bytes a slot, 262.144 Mb/s. */
static void test_the_default_frame_is_that_of_h110(void **state)
{
	uint32_t period_ns = backplane_read(&b, BTC_FRAME_PERIOD);
	uint32_t shape = backplane_read(&b, BTC_FRAME_SHAPE);
	uint64_t bits = (uint64_t)(shape & 0xff) * (shape >> 8 & 0x7f) * 8;
	struct mock_btc_stats stats;

	(void)state;
	assert_int_equal(period_ns, 125000);
	assert_int_equal(bits * 1000000000 / period_ns, 262144000);
	backplane_write(&b, BTC_CONTROL_MODE, 1);
	backplane_wait_us(&b, 1000000);
	assert_int_equal(backplane_read(&b, BTC_FRAME_NUMBER), 8000);
	assert_int_equal(backplane_read(&b, BTC_FRAME_FRAMES), 8000);
	mock_btc_stats(b.model, &stats);
	assert_int_equal(stats.slots, 128 * 8000);
}

static void test_the_overhead_slot_has_word_frame_and_plan(void **state)
{
	static const uint8_t want[] = { 0x9b, 0x1b, 0, 0, 0, 9, 0, 2, 0, 0 };
	uint8_t bytes[64];

	(void)state;
	backplane_apply(&b);
	backplane_apply(&b);
	backplane_write(&b, BTC_CONTROL_MODE, 1);
	backplane_wait_us(&b, 9 * 125 + 60);
	mock_btc_overhead(b.model, bytes);
	assert_memory_equal(bytes, want, sizeof(want));
}

static void test_a_blade_answers_software(void **state)
{
	struct backplane_mail mail, answer;

	(void)state;
	backplane_start(&b, 2);
	backplane_mail_to(&mail, 2, 0xff20, "are you there?");
	mail.sequence = 0x1234;
	backplane_mail_write(&b, &mail, BACKPLANE_SEND);
	assert_int_equal(backplane_read(&b, BTC_MESSAGE_TX_STATUS), 1u << 16 | (4096 - 11));
	backplane_wait_frames(&b, 2);
	assert_int_equal(backplane_read(&b, BTC_MESSAGE_TX_STATUS), 4096);
	assert_int_equal(backplane_read(&b, BTC_MESSAGE_TX_MESSAGES), 1);
	assert_int_equal(backplane_read(&b, BTC_BLADE_SENT(1)), 1);
	assert_int_equal(backplane_read(&b, BTC_CONTROL_EVENTS) & 2, 2);
	assert_true(backplane_mail_read(&b, &answer));
	assert_int_equal(answer.station, 2);
	assert_int_equal(answer.type, 0xff21);
	assert_int_equal(answer.sequence, 0x1234);
	assert_int_equal(answer.length, mail.length);
	assert_memory_equal(answer.body, mail.body, mail.length);
	assert_memory_equal(answer.final, mail.source, 6);
	assert_memory_equal(answer.initial, mail.source, 6);
	assert_false(backplane_mail_read(&b, &answer));
}

/* The check values of the catalogue of CRCs (reveng), both of the nine digits. */
static void test_the_checks_are_those_of_the_catalogue(void **state)
{
	static const uint8_t digits[] = "123456789";
	uint8_t shifted[11] = { 0 };

	(void)state;
	mb_crc_init();
	assert_int_equal(mb_crc32(digits, 9), 0xcbf43926);
	/* CRC-10/ATM is the remainder with ten zero bits behind: 72 + 10 bits, 6 before. */
	for (unsigned bit = 0; bit < 72; bit++) {
		unsigned to = bit + 6;

		if ((digits[bit / 8] >> (7 - bit % 8) & 1) != 0)
			shifted[to / 8] |= (uint8_t)(0x80 >> to % 8);
	}
	assert_int_equal(mb_crc10(shifted, 11), 0x199);
}

/* Every length that a cell or message may have, beside a division bit by bit. */
static void test_the_tables_agree_with_division_bit_by_bit(void **state)
{
	uint8_t bytes[64];

	(void)state;
	mb_crc_init();
	backplane_body(bytes, sizeof(bytes), 5);
	for (size_t n = 0; n <= sizeof(bytes); n++) {
		uint32_t rem = 0, crc = UINT32_MAX;

		for (size_t bit = 0; bit < 8 * n; bit++) {
			uint32_t in = bytes[bit / 8] >> (7 - bit % 8) & 1;
			uint32_t low = bytes[bit / 8] >> bit % 8 & 1;

			rem = rem << 1 | in;
			rem ^= (rem & 0x400) != 0 ? 0x633 : 0;
			crc = crc >> 1 ^ (((crc ^ low) & 1) != 0 ? 0xedb88320 : 0);
		}
		assert_int_equal(mb_crc10(bytes, n), rem);
		assert_int_equal(mb_crc32(bytes, n), ~crc);
	}
}

struct caught {
	unsigned n;
	struct mock_btc_slot slot[8];
	uint8_t cell[8][64];
};

static void catch_slot(void *arg, const struct mock_btc_slot *slot)
{
	struct caught *c = arg;

	if (c->n == 8)
		return;
	c->slot[c->n] = *slot;
	memcpy(c->cell[c->n++], slot->cell, slot->n_bytes);
}

/*
 * One message of 33 bytes of body in three cells.  The bytes come from a program of its own that
 * divides bit by bit (the CRC-10 as a 256-bit number modulo 0x633, zlib's crc32 for the CRC-32):
 *
 *     def crc10(cell):
 *         n = int.from_bytes(cell, "big")
 *         for i in range(len(cell) * 8 - 1, 9, -1):
 *             if n >> i & 1: n ^= 0x633 << (i - 10)
 *         return n
 */
static const uint8_t cells[3][32] = {
	{ 0x80, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x01, 0x02, 0x00, 0x00,
	  0x00, 0x00, 0x01, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x02,
	  0x00, 0x21, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x70, 0xa3 },
	{ 0x04, 0x00, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69,
	  0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74,
	  0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x30, 0x31, 0x70, 0xd9 },
	{ 0x48, 0x00, 0x32, 0x33, 0x34, 0x35, 0x36, 0x76, 0x04, 0x61, 0x37,
	  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x26, 0x8f },
};

static void test_cells_are_those_of_an_independent_segmentation(void **state)
{
	struct backplane_mail mail;
	struct caught c = { 0 };

	(void)state;
	backplane_start(&b, 1);
	mock_btc_set_slot_tap(b.model, catch_slot, &c);
	backplane_mail_to(&mail, 1, 0x0102, "abcdefghijklmnopqrstuvwxyz0123456");
	mail.sequence = 0x0304;
	mail.platform = 0x05060708;
	backplane_mail_write(&b, &mail, BACKPLANE_SEND);
	backplane_wait_frames(&b, 1);
	assert_int_equal(c.n, 3);
	for (unsigned i = 0; i < 3; i++) {
		assert_int_equal(c.slot[i].sender, 0);
		assert_memory_equal(c.cell[i], cells[i], 32);
	}
}

/* Registers that were loaded go on: a blade that they know is not a new one. */
static void test_a_model_goes_on_from_loaded_registers(void **state)
{
	const struct mock_btc_blade one = { .ident = { 2, 0, 0, 0, 0, 1 } };
	const struct mock_btc_blade two = { .ident = { 2, 0, 0, 0, 0, 2 } };
	struct error err = { 0 };
	struct mock *mock;

	(void)state;
	assert_int_equal(world_device(b.world, "btc2", b.map, &err, &mock), 0);
	assert_int_equal(mock_btc_equip(b.world, "btc2", 1, &one, &err), 0);
	assert_int_equal(mock_btc_equip(b.world, "btc2", 2, &two, &err), 0);
	assert_int_equal(mock_btc_equip(b.world, "btc2", 65, &two, &err), E_RANGE);
	mock_hw_put(mock, BTC_BLADE_STATUS(0), 0x203);
	mock_hw_put(mock, BTC_BLADE_CONTROL(0), 2);
	mock_hw_put(mock, BTC_BLADE_IDENT_HI(0), 0x0200);
	mock_hw_put(mock, BTC_BLADE_IDENT_LO(0), 1);
	mock_hw_put(mock, BTC_BLADE_CELLS(0), 1234);
	mock_hw_put(mock, BTC_FRAME_PERIOD, 1);
	mock_hw_put(mock, BTC_SLOT_ACTIVE_USE(9), 0x1017f);
	mock_hw_put(mock, BTC_SLOT_ACTIVE_USE(8), 0x10101);
	mock_hw_put(mock, BTC_CONTROL_MODE, 1);
	assert_int_equal(world_model(b.world, mock, &err), 0);
	b.mock = mock;
	b.model = mock_btc_of(mock);
	backplane_wait_us(&b, 1000);
	assert_int_equal(backplane_read(&b, BTC_BLADE_STATUS(0)), 0x203);
	assert_int_equal(backplane_read(&b, BTC_BLADE_EVENTS(0)), 0);
	assert_int_equal(backplane_read(&b, BTC_BLADE_CELLS(0)), 1234);
	assert_int_equal(backplane_read(&b, BTC_BLADE_STATUS(1)), 0x103);
	assert_int_equal(backplane_read(&b, BTC_BLADE_EVENTS(1)), 1);
	assert_int_equal(backplane_read(&b, BTC_FRAME_PERIOD), 125000); /* 1 cannot be */
	assert_int_equal(backplane_read(&b, BTC_SLOT_ACTIVE_USE(9)), 0x10000);
	assert_int_equal(backplane_read(&b, BTC_SLOT_ACTIVE_USE(8)), 0x10101);
	assert_int_equal(backplane_read(&b, BTC_FRAME_NUMBER), 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_default_frame_is_that_of_h110),
		TEST(test_the_overhead_slot_has_word_frame_and_plan),
		cmocka_unit_test(test_the_checks_are_those_of_the_catalogue),
		cmocka_unit_test(test_the_tables_agree_with_division_bit_by_bit),
		TEST(test_a_blade_answers_software),
		TEST(test_a_model_goes_on_from_loaded_registers),
		TEST(test_cells_are_those_of_an_independent_segmentation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
