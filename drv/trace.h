/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Trace files: what crossed a bus, one operation per line, for people to read and for replay: to
 * play back.
 *
 *     @trace 1
 *     @map vsc7448
 *     @bus pci:0000:03:00.0
 *     read 0x71010000 = 0x374680e9 at 0  # DEVCPU_GCB:CHIP_REGS:CHIP_ID
 *     write 0x71010004 = 0x00000001 at 12  # DEVCPU_GCB:CHIP_REGS:GPR
 *     poll 0x71420000 & 0x00000001 is 0x00000000 = 0x00000000 within 1000 at 20  # ...
 *     wait 500 at 30
 *     read 0x71010000 failed io at 600  # the text of the error
 *
 * Times are microseconds since the bus was opened.  `=` gives what was read or written; of a poll
 * the value that it ended with.  `failed CODE` (drv/error.h) stands in its place when the operation
 * did not happen, with the error's text as comment.  Empty lines and `#` comments are ignored.
 */
#ifndef DRV_TRACE_H
#define DRV_TRACE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "drv/bus.h"
#include "drv/error.h"

struct regdb;

/* One line.  @op as it came out of bus_xfer(); @code is E_OK or why it failed. */
struct trace_row {
	struct bus_op op; /* polls: value is the one it ended with */
	uint32_t want;    /* polls */
	int code;
	uint64_t at_us;
	unsigned line;
	const char *text; /* of a failure; belongs to the trace */
};

struct trace {
	char *path, *map, *bus; /* map and bus NULL: the file does not say */
	struct trace_row *rows;
	size_t n_rows;
	char *storage;
};

/* Writes the first lines and one operation; E_IO with the system's reason. */
int trace_write_head(FILE *file, const char *map, const char *bus, struct error *err);
int trace_write_row(FILE *file, const struct trace_row *row, const struct regdb *map,
		    struct error *err);

/* Reads a file.  E_NODEV, E_PERM; E_SYNTAX "FILE:LINE: ...".  Free with trace_free(). */
int trace_read(const char *path, struct error *err, struct trace **out);
/* The same from memory, @path for messages only: for tests and fuzzing. */
int trace_parse(const char *path, const char *text, size_t size, struct error *err,
		struct trace **out);
void trace_free(struct trace *trace); /* NULL is allowed */

/* "PATH (0xADDR)", or the address where @map (may be NULL) has no register. */
void trace_name(const struct regdb *map, uint64_t addr, char *buf, size_t size);

#endif
