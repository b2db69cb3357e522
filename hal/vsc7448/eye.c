/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/eye.h"

#include <inttypes.h>
#include <string.h>

#include "hal/vsc7448/port_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define MAIN_CFG(n)     VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_MAIN_CFG(n)
#define PAT_LOCK_CFG(n) VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_PAT_LOCK_CFG(n)
#define SCAN_CFG1(n)    VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_HW_SCAN_CFG1(n)
#define SCAN_CFG2(n)    VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_HW_SCAN_CFG2(n)
#define STAT(n)         VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_STAT(n)
#define CNT(n)          VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_CNT(n)
#define APC(n)          VSC7448_XGDIG_SD10G65_APC_APC_COMMON_CFG0(n)
#define SYNTH(n)        VSC7448_XGANA_SD10G65_RX_SYNTH_SD10G65_RX_SYNTH_CFG2(n)
#define IB0(n)          VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG0(n)
#define IB4(n)          VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG4(n)
#define IB5(n)          VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG5(n)
#define IB8(n)          VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG8(n)
#define DES(n)          VSC7448_XGANA_SD10G65_DES_SD10G65_DES_CFG0(n)
#define HW_CFG          VSC7448_HSIO_HW_CFGSTAT_HW_CFG

#define MAIN(field, v)  F(XGDIG_SD10G65_VSCOPE2_VSCOPE_MAIN_CFG, field, v)
#define SCAN(field, v)  F(XGDIG_SD10G65_VSCOPE2_VSCOPE_HW_SCAN_CFG1, field, v)
#define PAT(field, v)   F(XGDIG_SD10G65_VSCOPE2_VSCOPE_PAT_LOCK_CFG, field, v)
#define IB(n, field, v) F(XGANA_SD10G65_IB_SD10G65_IB_CFG##n, field, v)

/* Word clock of the interface with 32 bits: 10.3125 GHz / 32. */
#define WORDS_PER_US 322u

#define DATA_MIDDLE      32u /* threshold +0: the middle */
#define PHASE_WALK       42u /* largest phase step of the vendor's driver outside a scan */
#define CHUNK            16u /* points per transfer while an edge is looked for */
#define EDGE_CLOCKS_LOG2 10u

/* All registers that a scan changes. */
enum saved {
	SAVED_MAIN,
	SAVED_PAT,
	SAVED_SCAN1,
	SAVED_SCAN2,
	SAVED_APC,
	SAVED_SYNTH,
	SAVED_IB0,
	SAVED_IB4,
	SAVED_IB5,
	SAVED_IB8,
	SAVED_DES,
	N_SAVED
};

struct scope {
	struct regio *io;
	uint32_t n; /* macro: port - 49 */
	uint64_t addr[N_SAVED];
	uint32_t saved[N_SAVED];
	uint32_t data_phase, phase;
	uint64_t point_us; /* at most, for one measurement */
};

static uint32_t field_of(uint32_t value, struct reg_field field)
{
	return (uint32_t)reg_field_get(value, field);
}

static int check_port(struct vsc7448 *chip, uint32_t port, struct error *err)
{
	uint32_t hw_cfg, mode;

	if (port < 49 || port > 52)
		return error_set(err, E_RANGE,
				 "port %" PRIu32 " has no eye scope: ports 49 to 52 have",
				 port);
	if (regio_get(chip->io, HW_CFG, &hw_cfg) != 0)
		return regio_end(chip->io, err);
	mode = (uint32_t)reg_field_get(hw_cfg, vsc7448__hw_cfg_field(port));
	if (mode != VSC7448_HSIO_HW_CFGSTAT_HW_CFG__DEV10G_0_MODE__SFI)
		return error_set(err, E_STATE,
				 "port %" PRIu32
				 " is not in SFI: the eye scope sees 10GBASE-R and "
				 "10GBASE-KR only",
				 port);
	return 0;
}

static int save(struct scope *s)
{
	const uint64_t addr[N_SAVED] = {
		[SAVED_MAIN] = MAIN_CFG(s->n),   [SAVED_PAT] = PAT_LOCK_CFG(s->n),
		[SAVED_SCAN1] = SCAN_CFG1(s->n), [SAVED_SCAN2] = SCAN_CFG2(s->n),
		[SAVED_APC] = APC(s->n),         [SAVED_SYNTH] = SYNTH(s->n),
		[SAVED_IB0] = IB0(s->n),         [SAVED_IB4] = IB4(s->n),
		[SAVED_IB5] = IB5(s->n),         [SAVED_IB8] = IB8(s->n),
		[SAVED_DES] = DES(s->n),
	};
	int rc;

	memcpy(s->addr, addr, sizeof(addr));
	rc = regio_get_many(s->io, s->addr, N_SAVED, s->saved);
	if (rc != 0)
		return rc;
	s->data_phase = field_of(
		s->saved[SAVED_SYNTH],
		VSC7448_XGANA_SD10G65_RX_SYNTH_SD10G65_RX_SYNTH_CFG2__SYNTH_PHASE_DATA);
	s->phase = s->data_phase;
	return 0;
}

