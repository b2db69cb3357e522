/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frames per second through the forwarding plane of the VSC7448 model, on one core: switched by the
 * MAC table, routed over an ECMP group, flooded to 52 ports; beside copying the same frames from
 * buffer to buffer in the same run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/mock.h"
#include "drv/mock_vsc7448.h"
#include "hal/vsc7448/route.h"
#include "tests/lib/bench_process.h"
#include "tests/lib/frame_bench.h"
#include "vsc7448_regs.h"

#define N_FRAMES  200000
#define N_BATCHES 7
#define ROUTER    UINT64_C(0x02aabbccddee)

struct flow {
	uint8_t data[64][FRAME_BENCH_MAX]; /* frames that differ in their source port */
	size_t len;
	uint32_t port;
};

static struct flow flow;
static uint8_t sink[FRAME_BENCH_MAX];

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void copy_frames(struct frame_bench *b)
{
	(void)b;
	for (size_t i = 0; i < N_FRAMES; i++) {
		memcpy(sink, flow.data[i % 64], flow.len);
		__asm__ volatile("" : : "r"(sink) : "memory");
	}
}

static void forward_frames(struct frame_bench *b)
{
	for (size_t i = 0; i < N_FRAMES; i++)
		mock_vsc7448_inject(b->chip.model, flow.port, flow.data[i % 64], flow.len);
}

/* Millions of frames per second, the median of some batches. */
static double rate(struct frame_bench *b, void (*run)(struct frame_bench *b))
{
	double rates[N_BATCHES];

	for (size_t i = 0; i < N_BATCHES; i++) {
		double start = bench_now_ms();

		run(b);
		rates[i] = N_FRAMES / (bench_now_ms() - start) / 1e3;
	}
	qsort(rates, N_BATCHES, sizeof(rates[0]), by_value);
	return rates[N_BATCHES / 2];
}

static void make_flow(uint32_t port, struct frame_spec spec)
{
	flow.port = port;
	for (uint16_t i = 0; i < 64; i++) {
		spec.sport = (uint16_t)(1000 + i);
		flow.len = frame_make(&spec, flow.data[i]);
	}
}

static void learn(struct frame_bench *b, uint32_t port, uint64_t mac)
{
	uint8_t frame[FRAME_BENCH_MAX];
	size_t len =
		frame_make(&(struct frame_spec){ .dmac = STATION(99), .smac = mac }, frame);

	mock_vsc7448_inject(b->chip.model, port, frame, len);
}

/* A service of sixteen entries behind a router in VLAN 1, the station on port 1 behind each. */
static void set_router(struct frame_bench *b)
{
	struct vsc7448_route route = { .prefix = { .octet = { 192, 0, 2, 1 } },
				       .length = 32,
				       .is_group = true,
				       .n_hops = 16 };
	struct vsc7448_leg leg = { .leg = 0, .vid = 1, .ip4 = true };
	struct mac mac = mac_of_number(ROUTER);
	struct error err = { 0 };

	for (size_t i = 0; i < 16; i++)
		route.hop[i].mac = mac_of_number(STATION(1));
	if (vsc7448_router_set(b->chip.chip, &mac, &err) == 0 &&
	    vsc7448_leg_set(b->chip.chip, &leg, &err) == 0 &&
	    vsc7448_route_set(b->chip.chip, &route, &err) == 0)
		return;
	fprintf(stderr, "bench_forward: %s\n", err.text);
	exit(1);
}

static void report(struct frame_bench *b, const char *what)
{
	double frames = rate(b, forward_frames), copies = rate(b, copy_frames);

	printf("forward: %-28s %6.2f M frames/s (memcpy of the same frames: %.1f M/s)\n", what,
	       frames, copies);
}

int main(void)
{
	struct frame_bench b;

	frame_bench_open(&b);
	mock_vsc7448_set_tap(b.chip.model, NULL, NULL);
	learn(&b, 1, STATION(1));
	make_flow(0, (struct frame_spec){ .dmac = STATION(1),
					  .smac = STATION(2),
					  .sip = 0x0a000001,
					  .dip = 0xc0000201 });
	report(&b, "switched, 60 bytes");
	set_router(&b);
	make_flow(0, (struct frame_spec){ .dmac = ROUTER,
					  .smac = STATION(2),
					  .sip = 0x0a000001,
					  .dip = 0xc0000201 });
	report(&b, "routed to a group, 60 bytes");
	make_flow(0, (struct frame_spec){ .dmac = STATION(77), .smac = STATION(2) });
	report(&b, "flooded to 52 ports, 60 bytes");
	frame_bench_close(&b);
	return 0;
}
