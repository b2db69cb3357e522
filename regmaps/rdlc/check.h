/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The named checks. Each has a row in check.c: name, default level, whether it may
 * be turned off, which kinds of component it looks at, and its function. The ones
 * without a function are found by the parser and the elaborator, which need them to
 * go on; they are rows all the same so that each has a name and a test.
 */
#ifndef REGMAPS_RDLC_CHECK_H
#define REGMAPS_RDLC_CHECK_H

#include <stdbool.h>
#include <stdint.h>

struct rdlc;
struct rdl_node;

enum rdl_check {
#define RDL_CHECK(id, ...) RDL_CHECK_##id,
#include "regmaps/rdlc/checks.def"
#undef RDL_CHECK
	RDL_CHECK_COUNT
};

enum rdl_level {
	RDL_LEVEL_OFF,
	RDL_LEVEL_WARNING,
	RDL_LEVEL_ERROR,
	RDL_LEVEL_ALWAYS, /* an error that cannot be turned off: the tree would be wrong */
};

struct rdl_check_row {
	const char *name;
	enum rdl_level level;
	uint32_t kinds;        /* RDL_ON_* bits of the nodes that fn is called for */
	enum rdl_check prereq; /* when it reported on a node, fn is skipped; itself: none */
	void (*fn)(struct rdlc *ctx, const struct rdl_node *node);
};

extern const struct rdl_check_row rdl_checks[RDL_CHECK_COUNT];

/* Applies one of "Wname", "Ename", "Wno-name"; what cannot be done is an error. */
void rdl_check_option(struct rdlc *ctx, const char *option);

/* Runs all checks over the placed tree, and over the root's signals behind it. */
void rdl_check_tree(struct rdlc *ctx, const struct rdl_node *top);

#endif
