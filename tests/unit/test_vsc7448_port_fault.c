/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Port set-up with every one of its accesses failing once, in every mode of every kind of port:
 * a clear error, nothing leaks, and the same call passes afterwards.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "hal/vsc7448/port.h"
#include "tests/lib/chip_bench.h"
#include "tests/lib/port_cases.h"

static const struct port_case *now;

static int set_up(struct chip_bench *b, struct error *err)
{
	struct vsc7448_port_conf conf;

	port_case_unusual(now, &conf);
	return vsc7448_port_conf_set(b->chip, now->port, &conf, err);
}

static int prepare_port(struct chip_bench *b, struct error *err)
{
	int rc = port_cases_prepare(b, err);

	return rc != 0 ? rc : set_up(b, err);
}

static int disable_and_enable(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_port_disable(b->chip, now->port, err);

	return rc != 0 ? rc : vsc7448_port_enable(b->chip, now->port, err);
}

static int free_port(struct chip_bench *b, struct error *err)
{
	return vsc7448_port_free(b->chip, now->port, err);
}

static void sweep_modes(size_t first, size_t last)
{
	for (size_t i = first; i < last && i < n_port_cases; i++) {
		size_t n;

		now = &port_cases[i];
		n = chip_bench_sweep(port_cases_prepare, set_up);
		print_message("port %u, %s: %zu accesses\n", now->port,
			      link_mode_names[now->mode], n);
		assert_in_range(n, 60, 400);
	}
}

static void test_set_up_of_1g_and_qsgmii_ports_survives_every_fault(void **state)
{
	(void)state;
	sweep_modes(0, 13);
}

static void test_set_up_of_10g_ports_survives_every_fault(void **state)
{
	(void)state;
	sweep_modes(13, n_port_cases);
}

/* One of each kind: 1G, QSGMII, XAUI, 10GBASE-R. */
static const size_t kinds[] = { 2, 3, 17, 19 };

static void test_disable_and_enable_survive_every_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		now = &port_cases[kinds[i]];
		assert_in_range(chip_bench_sweep(prepare_port, disable_and_enable), 20, 400);
	}
}

/* A port that a failed flush has left without set-up is set up. */
static int flush_or_set_up(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_port_flush(b->chip, now->port, err);

	return rc == E_STATE ? set_up(b, err) : rc;
}

static void test_flushing_survives_every_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		now = &port_cases[kinds[i]];
		assert_in_range(chip_bench_sweep(prepare_port, flush_or_set_up), 40, 200);
	}
}

static void test_freeing_survives_every_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		now = &port_cases[kinds[i]];
		assert_in_range(chip_bench_sweep(prepare_port, free_port), 20, 200);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_up_of_1g_and_qsgmii_ports_survives_every_fault),
		cmocka_unit_test(test_set_up_of_10g_ports_survives_every_fault),
		cmocka_unit_test(test_disable_and_enable_survive_every_fault),
		cmocka_unit_test(test_flushing_survives_every_fault),
		cmocka_unit_test(test_freeing_survives_every_fault),
	};

	return cmocka_run_group_tests_name("ports under faults", tests, NULL, NULL);
}
