/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order of routes in the TCAM under changes, other rules beside them, faults in the middle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "hal/vsc7448/acl.h"
#include "tests/lib/route_group.h"

static void test_the_core_is_given_back_with_the_last_route(void **state)
{
	uint32_t owner[VCAP_CORES];

	(void)state;
	add("192.0.2.10", 1);
	add("2001:db8::/32", 1);
	assert_int_equal(del("192.0.2.10"), 0);
	assert_int_equal(lookup("2001:db8::1")->vmid, 1);
	assert_int_equal(vsc7448__vcap_owners(b.chip->io, owner), 0);
	assert_int_equal(owner[7], VCAP_OWNER_LPM);
	assert_int_equal(del("2001:db8::/32"), 0);
	assert_int_equal(vsc7448__vcap_owners(b.chip->io, owner), 0);
	assert_int_equal(owner[7], VCAP_OWNER_NONE);
}

/* On one handle, which remembers the owners of cores. */
static void test_routes_and_access_rules_take_cores_of_their_own(void **state)
{
	const struct vsc7448_acl_rule drop = { .has_etype = true,
					       .etype = 0x88b5,
					       .from = VSC7448_FRONT_PORTS,
					       .verdict = VSC7448_ACL_DROP };
	const struct mv_is2_frame frame = { .first = true, .is_etype = true, .etype = 0x88b5 };
	uint32_t owner[VCAP_CORES];

	(void)state;
	add("192.0.2.10", 1);
	assert_int_equal(vsc7448_acl_insert(b.chip, 0, &drop, &err), 0);
	assert_int_equal(vsc7448__vcap_owners(b.chip->io, owner), 0);
	assert_int_equal(owner[7], VCAP_OWNER_LPM);
	assert_int_equal(owner[6], VCAP_OWNER_IS2);
	assert_int_equal(del("192.0.2.10"), 0);
	assert_int_equal(vsc7448_acl_del(b.chip, 0, &err), 0);
	assert_int_equal(vsc7448_acl_insert(b.chip, 0, &drop, &err), 0);
	add("192.0.2.10", 1);
	assert_int_equal(vsc7448__vcap_owners(b.chip->io, owner), 0);
	assert_int_equal(owner[7], VCAP_OWNER_IS2);
	assert_int_equal(owner[6], VCAP_OWNER_LPM);
	assert_int_equal(lookup("192.0.2.10")->vmid, 1);
	assert_int_equal(mv_vcap_is2_match(b.model, &frame)->mask_mode, MV_MASK_REPLACE_ALL);
}

static void test_rules_of_another_owner_stay_as_they_are(void **state)
{
	struct vcap_rule other = { .size = 8 }, got;

	(void)state;
	bits_put(other.key, 0, 64, UINT64_C(0x123456789a));
	bits_put(other.care, 0, 64, UINT64_MAX);
	vsc7448__vcap_own(b.chip->io, 7, VCAP_OWNER_IS2);
	vsc7448__vcap_write(b.chip->io, VCAP_OWNER_IS2, TOP - 7, &other);
	add("192.0.2.0/24", 1);
	add("192.0.2.10", 1);
	assert_int_equal(del("192.0.2.0/24"), 0);
	assert_int_equal(del("192.0.2.10"), 0);
	assert_int_equal(vsc7448__vcap_read(b.chip->io, VCAP_OWNER_IS2, TOP - 7, &got), 0);
	assert_memory_equal(&got, &other, sizeof(got));
}

/* An interrupted change may leave one. */
static void test_a_gap_is_used_before_rules_move(void **state)
{
	(void)state;
	add("10.1.1.0/24", 1);
	add("10.1.0.0/16", 1);
	add("10.0.0.0/8", 1);
	vsc7448__vcap_clear(b.chip->io, TOP - 1, 1);
	vsc7448_forget(b.chip);
	add("10.2.0.0/15", 2);
	assert_int_equal(lookup("10.1.1.1")->type, MV_LPM_ARP_ENTRY);
	assert_int_equal(lookup("10.3.0.1")->type, MV_LPM_ARP_PTR);
	assert_int_equal(lookup("10.4.0.1")->type, MV_LPM_ARP_ENTRY);
	for (size_t i = 0; i < b.n_access; i++)
		assert_int_not_equal(b.access[i].value >> 22, 2); /* no move */
	assert_int_equal(del("10.0.0.0/8"), 0);
	assert_int_equal(del("10.2.0.0/15"), 0);
	assert_int_equal(lookup("10.1.1.1")->type, MV_LPM_ARP_ENTRY);
}

/* Whether a move empties what it leaves is not proven: the driver empties it itself. */
static void test_what_a_removal_leaves_is_emptied(void **state)
{
	bool emptied = false;

	(void)state;
	add("10.1.1.0/24", 1);
	add("10.0.0.0/8", 1);
	chip_bench_forget_log(&b);
	assert_int_equal(del("10.1.1.0/24"), 0);
	for (size_t i = 0; i < b.n_access; i++)
		emptied |= b.access[i].kind == BUS_OP_WRITE && b.access[i].addr == UPDATE &&
			   b.access[i].value == (4u << 22 | (TOP - 1) << 3 | 6u);
	assert_true(emptied);
}