static void set_phase(struct scope *s, uint32_t phase)
{
	s->phase = phase % EYE_PHASES;
	regio_fields(
		s->io, SYNTH(s->n),
		F(XGANA_SD10G65_RX_SYNTH_SD10G65_RX_SYNTH_CFG2, SYNTH_PHASE_AUX, s->phase));
}

/* Back to the data phase in steps that the vendor's driver does not exceed either. */
static void walk_home(struct scope *s)
{
	while (s->phase != s->data_phase) {
		uint32_t ahead = (s->data_phase - s->phase) % EYE_PHASES;

		set_phase(s, ahead <= PHASE_WALK ? s->data_phase : s->phase + PHASE_WALK);
	}
}

/*
 * The vendor's set-up: vtss_cil_misc_vscope_conf_set.  The auxiliary sampler (high) is compared with
 * the main one; the history of bits before the one compared does not matter (DC_MASK).
 */
static void configure(struct scope *s)
{
	uint32_t width = field_of(s->saved[SAVED_APC],
				  VSC7448_XGDIG_SD10G65_APC_APC_COMMON_CFG0__IF_WIDTH);

	set_phase(s, s->data_phase);
	regio_fields(s->io, DES(s->n), F(XGANA_SD10G65_DES_SD10G65_DES_CFG0, DES_VSC_DIS, 0));
	regio_fields(
		s->io, MAIN_CFG(s->n), MAIN(VSCOPE_ENA, 1), MAIN(QUICK_SCAN, 0),
		MAIN(CNT_ENA, 0), MAIN(SYN_PHASE_WR_DIS, 0), MAIN(IB_AUX_OFFS_WR_DIS, 0),
		MAIN(IB_JUMP_ENA_WR_DIS, 0),
		MAIN(COMP_SEL,
		     VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_MAIN_CFG__COMP_SEL__MAIN_HIGH),
		MAIN(SCAN_LIM, VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_MAIN_CFG__SCAN_LIM__HITS),
		MAIN(INTR_DIS, 0), MAIN(TRIG_ENA, 0), MAIN(CNT_OUT_SEL, 0),
		MAIN(IF_MODE, width), MAIN(PRELOAD_VAL, 31), MAIN(COUNT_PER, 31));
	regio_fields(s->io, SCAN_CFG1(s->n), SCAN(HW_SCAN_ENA, 0), SCAN(AMPL_INCR, 0),
		     SCAN(PHASE_INCR, 0), SCAN(AMPL_OFFS_VAL, 0), SCAN(NUM_SCANS_PER_ITR, 0),
		     SCAN(PHASE_JUMP_INV, 0));
	regio_fields(s->io, SCAN_CFG2(s->n),
		     F(XGDIG_SD10G65_VSCOPE2_VSCOPE_HW_SCAN_CFG2, PHASE_JUMP_VAL, 96),
		     F(XGDIG_SD10G65_VSCOPE2_VSCOPE_HW_SCAN_CFG2, AUX_AMPL_SYM_DIS, 0));
	regio_fields(s->io, PAT_LOCK_CFG(s->n), PAT(DC_MASK, 0x3ff));
	regio_fields(s->io, APC(s->n), F(XGDIG_SD10G65_APC_APC_COMMON_CFG0, FREEZE_APC, 1));
	regio_fields(s->io, IB0(s->n), IB(0, IB_VSCOPE_ENA, 1));
	regio_fields(s->io, IB8(s->n), IB(8, IB_SEL_VCLK, 1));
	regio_fields(s->io, IB4(s->n), IB(4, IB_VSCOPE_H_THRES, DATA_MIDDLE));
}

/* jr2_vscope_fast_scan_conf_set and the start of jr2_vscope_fast_scan_status_get. */
static void configure_edges(struct scope *s)
{
	configure(s);
	regio_fields(s->io, SYNTH(s->n),
		     F(XGANA_SD10G65_RX_SYNTH_SD10G65_RX_SYNTH_CFG2, SYNTH_AUX_ENA, 1));
	regio_fields(s->io, PAT_LOCK_CFG(s->n), PAT(HIST_MASK, 0), PAT(PRELOAD_HIT_CNT, 31));
	regio_fields(
		s->io, MAIN_CFG(s->n), MAIN(CNT_OUT_SEL, 3),
		MAIN(SCAN_LIM, VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_MAIN_CFG__SCAN_LIM__CLOCKS),
		MAIN(COUNT_PER, EDGE_CLOCKS_LOG2 - 1), MAIN(INTR_DIS, 1));
	regio_fields(s->io, IB4(s->n), IB(4, IB_VSCOPE_L_THRES, DATA_MIDDLE - 1));
	s->point_us = 10 * ((1u << EDGE_CLOCKS_LOG2) / WORDS_PER_US + 1);
}

