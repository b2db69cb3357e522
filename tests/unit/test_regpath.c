/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regpath.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/sample_map.h"

#define ALL (REGPATH_FIELD | REGPATH_PATTERN)

static struct regdb *db;

static int open_sample(void **state)
{
	(void)state;
	db = sample_map_open();
	return 0;
}

static int close_sample(void **state)
{
	(void)state;
	regdb_close(db);
	return 0;
}

static void append(char *out, size_t size, const char *text)
{
	size_t n = strlen(out);

	snprintf(out + n, size - n, "%s", text);
}

/* What a path selects, as one text: `ADDR PATH.FIELD lsb+width` with a space after each. */
static void list(const char *text, unsigned flags, char *out, size_t size)
{
	struct error err = { 0 };
	struct regset *set;
	struct regset_pos pos = { 0 };
	struct regset_item item;

	out[0] = '\0';
	if (regpath_resolve(db, text, flags, &err, &set) < 0) {
		snprintf(out, size, "%s: %s", error_name(err.code), err.text);
		return;
	}
	while (regset_next(set, &pos, &item)) {
		char path[128] = "?", part[256];
		if (item.ref.node != REGDB_NONE)
			regdb_path_format(db, &item.ref, path, sizeof(path));
		const char *field = item.field == REGDB_NONE
					    ? ""
					    : regdb_str(db, regdb_field(db, item.field)->name);
		snprintf(part, sizeof(part), "%s%llx %s%s%s %u+%u", out[0] ? ", " : "",
			 (unsigned long long)item.ref.addr, path, *field ? "." : "", field,
			 item.lsb, item.width);
		append(out, size, part);
	}
	assert_int_equal(pos.n, regset_count(set));
	assert_false(regset_next(set, &pos, &item));
	regset_free(set);
}

struct path_case {
	const char *text;
	unsigned flags;
	const char *want;
};

static void check(const struct path_case *cases, size_t n)
{
	char got[4096];

	for (size_t i = 0; i < n; i++) {
		list(cases[i].text, cases[i].flags, got, sizeof(got));
		if (strcmp(got, cases[i].want) != 0)
			fail_msg("%s\n  got  %s\n  want %s", cases[i].text, got, cases[i].want);
	}
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))

static void test_a_full_path_names_one_register(void **state)
{
	static const struct path_case cases[] = {
		{ "TOP[0]:CFG", 0, "1000 TOP[0]:CFG 0+32" },
		{ "top[3]:cfg", 0, "1300 TOP[3]:CFG 0+32" },
		{ "TOP[0x2].CFG", 0, "1200 TOP[2]:CFG 0+32" },
		{ "TOP[1]:CNT[7]", 0, "113c TOP[1]:CNT[7] 0+32" },
		{ "TOP[1]:GRID[1][2]", 0, "1168 TOP[1]:GRID[1][2] 0+32" },
		{ "WIDE", 0, "3000 WIDE 0+64" },
		{ "alt", 0, "3000 ALT 0+64" },
		{ "MEM[255]", 0, "43fc MEM[255] 0+32" },
		{ "MEM:HEAD", 0, "4008 MEM:HEAD 0+32" },
		{ "SUB:G:STATUS", 0, "5004 SUB:G:STATUS 0+32" },
	};

	(void)state;
	CHECK(cases);
}

static void test_levels_may_be_left_out(void **state)
{
	static const struct path_case cases[] = {
		{ "GRID[0][0]", 0,
		  "syntax: TOP is an array, TOP[0-3]: an index is missing "
		  "([*] means all)" },
		{ "SUB:CFG", 0, "5000 SUB:G:CFG 0+32" },
		{ "G:CFG", 0, "5000 SUB:G:CFG 0+32" },
		{ "HEAD", 0, "4008 MEM:HEAD 0+32" },
		{ "g.status", 0, "5004 SUB:G:STATUS 0+32" },
	};

	(void)state;
	CHECK(cases);
}

