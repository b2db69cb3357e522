/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Remote buses: what every bus does, through a server; leases; clocks; and servers that lie, die
 * or fall silent.
 */
#include "tests/unit/bus_cases.h"

#include <fcntl.h>
#include <sys/socket.h>

#include "drv/bus_priv.h"
#include "drv/serve.h"
#include "regmaps/regdb/regdb.h"
#include "tests/lib/serve_bench.h"

static struct serve_bench bench;

/* scratch_open() gives the client's end; the bench is closed by the next one, or at the end. */
static struct bus *through_a_server(struct bus *inner)
{
	struct error err = { 0 };
	struct bus *bus;

	if (bench.clock != NULL)
		serve_bench_close(&bench);
	serve_bench_open(&bench, &inner, 1);
	if (serve_bench_bus(&bench, "", NULL, &err, &bus) != E_OK)
		fail_msg("%s", err.text);
	return bus;
}

static struct bus *another(void)
{
	struct error err = { 0 };
	struct bus *bus;

	if (serve_bench_bus(&bench, "one", NULL, &err, &bus) != E_OK)
		fail_msg("%s", err.text);
	return bus;
}

static void test_a_batch_is_one_message_there_and_back(void **state)
{
	struct bus *bus = scratch_open("");
	struct bus_op ops[1000];
	struct serve_stats stats;

	(void)state;
	for (unsigned i = 0; i < COUNT(ops); i++)
		ops[i] = (struct bus_op){ .kind = i % 2 == 0 ? BUS_OP_READ : BUS_OP_WRITE,
					  .addr = WORD(i),
					  .value = i };
	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_OK);
	serve_stats_get(bench.serve, &stats);
	assert_int_equal(stats.batches, 1);
	assert_int_equal(stats.operations, 1000);
	assert_int_equal(scratch_peek(999), 999);
	bus_close(bus);
}

static void test_long_batches_go_in_several_messages_under_a_lease(void **state)
{
	const size_t n = 2 * PROTO_MAX_OPS + 5;
	struct bus_op *ops = calloc(n, sizeof(*ops));
	struct bus *bus = scratch_open("");
	struct serve_stats stats;

	(void)state;
	assert_non_null(ops);
	for (size_t i = 0; i < n; i++)
		ops[i] = (struct bus_op){ .kind = BUS_OP_READ, .addr = WORD(i % 1024) };
	assert_int_equal(bus_xfer(bus, ops, n), E_OK);
	serve_stats_get(bench.serve, &stats);
	assert_int_equal(stats.batches, 3);
	assert_int_equal(stats.leases, 0);
	assert_int_equal(ops[n - 1].value, scratch_word((n - 1) % 1024));
	ops[n - 1].kind = BUS_OP_WRITE;
	assert_int_equal(bus_xfer(bus, ops, n), E_OK);
	serve_stats_get(bench.serve, &stats);
	assert_int_equal(stats.leases, 1);
	bus_close(bus);
	free(ops);
}

static void test_results_of_a_failing_batch_tell_each_operation(void **state)
{
	struct bus *bus = scratch_open("fault:after=2,");
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE, .addr = WORD(0), .value = 1 },
		{ .kind = BUS_OP_WRITE, .addr = WORD(1), .value = 2 },
		{ .kind = BUS_OP_READ, .addr = WORD(2) },
	};

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_IO);
	assert_int_equal(ops[0].status, BUS_OP_DONE);
	assert_int_equal(ops[1].status, BUS_OP_FAILED);
	assert_int_equal(ops[2].status, BUS_OP_NOT_RUN);
	assert_string_equal(bus_error(bus)->text,
			    "write 0x00001004: injected fault: I/O error at access 2 (seed 1)");
	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_OK);
	bus_close(bus);
}

/* --- leases ------------------------------------------------------------------------------ */

