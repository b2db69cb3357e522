/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/route_priv.h"

#define COMMON(r)      VSC7448_ANA_L3_COMMON_##r
#define RLEG_CTRL(leg) VSC7448_ANA_L3_VMID_RLEG_CTRL(leg)
#define IP4_UC_ENA     VSC7448_ANA_L3_VMID_RLEG_CTRL__RLEG_IP4_UC_ENA
#define IP6_UC_ENA     VSC7448_ANA_L3_VMID_RLEG_CTRL__RLEG_IP6_UC_ENA
#define EVID           VSC7448_ANA_L3_VMID_RLEG_CTRL__RLEG_EVID

int vsc7448_router_set(struct vsc7448 *chip, const struct mac *mac, struct error *err)
{
	uint64_t number = mac_number(mac);
	struct regio *io = chip->io;

	if (mac_is_multicast(mac))
		return error_set(err, E_RANGE, "a router's MAC address is not a multicast one");
	regio_put(io, COMMON(RLEG_CFG_0), (uint32_t)number << 8);
	regio_put(io, COMMON(RLEG_CFG_1),
		  (uint32_t)VSC7448_ANA_L3_COMMON_RLEG_CFG_1__RLEG_MAC_TYPE_SEL__SAME << 24 |
			  (uint32_t)(number >> 24));
	regio_put(io, COMMON(L3_UC_ENA), UINT32_MAX);
	regio_put(io, COMMON(L3_UC_ENA1), UINT32_MAX);
	regio_put(io, COMMON(L3_MC_ENA), UINT32_MAX);
	regio_put(io, COMMON(L3_MC_ENA1), UINT32_MAX);
	return regio_end(io, err);
}

int vsc7448_router_get(struct vsc7448 *chip, struct error *err, struct vsc7448_router *router)
{
	const uint64_t addrs[] = { COMMON(RLEG_CFG_0), COMMON(RLEG_CFG_1), COMMON(L3_UC_ENA),
				   COMMON(L3_UC_ENA1) };
	uint32_t v[4];

	if (regio_get_many(chip->io, addrs, 4, v) != 0)
		return regio_end(chip->io, err);
	router->mac = mac_of_number((uint64_t)(v[1] & 0xffffff) << 24 | v[0] >> 8);
	router->enabled = v[2] != 0 || v[3] != 0;
	return 0;
}

/* --- legs --------------------------------------------------------------------------------- */

static int check_leg(uint32_t leg, struct error *err)
{
	if (leg >= VSC7448_N_LEGS)
		return error_set(err, E_RANGE, "leg %u: legs are 0 to %u", leg,
				 VSC7448_N_LEGS - 1);
	return 0;
}

static bool is_leg(uint32_t ctrl)
{
	return reg_field_get(ctrl, IP4_UC_ENA) != 0 || reg_field_get(ctrl, IP6_UC_ENA) != 0;
}

static void put_leg(struct regio *io, const struct vsc7448_leg *leg)
{
	uint64_t ctrl = reg_field_put(0, EVID, leg->vid);

	ctrl = reg_field_put(ctrl, IP4_UC_ENA, leg->ip4);
	ctrl = reg_field_put(ctrl, IP6_UC_ENA, leg->ip6);
	regio_put(io, RLEG_CTRL(leg->leg), (uint32_t)ctrl);
	regio_fields(io, VSC7448_ANA_L3_VMID_VMID_MC(leg->leg),
		     F(ANA_L3_VMID_VMID_MC, RLEG_IP6_MC_TTL, 0),
		     F(ANA_L3_VMID_VMID_MC, RLEG_IP4_MC_TTL, 0));
	regio_put(io, VSC7448_ANA_L3_VMID_VRRP_CFG(leg->leg, 0), 0);
	regio_put(io, VSC7448_ANA_L3_VMID_VRRP_CFG(leg->leg, 1), 0);
	regio_put(io, VSC7448_REW_VMID_RLEG_CTRL(leg->leg), leg->vid);
}

static void put_vlan(struct regio *io, uint32_t vid, uint32_t leg, bool on)
{
	regio_fields(io, VSC7448_ANA_L3_VLAN_VLAN_CFG(vid),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_RLEG_ENA, on));
	regio_put(io, VSC7448_ANA_L3_VLAN_VMID_CFG(vid), leg);
}

int vsc7448_leg_set(struct vsc7448 *chip, const struct vsc7448_leg *leg, struct error *err)
{
	const uint64_t addrs[] = { RLEG_CTRL(leg->leg < VSC7448_N_LEGS ? leg->leg : 0),
				   VSC7448_ANA_L3_VLAN_VLAN_CFG(leg->vid & 0xfff),
				   VSC7448_ANA_L3_VLAN_VMID_CFG(leg->vid & 0xfff) };
	struct regio *io = chip->io;
	uint32_t v[3], old_vid;
	int rc = check_leg(leg->leg, err);

	if (rc != 0)
		return rc;
	if (leg->vid == 0 || leg->vid > 4095 || (!leg->ip4 && !leg->ip6))
		return error_set(err, E_RANGE,
				 "a leg has a VLAN, 1 to 4095, and routes IPv4 or IPv6");
	if (regio_get_many(io, addrs, 3, v) != 0)
		return regio_end(io, err);
	if (reg_field_get(v[1], VSC7448_ANA_L3_VLAN_VLAN_CFG__VLAN_RLEG_ENA) != 0 &&
	    v[2] != leg->leg)
		return error_set(err, E_STATE, "VLAN %u is leg %u already", leg->vid, v[2]);
	old_vid = (uint32_t)reg_field_get(v[0], EVID);
	if (is_leg(v[0]) && old_vid != leg->vid)
		put_vlan(io, old_vid, leg->leg, false);
	put_leg(io, leg);
	put_vlan(io, leg->vid, leg->leg, true);
	return regio_end(io, err);
}

