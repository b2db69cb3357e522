/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libswitchblade: the registers of a switch blade, by name or by address.
 *
 * A board is one or more devices, each with a register map and a bus that reaches it: hardware,
 * a mapped file, or mock registers that behave as the map says.  Registers are called by the
 * paths that the program and the datasheet use, `DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL`, fields by
 * `.FIELD` after it; `DEVICE/` in front chooses a device, without it the first one that has the
 * name is meant.
 *
 *     struct sb_error err;
 *     struct sb_board *board;
 *     uint64_t speed;
 *
 *     if (sb_open(NULL, 0, &board, &err) != 0)
 *             errx(sb_exit_status(err.code), "%s", err.text);
 *     sb_read(board, "DEV1G[0]:DEV_RST_CTRL.SPEED_SEL", 0, &speed, &err);
 *     sb_close(board);
 *
 * Build with `pkg-config --cflags --libs switchblade`.
 *
 * Functions that can fail return 0 or a negative enum sb_code; results are untouched on failure,
 * but for sb_batch(), which reports each operation.  Every `err` may be NULL.  A board and all
 * that belongs to it may be used by one thread at a time; different boards are independent, but
 * one board at a time may own a device.  The library prints nothing, handles no signal and keeps no
 * state of the process but that of sb_cancel().
 *
 * Structures below are part of the interface and keep their layout; everything else is opaque.
 */
#ifndef SWITCHBLADE_H
#define SWITCHBLADE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sb_board;
struct sb_device;
struct sb_selection;
struct sb_reg;

enum sb_code {
	SB_OK = 0,
	SB_E_IO = -1,        /* the device or the bus failed */
	SB_E_TIMEOUT = -2,   /* it did not happen in time */
	SB_E_NODEV = -3,     /* no such device, bus or file */
	SB_E_PERM = -4,      /* it exists but may not be opened */
	SB_E_BUSY = -5,      /* another process holds it */
	SB_E_RANGE = -6,     /* a number outside its range */
	SB_E_SYNTAX = -7,    /* text that does not read */
	SB_E_STATE = -8,     /* not now: something has to happen first */
	SB_E_NOTSUP = -9,    /* this device or bus cannot do it */
	SB_E_MISMATCH = -10, /* a read-back came out different */
	SB_E_CORRUPT = -11,  /* a database that is damaged */
	SB_E_NOTFOUND = -12, /* no such name, or nothing matches */
	SB_E_POLICY = -13,   /* refused by a rule; a flag may allow it */
	SB_E_NOMEM = -14,    /* out of memory */
	SB_E_INTR = -15,     /* stopped by sb_cancel() */
	SB_E_INTERNAL = -16  /* a bug: please report it */
};

struct sb_error {
	int code; /* enum sb_code */
	char text[512];
};

const char *sb_code_name(int code); /* "timeout", "not-found", ...; "ok" for SB_OK */
int sb_exit_status(int code);       /* 0 to 8, as the program exits */
const char *sb_version(void);       /* of the library: "0.1.0" */

/*
 * Stops what runs, in any thread, between two accesses: it returns SB_E_INTR.  May be called
 * from a signal handler.  Until sb_cancel_clear() everything else stops at once, too.
 */
void sb_cancel(void);
void sb_cancel_clear(void);

/* --- boards and devices ------------------------------------------------------------------ */

enum sb_open_flag {
	SB_READ_ONLY = 1, /* writes are refused, SB_E_POLICY */
	SB_VERIFY = 2     /* writes are read back where that means something, SB_E_MISMATCH */
};

/*
 * Opens the board that the YAML file @path describes; NULL: the board that is built in, all mock
 * registers.  Buses are opened when first used.  Close with sb_close().
 */
int sb_open(const char *path, unsigned flags, struct sb_board **board, struct sb_error *err);

/*
 * A board of one device, "switch", on bus @uri ("mock:", "file:/dev/uio0", ...).  @map is the
 * name of a built-in map or the path of an .rdl or .regdb file; NULL: the one that the file of
 * a mock: bus names, else vsc7448.
 */
int sb_open_bus(const char *uri, const char *map, unsigned flags, struct sb_board **board,
		struct sb_error *err);

void sb_close(struct sb_board *board); /* and all that belongs to it; NULL is allowed */

/* Texts belong to the board. */
const char *sb_board_name(const struct sb_board *board);
size_t sb_n_devices(const struct sb_board *board);
struct sb_device *sb_device_at(struct sb_board *board, size_t i); /* NULL past the end */
/* NULL: none of that name. */
struct sb_device *sb_device_find(struct sb_board *board, const char *name);
const char *sb_device_name(const struct sb_device *device);
const char *sb_device_map(const struct sb_device *device);   /* the map's name */
uint64_t sb_device_map_hash(const struct sb_device *device); /* of the map's content */
const char *sb_device_bus(const struct sb_device *device);   /* its URI */

/* --- registers by name ------------------------------------------------------------------- */

enum sb_access_flag {
	SB_SIDE_EFFECTS = 1, /* reads with side effects are allowed */
	SB_DANGEROUS = 2     /* writes to what the map marks dangerous are allowed */
};

/*
 * Reads the one register or field that @path names.  SB_E_NOTFOUND lists the nearest names;
 * SB_E_POLICY: reading has a side effect, or write-only; SB_E_NOTSUP: wider than 64 bits.
 */