static void test_leases_keep_writers_out_and_let_readers_in(void **state)
{
	struct bus *bus = scratch_open(""), *other = another();
	uint32_t value;

	(void)state;
	assert_true(bus_is_shared(bus));
	assert_int_equal(bus_lease(bus, "a test", 0), E_OK);
	assert_int_equal(bus_lease(other, "another", 0), E_BUSY);
	assert_non_null(strstr(bus_error(other)->text, "one is in use by process "));
	assert_non_null(strstr(bus_error(other)->text, " (a test) since "));
	assert_non_null(strstr(bus_error(other)->text, "; --wait 10s waits for it"));
	assert_int_equal(bus_read(other, WORD(1), &value), E_OK);
	assert_int_equal(bus_write(other, WORD(1), 5), E_BUSY);
	assert_int_equal(scratch_peek(1), scratch_word(1));
	assert_int_equal(bus_write(bus, WORD(1), 6), E_OK);
	bus_release(bus);
	assert_int_equal(bus_write(other, WORD(1), 7), E_OK);
	assert_int_equal(scratch_peek(1), 7);
	bus_close(other);
	bus_close(bus);
}

static void test_leases_nest_and_only_the_outermost_is_asked_for(void **state)
{
	struct bus *bus = scratch_open(""), *other = another();
	struct serve_stats stats;

	(void)state;
	assert_int_equal(bus_lease(bus, "outer", 0), E_OK);
	assert_int_equal(bus_lease(bus, "inner", 0), E_OK);
	bus_release(bus);
	assert_int_equal(bus_write(other, WORD(1), 5), E_BUSY);
	bus_release(bus);
	assert_int_equal(bus_write(other, WORD(1), 5), E_OK);
	serve_stats_get(bench.serve, &stats);
	assert_int_equal(stats.leases, 2);
	bus_close(other);
	bus_close(bus);
}

static struct bus *holder;

static void release_at_third_wait(struct serve_bench *b, size_t n)
{
	(void)b;
	if (n == 3)
		bus_release(holder);
}

static void test_a_lease_is_waited_for(void **state)
{
	struct bus *other;

	(void)state;
	holder = scratch_open("");
	other = another();
	assert_int_equal(bus_lease(holder, "a test", 0), E_OK);
	bench.on_wait = release_at_third_wait;
	bench.n_waits = 0;
	assert_int_equal(bus_lease(other, "another", 1000000), E_OK);
	assert_true(bench.n_waits >= 3);
	bench.on_wait = NULL;
	bus_release(other);
	bus_close(other);
	bus_close(holder);
}

static void test_a_lease_that_ran_out_is_told_before_anything_is_written(void **state)
{
	struct bus *bus = scratch_open(""), *other = another();
	struct bus_op op = { .kind = BUS_OP_WRITE, .addr = WORD(1), .value = 5 };

	(void)state;
	assert_int_equal(bus_lease(bus, "a test", 0), E_OK);
	serve_bench_run(&bench, SERVE_LEASE_US);
	assert_int_equal(bus_write(other, WORD(1), 6), E_OK);
	assert_int_equal(bus_xfer(bus, &op, 1), E_STATE);
	assert_string_equal(bus_error(bus)->text,
			    "the lease of one ended after 10 s without a request, others may "
			    "have written since; run the command again");
	assert_int_equal(scratch_peek(1), 6);
	bus_release(bus);
	assert_int_equal(bus_write(bus, WORD(1), 7), E_OK);
	bus_close(other);
	bus_close(bus);
}

static void test_waiting_on_the_clock_keeps_a_lease(void **state)
{
	struct bus *bus = scratch_open("");
	struct serve_stats stats;

	(void)state;
	/* The lease is short, and the wait real: three pings in 40 ms. */
	serve_bench_kill(&bench);
	bus_close(bus);
	bench.options.lease_us = 30000;
	assert_int_equal(serve_new(&bench.options, NULL, &bench.serve), E_OK);
	bus = another();
	assert_int_equal(bus_lease(bus, "a test", 0), E_OK);
	for (unsigned i = 0; i < 4; i++) {
		clock_wait_us(bus_clock(bus), 10500);
		clock_wait_us(bench.clock, 10500);
	}
	assert_int_equal(bus_write(bus, WORD(1), 6), E_OK);
	serve_stats_get(bench.serve, &stats);
	assert_int_equal(stats.lapsed, 0);
	bus_release(bus);
	bus_close(bus);
}

