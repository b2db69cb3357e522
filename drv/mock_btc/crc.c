/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_btc/crc.h"

#include <endian.h>
#include <stdbool.h>
#include <string.h>

#define SLICES 16u
#define POLY10 0x233u      /* x^9 + x^5 + x^4 + x + 1: x^10 is implied */
#define POLY32 0xedb88320u /* reflected */

/* [i][b]: what byte b with i bytes behind it adds to the remainder of a group. */
static uint16_t slice10[SLICES][256];
/* A remainder with a group, or one byte, behind it. */
static uint16_t shift10_group[1024], shift10_8[1024];
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
		shift10_group[r] = (uint16_t)times_x_to(r, 8 * SLICES);
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

static uint64_t eight(const uint8_t *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof(word));
	return le64toh(word);
}

#define BYTE(word, i) ((word) >> 8 * (i)&0xff)

/* What eight bytes add that have @behind bytes behind them. */
static inline uint32_t add10(uint64_t word, unsigned behind)
{
	uint16_t(*t)[256] = slice10 + behind;

	return (uint32_t)(t[7][BYTE(word, 0)] ^ t[6][BYTE(word, 1)] ^ t[5][BYTE(word, 2)] ^
			  t[4][BYTE(word, 3)] ^ t[3][BYTE(word, 4)] ^ t[2][BYTE(word, 5)] ^
			  t[1][BYTE(word, 6)] ^ t[0][BYTE(word, 7)]);
}

static inline uint32_t add32(uint64_t word, unsigned behind)
{
	uint32_t(*t)[256] = slice32 + behind;

	return t[7][BYTE(word, 0)] ^ t[6][BYTE(word, 1)] ^ t[5][BYTE(word, 2)] ^
	       t[4][BYTE(word, 3)] ^ t[3][BYTE(word, 4)] ^ t[2][BYTE(word, 5)] ^
	       t[1][BYTE(word, 6)] ^ t[0][BYTE(word, 7)];
}

uint32_t mb_crc10(const uint8_t *bytes, size_t n)
{
	uint32_t rem = 0;

	for (; n >= SLICES; n -= SLICES, bytes += SLICES)
		rem = shift10_group[rem] ^ add10(eight(bytes), 8) ^ add10(eight(bytes + 8), 0);
	for (; n > 0; n--)
		rem = (uint32_t)shift10_8[rem] ^ *bytes++;
	return rem;
}

uint32_t mb_crc32(const uint8_t *bytes, size_t n)
{
	uint32_t crc = UINT32_MAX;

	for (; n >= SLICES; n -= SLICES, bytes += SLICES)
		crc = add32(eight(bytes) ^ crc, 8) ^ add32(eight(bytes + 8), 0);
	if (n >= 8) {
		crc = add32(eight(bytes) ^ crc, 0);
		n -= 8;
		bytes += 8;
	}
	for (; n > 0; n--)
		crc = slice32[0][(crc ^ *bytes++) & 0xff] ^ crc >> 8;
	return ~crc;
}
