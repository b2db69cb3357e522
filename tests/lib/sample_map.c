/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/sample_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t container(struct regdb_builder *b, uint32_t parent, const char *name,
			  uint64_t offset, uint64_t size)
{
	struct regdb_node_spec spec = {
		.kind = REGDB_REGFILE,
		.name = name,
		.offset = offset,
		.size = size,
	};

	return regdb_builder_node(b, parent, &spec);
}

static uint32_t reg(struct regdb_builder *b, uint32_t parent, const char *name, uint64_t offset,
		    uint32_t count)
{
	struct regdb_node_spec spec = {
		.kind = REGDB_REG,
		.name = name,
		.offset = offset,
		.size = 4,
		.dims = &count,
		.n_dims = count > 1,
		.stride = 0,
		.width = 32,
		.accesswidth = 32,
	};

	return regdb_builder_node(b, parent, &spec);
}

static struct regdb_field_spec field_spec(const char *name, uint32_t lsb, uint32_t width)
{
	return (struct regdb_field_spec){
		.name = name,
		.lsb = lsb,
		.width = width,
		.flags = REGDB_FIELD_RESET,
		.incrvalue = 1,
		.enumeration = REGDB_NONE,
		.sw = REGDB_ACCESS_RW,
		.hw = REGDB_ACCESS_R,
	};
}

static void value_field(struct regdb_builder *b, uint32_t node, uint32_t width)
{
	struct regdb_field_spec spec = field_spec("VALUE", 0, width);

	regdb_builder_field(b, node, &spec);
}

/* Fields are added out of order, to see them sorted. */
static void cfg_fields(struct regdb_builder *b, uint32_t cfg)
{
	static const struct regdb_enum_spec modes[] = {
		{ "IDLE", "Idle mode", "Nothing moves.", 0 },
		{ "RUN", NULL, NULL, 1 },
		{ "LOOP", NULL, NULL, 5 },
	};
	struct regdb_field_spec spec = field_spec("STICKY", 8, 1);

	spec.onwrite = REGDB_ONWRITE_WOCLR;
	spec.hw = REGDB_ACCESS_W;
	spec.flags |= REGDB_FIELD_STICKYBIT;
	regdb_builder_field(b, cfg, &spec);
	spec = field_spec("SHOT", 9, 1);
	spec.flags |= REGDB_FIELD_HWCLR;
	spec.latency_us = 7;
	uint32_t shot = regdb_builder_field(b, cfg, &spec);
	regdb_builder_field_prop(b, shot, "source", 0, "sample, section 2");
	spec = field_spec("MODE", 4, 4);
	spec.reset = 5;
	spec.enumeration = regdb_builder_enum(b, modes, 3);
	regdb_builder_field(b, cfg, &spec);
	spec = field_spec("EN", 0, 1);
	spec.title = "Enable";
	spec.desc = "Turns it on.";
	regdb_builder_field(b, cfg, &spec);
	spec = field_spec("CLEAR", 16, 8);
	spec.sw = REGDB_ACCESS_W;
	spec.flags = 0;
	spec.onwrite = REGDB_ONWRITE_WCLR;
	regdb_builder_field(b, cfg, &spec);
	spec = field_spec("KEEP", 24, 2);
	spec.onwrite = REGDB_ONWRITE_WZC;
	spec.reset = 3;
	regdb_builder_field(b, cfg, &spec);
}

static void top(struct regdb_builder *b, uint32_t root)
{
	static const uint32_t four = 4, grid[] = { 2, 3 };
	struct regdb_node_spec spec = { .kind = REGDB_REGFILE,
					.name = "TOP",
					.offset = 0x1000,
					.stride = 0x100,
					.dims = &four,
					.n_dims = 1 };
	uint32_t node = regdb_builder_node(b, root, &spec);

	spec = (struct regdb_node_spec){ .kind = REGDB_REG,
					 .name = "GRID",
					 .offset = 0x40,
					 .size = 4,
					 .stride = 8,
					 .dims = grid,
					 .n_dims = 2,
					 .width = 32,
					 .accesswidth = 32 };
	value_field(b, regdb_builder_node(b, node, &spec), 32);
	cfg_fields(b, reg(b, node, "CFG", 0, 1));
	struct regdb_field_spec count = field_spec("COUNT", 0, 32);
	count.onread = REGDB_ONREAD_RCLR;
	count.hw = REGDB_ACCESS_W;
	count.flags |= REGDB_FIELD_COUNTER;
	regdb_builder_field(b, reg(b, node, "CNT", 0x20, 8), &count);
}

