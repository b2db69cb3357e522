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

/* Structure and addresses: check_place.c. */
RDL_CHECK(EMPTY_COMPONENT, "empty-component", ERROR, AM | RF | RG, EMPTY_COMPONENT,
	  rdl__check_empty)
RDL_CHECK(ARRAY_STRIDE, "array-stride", ERROR, AM | RF | RG | ME, ARRAY_STRIDE,
	  rdl__check_stride)
RDL_CHECK(ADDRESS_OVERLAP, "address-overlap", ERROR, AM | RF | ME, ADDRESS_OVERLAP,
	  rdl__check_overlap)
RDL_CHECK(UNREACHABLE_ADDRESS, "unreachable-address", WARNING, RG, UNREACHABLE_ADDRESS,
	  rdl__check_reachable)
RDL_CHECK(ACCESS_WIDTH, "access-width", ERROR, RG, ACCESS_WIDTH, rdl__check_access_width)
RDL_CHECK(FIELD_OUTSIDE, "field-outside", ERROR, FI, FIELD_OUTSIDE, rdl__check_outside)
RDL_CHECK(FIELD_OVERLAP, "field-overlap", ERROR, RG, FIELD_OVERLAP, rdl__check_field_overlap)
RDL_CHECK(MEMORY_REGISTER, "memory-register", ERROR, ME, MEMORY_REGISTER, rdl__check_memory)
RDL_CHECK(BRIDGE, "bridge", ERROR, AM, BRIDGE, rdl__check_bridge)
RDL_CHECK(ALIAS, "alias", ERROR, RG, ALIAS, rdl__check_alias)
RDL_CHECK(STRIDE_POWER, "stride-power", OFF, AM | RF | RG | ME, ARRAY_STRIDE,
	  rdl__check_stride_power)
RDL_CHECK(SELF_ALIGNMENT, "self-alignment", OFF, AM | RF | RG | ME, SELF_ALIGNMENT,
	  rdl__check_self_alignment)
RDL_CHECK(SPARSE_ARRAY, "sparse-array", OFF, RG, ARRAY_STRIDE, rdl__check_sparse)

/* References: check_ref.c. */
RDL_CHECK(REFERENCE_INDEX, "reference-index", ERROR, ALL, REFERENCE_INDEX,
	  rdl__check_ref_index)
RDL_CHECK(REFERENCE_ABSENT, "reference-absent", ERROR, ALL, REFERENCE_INDEX,
	  rdl__check_ref_absent)
RDL_CHECK(REFERENCE_SELF, "reference-self", ERROR, FI, REFERENCE_INDEX, rdl__check_ref_self)
RDL_CHECK(REFERENCE_WIDTH, "reference-width", ERROR, FI, REFERENCE_INDEX,
	  rdl__check_ref_width)
RDL_CHECK(REFERENCE_VALUE, "reference-value", ERROR, FI, REFERENCE_INDEX,
	  rdl__check_ref_value)

/* Properties of fields: check_field.c. */
RDL_CHECK(ACCESS_COMBINATION, "access-combination", ERROR, FI, ACCESS_COMBINATION,
	  rdl__check_access)
RDL_CHECK(RESET_TOO_WIDE, "reset-too-wide", ERROR, FI, RESET_TOO_WIDE, rdl__check_reset)
RDL_CHECK(ENCODE_TOO_WIDE, "encode-too-wide", ERROR, FI, ENCODE_TOO_WIDE, rdl__check_encode)
RDL_CHECK(ONREAD_ACCESS, "onread-access", ERROR, FI, ACCESS_COMBINATION, rdl__check_onread)
RDL_CHECK(ONWRITE_ACCESS, "onwrite-access", ERROR, FI, ACCESS_COMBINATION,
	  rdl__check_onwrite)
RDL_CHECK(SWWE_ACCESS, "swwe-access", ERROR, FI, ACCESS_COMBINATION, rdl__check_swwe)
RDL_CHECK(WE_ACCESS, "we-access", ERROR, FI, WE_ACCESS, rdl__check_we)
RDL_CHECK(NEXT_ACCESS, "next-access", ERROR, FI, NEXT_ACCESS, rdl__check_next)
RDL_CHECK(SINGLEPULSE, "singlepulse", ERROR, FI, ONWRITE_ACCESS, rdl__check_singlepulse)
RDL_CHECK(COUNTER_PROPERTY, "counter-property", ERROR, FI, COUNTER_PROPERTY,
	  rdl__check_counter)
RDL_CHECK(COUNTER_VALUE, "counter-value", ERROR, FI, COUNTER_PROPERTY,
	  rdl__check_counter_value)
RDL_CHECK(INTR_PROPERTY, "intr-property", ERROR, FI, INTR_PROPERTY, rdl__check_intr)
RDL_CHECK(STICKY, "sticky", ERROR, FI, STICKY, rdl__check_sticky)
RDL_CHECK(MISSING_RESET, "missing-reset", OFF, FI, MISSING_RESET, rdl__check_missing_reset)

/* Other properties: check_prop.c. */
RDL_CHECK(EXTERNAL_ONLY, "external-only", ERROR, AM | RF | RG | FI, EXTERNAL_ONLY,
	  rdl__check_external)
RDL_CHECK(TEST_MASK, "test-mask", ERROR, AM | RF | RG | FI, TEST_MASK, rdl__check_masks)
RDL_CHECK(UDP_WIDTH, "udp-width", ERROR, FI | SI, UDP_WIDTH, rdl__check_udp_width)
RDL_CHECK(SIGNAL_LEVEL, "signal-level", ERROR, FI | SI, REFERENCE_INDEX,
	  rdl__check_signal_level)
RDL_CHECK(RESET_SIGNALS, "reset-signals", ERROR, AM | RF | RG | FI, RESET_SIGNALS,
	  rdl__check_reset_signals)
