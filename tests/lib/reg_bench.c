/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/reg_bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drv/cancel.h"
#include "drv/world.h"
#include "hal/board_priv.h"
#include "regmaps/regdb/regdb_build.h"

struct row {
	const char *reg; /* NULL: one more field of the register before */
	uint32_t offset, width, count;
	uint32_t reg_flags;
	const char *field;
	uint32_t lsb, field_width;
	uint8_t sw, hw, onread, onwrite;
	uint32_t flags;
	uint64_t reset;
};

#define R  REGDB_ACCESS_R
#define W  REGDB_ACCESS_W
#define RW REGDB_ACCESS_RW
#define NO 0

/* clang-format off */
static const struct row rows[] = {
	{ "CFG", 0x00, 32, 1, 0, "A", 0, 8, RW, R, NO, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "B", 8, 8, RW, R, NO, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "C", 16, 16, RW, R, NO, NO, 0, 0 },
	{ "MIX", 0x04, 32, 1, 0, "EN", 0, 1, RW, R, NO, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "STK", 1, 1, RW, W, NO, REGDB_ONWRITE_WOCLR, REGDB_FIELD_STICKYBIT, 0 },
	{ NULL, 0, 0, 0, 0, "SET", 2, 1, RW, R, NO, REGDB_ONWRITE_WOSET, 0, 0 },
	{ NULL, 0, 0, 0, 0, "TGL", 3, 1, RW, R, NO, REGDB_ONWRITE_WOT, 0, 0 },
	{ NULL, 0, 0, 0, 0, "PULSE", 4, 1, RW, R, NO, NO, REGDB_FIELD_SINGLEPULSE, 0 },
	{ NULL, 0, 0, 0, 0, "SHOT", 5, 1, RW, R, NO, NO, REGDB_FIELD_HWCLR, 0 },
	{ NULL, 0, 0, 0, 0, "ZC", 6, 1, RW, R, NO, REGDB_ONWRITE_WZC, 0, 0 },
	{ NULL, 0, 0, 0, 0, "ZS", 7, 1, RW, R, NO, REGDB_ONWRITE_WZS, 0, 0 },
	{ NULL, 0, 0, 0, 0, "ZT", 8, 1, RW, R, NO, REGDB_ONWRITE_WZT, 0, 0 },
	{ NULL, 0, 0, 0, 0, "ST", 9, 1, R, W, NO, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "MODE", 12, 4, RW, R, NO, NO, 0, 0 },
	{ "WO", 0x08, 32, 1, 0, "X", 0, 8, W, R, NO, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "Y", 8, 8, W, R, NO, NO, REGDB_FIELD_RESET, 0x5a },
	{ "POP", 0x0c, 32, 1, 0, "DATA", 0, 16, RW, R, REGDB_ONREAD_RCLR, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "MORE", 16, 16, RW, R, NO, NO, 0, 0 },
	{ "HAZ", 0x10, 32, 1, 0, "EN", 0, 1, RW, R, NO, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "W", 1, 1, RW, R, NO, REGDB_ONWRITE_WCLR, 0, 0 },
	{ "DANGER", 0x14, 32, 1, REGDB_NODE_DANGEROUS, "V", 0, 8, RW, R, NO, NO, 0, 0 },
	{ "RO", 0x18, 32, 1, 0, "V", 0, 32, R, W, NO, NO, 0, 0 },
	{ "VOL", 0x1c, 32, 1, 0, "V", 0, 8, RW, RW, NO, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "K", 8, 8, RW, R, NO, NO, 0, 0 },
	{ "WIDE", 0x20, 64, 1, 0, "LO", 0, 20, RW, R, NO, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "SPAN", 20, 24, RW, R, NO, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "HI", 44, 20, RW, R, NO, NO, 0, 0 },
	{ "WIDEH", 0x28, 64, 1, REGDB_NODE_HIGH_WORD_FIRST, "V", 0, 64, RW, R, NO, NO, 0, 0 },
	{ "N8A", 0x30, 8, 1, 0, "V", 0, 8, RW, R, NO, NO, 0, 0 },
	{ "N8B", 0x31, 8, 1, 0, "S", 0, 8, RW, W, NO, REGDB_ONWRITE_WOCLR, REGDB_FIELD_STICKYBIT, 0 },
	{ "N16", 0x32, 16, 1, 0, "V", 0, 16, RW, R, NO, NO, 0, 0 },
	{ "N8C", 0x34, 8, 1, 0, "V", 0, 8, RW, R, NO, NO, 0, 0 },
	{ "N8D", 0x35, 8, 1, 0, "V", 0, 8, RW, R, REGDB_ONREAD_RCLR, NO, 0, 0 },
	{ "N8E", 0x38, 8, 1, 0, "V", 0, 8, RW, R, NO, NO, 0, 0 },
	{ "ARR", 0x40, 32, 4, 0, "V", 0, 8, RW, R, NO, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "R", 24, 8, R, W, NO, NO, 0, 0 },
	{ "BIG", 0x60, 128, 1, 0, "V", 0, 128, RW, R, NO, NO, 0, 0 },
	{ "ONCE", 0x70, 32, 1, 0, "W", 0, 8, REGDB_ACCESS_RW1, R, NO, NO, 0, 0 },
	{ NULL, 0, 0, 0, 0, "K", 8, 8, RW, R, NO, NO, 0, 0 },
	{ "CMD", 0x80, 32, 1, 0, "GO", 0, 1, W, R, NO, NO, REGDB_FIELD_SINGLEPULSE, 0 },
	{ NULL, 0, 0, 0, 0, "ARG", 8, 8, RW, R, NO, NO, 0, 0 },
	{ "MAIN", 0x84, 32, 1, 0, "V", 0, 32, RW, R, NO, NO, 0, 0 },
	{ "ALSO", 0x84, 32, 1, REGDB_NODE_ALIAS, "V", 0, 32, RW, R, NO, NO, 0, 0 },
	{ "THR", 0x90, 8, 1, 0, "V", 0, 8, W, R, NO, NO, 0, 0 },
	{ "RBR", 0x90, 8, 1, 0, "V", 0, 8, R, W, REGDB_ONREAD_RCLR, NO, 0, 0 },
	{ "IER", 0x91, 8, 1, 0, "V", 0, 8, RW, R, NO, NO, 0, 0 },
	{ "TX", 0x94, 8, 1, 0, "V", 0, 8, W, R, NO, NO, REGDB_FIELD_RESET, 0x77 },
	{ "RX", 0x94, 8, 1, 0, "V", 0, 8, R, R, NO, NO, 0, 0 },
	{ "CR", 0x95, 8, 1, 0, "V", 0, 8, RW, R, NO, NO, 0, 0 },
	{ "PART", 0x98, 16, 1, 0, "GO", 0, 1, RW, R, NO, NO, REGDB_FIELD_SINGLEPULSE, 0 },
	{ NULL, 0, 0, 0, 0, "ST", 5, 8, R, W, NO, NO, 0, 0 },
};
/* clang-format on */

