/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a port can be, and who is in the way. */
#include <inttypes.h>
#include <string.h>

#include "hal/vsc7448/calendar.h"
#include "hal/vsc7448/port_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

const char *const vsc7448_sgmii_names[VSC7448_SGMII_COUNT + 1] = { "fixed", "auto" };
const char *const vsc7448_sigdet_names[VSC7448_SIGDET_COUNT + 1] = { "none", "pin", "serdes" };
const char *const vsc7448_media_names[VSC7448_MEDIA_COUNT + 1] = { "none", "sr",  "zr", "dac",
								   "bp",   "b2b", "kr" };

void vsc7448_port_conf_default(enum link_mode mode, struct vsc7448_port_conf *conf)
{
	bool optical = mode == LINK_MODE_100BASE_FX || mode == LINK_MODE_1000BASE_X ||
		       mode == LINK_MODE_2500BASE_X || mode == LINK_MODE_10GBASE_R ||
		       mode == LINK_MODE_10GBASE_KR;

	*conf = (struct vsc7448_port_conf){
		.mode = mode,
		.mbps = link_mode_mbps(mode),
		.enabled = true,
		.sigdet = optical ? VSC7448_SIGDET_PIN : VSC7448_SIGDET_NONE,
		.media = mode == LINK_MODE_10GBASE_R    ? VSC7448_MEDIA_SR
			 : mode == LINK_MODE_10GBASE_KR ? VSC7448_MEDIA_KR
							: VSC7448_MEDIA_NONE,
		.max_frame_bytes = 1518,
		.max_tags = 2,
	};
}

static bool has_speeds(enum link_mode mode)
{
	return mode == LINK_MODE_SGMII || mode == LINK_MODE_QSGMII;
}

static int check_speed(const struct vsc7448_port_conf *conf, struct error *err)
{
	uint32_t mbps = conf->mbps;

	if (has_speeds(conf->mode) ? mbps != 10 && mbps != 100 && mbps != 1000
				   : mbps != link_mode_mbps(conf->mode))
		return error_set(err, E_RANGE, "%s has no speed of %" PRIu32 " Mb/s",
				 link_mode_names[conf->mode], mbps);
	if (conf->half_duplex && (!has_speeds(conf->mode) || mbps == 1000))
		return error_set(err, E_RANGE,
				 "half duplex is for sgmii and qsgmii at 10 and 100 Mb/s");
	if (conf->half_duplex && (conf->pause_obey || conf->pause_generate))
		return error_set(err, E_RANGE, "pause frames need full duplex");
	return 0;
}

static int check_options(const struct vsc7448_port_conf *conf, struct error *err)
{
	bool base_r = conf->mode == LINK_MODE_10GBASE_R;

	if (conf->sgmii == VSC7448_SGMII_AUTO && conf->mode != LINK_MODE_SGMII)
		return error_set(err, E_RANGE, "%s has no SGMII autonegotiation",
				 link_mode_names[conf->mode]);
	if (conf->clause37 && conf->mode != LINK_MODE_1000BASE_X)
		return error_set(err, E_RANGE, "%s has no clause 37 autonegotiation",
				 link_mode_names[conf->mode]);
	if (base_r ? conf->media == VSC7448_MEDIA_KR
		   : conf->mode != LINK_MODE_10GBASE_KR && conf->media != VSC7448_MEDIA_NONE)
		return error_set(err, E_RANGE, "%s has no medium %s",
				 link_mode_names[conf->mode], vsc7448_media_names[conf->media]);
	return 0;
}

int vsc7448_port_conf_check(uint32_t port, const struct vsc7448_port_conf *conf,
			    struct error *err)
{
	int rc;

	if (!vsc7448_port_carries(port, conf->mode))
		return error_set(err, E_NOTSUP, "port %" PRIu32 " cannot have %s", port,
				 link_mode_names[conf->mode]);
	rc = check_speed(conf, err);
	if (rc == 0)
		rc = check_options(conf, err);
	if (rc != 0)
		return rc;
	if (conf->max_frame_bytes < VSC7448_MIN_FRAME_BYTES ||
	    conf->max_frame_bytes > VSC7448_MAX_FRAME_BYTES)
		return error_set(err, E_RANGE,
				 "frames of %" PRIu32 " bytes: the maximum is %u to %u",
				 conf->max_frame_bytes, VSC7448_MIN_FRAME_BYTES,
				 VSC7448_MAX_FRAME_BYTES);
	if (conf->max_tags > 2)
		return error_set(err, E_RANGE, "%" PRIu32 " VLAN tags: at most 2",
				 conf->max_tags);
	return 0;
}

/* --- who is in the way -------------------------------------------------------------------- */

static bool is_qsgmii_group(uint32_t hw_cfg, uint32_t port)
{
	return port < 48 && (hw_cfg >> port / 4 & 1) != 0;
}

/* The macros that HW_CFG connects to a port. */
static uint64_t connected(uint32_t hw_cfg, uint32_t port)
{
	static const enum link_mode modes[] = {
		[HW_10G_SFI] = LINK_MODE_10GBASE_R,
		[HW_10G_XAUI] = LINK_MODE_XAUI,
		[HW_10G_RXAUI] = LINK_MODE_RXAUI,
		[HW_10G_DEV2G5] = LINK_MODE_SGMII,
	};

	if (is_qsgmii_group(hw_cfg, port))
		return vsc7448_port_serdes(port, LINK_MODE_QSGMII);
	if (vsc7448__has_10g(port))
		return vsc7448_port_serdes(
			port, modes[reg_field_get(hw_cfg, vsc7448__hw_cfg_field(port))]);
	return vsc7448_port_carries(port, LINK_MODE_SGMII)
		       ? vsc7448_port_serdes(port, LINK_MODE_SGMII)
		       : 0;
}

