/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the registers of a port show: states as they are, events latched. */
#include "drv/mock_vsc7448/link_priv.h"

#define GET(m, addr, reg, field)    mv_field(m, addr, VSC7448_##reg##__##field)
#define PUT(m, addr, reg, field, v) mv_put_field(m, addr, VSC7448_##reg##__##field, v)
#define BIT(reg, field)             ((uint32_t)reg_field_mask(VSC7448_##reg##__##field))
#define DEV1G(reg)                  link__dev1g(port, VSC7448_DEV1G_##reg(0))

/* What an auto-negotiating transmitter sends: PCS1G_DEBUG_STATUS.XMIT_MODE. */
enum { XMIT_IDLE = 0, XMIT_CONFIGURATION = 1, XMIT_DATA = 3 };

static void show_aneg(struct mock_vsc7448 *m, uint32_t port, const struct link_side *b,
		      const struct link_now *was)
{
	const struct link_port *p = link__port(m, port);
	const uint64_t addr = DEV1G(PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS);
	const uint32_t word = p->now.page && b != NULL ? b->conf.ability | 0x4000 : 0;

	/* The received word has its acknowledge bit set (IEEE 802.3 37.2.1.6). */
	PUT(m, addr, DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS, LP_ADV_ABILITY, word);
	PUT(m, addr, DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS, PR, p->now.page);
	PUT(m, addr, DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS, ANEG_COMPLETE, p->now.aneg);
	if (p->now.page && !was->page)
		link_latch(m, addr,
			   BIT(DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS, PAGE_RX_STICKY));
	PUT(m, DEV1G(PCS1G_CFG_STATUS_PCS1G_DEBUG_STATUS),
	    DEV1G_PCS1G_CFG_STATUS_PCS1G_DEBUG_STATUS, XMIT_MODE,
	    p->side.conf.aneg && !p->now.aneg ? XMIT_CONFIGURATION
	    : p->now.link                     ? XMIT_DATA
					      : XMIT_IDLE);
}

static void show_pcs1g(struct mock_vsc7448 *m, uint32_t port, const struct link_now *was)
{
	const struct link_now *now = &link__port(m, port)->now;
	const uint64_t addr = DEV1G(PCS1G_CFG_STATUS_PCS1G_LINK_STATUS);
	const uint64_t sticky = DEV1G(PCS1G_CFG_STATUS_PCS1G_STICKY);

	PUT(m, addr, DEV1G_PCS1G_CFG_STATUS_PCS1G_LINK_STATUS, SIGNAL_DETECT, now->signal);
	PUT(m, addr, DEV1G_PCS1G_CFG_STATUS_PCS1G_LINK_STATUS, SYNC_STATUS, now->sync);
	PUT(m, addr, DEV1G_PCS1G_CFG_STATUS_PCS1G_LINK_STATUS, LINK_STATUS, now->link);
	if (was->sync && !now->sync)
		link_latch(m, sticky,
			   BIT(DEV1G_PCS1G_CFG_STATUS_PCS1G_STICKY, OUT_OF_SYNC_STICKY));
	if (was->link && !now->link) {
		link_latch(m, sticky,
			   BIT(DEV1G_PCS1G_CFG_STATUS_PCS1G_STICKY, LINK_DOWN_STICKY));
		mock_hw_count(m->mock, DEV1G(PCS1G_CFG_STATUS_PCS1G_LINK_DOWN_CNT), 0, 1);
	}
}

static void show_fx100(struct mock_vsc7448 *m, uint32_t port, const struct link_now *was)
{
	const struct link_now *now = &link__port(m, port)->now;
	const uint64_t addr = DEV1G(PCS_FX100_STATUS_PCS_FX100_STATUS);

	PUT(m, addr, DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS, SIGNAL_DETECT, now->signal);
	PUT(m, addr, DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS, SYNC_STATUS, now->link);
	PUT(m, addr, DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS, FEF_STATUS, now->remote_fault);
	if (!was->remote_fault && now->remote_fault)
		link_latch(m, addr,
			   BIT(DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS, FEF_FOUND_STICKY));
	if (was->link && !now->link)
		link_latch(m, addr,
			   BIT(DEV1G_PCS_FX100_STATUS_PCS_FX100_STATUS, SYNC_LOST_STICKY));
}

static void show_dev1g(struct mock_vsc7448 *m, uint32_t port, const struct link_now *was)
{
	const struct link_now *now = &link__port(m, port)->now;
	const uint64_t intr = DEV1G(DEV1G_INTR_CFG_STATUS_DEV1G_INTR);

	if (was->signal && !now->signal)
		link_latch(m, DEV1G(DEV_CFG_STATUS_DEV_STICKY),
			   BIT(DEV1G_DEV_CFG_STATUS_DEV_STICKY, SD_STICKY));
	if (!was->link && now->link)
		link_latch(m, intr,
			   BIT(DEV1G_DEV1G_INTR_CFG_STATUS_DEV1G_INTR, LINK_UP_INTR_STICKY));
	if (was->link && !now->link)
		link_latch(m, intr,
			   BIT(DEV1G_DEV1G_INTR_CFG_STATUS_DEV1G_INTR, LINK_DOWN_INTR_STICKY));
}

