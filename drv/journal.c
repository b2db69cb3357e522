/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/journal.h"

#include <stdlib.h>
#include <string.h>

#include "drv/lines.h"

struct reader {
	struct lines lines;
	struct journal *journal;
	size_t entries_room;
	bool has_device;
	uint32_t device; /* that the writes which follow are of */
};

static int no_memory(struct reader *r)
{
	return error_set(r->lines.err, E_NOMEM, "out of memory");
}

static bool same(const struct journal_device *a, const struct journal_device *b)
{
	return strcmp(a->name, b->name) == 0 && strcmp(a->map, b->map) == 0 &&
	       strcmp(a->bus, b->bus) == 0;
}

static int add_device(struct reader *r, const struct journal_device *device)
{
	struct journal *journal = r->journal;
	struct journal_device *devices;

	r->has_device = true;
	for (size_t i = 0; i < journal->n_devices; i++)
		if (same(&journal->devices[i], device)) {
			r->device = (uint32_t)i;
			return E_OK;
		}
	devices = realloc(journal->devices, (journal->n_devices + 1) * sizeof(*devices));
	if (devices == NULL)
		return no_memory(r);
	journal->devices = devices;
	r->device = (uint32_t)journal->n_devices;
	devices[journal->n_devices++] = *device;
	return E_OK;
}

static int read_device(struct reader *r)
{
	struct journal_device device = { .name = lines_word(&r->lines) };

	if (device.name[0] == '\0' || !lines_take(&r->lines, "map"))
		return lines_mistake(&r->lines, "no `DEVICE map`");
	device.map = lines_word(&r->lines);
	if (device.map[0] == '\0' || !lines_take(&r->lines, "bus") || lines_at_end(&r->lines))
		return lines_mistake(&r->lines, "no `MAP bus URI`");
	device.bus = r->lines.at;
	return add_device(r, &device);
}

/* What only people read is not kept. */
static int read_header(struct reader *r)
{
	uint64_t pid;

	if (lines_take(&r->lines, "@device"))
		return read_device(r);
	if (lines_take(&r->lines, "@command"))
		return E_OK;
	if (!lines_take(&r->lines, "@run"))
		return lines_mistake(&r->lines, "no @run, @device or @command");
	if (!lines_number(&r->lines, INT32_MAX, &pid) || lines_at_end(&r->lines))
		return lines_mistake(&r->lines, "no `PROCESS TIME`");
	r->has_device = false;
	return E_OK;
}

static int add_entry(struct reader *r, const struct journal_entry *entry)
{
	struct journal *journal = r->journal;

	if (journal->n_entries == r->entries_room) {
		size_t room = r->entries_room == 0 ? 256 : 2 * r->entries_room;
		struct journal_entry *entries =
			realloc(journal->entries, room * sizeof(*entries));

		if (entries == NULL)
			return no_memory(r);
		journal->entries = entries;
		r->entries_room = room;
	}
	journal->entries[journal->n_entries++] = *entry;
	return E_OK;
}

static int read_write(struct reader *r, const char *comment)
{
	struct journal_entry entry = {
		.device = r->device,
		.line = r->lines.line,
		.text = comment,
	};
	uint64_t number;

	if (!r->has_device)
		return lines_mistake(&r->lines, "no @device before this");
	if (!lines_number(&r->lines, UINT64_MAX, &number) ||
	    number != r->journal->n_entries + 1)
		return lines_mistake(&r->lines, "no number that follows the one before this");
	if (!lines_number(&r->lines, UINT64_MAX, &entry.addr) || entry.addr % 4 != 0)
		return lines_mistake(&r->lines, "no address of a word before this");
	entry.lost = lines_take(&r->lines, "lost");
	if (!entry.lost && !lines_number32(&r->lines, &entry.old))
		return lines_mistake(&r->lines, "no old value before this, and not `lost`");
	if (!lines_take(&r->lines, "->") || !lines_number32(&r->lines, &entry.new))
		return lines_mistake(&r->lines, "no `-> VALUE`");
	if (!lines_take(&r->lines, "at") || !lines_number(&r->lines, UINT64_MAX, &entry.at_us))
		return lines_mistake(&r->lines, "no `at TIME`");
	if (!lines_at_end(&r->lines))
		return lines_mistake(&r->lines, "more text than expected");
	return add_entry(r, &entry);
}

