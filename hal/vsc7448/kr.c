/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/kr.h"

#include <inttypes.h>
#include <string.h>

#include "hal/vsc7448/link_status_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define BIT(reg, field)        ((uint32_t)reg_field_mask(VSC7448_##reg##__##field))
#define GET(value, reg, field) ((uint32_t)reg_field_get(value, VSC7448_##reg##__##field))

#define POLL_US 1000u

const char *vsc7448_kr_state_name(uint8_t state)
{
	static const char *const names[] = {
		[VSC7448_KR_ENABLE] = "enable",
		[VSC7448_KR_TRANSMIT_DISABLE] = "transmit-disable",
		[VSC7448_KR_ABILITY_DETECT] = "ability-detect",
		[VSC7448_KR_ACKNOWLEDGE_DETECT] = "acknowledge-detect",
		[VSC7448_KR_COMPLETE_ACKNOWLEDGE] = "complete-acknowledge",
		[VSC7448_KR_TRAINING] = "training",
		[VSC7448_KR_GOOD_CHECK] = "good-check",
		[VSC7448_KR_GOOD] = "good",
		[VSC7448_KR_RATE_DETECT] = "rate-detect",
		[VSC7448_KR_RATE_WAIT] = "rate-wait",
	};

	return state < sizeof(names) / sizeof(names[0]) ? names[state] : NULL;
}

/* The port's number among the 10G macros, when it is in 10GBASE-R. */
static int check_port(struct regio *io, uint32_t port, uint32_t *i)
{
	struct vsc7448_link link = { .port = port };
	int rc;

	if (port < 49)
		return regio_fail(io, E_NOTSUP,
				  "port %" PRIu32 " has no 10GBASE-KR: ports 49 to 52 have",
				  port);
	rc = vsc7448__link_modes(io, &link, 1);
	if (rc == 0 && (!link.has_mode || (link.mode != LINK_MODE_10GBASE_R &&
					   link.mode != LINK_MODE_10GBASE_KR)))
		rc = regio_fail(io, E_STATE, "port %" PRIu32 " is not set up in 10gbase-kr",
				port);
	if (rc == 0)
		*i = port - 49;
	return rc;
}

/* --- start and stop ------------------------------------------------------------------------ */

/*
 * Timers for a core clock of 250 MHz: link_fail_inhibit and the training state, wait_timer,
 * max_wait_timer.
 */
static void set_timers(struct regio *io, uint32_t i)
{
	regio_put(io, VSC7448_XGKR1_LFLONG_TMR_LFLONG_MSW(i), 322);
	regio_put(io, VSC7448_XGKR1_TR_TMR_TR_MSW(i), 322);
	regio_fields(io, VSC7448_XGKR0_TR_CFG0_TR_CFG0(i),
		     F(XGKR0_TR_CFG0_TR_CFG0, TMR_DVDR, 6));
	regio_put(io, VSC7448_XGKR0_WT_TMR_WT_TMR(i), 1712);
	regio_put(io, VSC7448_XGKR0_MW_TMR_MW_TMR_LSW(i), 58521);
	regio_put(io, VSC7448_XGKR0_MW_TMR_MW_TMR_MSW(i), 204);
}

/* Bits of the base page: IEEE 802.3 73.6; the others stay as they are. */
static void set_page(struct regio *io, uint32_t i, bool fec_wanted)
{
	regio_put(io, VSC7448_XGKR1_LD_ADV_KR_7X0010(i), 0x0001);         /* selector */
	regio_set(io, VSC7448_XGKR1_LD_ADV_KR_7X0011(i), 0x00a0, 0x0080); /* A2: KR */
	regio_set(io, VSC7448_XGKR1_LD_ADV_KR_7X0012(i), 0xc000,
		  fec_wanted ? 0xc000 : 0x4000); /* F0 ability, F1 request */
}

/* Bits of TR_CFG1.TMR_HOLD: 10 break_link, 6 page. */
static void hold_timers(struct regio *io, uint32_t i, uint32_t mask, uint32_t held)
{
	regio_set(io, VSC7448_XGKR0_TR_CFG1_TR_CFG1(i), mask, held);
}

