/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The backplane TDM controller: a handle on the core, which every function of this folder takes.
 * The specification of the core is regmaps/btc (btc.rdl is the top); its first comment says what stations, frames,
 * cells and messages are.
 *
 * Stations are numbered 0 (the controller, that is the switch blade) to 64; blades are called by
 * their station, 1 to 64.  Sets of blades are masks of 64 bits, bit i for station i + 1.  The
 * configuration lives in the core: what a handle remembers (hal/regio.h) is a matter of cost only.
 * Functions that take @err return 0 or a negative enum error_code; a change that fails half-way
 * tells how many registers were written, and can be repeated.  All may block for bus accesses; all
 * waits are bounded, and E_TIMEOUT names the register, what it should have been, and the time.
 * On a dry run (device_is_dry_run()) what the core would have to do is not looked for.
 */
#ifndef HAL_BTC_BTC_H
#define HAL_BTC_BTC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"
#include "hal/netaddr.h"

struct btc;
struct device;

#define BTC_CONTROLLER     0u /* the station number of the switch blade */
#define BTC_MAX_BLADES     64u
#define BTC_N_STATIONS     65u
#define BTC_MAX_SLOTS      128u
#define BTC_MAX_SLOT_BYTES 64u

/* A set of blades: bit i is station i + 1. */
typedef uint64_t btc_blades;

static inline btc_blades btc_blade_bit(uint32_t station)
{
	return UINT64_C(1) << (station - 1);
}

/* The identifier that means everybody: ff:ff:ff:ff:ff:ff. */
struct mac btc_everybody(void);
bool btc_is_everybody(const struct mac *ident);

/* What ID says of this build of the core. */
struct btc_capabilities {
	uint16_t major, minor; /* VERSION; this driver knows major 1 */
	bool coder, platform, fdm;
	uint32_t n_blades; /* highest station number */
	uint32_t n_slots;  /* most timeslots of a frame */
	uint32_t slot_bytes;
};

/*
 * Opens @dev (whose map must be btc, and which must outlive the handle): reads MAGIC, VERSION and
 * CAPABILITIES and nothing else.  E_NOTSUP: another map, a version that this driver does not know,
 * or capabilities beyond the register map; E_NODEV: no BTC answers.  Close with btc_close().
 */
int btc_open(struct device *dev, struct error *err, struct btc **out);
void btc_close(struct btc *b); /* no access; NULL is allowed */

/* Borrowed from the handle. */
const struct btc_capabilities *btc_capabilities(const struct btc *b);

/* The device that the handle was opened on. */
struct device *btc_device(const struct btc *b);

/* Others may have written registers: nothing is known any more.  No access.  Kept messages stay. */
void btc_forget(struct btc *b);

enum btc_medium { BTC_MEDIUM_TDM, BTC_MEDIUM_FDM };

/* "tdm", "fdm"; NULL for others.  Find: false when there is none. */
const char *btc_medium_name(enum btc_medium medium);
bool btc_medium_find(const char *name, enum btc_medium *medium);

/*
 * Resets the core: registers, FIFOs and counters; blades stay plugged in.  Messages that the handle
 * kept (message.h) are dropped.  E_TIMEOUT: CONTROL:RESET.SOFT_RST stays set for 1 ms.
 */
int btc_reset(struct btc *b, struct error *err);

struct btc_plan;
struct btc_shape;

/* What makes a working bus of a core that was reset. */
struct btc_setup {
	struct mac ident; /* the controller's identifier: unicast, not zero */
	enum btc_medium medium;
	const struct btc_shape *shape; /* frame.h; NULL: as it is */
	const struct btc_plan *plan;   /* slots.h; NULL: as it is */
	bool forward;                  /* messages are sent on from blade to blade */
};

/*
 * Silences the bus, sets it up as @setup says, enables it, and then applies the plan.  Everything
 * is checked before the first write: E_RANGE (identifier, shape, plan: the text says what),
 * E_NOTSUP (FDM on a core without).  Else as btc_slots_apply().
 */
int btc_init(struct btc *b, const struct btc_setup *setup, struct error *err);

/* CONTROL:MODE.ENABLE: frames are sent, or the bus is silent. */
int btc_enable_set(struct btc *b, bool on, struct error *err);

/* E_STATE while the bus is enabled; E_NOTSUP: FDM on a core without it. */
int btc_medium_set(struct btc *b, enum btc_medium medium, struct error *err);

/* The controller's identifier; E_RANGE: multicast or zero. */
int btc_ident_set(struct btc *b, const struct mac *ident, struct error *err);
int btc_ident_get(struct btc *b, struct error *err, struct mac *ident);

/* The core at a glance, in one transfer. */
struct btc_state {
	bool enabled;
	enum btc_medium medium;
	struct mac ident;
	uint32_t plan;   /* SLOT.STATUS.NUMBER: plans that came into force, modulo 65536 */
	uint32_t events; /* events.h; not cleared */
	uint32_t frame;  /* FRAME.NUMBER */
	btc_blades present, aligned, ready, disabled, duplicate;
	uint32_t tx_space_words, tx_messages; /* of MESSAGE.TX_STATUS */
	uint32_t rx_level_words, rx_messages;
};
int btc_state_get(struct btc *b, struct error *err, struct btc_state *state);

/* ID.SCRATCH: writes the pattern and its complement and reads them back; E_MISMATCH. */
int btc_scratch_test(struct btc *b, uint32_t pattern, struct error *err);

#endif
