/* SPDX-License-Identifier: GPL-2.0-or-later */
/* VLANs, MAC table, masks, mirror and policers against the vendor's driver. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hal/vsc7448/isolate.h"
#include "hal/vsc7448/lag.h"
#include "hal/vsc7448/mac.h"
#include "hal/vsc7448/masks_priv.h"
#include "hal/vsc7448/mirror.h"
#include "hal/vsc7448/police.h"
#include "hal/vsc7448/vcap_priv.h"
#include "hal/vsc7448/vlan.h"
#include "tests/lib/vendor_group.h"

#define P(n) (UINT64_C(1) << (n))

/* What of init the operations build on; the values are those of fixture init. */
static int init_tables(struct vsc7448 *chip, const void *arg, struct error *err)
{
	uint32_t action[VCAP_ACTION_WORDS] = { [2] = 0x20000, [5] = 4, [8] = 0x80000000 };
	struct regio *io = chip->io;

	(void)arg;
	vsc7448__vcap_init(io);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		vsc7448__mask_put(io, MASK_REGS(VSC7448_ANA_AC_PGID_PGID_CFG, port), P(port));
		vsc7448__es0_put_default(io, port, action);
		regio_put(io, VSC7448_ANA_CL_PORT_PORT_ID_CFG(port), port);
	}
	for (uint32_t pgid = 53; pgid < 61; pgid++)
		vsc7448__mask_put(io, MASK_REGS(VSC7448_ANA_AC_PGID_PGID_CFG, pgid),
				  pgid == 59 ? 0 : VSC7448_FRONT_PORTS);
	vsc7448__mask_put(io,
			  (struct mask_regs){ VSC7448_ANA_L3_COMMON_PORT_FWD_CTRL,
					      VSC7448_ANA_L3_COMMON_PORT_FWD_CTRL1 },
			  VSC7448_FRONT_PORTS);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		for (uint32_t i = 0; i < VSC7448_N_PORT_POLICERS; i++)
			vsc7448_police_set(chip, port, i, &(struct vsc7448_port_policer){ 0 },
					   err);
	return vsc7448_mirror_set(chip, &(struct vsc7448_mirror){ 0 }, err);
}

static int all_up(struct vsc7448 *chip, const void *arg, struct error *err)
{
	int rc = init_tables(chip, arg, err);

	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		rc = vsc7448_vlan_port_set(chip, port, &VSC7448_VLAN_PORT_DEFAULT, err);
	if (rc == 0)
		rc = vsc7448_vlan_set(
			chip, 1,
			&(struct vsc7448_vlan){ .members = VSC7448_FRONT_PORTS, .fid = 1 },
			err);
	return rc != 0 ? rc : vsc7448_forward_set(chip, VSC7448_FRONT_PORTS, true, err);
}

#define TRY(operation, prepare, run, arg)                                                      \
	assert_int_equal(vendor_try(operation, prepare, run, arg), 0)

/* --- aggregation -------------------------------------------------------------------------- */

static int set_lag(struct vsc7448 *chip, vsc7448_ports members, struct error *err)
{
	int rc = all_up(chip, NULL, err);

	return rc != 0 ? rc : vsc7448_lag_set(chip, members, err);
}

static int set_hash(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_lag_hash_set(chip, *(const unsigned *)arg, err);
}

static void test_hash_modes_leave_what_the_vendor_does(void **state)
{
	(void)state;
	TRY("lag_mode_all", all_up, set_hash, &(unsigned){ 0xf });
	TRY("lag_mode_dmac", all_up, set_hash, &(unsigned){ VSC7448_LAG_HASH_DMAC });
	TRY("lag_mode_ip", all_up, set_hash,
	    &(unsigned){ VSC7448_LAG_HASH_IP | VSC7448_LAG_HASH_PORTS });
}

/* --- VLAN -------------------------------------------------------------------------------- */

struct vlan_change {
	struct vsc7448_vlan before, after;
};

