/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SFP modules: what SFF-8472 wants in their two memories, with names, numbers and readings of our
 * own.  Values in A2h are in the units of SFF-8472 section 9: 1/256 degree, 100 uV, 2 uA, 0.1 uW.
 */
#include <string.h>

#include "drv/mock_twi.h"

const char *const mock_sfp_names[] = { "10gbase-sr", "10gbase-cr", "1000base-sx", "1000base-lx",
				       NULL };

struct module {
	const char *part, *serial;
	uint8_t connector;
	uint8_t byte3, byte6, byte8; /* compliance codes */
	uint8_t rate;                /* in 100 Mb/s */
	uint8_t encoding;
	uint8_t lengths[6];  /* bytes 14 to 19 */
	uint16_t wavelength; /* nm; of cables: their own compliance */
	uint8_t monitoring;  /* byte 92 */
	uint16_t now[5];     /* temperature, voltage, bias, transmitted, received */
};

#define MONITORS    0x40u
#define IS_INTERNAL 0x20u
#define IS_EXTERNAL 0x10u
#define IS_AVERAGE  0x08u

static const struct module modules[] = {
	{ "SB-10G-SR",
	  "SR0000000001",
	  0x07,
	  0x10,
	  0,
	  0,
	  103,
	  6,
	  { 0, 0, 8, 2, 40, 30 },
	  850,
	  MONITORS | IS_INTERNAL | IS_AVERAGE,
	  { 0x1f40, 33012, 3100, 5623, 4898 } },
	{ "SB-10G-CR-1M",
	  "CR0000000002",
	  0x21,
	  0,
	  0,
	  0x04,
	  103,
	  6,
	  { 0, 0, 0, 0, 1, 0 },
	  0x0100,
	  0,
	  { 0 } },
	{ "SB-1G-SX",
	  "SX0000000003",
	  0x07,
	  0,
	  0x01,
	  0,
	  13,
	  1,
	  { 0, 0, 55, 27, 0, 0 },
	  850,
	  MONITORS | IS_INTERNAL | IS_AVERAGE,
	  { 0x2080, 33200, 2500, 2512, 0 } },
	{ "SB-1G-LX",
	  "LX0000000004",
	  0x07,
	  0,
	  0x02,
	  0,
	  13,
	  1,
	  { 10, 100, 55, 55, 0, 0 },
	  1310,
	  MONITORS | IS_EXTERNAL | IS_AVERAGE,
	  { 0x1e00, 32900, 3000, 2000, 1500 } },
};

/* High alarm, low alarm, high warning, low warning, of the five quantities in the same order. */
static const uint16_t thresholds[20] = {
	0x4b00, 0xfb00, 0x4600, 0x0000, 36300, 29700, 34650, 31350, 6000, 1000,
	5000,   1500,   7943,   1585,   6310,  1995,  7943,  501,   6310, 1000,
};

static void put_text(uint8_t *at, size_t width, const char *text)
{
	size_t len = strlen(text);

	memset(at, ' ', width);
	memcpy(at, text, len < width ? len : width);
}

static void put_16(uint8_t *at, uint16_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

static uint8_t sum(const uint8_t *bytes, size_t n)
{
	uint8_t total = 0;

	for (size_t i = 0; i < n; i++)
		total = (uint8_t)(total + bytes[i]);
	return total;
}

static void fill_a0(const struct module *module, uint8_t a0[256])
{
	static const uint8_t oui[3] = { 0x02, 0x00, 0x00 };

	memset(a0, 0, 256);
	a0[0] = 3;
	a0[1] = 4;
	a0[2] = module->connector;
	a0[3] = module->byte3;
	a0[6] = module->byte6;
	a0[8] = module->byte8;
	a0[11] = module->encoding;
	a0[12] = module->rate;
	memcpy(a0 + 14, module->lengths, sizeof(module->lengths));
	put_text(a0 + 20, 16, "SWITCHBLADE");
	memcpy(a0 + 37, oui, sizeof(oui));
	put_text(a0 + 40, 16, module->part);
	put_text(a0 + 56, 4, "A");
	put_16(a0 + 60, module->wavelength);
	a0[63] = sum(a0, 63);
	put_text(a0 + 68, 16, module->serial);
	put_text(a0 + 84, 8, "260101");
	a0[92] = module->monitoring;
	a0[94] = module->monitoring != 0 ? 5 : 0;
	a0[95] = sum(a0 + 64, 31);
}

/* Constants that change nothing, but for a received power of half the reading and a cooler chip. */
static void fill_calibration(const struct module *module, uint8_t a2[256])
{
	static const uint8_t half[4] = { 0x3f, 0x00, 0x00, 0x00 }; /* 0.5 in IEEE 754 */
	static const uint8_t one[4] = { 0x3f, 0x80, 0x00, 0x00 };

	memcpy(a2 + 68, (module->monitoring & IS_EXTERNAL) != 0 ? half : one, 4);
	for (size_t at = 76; at < 92; at += 4)
		put_16(a2 + at, 0x0100);
	if ((module->monitoring & IS_EXTERNAL) != 0)
		put_16(a2 + 86, 0xff00);
}

static void fill_a2(const struct module *module, uint8_t a2[256])
{
	memset(a2, 0, 256);
	for (size_t i = 0; i < 20; i++)
		put_16(a2 + 2 * i, thresholds[i]);
	fill_calibration(module, a2);
	a2[95] = sum(a2, 95);
	for (size_t i = 0; i < 5; i++)
		put_16(a2 + 96 + 2 * i, module->now[i]);
	if (module->now[4] ==
	    0) { /* nothing is received: loss of signal, low alarm and warning */
		a2[110] = 0x02;
		a2[113] = 0x40;
		a2[117] = 0x40;
	}
}

int mock_sfp_plug(struct world *world, const char *device, const struct mock_twi_place *place,
		  unsigned module, struct error *err)
{
	uint8_t bytes[256];
	int rc;

	fill_a0(&modules[module], bytes);
	rc = mock_twi_plug(world, device, place, 0x50, bytes, err);
	if (rc != 0 || modules[module].monitoring == 0)
		return rc;
	fill_a2(&modules[module], bytes);
	return mock_twi_plug(world, device, place, 0x51, bytes, err);
}
