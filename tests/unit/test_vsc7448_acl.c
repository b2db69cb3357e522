/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Access rules on the mock, compared with fixtures/vsc7448/vendor/acl_*.stores. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/mock_vsc7448/vcap.h"
#include "hal/vsc7448/acl_priv.h"
#include "tests/lib/chip_group.h"

#define UPDATE VSC7448_VCAP_SUPER_VCAP_CORE_CFG_VCAP_UPDATE_CTRL

static uint64_t word_addr(const char *name)
{
	unsigned i = (unsigned)strtoul(strchr(name, '[') + 1, NULL, 10);

	switch (name[0]) {
	case 'E':
		return VSC7448_VCAP_SUPER_VCAP_CORE_CACHE_VCAP_ENTRY_DAT(i);
	case 'M':
		return VSC7448_VCAP_SUPER_VCAP_CORE_CACHE_VCAP_MASK_DAT(i);
	case 'A':
		return VSC7448_VCAP_SUPER_VCAP_CORE_CACHE_VCAP_ACTION_DAT(i);
	default:
		return VSC7448_VCAP_SUPER_VCAP_CORE_CACHE_VCAP_CNT_DAT(i);
	}
}

/* One line "vcap_super,ADDRESS,REGISTER[I],MASK,VALUE" of the vendor's result; 1 when it counts. */
static unsigned check_line(const char *operation, char *line)
{
	char *store = strtok(line, ","), *addr = strtok(NULL, ","), *name = strtok(NULL, ",");
	char *mask = strtok(NULL, ","), *value = strtok(NULL, ",\n");
	uint32_t got;

	if (value == NULL || strcmp(store, "vcap_super") != 0 || strchr(name, '[') == NULL)
		return 0;
	regio_write(b.chip->io, UPDATE, (uint32_t)strtoul(addr, NULL, 10) << 3 | 1u << 22 | 4u);
	assert_int_equal(regio_read(b.chip->io, word_addr(name), &got), 0);
	if ((got & strtoul(mask, NULL, 16)) != strtoul(value, NULL, 16))
		fail_msg("%s: %s of %s is 0x%x, not %s", operation, name, addr, got, value);
	return 1;
}

static void assert_as_vendor(const char *operation)
{
	char path[128], line[256];
	unsigned n = 0;
	FILE *file;

	snprintf(path, sizeof(path), "fixtures/vsc7448/vendor/%s.stores", operation);
	file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL)
		n += check_line(operation, line);
	fclose(file);
	assert_true(n >= 64);
}

static struct vsc7448_acl_rule etype_rule(void)
{
	return (struct vsc7448_acl_rule){ .has_etype = true,
					  .etype = 0x88b5,
					  .from = VSC7448_FRONT_PORTS,
					  .verdict = VSC7448_ACL_REDIRECT,
					  .to = UINT64_C(1) << 10 };
}

static struct vsc7448_acl_rule dmac_rule(void)
{
	return (struct vsc7448_acl_rule){ .has_dmac = true,
					  .dmac = { { 2, 0, 0, 0, 0, 7 } },
					  .from = VSC7448_FRONT_PORTS,
					  .verdict = VSC7448_ACL_REDIRECT,
					  .to = UINT64_C(1) << 10 };
}

static void insert(uint32_t index, const struct vsc7448_acl_rule *rule)
{
	assert_int_equal(vsc7448_acl_insert(b.chip, index, rule, &err), 0);
}

static void test_an_ethertype_rule_is_as_the_vendors(void **state)
{
	struct vsc7448_acl_rule rule = etype_rule();

	(void)state;
	insert(0, &rule);
	assert_as_vendor("acl_etype");
}

static void test_dropping_is_as_the_vendors(void **state)
{
	struct vsc7448_acl_rule rule = etype_rule();

	(void)state;
	rule.verdict = VSC7448_ACL_DROP;
	rule.to = 0;
	insert(0, &rule);
	assert_as_vendor("acl_etype_drop");
}

