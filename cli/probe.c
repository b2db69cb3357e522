/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/probe.h"

#include <string.h>

#include "hal/reg.h"
#include "regmaps/regdb/regpath.h"

/* In this order, whichever the map has. */
static const char *const identities[] = {
	"DEVCPU_GCB:CHIP_REGS:CHIP_ID", /* vsc7448 */
	"ID:MAGIC",                     /* btc */
	"PORT_PHYS_COUNT",              /* rocker: constant while it runs */
	"CHIP_ID",
	"DEVICE_ID",
	"MAGIC",
	"ID",
	"VERSION",
};

static const char *const scratches[] = {
	"DEVCPU_GCB:CHIP_REGS:GPR", /* vsc7448: general purpose */
	"ID:SCRATCH",               /* btc */
	"TEST_DMA_ADDR",            /* rocker: idle until TEST_DMA_CTRL starts a test */
	"SCRATCH",
	"SCRATCHPAD",
};

static const char *first_of(const struct regdb *db, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct regset *set;

		if (regpath_resolve(db, names[i], 0, NULL, &set) != 0)
			continue;
		regset_free(set);
		return names[i];
	}
	return NULL;
}

const char *probe_identity_name(const struct regdb *db)
{
	return first_of(db, identities, sizeof(identities) / sizeof(identities[0]));
}

const char *probe_scratch_name(const struct regdb *db)
{
	return first_of(db, scratches, sizeof(scratches) / sizeof(scratches[0]));
}

int probe_identity(struct device *dev, struct error *err, uint64_t *value)
{
	const char *name = probe_identity_name(device_map(dev));
	struct regset_pos pos = { 0 };
	struct regset_item item;
	struct regset *set;
	struct bus *bus;
	int ret = device_bus(dev, err, &bus);

	if (ret != 0 || name == NULL)
		return ret;
	ret = regpath_resolve(device_map(dev), name, 0, err, &set);
	if (ret != 0)
		return ret;
	if (regset_next(set, &pos, &item))
		ret = reg_read(dev, &item.ref, 0, err, value);
	regset_free(set);
	return ret;
}
