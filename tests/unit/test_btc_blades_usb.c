/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tests of test_btc_blades.c with the BTC behind the model of an FT232H: over USB and SPI. */
#define BTC_URI "mock:,usb"
#include "tests/lib/btc_over_usb.h"

#include "tests/unit/test_btc_blades.c"
