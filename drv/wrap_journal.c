/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/wrap.h"

#include <stdlib.h>

#include "drv/bus_priv.h"
#include "drv/clock.h"
#include "drv/journal.h"
#include "drv/wordmap.h"

struct bus_journal {
	struct bus_wrapper wrapper;
	struct wrap_journal_ops ops;
	struct wordmap known; /* words whose value nothing has changed since it was seen */
	unsigned era;         /* of them */
};

/* One stretch of a batch, and what its writes have in the journal. */
struct stretch {
	struct bus_op *ops;
	size_t n, n_writes;
	struct journal_write *writes;
	struct wrap_journal_word *words; /* of the writes */
};

static void journal_close(struct bus *bus)
{
	struct bus_journal *self = (struct bus_journal *)bus;

	wordmap_fini(&self->known);
	bus__wrapper_close(bus);
}

static struct wrap_journal_word word_of(const struct bus_journal *self, uint64_t addr)
{
	return self->ops.word(self->ops.arg, addr);
}

/* Up to and with the first write that does more than store: what comes after sees its effects. */
static size_t stretch_length(const struct bus_journal *self, const struct bus_op *ops, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ops[i].kind == BUS_OP_WRITE && !word_of(self, ops[i].addr).stores)
			return i + 1;
	return n;
}

/* Reads of a stretch that come before it, and which of its writes each is for. */
struct looks {
	struct bus_op *reads;
	size_t *which;
	size_t n;
};

/* Fills in the old values that are known, and lists the reads that find the others. */
static int plan_looks(const struct bus_journal *self, const struct stretch *s,
		      struct looks *looks)
{
	struct wordmap coming = { .slots = NULL };
	int rc = E_OK;

	for (size_t i = 0; rc == E_OK && i < s->n_writes; i++) {
		struct journal_write *write = &s->writes[i];
		const uint32_t *known = wordmap_find(&coming, write->addr);

		write->lost = s->words[i].lost;
		if (write->lost != NULL)
			continue;
		if (known == NULL)
			known = wordmap_find(&self->known, write->addr);
		if (known != NULL) {
			write->old = *known;
		} else {
			looks->reads[looks->n] =
				(struct bus_op){ .kind = BUS_OP_READ, .addr = write->addr };
			looks->which[looks->n++] = i;
		}
		rc = wordmap_put(&coming, write->addr, write->new);
	}
	wordmap_fini(&coming);
	return rc;
}

static int find_old_values(struct bus_journal *self, const struct stretch *s)
{
	struct looks looks = {
		.reads = calloc(s->n_writes, sizeof(*looks.reads)),
		.which = calloc(s->n_writes, sizeof(*looks.which)),
	};
	int rc = E_NOMEM;

	if (looks.reads != NULL && looks.which != NULL)
		rc = plan_looks(self, s, &looks);
	/* How far it came stands in the operations. */
	if (rc == E_OK)
		bus__forward(&self->wrapper, looks.reads, looks.n);
	for (size_t i = 0; rc == E_OK && i < looks.n; i++) {
		struct journal_write *write = &s->writes[looks.which[i]];

		write->old = looks.reads[i].value;
		if (looks.reads[i].status != BUS_OP_DONE)
			write->lost = "it could not be read";
	}
	free(looks.reads);
	free(looks.which);
	return rc;
}

static int write_down(struct bus_journal *self, const struct stretch *s, uint64_t *first)
{
	const struct journal_source source = {
		.device = { self->ops.device, self->ops.map_name,
			    wrap_journal_bus(self->wrapper.inner) },
		.command = self->ops.command(self->ops.arg),
		.regdb = self->ops.map,
		.now_us = clock_now_us(self->wrapper.bus.clock),
	};

	return journal_log_writes(self->ops.log, &source, s->writes, s->n_writes,
				  &self->wrapper.bus.err, first);
}

static const char *outcome(enum bus_op_status status)
{
	if (status == BUS_OP_DONE)
		return "done";
	return status == BUS_OP_UNKNOWN ? "unknown" : "failed";
}

/* The outcomes, equal ones that follow each other in one line. */
static int write_outcomes(struct bus_journal *self, const struct stretch *s, uint64_t first,
			  struct error *err)
{
	const char *word = NULL;
	uint64_t from = first, number = first;
	int rc = E_OK;

