/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * USB: what accesses over the model of the FT232H cost in transfers, bytes and model time, beside
 * one transfer pair for each access.  The model charges a gap for every MPSSE command and the
 * micro-frames of USB (drv/mock_ft232h_host.h).
 */
#include <stdio.h>
#include <stdlib.h>

#include "drv/bus_mock_usb.h"
#include "drv/clock.h"
#include "drv/mock.h"
#include "drv/mock_ft232h_host.h"
#include "drv/mock_vsc7448/model.h"
#include "drv/world.h"
#include "hal/device.h"
#include "hal/vsc7448/chip.h"
#include "tests/lib/chip_bench.h"

#define N               1000u
#define N_ACCESSES      (2 * N)
#define TARGET_RATIO    1.1
#define TARGET_TRIPS    200.0
#define VENDOR_ACCESSES 23801u /* fixtures/vsc7448/vendor/accesses.csv, init */

struct figures {
	struct mock_usb_stats usb;
	uint64_t clocks, us;
};

static void check(int rc, const struct error *err)
{
	if (rc == 0)
		return;
	fprintf(stderr, "bench_usb: %s\n", err->text);
	exit(1);
}

static struct figures now(struct chip_bench *b)
{
	struct mock_ft232h_host *host = bus_mock_usb_host(b->world, mock_name(b->mock));

	return (struct figures){
		.usb = mock_ft232h_host_stats(host),
		.clocks = mock_ft232h_pins(mock_ft232h_host_device(host), 0).n_clocks,
		.us = clock_now_us(world_clock(b->world)),
	};
}

static struct figures since(struct chip_bench *b, const struct figures *start)
{
	struct figures f = now(b);

	f.usb.n_control -= start->usb.n_control;
	f.usb.n_out -= start->usb.n_out;
	f.usb.n_in -= start->usb.n_in;
	f.usb.out_bytes -= start->usb.out_bytes;
	f.usb.in_bytes -= start->usb.in_bytes;
	f.clocks -= start->clocks;
	f.us -= start->us;
	return f;
}

static struct bus *bus_of(struct chip_bench *b)
{
	struct error err = { 0 };
	struct bus *bus = NULL;

	check(device_bus(b->dev, &err, &bus), &err);
	return bus;
}

static void fill(struct bus_op *ops, enum bus_op_kind kind)
{
	for (unsigned i = 0; i < N; i++)
		ops[i] = (struct bus_op){ .kind = kind,
					  .addr = VSC7448_DEVCPU_GCB_CHIP_REGS_GPR,
					  .value = i };
}

/* 1,000 reads and 1,000 writes, @batch at a time. */
static struct figures accesses(const char *uri, unsigned batch)
{
	struct bus_op ops[N];
	struct figures start, result;
	struct chip_bench b;

	chip_bench_open(&b, uri);
	start = now(&b);
	fill(ops, BUS_OP_READ);
	for (unsigned i = 0; i < N; i += batch)
		check(bus_xfer(bus_of(&b), ops + i, batch), bus_error(bus_of(&b)));
	fill(ops, BUS_OP_WRITE);
	for (unsigned i = 0; i < N; i += batch)
		check(bus_xfer(bus_of(&b), ops + i, batch), bus_error(bus_of(&b)));
	result = since(&b, &start);
	chip_bench_close(&b);
	return result;
}

static uint64_t trips(const struct figures *f)
{
	return f->usb.n_in > f->usb.n_out ? f->usb.n_in : f->usb.n_out;
}

static double ratio(const struct figures *f, double hz)
{
	return (double)f->us / ((double)f->clocks / hz * 1e6);
}

static void row(const char *what, const struct figures *f, double hz)
{
	printf("  %-30s %5lu out %5lu in %7lu + %6lu bytes %9.3f ms, %5.2f of the clocks\n",
	       what, (unsigned long)f->usb.n_out, (unsigned long)f->usb.n_in,
	       (unsigned long)f->usb.out_bytes, (unsigned long)f->usb.in_bytes,
	       (double)f->us / 1e3, ratio(f, hz));
}

/* Returns what a transfer pair takes, in us. */
static double bench_accesses(void)
{
	struct figures packed = accesses("mock:,usb", N);
	struct figures fast = accesses("mock:,usb=15000000", N);
	struct figures single = accesses("mock:,usb", 1);
	double fewer = (double)N_ACCESSES / (double)trips(&packed);

	puts("usb: 1,000 reads and 1,000 writes, model time");
	row("a transfer pair each, 5 MHz", &single, 5e6);
	row("batches, 5 MHz", &packed, 5e6);
	row("batches, 15 MHz", &fast, 15e6);
	printf("  round trips: %.0f times fewer (>= %.0f)%s; time over the clocks, 5 MHz: %.3f "
	       "(<= %.1f)%s\n",
	       fewer, TARGET_TRIPS, fewer >= TARGET_TRIPS ? "" : " MISSED", ratio(&packed, 5e6),
	       TARGET_RATIO, ratio(&packed, 5e6) <= TARGET_RATIO ? "" : " MISSED");
	return (double)single.us / N_ACCESSES;
}

static void bench_init(const char *uri, double hz, double us_per_trip)
{
	struct vsc7448_port_map map;
	struct error err = { 0 };
	struct figures start, f;
	struct bus_stats before, after;
	struct chip_bench b;

	chip_bench_open(&b, uri);
	vsc7448_port_map_base(&map);
	start = now(&b);
	bus_stats_get(bus_of(&b), &before);
	check(vsc7448_init(b.chip, &map, 0, &err), &err);
	bus_stats_get(bus_of(&b), &after);
	f = since(&b, &start);
	row(uri, &f, hz);
	printf("  %-30s %lu accesses in %lu round trips; the vendor's driver: %u accesses, as "
	       "many "
	       "round trips, %.0f ms\n",
	       "", (unsigned long)(after.reads + after.writes - before.reads - before.writes),
	       (unsigned long)trips(&f), VENDOR_ACCESSES, VENDOR_ACCESSES * us_per_trip / 1e3);
	chip_bench_close(&b);
}

int main(void)
{
	double us_per_trip = bench_accesses();

	puts("usb: chip init, model time");
	bench_init("mock:,usb", 5e6, us_per_trip);
	bench_init("mock:,usb=15000000", 15e6, us_per_trip);
	return 0;
}
