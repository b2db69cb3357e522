/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The SerDes macros of the model: what other parts ask about them. */
#ifndef DRV_MOCK_VSC7448_SERDES_H
#define DRV_MOCK_VSC7448_SERDES_H

#include "drv/mock_vsc7448/model.h"

enum mv_macro_kind { MV_SERDES1G, MV_SERDES6G };

/* A configuration register of one macro (addr: its address in the window), as last stored. */
uint32_t mv_macro_get(struct mock_vsc7448 *m, enum mv_macro_kind kind, uint32_t macro,
		      uint64_t addr);

/* The macro that the window shows: the last one loaded; ~0: none yet. */
uint32_t mv_macro_shown(struct mock_vsc7448 *m, enum mv_macro_kind kind);

/* First SERDES6G macro of 10G port @port in XAUI or RXAUI; it has four in a row (ports.csv). */
uint32_t mv_first_serdes6g(uint32_t port);

/* Is @port (below 53) one of four on a macro in QSGMII, by HW_CFG? */
bool mv_is_qsgmii(const struct mock_vsc7448 *m, uint32_t port);

/* HW_CFG.DEV10G_i_MODE of 10G port @port: SFI, XAUI, RXAUI, or 3: the 2.5G device. */
uint32_t mv_hw_10g(const struct mock_vsc7448 *m, uint32_t port);

/*
 * Is the 10G macro @nr (0 to 3) able to send, to receive: its PLL has locked, and the receiver's
 * offsets are calibrated?
 */
bool mv_sd10g65_sends(struct mock_vsc7448 *m, uint32_t nr);
bool mv_sd10g65_receives(struct mock_vsc7448 *m, uint32_t nr);

#endif
