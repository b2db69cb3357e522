/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_ft232h_host.h"

#include <stdlib.h>
#include <string.h>

#include "drv/clock.h"

#define CONTROL_FRAMES 3u
#define SILENCE_US     1000000u /* until a control request that nobody answers is given up */
#define MAX_ENDPOINTS  8u

struct mock_ft232h_host {
	struct mock_ft232h *device;
	struct clock *clock;
	uint64_t now_ns;
	struct mock_usb_urb *urbs; /* in the order of submission */
	unsigned turn;             /* the endpoint that was served last */
	bool unplugged;
	bool halted[MAX_ENDPOINTS];
	struct mock_usb_fault fault;
	uint64_t n_begun;
	struct mock_usb_stats stats;
};

static unsigned endpoint_of(unsigned channel, bool in)
{
	return 2 * channel + in;
}

/* --- time --------------------------------------------------------------------------------- */

/* What others have waited meanwhile. */
static void look_at_clock(struct mock_ft232h_host *host)
{
	uint64_t clock_ns = clock_now_us(host->clock) * 1000;

	if (clock_ns > host->now_ns)
		host->now_ns = clock_ns;
}

static void go_to(struct mock_ft232h_host *host, uint64_t ns)
{
	uint64_t clock_us = clock_now_us(host->clock);

	host->now_ns = ns;
	if (!host->unplugged)
		mock_ft232h_run(host->device, ns);
	if (ns / 1000 > clock_us)
		clock_wait_us(host->clock, ns / 1000 - clock_us);
}

static uint64_t next_frame(uint64_t ns)
{
	return (ns / MOCK_USB_MICROFRAME_NS + 1) * MOCK_USB_MICROFRAME_NS;
}

uint64_t mock_ft232h_host_now_ns(struct mock_ft232h_host *host)
{
	look_at_clock(host);
	return host->now_ns;
}

/* --- transfers ---------------------------------------------------------------------------- */

static void end(struct mock_ft232h_host *host, struct mock_usb_urb *urb,
		enum ftdi_result result)
{
	urb->ended = true;
	urb->result = result;
	urb->end_ns = next_frame(host->now_ns);
	if (result == FTDI_STALLED)
		host->halted[endpoint_of(urb->channel, urb->in)] = true;
	if (urb->in)
		host->stats.n_in++;
	else
		host->stats.n_out++;
	*(urb->in ? &host->stats.in_bytes : &host->stats.out_bytes) += urb->actual;
}

static bool strikes(struct mock_ft232h_host *host)
{
	if (++host->n_begun != host->fault.number)
		return false;
	host->fault.struck = true;
	return true;
}

/* Faults that need no data to move. */
static void strike(struct mock_ft232h_host *host, struct mock_usb_urb *urb)
{
	urb->faulty = true;
	if (host->fault.kind == MOCK_USB_STALL)
		end(host, urb, FTDI_STALLED);
	else if (host->fault.kind == MOCK_USB_BAD_LINE)
		end(host, urb, FTDI_BAD_LINE);
	else if (host->fault.kind == MOCK_USB_BABBLE)
		end(host, urb, FTDI_BABBLED);
	else if (host->fault.kind == MOCK_USB_UNPLUG)
		mock_ft232h_host_unplug(host);
}

void mock_ft232h_host_submit(struct mock_ft232h_host *host, struct mock_usb_urb *urb)
{
	struct mock_usb_urb **last = &host->urbs;

	look_at_clock(host);
	urb->next = NULL;
	urb->actual = 0;
	urb->ended = urb->faulty = false;
	urb->start_ns = next_frame(host->now_ns);
	while (*last != NULL)
		last = &(*last)->next;
	*last = urb;
	if (strikes(host))
		strike(host, urb);
	else if (host->unplugged)
		end(host, urb, FTDI_GONE);
	else if (host->halted[endpoint_of(urb->channel, urb->in)])
		end(host, urb, FTDI_STALLED);
}

void mock_ft232h_host_cancel(struct mock_ft232h_host *host, struct mock_usb_urb *urb)
{
	if (!urb->ended)
		end(host, urb, FTDI_CANCELLED);
}

static bool is_fault(const struct mock_ft232h_host *host, const struct mock_usb_urb *urb,
		     enum mock_usb_fault_kind kind)
{
	return urb->faulty && host->fault.kind == kind;
}

static bool move_out(struct mock_ft232h_host *host, struct mock_usb_urb *urb)
{
	size_t left = urb->n - urb->actual;
	size_t n = left < MOCK_FT232H_PACKET ? left : MOCK_FT232H_PACKET;
	bool cut = n == left && is_fault(host, urb, MOCK_USB_SHORT);

	if (!mock_ft232h_out(host->device, urb->channel, urb->data + urb->actual, n - cut))
		return false;
	urb->actual += n - cut;
	if (n == left)
		end(host, urb, FTDI_OK);
	return true;
}

