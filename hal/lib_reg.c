/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hal/lib_priv.h"

struct sb_selection {
	struct sb_device *device;
	struct regset *set;
	struct regset_pos pos;
	struct sb_reg reg; /* what sb_selection_next() gave last */
};

static const struct regdb *map_of(const struct sb_reg *reg)
{
	return device_map(reg->device->dev);
}

static const struct regdb_node *node_of(const struct sb_reg *reg)
{
	uint32_t node = reg->item.ref.node;

	return node == REGDB_NONE ? NULL : regdb_node(map_of(reg), node);
}

static const struct regdb_field *field_of(const struct sb_reg *reg)
{
	uint32_t field = reg->item.field;

	return field == REGDB_NONE ? NULL : regdb_field(map_of(reg), field);
}

/* The bits of the item in its register. */
static uint64_t bits_of(const struct sb_reg *reg)
{
	return reg_bits(reg->item.lsb, reg->item.width);
}

static bool is_whole(const struct sb_reg *reg)
{
	return reg->item.field == REGDB_NONE && reg->item.lsb == 0 &&
	       reg->item.width == reg__width(map_of(reg), reg->item.ref.node);
}

static int resolve(struct sb_board *board, const char *path, unsigned regpath_flags,
		   struct error *err, struct sb_device **device, struct regset **set)
{
	struct device *dev;
	int rc = reg_resolve(board->board, path, regpath_flags, err, &dev, set);

	for (size_t i = 0; rc == 0 && i < sb_n_devices(board); i++)
		if (board->devices[i].dev == dev)
			*device = &board->devices[i];
	return rc;
}

int lib__find(struct sb_board *board, const char *path, struct error *err, struct sb_reg *reg)
{
	struct regset_pos pos = { 0 };
	struct regset *set;
	uint64_t count;
	int rc = resolve(board, path, REGPATH_FIELD, err, &reg->device, &set);

	if (rc != 0)
		return rc;
	count = regset_count(set);
	if (count != 1 || !regset_next(set, &pos, &reg->item))
		rc = error_set(err, E_SYNTAX, "'%.200s' names %" PRIu64 " registers, not one",
			       path, count);
	regset_free(set);
	return rc;
}

int lib__read(const struct sb_reg *reg, unsigned flags, struct error *err, uint64_t *value)
{
	uint64_t whole = 0;
	int rc = reg_read(reg->device->dev, &reg->item.ref, lib__flags(flags), err, &whole);

	if (rc == 0)
		*value = (whole & bits_of(reg)) >> reg->item.lsb;
	return rc;
}

static int change_of(const struct sb_reg *reg, uint64_t value, struct error *err,
		     struct reg_change *change)
{
	if ((value & ~reg_bits(0, reg->item.width)) != 0)
		return error_set(err, E_RANGE, "0x%" PRIx64 " does not fit %" PRIu32 " bits",
				 value, reg->item.width);
	*change = (struct reg_change){
		.ref = reg->item.ref,
		.mask = bits_of(reg),
		.value = value << reg->item.lsb & bits_of(reg),
	};
	return 0;
}

int lib__write(const struct sb_reg *reg, uint64_t value, unsigned flags, struct error *err)
{
	struct reg_change change;
	int rc;

	flags = lib__flags(flags);
	if (is_whole(reg))
		return reg_write(reg->device->dev, &reg->item.ref, value, flags, err);
	rc = change_of(reg, value, err, &change);
	return rc == 0 ? reg_set(reg->device->dev, &change, 1, flags, err) : rc;
}

int sb_read(struct sb_board *board, const char *path, unsigned flags, uint64_t *value,
	    struct sb_error *err)
{
	struct error e = { 0 };
	struct sb_reg reg;
	int rc = lib__find(board, path, &e, &reg);

	if (rc == 0)
		rc = lib__read(&reg, flags, &e, value);
	return rc == 0 ? 0 : lib__error(err, &e);
}

int sb_write(struct sb_board *board, const char *path, uint64_t value, unsigned flags,
	     struct sb_error *err)
{
	struct error e = { 0 };
	struct sb_reg reg;
	int rc = lib__find(board, path, &e, &reg);

	if (rc == 0)
		rc = lib__write(&reg, value, flags, &e);
	return rc == 0 ? 0 : lib__error(err, &e);
}

