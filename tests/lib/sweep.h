/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fault sweeps: the same operation again and again, each time with another of its accesses
 * failing.
 */
#ifndef TESTS_LIB_SWEEP_H
#define TESTS_LIB_SWEEP_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Calls @round with N = 1, 2, ... until it returns false (the operation has fewer accesses than N),
 * and returns how many accesses there are.  SWEEP_STEP=16 in the environment takes every 16th only,
 * and finds the last one by halving: for slow machines (valgrind), where the same code need not be
 * gone through by every fault.
 */
size_t sweep_accesses(bool (*round)(void *arg, size_t n), void *arg);

#endif