static void check(bool good, const char *what, const char *text)
{
	if (good)
		return;
	fprintf(stderr, "register bench: %s: %s\n", what, text);
	abort();
}

static uint32_t add_register(struct regdb_builder *builder, uint32_t root,
			     const struct row *row)
{
	const struct regdb_node_spec spec = {
		.kind = REGDB_REG,
		.name = row->reg,
		.offset = row->offset,
		.size = row->width / 8,
		.stride = row->count > 1 ? row->width / 8 : 0,
		.dims = &row->count,
		.n_dims = row->count > 1,
		.width = row->width,
		.accesswidth = row->width > 32 ? 32 : row->width,
		.flags = row->reg_flags,
	};

	return regdb_builder_node(builder, root, &spec);
}

static void *map_blob(size_t *size)
{
	const struct regdb_node_spec top = {
		.kind = REGDB_ADDRMAP,
		.name = "bench",
		.size = BENCH_BYTES,
	};
	const struct regdb_node_spec rom = {
		.kind = REGDB_MEM,
		.name = "ROM",
		.offset = 0xa0,
		.size = 16,
		.entries = 4,
		.width = 32,
		.sw = REGDB_ACCESS_R,
	};
	struct regdb_builder *builder = regdb_builder_new();
	struct error err = { 0 };
	uint32_t root, reg = 0;
	void *blob = NULL;

	check(builder != NULL, "builder", "out of memory");
	root = regdb_builder_node(builder, REGDB_NONE, &top);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *row = &rows[i];
		const struct regdb_field_spec field = {
			.name = row->field,
			.lsb = row->lsb,
			.width = row->field_width,
			.sw = row->sw,
			.hw = row->hw,
			.onread = row->onread,
			.onwrite = row->onwrite,
			.flags = row->flags,
			.reset = row->reset,
			.incrvalue = 1,
			.enumeration = REGDB_NONE,
		};

		if (row->reg != NULL)
			reg = add_register(builder, root, row);
		regdb_builder_field(builder, reg, &field);
	}
	regdb_builder_node(builder, root, &rom);
	check(regdb_builder_finish(builder, &err, &blob, size) == 0, "map", err.text);
	regdb_builder_free(builder);
	return blob;
}

struct regdb *bench_map(void)
{
	struct error err = { 0 };
	struct regdb *db = NULL;
	size_t size;
	void *blob = map_blob(&size);

	check(regdb_open_owned(blob, size, &err, &db) == 0, "map", err.text);
	return db;
}

static void scratch(char *path, size_t room, const char *suffix, const void *data, size_t size)
{
	int fd;

	snprintf(path, room, "/tmp/sb-bench-XXXXXX%s", suffix);
	fd = mkstemps(path, (int)strlen(suffix));
	check(fd >= 0 && write(fd, data, size) == (ssize_t)size && close(fd) == 0,
	      "scratch file", path);
}

