/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bit strings in 32-bit words, lowest bit first: keys and actions of TCAMs. */
#ifndef DRV_BITS_H
#define DRV_BITS_H

#include <stdint.h>

/* @width bits (at most 64) from bit @lsb. */
static inline uint64_t bits_get(const uint32_t *words, unsigned lsb, unsigned width)
{
	uint64_t value = 0;

	for (unsigned done = 0; done < width && done < 64;) {
		unsigned shift = (lsb + done) % 32, n = 32 - shift;

		if (n > width - done)
			n = width - done;
		value |= (uint64_t)(words[(lsb + done) / 32] >> shift &
				    (uint32_t)((UINT64_C(1) << n) - 1))
			 << done;
		done += n;
	}
	return value;
}

/* Replaces @width bits (at most 64) from bit @lsb by the low bits of @value. */
static inline void bits_put(uint32_t *words, unsigned lsb, unsigned width, uint64_t value)
{
	for (unsigned done = 0; done < width && done < 64;) {
		unsigned shift = (lsb + done) % 32, n = 32 - shift;
		uint32_t mask;

		if (n > width - done)
			n = width - done;
		mask = (uint32_t)((UINT64_C(1) << n) - 1) << shift;
		words[(lsb + done) / 32] = (words[(lsb + done) / 32] & ~mask) |
					   ((uint32_t)(value >> done) << shift & mask);
		done += n;
	}
}

#endif
