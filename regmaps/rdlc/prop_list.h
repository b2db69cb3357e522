/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * RDL_PROP(id, name, kinds, types, component references, array, dynamic, exclusion
 * group, reference rule). Sources: SystemRDL 2.0, Annex F and the tables of clauses
 * 5 and 8 to 13. No include guard: included for each use of the list.
 */
#define B RDL_TYPE_BIT(RDL_TYPE_BOOL)
#define I RDL_TYPE_BIT(RDL_TYPE_INT)
#define S RDL_TYPE_BIT(RDL_TYPE_STRING)
#define P RDL_TYPE_BIT(RDL_TYPE_PROPREF)
#define T(kind) RDL_TYPE_BIT(RDL_TYPE_##kind)
#define ALL RDL_ON_ALL
#define AM RDL_ON(RDL_ADDRMAP)
#define RF RDL_ON(RDL_REGFILE)
#define RG RDL_ON(RDL_REG)
#define FI RDL_ON(RDL_FIELD)
#define ME RDL_ON(RDL_MEM)
#define SI RDL_ON(RDL_SIGNAL)

/* General (clause 5). */
RDL_PROP(NAME, "name", ALL, S, 0, false, true, 0, NO)
RDL_PROP(DESC, "desc", ALL, S, 0, false, true, 0, NO)
RDL_PROP(ISPRESENT, "ispresent", ALL, B, 0, false, true, 0, NO)
RDL_PROP(DONTCOMPARE, "dontcompare", AM | RG | RF | FI, I | B, 0, false, true, 0, NO)
RDL_PROP(DONTTEST, "donttest", AM | RG | RF | FI, I | B, 0, false, true, 0, NO)
RDL_PROP(ERREXTBUS, "errextbus", AM | RG | RF, B, 0, false, false, 0, NO)
RDL_PROP(HDL_PATH, "hdl_path", AM | RG | RF, S, 0, false, true, 0, NO)
RDL_PROP(HDL_PATH_GATE, "hdl_path_gate", AM | RG | RF, S, 0, false, true, 0, NO)
RDL_PROP(HDL_PATH_SLICE, "hdl_path_slice", FI | ME, S, 0, true, true, 0, NO)
RDL_PROP(HDL_PATH_GATE_SLICE, "hdl_path_gate_slice", FI | ME, S, 0, true, true, 0, NO)

/* Signals (clause 8). */
RDL_PROP(SIGNALWIDTH, "signalwidth", SI, I, 0, false, false, 0, NO)
RDL_PROP(SYNC, "sync", SI, B, 0, false, true, 'N', NO)
RDL_PROP(ASYNC, "async", SI, B, 0, false, true, 'N', NO)
RDL_PROP(CPUIF_RESET, "cpuif_reset", SI, B, 0, false, true, 0, NO)
RDL_PROP(FIELD_RESET, "field_reset", SI, B, 0, false, true, 0, NO)
RDL_PROP(ACTIVELOW, "activelow", SI, B, 0, false, true, 'A', NO)
RDL_PROP(ACTIVEHIGH, "activehigh", SI, B, 0, false, true, 'A', NO)

/* Fields: access and hardware signals (9.4, 9.5). */
RDL_PROP(HW, "hw", FI, T(ACCESS), 0, false, false, 0, NO)
RDL_PROP(SW, "sw", FI | ME, T(ACCESS), 0, false, true, 0, NO)
RDL_PROP(NEXT, "next", FI, P, FI | SI, false, true, 0, VALUE)
RDL_PROP(RESET, "reset", FI, I | P, FI | SI, false, true, 0, VALUE)
RDL_PROP(RESETSIGNAL, "resetsignal", FI, 0, SI, false, true, 0, INPUT)

/* Fields: software access (9.6). */
RDL_PROP(RCLR, "rclr", FI, B, 0, false, true, 'P', NO)
RDL_PROP(RSET, "rset", FI, B, 0, false, true, 'P', NO)
RDL_PROP(ONREAD, "onread", FI, T(ONREAD), 0, false, true, 'P', NO)
RDL_PROP(WOCLR, "woclr", FI, B, 0, false, true, 'B', NO)
RDL_PROP(WOSET, "woset", FI, B, 0, false, true, 'B', NO)
RDL_PROP(ONWRITE, "onwrite", FI, T(ONWRITE), 0, false, true, 'B', NO)
RDL_PROP(SWWE, "swwe", FI, B | P, FI | SI, false, true, 'R', INPUT)
RDL_PROP(SWWEL, "swwel", FI, B | P, FI | SI, false, true, 'R', INPUT)
RDL_PROP(SWMOD, "swmod", FI, B, 0, false, true, 0, BIT)
RDL_PROP(SWACC, "swacc", FI, B, 0, false, true, 0, BIT)
RDL_PROP(SINGLEPULSE, "singlepulse", FI, B, 0, false, true, 0, NO)

/* Fields: hardware access (9.7). */
RDL_PROP(WE, "we", FI, B | P, FI | SI, false, true, 'C', INPUT)
RDL_PROP(WEL, "wel", FI, B | P, FI | SI, false, true, 'C', INPUT)
RDL_PROP(ANDED, "anded", FI, B, 0, false, true, 0, BIT)
RDL_PROP(ORED, "ored", FI, B, 0, false, true, 0, BIT)
RDL_PROP(XORED, "xored", FI, B, 0, false, true, 0, BIT)
RDL_PROP(FIELDWIDTH, "fieldwidth", FI, I, 0, false, false, 0, NO)
RDL_PROP(HWCLR, "hwclr", FI, B | P, FI | SI, false, true, 0, INPUT)
RDL_PROP(HWSET, "hwset", FI, B | P, FI | SI, false, true, 0, INPUT)
RDL_PROP(HWENABLE, "hwenable", FI, P, FI | SI, false, true, 'D', VALUE)
RDL_PROP(HWMASK, "hwmask", FI, P, FI | SI, false, true, 'D', VALUE)

