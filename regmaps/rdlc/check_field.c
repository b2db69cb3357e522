/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/check_priv.h"

#include "regmaps/rdlc/rdlc_priv.h"

static bool is_number(const struct rdl_value *value)
{
	return value && value->type.kind == RDL_TYPE_INT;
}

/* A report at the place of a property. */
static void wrong(struct rdlc *ctx, enum rdl_check check, const struct rdl_node *field,
		  enum rdl_prop_id id, const char *what)
{
	rdl_report(ctx, check, rdl_node_prop_loc(field, id), "field '%s' %s", field->name->name,
		   what);
}

void rdl__check_access(struct rdlc *ctx, const struct rdl_node *field)
{
	enum rdl_access sw = rdl_field_sw(field), hw = rdl_field_hw(field);

	if (hw == RDL_ACCESS_W1 || hw == RDL_ACCESS_RW1)
		wrong(ctx, RDL_CHECK_ACCESS_COMBINATION, field, RDL_PROP_HW,
		      "cannot be written once by hardware");
	if (sw == RDL_ACCESS_W && hw == RDL_ACCESS_W)
		wrong(ctx, RDL_CHECK_ACCESS_COMBINATION, field, RDL_PROP_SW,
		      "is written by both sides and read by none");
	else if (sw == RDL_ACCESS_NA)
		wrong(ctx, RDL_CHECK_ACCESS_COMBINATION, field, RDL_PROP_SW,
		      "is not accessible to software");
}

void rdl__check_reset(struct rdlc *ctx, const struct rdl_node *field)
{
	const struct rdl_value *reset = rdl_node_value(field, RDL_PROP_RESET);

	if (is_number(reset) && rdl_value_bits(reset) > field->width)
		rdl_report(ctx, RDL_CHECK_RESET_TOO_WIDE,
			   rdl_node_prop_loc(field, RDL_PROP_RESET),
			   "the reset value of '%s' needs %u bits, the field has %u",
			   field->name->name, rdl_value_bits(reset), field->width);
}

void rdl__check_encode(struct rdlc *ctx, const struct rdl_node *field)
{
	const struct rdl_value *value = rdl_node_value(field, RDL_PROP_ENCODE);
	const struct rdl_enum *type = value ? value->u.enumeration : NULL;

	for (uint32_t i = 0; type && i < type->n; i++) {
		const struct rdl_enumerator *item = &type->item[i];

		if (rdl_value_bits(&item->value) <= field->width)
			continue;
		if (rdl_report(ctx, RDL_CHECK_ENCODE_TOO_WIDE,
			       rdl_node_prop_loc(field, RDL_PROP_ENCODE),
			       "enumerator '%s' does not fit the %u bits of field '%s'",
			       item->name->name, field->width, field->name->name))
			rdl_note(ctx, item->loc, "'%s' is defined here", item->name->name);
		return;
	}
}

/* The first of some properties that is true, RDL_PROP_COUNT when none is. */
static enum rdl_prop_id first_true(const struct rdl_node *field, const enum rdl_prop_id *ids,
				   size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rdl_node_true(field, ids[i]))
			return ids[i];
	return RDL_PROP_COUNT;
}

static bool is_given(const struct rdl_node *field, enum rdl_prop_id id)
{
	return rdl_node_find(field, id);
}

void rdl__check_onread(struct rdlc *ctx, const struct rdl_node *field)
{
	static const enum rdl_prop_id ids[] = { RDL_PROP_RCLR, RDL_PROP_RSET };
	enum rdl_prop_id id = first_true(field, ids, 2);

	if (id == RDL_PROP_COUNT && is_given(field, RDL_PROP_ONREAD))
		id = RDL_PROP_ONREAD;
	if (id != RDL_PROP_COUNT && !rdl_access_reads(rdl_field_sw(field)))
		wrong(ctx, RDL_CHECK_ONREAD_ACCESS, field, id,
		      "has an effect on reading but cannot be read by software");
}

void rdl__check_onwrite(struct rdlc *ctx, const struct rdl_node *field)
{
	static const enum rdl_prop_id ids[] = { RDL_PROP_WOCLR, RDL_PROP_WOSET };
	enum rdl_prop_id id = first_true(field, ids, 2);

	if (id == RDL_PROP_COUNT && is_given(field, RDL_PROP_ONWRITE))
		id = RDL_PROP_ONWRITE;
	if (id != RDL_PROP_COUNT && !rdl_access_writes(rdl_field_sw(field)))
		wrong(ctx, RDL_CHECK_ONWRITE_ACCESS, field, id,
		      "has an effect on writing but cannot be written by software");
}

