/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside the BTC model.  The registers (files named after their blocks) hold what software wrote,
 * decoded; the bus (bus.c) runs timeslot after timeslot: who sends (arb.c, send.c), what happens on
 * the way (fault.c), who takes it (receive.c), what the controller does with it (forward.c).
 * Blades are blade.c, what they answer is conduct.c, their alignment align.c.
 *
 * Bus time is the world's clock in nanoseconds.  The bus has caught up with the clock whenever a
 * function of a register block is called.
 */
#ifndef DRV_MOCK_BTC_MODEL_H
#define DRV_MOCK_BTC_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "btc_regs.h"
#include "drv/clock.h"
#include "drv/error.h"
#include "drv/mock.h"
#include "drv/mock_btc.h"
#include "drv/world.h"

#define MB_STATIONS   MOCK_BTC_STATIONS
#define MB_SLOTS      128u
#define MB_CELL       64u /* most bytes */
#define MB_HEADER     28u
#define MB_MAX_BYTES  (MB_HEADER + MOCK_BTC_MAX_BODY + 4u)
#define MB_FIFO_WORDS 4096u
#define MB_NOBODY     UINT32_MAX
#define MB_EVERYBODY  UINT64_C(0xffffffffffff)
#define MB_MAX_FAULTS 64u
#define MB_RULES      64u
#define MB_RECORDS    1024u
#define MB_RECORD     11u /* words */

/* --- messages: message.c ------------------------------------------------------------------ */

/* As on the bus, with room for its CRC-32. */
struct mb_message {
	struct mb_message *next;
	uint64_t ready_ns; /* its cells may begin from then on */
	uint32_t n_bytes;
	uint32_t words;  /* of header and body; in the controller */
	uint8_t station; /* in the controller: the blade that alone it is for; else 0 */
	uint8_t except;  /* the station that has no LISTEN for its cells; 0: none */
	uint8_t sender;  /* of a received message */
	bool forwarded;
	bool sealed; /* the CRC-32 is in its place */
	uint8_t bytes[MB_MAX_BYTES];
};

struct mb_queue {
	struct mb_message *first, *last;
	uint32_t n, words;
};

struct mb_rx;

struct mb_message *mb_message_new(struct mock_btc *m); /* NULL: out of memory */
void mb_message_free(struct mock_btc *m, struct mb_message *message);
void mb_push(struct mb_queue *queue, struct mb_message *message);
struct mb_message *mb_pop(struct mb_queue *queue);           /* NULL: empty */
size_t mb_flush(struct mock_btc *m, struct mb_queue *queue); /* frees all; how many */

/* Header and body, sealed later; @as->body NULL: leaves the body as it is. */
void mb_message_set(struct mb_message *message, const struct mock_btc_message *as);
void mb_message_seal(struct mb_message *message); /* makes the CRC-32 anew */
/* The message as others see it, its body within @bytes. */
struct mock_btc_message mb_message_view(const uint8_t *bytes);

/* --- stations ------------------------------------------------------------------------------ */

/* What comes from one MID, put together as every receiver does that hears all of it. */
struct mb_rx {
	bool open;       /* a message has begun */
	bool skipping;   /* until the next beginning */
	bool synced;     /* sn is known */
	uint8_t sn;      /* of the next cell */
	bool ctl;        /* the controller has heard all cells of the message */
	bool ctl_any;    /* and this: any */
	bool intact;     /* all cells are there, as they were sent: the CRC-32 is right */
	uint32_t number; /* of the last cell */
	uint32_t len, n_cells;
	uint32_t first_frame, first_slot;
	uint64_t heard, any; /* the same of blades */
	uint8_t bytes[MB_MAX_BYTES + MB_CELL];
};