int vsc7448_leg_del(struct vsc7448 *chip, uint32_t leg, struct error *err)
{
	struct vsc7448_leg off = { .leg = leg };
	struct regio *io = chip->io;
	uint32_t ctrl;
	int rc = check_leg(leg, err);

	if (rc != 0)
		return rc;
	if (regio_get(io, RLEG_CTRL(leg), &ctrl) != 0)
		return regio_end(io, err);
	if (!is_leg(ctrl))
		return error_set(err, E_NOTFOUND, "there is no leg %u", leg);
	off.vid = (uint32_t)reg_field_get(ctrl, EVID);
	put_vlan(io, off.vid, leg, false);
	put_leg(io, &off);
	return regio_end(io, err);
}

int vsc7448_legs(struct vsc7448 *chip, struct error *err, struct vsc7448_leg *legs, size_t *n)
{
	uint64_t addrs[VSC7448_N_LEGS];
	uint32_t ctrl[VSC7448_N_LEGS];

	for (uint32_t i = 0; i < VSC7448_N_LEGS; i++)
		addrs[i] = RLEG_CTRL(i);
	if (regio_get_many(chip->io, addrs, VSC7448_N_LEGS, ctrl) != 0)
		return regio_end(chip->io, err);
	*n = 0;
	for (uint32_t i = 0; i < VSC7448_N_LEGS; i++)
		if (is_leg(ctrl[i]))
			legs[(*n)++] = (struct vsc7448_leg){
				.leg = i,
				.vid = (uint32_t)reg_field_get(ctrl[i], EVID),
				.ip4 = reg_field_get(ctrl[i], IP4_UC_ENA) != 0,
				.ip6 = reg_field_get(ctrl[i], IP6_UC_ENA) != 0,
			};
	return 0;
}

/* --- counters ----------------------------------------------------------------------------- */

/* Four counters of a leg, in and out; IPv6 is counted 128 legs further on.  LSB before MSB. */
#define N_WORDS 32u

static void counter_addrs(uint32_t leg, uint64_t addrs[N_WORDS])
{
	uint32_t n = 0;

	for (uint32_t v6 = 0; v6 < 2; v6++)
		for (uint32_t i = 0; i < 4; i++) {
			uint32_t at = leg + 128 * v6;

			addrs[n++] = VSC7448_ANA_AC_STAT_CNT_CFG_IRLEG_STAT_LSB_CNT(at, i);
			addrs[n++] = VSC7448_ANA_AC_STAT_CNT_CFG_IRLEG_STAT_MSB_CNT(at, i);
			addrs[n++] = VSC7448_ANA_AC_STAT_CNT_CFG_ERLEG_STAT_LSB_CNT(at, i);
			addrs[n++] = VSC7448_ANA_AC_STAT_CNT_CFG_ERLEG_STAT_MSB_CNT(at, i);
		}
}

/* Frames, and bytes four words behind. */
static struct vsc7448_leg_count count_at(const uint32_t *v)
{
	return (struct vsc7448_leg_count){
		.frames = (uint64_t)(v[1] & 0xff) << 32 | v[0],
		.bytes = (uint64_t)(v[5] & 0xff) << 32 | v[4],
	};
}

int vsc7448_leg_counters(struct vsc7448 *chip, uint32_t leg, struct error *err,
			 struct vsc7448_leg_counters *counters)
{
	uint64_t addrs[N_WORDS];
	uint32_t v[N_WORDS];
	int rc = check_leg(leg, err);

	if (rc != 0)
		return rc;
	counter_addrs(leg, addrs);
	if (regio_read_many(chip->io, addrs, N_WORDS, v) != 0)
		return regio_end(chip->io, err);
	*counters = (struct vsc7448_leg_counters){
		.ip4_in = count_at(v),
		.ip4_out = count_at(v + 2),
		.ip4_mc_in = count_at(v + 8),
		.ip4_mc_out = count_at(v + 10),
		.ip6_in = count_at(v + 16),
		.ip6_out = count_at(v + 18),
		.ip6_mc_in = count_at(v + 24),
		.ip6_mc_out = count_at(v + 26),
	};
	return 0;
}

int vsc7448_leg_counters_clear(struct vsc7448 *chip, uint32_t leg, struct error *err)
{
	uint64_t addrs[N_WORDS];
	int rc = check_leg(leg, err);

	if (rc != 0)
		return rc;
	counter_addrs(leg, addrs);
	/* MSB before LSB, as vtss_cil_l3_rleg_counters_reset() does. */
	for (uint32_t i = 0; i < N_WORDS; i += 2) {
		regio_write(chip->io, addrs[i + 1], 0);
		regio_write(chip->io, addrs[i], 0);
	}
	return regio_end(chip->io, err);
}
