/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/netaddr.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Twelve digits; @every digits a @separator. */
static bool parse_groups(const char *text, char separator, size_t every, struct mac *mac)
{
	struct mac found = { { 0 } };

	for (size_t i = 0; i < 12; i++) {
		int digit;

		if (i > 0 && i % every == 0 && *text++ != separator)
			return false;
		digit = hex_digit(*text);
		if (digit < 0)
			return false;
		text++;
		found.octet[i / 2] = (uint8_t)(found.octet[i / 2] << 4 | digit);
	}
	if (*text != '\0')
		return false;
	*mac = found;
	return true;
}

bool mac_parse(const char *text, struct mac *mac)
{
	return parse_groups(text, ':', 2, mac) || parse_groups(text, '-', 2, mac) ||
	       parse_groups(text, '.', 4, mac);
}

const char *mac_format(const struct mac *mac, char buf[MAC_TEXT_SIZE])
{
	const uint8_t *o = mac->octet;

	snprintf(buf, MAC_TEXT_SIZE, "%02x:%02x:%02x:%02x:%02x:%02x", o[0], o[1], o[2], o[3],
		 o[4], o[5]);
	return buf;
}

uint64_t mac_number(const struct mac *mac)
{
	uint64_t number = 0;

	for (size_t i = 0; i < 6; i++)
		number = number << 8 | mac->octet[i];
	return number;
}

struct mac mac_of_number(uint64_t number)
{
	struct mac mac;

	for (size_t i = 6; i-- > 0; number >>= 8)
		mac.octet[i] = (uint8_t)number;
	return mac;
}

bool ip_parse(const char *text, struct ip *ip)
{
	struct ip found = { .v6 = strchr(text, ':') != NULL };

	if (inet_pton(found.v6 ? AF_INET6 : AF_INET, text, found.octet) != 1)
		return false;
	*ip = found;
	return true;
}

static bool parse_length(const char *text, unsigned max, unsigned *length)
{
	unsigned n = 0;

	if (*text == '\0' || strlen(text) > 3)
		return false;
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9')
			return false;
		n = n * 10 + (unsigned)(*text - '0');
	}
	*length = n;
	return n <= max;
}

bool ip_parse_prefix(const char *text, struct ip *ip, unsigned *length)
{
	const char *slash = strchr(text, '/');
	size_t len = slash == NULL ? strlen(text) : (size_t)(slash - text);
	char address[IP_TEXT_SIZE];
	unsigned n, max;
	struct ip found;

	if (len >= sizeof(address))
		return false;
	memcpy(address, text, len);
	address[len] = '\0';
	if (!ip_parse(address, &found))
		return false;
	n = max = found.v6 ? 128 : 32;
	if (slash != NULL && !parse_length(slash + 1, max, &n))
		return false;
	*ip = found;
	*length = n;
	return true;
}

const char *ip_format(const struct ip *ip, char buf[IP_TEXT_SIZE])
{
	inet_ntop(ip->v6 ? AF_INET6 : AF_INET, ip->octet, buf, IP_TEXT_SIZE);
	return buf;
}
