/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/frame_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/mock.h"
#include "drv/mock_vsc7448.h"
#include "drv/mock_vsc7448/link.h"
#include "drv/world.h"

#define MAX_SEEN 4096u
#define ALL      ((UINT64_C(1) << 53) - 1)

static void check(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "frame bench: %s\n", what);
	abort();
}

static void tap(void *arg, uint32_t port, const uint8_t *frame, size_t len)
{
	struct frame_bench *b = arg;

	b->ports |= UINT64_C(1) << port;
	b->tapped++;
	if (b->n_seen == MAX_SEEN || len > FRAME_BENCH_MAX)
		return;
	b->seen[b->n_seen].port = port;
	b->seen[b->n_seen].len = len;
	memcpy(b->seen[b->n_seen++].data, frame, len);
}

void frame_bench_write(struct frame_bench *b, uint64_t addr, uint32_t value)
{
	check(mock_sw_write(b->chip.mock, addr, value, NULL) == 0, "write");
}

uint32_t frame_bench_read(struct frame_bench *b, uint64_t addr)
{
	uint32_t value = 0;

	check(mock_sw_read(b->chip.mock, addr, &value, NULL) == 0, "read");
	return value;
}

void frame_bench_write_mask(struct frame_bench *b, uint64_t addr, uint64_t ports)
{
	frame_bench_write(b, addr, (uint32_t)ports);
	frame_bench_write(b, addr + 4, (uint32_t)(ports >> 32));
}

static void set_port(struct frame_bench *b, uint32_t port)
{
	uint64_t bit = UINT64_C(1) << port;

	mv_link_force(b->chip.model, port, true);
	frame_bench_write(b, VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port), 1u << 17 | 104 << 9);
	frame_bench_write(b, VSC7448_ANA_CL_PORT_VLAN_CTRL(port), 1);
	frame_bench_write(b, VSC7448_ANA_CL_PORT_PORT_ID_CFG(port), port);
	frame_bench_write_mask(b, VSC7448_ANA_AC_PGID_PGID_CFG(port), bit);
	frame_bench_write_mask(b, VSC7448_ANA_AC_SRC_SRC_CFG(port), ALL & ~bit);
}

static void set_tables(struct frame_bench *b)
{
	frame_bench_write(b, VSC7448_ANA_L3_COMMON_VLAN_CTRL, 1);
	frame_bench_write(b, VSC7448_ANA_L3_VLAN_VLAN_CFG(1), 1 << 8);
	frame_bench_write_mask(b, VSC7448_ANA_L3_VLAN_VLAN_MASK_CFG(1), ALL);
	frame_bench_write_mask(b, VSC7448_ANA_L3_MSTP_MSTP_FWD_CFG(0), ALL);
	frame_bench_write_mask(b, VSC7448_ANA_L3_MSTP_MSTP_LRN_CFG(0), ALL);
	for (uint32_t pgid = 53; pgid <= 58; pgid++)
		frame_bench_write_mask(b, VSC7448_ANA_AC_PGID_PGID_CFG(pgid), ALL);
	frame_bench_write_mask(b, VSC7448_ANA_AC_PGID_PGID_CFG(60), ALL);
	frame_bench_write_mask(b, VSC7448_ANA_AC_SRC_SRC_CFG(53), ALL);
	for (uint32_t row = 0; row < 16; row++)
		frame_bench_write_mask(b, VSC7448_ANA_AC_AGGR_AGGR_CFG(row), ALL);
	for (uint32_t queue = 0; queue < 8; queue++)
		frame_bench_write(b, VSC7448_QFWD_SYSTEM_FRAME_COPY_CFG(queue),
				  53u << 6 | queue << 3 | 4);
	frame_bench_write(b, VSC7448_DEVCPU_QS_XTR_XTR_GRP_CFG(0), 5);
	frame_bench_write(b, VSC7448_DEVCPU_QS_INJ_INJ_GRP_CFG(0), 5);
	frame_bench_write(b, VSC7448_ANA_CL_PORT_VLAN_CTRL(53), 0x000a0000);
}

static void start(struct frame_bench *b)
{
	b->seen = calloc(MAX_SEEN, sizeof(*b->seen));
	check(b->seen != NULL, "out of memory");
	for (uint32_t port = 0; port < 53; port++)
		set_port(b, port);
	set_tables(b);
	mock_vsc7448_set_tap(b->chip.model, tap, b);
}

void frame_bench_open(struct frame_bench *b)
{
	memset(b, 0, sizeof(*b));
	chip_bench_open(&b->chip, "mock:");
	start(b);
}

void frame_bench_open_bench8(struct frame_bench *b)
{
	struct world_end none = { .kind = WORLD_END_NONE };

	memset(b, 0, sizeof(*b));
	chip_bench_open_bench8(&b->chip);
	for (uint32_t port = 0; port < 53; port++)
		check(world_plug(b->chip.world, "switch", port, &none, NULL) == 0, "plug");
	start(b);
}

void frame_bench_close(struct frame_bench *b)
{
	chip_bench_close(&b->chip);
	free(b->seen);
}

void frame_bench_forget(struct frame_bench *b)
{
	b->n_seen = 0;
	b->ports = 0;
	b->tapped = 0;
}

const struct frame_seen *frame_bench_at(const struct frame_bench *b, uint32_t port)
{
	for (size_t i = 0; i < b->n_seen; i++)
		if (b->seen[i].port == port)
			return &b->seen[i];
	return NULL;
}

static size_t put(uint8_t *p, uint64_t value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)(value >> 8 * (n - 1 - i));
	return n;
}

static size_t put_udp(const struct frame_spec *spec, uint8_t *p)
{
	uint32_t sum = 0;

	memset(p, 0, 28);
	p[0] = 0x45;
	p[3] = 46;
	p[8] = spec->ttl != 0 ? spec->ttl : 64;
	p[9] = 17;
	put(p + 12, spec->sip, 4);
	put(p + 16, spec->dip, 4);
	for (size_t i = 0; i < 20; i += 2)
		sum += (uint32_t)(p[i] << 8 | p[i + 1]);
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	put(p + 10, ~sum & 0xffff, 2);
	put(p + 20, spec->sport, 2);
	put(p + 22, spec->dport, 2);
	p[25] = 26;
	return 28;
}

size_t frame_make(const struct frame_spec *spec, uint8_t frame[FRAME_BENCH_MAX])
{
	uint16_t etype = spec->etype != 0 ? spec->etype : 0x88b5;
	size_t at = put(frame, spec->dmac, 6);

	at += put(frame + at, spec->smac, 6);
	if (spec->vid != 0)
		at += put(frame + at, UINT64_C(0x81000000) | spec->pcp << 13 | spec->vid, 4);
	at += put(frame + at, spec->dip != 0 ? 0x0800 : etype, 2);
	if (spec->dip != 0)
		at += put_udp(spec, frame + at);
	for (uint8_t byte = 0; at < 60; byte++)
		frame[at++] = byte;
	return at;
}

int frame_bench_send(struct frame_bench *b, uint32_t port, const struct frame_spec *spec)
{
	uint8_t frame[FRAME_BENCH_MAX];
	size_t len = frame_make(spec, frame);

	frame_bench_forget(b);
	return mock_vsc7448_inject(b->chip.model, port, frame, len);
}