/* --- servers that fail ------------------------------------------------------------------- */

static struct bus_op two_ops[] = {
	{ .kind = BUS_OP_READ, .addr = WORD(0) },
	{ .kind = BUS_OP_WRITE, .addr = WORD(1), .value = 5 },
};

static void assert_statuses(enum bus_op_status first, enum bus_op_status second)
{
	assert_int_equal(two_ops[0].status, first);
	assert_int_equal(two_ops[1].status, second);
}

static void kill_at_first_wait(struct serve_bench *b, size_t n)
{
	if (n == 1)
		serve_bench_kill(b);
}

static void test_a_server_that_dies_leaves_what_was_sent_in_doubt(void **state)
{
	struct bus *bus = scratch_open("");

	(void)state;
	bench.on_wait = kill_at_first_wait;
	bench.n_waits = 0;
	assert_int_equal(bus_xfer(bus, two_ops, 2), E_IO);
	assert_statuses(BUS_OP_UNKNOWN, BUS_OP_UNKNOWN);
	assert_string_equal(bus_error(bus)->text,
			    "test:link: the server has ended; is it still running?");
	bus_close(bus);
}

static void test_a_server_that_is_dead_already_has_done_nothing(void **state)
{
	struct bus *bus = scratch_open("");

	(void)state;
	serve_bench_kill(&bench);
	assert_int_equal(bus_xfer(bus, two_ops, 2), E_IO);
	assert_statuses(BUS_OP_FAILED, BUS_OP_NOT_RUN);
	assert_int_equal(bus_xfer(bus, two_ops, 2), E_IO);
	assert_string_equal(bus_error(bus)->text,
			    "test:link: the link was lost before; open the bus again");
	assert_int_equal(bus_lease(bus, "a test", 0), E_IO);
	bus_close(bus);
}

static void test_a_silent_server_is_given_up_after_ten_seconds(void **state)
{
	struct bus *bus = scratch_open("");
	uint64_t before = clock_now_us(bench.clock);

	(void)state;
	bench.deaf = true;
	assert_int_equal(bus_xfer(bus, two_ops, 2), E_IO);
	assert_int_equal(clock_now_us(bench.clock) - before, REMOTE_SILENCE_US);
	assert_statuses(BUS_OP_UNKNOWN, BUS_OP_UNKNOWN);
	assert_string_equal(bus_error(bus)->text,
			    "test:link: no answer for 10 s: the link or the server is dead; "
			    "check the machine and the network");
	bus_close(bus);
}

static void test_a_long_wait_of_a_living_server_is_no_silence(void **state)
{
	struct bus *bus = scratch_open("");
	struct bus_op ops[] = {
		{ .kind = BUS_OP_DELAY, .time_us = 60000000 },
		{ .kind = BUS_OP_POLL,
		  .addr = WORD(0),
		  .value = 1,
		  .mask = 1,
		  .time_us = 30000000,
		  .every_us = 100000 },
	};
	uint64_t before = clock_now_us(bench.clock);

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, 2), E_TIMEOUT);
	assert_in_range(clock_now_us(bench.clock) - before, 89000000, 91000000);
	assert_int_equal(ops[0].status, BUS_OP_DONE);
	assert_int_equal(ops[1].status, BUS_OP_FAILED);
	assert_string_equal(bus_error(bus)->text,
			    "poll 0x00001000: still 0x10000000 after 30000000 us (want "
			    "0x00000001, mask 0x00000001)");
	bus_close(bus);
}

static struct bus *poker;

static void poke_word_after_a_while(struct serve_bench *b, size_t n)
{
	(void)b;
	if (n == 20)
		assert_int_equal(bus_write(poker, WORD(0), 0x11), E_OK);
}

static void test_a_long_poll_sees_what_others_change(void **state)
{
	struct bus *bus = scratch_open("");
	struct bus_op ops[] = {
		{ .kind = BUS_OP_POLL,
		  .addr = WORD(0),
		  .value = 1,
		  .mask = 1,
		  .time_us = 30000000,
		  .every_us = 1000 },
		{ .kind = BUS_OP_READ, .addr = WORD(0) },
	};

	(void)state;
	poker = another();
	bench.on_wait = poke_word_after_a_while;
	bench.n_waits = 0;
	assert_int_equal(bus_xfer(bus, ops, 2), E_OK);
	assert_int_equal(ops[0].value, 0x11);
	assert_int_equal(ops[1].value, 0x11);
	bench.on_wait = NULL;
	bus_close(poker);
	bus_close(bus);
}

