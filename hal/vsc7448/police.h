/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Limits of rates on the way in: storm policers, which count all ports together, and four policers
 * per port.
 *
 * A rate is in kbit/s or in frames/s; the chip counts in steps of 25.04 kbit/s and of 10 frames/s
 * (POL_UPD_INT 624 at 250 MHz) and rates are rounded up to them, at most 13.1 Gbit/s and 5,242,870
 * frames/s.  Bytes are counted as on the line (a gap of 20 bytes).
 *
 * Sources: regmaps/vsc7448/ana_ac_pol.rdl; MESA base/jaguar2/vtss_jaguar2_qos.c
 * (jr2_calc_policer_rate, jr2_calc_policer_level, jr2_storm_policer_set, jr2_port_policer_set).
 */
#ifndef HAL_VSC7448_POLICE_H
#define HAL_VSC7448_POLICE_H

#include "hal/vsc7448/vsc7448.h"

struct vsc7448_rate {
	bool limited;
	bool frames;   /* frames/s; else kbit/s */
	uint32_t rate; /* 0 lets nothing pass */
};

enum vsc7448_storm {
	VSC7448_STORM_UC, /* unknown unicast; policer 0 */
	VSC7448_STORM_MC, /* unknown multicast; policer 1 */
	VSC7448_STORM_BC, /* broadcast; policer 2 */
	VSC7448_N_STORMS,
};

/* Where the excess does not go. */
enum vsc7448_police_to { VSC7448_POLICE_ALL, VSC7448_POLICE_PORTS, VSC7448_POLICE_CPU };

struct vsc7448_storm_policer {
	struct vsc7448_rate limit;
	enum vsc7448_police_to to;
};

/* Three writes (MESA rewrites the DSCP table too).  Bursts: 16 KiB; the most by frames. */
int vsc7448_storm_set(struct vsc7448 *chip, enum vsc7448_storm storm,
		      const struct vsc7448_storm_policer *policer, struct error *err);
int vsc7448_storm_get(struct vsc7448 *chip, enum vsc7448_storm storm, struct error *err,
		      struct vsc7448_storm_policer *policer);

/* Kinds of frames that a policer of a port counts; the bits of TRAFFIC_TYPE_MASK. */
enum vsc7448_police_kind {
	VSC7448_POLICE_KNOWN_MC = 1 << 0,
	VSC7448_POLICE_KNOWN_BC = 1 << 1,
	VSC7448_POLICE_KNOWN_UC = 1 << 2,
	VSC7448_POLICE_UNKNOWN_MC = 1 << 3,
	VSC7448_POLICE_UNKNOWN_BC = 1 << 4,
	VSC7448_POLICE_UNKNOWN_UC = 1 << 5,
	VSC7448_POLICE_TO_CPU = 1 << 6,
	VSC7448_POLICE_LEARN = 1 << 7,
	VSC7448_POLICE_ANY = 0xff,
};

#define VSC7448_N_PORT_POLICERS 4u

struct vsc7448_port_policer {
	struct vsc7448_rate limit;
	uint32_t
		burst_bytes; /* rounded up to 8 KiB, at most 504 KiB; frames/s: always the most */
	uint8_t kinds;       /* enum vsc7448_police_kind */
	enum vsc7448_police_to to;
};

/*
 * Policer @i (0 to 3) of a port: five writes.  Excess is lost; pause frames in its place (MESA's
 * flow_control) are not offered.  E_RANGE.
 */
int vsc7448_police_set(struct vsc7448 *chip, uint32_t port, uint32_t i,
		       const struct vsc7448_port_policer *policer, struct error *err);
int vsc7448_police_get(struct vsc7448 *chip, uint32_t port, uint32_t i, struct error *err,
		       struct vsc7448_port_policer *policer);

#endif
