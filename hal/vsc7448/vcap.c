/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/vcap_priv.h"

#include <string.h>

/* An address of VCAP_SUPER: 36 bits of entry, 73 of action. */
#define ENTRY_BITS  36u
#define ACTION_BITS 73u
#define ENTRY_WORDS 2u
#define ADDR_WORDS  3u /* of action */

/* Default actions stand behind the rules: one row a port (57 with the CPU's) and lookup. */
#define DEFAULT_ROW   (VCAP_CORES * VCAP_ROWS)
#define SUPER_ACTIONS (DEFAULT_ROW + 7u * VSC7448_N_ALL_PORTS + 1u)
#define ES0_RULES     4096u
#define ES0_ACTIONS   (ES0_RULES + VSC7448_N_PORTS)

/* MESA waits for ever; a command takes one clock or so an address, 40,000 at most. */
#define TIMEOUT_US 100000u
#define EVERY_US   10u

/* What a command is about; CLEARED: the cache is emptied first. */
enum select { ENTRY = 1, ACTION = 2, COUNTER = 4, ALL = 7, CLEARED = 8 };

/* The registers of one TCAM. */
struct tcam {
	uint64_t update, move, entry, mask, action, counter;
};

#define TCAM(name)                                                                             \
	{                                                                                      \
		VSC7448_VCAP_##name##_VCAP_CORE_CFG_VCAP_UPDATE_CTRL,                          \
			VSC7448_VCAP_##name##_VCAP_CORE_CFG_VCAP_MV_CFG,                       \
			VSC7448_VCAP_##name##_VCAP_CORE_CACHE_VCAP_ENTRY_DAT(0),               \
			VSC7448_VCAP_##name##_VCAP_CORE_CACHE_VCAP_MASK_DAT(0),                \
			VSC7448_VCAP_##name##_VCAP_CORE_CACHE_VCAP_ACTION_DAT(0),              \
			VSC7448_VCAP_##name##_VCAP_CORE_CACHE_VCAP_CNT_DAT(0)                  \
	}

static const struct tcam super = TCAM(SUPER);
static const struct tcam es0 = TCAM(ES0);

#define UPDATE(field) VSC7448_VCAP_SUPER_VCAP_CORE_CFG_VCAP_UPDATE_CTRL__##field
#define CMD(name)     ((uint32_t)UPDATE(UPDATE_CMD__##name))

/* Starts @cmd on what @select names, and waits for its end. */
static void command(struct regio *io, const struct tcam *t, uint32_t addr, uint32_t cmd,
		    enum select select)
{
	uint64_t value = reg_field_put(0, UPDATE(UPDATE_CMD), cmd);
	uint32_t shot = (uint32_t)reg_field_mask(UPDATE(UPDATE_SHOT));

	value = reg_field_put(value, UPDATE(UPDATE_ADDR), addr);
	value = reg_field_put(value, UPDATE(UPDATE_ENTRY_DIS), (select & ENTRY) == 0);
	value = reg_field_put(value, UPDATE(UPDATE_ACTION_DIS), (select & ACTION) == 0);
	value = reg_field_put(value, UPDATE(UPDATE_CNT_DIS), (select & COUNTER) == 0);
	value = reg_field_put(value, UPDATE(CLEAR_CACHE), (select & CLEARED) != 0);
	regio_write(io, t->update, (uint32_t)value | shot);
	regio_wait(io, &(struct regio_wait){ .addr = t->update,
					     .mask = shot,
					     .timeout_us = TIMEOUT_US,
					     .every_us = EVERY_US });
}

static void init_tcam(struct regio *io, const struct tcam *t, uint32_t n_entries,
		      uint32_t n_actions)
{
	/* MV_SIZE is a count minus one; the vendor's driver writes the count. */
	regio_put(io, t->move, n_entries);
	command(io, t, 0, CMD(INIT), ALL | CLEARED);
	regio_put(io, t->move, n_actions);
	command(io, t, 0, CMD(INIT), ACTION | COUNTER | CLEARED);
}

