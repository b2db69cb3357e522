/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/select.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cli/name.h"

static void include(struct selection *sel, const struct regdb_ref *ref, const uint32_t *idx)
{
	for (uint32_t i = 0; i < ref->n_idx; i++) {
		if (idx[i] < sel->low[i])
			sel->low[i] = idx[i];
		if (idx[i] > sel->high[i])
			sel->high[i] = idx[i];
	}
}

void selection_add(struct selection *sel, const struct regdb_ref *ref)
{
	if (sel->n++ == 0) {
		sel->first = *ref;
		memcpy(sel->low, ref->idx, sizeof(sel->low));
		memcpy(sel->high, ref->idx, sizeof(sel->high));
	}
	include(sel, ref, ref->idx);
}

/* Array lengths from the root down, as the indices of a reference go. */
static void lengths(const struct regdb *db, const struct regdb_ref *ref, uint32_t *dims)
{
	uint32_t at = ref->n_idx;

	for (uint32_t i = ref->node; i != REGDB_NONE; i = regdb_node(db, i)->parent) {
		const struct regdb_node *node = regdb_node(db, i);

		if (node->n_dims > at)
			break;
		at -= node->n_dims;
		memcpy(dims + at, regdb_dims(db, node), node->n_dims * sizeof(*dims));
	}
}

void selection_add_run(struct selection *sel, const struct regdb *db,
		       const struct regdb_ref *ref, uint64_t count)
{
	uint32_t dims[REGDB_MAX_INDICES] = { 0 }, low[REGDB_MAX_INDICES],
		 high[REGDB_MAX_INDICES];
	uint64_t left = count;

	selection_add(sel, ref);
	sel->n += count - 1;
	lengths(db, ref, dims);
	memcpy(low, ref->idx, sizeof(low));
	memcpy(high, ref->idx, sizeof(high));
	for (uint32_t i = ref->n_idx; i-- > 0 && left > 1;) {
		if (low[i] + left <= dims[i]) {
			high[i] = low[i] + (uint32_t)left - 1;
			break;
		}
		left = (low[i] + left + dims[i] - 1) / (dims[i] > 0 ? dims[i] : 1);
		low[i] = 0;
		high[i] = dims[i] - 1;
	}
	include(sel, ref, low);
	include(sel, ref, high);
}

/* Is every combination of indices between low and high selected? */
static bool is_block(const struct selection *sel)
{
	uint64_t all = 1;

	for (uint32_t i = 0; i < sel->first.n_idx; i++)
		all *= sel->high[i] - sel->low[i] + UINT64_C(1);
	return all == sel->n;
}

void selection_path(const struct selection *sel, const struct regdb *db, char *buf, size_t size)
{
	const char *dash = is_block(sel) ? "-" : "..";
	char plain[NAME_MAX_BYTES];
	uint32_t index = 0;
	size_t len = 0;

	name_of_ref(db, &sel->first, plain, sizeof(plain));
	buf[0] = '\0';
	for (const char *at = plain; *at != '\0' && len < size;) {
		if (*at != '[' || index >= sel->first.n_idx) {
			len += (size_t)snprintf(buf + len, size - len, "%c", *at++);
			continue;
		}
		at += strcspn(at, "]") + 1;
		if (sel->low[index] == sel->high[index])
			len += (size_t)snprintf(buf + len, size - len, "[%" PRIu32 "]",
						sel->low[index]);
		else
			len += (size_t)snprintf(buf + len, size - len,
						"[%" PRIu32 "%s%" PRIu32 "]", sel->low[index],
						dash, sel->high[index]);
		index++;
	}
}
