/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a board makes its devices. */
#ifndef HAL_DEVICE_PRIV_H
#define HAL_DEVICE_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal/board.h"
#include "hal/device.h"

struct world;

/* What a device is made of; texts are copied. */
struct device_spec {
	const char *name, *map_spec, *uri;
	const char *folder; /* relative map and bus paths start here; "" or ends in '/' */
	const char *map;    /* --map: opened in place of map_spec; or NULL */
	bool has_window;    /* else the map's own; ignored with another map */
	uint64_t origin, size;
};

/*
 * Opens the map but not the bus.  @options and @world (NULL: no mock) must outlive the device.
 * E_NOTFOUND and what else map_open() says; E_SYNTAX: a bus URI of an unknown scheme.
 */
int device__new(const struct device_spec *spec, const struct board_options *options,
		struct world *world, struct error *err, struct device **out);
/*
 * What the board holds its devices for while a command writes: a device takes its lock
 * (drv/lock.h) when its bus is next asked for.  NULL: lets go.
 */
struct device_hold {
	const char *what;
	uint64_t wait_us;
};
void device__hold(struct device *dev, const struct device_hold *hold);

/* The clock that waits for the device use; NULL: the system's, or the bus cannot be opened. */
struct clock *device__clock(struct device *dev);

/* Closes the bus: before the world is freed, which goes before the maps. */
void device__close_bus(struct device *dev);
void device__free(struct device *dev); /* NULL is allowed */

/* @text with @folder before every relative path of its mock:, file:, record: and replay: parts. */
char *device__rebase_uri(const char *text, const char *folder);

/*
 * Is a part of @uri of the scheme @scheme, on this side of ssh:?  @path (may be NULL) and @len then tell what follows
 * its colon, up to the next comma.
 */
bool device__uri_find(const char *uri, const char *scheme, const char **path, size_t *len);

/* E_SYNTAX: unknown scheme, or a wrapper without inner URI. */
int device__check_uri(const char *uri, struct error *err);

#endif
