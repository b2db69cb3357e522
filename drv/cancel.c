/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/cancel.h"

#include <signal.h>

/* The one piece of process-wide state: signals are per process. */
static volatile sig_atomic_t requested;

void cancel_request(void)
{
	requested = 1;
}

void cancel_clear(void)
{
	requested = 0;
}

bool cancel_requested(void)
{
	return requested != 0;
}
