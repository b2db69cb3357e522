/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_priv.h"

#include <stdlib.h>
#include <string.h>

/* What lies over a word, before its plan is known. */
struct layout {
	struct mock_over over[MOCK_MAX_REFS];
	uint32_t n;
	int64_t shared;
};

static bool layout_has(const struct layout *layout, const struct mock_over *over)
{
	for (uint32_t i = 0; i < layout->n; i++)
		if (layout->over[i].node == over->node && layout->over[i].delta == over->delta)
			return true;
	return false;
}

/* Bytes from an alias to the element of its primary that it stands for; 0: not known. */
static int64_t alias_distance(const struct regdb *map, const struct regdb_ref *ref)
{
	const struct regdb_node *alias = regdb_node(map, ref->node);
	const struct regdb_prop *prop =
		regdb_prop_find(map, alias->first_prop, alias->n_props, "alias_of");
	const struct regdb_node *primary;
	struct regdb_ref other = *ref;
	const char *name;

	if (prop == NULL || prop->text == REGDB_NONE || alias->parent == REGDB_NONE)
		return 0;
	name = regdb_str(map, prop->text);
	other.node = regdb_child_find(map, alias->parent, name, strlen(name));
	if (other.node == REGDB_NONE)
		return 0;
	primary = regdb_node(map, other.node);
	if (primary->kind != REGDB_REG || primary->n_dims != alias->n_dims)
		return 0;
	return (int64_t)(regdb_ref_addr(map, &other) - ref->addr);
}

/* Adds the registers over byte @byte of the word at @addr. */
static void layout_add(const struct regdb *map, uint64_t addr, unsigned byte,
		       struct layout *layout)
{
	struct regdb_ref refs[MOCK_MAX_REFS];
	size_t n = regdb_find_addr(map, addr + byte, refs, MOCK_MAX_REFS);

	for (size_t i = 0; i < n && i < MOCK_MAX_REFS && layout->n < MOCK_MAX_REFS; i++) {
		struct mock_over over = { refs[i].node, (int32_t)(addr - refs[i].addr) };

		if (layout_has(layout, &over))
			continue;
		layout->over[layout->n++] = over;
		if (layout->shared == 0 && regdb_node(map, over.node)->flags & REGDB_NODE_ALIAS)
			layout->shared = alias_distance(map, &refs[i]);
	}
}

static void layout_find(const struct mock_mem *mem, uint64_t addr, struct layout *layout)
{
	layout->n = 0;
	layout->shared = 0;
	layout_add(mem->map, addr, 0, layout);
	for (unsigned byte = 1; mem->narrow && byte < 4; byte++)
		layout_add(mem->map, addr, byte, layout);
	if (layout->shared % 4 != 0)
		layout->shared = 0;
}

/* Bits [lsb, lsb + width) of a register as bits of the word @delta bytes further on. */
static uint32_t bits_in_word(uint64_t lsb, uint64_t width, int32_t delta)
{
	int64_t low = (int64_t)lsb - 8 * (int64_t)delta;
	int64_t high = low + (int64_t)width;

	if (high <= 0 || low >= 32)
		return 0;
	low = low < 0 ? 0 : low;
	high = high > 32 ? 32 : high;
	return UINT32_MAX >> (32 - (high - low)) << low;
}

static bool sw_reads(const struct regdb_field *field)
{
	return field->sw == REGDB_ACCESS_R || field->sw == REGDB_ACCESS_RW ||
	       field->sw == REGDB_ACCESS_RW1;
}

static bool sw_writes(const struct regdb_field *field)
{
	return field->sw == REGDB_ACCESS_W || field->sw == REGDB_ACCESS_RW ||
	       field->sw == REGDB_ACCESS_W1 || field->sw == REGDB_ACCESS_RW1;
}

/*
 * Which register answers for each bit.  A read-only and a write-only register may lie at one
 * address; they are two registers, so what is written there is not what is read.
 */
struct owners {
	uint32_t reader[32], writer[32]; /* index into plan->over, + 1; 0: none */
};

static uint32_t claim(uint32_t *owner, uint32_t bits, uint32_t reg)
{
	uint32_t got = 0;

	for (unsigned i = 0; i < 32; i++)
		if (bits >> i & 1 && (owner[i] == 0 || owner[i] == reg + 1)) {
			owner[i] = reg + 1;
			got |= UINT32_C(1) << i;
		}
	return got;
}

static void plan_onread(struct mock_plan *plan, const struct regdb_field *field, uint32_t bits)
{
	plan->readable |= bits;
	if (field->onread == REGDB_ONREAD_RCLR)
		plan->rclr |= bits;
	else if (field->onread == REGDB_ONREAD_RSET)
		plan->rset |= bits;
}

