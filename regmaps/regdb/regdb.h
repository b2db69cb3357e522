/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The register database: what a register description says, in one flat, position-independent,
 * bounds-checked blob, linked into the program or built at run time.  Arrays are never expanded:
 * a node stands for all elements of its array.
 *
 * Nodes form a tree (root addrmap, targets, groups, registers, memories).  The children of a
 * node are consecutive and sorted by offset.  A register's fields are consecutive and sorted by
 * lsb.  All rows are plain data, valid as long as the database.  Byte order is the host's.
 */
#ifndef REGMAPS_REGDB_REGDB_H
#define REGMAPS_REGDB_REGDB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

#define REGDB_NONE        UINT32_MAX
#define REGDB_MAX_DEPTH   16 /* levels from the root to a register, both included */
#define REGDB_MAX_INDICES 16 /* array dimensions over all levels of one path */

struct regdb;

enum regdb_kind { REGDB_ADDRMAP, REGDB_REGFILE, REGDB_REG, REGDB_MEM };

enum regdb_access { /* sw and hw; rw1 and w1: writable once after reset */
		    REGDB_ACCESS_NA,
		    REGDB_ACCESS_R,
		    REGDB_ACCESS_W,
		    REGDB_ACCESS_RW,
		    REGDB_ACCESS_W1,
		    REGDB_ACCESS_RW1,
};

enum regdb_onread {
	REGDB_ONREAD_NONE,
	REGDB_ONREAD_RCLR,
	REGDB_ONREAD_RSET,
	REGDB_ONREAD_RUSER,
};

enum regdb_onwrite {
	REGDB_ONWRITE_NONE,
	REGDB_ONWRITE_WOSET,
	REGDB_ONWRITE_WOCLR,
	REGDB_ONWRITE_WOT,
	REGDB_ONWRITE_WZS,
	REGDB_ONWRITE_WZC,
	REGDB_ONWRITE_WZT,
	REGDB_ONWRITE_WCLR,
	REGDB_ONWRITE_WSET,
	REGDB_ONWRITE_WUSER,
};

enum regdb_node_flag {
	REGDB_NODE_DANGEROUS = 1 << 0,       /* user-defined property dangerous */
	REGDB_NODE_READ_EFFECT = 1 << 1,     /* reading any field has a side effect */
	REGDB_NODE_VOLATILE = 1 << 2,        /* hardware writes any field */
	REGDB_NODE_HIGH_WORD_FIRST = 1 << 3, /* wider than 32 bits, high word accessed first */
	REGDB_NODE_EXTERNAL = 1 << 4,
	/* An alias: its address, and its fields' access, but the storage of the sibling register
	 * that its property "alias_of" (text: the name) names, element by element. */
	REGDB_NODE_ALIAS = 1 << 5, /* another view of a register, wherever it is */
	REGDB_NODE_BIG_ENDIAN = 1 << 6,
};

enum regdb_field_flag {
	REGDB_FIELD_RESET = 1 << 0,    /* reset is known */
	REGDB_FIELD_VOLATILE = 1 << 1, /* hw=w/rw, hwset, hwclr, counter, sticky(bit), intr */
	REGDB_FIELD_SINGLEPULSE = 1 << 2, /* one-shot: reads 0 in the next cycle */
	REGDB_FIELD_HWSET = 1 << 3,
	REGDB_FIELD_HWCLR = 1 << 4, /* with sw=rw: a polled shot */
	REGDB_FIELD_COUNTER = 1 << 5,
	REGDB_FIELD_STICKY = 1 << 6,    /* whole field latches */
	REGDB_FIELD_STICKYBIT = 1 << 7, /* each bit latches */
	REGDB_FIELD_INTR = 1 << 8,
	REGDB_FIELD_SATURATE = 1 << 9, /* counter stops at saturate instead of wrapping */
	REGDB_FIELD_DANGEROUS = 1 << 10,
};

/*
 * A node.  @offset counts from element 0 of the parent; element i of an array (row-major over
 * its dimensions) lies at offset + i * stride.  Bit masks cover registers up to 64 bits wide and
 * are 0 for wider ones (whose fields still tell all).
 */
struct regdb_node {
	uint64_t offset;  /* bytes */
	uint64_t size;    /* bytes of one element */
	uint64_t stride;  /* bytes between elements; 0 when not an array */
	uint64_t entries; /* memories: mementries */
	uint32_t name;    /* regdb_str() */
	uint32_t title;   /* RDL "name" property; "" when absent */
	uint32_t desc;    /* "" when absent */
	uint32_t parent;  /* node index; REGDB_NONE at the root */
	uint32_t first_child, n_children;
	uint32_t first_field, n_fields; /* registers */
	uint32_t first_prop, n_props;   /* user-defined properties */
	uint32_t count;                 /* elements: product of the dimensions, 1 without */
	uint32_t first_dim;             /* regdb_dims() */
	uint32_t width;                 /* bits: regwidth, memwidth; else 0 */
	uint32_t accesswidth;           /* bits, registers */
	uint32_t flags;                 /* enum regdb_node_flag */
	uint8_t kind;                   /* enum regdb_kind */
	uint8_t n_dims;                 /* 0 when not an array */
	uint8_t depth;                  /* 0 at the root */
	uint8_t first_idx; /* indices of the levels above it in a struct regdb_ref */
	/* Registers up to 64 bits; memories: m_fields, m_read and m_write of an entry. */
	uint64_t reset;      /* unknown bits 0 */
	uint64_t m_known;    /* reset known */
	uint64_t m_fields;   /* bits that belong to a field */
	uint64_t m_read;     /* software can read */
	uint64_t m_write;    /* software can write */
	uint64_t m_volatile; /* hardware writes */
	uint64_t m_onread;   /* reading has a side effect */
	uint64_t
		m_zero; /* write back 0 to leave alone: woset woclr wot singlepulse, hwclr shots */
	uint64_t m_one;    /* write back 1 to leave alone: wzs wzc wzt */
	uint64_t m_hazard; /* any write acts: wclr wset wuser */
};

