/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Routing and access rules: what each operation leaves in the chip, against the vendor's driver
 * (fixtures/vsc7448/vendor).
 */
#include "hal/vsc7448/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hal/vsc7448/acl.h"
#include "hal/vsc7448/vsc7448_priv.h"
#include "tests/lib/vendor_group.h"
#include "tests/lib/vendor_start.h"

/* --- legs --------------------------------------------------------------------------------- */

/* VLANs 100 and 200 as the fixtures have them before the legs: each its own FID. */
static int start_vlans(struct vsc7448 *chip, const void *arg, struct error *err)
{
	int rc = vendor_start_forwarding(chip, arg, err);

	if (rc != 0)
		return rc;
	regio_fields(chip->io, VSC7448_ANA_L3_VLAN_VLAN_CFG(100),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_FID, 100));
	regio_fields(chip->io, VSC7448_ANA_L3_VLAN_VLAN_CFG(200),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_FID, 200));
	return regio_end(chip->io, err);
}

static int set_router(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct mac mac = { { 0x02, 0xaa, 0xbb, 0xcc, 0xdd, 0xee } };

	(void)arg;
	return vsc7448_router_set(chip, &mac, err);
}

static const struct vsc7448_leg leg_0 = { .leg = 0, .vid = 100, .ip4 = true, .ip6 = true };
static const struct vsc7448_leg leg_1 = { .leg = 1, .vid = 200, .ip4 = true, .ip6 = true };

static int set_leg(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_leg_set(chip, arg, err);
}

static int del_leg_1(struct vsc7448 *chip, const void *arg, struct error *err)
{
	(void)arg;
	return vsc7448_leg_del(chip, 1, err);
}

static int start_legs(struct vsc7448 *chip, const void *arg, struct error *err)
{
	int rc = start_vlans(chip, NULL, err);

	(void)arg;
	if (rc == 0)
		rc = set_router(chip, NULL, err);
	if (rc == 0)
		rc = vsc7448_leg_set(chip, &leg_0, err);
	if (rc == 0)
		rc = vsc7448_leg_set(chip, &leg_1, err);
	return rc;
}

static void test_router_and_legs_are_as_the_vendors(void **state)
{
	size_t bad;

	(void)state;
	bad = vendor_try("l3_common", start_vlans, set_router, NULL);
	bad += vendor_try("l3_leg", start_vlans, set_leg, &leg_0);
	bad += vendor_try("l3_leg2", start_vlans, set_leg, &leg_1);
	bad += vendor_try("l3_leg_del", start_legs, del_leg_1, NULL);
	assert_int_equal(bad, 0);
}

/* --- routes ------------------------------------------------------------------------------- */

#define HOST4      "192.0.2.10/32"
#define NET4       "192.0.2.0/24"
#define HOST6      "2001:db8:ff::10/128"
#define UNKNOWN    0u
#define MAX_BEFORE 2

/* Next hops are 02:00:00:00:00:01 and up on leg 1. */
struct wanted {
	const char *prefix; /* NULL: none */
	uint32_t n_hops;    /* 0: one without address */
};

struct route_row {
	const char *operation;
	struct wanted before[MAX_BEFORE];
	struct wanted after; /* prefix NULL: before[0] is deleted */
};