static void test_others_read_while_a_batch_waits_elsewhere(void **state)
{
	struct bus_op op = { .kind = BUS_OP_DELAY, .time_us = 60000000 };
	struct proto_msg batch = { .type = PROTO_BATCH, .ops = &op, .n_ops = 1 }, msg;
	struct bus *buses[2], *bus;
	struct error err = { 0 };
	uint32_t value;
	int peer;

	(void)state;
	bus_close(scratch_open(""));
	serve_bench_close(&bench);
	scratch_through = NULL;
	for (unsigned i = 0; i < 2; i++)
		buses[i] = scratch_open("");
	scratch_through = through_a_server;
	serve_bench_open(&bench, buses, 2);
	peer = serve_bench_open_peer(&bench, "sleeper", "one");
	serve_bench_send(&bench, peer, &batch);
	assert_false(serve_bench_receive(peer, &msg));
	assert_int_equal(serve_bench_bus(&bench, "two", NULL, &err, &bus), E_OK);
	assert_int_equal(bus_read(bus, WORD(1), &value), E_OK);
	assert_int_equal(bus_write(bus, WORD(1), 4), E_OK);
	bus_close(bus);
	serve_bench_run(&bench, 60000000);
	do {
		assert_true(serve_bench_receive(peer, &msg));
	} while (msg.type == PROTO_WAIT);
	assert_int_equal(msg.type, PROTO_RESULT);
	assert_int_equal(msg.code, E_OK);
	close(peer);
}

/* --- cancel ------------------------------------------------------------------------------ */

static void test_a_cancel_reaches_the_server_and_tells_what_was_done(void **state)
{
	struct bus *bus = scratch_open("");
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE, .addr = WORD(1), .value = 5 },
		{ .kind = BUS_OP_DELAY, .time_us = 60000000 },
		{ .kind = BUS_OP_WRITE, .addr = WORD(1), .value = 6 },
	};

	(void)state;
	bench.cancel_at = bench.n_waits + 2;
	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_INTR);
	assert_int_equal(ops[0].status, BUS_OP_DONE);
	assert_int_equal(ops[1].status, BUS_OP_FAILED);
	assert_int_equal(ops[2].status, BUS_OP_NOT_RUN);
	assert_string_equal(bus_error(bus)->text, "interrupted in a wait of 60000000 us");
	assert_int_equal(bus_write(bus, WORD(2), 8), E_OK);
	assert_int_equal(scratch_peek(1), 5);
	bus_close(bus);
}

static void test_a_cancel_of_waiting_for_a_lease_leaves_the_link_alone(void **state)
{
	struct bus *bus = scratch_open(""), *other = another();

	(void)state;
	assert_int_equal(bus_lease(other, "a test", 0), E_OK);
	bench.cancel_at = bench.n_waits + 2;
	assert_int_equal(bus_lease(bus, "another", 5000000), E_INTR);
	assert_string_equal(bus_error(bus)->text, "interrupted while waiting for one");
	bus_release(other);
	assert_int_equal(bus_write(bus, WORD(2), 8), E_OK);
	bus_close(other);
	bus_close(bus);
}

/* --- opening ----------------------------------------------------------------------------- */

static void assert_open_fails(const char *device, const struct bus_env *env, int code,
			      const char *text)
{
	struct error err = { 0 };
	struct bus *bus = NULL;

	assert_int_equal(serve_bench_bus(&bench, device, env, &err, &bus), code);
	assert_null(bus);
	assert_string_equal(err.text, text);
}

