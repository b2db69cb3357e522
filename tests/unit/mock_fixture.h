/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Small register maps for the tests of the mock, one row per field, and a device made of them.
 */
#ifndef TESTS_UNIT_MOCK_FIXTURE_H
#define TESTS_UNIT_MOCK_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/bus.h"
#include "drv/mock.h"
#include "drv/world.h"
#include "regmaps/regdb/regdb_build.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A field; rows of one register follow each other.  @width of the register 0: 32 bits. */
struct toy_row {
	const char *reg;
	uint64_t addr;
	uint32_t reg_width;
	struct regdb_field_spec field;
};

static inline uint32_t toy_reg(struct regdb_builder *b, uint32_t root,
			       const struct toy_row *row)
{
	uint32_t width = row->reg_width == 0 ? 32 : row->reg_width;
	struct regdb_node_spec spec = {
		.kind = REGDB_REG,
		.name = row->reg,
		.offset = row->addr,
		.size = width / 8,
		.width = width,
		.accesswidth = width < 32 ? width : 32,
	};

	return regdb_builder_node(b, root, &spec);
}

static inline struct regdb_builder *toy_begin(uint32_t *root)
{
	struct regdb_builder *b = regdb_builder_new();
	struct regdb_node_spec spec = { .kind = REGDB_ADDRMAP, .name = "toy" };

	assert_non_null(b);
	*root = regdb_builder_node(b, REGDB_NONE, &spec);
	return b;
}

static inline void toy_add(struct regdb_builder *b, uint32_t root, const struct toy_row *rows,
			   size_t n)
{
	uint32_t reg = REGDB_NONE;

	for (size_t i = 0; i < n; i++) {
		struct regdb_field_spec field = rows[i].field;

		if (i == 0 || rows[i].addr != rows[i - 1].addr ||
		    strcmp(rows[i].reg, rows[i - 1].reg) != 0)
			reg = toy_reg(b, root, &rows[i]);
		field.enumeration = REGDB_NONE;
		if (field.name == NULL)
			field.name = "F";
		if (field.width == 0)
			field.width = 32;
		regdb_builder_field(b, reg, &field);
	}
}

static inline struct regdb *toy_end(struct regdb_builder *b)
{
	struct error err = { 0 };
	struct regdb *db = NULL;
	void *blob;
	size_t size;

	if (regdb_builder_finish(b, &err, &blob, &size) != E_OK ||
	    regdb_open_owned(blob, size, &err, &db) != E_OK)
		fail_msg("toy map: %s", err.text);
	regdb_builder_free(b);
	return db;
}

/* A device alone in its world. */
struct toy {
	struct regdb *db;
	struct world *world;
	struct mock *mock;
};

static inline struct toy toy_start(struct regdb *db)
{
	struct toy toy = { .db = db, .world = world_new(1) };
	struct error err = { 0 };

	assert_non_null(toy.world);
	assert_int_equal(world_device(toy.world, "toy", db, &err, &toy.mock), E_OK);
	return toy;
}

static inline struct toy toy_new(const struct toy_row *rows, size_t n)
{
	uint32_t root;
	struct regdb_builder *b = toy_begin(&root);

	toy_add(b, root, rows, n);
	return toy_start(toy_end(b));
}

static inline void toy_free(struct toy *toy)
{
	world_free(toy->world);
	regdb_close(toy->db);
}

static inline uint32_t toy_read(struct toy *toy, uint64_t addr)
{
	struct error err = { 0 };
	uint32_t value = 0xbad;

	if (mock_sw_read(toy->mock, addr, &value, &err) != E_OK)
		fail_msg("read 0x%x: %s", (unsigned)addr, err.text);
	return value;
}

static inline void toy_write(struct toy *toy, uint64_t addr, uint32_t value)
{
	struct error err = { 0 };

	if (mock_sw_write(toy->mock, addr, value, &err) != E_OK)
		fail_msg("write 0x%x: %s", (unsigned)addr, err.text);
}

#endif
