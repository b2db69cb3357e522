/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/parse.h"

#include <string.h>

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/prop_table.h"
#include "regmaps/rdlc/rdlc_priv.h"
#include "regmaps/rdlc/scope.h"

static const struct rdl_type type_int = { .kind = RDL_TYPE_INT };
static const struct rdl_type type_string = { .kind = RDL_TYPE_STRING };

bool rdl__parse_array_suffix(struct rdl_parser *p)
{
	if (!rdl__accept(p, RDL_T_LBRACKET))
		return false;
	return rdl__expect(p, RDL_T_RBRACKET);
}

static struct rdl_type user_type(struct rdl_parser *p)
{
	const struct rdl_sym *name = p->tok.sym;
	const struct rdl_binding *b = name->type;
	uint32_t loc = p->tok.loc;

	rdl__advance(p);
	if (b && b->thing == RDL_THING_ENUM)
		return (struct rdl_type){ .kind = RDL_TYPE_ENUM,
					  .user.enumeration = b->u.enumeration };
	if (b && b->thing == RDL_THING_STRUCT)
		return (struct rdl_type){ .kind = RDL_TYPE_STRUCT,
					  .user.structure = b->u.structure };
	rdl_error(p->ctx, loc, "'%s' is not an enumeration or a struct", name->name);
	return (struct rdl_type){ .kind = RDL_TYPE_BAD };
}

struct rdl_type rdl__parse_data_type(struct rdl_parser *p)
{
	enum rdl_type_kind kind;

	switch (p->tok.kind) {
	case RDL_T_BIT:
	case RDL_T_LONGINT:
		rdl__advance(p);
		rdl__accept(p, RDL_T_UNSIGNED);
		return type_int;
	case RDL_T_STRINGTYPE:
		kind = RDL_TYPE_STRING;
		break;
	case RDL_T_BOOLEAN:
		kind = RDL_TYPE_BOOL;
		break;
	case RDL_T_ACCESSTYPE:
		kind = RDL_TYPE_ACCESS;
		break;
	case RDL_T_ADDRESSINGTYPE:
		kind = RDL_TYPE_ADDRESSING;
		break;
	case RDL_T_ONREADTYPE:
		kind = RDL_TYPE_ONREAD;
		break;
	case RDL_T_ONWRITETYPE:
		kind = RDL_TYPE_ONWRITE;
		break;
	case RDL_T_ID:
		return user_type(p);
	default:
		rdl__unexpected(p, "a type");
		return (struct rdl_type){ .kind = RDL_TYPE_BAD };
	}
	rdl__advance(p);
	return (struct rdl_type){ .kind = (uint8_t)kind };
}

static struct rdl_type component_type(struct rdl_parser *p)
{
	struct rdl_type type = { .kind = RDL_TYPE_COMP };

	type.comp = (uint8_t)rdl__component_kind(p);
	rdl__advance(p);
	return type;
}

/* { name = "..."; desc = "..."; } of an enumerator. */
static void parse_enum_props(struct rdl_parser *p, struct rdl_enumerator *item)
{
	while (rdl__block_goes_on(p)) {
		const struct rdl_value *value;
		struct rdl_expr *expr;
		struct rdl_sym *prop;
		const char **text;
		uint32_t loc;

		prop = rdl__ident(p, &loc);
		rdl__expect(p, RDL_T_ASSIGN);
		expr = rdl__parse_expr(p);
		if (!rdl__expect(p, RDL_T_SEMI))
			continue;
		if (prop->prop == &rdl_props[RDL_PROP_NAME]) {
			text = &item->title;
		} else if (prop->prop == &rdl_props[RDL_PROP_DESC]) {
			text = &item->desc;
		} else {
			rdl_error(p->ctx, loc, "an enumerator has only 'name' and 'desc'");
			continue;
		}
		if (*text)
			rdl_error(p->ctx, loc, "'%s' is given twice", prop->name);
		if (!rdl_expr_check(p->ctx, expr, type_string, prop->name))
			continue;
		value = rdl_expr_eval(p->ctx, expr, type_string, NULL);
		if (value)
			*text = value->u.string;
	}
	rdl__expect(p, RDL_T_RBRACE);
}

