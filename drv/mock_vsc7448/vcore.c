/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_vsc7448/vcore.h"

#include <stdlib.h>

#include "regmaps/regdb/regdb.h"

#define VA_CTRL       VSC7448_DEVCPU_GCB_VCORE_ACCESS_VA_CTRL
#define VA_ADDR       VSC7448_DEVCPU_GCB_VCORE_ACCESS_VA_ADDR
#define VA_DATA       VSC7448_DEVCPU_GCB_VCORE_ACCESS_VA_DATA
#define VA_DATA_INCR  VSC7448_DEVCPU_GCB_VCORE_ACCESS_VA_DATA_INCR
#define VA_DATA_INERT VSC7448_DEVCPU_GCB_VCORE_ACCESS_VA_DATA_INERT
#define VCORE_DOMAIN  UINT64_C(0x70000000)
#define SWITCH_CORE   UINT64_C(0x71000000)
#define WHILE_BUSY    UINT32_C(0x80000000)
#define DEFAULT_US    1u

enum va_err { VA_ERR_NONE, VA_ERR_NOT_READY, VA_ERR_BUS, VA_ERR_OVERRUN };

struct mv_vcore {
	uint32_t busy_us;
	uint64_t done_us; /* the access under way ends then */
	uint32_t addr, data;
	enum va_err err;
	bool busy_at_read;
};

void mv_vcore_set_busy_us(struct mock_vsc7448 *m, uint32_t us)
{
	m->vcore->busy_us = us;
}

static bool is_busy(const struct mock_vsc7448 *m)
{
	return clock_now_us(m->clock) < m->vcore->done_us;
}

/* Does the VCore domain answer there? */
static bool has_register(const struct mock_vsc7448 *m, uint64_t addr)
{
	struct regdb_ref ref;

	return addr % 4 == 0 && addr >= VCORE_DOMAIN && addr < SWITCH_CORE &&
	       regdb_find_addr(mock_map(m->mock), addr, &ref, 1) > 0;
}

/* An access of the VCore bus; what it does is done at once, its end shows later. */
static int start(struct mock_vsc7448 *m, bool write, bool increment)
{
	struct mv_vcore *va = m->vcore;
	struct error err;
	int rc = 0;

	va->err = has_register(m, va->addr) ? VA_ERR_NONE : VA_ERR_BUS;
	if (va->err == VA_ERR_NONE && write)
		rc = mock_sw_write(m->mock, va->addr, va->data, &err);
	else if (va->err == VA_ERR_NONE)
		rc = mock_sw_read(m->mock, va->addr, &va->data, &err);
	if (increment)
		va->addr += 4;
	va->done_us = clock_now_us(m->clock) + va->busy_us;
	return rc;
}

static int read_ctrl(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	(void)addr;
	*value = (uint32_t)m->vcore->err << 2 | (m->vcore->busy_at_read ? 2u : 0) |
		 (is_busy(m) ? 1u : 0);
	return 0;
}

static int read_addr(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	(void)addr;
	*value = m->vcore->addr;
	return 0;
}

static int read_data(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	m->vcore->busy_at_read = is_busy(m);
	*value = m->vcore->busy_at_read ? WHILE_BUSY : m->vcore->data;
	if (m->vcore->busy_at_read || addr == VA_DATA_INERT)
		return 0;
	return start(m, false, addr == VA_DATA_INCR);
}

static int write_addr(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)addr;
	if (is_busy(m))
		m->vcore->err = VA_ERR_OVERRUN;
	else
		m->vcore->addr = value;
	return 0;
}

static int write_data(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	if (is_busy(m)) {
		m->vcore->err = VA_ERR_OVERRUN;
		return 0;
	}
	m->vcore->data = value;
	return addr == VA_DATA_INERT ? 0 : start(m, true, addr == VA_DATA_INCR);
}

static void reset(struct mock_vsc7448 *m)
{
	*m->vcore = (struct mv_vcore){ .busy_us = m->vcore->busy_us };
}

static int init(struct mock_vsc7448 *m)
{
	m->vcore = calloc(1, sizeof(*m->vcore));
	if (m->vcore == NULL)
		return E_NOMEM;
	m->vcore->busy_us = DEFAULT_US;
	return 0;
}

static void fini(struct mock_vsc7448 *m)
{
	free(m->vcore);
}

static const struct mv_range ranges[] = {
	{ VA_CTRL, VA_CTRL, read_ctrl, NULL },
	{ VA_ADDR, VA_ADDR, read_addr, write_addr },
	{ VA_DATA, VA_DATA_INERT, read_data, write_data },
};

const struct mv_part mv_part_vcore = {
	.name = "vcore",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = init,
	.fini = fini,
	.reset = reset,
};
