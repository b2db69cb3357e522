/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the VSC7448 map says about access, against the tables of fixtures/vsc7448/csv, and that
 * the map says something about everything.
 */
#include "regmaps/regdb/regdb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/vsc7448_csv.h"

enum { LAYOUT, GROUP, REG, FIELD, HINT }; /* cells of access_hints.csv */
enum { EFFECT = 3 };                      /* of read_side_effects.csv */

static struct regdb *db;
static struct csv_table targets;

static int open_map(void **state)
{
	struct error err = { 0 };

	(void)state;
	targets = csv_read("targets");
	return regdb_open_builtin("vsc7448", &err, &db);
}

static int close_map(void **state)
{
	(void)state;
	csv_free(&targets);
	regdb_close(db);
	return 0;
}

static uint32_t child(uint32_t parent, const char *name)
{
	uint32_t node = regdb_child_find(db, parent, name, strlen(name));

	if (node == REGDB_NONE)
		fail_msg("no %s", name);
	return node;
}

/* A register by layout, group and name, in the first target that uses the layout. */
static uint32_t find_reg(const char *layout, const char *group, const char *reg)
{
	size_t i = 0;

	while (strcmp(targets.row[i][4], layout) != 0)
		if (++i == targets.n)
			fail_msg("no target has the layout %s", layout);
	return child(child(child(0, targets.row[i][0]), group), reg);
}

static const struct regdb_field *find_field(char *const *row)
{
	uint32_t reg = find_reg(row[LAYOUT], row[GROUP], row[REG]);
	uint32_t field = regdb_field_find(db, reg, row[FIELD], strlen(row[FIELD]));

	if (field == REGDB_NONE)
		fail_msg("no %s:%s:%s.%s", row[LAYOUT], row[GROUP], row[REG], row[FIELD]);
	return regdb_field(db, field);
}

static bool agrees(const struct regdb_field *field, const char *hint)
{
	if (strcmp(hint, "w1c") == 0)
		return field->onwrite == REGDB_ONWRITE_WOCLR;
	if (strcmp(hint, "self_clear") == 0)
		return field->flags & (REGDB_FIELD_HWCLR | REGDB_FIELD_SINGLEPULSE);
	if (strcmp(hint, "read_clear") == 0)
		return field->onread == REGDB_ONREAD_RCLR;
	assert_string_equal(hint, "ro");
	return field->sw == REGDB_ACCESS_R;
}

static bool is_listed(const struct csv_table *table, char *const *row)
{
	for (size_t i = 0; i < table->n; i++) {
		size_t same = 0;
		while (same <= HINT && strcmp(table->row[i][same], row[same]) == 0)
			same++;
		if (same > HINT)
			return true;
	}
	return false;
}

static void test_every_access_hint_is_followed_or_listed_as_an_exception(void **state)
{
	struct csv_table hints = csv_read("access_hints");
	struct csv_table exceptions = csv_read("access_hint_exceptions");
	size_t followed = 0;

	(void)state;
	for (size_t i = 0; i < hints.n; i++) {
		char *const *row = hints.row[i];
		bool ok = agrees(find_field(row), row[HINT]);
		if (ok == is_listed(&exceptions, row))
			fail_msg("%s:%s:%s.%s: hint %s is %s", row[LAYOUT], row[GROUP],
				 row[REG], row[FIELD], row[HINT],
				 ok ? "followed, but listed as an exception" : "not followed");
		followed += ok;
	}
	assert_int_equal(followed + exceptions.n, hints.n);
	csv_free(&exceptions);
	csv_free(&hints);
}

static const char *text_of(const struct regdb_node *node, const char *property)
{
	const struct regdb_prop *prop =
		regdb_prop_find(db, node->first_prop, node->n_props, property);

	return prop && prop->text != REGDB_NONE ? regdb_str(db, prop->text) : "";
}

static void test_every_read_with_a_side_effect_is_marked(void **state)
{
	struct csv_table effects = csv_read("read_side_effects");

	(void)state;
	assert_int_equal(effects.n, 34);
	for (size_t i = 0; i < effects.n; i++) {
		char *const *row = effects.row[i];
		const struct regdb_node *reg =
			regdb_node(db, find_reg(row[LAYOUT], row[GROUP], row[REG]));
		assert_true(reg->flags & REGDB_NODE_READ_EFFECT);
		assert_string_equal(text_of(reg, "read_effect"), row[EFFECT]);
	}
	csv_free(&effects);
}

static void test_every_marked_read_says_what_it_does(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < regdb_n_nodes(db); i++) {
		const struct regdb_node *node = regdb_node(db, i);
		bool says = *text_of(node, "read_effect") != '\0';
		if (says != !!(node->flags & REGDB_NODE_READ_EFFECT))
			fail_msg("%s: read_effect without onread, or the reverse",
				 regdb_str(db, node->name));
	}
}

static void test_everything_but_fields_is_described(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < regdb_n_nodes(db); i++)
		if (!*regdb_str(db, regdb_node(db, i)->desc))
			fail_msg("%s has no description",
				 regdb_str(db, regdb_node(db, i)->name));
}

/*
 * The chip id is what real parts are reported to read, EEE_CFG what a real one showed (Oxide's
 * humility documentation); without the other three the vendor's driver does not start.
 */
static void test_known_resets(void **state)
{
	static const struct {
		const char *layout, *group, *reg;
		uint64_t reset;
	} known[] = {
		{ "DEVCPU_GCB", "CHIP_REGS", "CHIP_ID", 0x374680e9 },
		{ "HSIO", "PLL5G_CFG", "PLL5G_CFG0", 5 },
		{ "HSCH", "HSCH_MISC", "SYS_CLK_PER", 40 },
		{ "DEVCPU_PTP", "PTP_CFG", "PTP_SYS_CLK_CFG", 0x40 },
		{ "DEV1G", "DEV_CFG_STATUS", "EEE_CFG", 0x0011940a },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		assert_int_equal(
			regdb_node(db, find_reg(known[i].layout, known[i].group, known[i].reg))
				->reset,
			known[i].reset);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_access_hint_is_followed_or_listed_as_an_exception),
		cmocka_unit_test(test_every_read_with_a_side_effect_is_marked),
		cmocka_unit_test(test_every_marked_read_says_what_it_does),
		cmocka_unit_test(test_everything_but_fields_is_described),
		cmocka_unit_test(test_known_resets),
	};

	return cmocka_run_group_tests(tests, open_map, close_map);
}
