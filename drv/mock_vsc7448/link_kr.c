/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 10GBASE-KR: auto-negotiation (IEEE 802.3 clause 73), then training (clause 72), then blocks.
 *
 * What the chip adds, after the vendor's port code (vtss_cil_port_kr_status): when the pages are
 * exchanged it asks for 10 Gb/s (KR_CONTROL.KR_ANEG_10G_STICKY) and waits until software has
 * cleared the request; and it tells whether forward error correction was negotiated
 * (KR_FEC_ENABLE), which software then has to switch on.  That the line comes up only when both
 * ends agree on it follows from the coding.
 */
#include "drv/mock_vsc7448/link_priv.h"

#define GET(m, addr, reg, field)    mv_field(m, addr, VSC7448_##reg##__##field)
#define PUT(m, addr, reg, field, v) mv_put_field(m, addr, VSC7448_##reg##__##field, v)

/* break_link_timer: 60 to 75 ms (IEEE 802.3 73.10.2); pages: some of 340 ns each. */
#define BREAK_LINK_US 67000u
#define PAGES_US      100u

/* max_wait_timer: 500 ms (72.6.10.3.2).  A training that works takes some tens of ms. */
#define TRAINING_US 40000u
#define MAX_WAIT_US 500000u

/* States of AN_SM: the vendor's vtss_jaguar2_port.c. */
enum {
	AN_ENABLE = 0,
	AN_XMT_DISABLE = 1,
	AN_ABIL_DET = 2,
	AN_TRAIN = 5,
	AN_GOOD_CHK = 6,
	AN_GOOD = 7,
	AN_WAIT_RATE_DONE = 13,
};

#define ADV1_KR      (1u << 7)  /* register 7.17: technology ability A2, 10GBASE-KR */
#define ADV2_FEC     (1u << 14) /* register 7.18: F0, ability */
#define ADV2_FEC_REQ (1u << 15) /* F1, requested */

static uint64_t later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static uint64_t after(uint64_t at, uint64_t us)
{
	return at == NEVER ? NEVER : at + us;
}

static bool same_nonce(const struct link_side *a, const struct link_side *b)
{
	return a == b;
}

static bool has_common(const struct link_conf *a, const struct link_conf *b)
{
	return (a->kr_adv[1] & b->kr_adv[1] & ADV1_KR) != 0;
}

/* Both can, and one asks (IEEE 802.3 73.6.5). */
static bool fec_negotiated(const struct link_conf *a, const struct link_conf *b)
{
	return (a->kr_adv[2] & b->kr_adv[2] & ADV2_FEC) != 0 &&
	       ((a->kr_adv[2] | b->kr_adv[2]) & ADV2_FEC_REQ) != 0;
}

/* Training starts when both ends send training frames, and fails when only one does. */
static void due_training(const struct link_side *a, const struct link_side *b,
			 struct link_due *due)
{
	uint64_t own = a->conf.kr ? a->since.rate_done : due->sync;
	uint64_t other = b->conf.kr ? b->since.rate_done : due->sync;

	if (due->kr_page == NEVER || own == NEVER)
		return;
	due->kr_train = later(due->kr_page, own);
	if (!a->conf.training && !b->conf.training)
		due->kr_trained = later(due->kr_train, other);
	else if (a->conf.training && b->conf.training && other != NEVER &&
		 later(due->kr_train, other) - due->kr_train <= MAX_WAIT_US - TRAINING_US)
		due->kr_trained = after(later(due->kr_train, other), TRAINING_US);
	else
		due->kr_failed = after(due->kr_train, MAX_WAIT_US);
}

void link__kr_due(const struct link_side *a, const struct link_side *b, struct link_due *due)
{
	uint64_t wire = due->sync;

	due->sync = NEVER;
	if (b == NULL || wire == NEVER)
		return;
	if (a->conf.kr && (same_nonce(a, b) || !has_common(&a->conf, &b->conf)))
		return;
	due->kr_page = a->conf.kr ? after(later(later(a->since.aneg, b->since.aneg), wire),
					  BREAK_LINK_US + PAGES_US)
				  : wire;
	due_training(a, b, due);
	if (a->conf.fec == b->conf.fec && due->kr_trained != NEVER)
		due->sync = later(due->kr_trained, later(a->since.fec, b->since.fec)) + 100;
}

uint8_t link__kr_state(const struct link_side *a, const struct link_due *due, uint64_t now_us)
{
	if (!a->conf.kr)
		return AN_ENABLE;
	if (now_us < after(a->since.aneg, BREAK_LINK_US))
		return AN_XMT_DISABLE;
	if (now_us < due->kr_page)
		return AN_ABIL_DET;
	if (now_us < due->kr_train)
		return AN_WAIT_RATE_DONE;
	if (now_us < due->kr_trained)
		return AN_TRAIN;
	return now_us < due->link ? AN_GOOD_CHK : AN_GOOD;
}

/* --- registers --------------------------------------------------------------------------- */

static uint64_t reg_status(uint32_t i)
{
	return VSC7448_XGKR1_KR_7X0001_KR_7X0001(i);
}

