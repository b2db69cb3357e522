/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What blades do of themselves: answers to the platform, echoes, floods. */
#include "drv/mock_btc/model.h"

#include <string.h>

/* The platform's types: btc.rdl. */
enum {
	TYPE_PLATFORM = 0xff00,
	TYPE_DISCOVER = 0xff00,
	TYPE_DISCOVERED = 0xff01,
	TYPE_IDENTIFIERS = 0xff02,
	TYPE_INSTRUCT = 0xff10,
	TYPE_INSTRUCTED = 0xff11,
	TYPE_PING = 0xff20,
	TYPE_PONG = 0xff21
};

enum { OP_LISTEN, OP_MAINTENANCE, OP_PROVISIONING, OP_NORMAL, OP_RUN, OP_PARAMETER };

#define DISCOVERED_BYTES  30u
#define INSTRUCTION_BYTES 8u
#define PEER_BYTES        7u

/* Answers @asked with @body; what does not fit into the queue is not answered. */
static void answer(struct mock_btc *m, uint32_t station, const struct mock_btc_message *asked,
		   const struct mock_btc_message *as, uint64_t ns)
{
	struct mock_btc_message message = *as;

	if (m->blade[station].conduct.behaviour == MOCK_BTC_SILENT)
		return;
	memcpy(message.final, asked->source, sizeof(message.final));
	message.sequence = asked->sequence;
	(void)mb_blade_send(m, station, &message, ns, false);
}

static void discover(struct mock_btc *m, uint32_t station, const struct mock_btc_message *asked,
		     uint64_t ns)
{
	const struct mock_btc_blade *is = &m->blade[station].is;
	uint8_t body[DISCOVERED_BYTES];

	memcpy(body, is->ident, 6);
	mb_put_be32(body + 6, is->ipv4);
	memcpy(body + 10, is->ipv6, 16);
	mb_put_be32(body + 26, is->functions);
	answer(m, station, asked,
	       &(struct mock_btc_message){
		       .type = TYPE_DISCOVERED, .length = sizeof(body), .body = body },
	       ns);
}

static void learn_peers(struct mb_blade *blade, const struct mock_btc_message *message)
{
	for (uint32_t i = 0; i + PEER_BYTES <= message->length; i += PEER_BYTES) {
		uint8_t peer = message->body[i];

		if (peer < MB_STATIONS)
			memcpy(blade->told.peers[peer], message->body + i + 1, 6);
	}
}

static bool listen_to(struct mock_btc *m, struct mb_blade *blade, uint32_t slot, bool listen)
{
	uint32_t bit = UINT32_C(1) << slot % 32, *word;

	if (slot == 0 || slot >= m->n_slots)
		return false;
	word = &blade->told.listens[slot / 32];
	*word = listen ? *word | bit : *word & ~bit;
	mb_schedule(m);
	return true;
}

static bool run_function(struct mb_blade *blade, uint32_t function, uint32_t argument)
{
	if (function >= 32 || (blade->is.functions >> function & 1) == 0)
		return false;
	blade->told.n_runs[function]++;
	blade->told.last_run[function] = argument;
	return true;
}

/* False: refused. */
static bool obey(struct mock_btc *m, struct mb_blade *blade, const uint8_t *body)
{
	uint32_t function = body[1], slot = mb_be16(body + 2), argument = mb_be32(body + 4);

	switch (body[0]) {
	case OP_LISTEN:
		return argument <= 1 && listen_to(m, blade, slot, argument == 0);
	case OP_MAINTENANCE:
		blade->told.mode = MOCK_BTC_MODE_MAINTENANCE;
		return true;
	case OP_PROVISIONING:
		blade->told.mode = MOCK_BTC_MODE_PROVISIONING;
		return true;
	case OP_NORMAL:
		blade->told.mode = MOCK_BTC_MODE_NORMAL;
		return true;
	case OP_RUN:
		return run_function(blade, function, argument);
	case OP_PARAMETER:
		blade->told.parameter[function] = argument;
		return true;
	default:
		return false;
	}
}

static void instruct(struct mock_btc *m, uint32_t station, const struct mock_btc_message *asked,
		     uint64_t ns)
{
	uint8_t body[INSTRUCTION_BYTES];

	if (asked->length != INSTRUCTION_BYTES)
		return;
	memcpy(body, asked->body, sizeof(body));
	body[1] = obey(m, &m->blade[station], asked->body) ? 0 : 1;
	answer(m, station, asked,
	       &(struct mock_btc_message){
		       .type = TYPE_INSTRUCTED, .length = sizeof(body), .body = body },
	       ns);
}

static void give_back(struct mock_btc *m, uint32_t station,
		      const struct mock_btc_message *asked, uint16_t type, uint64_t ns)
{
	answer(m, station, asked,
	       &(struct mock_btc_message){
		       .type = type, .length = asked->length, .body = asked->body },
	       ns);
}

void mb_blade_takes(struct mock_btc *m, uint32_t station,
		    const struct mock_btc_message *message, uint64_t ns)
{
	struct mb_blade *blade = &m->blade[station];

	if (message->type == TYPE_DISCOVER || message->type == TYPE_IDENTIFIERS ||
	    message->type == TYPE_INSTRUCT)
		blade->switch_ident = mb_ident(message->source);
	if (message->type == TYPE_DISCOVER)
		discover(m, station, message, ns);
	else if (message->type == TYPE_IDENTIFIERS)
		learn_peers(blade, message);
	else if (message->type == TYPE_INSTRUCT)
		instruct(m, station, message, ns);
	else if (message->type == TYPE_PING)
		give_back(m, station, message, TYPE_PONG, ns);
	else if (message->type < TYPE_PLATFORM && blade->conduct.behaviour == MOCK_BTC_ECHO)
		give_back(m, station, message, message->type, ns);
}

void mb_flood(struct mock_btc *m, uint32_t station, uint64_t ns)
{
	struct mb_blade *blade = &m->blade[station];
	struct mock_btc_message message = {
		.type = blade->conduct.type,
		.length = blade->conduct.length,
		.body = m->flood,
	};

	memcpy(message.final, blade->conduct.to, sizeof(message.final));
	if (mb_blade_send(m, station, &message, ns, true) != 0)
		return;
	if (blade->conduct.count > 0 && ++blade->n_flooded >= blade->conduct.count)
		blade->conduct.behaviour = MOCK_BTC_RESPOND;
}
