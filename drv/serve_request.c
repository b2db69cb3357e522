/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each message of a client means. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "drv/bus_priv.h"
#include "drv/clock.h"
#include "drv/serve_priv.h"

#define MAX_CLOCK_US UINT64_C(86400000000) /* one message moves it by a day at most */

static void refuse(struct client *client, uint32_t seq, int code, const char *text)
{
	struct error err = { .code = code };

	snprintf(err.text, sizeof(err.text), "%s", text);
	serve__answer_error(client, seq, &err);
}

static void answer(struct client *client, enum proto_type type, uint32_t seq)
{
	serve__answer(client, &(const struct proto_msg){ .type = type, .seq = seq });
}

/* --- HELLO ------------------------------------------------------------------------------- */

static void welcome(struct client *client, uint32_t seq)
{
	const struct serve *serve = client->serve;
	struct proto_device devices[PROTO_MAX_DEVICES];
	struct proto_msg msg = {
		.type = PROTO_WELCOME,
		.seq = seq,
		.version = PROTO_VERSION,
		.name = "switchblade " SB_VERSION,
		.devices = devices,
		.n_devices = serve->options.n_devices,
	};

	for (size_t i = 0; i < msg.n_devices; i++) {
		const struct shared *from = &serve->devices[i];

		memcpy(devices[i].name, from->name, sizeof(from->name));
		memcpy(devices[i].map, from->map, sizeof(from->map));
		devices[i].map_hash = from->map_hash;
	}
	serve__answer(client, &msg);
}

static void on_hello(struct client *client, const struct proto_msg *msg)
{
	const struct serve *serve = client->serve;
	char text[200];

	if (!client->named)
		memcpy(client->who, msg->name, sizeof(client->who));
	client->state = CLIENT_GREETED;
	client->stalled_us = 0;
	if (msg->lowest > PROTO_VERSION || msg->version < PROTO_VERSION) {
		snprintf(text, sizeof(text),
			 "the server (switchblade %s) speaks version %u of the protocol, this "
			 "client versions %" PRIu32 " to %" PRIu32
			 "; install the same switchblade on both sides",
			 SB_VERSION, PROTO_VERSION, msg->lowest, msg->version);
		client->closing = true;
		refuse(client, msg->seq, E_NOTSUP, text);
		return;
	}
	if (serve->stats.n_clients > serve->options.max_clients) {
		snprintf(text, sizeof(text), "the server has its %zu clients already",
			 serve->options.max_clients);
		client->closing = true;
		refuse(client, msg->seq, E_BUSY, text);
		return;
	}
	welcome(client, msg->seq);
}

/* --- OPEN -------------------------------------------------------------------------------- */

/* "switch (vsc7448), btc (btc)" */
static void list_devices(const struct serve *serve, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < serve->options.n_devices && used < size; i++)
		used += (size_t)snprintf(text + used, size - used, "%s%s (%s)",
					 i > 0 ? ", " : "", serve->devices[i].name,
					 serve->devices[i].map);
}

static bool fits(const struct shared *device, const struct proto_msg *msg)
{
	if (msg->name[0] != '\0')
		return strcmp(device->name, msg->name) == 0;
	return msg->map[0] == '\0' || strcmp(device->map, msg->map) == 0;
}

static int no_device(const struct serve *serve, const struct proto_msg *msg, struct error *err)
{
	char known[300];

	list_devices(serve, known, sizeof(known));
	if (msg->name[0] != '\0')
		return error_set(err, E_NOTFOUND, "no device '%.64s' there; there are %s",
				 msg->name, known);
	return error_set(err, E_MISMATCH, "no device with the map %.64s there; there are %s",
			 msg->map, known);
}

static int check_map(const struct shared *device, const struct proto_msg *msg,
		     struct error *err)
{
	if (msg->map[0] == '\0')
		return E_OK;
	if (strcmp(device->map, msg->map) != 0)
		return error_set(err, E_MISMATCH,
				 "device %s has the map %s there, not %.64s; --map chooses "
				 "another",
				 device->name, device->map, msg->map);
	if (device->map_hash != msg->map_hash)
		return error_set(err, E_MISMATCH,
				 "the map %s of device %s is another edition there (hash "
				 "%016" PRIx64 ", here %016" PRIx64
				 "); use the same switchblade, or the same map file",
				 device->map, device->name, device->map_hash, msg->map_hash);
	return E_OK;
}