static uint32_t *onwrite_mask(struct mock_plan *plan, const struct regdb_field *field)
{
	switch ((enum regdb_onwrite)field->onwrite) {
	case REGDB_ONWRITE_WOSET:
		return &plan->woset;
	case REGDB_ONWRITE_WOCLR:
		return &plan->woclr;
	case REGDB_ONWRITE_WOT:
		return &plan->wot;
	case REGDB_ONWRITE_WZS:
		return &plan->wzs;
	case REGDB_ONWRITE_WZC:
		return &plan->wzc;
	case REGDB_ONWRITE_WZT:
		return &plan->wzt;
	case REGDB_ONWRITE_WCLR:
		return &plan->wclr;
	case REGDB_ONWRITE_WSET:
		return &plan->wset;
	case REGDB_ONWRITE_NONE:
	case REGDB_ONWRITE_WUSER: /* what the user defined, only a model knows: it stores */
		break;
	}
	return &plan->plain;
}

static void plan_onwrite(struct mock_plan *plan, const struct regdb_field *field, uint32_t bits)
{
	plan->writable |= bits;
	*onwrite_mask(plan, field) |= bits;
	if (field->flags & REGDB_FIELD_SINGLEPULSE)
		plan->pulse |= bits;
	else if (field->flags & REGDB_FIELD_HWCLR)
		plan->shot |= bits;
	if (field->sw == REGDB_ACCESS_W1 || field->sw == REGDB_ACCESS_RW1)
		plan->once |= bits;
}

/* The reset value of the word's bits of a field; wider than 64 bits: the rest is 0. */
static uint32_t reset_in_word(const struct regdb_field *field, int32_t delta, uint32_t mask)
{
	int64_t shift = 8 * (int64_t)delta - (int64_t)field->lsb;

	if (shift >= 64)
		return 0;
	return (uint32_t)(shift >= 0 ? field->reset >> shift : field->reset << -shift) & mask;
}

static void plan_field(struct mock_plan *plan, struct owners *owners,
		       const struct regdb_field *field, const struct mock_part *part)
{
	uint32_t read = 0, write = 0, mine;
	int32_t delta = plan->over[part->reg].delta;

	if (sw_reads(field))
		read = claim(owners->reader, part->mask, part->reg);
	if (sw_writes(field))
		write = claim(owners->writer, part->mask, part->reg);
	plan_onread(plan, field, read);
	plan_onwrite(plan, field, write);
	mine = read | write | (sw_reads(field) || sw_writes(field) ? 0 : part->mask);
	if (field->flags & REGDB_FIELD_RESET)
		plan->reset |= reset_in_word(field, delta, mine);
	else if (field->onwrite == REGDB_ONWRITE_NONE)
		plan->noise |= read & write;
	if (field->flags & (REGDB_FIELD_SINGLEPULSE | REGDB_FIELD_HWCLR | REGDB_FIELD_COUNTER |
			    REGDB_FIELD_HWSET | REGDB_FIELD_INTR))
		plan->noise &= ~part->mask;
	if (field->flags & REGDB_FIELD_STICKY)
		plan->sticky |= part->mask;
}

/* A memory entry, or a register that the map gives no fields: all of it is storage. */
static void plan_storage(struct mock_plan *plan, struct owners *owners, uint32_t reg,
			 const struct regdb_node *node)
{
	uint32_t mask = bits_in_word(0, node->width, plan->over[reg].delta);
	/* Entries wider than the masks of a node: the map cannot say. */
	bool open = node->kind != REGDB_MEM || node->width > 64;
	uint32_t write = 0;

	if (open || node->m_read != 0)
		plan->readable |= claim(owners->reader, mask, reg);
	if (open || node->m_write != 0)
		write = claim(owners->writer, mask, reg);
	plan->writable |= write;
	plan->plain |= write;
}

static bool is_alias(const struct regdb *map, const struct mock_plan *plan, uint32_t owner)
{
	return regdb_node(map, plan->over[owner - 1].node)->flags & REGDB_NODE_ALIAS;
}

/*
 * Bits that one register reads and another one writes: writing them changes nothing readable.
 * An alias is not another register.
 */
static uint32_t split_bits(const struct regdb *map, const struct mock_plan *plan,
			   const struct owners *owners)
{
	uint32_t bits = 0;

	for (unsigned i = 0; i < 32; i++) {
		uint32_t reader = owners->reader[i], writer = owners->writer[i];

		if (reader != 0 && writer != 0 && reader != writer &&
		    !is_alias(map, plan, reader) && !is_alias(map, plan, writer))
			bits |= UINT32_C(1) << i;
	}
	return bits;
}

static void plan_finish(struct mock_plan *plan, const struct regdb *map,
			const struct owners *owners)
{
	uint32_t kept = ~split_bits(map, plan, owners);
	uint32_t *const masks[] = { &plan->plain, &plan->woset, &plan->woclr, &plan->wot,
				    &plan->wzs,   &plan->wzc,   &plan->wzt,   &plan->wclr,
				    &plan->wset,  &plan->pulse, &plan->shot,  &plan->once };

	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++)
		*masks[i] &= kept;
	plan->special =
		(plan->woset | plan->woclr | plan->wot | plan->wzs | plan->wzc | plan->wzt |
		 plan->wclr | plan->wset | plan->pulse | plan->shot | plan->once) != 0;
}

static size_t count_fields(const struct regdb *map, const struct layout *layout)
{
	size_t n = 0;

	for (uint32_t i = 0; i < layout->n; i++)
		n += regdb_node(map, layout->over[i].node)->n_fields;
	return n;
}

