/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/undo.h"

#include <stdlib.h>
#include <string.h>

#include "drv/wordmap.h"
#include "drv/wrap.h"
#include "hal/reg.h"

/* Steps that go into the journal and to the device together. */
#define BATCH_STEPS 512u
#define READ_WORDS  4096u
#define NO_ENTRY    SIZE_MAX

struct undo {
	const struct journal *journal;
	struct device **devices; /* of the journal's, in its order */
	struct wordmap *index;   /* of each device: address to number of the word */
	struct undo_word *words;
	size_t *last;  /* of each word: its last entry */
	size_t *steps; /* of each word: its entries that are not undone yet */
	size_t n_words;
	size_t *word_of;  /* of each entry; NO_ENTRY: nothing to undo */
	size_t *previous; /* of each entry: the one before it of the same word, or NO_ENTRY */
};

/* --- the plan ---------------------------------------------------------------------------- */

static int find_device(struct undo *undo, const struct board *board, size_t i, bool force,
		       struct error *err)
{
	const struct journal_device *want = &undo->journal->devices[i];
	const char *path = undo->journal->path;
	struct device *dev;
	struct bus *bus;
	int rc = board_device(board, want->name, err, &dev);

	if (rc != 0)
		return error_prefix(err, "%s", path);
	if (strcmp(regdb_name(device_map(dev)), want->map) != 0)
		return error_set(err, E_MISMATCH,
				 "%s is about %s with map %s; here it has map %s", path,
				 want->name, want->map, regdb_name(device_map(dev)));
	rc = device_bus(dev, err, &bus);
	if (rc != 0)
		return rc;
	if (!force && strncmp(wrap_journal_bus(bus), want->bus, JOURNAL_MAX_TEXT) != 0)
		return error_set(err, E_MISMATCH,
				 "%s is about %s on %.128s; here it is on %.128s; --force "
				 "takes it for the same",
				 path, want->name, want->bus, wrap_journal_bus(bus));
	undo->devices[i] = dev;
	return 0;
}

static int add_word(struct undo *undo, size_t entry, size_t *number)
{
	const struct journal_entry *e = &undo->journal->entries[entry];
	struct wordmap *index = &undo->index[e->device];
	const uint32_t *found = wordmap_find(index, e->addr);
	struct device *dev = undo->devices[e->device];
	struct undo_word *word = &undo->words[undo->n_words];
	struct reg_word_store store;

	if (found != NULL) {
		*number = *found;
		return 0;
	}
	reg_word_stores(device_map(dev), e->addr, &store);
	*word = (struct undo_word){
		.dev = dev,
		.addr = e->addr,
		.state = store.lost != NULL ? UNDO_LOST : UNDO_PENDING,
		.reason = store.lost,
		.mask = store.mask,
		.before = e->old,
	};
	undo->last[undo->n_words] = NO_ENTRY;
	*number = undo->n_words++;
	return wordmap_put(index, e->addr, (uint32_t)*number);
}

/* What a write did beside storing; NULL: nothing. */
static const char *act_of(const struct undo_word *word, const struct journal_entry *e)
{
	const struct regdb *db = device_map(word->dev);
	uint32_t stored = reg_word_merge(db, e->addr, e->old, e->new);
	struct reg_word_store store;

	reg_word_stores(db, e->addr, &store);
	return ((stored ^ e->new) & store.others) != 0 ? store.act : NULL;
}

static int add_entry(struct undo *undo, size_t entry)
{
	const struct journal_entry *e = &undo->journal->entries[entry];
	struct undo_word *word;
	size_t number;
	int rc;

	undo->word_of[entry] = NO_ENTRY;
	if (e->undone || e->outcome == JOURNAL_FAILED)
		return 0;
	rc = add_word(undo, entry, &number);
	if (rc != 0)
		return rc;
	word = &undo->words[number];
	word->n_writes++;
	word->left = e->new;
	if (word->state != UNDO_LOST && e->lost) {
		word->state = UNDO_LOST;
		word->reason = "its old value is not known";
	} else if (word->reason == NULL) {
		word->reason = act_of(word, e);
	}
	undo->word_of[entry] = number;
	undo->previous[entry] = undo->last[number];
	undo->last[number] = entry;
	undo->steps[number]++;
	return 0;
}

