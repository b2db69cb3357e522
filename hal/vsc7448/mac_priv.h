/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands of the MAC table, for the files that use them. */
#ifndef HAL_VSC7448_MAC_PRIV_H
#define HAL_VSC7448_MAC_PRIV_H

#include "hal/vsc7448/mac.h"
#include "hal/vsc7448/vsc7448_priv.h"

/* MAC_ACCESS_CFG_0 to _2. */
struct mac_words {
	uint32_t word[3];
};

/* Queues a command (VSC7448_..._CPU_ACCESS_CMD__) with other bits of its register, and its end. */
void vsc7448__mac_command(struct regio *io, uint32_t command, uint32_t other);

/* Reads what a command has found; false in @valid: nothing. */
int vsc7448__mac_result(struct regio *io, struct mac_words *words, bool *valid);

/* The entry in @words, with the ports of its PGID, which may be read. */
int vsc7448__mac_decode(struct vsc7448 *chip, const struct mac_words *words,
			struct vsc7448_mac_entry *entry);

/* What the chip keeps the key under: reads the FID of the VLAN. */
int vsc7448__mac_key(struct vsc7448 *chip, const struct vsc7448_mac_key *key,
		     struct mac_words *words);

/* Entries of any kind, or those that lead to the PGID @pgid (53 on); *@n. */
int vsc7448__mac_count(struct regio *io, const uint32_t *pgid, uint32_t *n);

#define MAC_CMD(name) ((uint32_t)VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL__CPU_ACCESS_CMD__##name)
#define MAC_GET(word, name)                                                                    \
	((uint32_t)reg_field_get((word), VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2__##name))

#endif
