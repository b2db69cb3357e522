/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/pci_kind.h"

#include <stddef.h>

static const struct pci_kind kinds[] = {
	/*
	 * Ids: reset value of PCIE:PCI_TYPE0_DEVICE_ID_VENDOR_ID, which board firmware can
	 * change.  Witness: DEVCPU_GCB:CHIP_REGS:CHIP_ID, 0x374680e9 on real parts.
	 */
	{ "VSC7448", "Ethernet switch", 0x101b, 0xb003, 0, 0, 0x1010000 },
	/* regmaps/btc/btc.rdl, "PCIe".  Witness: ID:MAGIC. */
	{ "BTC", "backplane TDM controller", 0x10ee, 0x7011, 0x4254, 0, 0 },
	/* QEMU, docs/specs/rocker: vendor and device; BOGUS_REG0 reads 0xdeadbabe. */
	{ "rocker", "QEMU's Ethernet switch", 0x1b36, 0x0006, 0, 0, 0 },
	/* QEMU, docs/specs/ivshmem-spec: the shared memory is BAR 2. */
	{ "ivshmem", "QEMU's shared memory", 0x1af4, 0x1110, 0, 2, PCI_NO_WITNESS },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

const struct pci_kind *pci_kind_at(size_t i)
{
	return i < COUNT(kinds) ? &kinds[i] : NULL;
}

const struct pci_kind *pci_kind_of_ids(uint16_t vendor, uint16_t device)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i].vendor == vendor && kinds[i].device == device)
			return &kinds[i];
	return NULL;
}

const struct pci_kind *pci_kind_find(const struct pci_facts *facts)
{
	const struct pci_kind *kind = pci_kind_of_ids(facts->vendor, facts->device);

	if (kind == NULL || (kind->subdevice != 0 && kind->subdevice != facts->subdevice))
		return NULL;
	return kind;
}
