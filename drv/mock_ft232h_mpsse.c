/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The MPSSE of the model: FTDI AN_108, command by command. */
#include "drv/mock_ft232h_priv.h"

#include <string.h>

/* Bits of the opcodes of shifts. */
#define SHIFT_WRITE_FALLING 0x01u
#define SHIFT_BITS          0x02u
#define SHIFT_LSB_FIRST     0x08u
#define SHIFT_WRITE         0x10u
#define SHIFT_READ          0x20u
#define SHIFT_TMS           0x40u
#define BAD_COMMAND         0xfau
#define PIN_DO              0x02u
#define PIN_DI              0x04u
#define FIRST_CS_PIN        3u
#define WIRES_BAD           97u

/* Commands with bit 7 set and how many bytes follow; 0xff: none such. */
static unsigned arguments_of(uint8_t opcode)
{
	switch (opcode) {
	case 0x80: /* set lower pins */
	case 0x82: /* set upper pins */
	case 0x86: /* divisor */
	case 0x8f: /* clock bytes without data */
	case 0x9c:
	case 0x9d: /* clock bytes until a pin */
	case 0x9e: /* open drain pins */
		return 2;
	case 0x8e: /* clock bits without data */
		return 1;
	case 0x81: /* get lower pins */
	case 0x83: /* get upper pins */
	case 0x84:
	case 0x85: /* loopback on, off */
	case 0x87: /* send immediate */
	case 0x88:
	case 0x89: /* wait for a pin */
	case 0x8a:
	case 0x8b: /* divide by 5 off, on */
	case 0x8c:
	case 0x8d: /* three-phase on, off */
	case 0x94:
	case 0x95: /* clock until a pin */
	case 0x96:
	case 0x97: /* adaptive on, off */
		return 0;
	default:
		return 0xff;
	}
}

static bool is_shift(uint8_t opcode)
{
	return (opcode & 0x80) == 0 && (opcode & (SHIFT_WRITE | SHIFT_READ | SHIFT_TMS)) != 0;
}

void mock_ft232h__mpsse_reset(struct channel *ch)
{
	uint64_t free_ns = ch->engine.free_ns;

	/* The H chips start with the divide-by-5, for software that knows the FT2232D. */
	ch->engine = (struct mpsse_engine){ .divide_by_5 = true, .free_ns = free_ns };
}

static uint64_t half_clocks_ns(const struct mpsse_engine *e, uint64_t n_clocks)
{
	/* 60 MHz / (2 (1 + divisor)) */
	uint64_t per_clock_60mhz = 2 * (e->divisor + UINT64_C(1)) * (e->divide_by_5 ? 5 : 1);
	uint64_t ticks = n_clocks * per_clock_60mhz;

	if (e->three_phase)
		ticks += ticks / 2;
	return ticks * 1000 / 60;
}

static uint32_t clock_hz(const struct mpsse_engine *e)
{
	return 30000000u / (e->divisor + UINT32_C(1)) / (e->divide_by_5 ? 5 : 1);
}

static bool is_selected(const struct mpsse_engine *e, unsigned pin)
{
	return (e->directions[0] >> pin & 1) != 0 && (e->levels[0] >> pin & 1) == 0;
}

static void set_pins(struct channel *ch, unsigned upper, uint8_t levels, uint8_t directions)
{
	struct mpsse_engine *e = &ch->engine;
	struct mpsse_engine before = *e;

	e->levels[upper] = levels;
	e->directions[upper] = directions;
	for (unsigned pin = FIRST_CS_PIN; upper == 0 && pin < 8; pin++) {
		struct mock_spi *spi = ch->spi[pin];

		if (spi == NULL || is_selected(&before, pin) == is_selected(e, pin))
			continue;
		if (is_selected(e, pin) && spi->ops->set_clock != NULL)
			spi->ops->set_clock(spi, clock_hz(e));
		spi->ops->select(spi, is_selected(e, pin));
	}
}

/* Inputs read high: the pins have pull-ups. */
static uint8_t get_pins(const struct mpsse_engine *e, unsigned upper)
{
	uint8_t levels = (uint8_t)(e->levels[upper] | ~e->directions[upper]);

	if (upper == 0 && e->loopback)
		levels = (uint8_t)((levels & ~PIN_DI) | ((levels & PIN_DO) != 0 ? PIN_DI : 0));
	return levels;
}

