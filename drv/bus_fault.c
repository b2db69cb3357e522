/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fault:KEY=VALUE,...,URI: an inner bus that fails on purpose.  Accesses are numbered from 1
 * since the bus was opened; a poll counts each of its reads.  Same parameters, same faults.
 */
#include "drv/bus_priv.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "drv/clock.h"

struct fault_params {
	uint64_t seed, after, every, drop, latency_us;
	uint64_t ones, eights, unplug, lasts;
	double rate;
	struct uri_text kind, on, stuck;
};

enum fault_on { FAULT_ON_ANY, FAULT_ON_READ, FAULT_ON_WRITE };

struct bus_fault {
	struct bus_wrapper wrapper;
	struct fault_params params;
	enum fault_on on;
	bool times_out; /* kind=timeout: the access happens, its answer is lost */
	uint64_t stuck_addr;
	uint32_t stuck_mask, stuck_value; /* mask 0: nothing is stuck */
	uint64_t accesses, counted, writes;
	uint64_t random;
};

#define TARGET(member) offsetof(struct fault_params, member)

static const struct uri_key fault_keys[] = {
	{ "seed", URI_NUMBER, TARGET(seed), 0, UINT64_MAX, "N",
	  "start of the random sequence, shown in the errors (default 1)" },
	{ "after", URI_NUMBER, TARGET(after), 1, UINT64_MAX, "N",
	  "the Nth access fails, once" },
	{ "every", URI_NUMBER, TARGET(every), 1, UINT64_MAX, "N", "every Nth access fails" },
	{ "rate", URI_REAL, TARGET(rate), 0, 1, "P", "each access fails with probability P" },
	{ "kind", URI_WORD, TARGET(kind), 0, 0, "io|timeout",
	  "how they fail: not carried out, or carried out and the answer lost" },
	{ "on", URI_WORD, TARGET(on), 0, 0, "any|read|write",
	  "which accesses after, every and rate count (default any)" },
	{ "drop", URI_NUMBER, TARGET(drop), 1, UINT64_MAX, "N",
	  "the Nth write is lost and reported as done" },
	{ "stuck", URI_WORD, TARGET(stuck), 0, 0, "ADDR:MASK:VALUE",
	  "bits of MASK in the word at ADDR always read as in VALUE" },
	{ "ones", URI_OPT_NUMBER, TARGET(ones), 1, UINT64_MAX, "N",
	  "reads give 0xffffffff from access N on (default 1)" },
	{ "eights", URI_OPT_NUMBER, TARGET(eights), 1, UINT64_MAX, "N",
	  "reads give 0x88888888 from access N on (default 1)" },
	{ "unplug", URI_OPT_NUMBER, TARGET(unplug), 1, UINT64_MAX, "N",
	  "the device is gone from access N on (default 1)" },
	{ "for", URI_NUMBER, TARGET(lasts), 1, UINT64_MAX, "N",
	  "ones, eights and unplug last N accesses (default for ever)" },
	{ "latency", URI_NUMBER, TARGET(latency_us), 0, UINT32_MAX, "US",
	  "each access takes US microseconds" },
	{ .name = NULL },
};

static bool word_is(const struct uri_text *word, const char *text)
{
	return word->len == strlen(text) && memcmp(word->text, text, word->len) == 0;
}

static int bad_word(const char *key, const struct uri_text *word, const char *want,
		    struct error *err)
{
	return error_set(err, E_SYNTAX, "fault: %s=%.*s: want %s", key, (int)word->len,
			 word->text, want);
}

static int parse_kind(struct bus_fault *fault, struct error *err)
{
	const struct uri_text *kind = &fault->params.kind;

	fault->times_out = kind->text != NULL && word_is(kind, "timeout");
	if (kind->text == NULL || fault->times_out || word_is(kind, "io"))
		return E_OK;
	return bad_word("kind", kind, "io or timeout", err);
}

static int parse_on(struct bus_fault *fault, struct error *err)
{
	static const char *const names[] = { "any", "read", "write" };
	const struct uri_text *on = &fault->params.on;

	if (on->text == NULL)
		return E_OK;
	for (unsigned i = 0; i < 3; i++)
		if (word_is(on, names[i])) {
			fault->on = (enum fault_on)i;
			return E_OK;
		}
	return bad_word("on", on, "any, read or write", err);
}

static int parse_stuck(struct bus_fault *fault, struct error *err)
{
	const struct uri_text *stuck = &fault->params.stuck;
	uint64_t number[3];
	size_t at = 0;

	if (stuck->text == NULL)
		return E_OK;
	for (unsigned i = 0; i < 3; i++) {
		const char *colon = memchr(stuck->text + at, ':', stuck->len - at);
		size_t len =
			colon == NULL ? stuck->len - at : (size_t)(colon - stuck->text) - at;

		if ((colon == NULL) != (i == 2) ||
		    !uri_number(stuck->text + at, len, &number[i]))
			return bad_word("stuck", stuck, "ADDR:MASK:VALUE", err);
		at += len + (colon != NULL);
	}
	if (number[0] % 4 != 0 || number[1] > UINT32_MAX || number[2] > UINT32_MAX)
		return error_set(err, E_RANGE, "fault: stuck=%.*s: not a 32-bit word",
				 (int)stuck->len, stuck->text);
	fault->stuck_addr = number[0];
	fault->stuck_mask = (uint32_t)number[1];
	fault->stuck_value = (uint32_t)number[2];
	return E_OK;
}

