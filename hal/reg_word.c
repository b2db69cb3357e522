/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/reg_priv.h"

#include <inttypes.h>
#include <stdio.h>

#define WORD_BITS  32u
#define WORD_BYTES 4u

static const struct regdb_node *node_of(const struct regdb *db, uint32_t node)
{
	return node == REGDB_NONE ? NULL : regdb_node(db, node);
}

unsigned reg__width(const struct regdb *db, uint32_t node)
{
	const struct regdb_node *row = node_of(db, node);

	return row == NULL ? WORD_BITS : row->width;
}

/* Bytes that a register or memory entry of @width bits takes: a power of two. */
static unsigned bytes_of(unsigned width)
{
	unsigned bytes = 1;

	while (bytes * 8 < width)
		bytes *= 2;
	return bytes;
}

static uint32_t low_bits(unsigned n)
{
	return n >= WORD_BITS ? UINT32_MAX : (UINT32_C(1) << n) - 1;
}

static void layout_narrow(struct reg_layout *layout, const struct regdb_ref *ref,
			  unsigned width)
{
	unsigned lane = (unsigned)(ref->addr % WORD_BYTES) * 8;

	layout->n_words = 1;
	layout->narrow = true;
	layout->word[0] = (struct reg_word){
		.addr = ref->addr - ref->addr % WORD_BYTES,
		.mask = low_bits(width) << lane,
		.lane = (uint8_t)lane,
	};
}

static void layout_words(struct reg_layout *layout, const struct regdb_ref *ref, unsigned width,
			 bool high_first)
{
	unsigned n = width > WORD_BITS ? 2 : 1;

	layout->n_words = n;
	layout->narrow = false;
	for (unsigned i = 0; i < n; i++) {
		unsigned part = high_first ? n - 1 - i : i;

		layout->word[i] = (struct reg_word){
			.addr = ref->addr + part * WORD_BYTES,
			.mask = low_bits(width - part * WORD_BITS),
			.pos = (uint8_t)(part * WORD_BITS),
		};
	}
}

int reg__layout(const struct regdb *db, const struct regdb_ref *ref, struct reg_layout *layout,
		struct error *err)
{
	const struct regdb_node *row = node_of(db, ref->node);
	unsigned width = reg__width(db, ref->node);
	unsigned bytes = bytes_of(width);
	bool high_first = row != NULL && (row->flags & REGDB_NODE_HIGH_WORD_FIRST) != 0;

	if (width > 64)
		return error_set(err, E_NOTSUP, "%u bits wide; at most 64 can be accessed",
				 width);
	if (bytes >= WORD_BYTES && ref->addr % WORD_BYTES != 0)
		return error_set(err, E_NOTSUP,
				 "at 0x%" PRIx64 ", which is not a multiple of 4", ref->addr);
	if (bytes < WORD_BYTES && ref->addr % bytes != 0)
		return error_set(err, E_NOTSUP, "at 0x%" PRIx64 ", across two words",
				 ref->addr);
	if (bytes < WORD_BYTES)
		layout_narrow(layout, ref, width);
	else
		layout_words(layout, ref, width, high_first);
	return 0;
}

uint32_t reg__to_word(const struct reg_word *word, uint64_t value)
{
	return ((uint32_t)(value >> word->pos) << word->lane) & word->mask;
}

uint64_t reg__from_word(const struct reg_word *word, uint32_t bus_value)
{
	return (uint64_t)((bus_value & word->mask) >> word->lane) << word->pos;
}

void reg__masks(const struct regdb *db, uint32_t node, struct reg_masks *masks)
{
	const struct regdb_node *row = node_of(db, node);

	if (row == NULL) {
		*masks = (struct reg_masks){
			.own = UINT32_MAX,
			.read = UINT32_MAX,
			.write = UINT32_MAX,
		};
		return;
	}
	*masks = (struct reg_masks){
		.own = reg_bits(0, row->width),
		.read = row->m_read,
		.write = row->m_write,
		.onread = row->m_onread,
		.zero = row->m_zero,
		.one = row->m_one,
		.hazard = row->m_hazard,
		.blind = row->m_write & ~row->m_read & ~row->m_zero & ~row->m_one,
		.reset = row->reset,
	};
}

/* Adds the masks of a narrow register whose lowest bit is bit @lane of the word. */
static void masks_add(struct reg_masks *sum, const struct reg_masks *part, unsigned lane)
{
	sum->read |= part->read << lane;
	sum->write |= part->write << lane;
	sum->onread |= part->onread << lane;
	sum->zero |= part->zero << lane;
	sum->one |= part->one << lane;
	sum->hazard |= part->hazard << lane;
	sum->blind |= part->blind << lane;
	sum->reset |= part->reset << lane;
}

