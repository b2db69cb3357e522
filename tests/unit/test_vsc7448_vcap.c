/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The TCAMs: the driver's side and the model's.  Known words are of the vendor's driver
 * (fixtures/vsc7448/vendor/: l3_host4, l3_host6, acl_port_policy, init).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/mock_vsc7448/vcap.h"
#include "hal/vsc7448/vcap_priv.h"
#include "tests/lib/chip_bench.h"

#define UPDATE    VSC7448_VCAP_SUPER_VCAP_CORE_CFG_VCAP_UPDATE_CTRL
#define ENTRY(i)  VSC7448_VCAP_SUPER_VCAP_CORE_CACHE_VCAP_ENTRY_DAT(i)
#define MASK(i)   VSC7448_VCAP_SUPER_VCAP_CORE_CACHE_VCAP_MASK_DAT(i)
#define ACTION(i) VSC7448_VCAP_SUPER_VCAP_CORE_CACHE_VCAP_ACTION_DAT(i)
#define CNT       VSC7448_VCAP_SUPER_VCAP_CORE_CACHE_VCAP_CNT_DAT(0)
#define READ_SHOT (1u << 22 | 4u)
#define CORE_7    28672u
#define TOP       32767u

static struct chip_bench b;

static int set_up(void **state)
{
	(void)state;
	chip_bench_open(&b, "mock:");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	chip_bench_close(&b);
	return 0;
}

static struct regio *io(void)
{
	return b.chip->io;
}

static void end(void)
{
	struct error err = { 0 };

	assert_int_equal(regio_end(io(), &err), 0);
}

/* What the store holds: entry, mask, action, counter; read by hand. */
static void assert_address(uint32_t addr, const uint32_t want[8])
{
	const uint64_t addrs[] = { ENTRY(0),  ENTRY(1),  MASK(0),   MASK(1),
				   ACTION(0), ACTION(1), ACTION(2), CNT };
	uint32_t got[8];

	regio_write(io(), UPDATE, addr << 3 | READ_SHOT);
	assert_int_equal(regio_read_many(io(), addrs, 8, got), 0);
	assert_memory_equal(got, want, sizeof(got));
}

static void put(uint32_t *words, unsigned lsb, unsigned width, uint64_t value)
{
	bits_put(words, lsb, width, value);
}

/* 192.0.2.10/32 -> 02:00:00:00:00:01 on leg 1, queue 7. */
static void host4(struct vcap_rule *rule, uint32_t ip)
{
	memset(rule, 0, sizeof(*rule));
	rule->size = 1;
	put(rule->key, 0, 1, 1);
	put(rule->key, 1, 32, ip);
	put(rule->care, 0, 33, UINT64_MAX);
	put(rule->action, 0, 2, 2);
	put(rule->action, 2, 16, 0x0200);
	put(rule->action, 18, 32, 1);
	put(rule->action, 50, 7, 1);
	put(rule->action, 57, 3, 7);
	put(rule->action, 63, 1, 1);
}

static void test_an_ipv4_host_rule_has_the_vendors_words(void **state)
{
	const uint32_t want[8] = { 0x0000082b, 3, 0, 0xfffffffc, 0x00040802, 0x8e040000, 0, 0 };
	struct vcap_rule rule;

	(void)state;
	host4(&rule, 0xc000020a);
	vsc7448__vcap_write(io(), VCAP_OWNER_LPM, TOP, &rule);
	end();
	assert_address(TOP, want);
}

