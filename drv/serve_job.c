/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Open requests: batches and leases, in the order of their coming.  Waits of more than SHORT_US
 * inside a batch are not slept through: the batch goes on when they are over.  On a device with a
 * virtual clock waits take no time; there a batch lets others go on after each PIECE of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/bus_priv.h"
#include "drv/clock.h"
#include "drv/serve_priv.h"

#define SHORT_US UINT32_C(2000)
#define PIECE    UINT32_C(20000) /* accesses */
#define RETRY_US UINT64_C(50000) /* locks of other processes do not tell when they end */

static uint64_t now(const struct client *client)
{
	return clock_now_us(client->serve->clock);
}

void serve__job_start(struct client *client, enum job_kind kind, struct proto_msg *msg)
{
	uint64_t now_us = now(client);
	struct job *job = &client->job;
	uint64_t wait_us = kind == JOB_LEASE ? msg->time_us : SERVE_PATIENCE_US;

	*job = (struct job){
		.kind = kind,
		.seq = msg->seq,
		.ticket = ++client->serve->tickets,
		.told_us = now_us,
		.give_up_us = wait_us > UINT64_MAX - now_us ? UINT64_MAX : now_us + wait_us,
		.leased = msg->leased,
		.ops = msg->ops,
		.n = msg->n_ops,
	};
	msg->ops = NULL;
	snprintf(job->what, sizeof(job->what), "%s", kind == JOB_LEASE ? msg->name : "a write");
	for (size_t i = 0; i < job->n; i++)
		job->writes = job->writes || job->ops[i].kind == BUS_OP_WRITE;
}

void serve__job_end(struct client *client)
{
	struct job *job = &client->job;
	struct shared *device = client->device;

	if (job->kind == JOB_NONE)
		return;
	if (device->running == client)
		device->running = NULL;
	if (job->own_lease)
		serve__lease_end(device);
	free(job->ops);
	*job = (struct job){ .kind = JOB_NONE };
	client->serve->changes++;
	serve__lease_renew(client);
}

/* Ends a batch that was begun, with the error of the bus when @rc is one. */
static void end_batch(struct client *client, int rc)
{
	struct serve_stats *stats = &client->serve->stats;
	const struct job *job = &client->job;
	struct proto_msg msg = {
		.type = PROTO_RESULT,
		.seq = job->seq,
		.code = rc,
		.polled = job->polled,
		.ops = job->ops,
		.n_ops = job->n,
	};

	if (rc != E_OK)
		memcpy(msg.text, bus_error(client->device->bus)->text, sizeof(msg.text));
	stats->batches++;
	stats->operations += job->n;
	serve__answer(client, &msg);
	serve__job_end(client);
}

static void end_with(struct client *client, const struct error *err)
{
	uint32_t seq = client->job.seq;

	serve__job_end(client);
	serve__answer_error(client, seq, err);
}

/* --- running a batch --------------------------------------------------------------------- */

static bool is_virtual(const struct client *client)
{
	return clock_is_virtual(bus_clock(client->device->bus));
}

static bool is_long(const struct bus_op *op)
{
	return op->kind >= BUS_OP_DELAY && op->time_us > SHORT_US;
}

static uint32_t every_us(const struct bus_op *poll)
{
	return poll->every_us > 0 ? poll->every_us : 1;
}

static uint64_t accesses(const struct bus_op *op)
{
	return op->kind == BUS_OP_POLL ? UINT64_C(1) + op->time_us / every_us(op) : 1;
}

/* How many operations go to the bus at once: up to a long wait, of which a poll begins there. */
static size_t stretch(const struct job *job)
{
	size_t n = 0, left = job->n - job->at;

	while (n < left && !is_long(&job->ops[job->at + n]))
		n++;
	return n < left && job->ops[job->at + n].kind == BUS_OP_POLL ? n + 1 : n;
}

/* The same on a virtual clock: a piece, or a poll alone that is longer. */
static size_t virtual_stretch(const struct job *job)
{
	size_t n = 0, left = job->n - job->at;
	uint64_t sum = 0;

	while (n < left && (n == 0 || sum + accesses(&job->ops[job->at + n]) <= PIECE))
		sum += accesses(&job->ops[job->at + n++]);
	return n;
}

static int transfer(struct client *client, struct bus_op *ops, size_t n)
{
	struct bus *bus = client->device->bus;
	uint64_t polled = bus->polled;
	int rc = bus_xfer(bus, ops, n);

	client->job.polled += bus->polled - polled;
	return rc;
}