/* Limits and start values of the taps: the vendor's, after its UG1061 chapter 3.1. */
static void set_training(struct regio *io, uint32_t i)
{
	const uint64_t cfg0 = VSC7448_XGKR0_TR_CFG0_TR_CFG0(i);

	regio_fields(io, cfg0, F(XGKR0_TR_CFG0_TR_CFG0, SM_HIST_CLR, 1));
	regio_fields(io, cfg0, F(XGKR0_TR_CFG0_TR_CFG0, SM_HIST_CLR, 0));
	regio_fields(io, VSC7448_XGKR0_TR_MTHD_TR_MTHD(i), F(XGKR0_TR_MTHD_TR_MTHD, MTHD_CP, 0),
		     F(XGKR0_TR_MTHD_TR_MTHD, MTHD_C0, 0),
		     F(XGKR0_TR_MTHD_TR_MTHD, MTHD_CM, 0));
	regio_fields(io, cfg0, F(XGKR0_TR_CFG0_TR_CFG0, LD_PRE_INIT, 1),
		     F(XGKR0_TR_CFG0_TR_CFG0, LP_PRE_INIT, 1));
	regio_fields(io, VSC7448_XGKR0_TR_CFG2_TR_CFG2(i),
		     F(XGKR0_TR_CFG2_TR_CFG2, VP_MAX, 0x1f),
		     F(XGKR0_TR_CFG2_TR_CFG2, V2_MIN, 1));
	regio_fields(io, VSC7448_XGKR0_TR_CFG3_TR_CFG3(i),
		     F(XGKR0_TR_CFG3_TR_CFG3, CP_MAX, 0x3f),
		     F(XGKR0_TR_CFG3_TR_CFG3, CP_MIN, 0x35));
	regio_fields(io, VSC7448_XGKR0_TR_CFG4_TR_CFG4(i),
		     F(XGKR0_TR_CFG4_TR_CFG4, C0_MAX, 0x1f),
		     F(XGKR0_TR_CFG4_TR_CFG4, C0_MIN, 0x0c));
	regio_fields(io, VSC7448_XGKR0_TR_CFG5_TR_CFG5(i), F(XGKR0_TR_CFG5_TR_CFG5, CM_MAX, 0),
		     F(XGKR0_TR_CFG5_TR_CFG5, CM_MIN, 0x3a));
	regio_fields(io, VSC7448_XGKR0_TR_CFG6_TR_CFG6(i),
		     F(XGKR0_TR_CFG6_TR_CFG6, CP_INIT, 0x38),
		     F(XGKR0_TR_CFG6_TR_CFG6, C0_INIT, 0x14));
	regio_fields(io, VSC7448_XGKR0_TR_CFG7_TR_CFG7(i),
		     F(XGKR0_TR_CFG7_TR_CFG7, CM_INIT, 0x3e));
	regio_fields(io, VSC7448_XGKR0_OBCFG_ADDR_OBCFG_ADDR(i),
		     F(XGKR0_OBCFG_ADDR_OBCFG_ADDR, OBCFG_ADDR, 0x12));
}

static void restart(struct regio *io, uint32_t i, bool on)
{
	const uint64_t cfg0 = VSC7448_XGKR1_AN_CFG0_AN_CFG0(i);
	const uint64_t control = VSC7448_XGKR1_KR_7X0000_KR_7X0000(i);

	regio_fields(io, cfg0, F(XGKR1_AN_CFG0_AN_CFG0, CLKG_DISABLE, on));
	regio_fields(io, cfg0, F(XGKR1_AN_CFG0_AN_CFG0, AN_SM_HIST_CLR, 1));
	regio_fields(io, cfg0, F(XGKR1_AN_CFG0_AN_CFG0, AN_SM_HIST_CLR, 0));
	regio_fields(io, control, F(XGKR1_KR_7X0000_KR_7X0000, AN_ENABLE, 0));
	if (on)
		regio_fields(io, control, F(XGKR1_KR_7X0000_KR_7X0000, AN_ENABLE, 1),
			     F(XGKR1_KR_7X0000_KR_7X0000, AN_RESTART, 1));
}

#define STICKIES 0x7ffu /* KR_CONTROL: all requests */

int vsc7448_kr_start(struct vsc7448 *chip, uint32_t port, const struct vsc7448_kr_conf *conf,
		     struct error *err)
{
	struct regio *io = chip->io;
	uint32_t i = 0;

	if (check_port(io, port, &i) != 0)
		return regio_end(io, err);
	set_timers(io, i);
	regio_write(io, VSC7448_XGXFI_XFI_CONTROL_KR_CONTROL(i), STICKIES);
	set_page(io, i, conf->fec_wanted);
	hold_timers(io, i, 1u << 10 | 1u << 6, 1u << 10);
	regio_fields(io, VSC7448_XGKR1_AN_CFG0_AN_CFG0(i),
		     F(XGKR1_AN_CFG0_AN_CFG0, TR_DISABLE, !conf->training));
	if (conf->training)
		set_training(io, i);
	restart(io, i, true);
	hold_timers(io, i, 1u << 10, 0);
	return regio_end(io, err);
}