static bool same_group(uint32_t a, uint32_t b)
{
	return a < 48 && b < 48 && a / 4 == b / 4;
}

/* Would @other lose its line if @port became @mode? */
static bool is_in_the_way(uint32_t hw_cfg, uint32_t port, enum link_mode mode, uint32_t other)
{
	bool qsgmii = mode == LINK_MODE_QSGMII;

	if (other == port)
		return false;
	if (same_group(port, other))
		return is_qsgmii_group(hw_cfg, port) != qsgmii;
	return (connected(hw_cfg, other) & vsc7448_port_serdes(port, mode)) != 0;
}

static int find_conflicts(struct regio *io, uint32_t port, enum link_mode mode,
			  vsc7448_ports *ports)
{
	uint64_t addrs[VSC7448_N_PORTS];
	uint32_t who[VSC7448_N_PORTS], v[VSC7448_N_PORTS], hw_cfg;
	size_t n = 0;
	int rc = regio_get(io, VSC7448_HSIO_HW_CFGSTAT_HW_CFG, &hw_cfg);

	if (rc != 0)
		return rc;
	for (uint32_t other = 0; other < VSC7448_N_PORTS; other++) {
		if (!is_in_the_way(hw_cfg, port, mode, other))
			continue;
		addrs[n] = VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(other);
		who[n++] = other;
	}
	*ports = 0;
	if (n == 0)
		return 0;
	rc = regio_get_many(io, addrs, n, v);
	for (size_t i = 0; rc == 0 && i < n; i++)
		if (reg_field_get(v[i], VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE__PORT_ENA) != 0)
			*ports |= UINT64_C(1) << who[i];
	return rc;
}

int vsc7448_port_conflicts(struct vsc7448 *chip, uint32_t port, enum link_mode mode,
			   struct error *err, vsc7448_ports *ports)
{
	int rc = find_conflicts(chip->io, port, mode, ports);

	return rc != 0 ? regio_end(chip->io, err) : 0;
}

static int refuse(struct regio *io, uint32_t port, enum link_mode mode, uint32_t other,
		  struct error *err)
{
	uint64_t shared;
	uint32_t hw_cfg;
	char name[16];

	if (regio_get(io, VSC7448_HSIO_HW_CFGSTAT_HW_CFG, &hw_cfg) != 0)
		return regio_end(io, err);
	shared = connected(hw_cfg, other) & vsc7448_port_serdes(port, mode);
	if (same_group(port, other))
		return error_set(err, E_STATE,
				 "port %" PRIu32 " cannot have %s: port %" PRIu32
				 " is set up in the same QSGMII group, free it first",
				 port, link_mode_names[mode], other);
	return error_set(err, E_STATE,
			 "port %" PRIu32 " cannot have %s: port %" PRIu32
			 " uses %s, free it first",
			 port, link_mode_names[mode], other,
			 vsc7448_serdes_name(shared, name, sizeof(name)));
}

/* Of the ports that have as much of the calendar as is asked for, the one that can best go. */
static int refuse_bandwidth(struct vsc7448 *chip, uint32_t port,
			    const struct vsc7448_port_conf *conf, uint32_t has,
			    struct error *err)
{
	struct vsc7448_port_map map;
	uint32_t other = VSC7448_N_PORTS;
	int rc = vsc7448_calendar_map(chip, err, &map);

	if (rc != 0)
		return rc;
	for (uint32_t p = 0; p < VSC7448_N_PORTS; p++)
		if (map.mbps[p] >= conf->mbps)
			other = p;
	if (other == VSC7448_N_PORTS)
		return error_set(err, E_STATE,
				 "port %" PRIu32 " has %" PRIu32
				 " Mb/s of the calendar and needs %" PRIu32
				 ": initialize the chip with another port map",
				 port, has, conf->mbps);
	return error_set(err, E_STATE,
			 "port %" PRIu32 " has %" PRIu32
			 " Mb/s of the calendar and needs %" PRIu32
			 ": initialize the chip with a port map that frees the bandwidth of"
			 " port %" PRIu32,
			 port, has, conf->mbps, other);
}

int vsc7448__port_allowed(struct vsc7448 *chip, uint32_t port,
			  const struct vsc7448_port_conf *conf, struct error *err)
{
	vsc7448_ports ports = 0;
	uint32_t mbps = 0;
	int rc = vsc7448_port_conf_check(port, conf, err);

	if (rc == 0)
		rc = vsc7448_port_conflicts(chip, port, conf->mode, err, &ports);
	if (rc != 0)
		return rc;
	if (ports != 0)
		return refuse(chip->io, port, conf->mode, (uint32_t)__builtin_ctzll(ports),
			      err);
	rc = vsc7448_calendar_mbps(chip, port, err, &mbps);
	if (rc == 0 && mbps < conf->mbps)
		rc = refuse_bandwidth(chip, port, conf, mbps, err);
	return rc;
}
