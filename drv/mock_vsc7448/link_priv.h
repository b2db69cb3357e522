/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside the links of the model: what a port is set up as (link_conf.c), when its link reaches
 * which state (link_due.c, link_kr.c), what its registers then show (link_show.c, oset.c), and
 * when all that is worked out (link.c).
 */
#ifndef DRV_MOCK_VSC7448_LINK_PRIV_H
#define DRV_MOCK_VSC7448_LINK_PRIV_H

#include "drv/mock_vsc7448/link.h"

#define LINK_PORTS 53u
#define NEVER      UINT64_MAX

/*
 * What is on the wire: both ends need the same.  RXAUI is interleaved 8b/10b of PCS_XAUI, 2X6G what
 * the vendor's driver takes for RXAUI: 64b/66b of PCS2X6G.
 */
enum line {
	LINE_NONE,
	LINE_FX100,
	LINE_1G,
	LINE_2G5,
	LINE_QSGMII,
	LINE_XAUI,
	LINE_RXAUI,
	LINE_2X6G,
	LINE_R
};

/* A port as its registers set it up. */
struct link_conf {
	enum line line;
	uint32_t mbps;      /* of the MAC */
	uint32_t hyst_us;   /* 100BASE-FX: link hysteresis */
	uint32_t ability;   /* clause 37 or SGMII: sent word */
	uint32_t kr_adv[3]; /* clause 73: sent base page */
	uint32_t tx_q;      /* XAUI: the word that is sent, 0: none */
	bool sends, receives;
	bool sd_ena; /* signal detect is used */
	bool sgmii, aneg, short_timer;
	bool near_loop; /* what is sent comes back */
	bool far_loop;  /* what is received is sent back */
	bool mac_sends;
	bool fef_sends, fef_hears; /* 100BASE-FX: far-end fault */
	bool lfs;                  /* reacts to link faults */
	bool lf_gen_dis;
	bool fec;
	bool kr;       /* clause 73 */
	bool training; /* clause 72, alone or within clause 73 */
};

/* When the parts of a port have begun to be as they are; NEVER: they are not. */
struct link_since {
	uint64_t sends, receives, signal, aneg, rate_done, fec;
};

/* From when on the link is in which state; NEVER: not as things are. */
struct link_due {
	uint64_t signal;  /* a signal is detected */
	uint64_t sync;    /* code groups, lanes or blocks are found */
	uint64_t aligned; /* XAUI: all lanes, others as sync */
	uint64_t page;    /* auto-negotiation: the partner's page is known */
	uint64_t aneg;    /* auto-negotiation is complete */
	uint64_t hi_ber;  /* 10GBASE-R */
	uint64_t link;    /* the PCS passes data */
	uint64_t kr_page, kr_train, kr_trained, kr_failed;
};

/* The same at one time: for what changes. */
struct link_now {
	bool signal, sync, aligned, page, aneg, hi_ber, link;
	bool local_fault, remote_fault;
	uint8_t an_state; /* clause 73 */
	uint32_t q;       /* XAUI: word received, with faults */
};

/* One end, ours or the partner's. */
struct link_side {
	struct link_conf conf;
	struct link_since since;
	double error_rate;
};

struct link_fifo {
	uint32_t word[7]; /* at most 7 words: RX_OSET_FIFO_NUM */
	uint32_t n;
};

struct link_port {
	struct link_side side;
	struct world_end end;
	struct mock_vsc7448 *peer; /* of a cable; NULL: none, or it does not exist yet */
	struct link_now now;
	uint64_t next_us; /* when something changes by itself */
	uint64_t seen_us; /* errors are counted up to here */
	double errors[3]; /* fractions of an error */
	bool up, forced;
	bool nonce_match;
	struct link_fifo fifo[2]; /* sequence, signal */
};

struct mv_link {
	struct link_port port[LINK_PORTS];
	uint64_t plugs; /* world_changes() when the ends were looked at */
};

/* link_conf.c */
void link__conf_read(struct mock_vsc7448 *m, uint32_t port, struct link_conf *conf);
bool link__conf_same(const struct link_conf *a, const struct link_conf *b);
/* The words of registers of @port's active device of up to 2.5G. */
uint64_t link__dev1g(uint32_t port, uint64_t dev1g_addr);

/* link_due.c: @b NULL: nothing is there. */
void link__due(const struct link_side *a, const struct link_side *b, struct link_due *due);
uint64_t link__next(const struct link_due *due, uint64_t now_us);
void link__now(const struct link_due *due, uint64_t now_us, struct link_now *now);

/* link_kr.c */
void link__kr_due(const struct link_side *a, const struct link_side *b, struct link_due *due);
uint8_t link__kr_state(const struct link_side *a, const struct link_due *due, uint64_t now_us);
void link__kr_show(struct mock_vsc7448 *m, uint32_t port, const struct link_side *b,
		   const struct link_due *due, const struct link_now *was);
/* Reads whose registers clear themselves; true: @value is settled. */
bool link__kr_read(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value);

/* link_show.c: registers after a look; @was: the state before. */
void link__show(struct mock_vsc7448 *m, uint32_t port, const struct link_side *b,
		const struct link_due *due, const struct link_now *was);
bool link__is_status(uint64_t addr);

/* link_error.c: what went wrong since the last look. */
void link__count_errors(struct mock_vsc7448 *m, uint32_t port);

/* oset.c */
void link__oset_show(struct mock_vsc7448 *m, uint32_t port, const struct link_now *was);
bool link__oset_read(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value);
bool link__fifo_push(struct mock_vsc7448 *m, uint32_t port, bool signal, uint32_t word);

/* link.c */
void link__look(struct mock_vsc7448 *m, uint32_t port);
struct link_port *link__port(struct mock_vsc7448 *m, uint32_t port);

static inline bool link_is_10g(enum line line)
{
	return line >= LINE_XAUI;
}

/* Hardware sets bits of a register. */
static inline void link_latch(struct mock_vsc7448 *m, uint64_t addr, uint32_t bits)
{
	mock_hw_put(m->mock, addr, mock_hw_get(m->mock, addr) | bits);
}

#endif
