/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/clock.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "drv/cancel.h"

/* A cancel that arrives just before a sleep is noticed at the latest after one slice. */
#define SLICE_US 50000u

struct clock {
	bool is_virtual;
	bool paced;
	uint64_t now_us;             /* virtual only */
	const struct clock_ops *ops; /* NULL: kept here */
	void *arg;                   /* of ops */
};

struct clock *clock_real(void)
{
	static struct clock real = { .is_virtual = false };

	return &real;
}

struct clock *clock_virtual_new(void)
{
	struct clock *clock = calloc(1, sizeof(*clock));

	if (clock != NULL)
		clock->is_virtual = true;
	return clock;
}

struct clock *clock_other_new(const struct clock_ops *ops, bool is_virtual, void *arg)
{
	struct clock *clock = calloc(1, sizeof(*clock));

	if (clock != NULL)
		*clock = (struct clock){ .is_virtual = is_virtual, .ops = ops, .arg = arg };
	return clock;
}

void clock_free(struct clock *clock)
{
	if (clock != clock_real())
		free(clock);
}

bool clock_is_virtual(const struct clock *clock)
{
	return clock->is_virtual;
}

static uint64_t monotonic_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000u + (uint64_t)ts.tv_nsec / 1000u;
}

uint64_t clock_now_us(const struct clock *clock)
{
	if (clock->ops != NULL)
		return clock->ops->now_us(clock->arg);
	return clock->is_virtual ? clock->now_us : monotonic_us();
}

/* Saturating sum: a wait of UINT64_MAX means for ever, not wrapping. */
static uint64_t later(uint64_t now_us, uint64_t us)
{
	return us > UINT64_MAX - now_us ? UINT64_MAX : now_us + us;
}

static void sleep_us(uint64_t us)
{
	uint64_t end_us = later(monotonic_us(), us);
	uint64_t now_us;

	while (!cancel_requested() && (now_us = monotonic_us()) < end_us) {
		uint64_t left_us = end_us - now_us < SLICE_US ? end_us - now_us : SLICE_US;
		struct timespec ts = { .tv_nsec = (long)left_us * 1000 };

		nanosleep(&ts, NULL);
	}
}

void clock_wait_us(struct clock *clock, uint64_t us)
{
	if (clock->paced || (!clock->is_virtual && clock->ops == NULL))
		sleep_us(us);
	if (clock->ops != NULL)
		clock->ops->wait_us(clock->arg, us);
	else if (clock->is_virtual)
		clock->now_us = later(clock->now_us, us);
}

void clock_set_paced(struct clock *clock, bool paced)
{
	clock->paced = clock->is_virtual && paced;
}