static int vlan_before(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct vlan_change *change = arg;
	int rc = all_up(chip, arg, err);

	return rc != 0 || change->before.fid == 0
		       ? rc
		       : vsc7448_vlan_set(chip, 100, &change->before, err);
}

static int vlan_after(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_vlan_set(chip, 100, &((const struct vlan_change *)arg)->after, err);
}

static void test_vlans_leave_what_the_vendor_does(void **state)
{
	const vsc7448_ports members = P(0) | P(1) | P(48);

	(void)state;
	TRY("vlan_members", vlan_before, vlan_after,
	    (&(struct vlan_change){ .after = { .fid = 100, .members = members } }));
	TRY("vlan_members_remove", vlan_before, vlan_after,
	    (&(struct vlan_change){ { .fid = 100, .members = members },
				    { .fid = 100, .members = P(0) | P(48) } }));
	TRY("vlan_members_clear", vlan_before, vlan_after,
	    (&(struct vlan_change){ { .fid = 100, .members = members }, { .fid = 100 } }));
	TRY("vlan_vid_conf", vlan_before, vlan_after,
	    (&(struct vlan_change){ { .fid = 100, .members = 3 },
				    { .fid = 100,
				      .members = 3,
				      .no_learn = true,
				      .no_flood = true,
				      .ingress_filter = true } }));
	TRY("isolate_vlan", vlan_before, vlan_after,
	    (&(struct vlan_change){ { .fid = 100, .members = 0xff },
				    { .fid = 100, .members = 0xff, .private_vlan = true } }));
	TRY("mirror_vlan", vlan_before, vlan_after,
	    (&(struct vlan_change){ .after = { .fid = 100, .mirror = true } }));
}

static int vlan_port(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_vlan_port_set(chip, 3, arg, err);
}

#define C_PORT VSC7448_VLAN_C_TAG, VSC7448_VLAN_ACCEPT_ALL, false

