/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/mac.h"

#include <inttypes.h>

#include "hal/vsc7448/mac_priv.h"
#include "hal/vsc7448/masks_priv.h"

#define CTRL   VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL
#define CFG_0  VSC7448_LRN_COMMON_MAC_ACCESS_CFG_0
#define CFG_1  VSC7448_LRN_COMMON_MAC_ACCESS_CFG_1
#define CFG_2  VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2
#define SCAN   VSC7448_LRN_COMMON_SCAN_NEXT_CFG
#define SCAN_1 VSC7448_LRN_COMMON_SCAN_NEXT_CFG_1
#define EVENTS VSC7448_LRN_COMMON_EVENT_STICKY

#define TYPE_PORT     ((uint32_t)VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2__MAC_ENTRY_ADDR_TYPE__UPSID_PN)
#define TYPE_PGID     ((uint32_t)VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2__MAC_ENTRY_ADDR_TYPE__MC_IDX)
#define ADDR_TYPE_LSB 12

/* MC_IDX counts from the first PGID behind those of the ports. */
#define FIRST_MC VSC7448_N_PORTS

#define SCAN_BIT(name) ((uint32_t)reg_field_mask(VSC7448_LRN_COMMON_SCAN_NEXT_CFG__##name))

/* --- commands ---------------------------------------------------------------------------- */

void vsc7448__mac_command(struct regio *io, uint32_t command, uint32_t other)
{
	const uint32_t shot = (uint32_t)reg_field_mask(
		VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL__MAC_TABLE_ACCESS_SHOT);
	uint32_t value = (uint32_t)reg_field_put(
		other | shot, VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL__CPU_ACCESS_CMD, command);

	regio_write(io, CTRL, value);
	regio_wait(io, &(struct regio_wait){ .addr = CTRL,
					     .mask = shot,
					     .want = 0,
					     .timeout_us = VSC7448_MAC_TIMEOUT_US,
					     .every_us = 10 });
}

int vsc7448__mac_result(struct regio *io, struct mac_words *words, bool *valid)
{
	static const uint64_t addrs[3] = { CFG_0, CFG_1, CFG_2 };
	int rc = regio_read_many(io, addrs, 3, words->word);

	if (rc == 0)
		*valid = MAC_GET(words->word[2], MAC_ENTRY_VLD) != 0;
	return rc;
}

static void queue_key(struct regio *io, const struct mac_words *words)
{
	regio_write(io, CFG_0, words->word[0]);
	regio_write(io, CFG_1, words->word[1]);
}

int vsc7448__mac_key(struct vsc7448 *chip, const struct vsc7448_mac_key *key,
		     struct mac_words *words)
{
	uint64_t number = mac_number(&key->mac);
	uint32_t fid = key->vid, cfg;

	if (key->vid < 1 || key->vid > 4095)
		return regio_fail(chip->io, E_RANGE, "VLAN %u: they go from 1 to 4095",
				  key->vid);
	if (!mac_is_multicast(&key->mac)) {
		int rc = regio_get(chip->io, VSC7448_ANA_L3_VLAN_VLAN_CFG(key->vid), &cfg);

		if (rc != 0)
			return rc;
		cfg = (uint32_t)reg_field_get(cfg, VSC7448_ANA_L3_VLAN_VLAN_CFG__VLAN_FID);
		fid = cfg != 0 ? cfg : fid;
	}
	words->word[0] = fid << 16 | (uint32_t)(number >> 32);
	words->word[1] = (uint32_t)number;
	return 0;
}