static void set_fec(struct regio *io, uint32_t i, bool on)
{
	/* With correction both directions are in reversed bit order: vtss_cil_port_kr_fec_set(). */
	regio_fields(io, VSC7448_PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG(i),
		     F(PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG, FEC_ENA, on),
		     F(PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG, TX_DATA_FLIP, on),
		     F(PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG, RX_DATA_FLIP, on));
}

int vsc7448_kr_stop(struct vsc7448 *chip, uint32_t port, struct error *err)
{
	struct regio *io = chip->io;
	uint32_t i = 0;

	if (check_port(io, port, &i) != 0)
		return regio_end(io, err);
	regio_write(io, VSC7448_XGXFI_XFI_CONTROL_KR_CONTROL(i), STICKIES);
	regio_fields(io, VSC7448_XGKR1_AN_CFG0_AN_CFG0(i),
		     F(XGKR1_AN_CFG0_AN_CFG0, TR_DISABLE, 1));
	restart(io, i, false);
	hold_timers(io, i, 1u << 10, 0);
	set_fec(io, i, false);
	return regio_end(io, err);
}

/* --- status -------------------------------------------------------------------------------- */

enum {
	CONTROL,
	SM,
	STATUS,
	STS0,
	PAGE_0,
	PAGE_1,
	PAGE_2,
	RESULT,
	CFG0,
	TRAIN,
	PCS,
	XFI,
	FEC,
	CORRECTED,
	UNCORRECTED,
	TAP_PRE,
	TAP_MAIN,
	TAP_POST,
	N_REGS
};

static int read_all(struct regio *io, uint32_t i, uint32_t *v)
{
	const uint64_t addrs[N_REGS] = {
		[CONTROL] = VSC7448_XGKR1_KR_7X0000_KR_7X0000(i),
		[SM] = VSC7448_XGKR1_AN_SM_AN_SM(i),
		[STATUS] = VSC7448_XGKR1_KR_7X0001_KR_7X0001(i),
		[STS0] = VSC7448_XGKR1_AN_STS0_AN_STS0(i),
		[PAGE_0] = VSC7448_XGKR1_LP_BASE_PAGE_0_KR_7X0013(i),
		[PAGE_1] = VSC7448_XGKR1_LP_BASE_PAGE_1_KR_7X0014(i),
		[PAGE_2] = VSC7448_XGKR1_LP_BASE_PAGE_2_KR_7X0015(i),
		[RESULT] = VSC7448_XGKR1_KR_7X0030_KR_7X0030(i),
		[CFG0] = VSC7448_XGKR1_AN_CFG0_AN_CFG0(i),
		[TRAIN] = VSC7448_XGKR0_KR_1X0097_KR_1X0097(i),
		[PCS] = VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_STATUS(i),
		[XFI] = VSC7448_XGXFI_XFI_CONTROL_KR_CONTROL(i),
		[FEC] = VSC7448_PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG(i),
		[CORRECTED] = VSC7448_PCS10G_BR_KR_FEC_HA_STATUS_KR_FEC_CORRECTED(i),
		[UNCORRECTED] = VSC7448_PCS10G_BR_KR_FEC_HA_STATUS_KR_FEC_UNCORRECTED(i),
		[TAP_PRE] = VSC7448_XGKR0_TR_TAPVAL_TR_CMVAL(i),
		[TAP_MAIN] = VSC7448_XGKR0_TR_TAPVAL_TR_C0VAL(i),
		[TAP_POST] = VSC7448_XGKR0_TR_TAPVAL_TR_CPVAL(i),
	};

	return regio_read_many(io, addrs, N_REGS, v);
}

static const uint32_t rate_requests = 1u << 8 | 1u << 7 | 1u << 6 | 1u << 2 | 1u << 1 | 1u;

