/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frames to and from the CPU through registers: injection and extraction group 0 of DEVCPU_QS.
 *
 * A frame here is without FCS; in front of it, towards the chip, stands the internal frame header
 * of 28 bytes (IFH) that the functions make and take apart.  Sources: HOWTO section l; MESA
 * base/jaguar2/vtss_jaguar2_packet.c (jr2_rx_frame_get_internal, jr2_tx_frame_ifh,
 * vtss_cil_packet_tx_hdr_encode, ..._rx_hdr_decode); regmaps/vsc7448/devcpu_qs.rdl.
 */
#ifndef HAL_VSC7448_FRAME_H
#define HAL_VSC7448_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal/vsc7448/vsc7448.h"

#define VSC7448_IFH_BYTES 28u
#define VSC7448_FRAME_MIN 60u /* shorter frames are padded with zeros */
#define VSC7448_FRAME_MAX 16000u
/* Words of a frame of 64 bytes: IFH, data, status, and the escape that class 0 needs in the IFH. */
#define VSC7448_FRAME_BURST_64 25u

/*
 * Gives group 0 to the registers, little-endian on the wire as MESA does, and leads the eight CPU
 * queues to it (QFWD FRAME_COPY_CFG, class = queue).  E_IO and the like.
 */
int vsc7448_frame_setup(struct vsc7448 *chip, struct error *err);

/* --- sending ----------------------------------------------------------------------------- */

enum vsc7448_frame_way {
	VSC7448_FRAME_DIRECT, /* out of @ports as it is, past the analyzer and the rewriter */
	VSC7448_FRAME_REWRITTEN, /* out of @ports, tagged as these tag frames of @vid */
	VSC7448_FRAME_SWITCHED,  /* as from the CPU port: the VLAN comes from its tag */
	VSC7448_FRAME_FROM_PORT, /* switched as if received at @port in VLAN @vid */
};

struct vsc7448_frame_out {
	enum vsc7448_frame_way way;
	vsc7448_ports ports; /* DIRECT, REWRITTEN: of the front, not empty */
	uint32_t port;       /* FROM_PORT: of the front */
	uint32_t vid;        /* REWRITTEN, FROM_PORT: 0 to 4095 */
	uint8_t pcp, dei;
	uint8_t cls; /* class of service, 0 to 7 */
};

/* The header of such a frame; for tests against known ones.  E_RANGE. */
int vsc7448_ifh_encode(const struct vsc7448_frame_out *out, struct error *err,
		       uint8_t ifh[VSC7448_IFH_BYTES]);

/*
 * Sends a frame of 14 to VSC7448_FRAME_MAX bytes, in two transfers.  E_RANGE; E_TIMEOUT: the FIFO
 * did not become ready within 1 ms; E_BUSY: the queue system is full (WMARK_REACHED); E_IO: the
 * chip lost a word (WR_ERR_STICKY).  A frame that an error cut off is aborted by the next one.
 */
int vsc7448_frame_send(struct vsc7448 *chip, const struct vsc7448_frame_out *out,
		       const uint8_t *frame, size_t len, struct error *err);

/* --- receiving --------------------------------------------------------------------------- */

struct vsc7448_frame_in {
	uint32_t port;  /* where it came in; 53, 54: injected by the CPU */
	uint8_t queues; /* CPU queues it was sent to, one bit each */
	uint16_t vid;   /* classified */
	uint8_t pcp, dei, cls;
	bool s_tag; /* its tag was an S-tag */
	uint32_t timestamp;
	bool pruned;         /* the rest was cut off (XTR_FRM_PRUNING); there is no FCS */
	const uint8_t *data; /* without FCS, as received; lives as long as the call */
	size_t len;
};

/* E_CORRUPT: not an IFH (bit 15 of its VStaX part is 0). */
int vsc7448_ifh_decode(const uint8_t ifh[VSC7448_IFH_BYTES], struct error *err,
		       struct vsc7448_frame_in *in);

/* Takes a frame; false: no more, please. */
typedef bool (*vsc7448_frame_sink)(void *arg, const struct vsc7448_frame_in *in);

struct vsc7448_frame_stats {
	size_t frames;
	size_t aborted; /* by the chip: invalid, not handed out */
};

/*
 * Hands the waiting frames to @sink, until none waits, @sink says no, or @max came.  Words are read
 * in bursts: whatever a burst popped is handed out too, so that nothing is lost, which can be a
 * few frames more than @max.  Every status word is obeyed.
 *
 * E_TIMEOUT: a frame did not go on within 10 ms; E_CORRUPT: words that make no frame.  After an
 * error the place in the stream is lost: the next call throws away what waits (XTR_FLUSH).
 */
int vsc7448_frames_receive(struct vsc7448 *chip, size_t max, vsc7448_frame_sink sink, void *arg,
			   struct vsc7448_frame_stats *stats, struct error *err);

/* Throws waiting frames away. */
int vsc7448_frames_flush(struct vsc7448 *chip, struct error *err);

#endif
