/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/gateway.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "drv/bus.h"
#include "drv/clock.h"
#include "hal/device.h"
#include "hal/gateway_priv.h"

static const char *const drop_names[GATEWAY_N_DROPS] = {
	"malformed", "crc", "address", "type", "full", "steer", "busy", "expired", "late",
};

const char *gateway_drop_name(enum gateway_drop drop)
{
	return (unsigned)drop < GATEWAY_N_DROPS ? drop_names[drop] : NULL;
}

static int check_config(const struct gateway_config *config, struct error *err)
{
	if (config->ports == 0 || (config->ports & ~VSC7448_FRONT_PORTS) != 0)
		return error_set(err, E_RANGE, "external ports are some of 0 to %u",
				 VSC7448_N_PORTS - 1);
	if (config->cpu_queue > 7)
		return error_set(err, E_RANGE, "CPU queue %" PRIu32 ": queues are 0 to 7",
				 config->cpu_queue);
	if (config->timeout_us == 0)
		return error_set(err, E_RANGE, "a conversation lasts at least 1 us");
	return 0;
}

int gateway_open(struct vsc7448 *chip, struct btc *b, const struct gateway_config *config,
		 struct error *err, struct gateway **out)
{
	struct bus *bus = NULL;
	struct gateway *g;
	struct mac ident;
	int rc = check_config(config, err);

	if (rc == 0)
		rc = btc_ident_get(b, err, &ident);
	if (rc == 0 && mac_number(&ident) == 0)
		rc = error_set(err, E_STATE,
			       "CONTROL:IDENT_HI and IDENT_LO are 0: the controller has no "
			       "identifier");
	if (rc == 0)
		rc = device_bus(btc_device(b), err, &bus);
	if (rc != 0)
		return rc;
	g = calloc(1, sizeof(*g));
	if (g == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	g->chip = chip;
	g->btc = b;
	g->clock = bus_clock(bus);
	g->config = *config;
	g->ident = ident;
	*out = g;
	return 0;
}

void gateway_close(struct gateway *g)
{
	free(g);
}

void gateway_stats_get(const struct gateway *g, struct gateway_stats *stats)
{
	*stats = g->stats;
	stats->waiting = (uint32_t)g->n_inbox;
	stats->open = 0;
	for (size_t i = 0; i < GATEWAY_CONVERSATIONS; i++)
		stats->open += g->table[i].open && !g->table[i].expired;
}

static void drop(struct gateway *g, enum gateway_drop reason)
{
	g->stats.drops[reason]++;
}

/* --- from the switch --------------------------------------------------------------------- */

/* What a poll hands to the sink of frames. */
struct poll {
	struct gateway *g;
	vsc7448_frame_sink other;
	void *arg;
};

static bool is_identifier(const struct mac *mac)
{
	return mac_number(mac) != 0 && !mac_is_multicast(mac);
}

/* Requests are for the controller, from somebody, and not the platform's. */
static bool is_acceptable(struct gateway *g, const struct gateway_frame *frame)
{
	const struct btc_header *header = &frame->msg.header;

	if (mac_number(&header->initial) != mac_number(&g->ident) ||
	    mac_number(&header->final) != mac_number(&g->ident) ||
	    !is_identifier(&header->source) || !is_identifier(&frame->from)) {
		drop(g, GATEWAY_DROP_ADDRESS);
		return false;
	}
	if (header->type >= BTC_TYPE_PLATFORM) {
		drop(g, GATEWAY_DROP_TYPE);
		return false;
	}
	return true;
}

static bool pass_on(struct poll *poll, const struct vsc7448_frame_in *in)
{
	poll->g->stats.other++;
	return poll->other == NULL || poll->other(poll->arg, in);
}

static bool take_frame(void *arg, const struct vsc7448_frame_in *in)
{
	struct poll *poll = arg;
	struct gateway *g = poll->g;
	struct gateway_frame frame;
	int rc;

	if (in->port >= VSC7448_N_PORTS || (g->config.ports >> in->port & 1) == 0 ||
	    in->len < 6 || memcmp(in->data, g->ident.octet, 6) != 0)
		return pass_on(poll, in);
	rc = gateway_frame_decode(in->data, in->len, NULL, &frame);
	if (rc == E_NOTSUP)
		return pass_on(poll, in);
	g->stats.frames++;
	if (rc != 0)
		drop(g, rc == E_MISMATCH ? GATEWAY_DROP_CRC : GATEWAY_DROP_MALFORMED);
	else if (g->n_inbox == GATEWAY_INBOX)
		drop(g, GATEWAY_DROP_BUSY);
	else if (is_acceptable(g, &frame))
		g->inbox[g->n_inbox++] = (struct request){ .port = in->port, .frame = frame };
	return g->n_inbox < GATEWAY_AT_ONCE;
}

/* --- to the bus -------------------------------------------------------------------------- */

/* A free place, or one that only waits for a late answer: the one that has waited longest. */
static struct conversation *find_place(struct gateway *g)
{
	struct conversation *oldest = NULL;

