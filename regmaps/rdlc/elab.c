/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Elaboration: definitions become nodes, expressions become values. A component's
 * properties come, each overriding the one before, from the defaults around its
 * definition, its body, the `= reset` of its instance, and dynamic assignments from
 * the inside out (5.1.3).
 */
#include <string.h>

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/expr.h"
#include "regmaps/rdlc/node.h"
#include "regmaps/rdlc/rdlc_priv.h"

#define MAX_LEVELS   64
#define MAX_ELEMENTS UINT32_MAX

/* A dynamic assignment on its way down: at steps are behind it, the last of them took
 * one element of an array or (ALL_ELEMENTS) all. */
struct pending {
	struct pending *next;
	const struct rdl_dynamic *dynamic;
	uint32_t at;
	uint64_t element;
};

#define ALL_ELEMENTS UINT64_MAX

struct elab {
	struct rdlc *ctx;
	unsigned level;
};

static bool excludes(const struct rdl_prop *a, const struct rdl_prop *b)
{
	return a == b || (a->group && a->group == b->group);
}

static void put(struct rdl_node *node, const struct rdl_prop *prop,
		const struct rdl_value *value, uint32_t loc)
{
	uint16_t n = 0;

	for (uint16_t i = 0; i < node->n_props; i++)
		if (!excludes(node->prop[i].prop, prop))
			node->prop[n++] = node->prop[i];
	node->prop[n++] = (struct rdl_node_prop){ prop, value, loc };
	node->n_props = n;
}

static const struct rdl_value *assigned_value(struct rdlc *ctx, const struct rdl_assign *assign,
					      const struct rdl_node *node)
{
	static const struct rdl_value yes = { .type = { .kind = RDL_TYPE_BOOL },
					      .width = 1,
					      .u.num = 1 };
	static const struct rdl_value none = { .type = { .kind = RDL_TYPE_NONE } };
	const struct rdl_expr *expr = assign->expr;

	if (!expr && assign->prop->id == RDL_PROP_USER) {
		expr = assign->prop->preset;
		if (!expr)
			return &none;
	}
	return expr ? rdl_expr_eval(ctx, expr, assign->type, node) : &yes;
}

static void apply(struct rdlc *ctx, struct rdl_node *node, const struct rdl_assign *assign)
{
	const struct rdl_value *value = assigned_value(ctx, assign, node);

	if (value)
		put(node, assign->prop, value, assign->loc);
}

/* How many properties the node may get, at most. */
static size_t count_props(const struct rdl_node *node, const struct pending *from_above)
{
	size_t n = 1;

	for (const struct rdl_assign *a = node->def->assigns; a; a = a->next)
		n++;
	for (; from_above; from_above = from_above->next)
		n++;
	return n;
}

static void elab_props(struct rdlc *ctx, struct rdl_node *node,
		       const struct pending *from_above)
{
	size_t max = count_props(node, from_above);
	const struct rdl_value *reset;

	if (max > UINT16_MAX)
		rdl_fatal(ctx, node->loc, "'%s' has too many properties", node->name->name);
	node->prop = rdl_alloc(&ctx->arena, max * sizeof(*node->prop));
	for (const struct rdl_assign *a = node->def->assigns; a; a = a->next)
		apply(ctx, node, a);
	if (node->inst->reset) {
		reset = rdl_expr_eval(ctx, node->inst->reset,
				      (struct rdl_type){ .kind = RDL_TYPE_INT }, node);
		if (reset)
			put(node, &rdl_props[RDL_PROP_RESET], reset, node->inst->reset->loc);
	}
	for (; from_above; from_above = from_above->next)
		if (from_above->at == from_above->dynamic->way.n)
			apply(ctx, node, &from_above->dynamic->assign);
	rdl_node_index(node);
	if (rdl_node_value(node, RDL_PROP_ISPRESENT) &&
	    !rdl_node_true(node, RDL_PROP_ISPRESENT))
		node->absent = true;
}

