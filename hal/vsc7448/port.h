/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ports of the VSC7448: SerDes, PCS, MAC, flow control.  Forwarding (which port may send to
 * which) is elsewhere and is not touched here.
 *
 * A port is "set up" when the switch core may exchange frames with it (PORT_ENA); only then it
 * owns its SerDes.  A port that is set up can be disabled: its line is silent, the rest stays.
 *
 * Source of the sequences: vtss_jaguar2_port.c, vtss_jaguar2_serdes.c and
 * vtss_jaguar2c_sd10g65_setup.c of the vendor's driver as traced (HOWTO 5b); none was run on
 * silicon.
 */
#ifndef HAL_VSC7448_PORT_H
#define HAL_VSC7448_PORT_H

#include "hal/link_mode.h"
#include "hal/vsc7448/vsc7448.h"

/* Which end of SGMII autonegotiation the port is. */
enum vsc7448_sgmii {
	VSC7448_SGMII_FIXED, /* MAC side, no autonegotiation: the speed is as configured */
	VSC7448_SGMII_AUTO,  /* MAC side facing a PHY that tells speed and link ("Cisco SGMII",
			      * as the PHY in an SFP does) */
	VSC7448_SGMII_COUNT
};
extern const char *const vsc7448_sgmii_names[VSC7448_SGMII_COUNT + 1];

/* Where the PCS takes signal detect from. */
enum vsc7448_sigdet {
	VSC7448_SIGDET_NONE,   /* always there */
	VSC7448_SIGDET_PIN,    /* the input from outside, active high */
	VSC7448_SIGDET_SERDES, /* the SerDes' own detector */
	VSC7448_SIGDET_COUNT
};
extern const char *const vsc7448_sigdet_names[VSC7448_SIGDET_COUNT + 1];

/* What a 10G macro's receiver is tuned for; vtss_sd10g_media_type_t. */
enum vsc7448_media {
	VSC7448_MEDIA_NONE, /* no preset */
	VSC7448_MEDIA_SR,   /* optical, short reach */
	VSC7448_MEDIA_ZR,   /* optical, long reach */
	VSC7448_MEDIA_DAC,  /* copper cable */
	VSC7448_MEDIA_BP,   /* backplane */
	VSC7448_MEDIA_B2B,  /* short trace on the board */
	VSC7448_MEDIA_KR,   /* backplane with training: 10GBASE-KR */
	VSC7448_MEDIA_COUNT
};
extern const char *const vsc7448_media_names[VSC7448_MEDIA_COUNT + 1];

#define VSC7448_MIN_FRAME_BYTES 64u
#define VSC7448_MAX_FRAME_BYTES 10240u /* DEV1G MAC_MAXLEN_CFG: more does not fit the buffers */

struct vsc7448_port_conf {
	enum link_mode mode;
	uint32_t mbps;            /* SGMII and QSGMII: 10, 100 or 1000; else the mode's rate */
	bool enabled;             /* the line is driven and listened to */
	bool half_duplex;         /* SGMII and QSGMII at 10 and 100 Mb/s only */
	enum vsc7448_sgmii sgmii; /* SGMII only */
	bool clause37;            /* 1000BASE-X: autonegotiate (full duplex and pause) */
	enum vsc7448_sigdet sigdet;
	enum vsc7448_media media; /* 10GBASE-R and -KR (there always KR) */
	bool pause_obey;          /* stop sending when the partner's pause frames say so */
	bool pause_generate;      /* send pause frames instead of dropping */
	uint32_t max_frame_bytes; /* with FCS, without tags */
	uint32_t max_tags;        /* 0 to 2 VLAN tags are allowed beyond max_frame_bytes */
	bool length_check;        /* drop frames whose length field is wrong */
	uint8_t pause_mac[6];     /* source address of pause frames */
};

/*
 * The configuration that the vendor's driver gives a port: @mode at its rate, enabled, signal
 * detect from the pin for optics (none for SGMII, QSGMII, XAUI, RXAUI), 1518 bytes, two tags.
 */
void vsc7448_port_conf_default(enum link_mode mode, struct vsc7448_port_conf *conf);

/*
 * Is @conf possible on @port?  Looks at nothing but the arguments.  E_NOTSUP: the port does not
 * carry the mode; E_RANGE: a value the mode does not have.
 */
int vsc7448_port_conf_check(uint32_t port, const struct vsc7448_port_conf *conf,
			    struct error *err);

/*
 * The ports that must be freed (vsc7448_port_free()) before @port can have @mode: those whose
 * SerDes it needs, or that a QSGMII group would move with it.  About three reads.
 */
int vsc7448_port_conflicts(struct vsc7448 *chip, uint32_t port, enum link_mode mode,
			   struct error *err, vsc7448_ports *ports);

/*
 * Sets the port up: SerDes, flush, PCS and MAC, flow control, and joins it to the switch core.
 * 10GBASE-KR gets what vsc7448_kr_start() starts from, which is the caller's to call; any other
 * mode of a 10G port ends auto-negotiation.
 * Waits up to some tenths of a second (calibration).  E_STATE: another port owns the SerDes, or
 * the calendar gives the port too little bandwidth; the text names the port to free, and nothing
 * was changed.  E_TIMEOUT: names register, bit and time.  After an error the port is not
 * forwarding (PORT_ENA) unless it failed at its very beginning; the same call can be repeated.
 */
int vsc7448_port_conf_set(struct vsc7448 *chip, uint32_t port,
			  const struct vsc7448_port_conf *conf, struct error *err);

/*
 * The configuration as the chip has it; reads only.  *@set_up is false for a port that nobody
 * set up (then @conf holds what is found there, of no meaning).
 */
int vsc7448_port_conf_get(struct vsc7448 *chip, uint32_t port, struct error *err, bool *set_up,
			  struct vsc7448_port_conf *conf);

/*
 * Changes a port that is set up to @conf: as vsc7448_port_conf_set(), but the SerDes is left
 * alone when it need not change.  Frames in the port's queues are lost.  E_STATE: not set up,
 * which the port may be after an error too.
 */
int vsc7448_port_conf_change(struct vsc7448 *chip, uint32_t port,
			     const struct vsc7448_port_conf *conf, struct error *err);

/*
 * Disable: the line is silent and nothing is received, the port keeps its SerDes.  Of a QSGMII
 * port only the MAC stops, since its line belongs to four ports.  Enable takes it back, without
 * touching the queues.  E_STATE: the port is not set up.
 */
int vsc7448_port_disable(struct vsc7448 *chip, uint32_t port, struct error *err);
int vsc7448_port_enable(struct vsc7448 *chip, uint32_t port, struct error *err);

/* Empties the port's queues; it is set up as before afterwards.  Errors as of a change. */
int vsc7448_port_flush(struct vsc7448 *chip, uint32_t port, struct error *err);

/*
 * Takes the port out of the switch core, flushes it and turns its SerDes off (that of a QSGMII
 * group with its last port): another port can have it.  Allowed for a port that is not set up.
 */
int vsc7448_port_free(struct vsc7448 *chip, uint32_t port, struct error *err);

/* Ports that are set up, and the SerDes macros each owns, as vsc7448_port_serdes() has them. */
struct vsc7448_port_use {
	bool set_up;
	enum link_mode mode;
	uint64_t serdes;
};
int vsc7448_port_uses(struct vsc7448 *chip, struct error *err,
		      struct vsc7448_port_use uses[VSC7448_N_PORTS]);

#endif
