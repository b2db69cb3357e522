/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The client's end of the protocol (drv/proto.h): a bus whose registers a server reaches.  unix:
 * and ssh: make the link and leave the rest to this.
 *
 * A batch crosses as one message, its waits happen at the server.  A batch of more operations than
 * a message holds crosses in several, inside a lease when it writes.  bus_clock() is the
 * server's: a virtual one is asked and moved over the link, the time of day is the same here.
 *
 * A link that is lost or silent is E_IO and stays lost: every later access fails at once.  A batch
 * that was sent and not answered is BUS_OP_UNKNOWN from the first to the last operation.
 * cancel_requested() asks the server to stop and waits a little for what it did.
 */
#ifndef DRV_BUS_REMOTE_H
#define DRV_BUS_REMOTE_H

#include "drv/bus_priv.h"

struct remote_link {
	const char *name; /* for messages: "unix:/run/blade"; copied */
	int fd;           /* a socket, both directions; the bus closes it */
	/*
	 * Waits until @fd is ready for @events (of poll()), at most @us of @clock; returns
	 * whether it is.  NULL: poll() and the system's clock.
	 */
	bool (*wait)(void *arg, int fd, short events, uint64_t us);
	struct clock *clock; /* of wait; NULL with it */
	/* The stream ended: sets what the transport knows of it and returns true.  Optional. */
	bool (*ended)(void *arg, struct error *err);
	void (*close)(void *arg); /* once, after fd; optional */
	void *arg;
	uint64_t hello_us; /* how long the first answer may take */
};

#define REMOTE_SILENCE_US 10000000u /* five times what the server promises */
#define REMOTE_CANCEL_US  3000000u  /* how long to wait for what a cancelled batch did */

/*
 * Greets the server and opens @device ("": the first with the map of @env) for a bus of
 * @backend.  The link is closed on failure.  E_NOTSUP: no common version; E_MISMATCH: another
 * map; E_NOTFOUND: no such device; E_IO, E_CORRUPT: the link; and what the server says.
 */
int remote_open(const struct bus_backend *backend, const struct remote_link *link,
		const char *device, const struct bus_env *env, struct error *err,
		struct bus **out);

/* Members of both backends. */
void remote_close(struct bus *bus);
int remote_xfer(struct bus *bus, struct bus_op *ops, size_t n);
int remote_lease(struct bus *bus, const char *what, uint64_t wait_us);
void remote_release(struct bus *bus);

#endif
