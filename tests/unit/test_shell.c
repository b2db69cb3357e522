/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/shell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/complete.h"
#include "cli/words.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Words between bars, or the error. */
static void split(const char *line, bool unfinished, char *buf, size_t size)
{
	struct error err = { 0 };
	struct words words;
	size_t len = 0;

	if (words_split(line, strlen(line), unfinished, &err, &words) != 0)
		snprintf(buf, size, "%s", err.text);
	buf[err.code == 0 ? 0 : strlen(buf)] = '\0';
	for (size_t i = 0; err.code == 0 && i < words.n; i++)
		len += (size_t)snprintf(buf + len, size - len, "%s|", words.list[i]);
	words_fini(&words);
}

static void test_lines_are_cut_into_words(void **state)
{
	static const struct {
		const char *line, *want;
	} rows[] = {
		{ "", "" },
		{ " \t\r\n", "" },
		{ "a b", "a|b|" },
		{ "  a\tb  \n", "a|b|" },
		{ "# all of it", "" },
		{ "a # rest", "a|" },
		{ "a#b", "a#b|" },
		{ "'a b' c", "a b|c|" },
		{ "\"a b\"c", "a bc|" },
		{ "\"a \\\" \\\\ \\n\"", "a \" \\ \\n|" },
		{ "'a\\'", "a\\|" },
		{ "a\\ b", "a b|" },
		{ "''", "|" },
		{ "'' \"\"", "||" },
		{ "'a", "no closing '" },
		{ "a \"b", "no closing \"" },
		{ "a\\", "a backslash ends the line" },
		{ "reg set A.B='X Y' # c", "reg|set|A.B=X Y|" },
	};
	char got[640];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		split(rows[i].line, false, got, sizeof(got));
		assert_string_equal(got, rows[i].want);
	}
}

static void test_a_line_being_typed_may_be_open(void **state)
{
	char got[640];

	(void)state;
	split("a 'b c", true, got, sizeof(got));
	assert_string_equal(got, "a|b c|");
	split("a\\", true, got, sizeof(got));
	assert_string_equal(got, "a|");
}

static void test_any_line_is_split_without_overflow(void **state)
{
	static const char bytes[] = " a'\"\\#";
	char line[7], got[640];

	(void)state;
	/* All lines of six of these bytes. */
	for (unsigned n = 0; n < 6 * 6 * 6 * 6 * 6 * 6; n++) {
		unsigned rest = n;

		for (int i = 0; i < 6; i++, rest /= 6)
			line[i] = bytes[rest % 6];
		line[6] = '\0';
		split(line, n % 2 != 0, got, sizeof(got));
	}
}

struct found {
	char text[4096];
	size_t n;
};

static void collect(void *arg, const char *text)
{
	struct found *found = arg;
	const size_t len = strlen(found->text);

	found->n++;
	snprintf(found->text + len, sizeof(found->text) - len, "%s ", text);
}

/* The candidates for the end of @line, as one text. */
static void complete(const char *line, size_t want_start, const char *want)
{
	struct session session = { .out = stdout, .err = stderr };
	struct found found = { 0 };
	size_t start = complete_line(&session, line, strlen(line), collect, &found);

	session_close(&session);
	assert_string_equal(found.text, want);
	assert_int_equal(start, want_start);
}

static void test_commands_and_options_complete(void **state)
{
	char all[512] = "";

	(void)state;
	for (size_t i = 0, used = 0; i < command_table_size; i++)
		used += (size_t)snprintf(all + used, sizeof(all) - used, "%s ",
					 command_table[i].name);
	complete("", 0, all);
	complete("re", 0, "reg ");
	complete("reg ", 4, "diff dump find info list poll read restore set watch write ");
	complete("reg re", 4, "read restore ");
	complete(
		"reg poll --", 9,
		"--every= --timeout= --board= --bus= --color --define= --dry-run --help "
		"--include= --journal= --json --map= --param= --raw --read-only --side-effects "
		"--stop-on-error --top= --verbose --verify --version --wait= --yes ");
	complete("--color=n", 8, "never ");
	complete("--map=ro", 6, "rocker ");
	complete("-b ", 3, "mock: file: pci: usb: unix: ssh: fault: record: replay: ");
	complete("-b mock:fixtures/vsc7448/res", 3, "mock:fixtures/vsc7448/reset.regs ");
	complete("-v -B fixtures/boards/bench8", 6, "fixtures/boards/bench8.yaml ");
	complete("--map ro", 6, "rocker ");
	complete("--map rocker re", 13, "reg ");
	complete("help r", 5, "reg route ");
	complete("help reg w", 9, "watch write ");
	complete("nonsense ", 9, "");
	complete("reg nonsense ", 13, "");
	complete("bus test b", 9, "btc ");
}

