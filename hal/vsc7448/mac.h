/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The MAC table: who is reached by which port, as learned and as told.
 *
 * An entry is found by FID and address: unicast by the FID of its VLAN, multicast by the VLAN
 * itself.  It leads to one port (ADDR_TYPE UPSID_PN, chip port number) or to a PGID (MC_IDX).
 * Register texts and driver contradict each other on MC_IDX: the text of MAC_ENTRY_ADDR says
 * PGID 32 + index, MESA adds 53 (traced: PGID 61 is index 8), and the text of the PGID table has
 * 1077 = 53 + 1024 rows.  53 is right on a chip with 53 ports; 32 stems from a smaller one.
 *
 * Sources: regmaps/vsc7448/lrn.rdl; MESA base/jaguar2/vtss_jaguar2_l2.c (vtss_cil_l2_mac_table_*).
 * Every command waits at most VSC7448_MAC_TIMEOUT_US for MAC_TABLE_ACCESS_SHOT: E_TIMEOUT.  (MESA
 * waits for ever.)
 */
#ifndef HAL_VSC7448_MAC_H
#define HAL_VSC7448_MAC_H

#include "hal/netaddr.h"
#include "hal/vsc7448/masks.h"

#define VSC7448_MAC_TIMEOUT_US 100000u

struct vsc7448_mac_key {
	uint16_t vid; /* 1 to 4095; of entries that were read: their FID */
	struct mac mac;
};

struct vsc7448_mac_entry {
	struct vsc7448_mac_key key;
	vsc7448_ports ports;
	bool locked;       /* static: neither learning nor ageing removes it */
	bool cpu_copy;     /* frames to it are copied to the CPU; needs a locked entry */
	uint8_t cpu_queue; /* 0 to 7 */
	/* Of entries that were read: */
	bool aged;     /* not seen since the last ageing scan */
	uint32_t pgid; /* the port, or a PGID from 53 on */
};

/*
 * Adds or replaces an entry.  Its destination: the port; PGID 60 for all ports, 59 for none (then
 * frames from it are discarded too), both without a CPU copy; else a group, PGID 61 on, shared with
 * an equal one if there is one.  The group that the old entry had is freed when a scan
 * counts that entry as its only one.
 *
 * E_RANGE: VLAN, ports or queue; several ports, none, or a CPU copy for an entry that is not
 * locked.  E_STATE: the row of the table is full of locked entries, or no PGID is free.
 */
int vsc7448_mac_add(struct vsc7448 *chip, const struct vsc7448_mac_entry *entry,
		    struct error *err);

/*
 * Removes an entry, and frees its group as above: a free PGID has no port and no CPU copy.
 * E_NOTFOUND.  (MESA keeps count in memory and leaves the masks of free PGIDs as they were.)
 */
int vsc7448_mac_del(struct vsc7448 *chip, const struct vsc7448_mac_key *key, struct error *err);

/* E_NOTFOUND. */
int vsc7448_mac_find(struct vsc7448 *chip, const struct vsc7448_mac_key *key, struct error *err,
		     struct vsc7448_mac_entry *entry);

/*
 * All entries, by FID and address: FIND_SMALLEST from the last one on, with
 * SCAN_NEXT_IGNORE_LOCKED_ENA, which by its text takes in static entries too (the driver of the
 * next chip of the family, Linux sparx5_mact_getnext(), walks so).  MESA does not set it, with the
 * comment that static entries are left out due to a bug, and merges its own list.  So the walk
 * checks itself: a scan counts all entries, and when the count differs, every row of the table and
 * of the CAM is read (READ), which takes about 160,000 accesses.  Which of them happens on silicon
 * is unverified.
 *
 * @visit returns false to stop.  Entries that come or go meanwhile may be missed.  E_CORRUPT: the
 * chip's answers go backwards.
 */
typedef bool (*vsc7448_mac_visit)(void *arg, const struct vsc7448_mac_entry *entry);
int vsc7448_mac_walk(struct vsc7448 *chip, vsc7448_mac_visit visit, void *arg,
		     struct error *err);

/*
 * Forgets learned entries, not static ones: of a port (and of the group it is in: addresses are
 * learned at the logical port), of a VLAN, of both, or all.  One cleanup scan per place (MESA: two
 * to four ageing scans, which miss entries when ANA_L2 LRN_CFG.AGE_SIZE is two bits).
 */
#define VSC7448_MAC_ANY UINT32_MAX
struct vsc7448_mac_filter {
	uint32_t port; /* or VSC7448_MAC_ANY */
	uint32_t vid;  /* or VSC7448_MAC_ANY */
};
int vsc7448_mac_flush(struct vsc7448 *chip, const struct vsc7448_mac_filter *filter,
		      struct error *err);

/* Ages all learned entries by one step now: those that were aged already go. */
int vsc7448_mac_age(struct vsc7448 *chip, struct error *err);

/*
 * An address that is silent goes after half of @seconds to @seconds; 0 or 1: never.  How many
 * periods an entry lasts: the register text says 3 to 4, MESA counts on 1 to 2.  Both are right:
 * with AGE_SIZE ONE_BIT (reset) an entry goes at the second scan, with TWO_BITS at the fourth; so
 * the period is a half or a quarter of @seconds, by what AGE_SIZE says.  E_RANGE: over 2^28 s.
 */
int vsc7448_mac_age_time_set(struct vsc7448 *chip, uint32_t seconds, struct error *err);
int vsc7448_mac_age_time_get(struct vsc7448 *chip, struct error *err, uint32_t *seconds);

#endif
