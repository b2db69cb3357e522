/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/mirror.h"

#include "hal/vsc7448/masks_priv.h"

enum { PROBE_RX, PROBE_TX, PROBE_VLAN, N_PROBES };

/* The first of QFWD FRAME_COPY_CFG that serves a mirror probe. */
#define COPY(probe)  VSC7448_QFWD_SYSTEM_FRAME_COPY_CFG(9 + (probe))
#define PROBE(probe) VSC7448_ANA_AC_MIRROR_PROBE_PROBE_CFG(probe)
#define PORTS(probe) MASK_REGS(VSC7448_ANA_AC_MIRROR_PROBE_PROBE_PORT_CFG, probe)
#define TAG(probe)   VSC7448_REW_COMMON_MIRROR_TAG_A_CFG(probe)
#define REW(probe)   VSC7448_REW_COMMON_MIRROR_PROBE_CFG(probe)

#define PUT(value, reg, field, v)                                                              \
	((uint32_t)reg_field_put((value), VSC7448_##reg##__##field, (v)))
#define GET(value, reg, field) ((uint32_t)reg_field_get((value), VSC7448_##reg##__##field))

static vsc7448_ports probe_ports(const struct vsc7448_mirror *mirror, uint32_t probe)
{
	if (!mirror->on)
		return 0;
	if (probe == PROBE_VLAN)
		return VSC7448_FRONT_PORTS;
	return probe == PROBE_RX ? mirror->rx : mirror->tx;
}

/* DIRECTION 1 sent, 2 received; the VLAN probe takes received frames of marked VLANs. */
static uint32_t probe_cfg(uint32_t probe)
{
	uint32_t value = PUT(0, ANA_AC_MIRROR_PROBE_PROBE_CFG, PROBE_DIRECTION,
			     probe == PROBE_TX ? 1 : 2);

	return PUT(value, ANA_AC_MIRROR_PROBE_PROBE_CFG, PROBE_VLAN_MODE, probe == PROBE_VLAN);
}

static uint32_t tag_cfg(const struct vsc7448_mirror *mirror)
{
	static const uint32_t tpid[] = { 0, 0, 1, 2 };
	uint32_t value = PUT(0, REW_COMMON_MIRROR_TAG_A_CFG, TAG_A_PCP_SEL, 1);

	value = PUT(value, REW_COMMON_MIRROR_TAG_A_CFG, TAG_A_PCP_VAL, mirror->pcp);
	value = PUT(value, REW_COMMON_MIRROR_TAG_A_CFG, TAG_A_DEI_VAL, mirror->dei);
	value = PUT(value, REW_COMMON_MIRROR_TAG_A_CFG, TAG_A_VID_VAL, mirror->vid);
	return PUT(value, REW_COMMON_MIRROR_TAG_A_CFG, TAG_A_TPID_SEL, tpid[mirror->tag]);
}

static void queue_probe(struct regio *io, const struct vsc7448_mirror *mirror, uint32_t probe)
{
	vsc7448_ports ports = probe_ports(mirror, probe);
	uint32_t rew = PUT(0, REW_COMMON_MIRROR_PROBE_CFG, REMOTE_MIRROR_CFG,
			   mirror->tag != VSC7448_MIRROR_TAG_NONE);

	if (probe == PROBE_TX && ports != 0)
		rew = PUT(rew, REW_COMMON_MIRROR_PROBE_CFG, MIRROR_TX_PORT, first_port(ports));
	regio_put(io, COPY(probe),
		  PUT(0, QFWD_SYSTEM_FRAME_COPY_CFG, FRMC_PORT_VAL,
		      mirror->on ? mirror->monitor : 0));
	regio_put(io, PROBE(probe), probe_cfg(probe));
	vsc7448__mask_put(io, PORTS(probe), ports);
	regio_put(io, TAG(probe), tag_cfg(mirror));
	regio_put(io, REW(probe), rew);
}

static int check(const struct vsc7448_mirror *mirror, struct error *err)
{
	int rc = vsc7448__check_ports(mirror->rx | mirror->tx, err);

	if (rc == 0 && mirror->monitor >= VSC7448_N_PORTS)
		rc = error_set(err, E_RANGE, "port %u: the ports of the front are 0 to %u",
			       mirror->monitor, VSC7448_N_PORTS - 1);
	if (rc == 0 && has_port(mirror->tx, mirror->monitor))
		rc = error_set(err, E_RANGE, "port %u cannot mirror what it sends itself",
			       mirror->monitor);
	if (rc == 0 && (mirror->vid > 4095 || mirror->pcp > 7 || mirror->dei > 1))
		rc = error_set(err, E_RANGE, "tag: VLAN 0 to 4095, PCP 0 to 7, DEI 0 or 1");
	return rc;
}

int vsc7448_mirror_set(struct vsc7448 *chip, const struct vsc7448_mirror *mirror,
		       struct error *err)
{
	int rc = check(mirror, err);

	if (rc != 0)
		return rc;
	for (uint32_t probe = 0; probe < N_PROBES; probe++)
		queue_probe(chip->io, mirror, probe);
	return regio_end(chip->io, err);
}

static enum vsc7448_mirror_tag tag_of(uint32_t rew, uint32_t tag)
{
	static const enum vsc7448_mirror_tag tags[] = { VSC7448_MIRROR_TAG_C,
							VSC7448_MIRROR_TAG_S,
							VSC7448_MIRROR_TAG_CUSTOM_S };
	uint32_t tpid = GET(tag, REW_COMMON_MIRROR_TAG_A_CFG, TAG_A_TPID_SEL);

	if (GET(rew, REW_COMMON_MIRROR_PROBE_CFG, REMOTE_MIRROR_CFG) == 0)
		return VSC7448_MIRROR_TAG_NONE;
	return tags[tpid < 3 ? tpid : 0];
}

int vsc7448_mirror_get(struct vsc7448 *chip, struct error *err, struct vsc7448_mirror *mirror)
{
	const struct mask_regs regs[N_PROBES] = { PORTS(PROBE_RX), PORTS(PROBE_TX),
						  PORTS(PROBE_VLAN) };
	const uint64_t addrs[3] = { COPY(PROBE_RX), TAG(PROBE_RX), REW(PROBE_RX) };
	vsc7448_ports ports[N_PROBES];
	uint32_t v[3];

	if (vsc7448__mask_get(chip->io, regs, N_PROBES, ports) != 0 ||
	    regio_get_many(chip->io, addrs, 3, v) != 0)
		return regio_end(chip->io, err);
	*mirror = (struct vsc7448_mirror){
		.on = ports[PROBE_VLAN] != 0,
		.monitor = (uint8_t)GET(v[0], QFWD_SYSTEM_FRAME_COPY_CFG, FRMC_PORT_VAL),
		.rx = ports[PROBE_RX],
		.tx = ports[PROBE_TX],
		.tag = tag_of(v[2], v[1]),
		.vid = (uint16_t)GET(v[1], REW_COMMON_MIRROR_TAG_A_CFG, TAG_A_VID_VAL),
		.pcp = (uint8_t)GET(v[1], REW_COMMON_MIRROR_TAG_A_CFG, TAG_A_PCP_VAL),
		.dei = (uint8_t)GET(v[1], REW_COMMON_MIRROR_TAG_A_CFG, TAG_A_DEI_VAL),
	};
	return 0;
}
