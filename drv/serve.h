/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The server's end of the protocol (drv/proto.h): devices of one board, used by many clients at
 * once over streams of bytes.
 *
 * One thread, one poll() loop.  Batches run whole, one after the other on each device, in the
 * order of their coming; during a wait inside a batch the other devices and everything else go
 * on, and so do other batches on its device unless it writes.  A client that dies, stalls, reads slowly or sends garbage loses its connection, its lease
 * and the rest of its batch; nobody else notices.  What one client can make the server keep is
 * bounded: one message in, one answer out.
 */
#ifndef DRV_SERVE_H
#define DRV_SERVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/bus.h"
#include "drv/error.h"

struct serve;

/* A device to share.  Texts are copied. */
struct serve_device {
	const char *name, *map;
	uint64_t map_hash;
};

struct serve_options {
	const struct serve_device *devices;
	size_t n_devices; /* at most PROTO_MAX_DEVICES */
	/*
	 * The bus of device @i, asked for when a client opens it; borrowed until serve_free().
	 * A failure is what the client is told.
	 */
	int (*open)(void *arg, size_t i, struct error *err, struct bus **out);
	/* Something happened, one line for people: who came, who went and why.  NULL: nobody
	 * listens. */
	void (*log)(void *arg, const char *line);
	void *arg; /* of both */
	/*
	 * Leases take the lock of the device (drv/lock.h) that its bus names: for a server that
	 * does not hold it all the time.
	 */
	bool locks;
	struct clock *clock; /* of all timeouts; NULL: the system's */
	uint64_t lease_us;   /* 0: SERVE_LEASE_US */
	uint64_t stall_us;   /* 0: SERVE_STALL_US */
	size_t max_clients;  /* 0: SERVE_MAX_CLIENTS */
};

#define SERVE_LEASE_US    10000000u /* a lease whose holder asks nothing for that long ends */
#define SERVE_STALL_US    10000000u /* to say HELLO, to complete a message, to take an answer */
#define SERVE_PATIENCE_US 2000000u  /* of a batch with a write, for the lease of another */
#define SERVE_MAX_CLIENTS 256u

/* E_NOMEM, E_RANGE.  Free with serve_free(), which drops all clients. */
int serve_new(const struct serve_options *options, struct error *err, struct serve **out);
void serve_free(struct serve *serve); /* NULL is allowed */

/*
 * Accepts clients on the listening socket @fd, which stays the caller's, as long as there is room
 * for more; the others wait in its queue.
 */
void serve_listen(struct serve *serve, int fd);

/*
 * A client that is already connected; @in and @out may be the same.  Both become non-blocking and
 * are closed with the client.  @who: NULL: what it says of itself.  E_NOMEM.
 */
int serve_add(struct serve *serve, int in, int out, const char *who, struct error *err);

/*
 * Waits at most @us (of real time) for something to happen, and does it.  E_INTR:
 * cancel_requested().  E_IO: poll() or the listening socket failed.
 */
int serve_step(struct serve *serve, uint64_t us, struct error *err);

struct serve_stats {
	size_t n_clients; /* connected now */
	uint64_t served;  /* clients that came */
	uint64_t dropped; /* of them, those that were sent away */
	uint64_t batches, operations, leases, lapsed;
};
void serve_stats_get(const struct serve *serve, struct serve_stats *stats);

/*
 * Makes a listening socket at @path with the permissions @mode (they decide who may connect, with
 * those of its folder), in place of one that a dead server left.  Waits at most @wait_us for
 * another server there to end.  E_BUSY: a server, or another program, listens there; E_NODEV, E_PERM, E_RANGE: not a place for a socket, or something else is
 * there, which stays.  serve_socket_close() removes it, if it is still this one.
 */
struct serve_socket;
int serve_socket_open(const char *path, unsigned mode, uint64_t wait_us, struct error *err,
		      struct serve_socket **out);
int serve_socket_fd(const struct serve_socket *socket);
void serve_socket_close(struct serve_socket *socket); /* NULL is allowed */

#endif