static bool holds_reference(const struct rdl_value *value)
{
	if (value->type.array || value->type.kind == RDL_TYPE_STRUCT) {
		for (uint32_t i = 0; i < value->width; i++)
			if (holds_reference(&value->u.item[i]))
				return true;
		return false;
	}
	return value->type.kind == RDL_TYPE_COMP || value->type.kind == RDL_TYPE_PROPREF;
}

static void elab_params(struct rdlc *ctx, struct rdl_node *node)
{
	const struct rdl_vec *params = &node->def->params;

	if (!params->n)
		return;
	node->params = rdl_alloc(&ctx->arena, params->n * sizeof(struct rdl_value *));
	for (const struct rdl_param_value *v = node->inst->params; v; v = v->next)
		if (!node->params[v->param->index])
			node->params[v->param->index] =
				rdl_expr_eval(ctx, v->expr, v->param->type, node->parent);
	for (uint32_t i = 0; i < params->n; i++) {
		const struct rdl_param *param = params->at[i];

		if (!node->params[i] && param->preset && !rdl_param_given(node->inst, param))
			node->params[i] = rdl_expr_eval(ctx, param->preset, param->type, node);
		if (node->params[i] && holds_reference(node->params[i]))
			rdl_error(ctx, node->loc,
				  "parameter '%s' of '%s' holds a reference to a component",
				  param->name->name, node->name->name);
	}
}

static bool number(struct rdlc *ctx, const struct rdl_expr *expr, const struct rdl_node *node,
		   uint64_t *value)
{
	return expr && rdl_expr_eval_u64(ctx, expr, node, value);
}

static bool number32(struct rdlc *ctx, const struct rdl_expr *expr, const struct rdl_node *node,
		     uint32_t *value)
{
	uint64_t full;

	if (!number(ctx, expr, node, &full))
		return false;
	if (full > UINT32_MAX / 2) {
		rdl_error(ctx, expr->loc, "%llu is too large here", (unsigned long long)full);
		return false;
	}
	*value = (uint32_t)full;
	return true;
}

static void elab_dims(struct rdlc *ctx, struct rdl_node *node)
{
	const struct rdl_vec *dims = &node->inst->dims;

	node->elements = 1;
	node->dims = rdl_alloc(&ctx->arena, (dims->n + 1) * sizeof(*node->dims));
	for (uint32_t i = 0; i < dims->n; i++) {
		const struct rdl_expr *expr = dims->at[i];
		uint64_t n = 1;

		if (number(ctx, expr, node, &n) && (!n || n > MAX_ELEMENTS / node->elements)) {
			rdl_report(ctx, RDL_CHECK_ARRAY_SIZE, expr->loc,
				   n ? "the array '%s' has too many elements"
				     : "the array '%s' has no elements",
				   node->name->name);
			n = 1;
		}
		node->dims[i] = n;
		node->elements *= n;
	}
	node->n_dims = dims->n;
}

static void elab_address(struct rdlc *ctx, struct rdl_node *node)
{
	const struct rdl_inst *inst = node->inst;

	node->elements = 1;
	if (!node->split)
		elab_dims(ctx, node);
	node->placed = number(ctx, inst->at, node, &node->offset);
	if (number(ctx, inst->stride, node, &node->stride) && !node->stride)
		rdl_report(ctx, RDL_CHECK_ARRAY_STRIDE, inst->stride->loc,
			   "the stride of '%s' must be greater than zero", node->name->name);
}

static void elab_vector(struct rdlc *ctx, struct rdl_node *node)
{
	const struct rdl_inst *inst = node->inst;
	uint32_t width = 0;

	if (inst->msb) {
		node->placed = number32(ctx, inst->msb, node, &node->msb);
		node->placed = number32(ctx, inst->lsb, node, &node->lsb) && node->placed;
		width = rdl_field_high(node) - rdl_field_low(node) + 1;
	} else if (inst->dims.n && number32(ctx, inst->dims.at[0], node, &width) && !width) {
		rdl_report(ctx, RDL_CHECK_FIELD_WIDTH, node->loc,
			   "the width of '%s' must be greater than zero", node->name->name);
		width = 1;
	}
	node->width = width;
}

