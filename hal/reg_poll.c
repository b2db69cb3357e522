/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/reg.h"

#include <inttypes.h>
#include <stdio.h>

#include "drv/cancel.h"
#include "drv/clock.h"
#include "hal/reg_priv.h"

struct wait {
	const struct regdb *db;
	struct bus *bus;
	const struct reg_poll *poll;
	struct reg_layout layout;
	struct error *err;
	uint64_t last;
	bool last_known;
};

static int check_poll(struct wait *w, unsigned flags)
{
	const struct reg_poll *poll = w->poll;
	uint64_t all = reg_bits(0, reg__width(w->db, poll->ref.node));
	const char *reason;
	int rc = reg__layout(w->db, &poll->ref, &w->layout, w->err);

	if (rc != 0)
		return rc;
	if (poll->mask == 0 || (poll->mask & ~all) != 0 || (poll->want & ~poll->mask) != 0)
		return error_set(w->err, E_RANGE,
				 "0x%" PRIx64 " is not a value of bits 0x%" PRIx64
				 " of a register of %u bits",
				 poll->want, poll->mask, reg__width(w->db, poll->ref.node));
	reason = reg__unreadable_ref(w->db, &poll->ref, flags);
	if (reason == NULL)
		return 0;
	if (reg__unreadable_ref(w->db, &poll->ref, flags | REG_SIDE_EFFECTS) != NULL)
		return error_set(w->err, E_POLICY, "cannot be read: %s", reason);
	return error_set(w->err, E_POLICY, "%s; --side-effects allows it", reason);
}

/* "PATH.FIELD" when the mask is a field, else "PATH & MASK". */
static void subject(const struct wait *w, char *buf, size_t size)
{
	const struct reg_poll *poll = w->poll;
	const struct regdb_node *row =
		poll->ref.node == REGDB_NONE ? NULL : regdb_node(w->db, poll->ref.node);
	char path[REG_PATH_SIZE];

	reg__path(w->db, &poll->ref, path, sizeof(path));
	for (uint32_t i = 0; row != NULL && i < row->n_fields; i++) {
		const struct regdb_field *field = regdb_field(w->db, row->first_field + i);

		if (reg_bits(field->lsb, field->width) == poll->mask) {
			snprintf(buf, size, "%s.%s", path, regdb_str(w->db, field->name));
			return;
		}
	}
	if (poll->mask == reg_bits(0, reg__width(w->db, poll->ref.node)))
		snprintf(buf, size, "%s", path);
	else
		snprintf(buf, size, "%s & 0x%" PRIx64, path, poll->mask);
}

static unsigned lowest_bit(uint64_t mask)
{
	unsigned bit = 0;

	while ((mask >> bit & 1) == 0)
		bit++;
	return bit;
}

/* In the largest unit that needs no fraction. */
static void time_text(uint32_t us, char *buf, size_t size)
{
	if (us % 1000000 == 0 && us != 0)
		snprintf(buf, size, "%" PRIu32 " s", us / 1000000);
	else if (us % 1000 == 0 && us != 0)
		snprintf(buf, size, "%" PRIu32 " ms", us / 1000);
	else
		snprintf(buf, size, "%" PRIu32 " us", us);
}

static int timed_out(const struct wait *w)
{
	unsigned lsb = lowest_bit(w->poll->mask);
	char what[REG_PATH_SIZE + 64], time[32];

	subject(w, what, sizeof(what));
	time_text(w->poll->timeout_us, time, sizeof(time));
	return error_set(w->err, E_TIMEOUT,
			 "%s was not 0x%" PRIx64 " within %s, last 0x%" PRIx64, what,
			 w->poll->want >> lsb, time, (w->last & w->poll->mask) >> lsb);
}

/* E_TIMEOUT is for the condition alone. */
static int bus_failed(const struct wait *w, int rc)
{
	if (rc == E_TIMEOUT)
		rc = E_IO;
	error_set(w->err, rc, "%s", bus_error(w->bus)->text);
	return reg__named(w->db, &w->poll->ref, w->err, rc);
}

/* All bits in one word: one operation, that serve and dry run know as a wait. */
static int poll_word(struct wait *w, const struct reg_word *word)
{
	struct bus_op op = {
		.kind = BUS_OP_POLL,
		.addr = word->addr,
		.value = reg__to_word(word, w->poll->want),
		.mask = reg__to_word(word, w->poll->mask),
		.time_us = w->poll->timeout_us,
		.every_us = w->poll->every_us != 0 ? w->poll->every_us : 1,
	};
	int rc = bus_xfer(w->bus, &op, 1);

	if (rc != 0 && (rc != E_TIMEOUT || op.status == BUS_OP_UNKNOWN))
		return bus_failed(w, rc);
	w->last = reg__from_word(word, op.value);
	w->last_known = true;
	return rc == 0 ? 0 : timed_out(w);
}

static int read_once(struct wait *w)
{
	struct bus_op ops[REG_MAX_WORDS] = { 0 };
	int rc;

	for (unsigned i = 0; i < w->layout.n_words; i++)
		ops[i] = (struct bus_op){ .kind = BUS_OP_READ, .addr = w->layout.word[i].addr };
	rc = bus_xfer(w->bus, ops, w->layout.n_words);
	if (rc != 0)
		return rc;
	w->last = 0;
	for (unsigned i = 0; i < w->layout.n_words; i++)
		w->last |= reg__from_word(&w->layout.word[i], ops[i].value);
	w->last_known = true;
	return 0;
}

/* Bits in both words of a wide register: the same schedule as BUS_OP_POLL. */
static int poll_wide(struct wait *w)
{
	struct clock *clock = bus_clock(w->bus);
	uint64_t end_us = clock_now_us(clock) + w->poll->timeout_us;
	uint32_t every_us = w->poll->every_us != 0 ? w->poll->every_us : 1;

	for (;;) {
		uint64_t now_us;
		int rc = read_once(w);

		if (rc != 0)
			return bus_failed(w, rc);
		if ((w->last & w->poll->mask) == w->poll->want)
			return 0;
		now_us = clock_now_us(clock);
		if (now_us >= end_us)
			return timed_out(w);
		if (cancel_requested())
			return error_set(w->err, E_INTR, "stopped while waiting");
		clock_wait_us(clock, end_us - now_us < every_us ? end_us - now_us : every_us);
	}
}

static int run_poll(struct wait *w)
{
	for (unsigned i = 0; i < w->layout.n_words; i++) {
		const struct reg_word *word = &w->layout.word[i];

		if (reg__from_word(word, reg__to_word(word, w->poll->mask)) == w->poll->mask)
			return poll_word(w, word);
	}
	return poll_wide(w);
}

int reg_poll(struct device *dev, const struct reg_poll *poll, unsigned flags, struct error *err,
	     uint64_t *last)
{
	struct error ignored = { 0 };
	struct wait w = {
		.db = device_map(dev),
		.poll = poll,
		.err = err != NULL ? err : &ignored,
	};
	int rc = check_poll(&w, flags);

	if (rc != 0)
		return reg__named(w.db, &poll->ref, w.err, rc);
	rc = device_bus(dev, w.err, &w.bus);
	if (rc == 0)
		rc = run_poll(&w);
	if (last != NULL && w.last_known)
		*last = w.last;
	return rc;
}
