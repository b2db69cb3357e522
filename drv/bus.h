/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A bus reaches 32-bit registers at absolute byte addresses.  There is one primitive: a batch
 * of operations, executed in order.  Backends (mock:, file:, later pci: and usb:) and wrappers
 * (fault:, read-only, dry-run, verify, trace) all offer it.
 *
 * Addresses are the map's absolute byte addresses, 4-byte aligned; a bus subtracts the origin
 * of its window.  Values are in host order.
 */
#ifndef DRV_BUS_H
#define DRV_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

struct bus;
struct clock;
struct regdb;
struct world;

enum bus_op_kind {
	BUS_OP_READ,  /* value: out */
	BUS_OP_WRITE, /* value: in */
	BUS_OP_DELAY, /* waits time_us; addr, value and mask unused */
	BUS_OP_POLL,  /* reads until (read & mask) == (value & mask); see below */
};

enum bus_op_status {
	BUS_OP_NOT_RUN = 0,
	BUS_OP_DONE,
	BUS_OP_FAILED,  /* tried, did not happen */
	BUS_OP_UNKNOWN, /* tried, may or may not have happened (a write whose answer was lost) */
};

/*
 * One operation.  @kind, @addr and the inputs are the caller's; @status and the outputs are
 * written by bus_xfer().  POLL: @value in is the wanted value, out the last one read; it reads
 * at once, then every @every_us (at least 1) until @time_us have passed, reads a last time, and
 * then is BUS_OP_FAILED with E_TIMEOUT.  A read that fails makes it BUS_OP_UNKNOWN, whatever the
 * code, and @value means nothing.
 */
struct bus_op {
	enum bus_op_kind kind;
	uint32_t mask;
	uint64_t addr;
	uint32_t value; /* and @status beside it: both are written at once where it matters */
	enum bus_op_status status;
	uint32_t time_us;
	uint32_t every_us;
};

/* What a bus is opened into.  Plain data, only read during bus_open(). */
struct bus_env {
	const struct regdb *map; /* the device's map; must outlive the bus; NULL: raw window */
	const char *map_spec;    /* what names that map to the far side of ssh:, or NULL */
	const char *device;  /* name on the board, for messages and the mock world; or NULL */
	uint64_t origin;     /* first byte address of the window */
	uint64_t size;       /* bytes; 0 = not known (the backend may know) */
	struct world *world; /* mock: joins this world; NULL = it makes one of its own */
};

/*
 * Opens @uri ("mock:FILE", "file:PATH,offset=N", "fault:seed=7,after=12,mock:", ...) and
 * stores the bus in @out; the caller closes it.  Nothing is left behind on failure.
 * E_SYNTAX: unknown scheme (the text lists the known) or bad parameter; E_NODEV, E_PERM: cannot
 * be opened; and what the backend says.
 */
int bus_open(const char *uri, const struct bus_env *env, struct error *err, struct bus **out);
void bus_close(struct bus *bus); /* closes inner buses too; NULL is allowed */

/*
 * Runs @n operations in order; blocks until all are done or one failed.  Every operation is
 * checked first (alignment, window): E_RANGE then means that none was run, except that in a batch
 * of reads alone those before the bad one may have been made, for nothing.  Otherwise returns
 * the first error; each op's status tells what happened, those after the failure stay
 * BUS_OP_NOT_RUN, or are BUS_OP_UNKNOWN when a bus that packs had sent them already.
 * bus_error() then holds the text, with the address.  E_INTR: stopped between two operations by
 * cancel_requested().
 */
int bus_xfer(struct bus *bus, struct bus_op *ops, size_t n);

/* One access; @value is untouched on failure. */
int bus_read(struct bus *bus, uint64_t addr, uint32_t *value);
int bus_write(struct bus *bus, uint64_t addr, uint32_t value);

/*
 * Keeps other writers of a shared device out from here to bus_release(), for @what (for others to
 * read): what reads, decides and writes, or needs several batches, runs inside.  Leases nest.
 * Waits at most @wait_us for another holder.  A device that is not shared (its bus is no client
 * of a server) has nothing to do here: the lock of the process (drv/lock.h) keeps it.  E_BUSY tells
 * who holds it; E_IO and what else bus_xfer() says of the link.
 */
int bus_lease(struct bus *bus, const char *what, uint64_t wait_us);
void bus_release(struct bus *bus); /* once per bus_lease() that succeeded */

/* May others write between two leases?  Then what was read before is not to be believed. */
bool bus_is_shared(const struct bus *bus);
bool bus_is_leased(const struct bus *bus); /* between bus_lease() and bus_release()? */

/* How long an operation waits in bus_lease() for others that are as short. */
#define BUS_LEASE_WAIT_US 2000000u

/* The text of the last failure on this bus. */
const struct error *bus_error(const struct bus *bus);

struct clock *bus_clock(const struct bus *bus); /* never NULL */
const char *bus_uri(const struct bus *bus);     /* as given to bus_open() */
uint64_t bus_origin(const struct bus *bus);
uint64_t bus_size(const struct bus *bus); /* 0 = unlimited */

/* What names the device to all processes (drv/lock.h); NULL: it belongs to this process alone. */
const char *bus_lock_key(const struct bus *bus);

/* Counts of what was asked of this bus, for costs and tests.  A poll counts each read. */
struct bus_stats {
	uint64_t reads, writes, batches;
};
void bus_stats_get(const struct bus *bus, struct bus_stats *stats);

/* The schemes and what follows their colon, in help order; NULL past the end. */
const char *bus_scheme_name(size_t i);
const char *bus_scheme_help(size_t i);

/* Parameter @k of scheme @i, for help; false past the end. */
struct bus_param {
	const char *name;
	const char *value; /* what follows the equals sign; NULL: nothing does */
	const char *help;
};
bool bus_scheme_param(size_t i, size_t k, struct bus_param *param);

#endif
