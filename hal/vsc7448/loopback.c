/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/loopback.h"

#include <inttypes.h>

#include "hal/vsc7448/mcb.h"
#include "hal/vsc7448/port_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define COMMON1G VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG
#define COMMON6G VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG

const char *const vsc7448_loop_names[VSC7448_LOOP_COUNT + 1] = { "off", "equipment", "facility",
								 "pcs", NULL };

/* A port that is set up. */
struct looped {
	struct vsc7448 *chip;
	struct regio *io;
	uint32_t port;
	enum link_mode mode;
	uint32_t macros_1g, macros_6g;
	bool is_sd10g65;
};

static int find_port(struct vsc7448 *chip, uint32_t port, struct error *err, struct looped *l)
{
	struct vsc7448__port_macros of;
	int rc = vsc7448__port_macros(chip, port, err, &of);

	if (rc != 0)
		return rc;
	*l = (struct looped){
		.chip = chip,
		.io = chip->io,
		.port = port,
		.mode = of.mode,
		.macros_1g = (uint32_t)of.macros & ((1u << MCB_N_SERDES1G) - 1),
		.macros_6g = (uint32_t)(of.macros >> VSC7448_BIT_SERDES6G) &
			     ((1u << MCB_N_SERDES6G) - 1),
		.is_sd10g65 = of.macros >> VSC7448_BIT_SD10G65 != 0,
	};
	return 0;
}

static uint32_t nr(const struct looped *l)
{
	return vsc7448__nr_10g(l->port);
}

/* Four QSGMII ports share a macro. */
static int check_group(const struct looped *l, struct error *err)
{
	struct vsc7448_port_use uses[VSC7448_N_PORTS];
	int rc = vsc7448_port_uses(l->chip, err, uses);

	for (uint32_t port = l->port & ~3u; rc == 0 && port <= (l->port | 3u); port++)
		if (port != l->port && uses[port].set_up)
			return error_set(
				err, E_STATE,
				"port %" PRIu32 " shares its SerDes with port %" PRIu32
				", which is set up: use the loop pcs, or free it first",
				l->port, port);
	return rc;
}

/* --- SerDes ------------------------------------------------------------------------------ */

static void lane_reset(struct regio *io, enum mcb_kind kind, uint32_t macros)
{
	for (uint32_t reset = 2; reset-- > 0;) {
		if (kind == MCB_SERDES1G)
			regio_fields(
				io, VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_MISC_CFG,
				F(HSIO_SERDES1G_DIG_CFG_SERDES1G_MISC_CFG, LANE_RST, reset));
		else
			regio_fields(
				io, VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_MISC_CFG,
				F(HSIO_SERDES6G_DIG_CFG_SERDES6G_MISC_CFG, LANE_RST, reset));
		vsc7448__mcb_store(io, kind, macros);
	}
}

static void set_1g(struct regio *io, uint32_t macros, enum vsc7448_loop loop)
{
	bool facility = loop == VSC7448_LOOP_FACILITY;

	vsc7448__mcb_load(io, MCB_SERDES1G, macros & -macros);
	regio_fields(io, VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_SER_CFG,
		     F(HSIO_SERDES1G_ANA_CFG_SERDES1G_SER_CFG, SER_ENALI, facility));
	regio_fields(io, COMMON1G,
		     F(HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG, ENA_ELOOP,
		       loop == VSC7448_LOOP_EQUIPMENT),
		     F(HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG, ENA_FLOOP, facility));
	lane_reset(io, MCB_SERDES1G, macros);
}

static void set_6g(struct regio *io, uint32_t macros, enum vsc7448_loop loop)
{
	bool facility = loop == VSC7448_LOOP_FACILITY;

	vsc7448__mcb_load(io, MCB_SERDES6G, macros & -macros);
	regio_fields(io, VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_SER_CFG,
		     F(HSIO_SERDES6G_ANA_CFG_SERDES6G_SER_CFG, SER_ENALI, facility));
	regio_fields(io, COMMON6G,
		     F(HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG, ENA_ELOOP,
		       loop == VSC7448_LOOP_EQUIPMENT),
		     F(HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG, ENA_FLOOP, facility));
	lane_reset(io, MCB_SERDES6G, macros);
}

