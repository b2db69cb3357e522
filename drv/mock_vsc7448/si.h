/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The serial interface of the model at its pins: chip select edges and bytes, SPI mode 0, as
 * drv/si.h describes the frames.  The interface has an IF_CTRL and IF_CFGSTAT of its own, with the
 * reset values that the register text gives for SI: big endian, no padding.  IF_CTRL decides the
 * order of the data bytes and their bits; the header is always most significant bit first.
 *
 * Only the switch core answers.  A read whose data is due before it is ready gives 0x88888888 and
 * sets IF_STAT, though the register was read: one byte of padding is good to 6.5 MHz, each
 * further one to 6.5 MHz more; without padding half a bit time is left, good to 406 kHz (the
 * model's own reckoning).  A frame that ends early is dropped; bytes behind a frame's end do
 * nothing; what is not driven reads 0xff.
 */
#ifndef DRV_MOCK_VSC7448_SI_H
#define DRV_MOCK_VSC7448_SI_H

#include "drv/mock_vsc7448/model.h"

/* The frequency of the pins' clock, which decides what is too fast.  Default 5 MHz. */
void mv_si_set_clock(struct mock_vsc7448 *m, uint32_t clock_hz);

/* An edge of the chip select; true is selected. */
void mv_si_select(struct mock_vsc7448 *m, bool selected);

/* Eight clocks: takes a byte from the controller, gives the one of the chip. */
uint8_t mv_si_byte(struct mock_vsc7448 *m, uint8_t out);

/*
 * The first register access since the last call that the mock refused (mock:,strict; a test's
 * fault), which the pins cannot tell: its code and text; 0: none.
 */
int mv_si_failure(struct mock_vsc7448 *m, struct error *err);

#endif
