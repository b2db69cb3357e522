/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The groups of vsc7448_init(): each queues the registers of one part of the chip.  They say what
 * MESA's driver leaves (base/jaguar2, vtss_init_conf_set() and vtss_port_map_set()), with whole
 * registers where all fields are known, so that nothing has to be read.
 */
#ifndef HAL_VSC7448_INIT_PRIV_H
#define HAL_VSC7448_INIT_PRIV_H

#include "hal/vsc7448/calendar.h"
#include "hal/vsc7448/vsc7448_priv.h"

/* Policers open, with their time base; waits for it.  jr2_init_ana(), jr2_port_policer_set(),
 * vtss_jr2_policer_conf_set(). */
void vsc7448__init_policers(struct regio *io);

/* What is counted where.  jr2_init_ana(), jr2_l3_init_counter(). */
void vsc7448__init_counters(struct regio *io);

/* All SERDES1G and SERDES6G macros off, XAUI lanes not aligned.  jr2_port_init(). */
void vsc7448__init_serdes(struct regio *io);

/* Ageing, queue limits, serial GPIO, the CPU's ports and queues.  jr2_port_init(),
 * jr2_packet_init(), vtss_cil_packet_rx_conf_set(). */
void vsc7448__init_cpu(struct regio *io);

/* The frame injector, off.  vtss_jr2_afi_init(). */
void vsc7448__init_injector(struct regio *io);

/* VLANs, spanning tree, learning, ageing, destinations of floods and of link-local protocols.
 * jr2_l2_init(), vtss_jr2_l2cp_conf_set(), vtss_jr2_pgid_table_write_adv(). */
void vsc7448__init_forwarding(struct regio *io);

/* Routing, time stamps, OAM.  jr2_l3_init(), jr2_ts_init(), vtss_jr2_vop_init(). */
void vsc7448__init_upper(struct regio *io);

/* The TCAMs emptied; keys and default actions of each port.  jr2_vcap_init(),
 * jr2_vcap_port_map(), vtss_cil_vcap_acl_port_conf_set(). */
void vsc7448__init_classifier(struct regio *io);

/* Buffer shares for the ports that have bandwidth.  jr2_port_buf_conf_set(). */
void vsc7448__init_buffers(struct regio *io, const struct vsc7448_port_map *map);

#endif
