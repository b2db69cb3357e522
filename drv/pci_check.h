/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the registers of a PCI function can be used now, and what to do when not. */
#ifndef DRV_PCI_CHECK_H
#define DRV_PCI_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "drv/pci_lib.h"

struct pci_want {
	unsigned bar;
	uint64_t bytes; /* of the window; 0: whatever the BAR has */
	bool shared;    /* beside a kernel driver */
};

/*
 * The first problem.  E_PERM: a kernel driver has it; E_NODEV: no such BAR, an I/O BAR, one that
 * is too small or has no address, or nobody answers; E_STATE: it sleeps, or does not decode
 * memory accesses.
 */
int pci_check(const struct pci_facts *facts, const struct pci_want *want, struct error *err);

/* The part of it that can change while the registers are in use: nobody answers, E_STATE. */
int pci_check_awake(const struct pci_facts *facts, struct error *err);

/* What mmap() of the BAR's file said. */
int pci_check_map(const struct pci_facts *facts, int errnum, const char *path,
		  struct error *err);

/* What open() of the BAR's file said. */
int pci_check_open(int errnum, const char *path, struct error *err);

#endif