struct mb_station {
	struct mb_queue queue;      /* of the controller: forwarded messages */
	struct mb_message *sending; /* taken from a queue */
	uint32_t sent;              /* bytes of it */
	uint8_t sn;                 /* of the next cell */
	uint32_t n_cells;           /* sent */
	uint64_t ready_ns;          /* of a blade's next cell, while it is pending */
	/* Arbitration. */
	bool enable;
	uint8_t priority, weight;
	uint32_t waited;     /* shared slots in a row */
	uint64_t asked;      /* the last shared slot that it asked for, from 1 */
	uint32_t counter[3]; /* REQUESTS, GRANTS, LONGEST_WAIT */
};

enum { MB_REQUESTS, MB_GRANTS, MB_LONGEST_WAIT };

/* Counters of BLADE, in the order of their registers. */
enum {
	MB_CELLS,
	MB_MESSAGES,
	MB_SENT,
	MB_CELL_ERRORS,
	MB_LOST_CELLS,
	MB_MESSAGE_ERRORS,
	MB_BABBLES,
	MB_SLIPS_SKIPPED,
	MB_SLIPS_REPEATED,
	MB_ALIGN_ERRORS,
	MB_ALIGN_LOSSES,
	MB_N_BLADE_COUNTERS
};

struct mb_sequence {
	uint64_t to;
	uint16_t next;
};

struct mb_blade {
	/* What the core knows. */
	uint32_t counter[MB_N_BLADE_COUNTERS];
	uint32_t events;
	uint32_t functions;
	/* The blade itself, when one is plugged in. */
	struct mock_btc_blade is;
	uint64_t switch_ident; /* 0: not heard of yet */
	struct mock_btc_conduct conduct;
	struct mock_btc_told told;
	int32_t ppm;
	uint32_t phase;     /* of the elastic buffer, 1000000 is a frame */
	uint32_t good, bad; /* alignment words in a row */
	uint32_t babble;    /* slots since the last babbled one */
	uint64_t n_flooded;
	struct mb_sequence sequence[MB_STATIONS + 1];
	uint32_t n_sequences, last_sequence;
	struct mock_btc_blade_stats stats;
};

/* Bits of masks: bit 0 is station 1. */
static inline uint64_t mb_bit(uint32_t station)
{
	return UINT64_C(1) << (station - 1);
}

/* Takes the lowest station out of a mask that is not 0. */
static inline uint32_t mb_next(uint64_t *mask)
{
	uint32_t station = (uint32_t)__builtin_ctzll(*mask) + 1;

	*mask &= *mask - 1;
	return station;
}

/* --- the bus ------------------------------------------------------------------------------- */

enum mb_kind { MB_OFF, MB_RESERVED, MB_SHARED };

struct mb_use {
	uint32_t use, listen_lo, listen_hi; /* the registers */
};

/* A timeslot, or a cell of a channel, of the frame; sorted by end. */
struct mb_entry {
	uint32_t start_ns, end_ns; /* from the frame's beginning */
	uint32_t slot, owner;
	enum mb_kind kind;
	bool ctl;        /* the controller listens */
	uint64_t listen; /* and these blades */
};

struct mb_cell {
	uint8_t bytes[MB_CELL];
	struct mb_message *ended; /* this was its last cell */
	uint8_t except;
	bool intact;     /* as it was sent: its CRC-10 is right */
	uint32_t number; /* of all cells of the station */
};

enum { MB_NUMBER, MB_FRAMES, MB_IDLE, MB_USED, MB_COLLIDED, MB_N_FRAME_COUNTERS };

enum {
	MB_FORWARDED,
	MB_DROP_UNKNOWN,
	MB_DROP_ABSENT,
	MB_DROP_FULL,
	MB_DROP_BROADCAST,
	MB_DROP_CRC,
	MB_DROP_CELLS,
	MB_DROP_DUPLICATE,
	MB_DROP_STEER,
	MB_N_FORWARD_COUNTERS
};

enum { MB_RX_OVERFLOWS, MB_TX_MESSAGES, MB_RX_MESSAGES };

#define MB_EVENT(name) ((uint32_t)reg_field_mask(BTC_CONTROL_EVENTS__##name))

