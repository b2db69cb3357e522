/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frames injected and extracted through registers.  Known headers and words: traces of the vendor's
 * driver (fixtures/vsc7448/vendor: frame_inject_port3, frame_inject_masq,
 * frame_inject_switched; HOWTO l.2).
 */
#include "tests/lib/frame_group.h"

#include "drv/mock.h"
#include "drv/mock_vsc7448.h"
#include "hal/vsc7448/frame.h"
#include "vsc7448_regs.h"

#define ALL  (BIT(53) - 1)
#define BPDU UINT64_C(0x0180c2000000)

static void expect_ifh(const struct vsc7448_frame_out *out, const uint32_t want[7])
{
	uint8_t ifh[VSC7448_IFH_BYTES];

	assert_int_equal(vsc7448_ifh_encode(out, NULL, ifh), 0);
	for (size_t i = 0; i < 7; i++)
		assert_int_equal((uint32_t)ifh[4 * i] << 24 | (uint32_t)ifh[4 * i + 1] << 16 |
					 (uint32_t)ifh[4 * i + 2] << 8 | ifh[4 * i + 3],
				 want[i]);
}

static void test_headers_are_those_of_the_vendor(void **state)
{
	(void)state;
	expect_ifh(&(struct vsc7448_frame_out){ .way = VSC7448_FRAME_DIRECT, .ports = BIT(3) },
		   (const uint32_t[]){ 0, 0, 8, 0x80000080, 0, 0x4c1, 0xacc00000 });
	expect_ifh(&(struct vsc7448_frame_out){ .way = VSC7448_FRAME_DIRECT,
						.ports = BIT(3) | BIT(49),
						.cls = 5 },
		   (const uint32_t[]){ 0, 0x00020000, 8, 0x80000580, 0, 0x4c1, 0xacc00000 });
	expect_ifh(&(struct vsc7448_frame_out){ .way = VSC7448_FRAME_REWRITTEN,
						.ports = BIT(3),
						.vid = 100,
						.pcp = 6,
						.cls = 6 },
		   (const uint32_t[]){ 0, 0, 8, 0x80000680, 0xc064, 0x4c1, 0xa8c00000 });
	expect_ifh(&(struct vsc7448_frame_out){ .way = VSC7448_FRAME_SWITCHED },
		   (const uint32_t[]){ 0, 0, 0, 0x80000080, 0, 0x401, 0xa9000000 });
	expect_ifh(&(struct vsc7448_frame_out){ .way = VSC7448_FRAME_FROM_PORT,
						.port = 3,
						.vid = 200 },
		   (const uint32_t[]){ 0, 0, 0, 0x80000080, 0xc8, 0x30400, 0x19100000 });
}

static void send_to(const struct vsc7448_frame_out *out, const struct frame_spec *spec)
{
	uint8_t frame[FRAME_BENCH_MAX];
	struct error err = { 0 };
	size_t len = frame_make(spec, frame);

	frame_bench_forget(&b);
	assert_int_equal(vsc7448_frame_send(b.chip.chip, out, frame, len, &err), 0);
}

/* The words of trace frame_inject_62, whose frame counts up from 0. */
static void test_a_frame_is_sent_with_the_words_of_the_vendor(void **state)
{
	static const uint32_t want[] = { 0x00240000, 0,         0x00000200, 0x08000000,
					 0x80050080, 0,         0xc1040000, 0x0000c0ac,
					 0x03020100, 0x07060504 };
	struct vsc7448_frame_out out = { .way = VSC7448_FRAME_DIRECT,
					 .ports = BIT(3) | BIT(49),
					 .cls = 5 };
	uint8_t frame[62];
	struct chip_access *writes = NULL;
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(frame); i++)
		frame[i] = (uint8_t)i;
	chip_bench_forget_log(&b.chip);
	assert_int_equal(vsc7448_frame_send(b.chip.chip, &out, frame, 62, NULL), 0);
	for (size_t i = 0; i < b.chip.n_access; i++)
		if (b.chip.access[i].kind == BUS_OP_WRITE)
			b.chip.access[n++] = b.chip.access[i];
	writes = b.chip.access + 1; /* behind INJ_ERR */
	assert_int_equal(n, 1 + 1 + 7 + 16 + 1 + 1);
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_int_equal(writes[i].value, want[i]);
	assert_int_equal(writes[n - 3].value, 0x002a0000);
	assert_int_equal(b.ports, BIT(3) | BIT(49));
	assert_int_equal(frame_bench_at(&b, 3)->len, 62);
	assert_memory_equal(frame_bench_at(&b, 3)->data, frame, 62);
}

