/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * drv/si.c against a scripted pipe: the bytes on the wire, and what it makes of the answers.
 *
 * The bytes come from the vendor's mesa/demo/spi.c, spi_read() and spi_write(): three bytes of
 * header with bit 23 for a write and the word address below it, padding in reads, four data bytes,
 * most significant first; set-up values from the text of IF_CTRL.
 */
#include "drv/si.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CHIP_ID  UINT64_C(0x71010000)
#define GPR      UINT64_C(0x71010004)
#define SOFT_RST UINT64_C(0x71010008)
#define TWI_TAR  UINT64_C(0x70100404)

/* A frame that has to come, in hex without spaces, and the bytes that answer it. */
struct script {
	const char *out, *in; /* in NULL: the frame must not want an answer */
	int fails;            /* the exchange breaks off here */
};

struct scripted {
	struct si_pipe pipe;
	const struct script *next;
	size_t n_exchanges;
	bool closed;
};

static void unhex(const char *text, uint8_t *bytes)
{
	for (size_t i = 0; text[2 * i] != '\0'; i++) {
		char pair[3] = { text[2 * i], text[2 * i + 1], '\0' };

		bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
	}
}

static void one_frame(const struct script *line, const struct si_frame *frame)
{
	char text[2 * SI_MAX_BYTES + 1] = "";

	if (line->out == NULL)
		fail_msg("a frame behind the end of the script, first byte %02x",
			 frame->out[0]);
	for (size_t i = 0; i < frame->n; i++)
		snprintf(text + 2 * i, 3, "%02x", frame->out[i]);
	assert_string_equal(text, line->out);
	assert_int_equal(frame->in == NULL, line->in == NULL);
	if (line->in != NULL)
		unhex(line->in, frame->in);
}

static int exchange(struct si_pipe *pipe, const struct si_frame *frames, size_t n, size_t *done,
		    struct error *err)
{
	struct scripted *self = (struct scripted *)pipe;

	self->n_exchanges++;
	for (*done = 0; *done < n; ++*done) {
		const struct script *line = self->next++;

		one_frame(line, &frames[*done]);
		if (line->fails != 0)
			return error_set(err, line->fails, "cable pulled");
	}
	return 0;
}

static void close_pipe(struct si_pipe *pipe)
{
	((struct scripted *)pipe)->closed = true;
}

static const struct si_pipe_ops ops = { exchange, close_pipe };

/* Headers of IF_CTRL 800000, IF_CFGSTAT 800001, CHIP_ID 004000, GPR 004001, SOFT_RST 004002. */
#define SET_UP                                                                                 \
	{ "80000081818181", NULL, 0 }, { "80000100000001", NULL, 0 },                          \
		{ "0000000000000000", "ffffffff00000001", 0 },                                 \
	{                                                                                      \
		"0000010000000000", "ffffffff02000001", 0                                      \
	}
#define END                                                                                    \
	{                                                                                      \
		NULL, NULL, 0                                                                  \
	}

static const struct bus_env window = { .origin = 0x70000000, .size = 0x2000000 };

static int open_script(struct scripted *self, const struct script *script, struct error *err,
		       struct bus **bus)
{
	*self = (struct scripted){ .pipe.ops = &ops, .next = script };
	return si_bus_open(
		&(struct si_config){ .pipe = &self->pipe, .clock_hz = 5000000, .padding = 1 },
		&window, err, bus);
}

static struct bus *open_good(struct scripted *self, const struct script *script)
{
	struct error err = { 0 };
	struct bus *bus = NULL;

	assert_int_equal(open_script(self, script, &err, &bus), 0);
	return bus;
}

static void close_good(struct scripted *self, struct bus *bus)
{
	assert_null(self->next->out);
	bus_close(bus);
	assert_true(self->closed);
}

static void test_frames_are_those_of_the_vendors_demo(void **state)
{
	uint8_t bytes[SI_MAX_BYTES];
	uint8_t want[SI_MAX_BYTES];

	(void)state;
	assert_int_equal(si_frame_write(GPR, 0x12345678, bytes), 7);
	unhex("80400112345678", want);
	assert_memory_equal(bytes, want, 7);
	assert_int_equal(si_frame_read(CHIP_ID, 2, bytes), 9);
	unhex("004000000000000000", want);
	assert_memory_equal(bytes, want, 9);
	assert_int_equal(si_frame_write(UINT64_C(0x71fffffc), 1, bytes), 7);
	unhex("bfffff00000001", want);
	assert_memory_equal(bytes, want, 7);
	unhex("ffffffffff374680e9", bytes);
	assert_int_equal(si_frame_value(bytes, 2), 0x374680e9);
}

