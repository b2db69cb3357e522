/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Journals of writes on a file: bus: what is read for them and what not, that a write is in the
 * file before it reaches the device, what is left when the disk is full or the writer dies.
 */
#include "tests/unit/bus_fixture.h"

#include "drv/journal.h"
#include "drv/wrap.h"

#define READ(i)     ((struct bus_op){ .kind = BUS_OP_READ, .addr = WORD(i) })
#define WRITE(i, v) ((struct bus_op){ .kind = BUS_OP_WRITE, .addr = WORD(i), .value = (v) })

#define SHOT  8u /* words that do more than store, or that may not be read */
#define MIXED 9u
#define FIFO  10u

static char journal_path[80];

/* The bus under test, what reached the device, and what the journal then held. */
struct bench {
	struct journal_log *log;
	struct bus *bus;
	unsigned era;
	char accesses[512]; /* "r5 w5 " */
	bool check_file;    /* every write is in the journal when it is done, without outcome */
};

static int setup(void **state)
{
	int rc = scratch_make(state);

	snprintf(journal_path, sizeof(journal_path), "%s.journal", scratch_path);
	return rc;
}

static int teardown(void **state)
{
	unlink(journal_path);
	return scratch_remove(state);
}

static struct wrap_journal_word word(void *arg, uint64_t addr)
{
	(void)arg;
	if (addr == WORD(SHOT))
		return (struct wrap_journal_word){ .lost = "one-shot bits" };
	if (addr == WORD(FIFO))
		return (struct wrap_journal_word){ .lost = "reading has a side effect" };
	return (struct wrap_journal_word){ .stores = addr != WORD(MIXED) };
}

static const char *command(void *arg)
{
	(void)arg;
	return "test\n@device";
}

static unsigned era(void *arg)
{
	return ((struct bench *)arg)->era;
}

static struct journal *read_journal(void)
{
	struct journal *journal = NULL;
	struct error err = { 0 };

	if (journal_read(journal_path, &err, &journal) != E_OK)
		fail_msg("%s", err.text);
	return journal;
}

static void on_access(void *arg, const struct bus_op *op, int result)
{
	struct bench *b = arg;
	size_t used = strlen(b->accesses);

	(void)result;
	snprintf(b->accesses + used, sizeof(b->accesses) - used, "%c%u ",
		 op->kind == BUS_OP_READ ? 'r' : 'w',
		 (unsigned)(op->addr - SCRATCH_ORIGIN) / 4);
	if (b->check_file && op->kind == BUS_OP_WRITE) {
		struct journal *journal = read_journal();
		const struct journal_entry *last = &journal->entries[journal->n_entries - 1];

		assert_int_equal(last->addr, op->addr);
		assert_int_equal(last->new, op->value);
		assert_int_equal(last->outcome, JOURNAL_UNKNOWN);
		journal_free(journal);
	}
}

static void open_on(struct bench *b, const char *prefix, const char *path)
{
	const struct wrap_trace_ops trace = { on_access, b };
	const struct wrap_journal_ops ops = {
		.device = "dev",
		.map_name = "none",
		.word = word,
		.command = command,
		.era = era,
		.arg = b,
	};
	struct wrap_journal_ops with_log = ops;
	struct error err = { 0 };

	memset(b, 0, sizeof(*b));
	b->log = journal_log_new(path);
	with_log.log = b->log;
	assert_int_equal(wrap_trace(scratch_open(prefix), &trace, &err, &b->bus), E_OK);
	assert_int_equal(wrap_journal(b->bus, &with_log, &err, &b->bus), E_OK);
}

static void close_bench(struct bench *b)
{
	bus_close(b->bus);
	journal_log_free(b->log);
}

static void check_accesses(struct bench *b, const char *want)
{
	assert_string_equal(b->accesses, want);
	b->accesses[0] = '\0';
}

