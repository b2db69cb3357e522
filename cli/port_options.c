/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/port_options.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/chip.h"
#include "cli/wordlist.h"
#include "hal/vsc7448/masks.h"

enum {
	OPT_CLAUSE37 = OPT_COMMAND,
	OPT_DUPLEX,
	OPT_LENGTH_CHECK,
	OPT_MAX_FRAME,
	OPT_MEDIA,
	OPT_PAUSE,
	OPT_PAUSE_MAC,
	OPT_SGMII,
	OPT_SIGNAL_DETECT,
	OPT_SPEED,
	OPT_TAGS,
};

const struct arg_spec port_conf_options[] = {
	{ "clause37", 0, OPT_CLAUSE37, "ON", "1000base-x: autonegotiate, on or off", 0 },
	{ "duplex", 0, OPT_DUPLEX, "D", "full or half (sgmii, qsgmii at 10 and 100)", 0 },
	{ "length-check", 0, OPT_LENGTH_CHECK, "ON",
	  "drop frames with a wrong length field: on or off", 0 },
	{ "max-frame", 0, OPT_MAX_FRAME, "BYTES", "longest frame, with FCS, without tags", 0 },
	{ "media", 0, OPT_MEDIA, "M", "10gbase-r: sr, zr, dac, bp, b2b or none", 0 },
	{ "pause", 0, OPT_PAUSE, "P", "pause frames: off, rx (obey), tx (send) or both", 0 },
	{ "pause-mac", 0, OPT_PAUSE_MAC, "MAC", "source address of pause frames", 0 },
	{ "sgmii", 0, OPT_SGMII, "S", "fixed speed, or auto: as a PHY in an SFP says", 0 },
	{ "signal-detect", 0, OPT_SIGNAL_DETECT, "S", "none, pin or serdes", 0 },
	{ "speed", 0, OPT_SPEED, "MBPS", "10, 100 or 1000 (sgmii, qsgmii)", 0 },
	{ "tags", 0, OPT_TAGS, "N", "VLAN tags beyond the longest frame: 0 to 2", 0 },
	{ 0 },
};

bool port_options_given(const struct call *call)
{
	for (int id = OPT_CLAUSE37; id <= OPT_TAGS; id++)
		if (args_has(&call->args, id))
			return true;
	return false;
}

/* One of @names (NULL at the end) by its number; @value untouched without the option. */
static int choice(const struct call *call, int id, const char *const *names, struct error *err,
		  uint32_t *value)
{
	const char *text = args_value(&call->args, id);
	char list[128] = "";
	size_t used = 0;

	for (uint32_t i = 0; text != NULL && names[i] != NULL; i++) {
		if (strcmp(text, names[i]) == 0) {
			*value = i;
			return 0;
		}
		if (used < sizeof(list))
			used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
						 i > 0 ? ", " : "", names[i]);
	}
	return text == NULL ? 0
			    : error_set(err, E_SYNTAX, "'%.32s' is not one of %s", text, list);
}

int port_mode_parse(const char *name, struct error *err, enum link_mode *mode)
{
	static const struct wordlist list = { link_mode_names, LINK_MODE_COUNT, "link mode" };
	uint32_t number;
	int rc = wordlist_one(&list, name, err, &number);

	if (rc == 0)
		*mode = (enum link_mode)number;
	return rc;
}

static const char *const switches[] = { "off", "on", NULL };

static int apply_choices(const struct call *call, struct error *err,
			 struct vsc7448_port_conf *conf)
{
	static const char *const duplexes[] = { "full", "half", NULL };
	static const char *const pauses[] = { "off", "rx", "tx", "both", NULL };
	uint32_t clause37 = conf->clause37, half = conf->half_duplex,
		 check = conf->length_check;
	uint32_t media = conf->media, sgmii = conf->sgmii, sigdet = conf->sigdet;
	uint32_t pause = (uint32_t)conf->pause_generate << 1 | conf->pause_obey;
	const struct {
		int id;
		const char *const *names;
		uint32_t *value;
	} options[] = {
		{ OPT_CLAUSE37, switches, &clause37 },
		{ OPT_DUPLEX, duplexes, &half },
		{ OPT_LENGTH_CHECK, switches, &check },
		{ OPT_MEDIA, vsc7448_media_names, &media },
		{ OPT_PAUSE, pauses, &pause },
		{ OPT_SGMII, vsc7448_sgmii_names, &sgmii },
		{ OPT_SIGNAL_DETECT, vsc7448_sigdet_names, &sigdet },
	};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof(options) / sizeof(options[0]); i++)
		rc = choice(call, options[i].id, options[i].names, err, options[i].value);
	if (rc != 0)
		return rc;
	conf->clause37 = clause37 != 0;
	conf->half_duplex = half != 0;
	conf->length_check = check != 0;
	conf->media = (enum vsc7448_media)media;
	conf->pause_obey = (pause & 1) != 0;
	conf->pause_generate = (pause & 2) != 0;
	conf->sgmii = (enum vsc7448_sgmii)sgmii;
	/* An SFP with a PHY has the pin of an SFP. */
	if (args_has(&call->args, OPT_SGMII) && conf->sgmii == VSC7448_SGMII_AUTO &&
	    !args_has(&call->args, OPT_SIGNAL_DETECT))
		sigdet = VSC7448_SIGDET_PIN;
	conf->sigdet = (enum vsc7448_sigdet)sigdet;
	return 0;
}

