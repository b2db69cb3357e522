/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/snap.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

int snap_device(const struct call *call, const char *path, struct error *err,
		struct device **dev)
{
	char *map = NULL;
	int ret = regsfile_map(path, err, &map);

	if (ret != 0)
		return ret;
	ret = E_NOTFOUND;
	for (size_t i = 0; ret != 0 && i < board_n_devices(call->board); i++) {
		struct device *at = board_device_at(call->board, i);

		if (map[0] != '\0' && strcasecmp(regdb_name(device_map(at)), map) != 0)
			continue;
		*dev = at;
		ret = 0;
	}
	if (ret != 0)
		error_set(err, E_NOTFOUND, "%s: no device of the board has the map \"%s\"",
			  path, map);
	free(map);
	return ret;
}

void snap_time(char buf[32])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = epoch != NULL ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	struct tm tm;

	if (gmtime_r(&now, &tm) == NULL || strftime(buf, 32, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		memcpy(buf, "1970-01-01T00:00:00Z", sizeof("1970-01-01T00:00:00Z"));
}
