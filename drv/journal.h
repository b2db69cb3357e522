/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Journals: every write to registers with the value before it, kept in a file so that `undo` can
 * put them back, whatever became of the program that wrote.
 *
 *     @journal 1
 *     @run 4711 2026-11-26T11:14:43Z
 *     @device switch map vsc7448 bus pci:0000:03:00.0
 *     @command reg set DEVCPU_GCB:GPR.GPR=1
 *     write 1 0x71010004 0x00000000 -> 0x00000001 at 12  # DEVCPU_GCB:CHIP_REGS:GPR
 *     done 1
 *     write 2 0x71010008 lost -> 0x00000001 at 30  # ...:SOFT_RST: a write does more than store
 *     failed 2
 *     undo 1
 *     undone 1
 *
 * A `write` stands in the file, on the disk, before it goes to the device; what became of it
 * follows: `done`, `failed` (it did not happen) or `unknown`, of one or of several (`3-7`).  One
 * without is unknown: the program ended in between.  Writes are numbered from 1 through the whole
 * file, to which later runs append.  `lost`: there is no old value that could be put back, the
 * comment tells why.  `undo` stands in front of writes that put old values back, `undone` behind
 * them.  Times are microseconds since the line `@run`, on the clock of the bus.
 */
#ifndef DRV_JOURNAL_H
#define DRV_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

struct regdb;

#define JOURNAL_MAX_TEXT 400 /* characters of bus and command; the rest is cut off */

enum journal_outcome {
	JOURNAL_UNKNOWN, /* it may have happened */
	JOURNAL_DONE,
	JOURNAL_FAILED, /* it did not happen */
};

/* One write.  @device is an index into the journal's. */
struct journal_entry {
	uint64_t addr, at_us;
	uint32_t old, new; /* old: nothing when lost */
	uint32_t device;
	bool lost;
	enum journal_outcome outcome;
	bool undo_begun, undone;
	unsigned line;
	const char *text; /* the comment */
};

struct journal_device {
	const char *name, *map, *bus; /* bus: what names the device to everybody */
};

struct journal {
	char *path;
	struct journal_device *devices;
	struct journal_entry *entries; /* number N is entries[N - 1] */
	size_t n_devices, n_entries;
	char *storage;
};

/*
 * Reads a file; a last line that has no end is left out, its write was not begun.  E_NODEV, E_PERM;
 * E_SYNTAX "FILE:LINE: ...".  Free with journal_free().
 */
int journal_read(const char *path, struct error *err, struct journal **out);
/* The same from memory, @path for messages only: for tests and fuzzing. */
int journal_parse(const char *path, const char *text, size_t size, struct error *err,
		  struct journal **out);
void journal_free(struct journal *journal); /* NULL is allowed */

/*
 * A journal that is appended to.  The file is opened at the first line, made when it is not there,
 * and then belongs to this process until the log is freed: E_BUSY for others.  E_SYNTAX: it is no
 * journal; E_NODEV, E_PERM; E_IO: it cannot be written, and is as it was.
 */
struct journal_log;
struct journal_log *journal_log_new(const char *path); /* NULL: out of memory */
void journal_log_free(struct journal_log *log);        /* NULL is allowed */
const char *journal_log_path(const struct journal_log *log);

/* Opens the file, if it is not open: before it is read by who means to append to it. */
int journal_log_open(struct journal_log *log, struct error *err);

/* While set, writes on journalled buses are not recorded: they are an undo's. */
void journal_log_pause(struct journal_log *log, bool paused);
bool journal_log_is_paused(const struct journal_log *log);

/* What is written about writes: on which device, for which command.  All borrowed for the call. */
struct journal_source {
	struct journal_device device;
	const char *command;
	const struct regdb *regdb; /* for names; may be NULL */
	uint64_t now_us;
};

struct journal_write {
	uint64_t addr;
	uint32_t old, new;
	const char *lost; /* why there is no old value; NULL: there is */
};

/* Appends @n writes and waits for the disk; @first is the number of the first. */
int journal_log_writes(struct journal_log *log, const struct journal_source *source,
		       const struct journal_write *writes, size_t n, struct error *err,
		       uint64_t *first);

/* Appends @word ("done", "failed", "unknown", "undo", "undone") of the entries @from to @to. */
int journal_log_mark(struct journal_log *log, const char *word, uint64_t from, uint64_t to,
		     struct error *err);

/* Waits until the disk has what was appended. */
int journal_log_sync(struct journal_log *log, struct error *err);

#endif
