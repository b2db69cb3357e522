/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * chip init over pci: with each of its accesses failing once.  The device is a BAR of plain memory in
 * a fake sysfs; what hardware would do in it is taken from the behaviour model: the words that init
 * reads are prefilled as a run on mock: saw them, and whenever time passes the bits that it waits for
 * become what it waits for.  Time is virtual.
 *
 * A step of 101 accesses by default, 1 with SOAK set.
 */
#include "tests/lib/pci_group.h"

#include <sys/mman.h>

#include "drv/bus_priv.h"
#include "drv/clock.h"
#include "hal/board.h"
#include "hal/device.h"
#include "hal/vsc7448/chip.h"
#include "tests/lib/chip_bench.h"

#define N_POLLS 256u
#define N_WORDS 16384u
#define URI     "pci:" SWITCH

/* --- what hardware does ------------------------------------------------------------------- */

struct poll {
	uint64_t addr;
	uint32_t mask, want;
};

struct word {
	uint64_t addr;
	uint32_t value;
};

static struct {
	struct poll poll[N_POLLS];
	size_t n_polls;
	struct word reset[N_WORDS]; /* as init finds them */
	size_t n_words;
	volatile uint32_t *bar;
	uint64_t now_us;
	struct clock *clock;
} hw;

static volatile uint32_t *word_at(uint64_t addr)
{
	return &hw.bar[(addr - ORIGIN) / 4];
}

static uint64_t hw_now_us(void *arg)
{
	(void)arg;
	return hw.now_us;
}

static void hw_wait_us(void *arg, uint64_t us)
{
	(void)arg;
	hw.now_us += us;
	for (size_t i = 0; i < hw.n_polls; i++) {
		volatile uint32_t *word = word_at(hw.poll[i].addr);

		*word = (*word & ~hw.poll[i].mask) | hw.poll[i].want;
	}
}

static const struct clock_ops hw_clock = { hw_now_us, hw_wait_us };

/* --- learning it from the model ------------------------------------------------------------- */

struct learned {
	struct chip_bench fresh;
	bool *seen;
};

static void learn_word(uint64_t addr, uint32_t value)
{
	assert_true(hw.n_words < N_WORDS);
	hw.reset[hw.n_words++] = (struct word){ addr, value };
}

static void learn_poll(const struct bus_op *op)
{
	struct poll poll = { op->addr, op->mask, op->value & op->mask };

	for (size_t i = 0; i < hw.n_polls; i++)
		if (hw.poll[i].addr == poll.addr && hw.poll[i].mask == poll.mask) {
			assert_int_equal(hw.poll[i].want, poll.want);
			return;
		}
	assert_true(hw.n_polls < N_POLLS);
	hw.poll[hw.n_polls++] = poll;
}

static void learn(void *arg, const struct device *dev, const struct bus_op *op, int result)
{
	struct learned *l = arg;
	size_t word = (op->addr - ORIGIN) / 4;

	(void)dev;
	assert_int_equal(result, 0);
	switch (op->kind) {
	case BUS_OP_POLL:
		learn_poll(op);
		break;
	case BUS_OP_WRITE:
	case BUS_OP_READ:
		if (!l->seen[word])
			learn_word(op->addr, op->kind == BUS_OP_READ
						     ? op->value
						     : chip_bench_peek(&l->fresh, op->addr));
		l->seen[word] = true;
		break;
	case BUS_OP_DELAY:
		break;
	}
}

static int init_base(struct device *dev, struct error *err)
{
	struct vsc7448_port_map map;
	struct vsc7448 *chip;
	int rc = vsc7448_open(dev, err, &chip);

	if (rc != 0)
		return rc;
	vsc7448_port_map_base(&map);
	rc = vsc7448_init(chip, &map, 0, err);
	vsc7448_close(chip);
	return rc;
}

static void learn_from_the_model(void)
{
	struct learned l = { .seen = calloc(0x2000000 / 4, sizeof(bool)) };
	struct board_options options = { .trace = learn, .arg = &l };
	struct error err = { 0 };
	struct board *board;

	assert_non_null(l.seen);
	chip_bench_open(&l.fresh, "mock:");
	assert_int_equal(board_open_bus("mock:", &options, &err, &board), 0);
	if (init_base(board_device_at(board, 0), &err) != 0)
		fail_msg("%s", err.text);
	board_close(board);
	chip_bench_close(&l.fresh);
	free(l.seen);
}