struct mb_rule {
	uint32_t match;
	uint64_t eligible;
	uint32_t last; /* station chosen last */
	uint32_t hits;
};

/* Software's message port: port.c. */
struct mb_port {
	uint32_t written[MB_FIFO_WORDS];
	uint32_t n_written;
	bool overrun; /* more was written than there was room */
	bool dropped; /* TX_STATUS */
	struct mb_queue tx, rx;
	uint32_t n_read; /* words of the oldest received message */
	bool turn;       /* of software, when forwarded messages wait too */
	uint32_t counter[3];
};

struct mb_trace {
	bool enable;
	uint32_t first, n;
	uint32_t n_read; /* words of the oldest record */
	uint32_t record[MB_RECORDS][MB_RECORD];
};

struct mock_btc {
	struct mock *mock;
	struct world *world;
	struct clock *clock;
	uint64_t random;         /* state of the generator */
	bool running;            /* within the bus: it must not be run again */
	uint64_t reset_until_ns; /* 0: no reset is going on */

	/* CONTROL, FRAME, SLOT: as they are in force. */
	bool enabled, fdm;
	uint64_t ident;
	uint32_t events, events_enable;
	uint32_t period_ns, n_slots, slot_bytes, align_word, gain, lose;
	uint32_t frame[MB_N_FRAME_COUNTERS];
	struct mb_use next[MB_SLOTS], active[MB_SLOTS];
	uint32_t slot_status;
	bool apply;

	/* The frame under way, or about to begin. */
	uint64_t frame_ns; /* when it began or begins */
	bool begun;
	uint32_t at; /* the next entry */
	uint32_t n_entries, n_reserved;
	struct mb_entry entries[MB_SLOTS];

	/* Blades: which are ... */
	uint64_t plugged, known, disabled, duplicate, aligned;
	uint64_t silent, babbling;
	uint64_t pending;                /* have something to send */
	uint64_t live;                   /* may send: plugged, aligned, not disabled */
	uint64_t hearing;                /* live, and do not skip this frame */
	uint64_t unsteady;               /* have alignment or slips to look at in each frame */
	uint64_t own_ident[MB_STATIONS]; /* of the blades that are plugged in */
	uint64_t table_ident[MB_STATIONS];  /* as software has told the core */
	uint64_t own_hash[256];             /* blades by the hash of their identifier */
	uint64_t table_hash[256];           /* known ones by that of the table */
	struct mb_blade blade[MB_STATIONS]; /* [0] is not used */
	struct mb_station station[MB_STATIONS];
	struct mb_rx rx[MB_STATIONS];

	/* ARB, FORWARD, STEER. */
	uint32_t arb_mode, arb_last, arb_left; /* granted last; slots left of its turn */
	uint64_t n_asked;                      /* shared slots that somebody asked for */
	uint32_t forward_mode, forward_limit;
	uint32_t forward[MB_N_FORWARD_COUNTERS];
	struct mb_rule rule[MB_RULES];
	struct mb_port port;
	struct mb_trace trace;

	/* Outside of the registers. */
	struct mock_btc_fault fault[MB_MAX_FAULTS];
	uint32_t n_faults;
	bool arrived; /* the message whose last cell was sent is whole and correct */
	struct mock_btc_stats stats;
	mock_btc_tap tap;
	void *tap_arg;
	mock_btc_slot_tap slot_tap;
	void *slot_tap_arg;
	struct mb_message *spare; /* for mb_message_new() */
	uint8_t flood[MOCK_BTC_MAX_BODY];
};

/* When and where a cell passed. */
struct mb_when {
	uint64_t ns; /* its end */
	uint32_t frame, slot;
};

/* --- register blocks ----------------------------------------------------------------------- */

/*
 * A block of registers.  @write runs after the mock has stored a write, @read may replace what is
 * about to be returned; @load takes the registers as they are stored, at the beginning and after a
 * reset, and puts right what is not allowed.
 */
