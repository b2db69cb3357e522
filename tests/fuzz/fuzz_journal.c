/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Journals: whatever the file, an error with a text or entries that hold together. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "drv/journal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct journal *journal)
{
	for (size_t i = 0; i < journal->n_entries; i++) {
		const struct journal_entry *entry = &journal->entries[i];

		if (entry->device >= journal->n_devices || entry->addr % 4 != 0 ||
		    entry->line == 0 || entry->text == NULL || (entry->lost && entry->old != 0))
			abort();
	}
	for (size_t i = 0; i < journal->n_devices; i++)
		if (journal->devices[i].name[0] == '\0' || journal->devices[i].map[0] == '\0' ||
		    journal->devices[i].bus[0] == '\0')
			abort();
}

/* The same file without its last byte, or with half a line behind it: what a crash leaves. */
static void check_cut(const uint8_t *data, size_t size, size_t n_entries)
{
	struct error err = { 0 };
	struct journal *journal;
	size_t end = size;

	while (end > 0 && data[end - 1] != '\n')
		end--;
	if (end == 0 || journal_parse("cut", (const char *)data, end, &err, &journal) != 0)
		return;
	if (journal->n_entries != n_entries)
		abort();
	journal_free(journal);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = { 0 };
	struct journal *journal;

	if (journal_parse("fuzz", (const char *)data, size, &err, &journal) != 0) {
		if (err.text[0] == '\0')
			abort();
		return 0;
	}
	check(journal);
	check_cut(data, size, journal->n_entries);
	journal_free(journal);
	return 0;
}
