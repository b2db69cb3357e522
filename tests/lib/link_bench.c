/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/link_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drv/mock_vsc7448.h"
#include "drv/mock_vsc7448/link_priv.h"
#include "hal/board_priv.h"

static const char board_text[] = "board: 1\n"
				 "name: twin\n"
				 "devices:\n"
				 "  - {name: switch, map: vsc7448, bus: \"mock:\"}\n"
				 "  - {name: far, map: vsc7448, bus: \"mock:\"}\n";

static const char *const names[2] = { "switch", "far" };

static void check(bool good, const char *what, const char *why)
{
	if (good)
		return;
	fprintf(stderr, "link bench: %s: %s\n", what, why);
	abort();
}

static void open_board(struct link_bench *b)
{
	char path[] = "/tmp/link_bench.XXXXXX";
	struct error err = { 0 };
	int fd = mkstemp(path);

	check(fd >= 0 && write(fd, board_text, sizeof(board_text) - 1) > 0, "board", path);
	close(fd);
	check(board_open(path, &b->options, &err, &b->board) == 0, "board", err.text);
	unlink(path);
}

void link_bench_open(struct link_bench *b)
{
	struct error err = { 0 };

	memset(b, 0, sizeof(*b));
	open_board(b);
	for (unsigned i = 0; i < 2; i++)
		check(vsc7448_open(board_device_at(b->board, i), &err, &b->chip[i]) == 0,
		      names[i], err.text);
	b->world = b->board->world;
	b->clock = world_clock(b->world);
	for (unsigned i = 0; i < 2; i++) {
		b->mock[i] = world_device_find(b->world, names[i]);
		check(b->mock[i] != NULL, names[i], "not in the world");
		b->model[i] = mock_vsc7448_of(b->mock[i]);
		check(b->model[i] != NULL, names[i], "no model");
	}
}

void link_bench_close(struct link_bench *b)
{
	vsc7448_close(b->chip[0]);
	vsc7448_close(b->chip[1]);
	board_close(b->board);
}

static void plug(struct link_bench *b, unsigned chip, uint32_t port, struct world_end end)
{
	struct error err = { 0 };

	check(world_plug(b->world, names[chip], port, &end, &err) == 0, "plug", err.text);
}

void link_bench_cable(struct link_bench *b, uint32_t port)
{
	plug(b, 0, port,
	     (struct world_end){ .kind = WORLD_END_PORT, .device = names[1], .port = port });
}

void link_bench_plug(struct link_bench *b, unsigned chip, uint32_t port,
		     enum world_end_kind kind)
{
	static struct world_host host;

	plug(b, chip, port, (struct world_end){ .kind = kind, .host = &host });
}

uint32_t link_bench_read(struct link_bench *b, unsigned chip, uint64_t addr)
{
	struct error err = { 0 };
	uint32_t value = 0;

	check(mock_sw_read(b->mock[chip], addr, &value, &err) == 0, "read", err.text);
	return value;
}

void link_bench_write(struct link_bench *b, unsigned chip, uint64_t addr, uint32_t value)
{
	struct error err = { 0 };

	check(mock_sw_write(b->mock[chip], addr, value, &err) == 0, "write", err.text);
}

/* --- SerDes ------------------------------------------------------------------------------ */

/* COMMON_CFG: SYS_RST, ENA_LANE, IF_MODE 1 (trace port0_1000x). */
static void macro_1g(struct link_bench *b, unsigned chip, uint32_t macro)
{
	link_bench_write(b, chip, VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG,
			 0x80040001);
	link_bench_write(b, chip, VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_MISC_CFG, 0);
	link_bench_write(b, chip, VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG,
			 0x80000000u | 1u << macro);
	clock_wait_us(b->clock, 100);
}

#define QRATE (1u << 2)
#define HRATE (1u << 3)

/* COMMON_CFG: SYS_RST, ENA_LANE, IF_MODE 1, and the rate (trace port49_xaui). */
static void macros_6g(struct link_bench *b, unsigned chip, uint32_t macros, uint32_t rate)
{
	link_bench_write(b, chip, VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG,
			 0x00014001 | rate);
	link_bench_write(b, chip, VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_MISC_CFG, 0);
	link_bench_write(b, chip, VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG,
			 0x80000000u | macros);
	clock_wait_us(b->clock, 100);
}

