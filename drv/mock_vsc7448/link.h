/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The links of the model: what other parts ask about a port and what is plugged into it. */
#ifndef DRV_MOCK_VSC7448_LINK_H
#define DRV_MOCK_VSC7448_LINK_H

#include "drv/mock_vsc7448/model.h"

/* Can frames pass between the port's MAC and what is plugged in, both ways? */
bool mv_link_is_up(struct mock_vsc7448 *m, uint32_t port);

#endif
