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
	bool writable; /* else only open for reading */
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

/* The end of a batch at a write of a window that is open for reading only: E_PERM. */
int window_refuse_write(struct bus *bus, struct bus_op *op, const char *what);

#endif
