/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>

#include "hal/vsc7448/masks_priv.h"
#include "hal/vsc7448/vcap_priv.h"
#include "hal/vsc7448/vlan.h"

#define CTRL(port)      VSC7448_ANA_CL_PORT_VLAN_CTRL(port)
#define TPID(port)      VSC7448_ANA_CL_PORT_VLAN_TPID_CTRL(port)
#define FILTER(port, i) VSC7448_ANA_CL_PORT_VLAN_FILTER_CTRL(port, i)
#define TAG(port)       VSC7448_REW_PORT_TAG_CTRL(port)
#define UNTAGGED(port)  VSC7448_REW_PORT_PORT_VLAN_CFG(port)

static const struct mask_regs filter_regs = { VSC7448_ANA_L3_COMMON_VLAN_FILTER_CTRL,
					      VSC7448_ANA_L3_COMMON_VLAN_FILTER_CTRL1 };

#define BIT(name) ((uint32_t)reg_field_mask(VSC7448_ANA_CL_PORT_VLAN_FILTER_CTRL__##name))

/* The bits that MESA writes; the others of the register stay. */
#define FILTER_BITS                                                                            \
	(BIT(TAG_REQUIRED_ENA) | BIT(PRIO_CTAG_DIS) | BIT(PRIO_STAG_DIS) |                     \
	 BIT(PRIO_CUST1_STAG_DIS) | BIT(CTAG_DIS) | BIT(STAG_DIS) | BIT(CUST1_STAG_DIS))

/*
 * UNTAG_VID_ENA of an ES0 action: with it a frame of the port's untagged VLAN gets no tag.
 * MESA base/jaguar2/vtss_jaguar2_reg.h, ES0_AO_UNTAG_VID_ENA; traced: bit 17 of word 2.
 */
#define UNTAG_WORD 2
#define UNTAG_BIT  (UINT32_C(1) << 17)

/* Tags of the port's own kind are those it takes for a VLAN; others are discarded. */
static uint32_t own_tag(enum vsc7448_vlan_aware aware)
{
	switch (aware) {
	case VSC7448_VLAN_C_TAG:
		return BIT(CTAG_DIS);
	case VSC7448_VLAN_S_TAG:
		return BIT(STAG_DIS);
	case VSC7448_VLAN_CUSTOM_S:
		return BIT(CUST1_STAG_DIS);
	case VSC7448_VLAN_UNAWARE:
		break;
	}
	return 0;
}

static uint32_t discards(const struct vsc7448_vlan_port *conf)
{
	uint32_t own = own_tag(conf->aware);

	if (conf->accept == VSC7448_VLAN_ACCEPT_UNTAGGED)
		return own;
	if (conf->accept == VSC7448_VLAN_ACCEPT_TAGGED && conf->aware != VSC7448_VLAN_UNAWARE)
		return FILTER_BITS & ~own;
	return 0;
}

/* TAG_TPID_CFG: 0 C, 1 S, 2 custom S; also the bit of BASIC_TPID_AWARE_DIS. */
static uint32_t tpid_number(enum vsc7448_vlan_aware aware)
{
	return aware == VSC7448_VLAN_UNAWARE ? 0 : (uint32_t)aware - 1;
}

static uint32_t tpid_ctrl(enum vsc7448_vlan_aware aware)
{
	uint32_t ignored = 0x7fff;
	uint64_t value = 0;

	if (aware != VSC7448_VLAN_UNAWARE)
		ignored &= ~(UINT32_C(1) << tpid_number(aware));
	value = reg_field_put(value, VSC7448_ANA_CL_PORT_VLAN_TPID_CTRL__BASIC_TPID_AWARE_DIS,
			      ignored);
	/* Frames with no tag or one are routed. */
	value = reg_field_put(value, VSC7448_ANA_CL_PORT_VLAN_TPID_CTRL__RT_TAG_CTRL, 3);
	return (uint32_t)value;
}

static void queue_ingress(struct regio *io, uint32_t port, const struct vsc7448_vlan_port *conf)
{
	bool aware = conf->aware != VSC7448_VLAN_UNAWARE;

	regio_fields(io, CTRL(port), F(ANA_CL_PORT_VLAN_CTRL, PORT_VID, conf->pvid),
		     F(ANA_CL_PORT_VLAN_CTRL, VLAN_POP_CNT, aware),
		     F(ANA_CL_PORT_VLAN_CTRL, VLAN_AWARE_ENA, aware));
	regio_put(io, TPID(port), tpid_ctrl(conf->aware));
	regio_set(io, FILTER(port, 0), FILTER_BITS, discards(conf));
	regio_set(io, FILTER(port, 1), FILTER_BITS, 0); /* the second tag does not matter */
	vsc7448__mask_set(io, filter_regs, port_bit(port), conf->ingress_filter);
}

static void queue_egress(struct regio *io, uint32_t port, const struct vsc7448_vlan_port *conf)
{
	static const uint32_t tag_cfg[] = {
		[VSC7448_VLAN_TAG_NONE] = 0,
		[VSC7448_VLAN_TAG_ALL_BUT] = 1,
		[VSC7448_VLAN_TAG_ALL] = 2,
	};

	regio_fields(io, TAG(port), F(REW_PORT_TAG_CTRL, TAG_CFG, tag_cfg[conf->tagging]),
		     F(REW_PORT_TAG_CTRL, TAG_TPID_CFG, tpid_number(conf->aware)));
	regio_fields(io, UNTAGGED(port),
		     F(REW_PORT_PORT_VLAN_CFG, PORT_VID,
		       conf->tagging == VSC7448_VLAN_TAG_ALL_BUT ? conf->untagged_vid : 0));
}

