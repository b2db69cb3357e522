/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/btc/btc.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "drv/bus.h"
#include "drv/clock.h"
#include "hal/btc/inner_priv.h"
#include "hal/btc/mailbox_priv.h"
#include "hal/device.h"
#include "regmaps/regdb/regdb.h"

#define KNOWN_MAJOR 1u

struct mac btc_everybody(void)
{
	return mac_of_number(UINT64_C(0xffffffffffff));
}

bool btc_is_everybody(const struct mac *ident)
{
	return mac_number(ident) == UINT64_C(0xffffffffffff);
}

static const char *remedy(uint32_t magic)
{
	if (magic == UINT32_MAX)
		return "nothing answers: check power, the PCIe link and memory decode";
	if (magic == 0)
		return "nothing answers: check power and the bus";
	return "not a backplane TDM controller: check the bus and the byte order";
}

static void decode(uint32_t version, uint32_t cap, struct btc_capabilities *out)
{
	out->major = (uint16_t)G(version, ID_VERSION, MAJOR);
	out->minor = (uint16_t)G(version, ID_VERSION, MINOR);
	out->coder = G(cap, ID_CAPABILITIES, CODER) != 0;
	out->platform = G(cap, ID_CAPABILITIES, PLATFORM) != 0;
	out->fdm = G(cap, ID_CAPABILITIES, FDM) != 0;
	out->n_blades = G(cap, ID_CAPABILITIES, STATIONS);
	out->n_slots = G(cap, ID_CAPABILITIES, SLOTS);
	out->slot_bytes = G(cap, ID_CAPABILITIES, SLOT_BYTES);
}

static int check_capabilities(const struct btc_capabilities *cap, struct error *err)
{
	if (cap->major != KNOWN_MAJOR)
		return error_set(err, E_NOTSUP, "ID:VERSION is %u.%u: only %u.x is known",
				 cap->major, cap->minor, KNOWN_MAJOR);
	if (cap->n_blades < 1 || cap->n_blades > BTC_MAX_BLADES || cap->n_slots < 2 ||
	    cap->n_slots > BTC_MAX_SLOTS || cap->slot_bytes < 8 ||
	    cap->slot_bytes > BTC_MAX_SLOT_BYTES)
		return error_set(err, E_NOTSUP,
				 "ID:CAPABILITIES tells %" PRIu32 " stations, %" PRIu32
				 " timeslots of %" PRIu32
				 " bytes: the register map has 64, 128 and 64",
				 cap->n_blades, cap->n_slots, cap->slot_bytes);
	return 0;
}

static int find_clock(struct btc *b, struct error *err)
{
	struct bus *bus;
	int rc = device_bus(b->dev, err, &bus);

	if (rc == 0)
		b->clock = bus_clock(bus);
	return rc;
}

static int identify(struct btc *b, struct error *err)
{
	static const uint64_t addrs[] = { BTC_ID_MAGIC, BTC_ID_VERSION, BTC_ID_CAPABILITIES };
	uint32_t values[3];

	if (regio_read_many(b->io, addrs, 3, values) != 0)
		return regio_end(b->io, err);
	if (values[0] != BTC_ID_MAGIC__RESET)
		return error_set(err, E_NODEV, "ID:MAGIC reads 0x%08" PRIx32 ": %s", values[0],
				 remedy(values[0]));
	decode(values[1], values[2], &b->cap);
	return check_capabilities(&b->cap, err);
}

int btc_open(struct device *dev, struct error *err, struct btc **out)
{
	struct btc *b;
	int rc;

	if (strcmp(regdb_name(device_map(dev)), "btc") != 0)
		return error_set(err, E_NOTSUP, "%s has the register map %s, not btc",
				 device_name(dev), regdb_name(device_map(dev)));
	b = calloc(1, sizeof(*b));
	if (b == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	b->dev = dev;
	rc = btc__mailbox_new(err, &b->mail);
	if (rc == 0)
		rc = regio_new(dev, err, &b->io);
	if (rc == 0)
		rc = find_clock(b, err);
	if (rc == 0)
		rc = identify(b, err);
	if (rc != 0) {
		btc_close(b);
		return rc;
	}
	*out = b;
	return 0;
}

void btc_close(struct btc *b)
{
	if (b == NULL)
		return;
	regio_free(b->io);
	btc__mailbox_free(b->mail);
	free(b);
}

const struct btc_capabilities *btc_capabilities(const struct btc *b)
{
	return &b->cap;
}

struct device *btc_device(const struct btc *b)
{
	return b->dev;
}

void btc_forget(struct btc *b)
{
	regio_forget(b->io);
	b->mail->rx_taken_known = false;
}

int btc__fail(struct btc *b, const struct error *err)
{
	return regio_fail(b->io, err->code, "%s", err->text);
}

int btc__check_station(const struct btc *b, uint32_t station, uint32_t first, struct error *err)
{
	if (station < first || station > b->cap.n_blades)
		return error_set(err, E_RANGE,
				 "station %" PRIu32 ": only %" PRIu32 " to %" PRIu32, station,
				 first, b->cap.n_blades);
	return 0;
}

int btc__check_ident(const struct mac *ident, struct error *err)
{
	char text[MAC_TEXT_SIZE];

	if (mac_number(ident) != 0 && !mac_is_multicast(ident))
		return 0;
	return error_set(err, E_RANGE,
			 "%s is nobody's identifier: only unicast addresses but zero",
			 mac_format(ident, text));
}

void btc__ident_put(struct regio *io, uint64_t hi, const struct mac *ident)
{
	uint64_t number = mac_number(ident);

	regio_put(io, hi, (uint32_t)(number >> 32));
	regio_put(io, hi + 4, (uint32_t)number);
}

struct mac btc__ident_of(uint32_t hi, uint32_t lo)
{
	return mac_of_number((uint64_t)(hi & 0xffff) << 32 | lo);
}

struct patience btc__patience_start(const struct btc *b, uint32_t timeout_us)
{
	return (struct patience){ .clock = b->clock,
				  .start_us = clock_now_us(b->clock),
				  .timeout_us = timeout_us };
}

uint64_t btc__patience_passed(const struct patience *p)
{
	uint64_t passed = clock_now_us(p->clock) - p->start_us;

	return passed > p->given_us ? passed : p->given_us;
}

uint32_t btc__patience_left(const struct patience *p)
{
	uint64_t passed = btc__patience_passed(p);

	return passed < p->timeout_us ? p->timeout_us - (uint32_t)passed : 0;
}

/* 25 us at first, a sixteenth of the time that has passed later, at most 1 ms. */
bool btc__patience_next(struct patience *p, uint32_t *delay_us)
{
	uint32_t left = btc__patience_left(p), step = (p->timeout_us - left) / 16;

	if (step < 25)
		step = 25;
	if (step > 1000)
		step = 1000;
	*delay_us = step < left ? step : left;
	p->given_us += *delay_us;
	return left > 0;
}