/* "3", "3-7" or, of an undo, "7-3". */
static bool read_range(struct reader *r, uint64_t *from, uint64_t *to)
{
	struct lines part = r->lines;
	char *dash;

	lines_at_end(&part);
	dash = strchr(part.at, '-');
	if (dash != NULL)
		*dash = ' ';
	if (!lines_number(&r->lines, r->journal->n_entries, from) || *from == 0)
		return false;
	*to = *from;
	return dash == NULL || (lines_number(&r->lines, r->journal->n_entries, to) && *to > 0);
}

static void mark(struct journal_entry *entry, char kind)
{
	if (kind == 'd')
		entry->outcome = JOURNAL_DONE;
	else if (kind == 'f')
		entry->outcome = JOURNAL_FAILED;
	else if (kind == 'b')
		entry->undo_begun = true;
	else if (kind == 'u')
		entry->undone = true;
}

static int read_marks(struct reader *r)
{
	static const struct {
		const char *word;
		char kind;
	} words[] = { { "done", 'd' },
		      { "failed", 'f' },
		      { "unknown", '?' },
		      { "undo", 'b' },
		      { "undone", 'u' } };
	uint64_t from, to;
	size_t i = 0;

	while (i < sizeof(words) / sizeof(words[0]) && !lines_take(&r->lines, words[i].word))
		i++;
	if (i == sizeof(words) / sizeof(words[0]))
		return lines_mistake(&r->lines,
				     "no write, done, failed, unknown, undo or undone");
	if (!read_range(r, &from, &to))
		return lines_mistake(&r->lines, "no number of a write before this");
	if (!lines_at_end(&r->lines))
		return lines_mistake(&r->lines, "more text than expected");
	for (uint64_t n = from < to ? from : to; n <= (from < to ? to : from); n++)
		mark(&r->journal->entries[n - 1], words[i].kind);
	return E_OK;
}

static int read_line(void *arg)
{
	struct reader *r = arg;
	char *comment;

	if (*r->lines.at == '@')
		return read_header(r);
	comment = strchr(r->lines.at, '#');
	if (comment != NULL) {
		*comment++ = '\0';
		comment += strspn(comment, " ");
	}
	if (lines_at_end(&r->lines))
		return E_OK;
	if (lines_take(&r->lines, "write"))
		return read_write(r, comment != NULL ? comment : "");
	return read_marks(r);
}

int journal_parse(const char *path, const char *text, size_t size, struct error *err,
		  struct journal **out)
{
	struct journal *journal = calloc(1, sizeof(*journal));
	struct reader r = {
		.lines = { .path = path, .kind = "journal", .err = err, .crashes = true },
		.journal = journal,
	};
	int rc;

	if (journal == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	journal->path = strdup(path);
	journal->storage = malloc(size + 1);
	if (journal->path == NULL || journal->storage == NULL) {
		rc = error_set(err, E_NOMEM, "out of memory");
	} else {
		memcpy(journal->storage, text, size);
		journal->storage[size] = '\0';
		rc = lines_read(&r.lines, journal->storage, size, read_line, &r);
	}
	if (rc == E_OK)
		*out = journal;
	else
		journal_free(journal);
	return rc;
}

int journal_read(const char *path, struct error *err, struct journal **out)
{
	struct error local = { 0 };
	size_t size;
	char *text;
	int rc;

	if (err == NULL)
		err = &local;
	text = lines_load(path, "journal", err, &size);
	if (text == NULL)
		return err->code;
	rc = journal_parse(path, text, size, err, out);
	free(text);
	return rc;
}

void journal_free(struct journal *journal)
{
	if (journal == NULL)
		return;
	free(journal->devices);
	free(journal->entries);
	free(journal->storage);
	free(journal->path);
	free(journal);
}
