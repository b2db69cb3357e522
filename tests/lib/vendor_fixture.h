/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files of fixtures/vsc7448/vendor (see the README there): what the vendor's driver leaves in
 * the chip after one operation, and where this project's driver differs on purpose.  Functions
 * abort when a file cannot be read; paths are relative to the top of the source tree.
 */
#ifndef TESTS_LIB_VENDOR_FIXTURE_H
#define TESTS_LIB_VENDOR_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct regdb;

/* A register with the bits that the operation determines, from .regs and from fill rows. */
struct vendor_reg {
	uint64_t addr;
	uint32_t mask, value;
	size_t order; /* in which the rows came */
};

/* A row of .stores that is not a fill: the texts as in the file. */
struct vendor_store {
	char store[24], index[1400], reg[40];
	uint32_t mask, value;
};

struct vendor_fixture {
	char operation[48];
	struct vendor_reg *regs; /* by address */
	size_t n_regs;
	struct vendor_store *stores;
	size_t n_stores;
};

/* @operation: a name, or several joined by `+`: their union, of which the later has the last word. */
void vendor_fixture_load(const char *operation, const struct regdb *db,
			 struct vendor_fixture *f);
void vendor_fixture_free(struct vendor_fixture *f);

/* The register of @f at @addr, or NULL. */
const struct vendor_reg *vendor_fixture_find(const struct vendor_fixture *f, uint64_t addr);

/* Is there a fixture whose name matches @pattern (vendor_match())? */
bool vendor_fixture_exists(const char *pattern);

/* Does @text match?  `*` in @pattern is any text, `[0-3,5]` any of these indices. */
bool vendor_match(const char *pattern, const char *text);

/* Is number @n in the list "0-3,5"?  The list ends at its end or a closing bracket. */
bool vendor_in_list(const char *list, unsigned long n);

/* A row of differences.csv. */
struct vendor_difference {
	char operation[64], reg[128];
	uint32_t mask, ours, vendor;
	bool any_ours, any_vendor;
	bool untouched; /* the vendor leaves these bits alone */
	size_t line;
	bool tried, used; /* by this program: its operation; the row itself */
};

struct vendor_differences {
	struct vendor_difference *rows;
	size_t n;
};
void vendor_differences_load(struct vendor_differences *d);
void vendor_differences_free(struct vendor_differences *d);

#endif
