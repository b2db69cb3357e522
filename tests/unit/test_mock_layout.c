/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words that are not one register of 32 bits: wide and narrow registers, aliases, registers that
 * share an address, memories, arrays; and what storage costs.
 */
#include "tests/unit/mock_fixture.h"

#define A     0x100u
#define RW    REGDB_ACCESS_RW
#define RO    REGDB_ACCESS_R
#define WO    REGDB_ACCESS_W
#define KNOWN REGDB_FIELD_RESET

static void test_a_wide_register_lies_over_its_words_low_first(void **state)
{
	static const struct toy_row rows[] = {
		{ "W",
		  A,
		  128,
		  { .name = "A",
		    .lsb = 0,
		    .width = 24,
		    .sw = RW,
		    .reset = 0x123456,
		    .flags = KNOWN } },
		{ "W",
		  A,
		  128,
		  { .name = "B",
		    .lsb = 24,
		    .width = 16,
		    .sw = RW,
		    .reset = 0xbcde,
		    .flags = KNOWN } },
		{ "W",
		  A,
		  128,
		  { .name = "C",
		    .lsb = 60,
		    .width = 64,
		    .sw = RO,
		    .reset = 0xfedcba9876543210,
		    .flags = KNOWN } },
	};
	struct toy toy = toy_new(rows, COUNT(rows));

	(void)state;
	assert_int_equal(toy_read(&toy, A), 0xde123456);
	assert_int_equal(toy_read(&toy, A + 4), 0x000000bc);
	assert_int_equal(toy_read(&toy, A + 8), 0x87654321);
	assert_int_equal(toy_read(&toy, A + 12), 0x0fedcba9);
	toy_write(&toy, A + 4, 0xffffffff);
	assert_int_equal(toy_read(&toy, A + 4), 0x000000ff);
	assert_int_equal(toy_read(&toy, A), 0xde123456);
	toy_free(&toy);
}

static void test_effects_of_a_wide_register_stay_in_the_word_accessed(void **state)
{
	static const struct toy_row rows[] = {
		{ "W",
		  A,
		  64,
		  { .name = "A",
		    .lsb = 24,
		    .width = 16,
		    .sw = RW,
		    .onread = REGDB_ONREAD_RCLR,
		    .onwrite = REGDB_ONWRITE_WSET } },
	};
	struct toy toy = toy_new(rows, COUNT(rows));

	(void)state;
	assert_int_equal(mock_hw_put(toy.mock, A, 0x11000000), E_OK);
	assert_int_equal(mock_hw_put(toy.mock, A + 4, 0x22), E_OK);
	assert_int_equal(toy_read(&toy, A), 0x11000000);
	assert_int_equal(mock_hw_get(toy.mock, A), 0);
	assert_int_equal(mock_hw_get(toy.mock, A + 4), 0x22);
	toy_write(&toy, A + 4, 0);
	assert_int_equal(mock_hw_get(toy.mock, A), 0);
	assert_int_equal(mock_hw_get(toy.mock, A + 4), 0xff);
	toy_free(&toy);
}

static void test_narrow_registers_share_a_word_by_their_lanes(void **state)
{
	static const struct toy_row rows[] = {
		{ "B0", A, 8, { .width = 8, .sw = RW, .reset = 0x10, .flags = KNOWN } },
		{ "B1", A + 1, 8, { .width = 4, .sw = RO, .reset = 0x5, .flags = KNOWN } },
		{ "H",
		  A + 2,
		  16,
		  { .lsb = 4,
		    .width = 12,
		    .sw = RW,
		    .onwrite = REGDB_ONWRITE_WOCLR,
		    .reset = 0xabc,
		    .flags = KNOWN } },
		{ "H2", A + 4, 16, { .width = 16, .sw = RW } },
		{ "B6", A + 6, 8, { .width = 8, .sw = RW, .onread = REGDB_ONREAD_RCLR } },
	};
	struct toy toy = toy_new(rows, COUNT(rows));

	(void)state;
	assert_int_equal(toy_read(&toy, A), 0xabc00510);
	toy_write(&toy, A, 0x0f0fff77);
	assert_int_equal(toy_read(&toy, A), 0xa0c00577);
	toy_write(&toy, A + 4, 0xffffffff);
	assert_int_equal(toy_read(&toy, A + 4), 0x00ffffff);
	assert_int_equal(toy_read(&toy, A + 4), 0x0000ffff);
	toy_free(&toy);
}

