/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files that set up ports. */
#ifndef HAL_VSC7448_PORT_PRIV_H
#define HAL_VSC7448_PORT_PRIV_H

#include "hal/vsc7448/port.h"
#include "hal/vsc7448/fields.h"

/* --- where a port's registers are: HOWTO section 4 ---------------------------------------- */

#define VSC7448_FIRST_10G 49u

static inline bool vsc7448__has_10g(uint32_t port)
{
	return port >= VSC7448_FIRST_10G;
}

/* The port's number among the 10G devices and macros. */
static inline uint32_t vsc7448__nr_10g(uint32_t port)
{
	return port - VSC7448_FIRST_10G;
}

/* Where the port's DEV1G or DEV2G5 starts; both have the layout of DEV1G. */
uint64_t vsc7448__dev1g_base(uint32_t port);

/* The address of a DEV1G register, by its name without "DEV1G_". */
#define VSC7448__DEV1G(port, reg)                                                              \
	(vsc7448__dev1g_base(port) +                                                           \
	 (VSC7448_DEV1G_##reg(0) - VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(0)))

/* HW_CFG: which device a 10G port uses and on which lanes. */
enum vsc7448_hw_10g { HW_10G_SFI, HW_10G_XAUI, HW_10G_RXAUI, HW_10G_DEV2G5 };
enum vsc7448_hw_10g vsc7448__hw_10g(enum link_mode mode);

static inline struct reg_field vsc7448__hw_cfg_field(uint32_t port)
{
	return (struct reg_field)REG_FIELD(12 + 2 * vsc7448__nr_10g(port), 2);
}

static inline bool vsc7448__is_10g_mode(enum link_mode mode)
{
	return link_mode_mbps(mode) == 10000;
}

/*
 * vsc7448_port_conf_check(), then the conflict check: E_STATE names the port to free.  No write.
 */
int vsc7448__port_allowed(struct vsc7448 *chip, uint32_t port,
			  const struct vsc7448_port_conf *conf, struct error *err);

/* --- SerDes macros ------------------------------------------------------------------------ */

/* Of a port that is set up.  E_RANGE: no such port; E_STATE: it is not set up. */
struct vsc7448__port_macros {
	enum link_mode mode;
	uint64_t macros; /* vsc7448_port_serdes() */
};
int vsc7448__port_macros(struct vsc7448 *chip, uint32_t port, struct error *err,
			 struct vsc7448__port_macros *found);

/* --- SerDes: queue everything, waits included --------------------------------------------- */

/* What a SERDES1G or SERDES6G lane does; a 1G macro has OFF to 1000BASE_X only. */
enum vsc7448_lane {
	LANE_OFF,
	LANE_100BASE_FX,
	LANE_SGMII,
	LANE_1000BASE_X,
	LANE_2G5,
	LANE_QSGMII,
	LANE_XAUI,
	LANE_RXAUI,
	LANE_COUNT
};

/* Bits of @macros are macros: several at once get the same set-up, from the lowest one's rest. */
void vsc7448__serdes1g_set(struct regio *io, uint32_t macros, enum vsc7448_lane lane);
void vsc7448__serdes6g_set(struct regio *io, uint32_t macros, enum vsc7448_lane lane);

/* Lanes that send nothing, for a disabled XAUI or RXAUI port; the rest stays. */
void vsc7448__serdes6g_idle(struct regio *io, uint32_t macros, bool idle);

/* The 10G macro @nr (0 to 3) with its XFI shell: transmitter, receiver, equalizer. */
void vsc7448__sd10g65_set(struct regio *io, uint32_t nr, enum link_mode mode,
			  enum vsc7448_media media);
/* Nothing leaves the macro any more, by its output level. */
void vsc7448__sd10g65_mute(struct regio *io, uint32_t nr);
/* Which preset the registers hold. */
int vsc7448__sd10g65_media(struct regio *io, uint32_t nr, enum vsc7448_media *media);

/* --- MAC and core ------------------------------------------------------------------------- */

/*
 * Queues: takes the port out of the core and empties its queues, with its DEV10G (@is_10g) or its
 * DEV1G in reset afterwards.
 */
void vsc7448__flush(struct regio *io, uint32_t port, bool is_10g);

void vsc7448__dev1g_set(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf);
void vsc7448__dev10g_set(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf);
/*
 * SD_CFG, which is alike in all kinds of PCS: bit 8 the pin, bit 4 active high, bit 0 enable.  The
 * driver sets the first two also where it does not enable signal detect.
 */
static inline uint32_t vsc7448__sd_cfg(enum vsc7448_sigdet sigdet)
{
	bool from_pin = sigdet != VSC7448_SIGDET_SERDES;

	return (uint32_t)from_pin << 8 | 1u << 4 | (sigdet != VSC7448_SIGDET_NONE);
}

/* The tags that the MAC allows; of a 10G port both its MACs. */
void vsc7448__port_tags(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf);

/* Flow control; runs the queue, since watermarks depend on others. */
int vsc7448__flow_control(struct regio *io, uint32_t port,
			  const struct vsc7448_port_conf *conf);

/* FWD_URGENCY and PORT_ENA. */
void vsc7448__join_core(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf);

#endif