static void decode_aneg(const uint32_t *v, struct vsc7448_kr_status *s)
{
	s->enabled = GET(v[CONTROL], XGKR1_KR_7X0000_KR_7X0000, AN_ENABLE) != 0;
	s->state = (uint8_t)GET(v[SM], XGKR1_AN_SM_AN_SM, AN_SM);
	s->block_lock = GET(v[PCS], PCS10G_BR_PCS_10GBR_STATUS_PCS_STATUS, RX_BLOCK_LOCK) != 0;
	s->complete = s->state == VSC7448_KR_GOOD && s->block_lock &&
		      GET(v[STATUS], XGKR1_KR_7X0001_KR_7X0001, AN_COMPLETE) != 0;
	s->partner_able = GET(v[STATUS], XGKR1_KR_7X0001_KR_7X0001, AN_LP_ABLE) != 0;
	s->page_received = GET(v[STATUS], XGKR1_KR_7X0001_KR_7X0001, PG_RCVD) != 0;
	s->incompatible = GET(v[STS0], XGKR1_AN_STS0_AN_STS0, INCP_LINK) != 0;
	s->own_nonce = GET(v[STS0], XGKR1_AN_STS0_AN_STS0, NONCE_MATCH) != 0;
	s->partner = (uint64_t)v[PAGE_2] << 32 | (uint64_t)v[PAGE_1] << 16 | v[PAGE_0];
	s->wants_rate = (v[XFI] & rate_requests) != 0;
	s->wants_fec = GET(v[XFI], XGXFI_XFI_CONTROL_KR_CONTROL, KR_ANEG_FEC_STICKY) != 0;
}

static void decode(const uint32_t *v, struct vsc7448_kr_status *s)
{
	memset(s, 0, sizeof(*s));
	decode_aneg(v, s);
	s->trains = s->enabled && GET(v[CFG0], XGKR1_AN_CFG0_AN_CFG0, TR_DISABLE) == 0;
	s->trained = GET(v[TRAIN], XGKR0_KR_1X0097_KR_1X0097, RCVR_RDY) != 0;
	s->training = GET(v[TRAIN], XGKR0_KR_1X0097_KR_1X0097, STPROT) != 0;
	s->training_failed = GET(v[TRAIN], XGKR0_KR_1X0097_KR_1X0097, TR_FAIL) != 0;
	s->tap_pre = (uint8_t)GET(v[TAP_PRE], XGKR0_TR_TAPVAL_TR_CMVAL, CM_VAL);
	s->tap_main = (uint8_t)GET(v[TAP_MAIN], XGKR0_TR_TAPVAL_TR_C0VAL, C0_VAL);
	s->tap_post = (uint8_t)GET(v[TAP_POST], XGKR0_TR_TAPVAL_TR_CPVAL, CP_VAL);
	s->fec_negotiated = GET(v[RESULT], XGKR1_KR_7X0030_KR_7X0030, AN_NEG_FEC) != 0;
	s->fec = GET(v[FEC], PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG, FEC_ENA) != 0;
	s->fec_corrected = v[CORRECTED];
	s->fec_uncorrected = v[UNCORRECTED];
}

static int read_status(struct regio *io, uint32_t i, uint32_t *v, struct vsc7448_kr_status *s)
{
	int rc = read_all(io, i, v);

	if (rc == 0)
		decode(v, s);
	return rc;
}

int vsc7448_kr_status(struct vsc7448 *chip, uint32_t port, struct error *err,
		      struct vsc7448_kr_status *status)
{
	struct vsc7448_kr_status found = { 0 };
	uint32_t v[N_REGS], i = 0;
	int rc;

	if (check_port(chip->io, port, &i) == 0)
		read_status(chip->io, i, v, &found);
	rc = regio_end(chip->io, err);
	if (rc == 0)
		*status = found;
	return rc;
}

/* --- service ------------------------------------------------------------------------------- */

/*
 * The states in which auto-negotiation waits for an answer; in others a request is not complete
 * yet (vtss_cil_port_kr_status()).
 */
static bool waits_for_rate(uint8_t state)
{
	return state == VSC7448_KR_TRANSMIT_DISABLE || state == VSC7448_KR_RATE_WAIT ||
	       state == VSC7448_KR_GOOD;
}

/* Answers what @v asks for; true: something was answered. */
static bool answer(struct regio *io, uint32_t i, const uint32_t *v,
		   const struct vsc7448_kr_status *s)
{
	const bool rate = s->wants_rate && waits_for_rate(s->state);
	uint32_t clear =
		rate ? rate_requests | BIT(XGXFI_XFI_CONTROL_KR_CONTROL, KR_ANEG_RATE_STICKY)
		     : 0;

	if (s->wants_fec) {
		set_fec(io, i, GET(v[XFI], XGXFI_XFI_CONTROL_KR_CONTROL, KR_FEC_ENABLE) != 0);
		clear |= BIT(XGXFI_XFI_CONTROL_KR_CONTROL, KR_ANEG_FEC_STICKY);
	}
	if (clear == 0)
		return false;
	/* The other bits of the register stay as they were read. */
	regio_write(io, VSC7448_XGXFI_XFI_CONTROL_KR_CONTROL(i),
		    (v[XFI] & ~STICKIES) | (clear & v[XFI] & STICKIES));
	return true;
}

