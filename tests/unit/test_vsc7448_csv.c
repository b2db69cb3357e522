/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The linked-in VSC7448 database against fixtures/vsc7448/csv: the tables come from the vendor's
 * register headers and know nothing of the SystemRDL sources or of the compiler.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "regmaps/regdb/regdb.h"
#include "tests/lib/map_lines.h"
#include "tests/lib/vsc7448_csv.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *array_text(char *buf, size_t size, const struct regdb_node *node)
{
	buf[0] = '\0';
	if (node->n_dims)
		snprintf(buf, size, " x%" PRIu32 " +0x%" PRIx64, node->count, node->stride);
	return buf;
}

static void add_register(struct map_lines *lines, const struct regdb *db, const char *group,
			 const struct regdb_node *reg, uint64_t addr)
{
	const char *name = regdb_str(db, reg->name);
	char array[48];

	map_lines_add(lines, "%s:%s 0x%" PRIx64 "%s", group, name, addr,
		      array_text(array, sizeof(array), reg));
	if (reg->kind != REGDB_REG || reg->width != 32 || reg->accesswidth != 32 ||
	    reg->size != 4)
		map_lines_add(lines, "%s:%s is not a register of 32 bits", group, name);
	for (uint32_t i = 0; i < reg->n_fields; i++) {
		const struct regdb_field *field = regdb_field(db, reg->first_field + i);
		map_lines_add(lines, "%s:%s.%s [%" PRIu32 ":%" PRIu32 "]", group, name,
			      regdb_str(db, field->name), field->lsb + field->width - 1,
			      field->lsb);
	}
}

static void add_group(struct map_lines *lines, const struct regdb *db, const char *target,
		      const struct regdb_node *group, uint64_t addr)
{
	char path[128], array[48];

	snprintf(path, sizeof(path), "%s:%s", target, regdb_str(db, group->name));
	map_lines_add(lines, "%s 0x%" PRIx64 "%s", path, addr,
		      array_text(array, sizeof(array), group));
	for (uint32_t i = 0; i < group->n_children; i++) {
		const struct regdb_node *reg = regdb_node(db, group->first_child + i);
		add_register(lines, db, path, reg, addr + reg->offset);
	}
}

/* Returns how many instances the target has. */
static uint32_t add_target(struct map_lines *lines, const struct regdb *db,
			   const struct regdb_node *target)
{
	const char *name = regdb_str(db, target->name);

	for (uint32_t i = 0; i < target->count; i++) {
		char index[16] = "";
		if (target->n_dims)
			snprintf(index, sizeof(index), "[%" PRIu32 "]", i);
		map_lines_add(lines, "%s%s 0x%" PRIx64, name, index,
			      target->offset + i * target->stride);
	}
	for (uint32_t i = 0; i < target->n_children; i++) {
		const struct regdb_node *group = regdb_node(db, target->first_child + i);
		add_group(lines, db, name, group, target->offset + group->offset);
	}
	return target->count;
}

static struct regdb *open_map(void)
{
	struct error err = { 0 };
	struct regdb *db;

	if (regdb_open_builtin("vsc7448", &err, &db) != 0)
		fail_msg("%s", err.text);
	return db;
}

static void test_database_equals_the_tables(void **state)
{
	struct regdb *db = open_map();
	const struct regdb_node *root = regdb_node(db, 0);
	struct map_lines lines = { 0 };
	struct vsc7448_csv csv;
	uint32_t targets = 0;

	(void)state;
	vsc7448_csv_load(&csv);
	for (uint32_t i = 0; i < root->n_children; i++)
		targets += add_target(&lines, db, regdb_node(db, root->first_child + i));

	assert_int_equal(csv.targets.n, VSC7448_TARGETS);
	assert_int_equal(csv.groups.n, VSC7448_GROUPS);
	assert_int_equal(csv.registers.n, VSC7448_REGISTERS);
	assert_int_equal(csv.fields.n, VSC7448_FIELDS);
	assert_int_equal(csv.instances, VSC7448_INSTANCES);
	assert_int_equal(map_lines_diff(&csv.lines, &lines, stdout), 0);
	assert_int_equal(targets, VSC7448_TARGETS);
	assert_int_equal(regdb_n_instances(db), VSC7448_INSTANCES);
	printf("counted: VSC7448 database equals the tables: %" PRIu32 " targets, %zu groups, "
	       "%zu registers, %zu fields, %" PRIu64 " register instances\n",
	       targets, csv.groups.n, csv.registers.n, csv.fields.n, regdb_n_instances(db));
	map_lines_free(&lines);
	vsc7448_csv_free(&csv);
	regdb_close(db);
}

