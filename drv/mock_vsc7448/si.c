/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_vsc7448/si.h"

#include <stdlib.h>
#include <string.h>

#define SWITCH_CORE      UINT64_C(0x71000000)
#define IF_CTRL          VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CTRL
#define IF_CFGSTAT       VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CFGSTAT
#define IF_CTRL_BIG      1u /* bytes: most significant first */
#define IF_CTRL_LSB      2u /* bits: least significant first */
#define IF_CTRL_RESET    IF_CTRL_BIG
#define IF_STAT          UINT32_C(0x10000)
#define NOT_DRIVEN       0xffu
#define TOO_FAST         UINT32_C(0x88888888)
#define HZ_PER_BYTE      6500000u
#define DEFAULT_HZ       5000000u
#define HEADER_BYTES     3u
#define DATA_BYTES       4u
#define HALF_BITS_A_BYTE 16u

struct mv_si {
	uint32_t clock_hz;
	uint32_t if_ctrl; /* 4 bits */
	uint32_t padding;
	bool if_stat;
	bool selected;
	uint32_t n; /* bytes of this frame so far */
	uint32_t header, data;
	struct error failure; /* code 0: none */
};

void mv_si_set_clock(struct mock_vsc7448 *m, uint32_t clock_hz)
{
	m->si->clock_hz = clock_hz;
}

int mv_si_failure(struct mock_vsc7448 *m, struct error *err)
{
	int code = m->si->failure.code;

	if (code != 0)
		error_copy(err, &m->si->failure);
	error_clear(&m->si->failure);
	return code;
}

static uint8_t reverse_bits(uint8_t byte)
{
	uint8_t reversed = 0;

	for (unsigned i = 0; i < 8; i++)
		reversed = (uint8_t)(reversed << 1 | (byte >> i & 1));
	return reversed;
}

/* Which bits of the word the @i-th data byte on the wire holds. */
static unsigned shift_of(const struct mv_si *si, unsigned i)
{
	return 8 * ((si->if_ctrl & IF_CTRL_BIG) != 0 ? DATA_BYTES - 1 - i : i);
}

static uint8_t in_order(const struct mv_si *si, uint8_t byte)
{
	return (si->if_ctrl & IF_CTRL_LSB) != 0 ? reverse_bits(byte) : byte;
}

/* Is the data ready when the padding is over? */
static bool is_in_time(const struct mv_si *si)
{
	uint64_t half_bits = si->padding == 0 ? 1 : (uint64_t)HALF_BITS_A_BYTE * si->padding;

	return (uint64_t)si->clock_hz * HALF_BITS_A_BYTE <= half_bits * HZ_PER_BYTE;
}

static uint64_t address(const struct mv_si *si)
{
	return SWITCH_CORE + ((uint64_t)(si->header & 0x3fffff) << 2);
}

static void note_failure(struct mv_si *si, int rc, const struct error *err)
{
	if (rc != 0 && si->failure.code == 0)
		si->failure = *err;
}

static uint32_t read_word(struct mock_vsc7448 *m, uint64_t addr)
{
	struct error err = { 0 };
	uint32_t value = 0;

	if (addr == IF_CTRL)
		return m->si->if_ctrl;
	if (addr == IF_CFGSTAT)
		return (uint32_t)VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CFGSTAT__IF_NUM__SI << 24 |
		       (m->si->if_stat ? IF_STAT : 0) | m->si->padding;
	note_failure(m->si, mock_sw_read(m->mock, addr, &value, &err), &err);
	return value;
}

static void write_word(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	struct error err = { 0 };

	if (addr == IF_CTRL) {
		m->si->if_ctrl = value & 3;
	} else if (addr == IF_CFGSTAT) {
		m->si->padding = value & 0xf;
		m->si->if_stat = (value & IF_STAT) != 0;
	} else {
		note_failure(m->si, mock_sw_write(m->mock, addr, value, &err), &err);
	}
}

static void begin_read(struct mock_vsc7448 *m)
{
	struct mv_si *si = m->si;

	si->data = read_word(m, address(si));
	if (is_in_time(si))
		return;
	si->data = TOO_FAST;
	si->if_stat = true;
}

void mv_si_select(struct mock_vsc7448 *m, bool selected)
{
	m->si->selected = selected;
	m->si->n = 0;
	m->si->header = 0;
	m->si->data = 0;
}

static uint8_t header_byte(struct mock_vsc7448 *m, uint8_t out)
{
	struct mv_si *si = m->si;

	si->header = si->header << 8 | out;
	if (si->n == HEADER_BYTES && (si->header & 0x800000) == 0)
		begin_read(m);
	return NOT_DRIVEN;
}

static uint8_t write_byte(struct mock_vsc7448 *m, unsigned i, uint8_t out)
{
	struct mv_si *si = m->si;

	if (i < DATA_BYTES)
		si->data |= (uint32_t)in_order(si, out) << shift_of(si, i);
	if (i == DATA_BYTES - 1)
		write_word(m, address(si), si->data);
	return NOT_DRIVEN;
}

uint8_t mv_si_byte(struct mock_vsc7448 *m, uint8_t out)
{
	struct mv_si *si = m->si;
	unsigned i;

	if (!si->selected)
		return NOT_DRIVEN;
	if (++si->n <= HEADER_BYTES)
		return header_byte(m, out);
	i = si->n - HEADER_BYTES - 1;
	if ((si->header & 0x800000) != 0)
		return write_byte(m, i, out);
	if (i < si->padding || i >= si->padding + DATA_BYTES)
		return NOT_DRIVEN;
	return in_order(si, (uint8_t)(si->data >> shift_of(si, i - si->padding)));
}

/* Of the interface only: the clock is the controller's, and a frame may be under way. */
static void reset(struct mock_vsc7448 *m)
{
	m->si->if_ctrl = IF_CTRL_RESET;
	m->si->padding = 0;
	m->si->if_stat = false;
}

static int init(struct mock_vsc7448 *m)
{
	m->si = calloc(1, sizeof(*m->si));
	if (m->si == NULL)
		return E_NOMEM;
	m->si->clock_hz = DEFAULT_HZ;
	reset(m);
	return 0;
}

static void fini(struct mock_vsc7448 *m)
{
	free(m->si);
}

const struct mv_part mv_part_si = {
	.name = "si",
	.init = init,
	.fini = fini,
	.reset = reset,
};