static void record(void *arg, const struct device *dev, const struct bus_op *op, int result)
{
	struct bench *b = arg;

	(void)dev;
	if (b->n_accesses < BENCH_MAX_ACCESSES)
		b->access[b->n_accesses] =
			(struct bench_access){ op->kind, op->addr, op->value, result };
	b->n_accesses++;
}

void bench_open_on(struct bench *b, const char *uri)
{
	struct error err = { 0 };
	size_t size;
	void *blob = map_blob(&size);

	scratch(b->map_path, sizeof(b->map_path), ".regdb", blob, size);
	free(blob);
	b->options.map = b->map_path;
	b->options.trace = record;
	b->options.arg = b;
	check(board_open_bus(uri, &b->options, &err, &b->board) == 0, uri, err.text);
	b->dev = board_device_at(b->board, 0);
	b->db = device_map(b->dev);
	b->n_accesses = 0;
	cancel_clear();
}

void bench_open(struct bench *b, const char *prefix)
{
	static const uint8_t zeros[BENCH_BYTES];
	char uri[192];

	scratch(b->file_path, sizeof(b->file_path), ".bin", zeros, sizeof(zeros));
	snprintf(uri, sizeof(uri), "%sfile:%s", prefix, b->file_path);
	bench_open_on(b, uri);
}

struct canceller {
	size_t left;
};

static int cancel_read(void *model, struct mock *mock, uint64_t addr, uint32_t *value)
{
	struct canceller *c = model;

	(void)mock;
	(void)addr;
	(void)value;
	if (--c->left == 0)
		cancel_request();
	return 0;
}

static int cancel_write(void *model, struct mock *mock, uint64_t addr, uint32_t value)
{
	return cancel_read(model, mock, addr, &value);
}

struct mock *bench_mock(const struct bench *b)
{
	return world_device_at(b->board->world, 0);
}

void bench_cancel_after(struct bench *b, size_t n)
{
	static const struct mock_model model = {
		.name = "canceller",
		.read = cancel_read,
		.write = cancel_write,
		.free = free,
	};
	struct canceller *c = calloc(1, sizeof(*c));
	struct error err = { 0 };
	struct bus *bus;

	check(c != NULL, "canceller", "out of memory");
	c->left = n;
	check(device_bus(b->dev, &err, &bus) == 0, "bus", err.text);
	check(mock_attach(bench_mock(b), &model, c, &err) == 0, "model", err.text);
}

void bench_close(struct bench *b)
{
	board_close(b->board);
	unlink(b->map_path);
	if (b->file_path[0] != '\0')
		unlink(b->file_path);
	cancel_clear();
	memset(b, 0, sizeof(*b));
}

void bench_poke(const struct bench *b, uint32_t addr, uint32_t value)
{
	FILE *file = fopen(b->file_path, "r+b");

	check(file != NULL && fseek(file, (long)addr, SEEK_SET) == 0 &&
		      fwrite(&value, sizeof(value), 1, file) == 1 && fclose(file) == 0,
	      "poke", b->file_path);
}

uint32_t bench_peek(const struct bench *b, uint32_t addr)
{
	FILE *file = fopen(b->file_path, "rb");
	uint32_t value = 0;

	check(file != NULL && fseek(file, (long)addr, SEEK_SET) == 0 &&
		      fread(&value, sizeof(value), 1, file) == 1 && fclose(file) == 0,
	      "peek", b->file_path);
	return value;
}

struct regdb_ref bench_ref(const struct bench *b, const char *name, uint32_t i)
{
	struct regdb_ref ref = { .node = regdb_child_find(b->db, 0, name, strlen(name)) };

	check(ref.node != REGDB_NONE, "no register", name);
	if (regdb_node(b->db, ref.node)->n_dims > 0) {
		ref.n_idx = 1;
		ref.idx[0] = i;
	}
	ref.addr = regdb_ref_addr(b->db, &ref);
	return ref;
}

struct regdb_ref bench_raw(uint64_t addr)
{
	return (struct regdb_ref){ .node = REGDB_NONE, .addr = addr };
}

const char *bench_log(struct bench *b)
{
	size_t used = 0;

	b->log[0] = '\0';
	for (size_t i = 0; i < b->n_accesses && i < BENCH_MAX_ACCESSES; i++) {
		const struct bench_access *access = &b->access[i];
		char value[16] = "";

		if (access->kind == BUS_OP_WRITE)
			snprintf(value, sizeof(value), "=%" PRIx32, access->value);
		used += (size_t)snprintf(b->log + used, sizeof(b->log) - used,
					 "%s%c%02" PRIx64 "%s%s", i > 0 ? " " : "",
					 "RWDP"[access->kind], access -> addr, value,
					 access -> result != 0 ? "!" : "");
	}
	b->n_accesses = 0;
	return b->log;
}