static void test_an_exact_level_beats_an_omission(void **state)
{
	static const struct path_case cases[] = {
		{ "SUB:STATUS", 0, "5040 SUB:STATUS 0+32" },
		{ "STATUS", 0, "not-found: STATUS is ambiguous: SUB:STATUS, SUB:G:STATUS" },
		{ "CFG", 0, "not-found: CFG is ambiguous: TOP[0-3]:CFG, SUB:G:CFG" },
	};

	(void)state;
	CHECK(cases);
}

static void test_lists_and_ranges_of_indices_select_several(void **state)
{
	static const struct path_case cases[] = {
		{ "TOP[2,0]:CFG", 0, "1000 TOP[0]:CFG 0+32, 1200 TOP[2]:CFG 0+32" },
		{ "TOP[1-2,2]:CFG", 0, "1100 TOP[1]:CFG 0+32, 1200 TOP[2]:CFG 0+32" },
		{ "A[13-15,0]", 0,
		  "2000 A[0] 0+32, 2068 A[13] 0+32, 2070 A[14] 0+32, 2078 A[15] 0+32" },
		{ "TOP[3]:GRID[*][1]", 0,
		  "1348 TOP[3]:GRID[0][1] 0+32, 1360 TOP[3]:GRID[1][1] 0+32" },
		{ "TOP[0,1]:CNT[0,7]", 0,
		  "1020 TOP[0]:CNT[0] 0+32, 103c TOP[0]:CNT[7] 0+32, "
		  "1120 TOP[1]:CNT[0] 0+32, 113c TOP[1]:CNT[7] 0+32" },
		{ "MEM[0,254-255]", 0,
		  "4000 MEM[0] 0+32, 43f8 MEM[254] 0+32, 43fc MEM[255] 0+32" },
	};

	(void)state;
	CHECK(cases);
}

static void test_wildcards_match_names(void **state)
{
	static const struct path_case cases[] = {
		{ "SUB:*", REGPATH_PATTERN,
		  "5000 SUB:G:CFG 0+32, 5004 SUB:G:STATUS 0+32, 5040 SUB:STATUS 0+32" },
		{ "S?B:ST*", 0, "5004 SUB:G:STATUS 0+32, 5040 SUB:STATUS 0+32" },
		{ "*[3]:C?G", 0, "1300 TOP[3]:CFG 0+32" },
		{ "SUB:*:CFG", 0, "5000 SUB:G:CFG 0+32" },
		{ "X*", 0, "not-found: nothing matches X*" },
	};

	(void)state;
	CHECK(cases);
}

static void test_a_pattern_means_everything_below(void **state)
{
	static const struct path_case cases[] = {
		{ "SUB", REGPATH_PATTERN,
		  "5000 SUB:G:CFG 0+32, 5004 SUB:G:STATUS 0+32, 5040 SUB:STATUS 0+32" },
		{ "STATUS", REGPATH_PATTERN, "5004 SUB:G:STATUS 0+32, 5040 SUB:STATUS 0+32" },
		{ "TOP:CFG", REGPATH_PATTERN,
		  "1000 TOP[0]:CFG 0+32, 1100 TOP[1]:CFG 0+32, 1200 TOP[2]:CFG 0+32, "
		  "1300 TOP[3]:CFG 0+32" },
		{ "TOP[2]:GRID[1]", REGPATH_PATTERN,
		  "1258 TOP[2]:GRID[1][0] 0+32, 1260 TOP[2]:GRID[1][1] 0+32, "
		  "1268 TOP[2]:GRID[1][2] 0+32" },
	};

	(void)state;
	CHECK(cases);
}

/* Element by element: all of TOP[0], then all of TOP[1]. */
static void test_a_set_is_walked_in_the_order_of_the_tree(void **state)
{
	struct error err = { 0 };
	struct regset *set;
	struct regset_pos pos = { 0 };
	struct regset_item item;
	uint64_t last = 0;

	(void)state;
	assert_int_equal(regpath_resolve(db, "TOP", REGPATH_PATTERN, &err, &set), 0);
	assert_int_equal(regset_count(set), 4 * (1 + 8 + 6));
	while (regset_next(set, &pos, &item)) {
		assert_true(item.ref.addr > last);
		assert_int_equal(item.ref.addr, regdb_ref_addr(db, &item.ref));
		last = item.ref.addr;
	}
	assert_int_equal(pos.n, 60);
	regset_free(set);
}