static void test_a_short_frame_is_padded(void **state)
{
	static const uint8_t frame[14] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5 };
	static const uint8_t zeros[46] = { 0 };
	struct vsc7448_frame_out out = { .way = VSC7448_FRAME_DIRECT, .ports = BIT(0) };

	(void)state;
	assert_int_equal(vsc7448_frame_send(b.chip.chip, &out, frame, 14, NULL), 0);
	assert_int_equal(frame_bench_at(&b, 0)->len, 60);
	assert_memory_equal(frame_bench_at(&b, 0)->data, frame, 14);
	assert_memory_equal(frame_bench_at(&b, 0)->data + 14, zeros, 46);
}

static void test_each_way_of_sending_does_what_it_says(void **state)
{
	static const uint8_t tag[4] = { 0x81, 0x00, 0xc0, 0x64 };
	struct frame_spec spec = { .dmac = BROADCAST, .smac = STATION(9) };

	(void)state;
	/* direct: tables do not matter */
	frame_bench_write_mask(&b, VSC7448_ANA_AC_AGGR_AGGR_CFG(0), 0);
	send_to(&(struct vsc7448_frame_out){ .way = VSC7448_FRAME_DIRECT, .ports = BIT(7) },
		&spec);
	assert_int_equal(b.ports, BIT(7));
	frame_bench_write_mask(&b, VSC7448_ANA_AC_AGGR_AGGR_CFG(0), ALL);

	/* rewritten: tagged by the port */
	frame_bench_write(&b, VSC7448_REW_PORT_TAG_CTRL(7), 2 << 10);
	send_to(&(struct vsc7448_frame_out){ .way = VSC7448_FRAME_REWRITTEN,
					     .ports = BIT(7) | BIT(8),
					     .vid = 100,
					     .pcp = 6 },
		&spec);
	assert_int_equal(b.ports, BIT(7) | BIT(8));
	assert_memory_equal(frame_bench_at(&b, 7)->data + 12, tag, 4);
	assert_int_equal(frame_bench_at(&b, 8)->data[12], 0x88);

	/* switched: by the VLAN of its tag, not learned */
	spec.vid = 1;
	send_to(&(struct vsc7448_frame_out){ .way = VSC7448_FRAME_SWITCHED }, &spec);
	assert_int_equal(b.ports, ALL);

	/* as from a port: its source mask, and its station is learned there */
	spec.vid = 0;
	send_to(&(struct vsc7448_frame_out){ .way = VSC7448_FRAME_FROM_PORT,
					     .port = 3,
					     .vid = 1 },
		&spec);
	assert_int_equal(b.ports, ALL & ~BIT(3));
	frame_bench_send(&b, 0, &(struct frame_spec){ .dmac = STATION(9), .smac = 1 });
	assert_int_equal(b.ports, BIT(3));
}

/* --- receiving --------------------------------------------------------------------------- */

struct got {
	size_t n;
	struct vsc7448_frame_in in[80];
	uint8_t data[80][FRAME_BENCH_MAX];
	size_t stop_at;
};

static bool keep(void *arg, const struct vsc7448_frame_in *in)
{
	struct got *got = arg;

	assert_true(got->n < 80);
	got->in[got->n] = *in;
	memcpy(got->data[got->n++], in->data, in->len);
	return got->stop_at == 0 || got->n < got->stop_at;
}

static struct got got;
static struct vsc7448_frame_stats stats;

static int receive(size_t max, struct error *err)
{
	memset(&got, 0, sizeof(got));
	return vsc7448_frames_receive(b.chip.chip, max, keep, &got, &stats, err);
}

/* BPDUs of a port go to the CPU only, queue 2. */
static void capture(uint32_t port)
{
	frame_bench_write(&b, VSC7448_ANA_CL_PORT_CAPTURE_BPDU_CFG(port), 1);
	frame_bench_write(&b, VSC7448_ANA_CL_COMMON_CPU_8021_QU_CFG(0), 2);
}

