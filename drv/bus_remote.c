/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/bus_remote.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drv/cancel.h"
#include "drv/clock.h"
#include "drv/proto.h"
#include "regmaps/regdb/regdb.h"

#define SLICE_US UINT64_C(50000) /* a cancel is noticed at the latest after one */

struct remote {
	struct bus bus;
	struct remote_link link;
	char *name;
	bool lost;
	uint32_t seq;
	uint64_t silence_us; /* after which the link counts as dead */
	bool is_virtual;     /* the server's clock */
	uint64_t now_us;     /* what it last showed */
	uint64_t lease_us;   /* how long a lease lives without a request */
	struct proto_buf out;
	uint8_t *in;
	size_t in_len, in_room;
};

/* The link is of no use any more, for this reason. */
static int lose(struct remote *r, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
static int lose(struct remote *r, int code, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	r->lost = true;
	return error_set(&r->bus.err, code, "%.100s: %s", r->name, text);
}

static int ended(struct remote *r)
{
	struct error why = { 0 };

	if (r->link.ended != NULL && r->link.ended(r->link.arg, &why))
		return lose(r, why.code, "%s", why.text);
	return lose(r, E_IO, "the server has ended; is it still running?");
}

static bool poll_wait(void *arg, int fd, short events, uint64_t us)
{
	struct pollfd p = { .fd = fd, .events = events };

	(void)arg;
	return poll(&p, 1, (int)((us + 999) / 1000)) > 0;
}

/* Waits for the link, at most *@left_us, which it shortens.  E_INTR: to be cancelled. */
static int await(struct remote *r, short events, uint64_t *left_us, bool may_cancel)
{
	uint64_t end_us = clock_now_us(r->link.clock) + *left_us;
	bool ready;

	do {
		uint64_t now_us = clock_now_us(r->link.clock);
		uint64_t us = now_us < end_us ? end_us - now_us : 0;

		*left_us = us;
		if (may_cancel && cancel_requested())
			return E_INTR;
		ready = r->link.wait(r->link.arg, r->link.fd, events,
				     us < SLICE_US ? us : SLICE_US);
	} while (!ready && *left_us > 0);
	if (ready)
		return E_OK;
	return lose(r, E_IO,
		    "no answer for %u s: the link or the server is dead; check the machine and "
		    "the network",
		    (unsigned)(r->silence_us / 1000000));
}

/* Sends what is in r->out; E_INTR is no reason to stop in the middle of a message. */
static int send_all(struct remote *r)
{
	size_t at = 0;

	while (at < r->out.len) {
		uint64_t left_us = REMOTE_SILENCE_US;
		ssize_t n = send(r->link.fd, r->out.data + at, r->out.len - at,
				 MSG_NOSIGNAL | MSG_DONTWAIT);
		int rc = E_OK;

		if (n >= 0)
			at += (size_t)n;
		else if (errno == EPIPE || errno == ECONNRESET)
			return ended(r);
		else if (errno == EAGAIN)
			rc = await(r, POLLOUT, &left_us, false);
		else if (errno != EINTR)
			return lose(r, E_IO, "sending: %s", strerror(errno));
		if (rc != E_OK)
			return rc;
	}
	return E_OK;
}

static int post(struct remote *r, const struct proto_msg *msg)
{
	r->out.len = 0;
	if (proto_encode(msg, &r->out, &r->bus.err) != E_OK)
		return r->bus.err.code;
	return send_all(r);
}

static int make_room(struct remote *r, size_t bytes)
{
	uint8_t *in;

	if (bytes <= r->in_room)
		return E_OK;
	in = realloc(r->in, bytes);
	if (in == NULL)
		return lose(r, E_NOMEM, "out of memory");
	r->in = in;
	r->in_room = bytes;
	return E_OK;
}

/* What stands there instead of a message, as far as it is text. */
static int not_a_message(struct remote *r, const char *why)
{
	char text[PROTO_HEAD_BYTES + 1] = "";

	for (size_t i = 0; i < r->in_len && i < PROTO_HEAD_BYTES; i++)
		text[i] = r->in[i] >= ' ' && r->in[i] < 127 ? (char)r->in[i] : '.';
	return lose(r, E_CORRUPT,
		    "what comes is not from `switchblade serve` (%s: \"%s\"); does a login "
		    "script print something there?",
		    why, text);
}

/* Reads until the first @bytes of a message are there. */
static int fill(struct remote *r, size_t bytes, uint64_t *left_us, bool may_cancel)
{
	int rc = make_room(r, bytes);

	while (rc == E_OK && r->in_len < bytes) {
		ssize_t n =
			recv(r->link.fd, r->in + r->in_len, bytes - r->in_len, MSG_DONTWAIT);

		if (n > 0)
			r->in_len += (size_t)n;
		else if (n == 0 || errno == ECONNRESET)
			return ended(r);
		else if (errno == EAGAIN)
			rc = await(r, POLLIN, left_us, may_cancel);
		else if (errno != EINTR)
			return lose(r, E_IO, "receiving: %s", strerror(errno));
	}
	return rc;
}

/* Receives one message into @msg, which the caller ends; E_INTR: to be cancelled. */
static int receive(struct remote *r, struct proto_msg *msg, uint64_t *left_us, bool may_cancel)
{
	struct error err = { 0 };
	size_t bytes = PROTO_HEAD_BYTES;
	int rc = fill(r, bytes, left_us, may_cancel);

	if (rc != E_OK)
		return rc;
	if (proto_frame_bytes(r->in, r->in_len, &bytes, &err) != E_OK)
		return not_a_message(r, err.text);
	rc = fill(r, bytes, left_us, may_cancel);
	if (rc != E_OK)
		return rc;
	r->in_len = 0;
	if (proto_decode(r->in, bytes, msg, &err) == E_OK)
		return E_OK;
	proto_msg_fini(msg);
	return lose(r, E_CORRUPT, "%s", err.text);
}

/*
 * Waits for the answer to request @seq.  The first cancel is passed on, and the answer then
 * tells what was done; a server that does not answer it is given up.
 */
static int await_answer(struct remote *r, uint32_t seq, struct proto_msg *answer)
{
	uint64_t left_us = r->silence_us;
	bool cancelled = false;

	for (;;) {
		int rc = receive(r, answer, &left_us, !cancelled);

		if (rc == E_INTR && !r->lost) {
			struct proto_msg cancel = { .type = PROTO_CANCEL, .seq = seq };

			rc = post(r, &cancel);
			cancelled = true;
			left_us = REMOTE_CANCEL_US;
			if (rc == E_OK)
				continue;
		}
		if (rc != E_OK && cancelled)
			return lose(r, E_INTR,
				    "interrupted, and the server does not say how "
				    "far it had come");
		if (rc != E_OK)
			return rc;
		if (answer->type != PROTO_WAIT || answer->seq != seq)
			return E_OK;
		proto_msg_fini(answer);
		if (!cancelled)
			left_us = r->silence_us;
	}
}

/*
 * One request and its answer of @type, in @answer, which the caller ends when this is E_OK.
 * *@sent, where it is asked for, tells whether the server may have acted on it.
 */
static int ask(struct remote *r, struct proto_msg *request, enum proto_type type,
	       struct proto_msg *answer, bool *sent)
{
	int rc;

	if (r->lost)
		return error_set(&r->bus.err, E_IO,
				 "%.100s: the link was lost before; open the bus again",
				 r->name);
	r->silence_us = request->type == PROTO_HELLO ? r->link.hello_us : REMOTE_SILENCE_US;
	request->seq = ++r->seq;
	rc = post(r, request);
	if (rc != E_OK)
		return rc;
	if (sent != NULL)
		*sent = true;
	rc = await_answer(r, request->seq, answer);
	if (rc != E_OK)
		return rc;
	if (answer->seq == request->seq && answer->type == type)
		return E_OK;
	rc = answer->seq == request->seq && answer->type == PROTO_ERROR
		     ? error_set(&r->bus.err, answer->code, "%s", answer->text)
		     : lose(r, E_CORRUPT, "protocol: %s answers %s",
			    proto_type_name(answer->type), proto_type_name(request->type));
	if (sent != NULL && !r->lost)
		*sent = false; /* refused as a whole */
	proto_msg_fini(answer);
	return rc;
}

/* --- batches ----------------------------------------------------------------------------- */

static void mark(struct bus_op *ops, size_t n, enum bus_op_status status)
{
	for (size_t i = 0; i < n; i++)
		ops[i].status = status;
}

static int take_result(struct remote *r, const struct proto_msg *answer, struct bus_op *ops,
		       size_t n)
{
	struct error err = { 0 };

	if (proto_result(answer, ops, n, &err) != E_OK) {
		mark(ops, n, BUS_OP_UNKNOWN);
		return lose(r, E_CORRUPT, "%s", err.text);
	}
	r->bus.polled += answer->polled;
	if (answer->code != E_OK)
		error_set(&r->bus.err, answer->code, "%s", answer->text);
	return answer->code;
}

/* As many operations as one message takes. */
static int run_message(struct remote *r, struct bus_op *ops, size_t n)
{
	struct proto_msg answer = { 0 }, request = {
		.type = PROTO_BATCH,
		.leased = r->bus.leases > 0,
		.ops = ops,
		.n_ops = n,
	};
	bool sent = false;
	int rc = ask(r, &request, PROTO_RESULT, &answer, &sent);

	if (rc != E_OK) {
		mark(ops, n, sent ? BUS_OP_UNKNOWN : BUS_OP_NOT_RUN);
		if (!sent)
			ops[0].status = BUS_OP_FAILED;
		return rc;
	}
	rc = take_result(r, &answer, ops, n);
	proto_msg_fini(&answer);
	return rc;
}

static bool writes(const struct bus_op *ops, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ops[i].kind == BUS_OP_WRITE)
			return true;
	return false;
}

