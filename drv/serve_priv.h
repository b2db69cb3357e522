/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the server share: connections (serve.c), requests (serve_request.c), jobs. */
#ifndef DRV_SERVE_PRIV_H
#define DRV_SERVE_PRIV_H

#include "drv/lock.h"
#include "drv/proto.h"
#include "drv/serve.h"

struct client;
struct pollfd;

/* A device and who uses it. */
struct shared {
	char name[PROTO_NAME_MAX + 1], map[PROTO_NAME_MAX + 1];
	uint64_t map_hash;
	struct bus *bus;        /* NULL: nobody has opened it */
	struct client *running; /* whose batch, with a write, is in a wait; or NULL */
	struct client *holder;  /* of the lease; or NULL */
	char holder_text[320];  /* "process 12 (reg set) since 2026-11-26 08:00:00" */
	uint64_t lapses_us;     /* when the lease ends unless the holder asks something */
	struct lock *lock;      /* of the lease, with options.locks */
	bool bus_leased;        /* the lease is one of the bus, too */
};

enum job_kind { JOB_NONE, JOB_BATCH, JOB_LEASE };

/* The request that is open: what a client waits for. */
struct job {
	enum job_kind kind;
	uint32_t seq;
	uint64_t ticket;     /* lower ones came earlier */
	uint64_t give_up_us; /* waiting for another's lease ends */
	uint64_t try_us;     /* JOB_LEASE and batches that need one: not before */
	uint64_t told_us;    /* when the client last heard of us */
	char what[PROTO_NAME_MAX + 1];
	struct bus_op *ops;
	size_t n, at;
	bool leased, writes, own_lease, started;
	bool polling;     /* operation @at is a poll in a wait */
	bool paused;      /* before operation @at, to let others go on */
	uint64_t wake_us; /* end of the wait, or of this pause */
	uint64_t end_us;  /* of the poll; a virtual device's own time */
	uint32_t want;    /* of the poll */
	uint64_t polled;
};

enum client_state { CLIENT_NEW, CLIENT_GREETED, CLIENT_OPEN, CLIENT_GONE };

struct client {
	struct client *next;
	struct serve *serve;
	enum client_state state;
	unsigned number;
	char who[PROTO_NAME_MAX + 1];
	int in, out;
	bool named;   /* who is known from the socket */
	bool closing; /* gone when its answer has been taken */
	uint8_t *frame;
	size_t frame_len, frame_room;
	uint64_t stalled_us; /* since then: half a message, or an answer not taken; 0: not */
	struct proto_buf answer;
	size_t answer_at;
	struct shared *device; /* CLIENT_OPEN */
	struct job job;
};

struct serve {
	struct serve_options options;
	struct clock *clock;
	struct shared *devices;
	struct client *clients;
	int listening;    /* -1: not */
	uint64_t deaf_us; /* no new clients before */
	struct pollfd *polls;
	size_t max_polls;
	unsigned n_numbers;
	uint64_t tickets;
	uint64_t changes; /* grows when an open request ends */
	struct serve_stats stats;
};

/* serve.c: marks the client as gone, telling why (NULL: it left); serve_step() frees it. */
void serve__drop(struct client *client, const char *why);
void serve__log(struct serve *serve, const struct client *client, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* It does not keep to the protocol: is told so and goes. */
void serve__garbage(struct client *client, const struct error *err);

/* serve_request.c: one complete message of @client. */
void serve__message(struct client *client, const uint8_t *frame, size_t len);
void serve__answer(struct client *client, const struct proto_msg *msg);
void serve__answer_error(struct client *client, uint32_t seq, const struct error *err);

/* serve_job.c: the open requests. */
void serve__jobs(struct serve *serve);
uint64_t serve__next_us(const struct serve *serve); /* when the next of them is due */
void serve__job_start(struct client *client, enum job_kind kind, struct proto_msg *msg);
void serve__job_cancel(struct client *client);
void serve__job_end(struct client *client); /* no answer any more */

/*
 * serve_lease.c: E_BUSY tells who has the lease, or the lock of the device.  Ending one that the
 * client has not is the caller's mistake; renewing is not.
 */
int serve__lease_take(struct client *client, const char *what, struct error *err);
void serve__lease_end(struct shared *device);
void serve__lease_renew(struct client *client);
void serve__lease_lapse(struct shared *device, struct serve *serve); /* when it is time */

#endif