static struct rdl_node *node_new(struct elab *el, const struct rdl_inst *inst,
				 struct rdl_node *parent)
{
	struct rdl_node *node;

	if (!el->ctx->nodes_left--)
		rdl_fatal(el->ctx, inst->loc, "the description has too many components");
	node = rdl_alloc(&el->ctx->arena, sizeof(*node));
	node->inst = inst;
	node->def = inst->def;
	node->parent = parent;
	node->name = inst->name;
	node->loc = inst->loc;
	node->kind = (uint8_t)inst->def->kind;
	node->absent = parent && parent->absent;
	return node;
}

static struct rdl_node *elab_node(struct elab *el, struct rdl_node *node,
				  const struct pending *from_above);

static void pend(struct rdlc *ctx, struct pending ***end, const struct pending *what)
{
	struct pending *item = rdl_alloc(&ctx->arena, sizeof(*item));

	*item = *what;
	item->next = NULL;
	**end = item;
	*end = &item->next;
}

/* The assignments for one child: those made here, then those from further out. */
static struct pending *pending_for(struct rdlc *ctx, const struct rdl_inst *child,
				   const struct pending *from_above)
{
	struct pending *list = NULL, **end = &list;

	for (const struct rdl_dynamic *d = child->dynamics; d; d = d->next)
		pend(ctx, &end, &(struct pending){ .dynamic = d, .at = 1 });
	for (; from_above; from_above = from_above->next) {
		const struct rdl_vec *way = &from_above->dynamic->way;

		if (from_above->at < way->n &&
		    ((const struct rdl_way *)way->at[from_above->at])->name == child->name)
			pend(ctx, &end,
			     &(struct pending){ .dynamic = from_above->dynamic,
						.at = from_above->at + 1 });
	}
	return list;
}

static const struct rdl_way *last_step(const struct pending *pending)
{
	return pending->dynamic->way.at[pending->at - 1];
}

static bool is_indexed(const struct pending *list)
{
	for (; list; list = list->next)
		if (last_step(list)->index.n)
			return true;
	return false;
}

/* Which element an assignment takes; false outside the array. */
static bool find_element(struct rdlc *ctx, const struct rdl_node *array,
			 struct pending *pending)
{
	const struct rdl_vec *index = &last_step(pending)->index;

	pending->element = index->n ? 0 : ALL_ELEMENTS;
	for (uint32_t i = 0; i < index->n; i++) {
		const struct rdl_expr *expr = index->at[i];
		uint64_t n;

		if (!rdl_expr_eval_u64(ctx, expr, array->parent, &n))
			return false;
		if (n >= array->dims[i]) {
			rdl_report(ctx, RDL_CHECK_REFERENCE_INDEX, expr->loc,
				   "the index of '%s' is outside its array", array->name->name);
			return false;
		}
		pending->element = pending->element * array->dims[i] + n;
	}
	return true;
}

static const struct rdl_sym *element_name(struct rdlc *ctx, const struct rdl_node *array,
					  uint64_t element)
{
	struct rdl_text name = { 0 };
	uint64_t below = array->elements;

	rdl_text_printf(&ctx->arena, &name, "%s", array->name->name);
	for (uint32_t i = 0; i < array->n_dims; i++) {
		below /= array->dims[i];
		rdl_text_printf(&ctx->arena, &name, "[%llu]",
				(unsigned long long)(element / below % array->dims[i]));
	}
	return rdl_intern(&ctx->arena, &ctx->syms, name.at, name.len);
}

static const struct pending *pending_of(struct rdlc *ctx, const struct pending *list,
					uint64_t element)
{
	struct pending *mine = NULL, **end = &mine;

	for (; list; list = list->next)
		if (list->element == ALL_ELEMENTS || list->element == element)
			pend(ctx, &end, list);
	return mine;
}

