/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "hal/vsc7448/mac_priv.h"

#define CFG_0 VSC7448_LRN_COMMON_MAC_ACCESS_CFG_0
#define CFG_1 VSC7448_LRN_COMMON_MAC_ACCESS_CFG_1
#define SCAN  VSC7448_LRN_COMMON_SCAN_NEXT_CFG

#define N_ROWS 8192u /* 32768 entries in rows of four */
#define N_COLS 4u

/* What was found, in memory until all is known. */
struct found {
	struct mac_words *entries;
	size_t n, max;
};

static uint64_t order(const struct mac_words *words)
{
	return (uint64_t)words->word[0] << 32 | words->word[1];
}

static int keep(struct regio *io, struct found *found, const struct mac_words *words)
{
	if (found->n == found->max) {
		size_t max = found->max == 0 ? 256 : 2 * found->max;
		struct mac_words *entries =
			realloc(found->entries, max * sizeof(*found->entries));

		if (entries == NULL)
			return regio_fail(io, E_NOMEM, "out of memory");
		found->entries = entries;
		found->max = max;
	}
	found->entries[found->n++] = *words;
	return 0;
}

/* The registers of the entry found last are where the next search starts. */
static int walk_keys(struct regio *io, struct found *found)
{
	const uint32_t filter =
		(uint32_t)(reg_field_mask(
				   VSC7448_LRN_COMMON_SCAN_NEXT_CFG__SCAN_NEXT_IGNORE_LOCKED_ENA) |
			   reg_field_mask(
				   VSC7448_LRN_COMMON_SCAN_NEXT_CFG__SCAN_NEXT_UNTIL_FOUND_ENA) |
			   reg_field_mask(
				   VSC7448_LRN_COMMON_SCAN_NEXT_CFG__SCAN_AGE_INTERVAL_MASK));
	struct mac_words words;
	bool valid = true;
	int rc = 0;

	regio_write(io, SCAN, filter);
	regio_write(io, CFG_0, 0);
	regio_write(io, CFG_1, 0);
	while (rc == 0 && valid) {
		vsc7448__mac_command(io, MAC_CMD(FIND_SMALLEST), 0);
		rc = vsc7448__mac_result(io, &words, &valid);
		if (rc != 0 || !valid)
			break;
		if (found->n > 0 && order(&words) <= order(&found->entries[found->n - 1]))
			return regio_fail(io, E_CORRUPT,
					  "LRN FIND_SMALLEST went back from entry %zu",
					  found->n);
		rc = keep(io, found, &words);
	}
	return rc;
}

static int read_cell(struct regio *io, uint32_t row, uint32_t col, bool cam,
		     struct found *found)
{
	uint64_t place = 0;
	struct mac_words words;
	bool valid;
	int rc;

	place = reg_field_put(
		place, VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL__CPU_ACCESS_DIRECT_ROW, row);
	place = reg_field_put(
		place, VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL__CPU_ACCESS_DIRECT_COL, col);
	place = reg_field_put(
		place, VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL__CPU_ACCESS_DIRECT_TYPE, cam);
	vsc7448__mac_command(io, MAC_CMD(READ), (uint32_t)place);
	rc = vsc7448__mac_result(io, &words, &valid);
	if (rc == 0 && valid)
		rc = keep(io, found, &words);
	return rc;
}

static int by_key(const void *a, const void *b)
{
	uint64_t x = order(a), y = order(b);

	return (x > y) - (x < y);
}

static int walk_rows(struct regio *io, struct found *found)
{
	int rc = 0;

	found->n = 0;
	for (uint32_t i = 0; rc == 0 && i < N_ROWS * N_COLS; i++)
		rc = read_cell(io, i / N_COLS, i % N_COLS, false, found);
	for (uint32_t col = 0; rc == 0 && col < N_COLS; col++)
		rc = read_cell(io, 0, col, true, found);
	if (rc == 0 && found->n > 0)
		qsort(found->entries, found->n, sizeof(*found->entries), by_key);
	return rc;
}

static int gather(struct regio *io, struct found *found)
{
	uint32_t n;
	int rc = walk_keys(io, found);

	if (rc == 0)
		rc = vsc7448__mac_count(io, NULL, &n);
	if (rc == 0 && n > found->n)
		rc = walk_rows(io, found);
	return rc;
}

int vsc7448_mac_walk(struct vsc7448 *chip, vsc7448_mac_visit visit, void *arg,
		     struct error *err)
{
	struct found found = { 0 };
	struct vsc7448_mac_entry entry;
	bool go_on = true;
	int rc = gather(chip->io, &found);

	for (size_t i = 0; rc == 0 && go_on && i < found.n; i++) {
		rc = vsc7448__mac_decode(chip, &found.entries[i], &entry);
		if (rc == 0)
			go_on = visit(arg, &entry);
	}
	free(found.entries);
	return regio_end(chip->io, err);
}