/* A PCS that the port does not use shows nothing. */
static struct link_now seen_by(const struct link_now *now, bool used)
{
	return used ? *now : (struct link_now){ 0 };
}

static void show_xaui(struct mock_vsc7448 *m, uint32_t port)
{
	const struct link_port *p = link__port(m, port);
	const enum line line = p->side.conf.line;
	const struct link_now now = seen_by(&p->now, line == LINE_XAUI || line == LINE_RXAUI);
	const uint64_t addr = VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS(port - 49);
	const uint64_t error =
		VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_ERROR_STATUS(port - 49);
	const uint32_t lanes = line == LINE_RXAUI ? 0x5 : 0xf;
	const bool was_sync =
		GET(m, addr, DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS, SYNC_STATUS) != 0;

	PUT(m, addr, DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS, SIGNAL_DETECT,
	    now.signal ? lanes : 0);
	PUT(m, addr, DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS, SYNC_STATUS,
	    now.sync ? 0xf : 0);
	if (was_sync && !now.sync) {
		link_latch(
			m, error,
			BIT(DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_ERROR_STATUS, SYNC_LOST_STICKY));
		link_latch(m, addr,
			   BIT(DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS, LOCAL_FAULT_STICKY));
	}
	if (GET(m, addr, DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS, ALIGNMENT_STATUS) != 0 &&
	    !now.aligned)
		link_latch(m, error,
			   BIT(DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_ERROR_STATUS,
			       ALIGNMENT_LOST_STICKY));
	PUT(m, addr, DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS, ALIGNMENT_STATUS, now.aligned);
}

/* Two lanes: the text does not say which bits; the lower ones. */
static void show_2x6g(struct mock_vsc7448 *m, uint32_t port)
{
	const struct link_port *p = link__port(m, port);
	const struct link_now now = seen_by(&p->now, p->side.conf.line == LINE_2X6G);
	const uint64_t addr = VSC7448_DEV10G_PCS2X6G_STATUS_PCS2X6G_STATUS(port - 49);
	const uint64_t error = VSC7448_DEV10G_PCS2X6G_STATUS_PCS2X6G_ERR_STATUS(port - 49);

	if (GET(m, addr, DEV10G_PCS2X6G_STATUS_PCS2X6G_STATUS, RX_SYNC_STATUS) != 0 &&
	    !now.sync)
		PUT(m, error, DEV10G_PCS2X6G_STATUS_PCS2X6G_ERR_STATUS, SYNC_LOST_STICKY, 3);
	if (GET(m, addr, DEV10G_PCS2X6G_STATUS_PCS2X6G_STATUS, RX_ALIGNMENT_STATUS) != 0 &&
	    !now.aligned)
		PUT(m, error, DEV10G_PCS2X6G_STATUS_PCS2X6G_ERR_STATUS, ALIGNMENT_LOST_STICKY,
		    1);
	PUT(m, addr, DEV10G_PCS2X6G_STATUS_PCS2X6G_STATUS, SIGNAL_DETECT, now.signal ? 3 : 0);
	PUT(m, addr, DEV10G_PCS2X6G_STATUS_PCS2X6G_STATUS, RX_SYNC_STATUS, now.sync ? 3 : 0);
	PUT(m, addr, DEV10G_PCS2X6G_STATUS_PCS2X6G_STATUS, RX_ALIGNMENT_STATUS, now.aligned);
}

static void show_10gbase_r(struct mock_vsc7448 *m, uint32_t port)
{
	const struct link_port *p = link__port(m, port);
	const struct link_now now = seen_by(&p->now, p->side.conf.line == LINE_R);
	const uint64_t addr = VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_STATUS(port - 49);
	const uint64_t events = VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT(port - 49);
	const uint64_t fec = VSC7448_PCS10G_BR_KR_FEC_STATUS_KR_FEC_STICKY(port - 49);
	const bool was_locked =
		GET(m, addr, PCS10G_BR_PCS_10GBR_STATUS_PCS_STATUS, RX_BLOCK_LOCK) != 0;
	const bool was_bad =
		GET(m, addr, PCS10G_BR_PCS_10GBR_STATUS_PCS_STATUS, RX_HI_BER) != 0;

	PUT(m, addr, PCS10G_BR_PCS_10GBR_STATUS_PCS_STATUS, RX_BLOCK_LOCK, now.sync);
	PUT(m, addr, PCS10G_BR_PCS_10GBR_STATUS_PCS_STATUS, RX_HI_BER, now.hi_ber);
	if (was_locked != now.sync)
		link_latch(m, events,
			   BIT(PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT, LOCK_CHANGED_STICKY));
	if (was_bad != now.hi_ber)
		link_latch(m, events,
			   BIT(PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT, RX_HI_BER_STICKY));
	/* The sticky bit of the frame lock holds the low state. */
	if (p->side.conf.fec && was_locked && !now.sync)
		link_latch(m, fec,
			   BIT(PCS10G_BR_KR_FEC_STATUS_KR_FEC_STICKY, FEC_FRAME_LOCK_STICKY));
}