struct mb_block {
	uint64_t first, last;
	void (*read)(struct mock_btc *m, uint64_t addr, uint32_t *value); /* or NULL */
	void (*write)(struct mock_btc *m, uint64_t addr, uint32_t value); /* or NULL */
	void (*load)(struct mock_btc *m);                                 /* or NULL */
};

extern const struct mb_block mb_block_control;
extern const struct mb_block mb_block_frame;
extern const struct mb_block mb_block_slot;
extern const struct mb_block mb_block_arb;
extern const struct mb_block mb_block_blade;
extern const struct mb_block mb_block_message;
extern const struct mb_block mb_block_forward;
extern const struct mb_block mb_block_steer;
extern const struct mb_block mb_block_trace;

/* The counter at an address, NULL: none is there.  counter.c */
uint32_t *mb_counter(struct mock_btc *m, uint64_t addr);
void mb_counters_load(struct mock_btc *m); /* all, from the registers */

static inline uint32_t mb_get(const struct mock_btc *m, uint64_t addr)
{
	return mock_hw_get(m->mock, addr);
}

/* Registers that the model writes exist and were touched: this cannot run out of memory. */
static inline void mb_put(struct mock_btc *m, uint64_t addr, uint32_t value)
{
	(void)mock_hw_put(m->mock, addr, value);
}

static inline uint32_t mb_field(uint32_t value, struct reg_field f)
{
	return (uint32_t)reg_field_get(value, f);
}

/* --- between the files --------------------------------------------------------------------- */

/* model.c: the soft reset begins. */
void mb_reset(struct mock_btc *m);

/* bus.c */
void mb_run(struct mock_btc *m);      /* catches up with the clock */
void mb_schedule(struct mock_btc *m); /* the plan in force, or who listens, has changed */
void mb_enable(struct mock_btc *m, bool enable);
void mb_take_plan(struct mock_btc *m); /* NEXT comes into force, or not: slot.c */
uint64_t mb_now_ns(const struct mock_btc *m);
uint64_t mb_random(struct mock_btc *m);

/* arb.c: the station that gets the shared slot that begins at @start_ns, or MB_NOBODY. */
uint32_t mb_arbitrate(struct mock_btc *m, uint64_t start_ns);

/* send.c */
/* Could it send?  Asked of the controller and of blades that are pending. */
bool mb_ready(struct mock_btc *m, uint32_t station, uint64_t start_ns);
bool mb_send_cell(struct mock_btc *m, uint32_t station, uint64_t start_ns,
		  struct mb_cell *cell);
void mb_sent(struct mock_btc *m, uint32_t station, struct mb_message *message);
void mb_restart(struct mock_btc *m, uint32_t station); /* its message, from the first cell */
void mb_pending(struct mock_btc *m, uint32_t station); /* has it something to send? */
void mb_cell_crc(struct mock_btc *m, uint8_t *cell);   /* into a cell with CRC 0 */

/* receive.c */
void mb_receive(struct mock_btc *m, uint32_t sender, const struct mb_cell *cell,
		const struct mb_entry *e);
void mb_lose(struct mock_btc *m, uint32_t sender); /* the message that has begun */
void mb_forget(struct mb_rx *rx);                  /* all, without counting */

/* fault.c */
bool mb_fault(struct mock_btc *m, uint32_t sender, struct mb_cell *cell); /* false: lost */
bool mb_align_fault(struct mock_btc *m, uint32_t station);
bool mb_has_align_fault(const struct mock_btc *m, uint32_t station);
/* Who babbles in a slot of @turn; their cells are added to @cell, which is empty or the owner's. */
uint64_t mb_babble(struct mock_btc *m, uint32_t turn, struct mb_cell *cell);

/* align.c: at the beginning of a frame; and how many frames need no look from here. */
void mb_align(struct mock_btc *m);
uint64_t mb_steady_frames(const struct mock_btc *m);
void mb_skip_frames(struct mock_btc *m, uint64_t n);
void mb_masks(struct mock_btc *m); /* live and hearing */