static void test_an_ipv6_host_rule_has_the_vendors_words(void **state)
{
	static const uint32_t want[4][8] = {
		{ 0x0000010c, 0, 0, 0xfffffff0, 0x00040802, 0x8e040000, 0, 0 },
		{ 0, 0, 0, 0xfffffff0, 0x00040802, 0x8e040000, 0, 0 },
		{ 0x007f8000, 0xc, 0, 0xfffffff0, 0x00040802, 0x8e040000, 0, 0 },
		{ 0x020010da, 0, 0xf0000000, 0xffffffff, 0x00040802, 0x8e040000, 0, 0 },
	};
	struct vcap_rule rule;

	(void)state;
	host4(&rule, 0);
	rule.size = 4;
	put(rule.key, 1, 64, 0x10);
	put(rule.key, 65, 64, UINT64_C(0x20010db800ff0000));
	put(rule.care, 0, 64, UINT64_MAX);
	put(rule.care, 64, 64, UINT64_MAX);
	put(rule.care, 128, 1, 1);
	vsc7448__vcap_write(io(), VCAP_OWNER_LPM, TOP - 3, &rule);
	end();
	for (uint32_t i = 0; i < 4; i++)
		assert_address(TOP - 3 + i, want[i]);
}

static void test_a_default_policy_group_has_the_vendors_words(void **state)
{
	uint32_t action[VCAP_ACTION_WORDS] = { 0 }, got[VCAP_ACTION_WORDS];
	const uint32_t first[8] = { 0, 0, 0, 0, 4, 0, 0, 0 };
	const uint32_t third[8] = { 0, 0, 0, 0, 0x3fc00000, 0x20, 0, 0 };

	(void)state;
	put(action, 162, 8, 0xff);
	put(action, 170, 8, 0x80);
	vsc7448__vcap_put_default(io(), VCAP_OWNER_CLM_A, 0, 3, action);
	end();
	/* READ of an address without an entry leaves the entry cache alone: it is empty. */
	assert_address(32816, first);
	assert_address(32818, third);
	assert_int_equal(mv_vcap_default_pag(b.model, 3), 0x80);
	assert_int_equal(vsc7448__vcap_get_default(io(), VCAP_OWNER_CLM_A, 0, 3, got), 0);
	assert_memory_equal(got, action, sizeof(got));
}

static void test_initialisation_gives_the_vendors_commands(void **state)
{
	static const uint32_t want[] = { 0x8000, 0x01000006, 0x9900, 0x01200006,
					 0x1000, 0x01000006, 0x1035, 0x01200006 };
	size_t n = 0;

	(void)state;
	chip_bench_forget_log(&b);
	vsc7448__vcap_init(io());
	end();
	for (size_t i = 0; i < b.n_access; i++)
		if (b.access[i].kind == BUS_OP_WRITE)
			assert_int_equal(b.access[i].value, want[n++]);
	assert_int_equal(n, 8);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8 ^ *seed << 16;
}

static void random_bits(uint32_t *words, unsigned n, uint32_t *seed)
{
	for (unsigned i = 0; i < n; i++)
		put(words, i, 1, next_random(seed) >> 5 & 1);
}

static void test_rules_read_back_as_written_in_every_size(void **state)
{
	static const struct {
		enum vcap_owner owner;
		uint32_t size, addr;
		unsigned key_bits, action_bits;
	} kinds[] = {
		/* 36 bits an address less the type group; 73 bits an address less CLM's 7. */
		{ VCAP_OWNER_LPM, 1, 4095, 35, 73 },
		{ VCAP_OWNER_LPM, 1, 16, 35, 73 },
		{ VCAP_OWNER_LPM, 2, 8, 72 - 3, 73 },
		{ VCAP_OWNER_LPM, 4, 12, 144 - 7, 73 },
		{ VCAP_OWNER_LPM, 8, 32, 288 - 15, 73 },
		{ VCAP_OWNER_IS2, 4, 4, 144 - 1, 292 },
		{ VCAP_OWNER_IS2, 8, 8, 288 - 3, 292 },
		{ VCAP_OWNER_IS2, 16, 48, 576 - 7, 292 },
		{ VCAP_OWNER_CLM_B, 4, 64, 144 - 7, 285 },
		{ VCAP_OWNER_CLM_B, 16, 80, 576 - 31, 285 },
	};
	uint32_t seed = 1;

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct vcap_rule rule = { .size = kinds[i].size, .counter = 7 }, got;

		random_bits(rule.care, kinds[i].key_bits, &seed);
		random_bits(rule.key, kinds[i].key_bits, &seed);
		for (size_t w = 0; w < VCAP_KEY_WORDS; w++)
			rule.key[w] &= rule.care[w];
		random_bits(rule.action, kinds[i].action_bits, &seed);
		vsc7448__vcap_write(io(), kinds[i].owner, kinds[i].addr, &rule);
		assert_int_equal(vsc7448__vcap_read(io(), kinds[i].owner, kinds[i].addr, &got),
				 0);
		assert_memory_equal(&got, &rule, sizeof(got));
	}
}

