/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The server against clients that keep to nothing: garbage, halves, silence, death with a lease,
 * answers that nobody takes; and its socket.
 */
#include "tests/unit/bus_fixture.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "drv/clock.h"
#include "drv/lock.h"
#include "regmaps/regdb/regdb.h"
#include "tests/lib/serve_bench.h"

static struct serve_bench bench;

static int setup(void **state)
{
	struct bus *bus;

	if (scratch_make(state) != 0)
		return -1;
	bus = scratch_open("");
	serve_bench_open(&bench, &bus, 1);
	return 0;
}

static int teardown(void **state)
{
	serve_bench_close(&bench);
	return scratch_remove(state);
}

#define ON_BENCH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

static const struct proto_msg hello = { .type = PROTO_HELLO,
					.seq = 1,
					.lowest = PROTO_VERSION,
					.version = PROTO_VERSION,
					.name = "a test" };

static struct bus_op one_write[] = { { .kind = BUS_OP_WRITE, .addr = WORD(1), .value = 5 } };
static const struct proto_msg write_batch = {
	.type = PROTO_BATCH, .seq = 7, .ops = one_write, .n_ops = 1
};
static const struct proto_msg lease = { .type = PROTO_LEASE, .seq = 8, .name = "a lease" };

static size_t n_clients(void)
{
	struct serve_stats stats;

	serve_stats_get(bench.serve, &stats);
	return stats.n_clients;
}

/* A client that behaves still gets its answers. */
static void assert_alive(void)
{
	int peer = serve_bench_open_peer(&bench, "process 1", "one");
	struct proto_msg answer;

	serve_bench_send(&bench, peer, &write_batch);
	assert_true(serve_bench_receive(peer, &answer));
	assert_int_equal(answer.type, PROTO_RESULT);
	assert_int_equal(answer.code, E_OK);
	assert_int_equal(scratch_peek(1), 5);
	close(peer);
	serve_bench_run(&bench, 0);
	assert_int_equal(n_clients(), 0);
}

/* The next message is an error of this code and text. */
static void assert_error(int peer, int code, const char *text)
{
	struct proto_msg answer;

	assert_true(serve_bench_receive(peer, &answer));
	assert_int_equal(answer.type, PROTO_ERROR);
	assert_string_equal(answer.text, text);
	assert_int_equal(answer.code, code);
	proto_msg_fini(&answer);
}

static void assert_dropped(int peer, const char *why)
{
	assert_true(serve_bench_ended(peer));
	close(peer);
	if (strstr(bench.log, why) == NULL)
		fail_msg("\"%s\" is not in the log:\n%s", why, bench.log);
}

/* --- before HELLO ------------------------------------------------------------------------ */

static void test_garbage_instead_of_hello_ends_the_connection_without_a_word(void **state)
{
	static const char garbage[][16] = { "GET / HTTP/1.1\r",
					    "\n\n\n\n\n\n\n\n\n\n\n\n",
					    { 0x7f, 'E', 'L', 'F', 1, 1, 1 } };

	(void)state;
	for (size_t i = 0; i < COUNT(garbage); i++) {
		int peer = serve_bench_peer(&bench, "process 1");
		struct proto_msg answer;

		serve_bench_send_bytes(&bench, peer, (const uint8_t *)garbage[i], 16);
		assert_false(serve_bench_receive(peer, &answer));
		assert_dropped(peer, "dropped: protocol: head: no message is that long");
	}
	assert_alive();
}

static void test_random_bytes_hurt_nobody(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (unsigned i = 0; i < 300; i++) {
		uint8_t bytes[200];
		int peer = i % 2 == 0 ? serve_bench_peer(&bench, "process 1")
				      : serve_bench_open_peer(&bench, "process 1", "one");

		for (size_t k = 0; k < sizeof(bytes); k++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			bytes[k] = (uint8_t)(seed >> 56);
		}
		/* A head that could be one, so that the bodies are garbage, too. */
		if (i % 3 != 0)
			memcpy(bytes,
			       (const uint8_t[]){ 40, 0, 0, 0, (uint8_t)(i % 9), 0, 0, 0 }, 8);
		serve_bench_send_bytes(&bench, peer, bytes, sizeof(bytes));
		close(peer);
		serve_bench_run(&bench, 0);
	}
	assert_int_equal(n_clients(), 0);
	assert_alive();
}

