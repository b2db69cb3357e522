/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/ftdi.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "drv/cancel.h"
#include "drv/clock.h"
#include "drv/mpsse.h"

/* Vendor requests and their values: Linux drivers/usb/serial/ftdi_sio.h. */
#define REQUEST_RESET       0x00u
#define REQUEST_SET_LATENCY 0x09u
#define REQUEST_SET_BITMODE 0x0bu
#define RESET_ALL           0u
#define RESET_PURGE_RX      1u
#define RESET_PURGE_TX      2u
#define BITMODE_RESET       0x0000u
#define BITMODE_MPSSE       0x0200u

#define STATUS_BYTES  2u
#define IN_PACKETS    32u     /* of one IN transfer: 16 KiB at high speed */
#define LOOK_US       100000u /* between two looks at cancel_requested() */
#define CANCEL_US     1000000u
#define SYNC_US       300000u
#define BOGUS_COMMAND 0xaau /* AN_135 sends it, and 0xab, to find the start of a command */

struct ftdi {
	struct ftdi_port *port;
	unsigned channel;
	bool gone;        /* unplugged: nothing more is tried */
	bool dirty;       /* something failed: recover before the next stream */
	bool halted;      /* an endpoint stalled */
	uint8_t *packets; /* what an IN transfer brings */
};

/* An exchange under way. */
struct exchange {
	struct ftdi *ftdi;
	const struct ftdi_stream *stream;
	size_t got;
	size_t extra; /* bytes behind the last one that was asked for */
	bool in_runs, out_runs, sent;
	struct ftdi_transfer in, out;
};

struct clock *ftdi_clock(const struct ftdi *ftdi)
{
	return ftdi->port->clock;
}

static int tell(struct ftdi *ftdi, enum ftdi_result result, const char *what, struct error *err)
{
	ftdi->dirty = true;
	switch (result) {
	case FTDI_OK:
		return 0;
	case FTDI_GONE:
		ftdi->gone = true;
		return error_set(err, E_NODEV,
				 "USB: the adapter is gone: plug it in again and repeat the "
				 "command");
	case FTDI_TIMED_OUT:
		return error_set(err, E_TIMEOUT, "USB: %s: no answer within 1 s", what);
	case FTDI_STALLED:
		return error_set(err, E_IO, "USB: %s: the adapter refused it (stall)", what);
	case FTDI_BABBLED:
		return error_set(err, E_IO, "USB: %s: more came than fits (babble)", what);
	case FTDI_CANCELLED:
		return error_set(err, E_IO, "USB: %s: was cancelled", what);
	case FTDI_NO_MEMORY:
		return error_set(err, E_NOMEM, "USB: %s: out of memory", what);
	case FTDI_BAD_LINE:
		break;
	}
	return error_set(err, E_IO, "USB: %s: transfer error: check cable and hub", what);
}

static int request(struct ftdi *ftdi, uint8_t number, unsigned value, const char *what,
		   struct error *err)
{
	const struct ftdi_request request = { .request = number,
					      .value = (uint16_t)value,
					      .index = (uint16_t)(ftdi->channel + 1) };
	enum ftdi_result result = ftdi->port->ops->control(ftdi->port, &request, NULL);

	return result == FTDI_OK ? 0 : tell(ftdi, result, what, err);
}

/* --- one exchange ------------------------------------------------------------------------ */

static int tell_bulk(struct exchange *x, enum ftdi_result result, const char *what,
		     struct error *err)
{
	x->ftdi->halted = x->ftdi->halted || result == FTDI_STALLED;
	return tell(x->ftdi, result, what, err);
}

static int start_in(struct exchange *x, struct error *err)
{
	struct ftdi_port *port = x->ftdi->port;
	const size_t data = port->packet_bytes - STATUS_BYTES;
	size_t left = x->stream->n_in - x->got;
	size_t packets = left == 0 ? 1 : (left + data - 1) / data;
	enum ftdi_result result;

	if (packets > IN_PACKETS)
		packets = IN_PACKETS;
	x->in = (struct ftdi_transfer){ .in = true,
					.data = x->ftdi->packets,
					.n = packets * port->packet_bytes };
	result = port->ops->submit(port, &x->in);
	x->in_runs = result == FTDI_OK;
	return x->in_runs ? 0 : tell_bulk(x, result, "IN", err);
}