static void test_a_frame_to_the_cpu_is_received_as_it_came(void **state)
{
	struct frame_spec spec = { .dmac = BPDU, .smac = STATION(1), .vid = 5, .pcp = 3 };
	uint8_t frame[FRAME_BENCH_MAX];
	size_t len = frame_make(&spec, frame);

	(void)state;
	frame_bench_write(&b, VSC7448_ANA_CL_PORT_VLAN_CTRL(7), 0x000a0001);
	capture(7);
	frame_bench_send(&b, 7, &spec);
	assert_int_equal(b.ports, 0);
	chip_bench_forget_log(&b.chip);
	assert_int_equal(receive(10, NULL), 0);
	assert_int_equal(got.n, 1);
	assert_int_equal(got.in[0].len, len);
	assert_memory_equal(got.data[0], frame, len);
	assert_int_equal(got.in[0].port, 7);
	assert_int_equal(got.in[0].queues, 1 << 2);
	assert_int_equal(got.in[0].vid, 5);
	assert_int_equal(got.in[0].pcp, 3);
	/* is there one, its 25 words (one is an escape), is there another */
	assert_int_equal(chip_bench_reads(&b.chip), 27);
	assert_int_equal(receive(10, NULL), 0);
	assert_int_equal(got.n, 0);
}

static void test_all_lengths_and_words_that_look_like_status_pass(void **state)
{
	uint8_t frame[FRAME_BENCH_MAX] = { 0x01, 0x80, 0xc2, 0, 0, 0,    2,
					   0,    0,    0,    0, 1, 0x88, 0xb5 };
	size_t n = 0;

	(void)state;
	capture(0);
	for (size_t at = 16; at + 4 < sizeof(frame); at += 4)
		memcpy(frame + at, (const uint8_t[]){ 0x80, 0, 0, (uint8_t)(at / 4 % 8) }, 4);
	for (size_t len = 60; len < 100; len++)
		assert_int_equal(mock_vsc7448_inject(b.chip.model, 0, frame, len), 0);
	assert_int_equal(mock_vsc7448_inject(b.chip.model, 0, frame, 1514), 0);
	assert_int_equal(receive(100, NULL), 0);
	assert_int_equal(got.n, 41);
	for (size_t len = 60; len < 100; len++, n++) {
		assert_int_equal(got.in[n].len, len);
		assert_memory_equal(got.data[n], frame, len);
	}
	assert_int_equal(got.in[40].len, 1514);
	assert_memory_equal(got.data[40], frame, 1514);
}

static void test_a_limit_or_a_no_leaves_the_rest_whole(void **state)
{
	size_t total = 0;

	(void)state;
	capture(0);
	for (uint32_t i = 0; i < 20; i++)
		frame_bench_send(&b, 0, &(struct frame_spec){ .dmac = BPDU, .smac = 1 + i });
	assert_int_equal(receive(3, NULL), 0);
	assert_true(got.n >= 3 && got.n < 6);
	total = got.n;
	assert_int_equal(receive(100, NULL), 0);
	for (size_t i = 0; i < got.n; i++)
		assert_int_equal(got.data[i][11], total + i + 1);
	assert_int_equal(total + got.n, 20);
}

static void test_a_pruned_frame_says_so(void **state)
{
	(void)state;
	capture(0);
	frame_bench_write(&b, VSC7448_DEVCPU_QS_XTR_XTR_FRM_PRUNING(0), 10);
	frame_bench_send(&b, 0, &(struct frame_spec){ .dmac = BPDU, .smac = 1 });
	frame_bench_send(&b, 0, &(struct frame_spec){ .dmac = BPDU, .smac = 2 });
	assert_int_equal(receive(10, NULL), 0);
	assert_int_equal(got.n, 2);
	assert_true(got.in[0].pruned);
	assert_int_equal(got.in[0].len, 16); /* 11 words, 7 of them IFH */
	assert_int_equal(got.data[1][11], 2);
}

static void test_a_flush_throws_away_and_an_overflow_is_told(void **state)
{
	(void)state;
	capture(0);
	for (uint32_t i = 0; i < 70; i++)
		frame_bench_send(&b, 0, &(struct frame_spec){ .dmac = BPDU, .smac = 1 });
	assert_int_equal(frame_bench_read(&b, VSC7448_DEVCPU_QS_XTR_XTR_CFG) & 1, 1);
	assert_int_equal(frame_bench_read(&b, VSC7448_XQS_SYSTEM_FWD_CPU_DROP_CNT), 6);
	assert_int_equal(vsc7448_frames_flush(b.chip.chip, NULL), 0);
	assert_int_equal(receive(10, NULL), 0);
	assert_int_equal(got.n, 0);
}

