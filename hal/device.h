/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A device: a register map and the bus that reaches its registers.  Devices belong to a board.
 */
#ifndef HAL_DEVICE_H
#define HAL_DEVICE_H

#include "drv/bus.h"
#include "regmaps/regdb/regdb.h"

struct device;

const char *device_name(const struct device *dev);     /* on the board: "switch", "btc" */
const char *device_map_spec(const struct device *dev); /* as the board names it */
const char *device_bus_uri(const struct device *dev);
const struct regdb *device_map(const struct device *dev);
bool device_is_dry_run(const struct device *dev); /* writes are reported, not done */

/*
 * The bus, opened (with the board's wrappers around it) on first use.  Borrowed.  Fails as
 * bus_open() does, the text naming the device.
 */
int device_bus(struct device *dev, struct error *err, struct bus **out);

/*
 * Keeps the other users of a shared device from writing (bus_lease()) until device_release():
 * around what reads, decides and writes.  Fails as device_bus() and bus_lease() do.
 */
int device_lease(struct device *dev, const char *what, struct error *err);
void device_release(struct device *dev);

/*
 * Another bus to the same device, without the board's wrappers and without its lock: for whoever
 * measures ways to reach it.  The caller closes it.  Fails as bus_open() does.
 */
int device_open_again(const struct device *dev, const char *uri, struct error *err,
		      struct bus **out);

#endif
