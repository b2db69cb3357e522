/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A server and its clients in one process, over socketpairs and on a virtual clock: whenever a
 * client waits, the server runs, and when nothing comes of it the clock moves.  Aborts the test
 * when something that is not tested fails.
 */
#ifndef TESTS_LIB_SERVE_BENCH_H
#define TESTS_LIB_SERVE_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/bus.h"
#include "drv/bus_remote.h"
#include "drv/proto.h"
#include "drv/serve.h"

#define SERVE_BENCH_DEVICES 2

struct serve_bench {
	struct serve_options options;
	struct serve_device devices[SERVE_BENCH_DEVICES];
	struct bus *buses[SERVE_BENCH_DEVICES]; /* owned; NULL: cannot be opened */
	struct serve *serve;                    /* NULL: it is dead */
	struct clock *clock;
	char log[4096];
	bool deaf; /* the server does not run while clients wait */
	void (*on_wait)(struct serve_bench *b, size_t n_waits); /* NULL: nothing */
	size_t n_waits, cancel_at; /* cancel_request() at the end of that wait, for one look */
};

/* A server of @n devices on @buses (taken over) called "one" and "two", maps "map1", "map2", hashes
 * 1 and 2. */
void serve_bench_open(struct serve_bench *b, struct bus *const *buses, size_t n);
void serve_bench_close(struct serve_bench *b);

/* The server ends now, as if killed. */
void serve_bench_kill(struct serve_bench *b);

/* Runs the server until nothing happens any more, after moving the clock by @us. */
void serve_bench_run(struct serve_bench *b, uint64_t us);

/* Clients.  A bus on @device; E_... as remote_open(). */
int serve_bench_bus(struct serve_bench *b, const char *device, const struct bus_env *env,
		    struct error *err, struct bus **out);

/* A raw connection, with what the server calls it; the caller closes it. */
int serve_bench_peer(struct serve_bench *b, const char *who);

/* The same after HELLO and OPEN of @device. */
int serve_bench_open_peer(struct serve_bench *b, const char *who, const char *device);

/* Sends bytes as they are, or one message, as far as the server takes them, and runs it. */
void serve_bench_send_bytes(struct serve_bench *b, int peer, const uint8_t *data, size_t len);
void serve_bench_send(struct serve_bench *b, int peer, const struct proto_msg *msg);

/* The next message that has come, without waiting; false: none.  End with proto_msg_fini(). */
bool serve_bench_receive(int peer, struct proto_msg *msg);

/* Has the server ended the connection? Reads what is left of it. */
bool serve_bench_ended(int peer);

#endif