static const struct route_row routes[] = {
	{ "l3_host4", { { 0 } }, { HOST4, 1 } },
	{ "l3_net4_24", { { 0 } }, { NET4, 1 } },
	{ "l3_net4_24_then_32", { { NET4, 1 } }, { HOST4, 1 } },
	{ "l3_default4", { { 0 } }, { "0.0.0.0/0", 1 } },
	{ "l3_host6", { { 0 } }, { HOST6, 1 } },
	{ "l3_host6_after_4", { { HOST4, 1 } }, { HOST6, 1 } },
	{ "l3_host4_no_neighbour", { { 0 } }, { HOST4, UNKNOWN } },
	{ "l3_host4_then_neighbour", { { HOST4, UNKNOWN } }, { HOST4, 1 } },
	{ "l3_host4_del", { { HOST4, 1 } }, { 0 } },
	{ "l3_host4_del_of_two", { { HOST4, 1 }, { "192.0.2.11/32", 1 } }, { 0 } },
	{ "l3_ecmp2", { { 0 } }, { HOST4, 2 } },
	{ "l3_ecmp3", { { 0 } }, { HOST4, 3 } },
	{ "l3_ecmp4", { { 0 } }, { HOST4, 4 } },
	{ "l3_ecmp5", { { 0 } }, { HOST4, 5 } },
	{ "l3_ecmp6", { { 0 } }, { HOST4, 6 } },
	{ "l3_ecmp7", { { 0 } }, { HOST4, 7 } },
	{ "l3_ecmp8", { { 0 } }, { HOST4, 8 } },
	{ "l3_ecmp6_2", { { 0 } }, { HOST6, 2 } },
	{ "l3_ecmp_1_to_2", { { HOST4, 1 } }, { HOST4, 2 } },
	{ "l3_ecmp_2_to_3", { { HOST4, 2 } }, { HOST4, 3 } },
	{ "l3_ecmp_3_to_2", { { HOST4, 3 } }, { HOST4, 2 } },
};

static struct vsc7448_route route_of(const struct wanted *wanted)
{
	struct vsc7448_route route = { .n_hops = wanted->n_hops == 0 ? 1 : wanted->n_hops };
	unsigned length = 0;

	assert_true(ip_parse_prefix(wanted->prefix, &route.prefix, &length));
	route.length = length;
	route.is_group = route.n_hops > 1;
	for (uint32_t i = 0; i < wanted->n_hops; i++)
		route.hop[i] = (struct vsc7448_next_hop){
			.mac = { { 2, 0, 0, 0, 0, (uint8_t)(i + 1) } }, .leg = 1
		};
	return route;
}

static int set_route(struct vsc7448 *chip, const struct wanted *wanted, struct error *err)
{
	struct vsc7448_route route = route_of(wanted);

	return vsc7448_route_set(chip, &route, err);
}

static int routes_before(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct route_row *row = arg;
	int rc = start_legs(chip, NULL, err);

	for (size_t i = 0; rc == 0 && i < MAX_BEFORE && row->before[i].prefix != NULL; i++)
		rc = set_route(chip, &row->before[i], err);
	return rc;
}

static int change_route(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct route_row *row = arg;
	struct vsc7448_route route;

	if (row->after.prefix != NULL)
		return set_route(chip, &row->after, err);
	route = route_of(&row->before[0]);
	return vsc7448_route_del(chip, &route.prefix, route.length, err);
}

static void test_each_route_change_leaves_what_the_vendor_leaves(void **state)
{
	size_t bad = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		bad += vendor_try(routes[i].operation, routes_before, change_route, &routes[i]);
	assert_int_equal(bad, 0);
}

static int two_hops(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct wanted wanted = { HOST4, 2 };
	int rc = start_legs(chip, NULL, err);

	(void)arg;
	return rc != 0 ? rc : set_route(chip, &wanted, err);
}

static int change_entry(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_arp_set(chip, 1, arg, err);
}

static void test_group_entries_change_as_the_vendors(void **state)
{
	static const struct vsc7448_next_hop other = { .mac = { { 2, 0, 0, 0, 0, 9 } },
						       .leg = 1 };
	static const struct vsc7448_next_hop lost = { .leg = 1 };
	size_t bad;

	(void)state;
	bad = vendor_try("l3_ecmp_mac_change", two_hops, change_entry, &other);
	bad += vendor_try("l3_ecmp_neighbour_lost", two_hops, change_entry, &lost);
	assert_int_equal(bad, 0);
}

/* --- access rules ------------------------------------------------------------------------- */