static void test_an_old_value_is_read_once_and_only_when_nobody_knows_it(void **state)
{
	struct bench b;
	uint32_t value;

	(void)state;
	open_on(&b, "", journal_path);
	assert_int_equal(bus_write(b.bus, WORD(1), 7), E_OK);
	check_accesses(&b, "r1 w1 ");
	assert_int_equal(bus_write(b.bus, WORD(1), 8), E_OK);
	check_accesses(&b, "w1 ");
	assert_int_equal(bus_read(b.bus, WORD(2), &value), E_OK);
	assert_int_equal(bus_write(b.bus, WORD(2), value | 1), E_OK);
	check_accesses(&b, "r2 w2 ");
	/* Another hold of the lock: others may have written in between. */
	b.era++;
	assert_int_equal(bus_write(b.bus, WORD(1), 9), E_OK);
	check_accesses(&b, "r1 w1 ");
	/* What does more than store may have changed anything. */
	assert_int_equal(bus_write(b.bus, WORD(SHOT), 1), E_OK);
	assert_int_equal(bus_write(b.bus, WORD(1), 10), E_OK);
	check_accesses(&b, "w8 r1 w1 ");
	/* What changes by itself is read before every write. */
	assert_int_equal(bus_write(b.bus, WORD(MIXED), 1), E_OK);
	assert_int_equal(bus_write(b.bus, WORD(MIXED), 2), E_OK);
	check_accesses(&b, "r9 w9 r9 w9 ");
	assert_int_equal(bus_write(b.bus, WORD(FIFO), 1), E_OK);
	check_accesses(&b, "w10 ");
	close_bench(&b);
}

static void test_a_batch_reads_first_and_stops_where_a_write_acts(void **state)
{
	struct bench b;
	struct bus_op ops[] = {
		WRITE(1, 11), WRITE(2, 12),   WRITE(1, 13), READ(3),
		WRITE(3, 14), WRITE(SHOT, 1), WRITE(2, 15),
	};
	static const uint32_t old[] = { 0x10000001, 0x10000002, 11, 0x10000003, 0, 12 };
	struct journal *journal;

	(void)state;
	open_on(&b, "", journal_path);
	assert_int_equal(bus_xfer(b.bus, ops, COUNT(ops)), E_OK);
	check_accesses(&b, "r1 r2 r3 w1 w2 w1 r3 w3 w8 r2 w2 ");
	close_bench(&b);
	journal = read_journal();
	assert_int_equal(journal->n_entries, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(journal->entries[i].lost, i == 4);
		assert_int_equal(journal->entries[i].old, old[i]);
		assert_int_equal(journal->entries[i].outcome, JOURNAL_DONE);
	}
	assert_string_equal(journal->entries[4].text, "0x00001020: one-shot bits");
	assert_int_equal(journal->n_devices, 1);
	journal_free(journal);
}

static void test_a_write_is_in_the_file_before_it_is_done(void **state)
{
	struct bench b;

	(void)state;
	open_on(&b, "", journal_path);
	b.check_file = true;
	for (unsigned i = 0; i < 20; i++)
		assert_int_equal(bus_write(b.bus, WORD(i % 12), i), E_OK);
	close_bench(&b);
}

static void test_outcomes_tell_what_failed_and_what_is_unknown(void **state)
{
	struct bus_op ops[] = { WRITE(SHOT, 1), WRITE(SHOT, 2), WRITE(SHOT, 3) };
	struct bench b;
	struct journal *journal;

	(void)state;
	open_on(&b, "fault:after=2,", journal_path);
	assert_int_equal(bus_xfer(b.bus, ops, 3), E_IO);
	close_bench(&b);
	open_on(&b, "fault:after=3,kind=timeout,", journal_path);
	assert_int_equal(bus_xfer(b.bus, (struct bus_op[]){ WRITE(1, 1), WRITE(2, 2) }, 2),
			 E_TIMEOUT);
	close_bench(&b);
	journal = read_journal();
	/* Of the shots the third was never begun; of the plain writes both were announced. */
	assert_int_equal(journal->n_entries, 4);
	assert_int_equal(journal->entries[0].outcome, JOURNAL_DONE);
	assert_int_equal(journal->entries[1].outcome, JOURNAL_FAILED);
	assert_int_equal(journal->entries[2].outcome, JOURNAL_UNKNOWN);
	assert_int_equal(journal->entries[3].outcome, JOURNAL_FAILED);
	journal_free(journal);
}

