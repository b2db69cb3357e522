/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The TCAMs of the chip: VCAP_SUPER (classification, access control, longest prefix match) and
 * VCAP_ES0 (egress), through their cache.
 *
 * VCAP_SUPER has eight cores of 256 rows of 16 addresses; a core serves one kind of lookup, its
 * owner.  An address holds 36 bits of entry, 73 bits of action and a counter.  A rule takes 1, 2,
 * 4, 8 or 16 consecutive addresses, its base a multiple of that; of the rules that match the one
 * at the highest address wins.  The first bits of each address, the type group, tell the sizes of
 * rules apart; this interface puts and takes them: a rule here is key and action only.
 *
 * Sources: regmaps/vsc7448/vcap_core.rdl; MESA base/jaguar2/vtss_jaguar2_vcap.c
 * (jr2_vcap_entry_cmd, jr2_vcap_initialize, jr2_vcap_action_addr), vtss_jaguar2_reg.h.
 */
#ifndef HAL_VSC7448_VCAP_PRIV_H
#define HAL_VSC7448_VCAP_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "drv/bits.h"
#include "hal/vsc7448/vsc7448_priv.h"

/* Who uses a core; the values of VCAP_CORE_MAP. */
enum vcap_owner {
	VCAP_OWNER_NONE,
	VCAP_OWNER_CLM_A,
	VCAP_OWNER_CLM_B,
	VCAP_OWNER_CLM_C,
	VCAP_OWNER_IS2,
	VCAP_OWNER_LPM,
};

#define VCAP_CORES        8u
#define VCAP_ROWS         256u /* of a core */
#define VCAP_ROW          16u  /* addresses of a row */
#define VCAP_CORE         (VCAP_ROWS * VCAP_ROW)
#define VCAP_KEY_WORDS    18u /* 16 x 36 bits */
#define VCAP_ACTION_WORDS 10u /* 4 x 73 bits, and the 308 of ES0 */

/* Bits are numbered from the lowest of word 0, without type groups. */
struct vcap_rule {
	uint32_t size; /* addresses; 0: there is no rule */
	uint32_t key[VCAP_KEY_WORDS];
	uint32_t care
		[VCAP_KEY_WORDS]; /* 1: compared.  The chip's mask registers are its inverse. */
	uint32_t action[VCAP_ACTION_WORDS];
	uint32_t counter;
};

/*
 * Queues: both TCAMs emptied, with all default actions zero, as MESA's jr2_vcap_initialize()
 * leaves them.  Cores keep their owners.
 */
void vsc7448__vcap_init(struct regio *io);

/*
 * For one action at many addresses: a word of the action cache as the chip has it, type group
 * included, and that the action in the cache goes to the @n addresses from @addr on.  The cache
 * keeps what was written: a command or two an address.
 */
enum vcap_tcam { VCAP_TCAM_SUPER, VCAP_TCAM_ES0 };
void vsc7448__vcap_cache_word(struct regio *io, enum vcap_tcam tcam, uint32_t word,
			      uint32_t value);
void vsc7448__vcap_spread_action(struct regio *io, enum vcap_tcam tcam, uint32_t addr,
				 uint32_t n);

/* The owners of all cores, read: owner[core] is an enum vcap_owner.  16 accesses. */
int vsc7448__vcap_owners(struct regio *io, uint32_t owner[VCAP_CORES]);

/* Queues: core @core (0..7, addresses 4096 * core on) belongs to @owner. */
void vsc7448__vcap_own(struct regio *io, uint32_t core, enum vcap_owner owner);

/*
 * Queues: a rule of @rule->size addresses at base @addr.  The base is written last, so the chip
 * never matches half a rule.
 */
void vsc7448__vcap_write(struct regio *io, enum vcap_owner owner, uint32_t addr,
			 const struct vcap_rule *rule);

/*
 * Reads the rule whose base may be @addr; @rule->size is 0 when none starts there.  Tells a rule
 * by its type group only, so @addr must not be inside a larger rule.
 */
int vsc7448__vcap_read(struct regio *io, enum vcap_owner owner, uint32_t addr,
		       struct vcap_rule *rule);

/*
 * Reads the row at @row (a multiple of 16): rules[i] is the rule based at @row + i, of size 0
 * where none starts.
 */
