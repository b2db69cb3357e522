/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The state of links: what each port's PCS and MAC say now, and what they latched since somebody
 * looked last.
 *
 * Latched bits clear when they are read with this, by writing ones to exactly the bits that were
 * seen: an event that comes in between is kept for the next look.  So each look tells "since the
 * last look", whoever looked.  After the register texts of DEV1G, DEV10G, PCS_10GBASE_R,
 * XFI_SHELL; link of 10G ports as in the vendor's vtss_cil_port_status_get().
 */
#ifndef HAL_VSC7448_LINK_STATUS_H
#define HAL_VSC7448_LINK_STATUS_H

#include "hal/link_mode.h"
#include "hal/vsc7448/vsc7448.h"

/* What latches.  Which of them a port has depends on its mode. */
enum vsc7448_link_event {
	VSC7448_LINK_DOWN,
	VSC7448_LINK_SYNC_LOST,
	VSC7448_LINK_SIGNAL_LOST,
	VSC7448_LINK_ALIGN_LOST,
	VSC7448_LINK_LOCK_CHANGED,
	VSC7448_LINK_HI_BER,
	VSC7448_LINK_LOCAL_FAULT,
	VSC7448_LINK_REMOTE_FAULT,
	VSC7448_LINK_FAR_END_FAULT,
	VSC7448_LINK_CODE_ERROR,
	VSC7448_LINK_PAGE,
	VSC7448_LINK_FIFO,
	VSC7448_LINK_GAP,
	VSC7448_LINK_PREAMBLE,
	VSC7448_LINK_JUNK,
	VSC7448_LINK_FEC_LOCK,
	VSC7448_LINK_EVENT_COUNT
};

/* "link-down" and what it means in one line; @error: a healthy link never has it. */
struct vsc7448_link_event_info {
	const char *name, *meaning;
	bool error;
};
extern const struct vsc7448_link_event_info vsc7448_link_events[VSC7448_LINK_EVENT_COUNT];

struct vsc7448_link {
	uint32_t port;
	bool set_up;         /* the switch core exchanges frames with the port (PORT_ENA) */
	bool has_mode;       /* a PCS is on and clocked; else everything below is 0 */
	enum link_mode mode; /* KR: the macro's set-up; it need not negotiate */
	uint32_t mbps;
	bool pcs2x6g; /* RXAUI with 64b/66b of PCS2X6G, which the vendor's driver uses for it */

	bool link;         /* the PCS passes data, and at 10G no fault is signalled */
	bool signal;       /* signal detect, or not used; XAUI: all lanes in use */
	bool sync;         /* code groups, or blocks (10GBASE-R: block lock) */
	bool aligned;      /* XAUI, RXAUI */
	uint8_t lane_sync; /* XAUI, RXAUI: a bit for each lane */
	bool hi_ber;       /* 10GBASE-R */
	bool local_fault, remote_fault; /* 10G; what is received now */

	bool aneg, aneg_complete; /* negotiation is on; has completed */
	bool has_partner;         /* the partner's page is known */
	uint64_t partner;         /* clause 37, SGMII: 16 bits; clause 73: 48 bits */

	uint32_t downs;  /* 1G: times the link went down, modulo 256 */
	uint32_t errors; /* XAUI: bad code groups; 10GBASE-R: bad blocks; wraps */
	bool fec;        /* forward error correction is on */
	uint32_t fec_corrected, fec_uncorrected; /* blocks; wrap */

	uint32_t events; /* a bit for each enum vsc7448_link_event */
};

#define VSC7448_LINK_KEEP 1u /* do not clear what latched: nothing is written */

/*
 * Reads the links of @ports into @links, in ascending order of port: one transfer for what is not
 * yet known of their configuration (and one for each 10GBASE-R port: is it KR?), one for all states,
 * one that clears what was latched, and one more when the fault state of a 10G port has to be read
 * again after that.  With VSC7448_LINK_KEEP the present faults of a 10G port are only known as far
 * as what latched allows.
 */
int vsc7448_links(struct vsc7448 *chip, vsc7448_ports ports, unsigned flags, struct error *err,
		  struct vsc7448_link *links);

/* The same for one port. */
int vsc7448_link(struct vsc7448 *chip, uint32_t port, unsigned flags, struct error *err,
		 struct vsc7448_link *link);

#endif