static void test_the_whole_map_has_every_register_once(void **state)
{
	struct error err = { 0 };
	struct regset *set;

	(void)state;
	assert_int_equal(regpath_resolve(db, "*", REGPATH_PATTERN, &err, &set), 0);
	/* The memory counts by its entries, the register in it does not count again. */
	assert_int_equal(regset_count(set), SAMPLE_INSTANCES - 1 + 256);
	assert_true(regset_is_many(set));
	regset_free(set);
}

static void test_fields_follow_a_dot(void **state)
{
	static const struct path_case cases[] = {
		{ "TOP[0]:CFG.MODE", ALL, "1000 TOP[0]:CFG.MODE 4+4" },
		{ "top[0].cfg.mode", REGPATH_FIELD, "1000 TOP[0]:CFG.MODE 4+4" },
		{ "G:CFG.S*", REGPATH_FIELD,
		  "5000 SUB:G:CFG.STICKY 8+1, 5000 SUB:G:CFG.SHOT 9+1" },
		{ "TOP[1-2]:CFG.?????", REGPATH_FIELD,
		  "1100 TOP[1]:CFG.CLEAR 16+8, 1200 TOP[2]:CFG.CLEAR 16+8" },
		{ "CFG.EN", ALL,
		  "1000 TOP[0]:CFG.EN 0+1, 1100 TOP[1]:CFG.EN 0+1, 1200 TOP[2]:CFG.EN 0+1, "
		  "1300 TOP[3]:CFG.EN 0+1, 5000 SUB:G:CFG.EN 0+1" },
		{ "TOP[0]:CFG.MODE", 0,
		  "syntax: TOP[0]:CFG.MODE names a field: a whole register "
		  "is expected here" },
		{ "TOP[0]:CFG.MOD", ALL,
		  "not-found: CFG has no field MOD; nearest: "
		  "TOP[0]:CFG.MODE" },
		{ "TOP[0]:CFG.MODE[1]", ALL,
		  "syntax: TOP[0]:CFG.MODE[1]: MODE is a field, not an array" },
		{ "TOP[0]:CFG.MODE[1:0]", ALL,
		  "syntax: TOP[0]:CFG.MODE[1:0]: bits are those of a "
		  "register, not of a field" },
		{ "0x1000.MODE[1]", ALL,
		  "syntax: 0x1000.MODE[1]: MODE is a field, not an array" },
	};

	(void)state;
	CHECK(cases);
}

static void test_bits_follow_in_brackets(void **state)
{
	static const struct path_case cases[] = {
		{ "TOP[0]:CFG[7:4]", ALL, "1000 TOP[0]:CFG 4+4" },
		{ "A[3][31:0]", ALL, "2018 A[3] 0+32" },
		{ "WIDE[63:32]", ALL, "3000 WIDE 32+32" },
		{ "0x1000[21:20]", ALL, "1000 TOP[0]:CFG 20+2" },
		{ "0x1000[5]", ALL, "1000 TOP[0]:CFG 5+1" },
		{ "0x8000[5]", ALL, "8000 ? 5+1" },
		{ "TOP[0]:CFG[32:0]", ALL, "range: TOP[0]:CFG[32:0]: CFG has 32 bits, [31:0]" },
		{ "TOP[0]:CFG[4:7]", ALL,
		  "syntax: TOP[0]:CFG[4:7]: bits are [high:low] at position 12" },
		{ "TOP[0]:CFG[7:4]", 0,
		  "syntax: TOP[0]:CFG[7:4] names bits: a whole register is "
		  "expected here" },
		{ "0x8000[32:0]", ALL, "range: 0x8000[32:0]: raw registers have 32 bits" },
	};

	(void)state;
	CHECK(cases);
}