static void show_shell(struct mock_vsc7448 *m, uint32_t port, const struct link_now *was)
{
	const struct link_now *now = &link__port(m, port)->now;
	const uint64_t events = VSC7448_XGXFI_XFI_CONTROL_HSS_STICKY(port - 49);

	PUT(m, VSC7448_XGXFI_XFI_CONTROL_HSS_STATUS(port - 49), XGXFI_XFI_CONTROL_HSS_STATUS,
	    RXSIGDET_STATUS, now->signal);
	if (!was->signal && now->signal)
		link_latch(m, events, BIT(XGXFI_XFI_CONTROL_HSS_STICKY, RXSIGDET_HI_STICKY));
	if (was->signal && !now->signal)
		link_latch(m, events, BIT(XGXFI_XFI_CONTROL_HSS_STICKY, RXSIGDET_LO_STICKY));
}

/* The transmitter's state latches for as long as it lasts: the vendor's status clears and rereads. */
static void show_monitor(struct mock_vsc7448 *m, uint32_t port)
{
	const struct link_port *p = link__port(m, port);
	uint32_t state = BIT(DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY, IDLE_STATE_STICKY);

	if (!p->side.conf.mac_sends)
		state = BIT(DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY, DIS_STATE_STICKY);
	else if (p->now.local_fault)
		state = BIT(DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY,
			    LOCAL_ERR_STATE_STICKY);
	else if (p->now.remote_fault)
		state = BIT(DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY,
			    REMOTE_ERR_STATE_STICKY);
	if (link_is_10g(p->side.conf.line))
		link_latch(m, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY(port - 49),
			   state);
}

static void show_dev10g(struct mock_vsc7448 *m, uint32_t port, const struct link_now *was)
{
	const struct link_now *now = &link__port(m, port)->now;
	const uint64_t intr = VSC7448_DEV10G_DEV_CFG_STATUS_INTR(port - 49);

	show_monitor(m, port);
	if (!was->link && now->link)
		link_latch(m, intr, BIT(DEV10G_DEV_CFG_STATUS_INTR, LINK_UP_INTR));
	if (was->link && !now->link)
		link_latch(m, intr, BIT(DEV10G_DEV_CFG_STATUS_INTR, LINK_DWN_INTR));
}

/* All blocks that the port can use: those that it left show that nothing is there. */
void link__show(struct mock_vsc7448 *m, uint32_t port, const struct link_side *b,
		const struct link_due *due, const struct link_now *was)
{
	const enum line line = link__port(m, port)->side.conf.line;

	if (line == LINE_FX100) {
		show_fx100(m, port, was);
	} else if (!link_is_10g(line)) {
		show_pcs1g(m, port, was);
		show_aneg(m, port, b, was);
	}
	if (!link_is_10g(line))
		show_dev1g(m, port, was);
	if (port < 49)
		return;
	show_shell(m, port, was);
	show_dev10g(m, port, was);
	show_xaui(m, port);
	show_2x6g(m, port);
	show_10gbase_r(m, port);
	link__kr_show(m, port, b, due, was);
	link__oset_show(m, port, was);
}

/* --- which registers these are ------------------------------------------------------------ */

/* Offsets within a target. */
static bool is_status_1g(uint32_t offset)
{
	return offset == 0x4 || (offset >= 0x60 && offset <= 0x74) || offset == 0x90 ||
	       offset == 0x98;
}

static bool is_status_10g(uint32_t offset)
{
	return offset == 0x30 || (offset >= 0x118 && offset < 0x13c) ||
	       (offset >= 0x150 && offset < 0x15c) || offset == 0x174;
}

static bool is_status_br(uint32_t offset)
{
	return (offset >= 0x38 && offset < 0x58) || (offset >= 0x74 && offset < 0x80);
}

bool link__is_status(uint64_t addr)
{
	const uint32_t offset = (uint32_t)addr & 0xffff;

	if (addr < VSC7448_DEV10G_MAC_CFG_STATUS_MAC_ENA_CFG(0))
		return is_status_1g(offset);
	if (addr < VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG(0))
		return is_status_10g(offset);
	if (addr < VSC7448_HSIO_PLL5G_CFG_PLL5G_CFG0(0))
		return is_status_br(offset);
	if (addr < VSC7448_XGKR0_TR_FRAMES_SENT_FRSENT_LSW(0))
		return offset == 0x0 || offset == 0x8 || offset == 0x18 || offset == 0x20;
	if (addr < VSC7448_XGKR1_LP_NEXT_PAGE_KR_7X0019(0))
		return offset == 0x24 || offset == 0x2c || (offset >= 0x90 && offset < 0x9c);
	return (offset >= 0x18 && offset < 0x28) || offset == 0x44 || offset == 0x9c;
}
