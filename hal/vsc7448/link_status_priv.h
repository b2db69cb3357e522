/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files that read links. */
#ifndef HAL_VSC7448_LINK_STATUS_PRIV_H
#define HAL_VSC7448_LINK_STATUS_PRIV_H

#include "hal/vsc7448/link_status.h"
#include "hal/vsc7448/fields.h"

/*
 * Fills set_up, has_mode, mode, mbps, aneg and fec of @n links whose port is set, from what is
 * known of their configuration and one transfer for the rest.
 */
int vsc7448__link_modes(struct regio *io, struct vsc7448_link *links, size_t n);

#endif