struct regdb_field {
	uint64_t reset;     /* low 64 bits, valid with REGDB_FIELD_RESET */
	uint64_t incrvalue; /* counters: step, 1 by default */
	uint64_t saturate;  /* counters with REGDB_FIELD_SATURATE: the limit */
	uint32_t name, title, desc;
	uint32_t reg; /* node index of the register */
	uint32_t lsb, width;
	uint32_t first_enum, n_enums; /* enumerators; fields may share them */
	uint32_t first_prop, n_props;
	uint32_t flags; /* enum regdb_field_flag */
	uint32_t
		latency_us; /* polled shots: until hardware clears; 0 = before the next access */
	uint8_t sw, hw;     /* enum regdb_access */
	uint8_t onread;     /* enum regdb_onread */
	uint8_t onwrite;    /* enum regdb_onwrite */
	uint32_t reserved;
};

struct regdb_enum { /* one enumerator */
	uint64_t value;
	uint32_t name, title, desc;
	uint32_t reserved;
};

struct regdb_prop {      /* a user-defined property that is set */
	uint64_t number; /* numbers and booleans */
	uint32_t name;
	uint32_t text; /* strings; other types as JSON text; REGDB_NONE: a number */
};

/*
 * Checks the whole blob (every index, order and string) and makes a handle on it; the blob must
 * stay where it is, 8-byte aligned, until regdb_close().  E_CORRUPT says what is wrong.
 * regdb_open_trusted() checks the header only: for what is linked into the program.
 */
int regdb_open(const void *blob, size_t size, struct error *err, struct regdb **out);
int regdb_open_trusted(const void *blob, size_t size, struct error *err, struct regdb **out);
/* The same, and the handle owns @blob (malloc'd): regdb_close() frees it; so does a failure. */
int regdb_open_owned(void *blob, size_t size, struct error *err, struct regdb **out);
/* Reads a .regdb file.  E_NODEV, E_PERM, E_CORRUPT. */
int regdb_open_file(const char *path, struct error *err, struct regdb **out);
void regdb_close(struct regdb *db); /* NULL is allowed */

/* The maps linked into the program: names in order, NULL past the end. */
const char *regdb_builtin_name(size_t i);
int regdb_open_builtin(const char *name, struct error *err, struct regdb **out);

const char *regdb_name(const struct regdb *db); /* of the root addrmap */
uint64_t regdb_hash(const struct regdb *db);    /* of the content; in --version */
uint64_t regdb_origin(const struct regdb *db);  /* window_origin, or 0 */
uint64_t regdb_window(const struct regdb *db);  /* window_size, or the root's end */
size_t regdb_blob_size(const struct regdb *db);
uint64_t regdb_n_instances(const struct regdb *db); /* register instances in the whole map */

uint32_t regdb_n_nodes(const struct regdb *db);
uint32_t regdb_n_fields(const struct regdb *db);
const char *regdb_str(const struct regdb *db, uint32_t offset);
/* Rows by index; the index must be in range. */
const struct regdb_node *regdb_node(const struct regdb *db, uint32_t i);
const struct regdb_field *regdb_field(const struct regdb *db, uint32_t i);
const struct regdb_enum *regdb_enumerator(const struct regdb *db, uint32_t i);
const struct regdb_prop *regdb_prop(const struct regdb *db, uint32_t i);
const uint32_t *regdb_dims(const struct regdb *db, const struct regdb_node *node);
uint32_t regdb_index(const struct regdb *db, const struct regdb_node *node);

/* The property called @name among @n from @first, or NULL. */
const struct regdb_prop *regdb_prop_find(const struct regdb *db, uint32_t first, uint32_t n,
					 const char *name);

/* By name, case-insensitive, exact case first; REGDB_NONE when there is none. */
uint32_t regdb_child_find(const struct regdb *db, uint32_t parent, const char *name,
			  size_t len);
uint32_t regdb_field_find(const struct regdb *db, uint32_t reg, const char *name, size_t len);
uint32_t regdb_enum_find(const struct regdb *db, const struct regdb_field *field,
			 const char *name, size_t len);
/* The enumerator with this value, or REGDB_NONE. */
uint32_t regdb_enum_of(const struct regdb *db, const struct regdb_field *field, uint64_t value);

/*
 * All nodes called @name (or starting with it), wherever they are: rows [*first, *first + n) of
 * the name index, n returned; regdb_named() gives the node of a row.
 */
uint32_t regdb_name_range(const struct regdb *db, const char *name, size_t len, bool prefix,
			  uint32_t *first);
uint32_t regdb_named(const struct regdb *db, uint32_t row);

/* One instance: a node with an index for each dimension of each level down to it. */
struct regdb_ref {
	uint32_t node;
	uint32_t n_idx;
	uint32_t idx[REGDB_MAX_INDICES]; /* from the root down */
	uint64_t addr;                   /* absolute byte address */
};

/* The address of an instance from its node and indices alone. */
uint64_t regdb_ref_addr(const struct regdb *db, const struct regdb_ref *ref);

/*
 * The registers (or memory entries) that cover byte address @addr: writes up to @max of them and
 * returns how many there are, aliases last.  The time does not depend on array lengths.
 */
size_t regdb_find_addr(const struct regdb *db, uint64_t addr, struct regdb_ref *refs,
		       size_t max);

/* Full path of an instance, `DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL`; returns as snprintf does. */
int regdb_path_format(const struct regdb *db, const struct regdb_ref *ref, char *buf,
		      size_t size);

#endif