static int service(struct regio *io, uint32_t i, struct vsc7448_kr_status *s)
{
	struct vsc7448_kr_status again;
	uint32_t v[N_REGS];
	int rc = read_status(io, i, v, s);

	if (rc != 0 || !answer(io, i, v, s))
		return rc;
	rc = read_status(io, i, v, &again);
	if (rc != 0)
		return rc;
	again.page_received |= s->page_received;
	again.incompatible |= s->incompatible;
	again.own_nonce |= s->own_nonce;
	*s = again;
	return 0;
}

int vsc7448_kr_service(struct vsc7448 *chip, uint32_t port, struct error *err,
		       struct vsc7448_kr_status *status)
{
	struct vsc7448_kr_status found = { 0 };
	uint32_t i = 0;
	int rc;

	if (check_port(chip->io, port, &i) == 0)
		service(chip->io, i, &found);
	rc = regio_end(chip->io, err);
	if (rc == 0)
		*status = found;
	return rc;
}

/* Why it is not complete, where that is known to last. */
static int give_up(struct regio *io, uint32_t i, uint32_t elapsed_us,
		   const struct vsc7448_kr_status *s)
{
	const char *name = vsc7448_kr_state_name(s->state);

	if (s->state == VSC7448_KR_GOOD)
		return regio_fail(io, E_TIMEOUT,
				  "PCS10G_BR[%" PRIu32 "]:PCS_10GBR_STATUS:PCS_STATUS."
				  "RX_BLOCK_LOCK was not 0x1 within %" PRIu32 " us, last 0x%x",
				  i, elapsed_us, s->block_lock);
	return regio_fail(io, E_TIMEOUT,
			  "XGKR1[%" PRIu32 "]:AN_SM:AN_SM.AN_SM was not 0x7 within %" PRIu32
			  " us, last 0x%x (%s)%s",
			  i, elapsed_us, s->state, name != NULL ? name : "unknown",
			  s->own_nonce      ? ": the port hears itself"
			  : s->incompatible ? ": the partner has no 10GBASE-KR"
			  : s->partner_able ? ""
					    : ": no partner that negotiates");
}

/* One round over a port; what clears on read is remembered in @s. */
static int round_of(struct regio *io, uint32_t i, struct vsc7448_kr_status *s)
{
	const bool own_nonce = s->own_nonce, incompatible = s->incompatible;
	int rc = service(io, i, s);

	s->own_nonce |= own_nonce;
	s->incompatible |= incompatible;
	return rc;
}

static int training_failed(struct regio *io, uint32_t i, uint32_t elapsed_us)
{
	return regio_fail(io, E_TIMEOUT,
			  "XGKR0[%" PRIu32 "]:KR_1X0097:KR_1X0097.TR_FAIL is set after %" PRIu32
			  " us: training did not end within its max_wait_timer of 500 ms",
			  i, elapsed_us);
}

/* The ports of a wait, by their numbers among the 10G macros. */
struct crowd {
	uint32_t nr[4];
	struct vsc7448_kr_status status[4];
	size_t n;
};

/* Until all are complete in the same round. */
static int wait(struct regio *io, struct crowd *c, uint32_t timeout_us)
{
	uint32_t elapsed_us = 0;

	for (;;) {
		size_t n_complete = 0, last = 0;

		for (size_t k = 0; k < c->n; k++) {
			int rc = round_of(io, c->nr[k], &c->status[k]);

			if (rc != 0)
				return rc;
			if (c->status[k].training_failed)
				return training_failed(io, c->nr[k], elapsed_us);
			n_complete += c->status[k].complete;
			if (!c->status[k].complete)
				last = k;
		}
		if (n_complete == c->n)
			return 0;
		if (elapsed_us >= timeout_us)
			return give_up(io, c->nr[last], elapsed_us, &c->status[last]);
		regio_delay(io, POLL_US);
		elapsed_us += POLL_US;
	}
}

int vsc7448_kr_wait(struct vsc7448 *chip, vsc7448_ports ports, uint32_t timeout_us,
		    struct error *err, struct vsc7448_kr_status *status)
{
	struct crowd c = { .n = 0 };
	int rc = 0;

	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		if ((ports >> port & 1) != 0)
			rc = check_port(chip->io, port, &c.nr[c.n++]);
	if (rc == 0)
		wait(chip->io, &c, timeout_us);
	rc = regio_end(chip->io, err);
	if (rc == 0)
		memcpy(status, c.status, c.n * sizeof(*status));
	return rc;
}
