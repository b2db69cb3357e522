/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/route_case.h"

#include <stdio.h>
#include <stdlib.h>

struct vsc7448_route route_to(const char *prefix, uint32_t n_hops)
{
	struct vsc7448_route route = { .is_group = n_hops > 1, .n_hops = n_hops };
	unsigned length;

	if (!ip_parse_prefix(prefix, &route.prefix, &length)) {
		fprintf(stderr, "route case: no prefix: %s\n", prefix);
		abort();
	}
	route.length = length;
	for (uint32_t i = 0; i < n_hops; i++) {
		route.hop[i].mac = mac_of_number(UINT64_C(0x020000000001) + i);
		route.hop[i].leg = 1;
	}
	return route;
}
