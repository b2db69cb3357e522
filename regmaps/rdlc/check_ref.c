/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/check_priv.h"

#include "regmaps/rdlc/rdlc_priv.h"

static bool is_ref(const struct rdl_value *value)
{
	return !value->type.array &&
	       (value->type.kind == RDL_TYPE_COMP || value->type.kind == RDL_TYPE_PROPREF ||
		value->type.kind == RDL_TYPE_REF);
}

static const struct rdl_node *target(const struct rdl_node *node, const struct rdl_value *value)
{
	return rdl_node_resolve(node, value->u.path, NULL);
}

/* Calls a function for every reference among a value's items. */
static void each_ref(struct rdlc *ctx, const struct rdl_node *node,
		     const struct rdl_node_prop *prop, const struct rdl_value *value,
		     void (*fn)(struct rdlc *ctx, const struct rdl_node *node,
				const struct rdl_node_prop *prop,
				const struct rdl_value *value))
{
	if (value->type.array || value->type.kind == RDL_TYPE_STRUCT)
		for (uint32_t i = 0; i < value->width; i++)
			each_ref(ctx, node, prop, &value->u.item[i], fn);
	else if (is_ref(value))
		fn(ctx, node, prop, value);
}

static void ref_index(struct rdlc *ctx, const struct rdl_node *node,
		      const struct rdl_node_prop *prop, const struct rdl_value *value)
{
	const struct rdl_step *step = NULL;

	(void)prop;
	if (!rdl_node_resolve(node, value->u.path, &step) && step)
		rdl_report(ctx, RDL_CHECK_REFERENCE_INDEX, step->loc,
			   "the index of '%s' is outside its array", step->name->name);
}

/* Most values are plain. */
static bool may_hold_ref(const struct rdl_value *value)
{
	return value->type.kind >= RDL_TYPE_STRUCT;
}

void rdl__check_ref_index(struct rdlc *ctx, const struct rdl_node *node)
{
	for (unsigned i = 0; i < node->n_props; i++)
		if (may_hold_ref(node->prop[i].value))
			each_ref(ctx, node, &node->prop[i], node->prop[i].value, ref_index);
}

static void ref_absent(struct rdlc *ctx, const struct rdl_node *node,
		       const struct rdl_node_prop *prop, const struct rdl_value *value)
{
	const struct rdl_node *to = target(node, value);

	if (to && to->absent &&
	    rdl_report(ctx, RDL_CHECK_REFERENCE_ABSENT, prop->loc,
		       "property '%s' refers to '%s', which is not present", prop->prop->name,
		       to->name->name))
		rdl_note(ctx, to->loc, "'%s' is declared here", to->name->name);
}

void rdl__check_ref_absent(struct rdlc *ctx, const struct rdl_node *node)
{
	for (unsigned i = 0; i < node->n_props; i++)
		if (may_hold_ref(node->prop[i].value))
			each_ref(ctx, node, &node->prop[i], node->prop[i].value, ref_absent);
}

void rdl__check_ref_self(struct rdlc *ctx, const struct rdl_node *field)
{
	static const enum rdl_prop_id ids[] = { RDL_PROP_NEXT, RDL_PROP_RESET };

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		const struct rdl_value *value = rdl_node_value(field, ids[i]);
		bool reset = ids[i] == RDL_PROP_RESET;

		if (!value || !is_ref(value) || target(field, value) != field ||
		    (reset && value->u.path->prop))
			continue;
		rdl_report(ctx, RDL_CHECK_REFERENCE_SELF, rdl_node_prop_loc(field, ids[i]),
			   "field '%s' refers to itself in '%s'", field->name->name,
			   rdl_props[ids[i]].name);
	}
}

/* How wide a property's reference must be. */
enum width_rule {
	WIDTH_ANY,
	WIDTH_SAME, /* as the field */
	WIDTH_ONE,
	WIDTH_UP_TO, /* the field's */
};

