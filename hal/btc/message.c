/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The format of messages: btc.rdl, "Message". */
#include "hal/btc/message.h"

#include <string.h>

static const struct {
	uint16_t type;
	const char *name;
} types[] = {
	{ BTC_TYPE_DISCOVER, "discovery" },
	{ BTC_TYPE_DISCOVERED, "discovery-answer" },
	{ BTC_TYPE_IDENTIFIERS, "identifiers" },
	{ BTC_TYPE_INSTRUCT, "instruction" },
	{ BTC_TYPE_INSTRUCTED, "instruction-answer" },
	{ BTC_TYPE_ECHO, "echo" },
	{ BTC_TYPE_ECHOED, "echo-answer" },
};

const char *btc_type_name(uint16_t type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].type == type)
			return types[i].name;
	return NULL;
}

void btc_header_encode(const struct btc_header *header, uint32_t words[BTC_HEADER_WORDS])
{
	uint64_t initial = mac_number(&header->initial), final = mac_number(&header->final);
	uint64_t source = mac_number(&header->source);

	words[0] = (uint32_t)(initial >> 16);
	words[1] = (uint32_t)(initial & 0xffff) << 16 | (uint32_t)(final >> 32);
	words[2] = (uint32_t) final;
	words[3] = (uint32_t)(source >> 16);
	words[4] = (uint32_t)(source & 0xffff) << 16 | header->type;
	words[5] = (uint32_t)header->length << 16 | header->sequence;
	words[6] = header->platform;
}

void btc_header_decode(const uint32_t words[BTC_HEADER_WORDS], struct btc_header *header)
{
	header->initial = mac_of_number((uint64_t)words[0] << 16 | words[1] >> 16);
	header->final = mac_of_number((uint64_t)(words[1] & 0xffff) << 32 | words[2]);
	header->source = mac_of_number((uint64_t)words[3] << 16 | words[4] >> 16);
	header->type = (uint16_t)words[4];
	header->length = (uint16_t)(words[5] >> 16);
	header->sequence = (uint16_t)words[5];
	header->platform = words[6];
}

int btc_message_encode(const struct btc_message *msg, struct error *err,
		       uint32_t words[BTC_MESSAGE_MAX_WORDS], size_t *n)
{
	uint32_t length = msg->header.length;

	if (length > BTC_BODY_MAX)
		return error_set(err, E_RANGE, "a body of %u bytes: only 0 to %u",
				 (unsigned)length, BTC_BODY_MAX);
	btc_header_encode(&msg->header, words);
	*n = btc_message_words(length);
	memset(words + BTC_HEADER_WORDS, 0, (*n - BTC_HEADER_WORDS) * 4);
	for (uint32_t i = 0; i < length; i++)
		words[BTC_HEADER_WORDS + i / 4] |= (uint32_t)msg->body[i] << (24 - i % 4 * 8);
	return 0;
}

int btc_message_decode(const uint32_t *words, size_t n, struct error *err,
		       struct btc_message *msg)
{
	uint32_t length = n < BTC_HEADER_WORDS ? 0 : words[5] >> 16;

	if (n < BTC_HEADER_WORDS || length > BTC_BODY_MAX || n != btc_message_words(length))
		return error_set(err, E_CORRUPT,
				 "MESSAGE:RX_DATA gave %zu words for a message with a body of "
				 "%u bytes",
				 n, (unsigned)length);
	memset(msg, 0, sizeof(*msg));
	btc_header_decode(words, &msg->header);
	for (uint32_t i = 0; i < length; i++)
		msg->body[i] = (uint8_t)(words[BTC_HEADER_WORDS + i / 4] >> (24 - i % 4 * 8));
	return 0;
}
