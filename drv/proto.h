/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The protocol between `switchblade serve` and the buses unix: and ssh:, version 1.  This header
 * is its description; the functions below turn messages into bytes and back and do nothing else.
 *
 * Transport: one stream of bytes in each direction (a Unix socket, or the standard input and
 * output of `serve --stdio`), in order and without loss.  The end of the stream is the end of
 * the connection; nothing is said before it.
 *
 * Frame: every message is
 *
 *     u32 length    of what follows, 8 to PROTO_MAX_BYTES - 4
 *     u8  type      enum proto_type
 *     u8  zero[3]
 *     u32 seq       chosen by the client for a request; the same in every answer to it
 *     ...           the body: length - 8 bytes, exactly those listed below
 *
 * All numbers are little-endian.  text: u16 length, then as many bytes, none of them 0, not
 * terminated, UTF-8; the longest is PROTO_TEXT_MAX bytes, that of a name PROTO_NAME_MAX.
 *
 * | message      | body                                                        | answer       |
 * | ------------ | ----------------------------------------------------------- | ------------ |
 * | HELLO     C  | u32 magic, u32 lowest, u32 highest version, name who        | WELCOME      |
 * | OPEN      C  | name device, name map, u64 hash of the map                  | OPENED       |
 * | BATCH     C  | u8 leased, u32 n, n operations                              | RESULT       |
 * | LEASE     C  | u64 how long to wait in us, name what for                   | GRANTED      |
 * | RELEASE   C  |                                                             | none         |
 * | CLOCK     C  | u64 us by which to move the clock, 0: only look             | TIME         |
 * | PING      C  |                                                             | PONG         |
 * | CANCEL    C  |                                                             | none         |
 * | WELCOME   S  | u32 magic, u32 version, name server, u32 n, n devices       |              |
 * | OPENED    S  | name device, u64 origin, u64 size, u32 flags, u64 lease us  |              |
 * | RESULT    S  | i32 code, text, u64 polls' reads, u32 n, u32 n done, values |              |
 * | GRANTED   S  |                                                             |              |
 * | TIME      S  | u64 us                                                      |              |
 * | PONG      S  |                                                             |              |
 * | WAIT      S  |                                                             |              |
 * | ERROR     S  | i32 code, text                                              |              |
 *
 * device: name, name map, u64 hash.
 * operation: u8 kind (enum bus_op_kind), then READ u64 address; WRITE u64 address, u32 value;
 * DELAY u32 us; POLL u64 address, u32 value, u32 mask, u32 time in us, u32 every us.
 * values of RESULT: of the first `n done` operations, all of which were done, u32 value where
 * it was a READ or a POLL; of each other one u8 status (enum bus_op_status), u32 value.
 *
 * Order: the client speaks first, with HELLO, and has one request at a time: it sends the next
 * one when the answer to the last has come.  RELEASE and CANCEL are no requests; CANCEL alone
 * may be sent while a request is open.  OPEN comes before everything but HELLO and PING, once.
 * Whatever else comes out of turn, or is not exactly as above, ends the connection: a server
 * first answers ERROR with E_CORRUPT when the peer has sent its HELLO.
 *
 * Versions: HELLO tells the versions that the client speaks, WELCOME the one that is used: the
 * highest that both know.  Without one, ERROR E_NOTSUP.  The frame, HELLO, WELCOME and ERROR
 * are the same in every version.
 *
 * OPEN chooses a device: by name, or with an empty name the first one with that map.  An empty
 * map takes any.  ERROR E_NOTFOUND: no such device (the text lists them); E_MISMATCH: it has
 * another map, or another edition of it (the hash); or why the device cannot be opened.
 *
 * A BATCH is run as bus_xfer() (drv/bus.h) does, by itself: no operation of another client comes
 * between, but in the waits of one that writes nothing.  Its waits happen at the server.  The code and text of RESULT are those of
 * bus_error().  A RESULT that does not come leaves every operation in doubt.
 *
 * Leases: a client that needs several batches without another writer between asks for the
 * LEASE of its device and ends it with RELEASE, or by leaving.  Meanwhile others' batches with a
 * write wait (at most SERVE_PATIENCE_US, drv/serve.h), batches without one are run.  A lease
 * that another one holds is waited for as long as LEASE says, then ERROR E_BUSY tells the
 * holder.  It runs out when its holder asks nothing for the time that OPENED tells; then a BATCH
 * with `leased` set is ERROR E_STATE, nothing of it run.  A batch with a write and without
 * `leased` has a lease of its own.
 *
 * The clock of a device (flag PROTO_VIRTUAL of OPENED) is the server's: CLOCK asks it and moves
 * it.  Without the flag it is the time of day, which passes for both.
 *
 * Signs of life: while a request is open the server sends WAIT at least every PROTO_WAIT_US, so
 * a silence that is longer is a dead link, whatever was asked for.
 */
