/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Diagnostics: `file:line:col: error: text [check]`, the offending line, a caret.
 * They are collected as text for the caller; nothing is ever printed here.
 * After too many errors the compilation is abandoned (through ctx->arena.escape).
 */
#ifndef REGMAPS_RDLC_DIAG_H
#define REGMAPS_RDLC_DIAG_H

#include <stdbool.h>
#include <stdint.h>

#include "regmaps/rdlc/check.h"
#include "regmaps/rdlc/source.h"

struct rdlc;

/* An error in the description that no option turns off. */
void rdl_error(struct rdlc *ctx, uint32_t loc, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The same at a place the preprocessor has not put into its output. */
void rdl_error_at(struct rdlc *ctx, struct rdl_place place, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The finding of a named check: error, warning or nothing, as the options say.
 * Returns true when something was reported, so that a note may follow. */
bool rdl_report(struct rdlc *ctx, enum rdl_check check, uint32_t loc, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Points at another place that the error just reported is about. */
void rdl_note(struct rdlc *ctx, uint32_t loc, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Reports an error and abandons the compilation: a limit was reached. */
_Noreturn void rdl_fatal(struct rdlc *ctx, uint32_t loc, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

_Noreturn void rdl_fatal_at(struct rdlc *ctx, struct rdl_place place, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
