/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bus analyser: the block TRACE. */
#include "drv/mock_btc/model.h"

#include <string.h>

void mb_record(struct mock_btc *m, uint32_t sender, const struct mb_when *last, bool dropped)
{
	const struct mb_rx *rx = &m->rx[sender];
	struct mb_trace *trace = &m->trace;
	uint8_t header[MB_HEADER] = { 0 };
	uint32_t *record;

	if (!trace->enable)
		return;
	if (trace->n == MB_RECORDS) {
		m->events |= MB_EVENT(TRACE_OVERFLOW);
		return;
	}
	record = trace->record[(trace->first + trace->n++) % MB_RECORDS];
	memcpy(header, rx->bytes, rx->len < MB_HEADER ? rx->len : MB_HEADER);
	record[0] = rx->first_frame;
	record[1] = rx->first_slot << 24 | last->slot << 16 | sender << 8 | dropped;
	record[2] = last->frame;
	for (uint32_t i = 0; i < MB_HEADER / 4; i++)
		record[3 + i] = mb_be32(header + 4 * i);
	record[10] = rx->n_cells;
}

static uint32_t read_word(struct mb_trace *trace)
{
	uint32_t word;

	if (trace->n == 0)
		return 0;
	word = trace->record[trace->first][trace->n_read++];
	if (trace->n_read == MB_RECORD) {
		trace->n_read = 0;
		trace->first = (trace->first + 1) % MB_RECORDS;
		trace->n--;
	}
	return word;
}

static void clear(struct mb_trace *trace)
{
	trace->first = trace->n = trace->n_read = 0;
}

static void read(struct mock_btc *m, uint64_t addr, uint32_t *value)
{
	if (addr == BTC_TRACE_STATUS)
		*value = m->trace.n;
	else if (addr == BTC_TRACE_DATA)
		*value = read_word(&m->trace);
}

static void write(struct mock_btc *m, uint64_t addr, uint32_t value)
{
	if (addr != BTC_TRACE_MODE)
		return;
	m->trace.enable = mb_field(value, BTC_TRACE_MODE__ENABLE) != 0;
	if (mb_field(value, BTC_TRACE_MODE__CLEAR) != 0)
		clear(&m->trace);
}

static void load(struct mock_btc *m)
{
	clear(&m->trace);
	write(m, BTC_TRACE_MODE, mb_get(m, BTC_TRACE_MODE));
}

const struct mb_block mb_block_trace = {
	.first = BTC_TRACE_MODE,
	.last = BTC_TRACE_DATA,
	.read = read,
	.write = write,
	.load = load,
};