static void test_devices_and_maps_that_do_not_fit_are_refused(void **state)
{
	struct bus_env env = { .map = NULL };
	struct regdb *btc;

	(void)state;
	bus_close(scratch_open(""));
	assert_int_equal(regdb_open_builtin("btc", NULL, &btc), E_OK);
	env.map = btc;
	assert_open_fails("nix", NULL, E_NOTFOUND,
			  "test:link: no device 'nix' there; there are one (map1)");
	assert_open_fails("", &env, E_MISMATCH,
			  "test:link: no device with the map btc there; there are one (map1)");
	assert_open_fails("one", &env, E_MISMATCH,
			  "test:link: device one has the map map1 there, not btc; --map "
			  "chooses another");
	regdb_close(btc);
}

static void test_another_edition_of_the_map_is_refused(void **state)
{
	struct bus_env env = { .map = NULL };
	struct error err = { 0 };
	struct bus *bus;
	struct regdb *btc;

	(void)state;
	bus_close(scratch_open(""));
	serve_bench_kill(&bench);
	assert_int_equal(regdb_open_builtin("btc", NULL, &btc), E_OK);
	env.map = btc;
	bench.devices[0].map = "btc";
	bench.devices[0].map_hash = regdb_hash(btc);
	assert_int_equal(serve_new(&bench.options, NULL, &bench.serve), E_OK);
	assert_int_equal(serve_bench_bus(&bench, "", &env, &err, &bus), E_OK);
	bus_close(bus);
	serve_bench_kill(&bench);
	bench.devices[0].map_hash++;
	assert_int_equal(serve_new(&bench.options, NULL, &bench.serve), E_OK);
	assert_int_equal(serve_bench_bus(&bench, "", &env, &err, &bus), E_MISMATCH);
	assert_non_null(strstr(err.text, "test:link: the map btc of device one is another "
					 "edition there (hash "));
	regdb_close(btc);
}

static void test_a_device_that_cannot_be_opened_says_why(void **state)
{
	struct bus *bus;

	(void)state;
	bus_close(scratch_open(""));
	serve_bench_kill(&bench);
	bus = bench.buses[0];
	bench.buses[0] = NULL;
	assert_int_equal(serve_new(&bench.options, NULL, &bench.serve), E_OK);
	assert_open_fails("one", NULL, E_NODEV, "test:link: device 1 is not there");
	bench.buses[0] = bus;
}

/* --- the clock --------------------------------------------------------------------------- */

static void test_a_virtual_clock_is_the_servers(void **state)
{
	struct bus_env env = { .map = NULL };
	struct bus *mock, *one, *two;
	struct error err = { 0 };
	struct regdb *btc;
	uint64_t start_us;

	(void)state;
	assert_int_equal(regdb_open_builtin("btc", NULL, &btc), E_OK);
	env.map = btc;
	assert_int_equal(bus_open("mock:,plain", &env, &err, &mock), E_OK);
	if (bench.clock != NULL)
		serve_bench_close(&bench);
	serve_bench_open(&bench, &mock, 1);
	one = another();
	two = another();
	assert_true(clock_is_virtual(bus_clock(one)));
	start_us = clock_now_us(bus_clock(mock));
	clock_wait_us(bus_clock(one), 1234567);
	assert_int_equal(clock_now_us(bus_clock(mock)) - start_us, 1234567);
	assert_int_equal(clock_now_us(bus_clock(two)) - start_us, 1234567);
	clock_wait_us(bus_clock(mock), 3);
	assert_int_equal(clock_now_us(bus_clock(one)) - start_us, 1234570);
	serve_bench_kill(&bench);
	clock_wait_us(bus_clock(one), 10);
	assert_int_equal(clock_now_us(bus_clock(one)) - start_us, 1234580);
	bus_close(one);
	bus_close(two);
	serve_bench_close(&bench);
	bench.clock = NULL;
	regdb_close(btc);
}

/* --- peers that are no server ------------------------------------------------------------ */

static int answer_fd;

static bool never(void *arg, int fd, short events, uint64_t us)
{
	(void)arg;
	(void)fd;
	(void)events;
	clock_wait_us(bench.clock, us);
	return false;
}

