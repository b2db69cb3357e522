/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/probe.h"

#include <inttypes.h>
#include <string.h>

#include "cli/name.h"
#include "hal/reg.h"
#include "regmaps/regdb/regpath.h"

/* In this order, whichever the map has. */
static const char *const identities[] = {
	"DEVCPU_GCB:CHIP_REGS:CHIP_ID", /* vsc7448 */
	"ID:MAGIC",                     /* btc */
	"BOGUS_REG[0]",                 /* rocker */
	"CHIP_ID",
	"DEVICE_ID",
	"MAGIC",
	"ID",
	"VERSION",
};

static const char *const scratches[] = {
	"DEVCPU_GCB:CHIP_REGS:GPR", /* vsc7448: general purpose */
	"ID:SCRATCH",               /* btc */
	"TEST_DMA_ADDR",            /* rocker: idle until TEST_DMA_CTRL starts a test */
	"SCRATCH",
	"SCRATCHPAD",
};

/* Parts of a family differ in this field; the values that fit the map. */
static const struct {
	const char *path, *field;
	uint64_t values[4]; /* 0: unused */
} parts[] = {
	{ "DEVCPU_GCB:CHIP_REGS:CHIP_ID", "PART_ID", { 0x7448, 0x7468, 0x7449 } },
};

static const char *first_of(const struct regdb *db, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct regset *set;

		if (regpath_resolve(db, names[i], 0, NULL, &set) != 0)
			continue;
		regset_free(set);
		return names[i];
	}
	return NULL;
}

const char *probe_identity_name(const struct regdb *db)
{
	return first_of(db, identities, sizeof(identities) / sizeof(identities[0]));
}

const char *probe_scratch_name(const struct regdb *db)
{
	return first_of(db, scratches, sizeof(scratches) / sizeof(scratches[0]));
}

static bool is_one_of(const uint64_t *values, size_t n, uint64_t value)
{
	for (size_t i = 0; i < n; i++)
		if (values[i] != 0 && values[i] == value)
			return true;
	return false;
}

/* The row of parts for a register, or -1. */
static int part_row(const struct regdb *db, const struct regdb_ref *ref)
{
	char name[NAME_MAX_BYTES];

	name_of_ref(db, ref, name, sizeof(name));
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcmp(parts[i].path, name) == 0)
			return (int)i;
	return -1;
}

static int check_part(const struct regdb *db, const struct regdb_ref *ref, int row,
		      uint64_t value, struct error *err)
{
	const char *name = parts[row].field;
	const uint32_t index = regdb_field_find(db, ref->node, name, strlen(name));
	const struct regdb_field *field;
	uint64_t part;

	if (index == REGDB_NONE)
		return 0;
	field = regdb_field(db, index);
	part = (value >> field->lsb) & (reg_bits(0, field->width));
	if (is_one_of(parts[row].values, 4, part))
		return 0;
	return error_set(err, E_MISMATCH,
			 "%s reads 0x%" PRIx64 ": %s 0x%" PRIx64
			 " is not a part that this map is for",
			 parts[row].path, value, name, part);
}

int probe_check(const struct regdb *db, const struct regdb_ref *ref, uint64_t value,
		struct error *err)
{
	const struct regdb_node *node =
		ref->node != REGDB_NONE ? regdb_node(db, ref->node) : NULL;
	const uint64_t all = reg_bits(0, node != NULL ? node->width : 32);
	/* What PCI gives when nobody answers, and what SI gives when it was asked too fast. */
	const uint64_t dead[] = { all, UINT64_C(0x8888888888888888) & all };
	char name[NAME_MAX_BYTES];
	uint64_t fixed;
	int row;

	if (node != NULL && (row = part_row(db, ref)) >= 0)
		return check_part(db, ref, row, value, err);
	name_of_ref(db, ref, name, sizeof(name));
	fixed = node != NULL ? node->m_known & ~node->m_volatile & ~node->m_write : 0;
	if (fixed != 0 && ((value ^ node->reset) & fixed) != 0)
		return error_set(err, E_MISMATCH,
				 "%s reads 0x%" PRIx64 ", the map says 0x%" PRIx64, name, value,
				 node->reset);
	if (fixed == 0 && is_one_of(dead, 2, value))
		return error_set(err, E_MISMATCH, "%s reads 0x%" PRIx64 ": does nobody answer?",
				 name, value);
	return 0;
}

int probe_identity(struct device *dev, struct error *err, uint64_t *value)
{
	const struct regdb *db = device_map(dev);
	const char *name = probe_identity_name(db);
	struct regset_item item = { 0 };
	struct regset_pos pos = { 0 };
	struct regset *set;
	struct bus *bus;
	int ret = device_bus(dev, err, &bus);

	if (ret != 0 || name == NULL)
		return ret;
	ret = regpath_resolve(db, name, 0, err, &set);
	if (ret != 0)
		return ret;
	if (regset_next(set, &pos, &item))
		ret = reg_read(dev, &item.ref, 0, err, value);
	regset_free(set);
	return ret == 0 ? probe_check(db, &item.ref, *value, err) : ret;
}

int probe_register(const struct regdb *db, const char *name, struct error *err,
		   struct regdb_ref *ref)
{
	struct regset_item item = { 0 };
	struct regset_pos pos = { 0 };
	struct regset *set;
	int ret = regpath_resolve(db, name, 0, err, &set);

	if (ret != 0)
		return ret;
	if (regset_count(set) != 1 || !regset_next(set, &pos, &item))
		ret = error_set(err, E_SYNTAX, "%s is not one register", name);
	else
		*ref = item.ref;
	regset_free(set);
	return ret;
}
