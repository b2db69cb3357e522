/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_ft232h.h"

#include <stdlib.h>
#include <string.h>

#include "drv/mock_ft232h_priv.h"

#define STATUS_BYTES 2u
#define LATENCY_MS   16u /* after a reset */

/* --- FIFOs -------------------------------------------------------------------------------- */

bool mock_ft232h__push(struct fifo *fifo, uint8_t byte)
{
	if (fifo->n == fifo->size)
		return false;
	fifo->bytes[(fifo->first + fifo->n++) % fifo->size] = byte;
	fifo->most = fifo->n > fifo->most ? fifo->n : fifo->most;
	return true;
}

bool mock_ft232h__pop(struct fifo *fifo, uint8_t *byte)
{
	if (fifo->n == 0)
		return false;
	*byte = fifo->bytes[fifo->first];
	fifo->first = (fifo->first + 1) % fifo->size;
	fifo->n--;
	return true;
}

void mock_ft232h__clear(struct fifo *fifo)
{
	fifo->n = 0;
}

/* --- the device --------------------------------------------------------------------------- */

struct mock_ft232h *mock_ft232h_new(const struct mock_ft232h_config *config)
{
	static const struct {
		unsigned n_channels, n_mpsse;
		size_t fifo;
	} kinds[] = {
		[MOCK_FT232H] = { 1, 1, 1024 },
		[MOCK_FT2232H] = { 2, 2, 4096 },
		[MOCK_FT4232H] = { 4, 2, 2048 },
	};
	struct mock_ft232h *m = calloc(1, sizeof(*m));

	if (m == NULL)
		return NULL;
	m->config = *config;
	m->n_channels = kinds[config->kind].n_channels;
	for (unsigned i = 0; i < m->n_channels; i++) {
		m->channel[i].has_mpsse = i < kinds[config->kind].n_mpsse;
		m->channel[i].out.size = kinds[config->kind].fifo;
		m->channel[i].in.size = kinds[config->kind].fifo;
		m->channel[i].latency_ms = LATENCY_MS;
	}
	return m;
}

void mock_ft232h_free(struct mock_ft232h *m)
{
	if (m == NULL)
		return;
	for (unsigned i = 0; i < m->n_channels; i++)
		for (unsigned pin = 0; pin < 8; pin++)
			if (m->channel[i].spi[pin] != NULL)
				m->channel[i].spi[pin]->ops->free(m->channel[i].spi[pin]);
	free(m);
}

void mock_ft232h_attach(struct mock_ft232h *m, unsigned channel, unsigned pin,
			struct mock_spi *spi)
{
	m->channel[channel].spi[pin] = spi;
}

void mock_ft232h_set_wires(struct mock_ft232h *m, uint32_t hz)
{
	for (unsigned i = 0; i < m->n_channels; i++)
		m->channel[i].wires_hz = hz;
}

unsigned mock_ft232h_channels(const struct mock_ft232h *m)
{
	return m->n_channels;
}

const char *mock_ft232h_serial(const struct mock_ft232h *m)
{
	return m->config.serial;
}

struct mock_ft232h_pins mock_ft232h_pins(const struct mock_ft232h *m, unsigned channel)
{
	const struct channel *ch = &m->channel[channel];

	return (struct mock_ft232h_pins){
		.levels = ch->engine.levels[0],
		.directions = ch->engine.directions[0],
		.mpsse = ch->mpsse,
		.n_clocks = ch->n_clocks,
		.n_commands = ch->n_commands,
		.most_out = ch->out.most,
		.most_in = ch->in.most,
	};
}

/* --- bulk packets and time ---------------------------------------------------------------- */

bool mock_ft232h_out(struct mock_ft232h *m, unsigned channel, const uint8_t *packet, size_t n)
{
	struct channel *ch = &m->channel[channel];

	if (!ch->mpsse)
		return true; /* a serial port sends it somewhere */
	if (ch->out.size - ch->out.n < n)
		return false;
	for (size_t i = 0; i < n; i++)
		mock_ft232h__push(&ch->out, packet[i]);
	return true;
}

uint64_t mock_ft232h_latency_due_ns(const struct mock_ft232h *m, unsigned channel)
{
	const struct channel *ch = &m->channel[channel];

	return ch->last_in_ns + ch->latency_ms * UINT64_C(1000000);
}

bool mock_ft232h_in(struct mock_ft232h *m, unsigned channel, uint8_t *packet, size_t *n)
{
	struct channel *ch = &m->channel[channel];
	size_t room = MOCK_FT232H_PACKET - STATUS_BYTES;

	if (ch->in.n < room && !(ch->engine.flush && ch->in.n > 0) &&
	    m->now_ns < mock_ft232h_latency_due_ns(m, channel))
		return false;
	/* Clear to send; transmitter empty: ftdi_sio.h, "Modem status". */
	packet[0] = 0x12;
	packet[1] = 0x60;
	for (*n = STATUS_BYTES; *n < MOCK_FT232H_PACKET; ++*n)
		if (!mock_ft232h__pop(&ch->in, &packet[*n]))
			break;
	if (ch->in.n == 0)
		ch->engine.flush = false;
	ch->last_in_ns = m->now_ns;
	return true;
}

void mock_ft232h_run(struct mock_ft232h *m, uint64_t now_ns)
{
	for (unsigned i = 0; i < m->n_channels; i++)
		if (m->channel[i].mpsse)
			mock_ft232h__mpsse_run(&m->channel[i], now_ns);
	m->now_ns = now_ns;
}

uint64_t mock_ft232h_step_due_ns(const struct mock_ft232h *m)
{
	uint64_t due_ns = UINT64_MAX;

	for (unsigned i = 0; i < m->n_channels; i++)
		if (!mock_ft232h_is_idle(m, i) && m->channel[i].engine.free_ns < due_ns)
			due_ns = m->channel[i].engine.free_ns;
	return due_ns;
}

bool mock_ft232h_is_idle(const struct mock_ft232h *m, unsigned channel)
{
	const struct channel *ch = &m->channel[channel];

	return !ch->mpsse ||
	       (mock_ft232h__mpsse_blocked(ch) && ch->engine.free_ns <= m->now_ns);
}
