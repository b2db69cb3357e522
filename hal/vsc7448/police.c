/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/police.h"

#include <inttypes.h>

#include "hal/vsc7448/vsc7448_priv.h"

#define STEP_BPS    25040u /* of rates, at 250 MHz */
#define STEP_FPS    10u
#define MAX_RATE    0x7ffffu /* 19 bits; of a policer without limit too */
#define BURST_BYTES 8192u
#define MAX_BURST   0x3fu
#define LINE_GAP    20u /* preamble and gap between frames */

#define STORM_FIELD(name) VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_STORM_CTRL__##name
#define PORT_FIELD(name)  VSC7448_ANA_AC_POL_POL_PORT_CTRL_POL_PORT_CFG__##name

static uint32_t put(uint32_t value, struct reg_field field, uint32_t v)
{
	return (uint32_t)reg_field_put(value, field, v);
}

static uint32_t get(uint32_t value, struct reg_field field)
{
	return (uint32_t)reg_field_get(value, field);
}

static uint32_t steps(const struct vsc7448_rate *limit)
{
	uint64_t n;

	if (!limit->limited)
		return MAX_RATE;
	n = limit->frames ? ((uint64_t)limit->rate + STEP_FPS - 1) / STEP_FPS
			  : ((uint64_t)limit->rate * 1000 + STEP_BPS - 1) / STEP_BPS;
	return n < MAX_RATE ? (uint32_t)n : MAX_RATE;
}

static uint32_t burst(const struct vsc7448_rate *limit, uint32_t bytes)
{
	uint64_t n = ((uint64_t)bytes + BURST_BYTES - 1) / BURST_BYTES;

	if (!limit->limited || (limit->frames && limit->rate != 0))
		return MAX_BURST;
	if (limit->rate == 0)
		return 0;
	return n < MAX_BURST ? (uint32_t)n : MAX_BURST;
}

static uint32_t rate_of(uint32_t n, bool frames)
{
	return frames ? n * STEP_FPS : (uint32_t)((uint64_t)n * STEP_BPS / 1000);
}

static enum vsc7448_police_to to_of(bool ports, bool cpu)
{
	if (ports && cpu)
		return VSC7448_POLICE_ALL;
	return cpu ? VSC7448_POLICE_CPU : VSC7448_POLICE_PORTS;
}

/* --- storms ------------------------------------------------------------------------------ */

#define STORM_RATE(i)  VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_STORM_RATE_CFG(i)
#define STORM_BURST(i) VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_STORM_THRES_CFG(i)
#define STORM_CTRL(i)  VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_STORM_CTRL(i)

/* Bits of the traffic type mask. */
static const uint32_t storm_kinds[VSC7448_N_STORMS] = {
	[VSC7448_STORM_UC] = VSC7448_POLICE_UNKNOWN_UC,
	[VSC7448_STORM_MC] = VSC7448_POLICE_UNKNOWN_MC,
	[VSC7448_STORM_BC] = VSC7448_POLICE_UNKNOWN_BC,
};

int vsc7448_storm_set(struct vsc7448 *chip, enum vsc7448_storm storm,
		      const struct vsc7448_storm_policer *policer, struct error *err)
{
	const struct vsc7448_rate *limit = &policer->limit;
	bool ports = !limit->limited || policer->to != VSC7448_POLICE_CPU;
	bool cpu = limit->limited && policer->to != VSC7448_POLICE_PORTS;
	uint32_t ctrl = put(0, STORM_FIELD(STORM_LIMIT_NONCPU_TRAFFIC_ENA), ports);

	ctrl = put(ctrl, STORM_FIELD(STORM_LIMIT_CPU_TRAFFIC_ENA), cpu);
	if (limit->limited) {
		ctrl = put(ctrl, STORM_FIELD(STORM_FRAME_RATE_ENA), limit->frames);
		ctrl = put(ctrl, STORM_FIELD(STORM_TRAFFIC_TYPE_MASK), storm_kinds[storm]);
	}
	regio_put(chip->io, STORM_RATE(storm), limit->limited ? steps(limit) : 0);
	regio_put(chip->io, STORM_BURST(storm),
		  limit->limited ? burst(limit, 2 * BURST_BYTES) : 0);
	regio_put(chip->io, STORM_CTRL(storm), ctrl);
	return regio_end(chip->io, err);
}

int vsc7448_storm_get(struct vsc7448 *chip, enum vsc7448_storm storm, struct error *err,
		      struct vsc7448_storm_policer *policer)
{
	const uint64_t addrs[2] = { STORM_RATE(storm), STORM_CTRL(storm) };
	uint32_t v[2];
	bool frames;

