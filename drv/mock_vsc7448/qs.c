/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DEVCPU_QS: extraction and injection of frames word by word (HOWTO l, devcpu_qs.rdl).  A FIFO
 * holds 64 frames (the model's own); more are dropped and OFLW_ERR_STICKY tells.
 */
#include "drv/mock_vsc7448/qs.h"

#include <stdlib.h>
#include <string.h>

#include "drv/mock_vsc7448/counters.h"

#define N_GROUPS   2u
#define MAX_FRAMES 64u
#define MAX_BYTES  (MV_IFH_BYTES + MV_MAX_FRAME + 4)

#define XTR(reg)          VSC7448_DEVCPU_QS_XTR_##reg
#define INJ(reg)          VSC7448_DEVCPU_QS_INJ_##reg
#define CTRL_F(f)         VSC7448_DEVCPU_QS_INJ_INJ_CTRL__##f
#define STATUS            0x80000000u /* | 0..3: the end, so many bytes of the last word are unused */
#define PRUNED            (STATUS | 4)
#define ESCAPE            (STATUS | 6)
#define NOT_READY         (STATUS | 7)
#define MODE_BY_REGISTERS 1u

/* A frame with its header and FCS, and how far it was read. */
struct item {
	uint8_t *data;
	uint32_t len, at;
	bool pruned;
	bool escaped; /* the escape of the next word was read */
	bool ended;   /* the status word of the end was read */
};

struct group {
	struct item items[MAX_FRAMES]; /* a ring */
	uint32_t first, n;
	uint8_t *inject; /* MAX_BYTES */
	uint32_t n_inject;
	bool injecting, last;
	uint32_t vld_bytes;
};

struct mv_qs {
	struct group groups[N_GROUPS];
	uint32_t n_injected;
};

static uint32_t mode_of(struct mock_vsc7448 *m, uint64_t addr)
{
	return mock_hw_get(m->mock, addr) >> 2 & 3;
}

/* --- extraction -------------------------------------------------------------------------- */

/* CRC-32 of IEEE 802.3, as it goes over the wire: low byte first. */
static uint32_t fcs_of(const uint8_t *data, uint32_t len)
{
	uint32_t crc = UINT32_MAX;

	for (uint32_t i = 0; i < len; i++) {
		crc ^= data[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (0xedb88320u & (0u - (crc & 1)));
	}
	return ~crc;
}

static void put_be(uint8_t *p, uint64_t value, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		p[i] = (uint8_t)(value >> 8 * (n - 1 - i));
}

/* HOWTO l.1: TS 0-3, DST 4-11, VSTAX_HI 12-13, VSTAX_LO 14-21, FWD 22-27. */
static void make_header(const struct mv_frame *f, uint8_t *ifh)
{
	uint64_t vstax_lo = (uint64_t)f->cos << 56 | (uint64_t)f->pcp << 29 |
			    (uint64_t)f->dei << 28 | (uint64_t)f->vid << 16;
	uint64_t fwd = (uint64_t)f->port << 27 | (uint64_t)f->cpu_queues << 10;

	if (f->was_tagged && f->tpid != 0x8100)
		vstax_lo |= 1u << 14;
	memset(ifh, 0, MV_IFH_BYTES);
	put_be(ifh + 12, 0x8000, 2);
	put_be(ifh + 14, vstax_lo, 8);
	put_be(ifh + 22, fwd, 6);
}

static bool fill_item(struct mock_vsc7448 *m, const struct mv_frame *f, uint32_t group,
		      struct item *item)
{
	uint32_t prune = mock_hw_get(m->mock, XTR(XTR_FRM_PRUNING)(group)) & 0xff;
	uint32_t fcs = fcs_of(f->data, f->len);

	*item = (struct item){ .len = MV_IFH_BYTES + f->len + 4 };
	item->data = malloc(item->len);
	if (item->data == NULL)
		return false;
	make_header(f, item->data);
	memcpy(item->data + MV_IFH_BYTES, f->data, f->len);
	for (uint32_t i = 0; i < 4; i++)
		item->data[MV_IFH_BYTES + f->len + i] = (uint8_t)(fcs >> 8 * i);
	if (prune != 0 && item->len > 4 * (prune + 1)) {
		item->len = 4 * (prune + 1);
		item->pruned = true;
	}
	return true;
}

void mv_extract(struct mock_vsc7448 *m, const struct mv_frame *f, uint32_t group)
{
	struct group *g = &m->qs->groups[group];
	bool taken = mode_of(m, XTR(XTR_GRP_CFG)(group)) == MODE_BY_REGISTERS;

	if (taken && g->n == MAX_FRAMES)
		mock_hw_set(m->mock, XTR(XTR_CFG), 1u << group);
	if (!taken || g->n == MAX_FRAMES ||
	    !fill_item(m, f, group, &g->items[(g->first + g->n) % MAX_FRAMES])) {
		mv_count_cpu_drop(m);
		return;
	}
	g->n++;
}

static void drop_first(struct group *g)
{
	free(g->items[g->first].data);
	g->items[g->first].data = NULL;
	g->first = (g->first + 1) % MAX_FRAMES;
	g->n--;
}

static uint32_t word_at(const struct item *item)
{
	uint32_t word = 0;

	for (uint32_t i = 0; i < 4; i++)
		word = word << 8 | (item->at + i < item->len ? item->data[item->at + i] : 0u);
	return word;
}

/* Whether the end's status word comes now. */
static bool status_is_due(const struct item *item, bool after_last)
{
	return !item->ended && (after_last ? item->at >= item->len : item->at + 4 >= item->len);
}

static uint32_t next_word(struct group *g, bool after_last)
{
	struct item *item = &g->items[g->first];
	uint32_t word;

	if (g->n == 0)
		return NOT_READY;
	if (status_is_due(item, after_last)) {
		word = item->pruned ? PRUNED : STATUS | (0u - item->len) % 4;
		item->ended = true;
		if (after_last)
			drop_first(g);
		return word;
	}
	word = word_at(item);
	if (word >= STATUS && word <= NOT_READY && !item->escaped) {
		item->escaped = true;
		return ESCAPE;
	}
	item->escaped = false;
	item->at += 4;
	if (item->at >= item->len && !after_last)
		drop_first(g);
	return word;
}

static uint32_t in_order(struct mock_vsc7448 *m, uint64_t cfg, uint32_t word)
{
	return (mock_hw_get(m->mock, cfg) & 1) != 0 ? __builtin_bswap32(word) : word;
}

static int read_xtr(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint32_t group = (uint32_t)((addr - XTR(XTR_RD)(0)) / 4);
	uint64_t cfg = XTR(XTR_GRP_CFG)(group);
	bool after_last = (mock_hw_get(m->mock, cfg) & 2) != 0;

	if (mode_of(m, cfg) != MODE_BY_REGISTERS)
		*value = in_order(m, cfg, NOT_READY);
	else
		*value = in_order(m, cfg, next_word(&m->qs->groups[group], after_last));
	return 0;
}

static int read_present(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	(void)addr;
	*value = (m->qs->groups[0].n > 0) | (m->qs->groups[1].n > 0) << 1;
	return 0;
}

static int write_flush(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)addr;
	for (uint32_t i = 0; i < N_GROUPS; i++)
		while ((value >> i & 1) != 0 && m->qs->groups[i].n > 0)
			drop_first(&m->qs->groups[i]);
	return 0;
}

/* --- injection --------------------------------------------------------------------------- */

static int write_inj_ctrl(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint32_t group = (uint32_t)((addr - INJ(INJ_CTRL)(0)) / 4);
	struct group *g = &m->qs->groups[group];

	if (reg_field_get(value, CTRL_F(ABORT)) != 0)
		g->injecting = false;
	if (reg_field_get(value, CTRL_F(SOF)) != 0) {
		if (g->injecting)
			mock_hw_set(m->mock, INJ(INJ_ERR)(group), 2); /* ABORT_ERR_STICKY */
		g->injecting = true;
		g->last = false;
		g->n_inject = 0;
	}
	if (reg_field_get(value, CTRL_F(EOF)) != 0) {
		g->last = true;
		g->vld_bytes = (uint32_t)reg_field_get(value, CTRL_F(VLD_BYTES));
	}
	return 0;
}

static void finish(struct mock_vsc7448 *m, struct group *g)
{
	uint32_t len = g->n_inject - (g->vld_bytes == 0 ? 0 : 4 - g->vld_bytes);

	g->injecting = false;
	if (len < MV_IFH_BYTES + 14 + 4)
		return;
	m->qs->n_injected++;
	mv_injected(m, g->inject, g->inject + MV_IFH_BYTES, len - MV_IFH_BYTES - 4);
}

static int write_inj(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint32_t group = (uint32_t)((addr - INJ(INJ_WR)(0)) / 4);
	struct group *g = &m->qs->groups[group];
	uint64_t cfg = INJ(INJ_GRP_CFG)(group);

	if (!g->injecting || mode_of(m, cfg) != MODE_BY_REGISTERS)
		return 0;
	if (g->n_inject + 4 > MAX_BYTES) {
		g->injecting = false;
		return mock_hw_set(m->mock, INJ(INJ_ERR)(group), 1); /* WR_ERR_STICKY */
	}
	put_be(g->inject + g->n_inject, in_order(m, cfg, value), 4);
	g->n_inject += 4;
	if (g->last)
		finish(m, g);
	return 0;
}

static int read_inj_status(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	(void)addr;
	*value = 3u << 2 | m->qs->groups[0].injecting | m->qs->groups[1].injecting << 1;
	return 0;
}

static int read_inj_count(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	(void)addr;
	*value = m->qs->n_injected & 0xf;
	return 0;
}

/* --- the part ---------------------------------------------------------------------------- */

static void qs_reset(struct mock_vsc7448 *m)
{
	for (uint32_t i = 0; i < N_GROUPS; i++) {
		while (m->qs->groups[i].n > 0)
			drop_first(&m->qs->groups[i]);
		m->qs->groups[i].injecting = false;
	}
	m->qs->n_injected = 0;
}

static int qs_init(struct mock_vsc7448 *m)
{
	m->qs = calloc(1, sizeof(*m->qs));
	if (m->qs == NULL)
		return E_NOMEM;
	for (uint32_t i = 0; i < N_GROUPS; i++) {
		m->qs->groups[i].inject = malloc(MAX_BYTES);
		if (m->qs->groups[i].inject == NULL)
			return E_NOMEM;
	}
	return 0;
}

static void qs_fini(struct mock_vsc7448 *m)
{
	if (m->qs == NULL)
		return;
	qs_reset(m);
	for (uint32_t i = 0; i < N_GROUPS; i++)
		free(m->qs->groups[i].inject);
	free(m->qs);
	m->qs = NULL;
}

static const struct mv_range ranges[] = {
	{ XTR(XTR_RD)(0), XTR(XTR_RD)(1), read_xtr, NULL },
	{ XTR(XTR_FLUSH), XTR(XTR_FLUSH), NULL, write_flush },
	{ XTR(XTR_DATA_PRESENT), XTR(XTR_DATA_PRESENT), read_present, NULL },
	{ INJ(INJ_WR)(0), INJ(INJ_WR)(1), NULL, write_inj },
	{ INJ(INJ_CTRL)(0), INJ(INJ_CTRL)(1), NULL, write_inj_ctrl },
	{ INJ(INJ_STATUS), INJ(INJ_STATUS), read_inj_status, NULL },
	{ INJ(VTSS_DBG), INJ(VTSS_DBG), read_inj_count, NULL },
};

const struct mv_part mv_part_qs = {
	.name = "qs",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = qs_init,
	.fini = qs_fini,
	.reset = qs_reset,
};