/* forward.c: the controller takes a message; false: it was dropped. */
bool mb_forward(struct mock_btc *m, uint32_t sender, const struct mb_rx *rx, uint64_t ns);
/* Known blades with an identifier; @gone: one that is pulled or kept out. */
uint64_t mb_lookup(const struct mock_btc *m, uint64_t ident, bool *gone);
uint32_t mb_queue_words(const struct mock_btc *m);
/* What the controller sends next in a slot that begins at @start_ns; NULL: nothing. */
struct mb_message *mb_controller_next(struct mock_btc *m, uint64_t start_ns);

/* port.c */
bool mb_to_software(struct mock_btc *m, uint32_t sender, const struct mb_rx *rx); /* room? */

/* steer.c: the blade for a message of a type; 0: none. */
uint32_t mb_steer(struct mock_btc *m, uint32_t type);

/* trace.c */
void mb_record(struct mock_btc *m, uint32_t sender, const struct mb_when *last, bool dropped);

/* blade.c */
void mb_idents(
	struct mock_btc *m); /* who is there, known or kept out, or an identifier changed */
/* Plugs in a blade that has been there before, if the registers were loaded and say so. */
void mb_equip(struct mock_btc *m, uint32_t station, const struct mock_btc_blade *blade);
void mb_blade_event(struct mock_btc *m, uint32_t station, uint32_t event, uint32_t control);
/* Queues in a blade; NULL body is allowed with length 0. */
int mb_blade_send(struct mock_btc *m, uint32_t station, const struct mock_btc_message *message,
		  uint64_t ready_ns, bool counts);
struct mb_message *mb_blade_next(struct mock_btc *m, uint32_t station, uint64_t start_ns);

/* conduct.c: a blade has taken a message. */
void mb_blade_takes(struct mock_btc *m, uint32_t station,
		    const struct mock_btc_message *message, uint64_t ns);
void mb_flood(struct mock_btc *m, uint32_t station, uint64_t ns); /* queues the next one */

/* The controller has something to send. */
static inline bool mb_controller_waits(const struct mock_btc *m)
{
	return m->station[0].sending != NULL || m->station[0].queue.first != NULL ||
	       m->port.tx.first != NULL;
}

/* Somebody could see whether cells and messages have the right checks. */
static inline bool mb_is_watched(const struct mock_btc *m)
{
	return m->slot_tap != NULL || m->n_faults > 0 || m->babbling != 0;
}

static inline uint32_t mb_hash_of(uint64_t ident)
{
	return (uint32_t)(ident ^ ident >> 8 ^ ident >> 24 ^ ident >> 40) & 0xff;
}

/* Identifiers as numbers, first octet in the highest bits. */
static inline uint64_t mb_ident(const uint8_t *bytes)
{
	return (uint64_t)bytes[0] << 40 | (uint64_t)bytes[1] << 32 | (uint64_t)bytes[2] << 24 |
	       (uint64_t)bytes[3] << 16 | (uint64_t)bytes[4] << 8 | bytes[5];
}

static inline void mb_put_ident(uint8_t *bytes, uint64_t ident)
{
	for (unsigned i = 0; i < 6; i++)
		bytes[i] = (uint8_t)(ident >> (40 - 8 * i));
}

static inline uint32_t mb_be16(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 8 | bytes[1];
}

static inline uint32_t mb_be32(const uint8_t *bytes)
{
	return mb_be16(bytes) << 16 | mb_be16(bytes + 2);
}

static inline void mb_put_be16(uint8_t *bytes, uint32_t value)
{
	bytes[0] = (uint8_t)(value >> 8);
	bytes[1] = (uint8_t)value;
}

static inline void mb_put_be32(uint8_t *bytes, uint32_t value)
{
	mb_put_be16(bytes, value >> 16);
	mb_put_be16(bytes + 2, value);
}

#endif