static void wide(struct regdb_builder *b, uint32_t root)
{
	struct regdb_node_spec spec = {
		.kind = REGDB_REG,
		.name = "ALT",
		.offset = 0x3000,
		.size = 8,
		.width = 64,
		.accesswidth = 32,
		.flags = REGDB_NODE_ALIAS,
	};
	uint32_t alt = regdb_builder_node(b, root, &spec);

	value_field(b, alt, 64);
	spec.name = "WIDE";
	spec.flags = REGDB_NODE_HIGH_WORD_FIRST;
	value_field(b, regdb_builder_node(b, root, &spec), 64);
}

static void memory(struct regdb_builder *b, uint32_t root)
{
	struct regdb_node_spec spec = { .kind = REGDB_MEM,
					.name = "MEM",
					.offset = 0x4000,
					.size = 1024,
					.entries = 256,
					.sw = REGDB_ACCESS_RW,
					.width = 32 };
	uint32_t mem = regdb_builder_node(b, root, &spec);

	value_field(b, reg(b, mem, "HEAD", 8, 1), 32);
}

static void sub(struct regdb_builder *b, uint32_t root)
{
	uint32_t node = container(b, root, "SUB", 0x5000, 0x100);
	uint32_t g = container(b, node, "G", 0, 0);

	cfg_fields(b, reg(b, g, "CFG", 0, 1));
	value_field(b, reg(b, g, "STATUS", 4, 1), 32);
	value_field(b, reg(b, node, "STATUS", 0x40, 1), 16);
}

/* Two arrays whose elements alternate. */
static void interleaved(struct regdb_builder *b, uint32_t root)
{
	static const uint32_t sixteen = 16;
	struct regdb_node_spec spec = {
		.kind = REGDB_REG,
		.name = "B",
		.offset = 0x2004,
		.size = 4,
		.stride = 8,
		.dims = &sixteen,
		.n_dims = 1,
		.width = 32,
		.accesswidth = 32,
	};

	value_field(b, regdb_builder_node(b, root, &spec), 32);
	spec.name = "A";
	spec.offset = 0x2000;
	value_field(b, regdb_builder_node(b, root, &spec), 32);
}

void *sample_map_blob(size_t *size)
{
	struct regdb_builder *b = regdb_builder_new();
	struct regdb_node_spec spec = {
		.kind = REGDB_ADDRMAP, .name = "sample", .title = "Sample", .size = 0x10000
	};
	struct error err = { 0 };
	void *blob = NULL;

	if (!b)
		abort();
	uint32_t root = regdb_builder_node(b, REGDB_NONE, &spec);
	regdb_builder_node_prop(b, root, "window_origin", 0x1000, NULL);
	regdb_builder_node_prop(b, root, "window_size", 0xf000, NULL);
	sub(b, root);
	memory(b, root);
	top(b, root);
	wide(b, root);
	interleaved(b, root);
	if (regdb_builder_finish(b, &err, &blob, size) < 0) {
		fprintf(stderr, "sample map: %s\n", err.text);
		abort();
	}
	regdb_builder_free(b);
	return blob;
}

struct regdb *sample_map_open(void)
{
	struct error err = { 0 };
	struct regdb *db;
	size_t size;
	void *blob = sample_map_blob(&size);

	if (regdb_open_owned(blob, size, &err, &db) < 0) {
		fprintf(stderr, "sample map: %s\n", err.text);
		abort();
	}
	return db;
}

uint32_t sample_map_node(const struct regdb *db, const char *path)
{
	uint32_t node = 0;

	while (*path) {
		size_t len = strcspn(path, ":");
		node = regdb_child_find(db, node, path, len);
		if (node == REGDB_NONE)
			abort();
		path += len + (path[len] == ':');
	}
	return node;
}
