/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * drv/ftdi.c and drv/ftdi_spi.c over the model's host controller: what goes wrong on USB, one
 * thing at a time, and what is left behind.  Virtual time; an SPI device that echoes.
 */
#include "drv/ftdi_spi.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/cancel.h"
#include "drv/clock.h"
#include "drv/mock_ft232h_host.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Answers each byte with the one before it; the first with 0xa5. */
struct echo {
	struct mock_spi spi;
	uint8_t last;
	size_t n_bytes, n_frames;
};

static void select_echo(struct mock_spi *spi, bool selected)
{
	struct echo *echo = (struct echo *)spi;

	echo->n_frames += !selected;
	echo->last = 0xa5;
}

static uint8_t echo_byte(struct mock_spi *spi, uint8_t out)
{
	struct echo *echo = (struct echo *)spi;
	uint8_t in = echo->last;

	echo->last = out;
	echo->n_bytes++;
	return in;
}

static void keep(struct mock_spi *spi)
{
	(void)spi;
}

static const struct mock_spi_ops echo_ops = { NULL, select_echo, echo_byte, NULL, keep };

#define MAX_FRAMES 1024u

struct bench {
	struct clock *clock;
	struct mock_ft232h_host *host;
	struct echo echo[2];
	struct ftdi_spi *spi;
	struct si_pipe *pipe[2];
	struct si_frame frames[MAX_FRAMES];
	uint8_t out[MAX_FRAMES][20], in[MAX_FRAMES][20];
	struct error err;
};

static void plug(struct bench *b, enum mock_ft232h_kind kind)
{
	struct mock_ft232h *m = mock_ft232h_new(&(struct mock_ft232h_config){ kind, "T1" });

	b->clock = clock_virtual_new();
	for (unsigned i = 0; i < 2; i++) {
		b->echo[i].spi.ops = &echo_ops;
		mock_ft232h_attach(m, 0, 3 + i, &b->echo[i].spi);
	}
	b->host = mock_ft232h_host_new(m, b->clock);
}

static int open_spi(struct bench *b, uint32_t clock_hz)
{
	struct ftdi *ftdi;
	int rc = ftdi_open(mock_ft232h_host_port(b->host, 0), 0, &b->err, &ftdi);

	if (rc != 0)
		return rc;
	assert_int_equal(ftdi_spi_new(ftdi, &b->err, &b->spi), 0);
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(ftdi_spi_pipe(b->spi, i, clock_hz, &b->err, &b->pipe[i]), 0);
	ftdi_spi_release(b->spi);
	return 0;
}

static int set_up(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	plug(b, MOCK_FT232H);
	assert_int_equal(open_spi(b, 5000000), 0);
	*state = b;
	return 0;
}

static void close_spi(struct bench *b)
{
	for (unsigned i = 0; i < 2; i++) {
		b->pipe[i]->ops->close(b->pipe[i]);
		b->pipe[i] = NULL;
	}
}

/* Nothing is under way, and the pins are as they were before: inputs. */
static int tear_down(void **state)
{
	struct bench *b = *state;

	if (b->pipe[0] != NULL)
		close_spi(b);
	assert_int_equal(mock_ft232h_host_pending(b->host), 0);
	mock_ft232h_host_free(b->host);
	clock_free(b->clock);
	free(b);
	return 0;
}

/* @n frames of @len bytes, every @every-th wants no answer. */
static void make_frames(struct bench *b, size_t n, size_t len, size_t every)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < len; k++)
			b->out[i][k] = (uint8_t)(31 * i + 7 * k + 1);
		memset(b->in[i], 0, len);
		b->frames[i] =
			(struct si_frame){ b->out[i], i % every == every - 1 ? NULL : b->in[i],
					   len };
	}
}

static void assert_echoed(struct bench *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (b->frames[i].in == NULL)
			continue;
		assert_int_equal(b->in[i][0], 0xa5);
		assert_memory_equal(b->in[i] + 1, b->out[i], b->frames[i].n - 1);
	}
}

static int send(struct bench *b, unsigned cs, size_t n, size_t *done)
{
	error_clear(&b->err);
	return b->pipe[cs]->ops->exchange(b->pipe[cs], b->frames, n, done, &b->err);
}

static void assert_good(struct bench *b, unsigned cs, size_t n)
{
	size_t done = 0;
	size_t before = b->echo[cs].n_frames;

	if (send(b, cs, n, &done) != 0)
		fail_msg("%s", b->err.text);
	assert_int_equal(done, n);
	assert_int_equal(b->echo[cs].n_frames - before, n);
	assert_echoed(b, n);
}

static struct mock_ft232h_pins pins(struct bench *b)
{
	return mock_ft232h_pins(mock_ft232h_host_device(b->host), 0);
}

/* --- when nothing goes wrong ------------------------------------------------------------- */

