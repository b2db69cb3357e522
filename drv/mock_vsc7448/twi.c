/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two-wire controllers as masters: commands go out at 100 kbit/s, nine bits each and nine more
 * for the address behind a start; when the FIFO runs empty the controller sends a stop.  Memories
 * answer that the world has behind a clock pin that is on.  Received bytes appear when they have
 * passed.
 */
#include <stdlib.h>

#include "drv/mock_twi.h"
#include "drv/mock_vsc7448/gpio.h"
#include "drv/mock_vsc7448/model.h"

#define SECOND      (VSC7448_TWI2_TWI_CFG - VSC7448_TWI_TWI_CFG)
#define TWI(reg, i) (VSC7448_TWI_TWI_##reg + (uint64_t)(i)*SECOND)
#define DEPTH       8u
#define BYTE_US     90u
#define TX_ABRT     0x40u
#define NO_ACK      1u

struct bus {
	uint64_t free_us; /* when all commands so far are through */
	bool reading;     /* what the address byte said */
	bool stopped;     /* the next command starts with an address */
	uint32_t abort;   /* TX_ABRT_SOURCE; commands are ignored */
	uint64_t abort_us;
	struct {
		uint8_t byte;
		uint64_t ready_us;
	} in[DEPTH];
	uint32_t n_in;
};

struct mv_twi {
	struct bus bus[2];
};

static unsigned index_of(uint64_t addr)
{
	return addr >= TWI(CFG, 1);
}

static uint64_t now_us(const struct mock_vsc7448 *m)
{
	return clock_now_us(m->clock);
}

/* Calls @touch for each memory of the target address whose clock is on; how many there are. */
static unsigned each_memory(struct mock_vsc7448 *m, unsigned i,
			    void (*touch)(struct mock_twi_memory *memory, uint8_t *byte),
			    uint8_t *byte)
{
	uint32_t address = mock_hw_get(m->mock, TWI(TAR, i)) & 0x7f;
	uint32_t plain = i == 0 ? 14 : 28;
	unsigned n = 0;

	if (mv_gpio_alternate(m, plain + 1) != 1)
		return 0; /* no data line */
	for (uint32_t pin = 0; pin <= 64; pin++) {
		struct mock_twi_place place = { i, pin < 64 ? pin : MOCK_TWI_PLAIN_SCL };
		struct mock_twi_memory *memory =
			mock_twi_at(m->world, mock_name(m->mock), &place, address);
		bool on = pin < 64 ? mv_gpio_alternate(m, pin) == 2
				   : mv_gpio_alternate(m, plain) == 1;

		if (memory == NULL || !on)
			continue;
		touch(memory, byte);
		n++;
	}
	return n;
}

static void nothing(struct mock_twi_memory *memory, uint8_t *byte)
{
	(void)memory;
	(void)byte;
}

static void set_pointer(struct mock_twi_memory *memory, uint8_t *byte)
{
	memory->pointer = *byte;
}

/* Several drive the line at once: a 0 wins. */
static void get_byte(struct mock_twi_memory *memory, uint8_t *byte)
{
	*byte &= memory->bytes[memory->pointer++];
}

static void give_up(struct mock_vsc7448 *m, struct bus *bus)
{
	bus->abort = NO_ACK;
	bus->abort_us = bus->free_us;
	bus->stopped = true;
	(void)m;
}

static int write_data(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	unsigned i = index_of(addr);
	struct bus *bus = &m->twi->bus[i];
	bool reads = (value & 0x100) != 0;
	uint8_t byte = reads ? 0xff : (uint8_t)value;

	if ((mock_hw_get(m->mock, TWI(CTRL, i)) & 1) == 0 || bus->abort != 0)
		return 0;
	if (now_us(m) >= bus->free_us) {
		bus->free_us = now_us(m);
		bus->stopped = true;
	}
	if (bus->stopped || reads != bus->reading)
		bus->free_us += BYTE_US;
	bus->stopped = false;
	bus->reading = reads;
	bus->free_us += BYTE_US;
	if (each_memory(m, i, nothing, NULL) == 0) {
		give_up(m, bus);
		return 0;
	}
	each_memory(m, i, reads ? get_byte : set_pointer, &byte);
	if (reads && bus->n_in < DEPTH) {
		bus->in[bus->n_in].byte = byte;
		bus->in[bus->n_in++].ready_us = bus->free_us;
	}
	return 0;
}

static uint32_t n_ready(const struct mock_vsc7448 *m, const struct bus *bus)
{
	uint32_t n = 0;

	while (n < bus->n_in && bus->in[n].ready_us <= now_us(m))
		n++;
	return n;
}

static int read_data(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	struct bus *bus = &m->twi->bus[index_of(addr)];

	*value = 0;
	if (n_ready(m, bus) == 0)
		return 0;
	*value = bus->in[0].byte;
	for (uint32_t k = 1; k < bus->n_in; k++)
		bus->in[k - 1] = bus->in[k];
	bus->n_in--;
	return 0;
}

static int read_rxflr(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	*value = n_ready(m, &m->twi->bus[index_of(addr)]) & 7;
	return 0;
}

static bool has_aborted(const struct mock_vsc7448 *m, const struct bus *bus)
{
	return bus->abort != 0 && now_us(m) >= bus->abort_us;
}

static int read_raw(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	if (has_aborted(m, &m->twi->bus[index_of(addr)]))
		*value |= TX_ABRT;
	return 0;
}

static int read_source(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	const struct bus *bus = &m->twi->bus[index_of(addr)];

	*value = has_aborted(m, bus) ? bus->abort : 0;
	return 0;
}

static int read_clear(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	struct bus *bus = &m->twi->bus[index_of(addr)];

	*value = has_aborted(m, bus);
	if (has_aborted(m, bus))
		bus->abort = 0;
	return 0;
}

static int read_busy(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	*value = now_us(m) < m->twi->bus[index_of(addr)].free_us;
	return 0;
}

/* Disabled: the FIFOs are empty. */
static int write_ctrl(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	struct bus *bus = &m->twi->bus[index_of(addr)];

	if ((value & 1) == 0) {
		bus->n_in = 0;
		bus->abort = 0;
		bus->stopped = true;
	}
	return 0;
}

static void reset(struct mock_vsc7448 *m)
{
	*m->twi = (struct mv_twi){ 0 };
}

static int init(struct mock_vsc7448 *m)
{
	m->twi = calloc(1, sizeof(*m->twi));
	return m->twi == NULL ? E_NOMEM : 0;
}

static void fini(struct mock_vsc7448 *m)
{
	free(m->twi);
}

#define ONE(reg, i, read, write)                                                               \
	{                                                                                      \
		TWI(reg, i), TWI(reg, i), read, write                                          \
	}
#define CONTROLLER(i)                                                                          \
	ONE(DATA_CMD, i, read_data, write_data), ONE(RAW_INTR_STAT, i, read_raw, NULL),        \
		ONE(CLR_TX_ABRT, i, read_clear, NULL), ONE(CTRL, i, NULL, write_ctrl),         \
		ONE(RXFLR, i, read_rxflr, NULL), ONE(TX_ABRT_SOURCE, i, read_source, NULL),    \
		ONE(ENABLE_STATUS, i, read_busy, NULL)

static const struct mv_range ranges[] = { CONTROLLER(0), CONTROLLER(1) };

const struct mv_part mv_part_twi = {
	.name = "twi",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = init,
	.fini = fini,
	.reset = reset,
};