int remote_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct remote *r = (struct remote *)bus;
	bool lease = n > PROTO_MAX_OPS && writes(ops, n);
	int rc = lease ? bus_lease(bus, "a long batch", BUS_LEASE_WAIT_US) : E_OK;

	if (rc != E_OK)
		return rc;
	for (size_t at = 0; rc == E_OK && at < n; at += PROTO_MAX_OPS) {
		if (cancel_requested())
			rc = error_set(&bus->err, E_INTR,
				       "interrupted after %zu of %zu bus operations", at, n);
		else
			rc = run_message(r, ops + at,
					 n - at < PROTO_MAX_OPS ? n - at : PROTO_MAX_OPS);
	}
	if (lease)
		bus_release(bus);
	return rc;
}

/* --- leases and the clock ---------------------------------------------------------------- */

static void set_name(char *to, const char *from)
{
	snprintf(to, PROTO_NAME_MAX + 1, "%s", from);
}

int remote_lease(struct bus *bus, const char *what, uint64_t wait_us)
{
	struct remote *r = (struct remote *)bus;
	struct proto_msg answer, request = { .type = PROTO_LEASE, .time_us = wait_us };
	int rc;

	set_name(request.name, what);
	rc = ask(r, &request, PROTO_GRANTED, &answer, NULL);
	if (rc == E_OK)
		proto_msg_fini(&answer);
	return rc;
}

