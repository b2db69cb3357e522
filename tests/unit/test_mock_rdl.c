/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From SystemRDL text to behaviour: the mock of a description that was compiled just now. */
#include "tests/unit/mock_fixture.h"

#include "regmaps/rdlc/rdlc.h"

static struct toy toy_compile(const char *text)
{
	static const char *const input[] = { "test.rdl" };
	struct rdlc_file file = { "test.rdl", text, strlen(text) };
	struct rdlc_options options = {
		.inputs = input, .n_inputs = 1, .memory = &file, .n_memory = 1, .no_disk = true
	};
	struct error err = { 0 };
	struct regdb *db = NULL;
	char *blob;
	size_t size;

	if (rdlc_compile_regdb(&options, &blob, &size, &err) != E_OK ||
	    regdb_open_owned(blob, size, &err, &db) != E_OK)
		fail_msg("%s", err.text);
	return toy_start(db);
}

static void test_an_alias_is_one_register_at_two_addresses(void **state)
{
	struct toy toy =
		toy_compile("addrmap top {\n"
			    "  reg pending_t { field { sw=rw; hw=w; woclr; } P[8] = 0x0f; };\n"
			    "  reg set_t { field { sw=rw; hw=w; woset; } P[8] = 0x0f; };\n"
			    "  pending_t PENDING @0x10;\n"
			    "  alias PENDING set_t SET @0x20;\n"
			    "};\n");

	(void)state;
	assert_int_equal(toy_read(&toy, 0x10), 0x0f);
	assert_int_equal(toy_read(&toy, 0x20), 0x0f);
	toy_write(&toy, 0x10, 0x03);
	assert_int_equal(toy_read(&toy, 0x20), 0x0c);
	toy_write(&toy, 0x20, 0x40);
	assert_int_equal(toy_read(&toy, 0x10), 0x4c);
	toy_free(&toy);
}

static void test_an_array_and_its_alias_go_element_by_element(void **state)
{
	struct toy toy =
		toy_compile("addrmap top {\n"
			    "  reg plain { field { sw=rw; hw=r; } V[32] = 0; };\n"
			    "  reg toggle { field { sw=rw; hw=r; onwrite=wot; } V[32] = 0; };\n"
			    "  plain R[4] @0x100 += 4;\n"
			    "  alias R toggle T[4] @0x200 += 8;\n"
			    "};\n");

	(void)state;
	for (uint32_t i = 0; i < 4; i++) {
		toy_write(&toy, 0x100 + 4 * i, 0xf0 + i);
		toy_write(&toy, 0x200 + 8 * i, 0xff);
		assert_int_equal(toy_read(&toy, 0x100 + 4 * i), 0x0f - i);
	}
	toy_free(&toy);
}

static void test_properties_reach_the_mock(void **state)
{
	struct toy toy = toy_compile(
		"property latency_us { type = longint unsigned; component = field; };\n"
		"addrmap top {\n"
		"  reg {\n"
		"    field { sw=rw; hw=rw; hwclr; latency_us = 20; } GO[1] = 0;\n"
		"    field { sw=rw; hw=r; singlepulse; } PULSE[1] = 0;\n"
		"    field { sw=rw; hw=w; intr; stickybit; woclr; } IRQ[4] = 0;\n"
		"    field { sw=rw1; hw=r; } ONCE[8] = 0x5a;\n"
		"  } CTRL @0x0;\n"
		"  reg {\n"
		"    regwidth = 64;\n"
		"    field { sw=r; hw=w; rclr; counter; incrvalue = 2; incrsaturate = "
		"0xfffffffff;\n"
		"    } COUNT[40] = 0;\n"
		"  } WIDE @0x8;\n"
		"  reg { regwidth = 8; field { sw=rw; hw=r; } V[8] = 0x11; } B0 @0x10;\n"
		"  reg { regwidth = 8; field { sw=rw; hw=r; } V[8] = 0x22; } B1 @0x11;\n"
		"};\n");

	(void)state;
	assert_int_equal(toy_read(&toy, 0x0), 0x5a << 6);
	toy_write(&toy, 0x0, 0x3 | 0x77 << 6);
	assert_int_equal(toy_read(&toy, 0x0), 0x1 | 0x77 << 6);
	clock_wait_us(mock_clock(toy.mock), 20);
	assert_int_equal(mock_hw_set(toy.mock, 0x0, 0x14), E_OK);
	assert_int_equal(toy_read(&toy, 0x0), 0x14 | 0x77 << 6);
	toy_write(&toy, 0x0, 0x04);
	assert_int_equal(toy_read(&toy, 0x0), 0x10 | 0x77 << 6);

	assert_int_equal(mock_hw_count(toy.mock, 0x8, 0, 0x80000001), E_OK);
	assert_int_equal(toy_read(&toy, 0x8), 2);
	assert_int_equal(toy_read(&toy, 0xc), 1);
	assert_int_equal(mock_hw_count(toy.mock, 0x8, 0, UINT64_MAX), E_OK);
	assert_int_equal(toy_read(&toy, 0xc), 0xf);
	assert_int_equal(toy_read(&toy, 0x8), 0xffffffff);

	assert_int_equal(toy_read(&toy, 0x10), 0x2211);
	toy_write(&toy, 0x10, 0x3344);
	assert_int_equal(toy_read(&toy, 0x10), 0x3344);
	toy_free(&toy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_alias_is_one_register_at_two_addresses),
		cmocka_unit_test(test_an_array_and_its_alias_go_element_by_element),
		cmocka_unit_test(test_properties_reach_the_mock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
