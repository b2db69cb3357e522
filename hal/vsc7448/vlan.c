/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/vlan.h"

#include <inttypes.h>
#include <string.h>

#include "hal/vsc7448/masks_priv.h"
#include "hal/vsc7448/vcap_priv.h"

#define MASK(vid)        MASK_REGS(VSC7448_ANA_L3_VLAN_VLAN_MASK_CFG, vid)
#define CFG(vid)         VSC7448_ANA_L3_VLAN_VLAN_CFG(vid)
#define CFG_GET(v, name) (reg_field_get((v), VSC7448_ANA_L3_VLAN_VLAN_CFG__##name))

static int check_vid(const char *what, uint32_t vid, struct error *err)
{
	if (vid < 1 || vid > VSC7448_MAX_VID)
		return error_set(err, E_RANGE, "%s %" PRIu32 ": they go from 1 to %u", what,
				 vid, VSC7448_MAX_VID);
	return 0;
}

static void queue_vlan(struct regio *io, uint32_t vid, const struct vsc7448_vlan *vlan)
{
	vsc7448__mask_put(io, MASK(vid), vlan->members);
	regio_fields(io, CFG(vid), F(ANA_L3_VLAN_VLAN_CFG, VLAN_MSTP_PTR, 0),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_FID, vlan->fid),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_IGR_FILTER_ENA, vlan->ingress_filter),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_FLOOD_DIS, vlan->no_flood),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_LRN_DIS, vlan->no_learn),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_PRIVATE_ENA, vlan->private_vlan),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_MIRROR_ENA, vlan->mirror));
}

int vsc7448_vlan_set(struct vsc7448 *chip, uint32_t vid, const struct vsc7448_vlan *vlan,
		     struct error *err)
{
	int rc = check_vid("VLAN", vid, err);

	if (rc == 0)
		rc = check_vid("FID", vlan->fid, err);
	if (rc == 0)
		rc = vsc7448__check_ports(vlan->members, err);
	if (rc != 0)
		return rc;
	queue_vlan(chip->io, vid, vlan);
	return regio_end(chip->io, err);
}

static struct vsc7448_vlan decode(const uint32_t words[4])
{
	return (struct vsc7448_vlan){
		.members = ((uint64_t)words[1] << 32 | words[0]) & VSC7448_FRONT_PORTS,
		.fid = (uint16_t)CFG_GET(words[2], VLAN_FID),
		.ingress_filter = CFG_GET(words[2], VLAN_IGR_FILTER_ENA) != 0,
		.no_flood = CFG_GET(words[2], VLAN_FLOOD_DIS) != 0,
		.no_learn = CFG_GET(words[2], VLAN_LRN_DIS) != 0,
		.private_vlan = CFG_GET(words[2], VLAN_PRIVATE_ENA) != 0,
		.mirror = CFG_GET(words[2], VLAN_MIRROR_ENA) != 0,
		.routed = CFG_GET(words[2], VLAN_RLEG_ENA) != 0,
		.router_leg =
			(uint8_t)reg_field_get(words[3], VSC7448_ANA_L3_VLAN_VMID_CFG__VMID),
	};
}

#define SOME 64u /* VLANs of one transfer */

int vsc7448_vlan_get_many(struct vsc7448 *chip, uint32_t first, size_t n, struct error *err,
			  struct vsc7448_vlan *vlans)
{
	int rc = check_vid("VLAN", first, err);

	if (rc == 0 && n > 0)
		rc = check_vid("VLAN", first + (uint32_t)n - 1, err);
	for (size_t done = 0, some; rc == 0 && done < n; done += some) {
		uint64_t addrs[4 * SOME];
		uint32_t words[4 * SOME];

		some = n - done < SOME ? n - done : SOME;
		for (size_t i = 0; i < some; i++) {
			uint32_t vid = first + (uint32_t)(done + i);

			addrs[4 * i] = MASK(vid).low;
			addrs[4 * i + 1] = MASK(vid).high;
			addrs[4 * i + 2] = CFG(vid);
			addrs[4 * i + 3] = VSC7448_ANA_L3_VLAN_VMID_CFG(vid);
		}
		if (regio_get_many(chip->io, addrs, 4 * some, words) != 0)
			return regio_end(chip->io, err);
		for (size_t i = 0; i < some; i++)
			vlans[done + i] = decode(words + 4 * i);
	}
	return rc;
}

