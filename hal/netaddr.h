/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Addresses of the network as people write them. */
#ifndef HAL_NETADDR_H
#define HAL_NETADDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mac {
	uint8_t octet[6];
};

/* "02:00:00:00:00:01", also with "-" or as "0200.0000.0001".  False: not an address. */
bool mac_parse(const char *text, struct mac *mac);

#define MAC_TEXT_SIZE 18
const char *mac_format(const struct mac *mac, char buf[MAC_TEXT_SIZE]); /* returns @buf */

/* The 48 bits as a number, first octet highest, and back. */
uint64_t mac_number(const struct mac *mac);
struct mac mac_of_number(uint64_t number);

static inline bool mac_is_multicast(const struct mac *mac)
{
	return (mac->octet[0] & 1) != 0;
}

/* An IPv4 or IPv6 address, in network order. */
struct ip {
	bool v6;
	uint8_t octet[16]; /* IPv4: the first four */
};

/* "192.0.2.1" or "2001:db8::1".  False: neither. */
bool ip_parse(const char *text, struct ip *ip);

/* The same with "/LENGTH"; without one all bits count.  False also for a length too large. */
bool ip_parse_prefix(const char *text, struct ip *ip, unsigned *length);

#define IP_TEXT_SIZE 46
const char *ip_format(const struct ip *ip, char buf[IP_TEXT_SIZE]); /* returns @buf */

#endif