/*
 * Of the macro's set-up (port49_sfi_sr.regs) what makes its PLLs start and its receiver calibrate;
 * that is done when this returns.
 */
static void macro_10g(struct link_bench *b, unsigned chip, uint32_t i)
{
#define ANA(group, reg) VSC7448_XGANA_SD10G65_##group##_SD10G65_##reg(i)
	const struct {
		uint64_t addr;
		uint32_t value;
	} steps[] = {
		{ VSC7448_XGXFI_XFI_CONTROL_XFI_MODE(i), 0x12 },
		{ ANA(OB, SBUS_TX_CFG), 0x7 },
		{ ANA(IB, SBUS_RX_CFG), 0x7 },
		{ ANA(OB, OB_CFG0), 0x2187 },
		{ ANA(OB, OB_CFG2), 0x7df820 },
		{ ANA(IB, IB_CFG0), 0x4ea6 },
		{ ANA(DES, DES_CFG0), 0x10 },
		{ ANA(TX_RCPLL, TX_RCPLL_CFG2), 0xa01d1d },
		{ ANA(RX_RCPLL, RX_RCPLL_CFG2), 0xa01d1d },
		{ ANA(TX_SYNTH, TX_SYNTH_CFG0), 0x1c5e0c07 },
		{ ANA(RX_SYNTH, RX_SYNTH_CFG0), 0x1fe0343 },
		{ ANA(TX_RCPLL, TX_RCPLL_CFG1), 0xc60000 },
		{ ANA(RX_RCPLL, RX_RCPLL_CFG1), 0xc60000 },
		{ ANA(TX_RCPLL, TX_RCPLL_CFG0), 0x20001 },
		{ ANA(RX_RCPLL, RX_RCPLL_CFG0), 0x20001 },
		{ VSC7448_XGDIG_SD10G65_APC_APC_COMMON_CFG0(i), 0x4000109 },
		{ VSC7448_XGDIG_SD10G65_APC_APC_IS_CAL_CFG1(i), 0x19001 },
	};
#undef ANA

	for (size_t k = 0; k < sizeof(steps) / sizeof(steps[0]); k++)
		link_bench_write(b, chip, steps[k].addr, steps[k].value);
	clock_wait_us(b->clock, 63000);
}

/* --- devices ----------------------------------------------------------------------------- */

static void set_hw_cfg(struct link_bench *b, unsigned chip, uint32_t mask, uint32_t value)
{
	uint32_t old = link_bench_read(b, chip, VSC7448_HSIO_HW_CFGSTAT_HW_CFG);

	link_bench_write(b, chip, VSC7448_HSIO_HW_CFGSTAT_HW_CFG, (old & ~mask) | value);
}

struct dev1g {
	uint32_t mode, aneg, sd, pcs, fx100, speed;
};

static const struct dev1g dev1g_values[] = {
	[BENCH_100BASE_FX] = { 0, 0, 0, 0, 0x07000051, 1 },
	[BENCH_SGMII] = { 1, 0x100, 0x110, 1, 0, 2 },
	[BENCH_SGMII_AN] = { 1, 0x00010103, 0x111, 1, 0, 2 },
	[BENCH_1000BASE_X] = { 0, 0, 0x111, 1, 0, 2 },
	[BENCH_1000BASE_X_AN] = { 0, 0x01a00003, 0x111, 1, 0, 2 },
	[BENCH_2500BASE_X] = { 0, 0, 0x111, 1, 0, 2 },
	[BENCH_QSGMII] = { 1, 0x100, 0x110, 1, 0, 2 },
};

static void set_dev1g(struct link_bench *b, unsigned chip, uint32_t port, enum bench_mode mode)
{
	const struct dev1g *v = &dev1g_values[mode];
	const uint64_t pcs = link__dev1g(port, VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_CFG(0));

	link_bench_write(b, chip,
			 link__dev1g(port, VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_MODE_CFG(0)),
			 v->mode);
	link_bench_write(b, chip,
			 link__dev1g(port, VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_SD_CFG(0)),
			 v->sd);
	link_bench_write(
		b, chip,
		link__dev1g(port, VSC7448_DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG(0)),
		v->fx100);
	link_bench_write(b, chip, pcs, v->pcs);
	link_bench_write(b, chip,
			 link__dev1g(port, VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG(0)),
			 v->aneg);
	link_bench_write(b, chip,
			 link__dev1g(port, VSC7448_DEV1G_MAC_CFG_STATUS_MAC_ENA_CFG(0)), 0x11);
	link_bench_write(b, chip,
			 link__dev1g(port, VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(0)),
			 v->speed << 20);
}

