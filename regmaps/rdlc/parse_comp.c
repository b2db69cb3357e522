/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/parse.h"

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/rdlc_priv.h"
#include "regmaps/rdlc/scope.h"

/* What may be defined and instantiated within a kind of component (8.1 to 13.1). */
static const struct {
	uint32_t defs, insts;
} allowed[RDL_KIND_COUNT] = {
	[RDL_ROOT] = { RDL_ON_ALL, RDL_ON(RDL_SIGNAL) },
	[RDL_ADDRMAP] = { RDL_ON_ALL, RDL_ON_ADDRESSABLE | RDL_ON(RDL_SIGNAL) },
	[RDL_REGFILE] = { RDL_ON(RDL_FIELD) | RDL_ON(RDL_REG) | RDL_ON(RDL_REGFILE) |
				  RDL_ON(RDL_SIGNAL),
			  RDL_ON(RDL_REG) | RDL_ON(RDL_REGFILE) | RDL_ON(RDL_SIGNAL) },
	[RDL_REG] = { RDL_ON(RDL_FIELD) | RDL_ON(RDL_SIGNAL),
		      RDL_ON(RDL_FIELD) | RDL_ON(RDL_SIGNAL) },
	[RDL_FIELD] = { RDL_ON(RDL_SIGNAL), RDL_ON(RDL_SIGNAL) },
	[RDL_MEM] = { RDL_ON(RDL_FIELD) | RDL_ON(RDL_REG), RDL_ON(RDL_REG) },
};

enum rdl_kind rdl__component_kind(const struct rdl_parser *p)
{
	switch (p->tok.kind) {
	case RDL_T_ADDRMAP:
		return RDL_ADDRMAP;
	case RDL_T_REGFILE:
		return RDL_REGFILE;
	case RDL_T_REG:
		return RDL_REG;
	case RDL_T_FIELD:
		return RDL_FIELD;
	case RDL_T_MEM:
		return RDL_MEM;
	case RDL_T_SIGNAL:
		return RDL_SIGNAL;
	default:
		return RDL_ROOT;
	}
}

static void declare_param(struct rdl_parser *p, const struct rdl_param *param,
			  struct rdl_sym *name)
{
	rdl_declare_elem(p->ctx, name,
			 &(struct rdl_binding){ .thing = RDL_THING_PARAM,
						.loc = param->loc,
						.u.param = param });
}

static void parse_param_def_elem(struct rdl_parser *p, struct rdl_def *def)
{
	struct rdl_param *param = rdl_alloc(&p->ctx->arena, sizeof(*param));
	struct rdl_sym *name;

	param->type = rdl__parse_data_type(p);
	name = rdl__ident(p, &param->loc);
	if (rdl__parse_array_suffix(p))
		param->type.array = true;
	if (rdl__accept(p, RDL_T_ASSIGN))
		param->preset = rdl__parse_expr(p);
	if (p->panic)
		return;
	param->name = name;
	param->def = def;
	param->index = def->params.n;
	if (param->preset &&
	    !rdl_expr_check(p->ctx, param->preset, param->type,
			    rdl_format(&p->ctx->arena, "parameter '%s'", name->name)))
		param->preset = NULL;
	rdl_vec_push(&p->ctx->arena, &def->params, param);
	declare_param(p, param, name);
}

static void parse_param_def(struct rdl_parser *p, struct rdl_def *def)
{
	if (!rdl__accept(p, RDL_T_HASH))
		return;
	rdl__expect(p, RDL_T_LPAREN);
	do {
		parse_param_def_elem(p, def);
	} while (rdl__accept(p, RDL_T_COMMA));
	rdl__expect(p, RDL_T_RPAREN);
}

static void parse_component_body(struct rdl_parser *p, struct rdl_def *def)
{
	uint32_t open = p->tok.loc;

	if (!rdl__expect(p, RDL_T_LBRACE))
		return;
	rdl__nest(p);
	while (rdl__block_goes_on(p)) {
		rdl__parse_body_elem(p, def);
		rdl__expect(p, RDL_T_SEMI);
	}
	p->depth--;
	if (p->tok.kind == RDL_T_END && !p->ctx->end_reported) {
		rdl__expect(p, RDL_T_RBRACE);
		rdl_note(p->ctx, open, "this '{' is not closed");
	}
	rdl__expect(p, RDL_T_RBRACE);
}

static enum rdl_external parse_inst_type(struct rdl_parser *p, uint32_t *loc)
{
	*loc = p->tok.loc;
	if (rdl__accept(p, RDL_T_EXTERNAL))
		return RDL_EXTERNAL_YES;
	if (rdl__accept(p, RDL_T_INTERNAL))
		return RDL_EXTERNAL_NO;
	return RDL_EXTERNAL_UNSAID;
}

