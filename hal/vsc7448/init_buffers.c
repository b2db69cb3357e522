/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/init_priv.h"

#define CELL_BYTES   176u
#define BUFFER_CELLS 23826u /* and as many frame references */
#define N_PRIOS      8u

/* The four resources, each with its part of RES_CFG. */
enum { MEMORY_IN = 0, FRAMES_IN = 1024, MEMORY_OUT = 2048, FRAMES_OUT = 3072, FIFTH = 4096 };

/* Places in each part: of port and class from 0 on. */
enum { SHARED_PRIO = 496, SHARED_COLOUR = 508, OF_PORT = 512 };

/* Guaranteed: bytes of memory, or frames, of a queue and of a port. */
#define QUEUE_BYTES  4000u
#define QUEUE_FRAMES 4u
#define PORT_BYTES   15000u
#define PORT_FRAMES  10u
/* Guarantees may promise twice what there is. */
#define OVERSUBSCRIPTION 2u
/* How much memory a class leaves to the next higher one. */
#define PRIO_STEP_BYTES 6000u

/* RES_CFG.WM_HIGH: up to 2047 as it is, beyond in units of 16 with bit 11 set. */
static uint32_t watermark(uint32_t n)
{
	return n < 2048 ? n : 2048 + n / 16;
}

static void put(struct regio *io, uint32_t index, uint32_t n)
{
	regio_put(io, VSC7448_QRES_RES_CTRL_RES_CFG(index), watermark(n));
}

/* The same guarantee for received and sent frames. */
static void put_both(struct regio *io, uint32_t index, uint32_t bytes, uint32_t frames)
{
	put(io, MEMORY_IN + index, bytes / CELL_BYTES);
	put(io, FRAMES_IN + index, frames);
	put(io, MEMORY_OUT + index, bytes / CELL_BYTES);
	put(io, FRAMES_OUT + index, frames);
}

static void put_port(struct regio *io, uint32_t port)
{
	for (uint32_t prio = 0; prio < N_PRIOS; prio++)
		put_both(io, N_PRIOS * port + prio, QUEUE_BYTES, QUEUE_FRAMES);
	put_both(io, OF_PORT + port, PORT_BYTES, PORT_FRAMES);
}

/* The CPU's queues: 8 KiB of sent frames each (vtss_cil_packet_rx_conf_set()), nothing more. */
#define CPU_QUEUE_BYTES 8192u

static void put_cpu0(struct regio *io)
{
	put_port(io, VSC7448_PORT_CPU0);
	for (uint32_t prio = 0; prio < N_PRIOS; prio++)
		put(io, MEMORY_OUT + N_PRIOS * VSC7448_PORT_CPU0 + prio,
		    CPU_QUEUE_BYTES / CELL_BYTES);
	put(io, MEMORY_OUT + OF_PORT + VSC7448_PORT_CPU0, 0);
}

/* CPU port 1 is not used: no share of anything. */
static void close_cpu1(struct regio *io)
{
	for (uint32_t part = MEMORY_IN; part <= FIFTH; part += FRAMES_IN) {
		for (uint32_t prio = 0; prio < N_PRIOS; prio++)
			put(io, part + N_PRIOS * VSC7448_PORT_CPU1 + prio, 0);
		put(io, part + OF_PORT + VSC7448_PORT_CPU1, 0);
	}
}

/* What is not guaranteed is shared: a class may fill up to what lower ones leave. */
static void put_shared(struct regio *io, uint32_t bytes)
{
	uint32_t lowest = bytes - N_PRIOS * PRIO_STEP_BYTES;

	for (uint32_t prio = 0; prio < N_PRIOS; prio++) {
		uint32_t cells = (bytes - (N_PRIOS - 1 - prio) * PRIO_STEP_BYTES) / CELL_BYTES;

		put(io, MEMORY_IN + SHARED_PRIO + prio, cells);
		put(io, MEMORY_OUT + SHARED_PRIO + prio, cells);
	}
	/* Drop levels 1, 2, 3, then 0, which goes as far as the highest class. */
	for (uint32_t i = 0; i < 4; i++) {
		put_both(io, SHARED_COLOUR + i, i < 3 ? lowest : bytes, BUFFER_CELLS);
	}
}

void vsc7448__init_buffers(struct regio *io, const struct vsc7448_port_map *map)
{
	const uint32_t guaranteed = 2 * (PORT_BYTES + N_PRIOS * QUEUE_BYTES);
	uint32_t n_ports = 1; /* the CPU port */

	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		if (map->mbps[port] == 0)
			continue;
		put_port(io, port);
		n_ports++;
	}
	put_cpu0(io);
	put_shared(io, BUFFER_CELLS * CELL_BYTES - n_ports * guaranteed / OVERSUBSCRIPTION);
	close_cpu1(io);
	/* No port sends pause frames: the value that the vendor writes with each such port, so that
	 * set-up of a port need not ask all others (jr2_port_fc_setup()). */
	regio_put(io, VSC7448_QSYS_PAUSE_CFG_ATOP_TOT_CFG, 0xfff);
	for (uint32_t port = VSC7448_PORT_CPU0; port <= VSC7448_PORT_CPU1; port++)
		regio_fields(io, VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port),
			     F(QFWD_SYSTEM_SWITCH_PORT_MODE, EGR_NO_SHARING, 1),
			     F(QFWD_SYSTEM_SWITCH_PORT_MODE, EGRESS_DROP_MODE, 1));
}
