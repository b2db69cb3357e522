/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of vendor_check that looks behind windows: SerDes macros, TCAMs, MAC table, calendar. */
#ifndef TESTS_LIB_VENDOR_STORES_H
#define TESTS_LIB_VENDOR_STORES_H

#include "tests/lib/vendor_check.h"

/* Bits in which a register (or "STORE[INDEX]:REGISTER") differs. */
struct vendor_diff {
	char reg[128];
	uint32_t mask, ours, vendor;
	bool untouched; /* by the vendor */
};

/* Finds the difference in the list, or prints and counts it. */
void vendor_report(struct vendor_check *v, const struct vendor_diff *d);

/* Remembers all macros. */
void vendor_stores_snapshot(struct vendor_check *v);

void vendor_stores_compare(struct vendor_check *v, const struct vendor_fixture *f);

#endif
