/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>

#include "hal/vsc7448/mac_priv.h"
#include "hal/vsc7448/masks_priv.h"

#define CFG_0  VSC7448_LRN_COMMON_MAC_ACCESS_CFG_0
#define CFG_2  VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2
#define SCAN   VSC7448_LRN_COMMON_SCAN_NEXT_CFG
#define SCAN_1 VSC7448_LRN_COMMON_SCAN_NEXT_CFG_1

#define SCAN_BIT(name) ((uint32_t)reg_field_mask(VSC7448_LRN_COMMON_SCAN_NEXT_CFG__##name))

/* --- flush and age ----------------------------------------------------------------------- */

struct scan {
	bool by_port, by_fid, age;
	uint32_t port, fid;
};

/* The address type of a port is 0.  SCAN_ENTRY_ADDR_MASK is zero after reset, which would match any place: all bits compare. */
static void queue_scan(struct regio *io, const struct scan *scan)
{
	regio_write(io, SCAN,
		    SCAN_BIT(SCAN_NEXT_REMOVE_FOUND_ENA) | SCAN_BIT(SCAN_AGE_INTERVAL_MASK) |
			    (scan->age ? SCAN_BIT(SCAN_NEXT_INC_AGE_BITS_ENA) : 0) |
			    (scan->by_fid ? SCAN_BIT(FID_FILTER_ENA) : 0) |
			    (scan->by_port ? SCAN_BIT(ADDR_FILTER_ENA) : 0));
	if (scan->by_port)
		regio_set(io, SCAN_1, 0x7fff, 0x7fff);
	regio_write(io, CFG_0, scan->fid << 16);
	regio_write(io, CFG_2, scan->port);
	vsc7448__mac_command(io, MAC_CMD(SCAN), 0);
}

static int logical_port(struct regio *io, uint32_t port, uint32_t *logical)
{
	uint32_t value;
	int rc = regio_get(io, VSC7448_ANA_CL_PORT_PORT_ID_CFG(port), &value);

	if (rc == 0)
		*logical = (uint32_t)reg_field_get(value,
						   VSC7448_ANA_CL_PORT_PORT_ID_CFG__LPORT_NUM);
	return rc;
}

/* Does the group of @port learn at @logical? */
static bool is_member(struct regio *io, uint32_t port, uint32_t logical)
{
	struct mask_regs regs = MASK_REGS(VSC7448_ANA_AC_PGID_PGID_CFG, port);
	vsc7448_ports group;

	return logical != port && logical < VSC7448_N_PORTS &&
	       vsc7448__mask_get(io, &regs, 1, &group) == 0 && has_port(group, logical);
}

static int check_filter(const struct vsc7448_mac_filter *filter, struct error *err)
{
	if (filter->port != VSC7448_MAC_ANY && filter->port >= VSC7448_N_PORTS)
		return error_set(err, E_RANGE,
				 "port %" PRIu32 ": the ports of the front are 0 to %u",
				 filter->port, VSC7448_N_PORTS - 1);
	if (filter->vid != VSC7448_MAC_ANY && (filter->vid < 1 || filter->vid > 4095))
		return error_set(err, E_RANGE, "VLAN %" PRIu32 ": they go from 1 to 4095",
				 filter->vid);
	return 0;
}

int vsc7448_mac_flush(struct vsc7448 *chip, const struct vsc7448_mac_filter *filter,
		      struct error *err)
{
	struct scan scan = { 0 };
	struct mac_words words = { 0 };
	uint32_t logical;
	int rc = check_filter(filter, err);

