/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "cli/probe.h"
#include "cli/target.h"
#include "drv/cancel.h"

enum { OPT_COUNT = OPT_COMMAND, OPT_ID, OPT_SCRATCH };

const struct arg_spec bus_test_options[] = {
	{ "count", 'c', OPT_COUNT, "N", "how often (1000)", 0 },
	{ "id", 0, OPT_ID, "REG", "register that always reads the same", ARG_REGISTER },
	{ "scratch", 0, OPT_SCRATCH, "REG", "register that is free for write tests",
	  ARG_REGISTER },
	{ 0 },
};

/* The first failures in a row are a dead device, later ones an error rate. */
#define DEAD_AFTER 3

struct tester {
	struct call *call;
	struct device *dev;
	uint64_t count;
	uint32_t *times_ns; /* room for two per round */
	size_t n_times;
	uint64_t done, failed, wrong;
	struct error last; /* failure, or wrong identity */
	struct progress progress;
};

/* Measuring is not waiting: the time per access is real also with mock registers. */
static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

static void timed(struct tester *t, uint64_t start_ns)
{
	const uint64_t ns = now_ns() - start_ns;

	t->times_ns[t->n_times++] = ns < UINT32_MAX ? (uint32_t)ns : UINT32_MAX;
}

static int compare_times(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static struct out_cell percentile(const struct tester *t, unsigned per_mille)
{
	const size_t at = t->n_times > 0 ? (t->n_times - 1) * per_mille / 1000 : 0;

	return t->n_times > 0 ? out_real((double)t->times_ns[at] / 1e3) : out_null();
}

static void show(struct tester *t, const char *key, const char *title, const char *name)
{
	struct out_record *record = out_record(out_root(t->call->out), key, title);
	const uint64_t errors = t->failed + t->wrong;

	qsort(t->times_ns, t->n_times, sizeof(*t->times_ns), compare_times);
	out_add(record, "register", "  register", out_text(name));
	out_add(record, "n_rounds", "  rounds", out_uint(t->done));
	out_add(record, "n_failed", "  failed", out_uint(t->failed));
	out_add(record, "n_wrong", "  wrong", out_uint(t->wrong));
	out_add(record, "error_rate", "  error rate",
		out_real(t->done > 0 ? (double)errors / (double)t->done : 0));
	out_add(record, "p50_us", "  median in us", percentile(t, 500));
	out_add(record, "p90_us", "  90 % in us", percentile(t, 900));
	out_add(record, "p99_us", "  99 % in us", percentile(t, 990));
	out_add(record, "max_us", "  longest in us", percentile(t, 1000));
	out_add(record, "last_error", t->last.code != 0 ? "  last error" : NULL,
		t->last.code != 0 ? out_text(t->last.text) : out_null());
	if (errors > 0)
		t->call->status = 3;
}

/* Counts a failed access; nonzero: no use in going on. */
static int count_failure(struct tester *t, int code, const struct error *why, struct error *err)
{
	t->last = *why;
	if (code == E_INTR || code == E_POLICY || code == E_NOTSUP || code == E_NODEV)
		return error_copy(err, why);
	t->failed++;
	if (t->failed == DEAD_AFTER && t->done + 1 == DEAD_AFTER)
		return error_copy(err, why);
	return 0;
}

static void reset(struct tester *t)
{
	t->n_times = 0;
	t->done = t->failed = t->wrong = 0;
	error_clear(&t->last);
}

static int repeat_id(struct tester *t, const struct regdb_ref *ref, struct error *err)
{
	const struct regdb *db = device_map(t->dev);
	const unsigned flags = call_reg_flags(t->call);
	uint64_t first = 0;
	bool known = false;
	int ret = 0;

	for (reset(t); ret == 0 && t->done < t->count; t->done++) {
		const uint64_t start_ns = now_ns();
		struct error why = { 0 };
		uint64_t value = 0;
		int rc = reg_read(t->dev, ref, flags, &why, &value);

		timed(t, start_ns);
		if (rc != 0)
			ret = count_failure(t, rc, &why, err);
		else if ((known && value != first) ||
			 probe_check(db, ref, value, &t->last) != 0)
			t->wrong++;
		if (rc == 0 && !known) {
			first = value;
			known = true;
		}
		progress_step(&t->progress, t->done, t->count);
	}
	return ret;
}

/* The complement of the old value, then zeros, ones, both checkerboards, every single bit, then a mix that never repeats soon. */
static uint64_t pattern(uint64_t round, uint64_t old)
{
	const uint64_t fixed[] = { ~old, 0, UINT64_MAX, UINT64_C(0x5555555555555555),
				   UINT64_C(0xaaaaaaaaaaaaaaaa) };

	if (round < 5)
		return fixed[round];
	if (round < 5 + 64)
		return UINT64_C(1) << (round - 5);
	round *= UINT64_C(0x9e3779b97f4a7c15); /* splitmix64's increment and mixer */
	round ^= round >> 30;
	round *= UINT64_C(0xbf58476d1ce4e5b9);
	return round ^ (round >> 27);
}

static int write_and_read(struct tester *t, const struct regdb_ref *ref, uint64_t value,
			  uint64_t *back, struct error *why)
{
	const unsigned flags = call_reg_flags(t->call);
	uint64_t start_ns = now_ns();
	int ret = reg_write(t->dev, ref, value, flags, why);

	timed(t, start_ns);
	if (ret != 0)
		return ret;
	start_ns = now_ns();
	ret = reg_read(t->dev, ref, flags, why, back);
	timed(t, start_ns);
	return ret;
}

static int repeat_scratch(struct tester *t, const struct regdb_ref *ref, uint64_t mask,
			  uint64_t old, struct error *err)
{
	int ret = 0;

	for (reset(t); ret == 0 && t->done < t->count; t->done++) {
		const uint64_t value = pattern(t->done, old) & mask;
		struct error why = { 0 };
		uint64_t back = 0;
		int rc = write_and_read(t, ref, value, &back, &why);

		if (rc != 0)
			ret = count_failure(t, rc, &why, err);
		else if ((back & mask) != value)
			t->wrong++;
		progress_step(&t->progress, t->done, t->count);
	}
	return ret;
}

static int test_id(struct tester *t, const char *name, struct error *err)
{
	struct regdb_ref ref = { 0 };
	int ret = probe_register(device_map(t->dev), name, err, &ref);

	if (ret == 0) {
		ret = repeat_id(t, &ref, err);
		if (t->done > 0)
			show(t, "identity", "identity, read again and again", name);
	}
	return ret;
}

static int test_scratch(struct tester *t, const char *name, struct error *err)
{
	const struct regdb *db = device_map(t->dev);
	struct error late = { 0 };
	struct regdb_ref ref = { 0 };
	uint64_t old = 0, mask;
	int ret = probe_register(db, name, err, &ref);

	if (ret == 0)
		ret = reg_read(t->dev, &ref, call_reg_flags(t->call), err, &old);
	if (ret != 0)
		return ret;
	mask = ref.node != REGDB_NONE ? reg_verify_mask(db, ref.node) : UINT32_MAX;
	if (mask == 0)
		return error_set(err, E_NOTSUP, "%s does not read back what is written", name);
	ret = repeat_scratch(t, &ref, mask, old, err);
	show(t, "scratch", "scratch, written and read back", name);
	cancel_clear(); /* the old value goes back also after Ctrl-C */
	if (reg_write(t->dev, &ref, old, call_reg_flags(t->call), &late) != 0 && ret == 0) {
		error_prefix(&late, "the scratch register keeps a test pattern");
		ret = error_copy(err, &late);
	}
	return ret;
}

static int run(struct tester *t, struct error *err)
{
	struct out_record *root = out_root(t->call->out);
	const struct regdb *db = device_map(t->dev);
	const struct options *options = &t->call->options;
	const char *id = args_value(&t->call->args, OPT_ID);
	const char *scratch = args_value(&t->call->args, OPT_SCRATCH);
	int ret = 0;

	id = id != NULL ? id : probe_identity_name(db);
	scratch = scratch != NULL ? scratch : probe_scratch_name(db);
	out_add(root, "device", "device", out_lasting(device_name(t->dev)));
	out_add(root, "bus", "bus", out_text(device_bus_uri(t->dev)));
	if (id == NULL && scratch == NULL)
		return error_set(
			err, E_NOTFOUND,
			"the map has no register of a known name to test with; give --id "
			"or --scratch");
	if (id != NULL)
		ret = test_id(t, id, err);
	if (ret != 0 || scratch == NULL)
		return ret;
	if (options->read_only || options->dry_run) {
		out_say(root, OUT_STYLE_DIM, "nothing was written: %s",
			options->read_only ? "--read-only" : "--dry-run");
		return 0;
	}
	return test_scratch(t, scratch, err);
}

int cmd_bus_test(struct call *call, struct error *err)
{
	const struct args_range counts = { 1, 10000000 };
	const char *device = call->args.n_operands > 0 ? call->args.operands[0] : "";
	struct tester t = { .call = call, .count = 1000 };
	int ret = args_option(&call->args, OPT_COUNT, counts, err, &t.count);

	if (ret == 0)
		ret = board_device(call->board, device, err, &t.dev);
	if (ret != 0)
		return ret;
	t.times_ns = calloc(2 * t.count, sizeof(*t.times_ns));
	if (t.times_ns == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	progress_start(&t.progress, call->session, "testing");
	ret = run(&t, err);
	progress_end(&t.progress);
	free(t.times_ns);
	return ret;
}
