/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/link_status.h"

#include <stdlib.h>
#include <string.h>

#include "hal/vsc7448/link_status_priv.h"
#include "hal/vsc7448/port_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define BIT(reg, field)        ((uint32_t)reg_field_mask(VSC7448_##reg##__##field))
#define GET(value, reg, field) ((uint32_t)reg_field_get(value, VSC7448_##reg##__##field))

/* --- what is read of a port ---------------------------------------------------------------- */

/* The devices of a port, each with registers of its own. */
enum kind { KIND_NONE, KIND_PCS1G, KIND_FX100, KIND_XAUI, KIND_2X6G, KIND_R };

#define DEV1G(reg)     VSC7448_DEV1G_##reg(0)
#define DEV10G(reg)    VSC7448_DEV10G_##reg(0)
#define PCS10G_BR(reg) VSC7448_PCS10G_BR_##reg(0)

/* Numbers of the registers in the lists below. */
enum { PCS1G_STATUS, PCS1G_ANEG, PCS1G_EVENTS, PCS1G_DOWNS, PCS1G_DEV, PCS1G_MAC, N_PCS1G };
enum { FX100_STATUS, FX100_DEV, FX100_MAC, N_FX100 };
enum { XAUI_STATUS, XAUI_ERRORS, XAUI_MONITOR, XAUI_DEV, XAUI_MAC, XAUI_COUNT, N_XAUI };
enum {
	R_STATUS,
	R_EVENTS,
	R_MONITOR,
	R_DEV,
	R_MAC,
	R_SIGNAL,
	R_SHELL,
	R_ERRORS,
	R_CORRECTED,
	R_UNCORRECTED,
	R_FEC,
	R_AN_SM,
	R_PAGE_0,
	R_PAGE_1,
	R_PAGE_2,
	N_R
};
#define MOST    N_R
#define MONITOR XAUI_MONITOR /* of all 10G kinds */
_Static_assert(R_MONITOR == (int)XAUI_MONITOR, "one number");

/* Addresses of port 0's device, or of the first 10G port. */
static const uint64_t regs_pcs1g[N_PCS1G] = {
	[PCS1G_STATUS] = DEV1G(PCS1G_CFG_STATUS_PCS1G_LINK_STATUS),
	[PCS1G_ANEG] = DEV1G(PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS),
	[PCS1G_EVENTS] = DEV1G(PCS1G_CFG_STATUS_PCS1G_STICKY),
	[PCS1G_DOWNS] = DEV1G(PCS1G_CFG_STATUS_PCS1G_LINK_DOWN_CNT),
	[PCS1G_DEV] = DEV1G(DEV_CFG_STATUS_DEV_STICKY),
	[PCS1G_MAC] = DEV1G(MAC_CFG_STATUS_MAC_STICKY),
};
static const uint64_t regs_fx100[N_FX100] = {
	[FX100_STATUS] = DEV1G(PCS_FX100_STATUS_PCS_FX100_STATUS),
	[FX100_DEV] = DEV1G(DEV_CFG_STATUS_DEV_STICKY),
	[FX100_MAC] = DEV1G(MAC_CFG_STATUS_MAC_STICKY),
};
static const uint64_t regs_xaui[N_XAUI] = {
	[XAUI_STATUS] = DEV10G(PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS),
	[XAUI_ERRORS] = DEV10G(PCS_XAUI_STATUS_PCS_XAUI_RX_ERROR_STATUS),
	[XAUI_MONITOR] = DEV10G(MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY),
	[XAUI_DEV] = DEV10G(DEV_CFG_STATUS_DEV_STICKY),
	[XAUI_MAC] = DEV10G(MAC_CFG_STATUS_MAC_STICKY),
	[XAUI_COUNT] = DEV10G(PCS_XAUI_STATUS_PCS_XAUI_RX_FIFO_CG_ERR_L3_CNT_STATUS),
};
/* As XAUI's, number by number. */
static const uint64_t regs_2x6g[N_XAUI] = {
	[XAUI_STATUS] = DEV10G(PCS2X6G_STATUS_PCS2X6G_STATUS),
	[XAUI_ERRORS] = DEV10G(PCS2X6G_STATUS_PCS2X6G_ERR_STATUS),
	[XAUI_MONITOR] = DEV10G(MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY),
	[XAUI_DEV] = DEV10G(DEV_CFG_STATUS_DEV_STICKY),
	[XAUI_MAC] = DEV10G(MAC_CFG_STATUS_MAC_STICKY),
	[XAUI_COUNT] = DEV10G(PCS2X6G_STATUS_PCS2X6G_ERR_CNT_STAT),
};
static const uint64_t regs_r[N_R] = {
	[R_STATUS] = PCS10G_BR(PCS_10GBR_STATUS_PCS_STATUS),
	[R_EVENTS] = PCS10G_BR(PCS_10GBR_STATUS_PCS_INTR_STAT),
	[R_MONITOR] = DEV10G(MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY),
	[R_DEV] = DEV10G(DEV_CFG_STATUS_DEV_STICKY),
	[R_MAC] = DEV10G(MAC_CFG_STATUS_MAC_STICKY),
	[R_SIGNAL] = VSC7448_XGXFI_XFI_CONTROL_HSS_STATUS(0),
	[R_SHELL] = VSC7448_XGXFI_XFI_CONTROL_HSS_STICKY(0),
	[R_ERRORS] = PCS10G_BR(PCS_10GBR_HA_STATUS_RX_ERRBLK_CNT),
	[R_CORRECTED] = PCS10G_BR(KR_FEC_HA_STATUS_KR_FEC_CORRECTED),
	[R_UNCORRECTED] = PCS10G_BR(KR_FEC_HA_STATUS_KR_FEC_UNCORRECTED),
	[R_FEC] = PCS10G_BR(KR_FEC_STATUS_KR_FEC_STICKY),
	[R_AN_SM] = VSC7448_XGKR1_AN_SM_AN_SM(0),
	[R_PAGE_0] = VSC7448_XGKR1_LP_BASE_PAGE_0_KR_7X0013(0),
	[R_PAGE_1] = VSC7448_XGKR1_LP_BASE_PAGE_1_KR_7X0014(0),
	[R_PAGE_2] = VSC7448_XGKR1_LP_BASE_PAGE_2_KR_7X0015(0),
};

