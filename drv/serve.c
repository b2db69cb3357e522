/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drv/cancel.h"
#include "drv/clock.h"
#include "drv/serve_priv.h"

#define FIRST_FRAME_BYTES 512   /* of a peer that has not said HELLO */
#define KEPT_BYTES        65536 /* of a buffer between messages */
#define EXTRA_CLIENTS     16    /* above the limit: they are told */
#define NO_FILES_US       100000u

void serve__log(struct serve *serve, const struct client *client, const char *fmt, ...)
{
	char line[400];
	va_list ap;
	int used;

	if (serve->options.log == NULL)
		return;
	used = snprintf(line, sizeof(line), "client %u: ", client->number);
	va_start(ap, fmt);
	vsnprintf(line + used, sizeof(line) - (size_t)used, fmt, ap);
	va_end(ap);
	serve->options.log(serve->options.arg, line);
}

void serve__drop(struct client *client, const char *why)
{
	if (client->state == CLIENT_GONE)
		return;
	serve__job_end(client);
	if (client->device != NULL && client->device->holder == client)
		serve__lease_end(client->device);
	client->state = CLIENT_GONE;
	client->serve->stats.dropped += why != NULL;
	if (why != NULL)
		serve__log(client->serve, client, "dropped: %s", why);
	else
		serve__log(client->serve, client, "left");
}

/* --- one client -------------------------------------------------------------------------- */

static uint64_t now(const struct client *client)
{
	return clock_now_us(client->serve->clock);
}

static bool has_answer(const struct client *client)
{
	return client->answer_at < client->answer.len;
}

static ssize_t write_some(int fd, const uint8_t *data, size_t len)
{
	ssize_t n = send(fd, data, len, MSG_NOSIGNAL | MSG_DONTWAIT);

	return n < 0 && errno == ENOTSOCK ? write(fd, data, len) : n;
}

static void put_output(struct client *client)
{
	while (client->state != CLIENT_GONE && has_answer(client)) {
		ssize_t n = write_some(client->out, client->answer.data + client->answer_at,
				       client->answer.len - client->answer_at);

		if (n > 0)
			client->answer_at += (size_t)n;
		else if (errno == EAGAIN)
			return;
		else if (errno != EINTR)
			serve__drop(client, NULL);
	}
	if (client->state == CLIENT_GONE)
		return;
	client->answer.len = client->answer_at = 0;
	if (client->closing)
		serve__drop(client, "it was told why");
	if (client->state != CLIENT_NEW)
		client->stalled_us = 0;
	if (client->answer.room > KEPT_BYTES) {
		free(client->answer.data);
		client->answer = (struct proto_buf){ .data = NULL };
	}
}

void serve__answer(struct client *client, const struct proto_msg *msg)
{
	struct error err = { 0 };

	if (client->state == CLIENT_GONE)
		return;
	if (proto_encode(msg, &client->answer, &err) != E_OK) {
		serve__drop(client, err.text);
		return;
	}
	if (client->state != CLIENT_NEW)
		client->stalled_us = now(client);
	put_output(client);
}

void serve__answer_error(struct client *client, uint32_t seq, const struct error *err)
{
	struct proto_msg msg = { .type = PROTO_ERROR, .seq = seq, .code = err->code };

	snprintf(msg.text, sizeof(msg.text), "%s", err->text);
	serve__answer(client, &msg);
}

void serve__garbage(struct client *client, const struct error *err)
{
	if (client->state == CLIENT_NEW) {
		serve__drop(client, err->text);
		return;
	}
	serve__job_end(client);
	client->closing = true;
	serve__log(client->serve, client, "%s", err->text);
	serve__answer_error(client, 0, err);
}

/* Memory is claimed as bytes come, not as they are announced. */
static bool make_room(struct client *client, size_t bytes)
{
	size_t room = 2 * client->frame_len < FIRST_FRAME_BYTES ? FIRST_FRAME_BYTES
								: 2 * client->frame_len;
	uint8_t *frame;

	if (room > bytes)
		room = bytes;
	if (room <= client->frame_room)
		return true;
	frame = realloc(client->frame, room);
	if (frame == NULL)
		return false;
	client->frame = frame;
	client->frame_room = room;
	return true;
}

static void end_frame(struct client *client)
{
	client->frame_len = 0;
	if (client->frame_room <= KEPT_BYTES)
		return;
	free(client->frame);
	client->frame = NULL;
	client->frame_room = 0;
}