	if (rc != 0)
		return rc;
	if (filter->vid != VSC7448_MAC_ANY) {
		const struct vsc7448_mac_key key = { .vid = (uint16_t)filter->vid };

		if (vsc7448__mac_key(chip, &key, &words) != 0)
			return regio_end(chip->io, err);
		scan.by_fid = true;
		scan.fid = words.word[0] >> 16;
	}
	if (filter->port == VSC7448_MAC_ANY) {
		queue_scan(chip->io, &scan);
		return regio_end(chip->io, err);
	}
	scan.by_port = true;
	scan.port = filter->port;
	if (logical_port(chip->io, filter->port, &logical) != 0)
		return regio_end(chip->io, err);
	queue_scan(chip->io, &scan);
	if (is_member(chip->io, filter->port, logical)) {
		scan.port = logical;
		queue_scan(chip->io, &scan);
	}
	return regio_end(chip->io, err);
}

int vsc7448_mac_age(struct vsc7448 *chip, struct error *err)
{
	queue_scan(chip->io, &(struct scan){ .age = true });
	return regio_end(chip->io, err);
}

/* --- age time ---------------------------------------------------------------------------- */

#define AUTOAGE   VSC7448_LRN_COMMON_AUTOAGE_CFG(0)
#define AUTOAGE_1 VSC7448_LRN_COMMON_AUTOAGE_CFG_1

static void queue_period(struct regio *io, uint32_t unit, uint32_t period, bool idle)
{
	regio_put(io, AUTOAGE, unit << 28 | period);
	regio_fields(io, AUTOAGE_1, F(LRN_COMMON_AUTOAGE_CFG_1, FORCE_IDLE_ENA, idle),
		     F(LRN_COMMON_AUTOAGE_CFG_1, FORCE_HW_SCAN_STOP_SHOT, 1));
}

static int scans_of_a_life(struct regio *io, uint32_t *n)
{
	uint32_t value;
	int rc = regio_get(io, VSC7448_ANA_L2_COMMON_LRN_CFG, &value);

	if (rc == 0)
		*n = reg_field_get(value, VSC7448_ANA_L2_COMMON_LRN_CFG__AGE_SIZE) != 0 ? 4 : 2;
	return rc;
}

int vsc7448_mac_age_time_set(struct vsc7448 *chip, uint32_t seconds, struct error *err)
{
	const uint32_t second = VSC7448_LRN_COMMON_AUTOAGE_CFG__UNIT_SIZE__S1;
	const uint32_t shortest = VSC7448_LRN_COMMON_AUTOAGE_CFG__UNIT_SIZE__US100;
	uint32_t n, period;

	if (seconds > UINT32_C(1) << 28)
		return error_set(err, E_RANGE, "age time %" PRIu32 " s: at most 2^28", seconds);
	if (scans_of_a_life(chip->io, &n) != 0)
		return regio_end(chip->io, err);
	period = seconds / n;
	if (seconds > 1 && period == 0)
		period = 1;
	/* The counters run out with the shortest period first, else the old one would go on. */
	queue_period(chip->io, shortest, 1, true);
	queue_period(chip->io, period == 0 ? 0 : second, period, period == 0);
	return regio_end(chip->io, err);
}

int vsc7448_mac_age_time_get(struct vsc7448 *chip, struct error *err, uint32_t *seconds)
{
	uint32_t value, n;
	uint64_t unit, period;

	if (regio_get(chip->io, AUTOAGE, &value) != 0 || scans_of_a_life(chip->io, &n) != 0)
		return regio_end(chip->io, err);
	unit = reg_field_get(value, VSC7448_LRN_COMMON_AUTOAGE_CFG__UNIT_SIZE);
	period = reg_field_get(value, VSC7448_LRN_COMMON_AUTOAGE_CFG__PERIOD_VAL) * n;
	if (unit == VSC7448_LRN_COMMON_AUTOAGE_CFG__UNIT_SIZE__OFF)
		period = 0;
	else if (unit == VSC7448_LRN_COMMON_AUTOAGE_CFG__UNIT_SIZE__MS10)
		period /= 100;
	else if (unit == VSC7448_LRN_COMMON_AUTOAGE_CFG__UNIT_SIZE__US100)
		period /= 10000;
	*seconds = (uint32_t)period;
	return 0;
}