static void test_a_read_only_and_a_write_only_register_at_one_address_are_two(void **state)
{
	static const struct toy_row rows[] = {
		{ "STATUS", A, 0, { .width = 8, .sw = RO, .reset = 0x5a, .flags = KNOWN } },
		{ "COMMAND", A, 0, { .width = 16, .sw = WO, .onwrite = REGDB_ONWRITE_WOSET } },
	};
	struct toy toy = toy_new(rows, COUNT(rows));

	(void)state;
	assert_int_equal(toy_read(&toy, A), 0x5a);
	toy_write(&toy, A, 0xffff);
	assert_int_equal(toy_read(&toy, A), 0x5a);
	assert_int_equal(mock_hw_put(toy.mock, A, 0x77), E_OK);
	assert_int_equal(toy_read(&toy, A), 0x77);
	toy_free(&toy);
}

static uint32_t add_reg(struct regdb_builder *b, uint32_t parent, struct regdb_node_spec spec,
			struct regdb_field_spec field)
{
	uint32_t reg;

	spec.kind = REGDB_REG;
	spec.size = 4;
	spec.width = spec.accesswidth = 32;
	reg = regdb_builder_node(b, parent, &spec);
	field.name = "F";
	field.enumeration = REGDB_NONE;
	regdb_builder_field(b, reg, &field);
	return reg;
}

static void test_an_alias_shares_storage_with_its_own_access(void **state)
{
	static const uint32_t four = 4, two = 2;
	uint32_t root, file, alias;
	struct regdb_builder *b = toy_begin(&root);
	struct toy toy;

	(void)state;
	file = regdb_builder_node(b, root,
				  &(struct regdb_node_spec){ .kind = REGDB_REGFILE,
							     .name = "G",
							     .offset = 0x1000,
							     .size = 0x100,
							     .stride = 0x100,
							     .dims = &two,
							     .n_dims = 1 });
	add_reg(b, file,
		(struct regdb_node_spec){ .name = "MASK",
					  .offset = 0x10,
					  .stride = 4,
					  .dims = &four,
					  .n_dims = 1 },
		(struct regdb_field_spec){
			.width = 32, .sw = RW, .reset = 0xf0, .flags = KNOWN });
	alias = add_reg(b, file,
			(struct regdb_node_spec){ .name = "MASK_SET",
						  .offset = 0x40,
						  .stride = 8,
						  .dims = &four,
						  .n_dims = 1,
						  .flags = REGDB_NODE_ALIAS },
			(struct regdb_field_spec){
				.width = 32, .sw = RW, .onwrite = REGDB_ONWRITE_WOSET });
	regdb_builder_node_prop(b, alias, "alias_of", 0, "MASK");
	toy = toy_start(toy_end(b));

	for (uint64_t g = 0; g < 2; g++)
		for (uint64_t i = 0; i < 4; i++) {
			uint64_t mask = 0x1000 + 0x100 * g + 0x10 + 4 * i;
			uint64_t set = 0x1000 + 0x100 * g + 0x40 + 8 * i;

			assert_int_equal(toy_read(&toy, set), 0xf0);
			toy_write(&toy, set, (uint32_t)(1 + i));
			assert_int_equal(toy_read(&toy, mask), 0xf1 + i);
			toy_write(&toy, mask, (uint32_t)i);
			assert_int_equal(toy_read(&toy, set), i);
			assert_int_equal(mock_hw_put(toy.mock, set, 0x77), E_OK);
			assert_int_equal(mock_hw_get(toy.mock, mask), 0x77);
		}
	toy_free(&toy);
}

static void test_shots_and_write_once_work_through_an_alias(void **state)
{
	uint32_t root, alias;
	struct regdb_builder *b = toy_begin(&root);
	struct toy toy;

	(void)state;
	add_reg(b, root, (struct regdb_node_spec){ .name = "GO", .offset = 0x10 },
		(struct regdb_field_spec){
			.width = 1, .sw = RW, .flags = REGDB_FIELD_HWCLR, .latency_us = 5 });
	alias = add_reg(
		b, root,
		(struct regdb_node_spec){
			.name = "GO2", .offset = 0x20, .flags = REGDB_NODE_ALIAS },
		(struct regdb_field_spec){
			.width = 1, .sw = RW, .flags = REGDB_FIELD_HWCLR, .latency_us = 5 });
	regdb_builder_node_prop(b, alias, "alias_of", 0, "GO");
	toy = toy_start(toy_end(b));
	toy_write(&toy, 0x20, 1);
	assert_int_equal(toy_read(&toy, 0x10), 1);
	clock_wait_us(mock_clock(toy.mock), 5);
	assert_int_equal(toy_read(&toy, 0x10), 0);
	assert_int_equal(toy_read(&toy, 0x20), 0);
	toy_free(&toy);
}

