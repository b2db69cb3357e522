/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/mcb.h"

#include <assert.h>

#define SHOT_LOAD  (UINT32_C(1) << 30) /* *_RD_ONE_SHOT */
#define SHOT_STORE (UINT32_C(1) << 31) /* *_WR_ONE_SHOT */

static const struct window {
	uint64_t addr_cfg;
	uint64_t first, last; /* of the registers that a load fills */
	uint32_t n_macros;
} windows[] = {
	[MCB_SERDES1G] = { VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG,
			   VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_DES_CFG,
			   VSC7448_HSIO_SERDES1G_DIG_STATUS_SERDES1G_MISC_STATUS,
			   MCB_N_SERDES1G },
	[MCB_SERDES6G] = { VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG,
			   VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DIG_CFG,
			   VSC7448_HSIO_SERDES6G_ANA_STATUS_SERDES6G_REVID, MCB_N_SERDES6G },
};

static void transfer(struct regio *io, const struct window *w, uint32_t macros, uint32_t shot)
{
	assert(macros != 0 && macros >> w->n_macros == 0);
	regio_write(io, w->addr_cfg, macros | shot);
	regio_wait(io, &(struct regio_wait){ .addr = w->addr_cfg,
					     .mask = shot,
					     .timeout_us = MCB_TIMEOUT_US,
					     .every_us = 10 });
}

void vsc7448__mcb_load(struct regio *io, enum mcb_kind kind, uint32_t macros)
{
	transfer(io, &windows[kind], macros, SHOT_LOAD);
	regio_reread(io, windows[kind].first, windows[kind].last);
}

void vsc7448__mcb_store(struct regio *io, enum mcb_kind kind, uint32_t macros)
{
	transfer(io, &windows[kind], macros, SHOT_STORE);
}