static int update_default_action(struct regio *io, uint32_t port,
				 const struct vsc7448_vlan_port *conf)
{
	uint32_t want = conf->tagging == VSC7448_VLAN_TAG_ALL ? 0 : UNTAG_BIT;
	uint32_t action[VCAP_ACTION_WORDS];
	int rc = vsc7448__es0_get_default(io, port, action);

	if (rc != 0 || (action[UNTAG_WORD] & UNTAG_BIT) == want)
		return rc;
	action[UNTAG_WORD] ^= UNTAG_BIT;
	vsc7448__es0_put_default(io, port, action);
	return 0;
}

static int check(uint32_t port, const struct vsc7448_vlan_port *conf, struct error *err)
{
	if (port >= VSC7448_N_PORTS)
		return error_set(err, E_RANGE,
				 "port %" PRIu32 ": the ports of the front are 0 to %u", port,
				 VSC7448_N_PORTS - 1);
	if (conf == NULL)
		return 0;
	if (conf->pvid < 1 || conf->pvid > VSC7448_MAX_VID)
		return error_set(err, E_RANGE, "VLAN %u: they go from 1 to %u", conf->pvid,
				 VSC7448_MAX_VID);
	if (conf->tagging == VSC7448_VLAN_TAG_ALL_BUT &&
	    (conf->untagged_vid < 1 || conf->untagged_vid > VSC7448_MAX_VID))
		return error_set(err, E_RANGE, "untagged VLAN %u: they go from 1 to %u",
				 conf->untagged_vid, VSC7448_MAX_VID);
	return 0;
}

int vsc7448_vlan_port_set(struct vsc7448 *chip, uint32_t port,
			  const struct vsc7448_vlan_port *conf, struct error *err)
{
	int rc = check(port, conf, err);

	if (rc != 0)
		return rc;
	queue_ingress(chip->io, port, conf);
	queue_egress(chip->io, port, conf);
	update_default_action(chip->io, port, conf);
	return regio_end(chip->io, err);
}

/* --- reading back ------------------------------------------------------------------------ */

enum { R_CTRL, R_TPID, R_FILTER, R_INGRESS, R_TAG, R_UNTAGGED, N_REGS };

static enum vsc7448_vlan_aware aware_of(uint32_t ctrl, uint32_t tpid)
{
	uint64_t ignored =
		reg_field_get(tpid, VSC7448_ANA_CL_PORT_VLAN_TPID_CTRL__BASIC_TPID_AWARE_DIS);

	if (reg_field_get(ctrl, VSC7448_ANA_CL_PORT_VLAN_CTRL__VLAN_AWARE_ENA) == 0)
		return VSC7448_VLAN_UNAWARE;
	if ((ignored & 1) == 0)
		return VSC7448_VLAN_C_TAG;
	return (ignored & 2) == 0 ? VSC7448_VLAN_S_TAG : VSC7448_VLAN_CUSTOM_S;
}

static enum vsc7448_vlan_accept accept_of(uint32_t filter, enum vsc7448_vlan_aware aware)
{
	if ((filter & BIT(TAG_REQUIRED_ENA)) != 0)
		return VSC7448_VLAN_ACCEPT_TAGGED;
	return (filter & own_tag(aware)) != 0 ? VSC7448_VLAN_ACCEPT_UNTAGGED
					      : VSC7448_VLAN_ACCEPT_ALL;
}

static enum vsc7448_vlan_tagging tagging_of(uint32_t tag)
{
	uint64_t cfg = reg_field_get(tag, VSC7448_REW_PORT_TAG_CTRL__TAG_CFG);

	if (cfg == 0)
		return VSC7448_VLAN_TAG_NONE;
	return cfg == 1 ? VSC7448_VLAN_TAG_ALL_BUT : VSC7448_VLAN_TAG_ALL;
}

int vsc7448_vlan_port_get(struct vsc7448 *chip, uint32_t port, struct error *err,
			  struct vsc7448_vlan_port *conf)
{
	const uint64_t addrs[N_REGS] = {
		[R_CTRL] = CTRL(port),
		[R_TPID] = TPID(port),
		[R_FILTER] = FILTER(port, 0),
		[R_INGRESS] = port < 32 ? filter_regs.low : filter_regs.high,
		[R_TAG] = TAG(port),
		[R_UNTAGGED] = UNTAGGED(port),
	};
	uint32_t v[N_REGS];
	int rc = check(port, NULL, err);

	if (rc != 0)
		return rc;
	if (regio_get_many(chip->io, addrs, N_REGS, v) != 0)
		return regio_end(chip->io, err);
	conf->pvid =
		(uint16_t)reg_field_get(v[R_CTRL], VSC7448_ANA_CL_PORT_VLAN_CTRL__PORT_VID);
	conf->aware = aware_of(v[R_CTRL], v[R_TPID]);
	conf->accept = accept_of(v[R_FILTER], conf->aware);
	conf->ingress_filter = (v[R_INGRESS] >> port % 32 & 1) != 0;
	conf->tagging = tagging_of(v[R_TAG]);
	conf->untagged_vid = (uint16_t)reg_field_get(v[R_UNTAGGED],
						     VSC7448_REW_PORT_PORT_VLAN_CFG__PORT_VID);
	return 0;
}
