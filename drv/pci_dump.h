/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text that `lspci -x`, `-xxx` and `-xxxx` print: for each function a line that starts with
 * its place, lines of hexadecimal bytes with their offset, an empty line.
 */
#ifndef DRV_PCI_DUMP_H
#define DRV_PCI_DUMP_H

#include "drv/error.h"

/*
 * Checks that libpci can read the dump in @path: it believes offsets and gives no line numbers.
 * E_NODEV, E_PERM: the file; E_SYNTAX: with the line that is wrong.
 */
int pci_dump_check(const char *path, struct error *err);

#endif
