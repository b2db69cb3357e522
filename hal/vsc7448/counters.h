/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The counters of a port: what its device counts (ASM DEV_STATISTICS, or the DEV10G block of a 10G
 * device), what the analyzer filters and polices, and what the queue system drops and sends by
 * class.
 *
 * Names are those of IF-MIB (RFC 2863), RMON (RFC 2819), EtherLike-MIB (RFC 3635) and IEEE 802.3
 * clause 30, with the direction in front.  All counters run and wrap for ever: they are never
 * cleared on the chip (nor does MESA); a base in software takes their place.
 *
 * Sources: regmaps/vsc7448/{asm,dev10g,xqs,ana_ac}.rdl; MESA base/jaguar2/vtss_jaguar2_port.c
 * (port counters); HOWTO section 5f.
 */
#ifndef HAL_VSC7448_COUNTERS_H
#define HAL_VSC7448_COUNTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal/vsc7448/vsc7448.h"

enum vsc7448_counter_kind {
	VSC7448_COUNTER_OCTETS,
	VSC7448_COUNTER_FRAMES,
	VSC7448_COUNTER_ERRORS, /* frames with something wrong */
	VSC7448_COUNTER_DROPS,  /* frames that the switch did not pass on */
};

struct vsc7448_counter {
	const char *name; /* "rx_ifInUcastPkts" */
	enum vsc7448_counter_kind kind;
	bool tx;
	uint8_t bits; /* at which it wraps: 32 or 40 */
};

#define VSC7448_N_COUNTERS 70u

/* The i-th counter, in the order of vsc7448_counters_read(); i < VSC7448_N_COUNTERS. */
const struct vsc7448_counter *vsc7448_counter_at(size_t i);

/* "octets", "frames", "errors", "drops". */
const char *vsc7448_counter_kind_name(enum vsc7448_counter_kind kind);

/* Values of a port; those that its device does not have are 0 and not @valid. */
struct vsc7448_counters {
	uint64_t value[VSC7448_N_COUNTERS];
	bool valid[VSC7448_N_COUNTERS];
};

/*
 * Reads the counters of @ports into out[0], out[1], ... by port number: three transfers whatever their
 * number, the last a write of STAT_CFG.STAT_VIEW and the reads for each port.  @all: also the
 * counters by class of XQS, else these are not valid.  E_RANGE: not ports of the front, or none.
 */
int vsc7448_counters_read(struct vsc7448 *chip, vsc7448_ports ports, bool all,
			  struct error *err, struct vsc7448_counters *out);

/* Events between two readings of a counter of @bits, which may have wrapped once. */
static inline uint64_t vsc7448_counter_since(uint64_t base, uint64_t now, uint8_t bits)
{
	return (now - base) & (UINT64_MAX >> (64 - bits));
}

/* Events per second of @n events in @us; 0 when no time has passed. */
double vsc7448_counter_rate(uint64_t n, uint64_t us);

#endif
