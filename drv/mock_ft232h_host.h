/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A high-speed USB host controller with the model of an FT232H at its port, in model time:
 *  - Time comes in microframes of 125 us.  A transfer starts at the microframe after the one in
 *    which it was submitted, and its end is seen at the next microframe boundary.
 *  - 13 packets of 512 bytes fit into a microframe (USB 2.0, table 5-10): 9,615 ns each.  A NAK
 *    takes 1 us and is tried again.  Endpoints with work take turns.
 *  - A control request takes 3 microframes.
 *
 * In-process code uses it through a port (mock_ft232h_host_port()); servers for other stacks
 * (usbfs, USB/IP) submit and run it themselves.  Faults can be set to strike one transfer.
 */
#ifndef DRV_MOCK_FT232H_HOST_H
#define DRV_MOCK_FT232H_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/ftdi_port.h"
#include "drv/mock_ft232h.h"

struct clock;
struct mock_ft232h_host;

#define MOCK_USB_MICROFRAME_NS 125000u
#define MOCK_USB_PACKET_NS     9615u
#define MOCK_USB_NAK_NS        1000u

/*
 * Owns @device.  @clock is the virtual clock that it moves, and is moved by; it must outlive the
 * host.  NULL: memory (then @device is freed).
 */
struct mock_ft232h_host *mock_ft232h_host_new(struct mock_ft232h *device, struct clock *clock);
void mock_ft232h_host_free(struct mock_ft232h_host *host);
struct mock_ft232h *mock_ft232h_host_device(struct mock_ft232h_host *host);
struct clock *mock_ft232h_host_clock(const struct mock_ft232h_host *host);

/* A bulk transfer as the host controller sees it. */
struct mock_usb_urb {
	bool in;
	unsigned channel;
	uint8_t *data;
	size_t n, actual;
	enum ftdi_result result;
	void *user; /* the submitter's */
	/* The host's: */
	struct mock_usb_urb *next;
	uint64_t start_ns, end_ns;
	bool ended;
	bool faulty; /* the fault strikes this one */
};

void mock_ft232h_host_submit(struct mock_ft232h_host *host, struct mock_usb_urb *urb);
/* Ends a transfer that has not ended with FTDI_CANCELLED; it is still to be taken. */
void mock_ft232h_host_cancel(struct mock_ft232h_host *host, struct mock_usb_urb *urb);

/*
 * Runs until a transfer has ended, and takes it; NULL: none did until @limit_ns of the model, or
 * with @while_busy, until only time could help: the latency timer.
 */
struct mock_usb_urb *mock_ft232h_host_run(struct mock_ft232h_host *host, uint64_t limit_ns,
					  bool while_busy);
uint64_t mock_ft232h_host_now_ns(struct mock_ft232h_host *host);

/* A control request, with its time. */
enum ftdi_result mock_ft232h_host_control(struct mock_ft232h_host *host,
					  const struct mock_usb_setup *setup, uint8_t *data,
					  size_t *n);
enum ftdi_result mock_ft232h_host_clear_halt(struct mock_ft232h_host *host, unsigned channel,
					     bool in);

/* Everything under way ends with FTDI_GONE, and all that comes. */
void mock_ft232h_host_unplug(struct mock_ft232h_host *host);
void mock_ft232h_host_plug(struct mock_ft232h_host *host); /* back in, as after power-up */

/* A channel claimed, for drv/ftdi.h.  NULL: memory.  Closing it leaves the host. */
struct ftdi_port *mock_ft232h_host_port(struct mock_ft232h_host *host, unsigned channel);

/* --- faults and figures ------------------------------------------------------------------- */

enum mock_usb_fault_kind {
	MOCK_USB_STALL,
	MOCK_USB_BAD_LINE, /* the transfer fails */
	MOCK_USB_SILENT,   /* it never ends (control: no answer) */
	MOCK_USB_BABBLE,   /* more came than fits */
	MOCK_USB_UNPLUG,
	/* Of bulk transfers, when their first packet moves: */
	MOCK_USB_SHORT,   /* it ends well, the last byte missing (IN: of the first packet) */
	MOCK_USB_GARBAGE, /* IN: the packet holds other bytes */
	MOCK_USB_EXTRA,   /* IN: the packet has bytes too many */
};

/* Transfers, control requests included, are counted from 1; number 0: no fault. */
struct mock_usb_fault {
	uint64_t number;
	enum mock_usb_fault_kind kind;
	bool struck;
};
void mock_ft232h_host_set_fault(struct mock_ft232h_host *host, uint64_t number,
				enum mock_usb_fault_kind kind);
bool mock_ft232h_host_struck(const struct mock_ft232h_host *host);

struct mock_usb_stats {
	uint64_t n_control, n_out, n_in; /* transfers that ended */
	uint64_t out_bytes, in_bytes;    /* bulk, with modem status */
};
struct mock_usb_stats mock_ft232h_host_stats(const struct mock_ft232h_host *host);

/* Transfers begun so far, control requests included: what faults are counted by. */
uint64_t mock_ft232h_host_count(const struct mock_ft232h_host *host);

/* Transfers that were submitted and not taken back. */
size_t mock_ft232h_host_pending(const struct mock_ft232h_host *host);

#endif
