/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the drivers of devices reach their registers: a queue of changes that costs as few bus
 * accesses as their effect needs.
 *
 * Changes are queued by functions without a result and run by regio_end(), which tells the first
 * error; after an error every call does nothing until regio_end().  So an operation reads as the
 * datasheet's list of steps:
 *
 *     regio_fields(io, VSC7448_QSYS_..._PORT_MODE(port), F(QSYS_..._PORT_MODE, PORT_ENA, 1));
 *     regio_wait(io, &(struct regio_wait){ .addr = ..., .mask = 1, .want = 0, ... });
 *     return regio_end(io, err);
 *
 * What was read or written is remembered (the shadow) until regio_forget(): a register is read at
 * most once, and a change that changes nothing is not written.  The shadow belongs to one holder
 * of the device: whoever lets others write forgets first.  Bits that hardware writes are never
 * believed, bits that act when written (write-one-to-clear, shots) get their neutral value unless
 * named: the register map tells which they are.
 *
 * On a device that others use too (drv/bus.h, bus_lease()) an operation has a lease from its first
 * change to regio_end(), which forgets the shadow unless an outer lease goes on.
 *
 * On regio_end() the queue runs in two transfers, the reads that it needs and then everything
 * else in order.  regio_reread() cuts it where later reads depend on earlier writes.
 */
#ifndef HAL_REGIO_H
#define HAL_REGIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

struct device;
struct regio;

/* Opens the bus of @dev (which must outlive it); no access.  Free with regio_free(). */
int regio_new(struct device *dev, struct error *err, struct regio **out);
void regio_free(struct regio *io); /* NULL is allowed */

/* Nothing is known any more: after a reset, or when others may have written. */
void regio_forget(struct regio *io);

/* Another number after each regio_forget(), also the one that an error brings. */
uint64_t regio_epoch(const struct regio *io);

/* A field of a register and its new value, made from a name of a generated <map>_regs.h. */
struct regio_field {
	uint32_t mask, value; /* both in place */
};
#define REGIO_FIELD(field, v)                                                                  \
	{                                                                                      \
		(uint32_t) reg_field_mask(field),                                              \
			(uint32_t)reg_field_put(0, field, (uint32_t)(v))                       \
	}

/* Queues: changes the bits in @mask to those of @value, the others stay. */
void regio_set(struct regio *io, uint64_t addr, uint32_t mask, uint32_t value);

/*
 * The same for fields: regio_fields(io, ADDR, F(REG, FIELD, 1), F(REG, OTHER, 2)), where
 * F() is the driver's short form of REGIO_FIELD().
 */
void regio__fields(struct regio *io, uint64_t addr, const struct regio_field *fields, size_t n);
#define regio_fields(io, addr, ...)                                                            \
	regio__fields(io, addr, (const struct regio_field[]){ __VA_ARGS__ },                   \
		      sizeof((const struct regio_field[]){ __VA_ARGS__ }) /                    \
			      sizeof(struct regio_field))

/* Queues: the whole register; not written when it is known to have that value. */
void regio_put(struct regio *io, uint64_t addr, uint32_t value);

/* Queues: written in any case: a strobe, a FIFO, a window. */
void regio_write(struct regio *io, uint64_t addr, uint32_t value);

/*
 * Queues: reads into @value, which has to stay where it is until the queue has run and is
 * untouched when the read is not reached.  For status that appears between writes: windows,
 * counters behind a view, measurements.
 */
void regio_fetch(struct regio *io, uint64_t addr, uint32_t *value);

/* Queues: a wait of @us. */
void regio_delay(struct regio *io, uint32_t us);

/*
 * Queues: waits until (register & mask) == want, reading every every_us (0: timeout_us / 100, at
 * least 1), at most timeout_us.  E_TIMEOUT: "PATH.FIELD was not 0x0 within 100 ms, last 0x1".
 */
struct regio_wait {
	uint64_t addr;
	uint32_t mask, want;
	uint32_t timeout_us, every_us;
};
void regio_wait(struct regio *io, const struct regio_wait *wait);

/* Queues: what is known of [first, last] is forgotten, and later reads come after earlier writes. */
void regio_reread(struct regio *io, uint64_t first, uint64_t last);

/*
 * Runs the queue, then reads: always from the device (status), or from the shadow when it is
 * known there (configuration).  @value is untouched on failure; the error is kept for
 * regio_end() too.
 */
int regio_read(struct regio *io, uint64_t addr, uint32_t *value);
int regio_get(struct regio *io, uint64_t addr, uint32_t *value);

/* @n reads of either kind in one transfer. */
int regio_read_many(struct regio *io, const uint64_t *addrs, size_t n, uint32_t *values);
int regio_get_many(struct regio *io, const uint64_t *addrs, size_t n, uint32_t *values);

/* Runs the queue now; the error is kept.  For loops that look at what happened. */
int regio_flush(struct regio *io);

/* An error that the operation found itself; kept like one of the bus.  Returns @code. */
int regio_fail(struct regio *io, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Ends an operation: runs the queue, reports the first error since the last regio_end() (with the
 * register's name and how many writes had been done) and clears it.  After an error nothing is
 * known.
 */
int regio_end(struct regio *io, struct error *err);

#endif