static void test_raw_addresses_name_the_register_there(void **state)
{
	static const struct path_case cases[] = {
		{ "0x1000", 0, "1000 TOP[0]:CFG 0+32" },
		{ "0X1_16_8", 0, "1168 TOP[1]:GRID[1][2] 0+32" },
		{ "0x3004", 0, "3000 WIDE 0+64" },
		{ "0x4008", 0, "4008 MEM:HEAD 0+32" },
		{ "0x4010", 0, "4010 MEM[4] 0+32" },
		{ "0x1000.mode", ALL, "1000 TOP[0]:CFG.MODE 4+4" },
		{ "0x8000", 0, "8000 ? 0+32" },
		{ "0x1001", 0, "range: 0x1001: raw addresses are multiples of 4" },
		{ "0x8002", 0, "range: 0x8002: raw addresses are multiples of 4" },
		{ "0x1000.nope", ALL,
		  "not-found: CFG has no field nope; nearest: 0x1000.MODE" },
		{ "0x8000.X", ALL, "not-found: 0x8000.X: the map has no register there" },
		{ "1000", 0,
		  "syntax: 1000: a name or an address with 0x expected at position 1" },
		{ "0x", 0, "syntax: 0x: hexadecimal digits expected at position 1" },
		{ "0x11112222333344445", 0,
		  "range: 0x11112222333344445: addresses have 64 bits" },
	};

	(void)state;
	CHECK(cases);
}

static void test_a_raw_address_outside_the_map_is_told(void **state)
{
	struct error err = { 0 };
	struct regset *set;
	uint64_t addr = 0;

	(void)state;
	assert_int_equal(regpath_resolve(db, "0x8000", 0, &err, &set), 0);
	assert_true(regset_raw(set, &addr));
	assert_int_equal(addr, 0x8000);
	assert_int_equal(regset_count(set), 1);
	regset_free(set);
	assert_int_equal(regpath_resolve(db, "0x1000", 0, &err, &set), 0);
	assert_false(regset_raw(set, &addr));
	regset_free(set);
}

static void test_indices_are_checked(void **state)
{
	static const struct path_case cases[] = {
		{ "TOP[4]:CFG", 0, "range: TOP[4]:CFG: TOP goes from [0] to [3]" },
		{ "TOP[0-9]:CFG", ALL, "range: TOP[0-9]:CFG: TOP goes from [0] to [3]" },
		{ "TOP[99999999999999999999]:CFG", 0,
		  "range: TOP[99999999999999999999]:CFG: TOP goes from [0] to [3]" },
		{ "MEM[256]", 0, "range: MEM[256]: MEM goes from [0] to [255]" },
		{ "WIDE[0]", 0, "syntax: WIDE is not an array" },
		{ "A[0][0]", 0, "syntax: A has 1 index, not more" },
		{ "A", 0,
		  "syntax: A is an array, A[0-15]: an index is missing ([*] means all)" },
		{ "TOP[0]:GRID[0]", 0,
		  "syntax: GRID is an array, TOP[0-3]:GRID[0-1][0-2]: an "
		  "index is missing ([*] means all)" },
		{ "MEM", 0,
		  "syntax: MEM is an array, MEM[0-255]: an index is missing ([*] means all)" },
	};

	(void)state;
	CHECK(cases);
}

