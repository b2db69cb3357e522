/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a backend or a wrapper offers to the dispatcher in bus.c.
 *
 * A backend embeds `struct bus` as the first member of its own struct.  Its open() calls
 * bus__init(); the dispatcher then owns uri, err and stats.  Every address that reaches xfer()
 * is aligned and inside the window.
 */
#ifndef DRV_BUS_PRIV_H
#define DRV_BUS_PRIV_H

#include "drv/bus.h"
#include "drv/uri.h"

struct bus_backend {
	const char *scheme; /* "file"; wrappers that no URI opens: a name for messages */
	const char *help;   /* what follows the colon */
	const struct uri_key *keys; /* parameters, ended by a row without name; optional */
	/*
	 * xfer() takes DELAY and POLL too, and counts the reads of its polls in bus->polled.
	 * Otherwise the dispatcher does both on the bus's clock and xfer() sees only reads and
	 * writes.
	 */
	bool whole;
	/* At most this many operations per xfer() call, so that a cancel is noticed between
	 * them; 0 = no limit. */
	size_t burst;
	/*
	 * @rest is what follows the colon.  May block.  Frees what it made on failure and sets
	 * @err.  E_SYNTAX, E_NODEV, E_PERM, ...  NULL: wrappers that no URI opens.
	 */
	int (*open)(const char *rest, const struct bus_env *env, struct error *err,
		    struct bus **out);
	void (*close)(struct bus *bus); /* once per successful open; frees @bus */
	/*
	 * Runs @n operations in order and marks each that it tries.  The first failure ends it,
	 * told by bus__fail(), or by bus__forward() of that one operation; returns its code.
	 * All operations come marked BUS_OP_NOT_RUN.
	 */
	int (*xfer)(struct bus *bus, struct bus_op *ops, size_t n);
	/*
	 * Optional: runs @n operations and returns true when all are reads, aligned and inside
	 * the window.  Anything else makes it return false; the dispatcher then starts over the
	 * ordinary way, so a batch that can pass there may not have been begun unless its reads
	 * have no side effect.
	 */
	bool (*read_all)(struct bus *bus, struct bus_op *ops, size_t n);
	/*
	 * Both or none: the device is shared, and these keep others' writes out (bus_lease()).
	 * lease() is called for the outermost one only and sets bus->err when it fails.
	 */
	int (*lease)(struct bus *bus, const char *what, uint64_t wait_us);
	void (*release)(struct bus *bus);
};

struct bus {
	const struct bus_backend *backend;
	char *uri;
	char *lock_key; /* of the device behind it, for drv/lock.h; NULL: nothing to lock */
	struct clock *clock;
	uint64_t origin;
	uint64_t size; /* bytes, 0 = unlimited */
	uint64_t last; /* offset of the window's last byte */
	uint64_t polled;
	struct bus *leased_from; /* of a wrapper: the bus whose leases are its own; or NULL */
	unsigned leases;         /* how deep they are nested */
	struct bus_stats stats;
	struct error err;
};

/* Origin and size come from @env.  E_RANGE: a window that is not made of whole words. */
int bus__init(struct bus *bus, const struct bus_backend *backend, const struct bus_env *env,
	      struct error *err);
int bus__set_window(struct bus *bus, uint64_t origin, uint64_t size, struct error *err);

/* A bus around a bus: first member of a wrapper's own struct. */
struct bus_wrapper {
	struct bus bus;
	struct bus *inner;
};

/*
 * Allocates a wrapper's struct of @size bytes, zeroed, that looks like @inner (window, clock,
 * URI) and owns it.  NULL: out of memory, @err set, @inner left alone.
 */
void *bus__wrapper_new(size_t size, const struct bus_backend *backend, struct bus *inner,
		       struct error *err);
void bus__wrapper_close(struct bus *bus); /* closes the inner bus, frees the wrapper */

/*
 * Marks @op as @status and sets bus->err to "read 0xADDRESS: TEXT" with what the operation was;
 * returns @code.
 */
int bus__fail(struct bus *bus, struct bus_op *op, enum bus_op_status status, int code,
	      const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Marks a poll that never saw @wanted as failed and tells so; E_TIMEOUT. */
int bus__timed_out(struct bus *bus, struct bus_op *op, uint32_t wanted);

/* Passes operations on to the inner bus; its error becomes the wrapper's. */
int bus__forward(struct bus_wrapper *wrapper, struct bus_op *ops, size_t n);

extern const struct bus_backend bus_backend_mock;
extern const struct bus_backend bus_backend_file;
extern const struct bus_backend bus_backend_pci;
extern const struct bus_backend bus_backend_usb;
extern const struct bus_backend bus_backend_fault;
extern const struct bus_backend bus_backend_record;
extern const struct bus_backend bus_backend_replay;
extern const struct bus_backend bus_backend_unix;
extern const struct bus_backend bus_backend_ssh;

#endif
