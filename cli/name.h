/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What things of a register map are called, for people and documents. */
#ifndef CLI_NAME_H
#define CLI_NAME_H

#include <stddef.h>
#include <stdint.h>

#include "hal/board.h"
#include "regmaps/regdb/regdb.h"
#include "regmaps/regdb/regpath.h"

#define NAME_MAX_BYTES 512

/* The full path of an instance; its address when the map has no register there. */
void name_of_ref(const struct regdb *db, const struct regdb_ref *ref, char *buf, size_t size);

/* The same with the field or bits of the item: "...:DEV_RST_CTRL.SPEED_SEL", "...[21:20]". */
void name_of_item(const struct regdb *db, const struct regset_item *item, char *buf,
		  size_t size);

/* The register that covers an address: "PATH", "PATH+4" for its second word, or the address. */
void name_of_address(const struct regdb *db, uint64_t addr, char *buf, size_t size);

/* "btc/" for the devices of a board after the first, which paths have to name; else "". */
void name_of_device(const struct board *board, const struct device *dev, char *buf,
		    size_t size);

/* The enumerator of a field's value; NULL when there is none. */
const char *name_of_value(const struct regdb *db, uint32_t field, uint64_t value);

/* "31:28", "4". */
void name_of_bits(uint32_t lsb, uint32_t width, char *buf, size_t size);

/* What software may do with a field, and what happens then: "rw", "rw woclr sticky". */
void name_of_access(const struct regdb_field *field, char *buf, size_t size);

/* The same for a whole register: "r", "w" or "rw" of its masks, and what to beware of. */
void name_of_node_access(const struct regdb_node *node, char *buf, size_t size);

/* The RDL name of an access or side effect; NULL for none. */
const char *name_of_sw(uint8_t access);
const char *name_of_onread(uint8_t onread);
const char *name_of_onwrite(uint8_t onwrite);

/* "addrmap", "regfile", "reg", "mem". */
const char *name_of_kind(uint8_t kind);

#endif