static size_t spoil(const struct mock_ft232h_host *host, const struct mock_usb_urb *urb,
		    uint8_t *packet, size_t n)
{
	if (is_fault(host, urb, MOCK_USB_SHORT))
		return n - 1;
	for (size_t i = 0; i < n && is_fault(host, urb, MOCK_USB_GARBAGE); i++)
		packet[i] ^= 0x5a;
	for (size_t i = 0; i < 5 && n < MOCK_FT232H_PACKET; i++)
		if (is_fault(host, urb, MOCK_USB_EXTRA))
			packet[n++] = 0xfa;
	return n;
}

static bool move_in(struct mock_ft232h_host *host, struct mock_usb_urb *urb)
{
	uint8_t packet[MOCK_FT232H_PACKET];
	size_t n;

	if (!mock_ft232h_in(host->device, urb->channel, packet, &n))
		return false;
	if (urb->faulty) {
		n = spoil(host, urb, packet, n);
		urb->faulty = false;
	}
	if (n > urb->n - urb->actual) {
		end(host, urb, FTDI_BABBLED);
		return true;
	}
	memcpy(urb->data + urb->actual, packet, n);
	urb->actual += n;
	if (n < MOCK_FT232H_PACKET || urb->actual == urb->n)
		end(host, urb, FTDI_OK);
	return true;
}

/* --- running ------------------------------------------------------------------------------ */

/* The transfer that @endpoint is at; NULL: none, or it never moves. */
static struct mock_usb_urb *head_of(const struct mock_ft232h_host *host, unsigned endpoint)
{
	for (struct mock_usb_urb *urb = host->urbs; urb != NULL; urb = urb->next)
		if (endpoint_of(urb->channel, urb->in) == endpoint && !urb->ended)
			return urb->start_ns <= host->now_ns &&
					       !is_fault(host, urb, MOCK_USB_SILENT)
				       ? urb
				       : NULL;
	return NULL;
}

/* A packet, or a NAK, of the next endpoint that has work. */
static bool serve(struct mock_ft232h_host *host)
{
	for (unsigned i = 1; i <= MAX_ENDPOINTS; i++) {
		unsigned endpoint = (host->turn + i) % MAX_ENDPOINTS;
		struct mock_usb_urb *urb = head_of(host, endpoint);

		if (urb == NULL)
			continue;
		if (urb->in ? move_in(host, urb) : move_out(host, urb)) {
			host->turn = endpoint;
			return true;
		}
	}
	return false;
}

static struct mock_usb_urb *take_ended(struct mock_ft232h_host *host)
{
	for (struct mock_usb_urb **at = &host->urbs; *at != NULL; at = &(*at)->next)
		if ((*at)->ended && (*at)->end_ns <= host->now_ns) {
			struct mock_usb_urb *urb = *at;

			*at = urb->next;
			return urb;
		}
	return NULL;
}

/* The next time that something begins or ends by itself. */
static uint64_t next_event(const struct mock_ft232h_host *host, uint64_t limit_ns)
{
	for (const struct mock_usb_urb *urb = host->urbs; urb != NULL; urb = urb->next) {
		uint64_t ns = urb->ended ? urb->end_ns : urb->start_ns;

		if (ns > host->now_ns && ns < limit_ns)
			limit_ns = ns;
	}
	return limit_ns;
}

static uint64_t next_latency(const struct mock_ft232h_host *host, uint64_t limit_ns)
{
	for (unsigned i = 0; i < mock_ft232h_channels(host->device); i++) {
		uint64_t ns = mock_ft232h_latency_due_ns(host->device, i);

		if (ns > host->now_ns && ns < limit_ns && head_of(host, 2 * i + 1) != NULL)
			limit_ns = ns;
	}
	return limit_ns;
}

struct mock_usb_urb *mock_ft232h_host_run(struct mock_ft232h_host *host, uint64_t limit_ns,
					  bool while_busy)
{
	struct mock_usb_urb *urb;

	look_at_clock(host);
	go_to(host, host->now_ns);
	while ((urb = take_ended(host)) == NULL && host->now_ns < limit_ns) {
		uint64_t event, step;

		if (serve(host)) {
			go_to(host, host->now_ns + MOCK_USB_PACKET_NS);
			continue;
		}
		event = next_event(host, limit_ns);
		step = host->unplugged ? UINT64_MAX : mock_ft232h_step_due_ns(host->device);
		if (step == UINT64_MAX && event == limit_ns && while_busy)
			return NULL;
		/* NAKs until something can have changed. */
		if (step < host->now_ns + MOCK_USB_NAK_NS)
			step = host->now_ns + MOCK_USB_NAK_NS;
		event = next_latency(host, event);
		go_to(host, step < event ? step : event);
	}
	return urb;
}

