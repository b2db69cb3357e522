/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a PCI function is, told by its ids. */
#ifndef DRV_PCI_KIND_H
#define DRV_PCI_KIND_H

#include <stdint.h>

#include "drv/pci_lib.h"

#define PCI_NO_WITNESS UINT64_MAX

struct pci_kind {
	const char *name; /* "VSC7448" */
	const char *what; /* one line */
	uint16_t vendor, device;
	uint16_t subdevice; /* 0: any */
	uint8_t bar;        /* that holds its registers */
	/*
	 * Byte of the BAR whose word never is all ones while the device answers, and that can be
	 * read at any time; PCI_NO_WITNESS: there is none.
	 */
	uint64_t witness;
};

/* NULL: not one that switchblade is for. */
const struct pci_kind *pci_kind_find(const struct pci_facts *facts);

/* The same by the ids alone: the first that may be it. */
const struct pci_kind *pci_kind_of_ids(uint16_t vendor, uint16_t device);

/* Kind @i of all, NULL past the end. */
const struct pci_kind *pci_kind_at(size_t i);

#endif
