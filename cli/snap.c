/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/snap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static bool fits(const struct device *dev, const char *map)
{
	return map[0] == '\0' || strcasecmp(regdb_name(device_map(dev)), map) == 0;
}

/* A file that names no map fits the devices whose maps have all its names. */
static bool reads_with(const struct device *dev, const char *path, struct error *err)
{
	struct snapshot *snap;

	if (snapshot_load(path, device_map(dev), err, &snap) != 0)
		return false;
	snapshot_free(snap);
	return true;
}

/* A file must not go to a chip that happens to come first. */
static int only_device(const struct board *board, const char *path, const char *map,
		       struct error *err, struct device **dev)
{
	struct device *found = NULL;
	struct error why = { 0 };

	for (size_t i = 0; i < board_n_devices(board); i++) {
		struct device *at = board_device_at(board, i);
		struct error ignored = { 0 };

		if (!fits(at, map) ||
		    (map[0] == '\0' && !reads_with(at, path, i == 0 ? &why : &ignored)))
			continue;
		if (found != NULL)
			return error_set(err, E_SYNTAX,
					 "%s may be for %s or for %s: name the device", path,
					 device_name(found), device_name(at));
		found = at;
	}
	if (found == NULL && why.code != 0)
		return error_copy(err, &why);
	if (found == NULL)
		return error_set(err, E_NOTFOUND,
				 "%s: no device of the board has the map \"%s\"", path, map);
	*dev = found;
	return 0;
}

int snap_device(const struct call *call, const char *path, const char *name, struct error *err,
		struct device **dev)
{
	char *map = NULL;
	int ret = regsfile_map(path, err, &map);

	if (ret != 0)
		return ret;
	if (name == NULL)
		ret = only_device(call->board, path, map, err, dev);
	else
		ret = board_device(call->board, name, err, dev);
	if (ret == 0 && !fits(*dev, map))
		ret = error_set(err, E_MISMATCH, "%s is for the map \"%s\", %s has \"%s\"",
				path, map, name, regdb_name(device_map(*dev)));
	free(map);
	return ret;
}

int snap_map(const struct call *call, const char *path, struct error *err, struct device **dev)
{
	struct error why = { 0 };
	int ret = snap_device(call, path, NULL, &why, dev);

	/* Several will do: any of them has the names. */
	for (size_t i = 0; ret == E_SYNTAX && i < board_n_devices(call->board); i++) {
		struct device *at = board_device_at(call->board, i);

		if (snap_device(call, path, device_name(at), NULL, dev) == 0 &&
		    reads_with(at, path, NULL))
			ret = 0;
	}
	return ret != 0 ? error_copy(err, &why) : 0;
}

void snap_time(char buf[32])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = epoch != NULL ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	struct tm tm;

	if (gmtime_r(&now, &tm) == NULL || strftime(buf, 32, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		memcpy(buf, "1970-01-01T00:00:00Z", sizeof("1970-01-01T00:00:00Z"));
}