static void set_1g(struct link_bench *b, unsigned chip, uint32_t port, enum bench_mode mode)
{
	if (port < 48)
		set_hw_cfg(b, chip, 1u << port / 4, mode == BENCH_QSGMII ? 1u << port / 4 : 0);
	if (mode == BENCH_QSGMII)
		macros_6g(b, chip, 1u << (4 + port / 4), 0);
	else if (port < 8 || port == 48)
		macro_1g(b, chip, port == 48 ? 0 : port + 1);
	else
		macros_6g(b, chip, 1u << (port - 8), mode == BENCH_2500BASE_X ? HRATE : QRATE);
	set_dev1g(b, chip, port, mode);
}

static void set_10g(struct link_bench *b, unsigned chip, uint32_t port, enum bench_mode mode)
{
	static const uint32_t lane_0[4] = { 16, 20, 8, 12 };
	const uint32_t i = port - 49, lanes = lane_0[i];
	const uint32_t bits = mode == BENCH_10GBASE_R ? 0 : mode == BENCH_XAUI ? 1 : 2;

	set_hw_cfg(b, chip, 3u << (12 + 2 * i), bits << (12 + 2 * i));
	if (mode == BENCH_10GBASE_R)
		macro_10g(b, chip, i);
	else
		macros_6g(b, chip, 0xfu << lanes, mode == BENCH_XAUI ? HRATE : 0);
	link_bench_write(b, chip, VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_SD_CFG(i), 0x111);
	link_bench_write(b, chip, VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG(i),
			 mode == BENCH_10GBASE_R ? 0x80000000 : 0);
	link_bench_write(b, chip, VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG(i),
			 mode == BENCH_XAUI || mode == BENCH_RXAUI);
	/* The vendor's driver runs RXAUI on this PCS: port49_rxaui.regs. */
	link_bench_write(b, chip, VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG(i),
			 mode == BENCH_2X6G);
	link_bench_write(b, chip, VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_SD_CFG(i),
			 0x111);
	link_bench_write(b, chip, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_LFS_CFG(i), 1);
	link_bench_write(b, chip, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_ENA_CFG(i), 0x11);
	link_bench_write(b, chip, VSC7448_DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL(i),
			 mode == BENCH_10GBASE_R ? 0x00700000 : 0x00400000);
}

void link_bench_set(struct link_bench *b, unsigned chip, uint32_t port, enum bench_mode mode)
{
	if (mode >= BENCH_XAUI)
		set_10g(b, chip, port, mode);
	else
		set_1g(b, chip, port, mode);
}

void link_bench_set_both(struct link_bench *b, uint32_t port, enum bench_mode mode)
{
	link_bench_set(b, 0, port, mode);
	link_bench_set(b, 1, port, mode);
}

/* Trace kr_port49: the page, then AN_ENABLE and AN_RESTART. */
void link_bench_kr(struct link_bench *b, unsigned chip, uint32_t port, uint32_t fec)
{
	const uint32_t i = port - 49;

	link_bench_write(b, chip, VSC7448_XGKR1_LD_ADV_KR_7X0010(i), 0x0001);
	link_bench_write(b, chip, VSC7448_XGKR1_LD_ADV_KR_7X0011(i), 0x0080);
	link_bench_write(b, chip, VSC7448_XGKR1_LD_ADV_KR_7X0012(i), fec << 14);
	link_bench_write(b, chip, VSC7448_XGKR0_TR_CFG6_TR_CFG6(i), 0x0e14);
	link_bench_write(b, chip, VSC7448_XGKR0_TR_CFG7_TR_CFG7(i), 0x0f80);
	link_bench_write(b, chip, VSC7448_XGKR1_KR_7X0000_KR_7X0000(i), 0x1200);
}