void vsc7448__vcap_init(struct regio *io)
{
	init_tcam(io, &super, VCAP_CORES * VCAP_CORE, SUPER_ACTIONS * VCAP_ROW);
	init_tcam(io, &es0, ES0_RULES, ES0_ACTIONS);
}

static const struct tcam *tcam_of(enum vcap_tcam tcam)
{
	return tcam == VCAP_TCAM_SUPER ? &super : &es0;
}

void vsc7448__vcap_cache_word(struct regio *io, enum vcap_tcam tcam, uint32_t word,
			      uint32_t value)
{
	regio_write(io, tcam_of(tcam)->action + 4 * (uint64_t)word, value);
}

void vsc7448__vcap_spread_action(struct regio *io, enum vcap_tcam tcam, uint32_t addr,
				 uint32_t n)
{
	const struct tcam *t = tcam_of(tcam);

	if (n > 1)
		regio_put(io, t->move, n - 1);
	command(io, t, addr, n > 1 ? CMD(INIT) : CMD(WRITE), ACTION);
}

/* --- cores ------------------------------------------------------------------------------- */

#define CORE_IDX VSC7448_VCAP_SUPER_VCAP_CORE_MAP_VCAP_CORE_IDX
#define CORE_MAP VSC7448_VCAP_SUPER_VCAP_CORE_MAP_VCAP_CORE_MAP

int vsc7448__vcap_owners(struct regio *io, uint32_t owner[VCAP_CORES])
{
	uint32_t value[VCAP_CORES];
	int rc;

	for (uint32_t core = 0; core < VCAP_CORES; core++) {
		regio_write(io, CORE_IDX, core);
		regio_fetch(io, CORE_MAP, &value[core]);
	}
	rc = regio_flush(io);
	for (uint32_t core = 0; rc == 0 && core < VCAP_CORES; core++)
		owner[core] = (uint32_t)reg_field_get(
			value[core], VSC7448_VCAP_SUPER_VCAP_CORE_MAP_VCAP_CORE_MAP__CORE_MAP);
	return rc;
}

void vsc7448__vcap_own(struct regio *io, uint32_t core, enum vcap_owner owner)
{
	regio_write(io, CORE_IDX, core);
	regio_write(io, CORE_MAP, owner);
}

/* --- layout ------------------------------------------------------------------------------ */

/*
 * Width of the type group at the address @offset behind the base of a rule of @size addresses.
 * It counts the sizes that could have their base there, up to the rule's own; access control
 * has none below 4.  What it holds is the size's own bit at the base, and 0 behind it.
 */
static uint32_t group_width(enum vcap_owner owner, uint32_t size, uint32_t offset)
{
	uint32_t width = 1;

	for (uint32_t s = 2; s <= size && offset % s == 0; s *= 2)
		width++;
	if (owner == VCAP_OWNER_IS2)
		width = width < 2 ? 0 : width - 2;
	return width;
}

static uint32_t group_value(enum vcap_owner owner, uint32_t size, uint32_t offset)
{
	if (offset != 0)
		return 0;
	return owner == VCAP_OWNER_IS2 ? size / 4 : size;
}

/* The size of the rule whose base at @addr holds @bits in its first word; 0: none. */
static uint32_t group_size(enum vcap_owner owner, uint32_t addr, uint32_t bits)
{
	uint32_t shift = owner == VCAP_OWNER_IS2 ? 2 : 0;

	for (uint32_t size = UINT32_C(1) << shift; size <= 16 && addr % size == 0; size *= 2)
		if ((bits & size >> shift) != 0)
			return size;
	return 0;
}

/* Actions of classification have a type group too: four addresses, 3, 1, 2 and 1 bits wide. */
static uint32_t action_width(enum vcap_owner owner, uint32_t part)
{
	static const uint32_t width[] = { 3, 1, 2, 1 };

	return owner <= VCAP_OWNER_CLM_C ? width[part] : 0;
}

