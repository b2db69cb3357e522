/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/backplane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/clock.h"
#include "drv/mock.h"
#include "drv/world.h"
#include "regmaps/regdb/regdb.h"

static void need(int rc, const char *what, const struct error *err)
{
	if (rc == 0)
		return;
	fprintf(stderr, "backplane: %s: %s\n", what, err == NULL ? error_name(rc) : err->text);
	abort();
}

void backplane_open(struct backplane *b)
{
	struct error err = { 0 };

	memset(b, 0, sizeof(*b));
	need(regdb_open_builtin("btc", &err, &b->map), "map", &err);
	b->world = world_new(1);
	need(world_device(b->world, "btc", b->map, &err, &b->mock), "device", &err);
	need(world_model(b->world, b->mock, &err), "model", &err);
	b->model = mock_btc_of(b->mock);
	b->clock = world_clock(b->world);
	backplane_write(b, BTC_CONTROL_IDENT_HI, 0x0200);
	backplane_write(b, BTC_CONTROL_IDENT_LO, 0);
}

void backplane_close(struct backplane *b)
{
	world_free(b->world);
	regdb_close(b->map);
}

uint32_t backplane_read(struct backplane *b, uint64_t addr)
{
	struct error err = { 0 };
	uint32_t value = 0;

	need(mock_sw_read(b->mock, addr, &value, &err), "read", &err);
	return value;
}

void backplane_write(struct backplane *b, uint64_t addr, uint32_t value)
{
	struct error err = { 0 };

	need(mock_sw_write(b->mock, addr, value, &err), "write", &err);
}

void backplane_wait_us(struct backplane *b, uint64_t us)
{
	clock_wait_us(b->clock, us);
	mock_btc_run(b->model);
}

void backplane_wait_frames(struct backplane *b, uint64_t n)
{
	backplane_wait_us(b, 125 * n);
}

void backplane_ident(uint32_t station, uint8_t ident[6])
{
	memset(ident, station == BACKPLANE_ALL ? 0xff : 0, 6);
	if (station == BACKPLANE_ALL)
		return;
	ident[0] = 2;
	ident[5] = (uint8_t)station;
}

void backplane_know(struct backplane *b, uint32_t station)
{
	backplane_write(b, BTC_BLADE_IDENT_HI(station - 1), 0x0200);
	backplane_write(b, BTC_BLADE_IDENT_LO(station - 1), station);
	backplane_write(b, BTC_BLADE_FUNCTIONS(station - 1), UINT32_C(1) << (station - 1) % 32);
	backplane_write(b, BTC_BLADE_CONTROL(station - 1), 2);
}

void backplane_plug(struct backplane *b, uint32_t n)
{
	for (uint32_t i = 1; i <= n; i++) {
		struct mock_btc_blade blade = { .ipv4 = 0x0a000000 + i,
						.functions = UINT32_C(1) << (i - 1) % 32 };

		backplane_ident(i, blade.ident);
		need(mock_btc_plug(b->model, i, &blade), "plug", NULL);
		backplane_know(b, i);
	}
}

void backplane_slot(struct backplane *b, uint32_t slot, uint32_t kind, uint32_t owner)
{
	backplane_write(b, BTC_SLOT_NEXT_USE(slot), 1u << 16 | kind << 8 | owner);
}

void backplane_apply(struct backplane *b)
{
	backplane_write(b, BTC_SLOT_CONTROL, 1);
}

void backplane_enable(struct backplane *b)
{
	uint32_t mode = backplane_read(b, BTC_CONTROL_MODE);

	backplane_write(b, BTC_CONTROL_MODE, mode | 1);
	backplane_wait_us(b, backplane_read(b, BTC_FRAME_PERIOD) * 3 / 1000 + 1);
}

void backplane_start(struct backplane *b, uint32_t n)
{
	backplane_plug(b, n);
	for (uint32_t slot = 1; slot < 128; slot++)
		backplane_slot(b, slot, BTC_SLOT_NEXT_USE__KIND__RESERVED,
			       slot % 2 != 0 || n == 0 ? 0 : 1 + (slot / 2 - 1) % n);
	backplane_apply(b);
	backplane_write(b, BTC_FORWARD_MODE, 1 | BTC_FORWARD_MODE__BROADCAST__OTHERS << 8);
	backplane_enable(b);
}

