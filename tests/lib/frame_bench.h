/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frames through the model of the VSC7448: a chip whose links are up and whose tables are as the
 * vendor's driver leaves them after init (fixtures/vsc7448/vendor, operation init_bench8), a tap on
 * what leaves, and frames to inject.  Aborts the test when something of that fails.
 */
#ifndef TESTS_LIB_FRAME_BENCH_H
#define TESTS_LIB_FRAME_BENCH_H

#include "tests/lib/chip_bench.h"

#define FRAME_BENCH_MAX 2048u

struct frame_seen {
	uint32_t port;
	size_t len;
	uint8_t data[FRAME_BENCH_MAX];
};

struct frame_bench {
	struct chip_bench chip;
	struct frame_seen *seen; /* frames that left, in order, since frame_bench_forget() */
	size_t n_seen;
	uint64_t ports;  /* that they left by */
	uint64_t tapped; /* how many */
};

/* Ports 0 to 52 of a chip on mock:, a host at each. */
void frame_bench_open(struct frame_bench *b);
/* The same on the embedded board bench8, which has a BTC too; nothing is plugged in. */
void frame_bench_open_bench8(struct frame_bench *b);
void frame_bench_close(struct frame_bench *b);
void frame_bench_forget(struct frame_bench *b);

/* The first frame that left by a port; NULL: none. */
const struct frame_seen *frame_bench_at(const struct frame_bench *b, uint32_t port);

/* Registers past the driver, with their model hooks. */
void frame_bench_write(struct frame_bench *b, uint64_t addr, uint32_t value);
uint32_t frame_bench_read(struct frame_bench *b, uint64_t addr);
void frame_bench_write_mask(struct frame_bench *b, uint64_t addr, uint64_t ports);

/* A frame of 60 bytes from @smac to @dmac with an EtherType and a payload that counts up. */
struct frame_spec {
	uint64_t dmac, smac;
	uint32_t vid; /* a tag with it; 0: none */
	uint32_t pcp;
	uint16_t etype;    /* 0: 0x88b5 */
	uint32_t dip, sip; /* IPv4 and UDP, when dip is not 0 */
	uint16_t sport, dport;
	uint8_t ttl; /* 0: 64 */
};
size_t frame_make(const struct frame_spec *spec, uint8_t frame[FRAME_BENCH_MAX]);

/* Forgets what was seen, then injects; returns the code of mock_vsc7448_inject(). */
int frame_bench_send(struct frame_bench *b, uint32_t port, const struct frame_spec *spec);

/* Stations as the board has them: 02:00:00:00:00:NN. */
#define STATION(n) (UINT64_C(0x020000000000) + (n))

#endif