/* A link that cannot be told has ended, and the lease with it. */
void remote_release(struct bus *bus)
{
	struct remote *r = (struct remote *)bus;
	const struct proto_msg request = { .type = PROTO_RELEASE };
	struct error err = r->bus.err; /* of what was done inside */

	if (!r->lost)
		post(r, &request);
	r->bus.err = err;
}

/* Clocks cannot fail: with a lost link this one goes on by itself, and the next access tells. */
static void move_clock(struct remote *r, uint64_t us)
{
	struct proto_msg answer, request = { .type = PROTO_CLOCK, .time_us = us };
	struct error err = r->bus.err;

	if (ask(r, &request, PROTO_TIME, &answer, NULL) == E_OK) {
		r->now_us = answer.time_us;
		proto_msg_fini(&answer);
	} else {
		r->now_us = us > UINT64_MAX - r->now_us ? UINT64_MAX : r->now_us + us;
	}
	r->bus.err = err;
}

static uint64_t remote_now_us(void *arg)
{
	struct remote *r = arg;

	if (!r->is_virtual)
		return clock_now_us(clock_real());
	move_clock(r, 0);
	return r->now_us;
}

/* A sign of life keeps the lease. */
static void ping(struct remote *r)
{
	struct proto_msg answer, request = { .type = PROTO_PING };
	struct error err = r->bus.err;

	if (ask(r, &request, PROTO_PONG, &answer, NULL) == E_OK)
		proto_msg_fini(&answer);
	r->bus.err = err;
}