void rdl__check_swwe(struct rdlc *ctx, const struct rdl_node *field)
{
	static const enum rdl_prop_id ids[] = { RDL_PROP_SWWE, RDL_PROP_SWWEL };
	enum rdl_prop_id id = first_true(field, ids, 2);

	if (id != RDL_PROP_COUNT && !rdl_access_writes(rdl_field_sw(field)))
		wrong(ctx, RDL_CHECK_SWWE_ACCESS, field, id,
		      "has a software write enable but cannot be written by software");
}

void rdl__check_we(struct rdlc *ctx, const struct rdl_node *field)
{
	static const enum rdl_prop_id ids[] = { RDL_PROP_WE, RDL_PROP_WEL };
	enum rdl_prop_id id = first_true(field, ids, 2);

	if (id != RDL_PROP_COUNT && !rdl_access_writes(rdl_field_hw(field)))
		wrong(ctx, RDL_CHECK_WE_ACCESS, field, id,
		      "has a hardware write enable but cannot be written by hardware");
}

void rdl__check_next(struct rdlc *ctx, const struct rdl_node *field)
{
	if (is_given(field, RDL_PROP_NEXT) && !rdl_access_writes(rdl_field_hw(field)))
		wrong(ctx, RDL_CHECK_NEXT_ACCESS, field, RDL_PROP_NEXT,
		      "has a next value but cannot be written by hardware");
}

void rdl__check_singlepulse(struct rdlc *ctx, const struct rdl_node *field)
{
	const struct rdl_value *reset = rdl_node_value(field, RDL_PROP_RESET);
	enum rdl_onwrite onwrite = rdl_field_onwrite(field);
	const char *why = NULL;

	if (!rdl_node_true(field, RDL_PROP_SINGLEPULSE))
		return;
	if (field->width != 1)
		why = "must be one bit wide";
	else if (!is_number(reset) || !rdl_value_is_zero(reset))
		why = "needs a reset value of 0";
	else if (!rdl_access_writes(rdl_field_sw(field)))
		why = "must be writable by software";
	else if (onwrite == RDL_ONWRITE_WOCLR || onwrite == RDL_ONWRITE_WCLR)
		why = "cannot be cleared by writing it as well";
	if (why)
		rdl_report(ctx, RDL_CHECK_SINGLEPULSE,
			   rdl_node_prop_loc(field, RDL_PROP_SINGLEPULSE),
			   "the singlepulse field '%s' %s", field->name->name, why);
}

void rdl__check_counter(struct rdlc *ctx, const struct rdl_node *field)
{
	static const enum rdl_prop_id ids[] = {
		RDL_PROP_THRESHOLD,    RDL_PROP_SATURATE,  RDL_PROP_INCRTHRESHOLD,
		RDL_PROP_OVERFLOW,     RDL_PROP_UNDERFLOW, RDL_PROP_INCRSATURATE,
		RDL_PROP_INCR,         RDL_PROP_INCRVALUE, RDL_PROP_INCRWIDTH,
		RDL_PROP_DECR,         RDL_PROP_DECRVALUE, RDL_PROP_DECRWIDTH,
		RDL_PROP_DECRSATURATE,
	};

	if (rdl_node_true(field, RDL_PROP_COUNTER))
		return;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		if (!is_given(field, ids[i]))
			continue;
		rdl_report(ctx, RDL_CHECK_COUNTER_PROPERTY, rdl_node_prop_loc(field, ids[i]),
			   "field '%s' has '%s' but is not a counter", field->name->name,
			   rdl_props[ids[i]].name);
		return;
	}
}

static void check_counter_fit(struct rdlc *ctx, const struct rdl_node *field,
			      enum rdl_prop_id id)
{
	const struct rdl_value *value = rdl_node_value(field, id);
	bool width = id == RDL_PROP_INCRWIDTH || id == RDL_PROP_DECRWIDTH;
	uint32_t n;

	if (!is_number(value))
		return;
	n = rdl_node_u32(field, id, 0);
	if (width ? !n || n > field->width : rdl_value_bits(value) > field->width)
		rdl_report(ctx, RDL_CHECK_COUNTER_VALUE, rdl_node_prop_loc(field, id),
			   "'%s' does not fit the %u bits of counter '%s'", rdl_props[id].name,
			   field->width, field->name->name);
}