static void test_padding_is_one_byte_up_to_6500000_hz(void **state)
{
	(void)state;
	assert_int_equal(si_padding_for(1000), 1);
	assert_int_equal(si_padding_for(6500000), 1);
	assert_int_equal(si_padding_for(6500001), 2);
	assert_int_equal(si_padding_for(15000000), 3);
	assert_int_equal(si_padding_for(UINT32_MAX), SI_MAX_PADDING);
}

static void test_the_interface_is_set_up_and_read_back_in_one_exchange(void **state)
{
	static const struct script script[] = {
		SET_UP,
		{ "0040000000000000", "ffffffff374680e9", 0 },
		END,
	};
	struct scripted self;
	struct bus *bus = open_good(&self, script);
	uint32_t value;

	(void)state;
	assert_int_equal(self.n_exchanges, 1);
	assert_int_equal(bus_read(bus, CHIP_ID, &value), 0);
	assert_int_equal(value, 0x374680e9);
	close_good(&self, bus);
}

static void test_set_up_that_does_not_read_back_is_told(void **state)
{
	static const struct {
		const char *ctrl, *cfgstat;
		int code;
		const char *text;
	} rows[] = {
		{ "ffffffffffffffff", "ffffffffffffffff", E_NODEV, "nothing answers" },
		{ "0000000000000000", "0000000000000000", E_NODEV, "nothing answers" },
		{ "ffffffff00000001", "ffffffff02000000", E_NODEV, "IF_CFG 1" },
		{ "ffffffff00000001", "ffffffff00000001", E_NODEV, "IF_NUM 2" },
		{ "ffffffff00000000", "ffffffff02000001", E_NODEV, "check wiring" },
		{ "ffffffff88888888", "ffffffff88888888", E_IO, "padding" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct script script[] = {
			{ "80000081818181", NULL, 0 },
			{ "80000100000001", NULL, 0 },
			{ "0000000000000000", rows[i].ctrl, 0 },
			{ "0000010000000000", rows[i].cfgstat, 0 },
			END,
		};
		struct scripted self;
		struct error err = { 0 };
		struct bus *bus = NULL;

		assert_int_equal(open_script(&self, script, &err, &bus), rows[i].code);
		assert_non_null(strstr(err.text, rows[i].text));
		assert_null(bus);
		assert_true(self.closed);
	}
}

static void test_a_batch_is_one_exchange_but_writes_wait_for_reads_before_them(void **state)
{
	static const struct script script[] = {
		SET_UP,
		{ "80400100000001", NULL, 0 },
		{ "80400100000002", NULL, 0 },
		{ "0040000000000000", "ffffffff374680e9", 0 },
		{ "0040010000000000", "ffffffff00000002", 0 },
		{ "80400100000003", NULL, 0 },
		END,
	};
	struct bus_op batch[] = {
		{ .kind = BUS_OP_WRITE, .addr = GPR, .value = 1 },
		{ .kind = BUS_OP_WRITE, .addr = GPR, .value = 2 },
		{ .kind = BUS_OP_READ, .addr = CHIP_ID },
		{ .kind = BUS_OP_READ, .addr = GPR },
		{ .kind = BUS_OP_WRITE, .addr = GPR, .value = 3 },
	};
	struct scripted self;
	struct bus *bus = open_good(&self, script);

	(void)state;
	assert_int_equal(bus_xfer(bus, batch, 5), 0);
	assert_int_equal(self.n_exchanges, 3);
	assert_int_equal(batch[2].value, 0x374680e9);
	assert_int_equal(batch[3].value, 2);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(batch[i].status, BUS_OP_DONE);
	close_good(&self, bus);
}

static void test_eights_are_a_value_unless_if_stat_says_too_fast(void **state)
{
	static const struct script script[] = {
		SET_UP,
		{ "0040010000000000", "ffffffff88888888", 0 },
		{ "0000010000000000", "ffffffff02000001", 0 },
		{ "0040010000000000", "ffffffff88888888", 0 },
		{ "0000010000000000", "ffffffff02010001", 0 },
		{ "80000100000001", NULL, 0 },
		{ "0040010000000000", "ffffffff88888888", 0 },
		{ "0000010000000000", "ffffffff88888888", 0 },
		{ "80000100000001", NULL, 0 },
		END,
	};
	struct scripted self;
	struct bus *bus = open_good(&self, script);
	uint32_t value = 0;

	(void)state;
	assert_int_equal(bus_read(bus, GPR, &value), 0);
	assert_int_equal(value, 0x88888888);
	value = 5;
	assert_int_equal(bus_read(bus, GPR, &value), E_IO);
	assert_int_equal(value, 5);
	assert_non_null(strstr(bus_error(bus)->text, "more than 1 byte of padding or a clock "
						     "slower than 5000000 Hz"));
	assert_int_equal(bus_read(bus, GPR, &value), E_IO);
	close_good(&self, bus);
}

static void test_after_a_reset_the_set_up_is_written_until_the_reset_is_over(void **state)
{
	static const struct script script[] = {
		SET_UP,
		{ "80400200000002", NULL, 0 },
		/* Still in reset: no padding, so the answer makes no sense. */
		{ "80000081818181", NULL, 0 },
		{ "80000100000001", NULL, 0 },
		{ "0040020000000000", "ffffffff00000002", 0 },
		{ "0040020000000000", "ffffffff00000002", 0 },
		/* Over: the set-up is read back too. */
		{ "80000081818181", NULL, 0 },
		{ "80000100000001", NULL, 0 },
		{ "0040020000000000", "ffffffff00000000", 0 },
		SET_UP,
		{ "0040020000000000", "ffffffff00000000", 0 },
		{ "0040000000000000", "ffffffff374680e9", 0 },
		END,
	};
	struct scripted self;
	struct bus *bus = open_good(&self, script);
	uint32_t value;

	(void)state;
	assert_int_equal(bus_write(bus, SOFT_RST, 2), 0);
	assert_int_equal(bus_read(bus, SOFT_RST, &value), 0);
	assert_int_equal(value, 2);
	assert_int_equal(bus_read(bus, SOFT_RST, &value), 0);
	assert_int_equal(value, 0);
	assert_int_equal(bus_read(bus, CHIP_ID, &value), 0);
	close_good(&self, bus);
}

/* VA_CTRL 004009, VA_ADDR 00400a, VA_DATA 00400b, VA_DATA_INERT 00400d. */
static void test_the_vcore_domain_is_read_once_and_its_result_taken_inert(void **state)
{
	static const struct script script[] = {
		SET_UP,
		{ "80400a70100404", NULL, 0 },
		{ "00400b0000000000", "ffffffff12121212", 0 },
		{ "0040090000000000", "ffffffff00000001", 0 },
		{ "00400d0000000000", "ffffffff80000000", 0 },
		{ "0040090000000000", "ffffffff00000002", 0 },
		{ "00400d0000000000", "ffffffff00000050", 0 },
		END,
	};
	struct scripted self;
	struct bus *bus = open_good(&self, script);
	uint32_t value;

	(void)state;
	assert_int_equal(bus_read(bus, TWI_TAR, &value), 0);
	assert_int_equal(value, 0x50);
	close_good(&self, bus);
}

static void test_a_write_to_the_vcore_domain_waits_until_it_is_done(void **state)
{
	static const struct script script[] = {
		SET_UP,
		{ "80400a70100404", NULL, 0 },
		{ "80400b00000051", NULL, 0 },
		{ "0040090000000000", "ffffffff00000000", 0 },
		{ "00400d0000000000", "ffffffff00000051", 0 },
		END,
	};
	struct scripted self;
	struct bus *bus = open_good(&self, script);

	(void)state;
	assert_int_equal(bus_write(bus, TWI_TAR, 0x51), 0);
	close_good(&self, bus);
}

static void test_each_va_err_has_its_text(void **state)
{
	static const struct {
		const char *ctrl, *text;
	} rows[] = {
		{ "ffffffff00000004", "VA_ERR is 1, the VCore bus was not ready" },
		{ "ffffffff00000008", "VA_ERR is 2, the VCore bus reported an error" },
		{ "ffffffff0000000c", "VA_ERR is 3, written during another access" },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct script script[] = {
			SET_UP,
			{ "80400a70100404", NULL, 0 },
			{ "80400b00000051", NULL, 0 },
			{ "0040090000000000", rows[i].ctrl, 0 },
			{ "00400d0000000000", "ffffffff00000000", 0 },
			END,
		};
		struct bus_op op = { .kind = BUS_OP_WRITE, .addr = TWI_TAR, .value = 0x51 };
		struct scripted self;
		struct bus *bus = open_good(&self, script);

		assert_int_equal(bus_xfer(bus, &op, 1), E_IO);
		assert_int_equal(op.status, BUS_OP_UNKNOWN);
		assert_non_null(strstr(bus_error(bus)->text, rows[i].text));
		close_good(&self, bus);
	}
}

static void test_a_broken_exchange_tells_what_may_have_happened(void **state)
{
	static const struct script script[] = {
		SET_UP,
		{ "80400100000001", NULL, 0 },
		{ "80400100000002", NULL, E_IO },
		END,
	};
	struct bus_op batch[] = {
		{ .kind = BUS_OP_WRITE, .addr = GPR, .value = 1 },
		{ .kind = BUS_OP_WRITE, .addr = GPR, .value = 2 },
		{ .kind = BUS_OP_WRITE, .addr = GPR, .value = 3 },
		{ .kind = BUS_OP_READ, .addr = GPR },
		{ .kind = BUS_OP_WRITE, .addr = GPR, .value = 4 },
	};
	struct scripted self;
	struct bus *bus = open_good(&self, script);

	(void)state;
	assert_int_equal(bus_xfer(bus, batch, 5), E_IO);
	assert_int_equal(batch[0].status, BUS_OP_DONE);
	assert_int_equal(batch[1].status, BUS_OP_UNKNOWN);
	assert_int_equal(batch[2].status, BUS_OP_UNKNOWN);
	assert_int_equal(batch[3].status, BUS_OP_NOT_RUN);
	assert_int_equal(batch[4].status, BUS_OP_NOT_RUN);
	assert_string_equal(bus_error(bus)->text, "write 0x71010004: cable pulled");
	close_good(&self, bus);
}

static void test_a_plain_device_has_neither_set_up_nor_vcore(void **state)
{
	static const struct script script[] = {
		{ "00000000000000", "ffffff42544331", 0 }, /* without padding */
		{ "0000010000000000", "ffffffff88888888", 0 },
		END,
	};
	struct scripted self = { .pipe.ops = &ops, .next = script };
	struct si_config config = { .pipe = &self.pipe, .clock_hz = 5000000, .plain = true };
	const struct bus_env btc = { .size = 0x10000 };
	struct error err = { 0 };
	struct bus *bus;
	uint32_t value;

	(void)state;
	assert_int_equal(si_bus_open(&config, &btc, &err, &bus), 0);
	assert_int_equal(bus_read(bus, 0, &value), 0);
	assert_int_equal(value, 0x42544331);
	bus_close(bus);
	config.padding = 1;
	assert_int_equal(si_bus_open(&config, &btc, &err, &bus), 0);
	assert_int_equal(bus_read(bus, 4, &value), 0);
	assert_int_equal(value, 0x88888888);
	close_good(&self, bus);
}

static void test_padding_beyond_the_register_is_refused(void **state)
{
	struct scripted self = { .pipe.ops = &ops };
	struct error err = { 0 };
	struct bus *bus;

	(void)state;
	assert_int_equal(si_bus_open(&(struct si_config){ .pipe = &self.pipe, .padding = 16 },
				     &window, &err, &bus),
			 E_RANGE);
	assert_true(self.closed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frames_are_those_of_the_vendors_demo),
		cmocka_unit_test(test_padding_is_one_byte_up_to_6500000_hz),
		cmocka_unit_test(test_the_interface_is_set_up_and_read_back_in_one_exchange),
		cmocka_unit_test(test_set_up_that_does_not_read_back_is_told),
		cmocka_unit_test(
			test_a_batch_is_one_exchange_but_writes_wait_for_reads_before_them),
		cmocka_unit_test(test_eights_are_a_value_unless_if_stat_says_too_fast),
		cmocka_unit_test(
			test_after_a_reset_the_set_up_is_written_until_the_reset_is_over),
		cmocka_unit_test(test_the_vcore_domain_is_read_once_and_its_result_taken_inert),
		cmocka_unit_test(test_a_write_to_the_vcore_domain_waits_until_it_is_done),
		cmocka_unit_test(test_each_va_err_has_its_text),
		cmocka_unit_test(test_a_broken_exchange_tells_what_may_have_happened),
		cmocka_unit_test(test_a_plain_device_has_neither_set_up_nor_vcore),
		cmocka_unit_test(test_padding_beyond_the_register_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
