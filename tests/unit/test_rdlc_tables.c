/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Self-checks of the compiler's tables. */
#include "regmaps/rdlc/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "regmaps/rdlc/lex.h"
#include "regmaps/rdlc/prop_table.h"

static void test_check_names_are_unique_lower_case_words(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RDL_CHECK_COUNT; i++) {
		const char *name = rdl_checks[i].name;

		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name));
		assert_true(strncmp(name, "no-", 3) != 0);
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(name, rdl_checks[k].name);
	}
}

static void test_checks_with_a_function_look_at_something(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RDL_CHECK_COUNT; i++)
		assert_true(!rdl_checks[i].fn == !rdl_checks[i].kinds);
}

static void test_prerequisites_run_before_and_on_the_same_kinds(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RDL_CHECK_COUNT; i++) {
		const struct rdl_check_row *row = &rdl_checks[i];

		assert_true(row->prereq <= i);
		assert_int_equal(row->kinds & ~rdl_checks[row->prereq].kinds, 0);
	}
}

static void test_no_two_checks_share_a_function(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RDL_CHECK_COUNT; i++)
		for (unsigned k = 0; k < i; k++)
			assert_false(rdl_checks[i].fn && rdl_checks[i].fn == rdl_checks[k].fn);
}

static void test_property_names_are_unique(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RDL_PROP_COUNT; i++)
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(rdl_props[i].name, rdl_props[k].name);
}

static void test_properties_accept_something(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RDL_PROP_COUNT; i++) {
		assert_int_equal(rdl_props[i].id, i);
		assert_true(rdl_props[i].types || rdl_props[i].comps);
		assert_true(rdl_props[i].kinds || rdl_props[i].ref == RDL_REF_REG);
	}
}

static void test_exclusion_groups_have_two_members_on_the_same_component(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RDL_PROP_COUNT; i++) {
		unsigned others = 0;

		for (unsigned k = 0; rdl_props[i].group && k < RDL_PROP_COUNT; k++)
			others += k != i && rdl_props[k].group == rdl_props[i].group &&
				  (rdl_props[k].kinds & rdl_props[i].kinds);
		assert_true(!rdl_props[i].group || others);
	}
}

static void test_keywords_are_unique_words(void **state)
{
	(void)state;
	for (unsigned i = RDL_T_FIRST_KEYWORD; i < RDL_T_COUNT; i++) {
		const char *word = rdl_token_spelling((enum rdl_token_kind)i);

		assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz1"), strlen(word));
		for (unsigned k = RDL_T_FIRST_KEYWORD; k < i; k++)
			assert_string_not_equal(word,
						rdl_token_spelling((enum rdl_token_kind)k));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check_names_are_unique_lower_case_words),
		cmocka_unit_test(test_checks_with_a_function_look_at_something),
		cmocka_unit_test(test_prerequisites_run_before_and_on_the_same_kinds),
		cmocka_unit_test(test_no_two_checks_share_a_function),
		cmocka_unit_test(test_property_names_are_unique),
		cmocka_unit_test(test_properties_accept_something),
		cmocka_unit_test(test_exclusion_groups_have_two_members_on_the_same_component),
		cmocka_unit_test(test_keywords_are_unique_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
