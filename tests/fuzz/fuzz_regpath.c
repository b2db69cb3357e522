/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Register paths, completion and values.  The first byte chooses map and flags, the rest is the
 * text.  What resolves must be walked as counted, and every item's own path must lead back to it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regpath.h"
#include "tests/lib/sample_map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct regdb *choose_map(unsigned which)
{
	static struct regdb *maps[3];
	struct error err = { 0 };

	if (!maps[0]) {
		maps[0] = sample_map_open();
		if (regdb_open_builtin("vsc7448", &err, &maps[1]) < 0 ||
		    regdb_open_builtin("rocker", &err, &maps[2]) < 0)
			abort();
	}
	return maps[which % 3];
}

static void lead_back(const struct regdb *db, const struct regset_item *item)
{
	struct error err = { 0 };
	struct regset *set;
	struct regset_item again;
	struct regset_pos pos = { 0 };
	char path[512];

	if (item->ref.node == REGDB_NONE)
		return;
	regdb_path_format(db, &item->ref, path, sizeof(path));
	if (regpath_resolve(db, path, 0, &err, &set) < 0 || regset_is_many(set) ||
	    !regset_next(set, &pos, &again) || again.ref.node != item->ref.node ||
	    again.ref.addr != item->ref.addr)
		abort();
	regset_free(set);
}

static void walk(const struct regdb *db, const struct regset *set)
{
	struct regset_item item;
	struct regset_pos pos = { 0 };

	while (pos.n < 100 && regset_next(set, &pos, &item))
		lead_back(db, &item);
	if (pos.n < 100 && pos.n != regset_count(set))
		abort();
	if (regset_count(set) == 0 || (regset_count(set) > 1 && !regset_is_many(set)))
		abort();
}

static void check_completion(void *arg, const char *text)
{
	const char *prefix = arg;

	if (strlen(text) < strlen(prefix) || strncasecmp(text, prefix, strlen(prefix)) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = { 0 };
	struct regset *set;
	uint64_t value;
	char device[16];

	if (size == 0)
		return 0;
	const struct regdb *db = choose_map(data[0] >> 2);
	unsigned flags = data[0] & 3;
	char *text = malloc(size);
	if (!text)
		abort();
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	const char *path = regpath_device(text, device, sizeof(device));
	if (regpath_resolve(db, path, flags, &err, &set) == 0) {
		walk(db, set);
		regset_free(set);
	} else if (err.code >= 0 || !err.text[0]) {
		abort();
	}
	regpath_complete(db, path, 50, check_completion, (void *)(uintptr_t)path);
	regvalue_parse(db, data[0] & 4 ? 0 : REGDB_NONE, data[0] % 65, text, &err, &value);
	free(text);
	return 0;
}