/* Adds what register @ref, which lies in @word or beside it, contributes to the whole word. */
static void add_neighbour(const struct regdb *db, const struct regdb_ref *ref,
			  const struct reg_word *word, struct reg_masks *masks)
{
	struct reg_layout place;
	struct reg_masks own;

	if (reg__layout(db, ref, &place, NULL) != 0 || !place.narrow)
		return;
	reg__masks(db, ref->node, &own);
	if ((place.word[0].mask & word->mask) != 0)
		own = (struct reg_masks){ .onread = own.onread };
	masks_add(masks, &own, place.word[0].lane);
}

void reg__word_masks(const struct regdb *db, const struct regdb_ref *ref,
		     const struct reg_layout *layout, struct reg_masks *masks)
{
	const struct reg_word *word = &layout->word[0];
	struct regdb_ref near[REG_MAX_AT];
	struct reg_masks own;

	reg__masks(db, ref->node, &own);
	*masks = (struct reg_masks){ .own = own.own << word->lane };
	masks_add(masks, &own, word->lane);
	for (unsigned byte = 0; byte < WORD_BYTES; byte++) {
		size_t n = regdb_find_addr(db, word->addr + byte, near, REG_MAX_AT);

		for (size_t i = 0; i < n && i < REG_MAX_AT; i++)
			if (near[i].node != ref->node || near[i].addr != ref->addr)
				add_neighbour(db, &near[i], word, masks);
	}
}

uint64_t reg__merge(const struct reg_masks *masks, uint64_t old, uint64_t mask, uint64_t value)
{
	uint64_t unnamed = masks->write & ~mask;
	uint64_t blind = masks->blind & ~mask;

	old = (old & ~blind) | (masks->reset & blind);
	old = (old & ~(masks->zero & unnamed)) | (masks->one & unnamed);
	return (old & ~mask) | (value & mask);
}

int reg__merge_check(const struct reg_masks *masks, uint64_t mask, unsigned flags,
		     struct error *err, bool *need_read)
{
	uint64_t unnamed = masks->write & ~mask;
	uint64_t blind = masks->blind & ~mask;
	bool allowed = (flags & REG_SIDE_EFFECTS) != 0;

	if ((unnamed & masks->hazard) != 0 && !allowed)
		return error_set(err, E_POLICY,
				 "any write acts on bits 0x%" PRIx64 ", which were not named; "
				 "--side-effects allows it",
				 unnamed & masks->hazard);
	if ((unnamed & masks->own) != 0 && masks->onread != 0 && !allowed)
		return error_set(
			err, E_POLICY,
			"has to be read for the fields not named, and reading it has a "
			"side effect; name every field, or allow it with "
			"--side-effects");
	if (unnamed != 0 && masks->onread != 0 && !allowed)
		return error_set(err, E_POLICY,
				 "shares its word with registers that have to be read for "
				 "this write, and reading has a side effect; "
				 "--side-effects allows it");
	if (blind != 0 && !allowed)
		return error_set(err, E_POLICY,
				 "bits 0x%" PRIx64 " are write-only and were not named; name "
				 "every field, or --side-effects writes their reset value",
				 blind);
	*need_read = unnamed != 0 && masks->read != 0;
	return 0;
}

const char *reg__path(const struct regdb *db, const struct regdb_ref *ref, char *buf,
		      size_t size)
{
	if (ref->node == REGDB_NONE)
		snprintf(buf, size, "0x%08" PRIx64, ref->addr);
	else
		regdb_path_format(db, ref, buf, size);
	return buf;
}

int reg__named(const struct regdb *db, const struct regdb_ref *ref, struct error *err, int code)
{
	char path[REG_PATH_SIZE];

	error_prefix(err, "%s", reg__path(db, ref, path, sizeof(path)));
	return code;
}

enum bus_op_status reg__status(const struct bus_op *words, unsigned n)
{
	enum bus_op_status first = words[0].status;

	for (unsigned i = 1; i < n; i++)
		if (words[i].status != first && first == BUS_OP_DONE)
			return words[i].kind == BUS_OP_WRITE ? BUS_OP_UNKNOWN : BUS_OP_FAILED;
	return first;
}

void reg__prefix_written(const struct device *dev, size_t n_done, size_t n, struct error *err)
{
	error_prefix(err, "%zu of %zu registers %s written", n_done, n,
		     device_is_dry_run(dev) ? "would have been" : "were");
}

int reg__danger_check(const struct regdb *db, const struct regdb_ref *ref, unsigned flags,
		      struct error *err)
{
	const struct regdb_node *row = node_of(db, ref->node);

	if (row == NULL || (row->flags & REGDB_NODE_DANGEROUS) == 0 || (flags & REG_DANGEROUS))
		return 0;
	return error_set(err, E_POLICY, "writing it is marked dangerous; --yes allows it");
}