static int parse(struct bus_fault *fault, const char *rest, const char *inner,
		 struct error *err)
{
	struct uri_parts parts = { "fault", rest, inner };
	int rc;

	if (inner == NULL)
		return error_set(err, E_SYNTAX,
				 "fault: needs a bus to wrap: fault:KEY=VALUE,...,URI");
	rc = uri_parse(&parts, fault_keys, &fault->params, err);
	if (rc == E_OK)
		rc = parse_kind(fault, err);
	if (rc == E_OK)
		rc = parse_on(fault, err);
	if (rc == E_OK)
		rc = parse_stuck(fault, err);
	fault->random = fault->params.seed;
	return rc;
}

static int fault_open(const char *rest, const struct bus_env *env, struct error *err,
		      struct bus **out)
{
	const char *inner_uri = uri_inner(rest);
	struct bus_fault spec = { .params.seed = 1 };
	struct bus_fault *fault;
	struct bus *inner;
	int rc = parse(&spec, rest, inner_uri, err);

	if (rc == E_OK)
		rc = bus_open(inner_uri, env, err, &inner);
	if (rc != E_OK)
		return rc;
	fault = bus__wrapper_new(sizeof(*fault), &bus_backend_fault, inner, err);
	if (fault == NULL) {
		bus_close(inner);
		return E_NOMEM;
	}
	spec.wrapper = fault->wrapper;
	*fault = spec;
	*out = &fault->wrapper.bus;
	return E_OK;
}

/* splitmix64 (Steele, Lea and Flood 2014): one multiply-shift chain per number. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* Is this access in the span that starts at access @first (0: never)? */
static bool in_span(const struct bus_fault *fault, uint64_t first)
{
	if (first == 0 || fault->accesses < first)
		return false;
	return fault->params.lasts == 0 || fault->accesses - first < fault->params.lasts;
}

/* Does the schedule make this access fail? */
static bool is_due(struct bus_fault *fault, const struct bus_op *op)
{
	const struct fault_params *params = &fault->params;
	bool due = false;

	if (fault->on == (op->kind == BUS_OP_READ ? FAULT_ON_WRITE : FAULT_ON_READ))
		return false;
	fault->counted++;
	if (params->rate > 0)
		due = (double)(next_random(&fault->random) >> 11) * 0x1p-53 < params->rate;
	due |= fault->counted == params->after;
	due |= params->every > 0 && fault->counted % params->every == 0;
	return due;
}

static int fail(struct bus_fault *fault, struct bus_op *op, int code, const char *what)
{
	bool lost = code == E_TIMEOUT && op->kind == BUS_OP_WRITE;

	return bus__fail(&fault->wrapper.bus, op, lost ? BUS_OP_UNKNOWN : BUS_OP_FAILED, code,
			 "injected fault: %s at access %" PRIu64 " (seed %" PRIu64 ")", what,
			 fault->accesses, fault->params.seed);
}

/* What a read gives in place of what the device said. */
static void spoil(const struct bus_fault *fault, struct bus_op *op)
{
	if (op->addr == fault->stuck_addr)
		op->value = (op->value & ~fault->stuck_mask) |
			    (fault->stuck_value & fault->stuck_mask);
	if (in_span(fault, fault->params.eights))
		op->value = 0x88888888;
	if (in_span(fault, fault->params.ones))
		op->value = 0xffffffff;
}

static int access_one(struct bus_fault *fault, struct bus_op *op)
{
	bool due;
	int rc;

	fault->accesses++;
	due = is_due(fault, op);
	if (fault->params.latency_us > 0)
		clock_wait_us(fault->wrapper.bus.clock, fault->params.latency_us);
	if (in_span(fault, fault->params.unplug))
		return fail(fault, op, E_NODEV, "unplugged");
	if (due && !fault->times_out)
		return fail(fault, op, E_IO, "I/O error");
	if (op->kind == BUS_OP_WRITE && ++fault->writes == fault->params.drop) {
		op->status = BUS_OP_DONE;
		return E_OK;
	}
	rc = bus__forward(&fault->wrapper, op, 1);
	if (rc == E_OK && due)
		return fail(fault, op, E_TIMEOUT, "no answer");
	if (rc == E_OK && op->kind == BUS_OP_READ)
		spoil(fault, op);
	return rc;
}

static int fault_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_fault *fault = (struct bus_fault *)bus;
	int rc = E_OK;

	for (size_t i = 0; rc == E_OK && i < n; i++)
		rc = access_one(fault, &ops[i]);
	return rc;
}

const struct bus_backend bus_backend_fault = {
	.scheme = "fault",
	.help = "KEY=VALUE,...,URI  a bus that fails on purpose, the same way each time",
	.keys = fault_keys,
	.burst = 1,
	.open = fault_open,
	.close = bus__wrapper_close,
	.xfer = fault_xfer,
};
