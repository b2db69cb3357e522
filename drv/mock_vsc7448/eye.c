/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_vsc7448/eye.h"

#include <math.h>
#include <stdlib.h>

#define N_MACROS 4u

#define MAIN_CFG(n)     VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_MAIN_CFG(n)
#define PAT_LOCK_CFG(n) VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_PAT_LOCK_CFG(n)
#define STAT(n)         VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_STAT(n)
#define CNT(n)          VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_CNT(n)
#define SYNTH(n)        VSC7448_XGANA_SD10G65_RX_SYNTH_SD10G65_RX_SYNTH_CFG2(n)
#define IB0(n)          VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG0(n)
#define IB4(n)          VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG4(n)

#define MAIN(field) VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_MAIN_CFG__##field

#define WORD_NS   3.103 /* 32 bits at 10.3125 Gb/s */
#define WORD_BITS 32.0

/* One macro's scope.  A measurement runs from start_us to done_us. */
struct scope {
	struct mv_eye_shape shape;
	bool counting, done;
	uint64_t start_us, done_us;
	uint64_t words;
	uint32_t errors;
};

struct mv_eye {
	struct scope scopes[N_MACROS];
};

double mv_eye_error_rate(const struct mv_eye_shape *shape, double phase, double threshold)
{
	double x = phase / shape->half_width, y = threshold / shape->half_height;
	double inside = 1.0 - sqrt(x * x + y * y);

	return 0.5 * erfc(inside / (shape->noise * sqrt(2.0)));
}

int mock_vsc7448_set_eye(struct mock_vsc7448 *m, uint32_t port, double half_width,
			 double half_height, double noise)
{
	if (port < 49 || port - 49 >= N_MACROS)
		return E_RANGE;
	m->eye->scopes[port - 49].shape =
		(struct mv_eye_shape){ half_width, half_height, noise };
	return E_OK;
}

static unsigned macro_of(uint64_t addr)
{
	return (unsigned)((addr - MAIN_CFG(0)) / (MAIN_CFG(1) - MAIN_CFG(0)));
}

/* Words that a measurement takes, by the counter that ends it. */
static uint64_t words_of(const struct mock_vsc7448 *m, unsigned n)
{
	uint32_t limit = mv_field(m, MAIN_CFG(n), MAIN(SCAN_LIM));
	uint32_t log2 = mv_field(m, MAIN_CFG(n), MAIN(COUNT_PER));

	if (limit == MAIN(SCAN_LIM__HITS))
		log2 = mv_field(
			m, PAT_LOCK_CFG(n),
			VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_PAT_LOCK_CFG__PRELOAD_HIT_CNT);
	return UINT64_C(1) << (log2 + 1);
}

/* Codes from the data phase to the auxiliary one, the short way around. */
static double phase_distance(const struct mock_vsc7448 *m, unsigned n)
{
	int aux = (int)mv_field(
		m, SYNTH(n),
		VSC7448_XGANA_SD10G65_RX_SYNTH_SD10G65_RX_SYNTH_CFG2__SYNTH_PHASE_AUX);
	int data = (int)mv_field(
		m, SYNTH(n),
		VSC7448_XGANA_SD10G65_RX_SYNTH_SD10G65_RX_SYNTH_CFG2__SYNTH_PHASE_DATA);
	int distance = (aux - data + 128) % 128;

	return distance > 64 ? distance - 128 : distance;
}

/* 0 to 31 are -max to -0, 32 to 63 are +0 to +max. */
static double threshold_distance(const struct mock_vsc7448 *m, unsigned n)
{
	int code = (int)mv_field(m, IB4(n),
				 VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG4__IB_VSCOPE_H_THRES);

	return code >= 32 ? code - 32 : code - 31;
}

/*
 * The count is the expected number of wrong bits, with a deviation that the seed and the place
 * decide: measuring again gives the same.
 */
