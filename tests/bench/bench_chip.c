/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What operations of the VSC7448 driver cost in register accesses, beside the vendor's driver
 * (fixtures/vsc7448/vendor/accesses.csv): cold, on a handle that knows nothing, and warm, on one that
 * has done the like before.  And the wall time of a whole init on mock registers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hal/device.h"
#include "hal/vsc7448/calendar.h"
#include "hal/vsc7448/chip.h"
#include "hal/vsc7448/lag.h"
#include "hal/vsc7448/mac.h"
#include "hal/vsc7448/masks.h"
#include "hal/vsc7448/acl.h"
#include "hal/vsc7448/port.h"
#include "hal/vsc7448/route.h"
#include "hal/vsc7448/vlan.h"
#include "tests/lib/bench_process.h"
#include "tests/lib/chip_bench.h"

#define N_INITS 11

static void check(int rc, const struct error *err)
{
	if (rc == 0)
		return;
	fprintf(stderr, "bench_chip: %s\n", err->text);
	exit(1);
}

/* The total of @operation in accesses.csv; 0 when it is not there. */
static unsigned long vendor_total(const char *operation)
{
	FILE *in = fopen("fixtures/vsc7448/vendor/accesses.csv", "r");
	size_t len = strlen(operation);
	unsigned long total = 0;
	char line[256];

	check(in == NULL, &(struct error){ .text = "no accesses.csv" });
	while (fgets(line, sizeof(line), in) != NULL)
		if (strncmp(line, operation, len) == 0 && line[len] == ',') {
			char *at = strchr(line + len + 1, ','); /* behind the reads */

			at = at != NULL ? strchr(at + 1, ',') : NULL;
			total = at != NULL ? strtoul(at + 1, NULL, 10) : 0;
		}
	fclose(in);
	return total;
}

typedef void (*step)(struct vsc7448 *chip);

struct op {
	const char *what, *vendor;  /* a row of accesses.csv */
	step prepare, warm_up, run; /* warm_up: the like of run, before the warm run */
	unsigned long target_cold, target_warm; /* of the issue; 0: none */
};

static void init_chip(struct vsc7448 *chip)
{
	struct vsc7448_port_map map;
	struct error err = { 0 };

	vsc7448_port_map_base(&map);
	check(vsc7448_init(chip, &map, 0, &err), &err);
}

static void all_up(struct vsc7448 *chip)
{
	struct error err = { 0 };

	init_chip(chip);
	check(vsc7448_forward_set(chip, VSC7448_FRONT_PORTS, true, &err), &err);
}

static void set_port(struct vsc7448 *chip, uint32_t port, enum link_mode mode)
{
	struct vsc7448_port_conf conf;
	struct error err = { 0 };

	vsc7448_port_conf_default(mode, &conf);
	check(vsc7448_port_conf_set(chip, port, &conf, &err), &err);
}

static void port0(struct vsc7448 *chip)
{
	set_port(chip, 0, LINK_MODE_1000BASE_X);
}

static void port1(struct vsc7448 *chip)
{
	set_port(chip, 1, LINK_MODE_1000BASE_X);
}

static void port8(struct vsc7448 *chip)
{
	set_port(chip, 8, LINK_MODE_1000BASE_X);
}

static void port9(struct vsc7448 *chip)
{
	set_port(chip, 9, LINK_MODE_1000BASE_X);
}

static void port49_sfi(struct vsc7448 *chip)
{
	set_port(chip, 49, LINK_MODE_10GBASE_R);
}

static void port50_sfi(struct vsc7448 *chip)
{
	set_port(chip, 50, LINK_MODE_10GBASE_R);
}

static void port49_xaui(struct vsc7448 *chip)
{
	set_port(chip, 49, LINK_MODE_XAUI);
}

static void port50_xaui(struct vsc7448 *chip)
{
	set_port(chip, 50, LINK_MODE_XAUI);
}

static void lag(struct vsc7448 *chip, vsc7448_ports members)
{
	struct error err = { 0 };

	check(vsc7448_lag_set(chip, members, &err), &err);
}

static void lag_01(struct vsc7448 *chip)
{
	lag(chip, 3);
}

static void lag_012(struct vsc7448 *chip)
{
	lag(chip, 7);
}

static void lag_up(struct vsc7448 *chip)
{
	all_up(chip);
	lag_01(chip);
}

static void lag_8(struct vsc7448 *chip)
{
	all_up(chip);
	lag(chip, 0xff);
}

static void member(struct vsc7448 *chip, bool on)
{
	struct error err = { 0 };

	check(vsc7448_forward_set(chip, 8, on, &err), &err);
}

static void member_down(struct vsc7448 *chip)
{
	member(chip, false);
}

static void member_down_and_up(struct vsc7448 *chip)
{
	member(chip, false);
	member(chip, true);
}

/* --- routes and rules --------------------------------------------------------------------- */

/* A service address whose group has all 16 entries. */
static void group(struct vsc7448 *chip)
{
	static const struct mac router = { { 2, 0xaa, 0xbb, 0xcc, 0xdd, 0xee } };
	const struct vsc7448_leg leg = { .leg = 1, .vid = 200, .ip4 = true };
	struct vsc7448_route route = { .length = 32, .is_group = true, .n_hops = 16 };
	struct error err = { 0 };

	all_up(chip);
	check(vsc7448_router_set(chip, &router, &err), &err);
	check(vsc7448_leg_set(chip, &leg, &err), &err);
	ip_parse("192.0.2.10", &route.prefix);
	for (uint8_t i = 0; i < 16; i++)
		route.hop[i] = (struct vsc7448_next_hop){ { { 2, 0, 0, 0, 0, i } }, 1 };
	check(vsc7448_route_set(chip, &route, &err), &err);
}

