/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"
#include "regmaps/regdb/regpath_priv.h"

static int unknown_enumerator(const struct regdb *db, const struct regdb_field *field,
			      const char *text, struct error *err)
{
	char list[256] = "";
	size_t n = 0;

	for (uint32_t i = 0; i < field->n_enums && n < sizeof(list) - 48; i++) {
		const char *name = db->strings + db->enums[field->first_enum + i].name;
		int len = snprintf(list + n, sizeof(list) - n, "%s%.40s", i ? ", " : "", name);
		n += (size_t)len;
		if (n >= sizeof(list) - 48 && i + 1 < field->n_enums)
			memcpy(list + n, ", ...", sizeof(", ..."));
	}
	return error_set(err, E_SYNTAX, "%.64s is neither a number nor a value of %s (%s)",
			 text, db->strings + field->name, list);
}

static int parse_name(const struct regdb *db, uint32_t field, const char *text,
		      struct error *err, uint64_t *value)
{
	if (field == REGDB_NONE)
		return error_set(err, E_SYNTAX, "\"%.64s\" is not a number", text);
	const struct regdb_field *row = regdb_field(db, field);
	if (row->n_enums == 0)
		return error_set(err, E_SYNTAX,
				 "\"%.64s\" is not a number; %s has no names for its values",
				 text, db->strings + row->name);
	uint32_t found = regdb_enum_find(db, row, text, strlen(text));
	if (found == REGDB_NONE)
		return unknown_enumerator(db, row, text, err);
	*value = db->enums[found].value;
	return 0;
}

int regvalue_parse(const struct regdb *db, uint32_t field, uint32_t width, const char *text,
		   struct error *err, uint64_t *value)
{
	const char *end = text;
	uint64_t v = 0;
	int ret = regpath__number(&end, &v);

	if (ret == E_SYNTAX || *end) {
		ret = parse_name(db, field, text, err, &v);
		if (ret < 0)
			return ret;
	}
	if (ret == E_RANGE || (width < 64 && v >> width))
		return error_set(err, E_RANGE, "%.64s does not fit %u bit%s", text,
				 width < 64 ? width : 64, width == 1 ? "" : "s");
	*value = v;
	return 0;
}