static void test_a_rewritten_action_keeps_key_and_counter(void **state)
{
	struct vcap_rule rule, got;

	(void)state;
	host4(&rule, 0xc000020a);
	rule.counter = 1;
	vsc7448__vcap_write(io(), VCAP_OWNER_LPM, TOP, &rule);
	put(rule.action, 50, 7, 9);
	vsc7448__vcap_write_action(io(), VCAP_OWNER_LPM, TOP, 1, rule.action);
	assert_int_equal(vsc7448__vcap_read(io(), VCAP_OWNER_LPM, TOP, &got), 0);
	assert_memory_equal(&got, &rule, sizeof(got));
}

static void test_cleared_addresses_hold_no_rule(void **state)
{
	struct vcap_rule rule, got;

	(void)state;
	host4(&rule, 1);
	for (uint32_t i = 0; i < 3; i++)
		vsc7448__vcap_write(io(), VCAP_OWNER_LPM, TOP - i, &rule);
	vsc7448__vcap_clear(io(), TOP - 1, 1);
	assert_int_equal(vsc7448__vcap_read(io(), VCAP_OWNER_LPM, TOP - 1, &got), 0);
	assert_int_equal(got.size, 0);
	assert_int_equal(vsc7448__vcap_read(io(), VCAP_OWNER_LPM, TOP, &got), 0);
	assert_int_equal(got.size, 1);
	assert_int_equal(vsc7448__vcap_read(io(), VCAP_OWNER_LPM, TOP - 2, &got), 0);
	assert_int_equal(got.size, 1);
}

static uint32_t ip_at(uint32_t addr)
{
	struct vcap_rule got;

	assert_int_equal(vsc7448__vcap_read(io(), VCAP_OWNER_LPM, addr, &got), 0);
	return got.size == 0 ? 0 : (uint32_t)bits_get(got.key, 1, 32);
}

static void test_moves_take_rules_along_and_leave_nothing(void **state)
{
	struct vcap_rule rule;

	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		host4(&rule, 0x0a000001 + i);
		vsc7448__vcap_write(io(), VCAP_OWNER_LPM, TOP - i, &rule);
	}
	vsc7448__vcap_move(io(), TOP - 2, 3, 1, false);
	end();
	assert_int_equal(ip_at(TOP), 0);
	assert_int_equal(ip_at(TOP - 1), 0x0a000001);
	assert_int_equal(ip_at(TOP - 3), 0x0a000003);
	vsc7448__vcap_move(io(), TOP - 3, 2, 2, true);
	end();
	assert_int_equal(ip_at(TOP), 0x0a000002);
	assert_int_equal(ip_at(TOP - 1), 0x0a000003);
	assert_int_equal(ip_at(TOP - 2), 0);
	assert_int_equal(ip_at(TOP - 3), 0);
}

static void test_owners_are_those_given(void **state)
{
	uint32_t owner[VCAP_CORES];

	(void)state;
	vsc7448__vcap_own(io(), 7, VCAP_OWNER_LPM);
	vsc7448__vcap_own(io(), 3, VCAP_OWNER_IS2);
	assert_int_equal(vsc7448__vcap_owners(io(), owner), 0);
	for (uint32_t i = 0; i < VCAP_CORES; i++)
		assert_int_equal(owner[i],
				 i == 7 ? VCAP_OWNER_LPM
					: (i == 3 ? VCAP_OWNER_IS2 : VCAP_OWNER_NONE));
}

