/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Routes as the tests write them. */
#ifndef TESTS_LIB_ROUTE_CASE_H
#define TESTS_LIB_ROUTE_CASE_H

#include "hal/vsc7448/route.h"

/*
 * To @n_hops next hops, 02:00:00:00:00:01 and up, on leg 1; more than one are a group.  Aborts when
 * @prefix is none.
 */
struct vsc7448_route route_to(const char *prefix, uint32_t n_hops);

#endif