static void declare_def(struct rdl_parser *p, struct rdl_def *def, struct rdl_sym *name)
{
	rdl_declare_type(
		p->ctx, name,
		&(struct rdl_binding){ .thing = RDL_THING_DEF, .loc = def->loc, .u.def = def });
	if (p->ctx->scope->depth == 1)
		rdl_vec_push(&p->ctx->arena, &p->ctx->root_defs, def);
}

/* component_named_def or component_anon_def, from its kind on. */
static struct rdl_def *parse_definition(struct rdl_parser *p, const struct rdl_def *within)
{
	enum rdl_kind kind = rdl__component_kind(p);
	struct rdl_def *def = rdl_def_new(p->ctx, kind, p->tok.loc);
	struct rdl_sym *name = NULL;

	if (!(allowed[within->kind].defs & RDL_ON(kind))) {
		rdl_error(p->ctx, p->tok.loc, "%s cannot be defined within %s",
			  rdl_kind_phrase(kind), rdl_kind_phrase(within->kind));
		def->misplaced = true;
	}
	rdl__advance(p);
	rdl_scope_enter(p->ctx, def);
	if (p->tok.kind == RDL_T_ID) {
		name = rdl__ident(p, &def->loc);
		def->name = name;
		parse_param_def(p, def);
	}
	parse_component_body(p, def);
	rdl_scope_leave(p->ctx);
	rdl__apply_defaults(p->ctx, def);
	if (name && !p->panic)
		declare_def(p, def, name);
	return def;
}

static void parse_component_def(struct rdl_parser *p, struct rdl_def *within,
				struct rdl__inst_head *head)
{
	bool before = head->external != RDL_EXTERNAL_UNSAID;
	struct rdl_def *def = parse_definition(p, within);

	head->def = def;
	if (p->panic)
		return;
	if (!before)
		head->external = parse_inst_type(p, &head->external_loc);
	if (p->tok.kind != RDL_T_ID && p->tok.kind != RDL_T_HASH && def->name &&
	    head->external == RDL_EXTERNAL_UNSAID)
		return;
	if (!def->name && within->kind == RDL_ROOT && def->kind == RDL_ADDRMAP)
		rdl_error(p->ctx, def->loc, "an addrmap in the root scope needs a name");
	else if (!def->name && p->tok.kind == RDL_T_ID)
		def->name = p->tok.sym; /* 5.1.1: the type's name is its first instance's */
	rdl__parse_insts(p, within, head);
}

static const struct rdl_inst *find_primary(struct rdl_parser *p)
{
	const struct rdl_binding *binding;
	const struct rdl_def *within;
	const struct rdl_inst *inst = NULL;
	const struct rdl_sym *name;
	uint32_t loc;

	name = rdl__ident(p, &loc);
	if (!name)
		return NULL;
	binding = rdl_find_elem(p->ctx, name, &within);
	if (binding && binding->thing == RDL_THING_INST)
		inst = binding->u.inst;
	if (!inst || inst->def->kind != RDL_REG || inst->alias_of) {
		rdl_error(p->ctx, loc,
			  inst && inst->alias_of ? "'%s' is an alias itself"
						 : "'%s' is not a register to alias",
			  name->name);
		if (inst)
			rdl_note(p->ctx, inst->loc, "'%s' is declared here", name->name);
		return NULL;
	}
	return inst;
}

static void parse_explicit_inst(struct rdl_parser *p, struct rdl_def *within,
				struct rdl__inst_head *head)
{
	bool is_alias = rdl__accept(p, RDL_T_ALIAS);
	const struct rdl_def *def;
	const struct rdl_sym *name;
	uint32_t loc;

	if (is_alias)
		head->alias_of = find_primary(p);
	name = rdl__ident(p, &loc);
	if (!name)
		return;
	def = rdl_find_def(p->ctx, name, loc);
	if (def && is_alias && def->kind != RDL_REG) {
		rdl_error(p->ctx, loc, "the type of an alias must be a reg");
		def = NULL;
	}
	if (!def || (is_alias && !head->alias_of)) {
		p->panic = true; /* without the type its instances mean nothing */
		return;
	}
	head->def = def;
	rdl__parse_insts(p, within, head);
}

static bool starts_explicit_inst(const struct rdl_parser *p)
{
	return p->tok.kind == RDL_T_ALIAS ||
	       (p->tok.kind == RDL_T_ID &&
		(p->next.kind == RDL_T_ID || p->next.kind == RDL_T_HASH ||
		 p->next.kind >= RDL_T_FIRST_KEYWORD));
}

