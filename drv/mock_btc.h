/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The behaviour model of the backplane TDM controller: the bus and the blades on it, cell by cell,
 * on the world's virtual clock.  It joins every `mock:` device whose map is btc (`mock:,plain`
 * leaves it out).  What it does is written in regmaps/btc/; this header is what stands outside of
 * the registers: blades and their conduct, faults, and what really happened.
 *
 * The bus lags behind the clock and catches up whenever a register is accessed or a function below
 * is called.  Functions may be called from within a tap; the bus stands still then.  Everything
 * random comes from the world's seed: the same calls at the same times give the same bus.
 *
 * Stations: 0 is the controller, 1 to 64 the blades.  E_RANGE: no such station, a length or value
 * out of range.  E_STATE: nothing is plugged in there (or something is already).  E_NOMEM.
 */
#ifndef DRV_MOCK_BTC_H
#define DRV_MOCK_BTC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

struct mock;
struct mock_btc;
struct world;

#define MOCK_BTC_STATIONS   65u /* the controller included */
#define MOCK_BTC_MAX_BODY   1500u
#define MOCK_BTC_MAX_QUEUED 1024u /* messages that wait in a blade */
#define MOCK_BTC_ANY        UINT32_MAX

/* Attaches the model to a device of @world with the map btc.  E_NOMEM. */
int mock_btc_attach(struct mock *mock, struct world *world, struct error *err);

/* The model of a device; NULL when it has none. */
struct mock_btc *mock_btc_of(struct mock *mock);

/* From now on everything random comes from @seed: for scenarios, which bring one. */
void mock_btc_seed(struct mock_btc *m, uint64_t seed);

/* --- blades ------------------------------------------------------------------------------ */

struct mock_btc_blade {
	uint8_t ident[6];
	uint8_t ipv6[16];
	uint32_t ipv4;
	uint32_t functions; /* that it offers, one bit each */
};

/*
 * A blade is in the station of the device called @device from the beginning: for boards, whose
 * devices are made later.  E_RANGE, E_NOMEM.
 */
int mock_btc_equip(struct world *world, const char *device, uint32_t station,
		   const struct mock_btc_blade *blade, struct error *err);

/*
 * Plugs a blade in now, with the conduct MOCK_BTC_RESPOND.  Two blades may have the same
 * identifier.  Pulling it out takes effect at once, in mid-message too, and forgets what it had
 * to send, had received and was told about clocks.
 */
int mock_btc_plug(struct mock_btc *m, uint32_t station, const struct mock_btc_blade *blade);
int mock_btc_pull(struct mock_btc *m, uint32_t station);
bool mock_btc_is_plugged(const struct mock_btc *m, uint32_t station);

enum mock_btc_behaviour {
	MOCK_BTC_RESPOND, /* answers what the platform asks (types 0xff00 and above) */
	MOCK_BTC_ECHO,    /* and returns every user message to its source */
	MOCK_BTC_FLOOD,   /* and always has a message of its own to send */
	MOCK_BTC_BABBLE,  /* and sends rubbish in slots that are not its own */
	MOCK_BTC_SILENT,  /* hears and obeys, but sends nothing, answers neither */
};

struct mock_btc_conduct {
	enum mock_btc_behaviour behaviour;
	/* FLOOD: messages by way of the controller. */
	uint8_t to[6]; /* final destination */
	uint16_t type;
	uint16_t length; /* of the body */
	uint64_t count;  /* so many, then as RESPOND; 0: for ever */
	/* BABBLE: in each n-th slot that is another's; 0 counts as 1. */
	uint32_t every;
};

int mock_btc_behave(struct mock_btc *m, uint32_t station,
		    const struct mock_btc_conduct *conduct);

/*
 * The clock that a blade takes cells from its elastic buffer by is off by so much: > 0 faster,
 * frames are repeated, < 0 slower, frames are skipped.  -1000 to 1000.
 */
int mock_btc_set_clock(struct mock_btc *m, uint32_t station, int32_t ppm);

/* What a blade was told, by instructions and by the list of identifiers. */
enum mock_btc_mode {
	MOCK_BTC_MODE_NORMAL,
	MOCK_BTC_MODE_MAINTENANCE,
	MOCK_BTC_MODE_PROVISIONING,
};

struct mock_btc_told {
	uint8_t ident[6]; /* its own */
	uint32_t functions;
	enum mock_btc_mode mode;
	uint32_t listens[4]; /* timeslots that it was told to listen to; bit 0 of [0]: slot 0 */
	uint32_t n_runs[32]; /* how often it was told to run each function */
	uint32_t last_run[32];   /* with which argument */
	uint32_t parameter[256]; /* by number */
	uint8_t switch_ident[6]; /* the controller's identifier, zeros: not heard of yet */
	uint8_t peers[MOCK_BTC_STATIONS][6]; /* identifiers by station, zeros: not told */
};

int mock_btc_told(const struct mock_btc *m, uint32_t station, struct mock_btc_told *told);

/* --- messages ---------------------------------------------------------------------------- */

