/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Taking writes back on a device that is a file, so that it outlives the programs that write to it
 * and are killed: whatever became of them, the journal explains what the registers have, and undo
 * gives them their old values.
 */
#include "hal/undo.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "hal/reg.h"

#define WINDOW_WORDS 0x4000u

static char device_path[64], journal_path[80];
static uint32_t before[WINDOW_WORDS];

/* Words of the BTC of which all bits can be put back. */
static uint64_t plain[256];
static unsigned n_plain;

static int find_plain(void **state)
{
	struct error err = { 0 };
	struct regdb *db;

	(void)state;
	if (regdb_open_builtin("btc", &err, &db) != 0)
		return -1;
	for (uint64_t addr = 0; addr < 4 * WINDOW_WORDS && n_plain < 256; addr += 4) {
		struct reg_word_store store;

		reg_word_stores(db, addr, &store);
		if (store.whole && store.mask == UINT32_MAX)
			plain[n_plain++] = addr;
	}
	regdb_close(db);
	return n_plain >= 8 ? 0 : -1;
}

static int setup(void **state)
{
	int fd;

	(void)state;
	srand(1);
	for (unsigned i = 0; i < WINDOW_WORDS; i++)
		before[i] = (uint32_t)rand();
	strcpy(device_path, "/tmp/sb-undo-XXXXXX");
	fd = mkstemp(device_path);
	snprintf(journal_path, sizeof(journal_path), "%s.journal", device_path);
	if (fd < 0 || write(fd, before, sizeof(before)) != (ssize_t)sizeof(before))
		return -1;
	return close(fd);
}

static int teardown(void **state)
{
	(void)state;
	unlink(journal_path);
	return unlink(device_path);
}

static void read_device(uint32_t *words)
{
	int fd = open(device_path, O_RDONLY);

	assert_int_equal(read(fd, words, sizeof(before)), sizeof(before));
	close(fd);
}

static void check_as_before(void)
{
	static uint32_t now[WINDOW_WORDS];

	read_device(now);
	for (unsigned i = 0; i < WINDOW_WORDS; i++)
		if (now[i] != before[i])
			fail_msg("word 0x%x: 0x%08x, was 0x%08x", 4 * i, now[i], before[i]);
}

/* A session on the device: board, bus and, when it is wanted, the journal of its writes. */
struct session {
	struct board_options options;
	struct board *board;
	struct bus *bus;
};

static void open_session(struct session *s, const char *fault, bool journal)
{
	struct error err = { 0 };
	char uri[160];

	memset(s, 0, sizeof(*s));
	s->options.map = "btc";
	s->options.journal = journal ? journal_log_new(journal_path) : NULL;
	snprintf(uri, sizeof(uri), "%sfile:%s", fault, device_path);
	if (board_open_bus(uri, &s->options, &err, &s->board) != 0)
		fail_msg("%s", err.text);
	board_hold(s->board, "test", 0);
	if (device_bus(board_device_at(s->board, 0), &err, &s->bus) != 0)
		fail_msg("%s", err.text);
}

static void close_session(struct session *s)
{
	board_close(s->board);
	journal_log_free(s->options.journal);
}

/* Undoes the journal on a bus with @fault ("" : none); counts the words of each state. */
static int undo_with(const char *fault, bool force, size_t states[6], struct error *err)
{
	const struct undo_word *words;
	struct journal *journal;
	struct undo *undo = NULL;
	struct session s;
	int rc;

	memset(states, 0, 6 * sizeof(*states));
	open_session(&s, fault, true);
	journal_log_pause(s.options.journal, true);
	assert_int_equal(journal_log_open(s.options.journal, err), 0);
	assert_int_equal(journal_read(journal_path, err, &journal), 0);
	rc = undo_plan(s.board, journal, force, err, &undo);
	if (rc == 0)
		rc = undo_run(undo, s.options.journal, err);
	if (undo != NULL)
		for (size_t n = undo_words(undo, &words); n-- > 0;)
			states[words[n].state]++;
	undo_free(undo);
	journal_free(journal);
	close_session(&s);
	return rc;
}

static void undo_all(size_t states[6])
{
	struct error err = { 0 };

	if (undo_with("", false, states, &err) != 0)
		fail_msg("%s", err.text);
}

/* Batches of random writes, some words several times. */
static void write_batches(struct bus *bus, unsigned n)
{
	struct bus_op ops[8];

	for (unsigned i = 0; i < n; i++) {
		unsigned len = 1 + (unsigned)rand() % 8;

		for (unsigned k = 0; k < len; k++)
			ops[k] = (struct bus_op){ .kind = BUS_OP_WRITE,
						  .addr = plain[(unsigned)rand() % n_plain],
						  .value = (uint32_t)rand() };
		assert_int_equal(bus_xfer(bus, ops, len), 0);
	}
}