/* The pad loop: from the output buffer, with the signal detector told that there is one. */
static void set_10g(struct regio *io, uint32_t i, enum vsc7448_loop loop)
{
	bool equipment = loop == VSC7448_LOOP_EQUIPMENT;

	regio_fields(io, VSC7448_XGANA_SD10G65_OB_SD10G65_OB_CFG0(i),
		     F(XGANA_SD10G65_OB_SD10G65_OB_CFG0, EN_PAD_LOOP, equipment));
	regio_fields(io, VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG0(i),
		     F(XGANA_SD10G65_IB_SD10G65_IB_CFG0, IB_SIG_SEL, equipment ? 2 : 0));
	regio_fields(io, VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG3(i),
		     F(XGANA_SD10G65_IB_SD10G65_IB_CFG3, IB_SET_SDET, equipment));
	regio_fields(io, VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG10(i),
		     F(XGANA_SD10G65_IB_SD10G65_IB_CFG10, IB_LOOP_REC, equipment));
	regio_fields(io, VSC7448_XGXFI_XFI_CONTROL_XFI_MODE(i),
		     F(XGXFI_XFI_CONTROL_XFI_MODE, SEL_LINELB, loop == VSC7448_LOOP_FACILITY));
}

/* --- PCS --------------------------------------------------------------------------------- */

/* A register of the port's PCS with one bit or two. */
struct bits {
	uint64_t addr;
	struct reg_field first, second;
};

static struct bits pcs_loop(const struct looped *l)
{
	switch (l->mode) {
	case LINK_MODE_100BASE_FX:
		return (struct bits){
			.addr = VSC7448__DEV1G(l->port, PCS_FX100_CONFIGURATION_PCS_FX100_CFG),
			.first =
				VSC7448_DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG__LOOPBACK_ENA,
		};
	case LINK_MODE_XAUI:
		return (struct bits){
			.addr = VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG(nr(l)),
			.first =
				VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG__XAUI_LOOP_ENA,
		};
	case LINK_MODE_RXAUI:
		return (struct bits){
			.addr = VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG(nr(l)),
			.first = VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG__SLOOP_ENA,
		};
	case LINK_MODE_10GBASE_R:
	case LINK_MODE_10GBASE_KR:
		return (struct bits){
			.addr = VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG(nr(l)),
			.first = VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG__PMA_LOOPBACK_ENA,
		};
	default:
		return (struct bits){
			.addr = VSC7448__DEV1G(l->port, PCS1G_CFG_STATUS_PCS1G_LB_CFG),
			.first = VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_LB_CFG__TBI_HOST_LB_ENA,
		};
	}
}

/* SD_ENA and SD_POL. */
static struct bits signal_detect(const struct looped *l)
{
	switch (l->mode) {
	case LINK_MODE_100BASE_FX:
		return (struct bits){
			VSC7448__DEV1G(l->port, PCS_FX100_CONFIGURATION_PCS_FX100_CFG),
			VSC7448_DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG__SD_ENA,
			VSC7448_DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG__SD_POL,
		};
	case LINK_MODE_XAUI:
		return (struct bits){
			VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_SD_CFG(nr(l)),
			VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_SD_CFG__SD_ENA,
			VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_SD_CFG__SD_POL,
		};
	case LINK_MODE_RXAUI:
		return (struct bits){
			VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG(nr(l)),
			VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG__SD_ENA,
			VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG__SD_POL,
		};
	case LINK_MODE_10GBASE_R:
	case LINK_MODE_10GBASE_KR:
		return (struct bits){
			VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_SD_CFG(nr(l)),
			VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_SD_CFG__SD_ENA,
			VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_SD_CFG__SD_POL,
		};
	default:
		return (struct bits){
			VSC7448__DEV1G(l->port, PCS1G_CFG_STATUS_PCS1G_SD_CFG),
			VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_SD_CFG__SD_ENA,
			VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_SD_CFG__SD_POL,
		};
	}
}

/* Both bits 0: ignored for a loop.  Ports that never used it have SD_POL 1. */
static int ignore_signal(const struct looped *l, bool ignored)
{
	struct bits sd = signal_detect(l);
	uint32_t mask = (uint32_t)(reg_field_mask(sd.first) | reg_field_mask(sd.second));
	uint32_t value;
	int rc = regio_get(l->io, sd.addr, &value);

	if (rc != 0)
		return rc;
	if (ignored ? reg_field_get(value, sd.first) != 0 : (value & mask) == 0)
		regio_set(l->io, sd.addr, mask, ignored ? 0 : mask);
	return 0;
}

