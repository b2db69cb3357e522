/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_vsc7448/link.h"

#define PORT_MODE(port) VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port)

bool mv_link_is_up(struct mock_vsc7448 *m, uint32_t port)
{
	return mv_field(m, PORT_MODE(port), VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE__PORT_ENA) !=
		       0 &&
	       world_end_of(m->world, mock_name(m->mock), port).kind != WORLD_END_NONE;
}