int sb_poll(struct sb_board *board, const char *path, const struct sb_wait *wait,
	    unsigned flags, uint64_t *last, struct sb_error *err)
{
	struct reg_poll poll = { .timeout_us = wait->timeout_us, .every_us = wait->every_us };
	struct error e = { 0 };
	uint64_t seen = 0;
	struct reg_change want;
	struct sb_reg reg;
	int rc = lib__find(board, path, &e, &reg);

	if (rc == 0)
		rc = change_of(&reg, wait->want, &e, &want);
	if (rc != 0)
		return lib__error(err, &e);
	poll.ref = reg.item.ref;
	poll.mask = want.mask;
	poll.want = want.value;
	rc = reg_poll(reg.device->dev, &poll, lib__flags(flags), &e, &seen);
	if (last != NULL && (rc == 0 || rc == E_TIMEOUT))
		*last = (seen & poll.mask) >> reg.item.lsb;
	return rc == 0 ? 0 : lib__error(err, &e);
}

/* One of the changes of sb_set(). */
struct assignment {
	struct sb_device *device;
	struct reg_change change;
};

/* `PATH.FIELD=VALUE` */
static int parse_assignment(struct sb_board *board, const char *text, struct error *err,
			    struct assignment *a)
{
	const char *equals = strrchr(text, '=');
	struct sb_reg reg;
	uint64_t value;
	char *path;
	int rc;

	if (equals == NULL)
		return error_set(err, E_SYNTAX, "'%.200s' is not PATH.FIELD=VALUE", text);
	path = strndup(text, (size_t)(equals - text));
	if (path == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	rc = lib__find(board, path, err, &reg);
	free(path);
	if (rc == 0 && is_whole(&reg) && reg.item.ref.node != REGDB_NONE)
		rc = error_set(err, E_SYNTAX, "'%.200s' names no field", text);
	if (rc == 0)
		rc = regvalue_parse(map_of(&reg), reg.item.field, reg.item.width, equals + 1,
				    err, &value);
	if (rc == 0)
		rc = change_of(&reg, value, err, &a->change);
	a->device = reg.device;
	return rc;
}

/* The changes of one device, in one reg_set(); @changes has room for all. */
static int set_device(const struct sb_device *device, const struct assignment *all, size_t n,
		      struct reg_change *changes, unsigned flags, struct error *err)
{
	size_t n_changes = 0;

