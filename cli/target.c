/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/target.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/name.h"

/* "btc/" is all of a device, "btc" a slip. */
static int resolve(const struct call *call, const char *text, unsigned flags, struct error *err,
		   struct target *target)
{
	char device[64], all[80];
	struct device *dev;
	int ret;

	if (regpath_device(text, device, sizeof(device))[0] == '\0' && device[0] != '\0' &&
	    (flags & REGPATH_PATTERN) != 0) {
		snprintf(all, sizeof(all), "%s/*", device);
		text = all;
	}
	ret = reg_resolve(call->board, text, flags, err, &target->dev, &target->set);
	if (ret == E_NOTFOUND && board_device(call->board, text, NULL, &dev) == 0)
		return error_set(err, E_NOTFOUND, "%s is a device; %s/* are its registers",
				 text, text);
	return ret;
}

int target_resolve(const struct call *call, const char *text, unsigned flags, struct error *err,
		   struct target *target)
{
	int ret;

	memset(target, 0, sizeof(*target));
	ret = resolve(call, text, flags, err, target);
	if (ret != 0)
		return ret;
	target->db = device_map(target->dev);
	name_of_device(call->board, target->dev, target->prefix, sizeof(target->prefix));
	return 0;
}

void target_fini(struct target *target)
{
	regset_free(target->set);
	target->set = NULL;
}

/* A * or ? outside of an index, or all of a device: "btc/". */
static bool has_wildcard(const char *text)
{
	bool inside = false;

	if (text[0] != '\0' && text[strlen(text) - 1] == '/')
		return true;

	for (; *text != '\0'; text++) {
		if (*text == '[' || *text == ']')
			inside = *text == '[';
		else if (!inside && (*text == '*' || *text == '?'))
			return true;
	}
	return false;
}