int vsc7448__mac_count(struct regio *io, const uint32_t *pgid, uint32_t *n)
{
	uint32_t value;
	int rc;

	regio_write(io, SCAN,
		    SCAN_BIT(SCAN_NEXT_IGNORE_LOCKED_ENA) | SCAN_BIT(SCAN_AGE_INTERVAL_MASK) |
			    (pgid != NULL ? SCAN_BIT(ADDR_FILTER_ENA) : 0));
	if (pgid != NULL) {
		regio_write(io, CFG_2, TYPE_PGID << ADDR_TYPE_LSB | (*pgid - FIRST_MC));
		regio_set(io, SCAN_1, 0x7fff, 0x7fff);
	}
	vsc7448__mac_command(io, MAC_CMD(SCAN), 0);
	rc = regio_read(io, VSC7448_LRN_COMMON_SCAN_NEXT_CNT, &value);
	if (rc == 0)
		*n = (uint32_t)reg_field_get(value,
					     VSC7448_LRN_COMMON_SCAN_NEXT_CNT__SCAN_NEXT_CNT);
	return rc;
}

/* --- entries ----------------------------------------------------------------------------- */

static int check_entry(const struct vsc7448_mac_entry *entry, struct error *err)
{
	int n = __builtin_popcountll(entry->ports);
	int rc = vsc7448__check_ports(entry->ports, err);

	if (rc == 0 && entry->cpu_queue > 7)
		rc = error_set(err, E_RANGE, "CPU queue %u: they go from 0 to 7",
			       entry->cpu_queue);
	if (rc == 0 && !entry->locked && n != 1)
		rc = error_set(err, E_RANGE, "only a static entry can have %s",
			       n == 0 ? "no port" : "several ports");
	if (rc == 0 && !entry->locked && entry->cpu_copy)
		rc = error_set(err, E_RANGE, "only a static entry can be copied to the CPU");
	return rc;
}

static bool is_free(const struct vsc7448_pgid *pgid)
{
	return pgid->ports == 0 && !pgid->cpu_copy && !pgid->stack;
}

static bool is_equal(const struct vsc7448_pgid *a, const struct vsc7448_pgid *b)
{
	return a->ports == b->ports && a->cpu_copy == b->cpu_copy &&
	       (!a->cpu_copy || a->cpu_queue == b->cpu_queue) && a->stack == b->stack;
}

#define SOME 32u

/*
 * The group that equals @want, or the first free one.  Groups are taken from below, so the search
 * ends behind the first stretch of SOME that are all free.
 */
static int find_group(struct vsc7448 *chip, const struct vsc7448_pgid *want, struct error *err,
		      uint32_t *found, bool *is_new)
{
	uint32_t hole = VSC7448_N_PGIDS;

	for (uint32_t at = VSC7448_PGID_FIRST_GROUP; at < VSC7448_N_PGIDS; at += SOME) {
		uint32_t n = VSC7448_N_PGIDS - at < SOME ? VSC7448_N_PGIDS - at : SOME;
		struct vsc7448_pgid pgids[SOME];
		uint32_t used = 0;
		int rc = vsc7448_pgid_get(chip, at, n, err, pgids);

		if (rc != 0)
			return rc;
		for (uint32_t i = 0; i < n; i++) {
			if (is_equal(&pgids[i], want)) {
				*found = at + i;
				*is_new = false;
				return 0;
			}
			if (!is_free(&pgids[i]))
				used++;
			else if (hole == VSC7448_N_PGIDS)
				hole = at + i;
		}
		if (used == 0)
			break;
	}
	if (hole == VSC7448_N_PGIDS)
		return error_set(err, E_STATE, "all PGIDs from %u on are in use",
				 VSC7448_PGID_FIRST_GROUP);
	*found = hole;
	*is_new = true;
	return 0;
}

/* Where an entry leads to; queues the group when it is new. */
static int destination(struct vsc7448 *chip, const struct vsc7448_mac_entry *entry,
		       struct error *err, uint32_t *pgid)
{
	const struct vsc7448_pgid want = { .ports = entry->ports,
					   .cpu_copy = entry->cpu_copy,
					   .cpu_queue = entry->cpu_queue };
	bool is_new = false;
	int rc = 0;