static enum width_rule width_rule(enum rdl_prop_id id)
{
	switch (id) {
	case RDL_PROP_NEXT:
	case RDL_PROP_RESET:
	case RDL_PROP_HWENABLE:
	case RDL_PROP_HWMASK:
	case RDL_PROP_ENABLE:
	case RDL_PROP_MASK:
	case RDL_PROP_HALTENABLE:
	case RDL_PROP_HALTMASK:
	case RDL_PROP_THRESHOLD:
	case RDL_PROP_SATURATE:
	case RDL_PROP_INCRTHRESHOLD:
	case RDL_PROP_INCRSATURATE:
	case RDL_PROP_DECRTHRESHOLD:
	case RDL_PROP_DECRSATURATE:
		return WIDTH_SAME;
	case RDL_PROP_RESETSIGNAL:
	case RDL_PROP_SWWE:
	case RDL_PROP_SWWEL:
	case RDL_PROP_WE:
	case RDL_PROP_WEL:
	case RDL_PROP_HWCLR:
	case RDL_PROP_HWSET:
	case RDL_PROP_INCR:
	case RDL_PROP_DECR:
		return WIDTH_ONE;
	case RDL_PROP_INCRVALUE:
	case RDL_PROP_DECRVALUE:
		return WIDTH_UP_TO;
	default:
		return WIDTH_ANY;
	}
}

/* Bits that a reference carries, 0 when that is not known. */
static uint32_t ref_width(const struct rdl_node *to, const struct rdl_prop *prop)
{
	if (!prop)
		return to->width;
	switch (prop->ref) {
	case RDL_REF_VALUE:
		return to->width;
	case RDL_REF_ANY:
	case RDL_REF_NO:
		return 0;
	default:
		return 1;
	}
}

static bool width_good(enum width_rule rule, uint32_t width, uint32_t field)
{
	switch (rule) {
	case WIDTH_SAME:
		return width == field;
	case WIDTH_ONE:
		return width == 1;
	case WIDTH_UP_TO:
		return width <= field;
	default:
		return true;
	}
}

void rdl__check_ref_width(struct rdlc *ctx, const struct rdl_node *field)
{
	for (unsigned i = 0; i < field->n_props; i++) {
		const struct rdl_node_prop *prop = &field->prop[i];
		enum width_rule rule = width_rule(prop->prop->id);
		const struct rdl_node *to;
		uint32_t width;

		if (!rule || !is_ref(prop->value))
			continue;
		to = target(field, prop->value);
		width = to ? ref_width(to, prop->value->u.path->prop) : 0;
		if (!width || width_good(rule, width, field->width))
			continue;
		if (rdl_report(ctx, RDL_CHECK_REFERENCE_WIDTH, prop->loc,
			       "property '%s' of '%s' needs %s%u bits, '%s' has %u",
			       prop->prop->name, field->name->name,
			       rule == WIDTH_UP_TO ? "up to " : "",
			       rule == WIDTH_ONE ? 1 : field->width, to->name->name, width))
			rdl_note(ctx, to->loc, "'%s' is declared here", to->name->name);
	}
}

static bool is_set(const struct rdl_node *node, enum rdl_prop_id id)
{
	return rdl_node_true(node, id);
}

/* we or wel, swwe or swwel: naming one of a pair reaches the other. */
static enum rdl_prop_id partner(enum rdl_prop_id id)
{
	switch (id) {
	case RDL_PROP_WE:
		return RDL_PROP_WEL;
	case RDL_PROP_WEL:
		return RDL_PROP_WE;
	case RDL_PROP_SWWE:
		return RDL_PROP_SWWEL;
	case RDL_PROP_SWWEL:
		return RDL_PROP_SWWE;
	case RDL_PROP_THRESHOLD:
		return RDL_PROP_INCRTHRESHOLD;
	case RDL_PROP_INCRTHRESHOLD:
		return RDL_PROP_THRESHOLD;
	case RDL_PROP_SATURATE:
		return RDL_PROP_INCRSATURATE;
	case RDL_PROP_INCRSATURATE:
		return RDL_PROP_SATURATE;
	default:
		return id;
	}
}

static bool is_set_either(const struct rdl_node *node, enum rdl_prop_id id)
{
	return is_set(node, id) || is_set(node, partner(id));
}

static bool has_field_reset(const struct rdl_node *node)
{
	for (; node; node = node->parent)
		for (const struct rdl_node *s = node->child; s; s = s->next)
			if (s->kind == RDL_SIGNAL && is_set(s, RDL_PROP_FIELD_RESET))
				return true;
	return false;
}