static void remote_wait_us(void *arg, uint64_t us)
{
	struct remote *r = arg;
	uint64_t slice_us = r->lease_us / 3 + 1;

	if (r->is_virtual) {
		move_clock(r, us);
		return;
	}
	while (us > 0 && !cancel_requested()) {
		uint64_t now_us = us < slice_us ? us : slice_us;

		clock_wait_us(clock_real(), now_us);
		us -= now_us;
		if (us > 0 && r->bus.leases > 0 && !r->lost)
			ping(r);
	}
}

static const struct clock_ops clock_ops = { remote_now_us, remote_wait_us };

/* --- opening ----------------------------------------------------------------------------- */

void remote_close(struct bus *bus)
{
	struct remote *r = (struct remote *)bus;

	if (r->bus.clock != clock_real())
		clock_free(r->bus.clock);
	close(r->link.fd);
	if (r->link.close != NULL)
		r->link.close(r->link.arg);
	free(r->out.data);
	free(r->in);
	free(r->name);
	free(r);
}

static int greet(struct remote *r)
{
	struct proto_msg answer, hello = {
		.type = PROTO_HELLO,
		.lowest = PROTO_VERSION,
		.version = PROTO_VERSION,
	};
	char host[64] = "";
	int rc;

	gethostname(host, sizeof(host) - 1);
	snprintf(hello.name, sizeof(hello.name), "process %ld on %.63s", (long)getpid(), host);
	rc = ask(r, &hello, PROTO_WELCOME, &answer, NULL);
	if (rc != E_OK)
		return r->lost ? rc : error_prefix(&r->bus.err, "%.100s", r->name);
	if (answer.version != PROTO_VERSION)
		rc = lose(r, E_CORRUPT, "the server chose version %" PRIu32 " of the protocol",
			  answer.version);
	proto_msg_fini(&answer);
	return rc;
}

static int open_device(struct remote *r, const char *device, const struct bus_env *env)
{
	struct proto_msg answer, request = { .type = PROTO_OPEN };
	int rc;

	set_name(request.name, device);
	if (env->map != NULL) {
		set_name(request.map, regdb_name(env->map));
		request.map_hash = regdb_hash(env->map);
	}
	rc = ask(r, &request, PROTO_OPENED, &answer, NULL);
	if (rc != E_OK)
		return r->lost ? rc : error_prefix(&r->bus.err, "%.100s", r->name);
	rc = bus__set_window(&r->bus, answer.origin, answer.size, &r->bus.err);
	r->is_virtual = (answer.flags & PROTO_VIRTUAL) != 0;
	r->lease_us = answer.time_us;
	proto_msg_fini(&answer);
	return rc;
}

static int start(struct remote *r, const char *device, const struct bus_env *env)
{
	int rc = greet(r);

	if (rc == E_OK)
		rc = open_device(r, device, env);
	if (rc != E_OK)
		return rc;
	r->bus.clock = clock_other_new(&clock_ops, r->is_virtual, r);
	if (r->bus.clock != NULL)
		return E_OK;
	r->bus.clock = clock_real();
	return error_set(&r->bus.err, E_NOMEM, "out of memory");
}

static void close_link(const struct remote_link *link)
{
	close(link->fd);
	if (link->close != NULL)
		link->close(link->arg);
}

int remote_open(const struct bus_backend *backend, const struct remote_link *link,
		const char *device, const struct bus_env *env, struct error *err,
		struct bus **out)
{
	static const struct bus_env no_window = { .map = NULL };
	struct remote *r = calloc(1, sizeof(*r));
	char *name = strdup(link->name);
	int rc;

	if (r == NULL || name == NULL) {
		free(r);
		free(name);
		close_link(link);
		return error_set(err, E_NOMEM, "%s: out of memory", backend->scheme);
	}
	rc = bus__init(&r->bus, backend, &no_window, err);
	r->link = *link;
	r->name = name;
	if (link->wait == NULL) {
		r->link.wait = poll_wait;
		r->link.clock = clock_real();
	}
	if (rc == E_OK)
		rc = start(r, device, env);
	if (rc == E_OK) {
		*out = &r->bus;
		return E_OK;
	}
	error_copy(err, &r->bus.err);
	remote_close(&r->bus);
	return rc;
}
