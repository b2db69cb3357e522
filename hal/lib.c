/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/switchblade.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "drv/cancel.h"
#include "hal/lib_priv.h"

_Static_assert((int)SB_E_INTERNAL == (int)E_INTERNAL && (int)SB_E_IO == (int)E_IO &&
		       (int)SB_E_NOTFOUND == (int)E_NOTFOUND && (int)SB_E_INTR == (int)E_INTR,
	       "the codes of the library are those inside");
_Static_assert((int)SB_OP_POLL == (int)BUS_OP_POLL && (int)SB_OP_UNKNOWN == (int)BUS_OP_UNKNOWN,
	       "operations of the library are those inside");
_Static_assert(sizeof(struct sb_op) == 32 && sizeof(struct sb_error) == 516 &&
		       sizeof(struct sb_wait) == 16,
	       "structures of the interface keep their layout");

/* Copies @from with the caller's flags in place of the program's options. */
static void copy_text(char *to, size_t size, const char *from)
{
	static const struct {
		const char *option, *flag;
	} names[] = {
		{ "--side-effects", "SB_SIDE_EFFECTS" },
		{ "--yes", "SB_DANGEROUS" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *at = strstr(from, names[i].option);

		if (at == NULL)
			continue;
		snprintf(to, size, "%.*s%s%s", (int)(at - from), from, names[i].flag,
			 at + strlen(names[i].option));
		return;
	}
	snprintf(to, size, "%s", from);
}

int lib__error(struct sb_error *to, const struct error *from)
{
	if (to != NULL) {
		to->code = from->code;
		copy_text(to->text, sizeof(to->text), from->text);
	}
	return from->code;
}

unsigned lib__flags(unsigned flags)
{
	return ((flags & SB_SIDE_EFFECTS) != 0 ? REG_SIDE_EFFECTS : 0u) |
	       ((flags & SB_DANGEROUS) != 0 ? REG_DANGEROUS : 0u);
}

const char *sb_code_name(int code)
{
	return error_name(code);
}

int sb_exit_status(int code)
{
	return error_exit_status(code);
}

const char *sb_version(void)
{
	return SB_VERSION;
}

void sb_cancel(void)
{
	cancel_request();
}

void sb_cancel_clear(void)
{
	cancel_clear();
}

static struct board_options options_of(const char *map, unsigned flags)
{
	return (struct board_options){
		.map = map,
		.read_only = (flags & SB_READ_ONLY) != 0,
		.verify = (flags & SB_VERIFY) != 0,
	};
}

/* Takes @board over, also on failure. */
static int hand_out(struct board *board, struct sb_board **out, struct error *err)
{
	struct sb_board *handle = calloc(1, sizeof(*handle));

	if (handle == NULL) {
		board_close(board);
		return error_set(err, E_NOMEM, "out of memory");
	}
	handle->board = board;
	for (size_t i = 0; i < board_n_devices(board); i++)
		handle->devices[i].dev = board_device_at(board, i);
	*out = handle;
	return 0;
}

int sb_open(const char *path, unsigned flags, struct sb_board **board, struct sb_error *err)
{
	const struct board_options options = options_of(NULL, flags);
	struct error e = { 0 };
	struct board *inner;
	int rc = board_open(path, &options, &e, &inner);

	if (rc == 0)
		rc = hand_out(inner, board, &e);
	return rc == 0 ? 0 : lib__error(err, &e);
}

int sb_open_bus(const char *uri, const char *map, unsigned flags, struct sb_board **board,
		struct sb_error *err)
{
	const struct board_options options = options_of(map, flags);
	struct error e = { 0 };
	struct board *inner;
	int rc = uri == NULL ? error_set(&e, E_SYNTAX, "no bus given")
			     : board_open_bus(uri, &options, &e, &inner);

	if (rc == 0)
		rc = hand_out(inner, board, &e);
	return rc == 0 ? 0 : lib__error(err, &e);
}

void sb_close(struct sb_board *board)
{
	if (board == NULL)
		return;
	board_close(board->board);
	free(board);
}

const char *sb_board_name(const struct sb_board *board)
{
	return board_name(board->board);
}

size_t sb_n_devices(const struct sb_board *board)
{
	return board_n_devices(board->board);
}

struct sb_device *sb_device_at(struct sb_board *board, size_t i)
{
	return i < sb_n_devices(board) ? &board->devices[i] : NULL;
}

struct sb_device *sb_device_find(struct sb_board *board, const char *name)
{
	for (size_t i = 0; i < sb_n_devices(board); i++)
		if (strcasecmp(device_name(board->devices[i].dev), name) == 0)
			return &board->devices[i];
	return NULL;
}

const char *sb_device_name(const struct sb_device *device)
{
	return device_name(device->dev);
}

const char *sb_device_map(const struct sb_device *device)
{
	return regdb_name(device_map(device->dev));
}

uint64_t sb_device_map_hash(const struct sb_device *device)
{
	return regdb_hash(device_map(device->dev));
}

const char *sb_device_bus(const struct sb_device *device)
{
	return device_bus_uri(device->dev);
}

static int check_word(const struct regdb *db, const struct sb_op *op, unsigned flags,
		      struct error *err)
{
	bool reads = op->kind == SB_OP_READ || op->kind == SB_OP_POLL;

	if (op->kind > SB_OP_POLL)
		return error_set(err, E_SYNTAX, "operation of kind %" PRIu32, op->kind);
	if (reads && (flags & SB_SIDE_EFFECTS) == 0 && !reg_word_readable(db, op->addr))
		return error_set(err, E_POLICY,
				 "0x%08" PRIx64 ": reading has a side effect or no meaning; "
				 "SB_SIDE_EFFECTS allows it",
				 op->addr);
	if (op->kind == SB_OP_WRITE && (flags & SB_DANGEROUS) == 0 &&
	    reg_word_dangerous(db, op->addr))
		return error_set(err, E_POLICY,
				 "0x%08" PRIx64 ": writing it is marked dangerous; "
				 "SB_DANGEROUS allows it",
				 op->addr);
	return 0;
}

static int run_words(struct device *dev, struct sb_op *ops, struct bus_op *words, size_t n,
		     struct error *err)
{
	struct bus *bus;
	int rc = device_bus(dev, err, &bus);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		words[i] = (struct bus_op){
			.kind = (enum bus_op_kind)ops[i].kind,
			.addr = ops[i].addr,
			.value = ops[i].value,
			.mask = ops[i].mask,
			.time_us = ops[i].time_us,
			.every_us = ops[i].every_us,
		};
	rc = bus_xfer(bus, words, n);
	for (size_t i = 0; i < n; i++) {
		ops[i].status = (uint32_t)words[i].status;
		if (words[i].status == BUS_OP_DONE || ops[i].kind == SB_OP_POLL)
			ops[i].value = words[i].value;
	}
	return rc == 0 ? 0 : error_copy(err, bus_error(bus));
}

int sb_batch(struct sb_device *device, struct sb_op *ops, size_t n, unsigned flags,
	     struct sb_error *err)
{
	struct bus_op *words = calloc(n > 0 ? n : 1, sizeof(*words));
	struct error e = { 0 };
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		ops[i].status = SB_OP_NOT_RUN;
	if (words == NULL)
		rc = error_set(&e, E_NOMEM, "out of memory");
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = check_word(device_map(device->dev), &ops[i], flags, &e);
	if (rc == 0 && n > 0)
		rc = run_words(device->dev, ops, words, n, &e);
	free(words);
	return rc == 0 ? 0 : lib__error(err, &e);
}

int sb_read_word(struct sb_device *device, uint64_t addr, unsigned flags, uint32_t *value,
		 struct sb_error *err)
{
	struct sb_op op = { .kind = SB_OP_READ, .addr = addr };
	int rc = sb_batch(device, &op, 1, flags, err);

	if (rc == 0)
		*value = op.value;
	return rc;
}

int sb_write_word(struct sb_device *device, uint64_t addr, uint32_t value, unsigned flags,
		  struct sb_error *err)
{
	struct sb_op op = { .kind = SB_OP_WRITE, .addr = addr, .value = value };

	return sb_batch(device, &op, 1, flags, err);
}

char *sb_name_of(const struct sb_device *device, uint64_t addr)
{
	const struct regdb *db = device_map(device->dev);
	char path[REG_PATH_SIZE];
	struct regdb_ref ref;

	if (regdb_find_addr(db, addr, &ref, 1) == 0)
		return NULL;
	return strdup(reg__path(db, &ref, path, sizeof(path)));
}
