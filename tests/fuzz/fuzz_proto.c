/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The protocol: the bytes as a message, which encodes to the same bytes again; as the answer to a
 * batch; and as what a client sends to a server.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drv/bus.h"
#include "drv/clock.h"
#include "drv/proto.h"
#include "drv/serve.h"
#include "regmaps/regdb/regdb.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void there_and_back(const uint8_t *data, size_t size)
{
	struct bus_op ops[] = {
		{ .kind = BUS_OP_READ },
		{ .kind = BUS_OP_WRITE },
		{ .kind = BUS_OP_DELAY },
		{ .kind = BUS_OP_POLL },
	};
	struct proto_buf buf = { .data = NULL };
	struct error err = { 0 };
	struct proto_msg msg;

	if (proto_decode(data, size, &msg, &err) != E_OK) {
		if (err.text[0] == '\0')
			abort();
	} else if (msg.type == PROTO_RESULT) {
		proto_result(&msg, ops, 4, &err);
	} else if (msg.type == PROTO_ERROR && msg.code == E_INTERNAL) {
		/* Codes of later versions become this one. */
	} else if (proto_encode(&msg, &buf, &err) != E_OK || buf.len != size ||
		   memcmp(buf.data, data, size) != 0) {
		abort();
	}
	free(buf.data);
	proto_msg_fini(&msg);
}

struct shared {
	struct bus *bus;
};

static int open_bus(void *arg, size_t i, struct error *err, struct bus **out)
{
	const struct shared *shared = arg;

	(void)i;
	(void)err;
	*out = shared->bus;
	return E_OK;
}

/* After a HELLO and an OPEN that are right, so that most bytes are looked at. */
static const struct proto_msg prelude[] = {
	{ .type = PROTO_HELLO, .lowest = 1, .version = 1 },
	{ .type = PROTO_OPEN },
};

static void serve(const uint8_t *data, size_t size)
{
	static struct shared shared;
	static struct regdb *map;
	const struct serve_device device = { "btc", "btc", 1 };
	struct bus_env env = { .map = NULL };
	struct clock *clock = clock_virtual_new();
	struct serve_options options = { .devices = &device,
					 .n_devices = 1,
					 .open = open_bus,
					 .arg = &shared,
					 .clock = clock };
	struct proto_buf buf = { .data = NULL };
	struct serve *server;
	int fds[2];

	if (map == NULL && regdb_open_builtin("btc", NULL, &map) != E_OK)
		abort();
	env.map = map;
	if (shared.bus == NULL && bus_open("mock:,plain", &env, NULL, &shared.bus) != E_OK)
		abort();
	if (clock == NULL || serve_new(&options, NULL, &server) != E_OK ||
	    socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0 ||
	    serve_add(server, fds[1], fds[1], "fuzz", NULL) != E_OK)
		abort();
	for (size_t i = 0; i < 2; i++)
		proto_encode(&prelude[i], &buf, NULL);
	if (write(fds[0], buf.data, buf.len) == (ssize_t)buf.len && size > 0 && size < 100000)
		(void)!send(fds[0], data, size, MSG_DONTWAIT);
	free(buf.data);
	for (size_t i = 0; i < 20; i++)
		if (serve_step(server, 0, NULL) != E_OK)
			abort();
	clock_wait_us(clock, SERVE_STALL_US);
	serve_step(server, 0, NULL);
	close(fds[0]);
	serve_free(server);
	clock_free(clock);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	there_and_back(data, size);
	serve(data, size);
	return 0;
}