static void test_an_egress_default_reads_back(void **state)
{
	uint32_t action[VCAP_ACTION_WORDS], got[VCAP_ACTION_WORDS];

	(void)state;
	for (uint32_t i = 0; i < VCAP_ACTION_WORDS; i++)
		action[i] = 0x01010101 * (i + 1);
	vsc7448__es0_put_default(io(), 52, action);
	assert_int_equal(vsc7448__es0_get_default(io(), 52, got), 0);
	assert_memory_equal(got, action, sizeof(got));
	assert_memory_equal(mv_vcap_es0_default(b.model, 52), action, sizeof(action));
}

static void test_a_command_that_never_ends_times_out(void **state)
{
	const char *want = "VCAP_SUPER:VCAP_CORE_CFG:VCAP_UPDATE_CTRL.UPDATE_SHOT was not 0x0 "
			   "within 100000 us, last 0x1";
	struct error err = { 0 };

	(void)state;
	chip_bench_stick(&b, UPDATE, 4, 4);
	vsc7448__vcap_clear(io(), 0, 1);
	assert_int_equal(regio_end(io(), &err), E_TIMEOUT);
	assert_memory_equal(err.text, want, strlen(want));
}

/* --- lookups of the model ---------------------------------------------------------------- */

static const uint8_t ip_10[4] = { 192, 0, 2, 10 };

static void test_the_highest_address_wins(void **state)
{
	struct vcap_rule rule;

	(void)state;
	vsc7448__vcap_own(io(), 7, VCAP_OWNER_LPM);
	for (uint32_t i = 0; i < 2; i++) {
		host4(&rule, 0xc000020a);
		put(rule.action, 18, 32, i);
		vsc7448__vcap_write(io(), VCAP_OWNER_LPM, CORE_7 + 40 + 90 * i, &rule);
	}
	end();
	assert_int_equal(mv_vcap_lpm_match(b.model, false, true, ip_10)->mac,
			 UINT64_C(0x020000000001));
	vsc7448__vcap_clear(io(), CORE_7 + 130, 1);
	end();
	assert_int_equal(mv_vcap_lpm_match(b.model, false, true, ip_10)->mac,
			 UINT64_C(0x020000000000));
	/* The flag tells destinations from sources. */
	assert_null(mv_vcap_lpm_match(b.model, false, false, ip_10));
}

static void test_rules_of_a_core_without_owner_do_not_match(void **state)
{
	struct vcap_rule rule;

	(void)state;
	host4(&rule, 0xc000020a);
	vsc7448__vcap_write(io(), VCAP_OWNER_LPM, TOP, &rule);
	end();
	assert_null(mv_vcap_lpm_match(b.model, false, true, ip_10));
	vsc7448__vcap_own(io(), 7, VCAP_OWNER_LPM);
	end();
	assert_non_null(mv_vcap_lpm_match(b.model, false, true, ip_10));
	vsc7448__vcap_own(io(), 7, VCAP_OWNER_CLM_A);
	end();
	assert_null(mv_vcap_lpm_match(b.model, false, true, ip_10));
}

/* vcap_core.rdl: value 1 that is not compared means "never match". */
static void test_an_uncompared_one_never_matches(void **state)
{
	(void)state;
	vsc7448__vcap_own(io(), 7, VCAP_OWNER_LPM);
	regio_write(io(), ENTRY(0), 0x3);
	regio_write(io(), ENTRY(1), 0);
	regio_write(io(), MASK(0), 0xfffffffc);
	regio_write(io(), MASK(1), 0xffffffff);
	regio_write(io(), UPDATE, TOP << 3 | 4);
	end();
	assert_non_null(mv_vcap_lpm_match(b.model, false, true, ip_10));
	regio_write(io(), ENTRY(0), 0x83);
	regio_write(io(), UPDATE, TOP << 3 | 4);
	end();
	assert_null(mv_vcap_lpm_match(b.model, false, true, ip_10));
}

