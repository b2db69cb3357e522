/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When a link reaches which state: sums of the standard's timers from the moment that both ends
 * are set up.
 */
#include "drv/mock_vsc7448/link_priv.h"

#include <string.h>

/*
 * Recovering the clock and detecting the signal: not documented, in the order that SerDes need.
 * The time to find code groups, lanes or blocks after it is nothing beside it: three commas
 * (IEEE 802.3 36.2.5.2.6), four ||A|| (48.2.6.2.3), 64 sync headers (49.2.9).
 */
#define SIGNAL_US 10u
#define CLOCK_US  100u
#define ALIGN_US  10u

/* link_timer: 10 ms (IEEE 802.3 37.3.1.4); SGMII 1.6 ms; short ones: PCS1G_DBG_CFG.UDLT. */
#define LINK_TIMER_US       10000u
#define SGMII_TIMER_US      1600u
#define LINK_TIMER_SHORT_US 10u
#define SGMII_SHORT_US      2u

/* high_ber: 16 bad sync headers within 125 us (IEEE 802.3 49.2.13.2.2); two bits of 66. */
#define BER_TIMER_US 125u
#define HI_BER_RATE  (16.0 / (10.3125e9 * 125e-6 * 2.0 / 66.0))

/*
 * 8b/10b loses synchronization on four bad code groups with less than four good ones between
 * (36.2.5.2.6): at a bit error rate of about one in a hundred it is never kept.
 */
#define SYNC_LOST_RATE 1e-2

static uint64_t later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static uint64_t after(uint64_t at, uint64_t us)
{
	return at == NEVER ? NEVER : at + us;
}

static bool fits(const struct link_conf *a, const struct link_conf *b)
{
	return a->line == b->line && a->kr == b->kr;
}

static void due_signal(const struct link_side *a, const struct link_side *b,
		       struct link_due *due)
{
	due->signal = NEVER;
	if (a->conf.line == LINE_NONE)
		return;
	if (!a->conf.sd_ena) /* "otherwise a signal is assumed" */
		due->signal = a->since.receives;
	else if (b != NULL)
		due->signal =
			after(later(later(b->since.sends, a->since.receives), a->since.signal),
			      SIGNAL_US);
}

static void due_sync(const struct link_side *a, const struct link_side *b, struct link_due *due)
{
	due->sync = NEVER;
	if (b == NULL || a->conf.line == LINE_NONE || !fits(&a->conf, &b->conf) ||
	    (a->conf.line != LINE_R && a->error_rate > SYNC_LOST_RATE))
		return;
	due->sync = after(later(later(b->since.sends, a->since.receives), a->since.signal),
			  CLOCK_US);
}

static void due_aneg(const struct link_side *a, const struct link_side *b, struct link_due *due)
{
	uint64_t timer_us = a->conf.sgmii ? SGMII_TIMER_US : LINK_TIMER_US;

	if (a->conf.short_timer)
		timer_us = a->conf.sgmii ? SGMII_SHORT_US : LINK_TIMER_SHORT_US;
	due->page = due->aneg = NEVER;
	if (!a->conf.aneg || b == NULL || !b->conf.aneg || due->sync == NEVER)
		return;
	/* AN_RESTART, then ABILITY_DETECT; COMPLETE_ACKNOWLEDGE; IDLE_DETECT: figure 37-6. */
	due->page = later(later(due->sync, a->since.aneg), b->since.aneg);
	due->page =
		after(later(due->page, later(b->since.receives, b->since.signal)), timer_us);
	due->aneg = after(due->page, 2 * timer_us);
}

static void due_10gbase_r(const struct link_side *a, struct link_due *due)
{
	due->hi_ber = NEVER;
	if (a->error_rate >= HI_BER_RATE)
		due->hi_ber = due->sync;
	due->link = due->hi_ber != NEVER ? NEVER : after(due->sync, BER_TIMER_US);
}

void link__due(const struct link_side *a, const struct link_side *b, struct link_due *due)
{
	memset(due, 0xff, sizeof(*due));
	due_signal(a, b, due);
	due_sync(a, b, due);
	if (a->conf.kr || a->conf.training)
		link__kr_due(a, b, due);
	due->aligned = link_is_10g(a->conf.line) && a->conf.line != LINE_R
			       ? after(due->sync, ALIGN_US)
			       : due->sync;
	if (!a->conf.kr)
		due_aneg(a, b, due);
	if (a->conf.line == LINE_R)
		due_10gbase_r(a, due);
	else if (a->conf.line == LINE_FX100)
		due->sync = due->aligned = due->link = after(due->sync, a->conf.hyst_us);
	else
		due->link = a->conf.aneg ? due->aneg : due->aligned;
}

static void sooner(uint64_t at, uint64_t now_us, uint64_t *next)
{
	if (at > now_us && at < *next)
		*next = at;
}

uint64_t link__next(const struct link_due *due, uint64_t now_us)
{
	uint64_t next = NEVER;

	sooner(due->signal, now_us, &next);
	sooner(due->sync, now_us, &next);
	sooner(due->aligned, now_us, &next);
	sooner(due->page, now_us, &next);
	sooner(due->aneg, now_us, &next);
	sooner(due->hi_ber, now_us, &next);
	sooner(due->link, now_us, &next);
	sooner(due->kr_page, now_us, &next);
	sooner(due->kr_train, now_us, &next);
	sooner(due->kr_trained, now_us, &next);
	sooner(due->kr_failed, now_us, &next);
	return next;
}

void link__now(const struct link_due *due, uint64_t now_us, struct link_now *now)
{
	*now = (struct link_now){
		.signal = due->signal <= now_us,
		.sync = due->sync <= now_us,
		.aligned = due->aligned <= now_us,
		.page = due->page <= now_us,
		.aneg = due->aneg <= now_us,
		.hi_ber = due->hi_ber <= now_us,
		.link = due->link <= now_us,
	};
}
