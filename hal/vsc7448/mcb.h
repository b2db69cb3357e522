/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SERDES1G and SERDES6G macros, which sit behind a serial bus, the MCB: software sees one set of
 * registers per kind (the window), loads it from a macro and stores it into macros.
 *
 *     vsc7448__mcb_load(io, MCB_SERDES6G, UINT32_C(1) << macro);
 *     regio_fields(io, VSC7448_HSIO_SERDES6G_..., F(...));
 *     vsc7448__mcb_store(io, MCB_SERDES6G, UINT32_C(1) << macro);
 *
 * A change without a load before it starts from another macro's values.  Several macros can be
 * marked at once: a store goes to each of them; a load takes the lowest one that is marked (the
 * register text says only "from the marked macro": of several, unverified on silicon, so load one).
 * The LC-PLLs of this chip are plain registers, without an MCB.
 *
 * Source: register texts of HSIO:MCB_SERDES1G_CFG and MCB_SERDES6G_CFG; vtss_jaguar2_serdes.c,
 * jr2_sd1g_read_write() and jr2_sd6g_read_write() (which wait without a limit).
 */
#ifndef HAL_VSC7448_MCB_H
#define HAL_VSC7448_MCB_H

#include <stdint.h>

#include "hal/vsc7448/fields.h"

enum mcb_kind { MCB_SERDES1G, MCB_SERDES6G };

#define MCB_N_SERDES1G 9u
#define MCB_N_SERDES6G 24u

/* A transfer of one macro takes some microseconds on the serial bus; more is a fault. */
#define MCB_TIMEOUT_US 10000u

/*
 * Queues: the window shows the macro in @macros (bit n is macro n), configuration and status.
 * What was known of the window is forgotten, and reads of it come after the load.  E_TIMEOUT in
 * regio_end() names the one-shot bit.
 */
void vsc7448__mcb_load(struct regio *io, enum mcb_kind kind, uint32_t macros);

/* Queues: the window's configuration goes to each macro in @macros. */
void vsc7448__mcb_store(struct regio *io, enum mcb_kind kind, uint32_t macros);

#endif