static void test_bad_syntax_is_pointed_at(void **state)
{
	static const struct path_case cases[] = {
		{ "", 0, "syntax: : name expected at position 1" },
		{ "TOP[0]:", 0, "syntax: TOP[0]:: name expected at position 8" },
		{ "TOP[", 0, "syntax: TOP[: index expected at position 5" },
		{ "TOP[]", 0, "syntax: TOP[]: index expected at position 5" },
		{ "TOP[0", 0, "syntax: TOP[0: \"]\" expected at position 6" },
		{ "TOP[0]x", 0, "syntax: TOP[0]x: unexpected character at position 7" },
		{ "TOP[3-1]:CFG", 0, "syntax: TOP[3-1]:CFG: backward range at position 5" },
		{ "TOP[1,]", 0, "syntax: TOP[1,]: index expected at position 7" },
		{ "TOP[*,1]", 0, "syntax: TOP[*,1]: \"]\" expected at position 6" },
		{ "TOP[1-x]:CFG", 0, "syntax: TOP[1-x]:CFG: index expected at position 7" },
		{ "A[7:0][1]", ALL,
		  "syntax: A[7:0][1]: nothing may follow the bits at position 7" },
		{ "A[7:x]", ALL, "syntax: A[7:x]: index expected at position 5" },
		{ "0x1000[x]", ALL, "syntax: 0x1000[x]: index expected at position 8" },
		{ "0x1000[7:x]", ALL, "syntax: 0x1000[7:x]: index expected at position 10" },
		{ "0x1000[5:9]", ALL,
		  "syntax: 0x1000[5:9]: bits are [high:low] at position 8" },
		{ "0x1000[5", ALL, "syntax: 0x1000[5: \"]\" expected at position 9" },
		{ "0x1000:CFG", ALL, "syntax: 0x1000:CFG: unexpected character at position 7" },
		{ "TOP 0", 0, "syntax: TOP 0: unexpected character at position 4" },
		{ "A[7:0]:B", ALL,
		  "syntax: A[7:0]:B: nothing may follow the bits at position 8" },
		{ "A:B:C:D:E:F:G:H:I:J:K:L:M:N:O:P:Q:R", 0,
		  "syntax: A:B:C:D:E:F:G:H:I:J:K:L:M:N:O:P:Q:R: too many levels at position "
		  "35" },
		{ "A[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]", 0,
		  "syntax: A[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]: too many "
		  "indices at position 50" },
	};

	(void)state;
	CHECK(cases);
}

static void test_an_unknown_name_lists_the_nearest(void **state)
{
	static const struct path_case cases[] = {
		{ "TOP[0]:CGF", 0,
		  "not-found: no register TOP[0]:CGF; nearest: TOP[0-3]:CFG, "
		  "TOP[0-3]:CNT[0-7]" },
		{ "SUP:STATUS", 0,
		  "not-found: no register SUP:STATUS; nearest: SUB:STATUS, "
		  "SUB:G:STATUS" },
		{ "TPO[0]:CFG.MODE", ALL,
		  "not-found: no register TPO[0]:CFG.MODE; nearest: TOP[0-3]:CFG" },
		{ "T*[0]:CGF", 0,
		  "not-found: no register T*[0]:CGF; nearest: TOP[0-3]:CFG, "
		  "TOP[0-3]:CNT[0-7]" },
		{ "TOP[0]:CFG.Z*", ALL, "not-found: CFG has no field Z*" },
		{ "WIDER", 0, "not-found: no register WIDER; nearest: WIDE" },
		{ "G[0]", 0, "syntax: G is not an array" },
		{ "SUB:G", 0, "not-found: SUB:G is not a register; it holds CFG, STATUS" },
		{ "QQQQQQQQ", 0, "not-found: no register QQQQQQQQ" },
	};

	(void)state;
	CHECK(cases);
}

/* A map of @n groups PREFIX_number that each hold a register SAME. */
static struct regdb *open_twins(uint32_t n, const char *prefix)
{
	struct regdb_builder *b = regdb_builder_new();
	struct regdb_node_spec spec = { .kind = REGDB_ADDRMAP, .name = "twins" };
	struct error err = { 0 };
	struct regdb *twins;
	void *blob;
	size_t size;
	char name[128];