static void test_frames_go_to_their_chip_select_and_answers_come_back(void **state)
{
	struct bench *b = *state;

	make_frames(b, 5, 8, 2);
	assert_good(b, 0, 5);
	assert_int_equal(b->echo[1].n_frames, 0);
	assert_good(b, 1, 5);
	assert_int_equal(b->echo[0].n_frames, 5);
	assert_int_equal(pins(b).levels, 0x18);
	assert_int_equal(pins(b).directions, 0x1b);
}

static void test_closing_leaves_inputs_and_the_mode(void **state)
{
	struct bench *b = *state;

	close_spi(b);
	assert_int_equal(pins(b).directions, 0);
	assert_false(pins(b).mpsse);
	assert_int_equal(open_spi(b, 1000000), 0);
	assert_true(pins(b).mpsse);
	make_frames(b, 1, 8, 2);
	assert_good(b, 0, 1);
}

/*
 * 20 KB in and 30 KB out, through FIFOs of 1 KB, at every speed: neither may stop the other.  At
 * 30 MHz the answers come faster than anything else; at 20 kHz the latency timer ends every
 * transfer early.
 */
static void test_streams_longer_than_the_fifos_do_not_deadlock(void **state)
{
	static const uint32_t clocks[] = { 30000000, 5000000, 20000 };

	(void)state;
	for (size_t i = 0; i < COUNT(clocks); i++) {
		struct bench *b = calloc(1, sizeof(*b));
		void *own = b;

		plug(b, MOCK_FT232H);
		assert_int_equal(open_spi(b, clocks[i]), 0);
		make_frames(b, MAX_FRAMES, 20, 1000000);
		assert_good(b, 0, MAX_FRAMES);
		assert_int_equal(pins(b).most_out, 1024);
		tear_down(&own);
	}
}

/* 15 MHz: three in and one out transfer for 1,000 frames, and within 1.2 times the clocks. */
static void test_a_stream_is_one_transfer_out_and_hardly_more_in(void **state)
{
	struct bench *b = *state;
	struct mock_usb_stats before, after;
	uint64_t start_us;

	make_frames(b, 1, 8, 2);
	assert_good(b, 0, 1); /* the clock is set */
	make_frames(b, 1000, 8, 1000000);
	before = mock_ft232h_host_stats(b->host);
	start_us = clock_now_us(b->clock);
	assert_good(b, 0, 1000);
	after = mock_ft232h_host_stats(b->host);
	assert_int_equal(after.n_control, before.n_control);
	assert_int_equal(after.n_out - before.n_out, 1);
	assert_in_range(after.n_in - before.n_in, 1, 2);
	assert_in_range(clock_now_us(b->clock) - start_us, 12800, 14080);
}

static void test_a_length_of_whole_packets_needs_no_packet_more(void **state)
{
	struct bench *b = *state;

	/* 8 * 63 + 5 + 1 for the end are 510 bytes: one full packet. */
	make_frames(b, 64, 8, 1000000);
	b->frames[63].n = 5;
	assert_good(b, 0, 64);
	make_frames(b, 64, 8, 1000000);
	b->frames[63].n = 6;
	assert_good(b, 0, 64);
}

/* --- faults ------------------------------------------------------------------------------ */

/*
 * Each fault on each transfer of an exchange: the code and text that it has, at most the frames
 * that happened are called done, the next exchange works, and closing is clean.
 */
static void test_every_fault_has_its_error_and_the_next_exchange_works(void **state)
{
	static const struct {
		enum mock_usb_fault_kind kind;
		bool out;
		int code;
		const char *text;
	} rows[] = {
		{ MOCK_USB_STALL, false, E_IO, "USB: IN: the adapter refused it (stall)" },
		{ MOCK_USB_STALL, true, E_IO, "USB: OUT: the adapter refused it (stall)" },
		{ MOCK_USB_BAD_LINE, false, E_IO,
		  "USB: IN: transfer error: check cable and hub" },
		{ MOCK_USB_BAD_LINE, true, E_IO,
		  "USB: OUT: transfer error: check cable and hub" },
		{ MOCK_USB_BABBLE, false, E_IO, "USB: IN: more came than fits (babble)" },
		{ MOCK_USB_SILENT, false, E_TIMEOUT, "USB: IN: 0 of 81 bytes came within 10" },
		{ MOCK_USB_SILENT, true, E_TIMEOUT,
		  "USB: OUT: 172 bytes were not taken within 10" },
		{ MOCK_USB_SHORT, true, E_IO, "USB: OUT: 171 of 172 bytes were taken" },
		{ MOCK_USB_EXTRA, false, E_IO,
		  "USB: IN: 5 bytes more than the 81 that were asked for" },
		{ MOCK_USB_GARBAGE, false, E_IO, "USB: the pins read 0xa6 after the frames" },
	};
	struct bench *b = *state;

	make_frames(b, 10, 8, 1000000);
	assert_good(b, 0, 10);
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t start_us = clock_now_us(b->clock);
		size_t done = 99;
		int rc;

		/* IN is submitted before OUT. */
		mock_ft232h_host_set_fault(
			b->host, mock_ft232h_host_count(b->host) + (rows[i].out ? 2 : 1),
			rows[i].kind);
		make_frames(b, 10, 8, 1000000);
		rc = send(b, 0, 10, &done);
		assert_true(mock_ft232h_host_struck(b->host));
		if (rc != rows[i].code || strstr(b->err.text, rows[i].text) != b->err.text)
			fail_msg("fault %zu: %d %s", i, rc, b->err.text);
		assert_in_range(clock_now_us(b->clock) - start_us, 0, 1200000);
		if (rows[i].kind != MOCK_USB_GARBAGE)
			assert_true(done <= b->echo[0].n_frames);
		assert_int_equal(mock_ft232h_host_pending(b->host), 0);
		make_frames(b, 10, 8, 2);
		assert_good(b, 0, 10);
	}
}