/* Time on the clock by which a poll goes on, and how much of it one go takes. */
static uint64_t poll_now(const struct client *client)
{
	return is_virtual(client) ? clock_now_us(bus_clock(client->device->bus)) : now(client);
}

static uint32_t first_part_us(const struct client *client, const struct bus_op *op)
{
	return is_virtual(client) ? PIECE * every_us(op) : SHORT_US;
}

static bool is_cut(const struct client *client, const struct bus_op *op)
{
	return is_virtual(client) ? accesses(op) > PIECE : is_long(op);
}

static void pause_poll(struct client *client, const struct bus_op *op)
{
	struct job *job = &client->job;
	uint64_t now_us = now(client), left_us;

	job->wake_us = now_us + 1;
	if (is_virtual(client))
		return;
	left_us = job->end_us - now_us;
	job->wake_us = now_us + (left_us < every_us(op) ? left_us : every_us(op));
}

/* A stretch that may end in a poll of which only the first part is the bus's. */
static int run_stretch(struct client *client, size_t n)
{
	struct job *job = &client->job;
	struct bus_op *last = &job->ops[job->at + n - 1];
	const struct bus_op asked = *last;
	bool cut = is_cut(client, last);
	int rc;

	if (cut)
		last->time_us = first_part_us(client, last);
	rc = transfer(client, &job->ops[job->at], n);
	last->time_us = asked.time_us;
	if (cut && rc == E_TIMEOUT && last->status == BUS_OP_FAILED) {
		job->at += n - 1;
		job->polling = true;
		job->want = asked.value;
		job->end_us = poll_now(client) + (asked.time_us - first_part_us(client, last));
		pause_poll(client, last);
		return E_OK;
	}
	if (rc == E_OK)
		job->at += n;
	if (rc == E_OK && is_virtual(client) && job->at < job->n) {
		job->paused = true;
		job->wake_us = now(client) + 1;
	}
	return rc;
}

static int poll_again(struct client *client)
{
	struct job *job = &client->job;
	struct bus_op *op = &job->ops[job->at];
	struct bus_op again = *op;
	uint64_t now_us = poll_now(client);
	uint64_t left_us = job->end_us > now_us ? job->end_us - now_us : 0;
	int rc;

	again.value = job->want;
	again.time_us = 0;
	if (is_virtual(client))
		again.time_us = left_us < first_part_us(client, op) ? (uint32_t)left_us
								    : first_part_us(client, op);
	rc = transfer(client, &again, 1);
	op->status = again.status;
	op->value = again.value;
	if (rc == E_TIMEOUT && op->status == BUS_OP_FAILED) {
		if (left_us == again.time_us || left_us == 0)
			return bus__timed_out(client->device->bus, op, job->want);
		pause_poll(client, op);
		return E_OK;
	}
	job->polling = false;
	job->wake_us = 0;
	job->at++;
	return rc;
}

static void begin_delay(struct job *job, uint64_t now_us)
{
	job->wake_us = now_us + job->ops[job->at].time_us;
}

static void end_delay(struct job *job)
{
	job->wake_us = 0;
	job->ops[job->at++].status = BUS_OP_DONE;
}

static int advance(struct client *client)
{
	struct job *job = &client->job;
	size_t n;

	if (job->polling)
		return poll_again(client);
	if (job->wake_us != 0 && !job->paused) {
		end_delay(job);
		return E_OK;
	}
	job->paused = false;
	job->wake_us = 0;
	n = is_virtual(client) ? virtual_stretch(job) : stretch(job);
	if (n > 0)
		return run_stretch(client, n);
	begin_delay(job, now(client));
	return E_OK;
}

static void run_batch(struct client *client)
{
	struct job *job = &client->job;
	struct shared *device = client->device;
	int rc = E_OK;

	while (rc == E_OK && job->at < job->n) {
		if (job->wake_us > now(client)) {
			if (job->writes)
				device->running = client;
			return;
		}
		rc = advance(client);
	}
	end_batch(client, rc);
}

/* --- who may run ------------------------------------------------------------------------- */

/* The lease that a job needs; false: not now, or an error that was told. */
static bool get_lease(struct client *client)
{
	struct job *job = &client->job;
	struct error err = { 0 };
	int rc;

	if (job->try_us > now(client))
		return false;
	rc = serve__lease_take(client, job->what, &err);
	if (rc == E_BUSY && now(client) < job->give_up_us) {
		if (client->device->holder == NULL)
			job->try_us = now(client) + RETRY_US;
		return false;
	}
	if (rc != E_OK)
		end_with(client, &err);
	return rc == E_OK;
}

