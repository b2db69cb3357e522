/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The calendar: which port moves a cell through the switch core in which of 335 time slots, and so
 * how much bandwidth each port can have.  A slot is worth 250 Mb/s at a core clock of 250 MHz;
 * 83.75 Gb/s in all, of which the CPU ports, the multicast loop and register accesses take
 * 2.25 Gb/s.
 *
 * Source: register texts of QSYS:CALCFG; the rules that a calendar must keep (rings, distances,
 * shares that are not a front port's) are those of vtss_jaguar2.c, jr2_calendar_rtl_cfg_get(),
 * jr2_calendar_req_cfg_init() and jr2_calendar_do_calc(), and the same map gives the same
 * calendar as there.
 */
#ifndef HAL_VSC7448_CALENDAR_H
#define HAL_VSC7448_CALENDAR_H

#include <stddef.h>
#include <stdint.h>

#include "hal/link_mode.h"
#include "hal/vsc7448/vsc7448.h"

struct board;

#define VSC7448_CALENDAR_SLOTS 335u
#define VSC7448_CALENDAR_IDLE  63u /* a slot that serves no port */
#define VSC7448_SLOT_MBPS      250u

/* What the calendar gives to others than the front ports: 750 CPU0, 250 CPU1, 250 VD0, 1000 idle. */
#define VSC7448_RESERVED_MBPS 2250u

/* The bandwidth of each front port: 0 (not used), 1000, 2500 or 10000 Mb/s. */
struct vsc7448_port_map {
	uint16_t mbps[VSC7448_N_PORTS];
};

/* Ports 0-48 and 52 with 1 Gb/s, 49-51 with 10 Gb/s. */
void vsc7448_port_map_base(struct vsc7448_port_map *map);

/*
 * What @board says of its ports, by their link modes; ports that it does not name get 1 Gb/s
 * each, in order, as long as the calendar has room.  A board without ports: the base map.
 */
void vsc7448_port_map_board(struct vsc7448_port_map *map, const struct board *board);

/* Of all front ports together. */
uint32_t vsc7448_port_map_mbps(const struct vsc7448_port_map *map);

/*
 * Can the chip have this map?  E_RANGE names the port that cannot be so fast (2.5 Gb/s: ports 8-31
 * and 48-52; 10 Gb/s: 49-52), or all ports with what they ask for when it is too much.
 */
int vsc7448_port_map_check(const struct vsc7448_port_map *map, struct error *err);

/*
 * Makes the calendar for @map: the port of each slot.  E_RANGE as above, or with the port whose
 * slots found no place.  No chip is needed.
 */
int vsc7448_calendar_make(const struct vsc7448_port_map *map, struct error *err,
			  uint8_t slots[VSC7448_CALENDAR_SLOTS]);

/*
 * Makes and programs it, and starts it: frames stand still meanwhile (some 340 writes).  The
 * automatic calendar's registers (CAL_AUTO), which have no effect on a programmed sequence, are
 * left with the map, so that vsc7448_calendar_mbps() need not stop the chip to know it.
 */
int vsc7448_calendar_set(struct vsc7448 *chip, const struct vsc7448_port_map *map,
			 struct error *err);

/*
 * What the chip's calendar gives front port @port, in Mb/s: two reads at most.  E_STATE: the chip
 * runs another calendar than vsc7448_calendar_set() left (not initialized, or by other software).
 */
int vsc7448_calendar_mbps(struct vsc7448 *chip, uint32_t port, struct error *err,
			  uint32_t *mbps);

/* The same for all front ports: five reads at most. */
int vsc7448_calendar_map(struct vsc7448 *chip, struct error *err, struct vsc7448_port_map *map);

#endif
