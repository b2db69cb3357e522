/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "regmaps/rdlc/emit.h"
#include "regmaps/rdlc/node.h"
#include "regmaps/rdlc/rdlc_priv.h"

#define MAX_PATH_LEVELS 64

struct header {
	struct rdlc *ctx;
	struct rdl_text *out;
	const struct rdl_node *path[MAX_PATH_LEVELS]; /* from below the top down */
	unsigned level;
	struct rdl_symtab names; /* macros so far: upper case and '_' may make two equal */
};

static void put_upper(struct rdlc *ctx, struct rdl_text *out, const char *name)
{
	for (; *name; name++) {
		if (*name == '[')
			rdl_text_put(&ctx->arena, out, '_');
		else if (*name != ']')
			rdl_text_put(&ctx->arena, out, (char)toupper((unsigned char)*name));
	}
}

/* The name, with a number behind it when it was used before. */
static const char *unused(struct header *h, struct rdl_text *name)
{
	struct rdl_arena *arena = &h->ctx->arena;
	size_t len = name->len;

	for (unsigned n = 2;; n++) {
		struct rdl_sym *sym = rdl_intern(arena, &h->names, name->at, name->len);

		if (!sym->keyword) {
			sym->keyword = 1;
			return sym->name;
		}
		name->len = len;
		rdl_text_printf(arena, name, "_%u", n);
	}
}

/* TOP_TARGET_GROUP_REGISTER */
static const char *macro_name(struct header *h)
{
	struct rdl_text name = { 0 };

	put_upper(h->ctx, &name, h->ctx->top->name->name);
	for (unsigned i = 0; i < h->level; i++) {
		rdl_text_put(&h->ctx->arena, &name, '_');
		put_upper(h->ctx, &name, h->path[i]->name->name);
	}
	return unused(h, &name);
}

/* Bytes from one step of dimension dim to the next (row-major, the last one is stride). */
static uint64_t dim_stride(const struct rdl_node *node, uint32_t dim)
{
	uint64_t stride = node->stride;

	for (uint32_t i = dim + 1; i < node->n_dims; i++)
		stride *= node->dims[i];
	return stride;
}

static char letter(unsigned n)
{
	static const char letters[] = "abcdefghijklmnop";

	return letters[n % (sizeof(letters) - 1)];
}

static unsigned count_dims(const struct header *h)
{
	unsigned n = 0;

	for (unsigned i = 0; i < h->level; i++)
		n += h->path[i]->n_dims;
	return n;
}

static void put_args(struct header *h)
{
	unsigned n = count_dims(h);

	if (!n || n > 16)
		return;
	for (unsigned i = 0; i < n; i++)
		rdl_text_printf(&h->ctx->arena, h->out, "%s%c", i ? ", " : "(", letter(i));
	rdl_text_put(&h->ctx->arena, h->out, ')');
}

static void put_address(struct header *h, const struct rdl_node *node)
{
	struct rdl_arena *arena = &h->ctx->arena;
	unsigned n = 0;

	rdl_text_printf(arena, h->out, "%sUINT64_C(0x%" PRIx64 ")", count_dims(h) ? "(" : "",
			node->address);
	for (unsigned i = 0; i < h->level && count_dims(h) <= 16; i++)
		for (uint32_t d = 0; d < h->path[i]->n_dims; d++)
			rdl_text_printf(
				arena, h->out, " + REG_INDEX(%c, %" PRIu64 ", 0x%" PRIx64 ")",
				letter(n++), h->path[i]->dims[d], dim_stride(h->path[i], d));
	rdl_text_add(arena, h->out, count_dims(h) ? ")\n" : "\n", count_dims(h) ? 2 : 1);
}

static void put_node(struct header *h, const struct rdl_node *node);

static void put_enumerators(struct header *h, const struct rdl_node *field, const char *name)
{
	const struct rdl_value *value = rdl_node_value(field, RDL_PROP_ENCODE);
	const struct rdl_enum *type = value ? value->u.enumeration : NULL;
	struct rdl_arena *arena = &h->ctx->arena;

	for (uint32_t i = 0; type && i < type->n; i++) {
		struct rdl_text macro = { 0 };

		rdl_text_printf(arena, &macro, "%s__", name);
		put_upper(h->ctx, &macro, type->item[i].name->name);
		rdl_text_printf(arena, h->out, "#define %s UINT64_C(0x%" PRIx64 ")\n",
				unused(h, &macro), rdl_value_u64(&type->item[i].value));
	}
}

static void put_field(struct header *h, const struct rdl_node *field, const char *reg)
{
	struct rdl_arena *arena = &h->ctx->arena;
	struct rdl_text macro = { 0 };
	const char *name;

	rdl_text_printf(arena, &macro, "%s__", reg);
	put_upper(h->ctx, &macro, field->name->name);
	name = unused(h, &macro);
	rdl_text_printf(arena, h->out, "#define %s REG_FIELD(%u, %u)\n", name,
			rdl_field_low(field), field->width);
	put_enumerators(h, field, name);
}