static void parse_instance(struct rdl_parser *p, struct rdl_def *within)
{
	struct rdl__inst_head head = { 0 };

	head.external = parse_inst_type(p, &head.external_loc);
	if (rdl__component_kind(p) != RDL_ROOT)
		parse_component_def(p, within, &head);
	else
		parse_explicit_inst(p, within, &head);
}

void rdl__parse_body_elem(struct rdl_parser *p, struct rdl_def *within)
{
	switch (p->tok.kind) {
	case RDL_T_ENUM:
		rdl__parse_enum(p);
		return;
	case RDL_T_STRUCT:
	case RDL_T_ABSTRACT:
		rdl__parse_struct(p);
		return;
	case RDL_T_PROPERTY:
		rdl__parse_udp(p);
		return;
	case RDL_T_CONSTRAINT:
		rdl__parse_constraint(p);
		return;
	case RDL_T_EXTERNAL:
	case RDL_T_INTERNAL:
		parse_instance(p, within);
		return;
	default:
		break;
	}
	if (rdl__component_kind(p) != RDL_ROOT || starts_explicit_inst(p))
		parse_instance(p, within);
	else if (p->tok.kind == RDL_T_ID &&
		 (p->next.kind == RDL_T_ARROW || p->next.kind == RDL_T_DOT ||
		  p->next.kind == RDL_T_LBRACKET))
		rdl__parse_dynamic_property(p, within);
	else if (rdl__starts_property(p))
		rdl__parse_local_property(p, within);
	else
		rdl__unexpected(p, "a definition, an instance or a property");
}

/* Name, array or range, reset and address of one instance, as they were written. */
static void parse_inst_suffixes(struct rdl_parser *p, struct rdl_inst *inst)
{
	while (rdl__accept(p, RDL_T_LBRACKET)) {
		struct rdl_expr *expr = rdl__parse_expr(p);

		if (!inst->dims.n && rdl__accept(p, RDL_T_COLON)) {
			inst->msb = expr;
			inst->lsb = rdl__parse_expr(p);
			rdl__expect(p, RDL_T_RBRACKET);
			break;
		}
		rdl_vec_push(&p->ctx->arena, &inst->dims, expr);
		rdl__expect(p, RDL_T_RBRACKET);
	}
	if (rdl__accept(p, RDL_T_ASSIGN))
		inst->reset = rdl__parse_expr(p);
	if (rdl__accept(p, RDL_T_AT))
		inst->at = rdl__parse_expr(p);
	if (rdl__accept(p, RDL_T_INC))
		inst->stride = rdl__parse_expr(p);
	if (rdl__accept(p, RDL_T_ALIGN))
		inst->align = rdl__parse_expr(p);
}

static void need_number(struct rdl_parser *p, const struct rdl_expr *expr, const char *what)
{
	if (expr)
		rdl_expr_check(p->ctx, expr, (struct rdl_type){ .kind = RDL_TYPE_INT }, what);
}

static void check_suffixes(struct rdl_parser *p, const struct rdl_inst *inst)
{
	enum rdl_kind kind = inst->def->kind;
	bool vector = kind == RDL_FIELD || kind == RDL_SIGNAL;
	const char *wrong = NULL;

	if (vector && inst->dims.n > 1)
		wrong = "has one width only";
	else if (kind != RDL_FIELD && inst->msb)
		wrong = "has no range of bits";
	else if (kind != RDL_FIELD && inst->reset)
		wrong = "has no reset value";
	else if (vector && (inst->at || inst->stride || inst->align))
		wrong = "has no address";
	else if (inst->at && inst->align)
		wrong = "cannot have both an address (@) and an alignment (%=)";
	else if (inst->stride && !inst->dims.n)
		wrong = "is not an array and has no stride (+=)";
	else if (inst->dims.n > 8)
		wrong = "has more than 8 dimensions";
	if (wrong)
		rdl_error(p->ctx, inst->loc, "%s '%s' %s", rdl_kind_name(kind),
			  inst->name->name, wrong);
	for (uint32_t i = 0; i < inst->dims.n; i++)
		need_number(p, inst->dims.at[i], "an array size");
	need_number(p, inst->msb, "a bit position");
	need_number(p, inst->lsb, "a bit position");
	need_number(p, inst->at, "an address");
	need_number(p, inst->stride, "a stride");
	need_number(p, inst->align, "an alignment");
	need_number(p, inst->reset, "a reset value written with '='");
}