static void test_an_old_value_that_cannot_be_read_does_not_stop_the_write(void **state)
{
	struct bench b;
	struct journal *journal;

	(void)state;
	open_on(&b, "fault:after=1,", journal_path);
	assert_int_equal(bus_write(b.bus, WORD(1), 7), E_OK);
	close_bench(&b);
	journal = read_journal();
	assert_true(journal->entries[0].lost);
	assert_string_equal(journal->entries[0].text, "0x00001004: it could not be read");
	assert_int_equal(journal->entries[0].outcome, JOURNAL_DONE);
	journal_free(journal);
}

static void test_a_full_disk_writes_nothing_to_the_device(void **state)
{
	struct bench b;
	uint32_t value;

	(void)state;
	open_on(&b, "", "/dev/full");
	assert_int_equal(bus_write(b.bus, WORD(1), 7), E_IO);
	if (strstr(bus_error(b.bus)->text, "nothing was written: journal file '/dev/full': No "
					   "space left on device") == NULL)
		fail_msg("%s", bus_error(b.bus)->text);
	assert_int_equal(bus_read(b.bus, WORD(1), &value), E_OK);
	assert_int_equal(value, scratch_word(1));
	close_bench(&b);
}

static void test_a_journal_belongs_to_one_process_at_a_time(void **state)
{
	struct bench b, other;

	(void)state;
	open_on(&b, "", journal_path);
	assert_int_equal(bus_write(b.bus, WORD(1), 7), E_OK);
	open_on(&other, "", journal_path);
	assert_int_equal(bus_write(other.bus, WORD(2), 7), E_BUSY);
	close_bench(&b);
	assert_int_equal(bus_write(other.bus, WORD(2), 7), E_OK);
	close_bench(&other);
}

static void test_while_paused_nothing_is_recorded_and_nothing_known(void **state)
{
	struct bench b;
	struct journal *journal;

	(void)state;
	open_on(&b, "", journal_path);
	assert_int_equal(bus_write(b.bus, WORD(1), 7), E_OK);
	journal_log_pause(b.log, true);
	assert_int_equal(bus_write(b.bus, WORD(1), 8), E_OK);
	journal_log_pause(b.log, false);
	assert_int_equal(bus_write(b.bus, WORD(1), 9), E_OK);
	check_accesses(&b, "r1 w1 w1 r1 w1 ");
	close_bench(&b);
	journal = read_journal();
	assert_int_equal(journal->n_entries, 2);
	assert_int_equal(journal->entries[1].old, 8);
	journal_free(journal);
}

/* Wherever a crash cuts the file off, what is left can be read, and appended to. */
static void test_a_journal_that_is_cut_off_anywhere_can_be_read_and_goes_on(void **state)
{
	static char text[4096];
	struct bench b;
	struct journal *journal;
	size_t size, n_before = 0;
	FILE *file;

	(void)state;
	open_on(&b, "", journal_path);
	for (unsigned i = 0; i < 6; i++)
		assert_int_equal(bus_write(b.bus, WORD(i), i), E_OK);
	close_bench(&b);
	file = fopen(journal_path, "r");
	size = fread(text, 1, sizeof(text), file);
	fclose(file);
	for (size_t cut = 0; cut <= size; cut++) {
		struct error err = { 0 };

		assert_int_equal(journal_parse("cut", text, cut, &err, &journal), E_OK);
		assert_in_range(journal->n_entries, n_before, n_before + 1);
		n_before = journal->n_entries;
		journal_free(journal);
		if (cut % 7 != 0)
			continue;
		file = fopen(journal_path, "w");
		assert_int_equal(fwrite(text, 1, cut, file), cut);
		fclose(file);
		open_on(&b, "", journal_path);
		assert_int_equal(bus_write(b.bus, WORD(1), 99), E_OK);
		close_bench(&b);
		journal = read_journal();
		assert_int_equal(journal->n_entries, n_before + 1);
		assert_int_equal(journal->entries[n_before].new, 99);
		journal_free(journal);
	}
	assert_int_equal(n_before, 6);
}