static uint8_t reverse(uint8_t byte)
{
	uint8_t reversed = 0;

	for (unsigned i = 0; i < 8; i++)
		reversed = (uint8_t)(reversed << 1 | (byte >> i & 1));
	return reversed;
}

/* Out that changes on the rising edge is seen by a mode 0 device one bit late. */
static uint8_t on_wire(struct channel *ch, uint8_t out)
{
	struct mpsse_engine *e = &ch->engine;
	uint8_t late;

	if ((e->opcode & SHIFT_WRITE) == 0)
		return (e->levels[0] & PIN_DO) != 0 ? 0xff : 0x00;
	late = (uint8_t)((e->levels[0] & PIN_DO) << 6 | out >> 1);
	e->levels[0] = (uint8_t)((e->levels[0] & ~PIN_DO) | ((out & 1) != 0 ? PIN_DO : 0));
	return (e->opcode & SHIFT_WRITE_FALLING) != 0 ? out : late;
}

static uint8_t exchange(struct channel *ch, uint8_t out)
{
	struct mpsse_engine *e = &ch->engine;
	uint8_t in = 0xff;

	if ((e->opcode & SHIFT_LSB_FIRST) != 0)
		out = reverse(out);
	out = on_wire(ch, out);
	for (unsigned pin = FIRST_CS_PIN; pin < 8; pin++)
		if (ch->spi[pin] != NULL && is_selected(e, pin))
			in &= ch->spi[pin]->ops->byte(ch->spi[pin], out);
	if (ch->wires_hz != 0 && clock_hz(e) > ch->wires_hz &&
	    ch->n_clocks / 8 % WIRES_BAD == 0)
		in ^= 0x10;
	if (e->loopback)
		in = out;
	return (e->opcode & SHIFT_LSB_FIRST) != 0 ? reverse(in) : in;
}

static bool has_room(const struct channel *ch, size_t n)
{
	return ch->in.size - ch->in.n >= n;
}

static void spend(struct channel *ch, uint64_t clocks)
{
	ch->n_clocks += clocks;
	ch->engine.free_ns += half_clocks_ns(&ch->engine, clocks);
}

/* The clocks of a byte begin; false: the FIFOs stop it. */
static bool begin_byte(struct channel *ch)
{
	struct mpsse_engine *e = &ch->engine;

	if ((e->opcode & SHIFT_READ) != 0 && !has_room(ch, 1))
		return false;
	e->shifting_out = 0;
	if ((e->opcode & SHIFT_WRITE) != 0 && !mock_ft232h__pop(&ch->out, &e->shifting_out))
		return false;
	spend(ch, 8);
	e->state = STATE_BYTE;
	return true;
}

/* They are over. */
static bool end_byte(struct channel *ch)
{
	struct mpsse_engine *e = &ch->engine;
	uint8_t in = exchange(ch, e->shifting_out);

	if ((e->opcode & SHIFT_READ) != 0)
		mock_ft232h__push(&ch->in, in);
	e->state = --e->shift_left == 0 ? STATE_COMMAND : STATE_SHIFT;
	return true;
}

/* Bits and TMS: the time passes, the answer is ones. */
static bool shift_bits(struct channel *ch)
{
	struct mpsse_engine *e = &ch->engine;

	if ((e->opcode & SHIFT_READ) != 0 && !has_room(ch, 1))
		return false;
	if ((e->opcode & SHIFT_READ) != 0)
		mock_ft232h__push(&ch->in, 0xff);
	spend(ch, (e->arguments[0] & 7u) + UINT64_C(1));
	e->state = STATE_COMMAND;
	return true;
}

static void set_mode(struct mpsse_engine *e)
{
	switch (e->opcode) {
	case 0x84:
	case 0x85:
		e->loopback = e->opcode == 0x84;
		break;
	case 0x8a:
	case 0x8b:
		e->divide_by_5 = e->opcode == 0x8b;
		break;
	case 0x8c:
	case 0x8d:
		e->three_phase = e->opcode == 0x8c;
		break;
	case 0x87:
		e->flush = true;
		break;
	case 0x86:
		e->divisor = (uint16_t)(e->arguments[0] | e->arguments[1] << 8);
		break;
	default:
		break;
	}
}