#ifndef DRV_PROTO_H
#define DRV_PROTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/bus.h"
#include "drv/error.h"

#define PROTO_VERSION     1u
#define PROTO_MAGIC       0x31524253u /* the bytes "SBR1" */
#define PROTO_HEAD_BYTES  12u
#define PROTO_MAX_OPS     16384u
#define PROTO_MAX_BYTES   (PROTO_HEAD_BYTES + 5u + PROTO_MAX_OPS * 25u) /* of a frame */
#define PROTO_MAX_DEVICES 64u
#define PROTO_TEXT_MAX    511u
#define PROTO_NAME_MAX    127u
#define PROTO_WAIT_US     2000000u

enum proto_type {
	PROTO_HELLO = 1,
	PROTO_OPEN,
	PROTO_BATCH,
	PROTO_LEASE,
	PROTO_RELEASE,
	PROTO_CLOCK,
	PROTO_PING,
	PROTO_CANCEL,
	PROTO_WELCOME = 0x81,
	PROTO_OPENED,
	PROTO_RESULT,
	PROTO_GRANTED,
	PROTO_TIME,
	PROTO_PONG,
	PROTO_WAIT,
	PROTO_ERROR,
};

#define PROTO_VIRTUAL 1u /* flag of OPENED */

struct proto_device {
	char name[PROTO_NAME_MAX + 1];
	char map[PROTO_NAME_MAX + 1];
	uint64_t map_hash; /* regdb_hash() */
};

/* One message; which members count depends on the type. */
struct proto_msg {
	enum proto_type type;
	uint32_t seq;
	uint32_t lowest, version;      /* HELLO: lowest to highest; WELCOME: version */
	char name[PROTO_NAME_MAX + 1]; /* who, device, what for, server */
	char map[PROTO_NAME_MAX + 1];
	uint64_t map_hash;
	uint64_t origin, size; /* OPENED: the window, size 0 unlimited */
	uint32_t flags;        /* OPENED */
	uint64_t time_us;      /* LEASE, CLOCK, TIME; OPENED: of a lease */
	bool leased;           /* BATCH */
	int code;              /* RESULT, ERROR */
	char text[PROTO_TEXT_MAX + 1];
	uint64_t polled;              /* RESULT: reads of its polls, as bus_stats counts them */
	struct bus_op *ops;           /* BATCH; RESULT when encoding: all of the batch's */
	size_t n_ops;                 /* BATCH, RESULT */
	size_t n_done;                /* RESULT when decoded */
	const uint8_t *values;        /* RESULT when decoded: in the frame */
	size_t n_value_bytes;         /* of them */
	struct proto_device *devices; /* WELCOME */
	size_t n_devices;
};

struct proto_buf {
	uint8_t *data; /* malloc'd; the owner frees it */
	size_t len, room;
};

/*
 * Appends @msg to @buf; texts that are too long are cut.  E_RANGE: too many operations or devices.
 * E_NOMEM.  On failure @buf holds what it did.
 */
int proto_encode(const struct proto_msg *msg, struct proto_buf *buf, struct error *err);

/*
 * How many bytes the frame has that starts at @data, of which @len are there: PROTO_HEAD_BYTES
 * while the head is not complete.  E_CORRUPT: no frame starts so.
 */
int proto_frame_bytes(const uint8_t *data, size_t len, size_t *bytes, struct error *err);

/*
 * Decodes the frame of @len bytes.  E_CORRUPT tells the message and what is wrong.  End with
 * proto_msg_fini(), also after a failure; ops and devices are its own, values lie in @data.
 */
int proto_decode(const uint8_t *data, size_t len, struct proto_msg *msg, struct error *err);
void proto_msg_fini(struct proto_msg *msg);

/*
 * Puts statuses and values of a decoded RESULT into the operations of the batch that it answers.
 * E_CORRUPT: it does not fit them; they are untouched then.
 */
int proto_result(const struct proto_msg *msg, struct bus_op *ops, size_t n, struct error *err);

const char *proto_type_name(enum proto_type type); /* "BATCH"; "?" when unknown */

#endif