enum ftdi_result mock_ft232h_host_control(struct mock_ft232h_host *host,
					  const struct mock_usb_setup *setup, uint8_t *data,
					  size_t *n)
{
	bool struck = strikes(host);

	*n = 0;
	look_at_clock(host);
	if (struck && host->fault.kind == MOCK_USB_UNPLUG)
		mock_ft232h_host_unplug(host);
	if (host->unplugged)
		return FTDI_GONE;
	host->stats.n_control++;
	if (struck && host->fault.kind == MOCK_USB_SILENT) {
		go_to(host, host->now_ns + SILENCE_US * UINT64_C(1000));
		return FTDI_TIMED_OUT;
	}
	go_to(host, next_frame(host->now_ns) + CONTROL_FRAMES * MOCK_USB_MICROFRAME_NS);
	if (struck && host->fault.kind == MOCK_USB_BAD_LINE)
		return FTDI_BAD_LINE;
	if (struck && host->fault.kind == MOCK_USB_BABBLE)
		return FTDI_BABBLED;
	if (struck && host->fault.kind == MOCK_USB_STALL)
		return FTDI_STALLED;
	return mock_ft232h_control(host->device, setup, data, n) ? FTDI_OK : FTDI_STALLED;
}

enum ftdi_result mock_ft232h_host_clear_halt(struct mock_ft232h_host *host, unsigned channel,
					     bool in)
{
	/* To the endpoint: CLEAR_FEATURE, ENDPOINT_HALT. */
	const struct mock_usb_setup setup = { .type = 0x02,
					      .request = 0x01,
					      .index = (uint16_t)((in ? 0x81u : 0x02u) +
								  2 * channel) };
	size_t n;
	enum ftdi_result result = mock_ft232h_host_control(host, &setup, NULL, &n);

	if (result == FTDI_OK)
		host->halted[endpoint_of(channel, in)] = false;
	return result;
}

/* --- plugging ----------------------------------------------------------------------------- */

void mock_ft232h_host_unplug(struct mock_ft232h_host *host)
{
	host->unplugged = true;
	for (struct mock_usb_urb *urb = host->urbs; urb != NULL; urb = urb->next)
		if (!urb->ended)
			end(host, urb, FTDI_GONE);
}

void mock_ft232h_host_plug(struct mock_ft232h_host *host)
{
	struct mock_usb_setup reset = { .type = 0x40, .request = 0x0b };
	size_t n;

	host->unplugged = false;
	memset(host->halted, 0, sizeof(host->halted));
	for (unsigned i = 0; i < mock_ft232h_channels(host->device); i++) {
		reset.index = (uint16_t)(i + 1);
		mock_ft232h_control(host->device, &reset, NULL, &n);
	}
}

struct mock_ft232h_host *mock_ft232h_host_new(struct mock_ft232h *device, struct clock *clock)
{
	struct mock_ft232h_host *host = calloc(1, sizeof(*host));

	if (host == NULL) {
		mock_ft232h_free(device);
		return NULL;
	}
	host->device = device;
	host->clock = clock;
	return host;
}

void mock_ft232h_host_free(struct mock_ft232h_host *host)
{
	if (host != NULL)
		mock_ft232h_free(host->device);
	free(host);
}

struct mock_ft232h *mock_ft232h_host_device(struct mock_ft232h_host *host)
{
	return host->device;
}

struct clock *mock_ft232h_host_clock(const struct mock_ft232h_host *host)
{
	return host->clock;
}

void mock_ft232h_host_set_fault(struct mock_ft232h_host *host, uint64_t number,
				enum mock_usb_fault_kind kind)
{
	host->fault = (struct mock_usb_fault){ .number = number, .kind = kind };
}

bool mock_ft232h_host_struck(const struct mock_ft232h_host *host)
{
	return host->fault.struck;
}

struct mock_usb_stats mock_ft232h_host_stats(const struct mock_ft232h_host *host)
{
	return host->stats;
}

uint64_t mock_ft232h_host_count(const struct mock_ft232h_host *host)
{
	return host->n_begun;
}

size_t mock_ft232h_host_pending(const struct mock_ft232h_host *host)
{
	size_t n = 0;

	for (const struct mock_usb_urb *urb = host->urbs; urb != NULL; urb = urb->next)
		n++;
	return n;
}
