/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_btc/crc.h"

#include <stdbool.h>

#define SLICES 8u
#define POLY10 0x233u      /* x^9 + x^5 + x^4 + x + 1: x^10 is implied */
#define POLY32 0xedb88320u /* reflected */

/* [i][b]: what byte b with i bytes behind it adds to the remainder of a group of eight. */
static uint16_t slice10[SLICES][256];
/* A remainder with a group of eight, or one byte, behind it. */
static uint16_t shift10_64[1024], shift10_8[1024];
static uint32_t slice32[SLICES][256];

static uint32_t times_x(uint32_t rem)
{
	return (rem << 1 & 0x3ff) ^ ((rem & 0x200) != 0 ? POLY10 : 0);
}

static uint32_t times_x_to(uint32_t rem, unsigned n)
{
	while (n-- > 0)
		rem = times_x(rem);
	return rem;
}

static uint32_t step32(uint32_t crc)
{
	for (unsigned bit = 0; bit < 8; bit++)
		crc = crc >> 1 ^ ((crc & 1) != 0 ? POLY32 : 0);
	return crc;
}

void mb_crc_init(void)
{
	static bool done;

	if (done)
		return;
	done = true;
	for (uint32_t r = 0; r < 1024; r++) {
		shift10_8[r] = (uint16_t)times_x_to(r, 8);
		shift10_64[r] = (uint16_t)times_x_to(r, 64);
	}
	for (uint32_t b = 0; b < 256; b++)
		slice32[0][b] = step32(b);
	for (unsigned i = 0; i < SLICES; i++)
		for (uint32_t b = 0; b < 256; b++) {
			slice10[i][b] = (uint16_t)times_x_to(b, 8 * i);
			if (i > 0)
				slice32[i][b] = slice32[0][slice32[i - 1][b] & 0xff] ^
						slice32[i - 1][b] >> 8;
		}
}

uint32_t mb_crc10(const uint8_t *bytes, size_t n)
{
	uint32_t rem = 0;

	for (; n >= SLICES; n -= SLICES, bytes += SLICES)
		rem = (uint32_t)(shift10_64[rem] ^ slice10[7][bytes[0]] ^ slice10[6][bytes[1]] ^
				 slice10[5][bytes[2]] ^ slice10[4][bytes[3]] ^
				 slice10[3][bytes[4]] ^ slice10[2][bytes[5]] ^
				 slice10[1][bytes[6]] ^ slice10[0][bytes[7]]);
	for (; n > 0; n--)
		rem = (uint32_t)shift10_8[rem] ^ *bytes++;
	return rem;
}

uint32_t mb_crc32(const uint8_t *bytes, size_t n)
{
	uint32_t crc = UINT32_MAX;

	for (; n >= SLICES; n -= SLICES, bytes += SLICES) {
		uint32_t low = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 |
			       (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;

		low ^= crc;
		crc = slice32[7][low & 0xff] ^ slice32[6][low >> 8 & 0xff] ^
		      slice32[5][low >> 16 & 0xff] ^ slice32[4][low >> 24] ^
		      slice32[3][bytes[4]] ^ slice32[2][bytes[5]] ^ slice32[1][bytes[6]] ^
		      slice32[0][bytes[7]];
	}
	for (; n > 0; n--)
		crc = slice32[0][(crc ^ *bytes++) & 0xff] ^ crc >> 8;
	return ~crc;
}