static void test_whoever_says_nothing_is_sent_away(void **state)
{
	int peer = serve_bench_peer(&bench, "process 1");

	(void)state;
	serve_bench_run(&bench, SERVE_STALL_US - 1);
	assert_false(serve_bench_ended(peer));
	serve_bench_run(&bench, 1);
	assert_dropped(peer, "dropped: it did not say HELLO");
	assert_alive();
}

static void test_a_first_message_that_is_too_long_is_refused_at_its_head(void **state)
{
	static const uint8_t head[PROTO_HEAD_BYTES] = { 0, 2, 0, 0, PROTO_HELLO };
	int peer = serve_bench_peer(&bench, "process 1");

	(void)state;
	serve_bench_send_bytes(&bench, peer, head, sizeof(head));
	assert_dropped(peer, "dropped: protocol: HELLO: it is too long");
}

static void test_other_versions_are_told_what_to_do(void **state)
{
	static const uint32_t versions[][2] = { { 2, 3 }, { 0, 0 } };
	static const char *const said[] = { "versions 2 to 3; install",
					    "versions 0 to 0; install" };

	(void)state;
	for (size_t i = 0; i < COUNT(versions); i++) {
		struct proto_msg other = hello, answer;
		int peer = serve_bench_peer(&bench, "process 1");

		other.lowest = versions[i][0];
		other.version = versions[i][1];
		serve_bench_send(&bench, peer, &other);
		assert_true(serve_bench_receive(peer, &answer));
		assert_int_equal(answer.type, PROTO_ERROR);
		assert_int_equal(answer.code, E_NOTSUP);
		assert_non_null(strstr(answer.text, said[i]));
		assert_dropped(peer, "dropped: it was told why");
	}
	assert_alive();
}

static void test_a_newer_client_that_knows_this_version_is_welcome(void **state)
{
	struct proto_msg newer = hello, answer;
	int peer = serve_bench_peer(&bench, "process 1");

	(void)state;
	newer.version = 9;
	serve_bench_send(&bench, peer, &newer);
	assert_true(serve_bench_receive(peer, &answer));
	assert_int_equal(answer.type, PROTO_WELCOME);
	assert_int_equal(answer.version, PROTO_VERSION);
	assert_int_equal(answer.n_devices, 1);
	assert_string_equal(answer.devices[0].map, "map1");
	proto_msg_fini(&answer);
	close(peer);
}

static void test_too_many_clients_are_told(void **state)
{
	int peers[3];
	struct proto_msg answer;

	(void)state;
	serve_bench_kill(&bench);
	bench.options.max_clients = 2;
	assert_int_equal(serve_new(&bench.options, NULL, &bench.serve), E_OK);
	for (unsigned i = 0; i < 3; i++)
		peers[i] = serve_bench_peer(&bench, "process 1");
	serve_bench_send(&bench, peers[2], &hello);
	assert_error(peers[2], E_BUSY, "the server has its 2 clients already");
	assert_dropped(peers[2], "dropped: it was told why");
	serve_bench_send(&bench, peers[1], &hello);
	assert_true(serve_bench_receive(peers[1], &answer));
	assert_int_equal(answer.type, PROTO_WELCOME);
	proto_msg_fini(&answer);
	close(peers[0]);
	close(peers[1]);
}

/* --- after HELLO ------------------------------------------------------------------------- */