/* --- both -------------------------------------------------------------------------------- */

int vsc7448_loop_set(struct vsc7448 *chip, uint32_t port, enum vsc7448_loop loop,
		     struct error *err)
{
	struct bits pcs;
	struct looped l;
	enum vsc7448_loop before = VSC7448_LOOP_OFF;
	int rc = find_port(chip, port, err, &l);

	if (rc == 0 && l.mode == LINK_MODE_QSGMII)
		rc = vsc7448_loop_get(chip, port, err, &before);
	if (rc == 0 && l.mode == LINK_MODE_QSGMII &&
	    (loop == VSC7448_LOOP_EQUIPMENT || loop == VSC7448_LOOP_FACILITY))
		rc = check_group(&l, err);
	if (rc != 0)
		return rc;
	pcs = pcs_loop(&l);
	regio_set(l.io, pcs.addr, (uint32_t)reg_field_mask(pcs.first),
		  loop == VSC7448_LOOP_PCS ? UINT32_MAX : 0);
	if (l.macros_1g != 0)
		set_1g(l.io, l.macros_1g, loop);
	/* A PCS loop of one of four ports leaves the lane of all alone. */
	if (l.macros_6g != 0 && !(l.mode == LINK_MODE_QSGMII && loop == VSC7448_LOOP_PCS) &&
	    !(l.mode == LINK_MODE_QSGMII && before == VSC7448_LOOP_PCS))
		set_6g(l.io, l.macros_6g, loop);
	if (l.is_sd10g65)
		set_10g(l.io, nr(&l), loop);
	ignore_signal(&l, loop != VSC7448_LOOP_OFF);
	return regio_end(l.io, err);
}

static enum vsc7448_loop of_bits(bool equipment, bool facility)
{
	return equipment  ? VSC7448_LOOP_EQUIPMENT
	       : facility ? VSC7448_LOOP_FACILITY
			  : VSC7448_LOOP_OFF;
}

static int serdes_loop(const struct looped *l, enum vsc7448_loop *loop)
{
	uint32_t value, mode;
	int rc;

	if (l->is_sd10g65) {
		rc = regio_get(l->io, VSC7448_XGANA_SD10G65_OB_SD10G65_OB_CFG0(nr(l)), &value);
		if (rc == 0)
			rc = regio_get(l->io, VSC7448_XGXFI_XFI_CONTROL_XFI_MODE(nr(l)), &mode);
		if (rc == 0)
			*loop = of_bits(
				reg_field_get(
					value,
					VSC7448_XGANA_SD10G65_OB_SD10G65_OB_CFG0__EN_PAD_LOOP),
				reg_field_get(mode,
					      VSC7448_XGXFI_XFI_CONTROL_XFI_MODE__SEL_LINELB));
		return rc;
	}
	if (l->macros_1g != 0) {
		vsc7448__mcb_load(l->io, MCB_SERDES1G, l->macros_1g & -l->macros_1g);
		rc = regio_read(l->io, COMMON1G, &value);
		if (rc == 0)
			*loop = of_bits(
				reg_field_get(
					value,
					VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG__ENA_ELOOP),
				reg_field_get(
					value,
					VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG__ENA_FLOOP));
		return rc;
	}
	vsc7448__mcb_load(l->io, MCB_SERDES6G, l->macros_6g & -l->macros_6g);
	rc = regio_read(l->io, COMMON6G, &value);
	if (rc == 0)
		*loop = of_bits(
			reg_field_get(
				value,
				VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG__ENA_ELOOP),
			reg_field_get(
				value,
				VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG__ENA_FLOOP));
	return rc;
}

int vsc7448_loop_get(struct vsc7448 *chip, uint32_t port, struct error *err,
		     enum vsc7448_loop *loop)
{
	struct looped l;
	struct bits pcs;
	enum vsc7448_loop found = VSC7448_LOOP_OFF;
	uint32_t value = 0;
	int rc = find_port(chip, port, err, &l);

	if (rc != 0)
		return rc;
	pcs = pcs_loop(&l);
	if (regio_get(l.io, pcs.addr, &value) == 0)
		serdes_loop(&l, &found);
	rc = regio_end(l.io, err);
	if (rc != 0)
		return rc;
	*loop = reg_field_get(value, pcs.first) != 0 ? VSC7448_LOOP_PCS : found;
	return 0;
}