static void test_filtering_is_as_the_vendors(void **state)
{
	struct vsc7448_acl_rule rule = etype_rule();

	(void)state;
	rule.verdict = VSC7448_ACL_FILTER;
	rule.to = UINT64_C(1) << 10 | UINT64_C(1) << 49;
	insert(0, &rule);
	assert_as_vendor("acl_etype_filter");
}

static void test_a_copy_to_the_cpu_is_as_the_vendors(void **state)
{
	struct vsc7448_acl_rule rule = etype_rule();

	(void)state;
	rule.verdict = VSC7448_ACL_PERMIT;
	rule.to = 0;
	rule.to_cpu = true;
	rule.cpu_queue = 3;
	insert(0, &rule);
	assert_as_vendor("acl_etype_cpu");
}

static void test_ingress_ports_are_as_the_vendors(void **state)
{
	struct vsc7448_acl_rule rule = etype_rule();

	(void)state;
	rule.from = 3;
	rule.to = UINT64_C(1) << 49;
	insert(0, &rule);
	assert_as_vendor("acl_etype_ports");
}

static void test_a_vlan_is_as_the_vendors(void **state)
{
	struct vsc7448_acl_rule rule = etype_rule();

	(void)state;
	rule.has_vid = true;
	rule.vid = 100;
	insert(0, &rule);
	assert_as_vendor("acl_etype_vid");
}

static void test_every_frame_is_as_the_vendors(void **state)
{
	struct vsc7448_acl_rule rule = etype_rule();

	(void)state;
	rule.has_etype = false;
	insert(0, &rule);
	assert_as_vendor("acl_any");
}

static void test_a_destination_is_as_the_vendors(void **state)
{
	struct vsc7448_acl_rule rule = dmac_rule();

	(void)state;
	insert(0, &rule);
	assert_as_vendor("acl_dmac");
}

static void test_a_destination_matches_frames_of_the_model(void **state)
{
	struct vsc7448_acl_rule rule = dmac_rule();
	struct mv_is2_frame frame = { .first = true, .dmac = UINT64_C(0x020000000007) };

	(void)state;
	insert(0, &rule);
	assert_int_equal(mv_vcap_is2_match(b.model, &frame)->ports, UINT64_C(1) << 10);
	frame.is_etype = true;
	frame.etype = 0x800;
	assert_int_equal(mv_vcap_is2_match(b.model, &frame)->ports, UINT64_C(1) << 10);
	frame.dmac++;
	assert_int_equal(mv_vcap_is2_match(b.model, &frame)->ports, 0);
}

static void test_only_ingress_ports_of_the_rule_match(void **state)
{
	struct vsc7448_acl_rule rule = etype_rule();
	struct mv_is2_frame frame = { .first = true, .is_etype = true, .etype = 0x88b5 };

	(void)state;
	rule.from = UINT64_C(1) << 0 | UINT64_C(1) << 52;
	insert(0, &rule);
	for (frame.port = 0; frame.port < VSC7448_N_PORTS; frame.port++)
		assert_int_equal(mv_vcap_is2_match(b.model, &frame)->ports,
				 frame.port == 0 || frame.port == 52 ? UINT64_C(1) << 10 : 0);
}

