/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ctrl-C: the program's signal handler asks; whoever is in the middle of a batch, a wait or a
 * watch notices between two accesses, stops, and reports what was applied (E_INTR).
 */
#ifndef DRV_CANCEL_H
#define DRV_CANCEL_H

#include <stdbool.h>

void cancel_request(void); /* async-signal-safe */
void cancel_clear(void);   /* before a new command */
bool cancel_requested(void);

#endif