static int start_out(struct exchange *x, struct error *err)
{
	struct ftdi_port *port = x->ftdi->port;
	enum ftdi_result result;

	/* A transfer may write to what it sends as little as we do; its pointer cannot say so. */
	x->out = (struct ftdi_transfer){ .n = x->stream->n_out };
	memcpy(&x->out.data, &x->stream->out, sizeof(x->out.data));
	result = port->ops->submit(port, &x->out);
	x->out_runs = result == FTDI_OK;
	return x->out_runs ? 0 : tell_bulk(x, result, "OUT", err);
}

static void take_data(struct exchange *x, const uint8_t *data, size_t n)
{
	size_t room = x->stream->n_in - x->got;

	x->extra += n > room ? n - room : 0;
	n = n > room ? room : n;
	memcpy(x->stream->in + x->got, data, n);
	x->got += n;
}

static int take_packets(struct exchange *x, struct error *err)
{
	const size_t packet = x->ftdi->port->packet_bytes;

	for (size_t at = 0; at < x->in.actual; at += packet) {
		size_t n = x->in.actual - at < packet ? x->in.actual - at : packet;

		if (n < STATUS_BYTES) {
			x->ftdi->dirty = true;
			return error_set(err, E_IO,
					 "USB: IN: a packet of %zu byte without the modem "
					 "status that starts every one: is it an FTDI chip?",
					 n);
		}
		take_data(x, x->in.data + at + STATUS_BYTES, n - STATUS_BYTES);
	}
	if (x->extra == 0)
		return 0;
	x->ftdi->dirty = true;
	return error_set(
		err, E_IO,
		"USB: IN: %zu bytes more than the %zu that were asked for: the adapter "
		"lost the start of a command",
		x->extra, x->stream->n_in);
}

static int in_ended(struct exchange *x, struct error *err)
{
	int rc;

	x->in_runs = false;
	if (x->in.result != FTDI_OK)
		return tell_bulk(x, x->in.result, "IN", err);
	rc = take_packets(x, err);
	if (rc == 0 && (x->got < x->stream->n_in))
		rc = start_in(x, err);
	return rc;
}

static int out_ended(struct exchange *x, struct error *err)
{
	x->out_runs = false;
	if (x->out.result != FTDI_OK)
		return tell_bulk(x, x->out.result, "OUT", err);
	if (x->out.actual != x->stream->n_out) {
		x->ftdi->dirty = true;
		return error_set(err, E_IO, "USB: OUT: %zu of %zu bytes were taken",
				 x->out.actual, x->stream->n_out);
	}
	x->sent = true;
	return 0;
}

static int too_late(struct exchange *x, uint64_t us, struct error *err)
{
	x->ftdi->dirty = true;
	if (!x->sent)
		return error_set(err, E_TIMEOUT,
				 "USB: OUT: %zu bytes were not taken within %" PRIu64 " us",
				 x->stream->n_out, us);
	return error_set(err, E_TIMEOUT, "USB: IN: %zu of %zu bytes came within %" PRIu64 " us",
			 x->got, x->stream->n_in, us);
}

/* Waits for the next transfer to end and goes on from there. */
static int step(struct exchange *x, uint64_t start_us, struct error *err)
{
	struct ftdi_port *port = x->ftdi->port;
	uint64_t limit = x->stream->limit_us;
	uint64_t us = clock_now_us(port->clock) - start_us;
	struct ftdi_transfer *ended;

	if (cancel_requested()) {
		x->ftdi->dirty = true;
		return error_set(err, E_INTR, "USB: stopped: %zu of %zu bytes had come", x->got,
				 x->stream->n_in);
	}
	if (us >= limit)
		return too_late(x, us, err);
	ended = port->ops->reap(port, limit - us < LOOK_US ? limit - us : LOOK_US);
	if (ended == NULL)
		return 0;
	return ended == &x->in ? in_ended(x, err) : out_ended(x, err);
}