	assert_non_null(b);
	uint32_t root = regdb_builder_node(b, REGDB_NONE, &spec);
	for (uint32_t i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "%s_%u", prefix, i);
		spec = (struct regdb_node_spec){ .kind = REGDB_REGFILE,
						 .name = name,
						 .offset = i * 4 };
		uint32_t group = regdb_builder_node(b, root, &spec);
		spec = (struct regdb_node_spec){ .kind = REGDB_REG,
						 .name = "SAME",
						 .size = 4,
						 .width = 32,
						 .accesswidth = 32 };
		regdb_builder_node(b, group, &spec);
	}
	assert_int_equal(regdb_builder_finish(b, &err, &blob, &size), 0);
	regdb_builder_free(b);
	assert_int_equal(regdb_open_owned(blob, size, &err, &twins), 0);
	return twins;
}

static void test_many_candidates_are_cut_and_counted(void **state)
{
	struct regdb *twins = open_twins(20, "GROUP");
	struct error err = { 0 };
	struct regset *set;

	(void)state;
	assert_int_equal(regpath_resolve(twins, "same", 0, &err, &set), E_NOTFOUND);
	assert_string_equal(err.text, "same is ambiguous: GROUP_0:SAME, GROUP_1:SAME, "
				      "GROUP_2:SAME, GROUP_3:SAME, GROUP_4:SAME, GROUP_5:SAME, "
				      "GROUP_6:SAME, GROUP_7:SAME and 12 more");
	assert_int_equal(regpath_resolve(twins, "sam", 0, &err, &set), E_NOTFOUND);
	assert_string_equal(err.text, "no register sam; nearest: GROUP_0:SAME, GROUP_1:SAME, "
				      "GROUP_2:SAME, GROUP_3:SAME, GROUP_4:SAME");
	assert_int_equal(regpath_resolve(twins, "same", REGPATH_PATTERN, &err, &set), 0);
	assert_int_equal(regset_count(set), 20);
	assert_true(regset_is_many(set));
	regset_free(set);
	regdb_close(twins);
}

/* The text has 511 characters: only whole paths are shown, the rest is counted. */
static void test_long_candidates_are_not_cut_in_the_middle(void **state)
{
	static const char prefix[] =
		"A_NAME_OF_MORE_THAN_ONE_HUNDRED_LETTERS_AS_GENERATORS_OF_"
		"DESCRIPTIONS_LIKE_TO_MAKE_THEM_FROM_PATHS_OF_THEIR_SOURCES";
	struct regdb *twins = open_twins(20, prefix);
	struct error err = { 0 };
	struct regset *set;
	char want[512];

	(void)state;
	assert_int_equal(regpath_resolve(twins, "SAME", 0, &err, &set), E_NOTFOUND);
	snprintf(want, sizeof(want),
		 "SAME is ambiguous: %s_0:SAME, %s_1:SAME, %s_2:SAME and 17 more", prefix,
		 prefix, prefix);
	assert_string_equal(err.text, want);
	assert_int_equal(regpath_resolve(twins, "SAMO", 0, &err, &set), E_NOTFOUND);
	snprintf(want, sizeof(want),
		 "no register SAMO; nearest: %s_0:SAME, %s_1:SAME, %s_2:SAME", prefix, prefix,
		 prefix);
	assert_string_equal(err.text, want);
	regdb_close(twins);
}

static void test_several_registers_are_known_as_such(void **state)
{
	static const struct {
		const char *text;
		unsigned flags;
		bool many;
	} cases[] = {
		{ "TOP[0]:CFG", 0, false },   { "TOP[0,1]:CFG", 0, true },
		{ "TOP[0-0]:CFG", 0, false }, { "TOP[*]:CFG", 0, true },
		{ "WID*", 0, true },          { "SUB", REGPATH_PATTERN, true },
		{ "WIDE", ALL, false },       { "TOP:CFG", REGPATH_PATTERN, true },
		{ "0x1000", 0, false },       { "G:CFG.*", REGPATH_FIELD, true },
	};
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct regset *set;
		assert_int_equal(regpath_resolve(db, cases[i].text, cases[i].flags, &err, &set),
				 0);
		if (regset_is_many(set) != cases[i].many)
			fail_msg("%s", cases[i].text);
		regset_free(set);
	}
}

