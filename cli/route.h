/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the `route` commands share. */
#ifndef CLI_ROUTE_H
#define CLI_ROUTE_H

#include "cli/cmd.h"

struct vsc7448_router;

/* "3": a router leg, 0 to 126.  E_SYNTAX, E_RANGE. */
int route_leg(const char *text, struct error *err, uint32_t *leg);

/* The router's address, and whether it routes. */
void route_show_router(struct out_record *root, const struct vsc7448_router *router);

#endif