static void check_external(struct rdl_parser *p, const struct rdl_inst *inst, uint32_t loc)
{
	enum rdl_kind kind = inst->def->kind;

	if (kind == RDL_MEM && inst->external != RDL_EXTERNAL_YES)
		rdl_report(p->ctx, RDL_CHECK_INTERNAL_MEMORY, inst->loc,
			   "memory '%s' must be instantiated as external", inst->name->name);
	if (inst->external == RDL_EXTERNAL_UNSAID)
		return;
	if (kind == RDL_FIELD || kind == RDL_SIGNAL)
		rdl_error(p->ctx, loc, "%s is neither external nor internal",
			  rdl_kind_phrase(kind));
	else if (kind == RDL_ADDRMAP && inst->external == RDL_EXTERNAL_NO)
		rdl_error(p->ctx, loc, "an addrmap is always external");
}

static void parse_inst(struct rdl_parser *p, struct rdl_def *within,
		       const struct rdl__inst_head *head, const struct rdl_param_value *params)
{
	struct rdl_inst *inst = rdl_alloc(&p->ctx->arena, sizeof(*inst));
	struct rdl_sym *name = rdl__ident(p, &inst->loc);

	if (!name)
		return;
	inst->name = name;
	inst->params = params;
	inst->def = head->def;
	inst->external = head->external;
	inst->alias_of = head->alias_of;
	inst->dynamics_end = &inst->dynamics;
	parse_inst_suffixes(p, inst);
	if (p->panic)
		return;
	if (!(allowed[within->kind].insts & RDL_ON(head->def->kind))) {
		if (!head->def->misplaced)
			rdl_error(p->ctx, inst->loc, "%s cannot be instantiated within %s",
				  rdl_kind_phrase(head->def->kind),
				  rdl_kind_phrase(within->kind));
		return;
	}
	check_suffixes(p, inst);
	check_external(p, inst, head->external_loc);
	if (rdl_declare_elem(p->ctx, name,
			     &(struct rdl_binding){ .thing = RDL_THING_INST,
						    .loc = inst->loc,
						    .u.inst = inst }))
		rdl_def_add(p->ctx, within, inst);
}

static void parse_param_assignment(struct rdl_parser *p, const struct rdl_def *def,
				   struct rdl_param_value **list)
{
	struct rdl_param_value *value = rdl_alloc(&p->ctx->arena, sizeof(*value));
	struct rdl_sym *name;
	uint32_t loc;

	rdl__expect(p, RDL_T_DOT);
	name = rdl__ident(p, &loc);
	rdl__expect(p, RDL_T_LPAREN);
	value->expr = rdl__parse_expr(p);
	if (!rdl__expect(p, RDL_T_RPAREN))
		return;
	for (uint32_t i = 0; i < def->params.n; i++)
		if (((const struct rdl_param *)def->params.at[i])->name == name)
			value->param = def->params.at[i];
	if (!value->param) {
		rdl_error(p->ctx, loc, "%s '%s' has no parameter '%s'",
			  rdl_kind_name(def->kind), def->name ? def->name->name : "",
			  name->name);
		return;
	}
	for (const struct rdl_param_value *v = *list; v; v = v->next)
		if (v->param == value->param)
			rdl_error(p->ctx, loc, "parameter '%s' is given twice", name->name);
	if (!rdl_expr_check(p->ctx, value->expr, value->param->type,
			    rdl_format(&p->ctx->arena, "parameter '%s'", name->name)))
		return;
	value->next = *list;
	*list = value;
}

static struct rdl_param_value *parse_param_inst(struct rdl_parser *p, const struct rdl_def *def)
{
	struct rdl_param_value *list = NULL;

	if (!rdl__accept(p, RDL_T_HASH))
		return NULL;
	rdl__expect(p, RDL_T_LPAREN);
	do {
		parse_param_assignment(p, def, &list);
	} while (rdl__accept(p, RDL_T_COMMA));
	rdl__expect(p, RDL_T_RPAREN);
	return list;
}

/* Instances that are not part of the tree: constraints, and addrmaps in the root. */
static bool is_ignored(struct rdl_parser *p, const struct rdl_def *within,
		       const struct rdl__inst_head *head)
{
	if (head->def->kind == RDL_CONSTRAINT)
		return true;
	if (within->kind != RDL_ROOT || head->def->kind != RDL_ADDRMAP || !head->def->name)
		return false;
	rdl_report(p->ctx, RDL_CHECK_ROOT_INSTANCE, p->tok.loc,
		   "instances of an addrmap in the root scope are ignored");
	return true;
}

void rdl__parse_insts(struct rdl_parser *p, struct rdl_def *within,
		      const struct rdl__inst_head *head)
{
	bool ignored = is_ignored(p, within, head);
	struct rdl_param_value *params = parse_param_inst(p, head->def);

	do {
		struct rdl_inst unused = { 0 };

		if (!ignored) {
			parse_inst(p, within, head, params);
			continue;
		}
		rdl__ident(p, NULL);
		parse_inst_suffixes(p, &unused);
	} while (rdl__accept(p, RDL_T_COMMA));
}
