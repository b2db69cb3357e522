/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a command remembers of a device for the next one: bases of counters, what was seen at the
 * last look.  Named numbers, one set for each device and purpose, in a file of their own under
 * $XDG_STATE_HOME/switchblade/ or ~/.local/state/switchblade/.  Configuration of a device never
 * belongs here: it is read back from the device.
 *
 * Nothing of this is in the way of a command: a file that is missing, damaged or about another
 * device is a fresh start, and where nothing can be kept (no home, a read-only one) it lives as
 * long as the session.  So it does on a bus whose time is virtual (mock:, replay:), since the
 * next program starts with a new device there.
 */
#ifndef CLI_STATE_H
#define CLI_STATE_H

#include <stdbool.h>
#include <stdint.h>

struct device;
struct session;
struct state;

/*
 * The numbers called @purpose ("counters") of the device that is reached by the bus of @dev and
 * has the identity @identity (a chip id; 0: it has none).  The file is read again each time,
 * another program may have written it.  NULL: out of memory, which every function here accepts:
 * an empty state.  Borrowed; lives as long as the session.
 */
struct state *state_open(struct session *session, struct device *dev, uint32_t identity,
			 const char *purpose);

/* The number called @key; false: there is none, @value is untouched. */
bool state_get(const struct state *state, const char *key, uint64_t *value);

/* Sets a number.  @key is text without blanks.  False: out of memory. */
bool state_put(struct state *state, const char *key, uint64_t value);

/* Forgets all numbers. */
void state_clear(struct state *state);

/*
 * Keeps the numbers for the next program, replacing the file as a whole.  False: only this session
 * knows them.  With --dry-run nothing happened to the device, and nothing is kept.
 */
bool state_save(struct state *state);

/* Frees all of a session: called by session_close(). */
void state_free_all(struct session *session);

#endif