static void test_every_mistake_in_a_file_is_told_with_its_line(void **state)
{
#define HEAD "@journal 1\n@run 1 now\n@device d map m bus b\n"
	static const struct {
		const char *text, *want;
	} bad[] = {
		{ "@journal 2\n", "f:1: a journal begins with `@journal 1`" },
		{ "@journal 1\n@what\n", "f:2: no @run, @device or @command" },
		{ "@journal 1\n@run now\n", "f:2: no `PROCESS TIME`" },
		{ "@journal 1\n@device d\n", "f:2: no `DEVICE map`" },
		{ "@journal 1\n@device d map m bus\n", "f:2: no `MAP bus URI`" },
		{ "@journal 1\nwrite 1 0 0 -> 0 at 0\n", "f:2: no @device before this" },
		{ HEAD "@run 2 now\nwrite 1 0 0 -> 0 at 0\n", "f:5: no @device before this" },
		{ HEAD "write 2 0 0 -> 0 at 0\n", "f:4: no number that follows" },
		{ HEAD "write 1 2 0 -> 0 at 0\n", "f:4: no address of a word" },
		{ HEAD "write 1 0 -> 0 at 0\n", "f:4: no old value before this" },
		{ HEAD "write 1 0 0 0 at 0\n", "f:4: no `-> VALUE`" },
		{ HEAD "write 1 0 0 -> 0x100000000 at 0\n", "f:4: no `-> VALUE`" },
		{ HEAD "write 1 0 0 -> 0\n", "f:4: no `at TIME`" },
		{ HEAD "write 1 0 0 -> 0 at 0 or so\n", "f:4: more text than expected" },
		{ HEAD "done 1\n", "f:4: no number of a write before this" },
		{ HEAD "write 1 0 0 -> 0 at 0\ndone 1-2\n", "f:5: no number of a write" },
		{ HEAD "write 1 0 0 -> 0 at 0\ndone 0\n", "f:5: no number of a write" },
		{ HEAD "read 1\n", "f:4: no write, done, failed, unknown, undo or undone" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct error err = { 0 };
		struct journal *journal;

		assert_int_equal(
			journal_parse("f", bad[i].text, strlen(bad[i].text), &err, &journal),
			E_SYNTAX);
		if (strncmp(err.text, bad[i].want, strlen(bad[i].want)) != 0)
			fail_msg("%s: %s", bad[i].text, err.text);
	}
#undef HEAD
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_an_old_value_is_read_once_and_only_when_nobody_knows_it),
		T(test_a_batch_reads_first_and_stops_where_a_write_acts),
		T(test_a_write_is_in_the_file_before_it_is_done),
		T(test_outcomes_tell_what_failed_and_what_is_unknown),
		T(test_an_old_value_that_cannot_be_read_does_not_stop_the_write),
		T(test_a_full_disk_writes_nothing_to_the_device),
		T(test_a_journal_belongs_to_one_process_at_a_time),
		T(test_while_paused_nothing_is_recorded_and_nothing_known),
		T(test_a_journal_that_is_cut_off_anywhere_can_be_read_and_goes_on),
		T(test_every_mistake_in_a_file_is_told_with_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