	if (!entry->cpu_copy && __builtin_popcountll(entry->ports) == 1)
		*pgid = first_port(entry->ports);
	else if (!entry->cpu_copy && entry->ports == 0)
		*pgid = VSC7448_PGID_DROP;
	else if (!entry->cpu_copy && entry->ports == VSC7448_FRONT_PORTS)
		*pgid = VSC7448_PGID_FLOOD;
	else
		rc = find_group(chip, &want, err, pgid, &is_new);
	if (rc == 0 && is_new)
		vsc7448__pgid_put(chip->io, *pgid, &want);
	return rc;
}

static uint32_t flags_word(const struct vsc7448_mac_entry *entry, uint32_t pgid)
{
	uint64_t word = pgid < FIRST_MC ? TYPE_PORT << ADDR_TYPE_LSB | pgid
					: TYPE_PGID << ADDR_TYPE_LSB | (pgid - FIRST_MC);

	word = reg_field_put(word, VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2__MAC_ENTRY_VLD, 1);
	word = reg_field_put(word, VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2__MAC_ENTRY_LOCKED,
			     entry->locked);
	word = reg_field_put(word, VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2__MAC_ENTRY_CPU_QU,
			     entry->cpu_queue);
	return (uint32_t)reg_field_put(
		word, VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2__MAC_ENTRY_SRC_KILL_FWD,
		pgid == VSC7448_PGID_DROP);
}

static uint32_t pgid_of(uint32_t word)
{
	uint32_t addr = MAC_GET(word, MAC_ENTRY_ADDR);

	/* UPSID 0 and 1 are the chip's own, 32 ports each: the address is the chip port. */
	return MAC_GET(word, MAC_ENTRY_ADDR_TYPE) == TYPE_PGID ? addr + FIRST_MC : addr & 0x3f;
}

int vsc7448__mac_decode(struct vsc7448 *chip, const struct mac_words *words,
			struct vsc7448_mac_entry *entry)
{
	uint32_t pgid = pgid_of(words->word[2]);
	struct vsc7448_pgid group = { 0 };
	struct error ignored = { 0 };

	if (pgid < VSC7448_N_PORTS)
		group.ports = port_bit(pgid);
	else if (pgid < VSC7448_N_PGIDS &&
		 vsc7448_pgid_get(chip, pgid, 1, &ignored, &group) != 0)
		return regio_fail(chip->io, ignored.code, "%s", ignored.text);
	*entry = (struct vsc7448_mac_entry){
		.key = { (uint16_t)(words->word[0] >> 16 & 0x1fff),
			 mac_of_number((uint64_t)(words->word[0] & 0xffff) << 32 |
				       words->word[1]) },
		.ports = group.ports,
		.locked = MAC_GET(words->word[2], MAC_ENTRY_LOCKED) != 0,
		.cpu_copy = group.cpu_copy || MAC_GET(words->word[2], MAC_ENTRY_CPU_COPY) != 0,
		.cpu_queue = group.cpu_copy
				     ? group.cpu_queue
				     : (uint8_t)MAC_GET(words->word[2], MAC_ENTRY_CPU_QU),
		.aged = MAC_GET(words->word[2], MAC_ENTRY_AGE_FLAG) != 0,
		.pgid = pgid,
	};
	return 0;
}

/* --- add, remove, find ------------------------------------------------------------------- */

static int lookup(struct vsc7448 *chip, const struct mac_words *key, struct mac_words *found,
		  bool *valid)
{
	queue_key(chip->io, key);
	vsc7448__mac_command(chip->io, MAC_CMD(LOOKUP), 0);
	return vsc7448__mac_result(chip->io, found, valid);
}

/*
 * Is an entry that is there the only one of its group?  The scan has to count it too: where scans
 * left static entries out, no group would ever be taken for unused.
 */
static bool is_only_one(struct vsc7448 *chip, uint32_t pgid)
{
	uint32_t n = 0;

	return pgid >= VSC7448_PGID_FIRST_GROUP && pgid < VSC7448_N_PGIDS &&
	       vsc7448__mac_count(chip->io, &pgid, &n) == 0 && n == 1;
}