static const struct {
	const uint64_t *regs;
	size_t n;
} lists[] = {
	[KIND_NONE] = { NULL, 0 },
	[KIND_PCS1G] = { regs_pcs1g, N_PCS1G },
	[KIND_FX100] = { regs_fx100, N_FX100 },
	[KIND_XAUI] = { regs_xaui, N_XAUI },
	[KIND_2X6G] = { regs_2x6g, N_XAUI },
	[KIND_R] = { regs_r, N_R },
};

/* What latches where. */
static const struct latch {
	enum kind kind;
	unsigned reg;
	struct reg_field field;
	enum vsc7448_link_event event;
} latches[] = {
	{ KIND_PCS1G, PCS1G_EVENTS,
	  VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_STICKY__LINK_DOWN_STICKY, VSC7448_LINK_DOWN },
	{ KIND_PCS1G, PCS1G_EVENTS,
	  VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_STICKY__OUT_OF_SYNC_STICKY,
	  VSC7448_LINK_SYNC_LOST },
	{ KIND_PCS1G, PCS1G_ANEG,
	  VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS__PAGE_RX_STICKY, VSC7448_LINK_PAGE },
	{ KIND_PCS1G, PCS1G_DEV, VSC7448_DEV1G_DEV_CFG_STATUS_DEV_STICKY__SD_STICKY,
	  VSC7448_LINK_SIGNAL_LOST },
	{ KIND_PCS1G, PCS1G_DEV, VSC7448_DEV1G_DEV_CFG_STATUS_DEV_STICKY__RX_OFLW_STICKY,
	  VSC7448_LINK_FIFO },
	{ KIND_PCS1G, PCS1G_DEV, VSC7448_DEV1G_DEV_CFG_STATUS_DEV_STICKY__TX_OFLW_STICKY,
	  VSC7448_LINK_FIFO },
	{ KIND_PCS1G, PCS1G_DEV, VSC7448_DEV1G_DEV_CFG_STATUS_DEV_STICKY__TX_UFLW_STICKY,
	  VSC7448_LINK_FIFO },
	{ KIND_PCS1G, PCS1G_MAC, VSC7448_DEV1G_MAC_CFG_STATUS_MAC_STICKY__RX_IPG_SHRINK_STICKY,
	  VSC7448_LINK_GAP },
	{ KIND_PCS1G, PCS1G_MAC,
	  VSC7448_DEV1G_MAC_CFG_STATUS_MAC_STICKY__RX_PREAM_SHRINK_STICKY,
	  VSC7448_LINK_PREAMBLE },
	{ KIND_PCS1G, PCS1G_MAC, VSC7448_DEV1G_MAC_CFG_STATUS_MAC_STICKY__RX_JUNK_STICKY,
	  VSC7448_LINK_JUNK },
	{ KIND_FX100, FX100_STATUS,
	  VSC7448_DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS__SYNC_LOST_STICKY,
	  VSC7448_LINK_DOWN },
	{ KIND_FX100, FX100_STATUS,
	  VSC7448_DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS__FEF_FOUND_STICKY,
	  VSC7448_LINK_FAR_END_FAULT },
	{ KIND_FX100, FX100_STATUS,
	  VSC7448_DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS__PCS_ERROR_STICKY,
	  VSC7448_LINK_CODE_ERROR },
	{ KIND_FX100, FX100_STATUS,
	  VSC7448_DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS__SSD_ERROR_STICKY,
	  VSC7448_LINK_CODE_ERROR },
	{ KIND_FX100, FX100_DEV, VSC7448_DEV1G_DEV_CFG_STATUS_DEV_STICKY__SD_STICKY,
	  VSC7448_LINK_SIGNAL_LOST },
	{ KIND_FX100, FX100_MAC, VSC7448_DEV1G_MAC_CFG_STATUS_MAC_STICKY__RX_JUNK_STICKY,
	  VSC7448_LINK_JUNK },
	{ KIND_XAUI, XAUI_ERRORS,
	  VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_ERROR_STATUS__SYNC_LOST_STICKY,
	  VSC7448_LINK_SYNC_LOST },
	{ KIND_XAUI, XAUI_ERRORS,
	  VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_ERROR_STATUS__ALIGNMENT_LOST_STICKY,
	  VSC7448_LINK_ALIGN_LOST },
	{ KIND_XAUI, XAUI_ERRORS,
	  VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_ERROR_STATUS__C8B10B_ERR_STICKY,
	  VSC7448_LINK_CODE_ERROR },
	{ KIND_XAUI, XAUI_STATUS,
	  VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS__LOCAL_FAULT_STICKY,
	  VSC7448_LINK_DOWN },
	{ KIND_XAUI, XAUI_MONITOR,
	  VSC7448_DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY__LOCAL_ERR_STATE_STICKY,
	  VSC7448_LINK_LOCAL_FAULT },
	{ KIND_XAUI, XAUI_MONITOR,
	  VSC7448_DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY__REMOTE_ERR_STATE_STICKY,
	  VSC7448_LINK_REMOTE_FAULT },
	{ KIND_XAUI, XAUI_DEV,
	  VSC7448_DEV10G_DEV_CFG_STATUS_DEV_STICKY__RX_RESYNC_FIFO_OFLW_STICKY,
	  VSC7448_LINK_FIFO },
	{ KIND_XAUI, XAUI_MAC, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_STICKY__RX_IPG_SHRINK_STICKY,
	  VSC7448_LINK_GAP },
	{ KIND_2X6G, XAUI_ERRORS,
	  VSC7448_DEV10G_PCS2X6G_STATUS_PCS2X6G_ERR_STATUS__SYNC_LOST_STICKY,
	  VSC7448_LINK_SYNC_LOST },
	{ KIND_2X6G, XAUI_ERRORS,
	  VSC7448_DEV10G_PCS2X6G_STATUS_PCS2X6G_ERR_STATUS__ALIGNMENT_LOST_STICKY,
	  VSC7448_LINK_ALIGN_LOST },
	{ KIND_2X6G, XAUI_ERRORS,
	  VSC7448_DEV10G_PCS2X6G_STATUS_PCS2X6G_ERR_STATUS__C64B66B_ERR_STICKY,
	  VSC7448_LINK_CODE_ERROR },
	{ KIND_2X6G, XAUI_MONITOR,
	  VSC7448_DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY__LOCAL_ERR_STATE_STICKY,
	  VSC7448_LINK_LOCAL_FAULT },
	{ KIND_2X6G, XAUI_MONITOR,
	  VSC7448_DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY__REMOTE_ERR_STATE_STICKY,
	  VSC7448_LINK_REMOTE_FAULT },
	{ KIND_R, R_EVENTS,
	  VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT__LOCK_CHANGED_STICKY,
	  VSC7448_LINK_LOCK_CHANGED },
	{ KIND_R, R_EVENTS, VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT__RX_HI_BER_STICKY,
	  VSC7448_LINK_HI_BER },
	{ KIND_R, R_EVENTS,
	  VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT__C64B66B_ERR_STICKY,
	  VSC7448_LINK_CODE_ERROR },
	{ KIND_R, R_MONITOR,
	  VSC7448_DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY__LOCAL_ERR_STATE_STICKY,
	  VSC7448_LINK_LOCAL_FAULT },
	{ KIND_R, R_MONITOR,
	  VSC7448_DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY__REMOTE_ERR_STATE_STICKY,
	  VSC7448_LINK_REMOTE_FAULT },
	{ KIND_R, R_SHELL, VSC7448_XGXFI_XFI_CONTROL_HSS_STICKY__RXSIGDET_LO_STICKY,
	  VSC7448_LINK_SIGNAL_LOST },
	{ KIND_R, R_FEC, VSC7448_PCS10G_BR_KR_FEC_STATUS_KR_FEC_STICKY__FEC_FRAME_LOCK_STICKY,
	  VSC7448_LINK_FEC_LOCK },
	{ KIND_R, R_DEV, VSC7448_DEV10G_DEV_CFG_STATUS_DEV_STICKY__RX_RESYNC_FIFO_OFLW_STICKY,
	  VSC7448_LINK_FIFO },
	{ KIND_R, R_MAC, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_STICKY__RX_IPG_SHRINK_STICKY,
	  VSC7448_LINK_GAP },
};
#define N_LATCHES (sizeof(latches) / sizeof(latches[0]))