/* Reads more of the message that has @bytes; false: nothing there now, or gone. */
static bool read_some(struct client *client, size_t bytes)
{
	ssize_t n;

	if (!make_room(client, bytes)) {
		serve__drop(client, "out of memory");
		return false;
	}
	if (bytes > client->frame_room)
		bytes = client->frame_room;
	n = read(client->in, client->frame + client->frame_len, bytes - client->frame_len);
	if (n > 0) {
		if (client->frame_len == 0 && client->state != CLIENT_NEW)
			client->stalled_us = now(client);
		client->frame_len += (size_t)n;
		return true;
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	serve__drop(client, client->frame_len == 0 ? NULL : "ended in the middle of a message");
	return false;
}

/* At most one message, so that nobody keeps the others waiting. */
static void take_input(struct client *client)
{
	struct error err = { 0 };

	while (client->state != CLIENT_GONE && !client->closing) {
		size_t bytes;
		int rc = proto_frame_bytes(client->frame, client->frame_len, &bytes, &err);

		if (rc == E_OK && client->state == CLIENT_NEW && bytes > FIRST_FRAME_BYTES)
			rc = error_set(&err, E_CORRUPT, "protocol: HELLO: it is too long");
		if (rc != E_OK) {
			serve__garbage(client, &err);
			return;
		}
		if (client->frame_len >= PROTO_HEAD_BYTES && client->frame_len == bytes) {
			if (client->state != CLIENT_NEW)
				client->stalled_us = 0;
			serve__message(client, client->frame, bytes);
			end_frame(client);
			return;
		}
		if (!read_some(client, bytes))
			return;
	}
}

static void check_stall(struct client *client)
{
	uint64_t limit_us = client->serve->options.stall_us;
	const char *why = "half a message, and no more of it";

	if (client->stalled_us == 0 || now(client) - client->stalled_us < limit_us)
		return;
	if (client->state == CLIENT_NEW)
		why = "it did not say HELLO";
	else if (has_answer(client))
		why = "it does not take its answer";
	serve__drop(client, why);
}

static void free_client(struct client *client)
{
	close(client->in);
	if (client->out != client->in)
		close(client->out);
	client->serve->stats.n_clients--;
	free(client->frame);
	free(client->answer.data);
	free(client);
}

/* --- all clients ------------------------------------------------------------------------- */

int serve_add(struct serve *serve, int in, int out, const char *who, struct error *err)
{
	struct client *client = calloc(1, sizeof(*client));

	if (client == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	*client = (struct client){
		.next = serve->clients,
		.serve = serve,
		.number = ++serve->n_numbers,
		.in = in,
		.out = out,
		.named = who != NULL,
	};
	snprintf(client->who, sizeof(client->who), "%s", who != NULL ? who : "somebody");
	fcntl(in, F_SETFL, fcntl(in, F_GETFL) | O_NONBLOCK);
	fcntl(out, F_SETFL, fcntl(out, F_GETFL) | O_NONBLOCK);
	client->stalled_us = now(client);
	serve->clients = client;
	serve->stats.n_clients++;
	serve->stats.served++;
	serve__log(serve, client, "connected: %s", client->who);
	return E_OK;
}

void serve_listen(struct serve *serve, int fd)
{
	serve->listening = fd;
}

static void name_peer(int fd, char *who, size_t size)
{
	struct ucred peer = { .pid = 0 };
	socklen_t len = sizeof(peer);
	int used;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) != 0 || peer.pid == 0) {
		snprintf(who, size, "somebody");
		return;
	}
	used = snprintf(who, size, "process %ld", (long)peer.pid);
	if (peer.uid != getuid())
		snprintf(who + used, size - (size_t)used, " of user %ld", (long)peer.uid);
}

/* Without file descriptors it rests, instead of asking poll() again and again. */
static int accept_one(struct serve *serve, struct error *err)
{
	int fd = accept4(serve->listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	char who[PROTO_NAME_MAX + 1];
	int rc;

	if (fd >= 0) {
		name_peer(fd, who, sizeof(who));
		rc = serve_add(serve, fd, fd, who, err);
		if (rc != E_OK)
			close(fd);
		return rc;
	}
	if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
		serve->deaf_us = clock_now_us(serve->clock) + NO_FILES_US;
		return E_OK;
	}
	if (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED)
		return E_OK;
	return error_set_errno(err, errno, "accepting a connection");
}

static bool is_listening(const struct serve *serve)
{
	return serve->listening >= 0 &&
	       serve->stats.n_clients < serve->options.max_clients + EXTRA_CLIENTS &&
	       clock_now_us(serve->clock) >= serve->deaf_us;
}

static void reap(struct serve *serve)
{
	struct client **at = &serve->clients;

	while (*at != NULL) {
		struct client *client = *at;

		if (client->state == CLIENT_GONE) {
			*at = client->next;
			free_client(client);
		} else {
			at = &client->next;
		}
	}
}