	for (size_t i = 0; rc == E_OK && i < s->n; i++) {
		if (s->ops[i].kind != BUS_OP_WRITE)
			continue;
		if (word != NULL && word != outcome(s->ops[i].status)) {
			rc = journal_log_mark(self->ops.log, word, from, number - 1, err);
			from = number;
		}
		word = outcome(s->ops[i].status);
		number++;
	}
	if (rc == E_OK && word != NULL)
		rc = journal_log_mark(self->ops.log, word, from, number - 1, err);
	return rc;
}

/* What the stretch has shown of the device. */
static void learn(struct bus_journal *self, const struct stretch *s)
{
	for (size_t i = 0; i < s->n && s->ops[i].status != BUS_OP_NOT_RUN; i++) {
		const struct bus_op *op = &s->ops[i];
		bool acts = op->kind == BUS_OP_WRITE;

		if (op->kind != BUS_OP_READ && op->kind != BUS_OP_WRITE)
			continue;
		if (word_of(self, op->addr).stores && op->status == BUS_OP_DONE)
			acts = wordmap_put(&self->known, op->addr, op->value) != E_OK;
		if (acts)
			wordmap_fini(&self->known);
	}
}

static int run_stretch(struct bus_journal *self, const struct stretch *s)
{
	struct bus *bus = &self->wrapper.bus;
	struct error late = { 0 };
	uint64_t first = 0;
	int rc = E_OK;

	if (s->n_writes > 0) {
		rc = find_old_values(self, s);
		if (rc != E_OK)
			return bus__fail(bus, s->ops, BUS_OP_FAILED, rc,
					 "journal: out of memory");
		rc = write_down(self, s, &first);
	}
	if (rc != E_OK) {
		s->ops[0].status = BUS_OP_FAILED;
		return error_prefix(&bus->err, "nothing was written");
	}
	error_clear(&bus->err);
	rc = bus__forward(&self->wrapper, s->ops, s->n);
	learn(self, s);
	if (s->n_writes > 0 && write_outcomes(self, s, first, &late) != E_OK && rc == E_OK) {
		error_copy(&bus->err, &late);
		rc = error_prefix(&bus->err, "the register was written, but");
	}
	return rc;
}

/* Gathers the writes of the stretch that starts at @ops. */
static void gather(const struct bus_journal *self, struct stretch *s)
{
	s->n_writes = 0;
	for (size_t i = 0; i < s->n; i++) {
		if (s->ops[i].kind != BUS_OP_WRITE)
			continue;
		s->writes[s->n_writes] = (struct journal_write){
			.addr = s->ops[i].addr,
			.new = s->ops[i].value,
		};
		s->words[s->n_writes++] = word_of(self, s->ops[i].addr);
	}
}

static int journal_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_journal *self = (struct bus_journal *)bus;
	struct stretch s = { .ops = ops };
	unsigned era = self->ops.era(self->ops.arg);
	int rc = E_OK;

	if (era != self->era || journal_log_is_paused(self->ops.log))
		wordmap_fini(&self->known);
	self->era = era;
	if (journal_log_is_paused(self->ops.log))
		return bus__forward(&self->wrapper, ops, n);
	s.writes = malloc((n + 1) * sizeof(*s.writes));
	s.words = malloc((n + 1) * sizeof(*s.words));
	if (s.writes == NULL || s.words == NULL) {
		bus__fail(bus, ops, BUS_OP_FAILED, E_NOMEM, "journal: out of memory");
		rc = E_NOMEM;
	}
	for (size_t done = 0; rc == E_OK && done < n; done += s.n) {
		s.ops = ops + done;
		s.n = stretch_length(self, s.ops, n - done);
		gather(self, &s);
		rc = run_stretch(self, &s);
	}
	free(s.writes);
	free(s.words);
	return rc;
}

static const struct bus_backend journal_backend = {
	.scheme = "journal",
	.whole = true,
	.close = journal_close,
	.xfer = journal_xfer,
};

int wrap_journal(struct bus *inner, const struct wrap_journal_ops *ops, struct error *err,
		 struct bus **out)
{
	struct bus_journal *self =
		bus__wrapper_new(sizeof(*self), &journal_backend, inner, err);

	if (self == NULL)
		return E_NOMEM;
	self->ops = *ops;
	*out = &self->wrapper.bus;
	return E_OK;
}

const char *wrap_journal_bus(const struct bus *bus)
{
	const char *key = bus_lock_key(bus);

	return key != NULL ? key : bus_uri(bus);
}
