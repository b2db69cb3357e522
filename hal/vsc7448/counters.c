/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/counters.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "hal/vsc7448/vsc7448_priv.h"

/* Counters of a port's device: where they are for port 0, DEV10G[0]; 0: not there. */
struct device_counter {
	struct vsc7448_counter counter;
	uint64_t asm_low, asm_high;
	uint64_t dev10g_low, dev10g_high;
};

#define COUNTER(name, kind, tx, bits)                                                          \
	{                                                                                      \
		name, VSC7448_COUNTER_##kind, tx, bits                                         \
	}

static const struct device_counter of_device[] = {
	{ COUNTER("rx_ifInOctets", OCTETS, false, 40),
	  VSC7448_ASM_DEV_STATISTICS_RX_OK_BYTES_CNT(0),
	  VSC7448_ASM_DEV_STATISTICS_RX_OK_BYTES_MSB_CNT(0),
	  VSC7448_DEV10G_DEV_STATISTICS_40BIT_RX_OK_BYTES_CNT(0),
	  VSC7448_DEV10G_DEV_STATISTICS_40BIT_RX_OK_BYTES_MSB_CNT(0) },
	{ COUNTER("rx_octetsOnWire", OCTETS, false, 40),
	  VSC7448_ASM_DEV_STATISTICS_RX_IN_BYTES_CNT(0),
	  VSC7448_ASM_DEV_STATISTICS_RX_IN_BYTES_MSB_CNT(0),
	  VSC7448_DEV10G_DEV_STATISTICS_40BIT_RX_IN_BYTES_CNT(0),
	  VSC7448_DEV10G_DEV_STATISTICS_40BIT_RX_IN_BYTES_MSB_CNT(0) },
	{ COUNTER("rx_octetsInErrors", OCTETS, false, 40),
	  VSC7448_ASM_DEV_STATISTICS_RX_BAD_BYTES_CNT(0),
	  VSC7448_ASM_DEV_STATISTICS_RX_BAD_BYTES_MSB_CNT(0),
	  VSC7448_DEV10G_DEV_STATISTICS_40BIT_RX_BAD_BYTES_CNT(0),
	  VSC7448_DEV10G_DEV_STATISTICS_40BIT_RX_BAD_BYTES_MSB_CNT(0) },
	{ COUNTER("rx_ifInUcastPkts", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_UC_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_UC_CNT(0), 0 },
	{ COUNTER("rx_ifInMulticastPkts", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_MC_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_MC_CNT(0), 0 },
	{ COUNTER("rx_ifInBroadcastPkts", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_BC_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_BC_CNT(0), 0 },
	{ COUNTER("rx_dot3InPauseFrames", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_PAUSE_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_PAUSE_CNT(0), 0 },
	{ COUNTER("rx_dot3ControlInUnknownOpcodes", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_UNSUP_OPCODE_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_UNSUP_OPCODE_CNT(0), 0 },
	{ COUNTER("rx_dot3StatsSymbolErrors", ERRORS, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_SYMBOL_ERR_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_SYMBOL_ERR_CNT(0), 0 },
	{ COUNTER("rx_dot3StatsFCSErrors", ERRORS, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_CRC_ERR_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_CRC_ERR_CNT(0), 0 },
	{ COUNTER("rx_etherStatsUndersizePkts", ERRORS, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_UNDERSIZE_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_UNDERSIZE_CNT(0), 0 },
	{ COUNTER("rx_etherStatsFragments", ERRORS, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_FRAGMENTS_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_FRAGMENTS_CNT(0), 0 },
	{ COUNTER("rx_aInRangeLengthErrors", ERRORS, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_IN_RANGE_LEN_ERR_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_IN_RANGE_LEN_ERR_CNT(0), 0 },
	{ COUNTER("rx_aOutOfRangeLengthField", ERRORS, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_OUT_OF_RANGE_LEN_ERR_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_OUT_OF_RANGE_LEN_ERR_CNT(0), 0 },
	{ COUNTER("rx_etherStatsOversizePkts", ERRORS, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_OVERSIZE_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_OVERSIZE_CNT(0), 0 },
	{ COUNTER("rx_etherStatsJabbers", ERRORS, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_JABBERS_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_JABBERS_CNT(0), 0 },
	{ COUNTER("rx_etherStatsPkts64Octets", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_SIZE64_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_SIZE64_CNT(0), 0 },
	{ COUNTER("rx_etherStatsPkts65to127Octets", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_SIZE65TO127_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_SIZE65TO127_CNT(0), 0 },
	{ COUNTER("rx_etherStatsPkts128to255Octets", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_SIZE128TO255_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_SIZE128TO255_CNT(0), 0 },
	{ COUNTER("rx_etherStatsPkts256to511Octets", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_SIZE256TO511_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_SIZE256TO511_CNT(0), 0 },
	{ COUNTER("rx_etherStatsPkts512to1023Octets", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_SIZE512TO1023_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_SIZE512TO1023_CNT(0), 0 },
	{ COUNTER("rx_etherStatsPkts1024to1518Octets", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_SIZE1024TO1518_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_SIZE1024TO1518_CNT(0), 0 },
	{ COUNTER("rx_etherStatsPkts1519toMaxOctets", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_SIZE1519TOMAX_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_SIZE1519TOMAX_CNT(0), 0 },
	{ COUNTER("rx_ipgShrink", ERRORS, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_IPG_SHRINK_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_IPG_SHRINK_CNT(0), 0 },
	{ COUNTER("rx_alignmentLost", ERRORS, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_ALIGNMENT_LOST_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_ALIGNMENT_LOST_CNT(0), 0 },
	{ COUNTER("rx_taggedPkts", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_TAGGED_FRMS_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_TAGGED_FRMS_CNT(0), 0 },
	{ COUNTER("rx_untaggedPkts", FRAMES, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_UNTAGGED_FRMS_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_UNTAGGED_FRMS_CNT(0), 0 },
	{ COUNTER("rx_syncLost", ERRORS, false, 32),
	  VSC7448_ASM_DEV_STATISTICS_RX_SYNC_LOST_ERR_CNT(0), 0, 0, 0 },
	{ COUNTER("rx_hihChecksumErrors", ERRORS, false, 32), 0, 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_HIH_CKSM_ERR_CNT(0), 0 },
	{ COUNTER("rx_xgmiiProtocolErrors", ERRORS, false, 32), 0, 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_RX_XGMII_PROT_ERR_CNT(0), 0 },
	{ COUNTER("tx_ifOutOctets", OCTETS, true, 40),
	  VSC7448_ASM_DEV_STATISTICS_TX_OK_BYTES_CNT(0),
	  VSC7448_ASM_DEV_STATISTICS_TX_OK_BYTES_MSB_CNT(0),
	  VSC7448_DEV10G_DEV_STATISTICS_40BIT_TX_OK_BYTES_CNT(0),
	  VSC7448_DEV10G_DEV_STATISTICS_40BIT_TX_OK_BYTES_MSB_CNT(0) },
	{ COUNTER("tx_octetsOnWire", OCTETS, true, 40),
	  VSC7448_ASM_DEV_STATISTICS_TX_OUT_BYTES_CNT(0),
	  VSC7448_ASM_DEV_STATISTICS_TX_OUT_BYTES_MSB_CNT(0),
	  VSC7448_DEV10G_DEV_STATISTICS_40BIT_TX_OUT_BYTES_CNT(0),
	  VSC7448_DEV10G_DEV_STATISTICS_40BIT_TX_OUT_BYTES_MSB_CNT(0) },
	{ COUNTER("tx_ifOutUcastPkts", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_UC_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_UC_CNT(0), 0 },
	{ COUNTER("tx_ifOutMulticastPkts", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_MC_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_MC_CNT(0), 0 },
	{ COUNTER("tx_ifOutBroadcastPkts", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_BC_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_BC_CNT(0), 0 },
	{ COUNTER("tx_dot3OutPauseFrames", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_PAUSE_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_PAUSE_CNT(0), 0 },
	{ COUNTER("tx_etherStatsPkts64Octets", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_SIZE64_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_SIZE64_CNT(0), 0 },
	{ COUNTER("tx_etherStatsPkts65to127Octets", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_SIZE65TO127_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_SIZE65TO127_CNT(0), 0 },
	{ COUNTER("tx_etherStatsPkts128to255Octets", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_SIZE128TO255_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_SIZE128TO255_CNT(0), 0 },
	{ COUNTER("tx_etherStatsPkts256to511Octets", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_SIZE256TO511_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_SIZE256TO511_CNT(0), 0 },
	{ COUNTER("tx_etherStatsPkts512to1023Octets", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_SIZE512TO1023_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_SIZE512TO1023_CNT(0), 0 },
	{ COUNTER("tx_etherStatsPkts1024to1518Octets", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_SIZE1024TO1518_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_SIZE1024TO1518_CNT(0), 0 },
	{ COUNTER("tx_etherStatsPkts1519toMaxOctets", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_SIZE1519TOMAX_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_SIZE1519TOMAX_CNT(0), 0 },
	{ COUNTER("tx_taggedPkts", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_TAGGED_FRMS_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_TAGGED_FRMS_CNT(0), 0 },
	{ COUNTER("tx_untaggedPkts", FRAMES, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_UNTAGGED_FRMS_CNT(0), 0,
	  VSC7448_DEV10G_DEV_STATISTICS_32BIT_TX_UNTAGGED_FRMS_CNT(0), 0 },
	{ COUNTER("tx_dot3StatsMultipleCollisionFrames", ERRORS, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_MULTI_COLL_CNT(0), 0, 0, 0 },
	{ COUNTER("tx_dot3StatsSingleCollisionFrames", ERRORS, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_BACKOFF1_CNT(0), 0, 0, 0 },
	{ COUNTER("tx_dot3StatsLateCollisions", ERRORS, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_LATE_COLL_CNT(0), 0, 0, 0 },
	{ COUNTER("tx_dot3StatsExcessiveCollisions", ERRORS, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_XCOLL_CNT(0), 0, 0, 0 },
	{ COUNTER("tx_dot3StatsDeferredTransmissions", ERRORS, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_DEFER_CNT(0), 0, 0, 0 },
	{ COUNTER("tx_aFramesWithExcessiveDeferral", ERRORS, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_XDEFER_CNT(0), 0, 0, 0 },
	{ COUNTER("tx_dot3StatsCarrierSenseErrors", ERRORS, true, 32),
	  VSC7448_ASM_DEV_STATISTICS_TX_CSENSE_CNT(0), 0, 0, 0 },
};

#define N_DEVICE (sizeof(of_device) / sizeof(of_device[0]))

/* Behind the device: the analyzer's two, then those of XQS by class. */
static const struct vsc7448_counter of_switch[] = {
	COUNTER("rx_ifInDiscards", DROPS, false, 40),
	COUNTER("rx_policerDrops", DROPS, false, 40),
	COUNTER("rx_queueDropsClass0", DROPS, false, 32),
	COUNTER("rx_queueDropsClass1", DROPS, false, 32),
	COUNTER("rx_queueDropsClass2", DROPS, false, 32),
	COUNTER("rx_queueDropsClass3", DROPS, false, 32),
	COUNTER("rx_queueDropsClass4", DROPS, false, 32),
	COUNTER("rx_queueDropsClass5", DROPS, false, 32),
	COUNTER("rx_queueDropsClass6", DROPS, false, 32),
	COUNTER("rx_queueDropsClass7", DROPS, false, 32),
	COUNTER("tx_framesClass0", FRAMES, true, 32),
	COUNTER("tx_framesClass1", FRAMES, true, 32),
	COUNTER("tx_framesClass2", FRAMES, true, 32),
	COUNTER("tx_framesClass3", FRAMES, true, 32),
	COUNTER("tx_framesClass4", FRAMES, true, 32),
	COUNTER("tx_framesClass5", FRAMES, true, 32),
	COUNTER("tx_framesClass6", FRAMES, true, 32),
	COUNTER("tx_framesClass7", FRAMES, true, 32),
};

enum { AT_FILTER = N_DEVICE, AT_POLICER, AT_RX_DROPS, AT_TX_CLASS = AT_RX_DROPS + 8 };

static_assert(AT_TX_CLASS + 8 == VSC7448_N_COUNTERS, "count of counters");

#define ASM_STRIDE    0x100u
#define DEV10G_STRIDE 0x10000u
#define FIRST_10G     49u

/* XQS STAT: dropped and sent, by class, green and eight further yellow. */
#define XQS_RX_DROPS 16u
#define XQS_TX       256u
#define XQS_YELLOW   8u

/* A port's values come in pairs of words: the low one, and the high one or the yellow part. */
struct pairs {
	uint32_t low[VSC7448_N_COUNTERS], high[VSC7448_N_COUNTERS];
};

const struct vsc7448_counter *vsc7448_counter_at(size_t i)
{
	return i < N_DEVICE ? &of_device[i].counter : &of_switch[i - N_DEVICE];
}

const char *vsc7448_counter_kind_name(enum vsc7448_counter_kind kind)
{
	static const char *const names[] = { "octets", "frames", "errors", "drops" };

	return names[kind];
}

double vsc7448_counter_rate(uint64_t n, uint64_t us)
{
	return us == 0 ? 0 : (double)n * 1e6 / (double)us;
}

static void fetch_device(struct regio *io, uint32_t port, bool is_10g, struct pairs *p)
{
	uint64_t offset = is_10g ? REG_INDEX(port - FIRST_10G, 4, DEV10G_STRIDE)
				 : REG_INDEX(port, 53, ASM_STRIDE);

	for (size_t i = 0; i < N_DEVICE; i++) {
		const struct device_counter *c = &of_device[i];
		uint64_t low = is_10g ? c->dev10g_low : c->asm_low;
		uint64_t high = is_10g ? c->dev10g_high : c->asm_high;

		if (low != 0)
			regio_fetch(io, low + offset, &p->low[i]);
		if (high != 0)
			regio_fetch(io, high + offset, &p->high[i]);
	}
}

static void fetch_analyzer(struct regio *io, uint32_t port, struct pairs *p)
{
	for (uint32_t i = 0; i < 2; i++) {
		regio_fetch(io, VSC7448_ANA_AC_STAT_CNT_CFG_PORT_STAT_LSB_CNT(port, i),
			    &p->low[AT_FILTER + i]);
		regio_fetch(io, VSC7448_ANA_AC_STAT_CNT_CFG_PORT_STAT_MSB_CNT(port, i),
			    &p->high[AT_FILTER + i]);
	}
}

static void fetch_queues(struct regio *io, uint32_t port, struct pairs *p)
{
	regio_fields(io, VSC7448_XQS_SYSTEM_STAT_CFG, F(XQS_SYSTEM_STAT_CFG, STAT_VIEW, port));
	for (uint32_t i = 0; i < 8; i++) {
		regio_fetch(io, VSC7448_XQS_STAT_CNT(XQS_RX_DROPS + i),
			    &p->low[AT_RX_DROPS + i]);
		regio_fetch(io, VSC7448_XQS_STAT_CNT(XQS_RX_DROPS + XQS_YELLOW + i),
			    &p->high[AT_RX_DROPS + i]);
		regio_fetch(io, VSC7448_XQS_STAT_CNT(XQS_TX + i), &p->low[AT_TX_CLASS + i]);
		regio_fetch(io, VSC7448_XQS_STAT_CNT(XQS_TX + XQS_YELLOW + i),
			    &p->high[AT_TX_CLASS + i]);
	}
}

static void put_values(const struct pairs *p, bool is_10g, bool all,
		       struct vsc7448_counters *out)
{
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < VSC7448_N_COUNTERS; i++) {
		out->value[i] = p->low[i] | (uint64_t)(p->high[i] & 0xff) << 32;
		if (i >= AT_RX_DROPS)
			out->value[i] = (uint32_t)(p->low[i] + p->high[i]);
		out->valid[i] = i < AT_RX_DROPS || all;
		if (i < N_DEVICE)
			out->valid[i] =
				(is_10g ? of_device[i].dev10g_low : of_device[i].asm_low) != 0;
	}
}

/* Which ports count in their DEV10G block: ASM PORT_CFG.CSC_STAT_DIS of ports 49 to 52. */
static int find_10g(struct regio *io, vsc7448_ports ports, vsc7448_ports *is_10g)
{
	*is_10g = 0;
	for (uint32_t port = FIRST_10G; port < VSC7448_N_PORTS; port++) {
		uint32_t cfg = 0;

		if ((ports >> port & 1) == 0)
			continue;
		if (regio_get(io, VSC7448_ASM_CFG_PORT_CFG(port), &cfg) != 0)
			return E_IO;
		if (reg_field_get(cfg, VSC7448_ASM_CFG_PORT_CFG__CSC_STAT_DIS) != 0)
			*is_10g |= UINT64_C(1) << port;
	}
	return 0;
}

int vsc7448_counters_read(struct vsc7448 *chip, vsc7448_ports ports, bool all,
			  struct error *err, struct vsc7448_counters *out)
{
	size_t n = (size_t)__builtin_popcountll(ports), at = 0;
	vsc7448_ports is_10g;
	struct pairs *pairs;
	int rc;

	if (n == 0 || (ports & ~VSC7448_FRONT_PORTS) != 0)
		return error_set(err, E_RANGE, "counters are of ports 0 to 52");
	if (find_10g(chip->io, ports, &is_10g) != 0)
		return regio_end(chip->io, err);
	pairs = calloc(n, sizeof(*pairs));
	if (pairs == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	for (vsc7448_ports rest = ports; rest != 0; rest &= rest - 1) {
		uint32_t port = (uint32_t)__builtin_ctzll(rest);

		fetch_device(chip->io, port, (is_10g >> port & 1) != 0, &pairs[at]);
		fetch_analyzer(chip->io, port, &pairs[at]);
		if (all)
			fetch_queues(chip->io, port, &pairs[at]);
		at++;
	}
	rc = regio_end(chip->io, err);
	at = 0;
	for (vsc7448_ports rest = ports; rc == 0 && rest != 0; rest &= rest - 1, at++)
		put_values(&pairs[at], (is_10g >> __builtin_ctzll(rest) & 1) != 0, all,
			   &out[at]);
	free(pairs);
	return rc;
}
