/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/calendar.h"

#include <inttypes.h>
#include <string.h>

#include "hal/vsc7448/vsc7448_priv.h"

#define SLOTS    VSC7448_CALENDAR_SLOTS
#define FREE     UINT8_MAX
#define MAX_RING 16u
#define NO_RING  MAX_RING

/* Who wants slots of the calendar. */
struct claim {
	uint8_t user; /* as CAL_SEQ_PGM_VAL names it */
	uint8_t slots;
	uint8_t ring;  /* neighbours in the calendar must be on different rings */
	uint8_t apart; /* least distance of its own slots */
	bool anywhere; /* need not be spread evenly */
};

/* All claims of the same bandwidth; those of a ring are served from the last to the first. */
struct group {
	struct claim claims[VSC7448_N_ALL_PORTS];
	uint32_t n_claims;
};

/* The ring that a front port's cells travel on: vtss_jaguar2.c, jr2_calendar_rtl_cfg_get(). */
static uint8_t ring_of(uint32_t port)
{
	static const uint8_t fast[] = { 7, 6, 7, 4, 5 }; /* ports 48 to 52 */

	if (port >= 48)
		return fast[port - 48];
	if (port >= 8 && port <= 11)
		return 3;
	if (port >= 44)
		return 2;
	return (uint8_t)(port % 32 / 4);
}

static uint32_t before(uint32_t slot)
{
	return slot == 0 ? SLOTS - 1 : slot - 1;
}

static uint32_t after(uint32_t slot)
{
	return slot == SLOTS - 1 ? 0 : slot + 1;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
	uint32_t d = a > b ? a - b : b - a;

	return d > SLOTS / 2 ? SLOTS - d : d;
}

/* A calendar in the making, with the ring of each user. */
struct plan {
	uint8_t *slots;
	uint8_t rings[64];
};

static bool is_on_ring(const struct plan *plan, uint32_t slot, uint8_t ring)
{
	return plan->slots[slot] != FREE && plan->rings[plan->slots[slot]] == ring;
}

static bool fits(const struct plan *plan, const struct claim *claim, uint32_t slot)
{
	if (plan->slots[slot] != FREE || is_on_ring(plan, before(slot), claim->ring) ||
	    is_on_ring(plan, after(slot), claim->ring))
		return false;
	for (uint32_t i = 0; i < SLOTS; i++)
		if (plan->slots[i] == claim->user && distance(slot, i) < claim->apart)
			return false;
	return true;
}

/* The free slot nearest to @ideal that fits, earlier ones first; SLOTS: none near enough. */
static uint32_t nearest(const struct plan *plan, const struct claim *claim, uint32_t ideal)
{
	uint32_t spread = (1000 * SLOTS / claim->slots + 999) / 1000;
	uint32_t reach = claim->anywhere ? SLOTS / 2 : spread - claim->apart;

	if (reach > 0 && fits(plan, claim, ideal))
		return ideal;
	for (uint32_t d = 1; d <= reach; d++) {
		if (fits(plan, claim, (ideal + SLOTS - d) % SLOTS))
			return (ideal + SLOTS - d) % SLOTS;
		if (fits(plan, claim, (ideal + d) % SLOTS))
			return (ideal + d) % SLOTS;
	}
	return SLOTS;
}

/* All slots of a claim, evenly from @start on; false: it does not work out, nothing is taken. */
static bool place_from(struct plan *plan, const struct claim *claim, uint32_t start)
{
	uint32_t thousandths = 1000 * SLOTS / claim->slots;

	plan->slots[start] = claim->user;
	for (uint32_t i = 1; i < claim->slots; i++) {
		uint32_t slot = nearest(plan, claim, (start + thousandths * i / 1000) % SLOTS);

		if (slot == SLOTS) {
			for (uint32_t k = 0; k < SLOTS; k++)
				if (plan->slots[k] == claim->user)
					plan->slots[k] = FREE;
			return false;
		}
		plan->slots[slot] = claim->user;
	}
	return true;
}

static int place(struct plan *plan, const struct claim *claim, struct error *err)
{
	for (uint32_t start = 0; start < SLOTS; start++)
		if (fits(plan, claim, start) && place_from(plan, claim, start))
			return 0;
	return error_set(err, E_RANGE,
			 "the calendar has no place for the %u slots of port %u beside those "
			 "of faster ports on its ring: give fewer ports bandwidth",
			 claim->slots, claim->user);
}