static void enumerator_value(struct rdl_parser *p, const struct rdl_vec *items,
			     struct rdl_enumerator *item)
{
	const struct rdl_enumerator *last = items->n ? items->at[items->n - 1] : NULL;
	const struct rdl_value *value;
	struct rdl_expr *expr;

	item->value = rdl_value_int(last ? rdl_value_u64(&last->value) + 1 : 0, 64);
	if (!rdl__accept(p, RDL_T_ASSIGN))
		return;
	expr = rdl__parse_expr(p);
	if (p->panic || !rdl_expr_check(p->ctx, expr, type_int, "an enumerator"))
		return;
	value = rdl_expr_eval(p->ctx, expr, type_int, NULL);
	if (value)
		item->value = *value;
	if (rdl_value_bits(&item->value) > 64)
		rdl_error(p->ctx, expr->loc, "an enumerator is limited to 64 bits");
	if (item->value.width < 64)
		item->value = rdl_value_int(rdl_value_u64(&item->value), 64);
}

static void check_enumerator(struct rdl_parser *p, const struct rdl_enumerator *item,
			     const struct rdl_vec *items)
{
	for (uint32_t i = 0; i < items->n; i++) {
		const struct rdl_enumerator *other = items->at[i];
		bool same = other->name == item->name;

		if (!same && !rdl_value_equal(&other->value, &item->value))
			continue;
		if (rdl_report(p->ctx, RDL_CHECK_DUPLICATE_ENUMERATOR, item->loc,
			       same ? "enumerator '%s' is defined twice"
				    : "enumerator '%s' has the value of another one",
			       item->name->name))
			rdl_note(p->ctx, other->loc, "the other one is '%s'",
				 other->name->name);
		return;
	}
}

static void parse_enumerator(struct rdl_parser *p, struct rdl_vec *items)
{
	struct rdl_enumerator *item = rdl_alloc(&p->ctx->arena, sizeof(*item));

	item->name = rdl__ident(p, &item->loc);
	if (!item->name)
		return;
	enumerator_value(p, items, item);
	if (rdl__accept(p, RDL_T_LBRACE))
		parse_enum_props(p, item);
	if (!rdl__expect(p, RDL_T_SEMI))
		return;
	if (items->n < 4096)
		check_enumerator(p, item, items);
	rdl_vec_push(&p->ctx->arena, items, item);
}

void rdl__parse_enum(struct rdl_parser *p)
{
	struct rdl_enum *type = rdl_alloc(&p->ctx->arena, sizeof(*type));
	struct rdl_enumerator *row;
	struct rdl_vec items = { 0 };
	struct rdl_sym *name;

	rdl__advance(p);
	name = rdl__ident(p, &type->loc);
	type->name = name;
	rdl__expect(p, RDL_T_LBRACE);
	rdl_scope_enter(p->ctx, p->ctx->scope->def);
	p->ctx->scope->opaque = true;
	do {
		parse_enumerator(p, &items);
	} while (rdl__block_goes_on(p));
	rdl_scope_leave(p->ctx);
	rdl__expect(p, RDL_T_RBRACE);
	row = rdl_alloc(&p->ctx->arena, (items.n + 1) * sizeof(*row));
	for (uint32_t i = 0; i < items.n; i++)
		row[i] = *(const struct rdl_enumerator *)items.at[i];
	type->item = row;
	type->n = items.n;
	if (name)
		rdl_declare_type(p->ctx, name,
				 &(struct rdl_binding){ .thing = RDL_THING_ENUM,
							.loc = type->loc,
							.u.enumeration = type });
}