/* Nothing of ours may be under way when this returns. */
static void cancel_all(struct exchange *x)
{
	struct ftdi_port *port = x->ftdi->port;
	uint64_t start_us = clock_now_us(port->clock);

	if (x->in_runs)
		port->ops->cancel(port, &x->in);
	if (x->out_runs)
		port->ops->cancel(port, &x->out);
	while ((x->in_runs || x->out_runs) &&
	       clock_now_us(port->clock) - start_us < CANCEL_US) {
		struct ftdi_transfer *ended = port->ops->reap(port, LOOK_US);

		x->in_runs = x->in_runs && ended != &x->in;
		x->out_runs = x->out_runs && ended != &x->out;
	}
	if (x->in_runs)
		port->ops->forget(port, &x->in);
	if (x->out_runs)
		port->ops->forget(port, &x->out);
}

static int run(struct ftdi *ftdi, const struct ftdi_stream *stream, size_t *got,
	       struct error *err)
{
	struct exchange x = { .ftdi = ftdi, .stream = stream };
	uint64_t start_us = clock_now_us(ftdi->port->clock);
	int rc = stream->n_in == 0 ? 0 : start_in(&x, err);

	if (rc == 0)
		rc = start_out(&x, err);
	while (rc == 0 && (!x.sent || x.got < stream->n_in))
		rc = step(&x, start_us, err);
	cancel_all(&x);
	*got = x.got;
	return rc;
}

/* --- set-up and recovery ----------------------------------------------------------------- */

/*
 * What lies in the FIFOs may be half a command: purged, a bogus command is answered by 0xfa and
 * itself, and whatever comes before that is old.
 */
static int synchronize(struct ftdi *ftdi, uint8_t bogus, struct error *err)
{
	const uint8_t out[] = { bogus, 0x87 };
	uint8_t in[2] = { 0, 0 };
	const struct ftdi_stream stream = { out, sizeof(out), in, sizeof(in), SYNC_US };
	size_t got;
	int rc = run(ftdi, &stream, &got, err);

	if (rc == E_TIMEOUT)
		return error_set(err, E_NODEV,
				 "USB: the MPSSE does not answer: is channel %c an MPSSE, and "
				 "nothing else at work on it?",
				 'A' + (int)ftdi->channel);
	if (rc == 0 && (in[0] != MPSSE_BAD_COMMAND || in[1] != bogus))
		rc = error_set(err, E_IO,
			       "USB: the MPSSE answers 0x%02x 0x%02x to the bogus command "
			       "0x%02x (want 0x%02x 0x%02x)",
			       in[0], in[1], bogus, MPSSE_BAD_COMMAND, bogus);
	return rc;
}

static int purge(struct ftdi *ftdi, struct error *err)
{
	int rc = request(ftdi, REQUEST_RESET, RESET_PURGE_RX, "purge of the receiver", err);

	return rc != 0 ? rc
		       : request(ftdi, REQUEST_RESET, RESET_PURGE_TX, "purge of the sender",
				 err);
}

static int enter_mpsse(struct ftdi *ftdi, struct error *err)
{
	uint8_t bytes[32];
	struct mpsse_stream setup = { .bytes = bytes, .max = sizeof(bytes) };
	uint8_t end = 0;
	struct ftdi_stream stream = {
		.out = bytes, .in = &end, .n_in = 1, .limit_us = SYNC_US
	};
	size_t got;
	int rc = request(ftdi, REQUEST_SET_BITMODE, BITMODE_RESET, "bit mode reset", err);

	if (rc == 0)
		rc = request(ftdi, REQUEST_SET_BITMODE, BITMODE_MPSSE, "MPSSE mode", err);
	if (rc == 0)
		rc = synchronize(ftdi, BOGUS_COMMAND, err);
	if (rc == 0)
		rc = synchronize(ftdi, BOGUS_COMMAND + 1, err);
	if (rc != 0)
		return rc;
	mpsse_put_setup(&setup, UINT16_MAX);
	mpsse_put_end(&setup);
	stream.n_out = setup.n;
	rc = run(ftdi, &stream, &got, err);
	if (rc == 0 && !mpsse_is_end(end))
		rc = error_set(err, E_IO,
			       "USB: the pins read 0x%02x after set-up: a chip select or SK is "
			       "held by something else",
			       end);
	return rc;
}