static void test_a_device_stands_before_a_slash(void **state)
{
	char device[8];

	(void)state;
	assert_string_equal(regpath_device("switch/TOP[0]:CFG", device, 8), "TOP[0]:CFG");
	assert_string_equal(device, "switch");
	assert_string_equal(regpath_device("TOP[0]:CFG", device, 8), "TOP[0]:CFG");
	assert_string_equal(device, "");
	assert_string_equal(regpath_device("a-long-device/X", device, 8), "X");
	assert_string_equal(device, "a-long-");
}

struct texts {
	char text[2048];
};

static void add_text(void *arg, const char *text)
{
	struct texts *t = arg;

	append(t->text, sizeof(t->text), t->text[0] ? " " : "");
	append(t->text, sizeof(t->text), text);
}

static void test_completion_grows_one_level_at_a_time(void **state)
{
	static const struct {
		const char *prefix, *want;
	} cases[] = {
		{ "", "A[ ALT B[ MEM: MEM[ SUB: TOP[ WIDE" },
		{ "t", "TOP[" },
		{ "TOP[", "TOP[*]: TOP[0]: TOP[1]: TOP[2]: TOP[3]:" },
		{ "TOP[1", "TOP[1]:" },
		{ "TOP[0,3", "TOP[0,3]:" },
		{ "TOP[9", "" },
		{ "A[1", "A[1] A[10] A[11] A[12] A[13] A[14] A[15]" },
		{ "A[0", "A[0]" },
		{ "A[01", "" },
		{ "A[x", "" },
		{ "A[1:", "" },
		{ "?[3", "?[3]" },
		{ "*[25", "*[25] *[250] *[251] *[252] *[253] *[254] *[255]" },
		{ "MEM:", "MEM:HEAD" },
		{ "0x1000]", "" },
		{ "A[3]", "A[3] A[3]." },
		{ "TOP[1]", "TOP[1]:" },
		{ "TOP[1]:", "TOP[1]:CFG TOP[1]:CNT[ TOP[1]:GRID[" },
		{ "TOP[1]:GRID[1", "TOP[1]:GRID[1][" },
		{ "TOP[1]:GRID[1]", "TOP[1]:GRID[1][" },
		{ "TOP[1]:GRID[1][2]", "TOP[1]:GRID[1][2] TOP[1]:GRID[1][2]." },
		{ "TOP[1].c", "TOP[1].CFG TOP[1].CNT[" },
		{ "SUB:ST", "SUB:STATUS" },
		{ "SUB:STATUS", "SUB:STATUS SUB:STATUS." },
		{ "ST", "STATUS" },
		{ "G:CFG.S", "G:CFG.SHOT G:CFG.STICKY" },
		{ "TOP[1]:CFG.", "TOP[1]:CFG.CLEAR TOP[1]:CFG.EN TOP[1]:CFG.KEEP "
				 "TOP[1]:CFG.MODE TOP[1]:CFG.SHOT TOP[1]:CFG.STICKY" },
		{ "NOPE:", "" },
		{ "0x10", "" },
		{ "[", "" },
		{ "TOP]", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct texts got = { "" };
		regpath_complete(db, cases[i].prefix, 100, add_text, &got);
		if (strcmp(got.text, cases[i].want) != 0)
			fail_msg("%s\n  got  %s\n  want %s", cases[i].prefix, got.text,
				 cases[i].want);
	}
}

static void test_completion_stops_at_the_limit_but_counts_on(void **state)
{
	struct texts got = { "" };

	(void)state;
	assert_int_equal(regpath_complete(db, "MEM[", 3, add_text, &got), 257);
	assert_string_equal(got.text, "MEM[*] MEM[0] MEM[1]");
	got.text[0] = '\0';
	assert_int_equal(regpath_complete(db, "MEM[1", 2, add_text, &got), 111);
	assert_string_equal(got.text, "MEM[1] MEM[10]");
	got.text[0] = '\0';
	assert_int_equal(regpath_complete(db, "", 1, add_text, &got), 8);
	assert_string_equal(got.text, "A[");
}

static uint32_t mode_field(void)
{
	return regdb_field_find(db, sample_map_node(db, "TOP:CFG"), "MODE", 4);
}

static void test_values_are_numbers_or_enumerators(void **state)
{
	static const struct {
		const char *text;
		uint32_t width;
		bool field;
		int ret;
		uint64_t value;
	} cases[] = {
		{ "10", 32, false, 0, 10 },
		{ "0x1F", 32, false, 0, 31 },
		{ "0b1_0000", 8, false, 0, 16 },
		{ "0xffff_ffff", 32, false, 0, 0xffffffff },
		{ "1_000", 32, false, 0, 1000 },
		{ "018", 32, false, 0, 18 },
		{ "18446744073709551615", 64, false, 0, UINT64_MAX },
		{ "18446744073709551616", 64, false, E_RANGE, 0 },
		{ "16", 4, false, E_RANGE, 0 },
		{ "loop", 4, true, 0, 5 },
		{ "RUN", 4, true, 0, 1 },
		{ "RUN", 4, false, E_SYNTAX, 0 },
		{ "RUN or walk", 4, true, E_SYNTAX, 0 },
		{ "WALK", 4, true, E_SYNTAX, 0 },
		{ "", 32, false, E_SYNTAX, 0 },
		{ "0x", 32, false, E_SYNTAX, 0 },
		{ "1__0", 32, false, E_SYNTAX, 0 },
		{ "_1", 32, false, E_SYNTAX, 0 },
		{ "1_", 32, false, E_SYNTAX, 0 },
		{ "-1", 32, false, E_SYNTAX, 0 },
		{ "12x", 32, false, E_SYNTAX, 0 },
		{ " 1", 32, false, E_SYNTAX, 0 },
	};
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		uint64_t value = 12345, want = cases[i].ret < 0 ? 12345 : cases[i].value;
		uint32_t field = cases[i].field ? mode_field() : REGDB_NONE;
		int ret =
			regvalue_parse(db, field, cases[i].width, cases[i].text, &err, &value);
		if (ret != cases[i].ret || value != want)
			fail_msg("%s: %d %s", cases[i].text, ret, err.text);
	}
	regvalue_parse(db, mode_field(), 4, "WALK", &err, &(uint64_t){ 0 });
	assert_string_equal(err.text, "WALK is neither a number nor a value of MODE "
				      "(IDLE, RUN, LOOP)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_full_path_names_one_register),
		cmocka_unit_test(test_levels_may_be_left_out),
		cmocka_unit_test(test_an_exact_level_beats_an_omission),
		cmocka_unit_test(test_lists_and_ranges_of_indices_select_several),
		cmocka_unit_test(test_wildcards_match_names),
		cmocka_unit_test(test_a_pattern_means_everything_below),
		cmocka_unit_test(test_a_set_is_walked_in_the_order_of_the_tree),
		cmocka_unit_test(test_the_whole_map_has_every_register_once),
		cmocka_unit_test(test_fields_follow_a_dot),
		cmocka_unit_test(test_bits_follow_in_brackets),
		cmocka_unit_test(test_raw_addresses_name_the_register_there),
		cmocka_unit_test(test_a_raw_address_outside_the_map_is_told),
		cmocka_unit_test(test_indices_are_checked),
		cmocka_unit_test(test_bad_syntax_is_pointed_at),
		cmocka_unit_test(test_an_unknown_name_lists_the_nearest),
		cmocka_unit_test(test_many_candidates_are_cut_and_counted),
		cmocka_unit_test(test_long_candidates_are_not_cut_in_the_middle),
		cmocka_unit_test(test_several_registers_are_known_as_such),
		cmocka_unit_test(test_a_device_stands_before_a_slash),
		cmocka_unit_test(test_completion_grows_one_level_at_a_time),
		cmocka_unit_test(test_completion_stops_at_the_limit_but_counts_on),
		cmocka_unit_test(test_values_are_numbers_or_enumerators),
	};

	return cmocka_run_group_tests(tests, open_sample, close_sample);
}