	for (size_t i = 0; i < GATEWAY_CONVERSATIONS; i++) {
		struct conversation *c = &g->table[i];

		if (!c->open)
			return c;
		if (c->expired && (oldest == NULL || c->until_us < oldest->until_us))
			oldest = c;
	}
	return oldest;
}

static int send_request(struct gateway *g, const struct request *request, struct error *err)
{
	struct btc_send how = { .timeout_us = 0, .steer = true };
	struct conversation *place = find_place(g);
	struct btc_message msg = request->frame.msg;
	int rc;

	if (place == NULL) {
		drop(g, GATEWAY_DROP_FULL);
		return 0;
	}
	/* in the bus the controller asks, so that the answer finds back to it */
	memset(&msg.header.initial, 0, sizeof(msg.header.initial));
	memset(&msg.header.final, 0, sizeof(msg.header.final));
	msg.header.source = g->ident;
	msg.header.platform = 0;
	rc = btc_message_send(g->btc, &msg, &how, err);
	if (rc == E_STATE) {
		drop(g, GATEWAY_DROP_STEER);
		error_clear(err);
		return 0;
	}
	if (rc != 0)
		return rc;
	memset(place, 0, sizeof(*place));
	place->open = true;
	place->sequence = msg.header.sequence;
	place->port = request->port;
	place->until_us = clock_now_us(g->clock) + g->config.timeout_us;
	place->asked = request->frame;
	g->stats.requests++;
	return 0;
}

/* What was sent, or dropped, leaves the inbox; the rest waits: after an error, or for room. */
static int send_requests(struct gateway *g, struct error *err)
{
	size_t n = 0;
	int rc = 0;

	while (rc == 0 && n < g->n_inbox) {
		rc = send_request(g, &g->inbox[n], err);
		n += rc == 0;
	}
	g->n_inbox -= n;
	memmove(g->inbox, g->inbox + n, g->n_inbox * sizeof(g->inbox[0]));
	if (rc == E_BUSY) {
		error_clear(err);
		return 0;
	}
	return rc;
}

/* --- back -------------------------------------------------------------------------------- */

static void build_answer(const struct gateway *g, const struct conversation *c,
			 struct gateway_frame *frame)
{
	const struct btc_header *asked = &c->asked.msg.header;

	*frame = (struct gateway_frame){ .to = c->asked.from,
					 .from = g->ident,
					 .tagged = c->asked.tagged,
					 .tpid = c->asked.tpid,
					 .tci = c->asked.tci,
					 .msg = c->answer };
	frame->msg.header.initial = asked->source;
	frame->msg.header.final = asked->source;
	frame->msg.header.sequence = asked->sequence;
	frame->msg.header.platform = asked->platform;
}

static int inject(struct gateway *g, struct conversation *c, struct error *err)
{
	struct vsc7448_frame_out out = { .way = VSC7448_FRAME_DIRECT,
					 .ports = UINT64_C(1) << c->port };
	uint8_t bytes[GATEWAY_FRAME_MAX];
	struct gateway_frame frame;
	size_t n;
	int rc;

	build_answer(g, c, &frame);
	rc = gateway_frame_encode(&frame, err, bytes, &n);
	if (rc == 0)
		rc = vsc7448_frame_send(g->chip, &out, bytes, n, err);
	if (rc != 0)
		return rc;
	c->open = false;
	g->stats.answers++;
	return 0;
}

/* The answer to a conversation, if it is there: of the type and with the sequence of the request. */
static void take_answer(struct gateway *g, struct conversation *c)
{
	struct btc_match match = { .any_source = true,
				   .type = c->asked.msg.header.type,
				   .sequence = c->sequence };

	if (!c->has_answer && btc_message_find(g->btc, &match, &c->answer))
		c->has_answer = true;
	if (c->has_answer && c->expired) {
		drop(g, GATEWAY_DROP_LATE);
		c->open = false;
	}
}

/* Not answered in time: for as long again a late answer is known as one. */
static void grow_old(struct gateway *g, struct conversation *c, uint64_t now_us)
{
	if (c->has_answer || now_us < c->until_us)
		return;
	if (c->expired) {
		c->open = false;
		return;
	}
	drop(g, GATEWAY_DROP_EXPIRED);
	c->expired = true;
	c->until_us = now_us + g->config.timeout_us;
}

static int answer_all(struct gateway *g, struct error *err)
{
	uint64_t now_us = clock_now_us(g->clock);
	int rc = btc_message_gather(g->btc, err);

	for (size_t i = 0; rc == 0 && i < GATEWAY_CONVERSATIONS; i++) {
		struct conversation *c = &g->table[i];

		if (!c->open)
			continue;
		take_answer(g, c);
		if (c->open && c->has_answer)
			rc = inject(g, c, err);
		else if (c->open)
			grow_old(g, c, now_us);
	}
	return rc;
}

int gateway_poll(struct gateway *g, vsc7448_frame_sink other, void *arg, struct error *err)
{
	struct poll poll = { .g = g, .other = other, .arg = arg };
	struct vsc7448_frame_stats stats;
	int rc = send_requests(g, err);

	if (rc == 0 && g->n_inbox < GATEWAY_AT_ONCE)
		rc = vsc7448_frames_receive(g->chip, GATEWAY_AT_ONCE, take_frame, &poll, &stats,
					    err);
	if (rc == 0)
		rc = send_requests(g, err);
	if (rc == 0)
		rc = answer_all(g, err);
	return rc;
}
