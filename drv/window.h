/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Registers that are mapped into this process: a file, or a BAR of a PCI device.  Word i of the
 * window is the little-endian 32-bit word at byte 4 i; it is read and written as that one word
 * only, because a device sees every access as it is made.
 */
#ifndef DRV_WINDOW_H
#define DRV_WINDOW_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/bus_priv.h"

struct window {
	volatile uint32_t *words; /* word 0 of the window */
	void *map;
	size_t map_bytes;
	int fd;
	bool writable;      /* else only open for reading */
	volatile size_t at; /* operation that is being run, for window_guard()'s caller */
};

/*
 * Opens @path for reading and writing, or for reading when it may not be written.  0, or the
 * errno of the failure; then nothing is left open.
 */
int window_open(struct window *window, const char *path);

/*
 * Maps @bytes of an open window from byte @offset on, both multiples of 4.  0, or the errno:
 * EOVERFLOW is a size that does not fit the address space.  The file stays open either way.
 */
int window_map(struct window *window, uint64_t offset, uint64_t bytes);

/* Unmaps what window_map() mapped, if anything, and closes the file. */
void window_close(struct window *window);

/* The word of an operation on @bus; past all words when its address is not aligned. */
static inline uint64_t window_index(const struct bus *bus, const struct bus_op *op)
{
	uint64_t offset = op->addr - bus->origin;

	return offset >> 2 | offset << 62;
}

static inline uint32_t window_get(const struct window *window, uint64_t index)
{
	return le32toh(window->words[index]);
}

static inline void window_put(const struct window *window, uint64_t index, uint32_t value)
{
	window->words[index] = htole32(value);
}

/*
 * Calls @run, which touches the words of a window, and returns what it returns; WINDOW_LOST when a
 * word was no longer there: a file that was cut, a device that was taken out.  That comes as
 * SIGBUS: window_map() installs a handler, which passes on every SIGBUS that does not come from
 * inside @run to the handler that was there.
 */
#define WINDOW_LOST 1
typedef int (*window_run)(struct bus *bus, struct bus_op *ops, size_t n);
int window_guard(window_run run, struct bus *bus, struct bus_op *ops, size_t n);

/* The end of a batch at a write of a window that is open for reading only: E_PERM. */
int window_refuse_write(struct bus *bus, struct bus_op *op, const char *what);

#endif
