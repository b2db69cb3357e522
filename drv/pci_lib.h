/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PCI functions as libpci sees them, in sysfs or in a dump of `lspci -xxxx`.
 *
 * libpci ends the process on an error, unless its error function does not return: here it never
 * does and every call into libpci comes back with an error instead.  The kernel shows ordinary
 * users only the first 64 bytes of configuration space; power state and link, which lie behind
 * them, then come from sysfs.
 *
 * SWITCHBLADE_SYSFS_PCI, for tests: the folder that stands for /sys/bus/pci.
 */
#ifndef DRV_PCI_LIB_H
#define DRV_PCI_LIB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"
#include "drv/pci_place.h"

#define PCI_N_BARS 6

enum pci_bar_kind { PCI_BAR_NONE, PCI_BAR_MEM, PCI_BAR_IO };

struct pci_bar {
	enum pci_bar_kind kind;
	uint64_t address; /* 0: the kernel has not placed it */
	uint64_t bytes;   /* 0: not known, in a dump */
};

struct pci_link {                /* PCIe; 0: not known, or no such link */
	uint32_t mtps, max_mtps; /* million transfers per second: 2500, 5000, 8000, ... */
	uint32_t width, max_width;
};

/* What is known of a function without touching its registers. */
struct pci_facts {
	char place[PCI_PLACE_CHARS];
	uint16_t vendor, device, subvendor, subdevice;
	uint16_t class; /* base class and subclass */
	uint8_t revision;
	bool answers; /* its configuration space holds its vendor */
	bool decodes; /* memory accesses reach it: bit 1 of the command register */
	int power;    /* 0 to 3 for D0 to D3; -1: not known */
	struct pci_bar bars[PCI_N_BARS];
	struct pci_link link;
	char driver[64]; /* of the kernel, bound to it; "": none */
};

struct pci_lib;

/*
 * Finds the functions in sysfs, or in the file @dump unless it is NULL.  The caller closes.
 * E_NODEV: there is no PCI, or no such file; E_SYNTAX: a dump that does not read, with its line;
 * E_IO: what libpci says.
 */
int pci_lib_open(const char *dump, struct error *err, struct pci_lib **out);
void pci_lib_close(struct pci_lib *lib); /* NULL is allowed */

/* The functions, sorted by place.  One whose ids cannot be read has the ids 0xffff. */
struct pci_id {
	struct pci_place place;
	uint16_t vendor, device;
};
size_t pci_lib_count(const struct pci_lib *lib);
const struct pci_id *pci_lib_at(const struct pci_lib *lib, size_t i);

/* All facts of function @i.  E_IO: what libpci says, a file that is missing for one. */
int pci_lib_facts(struct pci_lib *lib, size_t i, struct error *err, struct pci_facts *facts);

/* The path of a file that sysfs has for function @i. */
void pci_lib_path(const struct pci_lib *lib, size_t i, const char *file, char *buf,
		  size_t size);

#endif
