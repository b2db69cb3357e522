/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Access rules, between the files of the driver. */
#ifndef HAL_VSC7448_ACL_PRIV_H
#define HAL_VSC7448_ACL_PRIV_H

#include "hal/vsc7448/acl.h"
#include "hal/vsc7448/vcap_priv.h"

/* Addresses that a rule takes. */
#define ACL_RULE_SIZE 8u

/* The rule as bits; its @counter goes into the action. */
void vsc7448__acl_encode(const struct vsc7448_acl_rule *acl, struct vcap_rule *rule);

/* The other way, without hits and address; other_kind: it is not one that _encode() makes. */
void vsc7448__acl_decode(const struct vcap_rule *rule, struct vsc7448_acl_rule *acl);

/* The counter of any IS2 rule. */
uint32_t vsc7448__acl_counter(const struct vcap_rule *rule);

#endif