static void test_rules_read_back_in_order_with_their_counters(void **state)
{
	struct vsc7448_acl_rule etype = etype_rule(), dmac = dmac_rule(), *rules;
	struct mv_is2_frame frame = { .first = true, .is_etype = true, .etype = 0x88b5 };
	size_t n;

	(void)state;
	etype.has_vid = true;
	etype.vid = 77;
	etype.to_cpu = true;
	etype.cpu_queue = 5;
	frame.vid = 77;
	insert(0, &etype);
	insert(0, &dmac);
	mv_vcap_is2_match(b.model, &frame);
	mv_vcap_is2_match(b.model, &frame);
	assert_int_equal(vsc7448_acl_list(b.chip, &err, &rules, &n), 0);
	assert_int_equal(n, 2);
	dmac.counter = 101;
	dmac.address = 32760;
	assert_memory_equal(&rules[0], &dmac, sizeof(dmac));
	etype.counter = 100;
	etype.address = 32752;
	etype.hits = 2;
	assert_memory_equal(&rules[1], &etype, sizeof(etype));
	free(rules);
	assert_int_equal(vsc7448_acl_clear(b.chip, 1, &err), 0);
	assert_int_equal(vsc7448_acl_list(b.chip, &err, &rules, &n), 0);
	assert_int_equal(rules[1].hits, 0);
	free(rules);
}

static void test_the_first_rule_that_matches_decides(void **state)
{
	struct vsc7448_acl_rule etype = etype_rule(), dmac = dmac_rule();
	struct mv_is2_frame frame = { .first = true,
				      .dmac = UINT64_C(0x020000000007),
				      .is_etype = true,
				      .etype = 0x88b5 };

	(void)state;
	dmac.to = 1;
	insert(0, &etype);
	insert(9, &dmac);
	assert_int_equal(mv_vcap_is2_match(b.model, &frame)->ports, UINT64_C(1) << 10);
	assert_int_equal(vsc7448_acl_del(b.chip, 0, &err), 0);
	assert_int_equal(mv_vcap_is2_match(b.model, &frame)->ports, 1);
	insert(0, &etype);
	assert_int_equal(mv_vcap_is2_match(b.model, &frame)->ports, UINT64_C(1) << 10);
}

static void test_the_last_rule_gives_the_core_back(void **state)
{
	struct vsc7448_acl_rule rule = etype_rule();
	uint32_t owner[VCAP_CORES];

	(void)state;
	insert(0, &rule);
	assert_int_equal(vsc7448_acl_del(b.chip, 0, &err), 0);
	assert_int_equal(vsc7448__vcap_owners(b.chip->io, owner), 0);
	assert_int_equal(owner[7], VCAP_OWNER_NONE);
	assert_int_equal(vsc7448_acl_del(b.chip, 0, &err), E_NOTFOUND);
}

static void test_rules_of_other_software_are_left_alone(void **state)
{
	struct vcap_rule other = { .size = 8 };
	struct vsc7448_acl_rule rule = etype_rule(), *rules;
	size_t n;

	(void)state;
	bits_put(other.key, 0, 4, 5); /* another key type */
	bits_put(other.care, 0, 4, 15);
	vsc7448__vcap_own(b.chip->io, 7, VCAP_OWNER_IS2);
	vsc7448__vcap_write(b.chip->io, VCAP_OWNER_IS2, 32760, &other);
	insert(1, &rule);
	assert_int_equal(vsc7448_acl_list(b.chip, &err, &rules, &n), 0);
	assert_int_equal(n, 2);
	assert_true(rules[0].other_kind);
	assert_false(rules[1].other_kind);
	free(rules);
	assert_int_equal(vsc7448_acl_del(b.chip, 0, &err), E_STATE);
	assert_int_equal(vsc7448_acl_clear(b.chip, 0, &err), E_STATE);
}

static void test_wrong_rules_are_refused_without_access(void **state)
{
	struct vsc7448_acl_rule rule = etype_rule();

	(void)state;
	chip_bench_forget_log(&b);
	rule.to = 0;
	assert_int_equal(vsc7448_acl_insert(b.chip, 0, &rule, &err), E_RANGE);
	rule = etype_rule();
	rule.from = 0;
	assert_int_equal(vsc7448_acl_insert(b.chip, 0, &rule, &err), E_RANGE);
	rule = etype_rule();
	rule.etype = 46;
	assert_int_equal(vsc7448_acl_insert(b.chip, 0, &rule, &err), E_RANGE);
	rule = etype_rule();
	rule.has_vid = true;
	assert_int_equal(vsc7448_acl_insert(b.chip, 0, &rule, &err), E_RANGE);
	rule = etype_rule();
	rule.verdict = VSC7448_ACL_DROP;
	rule.to_cpu = true;
	assert_int_equal(vsc7448_acl_insert(b.chip, 0, &rule, &err), E_RANGE);
	assert_int_equal(b.n_access, 0);
}