static uint32_t find_child(const struct regdb *db, uint32_t parent, const char *name)
{
	uint32_t child = regdb_child_find(db, parent, name, strlen(name));

	if (child == REGDB_NONE)
		fail_msg("the map has no %s", name);
	return child;
}

/* Calls @check for the register of every target that uses @layout. */
static void
for_each_target(const struct regdb *db, const struct csv_table *targets, char *const *row,
		void (*check)(const struct regdb *db, uint32_t reg, char *const *row))
{
	size_t n = 0;

	for (size_t i = 0; i < targets->n; i++) {
		if (strcmp(targets->row[i][4], row[0]) != 0)
			continue;
		uint32_t target = find_child(db, 0, targets->row[i][0]);
		check(db, find_child(db, find_child(db, target, row[1]), row[2]), row);
		n++;
	}
	if (n == 0)
		fail_msg("no target has the layout %s", row[0]);
}

/* Hints that the register's text, read in full, does not bear out, and what it says. */
static const struct {
	const char *path, *why;
} mistaken[] = {
	{ "AFI:MISC:STICKY_INFO.STICKY_INFO_WR_CNT", "software sets how often it may change" },
	{ "AFI:TUPE:TUPE_MISC.TUPE_START", "writing 1 starts; hardware clears it" },
	{ "ANA_L3:TUPE:TUPE_MISC.TUPE_START", "writing 1 starts; hardware clears it" },
	{ "DEVCPU_GCB:MIIM_READ_SCAN:MII_SCAN_RSLTS_STICKY.MIIM_SCAN_RSLTS_STICKY",
	  "reading sets it again" },
	{ "HSIO:SERDES1G_ANA_CFG:SERDES1G_COMMON_CFG.SYS_RST", "does not clear itself" },
	{ "HSIO:SERDES1G_DIG_CFG:SERDES1G_MISC_CFG.LANE_RST", "does not clear itself" },
	{ "HSIO:SERDES6G_ANA_CFG:SERDES6G_COMMON_CFG.SYS_RST", "does not clear itself" },
	{ "HSIO:SERDES6G_DIG_CFG:SERDES6G_MISC_CFG.LANE_RST", "does not clear itself" },
	{ "ICPU_CFG:TIMERS:TIMER_CTRL.ONE_SHOT_ENA", "a timer mode" },
	{ "LRN:COMMON:MAC_ACCESS_CFG_2.MAC_ENTRY_AGE_FLAG", "cleared in the table entry" },
	{ "LRN:COMMON:MAC_ACCESS_CFG_2.MAC_ENTRY_NXT_LRN_ALL", "cleared in the table entry" },
	{ "REW:COMMON:STICKY_EVENT_COUNT.STICKY_EVENT_COUNTER", "a counter" },
	{ "REW:PTP_CTRL:PTP_TWOSTEP_CTRL.PTP_NXT", "writing 1 advances the queue" },
	{ "SD10G65:SD10G65_RX_SYNTH:F2DF_CFG_STAT.F2DF_SIDE_DET_STICKY",
	  "F2DF_STICKY_CLR clears it" },
	{ "SD10G65:SD10G65_RX_SYNTH:F2DF_CFG_STAT.F2DF_STICKY_CLR", "clears the two others" },
	{ "SD10G65:SD10G65_RX_SYNTH:F2DF_CFG_STAT.F2DF_TOG_DET_STICKY",
	  "F2DF_STICKY_CLR clears it" },
	{ "SD10G65_DIG:SD10G65_DFT:DFT_TX_ERR_INSERT_CFG.ERR_TRIG_ONESHOT_CFG",
	  "the edge from 0 to 1 acts" },
	{ "SD10G65_DIG:SD10G65_DFT:DFT_TX_ERR_INSERT_CFG.NUM_ERR_CFG", "counts, is no shot" },
	{ "TWI:TWI:CLR_ACTIVITY.CLR_ACTIVITY", "cleared by reading" },
	{ "TWI:TWI:RAW_INTR_STAT.R_RX_FULL", "status of the FIFO" },
	{ "TWI:TWI:RAW_INTR_STAT.R_TX_EMPTY", "status of the FIFO" },
	{ "VOP:COMMON:VOP_CTRL.LOC_SCAN_ENA", "stopping resets the timers, not the bit" },
};

static bool is_mistaken(char *const *row)
{
	char path[160];

	snprintf(path, sizeof(path), "%s:%s:%s.%s", row[0], row[1], row[2], row[3]);
	for (size_t i = 0; i < COUNT(mistaken); i++)
		if (strcmp(path, mistaken[i].path) == 0)
			return true;
	return false;
}