void rdl__check_counter_value(struct rdlc *ctx, const struct rdl_node *field)
{
	static const enum rdl_prop_id ids[] = {
		RDL_PROP_INCRVALUE,     RDL_PROP_DECRVALUE,    RDL_PROP_INCRWIDTH,
		RDL_PROP_DECRWIDTH,     RDL_PROP_THRESHOLD,    RDL_PROP_SATURATE,
		RDL_PROP_INCRTHRESHOLD, RDL_PROP_INCRSATURATE, RDL_PROP_DECRTHRESHOLD,
		RDL_PROP_DECRSATURATE,
	};

	if (!rdl_node_true(field, RDL_PROP_COUNTER))
		return;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		check_counter_fit(ctx, field, ids[i]);
	if (rdl_node_true(field, RDL_PROP_OVERFLOW) &&
	    (rdl_node_true(field, RDL_PROP_INCRSATURATE) ||
	     rdl_node_true(field, RDL_PROP_SATURATE)))
		wrong(ctx, RDL_CHECK_COUNTER_VALUE, field, RDL_PROP_OVERFLOW,
		      "saturates and never overflows");
	if (rdl_node_true(field, RDL_PROP_UNDERFLOW) &&
	    rdl_node_true(field, RDL_PROP_DECRSATURATE))
		wrong(ctx, RDL_CHECK_COUNTER_VALUE, field, RDL_PROP_UNDERFLOW,
		      "saturates and never underflows");
}

void rdl__check_intr(struct rdlc *ctx, const struct rdl_node *field)
{
	static const enum rdl_prop_id ids[] = { RDL_PROP_ENABLE, RDL_PROP_MASK,
						RDL_PROP_HALTENABLE, RDL_PROP_HALTMASK };

	if (rdl_node_true(field, RDL_PROP_INTR))
		return;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		if (is_given(field, ids[i]))
			rdl_report(ctx, RDL_CHECK_INTR_PROPERTY,
				   rdl_node_prop_loc(field, ids[i]),
				   "field '%s' has '%s' but is not an interrupt",
				   field->name->name, rdl_props[ids[i]].name);
}

void rdl__check_sticky(struct rdlc *ctx, const struct rdl_node *field)
{
	static const enum rdl_prop_id ids[] = { RDL_PROP_STICKY, RDL_PROP_STICKYBIT };
	static const enum rdl_prop_id enables[] = { RDL_PROP_WE, RDL_PROP_WEL };
	enum rdl_prop_id id = first_true(field, ids, 2);

	if (id == RDL_PROP_COUNT)
		return;
	if (id == RDL_PROP_STICKY &&
	    rdl_node_enum(field, RDL_PROP_INTR_TYPE, RDL_INTR_LEVEL) > RDL_INTR_LEVEL)
		wrong(ctx, RDL_CHECK_STICKY, field, id,
		      "latches edges; a whole field can be sticky by level only");
	if (first_true(field, enables, 2) != RDL_PROP_COUNT)
		wrong(ctx, RDL_CHECK_STICKY, field, id,
		      "is sticky and has a hardware write enable");
	if (!rdl_access_writes(rdl_field_hw(field)))
		wrong(ctx, RDL_CHECK_STICKY, field, id,
		      "is sticky but cannot be written by hardware");
}

/* 9.4.1, table 12, and what else makes hardware keep a value. */
static bool stores(const struct rdl_node *field)
{
	static const enum rdl_prop_id ids[] = {
		RDL_PROP_WE,      RDL_PROP_WEL,  RDL_PROP_HWSET,  RDL_PROP_HWCLR,
		RDL_PROP_COUNTER, RDL_PROP_INTR, RDL_PROP_STICKY, RDL_PROP_STICKYBIT,
	};

	return rdl_access_writes(rdl_field_sw(field)) || rdl_field_hw(field) == RDL_ACCESS_RW ||
	       rdl_field_onread(field) ||
	       first_true(field, ids, sizeof(ids) / sizeof(ids[0])) != RDL_PROP_COUNT;
}

void rdl__check_missing_reset(struct rdlc *ctx, const struct rdl_node *field)
{
	bool constant = !rdl_access_writes(rdl_field_hw(field));

	if (is_given(field, RDL_PROP_RESET) || field->parent->inst->alias_of ||
	    field->parent->parent->kind == RDL_MEM || (!stores(field) && !constant))
		return;
	rdl_report(ctx, RDL_CHECK_MISSING_RESET, field->loc, "field '%s' has no reset value",
		   field->name->name);
}