	for (size_t i = 0; i < n; i++)
		if (all[i].device == device)
			changes[n_changes++] = all[i].change;
	return reg_set(device->dev, changes, n_changes, lib__flags(flags), err);
}

static int set_all(struct sb_board *board, const struct assignment *all, size_t n,
		   unsigned flags, struct error *err)
{
	struct reg_change *changes = calloc(n, sizeof(*changes));
	size_t n_set = 0;
	int rc = 0;

	if (changes == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	for (size_t i = 0; rc == 0 && i < sb_n_devices(board); i++) {
		rc = set_device(&board->devices[i], all, n, changes, flags, err);
		if (rc != 0 && n_set > 0)
			error_prefix(err, "other devices were changed");
		for (size_t k = 0; rc == 0 && k < n; k++)
			n_set += all[k].device == &board->devices[i];
	}
	free(changes);
	return rc;
}

int sb_set(struct sb_board *board, const char *const *assignments, size_t n, unsigned flags,
	   struct sb_error *err)
{
	struct assignment *all = calloc(n > 0 ? n : 1, sizeof(*all));
	struct error e = { 0 };
	int rc = 0;

	if (all == NULL)
		rc = error_set(&e, E_NOMEM, "out of memory");
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = parse_assignment(board, assignments[i], &e, &all[i]);
	if (rc == 0 && n > 0)
		rc = set_all(board, all, n, flags, &e);
	free(all);
	return rc == 0 ? 0 : lib__error(err, &e);
}

int sb_select(struct sb_board *board, const char *pattern, struct sb_selection **selection,
	      struct sb_error *err)
{
	struct sb_selection *sel = calloc(1, sizeof(*sel));
	struct error e = { 0 };
	int rc;

	if (sel == NULL)
		rc = error_set(&e, E_NOMEM, "out of memory");
	else
		rc = resolve(board, pattern, REGPATH_FIELD | REGPATH_PATTERN, &e, &sel->device,
			     &sel->set);
	if (rc != 0) {
		free(sel);
		return lib__error(err, &e);
	}
	sel->reg.device = sel->device;
	*selection = sel;
	return 0;
}

void sb_selection_free(struct sb_selection *selection)
{
	if (selection == NULL)
		return;
	regset_free(selection->set);
	free(selection);
}

uint64_t sb_selection_count(const struct sb_selection *selection)
{
	return regset_count(selection->set);
}

void sb_selection_rewind(struct sb_selection *selection)
{
	selection->pos = (struct regset_pos){ 0 };
}

static void format_path(struct sb_reg *reg)
{
	const struct regdb_field *field = field_of(reg);
	size_t used;

	reg__path(map_of(reg), &reg->item.ref, reg->path, sizeof(reg->path));
	used = strlen(reg->path);
	if (field != NULL)
		snprintf(reg->path + used, sizeof(reg->path) - used, ".%s",
			 regdb_str(map_of(reg), field->name));
	else if (!is_whole(reg))
		snprintf(reg->path + used, sizeof(reg->path) - used,
			 "[%" PRIu32 ":%" PRIu32 "]", reg->item.lsb + reg->item.width - 1,
			 reg->item.lsb);
}

const struct sb_reg *sb_selection_next(struct sb_selection *selection)
{
	if (!regset_next(selection->set, &selection->pos, &selection->reg.item))
		return NULL;
	format_path(&selection->reg);
	return &selection->reg;
}

struct sb_device *sb_reg_device(const struct sb_reg *reg)
{
	return reg->device;
}

const char *sb_reg_path(const struct sb_reg *reg)
{
	return reg->path;
}

const char *sb_reg_desc(const struct sb_reg *reg)
{
	const struct regdb_field *field = field_of(reg);
	const struct regdb_node *row = node_of(reg);

	if (field != NULL)
		return regdb_str(map_of(reg), field->desc);
	return row != NULL ? regdb_str(map_of(reg), row->desc) : "";
}

uint64_t sb_reg_addr(const struct sb_reg *reg)
{
	return reg->item.ref.addr;
}

unsigned sb_reg_lsb(const struct sb_reg *reg)
{
	return reg->item.lsb;
}

unsigned sb_reg_width(const struct sb_reg *reg)
{
	return reg->item.width;
}

unsigned sb_reg_flags(const struct sb_reg *reg)
{
	const struct regdb_field *field = field_of(reg);
	const struct regdb_node *row = node_of(reg);
	uint64_t bits = bits_of(reg);
	struct reg_masks masks;
	bool dangerous = field != NULL && (field->flags & REGDB_FIELD_DANGEROUS) != 0;

	reg__masks(map_of(reg), reg->item.ref.node, &masks);
	dangerous |= row != NULL && (row->flags & REGDB_NODE_DANGEROUS) != 0;
	return ((masks.read & bits) != 0 ? SB_REG_READABLE : 0u) |
	       ((masks.write & bits) != 0 ? SB_REG_WRITABLE : 0u) |
	       ((masks.onread & bits) != 0 ? SB_REG_READ_EFFECT : 0u) |
	       (row != NULL && (row->m_volatile & bits) != 0 ? SB_REG_VOLATILE : 0u) |
	       (dangerous ? SB_REG_DANGEROUS : 0u) | (is_whole(reg) ? 0u : SB_REG_FIELD);
}

bool sb_reg_reset(const struct sb_reg *reg, uint64_t *value)
{
	const struct regdb_node *row = node_of(reg);
	uint64_t bits = bits_of(reg);

	if (row == NULL || row->kind != REGDB_REG || (row->m_fields & bits) == 0 ||
	    (row->m_known & bits) != (row->m_fields & bits))
		return false;
	*value = (row->reset & bits) >> reg->item.lsb;
	return true;
}

const char *sb_reg_enum_name(const struct sb_reg *reg, uint64_t value)
{
	const struct regdb_field *field = field_of(reg);
	uint32_t row = REGDB_NONE;

	if (field != NULL)
		row = regdb_enum_of(map_of(reg), field, value);
	if (row == REGDB_NONE)
		return NULL;
	return regdb_str(map_of(reg), regdb_enumerator(map_of(reg), row)->name);
}

int sb_reg_read(const struct sb_reg *reg, unsigned flags, uint64_t *value, struct sb_error *err)
{
	struct error e = { 0 };
	int rc = lib__read(reg, flags, &e, value);

	return rc == 0 ? 0 : lib__error(err, &e);
}

int sb_reg_write(const struct sb_reg *reg, uint64_t value, unsigned flags, struct sb_error *err)
{
	struct error e = { 0 };
	int rc = lib__write(reg, value, flags, &e);

	return rc == 0 ? 0 : lib__error(err, &e);
}
