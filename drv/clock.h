/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All waiting goes through a clock.  The real one is the system's monotonic clock; a virtual
 * one moves only when somebody waits on it, so mock and replay runs never sleep and give the
 * same answer every time.
 */
#ifndef DRV_CLOCK_H
#define DRV_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct clock;

/* The system's monotonic clock; shared, never freed. */
struct clock *clock_real(void);

/* A new virtual clock at time 0; NULL when out of memory.  The caller frees it. */
struct clock *clock_virtual_new(void);

/*
 * A clock that is kept elsewhere: that of a remote bus.  @ops must outlive it; @arg is theirs.
 * NULL: out of memory.  The caller frees it.
 */
struct clock_ops {
	uint64_t (*now_us)(void *arg);
	void (*wait_us)(void *arg, uint64_t us); /* not paced: clock_wait_us() does that */
};
struct clock *clock_other_new(const struct clock_ops *ops, bool is_virtual, void *arg);
void clock_free(struct clock *clock); /* NULL and the system's are allowed */

bool clock_is_virtual(const struct clock *clock);
uint64_t clock_now_us(const struct clock *clock);

/*
 * Waits @us microseconds: sleeps on the real clock, moves a virtual one at once.  The real
 * wait ends early when cancel_requested() (drv/cancel.h) becomes true.
 */
void clock_wait_us(struct clock *clock, uint64_t us);

/*
 * Paces a virtual clock to real time (interactive watches): while on, clock_wait_us() also
 * sleeps.  No effect on the real clock.
 */
void clock_set_paced(struct clock *clock, bool paced);

#endif
