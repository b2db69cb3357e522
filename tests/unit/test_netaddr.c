/* SPDX-License-Identifier: GPL-2.0-or-later */
/* MAC and IP addresses as people write them; the texts of IPv6 are those of RFC 5952, clause 4. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "hal/netaddr.h"

static void test_mac_addresses_in_three_spellings(void **state)
{
	static const char *const texts[] = { "02:00:5e:10:0f:01", "02-00-5E-10-0F-01",
					     "0200.5e10.0f01" };
	struct mac mac;
	char buf[MAC_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		memset(&mac, 0, sizeof(mac));
		assert_true(mac_parse(texts[i], &mac));
		assert_string_equal(mac_format(&mac, buf), texts[0]);
	}
	assert_int_equal(mac_number(&mac), 0x02005e100f01);
	mac = mac_of_number(0x01005e000001);
	assert_string_equal(mac_format(&mac, buf), "01:00:5e:00:00:01");
	assert_true(mac_is_multicast(&mac));
}

static void test_what_is_no_mac_address(void **state)
{
	static const char *const texts[] = { "",
					     "02:00:00:00:00",
					     "02:00:00:00:00:0",
					     "02:00:00:00:00:001",
					     "02:00:00:00:00:01 ",
					     "02:00-00:00:00:01",
					     "02:00:00:00:00:0g",
					     "0200:0000:0001",
					     "020000000001" };
	struct mac mac = { { 9 } };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(mac_parse(texts[i], &mac));
	assert_int_equal(mac.octet[0], 9);
}

static void test_prefixes(void **state)
{
	struct ip ip;
	unsigned length;
	char buf[IP_TEXT_SIZE];

	(void)state;
	assert_true(ip_parse_prefix("192.0.2.10", &ip, &length));
	assert_int_equal(length, 32);
	assert_true(ip_parse_prefix("192.0.2.0/24", &ip, &length));
	assert_int_equal(length, 24);
	assert_string_equal(ip_format(&ip, buf), "192.0.2.0");
	assert_true(ip_parse_prefix("0.0.0.0/0", &ip, &length));
	assert_int_equal(length, 0);
	assert_true(ip_parse_prefix("2001:DB8:0:0:1:0:0:1/128", &ip, &length));
	assert_int_equal(length, 128);
	assert_string_equal(ip_format(&ip, buf), "2001:db8::1:0:0:1");
}

static void test_what_is_no_prefix(void **state)
{
	static const char *const texts[] = { "",
					     "192.0.2",
					     "192.0.2.256",
					     "192.0.2.1/",
					     "192.0.2.1/33",
					     "192.0.2.1/-1",
					     "192.0.2.1/0024",
					     "2001:db8::1/129",
					     "2001:db8::1::2/64",
					     "2001:db8::1/6x" };
	struct ip ip = { .octet = { 7 } };
	unsigned length = 5;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(ip_parse_prefix(texts[i], &ip, &length));
	assert_int_equal(length, 5);
	assert_int_equal(ip.octet[0], 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mac_addresses_in_three_spellings),
		cmocka_unit_test(test_what_is_no_mac_address),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_what_is_no_prefix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
