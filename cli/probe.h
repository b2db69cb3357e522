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

/* Opens the device's bus and reads its identity, when it has a known one. */
int probe_identity(struct device *dev, struct error *err, uint64_t *value);

#endif