static void free_group(struct vsc7448 *chip, uint32_t pgid)
{
	vsc7448__pgid_put(chip->io, pgid, &(struct vsc7448_pgid){ 0 });
}

static int learn(struct vsc7448 *chip, const struct mac_words *words)
{
	const uint32_t failed =
		(uint32_t)(reg_field_mask(
				   VSC7448_LRN_COMMON_EVENT_STICKY__CPU_LRN_FAILED_STICKY) |
			   reg_field_mask(
				   VSC7448_LRN_COMMON_EVENT_STICKY__CPU_LRN_REPLACE_FAILED_STICKY));
	uint32_t events;
	int rc;

	regio_write(chip->io, EVENTS, failed); /* clears them */
	queue_key(chip->io, words);
	regio_write(chip->io, CFG_2, words->word[2]);
	vsc7448__mac_command(chip->io, MAC_CMD(LEARN), 0);
	rc = regio_read(chip->io, EVENTS, &events);
	if (rc == 0 && (events & failed) != 0)
		rc = regio_fail(chip->io, E_STATE,
				"the row of the MAC table is full of static entries");
	return rc;
}

int vsc7448_mac_add(struct vsc7448 *chip, const struct vsc7448_mac_entry *entry,
		    struct error *err)
{
	struct mac_words words = { 0 }, old = { 0 };
	uint32_t pgid = 0;
	bool was_there = false, leaves;
	int rc = check_entry(entry, err);

	if (rc != 0)
		return rc;
	if (vsc7448__mac_key(chip, &entry->key, &words) != 0 ||
	    lookup(chip, &words, &old, &was_there) != 0)
		return regio_end(chip->io, err);
	rc = destination(chip, entry, err, &pgid);
	if (rc != 0) {
		regio_end(chip->io, NULL); /* its writes are no longer anybody's */
		return rc;
	}
	words.word[2] = flags_word(entry, pgid);
	leaves = was_there && pgid_of(old.word[2]) != pgid &&
		 is_only_one(chip, pgid_of(old.word[2]));
	if (learn(chip, &words) == 0 && leaves)
		free_group(chip, pgid_of(old.word[2]));
	return regio_end(chip->io, err);
}

/* The operation goes on after success only: what fails later counts these writes too. */
static int find(struct vsc7448 *chip, const struct vsc7448_mac_key *key, struct error *err,
		struct mac_words *words, struct mac_words *found)
{
	char text[MAC_TEXT_SIZE];
	bool valid = false;

	if (vsc7448__mac_key(chip, key, words) == 0)
		lookup(chip, words, found, &valid);
	if (valid)
		return 0;
	if (regio_flush(chip->io) != 0)
		return regio_end(chip->io, err);
	regio_end(chip->io, NULL);
	return error_set(err, E_NOTFOUND, "%s is not in the MAC table in VLAN %u",
			 mac_format(&key->mac, text), key->vid);
}

int vsc7448_mac_del(struct vsc7448 *chip, const struct vsc7448_mac_key *key, struct error *err)
{
	struct mac_words words = { 0 }, old = { 0 };
	bool leaves;
	int rc = find(chip, key, err, &words, &old);

	if (rc != 0)
		return rc;
	leaves = is_only_one(chip, pgid_of(old.word[2]));
	queue_key(chip->io, &words);
	vsc7448__mac_command(chip->io, MAC_CMD(UNLEARN), 0);
	if (leaves)
		free_group(chip, pgid_of(old.word[2]));
	return regio_end(chip->io, err);
}

int vsc7448_mac_find(struct vsc7448 *chip, const struct vsc7448_mac_key *key, struct error *err,
		     struct vsc7448_mac_entry *entry)
{
	struct mac_words words = { 0 }, found = { 0 };
	struct vsc7448_mac_entry result;
	int rc = find(chip, key, err, &words, &found);

	if (rc != 0)
		return rc;
	vsc7448__mac_decode(chip, &found, &result);
	rc = regio_end(chip->io, err);
	if (rc == 0)
		*entry = result;
	return rc;
}
