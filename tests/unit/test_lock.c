/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two processes that want the same device: real locks, real processes. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "drv/bus.h"
#include "drv/cancel.h"
#include "drv/clock.h"
#include "drv/lock.h"
#include "hal/board.h"
#include "hal/reg.h"

static char folder[64];

static int setup(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/sb-lock-XXXXXX");
	return mkdtemp(folder) == NULL || setenv("SWITCHBLADE_LOCK_DIR", folder, 1) != 0;
}

static int teardown(void **state)
{
	char command[96];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

/* A process that holds the lock of @key until it is told to end, or killed. */
struct holder {
	pid_t pid;
	int end; /* closing it ends the process */
};

static struct holder start_holder(const char *key)
{
	struct holder holder;
	int ready[2], end[2];
	char byte;

	assert_int_equal(pipe(ready) | pipe(end), 0);
	holder.pid = fork();
	if (holder.pid == 0) {
		struct lock *lock;

		close(end[1]);
		if (lock_take(key, "reg set SPEED", 0, NULL, &lock) != 0)
			_exit(1);
		(void)!write(ready[1], "!", 1);
		(void)!read(end[0], &byte, 1);
		_exit(0);
	}
	close(ready[1]);
	close(end[0]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	holder.end = end[1];
	return holder;
}

static void end_holder(struct holder *holder)
{
	close(holder->end);
	waitpid(holder->pid, NULL, 0);
}

static void test_the_second_is_told_who_holds_it(void **state)
{
	struct holder holder = start_holder("file:/dev/x");
	struct error err = { 0 };
	struct lock *lock = NULL;
	char want[96];

	(void)state;
	assert_int_equal(lock_take("file:/dev/x", "me", 0, &err, &lock), E_BUSY);
	assert_int_equal(error_exit_status(E_BUSY), 7);
	snprintf(want, sizeof(want),
		 "file:/dev/x is in use by process %ld (reg set SPEED) since 20",
		 (long)holder.pid);
	if (strstr(err.text, want) == NULL)
		fail_msg("%s", err.text);
	assert_null(lock);
	end_holder(&holder);
	assert_int_equal(lock_take("file:/dev/x", "me", 0, &err, &lock), 0);
	lock_free(lock);
}

static void test_other_devices_are_free(void **state)
{
	struct holder holder = start_holder("file:/dev/x");
	struct lock *lock = NULL;

	(void)state;
	assert_int_equal(lock_take("file:/dev/y", "me", 0, NULL, &lock), 0);
	lock_free(lock);
	end_holder(&holder);
}

static void test_a_holder_that_is_killed_lets_go(void **state)
{
	struct holder holder = start_holder("file:/dev/x");
	struct lock *lock = NULL;

	(void)state;
	kill(holder.pid, SIGKILL);
	end_holder(&holder);
	assert_int_equal(lock_take("file:/dev/x", "me", 0, NULL, &lock), 0);
	lock_free(lock);
}

static void test_who_waits_gets_it_when_the_holder_ends(void **state)
{
	struct holder holder = start_holder("file:/dev/x");
	struct error err = { 0 };
	struct lock *lock = NULL;
	pid_t ender = fork();

	(void)state;
	if (ender == 0) {
		usleep(100000);
		kill(holder.pid, SIGTERM);
		_exit(0);
	}
	if (lock_take("file:/dev/x", "me", 30000000, &err, &lock) != 0)
		fail_msg("%s", err.text);
	lock_free(lock);
	waitpid(ender, NULL, 0);
	end_holder(&holder);
}

static void test_a_wait_can_be_interrupted_and_has_an_end(void **state)
{
	struct holder holder = start_holder("file:/dev/x");
	struct error err = { 0 };
	struct lock *lock;

	(void)state;
	assert_int_equal(lock_take("file:/dev/x", "me", 1000, &err, &lock), E_BUSY);
	cancel_request();
	assert_int_equal(lock_take("file:/dev/x", "me", 30000000, &err, &lock), E_INTR);
	cancel_clear();
	end_holder(&holder);
}

static void test_a_folder_that_is_not_there_is_an_error(void **state)
{
	struct error err = { 0 };
	struct lock *lock;

	(void)state;
	setenv("SWITCHBLADE_LOCK_DIR", "/no/such/folder", 1);
	assert_int_equal(lock_take("x", "me", 0, &err, &lock), E_NODEV);
	setenv("SWITCHBLADE_LOCK_DIR", folder, 1);
}

/* The board takes the lock when a device is used, not for readers, and lets go. */
static void test_a_board_locks_the_devices_that_a_writer_uses(void **state)
{
	struct board_options options = { .map = "btc" };
	struct error err = { 0 };
	struct board *board;
	struct bus *bus;
	struct lock *lock = NULL;
	char uri[96], key[96];
	FILE *file;

	(void)state;
	snprintf(uri, sizeof(uri), "fault:every=1000,file:%s/dev.bin", folder);
	snprintf(key, sizeof(key), "file:%s/dev.bin", folder);
	file = fopen(key + strlen("file:"), "w");
	assert_non_null(file);
	assert_int_equal(ftruncate(fileno(file), 0x10000), 0);
	fclose(file);
	assert_int_equal(board_open_bus(uri, &options, &err, &board), 0);
	assert_int_equal(device_bus(board_device_at(board, 0), &err, &bus), 0);
	assert_string_equal(bus_lock_key(bus), key);
	assert_int_equal(lock_take(key, "other", 0, &err, &lock), 0);
	/* A reader does not mind. */
	assert_int_equal(device_bus(board_device_at(board, 0), &err, &bus), 0);
	board_hold(board, "reg set", 0);
	assert_int_equal(device_bus(board_device_at(board, 0), &err, &bus), E_BUSY);
	assert_non_null(strstr(err.text, "switch: file:"));
	lock_free(lock);
	assert_int_equal(device_bus(board_device_at(board, 0), &err, &bus), 0);
	assert_int_equal(lock_take(key, "other", 0, &err, &lock), E_BUSY);
	board_let_go(board);
	assert_int_equal(lock_take(key, "other", 0, &err, &lock), 0);
	lock_free(lock);
	board_close(board);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_the_second_is_told_who_holds_it),
		T(test_other_devices_are_free),
		T(test_a_holder_that_is_killed_lets_go),
		T(test_who_waits_gets_it_when_the_holder_ends),
		T(test_a_wait_can_be_interrupted_and_has_an_end),
		T(test_a_folder_that_is_not_there_is_an_error),
		T(test_a_board_locks_the_devices_that_a_writer_uses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
