/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * RDL_CHECK(id, name, level, kinds, prerequisite, function). Rows without a function
 * are found while parsing, elaborating or placing. No include guard: included for
 * each use of the list.
 */

/* Found while parsing. */
RDL_CHECK(DUPLICATE_NAME, "duplicate-name", ALWAYS, 0, DUPLICATE_NAME, NULL)
RDL_CHECK(DUPLICATE_ENUMERATOR, "duplicate-enumerator", ERROR, 0, DUPLICATE_ENUMERATOR, NULL)
RDL_CHECK(PROPERTY_COMPONENT, "property-component", ALWAYS, 0, PROPERTY_COMPONENT, NULL)
RDL_CHECK(PROPERTY_TWICE, "property-twice", ALWAYS, 0, PROPERTY_TWICE, NULL)
RDL_CHECK(PROPERTY_CONFLICT, "property-conflict", ALWAYS, 0, PROPERTY_CONFLICT, NULL)
RDL_CHECK(PROPERTY_DYNAMIC, "property-dynamic", ALWAYS, 0, PROPERTY_DYNAMIC, NULL)
RDL_CHECK(INTERNAL_MEMORY, "internal-memory", ERROR, 0, INTERNAL_MEMORY, NULL)
RDL_CHECK(ROOT_INSTANCE, "root-instance", WARNING, 0, ROOT_INSTANCE, NULL)

/* Found while elaborating and placing. */
RDL_CHECK(ARRAY_SIZE, "array-size", ALWAYS, 0, ARRAY_SIZE, NULL)
RDL_CHECK(WIDTH_VALUE, "width-value", ALWAYS, 0, WIDTH_VALUE, NULL)
RDL_CHECK(FIELD_WIDTH, "field-width", ALWAYS, 0, FIELD_WIDTH, NULL)
RDL_CHECK(BIT_ORDER, "bit-order", ERROR, 0, BIT_ORDER, NULL)
RDL_CHECK(ADDRESS_ALIGNMENT, "address-alignment", ERROR, 0, ADDRESS_ALIGNMENT, NULL)
RDL_CHECK(IMPLICIT_POSITION, "implicit-position", OFF, 0, IMPLICIT_POSITION, NULL)
RDL_CHECK(IMPLICIT_ADDRESS, "implicit-address", OFF, 0, IMPLICIT_ADDRESS, NULL)
RDL_CHECK(FIELD_OUTSIDE, "field-outside", ERROR, 0, FIELD_OUTSIDE, NULL)
RDL_CHECK(ARRAY_STRIDE, "array-stride", ERROR, 0, ARRAY_STRIDE, NULL)