static void show_page(struct mock_vsc7448 *m, uint32_t i, const struct link_side *b, bool known)
{
	mock_hw_put(m->mock, VSC7448_XGKR1_LP_BASE_PAGE_0_KR_7X0013(i),
		    known ? b->conf.kr_adv[0] | 0x4000 : 0); /* with its acknowledge bit */
	mock_hw_put(m->mock, VSC7448_XGKR1_LP_BASE_PAGE_1_KR_7X0014(i),
		    known ? b->conf.kr_adv[1] : 0);
	mock_hw_put(m->mock, VSC7448_XGKR1_LP_BASE_PAGE_2_KR_7X0015(i),
		    known ? b->conf.kr_adv[2] : 0);
}

/* The requests of auto-negotiation, at the moments when they are made. */
static void ask(struct mock_vsc7448 *m, uint32_t i, const struct link_port *p,
		const struct link_side *b, const struct link_now *was)
{
	const uint8_t state = p->now.an_state;
	uint64_t control = VSC7448_XGXFI_XFI_CONTROL_KR_CONTROL(i);

	if (state == was->an_state)
		return;
	if (state == AN_WAIT_RATE_DONE) {
		PUT(m, control, XGXFI_XFI_CONTROL_KR_CONTROL, KR_ANEG_10G_STICKY, 1);
		PUT(m, control, XGXFI_XFI_CONTROL_KR_CONTROL, KR_ANEG_RATE_STICKY, 1);
		PUT(m, control, XGXFI_XFI_CONTROL_KR_CONTROL, KR_RATE, 0);
	}
	if (state >= AN_TRAIN && state <= AN_GOOD && b != NULL) {
		bool fec = fec_negotiated(&p->side.conf, &b->conf);

		PUT(m, control, XGXFI_XFI_CONTROL_KR_CONTROL, KR_FEC_ENABLE, fec);
		if (fec != p->side.conf.fec)
			PUT(m, control, XGXFI_XFI_CONTROL_KR_CONTROL, KR_ANEG_FEC_STICKY, 1);
	}
}

static void show_aneg(struct mock_vsc7448 *m, uint32_t i, struct link_port *p,
		      const struct link_side *b, bool page)
{
	const uint64_t status = reg_status(i), sts0 = VSC7448_XGKR1_AN_STS0_AN_STS0(i);
	const uint8_t state = p->now.an_state;
	const bool active = p->side.conf.kr && state != AN_GOOD;
	const bool hears = b != NULL && b->conf.kr && p->now.signal && state >= AN_ABIL_DET;

	PUT(m, status, XGKR1_KR_7X0001_KR_7X0001, AN_ABLE, 1);
	PUT(m, status, XGKR1_KR_7X0001_KR_7X0001, AN_LP_ABLE, page);
	PUT(m, status, XGKR1_KR_7X0001_KR_7X0001, AN_COMPLETE,
	    page && (state == AN_GOOD_CHK || state == AN_GOOD));
	if (hears && b == &p->side)
		PUT(m, sts0, XGKR1_AN_STS0_AN_STS0, NONCE_MATCH, 1);
	if (hears && b != &p->side && !has_common(&p->side.conf, &b->conf))
		PUT(m, sts0, XGKR1_AN_STS0_AN_STS0, INCP_LINK, 1);
	PUT(m, sts0, XGKR1_AN_STS0_AN_STS0, LINK_HCD, page ? 2 : 0);
	PUT(m, sts0, XGKR1_AN_STS0_AN_STS0, SYNC10G, p->now.sync);
	PUT(m, VSC7448_XGKR1_AN_SM_AN_SM(i), XGKR1_AN_SM_AN_SM, AN_SM, state);
	PUT(m, VSC7448_XGXFI_XFI_CONTROL_XFI_STATUS(i), XGXFI_XFI_CONTROL_XFI_STATUS,
	    ANEG_ACTIVE_STATUS, active);
}

static void show_history(struct mock_vsc7448 *m, uint32_t i, uint8_t state)
{
	const uint64_t hist = VSC7448_XGKR1_AN_HIST_AN_HIST(i);

	if (GET(m, VSC7448_XGKR1_AN_CFG0_AN_CFG0(i), XGKR1_AN_CFG0_AN_CFG0, AN_SM_HIST_CLR) !=
	    0)
		mock_hw_put(m->mock, hist, 0);
	link_latch(m, hist, UINT32_C(1) << state);
}

/* What was negotiated: register 7.48. */
static void show_result(struct mock_vsc7448 *m, uint32_t i, const struct link_port *p,
			const struct link_side *b, bool page)
{
	const uint64_t result = VSC7448_XGKR1_KR_7X0030_KR_7X0030(i);

	PUT(m, result, XGKR1_KR_7X0030_KR_7X0030, AN_BP_ABLE, 1);
	PUT(m, result, XGKR1_KR_7X0030_KR_7X0030, AN_NEG_KR, page);
	PUT(m, result, XGKR1_KR_7X0030_KR_7X0030, AN_NEG_FEC,
	    page && fec_negotiated(&p->side.conf, &b->conf));
}