/* An array that some assignment goes into by index becomes one node for each element. */
static struct rdl_node **elab_split(struct elab *el, const struct rdl_inst *inst,
				    struct rdl_node *parent, struct pending *list,
				    struct rdl_node **last)
{
	struct rdl_node *array = node_new(el, inst, parent), *node;
	struct rdl_split *split = rdl_alloc(&el->ctx->arena, sizeof(*split));

	elab_dims(el->ctx, array);
	*split = (struct rdl_split){ array->n_dims, array->dims, array->elements, NULL };
	for (struct pending *p = list; p; p = p->next)
		if (!find_element(el->ctx, array, p))
			return last;
	for (uint64_t i = 0; i < split->elements; i++) {
		node = node_new(el, inst, parent);
		node->name = element_name(el->ctx, array, i);
		node->split = split;
		node->element = i;
		if (!split->first)
			split->first = node;
		*last = elab_node(el, node, pending_of(el->ctx, list, i));
		last = &node->next;
	}
	return last;
}

static void elab_children(struct elab *el, struct rdl_node *node,
			  const struct pending *from_above)
{
	struct rdl_node **last = &node->child;

	for (const struct rdl_inst *inst = node->def->insts; inst; inst = inst->next) {
		struct pending *list = pending_for(el->ctx, inst, from_above);

		if (is_indexed(list)) {
			last = elab_split(el, inst, node, list, last);
			continue;
		}
		*last = elab_node(el, node_new(el, inst, node), list);
		last = &(*last)->next;
	}
}

static struct rdl_node *elab_node(struct elab *el, struct rdl_node *node,
				  const struct pending *from_above)
{
	if (++el->level > MAX_LEVELS)
		rdl_fatal(el->ctx, node->loc, "components nested more than %d levels deep",
			  MAX_LEVELS);
	el->ctx->where = node;
	elab_params(el->ctx, node);
	elab_props(el->ctx, node, from_above);
	if (RDL_ON_ADDRESSABLE & RDL_ON(node->kind))
		elab_address(el->ctx, node);
	else
		elab_vector(el->ctx, node);
	elab_children(el, node, from_above);
	el->level--;
	return node;
}

/* External and internal: said by the instance, else by the outermost regfile that says
 * it, else internal; an alias is what its register is (10.5, 12.1). */
static void elab_external(struct rdl_node *node, enum rdl_external forced)
{
	enum rdl_external said = node->inst->external;

	switch (node->kind) {
	case RDL_ADDRMAP:
	case RDL_MEM:
		node->external = RDL_EXTERNAL_YES;
		break;
	case RDL_REG:
		if (!forced && !said && node->inst->alias_of)
			said = node->inst->alias_of->external;
		node->external = (uint8_t)(forced ? forced : said ? said : RDL_EXTERNAL_NO);
		break;
	case RDL_REGFILE:
		if (!forced)
			forced = said;
		node->external = (uint8_t)(forced ? forced : RDL_EXTERNAL_NO);
		break;
	case RDL_FIELD:
		node->external = node->parent->external;
		break;
	default:
		node->external = RDL_EXTERNAL_NO;
		break;
	}
	for (struct rdl_node *child = node->child; child; child = child->next)
		elab_external(child, forced);
}

struct rdl_node *rdl_elaborate(struct rdlc *ctx, const struct rdl_inst *top)
{
	struct elab el = { .ctx = ctx };
	struct rdl_inst *root_inst = rdl_alloc(&ctx->arena, sizeof(*root_inst));
	struct rdl_node *root, *node;

	root_inst->def = ctx->root;
	root_inst->name = rdl_intern(&ctx->arena, &ctx->syms, "$root", 5);
	root_inst->dynamics_end = &root_inst->dynamics;
	root = node_new(&el, root_inst, NULL);
	root->prop = rdl_alloc(&ctx->arena, sizeof(*root->prop));
	elab_children(&el, root, NULL);
	node = elab_node(&el, node_new(&el, top, root), NULL);
	node->placed = true;
	node->next = root->child;
	root->child = node;
	for (struct rdl_node *child = root->child; child; child = child->next)
		elab_external(child, RDL_EXTERNAL_UNSAID);
	return node;
}