struct mock_btc_message {
	uint8_t initial[6], final[6], source[6];
	uint16_t type;
	uint16_t length;   /* of the body, up to MOCK_BTC_MAX_BODY */
	uint16_t sequence; /* of the source for its final destination */
	uint32_t platform;
	const uint8_t *body; /* borrowed; may be NULL when length is 0 */
};

/*
 * A blade has a message to send, behind those that wait.  Left zero: @initial is the controller
 * (as the blade has heard of it, else CONTROL.IDENT), @source is the blade itself.  The blade
 * counts the sequence.  E_BUSY: MOCK_BTC_MAX_QUEUED messages wait already.
 */
int mock_btc_send(struct mock_btc *m, uint32_t station, const struct mock_btc_message *message);

/* A message that a station took from the bus, whole and correct. */
struct mock_btc_delivery {
	uint32_t station;     /* that took it; 0: the controller */
	uint32_t sender;      /* station that sent it on the bus */
	uint32_t frame, slot; /* of its last cell */
	uint64_t time_ns;     /* of the world's clock, when its last cell had passed */
	uint32_t first_frame, n_cells;
	struct mock_btc_message message; /* valid during the call */
};

/*
 * Called for every message that a blade takes, and for every one that the controller takes, before
 * it is looked up, whatever becomes of it.  One tap, NULL for none.
 */
typedef void (*mock_btc_tap)(void *arg, const struct mock_btc_delivery *delivery);
void mock_btc_set_tap(struct mock_btc *m, mock_btc_tap tap, void *arg);

/* A timeslot in which somebody sent, as it was on the bus after all faults. */
struct mock_btc_slot {
	uint32_t frame, slot;
	uint32_t sender;     /* station whose turn it was; MOCK_BTC_ANY: nobody's */
	uint64_t babblers;   /* who sent without right; bit 0 is station 1 */
	const uint8_t *cell; /* valid during the call */
	uint32_t n_bytes;
};

typedef void (*mock_btc_slot_tap)(void *arg, const struct mock_btc_slot *slot);
void mock_btc_set_slot_tap(struct mock_btc *m, mock_btc_slot_tap tap, void *arg);

/*
 * The overhead slot of the frame that is being sent, or that would be sent next: FRAME.SLOT_BYTES
 * bytes.
 */
void mock_btc_overhead(const struct mock_btc *m, uint8_t bytes[64]);

/* --- faults ------------------------------------------------------------------------------ */

enum mock_btc_fault_kind {
	MOCK_BTC_FAULT_CELL_BIT,  /* a bit of the cell is wrong on the bus */
	MOCK_BTC_FAULT_CELL_LOST, /* the cell is not there */
	MOCK_BTC_FAULT_BODY_BIT,  /* a bit of the payload is wrong, and the CRC-10 fits it */
	MOCK_BTC_FAULT_ALIGN,     /* the blade sees a wrong alignment word */
};

struct mock_btc_fault {
	enum mock_btc_fault_kind kind;
	uint32_t
		station; /* whose cells, or the blade that sees a wrong word; MOCK_BTC_ANY: all */
	uint64_t after;    /* cells (words) that pass unharmed first */
	uint64_t count;    /* so many are hit, then the fault is gone; 0: for ever */
	uint32_t rate_ppm; /* each is hit with this probability; 0: every one */
	uint32_t bit;      /* which, 0 is the first on the bus; MOCK_BTC_ANY: by chance */
};

/* Several faults may be there at once; up to 64, then E_BUSY. */
int mock_btc_inject(struct mock_btc *m, const struct mock_btc_fault *fault);
void mock_btc_heal(struct mock_btc *m); /* no faults any more */

/* --- what really happened ---------------------------------------------------------------- */

/* Since the model was attached; nothing clears them. */
struct mock_btc_stats {
	uint64_t frames, slots; /* of bus time that passed, idle ones included */
	uint64_t cells;         /* sent by those whose turn it was */
	uint64_t payload_bytes; /* in them */
	uint64_t messages;      /* whose last cell was sent, the controller's included */
	uint64_t broken;        /* of those: not whole or not correct when they had passed */
	uint64_t taken;         /* taken by a blade, once for each that took it */
	uint64_t missed;        /* a blade that it was for had not heard all of its cells */
	uint64_t unclaimed;     /* whole and correct, but no station was or felt addressed */
	uint64_t abandoned;     /* waited or was being sent in a blade that was pulled out */
	uint64_t faults;        /* that hit */
};

void mock_btc_stats(struct mock_btc *m, struct mock_btc_stats *stats);

struct mock_btc_blade_stats {
	uint64_t queued, sent, taken, missed; /* messages */
	uint64_t cell_errors;                 /* wrong CRC-10 in slots that it listens to */
	uint64_t waiting;                     /* messages now */
	uint64_t
		longest_wait_ns; /* of a message from its queueing until its first cell began */
};

int mock_btc_blade_stats(struct mock_btc *m, uint32_t station,
			 struct mock_btc_blade_stats *stats);

/* The bus catches up with the clock. */
void mock_btc_run(struct mock_btc *m);

/* The interrupt line: an event that is enabled is there. */
bool mock_btc_interrupt(struct mock_btc *m);

#endif