static uint32_t count_errors(const struct mock_vsc7448 *m, unsigned n, uint64_t words)
{
	double x = phase_distance(m, n), y = threshold_distance(m, n);
	double expected =
		mv_eye_error_rate(&m->eye->scopes[n].shape, x, y) * (double)words * WORD_BITS;
	uint64_t z = (world_seed(m->world) + (uint64_t)(int64_t)(x * 1000 + y)) *
		     UINT64_C(0x9e3779b97f4a7c15);
	double unit = (double)(z >> 40) / (double)(1 << 24) - 0.5;
	double count = expected + unit * sqrt(expected);

	return count < 0 ? 0 : count > UINT32_MAX ? UINT32_MAX : (uint32_t)count;
}

/* The scope measures when it and its sampler are on. */
static bool is_on(const struct mock_vsc7448 *m, unsigned n)
{
	return mv_field(m, MAIN_CFG(n), MAIN(VSCOPE_ENA)) != 0 &&
	       mv_field(m, IB0(n), VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG0__IB_VSCOPE_ENA) !=
		       0;
}

static void start(struct mock_vsc7448 *m, unsigned n)
{
	struct scope *s = &m->eye->scopes[n];

	s->counting = true;
	s->done = false;
	s->words = words_of(m, n);
	s->start_us = clock_now_us(m->clock);
	s->done_us = s->start_us + (uint64_t)ceil((double)s->words * WORD_NS / 1000.0);
	s->errors = count_errors(m, n, s->words);
}

/* Sets DONE_STICKY when the time has come. */
static int tick(struct mock_vsc7448 *m, unsigned n)
{
	struct scope *s = &m->eye->scopes[n];

	if (!s->counting || s->done || !is_on(m, n) || clock_now_us(m->clock) < s->done_us)
		return E_OK;
	s->done = true;
	return mv_put_field(m, STAT(n), VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_STAT__DONE_STICKY,
			    1);
}

/* Clearing CNT_ENA gives the counter out; a measurement that was cut short gives its share. */
static int stop(struct mock_vsc7448 *m, unsigned n)
{
	struct scope *s = &m->eye->scopes[n];
	uint64_t now_us = clock_now_us(m->clock);
	double share = 1.0;

	s->counting = false;
	if (now_us < s->done_us)
		share = (double)(now_us - s->start_us) / (double)(s->done_us - s->start_us);
	return mock_hw_put(m->mock, CNT(n), is_on(m, n) ? (uint32_t)(share * s->errors) : 0);
}

static int write_main(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	unsigned n = macro_of(addr);
	struct scope *s = &m->eye->scopes[n];
	bool on = reg_field_get(value, MAIN(CNT_ENA)) != 0;

	if (on && !s->counting)
		start(m, n);
	else if (!on && s->counting)
		return stop(m, n);
	return E_OK;
}

static int read_stat(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	unsigned n = macro_of(addr - (STAT(0) - MAIN_CFG(0)));
	int rc = tick(m, n);

	*value = mock_hw_get(m->mock, addr);
	return rc;
}

static void set_defaults(struct mock_vsc7448 *m)
{
	for (unsigned n = 0; n < N_MACROS; n++) {
		const struct mv_eye_shape shape = m->eye->scopes[n].shape;

		m->eye->scopes[n] = (struct scope){ .shape = shape };
	}
}

static int init(struct mock_vsc7448 *m)
{
	m->eye = calloc(1, sizeof(*m->eye));
	if (m->eye == NULL)
		return E_NOMEM;
	for (unsigned n = 0; n < N_MACROS; n++)
		m->eye->scopes[n].shape = (struct mv_eye_shape){ 44.0, 22.0, 0.06 };
	return E_OK;
}

static void fini(struct mock_vsc7448 *m)
{
	free(m->eye);
}

#define MACRO_RANGES(n)                                                                        \
	{ MAIN_CFG(n), MAIN_CFG(n), NULL, write_main },                                        \
	{                                                                                      \
		STAT(n), STAT(n), read_stat, NULL                                              \
	}

static const struct mv_range ranges[] = {
	MACRO_RANGES(0),
	MACRO_RANGES(1),
	MACRO_RANGES(2),
	MACRO_RANGES(3),
};

const struct mv_part mv_part_eye = {
	.name = "eye",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = init,
	.fini = fini,
	.reset = set_defaults,
};
