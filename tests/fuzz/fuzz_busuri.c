/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bus URIs: any text opens or fails with an error, and what opened works and closes.  Inputs
 * with a slash are left out, so that the fuzzer stays in its folder, and names of real devices.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "drv/bus.h"
#include "drv/clock.h"
#include "regmaps/regdb/regdb_build.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct regdb *make_map(void)
{
	struct regdb_builder *b = regdb_builder_new();
	struct regdb_node_spec top = { .kind = REGDB_ADDRMAP, .name = "toy" };
	struct regdb_node_spec reg = { .kind = REGDB_REG, .name = "R", .size = 4, .width = 32 };
	struct regdb_field_spec field = {
		.name = "F", .width = 32, .sw = REGDB_ACCESS_RW, .enumeration = REGDB_NONE
	};
	struct regdb *map;
	void *blob;
	size_t size;

	regdb_builder_field(
		b, regdb_builder_node(b, regdb_builder_node(b, REGDB_NONE, &top), &reg),
		&field);
	if (regdb_builder_finish(b, NULL, &blob, &size) != E_OK ||
	    regdb_open_owned(blob, size, NULL, &map) != E_OK)
		abort();
	regdb_builder_free(b);
	return map;
}

static void use(struct bus *bus)
{
	struct bus_op ops[] = {
		{ .kind = BUS_OP_READ },
		{ .kind = BUS_OP_WRITE, .value = 5 },
		{ .kind = BUS_OP_DELAY, .time_us = 5 },
		{ .kind = BUS_OP_POLL, .value = 5, .mask = 7, .time_us = 20, .every_us = 3 },
		{ .kind = BUS_OP_READ, .addr = 0x1000 },
	};
	int rc;

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		ops[i].addr += bus_origin(bus);
	rc = bus_xfer(bus, ops, sizeof(ops) / sizeof(ops[0]));
	if (rc != bus_error(bus)->code || (rc != E_OK) != (bus_error(bus)->text[0] != '\0'))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct regdb *map;
	struct error err = { .code = E_OK };
	struct bus *bus;
	char *uri;
	int rc;

	if (memchr(data, '/', size) != NULL)
		return 0;
	if (map == NULL)
		map = make_map();
	uri = malloc(size + 1);
	if (uri == NULL)
		return 0;
	memcpy(uri, data, size);
	uri[size] = '\0';
	if (strstr(uri, "usb:") != NULL || strstr(uri, "pci:") != NULL) {
		free(uri);
		return 0;
	}
	rc = bus_open(uri, &(struct bus_env){ .map = map }, &err, &bus);
	if (rc != err.code || (rc != E_OK) != (err.text[0] != '\0'))
		abort();
	if (rc == E_OK) {
		/* A real clock would wait for the latencies that the fuzzer likes. */
		if (clock_is_virtual(bus_clock(bus)))
			use(bus);
		bus_close(bus);
	}
	free(uri);
	return 0;
}
