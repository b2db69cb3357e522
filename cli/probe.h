/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which register of a device tells who it is, and which one is free for write tests: known by
 * name for the maps of this project, looked for by usual names in others.
 */
#ifndef CLI_PROBE_H
#define CLI_PROBE_H

#include <stdint.h>

#include "drv/error.h"
#include "hal/device.h"

/* Register paths in the map, valid as long as the program; NULL: none known. */
const char *probe_identity_name(const struct regdb *db);
const char *probe_scratch_name(const struct regdb *db);

/* The one register that @name is in the map.  E_SYNTAX: not one; else as regpath_resolve(). */
int probe_register(const struct regdb *db, const char *name, struct error *err,
		   struct regdb_ref *ref);

/*
 * Is that the value of a device that is there and is what the map describes?  Compares what
 * never changes: known part numbers, else the reset of bits that nobody writes; and refuses what
 * a dead device reads as.  E_MISMATCH.
 */
int probe_check(const struct regdb *db, const struct regdb_ref *ref, uint64_t value,
		struct error *err);

/*
 * Opens the device's bus, reads its identity and checks it, when it has a known one.  @value is
 * stored also when the check fails.
 */
int probe_identity(struct device *dev, struct error *err, uint64_t *value);

#endif
