/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How people name a PCI function: its place, or the ids of what it is. */
#ifndef DRV_PCI_PLACE_H
#define DRV_PCI_PLACE_H

#include <stdbool.h>
#include <stdint.h>

/* 0000:03:00.0 */
struct pci_place {
	uint32_t domain;
	uint8_t bus, device, function;
};
#define PCI_PLACE_CHARS 20 /* of its text, with the end */

/* "0000:03:00.0", "03:00.0"; false: it does not read so. */
bool pci_place_parse(const char *text, struct pci_place *place);
void pci_place_format(const struct pci_place *place, char buf[PCI_PLACE_CHARS]);

/* "101b:b003"; false: it does not read so. */
bool pci_ids_parse(const char *text, uint16_t *vendor, uint16_t *device);

#endif
