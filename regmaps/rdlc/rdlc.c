/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/rdlc.h"

#include <stdlib.h>
#include <string.h>

#include "drv/error.h"
#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/expr.h"
#include "regmaps/rdlc/lex.h"
#include "regmaps/rdlc/node.h"
#include "regmaps/rdlc/pp.h"
#include "regmaps/rdlc/prop_table.h"
#include "regmaps/rdlc/rdlc_priv.h"
#include "regmaps/rdlc/scope.h"

#define DEFAULT_MAX_MEMORY ((size_t)768 << 20)
#define DEFAULT_MAX_NODES  1000000
#define DEFAULT_MAX_ERRORS 20
#define TEXT_BYTES         ((size_t)1 << 20)
#define EFFORT             50000000

/* One file: its macros and its defaults end with it, what it declares stays. */
static void read_input(struct rdlc *ctx, const char *path)
{
	ctx->end_reported = false;
	ctx->lex_at = ctx->out.len;
	rdl_pp_file(ctx, path);
	ctx->lex_end = ctx->out.len;
	if (!ctx->n_errors)
		rdl_parse(ctx);
	ctx->defaults.n = 0;
	rdl_pp_forget(ctx);
}

static void read_inputs(struct rdlc *ctx)
{
	const struct rdlc_options *opt = ctx->opt;

	for (size_t i = 0; i < opt->n_checks; i++)
		rdl_check_option(ctx, opt->checks[i]);
	rdl_text_reserve(&ctx->arena, &ctx->out, TEXT_BYTES); /* costs nothing until touched */
	rdl_text_put(&ctx->arena, &ctx->out, '\n'); /* location 0 stands for nowhere */
	rdl_scope_enter(ctx, ctx->root);
	for (size_t i = 0; i < opt->n_inputs; i++) {
		for (size_t k = 0; k < opt->n_defines; k++)
			rdl_pp_predefine(ctx, opt->defines[k]);
		read_input(ctx, opt->inputs[i]);
	}
}

static const struct rdl_def *find_top(struct rdlc *ctx)
{
	const char *name = ctx->opt->top;

	for (uint32_t i = ctx->root_defs.n; i--;) {
		const struct rdl_def *def = ctx->root_defs.at[i];

		if (name ? !strcmp(def->name->name, name) : def->kind == RDL_ADDRMAP) {
			if (def->kind == RDL_ADDRMAP)
				return def;
			rdl_error(ctx, def->loc, "the top '%s' is %s, not an addrmap", name,
				  rdl_kind_phrase(def->kind));
			return NULL;
		}
	}
	if (name)
		rdl_error(ctx, 0, "there is no addrmap '%s' to be the top", name);
	else
		rdl_error(ctx, 0, "there is no addrmap in the description");
	return NULL;
}

/* -P text: an expression, parsed as if it stood at the end of the input. */
static const struct rdl_expr *param_expr(struct rdlc *ctx, const char *text, const char *value)
{
	struct rdl_file *file = rdl_alloc(&ctx->arena, sizeof(*file));

	file->path = "<command line>";
	file->text = text;
	file->size = strlen(text);
	rdl_source_mark(ctx,
			(struct rdl_place){ .file = file, .off = (uint32_t)(value - text) });
	ctx->lex_at = ctx->out.len;
	rdl_text_add(&ctx->arena, &ctx->out, value, strlen(value));
	rdl_text_put(&ctx->arena, &ctx->out, '\n');
	ctx->lex_end = ctx->out.len;
	ctx->end_reported = false;
	return rdl_parse_expression(ctx);
}

static const struct rdl_param *find_param(const struct rdl_def *def, const char *name,
					  size_t len)
{
	for (uint32_t i = 0; i < def->params.n; i++) {
		const struct rdl_param *param = def->params.at[i];

		if (param->name->len == len && !memcmp(param->name->name, name, len))
			return param;
	}
	return NULL;
}

static void set_param(struct rdlc *ctx, struct rdl_inst *top, const char *option)
{
	const char *text = rdl_strndup(&ctx->arena, option, strlen(option));
	const char *equals = strchr(text, '=');
	struct rdl_param_value *value;
	const struct rdl_param *param;

	if (!equals) {
		rdl_error(ctx, 0, "'%s' is not PARAMETER=VALUE", option);
		return;
	}
	param = find_param(top->def, text, (size_t)(equals - text));
	if (!param) {
		rdl_error(ctx, 0, "addrmap '%s' has no parameter '%.*s'", top->name->name,
			  (int)(equals - text), text);
		return;
	}
	value = rdl_alloc(&ctx->arena, sizeof(*value));
	value->param = param;
	value->expr = param_expr(ctx, text, equals + 1);
	if (!rdl_expr_check(ctx, value->expr, param->type,
			    rdl_format(&ctx->arena, "parameter '%s'", param->name->name)))
		return;
	value->next = ctx->top_params;
	ctx->top_params = value;
}

