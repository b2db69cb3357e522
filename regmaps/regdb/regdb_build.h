/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Builds a register database.  Rows may be added in any order as long as a parent comes before
 * its children; the builder sorts children by offset (in the order of adding where equal), interns
 * strings, shares equal enumerations, derives every mask and flag that follows from the fields,
 * indexes names and hashes the content.  Same calls, same bytes.
 *
 * Strings are copied.  A failed call (out of memory, too deep, too many dimensions) makes the
 * builder's first error stick: later calls return REGDB_NONE at once, finish reports it.
 * Limits: REGDB_MAX_DEPTH, REGDB_MAX_INDICES (a memory's entry takes one), 2^32 - 1 elements of
 * an array and entries of a memory, registers of 2^20 bits, blobs of 2 GiB.
 */
#ifndef REGMAPS_REGDB_REGDB_BUILD_H
#define REGMAPS_REGDB_REGDB_BUILD_H

#include "regmaps/regdb/regdb.h"

struct regdb_builder;

struct regdb_builder *regdb_builder_new(void); /* NULL: out of memory */
void regdb_builder_free(struct regdb_builder *b);

struct regdb_node_spec {
	enum regdb_kind kind;
	const char *name, *title, *desc; /* title, desc: NULL = absent */
	uint64_t offset;
	uint64_t size;    /* 0 in an addrmap or regfile: as far as its children reach */
	uint64_t stride;  /* 0 in an array: its size */
	uint64_t entries; /* memories; an entry takes size / entries bytes */
	uint8_t sw;       /* memories: enum regdb_access; registers have it in their fields */
	const uint32_t *dims; /* n_dims of them, outermost first */
	uint32_t n_dims;
	uint32_t width, accesswidth;
	uint32_t
		flags; /* DANGEROUS, HIGH_WORD_FIRST, EXTERNAL, ALIAS, BIG_ENDIAN; rest derived */
};

struct regdb_field_spec {
	const char *name, *title, *desc;
	uint64_t reset, incrvalue, saturate;
	uint32_t lsb, width;
	uint32_t flags; /* all of enum regdb_field_flag but VOLATILE, which is derived */
	uint32_t latency_us;
	uint32_t enumeration; /* from regdb_builder_enum(), or REGDB_NONE */
	uint8_t sw, hw, onread, onwrite;
};

struct regdb_enum_spec {
	const char *name, *title, *desc;
	uint64_t value;
};

/* Adds a node below @parent (REGDB_NONE: the root, once, first) and returns its handle. */
uint32_t regdb_builder_node(struct regdb_builder *b, uint32_t parent,
			    const struct regdb_node_spec *spec);
uint32_t regdb_builder_field(struct regdb_builder *b, uint32_t reg,
			     const struct regdb_field_spec *spec);
uint32_t regdb_builder_enum(struct regdb_builder *b, const struct regdb_enum_spec *rows,
			    size_t n);

/* Sets a user-defined property of a node or a field; @text NULL: the number counts. */
void regdb_builder_node_prop(struct regdb_builder *b, uint32_t node, const char *name,
			     uint64_t number, const char *text);
void regdb_builder_field_prop(struct regdb_builder *b, uint32_t field, const char *name,
			      uint64_t number, const char *text);

/*
 * Stores the finished blob (malloc'd, the caller's) and its size.  E_RANGE, E_NOMEM: the error
 * that stuck; E_INTERNAL: what was added makes no sense (a child outside its parent, two of one
 * name, a field outside its register).  The builder is used up.
 */
int regdb_builder_finish(struct regdb_builder *b, struct error *err, void **blob, size_t *size);

#endif