/* acl_port_policy.regs: what the vendor leaves for a port with a policy. */
static void test_ports_are_switched_on_as_the_vendors(void **state)
{
	enum vsc7448_acl_mode mode;

	(void)state;
	assert_int_equal(vsc7448_acl_port_set(b.chip, 8, VSC7448_ACL_IP, &err), 0);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_ACL_PORT_VCAP_S2_KEY_SEL(3, 0)), 0x51);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_ACL_VCAP_S2_VCAP_S2_CFG(3)) & 0x400501,
			 0x400501);
	assert_int_equal(vsc7448_acl_port_get(b.chip, 3, &err, &mode), 0);
	assert_int_equal(mode, VSC7448_ACL_IP);
	assert_int_equal(vsc7448_acl_port_set(b.chip, 8, VSC7448_ACL_MAC, &err), 0);
	assert_int_equal(vsc7448_acl_port_get(b.chip, 3, &err, &mode), 0);
	assert_int_equal(mode, VSC7448_ACL_MAC);
	assert_int_equal(vsc7448_acl_port_set(b.chip, 8, VSC7448_ACL_OFF, &err), 0);
	assert_int_equal(vsc7448_acl_port_get(b.chip, 3, &err, &mode), 0);
	assert_int_equal(mode, VSC7448_ACL_OFF);
}

static void test_a_tcam_that_never_answers_times_out(void **state)
{
	const char *want = "VCAP_SUPER:VCAP_CORE_CFG:VCAP_UPDATE_CTRL.UPDATE_SHOT was not 0x0";
	struct vsc7448_acl_rule rule = etype_rule();

	(void)state;
	chip_bench_stick(&b, UPDATE, 4, 4);
	assert_int_equal(vsc7448_acl_insert(b.chip, 0, &rule, &err), E_TIMEOUT);
	assert_memory_equal(err.text, want, strlen(want));
}

static int insert_rules(struct chip_bench *bench, struct error *e)
{
	struct vsc7448_acl_rule rule = dmac_rule();

	return vsc7448_acl_insert(bench->chip, 0, &rule, e);
}

static int prepare(struct chip_bench *bench, struct error *e)
{
	struct vsc7448_acl_rule rule = etype_rule();

	return vsc7448_acl_insert(bench->chip, 0, &rule, e);
}

static void test_every_access_of_an_insertion_may_fail(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(prepare, insert_rules) > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_an_ethertype_rule_is_as_the_vendors),
		TEST(test_dropping_is_as_the_vendors),
		TEST(test_filtering_is_as_the_vendors),
		TEST(test_a_copy_to_the_cpu_is_as_the_vendors),
		TEST(test_ingress_ports_are_as_the_vendors),
		TEST(test_a_vlan_is_as_the_vendors),
		TEST(test_every_frame_is_as_the_vendors),
		TEST(test_a_destination_is_as_the_vendors),
		TEST(test_a_destination_matches_frames_of_the_model),
		TEST(test_only_ingress_ports_of_the_rule_match),
		TEST(test_rules_read_back_in_order_with_their_counters),
		TEST(test_the_first_rule_that_matches_decides),
		TEST(test_the_last_rule_gives_the_core_back),
		TEST(test_rules_of_other_software_are_left_alone),
		TEST(test_wrong_rules_are_refused_without_access),
		TEST(test_ports_are_switched_on_as_the_vendors),
		TEST(test_a_tcam_that_never_answers_times_out),
		cmocka_unit_test(test_every_access_of_an_insertion_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
