/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Damaged databases.  Input that begins with 0 is a blob; any other is a list of patches (offset,
 * value: 2 bytes each, little-endian) to the sample map's blob.  The hash is put right, so that
 * the checks behind it are reached.  What opens must be safe to use in every way.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"
#include "regmaps/regdb/regpath.h"
#include "tests/lib/sample_map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void *make_blob(const uint8_t *data, size_t size, size_t *blob_size)
{
	if (data[0] == 0) {
		void *blob = malloc(size);
		if (!blob)
			abort();
		memcpy(blob, data + 1, size - 1);
		*blob_size = size - 1;
		return blob;
	}
	uint8_t *blob = sample_map_blob(blob_size);
	for (size_t i = 1; i + 4 <= size; i += 4) {
		size_t offset = (data[i] | data[i + 1] << 8) % *blob_size;
		blob[offset] = data[i + 2];
		blob[(offset + 1) % *blob_size] ^= data[i + 3];
	}
	return blob;
}

static void use_node(const struct regdb *db, uint32_t i)
{
	const struct regdb_node *node = regdb_node(db, i);
	const char *name = regdb_str(db, node->name);
	struct regdb_ref refs[3];
	char path[64];

	regdb_prop_find(db, node->first_prop, node->n_props, "x");
	if (i > 0 && regdb_child_find(db, node->parent, name, strlen(name)) != i)
		abort();
	for (uint32_t f = node->first_field; f < node->first_field + node->n_fields; f++) {
		const struct regdb_field *field = regdb_field(db, f);
		regdb_field_find(db, i, regdb_str(db, field->name), 3);
		regdb_enum_of(db, field, 1);
		regdb_prop_find(db, field->first_prop, field->n_props, "source");
	}
	size_t n = regdb_find_addr(db, node->offset, refs, 3);
	for (size_t r = 0; r < n && r < 3; r++) {
		regdb_path_format(db, &refs[r], path, sizeof(path));
		if (regdb_ref_addr(db, &refs[r]) != refs[r].addr)
			abort();
	}
}

static void ignore(void *arg, const char *text)
{
	(void)arg;
	(void)text;
}

static void use(const struct regdb *db)
{
	struct regset *set;
	struct regset_item item;
	struct regset_pos pos = { 0 };
	struct error err = { 0 };

	for (uint32_t i = 0; i < regdb_n_nodes(db) && i < 1000; i++)
		use_node(db, i);
	regpath_complete(db, "", 100, ignore, NULL);
	regpath_complete(db, "t", 100, ignore, NULL);
	regpath_resolve(db, "NEARLY", 0, &err, &set);
	if (regpath_resolve(db, "*", REGPATH_PATTERN, &err, &set) < 0)
		return;
	while (pos.n < 500 && regset_next(set, &pos, &item)) {
		if (regdb_find_addr(db, item.ref.addr, NULL, 0) == 0)
			abort();
	}
	regset_free(set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = { 0 };
	struct regdb *db;
	size_t blob_size;

	if (size == 0)
		return 0;
	void *blob = make_blob(data, size, &blob_size);
	if (blob_size >= sizeof(struct regdb_header)) {
		uint64_t hash = regdb__hash(blob, blob_size);
		memcpy((char *)blob + offsetof(struct regdb_header, hash), &hash, sizeof(hash));
	}
	if (regdb_open_owned(blob, blob_size, &err, &db) < 0)
		return 0;
	use(db);
	regdb_close(db);
	return 0;
}