static int find_device(struct client *client, const struct proto_msg *msg, struct error *err)
{
	struct serve *serve = client->serve;
	struct shared *device = NULL;
	size_t i = 0;
	int rc;

	while (i < serve->options.n_devices && !fits(&serve->devices[i], msg))
		i++;
	if (i == serve->options.n_devices)
		return no_device(serve, msg, err);
	device = &serve->devices[i];
	rc = check_map(device, msg, err);
	if (rc == E_OK && device->bus == NULL)
		rc = serve->options.open(serve->options.arg, i, err, &device->bus);
	if (rc == E_OK)
		client->device = device;
	return rc;
}

static void on_open(struct client *client, const struct proto_msg *msg)
{
	struct error err = { 0 };
	struct proto_msg opened = { .type = PROTO_OPENED, .seq = msg->seq };
	const struct bus *bus;

	if (find_device(client, msg, &err) != E_OK) {
		serve__answer_error(client, msg->seq, &err);
		return;
	}
	bus = client->device->bus;
	client->state = CLIENT_OPEN;
	memcpy(opened.name, client->device->name, sizeof(opened.name));
	opened.origin = bus_origin(bus);
	opened.size = bus_size(bus);
	opened.flags = clock_is_virtual(bus_clock(bus)) ? PROTO_VIRTUAL : 0;
	opened.time_us = client->serve->options.lease_us;
	serve__log(client->serve, client, "%s uses %s", client->who, client->device->name);
	serve__answer(client, &opened);
}

/* --- the others -------------------------------------------------------------------------- */

static void on_clock(struct client *client, const struct proto_msg *msg)
{
	struct clock *clock = bus_clock(client->device->bus);
	struct proto_msg time = { .type = PROTO_TIME, .seq = msg->seq };

	if (!clock_is_virtual(clock)) {
		refuse(client, msg->seq, E_NOTSUP,
		       "the clock of the device is the time of day");
		return;
	}
	if (msg->time_us > 0)
		clock_wait_us(clock, msg->time_us < MAX_CLOCK_US ? msg->time_us : MAX_CLOCK_US);
	time.time_us = clock_now_us(clock);
	serve__answer(client, &time);
}

static bool in_turn(const struct client *client, enum proto_type type)
{
	switch (client->state) {
	case CLIENT_NEW:
		return type == PROTO_HELLO;
	case CLIENT_GREETED:
		return type == PROTO_OPEN || type == PROTO_PING;
	case CLIENT_OPEN:
		if (client->job.kind != JOB_NONE)
			return type == PROTO_CANCEL;
		return type >= PROTO_BATCH && type <= PROTO_CANCEL;
	default:
		return false;
	}
}

static void on_message(struct client *client, struct proto_msg *msg)
{
	switch (msg->type) {
	case PROTO_HELLO:
		on_hello(client, msg);
		break;
	case PROTO_OPEN:
		on_open(client, msg);
		break;
	case PROTO_BATCH:
		serve__job_start(client, JOB_BATCH, msg);
		break;
	case PROTO_LEASE:
		serve__job_start(client, JOB_LEASE, msg);
		break;
	case PROTO_RELEASE:
		if (client->device->holder == client)
			serve__lease_end(client->device);
		break;
	case PROTO_CLOCK:
		on_clock(client, msg);
		break;
	case PROTO_PING:
		answer(client, PROTO_PONG, msg->seq);
		break;
	default: /* CANCEL: in_turn() lets nothing else pass */
		serve__job_cancel(client);
		break;
	}
}

void serve__message(struct client *client, const uint8_t *frame, size_t len)
{
	struct error err = { 0 };
	struct proto_msg msg;
	int rc = proto_decode(frame, len, &msg, &err);

	if (rc == E_OK && !in_turn(client, msg.type))
		rc = error_set(&err, E_CORRUPT, "protocol: %s: it comes out of turn",
			       proto_type_name(msg.type));
	if (rc == E_OK) {
		serve__lease_renew(client);
		on_message(client, &msg);
	} else {
		serve__garbage(client, &err);
	}
	proto_msg_fini(&msg);
}
