/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/reg.h"

#include "hal/board.h"

/* Long enough for any name a board may have. */
#define DEVICE_SIZE 64

/* Without DEVICE/: the first device that has the name. */
static int resolve_anywhere(const struct board *board, const char *path, unsigned flags,
			    struct error *err, struct device **dev, struct regset **set)
{
	struct error first = { 0 };

	for (size_t i = 0; i < board_n_devices(board); i++) {
		struct device *candidate = board_device_at(board, i);
		struct error here = { 0 };
		int rc = regpath_resolve(device_map(candidate), path, flags, &here, set);

		if (rc == 0) {
			*dev = candidate;
			return 0;
		}
		if (i == 0)
			first = here;
		if (rc != E_NOTFOUND)
			return error_copy(err, i == 0 ? &first : &here);
	}
	return error_copy(err, &first);
}

int reg_resolve(const struct board *board, const char *text, unsigned regpath_flags,
		struct error *err, struct device **dev, struct regset **set)
{
	char name[DEVICE_SIZE];
	const char *path = regpath_device(text, name, sizeof(name));
	struct device *found;
	int rc;

	if (name[0] == '\0')
		return resolve_anywhere(board, path, regpath_flags, err, dev, set);
	rc = board_device(board, name, err, &found);
	if (rc == 0)
		rc = regpath_resolve(device_map(found), path, regpath_flags, err, set);
	if (rc == 0)
		*dev = found;
	return rc;
}
