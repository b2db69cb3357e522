/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/vendor_try.h"

#include <stdio.h>
#include <string.h>

/* Of "a+b" the first name counts, as in vendor_check_end(). */
static bool is_of(const struct vendor_difference *row, const char *operation)
{
	char first[48];

	snprintf(first, sizeof(first), "%.*s", (int)strcspn(operation, "+"), operation);
	return vendor_match(row->operation, first);
}

size_t vendor_try(struct vendor_differences *d, const char *operation, vendor_step prepare,
		  vendor_step run, const void *arg)
{
	struct vendor_check v;
	struct error err = { 0 };
	size_t n = 1;
	int rc = 0;

	vendor_check_open(&v, d);
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
	for (size_t i = 0; i < d->n; i++)
		d->rows[i].tried |= is_of(&d->rows[i], operation);
	return n;
}

size_t vendor_unused(const struct vendor_differences *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct vendor_difference *row = &d->rows[i];

		if (!row->tried || row->used)
			continue;
		fprintf(stderr, "differences.csv:%zu: %s, %s: does not occur\n", row->line,
			row->operation, row->reg);
		n++;
	}
	return n;
}