static uint32_t action_size(enum vcap_owner owner)
{
	return owner == VCAP_OWNER_LPM ? 1 : 4;
}

static uint64_t word_addr(uint64_t first, uint32_t word)
{
	return first + UINT64_C(4) * word;
}

/* @n words of the cache, after the bits of a type group that are the low ones of @words. */
static void put_words(struct regio *io, uint64_t first, const uint32_t *words, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		regio_write(io, word_addr(first, i), words[i]);
}

static void copy_bits(uint32_t *to, unsigned to_lsb, const uint32_t *from, unsigned from_lsb,
		      unsigned n)
{
	for (unsigned done = 0; done < n; done += 32) {
		unsigned width = n - done < 32 ? n - done : 32;

		bits_put(to, to_lsb + done, width, bits_get(from, from_lsb + done, width));
	}
}

/* First bit of the key at address @offset of a rule. */
static uint32_t key_lsb(enum vcap_owner owner, uint32_t size, uint32_t offset)
{
	uint32_t lsb = 0;

	for (uint32_t i = 0; i < offset; i++)
		lsb += ENTRY_BITS - group_width(owner, size, i);
	return lsb;
}

static uint32_t action_lsb(enum vcap_owner owner, uint32_t part)
{
	uint32_t lsb = 0;

	for (uint32_t i = 0; i < part; i++)
		lsb += ACTION_BITS - action_width(owner, i);
	return lsb;
}

static void cache_entry(struct regio *io, enum vcap_owner owner, const struct vcap_rule *rule,
			uint32_t offset)
{
	uint32_t width = group_width(owner, rule->size, offset);
	uint32_t lsb = key_lsb(owner, rule->size, offset);
	uint32_t entry[ENTRY_WORDS] = { 0 }, care[ENTRY_WORDS] = { 0 };

	bits_put(entry, 0, width, group_value(owner, rule->size, offset));
	bits_put(care, 0, width, UINT32_MAX);
	copy_bits(entry, width, rule->key, lsb, ENTRY_BITS - width);
	copy_bits(care, width, rule->care, lsb, ENTRY_BITS - width);
	for (uint32_t i = 0; i < ENTRY_WORDS; i++) {
		/* 1 that is not compared would mean "never match". */
		regio_write(io, word_addr(super.entry, i), entry[i] & care[i]);
		regio_write(io, word_addr(super.mask, i), ~care[i]);
	}
}

static void cache_action(struct regio *io, enum vcap_owner owner, const uint32_t *action,
			 uint32_t part)
{
	uint32_t width = action_width(owner, part);
	uint32_t words[ADDR_WORDS] = { 0 };

	bits_put(words, 0, width, part == 0 ? 4 : 0);
	copy_bits(words, width, action, action_lsb(owner, part), ACTION_BITS - width);
	put_words(io, super.action, words, ADDR_WORDS);
}

/* --- rules ------------------------------------------------------------------------------- */

/*
 * From the highest address down to the base.  Addresses behind the action repeat its last part,
 * as the cache leaves it when the vendor's driver writes upwards.
 */
static void write_parts(struct regio *io, enum vcap_owner owner, uint32_t addr,
			const struct vcap_rule *rule, enum select select)
{
	uint32_t n_parts = action_size(owner);

	for (uint32_t offset = rule->size; offset-- > 0;) {
		if ((select & ENTRY) != 0)
			cache_entry(io, owner, rule, offset);
		if (offset == rule->size - 1 || offset + 1 < n_parts)
			cache_action(io, owner, rule->action,
				     offset < n_parts ? offset : n_parts - 1);
		command(io, &super, addr + offset, CMD(WRITE), select);
	}
}

void vsc7448__vcap_write(struct regio *io, enum vcap_owner owner, uint32_t addr,
			 const struct vcap_rule *rule)
{
	regio_write(io, super.counter, rule->counter);
	write_parts(io, owner, addr, rule, ALL);
}

