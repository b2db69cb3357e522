/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is kept between commands: by device, whole or not at all, never in the way. */
#include "cli/state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/session.h"

static char folder[32], uri[96];

/* A program: a session on @bus_uri and its one device. */
struct program {
	struct session session;
	struct device *dev;
};

static void start(struct program *p, const char *bus_uri)
{
	struct error err = { 0 };
	struct board *board;

	*p = (struct program){ .session = { .options = { .bus = bus_uri } } };
	if (session_board(&p->session, &err, &board) != 0)
		fail_msg("%s", err.text);
	p->dev = board_device_at(board, 0);
}

static struct state *state_of(struct program *p, const char *purpose)
{
	struct state *state = state_open(&p->session, p->dev, 0x374680e9, purpose);

	assert_non_null(state);
	return state;
}

static void end(struct program *p)
{
	session_close(&p->session);
}

/* The one file of the state folder that starts with @prefix. */
static const char *file_of(const char *prefix)
{
	static char path[512];
	char command[256];
	FILE *pipe;

	snprintf(command, sizeof(command), "ls %s/switchblade/%s*", folder, prefix);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	assert_non_null(fgets(path, sizeof(path), pipe));
	assert_null(fgets(command, sizeof(command), pipe));
	assert_int_equal(pclose(pipe), 0);
	path[strcspn(path, "\n")] = '\0';
	return path;
}

static void damage(const char *prefix, const char *text)
{
	FILE *file = fopen(file_of(prefix), "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static char *text_of(const char *prefix)
{
	char *text = calloc(1, 4096);
	FILE *file = fopen(file_of(prefix), "r");

	assert_non_null(file);
	assert_true(fread(text, 1, 4095, file) > 0);
	fclose(file);
	return text;
}

static int setup(void **state)
{
	char registers[80], command[160];

	(void)state;
	strcpy(folder, "/tmp/test_state.XXXXXX");
	assert_non_null(mkdtemp(folder));
	setenv("XDG_STATE_HOME", folder, 1);
	snprintf(registers, sizeof(registers), "%s/registers", folder);
	snprintf(command, sizeof(command), "truncate -s 32M %s", registers);
	assert_int_equal(system(command), 0);
	snprintf(uri, sizeof(uri), "file:%s", registers);
	return 0;
}

static int teardown(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "chmod -R u+w %s && rm -r %s", folder, folder);
	return system(command);
}

static void test_numbers_reach_the_next_program(void **state)
{
	struct program p;
	uint64_t value = 0;

	(void)state;
	start(&p, uri);
	assert_true(state_put(state_of(&p, "counters"), "49.rx", 12));
	assert_true(state_put(state_of(&p, "links"), "49.rx", 7));
	assert_true(state_put(state_of(&p, "links"), "49.rx", UINT64_MAX));
	assert_true(state_save(state_of(&p, "links")) == true);
	end(&p);
	start(&p, uri);
	assert_false(state_get(state_of(&p, "counters"), "49.rx", &value));
	assert_false(state_get(state_of(&p, "links"), "49.tx", &value));
	assert_true(state_get(state_of(&p, "links"), "49.rx", &value));
	assert_true(value == UINT64_MAX);
	end(&p);
}

/* What is not saved lives on in the session only while no file says otherwise. */
static void test_a_file_that_another_program_wrote_is_seen(void **state)
{
	struct program p, other;
	uint64_t value = 0;

	(void)state;
	start(&p, uri);
	assert_true(state_put(state_of(&p, "counters"), "a", 1));
	assert_true(state_get(state_of(&p, "counters"), "a", &value));
	start(&other, uri);
	assert_true(state_put(state_of(&other, "counters"), "a", 2));
	assert_true(state_save(state_open(&other.session, other.dev, 0x374680e9, "nothing")));
	end(&other);
	start(&other, uri);
	assert_true(state_get(state_of(&p, "counters"), "a", &value));
	assert_int_equal(value, 1);
	{
		struct state *counters = state_of(&other, "counters");

		assert_true(state_put(counters, "a", 3));
		assert_true(state_save(counters));
	}
	end(&other);
	assert_true(state_get(state_of(&p, "counters"), "a", &value));
	assert_int_equal(value, 3);
	end(&p);
}

static void test_a_damaged_file_is_a_fresh_start(void **state)
{
	static const char *const bad[] = {
		"",
		"\n",
		"nonsense\n",
		"@state 1 links switch 0x374680e9\n",
	};
	struct program p;
	uint64_t value = 0;
	char *whole, *cut;

	(void)state;
	start(&p, uri);
	{
		struct state *links = state_of(&p, "links");

		assert_true(state_put(links, "a", 1) && state_put(links, "b", 2));
		assert_true(state_save(links));
	}
	whole = text_of("links");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		damage("links", bad[i]);
		assert_false(state_get(state_of(&p, "links"), "a", &value));
	}
	/* Every way of being cut short. */
	for (size_t len = 0; len + 1 < strlen(whole); len++) {
		cut = strndup(whole, len);
		damage("links", cut);
		free(cut);
		assert_false(state_get(state_of(&p, "links"), "a", &value));
	}
	damage("links", whole);
	assert_true(state_get(state_of(&p, "links"), "b", &value));
	assert_int_equal(value, 2);
	strstr(whole, "b 2")[2] = '-';
	damage("links", whole);
	assert_false(state_get(state_of(&p, "links"), "a", &value));
	free(whole);
	end(&p);
}