/* Taps end where the vendor's limits let a short backplane end: the start values of TR_CFG6, 7. */
static void show_taps(struct mock_vsc7448 *m, uint32_t i)
{
	mock_hw_put(m->mock, VSC7448_XGKR0_TR_TAPVAL_TR_CMVAL(i),
		    GET(m, VSC7448_XGKR0_TR_CFG7_TR_CFG7(i), XGKR0_TR_CFG7_TR_CFG7, CM_INIT));
	mock_hw_put(m->mock, VSC7448_XGKR0_TR_TAPVAL_TR_C0VAL(i),
		    GET(m, VSC7448_XGKR0_TR_CFG6_TR_CFG6(i), XGKR0_TR_CFG6_TR_CFG6, C0_INIT));
	mock_hw_put(m->mock, VSC7448_XGKR0_TR_TAPVAL_TR_CPVAL(i),
		    GET(m, VSC7448_XGKR0_TR_CFG6_TR_CFG6(i), XGKR0_TR_CFG6_TR_CFG6, CP_INIT));
}

static void show_training(struct mock_vsc7448 *m, uint32_t i, const struct link_port *p,
			  const struct link_due *due, uint64_t now_us)
{
	const uint64_t status = VSC7448_XGKR0_KR_1X0097_KR_1X0097(i);
	const uint64_t sts1 = VSC7448_XGKR0_TR_STS1_TR_STS1(i);
	const bool wanted = p->side.conf.training;
	const bool trained = wanted && due->kr_trained <= now_us;
	const bool failed = wanted && due->kr_failed <= now_us;
	const bool going = wanted && due->kr_train <= now_us && !trained && !failed;

	PUT(m, status, XGKR0_KR_1X0097_KR_1X0097, RCVR_RDY, trained);
	PUT(m, status, XGKR0_KR_1X0097_KR_1X0097, FRLOCK, trained);
	PUT(m, status, XGKR0_KR_1X0097_KR_1X0097, STPROT, going);
	PUT(m, status, XGKR0_KR_1X0097_KR_1X0097, TR_FAIL, failed);
	PUT(m, sts1, XGKR0_TR_STS1_TR_STS1, TRAINING, going);
	PUT(m, sts1, XGKR0_TR_STS1_TR_STS1, TR_DONE, trained);
	if (trained)
		show_taps(m, i);
}

void link__kr_show(struct mock_vsc7448 *m, uint32_t port, const struct link_side *b,
		   const struct link_due *due, const struct link_now *was)
{
	struct link_port *p = link__port(m, port);
	const uint32_t i = port - 49;
	const uint64_t now_us = clock_now_us(m->clock);
	const bool page = p->side.conf.kr && due->kr_page <= now_us;

	ask(m, i, p, b, was);
	show_page(m, i, b, page);
	if (page && was->an_state < AN_TRAIN)
		PUT(m, reg_status(i), XGKR1_KR_7X0001_KR_7X0001, PG_RCVD, 1);
	show_aneg(m, i, p, b, page);
	show_history(m, i, p->now.an_state);
	show_result(m, i, p, b, page);
	show_training(m, i, p, due, now_us);
	/* A loss holds until read, then the bit shows the state again. */
	if (!p->now.link)
		PUT(m, reg_status(i), XGKR1_KR_7X0001_KR_7X0001, LINKSTAT, 0);
}

/*
 * These registers clear on read, which has happened: @value holds what was latched.  It is told
 * once, with what came since; levels stay.
 */
bool link__kr_read(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	const uint32_t link =
		(uint32_t)reg_field_mask(VSC7448_XGKR1_KR_7X0001_KR_7X0001__LINKSTAT);
	const uint32_t latched =
		(uint32_t)(reg_field_mask(VSC7448_XGKR1_KR_7X0001_KR_7X0001__PARDETFLT) |
			   reg_field_mask(VSC7448_XGKR1_KR_7X0001_KR_7X0001__PG_RCVD) |
			   reg_field_mask(VSC7448_XGKR1_KR_7X0001_KR_7X0001__REM_FLT));
	const uint32_t latched0 =
		(uint32_t)(reg_field_mask(VSC7448_XGKR1_AN_STS0_AN_STS0__NONCE_MATCH) |
			   reg_field_mask(VSC7448_XGKR1_AN_STS0_AN_STS0__INCP_LINK));

	for (uint32_t i = 0; i < 4; i++) {
		const bool is_up = link__port(m, 49 + i)->now.link;
		const uint32_t now = mock_hw_get(m->mock, addr);

		if (addr == reg_status(i)) {
			*value = (now & ~link) | (*value & latched) | (*value & now & link);
			mock_hw_put(m->mock, addr,
				    (now & ~latched & ~link) | (is_up ? link : 0));
			return true;
		}
		if (addr == VSC7448_XGKR1_AN_STS0_AN_STS0(i)) {
			*value = now | (*value & latched0);
			mock_hw_put(m->mock, addr, now & ~latched0);
			return true;
		}
	}
	return false;
}