static void test_memories_store(void **state)
{
	static const struct {
		uint32_t width;
		uint64_t size;          /* of 64 entries */
		uint32_t first, second; /* what two words show after writing all ones */
	} cases[] = {
		{ 32, 256, 0xffffffff, 0xffffffff },
		{ 24, 256, 0x00ffffff, 0x00ffffff },
		{ 8, 64, 0xffffffff, 0xffffffff },
		{ 48, 512, 0xffffffff, 0x0000ffff },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint32_t root;
		struct regdb_builder *b = toy_begin(&root);
		struct toy toy;

		regdb_builder_node(b, root,
				   &(struct regdb_node_spec){ .kind = REGDB_MEM,
							      .name = "M",
							      .offset = 0x2000,
							      .width = cases[i].width,
							      .entries = 64,
							      .sw = RW,
							      .size = cases[i].size });
		toy = toy_start(toy_end(b));
		assert_int_equal(toy_read(&toy, 0x2000), 0);
		toy_write(&toy, 0x2000, 0xffffffff);
		toy_write(&toy, 0x2004, 0xffffffff);
		assert_int_equal(toy_read(&toy, 0x2000), cases[i].first);
		assert_int_equal(toy_read(&toy, 0x2004), cases[i].second);
		assert_int_equal(toy_read(&toy, 0x2008), 0);
		toy_free(&toy);
	}
}

static void test_memories_obey_their_sw(void **state)
{
	static const struct {
		uint8_t sw;
		uint32_t read, stored;
	} cases[] = {
		{ REGDB_ACCESS_R, 5, 5 },
		{ REGDB_ACCESS_W, 0, 9 },
		{ REGDB_ACCESS_RW, 9, 9 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint32_t root;
		struct regdb_builder *b = toy_begin(&root);
		struct toy toy;

		regdb_builder_node(b, root,
				   &(struct regdb_node_spec){ .kind = REGDB_MEM,
							      .name = "M",
							      .width = 32,
							      .entries = 4,
							      .size = 16,
							      .sw = cases[i].sw });
		toy = toy_start(toy_end(b));
		assert_int_equal(mock_hw_put(toy.mock, 8, 5), E_OK);
		toy_write(&toy, 8, 9);
		assert_int_equal(toy_read(&toy, 8), cases[i].read);
		assert_int_equal(mock_hw_get(toy.mock, 8), cases[i].stored);
		toy_free(&toy);
	}
}

/* 8 Mi words in one array: 32 MiB of registers, as many as the window of a large chip. */
static struct toy large(void)
{
	static const uint32_t dims = 8u << 20;
	uint32_t root;
	struct regdb_builder *b = toy_begin(&root);

	add_reg(b, root,
		(struct regdb_node_spec){
			.name = "R", .stride = 4, .dims = &dims, .n_dims = 1 },
		(struct regdb_field_spec){
			.width = 16, .sw = RW, .reset = 0x1234, .flags = KNOWN });
	return toy_start(toy_end(b));
}

static void test_only_what_was_touched_costs_memory(void **state)
{
	struct toy toy = large();

	(void)state;
	assert_int_equal(mock_memory_bytes(toy.mock), 0);
	toy_write(&toy, 0x01234568, 0xabcd);
	assert_int_equal(toy_read(&toy, 0x01234568), 0xabcd);
	assert_true(mock_memory_bytes(toy.mock) < 8192);
	for (uint64_t i = 0; i < 32; i++)
		assert_int_equal(toy_read(&toy, i << 20), 0x1234);
	assert_true(mock_memory_bytes(toy.mock) < 33 * 4096);
	mock_reset(toy.mock);
	assert_int_equal(mock_memory_bytes(toy.mock), 0);
	assert_int_equal(toy_read(&toy, 0x01234568), 0x1234);
	toy_free(&toy);
}

static void test_many_pages_keep_their_words(void **state)
{
	struct toy toy = large();

	(void)state;
	for (uint32_t i = 0; i < 4096; i++)
		toy_write(&toy, (uint64_t)i << 12, i);
	for (uint32_t i = 4096; i-- > 0;)
		assert_int_equal(toy_read(&toy, (uint64_t)i << 12), i);
	assert_true(mock_memory_bytes(toy.mock) < 16u << 20);
	toy_free(&toy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_wide_register_lies_over_its_words_low_first),
		cmocka_unit_test(test_effects_of_a_wide_register_stay_in_the_word_accessed),
		cmocka_unit_test(test_narrow_registers_share_a_word_by_their_lanes),
		cmocka_unit_test(
			test_a_read_only_and_a_write_only_register_at_one_address_are_two),
		cmocka_unit_test(test_an_alias_shares_storage_with_its_own_access),
		cmocka_unit_test(test_shots_and_write_once_work_through_an_alias),
		cmocka_unit_test(test_memories_store),
		cmocka_unit_test(test_memories_obey_their_sw),
		cmocka_unit_test(test_only_what_was_touched_costs_memory),
		cmocka_unit_test(test_many_pages_keep_their_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
