/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is different for the tests of the BTC's driver when accesses go over USB (btc_group.h). */
#ifndef TESTS_LIB_BTC_OVER_USB_H
#define TESTS_LIB_BTC_OVER_USB_H

#define BTC_OVER "_usb"
#define BTC_SLACK_US                                                                           \
	12000 /* a transfer takes some hundred microseconds, 400 words some thousand */
#define BTC_PACKS true

#endif
