/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Registers by what they are called: read, write, change fields, wait, in batches.
 *
 * The rules of DESIGN section 3 live here and nowhere else: what may be read unasked, what a
 * field write must not write back, how wide registers are split, what is dangerous.
 */
#ifndef HAL_REG_H
#define HAL_REG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"
#include "hal/device.h"
#include "regmaps/regdb/regdb.h"
#include "regmaps/regdb/regpath.h"

enum reg_flag {
	REG_SIDE_EFFECTS = 1 << 0, /* reads with side effects are allowed */
	REG_DANGEROUS = 1 << 1,    /* writes to registers marked dangerous are allowed */
};

/* The bits [lsb, lsb + width) of a register; width 0: none, past bit 63: cut off. */
static inline uint64_t reg_bits(unsigned lsb, unsigned width)
{
	uint64_t ones = width >= 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;

	return lsb >= 64 ? 0 : ones << lsb;
}

enum reg_op_kind { REG_OP_READ, REG_OP_WRITE };

/*
 * One register access of a batch.  A register wider than 32 bits is split (low word first unless
 * the map says otherwise); when only one of its words was written, @status is BUS_OP_UNKNOWN.
 * A raw address outside the map is one 32-bit word (ref.node == REGDB_NONE).
 */
struct reg_op {
	enum reg_op_kind kind;
	enum bus_op_status status; /* out */
	struct regdb_ref ref;
	uint64_t value; /* WRITE: in; READ: out when done */
};

/*
 * Runs the batch in order, in one bus_xfer().  Checked first, so that nothing is run when
 * refused: E_POLICY (read with a side effect, dangerous write, without the flag; not readable,
 * not writable), E_NOTSUP (wider than 64 bits, not aligned), E_RANGE (value too wide).  Later
 * errors as bus_xfer(), behind the name of the register.
 *
 * A register narrower than 32 bits lies in a word with others: writing it reads that word and
 * writes it back, by the rules of reg_set(), in transfers of its own.
 */
int reg_batch(struct device *dev, struct reg_op *ops, size_t n, unsigned flags,
	      struct error *err);

int reg_read(struct device *dev, const struct regdb_ref *ref, unsigned flags, struct error *err,
	     uint64_t *value);
int reg_write(struct device *dev, const struct regdb_ref *ref, uint64_t value, unsigned flags,
	      struct error *err);

/* A change of some bits of one register. */
struct reg_change {
	struct regdb_ref ref;
	uint64_t mask;  /* the bits named; 0 is an error */
	uint64_t value; /* in place, i.e. already shifted; inside mask */
	bool merge; /* reg_set() filled this: more changes of the same register were merged */
	/* out: */
	bool old_known;    /* the register was read: old is valid */
	uint64_t old, new; /* what was there, what was written */
	enum bus_op_status status;
};

/*
 * Changes fields: changes of one register are merged; one read and one write per register, no
 * read when every writable bit is named.  Bits not named are written back as read, but for those
 * that a write of that value would act on (write-one-to-clear and -set, toggle, one-shot,
 * self-clearing: 0; write-zero-to-...: 1).  All reads go in one batch, then all writes in one, in
 * the order of naming; registers that share a word go one by one.
 *
 * Nothing is accessed when refused.  E_POLICY: a read is needed and has a side effect, a bit not
 * named acts on any write (wclr, wset, wuser), or is write-only (with REG_SIDE_EFFECTS it gets
 * its reset value, 0 when unknown); read-only; or dangerous without REG_DANGEROUS.  E_RANGE: value outside mask, bits named twice with different values.  Later errors as
 * bus_xfer(): the text then says how many registers were written, the status of each change
 * tells which.
 */
int reg_set(struct device *dev, struct reg_change *changes, size_t n, unsigned flags,
	    struct error *err);

/* The value that reg_set() would write: @old with the change, neutral for its neighbours. */
uint64_t reg_set_value(const struct regdb *db, const struct regdb_ref *ref, uint64_t old,
		       uint64_t mask, uint64_t value);

/*
 * Waits until (register & @mask) == @want, reading every @every_us, at most @timeout_us.
 * E_TIMEOUT means that this did not happen: the text says what was waited for, the last value
 * and the time.  A bus that gives no answer in time is E_IO here.  @last may be NULL; it is
 * stored also on E_TIMEOUT.  Refused like a read; E_RANGE: want outside mask.
 */
struct reg_poll {
	struct regdb_ref ref;
	uint64_t mask, want;
	uint32_t timeout_us, every_us;
};
int reg_poll(struct device *dev, const struct reg_poll *poll, unsigned flags, struct error *err,
	     uint64_t *last);

/* Why a register is left out of unasked reads, in plain words; NULL when it may be read. */
const char *reg_unreadable(const struct regdb *db, uint32_t node, unsigned flags);

/* Bits that a read-back can check after a write (--verify, reg tests): what software writes is
 * what it reads, and nothing else changes it. */
uint64_t reg_verify_mask(const struct regdb *db, uint32_t node);

/* The same for the word at @addr, all registers in it together; 0 where the map has none. */
uint32_t reg_word_verify_mask(const struct regdb *db, uint64_t addr);

/* May the word at @addr be read unasked?  Where the map has no register, it may. */
bool reg_word_readable(const struct regdb *db, uint64_t addr);

/* Is a register in the word at @addr marked dangerous? */
bool reg_word_dangerous(const struct regdb *db, uint64_t addr);

/*
 * Can the value of the word at @addr be put back by writing it?  @mask: the bits that software
 * writes, that read as written, and that nothing else changes; 0: none, and @lost tells why
 * ("write-only").  @whole: there are no other bits that are written or that change by themselves.
 */
struct reg_word_store {
	uint32_t mask;
	const char *lost; /* static text; NULL: the bits in @mask can be put back */
	bool whole;
	uint32_t others; /* bits that are written and not in @mask */
	const char *act; /* what those are: "one-shot bits" */
};
void reg_word_stores(const struct regdb *db, uint64_t addr, struct reg_word_store *store);

/* What to write to give these bits the values in @value: @old, neutral for all others. */
uint32_t reg_word_merge(const struct regdb *db, uint64_t addr, uint32_t old, uint32_t value);

/* "[DEVICE/]PATH" on a board: the device and the selection; frees with regset_free(). */
struct board;
int reg_resolve(const struct board *board, const char *text, unsigned regpath_flags,
		struct error *err, struct device **dev, struct regset **set);

#endif