int port_options_apply(const struct call *call, struct error *err,
		       struct vsc7448_port_conf *conf)
{
	const char *text = args_value(&call->args, OPT_PAUSE_MAC);
	struct mac mac;
	int rc = apply_choices(call, err, conf);

	if (rc == 0)
		rc = args_option32(
			&call->args, OPT_MAX_FRAME,
			(struct args_range){ VSC7448_MIN_FRAME_BYTES, VSC7448_MAX_FRAME_BYTES },
			err, &conf->max_frame_bytes);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_SPEED, (struct args_range){ 10, 10000 },
				   err, &conf->mbps);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_TAGS, (struct args_range){ 0, 2 }, err,
				   &conf->max_tags);
	if (rc != 0 || text == NULL)
		return rc;
	rc = chip_mac(text, err, &mac);
	if (rc == 0)
		memcpy(conf->pause_mac, mac.octet, sizeof(conf->pause_mac));
	return rc;
}

/* --- what the ports are ------------------------------------------------------------------- */

static const struct out_column columns[] = {
	{ "port", "PORT", OUT_RIGHT | OUT_RAW },
	{ "role", "ROLE", OUT_UNLESS_EMPTY },
	{ "mode", "MODE", OUT_RAW },
	{ "speed_mbps", "MBPS", OUT_RIGHT | OUT_UNLESS_EMPTY },
	{ "state", "STATE", OUT_RAW },
	{ "duplex", NULL, 0 },
	{ "autonegotiation", "ANEG", OUT_UNLESS_EMPTY },
	{ "signal_detect", "SIGNAL", OUT_UNLESS_EMPTY },
	{ "media", "MEDIA", OUT_UNLESS_EMPTY },
	{ "pause", "PAUSE", OUT_UNLESS_EMPTY },
	{ "max_frame_bytes", "FRAME", OUT_RIGHT | OUT_UNLESS_EMPTY },
	{ "max_tags", "TAGS", OUT_RIGHT | OUT_UNLESS_EMPTY },
	{ "length_check", NULL, 0 },
};

#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))

static const char *aneg_of(const struct vsc7448_port_conf *conf)
{
	if (conf->clause37)
		return "clause37";
	return conf->sgmii == VSC7448_SGMII_AUTO ? "sgmii" : "";
}

static const char *pause_of(const struct vsc7448_port_conf *conf)
{
	if (conf->pause_obey)
		return conf->pause_generate ? "both" : "rx";
	return conf->pause_generate ? "tx" : "off";
}

static bool has_media(enum link_mode mode)
{
	return mode == LINK_MODE_10GBASE_R || mode == LINK_MODE_10GBASE_KR;
}

static void add_free(struct out_table *table, uint32_t port, const char *role)
{
	out_row(table, (const struct out_cell[N_COLUMNS]){
			       out_styled(OUT_STYLE_NAME, out_uint(port)),
			       out_text(role),
			       out_text("none"),
			       out_null(),
			       out_text("free"),
		       });
}

static void add_port(struct out_table *table, uint32_t port, const char *role,
		     const struct vsc7448_port_conf *conf)
{
	out_row(table, (const struct out_cell[N_COLUMNS]){
			       out_styled(OUT_STYLE_NAME, out_uint(port)),
			       out_text(role),
			       out_text(link_mode_names[conf->mode]),
			       out_uint(conf->mbps),
			       out_text(conf->enabled ? "enabled" : "disabled"),
			       out_text(conf->half_duplex ? "half" : "full"),
			       out_text(aneg_of(conf)),
			       out_text(vsc7448_sigdet_names[conf->sigdet]),
			       out_text(has_media(conf->mode) ? vsc7448_media_names[conf->media]
							      : NULL),
			       out_text(pause_of(conf)),
			       out_uint(conf->max_frame_bytes),
			       out_uint(conf->max_tags),
			       out_bool(conf->length_check),
		       });
}

int port_for_each(struct call *call, struct vsc7448 *chip, vsc7448_ports ports, port_op op,
		  struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct out_table *table = out_table(root, "ports", columns, N_COLUMNS);

	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		const char *role = chip_port_role(root, call->board, port);
		struct vsc7448_port_conf conf;
		bool is_set_up = false;
		int rc;

		if ((ports >> port & 1) == 0)
			continue;
		rc = op(call, chip, port, err);
		if (rc == 0)
			rc = vsc7448_port_conf_get(chip, port, err, &is_set_up, &conf);
		if (rc == 0)
			rc = vsc7448_forward_set(chip, UINT64_C(1) << port,
						 is_set_up && conf.enabled, err);
		if (rc != 0)
			return rc;
		if (is_set_up)
			add_port(table, port, role, &conf);
		else
			add_free(table, port, role);
	}
	return 0;
}
