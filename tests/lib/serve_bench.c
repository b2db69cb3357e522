/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/serve_bench.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drv/cancel.h"
#include "drv/clock.h"

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "serve_bench: %s\n", what);
	abort();
}

static int open_device(void *arg, size_t i, struct error *err, struct bus **out)
{
	struct serve_bench *b = arg;

	if (b->buses[i] == NULL)
		return error_set(err, E_NODEV, "device %zu is not there", i + 1);
	*out = b->buses[i];
	return E_OK;
}

static void log_line(void *arg, const char *line)
{
	struct serve_bench *b = arg;
	size_t used = strlen(b->log);

	snprintf(b->log + used, sizeof(b->log) - used, "%s\n", line);
}

void serve_bench_open(struct serve_bench *b, struct bus *const *buses, size_t n)
{
	static const struct serve_device devices[] = { { "one", "map1", 1 },
						       { "two", "map2", 2 } };

	memset(b, 0, sizeof(*b));
	must(n <= SERVE_BENCH_DEVICES, "too many devices");
	memcpy(b->devices, devices, sizeof(devices));
	for (size_t i = 0; i < n; i++)
		b->buses[i] = buses[i];
	b->clock = clock_virtual_new();
	must(b->clock != NULL, "no memory");
	clock_wait_us(b->clock, 1000000);
	b->options = (struct serve_options){
		.devices = b->devices,
		.n_devices = n,
		.open = open_device,
		.log = log_line,
		.arg = b,
		.clock = b->clock,
	};
	must(serve_new(&b->options, NULL, &b->serve) == E_OK, "no server");
}

void serve_bench_kill(struct serve_bench *b)
{
	serve_free(b->serve);
	b->serve = NULL;
}

void serve_bench_close(struct serve_bench *b)
{
	serve_bench_kill(b);
	for (size_t i = 0; i < SERVE_BENCH_DEVICES; i++)
		bus_close(b->buses[i]);
	clock_free(b->clock);
}

/* One message of every client in a step, and some more for their ends. */
void serve_bench_run(struct serve_bench *b, uint64_t us)
{
	clock_wait_us(b->clock, us);
	for (size_t i = 0; i < 8 && b->serve != NULL; i++)
		must(serve_step(b->serve, 0, NULL) == E_OK, "serve_step failed");
}

static bool is_ready(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	return poll(&p, 1, 0) > 0;
}

static bool wait_for(void *arg, int fd, short events, uint64_t us)
{
	struct serve_bench *b = arg;

	/* The flag is the process's, but the server here is not to see it. */
	cancel_clear();
	b->n_waits++;
	if (b->on_wait != NULL)
		b->on_wait(b, b->n_waits);
	if (!b->deaf)
		serve_bench_run(b, 0);
	if (is_ready(fd, events))
		return true;
	clock_wait_us(b->clock, us);
	if (!b->deaf)
		serve_bench_run(b, 0);
	if (b->n_waits == b->cancel_at)
		cancel_request();
	return is_ready(fd, events);
}

int serve_bench_peer(struct serve_bench *b, const char *who)
{
	int fds[2];

	must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0, "no socketpair");
	must(fcntl(fds[0], F_SETFL, O_NONBLOCK) == 0, "no fcntl");
	must(serve_add(b->serve, fds[1], fds[1], who, NULL) == E_OK, "no client");
	return fds[0];
}

int serve_bench_bus(struct serve_bench *b, const char *device, const struct bus_env *env,
		    struct error *err, struct bus **out)
{
	static const struct bus_env raw = { .map = NULL };
	const struct remote_link link = {
		.name = "test:link",
		.fd = serve_bench_peer(b, NULL),
		.wait = wait_for,
		.clock = b->clock,
		.arg = b,
		.hello_us = REMOTE_SILENCE_US,
	};

	return remote_open(&bus_backend_unix, &link, device, env == NULL ? &raw : env, err,
			   out);
}

void serve_bench_send_bytes(struct serve_bench *b, int peer, const uint8_t *data, size_t len)
{
	/* A server that takes nothing for some time will not take it later. */
	for (unsigned tries = 0; len > 0 && tries < 4; tries++) {
		ssize_t n = send(peer, data, len, MSG_NOSIGNAL);

		if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
			break;
		must(n > 0 || errno == EAGAIN, "cannot send");
		if (n > 0) {
			data += n;
			len -= (size_t)n;
			tries = 0;
		}
		serve_bench_run(b, 0);
	}
	serve_bench_run(b, 0);
}

void serve_bench_send(struct serve_bench *b, int peer, const struct proto_msg *msg)
{
	struct proto_buf buf = { .data = NULL };

	must(proto_encode(msg, &buf, NULL) == E_OK, "cannot encode");
	serve_bench_send_bytes(b, peer, buf.data, buf.len);
	free(buf.data);
}

static bool take(int peer, uint8_t *data, size_t len)
{
	size_t at = 0;

	while (at < len) {
		ssize_t n = recv(peer, data + at, len - at, MSG_DONTWAIT);

		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

/* What RESULT refers to stays until the next call. */
bool serve_bench_receive(int peer, struct proto_msg *msg)
{
	static uint8_t frame[PROTO_MAX_BYTES];
	struct error err = { 0 };
	size_t bytes;

	if (!take(peer, frame, PROTO_HEAD_BYTES))
		return false;
	must(proto_frame_bytes(frame, PROTO_HEAD_BYTES, &bytes, &err) == E_OK, err.text);
	must(take(peer, frame + PROTO_HEAD_BYTES, bytes - PROTO_HEAD_BYTES),
	     "half a message has come");
	must(proto_decode(frame, bytes, msg, &err) == E_OK, err.text);
	return true;
}

bool serve_bench_ended(int peer)
{
	char byte;
	ssize_t n;

	do {
		n = recv(peer, &byte, 1, MSG_DONTWAIT);
	} while (n > 0);
	return n == 0 || errno == ECONNRESET;
}

int serve_bench_open_peer(struct serve_bench *b, const char *who, const char *device)
{
	const struct proto_msg hello = { .type = PROTO_HELLO,
					 .lowest = PROTO_VERSION,
					 .version = PROTO_VERSION,
					 .name = "a test" };
	struct proto_msg open = { .type = PROTO_OPEN }, answer;
	int peer = serve_bench_peer(b, who);

	snprintf(open.name, sizeof(open.name), "%s", device);
	serve_bench_send(b, peer, &hello);
	must(serve_bench_receive(peer, &answer) && answer.type == PROTO_WELCOME, "no WELCOME");
	proto_msg_fini(&answer);
	serve_bench_send(b, peer, &open);
	must(serve_bench_receive(peer, &answer) && answer.type == PROTO_OPENED, "no OPENED");
	proto_msg_fini(&answer);
	return peer;
}