static void parse_struct_elem(struct rdl_parser *p, struct rdl_vec *members)
{
	struct rdl_member *member = rdl_alloc(&p->ctx->arena, sizeof(*member));

	if (rdl__component_kind(p) != RDL_ROOT)
		member->type = component_type(p);
	else
		member->type = rdl__parse_data_type(p);
	member->name = rdl__ident(p, &member->loc);
	if (rdl__parse_array_suffix(p))
		member->type.array = true;
	if (!rdl__expect(p, RDL_T_SEMI))
		return;
	for (uint32_t i = 0; i < members->n; i++) {
		const struct rdl_member *other = members->at[i];

		if (other->name != member->name)
			continue;
		rdl_report(p->ctx, RDL_CHECK_DUPLICATE_NAME, member->loc,
			   "member '%s' is declared twice", member->name->name);
		rdl_note(p->ctx, other->loc, "the first is here");
		return;
	}
	if (members->n >= 4096)
		rdl_fatal(p->ctx, member->loc, "a struct has more than 4096 members");
	rdl_vec_push(&p->ctx->arena, members, member);
}

static void struct_done(struct rdl_parser *p, struct rdl_struct *type, struct rdl_sym *name,
			const struct rdl_vec *members)
{
	struct rdl_member *row = rdl_alloc(&p->ctx->arena, (members->n + 1) * sizeof(*row));

	for (uint32_t i = 0; i < members->n; i++)
		row[i] = *(const struct rdl_member *)members->at[i];
	type->member = row;
	type->n = members->n;
	if (name)
		rdl_declare_type(p->ctx, name,
				 &(struct rdl_binding){ .thing = RDL_THING_STRUCT,
							.loc = type->loc,
							.u.structure = type });
}

void rdl__parse_struct(struct rdl_parser *p)
{
	struct rdl_struct *type = rdl_alloc(&p->ctx->arena, sizeof(*type));
	struct rdl_vec members = { 0 };
	struct rdl_sym *name, *base;
	uint32_t loc;

	type->abstract = rdl__accept(p, RDL_T_ABSTRACT);
	rdl__expect(p, RDL_T_STRUCT);
	name = rdl__ident(p, &type->loc);
	type->name = name;
	if (rdl__accept(p, RDL_T_COLON)) {
		base = rdl__ident(p, &loc);
		type->base = base ? rdl_find_struct(p->ctx, base, loc) : NULL;
	}
	for (uint32_t i = 0; type->base && i < type->base->n; i++)
		rdl_vec_push(&p->ctx->arena, &members, &type->base->member[i]);
	rdl__expect(p, RDL_T_LBRACE);
	while (rdl__block_goes_on(p))
		parse_struct_elem(p, &members);
	rdl__expect(p, RDL_T_RBRACE);
	struct_done(p, type, name, &members);
}

/* A user-defined property while its attributes come in. */
struct udp {
	struct rdl_prop *prop;
	bool has_type, has_components, has_default, has_constraint;
};

static void parse_udp_type(struct rdl_parser *p, struct udp *udp)
{
	if (rdl__component_kind(p) != RDL_ROOT)
		udp->prop->type = component_type(p);
	else if (rdl__accept(p, RDL_T_REF))
		udp->prop->type = (struct rdl_type){ .kind = RDL_TYPE_REF };
	else if (rdl__accept(p, RDL_T_NUMBERTYPE))
		udp->prop->type = type_int;
	else
		udp->prop->type = rdl__parse_data_type(p);
	if (rdl__parse_array_suffix(p))
		udp->prop->type.array = true;
}

static void parse_udp_components(struct rdl_parser *p, struct udp *udp)
{
	do {
		if (rdl__accept(p, RDL_T_ALL)) {
			udp->prop->kinds |= RDL_ON_ALL | RDL_ON(RDL_CONSTRAINT);
		} else if (rdl__accept(p, RDL_T_CONSTRAINT)) {
			udp->prop->kinds |= RDL_ON(RDL_CONSTRAINT);
		} else if (rdl__component_kind(p) != RDL_ROOT) {
			udp->prop->kinds |= RDL_ON(rdl__component_kind(p));
			rdl__advance(p);
		} else {
			rdl__unexpected(p, "a kind of component");
		}
	} while (rdl__accept(p, RDL_T_OR));
}

