/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/vendor_try.h"

#include <stdio.h>
#include <string.h>

static struct vendor_differences list;

int vendor_load(void **state)
{
	(void)state;
	vendor_differences_load(&list);
	return 0;
}

int vendor_unload(void **state)
{
	(void)state;
	vendor_differences_free(&list);
	return 0;
}

struct vendor_differences *vendor_list(void)
{
	return &list;
}

/* Of "a+b" the first name counts, as in vendor_check_end(). */
static bool is_of(const struct vendor_difference *row, const char *operation)
{
	char first[48];

	snprintf(first, sizeof(first), "%.*s", (int)strcspn(operation, "+"), operation);
	return vendor_match(row->operation, first);
}

size_t vendor_try(const char *operation, vendor_step prepare, vendor_step run, const void *arg)
{
	struct vendor_check v;
	struct error err = { 0 };
	size_t n = 1;
	int rc = 0;

	vendor_check_open(&v, &list);
	if (prepare != NULL)
		rc = prepare(v.b.chip, arg, &err);
	if (rc == 0) {
		vendor_check_start(&v);
		rc = run(v.b.chip, arg, &err);
	}
	if (rc == 0)
		n = vendor_check_end(&v, operation);
	else
		fprintf(stderr, "%s: %s\n", operation, err.text);
	vendor_check_close(&v);
	for (size_t i = 0; i < list.n; i++)
		list.rows[i].tried |= is_of(&list.rows[i], operation);
	return n;
}

size_t vendor_unused(void)
{
	size_t n = 0;

	for (size_t i = 0; i < list.n; i++) {
		const struct vendor_difference *row = &list.rows[i];

		if (!row->tried || row->used)
			continue;
		fprintf(stderr, "differences.csv:%zu: %s, %s: does not occur\n", row->line,
			row->operation, row->reg);
		n++;
	}
	return n;
}