static void lost_lease(struct client *client)
{
	struct error err = { 0 };

	error_set(&err, E_STATE,
		  "the lease of %s ended after %u s without a request, others may have "
		  "written since; run the command again",
		  client->device->name, (unsigned)(client->serve->options.lease_us / 1000000));
	end_with(client, &err);
}

static void run_job(struct client *client)
{
	struct job *job = &client->job;
	const struct shared *device = client->device;

	if (job->kind == JOB_LEASE) {
		if (get_lease(client)) {
			const struct proto_msg granted = { .type = PROTO_GRANTED,
							   .seq = job->seq };

			serve__job_end(client);
			serve__answer(client, &granted);
		}
		return;
	}
	if (device->running != NULL && device->running != client)
		return;
	if (!job->started && job->leased && device->holder != client) {
		lost_lease(client);
		return;
	}
	if (!job->started && job->writes && device->holder != client) {
		if (!get_lease(client))
			return;
		job->own_lease = true;
	}
	job->started = true;
	run_batch(client);
}

static void sign_of_life(struct client *client)
{
	struct job *job = &client->job;
	const struct proto_msg wait = { .type = PROTO_WAIT, .seq = job->seq };

	if (job->kind == JOB_NONE || client->answer.len > 0 ||
	    now(client) - job->told_us < PROTO_WAIT_US / 2)
		return;
	job->told_us = now(client);
	serve__answer(client, &wait);
}

/* The open request that came first after @ticket. */
static struct client *next_job(struct serve *serve, uint64_t ticket)
{
	struct client *first = NULL;

	for (struct client *c = serve->clients; c != NULL; c = c->next)
		if (c->job.kind != JOB_NONE && c->job.ticket > ticket &&
		    (first == NULL || c->job.ticket < first->job.ticket))
			first = c;
	return first;
}

static void look_at_jobs(struct serve *serve)
{
	uint64_t ticket = 0;
	struct client *client;

	while ((client = next_job(serve, ticket)) != NULL) {
		ticket = client->job.ticket;
		run_job(client);
		sign_of_life(client);
	}
}

/* The end of one can be what an earlier one waited for. */
void serve__jobs(struct serve *serve)
{
	uint64_t changes;

	for (size_t i = 0; i < serve->options.n_devices; i++)
		serve__lease_lapse(&serve->devices[i], serve);
	do {
		changes = serve->changes;
		look_at_jobs(serve);
	} while (changes != serve->changes);
}

/* A batch that waits for another's end, or lease, has no time of its own but that of giving up. */
static uint64_t job_due_us(const struct client *client)
{
	const struct job *job = &client->job;
	uint64_t due_us = job->told_us + PROTO_WAIT_US / 2;
	bool waits_for_lease = !job->started && (job->kind == JOB_LEASE || job->writes);

	if (job->wake_us != 0 && job->wake_us < due_us)
		due_us = job->wake_us;
	if (waits_for_lease && job->give_up_us < due_us)
		due_us = job->give_up_us;
	if (waits_for_lease && job->try_us != 0 && job->try_us < due_us)
		due_us = job->try_us;
	return due_us;
}

uint64_t serve__next_us(const struct serve *serve)
{
	uint64_t next_us = UINT64_MAX;

	for (const struct client *c = serve->clients; c != NULL; c = c->next)
		if (c->job.kind != JOB_NONE && job_due_us(c) < next_us)
			next_us = job_due_us(c);
	for (size_t i = 0; i < serve->options.n_devices; i++)
		if (serve->devices[i].holder != NULL && serve->devices[i].lapses_us < next_us &&
		    serve->devices[i].holder->job.kind == JOB_NONE)
			next_us = serve->devices[i].lapses_us;
	return next_us;
}

void serve__job_cancel(struct client *client)
{
	struct job *job = &client->job;
	struct error err = { 0 };

	if (job->kind == JOB_NONE)
		return;
	if (job->kind == JOB_BATCH && job->started) {
		job->ops[job->at].status = BUS_OP_FAILED;
		error_set(&client->device->bus->err, E_INTR, "interrupted in a wait of %u us",
			  job->ops[job->at].time_us);
		end_batch(client, E_INTR);
		return;
	}
	error_set(&err, E_INTR, "interrupted while waiting for %s", client->device->name);
	end_with(client, &err);
}