int vsc7448__vcap_read_row(struct regio *io, enum vcap_owner owner, uint32_t row,
			   struct vcap_rule rules[VCAP_ROW]);

/* Queues: action only, of the rule of @size addresses at @addr; the counter keeps counting. */
void vsc7448__vcap_write_action(struct regio *io, enum vcap_owner owner, uint32_t addr,
				uint32_t size, const uint32_t action[VCAP_ACTION_WORDS]);

/* Queues: @n addresses from @addr on hold nothing. */
void vsc7448__vcap_clear(struct regio *io, uint32_t addr, uint32_t n);

/* Queues: the @n addresses from @addr on move by @by addresses, up to higher ones or down. */
void vsc7448__vcap_move(struct regio *io, uint32_t addr, uint32_t n, uint32_t by, bool up);

/* --- the rules of an owner, in order ------------------------------------------------------ */

/*
 * The rules of an owner, kept in one core as the vendor's driver keeps them: rows without gaps
 * from the top of the core down, each with rules of one size, the first rule at the highest
 * address.  Where a rule goes follows from the chip's own state; rules that move keep their order
 * among those of their size.  What was read is remembered until regio_forget().
 */
struct vcap_slot {
	uint32_t addr;
	struct vcap_rule rule;
};

struct vcap_list {
	struct regio *io;
	enum vcap_owner owner;
	uint32_t *owners; /* of the cores, shared by all lists of the chip */
	uint64_t epoch;   /* of regio, when it was read; 0: never */
	bool has_core;
	uint32_t core;
	uint32_t n_rows;             /* in use, from the top */
	uint8_t row_size[VCAP_ROWS]; /* of the rules in the i-th row from the top; 0: mixed */
	struct vcap_slot *slots;     /* by falling address */
	uint32_t n_slots, max_slots;
};

/*
 * The list of VCAP_OWNER_IS2 or VCAP_OWNER_LPM, borrowed from @chip; all rules are read when they
 * are not known.
 */
int vsc7448__vcap_list(struct vsc7448 *chip, enum vcap_owner owner, struct vcap_list **list);

void vsc7448__vcap_cache_free(
	struct vcap_cache *cache); /* for vsc7448_close(); NULL is allowed */

/* The @index-th rule of @size in rows of that size; NULL past the end. */
const struct vcap_slot *vsc7448__vcap_list_at(const struct vcap_list *list, uint32_t size,
					      uint32_t index);

/*
 * Queues: @rule in front of the @index-th of its size (or behind the last), others moving down
 * to make room, and tells its address.  The first rule of an owner takes the highest core without
 * one.  E_STATE: no room.
 */
int vsc7448__vcap_list_insert(struct vcap_list *list, uint32_t index,
			      const struct vcap_rule *rule, uint32_t *addr);

/* Queues: another action for the @index-th rule of @size. */
void vsc7448__vcap_list_set_action(struct vcap_list *list, uint32_t size, uint32_t index,
				   const uint32_t action[VCAP_ACTION_WORDS]);

/*
 * Queues: the @index-th rule of @size is gone, those behind it move up; without any rule left
 * the core has no owner.
 */
void vsc7448__vcap_list_remove(struct vcap_list *list, uint32_t size, uint32_t index);

/* --- default actions ---------------------------------------------------------------------- */

/*
 * Default actions, for frames that match no rule: of @port (0..56) in classification lookups
 * (@lookup 0 or 1 of CLM_A, CLM_B, CLM_C) or access control (lookup 0; lookup 1 has one for all:
 * port 0).
 */
void vsc7448__vcap_put_default(struct regio *io, enum vcap_owner owner, uint32_t lookup,
			       uint32_t port, const uint32_t action[VCAP_ACTION_WORDS]);
int vsc7448__vcap_get_default(struct regio *io, enum vcap_owner owner, uint32_t lookup,
			      uint32_t port, uint32_t action[VCAP_ACTION_WORDS]);

/* The default egress action of @port (0..52), 308 bits at ES0 address 4096 + port. */
void vsc7448__es0_put_default(struct regio *io, uint32_t port,
			      const uint32_t action[VCAP_ACTION_WORDS]);
int vsc7448__es0_get_default(struct regio *io, uint32_t port,
			     uint32_t action[VCAP_ACTION_WORDS]);

#endif
