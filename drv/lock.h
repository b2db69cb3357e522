/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One writer per device: an advisory lock on a file whose name is made from the device, so that
 * every process of the machine finds the same one.  The kernel frees it when its holder ends,
 * however it ends; the file tells who holds it and stays.
 *
 * The files lie in SWITCHBLADE_LOCK_DIR, else in /run/lock, else in /tmp.
 */
#ifndef DRV_LOCK_H
#define DRV_LOCK_H

#include <stdint.h>

#include "drv/error.h"

struct lock;

/*
 * Takes the lock of the device that @key names ("file:/dev/uio0"), for @what ("reg set ...", for
 * others to read).  Waits at most @wait_us of real time for another holder.  E_BUSY: it is held;
 * the text tells by whom, what for and since when.  E_PERM, E_NODEV: the file cannot be made.
 * E_INTR: cancel_requested() while waiting.  Free with lock_free().
 */
int lock_take(const char *key, const char *what, uint64_t wait_us, struct error *err,
	      struct lock **out);
void lock_free(struct lock *lock); /* NULL is allowed */

#endif