static bool once(struct rdl_parser *p, bool *had, uint32_t loc, const char *what)
{
	if (*had)
		rdl_error(p->ctx, loc, "'%s' is given twice", what);
	*had = true;
	return rdl__expect(p, RDL_T_ASSIGN);
}

static void parse_udp_attr(struct rdl_parser *p, struct udp *udp)
{
	uint32_t loc = p->tok.loc;

	if (rdl__accept(p, RDL_T_TYPE)) {
		if (once(p, &udp->has_type, loc, "type"))
			parse_udp_type(p, udp);
	} else if (rdl__accept(p, RDL_T_COMPONENT)) {
		if (once(p, &udp->has_components, loc, "component"))
			parse_udp_components(p, udp);
	} else if (rdl__accept(p, RDL_T_DEFAULT)) {
		if (once(p, &udp->has_default, loc, "default"))
			udp->prop->preset = rdl__parse_expr(p);
	} else if (rdl__accept(p, RDL_T_CONSTRAINT)) {
		if (once(p, &udp->has_constraint, loc, "constraint"))
			udp->prop->componentwidth = rdl__expect(p, RDL_T_COMPONENTWIDTH);
	} else {
		rdl__unexpected(p, "'type', 'component', 'default' or 'constraint'");
	}
	rdl__expect(p, RDL_T_SEMI);
}

static bool udp_good(struct rdl_parser *p, const struct udp *udp, const struct rdl_sym *name)
{
	const struct rdl_prop *prop = udp->prop;

	if (!udp->has_type)
		rdl_error(p->ctx, prop->loc, "property '%s' has no type", prop->name);
	else if (!udp->has_components)
		rdl_error(p->ctx, prop->loc, "property '%s' has no component", prop->name);
	else if (prop->componentwidth && (prop->type.kind != RDL_TYPE_INT || prop->type.array))
		rdl_error(p->ctx, prop->loc,
			  "only a property of type bit can be limited to "
			  "its component's width");
	else if (name->prop && name->prop->id != RDL_PROP_USER)
		rdl_report(p->ctx, RDL_CHECK_DUPLICATE_NAME, prop->loc,
			   "'%s' is a property of SystemRDL itself", prop->name);
	else if (name->prop) {
		rdl_report(p->ctx, RDL_CHECK_DUPLICATE_NAME, prop->loc,
			   "property '%s' is defined twice", prop->name);
		rdl_note(p->ctx, name->prop->loc, "the first is here");
	} else {
		return !prop->preset ||
		       rdl_expr_check(p->ctx, prop->preset, prop->type,
				      rdl_format(&p->ctx->arena, "property '%s'", prop->name));
	}
	return false;
}

void rdl__parse_udp(struct rdl_parser *p)
{
	struct udp udp = { .prop = rdl_alloc(&p->ctx->arena, sizeof(*udp.prop)) };
	struct rdl_sym *name;

	if (p->ctx->scope->depth != 1)
		rdl_error(p->ctx, p->tok.loc, "properties are defined in the root scope only");
	rdl__advance(p);
	name = rdl__ident(p, &udp.prop->loc);
	rdl__expect(p, RDL_T_LBRACE);
	do {
		parse_udp_attr(p, &udp);
	} while (rdl__block_goes_on(p));
	if (!rdl__expect(p, RDL_T_RBRACE) || !name)
		return;
	udp.prop->name = name->name;
	udp.prop->id = RDL_PROP_USER;
	udp.prop->dynamic = true;
	if (udp_good(p, &udp, name))
		name->prop = udp.prop;
}