/* Reads up to READ_WORDS of the words from @from on; *@next is where to go on. */
static int read_some(struct undo *undo, size_t from, struct error *err, size_t *next)
{
	struct bus_op *ops = calloc(READ_WORDS, sizeof(*ops));
	struct device *dev = undo->words[from].dev;
	struct bus *bus;
	size_t n = 0, end = from;
	int rc = ops == NULL ? error_set(err, E_NOMEM, "out of memory")
			     : device_bus(dev, err, &bus);

	for (; rc == 0 && end < undo->n_words && n < READ_WORDS; end++) {
		if (undo->words[end].dev != dev)
			break;
		if (undo->words[end].state != UNDO_LOST)
			ops[n++] = (struct bus_op){ .kind = BUS_OP_READ,
						    .addr = undo->words[end].addr };
	}
	if (rc == 0 && n > 0 && bus_xfer(bus, ops, n) != 0)
		rc = error_copy(err, bus_error(bus));
	n = 0;
	for (size_t i = from; rc == 0 && i < end; i++)
		if (undo->words[i].state != UNDO_LOST)
			undo->words[i].now = ops[n++].value;
	free(ops);
	*next = end;
	return rc;
}

static int read_all(struct undo *undo, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < undo->n_words;)
		rc = read_some(undo, i, err, &i);
	return rc;
}

static bool equals(const struct undo_word *word, uint32_t value)
{
	return ((word->now ^ value) & word->mask) == 0;
}

/*
 * Is its value one that the journal explains?  What the last write left, what was there before it
 * (it was put back by hand), and of writes and undos that were cut off all values on their way.
 */
static bool is_explained(const struct undo *undo, size_t number)
{
	const struct undo_word *word = &undo->words[number];

	for (size_t i = undo->last[number]; i != NO_ENTRY; i = undo->previous[i]) {
		const struct journal_entry *e = &undo->journal->entries[i];

		if (equals(word, e->new) || equals(word, e->old))
			return true;
		if (!e->undo_begun && e->outcome != JOURNAL_UNKNOWN)
			return false;
	}
	return false;
}

static void judge(struct undo *undo, size_t number, bool force)
{
	struct undo_word *word = &undo->words[number];

	if (word->state == UNDO_LOST || is_explained(undo, number))
		return;
	if (equals(word, word->before))
		word->state = UNDO_EQUAL;
	else if (!force)
		word->state = UNDO_CHANGED;
}

static int make(struct undo *undo, const struct board *board, bool force, struct error *err)
{
	const struct journal *journal = undo->journal;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < journal->n_devices; i++)
		rc = find_device(undo, board, i, force, err);
	for (size_t i = 0; rc == 0 && i < journal->n_entries; i++)
		if (add_entry(undo, i) != 0)
			rc = error_set(err, E_NOMEM, "out of memory");
	if (rc == 0)
		rc = read_all(undo, err);
	for (size_t i = 0; rc == 0 && i < undo->n_words; i++)
		judge(undo, i, force);
	return rc;
}

int undo_plan(const struct board *board, const struct journal *journal, bool force,
	      struct error *err, struct undo **out)
{
	struct undo *undo = calloc(1, sizeof(*undo));
	size_t n = journal->n_entries + 1;
	int rc;

	if (undo == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	undo->journal = journal;
	undo->devices = calloc(journal->n_devices + 1, sizeof(struct device *));
	undo->index = calloc(journal->n_devices + 1, sizeof(*undo->index));
	undo->words = calloc(n, sizeof(*undo->words));
	undo->last = calloc(n, sizeof(*undo->last));
	undo->steps = calloc(n, sizeof(*undo->steps));
	undo->word_of = calloc(n, sizeof(*undo->word_of));
	undo->previous = calloc(n, sizeof(*undo->previous));
	if (undo->devices == NULL || undo->index == NULL || undo->words == NULL ||
	    undo->last == NULL || undo->steps == NULL || undo->word_of == NULL ||
	    undo->previous == NULL)
		rc = error_set(err, E_NOMEM, "out of memory");
	else
		rc = make(undo, board, force, err);
	if (rc == 0)
		*out = undo;
	else
		undo_free(undo);
	return rc;
}

void undo_free(struct undo *undo)
{
	if (undo == NULL)
		return;
	for (size_t i = 0; undo->index != NULL && i < undo->journal->n_devices; i++)
		wordmap_fini(&undo->index[i]);
	free(undo->index);
	free(undo->devices);
	free(undo->words);
	free(undo->last);
	free(undo->steps);
	free(undo->word_of);
	free(undo->previous);
	free(undo);
}

size_t undo_words(const struct undo *undo, const struct undo_word **words)
{
	*words = undo->words;
	return undo->n_words;
}

const struct undo_word *undo_first_dangerous(const struct undo *undo)
{
	for (size_t i = 0; i < undo->n_words; i++)
		if (undo->words[i].state == UNDO_PENDING &&
		    reg_word_dangerous(device_map(undo->words[i].dev), undo->words[i].addr))
			return &undo->words[i];
	return NULL;
}

/* --- doing it ---------------------------------------------------------------------------- */

/* Consecutive entries that go backwards, and the writes that some of them need. */
struct batch {
	struct device *dev; /* NULL: no write in it yet */
	size_t entries[BATCH_STEPS];
	bool writes[BATCH_STEPS];
	struct bus_op ops[BATCH_STEPS]; /* of those that need one */
	size_t n, n_ops;
};

/* Adds an entry; false: it belongs to the next batch. */
static bool add_step(struct undo *undo, struct batch *b, size_t entry)
{
	const struct journal_entry *e = &undo->journal->entries[entry];
	struct undo_word *word = &undo->words[undo->word_of[entry]];
	bool writes = word->state == UNDO_PENDING && !equals(word, e->old);

	if (b->n == BATCH_STEPS || (writes && b->dev != NULL && b->dev != word->dev))
		return false;
	b->entries[b->n] = entry;
	b->writes[b->n++] = writes;
	if (!writes)
		return true;
	b->dev = word->dev;
	word->now = reg_word_merge(device_map(word->dev), word->addr, word->now, e->old);
	b->ops[b->n_ops++] = (struct bus_op){
		.kind = BUS_OP_WRITE,
		.addr = word->addr,
		.value = word->now,
	};
	return true;
}

/* Marks the first @n steps of a batch, those that follow each other in one line. */
static int mark(struct journal_log *log, const struct batch *b, size_t n, const char *word,
		struct error *err)
{
	int rc = 0;

