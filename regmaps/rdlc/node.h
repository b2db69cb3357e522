/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The elaborated tree. A node stands for all elements of an array of instances, so
 * the tree is as large as the description, not as the address space.
 */
#ifndef REGMAPS_RDLC_NODE_H
#define REGMAPS_RDLC_NODE_H

#include "regmaps/rdlc/model.h"
#include "regmaps/rdlc/prop_table.h"

struct rdlc;

struct rdl_node_prop {
	const struct rdl_prop *prop;
	const struct rdl_value *value;
	uint32_t loc;
};

/* An array whose elements have properties of their own, by dynamic assignment to single
 * elements: each element is a node. */
struct rdl_split {
	uint32_t n_dims;
	const uint64_t *dims;
	uint64_t elements;
	const struct rdl_node *first;
};

struct rdl_node {
	const struct rdl_inst *inst;
	const struct rdl_def *def;
	struct rdl_node *parent;
	struct rdl_node *child, *next; /* sorted: by offset, fields by their lowest bit */
	const struct rdl_sym *name;    /* with indices for an element of a split array */
	const struct rdl_value **params;
	struct rdl_node_prop *prop;
	uint64_t has[2]; /* bit set of the built-in properties among them */
	uint32_t loc;    /* of the instance's name */
	uint16_t n_props;
	uint8_t kind;     /* enum rdl_kind */
	uint8_t external; /* enum rdl_external; decided after elaboration */
	bool absent;      /* ispresent=false here or above: takes its place, is not shown */
	bool msb0;        /* of a register */
	bool placed;      /* address or bits were given, not inferred */

	/* Addressable components. */
	uint64_t offset;   /* of element 0, from the parent's element 0 */
	uint64_t address;  /* the same, absolute; set for the finished tree */
	uint64_t size;     /* of one element, in bytes */
	uint64_t stride;   /* between elements; size when not an array */
	uint64_t elements; /* product of dims, 1 when not an array */
	uint64_t *dims;
	uint32_t n_dims;
	const struct rdl_split *split; /* the array that this node is element of, or NULL */
	uint64_t element;

	/* Fields and signals: bits as written (msb < lsb in msb0 order), and their count. */
	uint32_t msb, lsb, width;
};

/* Updates the bit set after a change of the properties. */
void rdl_node_index(struct rdl_node *node);

/* A property that was given a value, NULL when it was not. */
const struct rdl_node_prop *rdl_node_find(const struct rdl_node *node, enum rdl_prop_id id);
const struct rdl_value *rdl_node_value(const struct rdl_node *node, enum rdl_prop_id id);

/* A boolean or built-in enumerator with its default; also true for a reference. */
bool rdl_node_true(const struct rdl_node *node, enum rdl_prop_id id);
unsigned rdl_node_enum(const struct rdl_node *node, enum rdl_prop_id id, unsigned absent);

/* A number, or what it is when not given; saturates at UINT32_MAX. */
uint32_t rdl_node_u32(const struct rdl_node *node, enum rdl_prop_id id, uint32_t absent);

/* Where a property was assigned, or the node when it was not. */
uint32_t rdl_node_prop_loc(const struct rdl_node *node, enum rdl_prop_id id);

/* Access of a field with what follows from related properties. */
enum rdl_access rdl_field_sw(const struct rdl_node *field);
enum rdl_access rdl_field_hw(const struct rdl_node *field);
enum rdl_onread rdl_field_onread(const struct rdl_node *field);
enum rdl_onwrite rdl_field_onwrite(const struct rdl_node *field);
bool rdl_access_reads(enum rdl_access access);
bool rdl_access_writes(enum rdl_access access);

/* Lowest and highest bit, whichever way it is numbered. */
uint32_t rdl_field_low(const struct rdl_node *field);
uint32_t rdl_field_high(const struct rdl_node *field);

uint64_t rdl_mem_entries(const struct rdl_node *mem);
uint32_t rdl_reg_width(const struct rdl_node *reg);
uint32_t rdl_reg_accesswidth(const struct rdl_node *reg);

/* Bytes that all elements take. */
uint64_t rdl_node_total(const struct rdl_node *node);

/* A child by the name of its instance (of a split array, element 0); NULL: there is none. */
const struct rdl_node *rdl_node_child(const struct rdl_node *node, const struct rdl_sym *name);

/* What a reference names, seen from the node that has it. NULL when an index is outside
 * its array; *step (if not NULL) is that step then. */
const struct rdl_node *rdl_node_resolve(const struct rdl_node *node,
					const struct rdl_path *path,
					const struct rdl_step **step);

/* The register an alias stands for. */
const struct rdl_node *rdl_node_primary(const struct rdl_node *alias);

/* Elaborates an instance as the top of the tree. */
struct rdl_node *rdl_elaborate(struct rdlc *ctx, const struct rdl_inst *top);

/* Sizes, addresses and bit positions of the whole tree. */
void rdl_place_tree(struct rdlc *ctx, struct rdl_node *top);

#endif