/* What a bus says of a server that answers HELLO with these bytes and ends. */
static void assert_no_server(const void *bytes, size_t len, int code, const char *text)
{
	static const struct bus_env raw = { .map = NULL };
	struct error err = { 0 };
	struct bus *bus = NULL;
	int fds[2];
	struct remote_link link = { .name = "test:link",
				    .wait = never,
				    .clock = bench.clock,
				    .hello_us = REMOTE_SILENCE_US };

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
	answer_fd = fds[1];
	link.fd = fds[0];
	if (len > 0)
		assert_int_equal(write(answer_fd, bytes, len), len);
	shutdown(answer_fd, SHUT_WR);
	assert_int_equal(remote_open(&bus_backend_unix, &link, "", &raw, &err, &bus), code);
	assert_null(bus);
	assert_string_equal(err.text, text);
	close(answer_fd);
}

static void test_what_is_no_server_is_told_apart(void **state)
{
	static const struct proto_msg odd[] = {
		{ .type = PROTO_PONG, .seq = 1 },
		{ .type = PROTO_WELCOME, .seq = 2, .version = 1 },
		{ .type = PROTO_WELCOME, .seq = 1, .version = 2 },
	};
	static const char *const said[] = {
		"test:link: protocol: PONG answers HELLO",
		"test:link: protocol: WELCOME answers HELLO",
		"test:link: the server chose version 2 of the protocol",
	};

	(void)state;
	bus_close(scratch_open(""));
	assert_no_server("", 0, E_IO, "test:link: the server has ended; is it still running?");
	assert_no_server(
		"Welcome to bench 3!\n", 20, E_CORRUPT,
		"test:link: what comes is not from `switchblade serve` (protocol: "
		"head: no message is that long: \"Welcome to b\"); does a login script "
		"print something there?");
	for (size_t i = 0; i < COUNT(odd); i++) {
		struct proto_buf buf = { .data = NULL };

		assert_int_equal(proto_encode(&odd[i], &buf, NULL), E_OK);
		assert_no_server(buf.data, buf.len, E_CORRUPT, said[i]);
		assert_no_server(buf.data, buf.len - 1, E_IO,
				 "test:link: the server has ended; is it still running?");
		free(buf.data);
	}
}

static int end_bench(void **state)
{
	(void)state;
	if (bench.clock != NULL)
		serve_bench_close(&bench);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BUS_CASES,
		ON_SCRATCH(test_a_batch_is_one_message_there_and_back),
		ON_SCRATCH(test_long_batches_go_in_several_messages_under_a_lease),
		ON_SCRATCH(test_results_of_a_failing_batch_tell_each_operation),
		ON_SCRATCH(test_leases_keep_writers_out_and_let_readers_in),
		ON_SCRATCH(test_leases_nest_and_only_the_outermost_is_asked_for),
		ON_SCRATCH(test_a_lease_is_waited_for),
		ON_SCRATCH(test_a_lease_that_ran_out_is_told_before_anything_is_written),
		ON_SCRATCH(test_waiting_on_the_clock_keeps_a_lease),
		ON_SCRATCH(test_a_server_that_dies_leaves_what_was_sent_in_doubt),
		ON_SCRATCH(test_a_server_that_is_dead_already_has_done_nothing),
		ON_SCRATCH(test_a_silent_server_is_given_up_after_ten_seconds),
		ON_SCRATCH(test_a_long_wait_of_a_living_server_is_no_silence),
		ON_SCRATCH(test_a_long_poll_sees_what_others_change),
		ON_SCRATCH(test_others_read_while_a_batch_waits_elsewhere),
		ON_SCRATCH(test_a_cancel_reaches_the_server_and_tells_what_was_done),
		ON_SCRATCH(test_a_cancel_of_waiting_for_a_lease_leaves_the_link_alone),
		ON_SCRATCH(test_devices_and_maps_that_do_not_fit_are_refused),
		ON_SCRATCH(test_another_edition_of_the_map_is_refused),
		ON_SCRATCH(test_a_device_that_cannot_be_opened_says_why),
		cmocka_unit_test(test_a_virtual_clock_is_the_servers),
		ON_SCRATCH(test_what_is_no_server_is_told_apart),
	};

	scratch_through = through_a_server;
	return cmocka_run_group_tests(tests, NULL, end_bench);
}
