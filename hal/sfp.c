/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/sfp.h"

#include <math.h>
#include <string.h>

static uint16_t get_16(const uint8_t *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

static uint8_t sum(const uint8_t *bytes, size_t n)
{
	uint8_t total = 0;

	for (size_t i = 0; i < n; i++)
		total = (uint8_t)(total + bytes[i]);
	return total;
}

/* ASCII, padded with blanks on the right; anything else becomes '?'. */
static void get_text(const uint8_t *at, size_t width, char *text)
{
	while (width > 0 && (at[width - 1] == ' ' || at[width - 1] == '\0'))
		width--;
	for (size_t i = 0; i < width; i++)
		text[i] = at[i] >= ' ' && at[i] < 0x7f ? (char)at[i] : '?';
	text[width] = '\0';
}

/* Byte 12 counts in 100 Mb/s; 255: byte 66 counts in 250 Mb/s. */
static uint32_t rate(const uint8_t *a0)
{
	return a0[12] == 0xff ? 250u * a0[66] : 100u * a0[12];
}

static void decode_reach(const uint8_t *a0, struct sfp_identity *identity)
{
	identity->reach_m[0] = a0[14] > 0 ? 1000u * a0[14] : 100u * a0[15];
	identity->reach_m[1] = 10u * a0[16];
	identity->reach_m[2] = 10u * a0[17];
	identity->reach_m[3] = identity->is_cable ? a0[18] : 10u * a0[18];
	identity->reach_m[4] = 10u * a0[19];
}

void sfp_identity_decode(const uint8_t *a0, struct sfp_identity *identity)
{
	memset(identity, 0, sizeof(*identity));
	get_text(a0 + 20, 16, identity->vendor);
	get_text(a0 + 40, 16, identity->part);
	get_text(a0 + 56, 4, identity->revision);
	get_text(a0 + 68, 16, identity->serial);
	get_text(a0 + 84, 8, identity->date);
	memcpy(identity->oui, a0 + 37, sizeof(identity->oui));
	identity->identifier = a0[0];
	identity->connector = a0[2];
	identity->rate_mbps = rate(a0);
	identity->is_cable = (a0[8] & 0x0c) != 0;
	identity->wavelength_nm = identity->is_cable ? 0 : get_16(a0 + 60);
	identity->cc_base = sum(a0, 63);
	identity->base_ok = identity->cc_base == a0[63];
	identity->cc_ext = sum(a0 + 64, 31);
	identity->ext_ok = identity->cc_ext == a0[95];
	identity->has_diag = (a0[92] & 0x40) != 0;
	identity->diag_is_external = (a0[92] & 0x10) != 0;
	identity->rx_is_average = (a0[92] & 0x08) != 0;
	decode_reach(a0, identity);
}

const char *sfp_type_name(const uint8_t *a0)
{
	static const struct {
		uint8_t byte, mask;
		const char *name;
	} types[] = {
		{ 3, 0x80, "10GBASE-ER" },   { 3, 0x40, "10GBASE-LRM" },
		{ 3, 0x20, "10GBASE-LR" },   { 3, 0x10, "10GBASE-SR" },
		{ 6, 0x80, "BASE-PX" },      { 6, 0x40, "BASE-BX10" },
		{ 6, 0x20, "100BASE-FX" },   { 6, 0x10, "100BASE-LX/LX10" },
		{ 6, 0x08, "1000BASE-T" },   { 6, 0x04, "1000BASE-CX" },
		{ 6, 0x02, "1000BASE-LX" },  { 6, 0x01, "1000BASE-SX" },
		{ 8, 0x08, "active cable" }, { 8, 0x04, "passive cable" },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if ((a0[types[i].byte] & types[i].mask) != 0)
			return types[i].name;
	return "unknown";
}

/* SFF-8024, table of connector types. */
const char *sfp_connector_name(uint8_t connector)
{
	static const struct {
		uint8_t code;
		const char *name;
	} connectors[] = {
		{ 0x01, "SC" },
		{ 0x07, "LC" },
		{ 0x0b, "optical pigtail" },
		{ 0x0c, "MPO" },
		{ 0x21, "copper pigtail" },
		{ 0x22, "RJ45" },
		{ 0x23, "no separable connector" },
	};

	for (size_t i = 0; i < sizeof(connectors) / sizeof(connectors[0]); i++)
		if (connectors[i].code == connector)
			return connectors[i].name;
	return "unknown";
}

/* --- diagnostics ------------------------------------------------------------------------- */

/* SFF-8472 table 9-7: IEEE 754 single precision, most significant byte first. */
static double get_float(const uint8_t *at)
{
	uint32_t bits =
		(uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	float value;

	memcpy(&value, &bits, sizeof(value));
	return (double)value;
}

/* Slope (8.8 fixed point) and offset (signed, in the reading's steps). */
static double linear(const uint8_t *slope_and_offset, double raw)
{
	return get_16(slope_and_offset) / 256.0 * raw + (int16_t)get_16(slope_and_offset + 2);
}

/* Rx_PWR(4) at byte 56 to Rx_PWR(0) at byte 72. */
static double polynomial(const uint8_t *a2, double raw)
{
	double value = 0;

	for (size_t at = 56; at <= 72; at += 4)
		value = value * raw + get_float(a2 + at);
	return value;
}

/* A 16-bit reading in the unit of its quantity. */
static double convert(const uint8_t *a2, enum sfp_quantity quantity, bool external,
		      const uint8_t *at)
{
	/* Where slope and offset are, and how large a step is: SFF-8472 section 9.3. */
	static const struct {
		size_t constants;
		double step;
	} rows[] = {
		[SFP_TEMPERATURE] = { 84, 1 / 256.0 },
		[SFP_VOLTAGE] = { 88, 1e-4 },
		[SFP_BIAS] = { 76, 2e-3 },
		[SFP_TX_POWER] = { 80, 1e-4 },
		[SFP_RX_POWER] = { 0, 1e-4 },
	};
	double raw = quantity == SFP_TEMPERATURE ? (int16_t)get_16(at) : get_16(at);

	if (external && quantity == SFP_RX_POWER)
		raw = polynomial(a2, raw);
	else if (external)
		raw = linear(a2 + rows[quantity].constants, raw);
	return raw * rows[quantity].step;
}

static bool flag(const uint8_t *a2, size_t first, unsigned number)
{
	return (a2[first + number / 8] >> (7 - number % 8) & 1) != 0;
}

static void decode_reading(const uint8_t *a2, enum sfp_quantity quantity, bool external,
			   struct sfp_reading *reading)
{
	const uint8_t *limits = a2 + 8 * (size_t)quantity;

	reading->now = convert(a2, quantity, external, a2 + 96 + 2 * (size_t)quantity);
	reading->high_alarm = convert(a2, quantity, external, limits);
	reading->low_alarm = convert(a2, quantity, external, limits + 2);
	reading->high_warning = convert(a2, quantity, external, limits + 4);
	reading->low_warning = convert(a2, quantity, external, limits + 6);
	reading->is_high_alarm = flag(a2, 112, 2 * quantity);
	reading->is_low_alarm = flag(a2, 112, 2 * quantity + 1);
	reading->is_high_warning = flag(a2, 116, 2 * quantity);
	reading->is_low_warning = flag(a2, 116, 2 * quantity + 1);
}

void sfp_diag_decode(const uint8_t *a2, const struct sfp_identity *identity,
		     struct sfp_diag *diag)
{
	for (enum sfp_quantity q = 0; q < SFP_N_QUANTITIES; q++)
		decode_reading(a2, q, identity->diag_is_external, &diag->readings[q]);
	diag->tx_disabled = (a2[110] & 0x80) != 0;
	diag->tx_fault = (a2[110] & 0x04) != 0;
	diag->rx_los = (a2[110] & 0x02) != 0;
	diag->not_ready = (a2[110] & 0x01) != 0;
	diag->checksum_ok = sum(a2, 95) == a2[95];
}

double sfp_dbm(double mw)
{
	return mw < 1e-4 ? -40 : 10 * log10(mw);
}

const char *sfp_quantity_name(enum sfp_quantity quantity)
{
	static const char *const names[] = { "temperature", "voltage", "bias", "tx power",
					     "rx power" };

	return names[quantity];
}

const char *sfp_quantity_unit(enum sfp_quantity quantity)
{
	static const char *const units[] = { "C", "V", "mA", "mW", "mW" };

	return units[quantity];
}
