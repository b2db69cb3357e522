/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_vsc7448/model.h"

#include <stdlib.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct mv_part *const parts[] = {
	&mv_part_chip,          /* resets */
	&mv_part_serdes,        /* macros, the MCB */
	&mv_part_serdes_status, /* what their input buffers say */
	&mv_part_sd10g65,       /* 10G macros: PLLs, calibration */
	&mv_part_link,          /* PCS, auto-negotiation, ordered sets */
	&mv_part_eye,           /* eye scope */
	&mv_part_prbs,          /* test patterns */
	&mv_part_gpio,          /* pins, serial pins */
	&mv_part_miim,          /* MDIO controllers */
	&mv_part_si,            /* the serial interface's registers */
	&mv_part_twi,           /* two-wire controllers */
	&mv_part_vcore,         /* the window into the VCore domain */
	&mv_part_mac,           /* MAC table */
	&mv_part_vcap,          /* TCAMs */
	&mv_part_forward,       /* frames */
	&mv_part_counters,      /* frame counters */
	&mv_part_qs,            /* frames to and from the CPU */
};

static uint32_t block_of(uint64_t addr)
{
	return (uint32_t)(addr / 1024) % MV_BLOCKS;
}

static void mark_busy(struct mock_vsc7448 *m, const struct mv_range *range)
{
	for (uint64_t addr = range->first & ~UINT64_C(0x3ff); addr <= range->last; addr += 1024)
		m->busy[block_of(addr) / 32] |= UINT32_C(1) << block_of(addr) % 32;
}

/* Most accesses end here. */
static bool is_busy(const struct mock_vsc7448 *m, uint64_t addr)
{
	return (m->busy[block_of(addr) / 32] >> block_of(addr) % 32 & 1) != 0;
}

static int model_read(void *model, struct mock *mock, uint64_t addr, uint32_t *value)
{
	(void)mock;
	if (!is_busy(model, addr))
		return 0;
	for (size_t i = 0; i < COUNT(parts); i++)
		for (size_t k = 0; k < parts[i]->n_ranges; k++) {
			const struct mv_range *range = &parts[i]->ranges[k];
			int rc = 0;

			if (range->read != NULL && addr >= range->first && addr <= range->last)
				rc = range->read(model, addr, value);
			if (rc != 0)
				return rc;
		}
	return 0;
}

static int model_write(void *model, struct mock *mock, uint64_t addr, uint32_t value)
{
	(void)mock;
	if (!is_busy(model, addr))
		return 0;
	for (size_t i = 0; i < COUNT(parts); i++)
		for (size_t k = 0; k < parts[i]->n_ranges; k++) {
			const struct mv_range *range = &parts[i]->ranges[k];
			int rc = 0;

			if (range->write != NULL && addr >= range->first && addr <= range->last)
				rc = range->write(model, addr, value);
			if (rc != 0)
				return rc;
		}
	return 0;
}

static void model_free(void *model)
{
	struct mock_vsc7448 *m = model;

	for (size_t i = COUNT(parts); i-- > 0;)
		if (parts[i]->fini != NULL)
			parts[i]->fini(m);
	free(m);
}

static const struct mock_model model_ops = {
	.name = "vsc7448",
	.read = model_read,
	.write = model_write,
	.free = model_free,
};

void mv_reset(struct mock_vsc7448 *m)
{
	mock_reset(m->mock);
	for (size_t i = 0; i < COUNT(parts); i++)
		if (parts[i]->reset != NULL)
			parts[i]->reset(m);
}

static int init_parts(struct mock_vsc7448 *m)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < COUNT(parts); i++) {
		for (size_t k = 0; k < parts[i]->n_ranges; k++)
			mark_busy(m, &parts[i]->ranges[k]);
		if (parts[i]->init != NULL)
			rc = parts[i]->init(m);
	}
	return rc;
}

int mock_vsc7448_attach(struct mock *mock, struct world *world, struct error *err)
{
	struct mock_vsc7448 *m = calloc(1, sizeof(*m));
	int rc;

	if (m == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	m->mock = mock;
	m->world = world;
	m->clock = mock_clock(mock);
	rc = init_parts(m);
	if (rc == 0)
		rc = mock_attach(mock, &model_ops, m, err);
	else
		error_set(err, rc, "%s: model vsc7448: out of memory", mock_name(mock));
	if (rc != 0)
		model_free(m);
	return rc;
}

struct mock_vsc7448 *mock_vsc7448_of(struct mock *mock)
{
	return mock_model_find(mock, &model_ops);
}