static void change_entry(struct vsc7448 *chip, uint8_t last)
{
	const struct vsc7448_next_hop hop = { { { 2, 0, 0, 0, 0, last } }, 1 };
	struct error err = { 0 };

	check(vsc7448_arp_set(chip, 3, &hop, &err), &err);
}

static void entry_to_7(struct vsc7448 *chip)
{
	change_entry(chip, 7);
}

static void entry_to_8(struct vsc7448 *chip)
{
	change_entry(chip, 8);
}

static void rule(struct vsc7448 *chip, uint16_t etype)
{
	struct vsc7448_acl_rule rule = {
		.has_etype = true,
		.etype = etype,
		.from = VSC7448_FRONT_PORTS,
		.verdict = VSC7448_ACL_REDIRECT,
		.to = UINT64_C(1) << 10,
	};
	struct error err = { 0 };

	check(vsc7448_acl_insert(chip, 0, &rule, &err), &err);
}

static void rule_88b5(struct vsc7448 *chip)
{
	rule(chip, 0x88b5);
}

static void rule_88b6(struct vsc7448 *chip)
{
	rule(chip, 0x88b6);
}

static void mac(struct vsc7448 *chip, uint8_t last)
{
	const struct vsc7448_mac_entry entry = {
		.key = { 1, { { 2, 0, 0, 0, 0, last } } },
		.ports = 8,
		.locked = true,
	};
	struct error err = { 0 };

	check(vsc7448_mac_add(chip, &entry, &err), &err);
}

static void mac_1(struct vsc7448 *chip)
{
	mac(chip, 1);
}

static void mac_2(struct vsc7448 *chip)
{
	mac(chip, 2);
}

static void vlan(struct vsc7448 *chip, uint16_t vid)
{
	const struct vsc7448_vlan vlan = { .members = 3, .fid = vid };
	struct error err = { 0 };

	check(vsc7448_vlan_set(chip, vid, &vlan, &err), &err);
}

static void vlan_100(struct vsc7448 *chip)
{
	vlan(chip, 100);
}

static void vlan_101(struct vsc7448 *chip)
{
	vlan(chip, 101);
}

static const struct op ops[] = {
	{ "initialization", "init", NULL, init_chip, init_chip, 11900, 0 },
	{ "1G port, 1G macro", "port0_1000x", init_chip, port1, port0, 100, 0 },
	{ "1G port, 6G macro", "port8_1000x", init_chip, port9, port8, 0, 0 },
	{ "10G port, SFI", "port49_sfi_sr", init_chip, port50_sfi, port49_sfi, 300, 0 },
	{ "10G port, XAUI", "port49_xaui", init_chip, port50_xaui, port49_xaui, 0, 0 },
	{ "aggregation {0,1} -> {0,1,2}", "lag_01_012", lag_up, lag_01, lag_012, 0, 60 },
	{ "aggregation of 8, one lost", "lag_member_down", lag_8, member_down_and_up,
	  member_down, 0, 60 },
	{ "ECMP group, one entry", "l3_ecmp_mac_change", group, entry_to_7, entry_to_8, 2, 2 },
	{ "MAC entry", "mac_add", init_chip, mac_2, mac_1, 0, 0 },
	{ "VLAN members", "vlan_members", init_chip, vlan_101, vlan_100, 0, 0 },
	{ "access rule", "acl_etype", init_chip, rule_88b6, rule_88b5, 0, 0 },
};

static unsigned long accesses(struct device *dev)
{
	struct bus_stats stats;
	struct error err = { 0 };
	struct bus *bus;

	check(device_bus(dev, &err, &bus), &err);
	bus_stats_get(bus, &stats);
	return (unsigned long)(stats.reads + stats.writes);
}

/* What op->run costs on a chip of its own; @warm: after the like of it on the same handle. */
static unsigned long cost(const struct op *op, bool warm)
{
	struct chip_bench b;
	unsigned long before, n;

	chip_bench_open(&b, "mock:");
	if (op->prepare != NULL)
		op->prepare(b.chip);
	chip_bench_reopen(&b);
	if (warm)
		op->warm_up(b.chip);
	before = accesses(b.dev);
	op->run(b.chip);
	n = accesses(b.dev) - before;
	chip_bench_close(&b);
	return n;
}

static void print_number(unsigned long n, unsigned long target)
{
	char text[32];

	snprintf(text, sizeof(text), target != 0 ? "%lu (<= %lu)%s" : "%lu", n, target,
		 n <= target ? "" : " MISSED");
	printf(" %19s", text);
}

static void print_op(const struct op *op)
{
	printf("  %-30s %7lu", op->what, vendor_total(op->vendor));
	print_number(cost(op, false), op->target_cold);
	print_number(cost(op, true), op->target_warm);
	puts("");
}

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void bench_init(void)
{
	double ms[N_INITS];

	for (size_t i = 0; i < N_INITS; i++) {
		struct chip_bench b;
		double start;

		chip_bench_open(&b, "mock:");
		start = bench_now_ms();
		init_chip(b.chip);
		ms[i] = bench_now_ms() - start;
		chip_bench_close(&b);
	}
	qsort(ms, N_INITS, sizeof(ms[0]), by_value);
	printf("  initialization on mock registers  %8.1f ms\n", ms[N_INITS / 2]);
}

int main(void)
{
	puts("chip: register accesses (reads + writes), ours and the vendor's driver's");
	printf("  %-30s %7s %19s %19s\n", "", "vendor", "cold", "warm");
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		print_op(&ops[i]);
	bench_init();
	return 0;
}