/* The ring to serve next: most claims left, not the same twice in a row. */
static uint8_t next_ring(const uint32_t *left, uint8_t last)
{
	uint8_t best = NO_RING;

	for (uint8_t ring = 0; ring < MAX_RING; ring++)
		if (ring != last && left[ring] > (best == NO_RING ? 0 : left[best]))
			best = ring;
	return best == NO_RING ? last : best;
}

static int place_group(struct plan *plan, const struct group *group, struct error *err)
{
	uint32_t left[MAX_RING] = { 0 };
	bool placed[VSC7448_N_ALL_PORTS] = { false };
	uint8_t ring = NO_RING;

	for (uint32_t i = 0; i < group->n_claims; i++)
		left[group->claims[i].ring]++;
	for (uint32_t n = 0; n < group->n_claims; n++) {
		uint32_t i = group->n_claims;
		int rc;

		ring = next_ring(left, ring);
		while (i-- > 0)
			if (group->claims[i].ring == ring && !placed[i])
				break;
		rc = place(plan, &group->claims[i], err);
		if (rc != 0)
			return rc;
		placed[i] = true;
		left[ring]--;
	}
	return 0;
}

/* The front ports of one speed, and the CPU port, which shares the speed of 1G ports' group. */
static void front_group(const struct vsc7448_port_map *map, uint32_t mbps, struct group *group)
{
	group->n_claims = 0;
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if (map->mbps[port] == mbps)
			group->claims[group->n_claims++] = (struct claim){
				.user = (uint8_t)port,
				.slots = (uint8_t)(mbps / VSC7448_SLOT_MBPS),
				.ring = ring_of(port),
				.apart = 7,
			};
}

/*
 * From the fastest to the slowest, after the idle slots that leave time for register accesses.
 * VD0 needs one slot at least; it also gets what is idle (OUTB_SHARE_ENA).
 */
static int place_all(struct plan *plan, const struct vsc7448_port_map *map, struct error *err)
{
	static const uint32_t speeds[] = { 10000, 2500, 1000 };
	static const struct group idle = {
		{ { VSC7448_CALENDAR_IDLE, 1000 / VSC7448_SLOT_MBPS, 15, 1, false } }, 1
	};
	static const struct group cpu0 = {
		{ { VSC7448_PORT_CPU0, 750 / VSC7448_SLOT_MBPS, 8, 7, false } }, 1
	};
	static const struct group single = { { { VSC7448_PORT_CPU1, 1, 8, 7, false },
					       { VSC7448_PORT_VD0, 1, 9, 9, true } },
					     2 };
	struct group group;
	int rc = place_group(plan, &idle, err);

	for (size_t i = 0; rc == 0 && i < sizeof(speeds) / sizeof(speeds[0]); i++) {
		front_group(map, speeds[i], &group);
		rc = place_group(plan, &group, err);
	}
	if (rc == 0)
		rc = place_group(plan, &cpu0, err);
	if (rc == 0)
		rc = place_group(plan, &single, err);
	return rc;
}

int vsc7448_calendar_make(const struct vsc7448_port_map *map, struct error *err,
			  uint8_t slots[VSC7448_CALENDAR_SLOTS])
{
	uint8_t made[SLOTS];
	struct plan plan = { .slots = made };
	int rc = vsc7448_port_map_check(map, err);

	if (rc != 0)
		return rc;
	memset(made, FREE, sizeof(made));
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		plan.rings[port] = ring_of(port);
	plan.rings[VSC7448_PORT_CPU0] = plan.rings[VSC7448_PORT_CPU1] = 8;
	plan.rings[VSC7448_PORT_VD0] = 9;
	plan.rings[VSC7448_CALENDAR_IDLE] = 15;
	rc = place_all(&plan, map, err);
	if (rc != 0)
		return rc;
	for (uint32_t i = 0; i < SLOTS; i++)
		slots[i] = made[i] == FREE ? VSC7448_CALENDAR_IDLE : made[i];
	return 0;
}

/* --- the chip ---------------------------------------------------------------------------- */

#define CAL_CTRL    VSC7448_QSYS_CALCFG_CAL_CTRL
#define CAL_SEQ     VSC7448_QSYS_CALCFG_CAL_SEQ
#define CAL_AUTO(i) VSC7448_QSYS_CALCFG_CAL_AUTO(i)
#define N_CAL_AUTO  4u

enum cal_mode { CAL_MODE_SEQUENCE = 9, CAL_MODE_HALT = 10 };

/* Codes of two bits in CAL_AUTO. */
static const uint16_t auto_mbps[] = { 0, 1000, 2500, 10000 };

