/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/pci_place.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A hexadecimal number of 1 to @max digits, up to @limit. */
static bool take_hex(const char **text, unsigned max, uint32_t limit, uint32_t *value)
{
	uint32_t v = 0;
	unsigned n = 0;

	for (; n < max; n++) {
		static const char digits[] = "0123456789abcdef";
		const char c = (*text)[n];
		const char *at =
			c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c | 0x20 : c);

		if (at == NULL)
			break;
		v = v << 4 | (uint32_t)(at - digits);
	}
	*text += n;
	*value = v;
	return n > 0 && v <= limit;
}

static bool take_char(const char **text, char c)
{
	if (**text != c)
		return false;
	++*text;
	return true;
}

bool pci_place_parse(const char *text, struct pci_place *place)
{
	uint32_t domain = 0, bus, device, function;

	if (!take_hex(&text, 8, 0x7fffffff, &bus) || !take_char(&text, ':') ||
	    !take_hex(&text, 2, 0xff, &device))
		return false;
	if (take_char(&text, ':')) {
		domain = bus;
		bus = device;
		if (!take_hex(&text, 2, 0xff, &device))
			return false;
	}
	if (bus > 0xff || device > 0x1f || !take_char(&text, '.') ||
	    !take_hex(&text, 1, 7, &function) || *text != '\0')
		return false;
	*place = (struct pci_place){ domain, (uint8_t)bus, (uint8_t)device, (uint8_t)function };
	return true;
}

void pci_place_format(const struct pci_place *place, char buf[PCI_PLACE_CHARS])
{
	snprintf(buf, PCI_PLACE_CHARS, "%04" PRIx32 ":%02x:%02x.%x", place->domain, place->bus,
		 place->device, place->function);
}

bool pci_ids_parse(const char *text, uint16_t *vendor, uint16_t *device)
{
	uint32_t v, d;

	if (!take_hex(&text, 4, 0xffff, &v) || !take_char(&text, ':') ||
	    !take_hex(&text, 4, 0xffff, &d) || *text != '\0')
		return false;
	*vendor = (uint16_t)v;
	*device = (uint16_t)d;
	return true;
}