static void elaborate(struct rdlc *ctx)
{
	const struct rdl_def *def = find_top(ctx);
	struct rdl_inst *inst;

	if (!def)
		return;
	inst = rdl_alloc(&ctx->arena, sizeof(*inst));
	inst->def = def;
	inst->within = ctx->root;
	inst->name = def->name;
	inst->loc = def->loc;
	inst->external = RDL_EXTERNAL_YES;
	inst->dynamics_end = &inst->dynamics;
	for (size_t i = 0; i < ctx->opt->n_params; i++)
		set_param(ctx, inst, ctx->opt->params[i]);
	inst->params = ctx->top_params;
	if (ctx->n_errors)
		return;
	ctx->top = rdl_elaborate(ctx, inst);
	if (ctx->n_errors)
		return;
	rdl_place_tree(ctx, ctx->top);
	rdl_check_tree(ctx, ctx->top);
}

static void compile(struct rdlc *ctx)
{
	for (unsigned i = 0; i < RDL_CHECK_COUNT; i++)
		ctx->level[i] = rdl_checks[i].level;
	rdl_lex_init(ctx);
	rdl_props_init(ctx);
	ctx->root = rdl_def_new(ctx, RDL_ROOT, 0);
	read_inputs(ctx);
	if (!ctx->n_errors)
		elaborate(ctx);
}

int rdl_guarded(struct rdlc *ctx, void (*run)(struct rdlc *ctx))
{
	jmp_buf escape;
	int how;

	ctx->arena.escape = &escape;
	how = setjmp(escape);
	if (!how)
		run(ctx);
	ctx->arena.escape = NULL;
	if (ctx->open_file) {
		fclose(ctx->open_file);
		ctx->open_file = NULL;
	}
	return how;
}

static int outcome(const struct rdlc *ctx, int how, struct error *err)
{
	const char *first = ctx->diag.at ? strstr(ctx->diag.at, "error: ") : NULL;
	const char *line = first;

	if (how == 1)
		return error_set(err, E_NOMEM, "out of memory while compiling");
	if (!ctx->n_errors)
		return 0;
	while (line && line > ctx->diag.at && line[-1] != '\n')
		line--;
	return error_set(err, ctx->missing ? E_NODEV : E_SYNTAX, "%.*s",
			 line ? (int)strcspn(line, "\n") : 0, line ? line : "");
}

int rdlc_compile(const struct rdlc_options *options, struct rdlc **out, struct error *err)
{
	struct rdlc_options opt = *options;
	struct rdlc *ctx = calloc(1, sizeof(*ctx));
	int how;

	*out = ctx;
	if (!ctx)
		return error_set(err, E_NOMEM, "out of memory while compiling");
	opt.max_errors = opt.max_errors ? opt.max_errors : DEFAULT_MAX_ERRORS;
	ctx->arena.limit = opt.max_memory ? opt.max_memory : DEFAULT_MAX_MEMORY;
	ctx->nodes_left = opt.max_nodes ? opt.max_nodes : DEFAULT_MAX_NODES;
	ctx->effort = EFFORT;
	ctx->opt = &opt;
	how = rdl_guarded(ctx, compile);
	ctx->opt = NULL;
	if (how || ctx->n_errors)
		ctx->top = NULL;
	return outcome(ctx, how, err);
}

const char *rdlc_diagnostics(const struct rdlc *rdlc)
{
	return rdlc && rdlc->diag.at ? rdlc->diag.at : "";
}

const char *rdlc_top_name(const struct rdlc *rdlc)
{
	return rdlc && rdlc->top ? rdlc->top->name->name : NULL;
}

const char *const *rdlc_files(const struct rdlc *rdlc, size_t *n)
{
	*n = rdlc->paths.n;
	return (const char *const *)rdlc->paths.at;
}

void rdlc_free(struct rdlc *rdlc)
{
	if (!rdlc)
		return;
	rdl_arena_free(&rdlc->arena);
	free(rdlc);
}

int rdlc_compile_regdb(const struct rdlc_options *options, char **data, size_t *size,
		       struct error *err)
{
	struct rdlc *rdlc;
	int rc = rdlc_compile(options, &rdlc, err);

	if (!rc)
		rc = rdlc_emit(rdlc, RDLC_OUTPUT_REGDB, data, size, err);
	rdlc_free(rdlc);
	return rc;
}