static void test_messages_out_of_turn_are_told_and_end_the_connection(void **state)
{
	static const struct {
		struct proto_msg msg;
		const char *text;
	} cases[] = {
		{ { .type = PROTO_HELLO }, "protocol: HELLO: it comes out of turn" },
		{ { .type = PROTO_OPEN }, "protocol: OPEN: it comes out of turn" },
		{ { .type = PROTO_PONG }, "protocol: PONG: it comes out of turn" },
		{ { .type = PROTO_GRANTED }, "protocol: GRANTED: it comes out of turn" },
		{ { .type = PROTO_ERROR, .code = E_IO },
		  "protocol: ERROR: it comes out of turn" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int peer = serve_bench_open_peer(&bench, "process 1", "one");

		serve_bench_send(&bench, peer, &cases[i].msg);
		assert_error(peer, E_CORRUPT, cases[i].text);
		assert_dropped(peer, "dropped: it was told why");
	}
	assert_alive();
}

static void test_a_second_request_before_the_answer_ends_the_connection(void **state)
{
	struct bus_op wait = { .kind = BUS_OP_DELAY, .time_us = 5000000 };
	const struct proto_msg batch = { .type = PROTO_BATCH, .ops = &wait, .n_ops = 1 };
	int peer = serve_bench_open_peer(&bench, "process 1", "one");

	(void)state;
	serve_bench_send(&bench, peer, &batch);
	serve_bench_send(&bench, peer, &write_batch);
	assert_error(peer, E_CORRUPT, "protocol: BATCH: it comes out of turn");
	assert_dropped(peer, "dropped: it was told why");
	assert_int_equal(scratch_peek(1), scratch_word(1));
	assert_alive();
}

/* Every message of a client, cut at every byte: it is waited for, then the client is dropped. */
static void test_halves_of_messages_are_waited_for_and_never_acted_on(void **state)
{
	const struct proto_msg *messages[] = { &write_batch, &lease };

	(void)state;
	for (size_t i = 0; i < COUNT(messages); i++) {
		struct proto_buf buf = { .data = NULL };

		assert_int_equal(proto_encode(messages[i], &buf, NULL), E_OK);
		for (size_t len = 1; len < buf.len; len++) {
			int peer = serve_bench_open_peer(&bench, "process 1", "one");

			bench.log[0] = '\0';
			serve_bench_send_bytes(&bench, peer, buf.data, len);
			serve_bench_run(&bench, SERVE_STALL_US - 1);
			assert_false(serve_bench_ended(peer));
			serve_bench_run(&bench, 1);
			assert_dropped(peer, "dropped: half a message, and no more of it");
		}
		free(buf.data);
	}
	assert_int_equal(scratch_peek(1), scratch_word(1));
	assert_alive();
}

static void test_a_message_may_come_byte_by_byte(void **state)
{
	struct proto_buf buf = { .data = NULL };
	int peer = serve_bench_open_peer(&bench, "process 1", "one");
	struct proto_msg answer;

	(void)state;
	assert_int_equal(proto_encode(&write_batch, &buf, NULL), E_OK);
	for (size_t i = 0; i < buf.len; i++)
		serve_bench_send_bytes(&bench, peer, buf.data + i, 1);
	assert_true(serve_bench_receive(peer, &answer));
	assert_int_equal(answer.type, PROTO_RESULT);
	assert_int_equal(answer.seq, 7);
	assert_int_equal(scratch_peek(1), 5);
	free(buf.data);
	close(peer);
}

static void test_an_answer_that_nobody_takes_ends_the_connection(void **state)
{
	struct bus_op *ops = calloc(PROTO_MAX_OPS, sizeof(*ops));
	struct proto_msg batch = { .type = PROTO_BATCH, .ops = ops, .n_ops = PROTO_MAX_OPS };
	int peer = serve_bench_open_peer(&bench, "process 1", "one");
	int small = 4096;

	(void)state;
	assert_non_null(ops);
	for (size_t i = 0; i < PROTO_MAX_OPS; i++)
		ops[i] = (struct bus_op){ .kind = BUS_OP_READ, .addr = WORD(1) };
	serve_bench_kill(&bench);
	close(peer);
	/* A socket that holds less than the answer. */
	assert_int_equal(serve_new(&bench.options, NULL, &bench.serve), E_OK);
	peer = serve_bench_open_peer(&bench, "process 1", "one");
	setsockopt(peer, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	for (unsigned i = 0; i < 8; i++) {
		serve_bench_send(&bench, peer, &batch);
		if (strstr(bench.log, "dropped") != NULL)
			break;
	}
	assert_int_equal(n_clients(), 1);
	assert_null(strstr(bench.log, "dropped"));
	serve_bench_run(&bench, SERVE_STALL_US);
	assert_int_equal(n_clients(), 0);
	assert_dropped(peer, "dropped: it does not take its answer");
	free(ops);
	assert_alive();
}

/* --- leases ------------------------------------------------------------------------------ */

static void test_the_lease_of_a_dead_client_is_free_at_once(void **state)
{
	int dead = serve_bench_open_peer(&bench, "process 1", "one");
	int next = serve_bench_open_peer(&bench, "process 2", "one");
	struct proto_msg answer, patient = lease;

	(void)state;
	serve_bench_send(&bench, dead, &lease);
	assert_true(serve_bench_receive(dead, &answer));
	assert_int_equal(answer.type, PROTO_GRANTED);
	patient.time_us = 1000000;
	serve_bench_send(&bench, next, &patient);
	assert_false(serve_bench_receive(next, &answer));
	close(dead);
	serve_bench_run(&bench, 0);
	assert_true(serve_bench_receive(next, &answer));
	assert_int_equal(answer.type, PROTO_GRANTED);
	close(next);
}

static void test_a_waiting_lease_ends_with_its_time_and_names_the_holder(void **state)
{
	int first = serve_bench_open_peer(&bench, "process 1", "one");
	int next = serve_bench_open_peer(&bench, "process 2", "one");
	struct proto_msg answer, patient = lease;
	struct serve_stats stats;

	(void)state;
	serve_bench_send(&bench, first, &lease);
	assert_true(serve_bench_receive(first, &answer));
	patient.time_us = 500000;
	serve_bench_send(&bench, next, &patient);
	serve_bench_run(&bench, 499999);
	assert_false(serve_bench_receive(next, &answer));
	serve_bench_run(&bench, 1);
	assert_true(serve_bench_receive(next, &answer));
	assert_int_equal(answer.code, E_BUSY);
	assert_non_null(strstr(answer.text, "one is in use by process 1 (a lease) since 20"));
	serve_stats_get(bench.serve, &stats);
	assert_int_equal(stats.leases, 1);
	close(first);
	close(next);
}

static void test_leases_are_given_in_the_order_of_asking(void **state)
{
	int peers[4];
	struct proto_msg answer, patient = lease, release = { .type = PROTO_RELEASE };

	(void)state;
	patient.time_us = 60000000;
	for (size_t i = 0; i < COUNT(peers); i++) {
		peers[i] = serve_bench_open_peer(&bench, "process 1", "one");
		serve_bench_send(&bench, peers[i], &patient);
	}
	for (size_t i = 0; i < COUNT(peers); i++) {
		assert_true(serve_bench_receive(peers[i], &answer));
		assert_int_equal(answer.type, PROTO_GRANTED);
		for (size_t k = i + 1; k < COUNT(peers); k++)
			assert_false(serve_bench_receive(peers[k], &answer));
		serve_bench_send(&bench, peers[i], &release);
	}
	for (size_t i = 0; i < COUNT(peers); i++)
		close(peers[i]);
}

static void test_a_lease_does_not_run_out_while_its_batch_waits(void **state)
{
	struct bus_op wait = { .kind = BUS_OP_DELAY, .time_us = 60000000 };
	const struct proto_msg batch = {
		.type = PROTO_BATCH, .leased = true, .ops = &wait, .n_ops = 1
	};
	int peer = serve_bench_open_peer(&bench, "process 1", "one");
	struct proto_msg answer;
	struct serve_stats stats;
	unsigned n_signs = 0;

	(void)state;
	serve_bench_send(&bench, peer, &lease);
	assert_true(serve_bench_receive(peer, &answer));
	serve_bench_send(&bench, peer, &batch);
	for (unsigned i = 0; i < 59; i++) {
		serve_bench_run(&bench, 1000000);
		while (serve_bench_receive(peer, &answer)) {
			assert_int_equal(answer.type, PROTO_WAIT);
			n_signs++;
		}
	}
	assert_true(n_signs >= 29); /* one in two seconds, at least */
	serve_bench_run(&bench, 1000000);
	do {
		assert_true(serve_bench_receive(peer, &answer));
	} while (answer.type == PROTO_WAIT);
	assert_int_equal(answer.type, PROTO_RESULT);
	serve_bench_run(&bench, SERVE_LEASE_US - 1);
	serve_stats_get(bench.serve, &stats);
	assert_int_equal(stats.lapsed, 0);
	serve_bench_run(&bench, 1);
	serve_stats_get(bench.serve, &stats);
	assert_int_equal(stats.lapsed, 1);
	close(peer);
}

#define SCRATCH 0xcu /* of the map btc */

static struct bus *open_mock(struct regdb **map)
{
	struct bus_env env = { .device = "one" };
	struct bus *bus;

	assert_int_equal(regdb_open_builtin("btc", NULL, map), E_OK);
	env.map = *map;
	assert_int_equal(bus_open("mock:,plain", &env, NULL, &bus), E_OK);
	return bus;
}

/* On mock: waits take no time, a poll of an hour is 3.6 * 10^9 reads. */
static void test_a_poll_without_end_on_a_virtual_clock_lets_others_go_on(void **state)
{
	struct bus_op poll = { .kind = BUS_OP_POLL,
			       .addr = SCRATCH,
			       .value = 1,
			       .mask = 1,
			       .time_us = 3600000000u,
			       .every_us = 1 };
	struct bus_op one_read = { .kind = BUS_OP_READ };
	const struct proto_msg endless = {
		.type = PROTO_BATCH, .seq = 1, .ops = &poll, .n_ops = 1
	};
	const struct proto_msg batch = {
		.type = PROTO_BATCH, .seq = 2, .ops = &one_read, .n_ops = 1
	};
	struct proto_msg answer = { 0 };
	struct serve_bench b;
	struct bus_stats stats;
	struct regdb *map;
	struct bus *bus;
	int first, second;

	(void)state;
	bus = open_mock(&map);
	serve_bench_open(&b, &bus, 1);
	first = serve_bench_open_peer(&b, "process 1", "one");
	second = serve_bench_open_peer(&b, "process 2", "one");
	serve_bench_send(&b, first, &endless);
	for (unsigned i = 0; i < 10; i++) {
		serve_bench_send(&b, second, &batch);
		assert_true(serve_bench_receive(second, &answer));
		assert_int_equal(answer.type, PROTO_RESULT);
		proto_msg_fini(&answer);
		serve_bench_run(&b, 1);
	}
	bus_stats_get(bus, &stats);
	assert_in_range(stats.reads, 10 * 20000, 30 * 20000);
	assert_false(serve_bench_receive(first, &answer));
	close(first);
	serve_bench_run(&b, 1);
	assert_non_null(strstr(b.log, "client 1: left"));
	close(second);
	serve_bench_close(&b);
	regdb_close(map);
}

/* A long poll comes to the same end in pieces as in one go. */
static void test_a_long_poll_on_a_virtual_clock_ends_with_its_time(void **state)
{
	struct bus_op poll = { .kind = BUS_OP_POLL,
			       .addr = SCRATCH,
			       .value = 1,
			       .mask = 1,
			       .time_us = 100000,
			       .every_us = 2 };
	const struct proto_msg batch = { .type = PROTO_BATCH, .ops = &poll, .n_ops = 1 };
	struct proto_msg answer = { 0 };
	struct serve_bench b;
	struct regdb *map;
	struct bus *bus;
	int peer;

	(void)state;
	bus = open_mock(&map);
	serve_bench_open(&b, &bus, 1);
	peer = serve_bench_open_peer(&b, "process 1", "one");
	serve_bench_send(&b, peer, &batch);
	for (unsigned i = 0; i < 3; i++)
		serve_bench_run(&b, 1);
	assert_true(serve_bench_receive(peer, &answer));
	assert_int_equal(answer.code, E_TIMEOUT);
	assert_string_equal(answer.text, "poll 0x0000000c: still 0x00000000 after 100000 us "
					 "(want 0x00000001, mask 0x00000001)");
	assert_int_equal(clock_now_us(bus_clock(bus)), 100000);
	proto_msg_fini(&answer);
	close(peer);
	serve_bench_close(&b);
	regdb_close(map);
}

static void test_leases_take_the_lock_of_the_device_where_it_is_not_held(void **state)
{
	struct error err = { 0 };
	struct lock *lock;
	struct proto_msg answer, release = { .type = PROTO_RELEASE };
	const char *key = bus_lock_key(bench.buses[0]);
	int peer;

	(void)state;
	setenv("SWITCHBLADE_LOCK_DIR", "/tmp", 1);
	serve_bench_kill(&bench);
	bench.options.locks = true;
	assert_int_equal(serve_new(&bench.options, NULL, &bench.serve), E_OK);
	peer = serve_bench_open_peer(&bench, "process 1", "one");
	serve_bench_send(&bench, peer, &lease);
	assert_true(serve_bench_receive(peer, &answer));
	assert_int_equal(answer.type, PROTO_GRANTED);
	assert_int_equal(lock_take(key, "other", 0, &err, &lock), E_BUSY);
	assert_non_null(strstr(err.text, "(a lease for process 1) since "));
	serve_bench_send(&bench, peer, &release);
	assert_int_equal(lock_take(key, "other", 0, &err, &lock), E_OK);
	serve_bench_send(&bench, peer, &lease);
	assert_true(serve_bench_receive(peer, &answer));
	assert_int_equal(answer.code, E_BUSY);
	assert_non_null(strstr(answer.text, " (other) since "));
	serve_bench_send(&bench, peer, &write_batch);
	assert_false(serve_bench_receive(peer, &answer));
	lock_free(lock);
	serve_bench_run(&bench, 50000);
	assert_true(serve_bench_receive(peer, &answer));
	assert_int_equal(answer.type, PROTO_RESULT);
	assert_int_equal(answer.code, E_OK);
	close(peer);
	unsetenv("SWITCHBLADE_LOCK_DIR");
}

/* --- the socket -------------------------------------------------------------------------- */

static char socket_path[80];

static int socket_setup(void **state)
{
	(void)state;
	snprintf(socket_path, sizeof(socket_path), "/tmp/sb-serve-XXXXXX");
	if (mkdtemp(socket_path) == NULL)
		return -1;
	setenv("SWITCHBLADE_LOCK_DIR", socket_path, 1);
	strcat(socket_path, "/s");
	return 0;
}

static int socket_teardown(void **state)
{
	char command[120];

	(void)state;
	socket_path[strlen(socket_path) - 2] = '\0';
	snprintf(command, sizeof(command), "rm -r '%s'", socket_path);
	unsetenv("SWITCHBLADE_LOCK_DIR");
	return system(command);
}

static void leave_stale_socket(void)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	memcpy(addr.sun_path, socket_path, strlen(socket_path) + 1);
	assert_int_equal(bind(fd, (const struct sockaddr *)&addr, sizeof(addr)), 0);
	close(fd);
}

static void test_a_stale_socket_is_replaced_and_the_mode_is_as_asked(void **state)
{
	struct serve_socket *s;
	struct error err = { 0 };
	struct stat st;

	(void)state;
	leave_stale_socket();
	if (serve_socket_open(socket_path, 0640, 0, &err, &s) != E_OK)
		fail_msg("%s", err.text);
	assert_int_equal(stat(socket_path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	serve_socket_close(s);
	assert_int_equal(stat(socket_path, &st), -1);
}

static void test_a_socket_in_use_and_other_files_stay(void **state)
{
	struct serve_socket *s, *second = NULL;
	struct error err = { 0 };
	struct stat st;
	FILE *file;

	(void)state;
	assert_int_equal(serve_socket_open(socket_path, 0600, 0, &err, &s), E_OK);
	assert_int_equal(serve_socket_open(socket_path, 0600, 0, &err, &second), E_BUSY);
	assert_non_null(strstr(err.text, " is in use by process "));
	/* Another lock folder: the one that listens is noticed all the same. */
	setenv("SWITCHBLADE_LOCK_DIR", "/tmp", 1);
	assert_int_equal(serve_socket_open(socket_path, 0600, 0, &err, &second), E_BUSY);
	assert_non_null(strstr(err.text, ": a program listens there"));
	assert_int_equal(stat(socket_path, &st), 0);
	serve_socket_close(s);
	file = fopen(socket_path, "w");
	assert_non_null(file);
	fclose(file);
	assert_int_equal(serve_socket_open(socket_path, 0600, 0, &err, &second), E_NODEV);
	assert_int_equal(stat(socket_path, &st), 0);
}

static void test_a_server_removes_only_its_own_socket(void **state)
{
	struct serve_socket *s;
	struct error err = { 0 };
	struct stat st;

	(void)state;
	assert_int_equal(serve_socket_open(socket_path, 0600, 0, &err, &s), E_OK);
	unlink(socket_path);
	leave_stale_socket();
	serve_socket_close(s);
	assert_int_equal(stat(socket_path, &st), 0);
}

static void test_who_connects_to_the_socket_is_known_by_process(void **state)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int peer = socket(AF_UNIX, SOCK_STREAM, 0);
	struct serve_socket *s;
	struct error err = { 0 };
	char line[64];

	(void)state;
	assert_int_equal(serve_socket_open(socket_path, 0600, 0, &err, &s), E_OK);
	serve_bench_open(&bench, (struct bus *const[]){ NULL }, 1);
	serve_listen(bench.serve, serve_socket_fd(s));
	memcpy(addr.sun_path, socket_path, strlen(socket_path) + 1);
	assert_int_equal(connect(peer, (const struct sockaddr *)&addr, sizeof(addr)), 0);
	serve_bench_run(&bench, 0);
	snprintf(line, sizeof(line), "client 1: connected: process %ld\n", (long)getpid());
	assert_string_equal(bench.log, line);
	close(peer);
	serve_bench_run(&bench, 0);
	assert_non_null(strstr(bench.log, "client 1: left\n"));
	serve_bench_close(&bench);
	serve_socket_close(s);
}

#define ON_SOCKET(test) cmocka_unit_test_setup_teardown(test, socket_setup, socket_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BENCH(test_garbage_instead_of_hello_ends_the_connection_without_a_word),
		ON_BENCH(test_random_bytes_hurt_nobody),
		ON_BENCH(test_whoever_says_nothing_is_sent_away),
		ON_BENCH(test_a_first_message_that_is_too_long_is_refused_at_its_head),
		ON_BENCH(test_other_versions_are_told_what_to_do),
		ON_BENCH(test_a_newer_client_that_knows_this_version_is_welcome),
		ON_BENCH(test_too_many_clients_are_told),
		ON_BENCH(test_messages_out_of_turn_are_told_and_end_the_connection),
		ON_BENCH(test_a_second_request_before_the_answer_ends_the_connection),
		ON_BENCH(test_halves_of_messages_are_waited_for_and_never_acted_on),
		ON_BENCH(test_a_message_may_come_byte_by_byte),
		ON_BENCH(test_an_answer_that_nobody_takes_ends_the_connection),
		ON_BENCH(test_the_lease_of_a_dead_client_is_free_at_once),
		ON_BENCH(test_a_waiting_lease_ends_with_its_time_and_names_the_holder),
		ON_BENCH(test_leases_are_given_in_the_order_of_asking),
		ON_BENCH(test_a_lease_does_not_run_out_while_its_batch_waits),
		cmocka_unit_test(test_a_poll_without_end_on_a_virtual_clock_lets_others_go_on),
		cmocka_unit_test(test_a_long_poll_on_a_virtual_clock_ends_with_its_time),
		ON_BENCH(test_leases_take_the_lock_of_the_device_where_it_is_not_held),
		ON_SOCKET(test_a_stale_socket_is_replaced_and_the_mode_is_as_asked),
		ON_SOCKET(test_a_socket_in_use_and_other_files_stay),
		ON_SOCKET(test_a_server_removes_only_its_own_socket),
		ON_SOCKET(test_who_connects_to_the_socket_is_known_by_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
