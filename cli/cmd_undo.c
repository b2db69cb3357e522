/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <stdlib.h>

#include "cli/name.h"
#include "cli/target.h"
#include "drv/journal.h"
#include "hal/undo.h"

enum { OPT_FORCE = OPT_COMMAND };

const struct arg_spec undo_options[] = {
	{ "force", 'f', OPT_FORCE, NULL, "also what was changed since, and on another bus", 0 },
	{ 0 },
};

/* Without a terminal the question is left to those who need an answer: no register, no yes. */
static int confirm(struct call *call, const struct undo *undo, struct error *err)
{
	const struct undo_word *word = undo_first_dangerous(undo);
	char question[NAME_MAX_BYTES + 64], name[NAME_MAX_BYTES];

	if (word == NULL)
		return 0;
	name_of_address(device_map(word->dev), word->addr, name, sizeof(name));
	snprintf(question, sizeof(question), "restoring %s, which is dangerous,", name);
	return session_confirm(call->session, &call->options, question, err);
}

static size_t count(const struct undo_word *words, size_t n, enum undo_state state)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		found += words[i].state == state;
	return found;
}

static void counts(struct call *call, const struct undo *undo)
{
	struct out_record *root = out_root(call->out);
	const struct undo_word *words;
	size_t n = undo_words(undo, &words);
	size_t pending = count(words, n, UNDO_PENDING);

	out_add(root, "n_restored", call->options.dry_run ? "to restore" : "restored",
		out_uint(count(words, n, UNDO_RESTORED)));
	out_add(root, "n_equal", "equal", out_uint(count(words, n, UNDO_EQUAL)));
	out_add(root, "n_lost", "not restorable", out_uint(count(words, n, UNDO_LOST)));
	out_add(root, "n_changed", "changed since", out_uint(count(words, n, UNDO_CHANGED)));
	if (pending > 0)
		out_add(root, "n_pending", "not done", out_uint(pending));
}

/* Those of a state that call for a look, with the values that explain why. */
static void values_table(struct call *call, const struct undo *undo, enum undo_state state)
{
	static const struct out_column changed[] = {
		{ "device", NULL, 0 },
		{ "path", NULL, 0 },
		{ NULL, "CHANGED SINCE", OUT_RAW },
		{ "address", NULL, 0 },
		{ "before", "BEFORE", OUT_RIGHT | OUT_RAW },
		{ "left", "LEFT", OUT_RIGHT | OUT_RAW },
		{ "now", "NOW", OUT_RIGHT | OUT_RAW },
	};
	static const struct out_column differs[] = {
		{ "device", NULL, 0 },
		{ "path", NULL, 0 },
		{ NULL, "DID NOT STAY RESTORED", OUT_RAW },
		{ "address", NULL, 0 },
		{ "before", "BEFORE", OUT_RIGHT | OUT_RAW },
		{ "left", "LEFT", OUT_RIGHT | OUT_RAW },
		{ "now", "NOW", OUT_RIGHT | OUT_RAW },
	};
	struct out_record *root = out_root(call->out);
	struct out_table *table = out_table(root, state == UNDO_CHANGED ? "changed" : "differs",
					    state == UNDO_CHANGED ? changed : differs, 7);
	const struct undo_word *words;
	size_t n = undo_words(undo, &words);

	for (size_t i = 0; i < n; i++) {
		const struct undo_word *word = &words[i];
		char name[NAME_MAX_BYTES], prefix[64];

		if (word->state != state)
			continue;
		name_of_address(device_map(word->dev), word->addr, name, sizeof(name));
		name_of_device(call->board, word->dev, prefix, sizeof(prefix));
		out_row(table, (const struct out_cell[]){
				       out_lasting(device_name(word->dev)),
				       out_text(name),
				       out_lasting(out_format(root, "%s%s", prefix, name)),
				       out_hex(word->addr, 32),
				       out_hex(word->before, 32),
				       out_hex(word->left, 32),
				       out_hex(word->now, 32),
			       });
	}
}

/* What cannot be taken back, whole or in part; one row for the elements of an array. */
static void lost_table(struct call *call, const struct undo *undo)
{
	struct left_out left = { .record = out_root(call->out) };
	size_t n_devices = board_n_devices(call->board);
	struct target *targets = calloc(n_devices + 1, sizeof(*targets));
	const struct undo_word *words;
	size_t n = undo_words(undo, &words);

	for (size_t i = 0; targets != NULL && i < n; i++) {
		struct regdb_ref ref = { .node = REGDB_NONE, .addr = words[i].addr };
		size_t k = 0;

		if (words[i].reason == NULL)
			continue;
		while (k < n_devices && board_device_at(call->board, k) != words[i].dev)
			k++;
		targets[k].dev = words[i].dev;
		targets[k].db = device_map(words[i].dev);
		name_of_device(call->board, words[i].dev, targets[k].prefix,
			       sizeof(targets[k].prefix));
		regdb_find_addr(targets[k].db, words[i].addr, &ref, 1);
		left_out_add(&left, &targets[k], &ref, 1, words[i].reason);
	}
	left_out_end(&left);
	free(targets);
}

static void tell(struct call *call, const struct undo *undo)
{
	const struct undo_word *words;
	size_t n = undo_words(undo, &words);

	counts(call, undo);
	if (n == 0)
		out_say(out_root(call->out), OUT_STYLE_DIM, "nothing is left to undo");
	if (count(words, n, UNDO_CHANGED) > 0)
		values_table(call, undo, UNDO_CHANGED);
	if (count(words, n, UNDO_DIFFERS) > 0)
		values_table(call, undo, UNDO_DIFFERS);
	if (count(words, n, UNDO_CHANGED) + count(words, n, UNDO_DIFFERS) > 0)
		call->status = 3;
	lost_table(call, undo);
}

static int take_back(struct call *call, struct journal_log *log, const struct journal *journal,
		     struct error *err)
{
	struct undo *undo;
	int rc = undo_plan(call->board, journal, args_has(&call->args, OPT_FORCE), err, &undo);

	if (rc != 0)
		return rc;
	rc = confirm(call, undo, err);
	if (rc == 0) {
		rc = undo_run(undo, call->options.dry_run ? NULL : log, err);
		tell(call, undo);
	}
	undo_free(undo);
	return rc;
}

int cmd_undo(struct call *call, struct error *err)
{
	struct journal_log *log = call->session->journal;
	struct journal *journal = NULL;
	int rc = 0;

	if (log == NULL)
		return error_set(err, E_SYNTAX,
				 "undo: which journal? --journal FILE or SWITCHBLADE_JOURNAL "
				 "names it");
	/* Read first: a journal that is not there is not made. */
	rc = journal_read(journal_log_path(log), err, &journal);
	journal_free(journal);
	journal = NULL;
	if (rc == 0)
		rc = journal_log_open(log, err);
	if (rc == 0)
		rc = journal_read(journal_log_path(log), err, &journal);
	if (rc != 0)
		return rc;
	journal_log_pause(log, true);
	rc = take_back(call, log, journal, err);
	journal_log_pause(log, false);
	journal_free(journal);
	return rc;
}
