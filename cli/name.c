/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/name.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void name_of_ref(const struct regdb *db, const struct regdb_ref *ref, char *buf, size_t size)
{
	if (ref->node == REGDB_NONE || regdb_path_format(db, ref, buf, size) < 0)
		snprintf(buf, size, "0x%08" PRIx64, ref->addr);
}

void name_of_item(const struct regdb *db, const struct regset_item *item, char *buf,
		  size_t size)
{
	uint32_t width =
		item->ref.node == REGDB_NONE ? 32 : regdb_node(db, item->ref.node)->width;
	size_t len;

	name_of_ref(db, &item->ref, buf, size);
	len = strlen(buf);
	if (item->field != REGDB_NONE)
		snprintf(buf + len, size - len, ".%s",
			 regdb_str(db, regdb_field(db, item->field)->name));
	else if (item->lsb != 0 || item->width < width)
		snprintf(buf + len, size - len, "[%" PRIu32 ":%" PRIu32 "]",
			 item->lsb + item->width - 1, item->lsb);
}

void name_of_address(const struct regdb *db, uint64_t addr, char *buf, size_t size)
{
	struct regdb_ref ref;
	size_t len;

	if (db == NULL || regdb_find_addr(db, addr, &ref, 1) == 0) {
		snprintf(buf, size, "0x%08" PRIx64, addr);
		return;
	}
	name_of_ref(db, &ref, buf, size);
	len = strlen(buf);
	if (addr != ref.addr)
		snprintf(buf + len, size - len, "+%" PRIu64, addr - ref.addr);
}

void name_of_device(const struct board *board, const struct device *dev, char *buf, size_t size)
{
	buf[0] = '\0';
	if (dev != board_device_at(board, 0))
		snprintf(buf, size, "%s/", device_name(dev));
}

const char *name_of_value(const struct regdb *db, uint32_t field, uint64_t value)
{
	uint32_t row;

	if (field == REGDB_NONE)
		return NULL;
	row = regdb_enum_of(db, regdb_field(db, field), value);
	return row != REGDB_NONE ? regdb_str(db, regdb_enumerator(db, row)->name) : NULL;
}

void name_of_bits(uint32_t lsb, uint32_t width, char *buf, size_t size)
{
	if (width == 1)
		snprintf(buf, size, "%" PRIu32, lsb);
	else
		snprintf(buf, size, "%" PRIu32 ":%" PRIu32, lsb + width - 1, lsb);
}

const char *name_of_sw(uint8_t access)
{
	static const char *const names[] = {
		[REGDB_ACCESS_NA] = "na", [REGDB_ACCESS_R] = "r",   [REGDB_ACCESS_W] = "w",
		[REGDB_ACCESS_RW] = "rw", [REGDB_ACCESS_W1] = "w1", [REGDB_ACCESS_RW1] = "rw1",
	};

	return access < sizeof(names) / sizeof(names[0]) ? names[access] : "na";
}

const char *name_of_onread(uint8_t onread)
{
	static const char *const names[] = {
		[REGDB_ONREAD_NONE] = NULL,
		[REGDB_ONREAD_RCLR] = "rclr",
		[REGDB_ONREAD_RSET] = "rset",
		[REGDB_ONREAD_RUSER] = "ruser",
	};

	return onread < sizeof(names) / sizeof(names[0]) ? names[onread] : NULL;
}

const char *name_of_onwrite(uint8_t onwrite)
{
	static const char *const names[] = {
		[REGDB_ONWRITE_NONE] = NULL,     [REGDB_ONWRITE_WOSET] = "woset",
		[REGDB_ONWRITE_WOCLR] = "woclr", [REGDB_ONWRITE_WOT] = "wot",
		[REGDB_ONWRITE_WZS] = "wzs",     [REGDB_ONWRITE_WZC] = "wzc",
		[REGDB_ONWRITE_WZT] = "wzt",     [REGDB_ONWRITE_WCLR] = "wclr",
		[REGDB_ONWRITE_WSET] = "wset",   [REGDB_ONWRITE_WUSER] = "wuser",
	};

	return onwrite < sizeof(names) / sizeof(names[0]) ? names[onwrite] : NULL;
}

const char *name_of_kind(uint8_t kind)
{
	static const char *const names[] = {
		[REGDB_ADDRMAP] = "addrmap",
		[REGDB_REGFILE] = "regfile",
		[REGDB_REG] = "reg",
		[REGDB_MEM] = "mem",
	};

	return kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "unknown";
}

static void add_word(char *buf, size_t size, const char *word)
{
	size_t len = strlen(buf);

	if (word != NULL)
		snprintf(buf + len, size - len, "%s%s", len > 0 ? " " : "", word);
}

void name_of_access(const struct regdb_field *field, char *buf, size_t size)
{
	const uint32_t flags = field->flags;
	const bool sticky = (flags & (REGDB_FIELD_STICKY | REGDB_FIELD_STICKYBIT)) != 0;
	const bool shot = (flags & REGDB_FIELD_HWCLR) != 0 && field->sw == REGDB_ACCESS_RW;

	snprintf(buf, size, "%s", name_of_sw(field->sw));
	add_word(buf, size, name_of_onread(field->onread));
	add_word(buf, size, name_of_onwrite(field->onwrite));
	if ((flags & REGDB_FIELD_SINGLEPULSE) != 0)
		add_word(buf, size, "one-shot");
	if (shot)
		add_word(buf, size, "self-clearing");
	if (sticky)
		add_word(buf, size, "sticky");
	if ((flags & REGDB_FIELD_COUNTER) != 0)
		add_word(buf, size, "counter");
	if ((flags & REGDB_FIELD_VOLATILE) != 0 && !sticky && !shot &&
	    (flags & REGDB_FIELD_COUNTER) == 0)
		add_word(buf, size, "volatile");
	if ((flags & REGDB_FIELD_DANGEROUS) != 0)
		add_word(buf, size, "dangerous");
}

void name_of_node_access(const struct regdb_node *node, char *buf, size_t size)
{
	buf[0] = '\0';
	if (node->width > 64)
		add_word(buf, size, "wide");
	else if (node->m_read != 0 && node->m_write != 0)
		add_word(buf, size, "rw");
	else
		add_word(buf, size, node->m_write != 0 ? "w" : "r");
	if ((node->flags & REGDB_NODE_READ_EFFECT) != 0)
		add_word(buf, size, "read-effect");
	if ((node->flags & REGDB_NODE_VOLATILE) != 0)
		add_word(buf, size, "volatile");
	if ((node->flags & REGDB_NODE_DANGEROUS) != 0)
		add_word(buf, size, "dangerous");
	if ((node->flags & REGDB_NODE_ALIAS) != 0)
		add_word(buf, size, "alias");
}