static void test_vlan_ports_leave_what_the_vendor_does(void **state)
{
	static const struct {
		const char *operation;
		struct vsc7448_vlan_port conf;
	} rows[] = {
		{ "vlan_port_pvid", { 100, C_PORT, VSC7448_VLAN_TAG_ALL_BUT, 100 } },
		{ "vlan_port_unaware",
		  { 100, VSC7448_VLAN_UNAWARE, VSC7448_VLAN_ACCEPT_ALL, false,
		    VSC7448_VLAN_TAG_ALL_BUT, 100 } },
		{ "vlan_port_s",
		  { 100, VSC7448_VLAN_S_TAG, VSC7448_VLAN_ACCEPT_ALL, false,
		    VSC7448_VLAN_TAG_ALL_BUT, 100 } },
		{ "vlan_port_tag_all", { 100, C_PORT, VSC7448_VLAN_TAG_ALL, 0 } },
		{ "vlan_port_tag_none", { 100, C_PORT, VSC7448_VLAN_TAG_NONE, 0 } },
		{ "vlan_port_tagged_only",
		  { 1, VSC7448_VLAN_C_TAG, VSC7448_VLAN_ACCEPT_TAGGED, true,
		    VSC7448_VLAN_TAG_ALL_BUT, 1 } },
		{ "vlan_port_untagged_only",
		  { 1, VSC7448_VLAN_C_TAG, VSC7448_VLAN_ACCEPT_UNTAGGED, false,
		    VSC7448_VLAN_TAG_ALL_BUT, 1 } },
		{ "vlan_port_ingress_filter",
		  { 1, VSC7448_VLAN_UNAWARE, VSC7448_VLAN_ACCEPT_ALL, true,
		    VSC7448_VLAN_TAG_ALL_BUT, 1 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		TRY(rows[i].operation, all_up, vlan_port, &rows[i].conf);
}

/* --- MAC table --------------------------------------------------------------------------- */

static struct vsc7448_mac_entry station(uint16_t vid, uint8_t last, vsc7448_ports ports)
{
	return (struct vsc7448_mac_entry){ .key = { vid, { { 2, 0, 0, 0, 0, last } } },
					   .ports = ports,
					   .locked = true };
}

struct mac_change {
	struct vsc7448_mac_entry before[2];
	struct vsc7448_mac_entry after;
	struct vsc7448_mac_filter filter;
	vsc7448_ports lag;
	uint32_t seconds;
};

static int mac_before(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct mac_change *change = arg;
	int rc = change->lag != 0 ? set_lag(chip, change->lag, err) : all_up(chip, arg, err);

	for (size_t i = 0; rc == 0 && i < 2; i++)
		if (change->before[i].key.vid != 0)
			rc = vsc7448_mac_add(chip, &change->before[i], err);
	return rc;
}

static int mac_add(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_mac_add(chip, &((const struct mac_change *)arg)->after, err);
}

static int mac_del(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_mac_del(chip, &((const struct mac_change *)arg)->before[0].key, err);
}

/* The answer is the vendor's: port 3, static. */
static int mac_get(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct vsc7448_mac_entry *want = &((const struct mac_change *)arg)->before[0];
	struct vsc7448_mac_entry found;
	int rc = vsc7448_mac_find(chip, &want->key, err, &found);

	if (rc == 0 && (found.ports != want->ports || found.locked != want->locked))
		return error_set(err, E_MISMATCH, "another entry was found");
	return rc;
}

/* The three entries of the vendor's walk, in its order. */
static bool visit_in_order(void *arg, const struct vsc7448_mac_entry *entry)
{
	unsigned *n = arg;

	++*n;
	return entry->key.mac.octet[5] == *n && entry->ports == P(2 + *n) &&
	       entry->locked == (*n == 1);
}

static int mac_get_next(struct vsc7448 *chip, const void *arg, struct error *err)
{
	unsigned n = 0;
	int rc = vsc7448_mac_walk(chip, visit_in_order, &n, err);

	(void)arg;
	return rc == 0 && n != 3 ? error_set(err, E_MISMATCH, "entry %u is another", n) : rc;
}

static int mac_flush(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_mac_flush(chip, &((const struct mac_change *)arg)->filter, err);
}

static int mac_age_time(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_mac_age_time_set(chip, ((const struct mac_change *)arg)->seconds, err);
}

static int mac_age(struct vsc7448 *chip, const void *arg, struct error *err)
{
	(void)arg;
	return vsc7448_mac_age(chip, err);
}

static void test_mac_entries_are_those_of_the_vendor(void **state)
{
	struct mac_change change = { .after = station(1, 1, P(3)) };

	(void)state;
	TRY("mac_add", mac_before, mac_add, &change);
	change.after.locked = false;
	TRY("mac_add_dynamic", mac_before, mac_add, &change);
	change.after = station(100, 2, P(49));
	TRY("mac_add_port49", mac_before, mac_add, &change);
	change.after = station(1, 1, P(3) | P(4));
	TRY("mac_add_multi_uc", mac_before, mac_add, &change);
	change.after.key.mac.octet[0] = 3;
	TRY("mac_add_multi", mac_before, mac_add, &change);
	change.after = station(1, 1, 0);
	change.after.cpu_copy = true;
	change.after.cpu_queue = 2;
	TRY("mac_add_cpu", mac_before, mac_add, &change);
	change.after = station(1, 1, P(5));
	change.lag = 0xff;
	TRY("lag_mac_add", mac_before, mac_add, &change);
	change = (struct mac_change){ { station(1, 1, P(3)) }, .after = station(1, 1, P(4)) };
	TRY("mac_move", mac_before, mac_add, &change);
	TRY("mac_del", mac_before, mac_del, &change);
}

static int three_before(struct vsc7448 *chip, const void *arg, struct error *err)
{
	int rc = mac_before(chip, arg, err);

	return rc == 0 ? mac_add(chip, arg, err) : rc;
}

static void test_looking_at_entries_leaves_what_the_vendor_does(void **state)
{
	struct mac_change change = { .before = { station(1, 1, P(3)) } };

	(void)state;
	TRY("mac_get", mac_before, mac_get, &change);
	change.before[1] = station(1, 2, P(4));
	change.after = station(1, 3, P(5));
	change.before[1].locked = change.after.locked = false;
	TRY("mac_get_next", three_before, mac_get_next, &change);
}

static void test_flushing_leaves_what_the_vendor_does(void **state)
{
	struct mac_change change = { { station(1, 1, P(3)), station(1, 2, P(4)) },
				     .filter = { 3, VSC7448_MAC_ANY } };

	(void)state;
	change.before[0].locked = change.before[1].locked = false;
	TRY("mac_flush_port", mac_before, mac_flush, &change);
	change.before[1].locked = true;
	change.filter = (struct vsc7448_mac_filter){ VSC7448_MAC_ANY, VSC7448_MAC_ANY };
	TRY("mac_flush", mac_before, mac_flush, &change);
	change.before[1] = station(100, 2, P(4));
	change.before[1].locked = false;
	change.filter.vid = 100;
	TRY("mac_flush_vlan", mac_before, mac_flush, &change);
	change.before[0].key.vid = 100;
	change.filter.port = 3;
	TRY("mac_flush_vlan_port", mac_before, mac_flush, &change);
}

static void test_ageing_leaves_what_the_vendor_does(void **state)
{
	struct mac_change change = { .before = { station(1, 1, P(3)), station(1, 2, P(4)) } };

	(void)state;
	change.before[0].locked = false;
	TRY("mac_age", mac_before, mac_age, &change);
	TRY("mac_age_time_300", mac_before, mac_age_time,
	    (&(struct mac_change){ .seconds = 300 }));
	TRY("mac_age_time_20", mac_before, mac_age_time,
	    (&(struct mac_change){ .seconds = 20 }));
	TRY("mac_age_time_0", mac_before, mac_age_time, (&(struct mac_change){ .seconds = 0 }));
}

/* --- the rest ---------------------------------------------------------------------------- */

static int flood(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_pgid_set(chip, *(const uint32_t *)arg,
				&(struct vsc7448_pgid){ .ports = 7 }, err);
}

static int flood_mc(struct vsc7448 *chip, const void *arg, struct error *err)
{
	static const uint32_t pgids[] = { VSC7448_PGID_MC_FLOOD, VSC7448_PGID_IPV4_MC_CTRL,
					  VSC7448_PGID_IPV6_MC_CTRL };
	int rc = 0;

	(void)arg;
	for (size_t i = 0; rc == 0 && i < 3; i++)
		rc = flood(chip, &pgids[i], err);
	return rc;
}

static int isolate_ports(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_isolate_private_set(chip, *(const vsc7448_ports *)arg, err);
}

static int isolate_pvlan(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const vsc7448_ports inside = P(0) | P(1);

	(void)arg;
	return vsc7448_isolate_sources(chip, inside, VSC7448_FRONT_PORTS & ~inside & ~P(49),
				       err);
}

static void test_masks_leave_what_the_vendor_does(void **state)
{
	(void)state;
	TRY("flood_uc", all_up, flood, &(uint32_t){ VSC7448_PGID_UC_FLOOD });
	TRY("flood_ipv4", all_up, flood, &(uint32_t){ VSC7448_PGID_IPV4_MC_DATA });
	TRY("flood_ipv6", all_up, flood, &(uint32_t){ VSC7448_PGID_IPV6_MC_DATA });
	TRY("flood_mc", all_up, flood_mc, NULL);
	TRY("isolate_ports", all_up, isolate_ports, &(vsc7448_ports){ 3 });
	TRY("pvlan", all_up, isolate_pvlan, NULL);
}

static int mirror(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_mirror_set(chip, arg, err);
}

static int monitor(struct vsc7448 *chip, const void *arg, struct error *err)
{
	int rc = all_up(chip, arg, err);

	return rc != 0 ? rc
		       : mirror(chip, &(struct vsc7448_mirror){ .on = true, .monitor = 48 },
				err);
}

static int monitor_ingress(struct vsc7448 *chip, const void *arg, struct error *err)
{
	int rc = all_up(chip, arg, err);

	return rc != 0 ? rc
		       : mirror(chip,
				&(struct vsc7448_mirror){ .on = true, .monitor = 48, .rx = 1 },
				err);
}

static void test_mirrors_leave_what_the_vendor_does(void **state)
{
	(void)state;
	TRY("mirror_monitor", all_up, mirror,
	    (&(struct vsc7448_mirror){ .on = true, .monitor = 48 }));
	TRY("mirror_monitor_tag", all_up, mirror,
	    (&(struct vsc7448_mirror){
		    .on = true, .monitor = 48, .tag = VSC7448_MIRROR_TAG_C, .vid = 200 }));
	TRY("mirror_ingress", monitor, mirror,
	    (&(struct vsc7448_mirror){ .on = true, .monitor = 48, .rx = 1 }));
	TRY("mirror_egress", monitor, mirror,
	    (&(struct vsc7448_mirror){ .on = true, .monitor = 48, .tx = 2 }));
	TRY("mirror_off", monitor_ingress, mirror, (&(struct vsc7448_mirror){ .rx = 1 }));
}

struct storm {
	enum vsc7448_storm storm;
	struct vsc7448_storm_policer policer;
};

static int storm(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct storm *storm = arg;

	return vsc7448_storm_set(chip, storm->storm, &storm->policer, err);
}

static int police(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_police_set(chip, 3, 0, arg, err);
}

static void test_policers_leave_what_the_vendor_does(void **state)
{
	(void)state;
	TRY("storm_uc_1000fps", all_up, storm,
	    (&(struct storm){ VSC7448_STORM_UC,
			      { { true, true, 1000 }, VSC7448_POLICE_ALL } }));
	TRY("storm_mc_10mbit", all_up, storm,
	    (&(struct storm){ VSC7448_STORM_MC,
			      { { true, false, 10000 }, VSC7448_POLICE_ALL } }));
	TRY("storm_bc_1000fps_cpu", all_up, storm,
	    (&(struct storm){ VSC7448_STORM_BC,
			      { { true, true, 1000 }, VSC7448_POLICE_CPU } }));
	TRY("police_port_100mbit", all_up, police,
	    (&(struct vsc7448_port_policer){
		    { true, false, 100000 }, 65536, VSC7448_POLICE_ANY, VSC7448_POLICE_ALL }));
	TRY("police_port_1000fps", all_up, police,
	    (&(struct vsc7448_port_policer){
		    { true, true, 1000 }, 64, VSC7448_POLICE_ANY, VSC7448_POLICE_PORTS }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hash_modes_leave_what_the_vendor_does),
		cmocka_unit_test(test_vlans_leave_what_the_vendor_does),
		cmocka_unit_test(test_vlan_ports_leave_what_the_vendor_does),
		cmocka_unit_test(test_mac_entries_are_those_of_the_vendor),
		cmocka_unit_test(test_looking_at_entries_leaves_what_the_vendor_does),
		cmocka_unit_test(test_flushing_leaves_what_the_vendor_does),
		cmocka_unit_test(test_ageing_leaves_what_the_vendor_does),
		cmocka_unit_test(test_masks_leave_what_the_vendor_does),
		cmocka_unit_test(test_mirrors_leave_what_the_vendor_does),
		cmocka_unit_test(test_policers_leave_what_the_vendor_does),
		cmocka_unit_test(test_every_listed_difference_occurs),
	};

	return cmocka_run_group_tests_name("vsc7448_vendor_tables", tests, vendor_load,
					   vendor_unload);
}
