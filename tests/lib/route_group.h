/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * chip_group.h for programs on routes: setting them with route_case.h, and what the model then finds
 * in the TCAM.
 */
#ifndef TESTS_LIB_ROUTE_GROUP_H
#define TESTS_LIB_ROUTE_GROUP_H

#include "drv/mock_vsc7448/vcap.h"
#include "hal/vsc7448/route_priv.h"
#include "tests/lib/chip_group.h"
#include "tests/lib/route_case.h"

#define UPDATE VSC7448_VCAP_SUPER_VCAP_CORE_CFG_VCAP_UPDATE_CTRL
#define TOP    32767u

static inline void set(const struct vsc7448_route *route)
{
	assert_int_equal(vsc7448_route_set(b.chip, route, &err), 0);
}

static inline void add(const char *prefix, uint32_t n_hops)
{
	struct vsc7448_route route = route_to(prefix, n_hops);

	set(&route);
}

static inline int del(const char *prefix)
{
	struct vsc7448_route route = route_to(prefix, 1);

	return vsc7448_route_del(b.chip, &route.prefix, route.length, &err);
}

static inline const struct mv_lpm_action *lookup(const char *address)
{
	struct ip ip;

	assert_true(ip_parse(address, &ip));
	return mv_vcap_lpm_match(b.model, ip.v6, true, ip.octet);
}

#endif