static void test_paths_fields_and_enumerators_complete(void **state)
{
	(void)state;
	complete("--map rocker reg read TEST_DMA_A", 22, "TEST_DMA_ADDR TEST_DMA_ADDR. ");
	complete("reg set DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1", 40,
		 "MBPS_10 MBPS_100 MBPS_1000 ");
	complete("reg poll DEV1G[0]:DEV_RST_CTRL.SPEED_SEL==mbps_100", 42,
		 "MBPS_100 MBPS_1000 ");
	complete("reg set DEV1G[0]:DEV_RST_CTR", 8, "DEV1G[0]:DEV_RST_CTRL. ");
	complete("reg set DEV1G[0]:DEV_RST_CTRL", 8, "DEV1G[0]:DEV_RST_CTRL. ");
	complete("reg set DEV1G[0]:DEV_RST_CTRL.S", 8, "DEV1G[0]:DEV_RST_CTRL.SPEED_SEL= ");
	complete("reg poll DEV1G[0]:DEV_RST_CTRL.S", 9, "DEV1G[0]:DEV_RST_CTRL.SPEED_SEL== ");
	complete("reg poll CHIP_I", 9, "CHIP_ID CHIP_ID. ");
	complete("bus test --id DEVCPU_GCB:CHIP_REGS:CHIP_I", 14,
		 "DEVCPU_GCB:CHIP_REGS:CHIP_ID ");
	complete("bus test --scratch=DEVCPU_GCB:CHIP_REGS:CHIP_I", 19,
		 "DEVCPU_GCB:CHIP_REGS:CHIP_ID ");
	complete("reg read CHIP_ID", 9, "CHIP_ID CHIP_ID. ");
	complete("reg dump CHIP_ID", 9, "CHIP_ID ");
	complete("reg set DEV1G[0]:NO_SUCH.FIELD=M", 31, "");
	complete("reg write DEVCPU_GCB:CHIP_REGS:CHIP_ID 1", 39, "");
	complete("reg read btc/ID:MAG", 9, "btc/ID:MAGIC btc/ID:MAGIC. ");
	complete("reg read 'btc/ID:MAG", 10, "btc/ID:MAGIC btc/ID:MAGIC. ");
}

static void test_operands_of_the_tdm_bus_complete(void **state)
{
	(void)state;
	complete("slot assign 5 ", 14, "controller off shared ");
	complete("slot assign ", 12, "");
	complete("slot listen 5 n", 14, "none ");
	complete("arb set ", 8, "priority round-robin weighted ");
	complete("msg instruct ", 13, "all ");
	complete("msg instruct all m", 17, "maintenance ");
	complete("msg send a", 9, "all ");
	complete("frame s", 6, "send set show ");
	complete("scenario run fixtures/scenarios/full", 13,
		 "fixtures/scenarios/full-fifo.yaml ");
}

static void test_completion_survives_any_prefix(void **state)
{
	static const char line[] =
		"--map=rocker -b mock: reg set 'switch/PORT[0]:TX:CTRL.RESET'==1 "
		"--json -o /tmp/x --color=always";
	struct found found;

	(void)state;
	for (size_t n = 0; n < sizeof(line); n++) {
		struct session session = { .out = stdout, .err = stderr };

		memset(&found, 0, sizeof(found));
		assert_true(complete_line(&session, line, n, collect, &found) <= n);
		session_close(&session);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_are_cut_into_words),
		cmocka_unit_test(test_a_line_being_typed_may_be_open),
		cmocka_unit_test(test_any_line_is_split_without_overflow),
		cmocka_unit_test(test_commands_and_options_complete),
		cmocka_unit_test(test_paths_fields_and_enumerators_complete),
		cmocka_unit_test(test_operands_of_the_tdm_bus_complete),
		cmocka_unit_test(test_completion_survives_any_prefix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
