/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/model.h"

#include "regmaps/rdlc/rdlc_priv.h"

static uint32_t slot_of(const struct rdl_inst_table *tab, const struct rdl_def *def,
			const struct rdl_sym *name)
{
	uint64_t mix = ((uint64_t)(uintptr_t)def >> 4) * UINT64_C(0x9e3779b97f4a7c15);

	return (uint32_t)((mix >> 32) ^ name->hash) & (tab->cap - 1);
}

static void table_put(struct rdl_inst_table *tab, struct rdl_inst *inst)
{
	uint32_t i = slot_of(tab, inst->within, inst->name);

	while (tab->slot[i])
		i = (i + 1) & (tab->cap - 1);
	tab->slot[i] = inst;
}

static void table_grow(struct rdlc *ctx)
{
	struct rdl_inst_table old = ctx->insts, *tab = &ctx->insts;

	tab->cap = old.cap ? old.cap * 2 : 1024;
	tab->slot = rdl_alloc(&ctx->arena, tab->cap * sizeof(struct rdl_inst *));
	for (uint32_t i = 0; i < old.cap; i++)
		if (old.slot[i])
			table_put(tab, old.slot[i]);
}

struct rdl_inst *rdl_def_find(const struct rdlc *ctx, const struct rdl_def *def,
			      const struct rdl_sym *name)
{
	const struct rdl_inst_table *tab = &ctx->insts;
	uint32_t i;

	if (!tab->cap)
		return NULL;
	for (i = slot_of(tab, def, name); tab->slot[i]; i = (i + 1) & (tab->cap - 1))
		if (tab->slot[i]->within == def && tab->slot[i]->name == name)
			return tab->slot[i];
	return NULL;
}

void rdl_def_add(struct rdlc *ctx, struct rdl_def *def, struct rdl_inst *inst)
{
	inst->within = def;
	*def->insts_end = inst;
	def->insts_end = &inst->next;
	def->n_insts++;
	if (ctx->insts.n * 2 >= ctx->insts.cap)
		table_grow(ctx);
	ctx->insts.n++;
	table_put(&ctx->insts, inst);
}

bool rdl_param_given(const struct rdl_inst *inst, const struct rdl_param *param)
{
	for (const struct rdl_param_value *v = inst->params; v; v = v->next)
		if (v->param == param)
			return true;
	return false;
}

struct rdl_def *rdl_def_new(struct rdlc *ctx, enum rdl_kind kind, uint32_t loc)
{
	struct rdl_def *def = rdl_alloc(&ctx->arena, sizeof(*def));

	def->kind = kind;
	def->loc = loc;
	def->assigns_end = &def->assigns;
	def->insts_end = &def->insts;
	return def;
}

const char *rdl_kind_phrase(enum rdl_kind kind)
{
	static const char *const phrase[RDL_KIND_COUNT] = {
		[RDL_ROOT] = "the root scope", [RDL_ADDRMAP] = "an addrmap",
		[RDL_REGFILE] = "a regfile",   [RDL_REG] = "a reg",
		[RDL_FIELD] = "a field",       [RDL_MEM] = "a mem",
		[RDL_SIGNAL] = "a signal",     [RDL_CONSTRAINT] = "a constraint",
	};

	return phrase[kind];
}

const char *rdl_kind_name(enum rdl_kind kind)
{
	static const char *const name[RDL_KIND_COUNT] = {
		[RDL_ROOT] = "the root scope", [RDL_ADDRMAP] = "addrmap",
		[RDL_REGFILE] = "regfile",     [RDL_REG] = "reg",
		[RDL_FIELD] = "field",         [RDL_MEM] = "mem",
		[RDL_SIGNAL] = "signal",       [RDL_CONSTRAINT] = "constraint",
	};

	return name[kind];
}
