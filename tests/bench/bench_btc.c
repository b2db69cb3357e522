/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The backplane at saturation in the model: bus time simulated per second of processor time, useful
 * bytes against what the plan could carry at most.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "drv/mock_btc.h"
#include "tests/lib/backplane.h"

#define FRAMES 16000u /* two seconds of bus time */

/* Every blade floods the next one. */
static void flood(struct backplane *b, uint32_t n, uint16_t length)
{
	for (uint32_t i = 1; i <= n; i++) {
		struct mock_btc_conduct conduct = { .behaviour = MOCK_BTC_FLOOD,
						    .type = 1,
						    .length = length };

		backplane_ident(i % n + 1, conduct.to);
		mock_btc_behave(b->model, i, &conduct);
	}
}

struct figures {
	double times; /* faster than the bus */
	double bytes_per_frame;
	uint64_t wait_ns;
};

static uint64_t longest_wait(struct backplane *b, uint32_t n)
{
	uint64_t longest = 0;

	for (uint32_t i = 1; i <= n; i++) {
		struct mock_btc_blade_stats stats;

		if (mock_btc_blade_stats(b->model, i, &stats) == 0 &&
		    stats.longest_wait_ns > longest)
			longest = stats.longest_wait_ns;
	}
	return longest;
}

/* Of this process: others may run beside it. */
static double cpu_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

/* The blades' slots are given by arbitration instead, in which the controller has no part. */
static void share(struct backplane *b)
{
	for (uint32_t slot = 2; slot < 128; slot += 2)
		backplane_slot(b, slot, BTC_SLOT_NEXT_USE__KIND__SHARED, 0);
	backplane_write(b, BTC_ARB_STATION_RIGHTS(0), 1);
	backplane_apply(b);
}

enum how { TDM, FDM, SHARED, N_HOWS };

static const char *const names[] = { "tdm", "fdm", "tdm, shared" };

static struct figures measure(uint32_t n, uint16_t length, enum how how)
{
	struct backplane b;
	struct mock_btc_stats before, after;
	struct figures figures;
	double start;

	backplane_open(&b);
	backplane_write(&b, BTC_CONTROL_MODE, how == FDM ? 0x100 : 0);
	backplane_start(&b, n);
	backplane_write(&b, BTC_FORWARD_QUEUE, 0xffff0000);
	if (how == SHARED)
		share(&b);
	flood(&b, n, length);
	backplane_wait_frames(&b, 800);
	mock_btc_stats(b.model, &before);
	start = cpu_ms();
	backplane_wait_frames(&b, FRAMES);
	figures.times = FRAMES * 0.125 / (cpu_ms() - start);
	mock_btc_stats(b.model, &after);
	figures.bytes_per_frame = (double)(after.taken - before.taken) * length / FRAMES;
	figures.wait_ns = longest_wait(&b, n);
	backplane_close(&b);
	return figures;
}

/* The longest that a blade with cells to send waited for its next reserved slot, in slots. */
struct gaps {
	uint64_t last[MOCK_BTC_STATIONS], longest;
};

static void see_slot(void *arg, const struct mock_btc_slot *slot)
{
	struct gaps *gaps = arg;
	uint64_t at = UINT64_C(128) * slot->frame + slot->slot;

	if (slot->sender == 0 || slot->sender >= MOCK_BTC_STATIONS)
		return;
	if (gaps->last[slot->sender] != 0 && at - gaps->last[slot->sender] > gaps->longest)
		gaps->longest = at - gaps->last[slot->sender];
	gaps->last[slot->sender] = at;
}

static void measure_gaps(uint32_t n)
{
	struct gaps gaps = { .longest = 0 };
	struct backplane b;

	backplane_open(&b);
	backplane_start(&b, n);
	flood(&b, n, 200);
	backplane_wait_frames(&b, 100);
	mock_btc_set_slot_tap(b.model, see_slot, &gaps);
	backplane_wait_frames(&b, 1000);
	printf("btc tdm         %2u blades: a cell waits %5.1f us at most for its blade's next "
	       "reserved slot, %.2f frames (<= 1)\n",
	       n, (double)gaps.longest * 125 / 128, (double)gaps.longest / 128);
	backplane_close(&b);
}

/* 63 of 127 slots carry what blades send, 64 what the controller sends on; cells of 28 bytes. */
static double formula(uint16_t length)
{
	return 63.0 * length / ceil((length + 32.0) / 28);
}

int main(void)
{
	static const uint32_t blades[] = { 4, 16, 63 };
	static const uint16_t lengths[] = { 20, 200, 1500 };

	for (int how = 0; how < N_HOWS; how++)
		for (size_t i = 0; i < 3; i++)
			for (size_t k = 0; k < 3; k++) {
				struct figures f =
					measure(blades[i], lengths[k], (enum how)how);

				printf("btc %-11s %2u blades, bodies of %4u: %5.1f x bus time, "
				       "%6.1f useful "
				       "bytes a frame of %6.1f (%5.1f %%), a message begins "
				       "within %3u "
				       "us\n",
				       names[how], blades[i], lengths[k], f.times,
				       f.bytes_per_frame, formula(lengths[k]),
				       100 * f.bytes_per_frame / formula(lengths[k]),
				       (unsigned)(f.wait_ns / 1000));
			}
	for (size_t i = 0; i < 3; i++)
		measure_gaps(blades[i]);
	return 0;
}