void backplane_body(uint8_t *body, uint16_t length, uint32_t seed)
{
	for (uint16_t i = 0; i < length; i++) {
		seed = seed * 1664525u + 1013904223u;
		body[i] = (uint8_t)(seed >> 24);
	}
}

int backplane_send(struct backplane *b, uint32_t from, uint32_t to, uint16_t length,
		   uint32_t seed)
{
	uint8_t body[1500];
	struct mock_btc_message message = { .type = 1, .length = length, .body = body };

	backplane_body(body, length, seed);
	backplane_ident(to, message.final);
	return mock_btc_send(b->model, from, &message);
}

/* --- software ------------------------------------------------------------------------------ */

void backplane_mail_to(struct backplane_mail *mail, uint32_t station, uint16_t type,
		       const char *text)
{
	memset(mail, 0, sizeof(*mail));
	backplane_ident(station, mail->initial);
	backplane_ident(station, mail->final);
	backplane_ident(0, mail->source);
	mail->type = type;
	mail->length = (uint16_t)strlen(text);
	memcpy(mail->body, text, mail->length);
}

static uint32_t word_of(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

void backplane_mail_write(struct backplane *b, const struct backplane_mail *mail,
			  uint32_t commit)
{
	uint8_t header[20];

	memcpy(header, mail->initial, 6);
	memcpy(header + 6, mail->final, 6);
	memcpy(header + 12, mail->source, 6);
	header[18] = (uint8_t)(mail->type >> 8);
	header[19] = (uint8_t)mail->type;
	for (uint32_t i = 0; i < 20; i += 4)
		backplane_write(b, BTC_MESSAGE_TX_DATA, word_of(header + i));
	backplane_write(b, BTC_MESSAGE_TX_DATA, (uint32_t)mail->length << 16 | mail->sequence);
	backplane_write(b, BTC_MESSAGE_TX_DATA, mail->platform);
	for (uint32_t i = 0; i < mail->length; i += 4)
		backplane_write(b, BTC_MESSAGE_TX_DATA, word_of(mail->body + i));
	backplane_write(b, BTC_MESSAGE_TX_COMMIT, commit | mail->length);
}

bool backplane_mail_read(struct backplane *b, struct backplane_mail *mail)
{
	uint32_t head = backplane_read(b, BTC_MESSAGE_RX_HEAD), words = head & 0xffff;
	uint8_t bytes[28 + 1504];

	if (words == 0)
		return false;
	memset(mail, 0, sizeof(*mail));
	for (uint32_t i = 0; i < words; i++) {
		uint32_t word = backplane_read(b, BTC_MESSAGE_RX_DATA);

		for (uint32_t k = 0; k < 4; k++)
			bytes[4 * i + k] = (uint8_t)(word >> (24 - 8 * k));
	}
	mail->station = head >> 16 & 0x7f;
	memcpy(mail->initial, bytes, 6);
	memcpy(mail->final, bytes + 6, 6);
	memcpy(mail->source, bytes + 12, 6);
	mail->type = (uint16_t)(word_of(bytes + 16) & 0xffff);
	mail->length = (uint16_t)(word_of(bytes + 20) >> 16);
	mail->sequence = (uint16_t)(word_of(bytes + 20) & 0xffff);
	mail->platform = word_of(bytes + 24);
	memcpy(mail->body, bytes + 28, 4 * words - 28);
	return true;
}

bool backplane_record(struct backplane *b, struct backplane_record *record)
{
	uint32_t word[11];

	if (backplane_read(b, BTC_TRACE_STATUS) == 0)
		return false;
	for (uint32_t i = 0; i < 11; i++)
		word[i] = backplane_read(b, BTC_TRACE_DATA);
	*record = (struct backplane_record){
		.first_frame = word[0],
		.first_slot = word[1] >> 24,
		.last_frame = word[2],
		.last_slot = word[1] >> 16 & 0xff,
		.station = word[1] >> 8 & 0x7f,
		.dropped = (word[1] & 1) != 0,
		.n_cells = word[10],
	};
	memcpy(record->header, word + 3, sizeof(record->header));
	return true;
}
