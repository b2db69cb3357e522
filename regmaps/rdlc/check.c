/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/check.h"

#include <string.h>

#include "regmaps/rdlc/check_priv.h"
#include "regmaps/rdlc/rdlc.h"
#include "regmaps/rdlc/rdlc_priv.h"

#define AM  RDL_ON(RDL_ADDRMAP)
#define RF  RDL_ON(RDL_REGFILE)
#define RG  RDL_ON(RDL_REG)
#define FI  RDL_ON(RDL_FIELD)
#define ME  RDL_ON(RDL_MEM)
#define SI  RDL_ON(RDL_SIGNAL)
#define ALL RDL_ON_ALL

const struct rdl_check_row rdl_checks[RDL_CHECK_COUNT] = {
#define RDL_CHECK(id, text, lvl, on, before, function)                                         \
	[RDL_CHECK_##id] = { .name = (text),                                                   \
			     .level = RDL_LEVEL_##lvl,                                         \
			     .kinds = (on),                                                    \
			     .prereq = RDL_CHECK_##before,                                     \
			     .fn = (function) },
#include "regmaps/rdlc/checks.def"
#undef RDL_CHECK
};

static void set_level(struct rdlc *ctx, const char *name, enum rdl_level level)
{
	for (unsigned i = 0; i < RDL_CHECK_COUNT; i++) {
		if (strcmp(rdl_checks[i].name, name) != 0)
			continue;
		if (rdl_checks[i].level != RDL_LEVEL_ALWAYS)
			ctx->level[i] = level;
		else if (level != RDL_LEVEL_ERROR)
			rdl_error(ctx, 0, "'%s' is always an error", name);
		return;
	}
	rdl_error(ctx, 0, "there is no check '%s' (see rdlc --checks)", name);
}

void rdl_check_option(struct rdlc *ctx, const char *option)
{
	if (!strncmp(option, "Wno-", 4))
		set_level(ctx, option + 4, RDL_LEVEL_OFF);
	else
		set_level(ctx, option + 1,
			  option[0] == 'W' ? RDL_LEVEL_WARNING : RDL_LEVEL_ERROR);
}

static void check_node(struct rdlc *ctx, const struct rdl_node *node)
{
	bool failed[RDL_CHECK_COUNT] = { false };
	unsigned before;

	ctx->where = node;
	for (unsigned i = 0; i < RDL_CHECK_COUNT; i++) {
		const struct rdl_check_row *row = &rdl_checks[i];

		if (!(row->kinds & RDL_ON(node->kind)) || ctx->level[i] == RDL_LEVEL_OFF ||
		    failed[row->prereq])
			continue;
		before = ctx->n_reports;
		row->fn(ctx, node);
		failed[i] = ctx->n_reports != before;
	}
}

static void check_below(struct rdlc *ctx, const struct rdl_node *node)
{
	check_node(ctx, node);
	for (const struct rdl_node *child = node->child; child; child = child->next)
		if (!child->absent)
			check_below(ctx, child);
}

void rdl_check_tree(struct rdlc *ctx, const struct rdl_node *top)
{
	for (; top; top = top->next)
		if (!top->absent)
			check_below(ctx, top);
}

const char *rdlc_check_name(size_t i, const char **level)
{
	static const char *const word[] = { "off", "warning", "error", "always" };

	if (i >= RDL_CHECK_COUNT)
		return NULL;
	*level = word[rdl_checks[i].level];
	return rdl_checks[i].name;
}