static void test_a_packet_without_modem_status_is_told(void **state)
{
	struct bench *b = *state;
	size_t done;

	/* At 20 kHz the first packet is the latency timer's, status only: one byte of it is left. */
	close_spi(b);
	assert_int_equal(open_spi(b, 20000), 0);
	make_frames(b, 100, 8, 1000000);
	assert_good(b, 0, 1);
	mock_ft232h_host_set_fault(b->host, mock_ft232h_host_count(b->host) + 1,
				   MOCK_USB_SHORT);
	clock_wait_us(b->clock, 20000);
	assert_int_equal(send(b, 0, 100, &done), E_IO);
	assert_non_null(strstr(b->err.text, "a packet of 1 byte without the modem status"));
	assert_good(b, 0, 100);
}

/* Seeded; the kinds that can go unseen leave wrong bytes, all others tell. */
static void test_faults_at_random_leave_a_channel_that_works(void **state)
{
	struct bench *b = *state;
	uint32_t random = 1;
	size_t n_told = 0;

	for (int i = 0; i < 2000; i++) {
		enum mock_usb_fault_kind kind;
		size_t n, done;
		bool told;

		random = random * 1664525u + 1013904223u;
		kind = (enum mock_usb_fault_kind)(random >> 28) % (MOCK_USB_EXTRA + 1);
		n = 1 + (random >> 8) % 300;
		if (kind == MOCK_USB_UNPLUG)
			continue;
		mock_ft232h_host_set_fault(
			b->host, mock_ft232h_host_count(b->host) + 1 + (random >> 20) % 4,
			kind);
		make_frames(b, n, 3 + random % 17, 1 + random % 5);
		told = send(b, 0, n, &done) != 0;
		assert_int_equal(told, b->err.code != 0);
		assert_true(told || done == n);
		n_told += told;
		mock_ft232h_host_set_fault(b->host, 0, MOCK_USB_STALL);
		assert_int_equal(mock_ft232h_host_pending(b->host), 0);
		assert_good(b, 0, n);
	}
	assert_true(n_told > 500);
}

static void test_what_was_answered_before_a_failure_is_done(void **state)
{
	struct bench *b = *state;
	size_t done;

	close_spi(b);
	assert_int_equal(open_spi(b, 20000), 0); /* answers come in small packets */
	make_frames(b, 100, 8, 1000000);
	mock_ft232h_host_set_fault(b->host, mock_ft232h_host_count(b->host) + 6,
				   MOCK_USB_STALL);
	assert_int_equal(send(b, 0, 100, &done), E_IO);
	assert_in_range(done, 10, b->echo[0].n_frames);
	assert_echoed(b, done);
}

static void test_unplugged_in_the_middle_is_no_device_until_it_is_opened_again(void **state)
{
	struct bench *b = *state;
	size_t done;

	make_frames(b, 1000, 8, 1000000);
	for (unsigned which = 1; which <= 2; which++) {
		mock_ft232h_host_set_fault(b->host, mock_ft232h_host_count(b->host) + which,
					   MOCK_USB_UNPLUG);
		assert_int_equal(send(b, 0, 1000, &done), E_NODEV);
		assert_string_equal(b->err.text,
				    "USB: the adapter is gone: plug it in again and repeat the "
				    "command");
		assert_int_equal(mock_ft232h_host_pending(b->host), 0);
		mock_ft232h_host_plug(b->host);
		/* It is another device to USB: the old handle stays dead. */
		assert_int_equal(send(b, 0, 1, &done), E_NODEV);
		close_spi(b);
		assert_int_equal(open_spi(b, 5000000), 0);
		assert_good(b, 0, 1000);
	}
}

