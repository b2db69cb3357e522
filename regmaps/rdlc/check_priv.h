/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The functions of the rows in checks.def; each reports under its own row's name. */
#ifndef REGMAPS_RDLC_CHECK_PRIV_H
#define REGMAPS_RDLC_CHECK_PRIV_H

#include "regmaps/rdlc/check.h"
#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/node.h"

/* check_place.c, check_alias.c */
void rdl__check_empty(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_stride(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_overlap(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_reachable(struct rdlc *ctx, const struct rdl_node *reg);
void rdl__check_access_width(struct rdlc *ctx, const struct rdl_node *reg);
void rdl__check_outside(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_field_overlap(struct rdlc *ctx, const struct rdl_node *reg);
void rdl__check_memory(struct rdlc *ctx, const struct rdl_node *mem);
void rdl__check_bridge(struct rdlc *ctx, const struct rdl_node *map);
void rdl__check_alias(struct rdlc *ctx, const struct rdl_node *reg);
void rdl__check_stride_power(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_self_alignment(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_sparse(struct rdlc *ctx, const struct rdl_node *reg);

/* check_ref.c */
void rdl__check_ref_index(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_ref_absent(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_ref_self(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_ref_width(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_ref_value(struct rdlc *ctx, const struct rdl_node *field);

/* check_field.c */
void rdl__check_access(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_reset(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_encode(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_onread(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_onwrite(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_swwe(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_we(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_next(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_singlepulse(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_counter(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_counter_value(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_intr(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_sticky(struct rdlc *ctx, const struct rdl_node *field);
void rdl__check_missing_reset(struct rdlc *ctx, const struct rdl_node *field);

/* check_prop.c */
void rdl__check_external(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_masks(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_name_case(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_udp_width(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_signal_level(struct rdlc *ctx, const struct rdl_node *node);
void rdl__check_reset_signals(struct rdlc *ctx, const struct rdl_node *node);

#endif
