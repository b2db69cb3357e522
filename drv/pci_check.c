/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/pci_check.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Drivers that only hold a device for programs like this one. */
static bool leaves_registers(const char *driver)
{
	return strcmp(driver, "pci-stub") == 0 || strcmp(driver, "uio_pci_generic") == 0;
}

static int check_driver(const struct pci_facts *facts, struct error *err)
{
	if (facts->driver[0] == '\0' || leaves_registers(facts->driver))
		return E_OK;
	return error_set(
		err, E_PERM,
		"the kernel's driver %s uses its registers; unbind it as root: "
		"echo %s >/sys/bus/pci/drivers/%s/unbind; or say ',shared' to use them "
		"beside it",
		facts->driver, facts->place, facts->driver);
}

/* "0 (32 MiB), 1 (I/O)". */
static void list_bars(const struct pci_facts *facts, char *buf, size_t size)
{
	size_t used = 0;

	snprintf(buf, size, "none");
	for (unsigned i = 0; i < PCI_N_BARS && used < size; i++) {
		const struct pci_bar *bar = &facts->bars[i];
		const char *comma = used > 0 ? ", " : "";

		if (bar->kind == PCI_BAR_IO)
			used += (size_t)snprintf(buf + used, size - used, "%s%u (I/O)", comma,
						 i);
		else if (bar->kind == PCI_BAR_MEM)
			used += (size_t)snprintf(buf + used, size - used,
						 "%s%u (%" PRIu64 " bytes)", comma, i,
						 bar->bytes);
	}
}

static int check_bar(const struct pci_facts *facts, const struct pci_want *want,
		     struct error *err)
{
	const struct pci_bar *bar = &facts->bars[want->bar];
	char have[192];

	list_bars(facts, have, sizeof(have));
	if (bar->kind == PCI_BAR_NONE)
		return error_set(err, E_NODEV, "it has no BAR %u; its BARs: %s", want->bar,
				 have);
	if (bar->kind == PCI_BAR_IO)
		return error_set(err, E_NODEV,
				 "BAR %u is of I/O ports, registers have to be in memory; its "
				 "BARs: %s",
				 want->bar, have);
	if (bar->bytes > 0 && bar->bytes < want->bytes)
		return error_set(err, E_NODEV,
				 "BAR %u is too small, %" PRIu64 " bytes of %" PRIu64
				 ": another BAR (bar=N), device or map? Its BARs: %s",
				 want->bar, bar->bytes, want->bytes, have);
	if (bar->address == 0)
		return error_set(
			err, E_NODEV,
			"BAR %u has no address: the kernel found no room for it, dmesg "
			"tells; booting with pci=realloc may help",
			want->bar);
	return E_OK;
}

int pci_check_awake(const struct pci_facts *facts, struct error *err)
{
	if (facts->power > 0)
		return error_set(err, E_STATE,
				 "it sleeps (D%d); wake it as root: echo on "
				 ">/sys/bus/pci/devices/%s/power/control",
				 facts->power, facts->place);
	if (!facts->answers)
		return error_set(err, E_NODEV,
				 "it does not answer, not even with its vendor id: no power, "
				 "held in reset, or gone; when it is back, as root: echo 1 "
				 ">/sys/bus/pci/rescan");
	if (!facts->decodes)
		return error_set(err, E_STATE,
				 "its memory decoding is off; switch it on as root: echo 1 "
				 ">/sys/bus/pci/devices/%s/enable",
				 facts->place);
	return E_OK;
}

int pci_check(const struct pci_facts *facts, const struct pci_want *want, struct error *err)
{
	int rc = want->shared ? E_OK : check_driver(facts, err);

	if (rc == E_OK)
		rc = check_bar(facts, want, err);
	if (rc == E_OK)
		rc = pci_check_awake(facts, err);
	return rc;
}

int pci_check_open(int errnum, const char *path, struct error *err)
{
	if (errnum == EACCES)
		return error_set(err, E_PERM,
				 "no permission to open '%s': be root, or let the udev rule "
				 "60-switchblade.rules give it to your group",
				 path);
	return error_set_errno(err, errnum, "'%s'", path);
}

/*
 * linux/drivers/pci/pci-sysfs.c, pci_mmap_resource(): EPERM is security_locked_down(), EINVAL a
 * region that its driver has for itself.
 */
int pci_check_map(const struct pci_facts *facts, int errnum, const char *path,
		  struct error *err)
{
	if (errnum == EPERM)
		return error_set(err, E_PERM,
				 "the kernel is locked down and lets nobody map '%s': boot "
				 "without Secure Boot or without lockdown= on its command line "
				 "(/sys/kernel/security/lockdown)",
				 path);
	if (errnum == EINVAL && facts->driver[0] != '\0')
		return error_set(err, E_PERM,
				 "the kernel's driver %s has '%s' for itself: unbind it",
				 facts->driver, path);
	return error_set_errno(err, errnum, "'%s' cannot be mapped", path);
}