static void test_all_writes_are_taken_back_and_only_once(void **state)
{
	struct session s;
	size_t states[6];

	(void)state;
	open_session(&s, "", true);
	write_batches(s.bus, 50);
	close_session(&s);
	undo_all(states);
	assert_in_range(states[UNDO_RESTORED], 100, n_plain);
	assert_int_equal(states[UNDO_CHANGED] + states[UNDO_DIFFERS] + states[UNDO_PENDING], 0);
	check_as_before();
	undo_all(states);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(states[i], 0);
	check_as_before();
}

static void test_what_somebody_changed_since_stays_unless_forced(void **state)
{
	static uint32_t now[WINDOW_WORDS];
	struct error err = { 0 };
	struct session s;
	size_t states[6];

	(void)state;
	open_session(&s, "", true);
	for (unsigned i = 0; i < 8; i++)
		assert_int_equal(bus_write(s.bus, plain[i], i), 0);
	close_session(&s);
	open_session(&s, "", false);
	assert_int_equal(bus_write(s.bus, plain[3], 77), 0);
	assert_int_equal(bus_write(s.bus, plain[4], before[plain[4] / 4]), 0);
	close_session(&s);
	undo_all(states);
	assert_int_equal(states[UNDO_RESTORED], 6);
	assert_int_equal(states[UNDO_EQUAL], 1);
	assert_int_equal(states[UNDO_CHANGED], 1);
	read_device(now);
	assert_int_equal(now[plain[3] / 4], 77);
	undo_all(states);
	assert_int_equal(states[UNDO_CHANGED], 1);
	assert_int_equal(undo_with("", true, states, &err), 0);
	assert_int_equal(states[UNDO_RESTORED], 1);
	check_as_before();
}

/* Cuts the last line off the journal. */
static void cut_last_line(void)
{
	char text[1024];
	FILE *file = fopen(journal_path, "r+");
	size_t n = fread(text, 1, sizeof(text), file) - 1;

	while (n > 0 && text[n - 1] != '\n')
		n--;
	assert_int_equal(ftruncate(fileno(file), (off_t)n), 0);
	fclose(file);
}

/* A batch that was cut off: its word may have any value on its way, the first one too. */
static void test_a_batch_of_unknown_outcome_is_undone_from_wherever_it_stopped(void **state)
{
	for (uint32_t stopped = 1; stopped <= 4; stopped++) {
		struct bus_op ops[3];
		struct session s;
		size_t states[6];

		(void)state;
		open_session(&s, "", true);
		assert_int_equal(bus_write(s.bus, plain[0], 1), 0);
		for (uint32_t i = 0; i < 3; i++)
			ops[i] = (struct bus_op){ .kind = BUS_OP_WRITE,
						  .addr = plain[0],
						  .value = 2 + i };
		assert_int_equal(bus_xfer(s.bus, ops, 3), 0);
		close_session(&s);
		cut_last_line();
		open_session(&s, "", false);
		assert_int_equal(bus_write(s.bus, plain[0], stopped), 0);
		close_session(&s);
		undo_all(states);
		assert_int_equal(states[UNDO_RESTORED], 1);
		check_as_before();
		unlink(journal_path);
	}
}

/* The register text: SCRATCH stores, TX_DATA is write-only, RESET a shot, EVENTS write-to-clear. */
static void test_what_cannot_be_put_back_has_its_reason(void **state)
{
	static const struct {
		uint64_t addr;
		const char *reason;
	} lost[] = {
		{ 0x3000, "write-only" },          { 0x0040, "one-shot bits" },
		{ 0x0050, "write-to-clear bits" }, { 0x0000, "read-only" },
		{ 0xfffc, "not in the map" },
	};
	const struct undo_word *words;
	struct journal *journal;
	struct error err = { 0 };
	struct undo *undo;
	struct session s;

	(void)state;
	open_session(&s, "", true);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(bus_write(s.bus, lost[i].addr, 1), 0);
	assert_int_equal(journal_read(journal_path, &err, &journal), 0);
	assert_int_equal(undo_plan(s.board, journal, false, &err, &undo), 0);
	assert_int_equal(undo_words(undo, &words), 5);
	for (size_t i = 0; i < 5; i++) {
		assert_true(journal->entries[i].lost);
		assert_non_null(strstr(journal->entries[i].text, lost[i].reason));
		assert_int_equal(words[i].state, UNDO_LOST);
		assert_string_equal(words[i].reason, lost[i].reason);
	}
	undo_free(undo);
	journal_free(journal);
	close_session(&s);
}

