/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages as bytes, with their CRC-32: as they are on the bus (btc.rdl, "Message"), and as they are
 * carried outside of it (hal/gateway.h).
 */
#ifndef HAL_BTC_WIRE_H
#define HAL_BTC_WIRE_H

#include "hal/btc/message.h"

#define BTC_CRC_BYTES 4u
#define BTC_WIRE_MIN  (BTC_HEADER_BYTES + BTC_CRC_BYTES)
#define BTC_WIRE_MAX  (BTC_HEADER_BYTES + BTC_BODY_MAX + BTC_CRC_BYTES)

/* CRC-32 of IEEE 802.3 (the frame check sequence): 0xcbf43926 for "123456789". */
uint32_t btc_crc32(const uint8_t *data, size_t n);

/* Header, body and CRC; how many bytes.  E_RANGE: the length. */
int btc_wire_encode(const struct btc_message *msg, struct error *err,
		    uint8_t bytes[BTC_WIRE_MAX], size_t *n);

/*
 * Takes a message out of @n bytes; what is behind its CRC is padding.  E_CORRUPT: too short for its
 * length, the length is above BTC_BODY_MAX; E_MISMATCH: the CRC is wrong.  @msg is untouched then.
 */
int btc_wire_decode(const uint8_t *bytes, size_t n, struct error *err, struct btc_message *msg);

#endif