/* One port on its way through the transfers. */
struct look {
	enum kind kind;
	size_t first; /* of its values */
	struct vsc7448_link *link;
};

static enum kind kind_of(const struct vsc7448_link *link)
{
	if (!link->has_mode)
		return KIND_NONE;
	switch (link->mode) {
	case LINK_MODE_100BASE_FX:
		return KIND_FX100;
	case LINK_MODE_XAUI:
	case LINK_MODE_RXAUI:
		return link->pcs2x6g ? KIND_2X6G : KIND_XAUI;
	case LINK_MODE_10GBASE_R:
	case LINK_MODE_10GBASE_KR:
		return KIND_R;
	default:
		return KIND_PCS1G;
	}
}

static uint64_t addr_of(const struct look *look, size_t reg)
{
	const uint64_t addr = lists[look->kind].regs[reg];
	const uint32_t port = look->link->port;

	return look->kind == KIND_PCS1G || look->kind == KIND_FX100
		       ? vsc7448__dev1g_base(port) +
				 (addr - VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(0))
		       : addr + (port - 49) * UINT64_C(0x10000);
}

/* --- what the values mean ------------------------------------------------------------------ */

static void decode_pcs1g(const uint32_t *v, struct vsc7448_link *link)
{
	const uint32_t status = v[PCS1G_STATUS], aneg = v[PCS1G_ANEG];

	link->signal =
		GET(status, DEV1G_PCS1G_CFG_STATUS_PCS1G_LINK_STATUS, SIGNAL_DETECT) != 0;
	link->sync = GET(status, DEV1G_PCS1G_CFG_STATUS_PCS1G_LINK_STATUS, SYNC_STATUS) != 0;
	link->link = link->sync &&
		     GET(status, DEV1G_PCS1G_CFG_STATUS_PCS1G_LINK_STATUS, LINK_STATUS) != 0;
	link->aneg_complete = link->aneg && GET(aneg, DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS,
						ANEG_COMPLETE) != 0;
	link->has_partner =
		link->aneg && GET(aneg, DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS, PR) != 0;
	if (link->has_partner)
		link->partner =
			GET(aneg, DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS, LP_ADV_ABILITY);
	/* A PHY without a link of its own: bit 15 of its word (vendor, clause_37_status_get). */
	if (link->mode == LINK_MODE_SGMII && link->has_partner && (link->partner & 0x8000) == 0)
		link->link = false;
	link->downs =
		GET(v[PCS1G_DOWNS], DEV1G_PCS1G_CFG_STATUS_PCS1G_LINK_DOWN_CNT, LINK_DOWN_CNT);
}