static void configure_scan(struct scope *s, uint32_t hits_log2)
{
	configure(s);
	regio_fields(s->io, PAT_LOCK_CFG(s->n), PAT(PRELOAD_HIT_CNT, hits_log2 - 1));
	s->point_us = 10 * ((UINT64_C(1) << hits_log2) / WORDS_PER_US + 1);
	if (s->point_us > UINT32_MAX)
		s->point_us = UINT32_MAX;
}

/* Ends a scan and puts everything back; an error of the scan counts more than one in here. */
static int restore(struct scope *s, struct error *err)
{
	struct error scan_err = { 0 };
	int rc = regio_flush(s->io);

	if (rc != 0)
		regio_end(s->io, &scan_err);
	walk_home(s);
	for (unsigned i = N_SAVED; i-- > 0;)
		regio_put(
			s->io, s->addr[i],
			i == SAVED_MAIN
				? s->saved[i] &
					  ~(uint32_t)reg_field_mask(
						  VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_MAIN_CFG__VSCOPE_ENA)
				: s->saved[i]);
	if (rc == 0) {
		rc = regio_end(s->io, err);
		return rc == 0 ? 0
			       : error_prefix(err, "putting back what the eye scope changed");
	}
	if (regio_end(s->io, NULL) == 0)
		return error_copy(err, &scan_err);
	return error_set(err, rc, "%s; what the eye scope changed could not be put back",
			 scan_err.text);
}

/* Queues one measurement at the phase that is set; @count is stored when the queue has run. */
static void queue_point(struct scope *s, uint32_t threshold, uint32_t *count)
{
	const uint32_t done = (uint32_t)reg_field_mask(
		VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_STAT__DONE_STICKY);

	regio_fields(s->io, IB4(s->n), IB(4, IB_VSCOPE_H_THRES, threshold));
	regio_write(s->io, STAT(s->n), done);
	regio_fields(s->io, MAIN_CFG(s->n), MAIN(CNT_ENA, 1));
	regio_wait(s->io, &(struct regio_wait){ .addr = STAT(s->n),
						.mask = done,
						.want = done,
						.timeout_us = (uint32_t)s->point_us });
	regio_fields(s->io, MAIN_CFG(s->n), MAIN(CNT_ENA, 0));
	regio_fetch(s->io, CNT(s->n), count);
}

/* One line of points from the middle outwards, @step codes apart. */
struct line {
	bool vertical;
	uint32_t from;
	int step;
	unsigned n;
};

/* The first point of a line with more errors than @limit: its distance in steps, or line->n. */
static int find_edge(struct scope *s, const struct line *line, uint32_t limit, unsigned *at)
{
	uint32_t counts[CHUNK];

	for (unsigned begin = 0; begin < line->n; begin += CHUNK) {
		unsigned n = line->n - begin < CHUNK ? line->n - begin : CHUNK;
		int rc;

		for (unsigned i = 0; i < n; i++) {
			int pos = (int)line->from + line->step * (int)(begin + i);

			if (!line->vertical)
				set_phase(s, (uint32_t)(pos + (int)EYE_PHASES));
			queue_point(s, line->vertical ? (uint32_t)pos : DATA_MIDDLE,
				    &counts[i]);
		}
		rc = regio_flush(s->io);
		if (rc != 0)
			return rc;
		for (unsigned i = 0; i < n; i++)
			if (counts[i] > limit) {
				*at = begin + i;
				return 0;
			}
	}
	*at = line->n;
	return 0;
}

/* The jump bits let the auxiliary sampler cross the end of its phase range. */
static void set_jump(struct scope *s, uint32_t on)
{
	regio_fields(s->io, IB5(s->n), IB(5, IB_JUMPH_ENA, on), IB(5, IB_JUMPL_ENA, on));
}