int vsc7448_vlan_get(struct vsc7448 *chip, uint32_t vid, struct error *err,
		     struct vsc7448_vlan *vlan)
{
	return vsc7448_vlan_get_many(chip, vid, 1, err, vlan);
}

int vsc7448_vlan_del(struct vsc7448 *chip, uint32_t vid, struct error *err)
{
	static const struct vsc7448_vlan none;
	struct vsc7448_vlan vlan = { 0 };
	int rc = vsc7448_vlan_get(chip, vid, err, &vlan);

	if (rc == 0 && vlan.routed)
		rc = error_set(err, E_STATE, "VLAN %" PRIu32 " has router leg %u", vid,
			       vlan.router_leg);
	if (rc != 0)
		return rc;
	queue_vlan(chip->io, vid, &none);
	return regio_end(chip->io, err);
}

/* --- custom tags -------------------------------------------------------------------------- */

int vsc7448_vlan_custom_tag_set(struct vsc7448 *chip, uint16_t ethertype, struct error *err)
{
	if (ethertype < 0x600)
		return error_set(err, E_RANGE, "EtherType 0x%04x is a length: at least 0x0600",
				 ethertype);
	regio_put(chip->io, VSC7448_ANA_CL_COMMON_VLAN_STAG_CFG(0), ethertype);
	regio_put(chip->io, VSC7448_REW_COMMON_TPID_CFG(0), ethertype);
	return regio_end(chip->io, err);
}

int vsc7448_vlan_custom_tag_get(struct vsc7448 *chip, struct error *err, uint16_t *ethertype)
{
	uint32_t value;

	if (regio_get(chip->io, VSC7448_ANA_CL_COMMON_VLAN_STAG_CFG(0), &value) != 0)
		return regio_end(chip->io, err);
	*ethertype = (uint16_t)reg_field_get(
		value, VSC7448_ANA_CL_COMMON_VLAN_STAG_CFG__STAG_ETYPE_VAL);
	return 0;
}

/* --- names ------------------------------------------------------------------------------- */

static const char *const aware_names[] = { "unaware", "c-tag", "s-tag", "custom-s" };
static const char *const accept_names[] = { "all", "tagged", "untagged" };
static const char *const tagging_names[] = { "none", "all-but", "all" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int find(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return (int)i;
	return -1;
}

const char *vsc7448_vlan_aware_name(enum vsc7448_vlan_aware aware)
{
	return aware_names[aware];
}

const char *vsc7448_vlan_accept_name(enum vsc7448_vlan_accept accept)
{
	return accept_names[accept];
}

const char *vsc7448_vlan_tagging_name(enum vsc7448_vlan_tagging tagging)
{
	return tagging_names[tagging];
}

bool vsc7448_vlan_aware_find(const char *name, enum vsc7448_vlan_aware *aware)
{
	int i = find(aware_names, COUNT(aware_names), name);

	if (i >= 0)
		*aware = (enum vsc7448_vlan_aware)i;
	return i >= 0;
}

bool vsc7448_vlan_accept_find(const char *name, enum vsc7448_vlan_accept *accept)
{
	int i = find(accept_names, COUNT(accept_names), name);

	if (i >= 0)
		*accept = (enum vsc7448_vlan_accept)i;
	return i >= 0;
}

bool vsc7448_vlan_tagging_find(const char *name, enum vsc7448_vlan_tagging *tagging)
{
	int i = find(tagging_names, COUNT(tagging_names), name);

	if (i >= 0)
		*tagging = (enum vsc7448_vlan_tagging)i;
	return i >= 0;
}
