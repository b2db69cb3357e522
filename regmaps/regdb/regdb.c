/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regdb.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"

static const void *section(const struct regdb_header *header, enum regdb_section s)
{
	return (const char *)header + header->section[s].offset;
}

void regdb__attach(struct regdb *db, const void *blob)
{
	const struct regdb_header *header = blob;

	*db = (struct regdb){
		.header = header,
		.nodes = section(header, REGDB_SEC_NODES),
		.fields = section(header, REGDB_SEC_FIELDS),
		.enums = section(header, REGDB_SEC_ENUMS),
		.props = section(header, REGDB_SEC_PROPS),
		.dims = section(header, REGDB_SEC_DIMS),
		.keys = section(header, REGDB_SEC_KEYS),
		.slots = section(header, REGDB_SEC_SLOTS),
		.names = section(header, REGDB_SEC_NAMES),
		.reach = section(header, REGDB_SEC_REACH),
		.strings = section(header, REGDB_SEC_STRINGS),
		.slot_mask = header->section[REGDB_SEC_SLOTS].n - 1,
	};
}

static int open_blob(const void *blob, size_t size, bool trusted, struct error *err,
		     struct regdb **out)
{
	int ret = regdb__check_header(blob, size, err);
	if (ret < 0)
		return ret;
	struct regdb *db = malloc(sizeof(*db));
	if (!db)
		return error_set(err, E_NOMEM, "register database: out of memory");
	regdb__attach(db, blob);
	if (!trusted) {
		ret = regdb__check(db, err);
		if (ret < 0) {
			free(db);
			return ret;
		}
	}
	*out = db;
	return 0;
}

int regdb_open(const void *blob, size_t size, struct error *err, struct regdb **out)
{
	return open_blob(blob, size, false, err, out);
}

int regdb_open_trusted(const void *blob, size_t size, struct error *err, struct regdb **out)
{
	return open_blob(blob, size, true, err, out);
}

int regdb_open_owned(void *blob, size_t size, struct error *err, struct regdb **out)
{
	int ret = open_blob(blob, size, false, err, out);
	if (ret < 0) {
		free(blob);
		return ret;
	}
	(*out)->owned = blob;
	return 0;
}

/* A pipe works too: nothing is assumed about the size. */
static int read_all(FILE *file, const char *path, struct error *err, char **data, size_t *size)
{
	size_t cap = 1 << 16, n = 0;
	char *buf = malloc(cap);

	while (buf) {
		n += fread(buf + n, 1, cap - n, file);
		if (n < cap)
			break;
		char *bigger = cap > UINT32_MAX ? NULL : realloc(buf, cap * 2);
		if (!bigger)
			free(buf);
		buf = bigger;
		cap *= 2;
	}
	if (!buf)
		return error_set(err, E_NOMEM, "%s: too large", path);
	if (ferror(file)) {
		free(buf);
		return error_set_errno(err, errno, "%s", path);
	}
	*data = buf;
	*size = n;
	return 0;
}

int regdb__read_file(const char *path, struct error *err, char **data, size_t *size)
{
	FILE *file = fopen(path, "rb");

	if (!file)
		return error_set_errno(err, errno, "%s", path);
	int ret = read_all(file, path, err, data, size);
	fclose(file);
	return ret;
}

int regdb_open_file(const char *path, struct error *err, struct regdb **out)
{
	char *data = NULL;
	size_t size = 0;
	int ret = regdb__read_file(path, err, &data, &size);

	if (ret < 0)
		return ret;
	ret = regdb_open_owned(data, size, err, out);
	if (ret < 0)
		error_prefix(err, "%s", path);
	return ret;
}

void regdb_close(struct regdb *db)
{
	if (!db)
		return;
	free(db->owned);
	free(db);
}

const char *regdb_name(const struct regdb *db)
{
	return regdb_str(db, db->nodes[0].name);
}

uint64_t regdb_hash(const struct regdb *db)
{
	return db->header->hash;
}

uint64_t regdb_origin(const struct regdb *db)
{
	return db->header->origin;
}

uint64_t regdb_window(const struct regdb *db)
{
	return db->header->window;
}

size_t regdb_blob_size(const struct regdb *db)
{
	return (size_t)db->header->size;
}

uint64_t regdb_n_instances(const struct regdb *db)
{
	return db->header->n_instances;
}

uint32_t regdb_n_nodes(const struct regdb *db)
{
	return db->header->section[REGDB_SEC_NODES].n;
}

uint32_t regdb_n_fields(const struct regdb *db)
{
	return db->header->section[REGDB_SEC_FIELDS].n;
}

const char *regdb_str(const struct regdb *db, uint32_t offset)
{
	assert(offset < db->header->section[REGDB_SEC_STRINGS].n);
	return db->strings + offset;
}

const struct regdb_node *regdb_node(const struct regdb *db, uint32_t i)
{
	assert(i < regdb_n_nodes(db));
	return &db->nodes[i];
}

const struct regdb_field *regdb_field(const struct regdb *db, uint32_t i)
{
	assert(i < regdb_n_fields(db));
	return &db->fields[i];
}

const struct regdb_enum *regdb_enumerator(const struct regdb *db, uint32_t i)
{
	assert(i < db->header->section[REGDB_SEC_ENUMS].n);
	return &db->enums[i];
}

const struct regdb_prop *regdb_prop(const struct regdb *db, uint32_t i)
{
	assert(i < db->header->section[REGDB_SEC_PROPS].n);
	return &db->props[i];
}

const uint32_t *regdb_dims(const struct regdb *db, const struct regdb_node *node)
{
	return db->dims + node->first_dim;
}

uint32_t regdb_index(const struct regdb *db, const struct regdb_node *node)
{
	return (uint32_t)(node - db->nodes);
}