static void test_after_words_that_make_no_frame_the_next_call_starts_afresh(void **state)
{
	struct error err = { 0 };

	(void)state;
	capture(0);
	frame_bench_send(&b, 0, &(struct frame_spec){ .dmac = BPDU, .smac = 1 });
	frame_bench_read(&b, VSC7448_DEVCPU_QS_XTR_XTR_RD(0)); /* somebody else took a word */
	assert_int_equal(receive(10, &err), E_CORRUPT);
	assert_int_equal(got.n, 0);
	frame_bench_send(&b, 0, &(struct frame_spec){ .dmac = BPDU, .smac = 2 });
	assert_int_equal(receive(10, NULL), 0);
	assert_int_equal(got.n, 0); /* thrown away with what was left */
	frame_bench_send(&b, 0, &(struct frame_spec){ .dmac = BPDU, .smac = 3 });
	assert_int_equal(receive(10, NULL), 0);
	assert_int_equal(got.n, 1);
	assert_int_equal(got.data[0][11], 3);
}

/* After so many words nothing is ready any more. */
static int stall(void *model, struct mock *mock, uint64_t addr, uint32_t *value)
{
	unsigned *left = model;

	(void)mock;
	if (addr == VSC7448_DEVCPU_QS_XTR_XTR_RD(0) && (*left == 0 || (*left)-- == 0))
		*value = 0x07000080;
	return 0;
}

static void test_not_ready_is_bounded_within_a_frame_and_in_front_of_one(void **state)
{
	static const struct mock_model ops = { .name = "stall", .read = stall };
	unsigned left = 30;
	struct error err = { 0 };

	(void)state;
	capture(0);
	assert_int_equal(mock_attach(b.chip.mock, &ops, &left, &err), 0);
	for (uint32_t i = 0; i < 2; i++)
		frame_bench_send(&b, 0, &(struct frame_spec){ .dmac = BPDU, .smac = 1 });
	assert_int_equal(receive(10, &err), E_TIMEOUT);
	assert_int_equal(got.n, 1);
	assert_string_equal(err.text, "DEVCPU_QS:XTR:XTR_RD[0] was not ready within 10000 us");
	chip_bench_stick(&b.chip, VSC7448_DEVCPU_QS_XTR_XTR_DATA_PRESENT, 1, 1);
	error_clear(&err);
	assert_int_equal(receive(10, &err), E_TIMEOUT);
	assert_int_equal(got.n, 0);
}

static void test_a_frame_without_end_is_an_error(void **state)
{
	struct error err = { 0 };

	(void)state;
	chip_bench_stick(&b.chip, VSC7448_DEVCPU_QS_XTR_XTR_DATA_PRESENT, 1, 1);
	chip_bench_stick(&b.chip, VSC7448_DEVCPU_QS_XTR_XTR_RD(0), UINT32_MAX, 0x12345678);
	assert_int_equal(receive(10, &err), E_CORRUPT);
	assert_non_null(strstr(err.text, "DEVCPU_QS:XTR:XTR_RD[0] gave a frame without end"));
}

static void test_an_injection_fifo_that_is_never_ready_times_out(void **state)
{
	struct vsc7448_frame_out out = { .way = VSC7448_FRAME_DIRECT, .ports = 1 };
	uint8_t frame[60] = { 0 };
	struct error err = { 0 };

	(void)state;
	chip_bench_stick(&b.chip, VSC7448_DEVCPU_QS_INJ_INJ_STATUS, 0x4, 0);
	assert_int_equal(vsc7448_frame_send(b.chip.chip, &out, frame, 60, &err), E_TIMEOUT);
	assert_string_equal(err.text, "DEVCPU_QS:INJ:INJ_STATUS.FIFO_RDY[0] was not 0x1 within "
				      "1000 us, last 0x0");
	assert_int_equal(b.tapped, 0);
}