static void plan_register(struct mock_plan *plan, const struct regdb *map,
			  struct owners *owners, uint32_t reg)
{
	const struct regdb_node *node = regdb_node(map, plan->over[reg].node);

	if (node->kind == REGDB_MEM || node->n_fields == 0)
		plan_storage(plan, owners, reg, node);
	for (uint32_t i = 0; i < node->n_fields; i++) {
		const struct regdb_field *field = regdb_field(map, node->first_field + i);
		struct mock_part part = {
			.field = node->first_field + i,
			.mask = bits_in_word(field->lsb, field->width, plan->over[reg].delta),
			.reg = reg,
		};

		if (part.mask == 0)
			continue;
		plan_field(plan, owners, field, &part);
		plan->parts[plan->n_parts++] = part;
	}
}

static struct mock_plan *plan_new(const struct regdb *map, const struct layout *layout)
{
	struct owners owners = { .reader = { 0 } };
	struct mock_plan *plan = calloc(1, sizeof(*plan));

	if (plan == NULL)
		return NULL;
	plan->over = calloc(layout->n, sizeof(*plan->over));
	plan->parts = calloc(count_fields(map, layout) + 1, sizeof(*plan->parts));
	if (plan->over == NULL || plan->parts == NULL) {
		mock__plan_free(plan);
		return NULL;
	}
	memcpy(plan->over, layout->over, layout->n * sizeof(*plan->over));
	plan->n_over = layout->n;
	plan->shared = layout->shared;
	for (uint32_t i = 0; i < layout->n; i++)
		plan_register(plan, map, &owners, i);
	plan_finish(plan, map, &owners);
	return plan;
}

void mock__plan_free(struct mock_plan *plan)
{
	if (plan == NULL)
		return;
	free(plan->over);
	free(plan->parts);
	free(plan);
}

static uint64_t mix(uint64_t hash, uint64_t number)
{
	hash = (hash ^ number) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

static uint64_t layout_hash(const struct mock_over *over, uint32_t n, int64_t shared)
{
	uint64_t hash = mix(n, (uint64_t)shared);

	for (uint32_t i = 0; i < n; i++)
		hash = mix(hash, (uint64_t)over[i].node << 32 | (uint32_t)over[i].delta);
	return hash;
}

static bool plan_is(const struct mock_plan *plan, const struct layout *layout)
{
	if (plan->n_over != layout->n || plan->shared != layout->shared)
		return false;
	for (uint32_t i = 0; i < layout->n; i++)
		if (plan->over[i].node != layout->over[i].node ||
		    plan->over[i].delta != layout->over[i].delta)
			return false;
	return true;
}

static int grow_slots(struct mock_mem *mem)
{
	size_t n = mem->n_plan_slots == 0 ? 64 : 2 * mem->n_plan_slots;
	uint32_t *slots = calloc(n, sizeof(*slots));

	if (slots == NULL)
		return E_NOMEM;
	for (size_t i = 1; i < mem->n_plans; i++) {
		const struct mock_plan *plan = mem->plans[i];
		size_t at = layout_hash(plan->over, plan->n_over, plan->shared) & (n - 1);

		while (slots[at] != 0)
			at = (at + 1) & (n - 1);
		slots[at] = (uint32_t)i + 1;
	}
	free(mem->plan_slots);
	mem->plan_slots = slots;
	mem->n_plan_slots = n;
	return E_OK;
}

static int reserve(struct mock_mem *mem)
{
	struct mock_plan **plans;

	if (2 * (mem->n_plans + 1) > mem->n_plan_slots && grow_slots(mem) != E_OK)
		return E_NOMEM;
	if (mem->n_plans < mem->max_plans)
		return E_OK;
	plans = realloc(mem->plans, 2 * mem->max_plans * sizeof(struct mock_plan *));
	if (plans == NULL)
		return E_NOMEM;
	mem->plans = plans;
	mem->max_plans *= 2;
	return E_OK;
}

int mock__plan_find(struct mock_mem *mem, uint64_t addr, uint32_t *index)
{
	struct layout layout;
	uint64_t hash;
	size_t at;

	layout_find(mem, addr, &layout);
	if (layout.n == 0) {
		*index = 0;
		return E_OK;
	}
	if (reserve(mem) != E_OK)
		return E_NOMEM;
	hash = layout_hash(layout.over, layout.n, layout.shared);
	at = hash & (mem->n_plan_slots - 1);
	while (mem->plan_slots[at] != 0 &&
	       !plan_is(mem->plans[mem->plan_slots[at] - 1], &layout))
		at = (at + 1) & (mem->n_plan_slots - 1);
	if (mem->plan_slots[at] == 0) {
		struct mock_plan *plan = plan_new(mem->map, &layout);

		if (plan == NULL)
			return E_NOMEM;
		mem->plans[mem->n_plans] = plan;
		mem->plan_slots[at] = (uint32_t)++mem->n_plans;
	}
	*index = mem->plan_slots[at] - 1;
	return E_OK;
}
