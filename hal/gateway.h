/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The gateway between the external network and the blades' messages: seed paragraph [43], "messages
 * received from the network may be steered by the switch blade to one or more of the blade servers
 * based on a message type and a function".
 *
 * Outside, a message travels in an Ethernet frame of EtherType 0x88b5 (IEEE 802, local experimental
 * EtherType 1): destination the controller's identifier, source the client, an optional 802.1Q tag,
 * then the message as it is on the bus (hal/btc/wire.h: header of 28 bytes, body, CRC-32), then
 * padding.  In a request initial and final destination are the controller's identifier and the source
 * is the client's; the type is one of the users' (0 to 0xfeff).  The answer comes back in a frame
 * from the controller's identifier to the client, at the port and with the tag of the request: initial
 * and final destination are the client, the source is the blade that answered, type, sequence and
 * platform word are those of the request.
 *
 * The switch leads such frames to the CPU: a rule for each external port (hal/vsc7448/acl.h).  A
 * request is sent into the bus steered (hal/btc/steer.h) with a sequence of the controller's, under
 * which a table remembers who asked, until the blade answers or the time is over.  What is not sent
 * on is counted with its reason.
 *
 * Nothing waits and nothing runs by itself: gateway_poll() does what there is to do.  A request whose
 * sending failed or for which the BTC has no room, and an answer that could not be injected, stay
 * until the next call; while requests wait, the switch's queue keeps the frames.
 */
#ifndef HAL_GATEWAY_H
#define HAL_GATEWAY_H

#include "hal/btc/message.h"
#include "hal/btc/wire.h"
#include "hal/vsc7448/frame.h"

#define GATEWAY_ETYPE         0x88b5u
#define GATEWAY_FRAME_MAX     (18u + BTC_WIRE_MAX)
#define GATEWAY_CONVERSATIONS 256u /* open at once */

struct gateway;

struct gateway_config {
	vsc7448_ports ports; /* external, of the front, not empty */
	uint32_t cpu_queue;  /* 0 to 7 */
	uint32_t timeout_us; /* until a request counts as not answered, at least 1 */
};

/*
 * On an initialized switch and a BTC with an identifier; both must outlive the gateway.  Reads the
 * identifier.  E_RANGE: the configuration; E_STATE: the controller has no identifier.
 */
int gateway_open(struct vsc7448 *chip, struct btc *b, const struct gateway_config *config,
		 struct error *err, struct gateway **out);
void gateway_close(struct gateway *g); /* no access; NULL is allowed */

/*
 * Sets the switch up: frames through registers, and the rules, in front of all others; those that are
 * there already stay.  Ports that look no rules up begin to.  Remove takes the rules away.
 */
int gateway_attach(struct gateway *g, struct error *err);
int gateway_detach(struct gateway *g, struct error *err);

/* Why a frame or an answer went nowhere. */
enum gateway_drop {
	GATEWAY_DROP_MALFORMED, /* no message: too short for its length */
	GATEWAY_DROP_CRC,
	GATEWAY_DROP_ADDRESS, /* its destinations are not the controller, or its source is nobody */
	GATEWAY_DROP_TYPE,    /* one of the platform's own: not from outside */
	GATEWAY_DROP_FULL,    /* GATEWAY_CONVERSATIONS are open */
	GATEWAY_DROP_STEER,   /* no blade for its type */
	GATEWAY_DROP_BUSY,    /* more requests wait than can */
	GATEWAY_DROP_EXPIRED, /* a request that nobody answered in time */
	GATEWAY_DROP_LATE,    /* an answer after that */
	GATEWAY_N_DROPS
};

/* "malformed", "crc", ...; NULL for others. */
const char *gateway_drop_name(enum gateway_drop drop);

/*
 * frames = requests + waiting + the drops from MALFORMED to BUSY;
 * requests = answers + open + EXPIRED (an answer that is still to be injected counts as open).
 */
struct gateway_stats {
	uint64_t frames;   /* of this EtherType to the controller, from the external ports */
	uint64_t requests; /* sent into the bus */
	uint64_t answers;  /* injected */
	uint64_t other; /* other frames that came to the CPU; given to the sink of the poll */
	uint64_t drops[GATEWAY_N_DROPS];
	uint32_t open, waiting; /* now: conversations; requests that wait to be sent */
};
void gateway_stats_get(const struct gateway *g, struct gateway_stats *stats);

/*
 * One round: takes frames from the switch, sends requests into the bus, takes answers, injects them,
 * lets conversations expire.  Other frames that wait for the CPU go to @other (NULL: they are dropped);
 * other messages are kept in the BTC's handle for their readers.
 * E_IO, E_TIMEOUT and the like of either device: what was not done is done by the next call.  A frame
 * that the error hit while it was read from the switch is lost; a message or a frame whose end was
 * the access that failed may be sent twice.
 */
int gateway_poll(struct gateway *g, vsc7448_frame_sink other, void *arg, struct error *err);

/* --- format ------------------------------------------------------------------------------ */

/* How a message is framed. */
struct gateway_frame {
	struct mac to, from;
	bool tagged;
	uint16_t tpid, tci; /* of the tag */
	struct btc_message msg;
};

/* The frame without FCS, not padded.  E_RANGE: the body's length. */
int gateway_frame_encode(const struct gateway_frame *frame, struct error *err,
			 uint8_t bytes[GATEWAY_FRAME_MAX], size_t *n);

/* E_NOTSUP: another EtherType; E_CORRUPT, E_MISMATCH: as btc_wire_decode(). */
int gateway_frame_decode(const uint8_t *bytes, size_t n, struct error *err,
			 struct gateway_frame *frame);

#endif