	if (regio_get_many(chip->io, addrs, 2, v) != 0)
		return regio_end(chip->io, err);
	frames = get(v[1], STORM_FIELD(STORM_FRAME_RATE_ENA)) != 0;
	*policer = (struct vsc7448_storm_policer){
		.limit = { .limited = get(v[1], STORM_FIELD(STORM_TRAFFIC_TYPE_MASK)) != 0,
			   .frames = frames,
			   .rate = rate_of(v[0], frames) },
		.to = to_of(get(v[1], STORM_FIELD(STORM_LIMIT_NONCPU_TRAFFIC_ENA)) != 0,
			    get(v[1], STORM_FIELD(STORM_LIMIT_CPU_TRAFFIC_ENA)) != 0),
	};
	return 0;
}

/* --- ports ------------------------------------------------------------------------------- */

#define INDEX(port, i)     (VSC7448_N_PORT_POLICERS * (port) + (i))
#define PORT_BURST(index)  VSC7448_ANA_AC_POL_POL_PORT_CFG_POL_PORT_THRES_CFG_0(index)
#define PORT_RESUME(index) VSC7448_ANA_AC_POL_POL_PORT_CFG_POL_PORT_THRES_CFG_1(index)
#define PORT_RATE(index)   VSC7448_ANA_AC_POL_POL_PORT_CFG_POL_PORT_RATE_CFG(index)
#define PORT_CFG(port, i)  VSC7448_ANA_AC_POL_POL_PORT_CTRL_POL_PORT_CFG(port, i)
#define ALL_QUEUES         0xffu

static int check_policer(uint32_t port, uint32_t i, struct error *err)
{
	if (port >= VSC7448_N_PORTS)
		return error_set(err, E_RANGE,
				 "port %" PRIu32 ": the ports of the front are 0 to %u", port,
				 VSC7448_N_PORTS - 1);
	if (i >= VSC7448_N_PORT_POLICERS)
		return error_set(err, E_RANGE, "policer %" PRIu32 ": a port has four, 0 to 3",
				 i);
	return 0;
}

int vsc7448_police_set(struct vsc7448 *chip, uint32_t port, uint32_t i,
		       const struct vsc7448_port_policer *policer, struct error *err)
{
	const struct vsc7448_rate *limit = &policer->limit;
	bool cpu = limit->limited && policer->to != VSC7448_POLICE_PORTS;
	uint32_t cfg = 0;
	int rc = check_policer(port, i, err);

	if (rc != 0)
		return rc;
	cfg = put(cfg, PORT_FIELD(CPU_QU_MASK), ALL_QUEUES);
	cfg = put(cfg, PORT_FIELD(FRAME_RATE_ENA), limit->limited && limit->frames);
	cfg = put(cfg, PORT_FIELD(LIMIT_NONCPU_TRAFFIC_ENA),
		  !limit->limited || policer->to != VSC7448_POLICE_CPU);
	cfg = put(cfg, PORT_FIELD(LIMIT_CPU_TRAFFIC_ENA), cpu);
	cfg = put(cfg, PORT_FIELD(TRAFFIC_TYPE_MASK), limit->limited ? policer->kinds : 0);
	regio_put(chip->io, PORT_BURST(INDEX(port, i)), burst(limit, policer->burst_bytes));
	regio_put(chip->io, PORT_RESUME(INDEX(port, i)), 0);
	regio_put(chip->io, PORT_RATE(INDEX(port, i)), steps(limit));
	regio_put(chip->io, VSC7448_ANA_AC_POL_POL_PORT_CTRL_POL_PORT_GAP(port), LINE_GAP);
	regio_put(chip->io, PORT_CFG(port, i), cfg);
	return regio_end(chip->io, err);
}

int vsc7448_police_get(struct vsc7448 *chip, uint32_t port, uint32_t i, struct error *err,
		       struct vsc7448_port_policer *policer)
{
	uint32_t v[3];
	bool frames;
	int rc = check_policer(port, i, err);

	if (rc != 0)
		return rc;
	if (regio_get_many(chip->io,
			   (const uint64_t[]){ PORT_RATE(INDEX(port, i)), PORT_CFG(port, i),
					       PORT_BURST(INDEX(port, i)) },
			   3, v) != 0)
		return regio_end(chip->io, err);
	frames = get(v[1], PORT_FIELD(FRAME_RATE_ENA)) != 0;
	*policer = (struct vsc7448_port_policer){
		.limit = { .limited = get(v[1], PORT_FIELD(TRAFFIC_TYPE_MASK)) != 0,
			   .frames = frames,
			   .rate = rate_of(v[0], frames) },
		.burst_bytes = v[2] * BURST_BYTES,
		.kinds = (uint8_t)get(v[1], PORT_FIELD(TRAFFIC_TYPE_MASK)),
		.to = to_of(get(v[1], PORT_FIELD(LIMIT_NONCPU_TRAFFIC_ENA)) != 0,
			    get(v[1], PORT_FIELD(LIMIT_CPU_TRAFFIC_ENA)) != 0),
	};
	return 0;
}
