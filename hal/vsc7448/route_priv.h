/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Routing, between the files of the driver. */
#ifndef HAL_VSC7448_ROUTE_PRIV_H
#define HAL_VSC7448_ROUTE_PRIV_H

#include "hal/vsc7448/route.h"
#include "hal/vsc7448/vcap_priv.h"

/* A route as a rule; hops of a group are not looked at. */
void vsc7448__route_encode(const struct vsc7448_route *route, struct vcap_rule *rule);

/* The other way; false: a rule of another kind.  Hops of a group are left empty. */
bool vsc7448__route_decode(const struct vcap_rule *rule, struct vsc7448_route *route);

#endif
