/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The checks of cells and messages, by tables. */
#ifndef DRV_MOCK_BTC_CRC_H
#define DRV_MOCK_BTC_CRC_H

#include <stddef.h>
#include <stdint.h>

/* Before the first of the others; again does nothing. */
void mb_crc_init(void);

/*
 * The remainder of @n bytes, first bit first, divided by x^10 + x^9 + x^5 + x^4 + x + 1: ITU-T
 * I.363.3's check of a SAR-PDU whose last ten bits are 0, and 0 for a correct one.
 */
uint32_t mb_crc10(const uint8_t *bytes, size_t n);

/* CRC-32 of IEEE 802.3, reflected, as a frame's FCS. */
uint32_t mb_crc32(const uint8_t *bytes, size_t n);

#endif