/*
 * One row for each client in the order of the list, one for the listening socket: never more than
 * there are open files, which poll() would refuse.  A client's next message waits for its taking
 * the answer to the last one.
 */
static size_t fill_polls(struct serve *serve)
{
	size_t n = 0;

	for (struct client *c = serve->clients; c != NULL; c = c->next)
		serve->polls[n++] = has_answer(c)
					    ? (struct pollfd){ .fd = c->out, .events = POLLOUT }
					    : (struct pollfd){ .fd = c->in, .events = POLLIN };
	serve->polls[n++] = (struct pollfd){ .fd = is_listening(serve) ? serve->listening : -1,
					     .events = POLLIN };
	return n;
}

static bool room_for_polls(struct serve *serve)
{
	size_t n = serve->stats.n_clients + 1;
	struct pollfd *polls;

	if (n <= serve->max_polls)
		return true;
	polls = realloc(serve->polls, 2 * n * sizeof(*polls));
	if (polls == NULL)
		return false;
	serve->polls = polls;
	serve->max_polls = 2 * n;
	return true;
}

static void handle(struct serve *serve, const struct pollfd *polls)
{
	for (struct client *c = serve->clients; c != NULL; c = c->next, polls++) {
		if (has_answer(c) && polls->revents != 0)
			put_output(c);
		else if ((polls->revents & POLLIN) != 0)
			take_input(c);
		else if (polls->revents != 0)
			serve__drop(c, NULL);
		check_stall(c);
	}
}

/* How long poll() may wait: until the next thing is due. */
static int wait_ms(const struct serve *serve, uint64_t us)
{
	uint64_t now_us = clock_now_us(serve->clock), due_us = serve__next_us(serve);

	for (const struct client *c = serve->clients; c != NULL; c = c->next)
		if (c->stalled_us != 0 && c->stalled_us + serve->options.stall_us < due_us)
			due_us = c->stalled_us + serve->options.stall_us;
	if (serve->deaf_us > now_us && serve->deaf_us < due_us)
		due_us = serve->deaf_us;
	due_us = due_us > now_us ? due_us - now_us : 0;
	return (int)(((due_us < us ? due_us : us) + 999) / 1000);
}

int serve_step(struct serve *serve, uint64_t us, struct error *err)
{
	size_t n;
	int ready, rc = E_OK;

	if (cancel_requested())
		return error_set(err, E_INTR, "interrupted");
	if (!room_for_polls(serve))
		return error_set(err, E_NOMEM, "out of memory");
	n = fill_polls(serve);
	ready = poll(serve->polls, n, wait_ms(serve, us));
	if (ready < 0 && errno != EINTR)
		return error_set_errno(err, errno, "waiting for clients");
	if (ready >= 0) {
		short listening = serve->polls[n - 1].revents;

		handle(serve, serve->polls);
		serve__jobs(serve);
		reap(serve);
		if (listening != 0)
			rc = accept_one(serve, err);
	}
	return rc;
}

void serve_stats_get(const struct serve *serve, struct serve_stats *stats)
{
	*stats = serve->stats;
}

static void set_defaults(struct serve_options *options)
{
	if (options->lease_us == 0)
		options->lease_us = SERVE_LEASE_US;
	if (options->stall_us == 0)
		options->stall_us = SERVE_STALL_US;
	if (options->max_clients == 0)
		options->max_clients = SERVE_MAX_CLIENTS;
	if (options->clock == NULL)
		options->clock = clock_real();
}

int serve_new(const struct serve_options *options, struct error *err, struct serve **out)
{
	struct serve *serve;

	if (options->n_devices == 0 || options->n_devices > PROTO_MAX_DEVICES)
		return error_set(err, E_RANGE, "%zu devices cannot be served",
				 options->n_devices);
	serve = calloc(1, sizeof(*serve));
	if (serve == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	serve->devices = calloc(options->n_devices, sizeof(*serve->devices));
	if (serve->devices == NULL) {
		free(serve);
		return error_set(err, E_NOMEM, "out of memory");
	}
	serve->options = *options;
	set_defaults(&serve->options);
	serve->clock = serve->options.clock;
	serve->listening = -1;
	for (size_t i = 0; i < options->n_devices; i++) {
		struct shared *device = &serve->devices[i];

		snprintf(device->name, sizeof(device->name), "%s", options->devices[i].name);
		snprintf(device->map, sizeof(device->map), "%s", options->devices[i].map);
		device->map_hash = options->devices[i].map_hash;
	}
	*out = serve;
	return E_OK;
}

void serve_free(struct serve *serve)
{
	if (serve == NULL)
		return;
	for (struct client *c = serve->clients; c != NULL; c = c->next)
		serve__drop(c, NULL);
	reap(serve);
	free(serve->devices);
	free(serve->polls);
	free(serve);
}