void vsc7448__vcap_write_action(struct regio *io, enum vcap_owner owner, uint32_t addr,
				uint32_t size, const uint32_t action[VCAP_ACTION_WORDS])
{
	struct vcap_rule rule = { .size = size };

	memcpy(rule.action, action, sizeof(rule.action));
	write_parts(io, owner, addr, &rule, ACTION);
}

static void fetch_words(struct regio *io, uint64_t first, uint32_t n, uint32_t *words)
{
	for (uint32_t i = 0; i < n; i++)
		regio_fetch(io, word_addr(first, i), &words[i]);
}

/* What one address holds, as it comes from the cache. */
struct part {
	uint32_t entry[ENTRY_WORDS], mask[ENTRY_WORDS], action[ADDR_WORDS];
};

static void fetch_part(struct regio *io, uint32_t addr, bool with_action, struct part *part)
{
	command(io, &super, addr, CMD(READ), ALL);
	fetch_words(io, super.entry, ENTRY_WORDS, part->entry);
	fetch_words(io, super.mask, ENTRY_WORDS, part->mask);
	if (with_action)
		fetch_words(io, super.action, ADDR_WORDS, part->action);
}

static void decode_part(enum vcap_owner owner, const struct part *part, uint32_t offset,
			struct vcap_rule *rule)
{
	uint32_t width = group_width(owner, rule->size, offset);
	uint32_t lsb = key_lsb(owner, rule->size, offset), care[ENTRY_WORDS];

	for (uint32_t i = 0; i < ENTRY_WORDS; i++)
		care[i] = ~part->mask[i];
	copy_bits(rule->key, lsb, part->entry, width, ENTRY_BITS - width);
	copy_bits(rule->care, lsb, care, width, ENTRY_BITS - width);
	if (offset >= action_size(owner))
		return;
	width = action_width(owner, offset);
	copy_bits(rule->action, action_lsb(owner, offset), part->action, width,
		  ACTION_BITS - width);
}

/* The rule of a known size at @addr, in one transfer. */
static int read_rule(struct regio *io, enum vcap_owner owner, uint32_t addr, uint32_t size,
		     struct vcap_rule *rule)
{
	struct part parts[VCAP_ROW] = { 0 };
	uint32_t counter = 0;
	int rc;

	for (uint32_t i = 0; i < size; i++) {
		fetch_part(io, addr + i, i < action_size(owner), &parts[i]);
		if (i == 0)
			regio_fetch(io, super.counter, &counter);
	}
	rc = regio_flush(io);
	if (rc != 0)
		return rc;
	*rule = (struct vcap_rule){ .size = size, .counter = counter };
	for (uint32_t i = 0; i < size; i++)
		decode_part(owner, &parts[i], i, rule);
	return 0;
}

/* Queues: what tells whether a rule is based at @addr. */
static void fetch_group(struct regio *io, uint32_t addr, uint32_t words[2])
{
	command(io, &super, addr, CMD(READ), ENTRY);
	regio_fetch(io, super.entry, &words[0]);
	regio_fetch(io, super.mask, &words[1]);
}

int vsc7448__vcap_read(struct regio *io, enum vcap_owner owner, uint32_t addr,
		       struct vcap_rule *rule)
{
	uint32_t words[2], size;
	int rc;

	fetch_group(io, addr, words);
	rc = regio_flush(io);
	if (rc != 0)
		return rc;
	size = group_size(owner, addr, words[0] & ~words[1]);
	if (size != 0)
		return read_rule(io, owner, addr, size, rule);
	*rule = (struct vcap_rule){ 0 };
	return 0;
}

int vsc7448__vcap_read_row(struct regio *io, enum vcap_owner owner, uint32_t row,
			   struct vcap_rule rules[VCAP_ROW])
{
	uint32_t smallest = owner == VCAP_OWNER_IS2 ? 4 : 1, words[VCAP_ROW][2], size;
	int rc;