int sb_read(struct sb_board *board, const char *path, unsigned flags, uint64_t *value,
	    struct sb_error *err);

/*
 * Writes the register whole; or changes the field as sb_set() does.  SB_E_POLICY: dangerous;
 * SB_E_POLICY: read-only; SB_E_RANGE: too wide.
 */
int sb_write(struct sb_board *board, const char *path, uint64_t value, unsigned flags,
	     struct sb_error *err);

/*
 * Changes fields: each of the @n texts is `PATH.FIELD=VALUE`, the value a number (decimal, 0x,
 * 0b, `_` between digits) or an enumerator.  One read and one write per register, no read when
 * every writable field is given; bits that a write-back would act on (write-one-to-clear, shots
 * and the like) are left alone.  On a failure after the first write the text says how many
 * registers were written.
 */
int sb_set(struct sb_board *board, const char *const *assignments, size_t n, unsigned flags,
	   struct sb_error *err);

/*
 * Waits until the register or field is @want, reading every @every_us microseconds, at most
 * @timeout_us.  @last (may be NULL) is the value last read, stored also on SB_E_TIMEOUT.
 */
struct sb_wait {
	uint64_t want;
	uint32_t timeout_us;
	uint32_t every_us;
};
int sb_poll(struct sb_board *board, const char *path, const struct sb_wait *wait,
	    unsigned flags, uint64_t *last, struct sb_error *err);

/* --- selections: many registers ---------------------------------------------------------- */

/*
 * What @pattern selects: `*` and `?` in names, `[0-3,5]` and `[*]`; a group or target means all
 * registers below.  Items come in the order of the map.  Free with sb_selection_free() before
 * the board is closed.
 */
int sb_select(struct sb_board *board, const char *pattern, struct sb_selection **selection,
	      struct sb_error *err);
void sb_selection_free(struct sb_selection *selection); /* NULL is allowed */
uint64_t sb_selection_count(const struct sb_selection *selection);
/* The next register or field; NULL at the end.  Valid until the next call. */
const struct sb_reg *sb_selection_next(struct sb_selection *selection);
void sb_selection_rewind(struct sb_selection *selection);

enum sb_reg_flag {
	SB_REG_READABLE = 1,
	SB_REG_WRITABLE = 2,
	SB_REG_READ_EFFECT = 4, /* reading has a side effect */
	SB_REG_VOLATILE = 8,    /* hardware writes it */
	SB_REG_DANGEROUS = 16,  /* writing needs SB_DANGEROUS */
	SB_REG_FIELD = 32       /* it is a field, or a range of bits */
};

struct sb_device *sb_reg_device(const struct sb_reg *reg);
const char *sb_reg_path(const struct sb_reg *reg); /* full path, without the device */
const char *sb_reg_desc(const struct sb_reg *reg); /* "" when the map has none */
uint64_t sb_reg_addr(const struct sb_reg *reg);    /* byte address of the register */
unsigned sb_reg_lsb(const struct sb_reg *reg);     /* lowest bit in the register */
unsigned sb_reg_width(const struct sb_reg *reg);   /* bits */
unsigned sb_reg_flags(const struct sb_reg *reg);
bool sb_reg_reset(const struct sb_reg *reg, uint64_t *value); /* false: not known */
/* The enumerator that @value has in the field; NULL: none. */
const char *sb_reg_enum_name(const struct sb_reg *reg, uint64_t value);

/* As sb_read() and sb_write(). */
int sb_reg_read(const struct sb_reg *reg, unsigned flags, uint64_t *value,
		struct sb_error *err);
int sb_reg_write(const struct sb_reg *reg, uint64_t value, unsigned flags,
		 struct sb_error *err);

/* --- words by address -------------------------------------------------------------------- */

enum sb_op_kind {
	SB_OP_READ = 0,  /* value: out */
	SB_OP_WRITE = 1, /* value: in */
	SB_OP_DELAY = 2, /* waits time_us */
	SB_OP_POLL = 3 /* until (word & mask) == (value & mask), at most time_us; value: out */
};

enum sb_op_status {
	SB_OP_NOT_RUN = 0,
	SB_OP_DONE = 1,
	SB_OP_FAILED = 2, /* tried, did not happen */
	SB_OP_UNKNOWN = 3 /* tried, may or may not have happened */
};

struct sb_op {
	uint32_t kind;   /* enum sb_op_kind */
	uint32_t status; /* enum sb_op_status; out */
	uint64_t addr;   /* absolute byte address as in the map, a multiple of 4 */
	uint32_t value;
	uint32_t mask;
	uint32_t time_us;
	uint32_t every_us; /* polls: between two reads; 0 means 1 */
};

/*
 * Runs 32-bit operations in order, in one transfer.  The rules for side effects and dangerous
 * registers hold for the words that the map knows; nothing runs when one is refused.
 */
int sb_batch(struct sb_device *device, struct sb_op *ops, size_t n, unsigned flags,
	     struct sb_error *err);

int sb_read_word(struct sb_device *device, uint64_t addr, unsigned flags, uint32_t *value,
		 struct sb_error *err);
int sb_write_word(struct sb_device *device, uint64_t addr, uint32_t value, unsigned flags,
		  struct sb_error *err);

/* The full path of the register at @addr (malloc'd, the caller's); NULL: none there. */
char *sb_name_of(const struct sb_device *device, uint64_t addr);

#ifdef __cplusplus
}
#endif

#endif
