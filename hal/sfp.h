/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an SFP or SFP+ module says of itself: identity and diagnostics, decoded from the bytes of
 * its two memories as SFF-8472 revision 12.4 lays them out.  Touches no hardware.
 */
#ifndef HAL_SFP_H
#define HAL_SFP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SFP_IDENTITY_BYTES 96u  /* of A0h */
#define SFP_DIAG_BYTES     120u /* of A2h */

struct sfp_identity {
	char vendor[17], part[17], revision[5], serial[17],
		date[9]; /* without trailing blanks */
	uint8_t oui[3];
	uint8_t identifier; /* 3: SFP or SFP+ */
	uint8_t connector;
	uint32_t rate_mbps;      /* nominal */
	uint32_t wavelength_nm;  /* 0: a cable */
	bool is_cable;           /* copper, active or passive */
	bool base_ok, ext_ok;    /* checksums CC_BASE and CC_EXT */
	uint8_t cc_base, cc_ext; /* as they should be */
	bool has_diag;           /* digital diagnostics in A2h */
	bool diag_is_external;   /* their readings need the calibration constants */
	bool rx_is_average;      /* received power: average, else OMA */
	uint32_t reach_m[5]; /* single mode, OM2, OM1, OM4 or copper, OM3; 0: not supported */
};

/* @a0 holds the first SFP_IDENTITY_BYTES. */
void sfp_identity_decode(const uint8_t *a0, struct sfp_identity *identity);

/* "10GBASE-SR", "1000BASE-SX", "passive cable", ...; "unknown" for codes of no Ethernet type. */
const char *sfp_type_name(const uint8_t *a0);

/* "LC", "copper pigtail", ...; "unknown". */
const char *sfp_connector_name(uint8_t connector);

enum sfp_quantity {
	SFP_TEMPERATURE, /* degrees Celsius */
	SFP_VOLTAGE,     /* V */
	SFP_BIAS,        /* mA */
	SFP_TX_POWER,    /* mW */
	SFP_RX_POWER,    /* mW */
	SFP_N_QUANTITIES
};

struct sfp_reading {
	double now, high_alarm, low_alarm, high_warning, low_warning;
	/* The module's own flags, which latch until read. */
	bool is_high_alarm, is_low_alarm, is_high_warning, is_low_warning;
};

struct sfp_diag {
	struct sfp_reading readings[SFP_N_QUANTITIES];
	bool tx_disabled, tx_fault, rx_los, not_ready;
	bool checksum_ok; /* CC_DMI, of bytes 0 to 94 */
};

/* @a2 holds the first SFP_DIAG_BYTES; calibrated as @identity says, thresholds too. */
void sfp_diag_decode(const uint8_t *a2, const struct sfp_identity *identity,
		     struct sfp_diag *diag);

double sfp_dbm(double mw); /* -40 for less than 0.1 uW, the smallest step */

const char *sfp_quantity_name(enum sfp_quantity quantity); /* "temperature", ... */
const char *sfp_quantity_unit(enum sfp_quantity quantity); /* "C", "V", "mA", "mW" */

#endif