	for (uint32_t i = 0; i < VCAP_ROW; i += smallest)
		fetch_group(io, row + i, words[i]);
	rc = regio_flush(io);
	for (uint32_t i = 0; i < VCAP_ROW; i++)
		rules[i].size = 0;
	for (uint32_t i = 0; rc == 0 && i < VCAP_ROW; i += size) {
		size = group_size(owner, i, words[i][0] & ~words[i][1]);
		if (size != 0)
			rc = read_rule(io, owner, row + i, size, &rules[i]);
		else
			size = smallest;
	}
	return rc;
}

void vsc7448__vcap_clear(struct regio *io, uint32_t addr, uint32_t n)
{
	regio_put(io, super.move, n - 1);
	command(io, &super, addr, CMD(INIT), ALL | CLEARED);
}

void vsc7448__vcap_move(struct regio *io, uint32_t addr, uint32_t n, uint32_t by, bool up)
{
	uint64_t value = reg_field_put(
		n - 1, VSC7448_VCAP_SUPER_VCAP_CORE_CFG_VCAP_MV_CFG__MV_NUM_POS, by - 1);

	regio_put(io, super.move, (uint32_t)value);
	/* The register text calls higher addresses "down". */
	command(io, &super, addr, up ? CMD(MOVE_DOWN) : CMD(MOVE_UP), ALL);
}

/* --- default actions --------------------------------------------------------------------- */

/* Rows: two lookups of 57 ports for each of CLM_A, CLM_B and CLM_C, then access control. */
static uint32_t default_addr(enum vcap_owner owner, uint32_t lookup, uint32_t port)
{
	uint32_t block = 2 * (owner - VCAP_OWNER_CLM_A) + lookup;

	return (DEFAULT_ROW + block * VSC7448_N_ALL_PORTS + port) * VCAP_ROW;
}

void vsc7448__vcap_put_default(struct regio *io, enum vcap_owner owner, uint32_t lookup,
			       uint32_t port, const uint32_t action[VCAP_ACTION_WORDS])
{
	vsc7448__vcap_write_action(io, owner, default_addr(owner, lookup, port),
				   action_size(owner), action);
}

int vsc7448__vcap_get_default(struct regio *io, enum vcap_owner owner, uint32_t lookup,
			      uint32_t port, uint32_t action[VCAP_ACTION_WORDS])
{
	uint32_t words[4][ADDR_WORDS], addr = default_addr(owner, lookup, port);
	int rc;

	for (uint32_t part = 0; part < action_size(owner); part++) {
		command(io, &super, addr + part, CMD(READ), ACTION);
		fetch_words(io, super.action, ADDR_WORDS, words[part]);
	}
	rc = regio_flush(io);
	if (rc != 0)
		return rc;
	memset(action, 0, VCAP_ACTION_WORDS * sizeof(*action));
	for (uint32_t part = 0; part < action_size(owner); part++) {
		uint32_t width = action_width(owner, part);

		copy_bits(action, action_lsb(owner, part), words[part], width,
			  ACTION_BITS - width);
	}
	return 0;
}

void vsc7448__es0_put_default(struct regio *io, uint32_t port,
			      const uint32_t action[VCAP_ACTION_WORDS])
{
	put_words(io, es0.action, action, VCAP_ACTION_WORDS);
	command(io, &es0, ES0_RULES + port, CMD(WRITE), ACTION);
}

int vsc7448__es0_get_default(struct regio *io, uint32_t port,
			     uint32_t action[VCAP_ACTION_WORDS])
{
	uint32_t words[VCAP_ACTION_WORDS];
	int rc;

	command(io, &es0, ES0_RULES + port, CMD(READ), ACTION);
	fetch_words(io, es0.action, VCAP_ACTION_WORDS, words);
	rc = regio_flush(io);
	if (rc == 0)
		memcpy(action, words, sizeof(words));
	return rc;
}
