/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 10GBASE-KR: backplane auto-negotiation (IEEE 802.3 clause 73), link training (clause 72),
 * forward error correction (clause 74).
 *
 * Auto-negotiation runs in the chip, but asks software for three things through
 * XGXFI:KR_CONTROL: to set the line rate (its requests are cleared when that is done; the only rate
 * that is advertised is 10 Gb/s, at which the SerDes is already), and to switch error correction
 * on or off.  Somebody has to call vsc7448_kr_service() or vsc7448_kr_wait() until the link is up.
 *
 * Sequences after the vendor's vtss_cil_port_kr_conf_set(), _kr_status(), _kr_fec_set()
 * (vtss_jaguar2_port.c; traces kr_port49*).  Ports 49 to 52 in 10GBASE-R with the SerDes set up for
 * KR (vsc7448_port_conf_set() with LINK_MODE_10GBASE_KR).
 */
#ifndef HAL_VSC7448_KR_H
#define HAL_VSC7448_KR_H

#include "hal/vsc7448/vsc7448.h"

struct vsc7448_kr_conf {
	bool training;   /* train the link when 10GBASE-KR was negotiated */
	bool fec_wanted; /* ask for error correction; the ability is always told */
};

/*
 * Starts auto-negotiation; the link goes down until it has completed.  E_NOTSUP: no 10G port;
 * E_STATE: the port is not in 10GBASE-R.
 */
int vsc7448_kr_start(struct vsc7448 *chip, uint32_t port, const struct vsc7448_kr_conf *conf,
		     struct error *err);

/* Ends it: the port is a 10GBASE-R port again, error correction is off. */
int vsc7448_kr_stop(struct vsc7448 *chip, uint32_t port, struct error *err);

/* States of XGKR1:AN_SM, as the vendor's driver numbers them; others have no name. */
enum vsc7448_kr_state {
	VSC7448_KR_ENABLE = 0,
	VSC7448_KR_TRANSMIT_DISABLE = 1,
	VSC7448_KR_ABILITY_DETECT = 2,
	VSC7448_KR_ACKNOWLEDGE_DETECT = 3,
	VSC7448_KR_COMPLETE_ACKNOWLEDGE = 4,
	VSC7448_KR_TRAINING = 5,
	VSC7448_KR_GOOD_CHECK = 6,
	VSC7448_KR_GOOD = 7,
	VSC7448_KR_RATE_DETECT = 8,
	VSC7448_KR_RATE_WAIT = 13,
};
const char *vsc7448_kr_state_name(uint8_t state); /* "training"; NULL: unknown */

struct vsc7448_kr_status {
	bool enabled;  /* auto-negotiation is on */
	uint8_t state; /* enum vsc7448_kr_state */
	bool complete; /* good, completed, and blocks are found */
	bool block_lock;
	bool partner_able;
	uint64_t partner;                            /* its base page, 48 bits; 0: none yet */
	bool page_received, incompatible, own_nonce; /* since the last status: these clear */
	bool trains;                                 /* training is not switched off */
	bool trained, training, training_failed;
	uint8_t tap_pre, tap_main, tap_post; /* of our transmitter, as the partner moved it */
	bool fec_negotiated, fec;            /* agreed on; switched on */
	uint32_t fec_corrected, fec_uncorrected; /* blocks; wrap */
	bool wants_rate, wants_fec;              /* requests that software has not answered */
};

/* Reads it in one transfer.  Registers that clear when read are read: see the members. */
int vsc7448_kr_status(struct vsc7448 *chip, uint32_t port, struct error *err,
		      struct vsc7448_kr_status *status);

/* Answers the requests of auto-negotiation; then the status, as above. */
int vsc7448_kr_service(struct vsc7448 *chip, uint32_t port, struct error *err,
		       struct vsc7448_kr_status *status);

/*
 * Answers requests of @ports until all their links are complete, at most @timeout_us; both ends of
 * a cable between two ports of the chip have to be waited for together.  Auto-negotiation takes
 * some 70 ms (break_link_timer, 73.10.2), training at most 500 ms (max_wait_timer, 72.6.10.3.2):
 * 2 s are enough.  @status: one for each port, in ascending order.  E_TIMEOUT: names the register
 * and the state that lasted, or that training has failed.
 */
#define VSC7448_KR_TIMEOUT_US 2000000u
int vsc7448_kr_wait(struct vsc7448 *chip, vsc7448_ports ports, uint32_t timeout_us,
		    struct error *err, struct vsc7448_kr_status *status);

#endif