/* Fields: counters (9.8). */
RDL_PROP(COUNTER, "counter", FI, B, 0, false, true, 'E', NO)
RDL_PROP(THRESHOLD, "threshold", FI, I | B | P, FI | SI, false, true, 'T', COUNTER)
RDL_PROP(SATURATE, "saturate", FI, I | B | P, FI | SI, false, true, 'U', COUNTER)
RDL_PROP(INCRTHRESHOLD, "incrthreshold", FI, I | B | P, FI | SI, false, true, 'T', COUNTER)
RDL_PROP(INCRSATURATE, "incrsaturate", FI, I | B | P, FI | SI, false, true, 'U', COUNTER)
RDL_PROP(OVERFLOW, "overflow", FI, B, 0, false, true, 0, COUNTER)
RDL_PROP(UNDERFLOW, "underflow", FI, B, 0, false, true, 0, COUNTER)
RDL_PROP(INCR, "incr", FI, P, FI | SI, false, true, 0, COUNTER)
RDL_PROP(INCRVALUE, "incrvalue", FI, I | P, FI | SI, false, true, 'F', ANY)
RDL_PROP(INCRWIDTH, "incrwidth", FI, I, 0, false, true, 'F', NO)
RDL_PROP(DECRVALUE, "decrvalue", FI, I | P, FI | SI, false, true, 'G', ANY)
RDL_PROP(DECR, "decr", FI, P, FI | SI, false, true, 0, COUNTER)
RDL_PROP(DECRWIDTH, "decrwidth", FI, I, 0, false, true, 'G', NO)
RDL_PROP(DECRSATURATE, "decrsaturate", FI, I | B | P, FI | SI, false, true, 0, COUNTER)
RDL_PROP(DECRTHRESHOLD, "decrthreshold", FI, I | B | P, FI | SI, false, true, 0, COUNTER)

/* Fields: interrupts and the rest (9.9, 9.10). */
RDL_PROP(INTR, "intr", FI, B, 0, false, true, 'E', REG)
RDL_PROP(INTR_TYPE, "interrupt type", FI, T(INTR), 0, false, true, 0, NO)
RDL_PROP(HALT, "halt", 0, B, 0, false, false, 0, REG)
RDL_PROP(ENABLE, "enable", FI, P, FI | SI, false, true, 'J', VALUE)
RDL_PROP(MASK, "mask", FI, P, FI | SI, false, true, 'J', VALUE)
RDL_PROP(HALTENABLE, "haltenable", FI, P, FI | SI, false, true, 'K', VALUE)
RDL_PROP(HALTMASK, "haltmask", FI, P, FI | SI, false, true, 'K', VALUE)
RDL_PROP(STICKY, "sticky", FI, B, 0, false, true, 'I', NO)
RDL_PROP(STICKYBIT, "stickybit", FI, B, 0, false, true, 'I', NO)
RDL_PROP(ENCODE, "encode", FI, T(ENUMTYPE), 0, false, true, 0, NO)
RDL_PROP(PRECEDENCE, "precedence", FI, T(PRECEDENCE), 0, false, true, 0, NO)
RDL_PROP(PARITYCHECK, "paritycheck", FI, B, 0, false, false, 0, NO)

/* Registers, memories, register files, address maps (clauses 10 to 13). */
RDL_PROP(REGWIDTH, "regwidth", RG, I, 0, false, false, 0, NO)
RDL_PROP(ACCESSWIDTH, "accesswidth", RG, I, 0, false, true, 0, NO)
RDL_PROP(SHARED, "shared", RG, B, 0, false, false, 0, NO)
RDL_PROP(MEMENTRIES, "mementries", ME, I, 0, false, false, 0, NO)
RDL_PROP(MEMWIDTH, "memwidth", ME, I, 0, false, false, 0, NO)
RDL_PROP(ALIGNMENT, "alignment", AM | RF, I, 0, false, false, 0, NO)
RDL_PROP(SHAREDEXTBUS, "sharedextbus", AM | RF, B, 0, false, false, 0, NO)
RDL_PROP(BIGENDIAN, "bigendian", AM, B, 0, false, true, 'L', NO)
RDL_PROP(LITTLEENDIAN, "littleendian", AM, B, 0, false, true, 'L', NO)
RDL_PROP(ADDRESSING, "addressing", AM, T(ADDRESSING), 0, false, false, 0, NO)
RDL_PROP(RSVDSET, "rsvdset", AM, B, 0, false, false, 'Q', NO)
RDL_PROP(RSVDSETX, "rsvdsetX", AM, B, 0, false, false, 'Q', NO)
RDL_PROP(MSB0, "msb0", AM, B, 0, false, false, 'M', NO)
RDL_PROP(LSB0, "lsb0", AM, B, 0, false, false, 'M', NO)
RDL_PROP(BRIDGE, "bridge", AM, B, 0, false, false, 0, NO)

#undef B
#undef I
#undef S
#undef P
#undef T
#undef ALL
#undef AM
#undef RF
#undef RG
#undef FI
#undef ME
#undef SI