int targets_resolve(const struct call *call, struct error *err, struct target **out)
{
	const size_t n = call->args.n_operands;
	struct target *targets = calloc(n + 1, sizeof(*targets));
	int ret = 0;

	if (targets == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	for (size_t i = 0; ret == 0 && i < n; i++) {
		const char *text = call->args.operands[i];
		const unsigned many = has_wildcard(text) ? REGPATH_PATTERN : 0;

		ret = target_resolve(call, text, REGPATH_FIELD | many, err, &targets[i]);
	}
	if (ret == 0)
		*out = targets;
	else
		targets_free(targets, n);
	return ret;
}

void targets_free(struct target *targets, size_t n)
{
	for (size_t i = 0; targets != NULL && i < n; i++)
		target_fini(&targets[i]);
	free(targets);
}

uint32_t item_width(const struct regdb *db, const struct regset_item *item)
{
	return item->ref.node == REGDB_NONE ? 32 : regdb_node(db, item->ref.node)->width;
}

bool item_is_whole(const struct regdb *db, const struct regset_item *item)
{
	return item->field == REGDB_NONE && item->lsb == 0 &&
	       item->width >= item_width(db, item);
}

static uint64_t low_bits(uint32_t width)
{
	return width >= 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
}

uint64_t item_mask(const struct regset_item *item)
{
	return item->lsb < 64 ? low_bits(item->width) << item->lsb : 0;
}

uint64_t item_extract(const struct regset_item *item, uint64_t value)
{
	return item->lsb < 64 ? (value >> item->lsb) & low_bits(item->width) : 0;
}

int item_value(const struct regdb *db, const struct regset_item *item, const char *text,
	       struct error *err, uint64_t *value)
{
	char name[NAME_MAX_BYTES];
	int ret = regvalue_parse(db, item->field, item->width, text, err, value);

	if (ret != 0) {
		name_of_item(db, item, name, sizeof(name));
		error_prefix(err, "%s", name);
	}
	return ret;
}

int split_setting(const char *text, const char *operator, struct error * err, char **path,
		  const char **value)
{
	const size_t len = strcspn(text, "=");
	const size_t signs = strspn(text + len, "=");

	if (len == 0 || signs != strlen(operator) || text[len + signs] == '\0')
		return error_set(err, E_SYNTAX, "\"%s\" is not NAME%sVALUE", text, operator);
	*path = strndup(text, len);
	if (*path == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	*value = text + len + signs;
	return 0;
}

const char *status_name(enum bus_op_status status)
{
	switch (status) {
	case BUS_OP_DONE:
		return "done";
	case BUS_OP_FAILED:
		return "failed";
	case BUS_OP_UNKNOWN:
		return "unknown";
	case BUS_OP_NOT_RUN:
		break;
	}
	return "not-run";
}

void fields_table(struct out_record *record, const struct regdb *db, uint32_t node,
		  uint64_t value, uint64_t mask)
{
	static const struct out_column columns[] = {
		{ NULL, "BITS", OUT_RIGHT },
		{ "name", "FIELD", 0 },
		{ "lsb", NULL, 0 },
		{ "width_bits", NULL, 0 },
		{ "value", "VALUE", OUT_RIGHT },
		{ "enumerator", "MEANING", OUT_UNLESS_EMPTY },
	};
	const struct regdb_node *row = regdb_node(db, node);
	struct out_table *table =
		out_table(record, "fields", columns, sizeof(columns) / sizeof(columns[0]));
	char bits[32];

	for (uint32_t i = row->first_field + row->n_fields; i-- > row->first_field;) {
		const struct regdb_field *field = regdb_field(db, i);
		const struct regset_item item = { .field = i,
						  .lsb = field->lsb,
						  .width = field->width };
		const uint64_t part = item_extract(&item, value);
		const char *name = name_of_value(db, i, part);

		if ((item_mask(&item) & mask) == 0)
			continue;
		name_of_bits(field->lsb, field->width, bits, sizeof(bits));
		out_row(table, (const struct out_cell[]){
				       out_text(bits),
				       out_styled(OUT_STYLE_NAME,
						  out_lasting(regdb_str(db, field->name))),
				       out_uint(field->lsb),
				       out_uint(field->width),
				       out_hex(part, 0),
				       name != NULL ? out_text(name) : out_null(),
			       });
	}
}

/* The first dangerous register that a target selects; false: none. */
static bool find_dangerous(const struct target *target, struct regset_item *item)
{
	struct regset_pos pos = { 0 };

	while (regset_next(target->set, &pos, item))
		if (item->ref.node != REGDB_NONE &&
		    (regdb_node(target->db, item->ref.node)->flags & REGDB_NODE_DANGEROUS) != 0)
			return true;
	return false;
}

/* What software cannot write is refused before anybody is asked. */
static int check_writable(const struct target *target, struct error *err)
{
	struct regset_pos pos = { 0 };
	struct regset_item item;
	char name[NAME_MAX_BYTES];

	while (regset_next(target->set, &pos, &item)) {
		const struct regdb_node *node = item.ref.node != REGDB_NONE
							? regdb_node(target->db, item.ref.node)
							: NULL;

		if (node == NULL || node->width > 64 || (node->m_write & item_mask(&item)) != 0)
			continue;
		name_of_item(target->db, &item, name, sizeof(name));
		return error_set(err, E_POLICY, "%s%s is read-only%s", target->prefix, name,
				 regset_count(target->set) > 1 ? "; nothing was written" : "");
	}
	return 0;
}

int confirm_writes(struct call *call, const struct target *targets, size_t n, unsigned *flags,
		   struct error *err)
{
	char question[NAME_MAX_BYTES + 64], name[NAME_MAX_BYTES];
	struct regset_item item;
	uint64_t registers = 0;
	bool many = false, dangerous = false;
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < n; i++)
		ret = check_writable(&targets[i], err);
	if (ret != 0)
		return ret;
	for (size_t i = 0; i < n; i++) {
		many = many || regset_is_many(targets[i].set) ||
		       regset_count(targets[i].set) > 1;
		registers += regset_count(targets[i].set);
		if (dangerous || !find_dangerous(&targets[i], &item))
			continue;
		name_of_ref(targets[i].db, &item.ref, name, sizeof(name));
		dangerous = true;
	}
	if (dangerous)
		snprintf(question, sizeof(question), "writing %s, which is dangerous,", name);
	else
		snprintf(question, sizeof(question), "writing a pattern (%" PRIu64 " matches)",
			 registers);
	if (!dangerous && !many)
		return 0;
	if (dangerous)
		*flags |= REG_DANGEROUS;
	return session_confirm(call->session, &call->options, question, err);
}