#define ALL_PORTS VSC7448_FRONT_PORTS
#define PORT(n)   (UINT64_C(1) << (n))
#define ETYPE     .has_etype = true, .etype = 0x88b5
#define DMAC      .has_dmac = true, .dmac = { { 2, 0, 0, 0, 0, 7 } }
#define TO(ports) .verdict = VSC7448_ACL_REDIRECT, .to = (ports)

static const struct acl_row {
	const char *operation;
	struct vsc7448_acl_rule rule;
} acls[] = {
	{ "acl_etype", { ETYPE, .from = ALL_PORTS, TO(PORT(10)) } },
	{ "acl_etype_drop", { ETYPE, .from = ALL_PORTS, .verdict = VSC7448_ACL_DROP } },
	{ "acl_etype_filter",
	  { ETYPE, .from = ALL_PORTS, .verdict = VSC7448_ACL_FILTER,
	    .to = PORT(10) | PORT(49) } },
	{ "acl_etype_cpu", { ETYPE, .from = ALL_PORTS, .to_cpu = true, .cpu_queue = 3 } },
	{ "acl_etype_ports", { ETYPE, .from = PORT(0) | PORT(1), TO(PORT(49)) } },
	{ "acl_etype_vid",
	  { ETYPE, .has_vid = true, .vid = 100, .from = ALL_PORTS, TO(PORT(10)) } },
	{ "acl_any", { .from = ALL_PORTS, TO(PORT(10)) } },
	{ "acl_dmac", { DMAC, .from = ALL_PORTS, TO(PORT(10)) } },
};

static const struct vsc7448_acl_rule first = { ETYPE, .from = ALL_PORTS, TO(PORT(10)) };
static const struct vsc7448_acl_rule second = { DMAC, .from = ALL_PORTS, TO(PORT(11)) };

static int add_acl(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct acl_row *row = arg;

	return vsc7448_acl_insert(chip, 0, &row->rule, err);
}

static int one_acl(struct vsc7448 *chip, const void *arg, struct error *err)
{
	int rc = vendor_start_forwarding(chip, arg, err);

	return rc != 0 ? rc : vsc7448_acl_insert(chip, 0, &first, err);
}

static int two_acls(struct vsc7448 *chip, const void *arg, struct error *err)
{
	int rc = one_acl(chip, arg, err);

	return rc != 0 ? rc : vsc7448_acl_insert(chip, 1, &second, err);
}

static int insert_second(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_acl_insert(chip, *(const uint32_t *)arg, &second, err);
}

static int del_acl(struct vsc7448 *chip, const void *arg, struct error *err)
{
	(void)arg;
	return vsc7448_acl_del(chip, 0, err);
}

static int policy_port_3(struct vsc7448 *chip, const void *arg, struct error *err)
{
	(void)arg;
	return vsc7448_acl_port_set(chip, PORT(3), VSC7448_ACL_IP, err);
}

static void test_each_access_rule_leaves_what_the_vendor_leaves(void **state)
{
	static const uint32_t at[] = { 0, 1 };
	size_t bad = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(acls) / sizeof(acls[0]); i++)
		bad += vendor_try(acls[i].operation, vendor_start_forwarding, add_acl,
				  &acls[i]);
	bad += vendor_try("acl_insert_before", one_acl, insert_second, &at[0]);
	bad += vendor_try("acl_append", one_acl, insert_second, &at[1]);
	bad += vendor_try("acl_del", one_acl, del_acl, NULL);
	bad += vendor_try("acl_del_first", two_acls, del_acl, NULL);
	bad += vendor_try("acl_port_policy", vendor_start_forwarding, policy_port_3, NULL);
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_router_and_legs_are_as_the_vendors),
		cmocka_unit_test(test_each_route_change_leaves_what_the_vendor_leaves),
		cmocka_unit_test(test_group_entries_change_as_the_vendors),
		cmocka_unit_test(test_each_access_rule_leaves_what_the_vendor_leaves),
		cmocka_unit_test(test_every_listed_difference_occurs),
	};

	return cmocka_run_group_tests(tests, vendor_load, vendor_unload);
}