static int find_edges(struct scope *s, struct vsc7448_eye_edges *e)
{
	const struct line lines[] = {
		{ false, s->data_phase, 1, EYE_PHASES / 2 },
		{ false, s->data_phase, -1, EYE_PHASES / 2 },
		{ true, DATA_MIDDLE, 1, EYE_THRESHOLDS - DATA_MIDDLE },
		{ true, DATA_MIDDLE - 1, -1, DATA_MIDDLE },
	};
	unsigned at[4];
	int rc = 0;

	set_jump(s, 1);
	for (unsigned i = 0; rc == 0 && i < 4; i++) {
		rc = find_edge(s, &lines[i], e->limit, &at[i]);
		walk_home(s);
	}
	if (rc != 0)
		return rc;
	e->has_right = at[0] < lines[0].n;
	e->has_left = at[1] < lines[1].n;
	e->has_top = at[2] < lines[2].n;
	e->has_bottom = at[3] < lines[3].n;
	e->right = (int32_t)(s->data_phase + at[0]);
	e->left = (int32_t)s->data_phase - (int32_t)at[1];
	e->top = (int32_t)(DATA_MIDDLE + at[2]);
	e->bottom = (int32_t)DATA_MIDDLE - 1 - (int32_t)at[3];
	e->data_phase = s->data_phase;
	if (e->has_left && e->has_right && e->right > e->left)
		e->width = (uint32_t)(e->right - e->left - 1);
	if (e->has_top && e->has_bottom && e->top > e->bottom)
		e->height = (uint32_t)(e->top - e->bottom - 1);
	return 0;
}

static int begin(struct vsc7448 *chip, uint32_t port, struct error *err, struct scope *s)
{
	int rc = check_port(chip, port, err);

	if (rc != 0)
		return rc;
	*s = (struct scope){ .io = chip->io, .n = port - 49 };
	if (save(s) != 0)
		return regio_end(chip->io, err);
	return 0;
}

int vsc7448_eye_edges(struct vsc7448 *chip, uint32_t port, uint32_t limit, struct error *err,
		      struct vsc7448_eye_edges *edges)
{
	struct vsc7448_eye_edges found = { .limit = limit };
	struct scope s;
	int rc = begin(chip, port, err, &s);

	if (rc != 0)
		return rc;
	configure_edges(&s);
	find_edges(&s, &found);
	rc = restore(&s, err);
	if (rc != 0)
		return error_prefix(err, "port %" PRIu32, port);
	*edges = found;
	return 0;
}

static int check_conf(const struct vsc7448_eye_conf *conf, struct error *err)
{
	if (conf->hits_log2 < 1 || conf->hits_log2 > 31)
		return error_set(err, E_RANGE,
				 "2^%" PRIu32 " words per point: 2^1 to 2^31 can be",
				 conf->hits_log2);
	if (conf->phase_step < 1 || conf->phase_step > 32 || conf->threshold_step < 1 ||
	    conf->threshold_step > 32)
		return error_set(err, E_RANGE, "steps go from 1 to 32 codes");
	return 0;
}

static void lay_out(struct vsc7448_eye *eye, const struct vsc7448_eye_conf *conf)
{
	for (uint32_t x = 0; x < EYE_PHASES; x += conf->phase_step)
		eye->phase[eye->n_phases++] = (uint8_t)x;
	for (uint32_t y = 0; y < EYE_THRESHOLDS; y += conf->threshold_step)
		if (y != EYE_PLUS_0)
			eye->threshold[eye->n_thresholds++] = (uint8_t)y;
		else if (conf->threshold_step > 1) /* its twin stands for it */
			eye->threshold[eye->n_thresholds++] = EYE_PLUS_0 - 1;
}

/* A phase is one transfer. */
static void scan_all(struct scope *s, const struct vsc7448_eye_progress *progress,
		     struct vsc7448_eye *eye)
{
	for (size_t i = 0; i < eye->n_phases; i++) {
		set_phase(s, eye->phase[i]);
		for (size_t k = 0; k < eye->n_thresholds; k++)
			queue_point(s, eye->threshold[k], &eye->errors[i][k]);
		if (regio_flush(s->io) != 0)
			return;
		if (progress != NULL && progress->step != NULL)
			progress->step(progress->arg, i + 1, eye->n_phases);
	}
}

int vsc7448_eye_scan(struct vsc7448 *chip, uint32_t port, const struct vsc7448_eye_conf *conf,
		     const struct vsc7448_eye_progress *progress, struct error *err,
		     struct vsc7448_eye *eye)
{
	struct scope s;
	int rc = check_conf(conf, err);

	if (rc == 0)
		rc = begin(chip, port, err, &s);
	if (rc != 0)
		return rc;
	memset(eye, 0, sizeof(*eye));
	eye->data_phase = s.data_phase;
	eye->n_words = UINT64_C(1) << conf->hits_log2;
	lay_out(eye, conf);
	configure_scan(&s, conf->hits_log2);
	scan_all(&s, progress, eye);
	rc = restore(&s, err);
	return rc == 0 ? 0 : error_prefix(err, "port %" PRIu32, port);
}