static void test_full_queues_and_lost_words_are_errors(void **state)
{
	struct vsc7448_frame_out out = { .way = VSC7448_FRAME_DIRECT, .ports = 1 };
	uint8_t frame[60] = { 0 };
	struct error err = { 0 };

	(void)state;
	chip_bench_stick(&b.chip, VSC7448_DEVCPU_QS_INJ_INJ_ERR(0), 1, 1);
	assert_int_equal(vsc7448_frame_send(b.chip.chip, &out, frame, 60, &err), E_IO);
	assert_non_null(strstr(err.text, "WR_ERR_STICKY"));
	chip_bench_stick(&b.chip, VSC7448_DEVCPU_QS_INJ_INJ_STATUS, 0x10, 0x10);
	frame_bench_forget(&b);
	assert_int_equal(vsc7448_frame_send(b.chip.chip, &out, frame, 60, &err), E_BUSY);
	assert_int_equal(b.tapped, 0);
}

static void test_bad_arguments_change_nothing(void **state)
{
	struct vsc7448_frame_out none = { .way = VSC7448_FRAME_DIRECT };
	struct vsc7448_frame_out port = { .way = VSC7448_FRAME_FROM_PORT, .port = 53 };
	struct vsc7448_frame_out good = { .way = VSC7448_FRAME_DIRECT, .ports = 1 };
	uint8_t frame[60] = { 0 };

	(void)state;
	chip_bench_forget_log(&b.chip);
	assert_int_equal(vsc7448_frame_send(b.chip.chip, &none, frame, 60, NULL), E_RANGE);
	assert_int_equal(vsc7448_frame_send(b.chip.chip, &port, frame, 60, NULL), E_RANGE);
	assert_int_equal(vsc7448_frame_send(b.chip.chip, &good, frame, 13, NULL), E_RANGE);
	assert_int_equal(b.chip.n_access, 0);
}

/* --- faults ------------------------------------------------------------------------------ */

static int op_send(struct chip_bench *c, struct error *err)
{
	struct vsc7448_frame_out out = { .way = VSC7448_FRAME_DIRECT, .ports = 1 };
	uint8_t frame[60] = { 2 };

	return vsc7448_frame_send(c->chip, &out, frame, 60, err);
}

static int op_setup(struct chip_bench *c, struct error *err)
{
	return vsc7448_frame_setup(c->chip, err);
}

static int op_receive(struct chip_bench *c, struct error *err)
{
	return vsc7448_frames_receive(c->chip, 10, keep, &got, &stats, err);
}

/* Puts a frame into the queue: injected at the CPU port's register side, to itself. */
static int prepare_receive(struct chip_bench *c, struct error *err)
{
	int rc = vsc7448_frame_setup(c->chip, err);
	struct vsc7448_frame_out out = { .way = VSC7448_FRAME_FROM_PORT, .port = 0, .vid = 1 };
	uint8_t frame[60] = { 0x01, 0x80, 0xc2, 0, 0, 0, 2 };

	mock_sw_write(c->mock, VSC7448_ANA_CL_PORT_CAPTURE_BPDU_CFG(0), 2, NULL);
	memset(&got, 0, sizeof(got));
	return rc != 0 ? rc : vsc7448_frame_send(c->chip, &out, frame, 60, err);
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	assert_int_equal(chip_bench_sweep(op_setup, op_send), 29);
	assert_true(chip_bench_sweep(NULL, op_setup) >= 11);
	assert_true(chip_bench_sweep(prepare_receive, op_receive) >= 26);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_headers_are_those_of_the_vendor),
		TEST(test_a_frame_is_sent_with_the_words_of_the_vendor),
		TEST(test_a_short_frame_is_padded),
		TEST(test_each_way_of_sending_does_what_it_says),
		TEST(test_a_frame_to_the_cpu_is_received_as_it_came),
		TEST(test_all_lengths_and_words_that_look_like_status_pass),
		TEST(test_a_limit_or_a_no_leaves_the_rest_whole),
		TEST(test_a_pruned_frame_says_so),
		TEST(test_a_flush_throws_away_and_an_overflow_is_told),
		TEST(test_after_words_that_make_no_frame_the_next_call_starts_afresh),
		TEST(test_not_ready_is_bounded_within_a_frame_and_in_front_of_one),
		TEST(test_a_frame_without_end_is_an_error),
		TEST(test_an_injection_fifo_that_is_never_ready_times_out),
		TEST(test_full_queues_and_lost_words_are_errors),
		TEST(test_bad_arguments_change_nothing),
		cmocka_unit_test(test_every_access_may_fail),
	};

	return cmocka_run_group_tests_name("vsc7448_frame", tests, NULL, NULL);
}