static void test_a_user_who_stops_it_leaves_nothing_under_way(void **state)
{
	struct bench *b = *state;
	size_t done;

	make_frames(b, 100, 8, 2);
	cancel_request();
	assert_int_equal(send(b, 0, 100, &done), E_INTR);
	cancel_clear();
	assert_int_equal(mock_ft232h_host_pending(b->host), 0);
	assert_good(b, 0, 100);
}

static void test_every_transfer_of_opening_may_fail(void **state)
{
	static const enum mock_usb_fault_kind kinds[] = { MOCK_USB_STALL, MOCK_USB_BAD_LINE,
							  MOCK_USB_SILENT, MOCK_USB_UNPLUG };
	uint64_t n = 0;

	(void)state;
	for (size_t k = 0; k < COUNT(kinds); k++)
		for (n = 1;; n++) {
			struct bench *b = calloc(1, sizeof(*b));
			void *own = b;
			bool struck;
			int rc;

			plug(b, MOCK_FT232H);
			mock_ft232h_host_set_fault(b->host, n, kinds[k]);
			rc = open_spi(b, 5000000);
			struck = mock_ft232h_host_struck(b->host);
			/* A halt that was there before is taken away. */
			if (struck && kinds[k] != MOCK_USB_STALL)
				assert_true(rc != 0 && b->err.text[0] != '\0');
			if (!struck)
				assert_int_equal(rc, 0);
			assert_int_equal(mock_ft232h_host_pending(b->host), 0);
			mock_ft232h_host_set_fault(b->host, 0, MOCK_USB_STALL);
			if (rc == E_NODEV)
				mock_ft232h_host_plug(b->host);
			if (rc != 0)
				assert_int_equal(open_spi(b, 5000000), 0);
			make_frames(b, 1, 8, 2);
			assert_good(b, 0, 1);
			tear_down(&own);
			if (!struck)
				break;
		}
	assert_true(n > 12);
}

/* Transfer 7 is the first IN: the answer to the bogus command. */
static void test_an_mpsse_that_does_not_answer_is_no_device(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));
	uint64_t start_us;

	(void)state;
	plug(b, MOCK_FT232H);
	start_us = clock_now_us(b->clock);
	mock_ft232h_host_set_fault(b->host, 7, MOCK_USB_SILENT);
	assert_int_equal(open_spi(b, 5000000), E_NODEV);
	assert_string_equal(
		b->err.text,
		"USB: the MPSSE does not answer: is channel A an MPSSE, and nothing "
		"else at work on it?");
	assert_in_range(clock_now_us(b->clock) - start_us, 300000, 400000);
	mock_ft232h_host_free(b->host);
	clock_free(b->clock);
	free(b);
}

static void test_a_channel_without_mpsse_is_refused(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));
	struct ftdi *ftdi;

	(void)state;
	plug(b, MOCK_FT4232H);
	assert_int_equal(ftdi_open(mock_ft232h_host_port(b->host, 2), 2, &b->err, &ftdi), E_IO);
	assert_string_equal(b->err.text, "USB: MPSSE mode: the adapter refused it (stall)");
	mock_ft232h_host_free(b->host);
	clock_free(b->clock);
	free(b);
}

static void test_clocks_and_chip_selects_outside_the_chip_are_refused(void **state)
{
	static const uint32_t bad[] = { 0, 457, 30000001, UINT32_MAX };
	struct bench *b = *state;
	struct si_pipe *pipe;

	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(ftdi_spi_pipe(b->spi, 0, bad[i], &b->err, &pipe), E_RANGE);
	assert_int_equal(ftdi_spi_pipe(b->spi, 2, 1000000, &b->err, &pipe), E_RANGE);
}

int main(void)
{
#define ON(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		ON(test_frames_go_to_their_chip_select_and_answers_come_back),
		ON(test_closing_leaves_inputs_and_the_mode),
		cmocka_unit_test(test_streams_longer_than_the_fifos_do_not_deadlock),
		ON(test_a_stream_is_one_transfer_out_and_hardly_more_in),
		ON(test_a_length_of_whole_packets_needs_no_packet_more),
		ON(test_every_fault_has_its_error_and_the_next_exchange_works),
		ON(test_a_packet_without_modem_status_is_told),
		ON(test_faults_at_random_leave_a_channel_that_works),
		ON(test_what_was_answered_before_a_failure_is_done),
		ON(test_unplugged_in_the_middle_is_no_device_until_it_is_opened_again),
		ON(test_a_user_who_stops_it_leaves_nothing_under_way),
		cmocka_unit_test(test_every_transfer_of_opening_may_fail),
		cmocka_unit_test(test_an_mpsse_that_does_not_answer_is_no_device),
		cmocka_unit_test(test_a_channel_without_mpsse_is_refused),
		ON(test_clocks_and_chip_selects_outside_the_chip_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
