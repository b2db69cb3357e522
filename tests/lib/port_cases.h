/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ports of each kind in each mode they can have, for the tests of port set-up. */
#ifndef TESTS_LIB_PORT_CASES_H
#define TESTS_LIB_PORT_CASES_H

#include "hal/vsc7448/port.h"
#include "tests/lib/chip_bench.h"

struct port_case {
	uint32_t port;
	enum link_mode mode;
};

/* Port 0 and 48 (1G macro), 8 (6G), 32 (QSGMII only), 49 and 52 (10G): every mode of each. */
extern const struct port_case port_cases[];
extern const size_t n_port_cases;

/* A calendar in which all of them have their bandwidth, one after the other. */
int port_cases_prepare(struct chip_bench *b, struct error *err);

/* A port configuration with every value that the mode allows away from its default. */
void port_case_unusual(const struct port_case *c, struct vsc7448_port_conf *conf);

#endif