static void decode_fx100(const uint32_t *v, struct vsc7448_link *link)
{
	const uint32_t status = v[FX100_STATUS];

	link->signal = GET(status, DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS, SIGNAL_DETECT) != 0;
	link->sync = GET(status, DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS, SYNC_STATUS) != 0;
	link->link = link->sync &&
		     GET(status, DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS, FEF_STATUS) == 0;
}

/* The MAC's view: faults that last have latched again, and no other state has. */
static void decode_faults(uint32_t monitor, struct vsc7448_link *link)
{
	const bool idle = GET(monitor, DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY,
			      IDLE_STATE_STICKY) != 0;

	link->local_fault = !idle && GET(monitor, DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY,
					 LOCAL_ERR_STATE_STICKY) != 0;
	link->remote_fault = !idle && GET(monitor, DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY,
					  REMOTE_ERR_STATE_STICKY) != 0;
}

static void decode_xaui(const uint32_t *v, struct vsc7448_link *link)
{
	const uint32_t lanes = link->mode == LINK_MODE_RXAUI ? 0x5 : 0xf;
	const uint32_t status = v[XAUI_STATUS];

	link->lane_sync =
		(uint8_t)GET(status, DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS, SYNC_STATUS);
	link->sync = link->lane_sync == 0xf;
	link->aligned =
		GET(status, DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS, ALIGNMENT_STATUS) != 0;
	link->signal = (GET(status, DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS, SIGNAL_DETECT) &
			lanes) == lanes;
	link->errors = v[XAUI_COUNT];
	decode_faults(v[XAUI_MONITOR], link);
	link->link = link->aligned && !link->local_fault && !link->remote_fault;
}