/* A command with bit 7 set whose arguments are there; false: no room for its answer. */
static bool execute(struct channel *ch)
{
	struct mpsse_engine *e = &ch->engine;

	switch (e->opcode) {
	case 0x80:
	case 0x82:
		set_pins(ch, e->opcode == 0x82, e->arguments[0], e->arguments[1]);
		break;
	case 0x81:
	case 0x83:
		if (!mock_ft232h__push(&ch->in, get_pins(e, e->opcode == 0x83)))
			return false;
		break;
	case 0x8e:
		spend(ch, (e->arguments[0] & 7u) + UINT64_C(1));
		break;
	case 0x8f:
		spend(ch,
		      8 * (UINT64_C(1) + e->arguments[0] + (unsigned)e->arguments[1] * 256));
		break;
	default:
		set_mode(e);
		break;
	}
	e->state = STATE_COMMAND;
	return true;
}

static bool bad_command(struct channel *ch)
{
	if (!has_room(ch, 2))
		return false;
	mock_ft232h__push(&ch->in, BAD_COMMAND);
	mock_ft232h__push(&ch->in, ch->engine.opcode);
	ch->engine.state = STATE_COMMAND;
	return true;
}

static bool begin_command(struct channel *ch)
{
	struct mpsse_engine *e = &ch->engine;

	if (!mock_ft232h__pop(&ch->out, &e->opcode))
		return false;
	ch->n_commands++;
	e->free_ns += MOCK_FT232H_GAP_NS;
	e->n_arguments = 0;
	if (is_shift(e->opcode)) {
		bool bits = (e->opcode & SHIFT_BITS) != 0;
		bool data = (e->opcode & (SHIFT_WRITE | SHIFT_TMS)) != 0;

		e->want_arguments = bits && !data ? 1 : 2;
	} else {
		e->want_arguments = arguments_of(e->opcode);
	}
	if ((e->opcode & 0x80) == 0 && !is_shift(e->opcode))
		return true;
	e->state = STATE_ARGUMENTS;
	return true;
}

static bool go_on(struct channel *ch)
{
	struct mpsse_engine *e = &ch->engine;

	if (e->want_arguments == 0xff)
		return bad_command(ch);
	if (e->n_arguments < e->want_arguments) {
		if (!mock_ft232h__pop(&ch->out, &e->arguments[e->n_arguments]))
			return false;
		e->n_arguments++;
		return true;
	}
	if (!is_shift(e->opcode))
		return execute(ch);
	if ((e->opcode & (SHIFT_BITS | SHIFT_TMS)) != 0)
		return shift_bits(ch);
	e->shift_left = UINT32_C(1) + e->arguments[0] + ((uint32_t)e->arguments[1] << 8);
	e->state = STATE_SHIFT;
	return true;
}

static bool step(struct channel *ch)
{
	switch (ch->engine.state) {
	case STATE_COMMAND:
		return begin_command(ch);
	case STATE_ARGUMENTS:
		return go_on(ch);
	case STATE_SHIFT:
		return begin_byte(ch);
	case STATE_BYTE:
		return end_byte(ch);
	}
	return false;
}

void mock_ft232h__mpsse_run(struct channel *ch, uint64_t now_ns)
{
	while (ch->engine.free_ns <= now_ns)
		if (!step(ch)) {
			ch->engine.free_ns = now_ns;
			return;
		}
}

bool mock_ft232h__mpsse_blocked(const struct channel *ch)
{
	const struct mpsse_engine *e = &ch->engine;
	bool wants_input = e->state == STATE_COMMAND ||
			   (e->state == STATE_ARGUMENTS && e->n_arguments < e->want_arguments &&
			    e->want_arguments != 0xff) ||
			   (e->state == STATE_SHIFT && (e->opcode & SHIFT_WRITE) != 0);

	return (wants_input && ch->out.n == 0) || !has_room(ch, 2);
}
