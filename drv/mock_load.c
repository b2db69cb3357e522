/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_priv.h"

#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regsfile.h"

/* Puts the bits of a row that its mask names. */
static int load_row(struct mock_mem *mem, const struct regsfile_row *row)
{
	unsigned width = regdb_node(mem->map, row->ref.node)->width;
	uint64_t old;
	int rc;

	if (width > 64)
		width = 64;
	rc = mock__bits_get(mem, row->ref.addr, 0, width, &old);
	if (rc != E_OK)
		return rc;
	return mock__bits_put(mem, row->ref.addr, 0, width,
			      (old & ~row->mask) | (row->value & row->mask));
}

/* A mock has nowhere to keep what its map does not know. */
static int load_rows(struct mock *mock, const char *path, const struct regsfile *file,
		     struct error *err)
{
	for (size_t i = 0; i < file->n_rows; i++)
		if (file->rows[i].ref.node == REGDB_NONE)
			return error_set(err, E_SYNTAX,
					 "%s:%u: map %s has no register at 0x%llx", path,
					 file->rows[i].line, regdb_name(mock->mem->map),
					 (unsigned long long)file->rows[i].ref.addr);
	for (size_t i = 0; i < file->n_rows; i++)
		if (load_row(mock->mem, &file->rows[i]) != E_OK)
			return error_set(err, E_NOMEM, "%s: out of memory", path);
	return E_OK;
}

int mock__load(struct mock *mock, const char *path, struct error *err)
{
	struct regsfile *file;
	char *name;
	int rc;

	if (mock->loaded != NULL && strcmp(mock->loaded, path) == 0)
		return E_OK;
	if (mock->loaded != NULL)
		return error_set(err, E_STATE, "mock device %s already started from %s, not %s",
				 mock->name, mock->loaded, path);
	rc = regsfile_read(path, mock->mem->map, err, &file);
	if (rc != E_OK)
		return rc;
	name = strdup(path);
	rc = name == NULL ? error_set(err, E_NOMEM, "%s: out of memory", path)
			  : load_rows(mock, path, file, err);
	regsfile_free(file);
	if (rc == E_OK)
		mock->loaded = name;
	else
		free(name);
	return rc;
}