/* The reset value of a register of up to 64 bits; unknown bits are 0. */
static void put_reset(struct header *h, const struct rdl_node *reg, const char *name)
{
	struct rdl_text macro = { 0 };
	uint64_t value = 0;
	bool known = false;

	for (const struct rdl_node *field = reg->child; field; field = field->next) {
		const struct rdl_value *reset = rdl_node_value(field, RDL_PROP_RESET);

		if (field->kind != RDL_FIELD || field->absent || !reset ||
		    !rdl_type_is_number(reset->type) || rdl_field_high(field) > 63)
			continue;
		known = true;
		value |= rdl_value_u64(reset) << rdl_field_low(field);
	}
	if (!known || reg->kind != RDL_REG || rdl_reg_width(reg) > 64)
		return;
	rdl_text_printf(&h->ctx->arena, &macro, "%s__RESET", name);
	rdl_text_printf(&h->ctx->arena, h->out, "#define %s UINT64_C(0x%" PRIx64 ")\n",
			unused(h, &macro), value);
}

static void put_reg(struct header *h, const struct rdl_node *node)
{
	struct rdl_arena *arena = &h->ctx->arena;
	const char *name = macro_name(h);

	rdl_text_printf(arena, h->out, "#define %s", name);
	put_args(h);
	rdl_text_put(arena, h->out, ' ');
	put_address(h, node);
	if (node->kind == RDL_MEM)
		rdl_text_printf(arena, h->out, "#define %s__ENTRIES UINT64_C(%" PRIu64 ")\n",
				name, rdl_mem_entries(node));
	for (const struct rdl_node *field = node->child; field; field = field->next)
		if (field->kind == RDL_FIELD && !field->absent)
			put_field(h, field, name);
	put_reset(h, node, name);
}

static void put_children(struct header *h, const struct rdl_node *node)
{
	for (const struct rdl_node *child = node->child; child; child = child->next)
		if (!child->absent && (RDL_ON_ADDRESSABLE & RDL_ON(child->kind)))
			put_node(h, child);
}

static void put_node(struct header *h, const struct rdl_node *node)
{
	if (h->level >= MAX_PATH_LEVELS)
		return;
	h->path[h->level++] = node;
	if (node->kind == RDL_REG || node->kind == RDL_MEM)
		put_reg(h, node);
	if (node->kind != RDL_REG)
		put_children(h, node);
	h->level--;
}

/* What the macros expand to; several such headers may be included together. */
static const char helpers[] =
	"#ifndef REG_FIELD\n"
	"#include <stdint.h>\n"
	"\n"
	"/* A field's place in its register, for the functions below: up to 64 bits. */\n"
	"struct reg_field {\n"
	"	uint32_t lsb, width;\n"
	"};\n"
	"#define REG_FIELD(lsb, width) ((struct reg_field){ (lsb), (width) })\n"
	"\n"
	"/* Offset of element i of count elements. */\n"
	"#define REG_INDEX(i, count, stride) ((uint64_t)(i) * (stride))\n"
	"\n"
	"static inline uint64_t reg_field_mask(struct reg_field f)\n"
	"{\n"
	"	return (f.width < 64 ? (UINT64_C(1) << f.width) - 1 : UINT64_MAX) << f.lsb;\n"
	"}\n"
	"\n"
	"static inline uint64_t reg_field_get(uint64_t reg, struct reg_field f)\n"
	"{\n"
	"	return (reg & reg_field_mask(f)) >> f.lsb;\n"
	"}\n"
	"\n"
	"static inline uint64_t reg_field_put(uint64_t reg, struct reg_field f, uint64_t v)\n"
	"{\n"
	"	return (reg & ~reg_field_mask(f)) | (v << f.lsb & reg_field_mask(f));\n"
	"}\n"
	"#endif\n";

void rdl_emit_header(struct rdlc *ctx, struct rdl_text *out)
{
	struct header h = { .ctx = ctx, .out = out };
	struct rdl_text guard = { 0 };

	put_upper(ctx, &guard, ctx->top->name->name);
	rdl_text_printf(
		&ctx->arena, out,
		"/* Made by rdlc: the registers of %s, by address and field. What is made is\n"
		" * under the terms of the description it was made from. */\n"
		"#ifndef %s_REGS_H\n#define %s_REGS_H\n\n"
		"%s\n",
		ctx->top->name->name, guard.at, guard.at, helpers);
	put_children(&h, ctx->top);
	rdl_text_printf(&ctx->arena, out, "\n#endif\n");
}
