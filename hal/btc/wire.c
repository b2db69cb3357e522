/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/btc/wire.h"

#include <inttypes.h>
#include <string.h>

uint32_t btc_crc32(const uint8_t *data, size_t n)
{
	uint32_t crc = UINT32_MAX;

	for (size_t i = 0; i < n; i++) {
		crc ^= data[i];
		for (unsigned bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (0xedb88320u & -(crc & 1));
	}
	return ~crc;
}

int btc_wire_encode(const struct btc_message *msg, struct error *err,
		    uint8_t bytes[BTC_WIRE_MAX], size_t *n)
{
	uint32_t words[BTC_HEADER_WORDS], crc;
	size_t len = BTC_HEADER_BYTES + (size_t)msg->header.length;

	if (msg->header.length > BTC_BODY_MAX)
		return error_set(err, E_RANGE, "a body of %u bytes: only 0 to %u",
				 msg->header.length, BTC_BODY_MAX);
	btc_header_encode(&msg->header, words);
	for (size_t i = 0; i < BTC_HEADER_BYTES; i++)
		bytes[i] = (uint8_t)(words[i / 4] >> (24 - i % 4 * 8));
	memcpy(bytes + BTC_HEADER_BYTES, msg->body, msg->header.length);
	crc = btc_crc32(bytes, len);
	for (size_t i = 0; i < BTC_CRC_BYTES; i++)
		bytes[len + i] = (uint8_t)(crc >> 8 * i);
	*n = len + BTC_CRC_BYTES;
	return 0;
}

int btc_wire_decode(const uint8_t *bytes, size_t n, struct error *err, struct btc_message *msg)
{
	uint32_t words[BTC_HEADER_WORDS] = { 0 }, crc = 0;
	struct btc_header header;
	size_t len;

	for (size_t i = 0; i < BTC_HEADER_BYTES && n >= BTC_WIRE_MIN; i++)
		words[i / 4] |= (uint32_t)bytes[i] << (24 - i % 4 * 8);
	btc_header_decode(words, &header);
	len = BTC_HEADER_BYTES + (size_t)header.length;
	if (n < BTC_WIRE_MIN || header.length > BTC_BODY_MAX || n < len + BTC_CRC_BYTES)
		return error_set(err, E_CORRUPT,
				 "%zu bytes are no message with a body of %u bytes", n,
				 header.length);
	for (size_t i = 0; i < BTC_CRC_BYTES; i++)
		crc |= (uint32_t)bytes[len + i] << 8 * i;
	if (crc != btc_crc32(bytes, len))
		return error_set(err, E_MISMATCH,
				 "the message's CRC is 0x%08" PRIx32 ", not 0x%08" PRIx32, crc,
				 btc_crc32(bytes, len));
	memset(msg, 0, sizeof(*msg));
	msg->header = header;
	memcpy(msg->body, bytes + BTC_HEADER_BYTES, header.length);
	return 0;
}