#define N_RANDOM 60u

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Prefixes that contain each other: one of 60, the even ones IPv4. */
static struct vsc7448_route random_route(uint32_t which)
{
	struct vsc7448_route route = { .n_hops = 1 };
	uint32_t length = (which / 2 * 7) % 31 + 1;

	route.prefix.v6 = which % 2 != 0;
	route.length = length;
	route.prefix.octet[0] = 0x80;
	if (which % 4 >= 2 && length > 1)
		route.prefix.octet[(length - 1) / 8] |= (uint8_t)(0x80 >> (length - 1) % 8);
	route.hop[0].mac = mac_of_number(UINT64_C(0x020000000100) + which);
	return route;
}

/* The routes are those in @present, by falling length; the foreign rule is still there. */
static void assert_routes_known(const bool *present)
{
	struct vsc7448_route *routes;
	size_t n, others, want = 0;

	assert_int_equal(vsc7448_routes(b.chip, &err, &routes, &n, &others), 0);
	for (uint32_t i = 0; i < N_RANDOM; i++)
		want += present[i];
	assert_int_equal(n, want);
	assert_int_equal(others, 1);
	for (size_t i = 0; i < n; i++) {
		uint32_t which = (uint32_t)mac_number(&routes[i].hop[0].mac) & 0xff;
		struct vsc7448_route same = random_route(which);

		assert_true(present[which]);
		assert_memory_equal(&routes[i].prefix, &same.prefix, sizeof(same.prefix));
		assert_int_equal(routes[i].length, same.length);
		if (i > 0 && routes[i].prefix.v6 == routes[i - 1].prefix.v6) {
			assert_true(routes[i].length <= routes[i - 1].length);
			assert_true(routes[i].address < routes[i - 1].address);
		}
	}
	free(routes);
}

/* As the handle remembers them, and as the chip has them. */
static void assert_routes(const bool *present)
{
	assert_routes_known(present);
	vsc7448_forget(b.chip);
	assert_routes_known(present);
}

/* A source check (flag 0), as the vendor's ACL makes them, among the routes. */
static void add_foreign(void)
{
	struct vcap_rule rule = { .size = 2 };
	uint32_t addr;
	struct vcap_list *list;

	bits_put(rule.key, 0, 32, 0xdeadbeef);
	bits_put(rule.care, 0, 64, UINT64_MAX);
	assert_int_equal(vsc7448__vcap_list(b.chip, VCAP_OWNER_LPM, &list), 0);
	assert_int_equal(vsc7448__vcap_list_insert(list, 0, &rule, &addr), 0);
	assert_int_equal(regio_end(b.chip->io, &err), 0);
}

static void test_random_changes_keep_longest_first_and_other_rules(void **state)
{
	bool present[N_RANDOM] = { false };
	uint32_t seed = 20260101;

	(void)state;
	add_foreign();
	for (int step = 0; step < 400; step++) {
		uint32_t which = next_random(&seed) % N_RANDOM;
		struct vsc7448_route route = random_route(which), twin;
		bool is_twin = false;

		/* Two of the sixty may have the same prefix: the later one would replace it. */
		for (uint32_t i = 0; i < N_RANDOM; i++) {
			twin = random_route(i);
			is_twin |=
				i != which && present[i] && twin.length == route.length &&
				memcmp(&twin.prefix, &route.prefix, sizeof(twin.prefix)) == 0;
		}
		if (is_twin)
			continue;
		if (present[which])
			assert_int_equal(
				vsc7448_route_del(b.chip, &route.prefix, route.length, &err),
				0);
		else
			set(&route);
		present[which] = !present[which];
		if (step % 20 == 19)
			assert_routes(present);
	}
}

static int prepare_sweep(struct chip_bench *bench, struct error *e)
{
	struct vsc7448_route net = route_to("192.0.2.0/24", 1);

	return vsc7448_route_set(bench->chip, &net, e);
}

static int change_routes(struct chip_bench *bench, struct error *e)
{
	struct vsc7448_route host = route_to("192.0.2.10", 2);
	int rc = vsc7448_route_set(bench->chip, &host, e);

	host.n_hops = 3;
	host.hop[2] = host.hop[0];
	if (rc != 0)
		return rc;
	chip_bench_forget_log(bench);
	return vsc7448_route_set(bench->chip, &host, e);
}

static void test_every_access_of_a_route_change_may_fail(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(prepare_sweep, change_routes) > 100);
}

static int remove_route(struct chip_bench *bench, struct error *e)
{
	struct vsc7448_route net = route_to("192.0.2.0/24", 1);
	int rc = vsc7448_route_del(bench->chip, &net.prefix, net.length, e);

	/* When the fault came behind the deed there is nothing left to delete. */
	return rc == E_NOTFOUND ? 0 : rc;
}

static void test_every_access_of_a_removal_may_fail(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(prepare_sweep, remove_route) > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_core_is_given_back_with_the_last_route),
		TEST(test_routes_and_access_rules_take_cores_of_their_own),
		TEST(test_rules_of_another_owner_stay_as_they_are),
		TEST(test_a_gap_is_used_before_rules_move),
		TEST(test_what_a_removal_leaves_is_emptied),
		TEST(test_random_changes_keep_longest_first_and_other_rules),
		cmocka_unit_test(test_every_access_of_a_route_change_may_fail),
		cmocka_unit_test(test_every_access_of_a_removal_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
