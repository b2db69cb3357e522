/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the operands of `reg` commands name: registers and fields of a device, and their rows. */
#ifndef CLI_TARGET_H
#define CLI_TARGET_H

#include "cli/cmd.h"
#include "hal/reg.h"
#include "regmaps/regdb/regpath.h"

struct target {
	struct device *dev;
	const struct regdb *db;
	struct regset *set;
	char prefix[64]; /* "btc/" when paths have to name the device; else "" */
};

/* Resolves "[DEVICE/]PATH"; @flags as regpath_resolve().  Free with target_fini(). */
int target_resolve(const struct call *call, const char *text, unsigned flags, struct error *err,
		   struct target *target);
void target_fini(struct target *target); /* of {0} is allowed */

/*
 * All operands of a call, as reads take them: fields allowed, every array needs an index unless
 * a wildcard in a name says that many are meant.  On failure nothing is left behind.
 */
int targets_resolve(const struct call *call, struct error *err, struct target **targets);
void targets_free(struct target *targets, size_t n);

/* Bits of a register: the device's map has 32-bit words where it has no register. */
uint32_t item_width(const struct regdb *db, const struct regset_item *item);

/* Is the whole register meant, not a field or some bits? */
bool item_is_whole(const struct regdb *db, const struct regset_item *item);

/* The item's bits in its register, and the item's value of a register's value. */
uint64_t item_mask(const struct regset_item *item);
uint64_t item_extract(const struct regset_item *item, uint64_t value);

/* Parses a value for an item: a number or, for a field, an enumerator. */
int item_value(const struct regdb *db, const struct regset_item *item, const char *text,
	       struct error *err, uint64_t *value);

/* "PATH=VALUE" or, with @operator "==", "PATH==VALUE": cut in two; @path is malloc'd. */
int split_setting(const char *text, const char *operator, struct error * err, char **path,
		  const char **value);

/* "done", "failed", "unknown", "not-run". */
const char *status_name(enum bus_op_status status);

/* The fields of a register's value, highest bit first, as table "fields"; only those in @mask. */
void fields_table(struct out_record *record, const struct regdb *db, uint32_t node,
		  uint64_t value, uint64_t mask);

/*
 * Registers that were left out of unasked reads: gathered, then told as table "left_out", one
 * row per register definition.  Starts as {.record = ...}.
 */
struct left_out_row;
struct left_out {
	struct out_record *record;
	struct left_out_row *rows;
	size_t n, room;
};
void left_out_add(struct left_out *left, const struct target *target,
		  const struct regdb_ref *ref, uint64_t count, const char *reason);
void left_out_end(struct left_out *left); /* makes the table, frees the rest */

/*
 * Before writing: refuses registers and fields that software cannot write (E_POLICY), then asks
 * once about patterns and dangerous registers.  Sets REG_DANGEROUS in @flags when a dangerous
 * register was agreed to.
 */
int confirm_writes(struct call *call, const struct target *targets, size_t n, unsigned *flags,
		   struct error *err);

#endif