static bool any_field(const struct rdl_node *reg, enum rdl_prop_id a, enum rdl_prop_id b)
{
	for (const struct rdl_node *field = reg->child; field; field = field->next)
		if (field->kind == RDL_FIELD && !field->absent &&
		    (is_set(field, a) || is_set(field, b)))
			return true;
	return false;
}

static const char *counter_problem(const struct rdl_node *to, enum rdl_prop_id id)
{
	if (!is_set(to, RDL_PROP_COUNTER))
		return "it is not a counter";
	switch (id) {
	case RDL_PROP_THRESHOLD:
	case RDL_PROP_INCRTHRESHOLD:
	case RDL_PROP_DECRTHRESHOLD:
		return is_set_either(to, id) ? NULL : "it has no such threshold";
	case RDL_PROP_OVERFLOW:
		return is_set_either(to, RDL_PROP_SATURATE) ? "it saturates" : NULL;
	case RDL_PROP_UNDERFLOW:
		return is_set(to, RDL_PROP_DECRSATURATE) ? "it saturates" : NULL;
	default:
		return NULL;
	}
}

static const char *any_problem(const struct rdl_node *to, enum rdl_prop_id id)
{
	enum rdl_prop_id width =
		id == RDL_PROP_INCRVALUE ? RDL_PROP_INCRWIDTH : RDL_PROP_DECRWIDTH;

	if (rdl_node_value(to, id))
		return NULL;
	return is_set(to, RDL_PROP_COUNTER) && !rdl_node_value(to, width)
		       ? NULL
		       : "its value was never set";
}

/* Why a property cannot be referenced there, NULL when it can. */
static const char *problem(const struct rdl_node *to, const struct rdl_prop *prop)
{
	switch (prop->ref) {
	case RDL_REF_COUNTER:
		return counter_problem(to, prop->id);
	case RDL_REF_VALUE:
		return rdl_node_value(to, prop->id) ? NULL : "its value was never set";
	case RDL_REF_ANY:
		return any_problem(to, prop->id);
	case RDL_REF_INPUT:
		if (prop->id == RDL_PROP_RESETSIGNAL && has_field_reset(to))
			return NULL;
		return is_set_either(to, prop->id) ? NULL : "it was never enabled";
	case RDL_REF_REG:
		if (prop->id == RDL_PROP_HALT)
			return any_field(to, RDL_PROP_HALTENABLE, RDL_PROP_HALTMASK)
				       ? NULL
				       : "no field has haltenable or haltmask";
		return any_field(to, RDL_PROP_INTR, RDL_PROP_INTR) ? NULL
								   : "no field is an interrupt";
	default:
		return NULL;
	}
}

#define MAX_CHAIN 1000

/* Follows references to values; true when they lead back to where they began. */
static bool is_circular(const struct rdl_node *field, const struct rdl_value *value)
{
	const struct rdl_node *first = target(field, value), *node = first;
	const struct rdl_prop *prop = value->u.path->prop;

	for (unsigned i = 0; i < MAX_CHAIN && node; i++) {
		value = rdl_node_value(node, prop->id);
		if (!value || value->type.kind != RDL_TYPE_PROPREF || value->type.array)
			return false;
		prop = value->u.path->prop;
		node = target(node, value);
		if (prop->ref != RDL_REF_VALUE && prop->ref != RDL_REF_ANY)
			return false;
		if (node == first)
			return true;
	}
	return false;
}

void rdl__check_ref_value(struct rdlc *ctx, const struct rdl_node *field)
{
	for (unsigned i = 0; i < field->n_props; i++) {
		const struct rdl_node_prop *prop = &field->prop[i];
		const struct rdl_value *value = prop->value;
		const struct rdl_node *to;
		const char *why;

		if (value->type.kind != RDL_TYPE_PROPREF || value->type.array)
			continue;
		to = target(field, value);
		why = to ? problem(to, value->u.path->prop) : NULL;
		if (!why && to && is_circular(field, value))
			why = "the references go round in a circle";
		if (why && rdl_report(ctx, RDL_CHECK_REFERENCE_VALUE, value->u.path->loc,
				      "'%s' of '%s' cannot be referenced: %s",
				      value->u.path->prop->name, to->name->name, why))
			rdl_note(ctx, to->loc, "'%s' is declared here", to->name->name);
	}
}
