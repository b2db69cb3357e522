/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The blob: a header, then sections, each 8-byte aligned, in the order of enum regdb_section,
 * without gaps other than the alignment.
 *
 * Nodes are numbered breadth first: the root is 0, and the children of node 0, 1, 2, ... follow
 * each other.  Fields follow the order of their registers, properties that of nodes, then fields,
 * dimensions that of the nodes.  Every index in the blob is therefore a running sum, which is
 * what regdb__check() relies on.
 */
#ifndef REGMAPS_REGDB_REGDB_PRIV_H
#define REGMAPS_REGDB_REGDB_PRIV_H

#include "regmaps/regdb/regdb.h"

#define REGDB_MAGIC      "SBREGDB"
#define REGDB_VERSION    1
#define REGDB_BYTE_ORDER 0x01020304U
#define REGDB_MAX_WIDTH  (1U << 20) /* bits of a register */

enum regdb_section {
	REGDB_SEC_NODES,
	REGDB_SEC_FIELDS,
	REGDB_SEC_ENUMS,
	REGDB_SEC_PROPS,
	REGDB_SEC_DIMS,  /* uint32_t */
	REGDB_SEC_REACH, /* uint64_t per node: largest end of it and its elder siblings */
	REGDB_SEC_KEYS,  /* uint32_t per node: hash of its path, case folded */
	REGDB_SEC_SLOTS, /* uint32_t: nodes by key, open addressing, a power of two of slots */
	REGDB_SEC_NAMES, /* uint32_t: nodes by folded name, name, number */
	REGDB_SEC_STRINGS,
	REGDB_N_SECTIONS,
};

struct regdb_extent {
	uint32_t offset; /* bytes from the start of the blob */
	uint32_t n;      /* rows */
};

struct regdb_header {
	char magic[8];
	uint32_t version, byte_order;
	uint64_t size; /* of the blob, bytes */
	uint64_t hash; /* of the blob with this member 0 */
	uint64_t origin, window, n_instances;
	struct regdb_extent section[REGDB_N_SECTIONS];
};

struct regdb {
	const struct regdb_header *header;
	const struct regdb_node *nodes;
	const struct regdb_field *fields;
	const struct regdb_enum *enums;
	const struct regdb_prop *props;
	const uint32_t *dims, *keys, *slots, *names;
	const uint64_t *reach;
	const char *strings;
	uint32_t slot_mask;
	void *owned;
};

/* Bytes of one row of a section. */
size_t regdb__row_size(enum regdb_section section);

/* Points @db at the sections of a blob whose header is right. */
void regdb__attach(struct regdb *db, const void *blob);

/* The whole file, malloc'd.  E_NODEV, E_PERM, E_IO, E_NOMEM. */
int regdb__read_file(const char *path, struct error *err, char **data, size_t *size);

/* Hash of a blob, taking the header's hash member as 0. */
uint64_t regdb__hash(const void *blob, size_t size);

/* E_CORRUPT when the header or the extents are wrong; everything else is regdb__check()'s. */
int regdb__check_header(const void *blob, size_t size, struct error *err);
int regdb__check(const struct regdb *db, struct error *err);

/* Sets origin, window and n_instances of @header. */
void regdb__summary(const struct regdb *db, struct regdb_header *header);

/*
 * Sets what follows from its fields: masks, reset and derived flags of a register.  Of a memory
 * m_read and m_write say whether they are 0.
 */
void regdb__derive(struct regdb_node *node, const struct regdb_field *fields);
bool regdb__can_read(uint8_t sw);
bool regdb__can_write(uint8_t sw);
bool regdb__field_is_volatile(const struct regdb_field *field);

/* Where the last element of @node ends, from the start of its parent. */
uint64_t regdb__span(const struct regdb_node *node);

/* Key of a child's path from its parent's key. */
uint32_t regdb__key(uint32_t parent_key, const char *name, size_t len);

/* Bytes of one entry of a memory. */
static inline uint64_t regdb__entry_size(const struct regdb_node *mem)
{
	return mem->size / mem->entries;
}

static inline unsigned char regdb__fold(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 'A' && u <= 'Z' ? (unsigned char)(u + 32) : u;
}

/* Compares the NUL-terminated @a with the @len bytes of @b, both folded, as strcmp does. */
int regdb__fold_cmp(const char *a, const char *b, size_t len);

/* The same, but a longer @a that starts with @b is equal. */
int regdb__prefix_cmp(const char *a, const char *b, size_t len);

/* Order of the name index: folded name, then exact name. */
int regdb__name_cmp(const char *a, const char *b);

#endif