/* Two lanes; which of the four bits they are the text does not say: unverified on silicon. */
static void decode_2x6g(const uint32_t *v, struct vsc7448_link *link)
{
	const uint32_t status = v[XAUI_STATUS];

	link->lane_sync =
		(uint8_t)GET(status, DEV10G_PCS2X6G_STATUS_PCS2X6G_STATUS, RX_SYNC_STATUS);
	link->aligned =
		GET(status, DEV10G_PCS2X6G_STATUS_PCS2X6G_STATUS, RX_ALIGNMENT_STATUS) != 0;
	link->sync = link->aligned || __builtin_popcount(link->lane_sync) >= 2;
	link->signal = GET(status, DEV10G_PCS2X6G_STATUS_PCS2X6G_STATUS, SIGNAL_DETECT) != 0;
	link->errors = v[XAUI_COUNT];
	decode_faults(v[XAUI_MONITOR], link);
	link->link = link->aligned && !link->local_fault && !link->remote_fault;
}

static void decode_r(const uint32_t *v, struct vsc7448_link *link)
{
	link->sync =
		GET(v[R_STATUS], PCS10G_BR_PCS_10GBR_STATUS_PCS_STATUS, RX_BLOCK_LOCK) != 0;
	link->hi_ber = GET(v[R_STATUS], PCS10G_BR_PCS_10GBR_STATUS_PCS_STATUS, RX_HI_BER) != 0;
	link->signal = GET(v[R_SIGNAL], XGXFI_XFI_CONTROL_HSS_STATUS, RXSIGDET_STATUS) != 0;
	link->errors = v[R_ERRORS];
	link->fec_corrected = v[R_CORRECTED];
	link->fec_uncorrected = v[R_UNCORRECTED];
	decode_faults(v[R_MONITOR], link);
	link->link = link->sync && !link->hi_ber && !link->local_fault && !link->remote_fault;
	if (!link->aneg)
		return;
	/* AN_GOOD is 7 in the vendor's vtss_jaguar2_port.c. */
	link->aneg_complete = GET(v[R_AN_SM], XGKR1_AN_SM_AN_SM, AN_SM) == 7;
	link->partner = (uint64_t)v[R_PAGE_2] << 32 | (uint64_t)v[R_PAGE_1] << 16 | v[R_PAGE_0];
	link->has_partner = link->partner != 0;
	link->link = link->link && link->aneg_complete;
}

static void decode(const struct look *look, const uint32_t *values)
{
	const uint32_t *v = values + look->first;

	switch (look->kind) {
	case KIND_NONE:
		break;
	case KIND_PCS1G:
		decode_pcs1g(v, look->link);
		break;
	case KIND_FX100:
		decode_fx100(v, look->link);
		break;
	case KIND_2X6G:
		decode_2x6g(v, look->link);
		break;
	case KIND_XAUI:
		decode_xaui(v, look->link);
		break;
	case KIND_R:
		decode_r(v, look->link);
		break;
	}
}

/* --- latched bits -------------------------------------------------------------------------- */