static void test_another_device_has_numbers_of_its_own(void **state)
{
	struct program p;
	struct state *links;
	uint64_t value = 0;

	(void)state;
	start(&p, uri);
	links = state_of(&p, "links");
	assert_true(state_put(links, "a", 1));
	assert_true(state_save(links));
	end(&p);
	start(&p, uri);
	links = state_open(&p.session, p.dev, 0x374690e9, "links");
	assert_false(state_get(links, "a", &value));
	end(&p);
}

static void test_a_mock_is_a_new_device_each_time(void **state)
{
	struct program p;
	struct state *links;
	uint64_t value = 0;

	(void)state;
	start(&p, "mock:");
	links = state_of(&p, "links");
	assert_true(state_put(links, "a", 1));
	assert_false(state_save(links));
	assert_true(state_get(state_of(&p, "links"), "a", &value));
	state_clear(state_of(&p, "links"));
	assert_false(state_get(state_of(&p, "links"), "a", &value));
	end(&p);
	start(&p, "mock:");
	assert_false(state_get(state_of(&p, "links"), "a", &value));
	end(&p);
}

static void test_a_home_that_cannot_be_written_is_not_in_the_way(void **state)
{
	static const char *const homes[] = { "/dev/null", "/proc/nowhere", "relative", "" };
	struct program p;
	uint64_t value = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(homes) / sizeof(homes[0]); i++) {
		struct state *links;

		setenv("XDG_STATE_HOME", homes[i], 1);
		setenv("HOME", homes[i], 1);
		start(&p, uri);
		links = state_of(&p, "links");
		assert_true(state_put(links, "a", 1));
		assert_false(state_save(links));
		assert_true(state_get(state_of(&p, "links"), "a", &value));
		end(&p);
	}
	setenv("XDG_STATE_HOME", folder, 1);
}

static void test_no_memory_is_an_empty_state(void **state)
{
	uint64_t value = 0;

	(void)state;
	assert_false(state_put(NULL, "a", 1));
	assert_false(state_get(NULL, "a", &value));
	assert_false(state_save(NULL));
	state_clear(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_numbers_reach_the_next_program, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_a_file_that_another_program_wrote_is_seen,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_damaged_file_is_a_fresh_start, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_another_device_has_numbers_of_its_own,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_mock_is_a_new_device_each_time, setup,
						teardown),
		cmocka_unit_test_setup_teardown(
			test_a_home_that_cannot_be_written_is_not_in_the_way, setup, teardown),
		cmocka_unit_test(test_no_memory_is_an_empty_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