static bool follows_hint(const struct regdb_field *field, const char *hint)
{
	if (strcmp(hint, "w1c") == 0)
		return field->onwrite == REGDB_ONWRITE_WOCLR;
	if (strcmp(hint, "self_clear") == 0)
		return field->flags & (REGDB_FIELD_HWCLR | REGDB_FIELD_SINGLEPULSE);
	if (strcmp(hint, "read_clear") == 0)
		return field->onread == REGDB_ONREAD_RCLR;
	if (strcmp(hint, "ro") == 0)
		return field->sw == REGDB_ACCESS_R;
	return false;
}

static void check_hint(const struct regdb *db, uint32_t reg, char *const *row)
{
	uint32_t i = regdb_field_find(db, reg, row[3], strlen(row[3]));

	if (i == REGDB_NONE)
		fail_msg("%s:%s:%s has no field %s", row[0], row[1], row[2], row[3]);
	if (follows_hint(regdb_field(db, i), row[4]) == is_mistaken(row))
		fail_msg("%s:%s:%s.%s: %s%s", row[0], row[1], row[2], row[3], row[4],
			 is_mistaken(row) ? " is in the map, but listed as mistaken"
					  : " missing");
}

static void test_every_access_hint_is_in_the_database(void **state)
{
	struct regdb *db = open_map();
	struct csv_table targets = csv_read("targets"), hints = csv_read("access_hints");
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < hints.n; i++) {
		for_each_target(db, &targets, hints.row[i], check_hint);
		wrong += is_mistaken(hints.row[i]);
	}
	assert_int_equal(hints.n, 599);
	assert_int_equal(wrong, COUNT(mistaken));
	printf("counted: %zu access hints, %zu of them mistaken\n", hints.n, wrong);
	csv_free(&hints);
	csv_free(&targets);
	regdb_close(db);
}

/* The effect is named on the register or on the field that has it. */
static bool has_effect(const struct regdb *db, const struct regdb_node *reg, const char *effect)
{
	for (uint32_t i = 0; i < reg->n_fields; i++) {
		const struct regdb_field *field = regdb_field(db, reg->first_field + i);
		const struct regdb_prop *prop =
			regdb_prop_find(db, field->first_prop, field->n_props, "read_effect");
		if (field->onread == REGDB_ONREAD_NONE)
			continue;
		if (!prop)
			prop = regdb_prop_find(db, reg->first_prop, reg->n_props,
					       "read_effect");
		if (prop && strcmp(regdb_str(db, prop->text), effect) == 0)
			return true;
	}
	return false;
}

static void check_effect(const struct regdb *db, uint32_t reg, char *const *row)
{
	const struct regdb_node *node = regdb_node(db, reg);

	if (!(node->flags & REGDB_NODE_READ_EFFECT) || !has_effect(db, node, row[3]))
		fail_msg("%s:%s:%s: reading should %s", row[0], row[1], row[2], row[3]);
}

static void test_every_read_side_effect_is_in_the_database(void **state)
{
	struct regdb *db = open_map();
	struct csv_table targets = csv_read("targets"), effects = csv_read("read_side_effects");
	size_t in_map = 0;

	(void)state;
	for (size_t i = 0; i < effects.n; i++)
		for_each_target(db, &targets, effects.row[i], check_effect);
	for (uint32_t i = 0; i < regdb_n_nodes(db); i++)
		in_map += (regdb_node(db, i)->flags & REGDB_NODE_READ_EFFECT) != 0;
	assert_int_equal(effects.n, 34);
	assert_true(in_map >= effects.n);
	printf("counted: %zu reads with side effects in the table, %zu registers in the map\n",
	       effects.n, in_map);
	csv_free(&effects);
	csv_free(&targets);
	regdb_close(db);
}

/* What `reg info` shows to a person. */
static void test_everything_has_a_description(void **state)
{
	struct regdb *db = open_map();
	size_t missing = 0;

	(void)state;
	for (uint32_t i = 0; i < regdb_n_nodes(db); i++) {
		const struct regdb_node *node = regdb_node(db, i);
		if (*regdb_str(db, node->desc))
			continue;
		missing++;
		printf("no description: %s\n", regdb_str(db, node->name));
	}
	assert_int_equal(missing, 0);
	regdb_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_database_equals_the_tables),
		cmocka_unit_test(test_every_access_hint_is_in_the_database),
		cmocka_unit_test(test_every_read_side_effect_is_in_the_database),
		cmocka_unit_test(test_everything_has_a_description),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