	for (size_t i = 0, end; log != NULL && rc == 0 && i < n; i = end) {
		end = i + 1;
		while (end < n && b->entries[end] + 1 == b->entries[end - 1])
			end++;
		rc = journal_log_mark(log, word, b->entries[i] + 1, b->entries[end - 1] + 1,
				      err);
	}
	return rc;
}

/* How many steps are behind us: up to the first write that was not done. */
static size_t steps_done(const struct batch *b)
{
	size_t op = 0;

	for (size_t i = 0; i < b->n; i++)
		if (b->writes[i] && b->ops[op++].status != BUS_OP_DONE)
			return i;
	return b->n;
}

static void settle(struct undo *undo, const struct batch *b, size_t n, size_t *n_written)
{
	for (size_t i = 0; i < n; i++) {
		size_t number = undo->word_of[b->entries[i]];
		struct undo_word *word = &undo->words[number];

		*n_written += b->writes[i];
		word->written |= b->writes[i];
		undo->steps[number]--;
		if (undo->steps[number] == 0 && word->state == UNDO_PENDING)
			word->state = word->written ? UNDO_RESTORED : UNDO_EQUAL;
	}
}

static int run_batch(struct undo *undo, struct journal_log *log, struct batch *b,
		     struct error *err, size_t *n_written)
{
	struct error late = { 0 };
	struct bus *bus;
	size_t done;
	int rc = b->n_ops > 0 ? mark(log, b, b->n, "undo", err) : 0;

	if (rc == 0 && log != NULL && b->n_ops > 0)
		rc = journal_log_sync(log, err);
	if (rc == 0 && b->n_ops > 0)
		rc = device_bus(b->dev, err, &bus);
	if (rc != 0)
		return rc;
	if (b->n_ops > 0 && bus_xfer(bus, b->ops, b->n_ops) != 0)
		rc = error_copy(err, bus_error(bus));
	done = steps_done(b);
	settle(undo, b, done, n_written);
	if (mark(log, b, done, "undone", &late) != 0 && rc == 0)
		rc = error_copy(err, &late);
	return rc;
}

static int run_all(struct undo *undo, struct journal_log *log, struct batch *b,
		   struct error *err)
{
	size_t left = undo->journal->n_entries, n_written = 0;
	int rc = 0;

	while (rc == 0 && left > 0) {
		b->dev = NULL;
		b->n = b->n_ops = 0;
		while (left > 0) {
			size_t number = undo->word_of[left - 1];

			if (number != NO_ENTRY && undo->words[number].state != UNDO_CHANGED &&
			    !add_step(undo, b, left - 1))
				break;
			left--;
		}
		rc = run_batch(undo, log, b, err, &n_written);
	}
	if (rc != 0)
		error_prefix(err, "after %zu register writes; undo again goes on from there",
			     n_written);
	return rc;
}

/* Does everything that was put back read so? */
static int check(struct undo *undo, struct error *err)
{
	int rc = read_all(undo, err);

	for (size_t i = 0; rc == 0 && i < undo->n_words; i++)
		if (undo->words[i].state == UNDO_RESTORED &&
		    !equals(&undo->words[i], undo->words[i].before))
			undo->words[i].state = UNDO_DIFFERS;
	return rc == 0 ? 0 : error_prefix(err, "reading back what was restored");
}

int undo_run(struct undo *undo, struct journal_log *log, struct error *err)
{
	struct batch *b = calloc(1, sizeof(*b));
	int rc = b == NULL ? error_set(err, E_NOMEM, "out of memory")
			   : run_all(undo, log, b, err);

	free(b);
	return rc == 0 ? check(undo, err) : rc;
}