/* Every access of an undo fails once: the next undo does the rest. */
static void test_an_undo_that_fails_anywhere_is_finished_by_the_next(void **state)
{
	size_t n_faults = 0;
	struct session s;
	int rc = -1;

	(void)state;
	for (unsigned after = 1; rc != 0; after++) {
		struct error err = { 0 };
		size_t states[6];
		char fault[32];

		open_session(&s, "", true);
		write_batches(s.bus, 3);
		close_session(&s);
		snprintf(fault, sizeof(fault), "fault:after=%u,", after);
		rc = undo_with(fault, false, states, &err);
		if (rc != 0) {
			assert_int_equal(rc, E_IO);
			n_faults++;
		}
		undo_all(states);
		assert_int_equal(states[UNDO_CHANGED], 0);
		check_as_before();
	}
	assert_true(n_faults > 20);
	printf("counted: %zu faults of undo, each finished by the next\n", n_faults);
}

/* Kills a child in the middle of @work, some time after there is a journal. */
static void kill_in_the_middle(void (*work)(void), unsigned after_us)
{
	pid_t child = fork();

	if (child == 0) {
		work();
		_exit(0);
	}
	for (unsigned i = 0; i < 20000 && access(journal_path, F_OK) != 0; i++)
		usleep(1000);
	usleep(after_us);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

static void write_for_long(void)
{
	struct session s;

	open_session(&s, "", true);
	for (unsigned i = 0; i < 1000; i++)
		write_batches(s.bus, 1);
	close_session(&s);
}

static void undo_in_a_child(void)
{
	size_t states[6];

	undo_all(states);
}

/* Does each word have the new value of its last write, or the old one where that is not known? */
static size_t check_journal_explains(size_t *n_entries)
{
	static uint32_t now[WINDOW_WORDS];
	struct error err = { 0 };
	struct journal *journal;
	size_t n_unknown = 0;
	bool seen[WINDOW_WORDS] = { false };

	read_device(now);
	if (journal_read(journal_path, &err, &journal) != 0)
		fail_msg("%s", err.text);
	*n_entries = journal->n_entries;
	for (size_t i = journal->n_entries; i-- > 0;) {
		const struct journal_entry *e = &journal->entries[i];
		uint32_t value = now[e->addr / 4];
		bool unknown = e->outcome == JOURNAL_UNKNOWN;

		n_unknown += unknown;
		if (seen[e->addr / 4])
			continue;
		seen[e->addr / 4] = !unknown || value == e->new;
		if (value != e->new && !unknown)
			fail_msg("write %zu done, but 0x%08x is there", i + 1, value);
	}
	for (unsigned i = 0; i < WINDOW_WORDS; i++)
		if (!seen[i] && now[i] != before[i]) {
			const struct journal_entry *e = NULL;

			for (size_t k = 0; k < journal->n_entries; k++)
				if (journal->entries[k].addr / 4 == i)
					e = &journal->entries[k];
			if (e == NULL || now[i] != e->old)
				fail_msg("word 0x%x was written without a word", 4 * i);
		}
	journal_free(journal);
	return n_unknown;
}

/* Was the last undo killed between its word in the journal and the end? */
static bool undo_was_cut_off(void)
{
	struct error err = { 0 };
	struct journal *journal;
	bool begun = false;

	assert_int_equal(journal_read(journal_path, &err, &journal), 0);
	for (size_t i = 0; i < journal->n_entries; i++)
		begun |= journal->entries[i].undo_begun && !journal->entries[i].undone;
	journal_free(journal);
	return begun;
}

static void test_kill_9_in_the_middle_leaves_a_journal_that_explains_and_undoes(void **state)
{
	size_t n_entries = 0, n_unknown = 0, n_kills = 0, n_cut = 0;

	(void)state;
	for (unsigned round = 0; round < 25; round++) {
		size_t states[6], n = 0;

		unlink(journal_path);
		kill_in_the_middle(write_for_long, 700 * round);
		n_kills++;
		n_unknown += check_journal_explains(&n);
		n_entries += n;
		/* The undo is killed too; the next one finds its way. */
		kill_in_the_middle(undo_in_a_child, 500 + 100 * round);
		n_cut += undo_was_cut_off();
		undo_all(states);
		assert_int_equal(states[UNDO_CHANGED] + states[UNDO_DIFFERS], 0);
		check_as_before();
	}
	printf("counted: %zu writers killed -9 after %zu writes, %zu of them unknown; %zu "
	       "undos "
	       "killed halfway\n",
	       n_kills, n_entries, n_unknown, n_cut);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_all_writes_are_taken_back_and_only_once),
		T(test_what_somebody_changed_since_stays_unless_forced),
		T(test_a_batch_of_unknown_outcome_is_undone_from_wherever_it_stopped),
		T(test_what_cannot_be_put_back_has_its_reason),
		T(test_an_undo_that_fails_anywhere_is_finished_by_the_next),
		T(test_kill_9_in_the_middle_leaves_a_journal_that_explains_and_undoes),
	};

	return cmocka_run_group_tests(tests, find_plain, NULL);
}