static uint32_t auto_code(uint32_t mbps)
{
	return mbps >= 10000 ? 3 : mbps >= 2500 ? 2 : mbps >= 1000;
}

static uint32_t auto_word(const struct vsc7448_port_map *map, uint32_t word)
{
	uint32_t value = 0;

	for (uint32_t i = 0; i < 16 && 16 * word + i < VSC7448_N_PORTS; i++)
		value |= auto_code(map->mbps[16 * word + i]) << 2 * i;
	return value;
}

static uint32_t seq_word(uint32_t entry, uint32_t port)
{
	uint64_t word = reg_field_put(0, VSC7448_QSYS_CALCFG_CAL_SEQ__CAL_SEQ_LEN, entry);

	word = reg_field_put(word, VSC7448_QSYS_CALCFG_CAL_SEQ__CAL_SEQ_PGM_VAL, port);
	return (uint32_t)reg_field_put(word, VSC7448_QSYS_CALCFG_CAL_SEQ__CAL_SEQ_PGM_ENA, 1);
}

int vsc7448_calendar_set(struct vsc7448 *chip, const struct vsc7448_port_map *map,
			 struct error *err)
{
	struct regio *io = chip->io;
	uint8_t slots[SLOTS];
	int rc = vsc7448_calendar_make(map, err, slots);

	if (rc != 0)
		return rc;
	regio_fields(io, CAL_CTRL, F(QSYS_CALCFG_CAL_CTRL, CAL_MODE, CAL_MODE_HALT));
	/* The last entry written is the last of the sequence: CAL_SEQ_LEN. */
	for (uint32_t i = 0; i < SLOTS; i++)
		regio_write(io, CAL_SEQ, seq_word(i, slots[i]));
	for (uint32_t i = 0; i < N_CAL_AUTO; i++)
		regio_put(io, CAL_AUTO(i), auto_word(map, i));
	regio_fields(io, CAL_CTRL, F(QSYS_CALCFG_CAL_CTRL, CAL_MODE, CAL_MODE_SEQUENCE));
	/* Idle slots serve VD0, the multicast loop: its least distance of slots. */
	regio_put(io, VSC7448_HSCH_HSCH_MISC_OUTB_SHARE_ENA(VSC7448_PORT_VD0 - 53), 9);
	return regio_end(io, err);
}

static int foreign_calendar(struct error *err, uint32_t mode)
{
	if (mode != CAL_MODE_SEQUENCE)
		return error_set(err, E_STATE,
				 "the chip is not initialized: QSYS:CALCFG:CAL_CTRL.CAL_MODE "
				 "is %" PRIu32 "; run `chip init`",
				 mode);
	return error_set(err, E_STATE,
			 "the calendar is not of this program: QSYS:CALCFG:CAL_AUTO does not "
			 "hold a port map; run `chip init`");
}

int vsc7448_calendar_map(struct vsc7448 *chip, struct error *err, struct vsc7448_port_map *map)
{
	const uint64_t addrs[1 + N_CAL_AUTO] = { CAL_CTRL, CAL_AUTO(0), CAL_AUTO(1),
						 CAL_AUTO(2), CAL_AUTO(3) };
	uint32_t words[1 + N_CAL_AUTO], mode, sum = 0;

	if (regio_get_many(chip->io, addrs, 1 + N_CAL_AUTO, words) != 0)
		return regio_end(chip->io, err);
	mode = (uint32_t)reg_field_get(words[0], VSC7448_QSYS_CALCFG_CAL_CTRL__CAL_MODE);
	for (uint32_t i = 0; i < N_CAL_AUTO; i++)
		sum |= words[1 + i];
	if (mode != CAL_MODE_SEQUENCE || sum == 0)
		return foreign_calendar(err, mode);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		map->mbps[port] = auto_mbps[words[1 + port / 16] >> 2 * (port % 16) & 3];
	return 0;
}

int vsc7448_calendar_mbps(struct vsc7448 *chip, uint32_t port, struct error *err,
			  uint32_t *mbps)
{
	const uint64_t addrs[] = { CAL_CTRL, CAL_AUTO(port / 16) };
	uint32_t words[2], mode;

	if (regio_get_many(chip->io, addrs, 2, words) != 0)
		return regio_end(chip->io, err);
	mode = (uint32_t)reg_field_get(words[0], VSC7448_QSYS_CALCFG_CAL_CTRL__CAL_MODE);
	if (mode != CAL_MODE_SEQUENCE || words[1] == 0)
		return foreign_calendar(err, mode);
	*mbps = auto_mbps[words[1] >> 2 * (port % 16) & 3];
	return 0;
}
