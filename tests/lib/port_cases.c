/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/port_cases.h"

#include <string.h>

#include "hal/vsc7448/calendar.h"
#include "vsc7448_regs.h"

const struct port_case port_cases[] = {
	{ 0, LINK_MODE_100BASE_FX },  { 0, LINK_MODE_SGMII },
	{ 0, LINK_MODE_1000BASE_X },  { 0, LINK_MODE_QSGMII },
	{ 48, LINK_MODE_100BASE_FX }, { 48, LINK_MODE_SGMII },
	{ 48, LINK_MODE_1000BASE_X }, { 8, LINK_MODE_100BASE_FX },
	{ 8, LINK_MODE_SGMII },       { 8, LINK_MODE_1000BASE_X },
	{ 8, LINK_MODE_2500BASE_X },  { 8, LINK_MODE_QSGMII },
	{ 32, LINK_MODE_QSGMII },     { 49, LINK_MODE_100BASE_FX },
	{ 49, LINK_MODE_SGMII },      { 49, LINK_MODE_1000BASE_X },
	{ 49, LINK_MODE_2500BASE_X }, { 49, LINK_MODE_XAUI },
	{ 49, LINK_MODE_RXAUI },      { 49, LINK_MODE_10GBASE_R },
	{ 49, LINK_MODE_10GBASE_KR }, { 52, LINK_MODE_XAUI },
	{ 52, LINK_MODE_10GBASE_R },
};
const size_t n_port_cases = sizeof(port_cases) / sizeof(port_cases[0]);

int port_cases_prepare(struct chip_bench *b, struct error *err)
{
	struct vsc7448_port_map map = { 0 };

	for (uint32_t port = 0; port < 24; port++)
		map.mbps[port] = port >= 8 && port < 12 ? 2500 : 1000;
	map.mbps[32] = map.mbps[48] = 1000;
	for (uint32_t port = 49; port < 53; port++)
		map.mbps[port] = 10000;
	/* As chip initialization leaves it: no port generates pause frames. */
	chip_bench_poke(b, VSC7448_QSYS_PAUSE_CFG_ATOP_TOT_CFG, 0xfff);
	return vsc7448_calendar_set(b->chip, &map, err);
}

void port_case_unusual(const struct port_case *c, struct vsc7448_port_conf *conf)
{
	static const uint8_t mac[6] = { 2, 0x11, 0x22, 0x33, 0x44, 0x55 };

	vsc7448_port_conf_default(c->mode, conf);
	if (c->mode == LINK_MODE_SGMII) {
		conf->mbps = 100;
		conf->sgmii = VSC7448_SGMII_AUTO;
	}
	if (c->mode == LINK_MODE_QSGMII)
		conf->mbps = 10;
	if (c->mode == LINK_MODE_10GBASE_R)
		conf->media = VSC7448_MEDIA_DAC;
	conf->clause37 = c->mode == LINK_MODE_1000BASE_X;
	conf->sigdet = VSC7448_SIGDET_SERDES;
	conf->pause_obey = true;
	conf->pause_generate = true;
	conf->max_frame_bytes = 9600;
	conf->max_tags = 1;
	conf->length_check = true;
	memcpy(conf->pause_mac, mac, sizeof(mac));
}