static int make_hardware(void **state)
{
	int fd;

	if (make_tree(state) != 0)
		return -1;
	add(SWITCH " vsc7448");
	fd = open(path_of("resource0"), O_RDWR);
	memset(&hw, 0, sizeof(hw));
	hw.bar = mmap(NULL, 0x2000000, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	hw.clock = clock_other_new(&hw_clock, true, NULL);
	if (hw.bar == MAP_FAILED || hw.clock == NULL)
		return -1;
	learn_from_the_model();
	return setenv("SWITCHBLADE_LOCK_DIR", tree, 1);
}

static int remove_hardware(void **state)
{
	munmap((void *)(uintptr_t)hw.bar, 0x2000000);
	clock_free(hw.clock);
	return remove_tree(state);
}

/* --- init ----------------------------------------------------------------------------------- */

struct session {
	struct board *board;
	struct device *dev;
};

static void open_session(struct session *s, const char *uri)
{
	static const struct board_options options = { 0 };
	struct error err = { 0 };
	struct bus *bus;

	if (board_open_bus(uri, &options, &err, &s->board) != 0)
		fail_msg("%s: %s", uri, err.text);
	s->dev = board_device_at(s->board, 0);
	board_hold(s->board, "test", 0);
	if (device_bus(s->dev, &err, &bus) != 0)
		fail_msg("%s: %s", uri, err.text);
	/* Wrappers have a clock of their own. */
	for (; bus->backend != &bus_backend_pci; bus = ((struct bus_wrapper *)bus)->inner)
		bus->clock = hw.clock;
	bus->clock = hw.clock;
}

/* A chip out of reset. */
static void open_reset(struct session *s, const char *uri)
{
	for (size_t i = 0; i < hw.n_words; i++)
		*word_at(hw.reset[i].addr) = hw.reset[i].value;
	open_session(s, uri);
}

static void close_session(struct session *s)
{
	board_let_go(s->board);
	board_close(s->board);
}

/* Number of accesses that init needs, each read of a poll counted. */
static size_t good_init(void)
{
	struct bus_stats stats;
	struct error err = { 0 };
	struct session s;
	struct bus *bus;

	open_reset(&s, URI);
	if (init_base(s.dev, &err) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(device_bus(s.dev, &err, &bus), 0);
	bus_stats_get(bus, &stats);
	close_session(&s);
	return (size_t)(stats.reads + stats.writes);
}

static void test_init_passes_on_the_bar(void **state)
{
	(void)state;
	assert_true(good_init() > 5000);
	assert_true(hw.n_polls > 5);
}

/* False: init has fewer accesses than @n. */
static bool fail_at(size_t n)
{
	struct error err = { 0 };
	struct session s;
	char uri[64];
	int rc;

	snprintf(uri, sizeof(uri), "fault:after=%zu," URI, n);
	open_reset(&s, uri);
	rc = init_base(s.dev, &err);
	if (rc != 0 && (rc != E_IO || strstr(err.text, "injected") == NULL))
		fail_msg("access %zu: %d %s", n, rc, err.text);
	if (rc != 0 && n % 101 == 0 && init_base(s.dev, &err) != 0)
		fail_msg("after access %zu: %s", n, err.text);
	close_session(&s);
	return rc != 0;
}

static void test_any_access_may_fail_and_the_next_command_works(void **state)
{
	const size_t step = getenv("SOAK") != NULL ? 1 : 101;
	const size_t n_accesses = good_init();
	size_t n = step, last = 0;

	(void)state;
	for (; fail_at(n); n += step) {
		struct vsc7448_chip_state got;
		struct error err = { 0 };
		struct vsc7448 *chip;
		struct session s;

		/* Another board: it gets the lock, the device answers. */
		open_session(&s, URI);
		assert_int_equal(vsc7448_open(s.dev, &err, &chip), 0);
		assert_int_equal(vsc7448_chip_state(chip, &err, &got), 0);
		vsc7448_close(chip);
		close_session(&s);
		last = n;
	}
	assert_in_range(n_accesses, last, last + step);
	print_message("counted: chip init over pci: %zu accesses, each %zu. failed once\n",
		      n_accesses, step);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_init_passes_on_the_bar, make_hardware,
						remove_hardware),
		cmocka_unit_test_setup_teardown(
			test_any_access_may_fail_and_the_next_command_works, make_hardware,
			remove_hardware),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
