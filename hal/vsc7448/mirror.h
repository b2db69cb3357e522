/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mirroring: copies of frames to a monitor port.  Three probes, as MESA uses them: 0 catches what
 * ports receive, 1 what ports send, 2 the frames of VLANs that are marked (vlan.h, @mirror).
 *
 * Source: MESA base/jaguar2/vtss_jaguar2_l2.c, vtss_cil_l2_mirror_conf_set.  MESA also rewrites
 * all 4,095 VLANs to take the monitor port out of those that forward; here the VLANs stay as they
 * are: whether the monitor port carries other frames too is the business of its VLANs.
 */
#ifndef HAL_VSC7448_MIRROR_H
#define HAL_VSC7448_MIRROR_H

#include "hal/vsc7448/vsc7448.h"

enum vsc7448_mirror_tag {
	VSC7448_MIRROR_TAG_NONE,
	VSC7448_MIRROR_TAG_C,
	VSC7448_MIRROR_TAG_S,
	VSC7448_MIRROR_TAG_CUSTOM_S,
};

struct vsc7448_mirror {
	bool on;
	uint8_t monitor;             /* port of the front */
	vsc7448_ports rx;            /* what these receive */
	vsc7448_ports tx;            /* what these send; as the first of them sends it */
	enum vsc7448_mirror_tag tag; /* put in front of mirrored frames */
	uint16_t vid;                /* of the tag, 0 to 4095 */
	uint8_t pcp, dei;            /* of the tag, 0 to 7 and 0 to 1 */
};

/*
 * At most 18 writes.  A mirror that is off keeps nothing but its tag.  E_RANGE: ports, or the
 * monitor port is among those mirrored on the way out (its copies would be copied), tag fields.
 */
int vsc7448_mirror_set(struct vsc7448 *chip, const struct vsc7448_mirror *mirror,
		       struct error *err);
int vsc7448_mirror_get(struct vsc7448 *chip, struct error *err, struct vsc7448_mirror *mirror);

#endif
