/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the headers made by rdlc build on. A register is one macro: its address as an
 * absolute byte address, with one argument for each array index on the way to it. A
 * field is one macro that stands for its place: REG_FIELD(lsb, width).
 *
 *     uint32_t v = reg_field_get(word, VSC7448_DEV1G__SPEED_SEL);
 */
#ifndef REGMAPS_REG_FIELD_H
#define REGMAPS_REG_FIELD_H

#include <assert.h>
#include <stdint.h>

/* A field's place; width 1 to 64 for the functions below. */
struct reg_field {
	uint32_t lsb, width;
};

#define REG_FIELD(lsb, width) ((struct reg_field){ (lsb), (width) })

/* Offset of element i of an array of count elements, stride bytes apart. */
#define REG_INDEX(i, count, stride) reg_index((i), (count), (stride))

static inline uint64_t reg_index(uint64_t i, uint64_t count, uint64_t stride)
{
	assert(i < count);
	(void)count;
	return i * stride;
}

/* The field's bits within the register. */
static inline uint64_t reg_field_mask(struct reg_field field)
{
	return (field.width < 64 ? (UINT64_C(1) << field.width) - 1 : UINT64_MAX) << field.lsb;
}

/* The field's value out of the register's. */
static inline uint64_t reg_field_get(uint64_t reg, struct reg_field field)
{
	return (reg & reg_field_mask(field)) >> field.lsb;
}

/* The register's value with the field replaced; excess bits of the value are cut. */
static inline uint64_t reg_field_put(uint64_t reg, struct reg_field field, uint64_t value)
{
	return (reg & ~reg_field_mask(field)) | (value << field.lsb & reg_field_mask(field));
}

#endif