/* fixtures/vsc7448/vendor/acl_etype.stores: EtherType 0x88b5 from any port to port 10. */
static void write_vendors_etype_rule(void)
{
	static const uint32_t words[8][7] = {
		{ 0x42, 0, 0xfffe7f80, 0xffffffff, 0xc000000, 0x80, 0 },
		{ 0, 0, 0xffffffff, 0xffffffff, 0x1000000, 0x64000100, 0 },
		{ 0, 0, 0xffffffff, 0xffffffff, 0, 0, 0 },
		{ 0, 0, 0xffffffff, 0xffffffff, 0, 0, 0 },
		{ 0, 0, 0xfffffffe, 0xffffffff, 0, 0, 0 },
		{ 0x88b5800, 0, 0xf00007ff, 0xffffffff, 0, 0, 0 },
		{ 0, 0, 0xffffffff, 0xffffffff, 0, 0, 0 },
		{ 0, 0, 0xffdfffff, 0xffffffff, 0, 0, 0 },
	};
	static const uint64_t addrs[] = { ENTRY(0),  ENTRY(1),  MASK(0),  MASK(1),
					  ACTION(0), ACTION(1), ACTION(2) };

	vsc7448__vcap_own(io(), 7, VCAP_OWNER_IS2);
	for (uint32_t i = 0; i < 8; i++) {
		for (uint32_t k = 0; k < 7; k++)
			regio_write(io(), addrs[k], words[i][k]);
		regio_write(io(), UPDATE, (32760 + i) << 3 | 4);
	}
	end();
}

static void test_the_vendors_ethertype_rule_matches_its_frames_only(void **state)
{
	struct mv_is2_frame frame = { .first = true,
				      .pag = 0x80,
				      .port = 3,
				      .dmac = UINT64_C(0xffffffffffff),
				      .broadcast = true,
				      .is_etype = true,
				      .etype = 0x88b5 };
	const struct mv_is2_action *action;

	(void)state;
	write_vendors_etype_rule();
	action = mv_vcap_is2_match(b.model, &frame);
	assert_int_equal(action->mask_mode, MV_MASK_REPLACE_ALL);
	assert_int_equal(action->ports, UINT64_C(1) << 10);
	assert_int_equal(action->counter, 100);
	assert_int_equal(action->match_id, 1);
	assert_false(action->cpu);
	frame.etype = 0x88b6;
	assert_int_equal(mv_vcap_is2_match(b.model, &frame)->mask_mode, MV_MASK_OR_DST);
	frame.etype = 0x88b5;
	frame.first = false;
	assert_int_equal(mv_vcap_is2_match(b.model, &frame)->mask_mode, MV_MASK_OR_DST);
}

static void test_hits_count_in_the_rules_counter(void **state)
{
	struct mv_is2_frame frame = { .first = true, .is_etype = true, .etype = 0x88b5 };
	uint32_t hits;

	(void)state;
	write_vendors_etype_rule();
	for (int i = 0; i < 3; i++)
		mv_vcap_is2_match(b.model, &frame);
	assert_int_equal(regio_read(io(), VSC7448_ANA_ACL_CNT_TBL_CNT(100), &hits), 0);
	assert_int_equal(hits, 3);
	regio_write(io(), VSC7448_ANA_ACL_CNT_TBL_CNT(100), 0);
	assert_int_equal(regio_read(io(), VSC7448_ANA_ACL_CNT_TBL_CNT(100), &hits), 0);
	assert_int_equal(hits, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_an_ipv4_host_rule_has_the_vendors_words),
		TEST(test_an_ipv6_host_rule_has_the_vendors_words),
		TEST(test_a_default_policy_group_has_the_vendors_words),
		TEST(test_initialisation_gives_the_vendors_commands),
		TEST(test_rules_read_back_as_written_in_every_size),
		TEST(test_a_rewritten_action_keeps_key_and_counter),
		TEST(test_cleared_addresses_hold_no_rule),
		TEST(test_moves_take_rules_along_and_leave_nothing),
		TEST(test_owners_are_those_given),
		TEST(test_an_egress_default_reads_back),
		TEST(test_a_command_that_never_ends_times_out),
		TEST(test_the_highest_address_wins),
		TEST(test_rules_of_a_core_without_owner_do_not_match),
		TEST(test_an_uncompared_one_never_matches),
		TEST(test_the_vendors_ethertype_rule_matches_its_frames_only),
		TEST(test_hits_count_in_the_rules_counter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