/* Takes what latched in a port's registers; @seen: the bits to clear, by register. */
static void take_events(const struct look *look, const uint32_t *values, uint32_t *seen)
{
	memset(seen, 0, MOST * sizeof(*seen));
	for (size_t i = 0; i < N_LATCHES; i++) {
		uint32_t bits;

		if (latches[i].kind != look->kind)
			continue;
		bits = values[look->first + latches[i].reg] &
		       (uint32_t)reg_field_mask(latches[i].field);
		if (bits != 0)
			look->link->events |= UINT32_C(1) << latches[i].event;
		seen[latches[i].reg] |= bits;
	}
}

/* The monitor's idle and disabled states clear too: what latches again is the present state. */
static bool clear_events(struct regio *io, const struct look *look, const uint32_t *values,
			 uint32_t *seen)
{
	const bool is_10g = look->kind >= KIND_XAUI;
	bool again = false;

	if (is_10g && seen[MONITOR] != 0) {
		seen[MONITOR] = values[look->first + MONITOR];
		again = true;
	}
	for (size_t reg = 0; reg < lists[look->kind].n; reg++)
		if (seen[reg] != 0)
			regio_write(io, addr_of(look, reg), seen[reg]);
	return again;
}

/* Fault states again, of the ports whose monitor was cleared. */
static int reread(struct regio *io, const struct look *looks, const bool *again, size_t n,
		  uint32_t *values)
{
	uint64_t addrs[VSC7448_N_PORTS];
	uint32_t fresh[VSC7448_N_PORTS];
	size_t n_addrs = 0, at = 0;
	int rc;

	for (size_t i = 0; i < n; i++)
		if (again[i])
			addrs[n_addrs++] = addr_of(&looks[i], MONITOR);
	if (n_addrs == 0)
		return regio_flush(io);
	rc = regio_read_many(io, addrs, n_addrs, fresh);
	for (size_t i = 0; rc == 0 && i < n; i++)
		if (again[i])
			values[looks[i].first + MONITOR] = fresh[at++];
	return rc;
}

static int settle(struct regio *io, const struct look *looks, size_t n, unsigned flags,
		  uint32_t *values)
{
	bool again[VSC7448_N_PORTS] = { false };
	uint32_t seen[MOST];

	for (size_t i = 0; i < n; i++) {
		take_events(&looks[i], values, seen);
		if ((flags & VSC7448_LINK_KEEP) == 0)
			again[i] = clear_events(io, &looks[i], values, seen);
	}
	return reread(io, looks, again, n, values);
}

/* --- the whole ----------------------------------------------------------------------------- */

static int read_states(struct regio *io, const struct look *looks, size_t n, size_t n_values,
		       unsigned flags)
{
	uint64_t *addrs = calloc(n_values + 1, sizeof(*addrs));
	uint32_t *values = calloc(n_values + 1, sizeof(*values));
	int rc;

	if (addrs == NULL || values == NULL) {
		free(addrs);
		free(values);
		return regio_fail(io, E_NOMEM, "out of memory");
	}
	for (size_t i = 0; i < n; i++)
		for (size_t reg = 0; reg < lists[looks[i].kind].n; reg++)
			addrs[looks[i].first + reg] = addr_of(&looks[i], reg);
	rc = regio_read_many(io, addrs, n_values, values);
	if (rc == 0)
		rc = settle(io, looks, n, flags, values);
	for (size_t i = 0; rc == 0 && i < n; i++)
		decode(&looks[i], values);
	free(addrs);
	free(values);
	return rc;
}

int vsc7448_links(struct vsc7448 *chip, vsc7448_ports ports, unsigned flags, struct error *err,
		  struct vsc7448_link *links)
{
	struct vsc7448_link found[VSC7448_N_PORTS];
	struct look looks[VSC7448_N_PORTS];
	size_t n = 0, n_values = 0;
	int rc;

	memset(found, 0, sizeof(found));
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if ((ports >> port & 1) != 0)
			found[n++].port = port;
	rc = vsc7448__link_modes(chip->io, found, n);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		looks[i] = (struct look){ kind_of(&found[i]), n_values, &found[i] };
		n_values += lists[looks[i].kind].n;
	}
	if (rc == 0)
		read_states(chip->io, looks, n, n_values, flags);
	rc = regio_end(chip->io, err);
	if (rc == 0 && n > 0)
		memcpy(links, found, n * sizeof(*links));
	return rc;
}

int vsc7448_link(struct vsc7448 *chip, uint32_t port, unsigned flags, struct error *err,
		 struct vsc7448_link *link)
{
	return vsc7448_links(chip, UINT64_C(1) << port, flags, err, link);
}