/* From whatever was before to the start of a command. */
static int begin(struct ftdi *ftdi, struct error *err)
{
	int rc = purge(ftdi, err);

	if (rc == 0)
		rc = enter_mpsse(ftdi, err);
	ftdi->dirty = rc != 0;
	return rc;
}

static int clear_halts(struct ftdi *ftdi, struct error *err)
{
	struct ftdi_port *port = ftdi->port;
	enum ftdi_result result = port->ops->clear_halt(port, true);

	if (result == FTDI_OK)
		result = port->ops->clear_halt(port, false);
	ftdi->halted = result != FTDI_OK;
	return result == FTDI_OK ? 0 : tell(ftdi, result, "clearing a halt", err);
}

static int recover(struct ftdi *ftdi, struct error *err)
{
	int rc = ftdi->halted ? clear_halts(ftdi, err) : 0;

	return rc == 0 ? begin(ftdi, err) : rc;
}

static int start(struct ftdi *ftdi, struct error *err)
{
	struct error why = { 0 };
	int rc = request(ftdi, REQUEST_RESET, RESET_ALL, "reset", &why);

	if (rc == 0)
		rc = request(ftdi, REQUEST_SET_LATENCY, FTDI_LATENCY_MS, "latency timer", &why);
	if (rc == 0)
		rc = begin(ftdi, &why);
	/* Whoever had it before may have left a halt. */
	if (rc != 0 && ftdi->halted)
		return recover(ftdi, err);
	return rc == 0 ? 0 : error_copy(err, &why);
}

int ftdi_open(struct ftdi_port *port, unsigned channel, struct error *err, struct ftdi **out)
{
	struct ftdi *ftdi = calloc(1, sizeof(*ftdi));
	uint8_t *packets = malloc(IN_PACKETS * port->packet_bytes);
	int rc;

	if (ftdi == NULL || packets == NULL) {
		free(ftdi);
		free(packets);
		port->ops->close(port);
		return error_set(err, E_NOMEM, "USB: out of memory");
	}
	*ftdi = (struct ftdi){ .port = port, .channel = channel, .packets = packets };
	rc = start(ftdi, err);
	if (rc != 0)
		ftdi_close(ftdi);
	else
		*out = ftdi;
	return rc;
}

/* As well as it can be done: there is nobody to tell. */
static void leave_mpsse(struct ftdi *ftdi)
{
	uint8_t bytes[8], end;
	struct mpsse_stream release = { .bytes = bytes, .max = sizeof(bytes) };
	struct ftdi_stream stream = {
		.out = bytes, .in = &end, .n_in = 1, .limit_us = SYNC_US
	};
	size_t got;

	mpsse_put_release(&release);
	mpsse_put_end(&release);
	stream.n_out = release.n;
	if (!ftdi->dirty)
		(void)run(ftdi, &stream, &got, NULL);
	if (!ftdi->gone)
		(void)request(ftdi, REQUEST_SET_BITMODE, BITMODE_RESET, "bit mode reset", NULL);
}

void ftdi_close(struct ftdi *ftdi)
{
	if (ftdi == NULL)
		return;
	if (!ftdi->gone)
		leave_mpsse(ftdi);
	ftdi->port->ops->close(ftdi->port);
	free(ftdi->packets);
	free(ftdi);
}

int ftdi_exchange(struct ftdi *ftdi, const struct ftdi_stream *stream, size_t *got,
		  struct error *err)
{
	int rc;

	*got = 0;
	if (ftdi->gone)
		return tell(ftdi, FTDI_GONE, "", err);
	rc = ftdi->dirty ? recover(ftdi, err) : 0;
	if (rc != 0)
		return error_prefix(err, "after the last failure");
	rc = run(ftdi, stream, got, err);
	/* What the FIFO still holds is not to happen behind the back of who got the error. */
	if (rc != 0 && !ftdi->gone)
		(void)purge(ftdi, NULL);
	return rc;
}
