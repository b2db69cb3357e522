/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usb:VID:PID[,serial=S][,channel=A][,cs=N][,clock=HZ][,pad=N]: the SPI of an FTDI FT232H, FT2232H or
 * FT4232H.  Behind chip select 0 is the serial interface of the VSC7448 (drv/si.h), behind 1 the
 * BTC, which answers the same frames without set-up and with one byte of padding at any clock
 * (regmaps/btc/btc.rdl).
 *
 * Buses of one process that name the same channel in the same way share it.  Other processes find
 * it in use: `switchblade serve` is how they share.
 */
#include "drv/bus_priv.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/ftdi_libusb.h"
#include "drv/ftdi_spi.h"
#include "drv/lock.h"
#include "drv/mpsse.h"

#define DEFAULT_HZ   5000000u
#define PAD_AUTO     UINT64_MAX
#define BTC_PADDING  1u
#define CS_BTC       1u
#define NAME_CHARS   128
#define MAX_CHANNELS 4

struct usb_params {
	uint64_t cs, clock_hz, padding;
	struct uri_text serial, channel;
	/* Of the address and the texts: */
	uint16_t vendor, product;
	unsigned channel_number;
	char serial_text[64];
};

static const struct uri_key usb_keys[] = {
	{ "serial", URI_WORD, offsetof(struct usb_params, serial), 0, 0, "S",
	  "serial number of the adapter, when there are several" },
	{ "channel", URI_WORD, offsetof(struct usb_params, channel), 0, 0, "A",
	  "channel of the adapter, A or B (default A)" },
	{ "cs", URI_NUMBER, offsetof(struct usb_params, cs), 0, MPSSE_MAX_CS - 1, "N",
	  "chip select: 0 (ADBUS3) the switch, 1 (ADBUS4) the BTC (default 0)" },
	{ "clock", URI_NUMBER, offsetof(struct usb_params, clock_hz), MPSSE_MIN_HZ,
	  MPSSE_MAX_HZ, "HZ",
	  "of the SPI, the next slower step of 30 MHz / n (default 5 MHz)" },
	{ "pad", URI_NUMBER, offsetof(struct usb_params, padding), 0, SI_MAX_PADDING, "N",
	  "bytes of padding in reads (default: what the clock needs)" },
	{ .name = NULL },
};

/* Channels in use by this process. */
struct shared {
	struct shared *next;
	struct ftdi_spi *spi;
	struct ftdi_found found;
	char name[NAME_CHARS];
};

static struct shared *all_shared;

/* --- the URI ------------------------------------------------------------------------------ */

static bool hex4(const char *text, uint16_t *value)
{
	unsigned long number = 0;

	for (int i = 0; i < 4; i++) {
		if (!isxdigit((unsigned char)text[i]))
			return false;
		number = number * 16 +
			 (unsigned long)(isdigit((unsigned char)text[i])
						 ? text[i] - '0'
						 : tolower((unsigned char)text[i]) - 'a' + 10);
	}
	*value = (uint16_t)number;
	return true;
}

static int parse_address(const char *address, struct usb_params *params, struct error *err)
{
	if (strlen(address) != 9 || address[4] != ':' || !hex4(address, &params->vendor) ||
	    !hex4(address + 5, &params->product))
		return error_set(err, E_SYNTAX,
				 "usb:%s: want VID:PID, four hex digits each, like 0403:6014 "
				 "(an FT232H)",
				 address);
	return 0;
}

static int parse_texts(struct usb_params *params, struct error *err)
{
	const struct uri_text *channel = &params->channel, *serial = &params->serial;

	if (channel->text != NULL) {
		int letter = channel->len == 1 ? toupper((unsigned char)channel->text[0]) : 0;

		if (letter < 'A' || letter >= 'A' + MAX_CHANNELS)
			return error_set(err, E_SYNTAX,
					 "usb: channel=%.*s: want a letter, A or B",
					 (int)channel->len, channel->text);
		params->channel_number = (unsigned)(letter - 'A');
	}
	if (serial->text == NULL)
		return 0;
	if (serial->len == 0 || serial->len >= sizeof(params->serial_text))
		return error_set(err, E_SYNTAX, "usb: serial=: want 1 to %zu characters",
				 sizeof(params->serial_text) - 1);
	memcpy(params->serial_text, serial->text, serial->len);
	return 0;
}

static int parse(const char *rest, struct usb_params *params, struct error *err)
{
	char *address = uri_take_part(&rest);
	int rc = address == NULL ? error_set(err, E_NOMEM, "usb: out of memory")
				 : parse_address(address, params, err);

	free(address);
	if (rc == 0)
		rc = uri_parse(&(struct uri_parts){ "usb", rest, NULL }, usb_keys, params, err);
	return rc == 0 ? parse_texts(params, err) : rc;
}

/* --- channels ----------------------------------------------------------------------------- */

static void put_key(const struct ftdi_found *found, const struct usb_params *params, char *key,
		    size_t size)
{
	snprintf(key, size, "usb:%s:%s:%c:%u", found->place, found->serial,
		 'A' + (int)params->channel_number, (unsigned)params->cs);
}

/* Another process has the channel: who, if it holds the lock that goes with it. */
static int tell_owner(const struct ftdi_found *found, const struct usb_params *params,
		      struct error *err)
{
	struct error owner = { 0 };
	struct lock *lock = NULL;
	char key[NAME_CHARS];

	put_key(found, params, key, sizeof(key));
	if (lock_take(key, "a look", 0, &owner, &lock) == E_BUSY)
		error_copy(err, &owner);
	lock_free(lock);
	return E_BUSY;
}

static void forget(void *arg)
{
	struct shared **at = &all_shared;

	while (*at != arg)
		at = &(*at)->next;
	*at = (*at)->next;
	free(arg);
}

static int open_channel(const struct usb_params *params, struct shared *shared,
			struct error *err)
{
	const struct ftdi_wanted wanted = {
		.vendor = params->vendor,
		.product = params->product,
		.serial = params->serial_text[0] != '\0' ? params->serial_text : NULL,
		.channel = params->channel_number,
	};
	struct ftdi_port *port;
	struct ftdi *ftdi;
	int rc = ftdi_libusb_open(&wanted, err, &shared->found, &port);

	if (rc == E_BUSY)
		return tell_owner(&shared->found, params, err);
	if (rc == 0)
		rc = ftdi_open(port, params->channel_number, err, &ftdi);
	return rc == 0 ? ftdi_spi_new(ftdi, err, &shared->spi) : rc;
}

/* A channel that is in use already, or a new one; with a pipe on it. */
static int get_pipe(const struct usb_params *params, struct error *err,
		    struct ftdi_found *found, struct si_pipe **pipe)
{
	struct shared *shared = all_shared;
	bool is_new = false;
	char name[NAME_CHARS];
	int rc = 0;

	snprintf(name, sizeof(name), "%04x:%04x:%u:%s", params->vendor, params->product,
		 params->channel_number, params->serial_text);
	while (shared != NULL && strcmp(shared->name, name) != 0)
		shared = shared->next;
	if (shared == NULL) {
		is_new = true;
		shared = calloc(1, sizeof(*shared));
		rc = shared == NULL ? error_set(err, E_NOMEM, "usb: out of memory")
				    : open_channel(params, shared, err);
		if (rc != 0) {
			free(shared);
			return rc;
		}
		memcpy(shared->name, name, sizeof(name));
		shared->next = all_shared;
		all_shared = shared;
		ftdi_spi_on_end(shared->spi, forget, shared);
	}
	*found = shared->found;
	rc = ftdi_spi_pipe(shared->spi, (unsigned)params->cs, (uint32_t)params->clock_hz, err,
			   pipe);
	if (is_new)
		ftdi_spi_release(shared->spi);
	return rc;
}

static int usb_open(const char *rest, const struct bus_env *env, struct error *err,
		    struct bus **out)
{
	struct usb_params params = { .clock_hz = DEFAULT_HZ, .padding = PAD_AUTO };
	struct si_config config = { .pipe = NULL };
	struct ftdi_found found = { 0 };
	char key[NAME_CHARS];
	int rc = parse(rest, &params, err);

	if (rc == 0)
		rc = get_pipe(&params, err, &found, &config.pipe);
	if (rc != 0)
		return rc;
	config.plain = params.cs == CS_BTC;
	config.clock_hz = (uint32_t)params.clock_hz;
	if (params.padding != PAD_AUTO)
		config.padding = (unsigned)params.padding;
	else
		config.padding = config.plain ? BTC_PADDING : si_padding_for(config.clock_hz);
	rc = si_bus_open(&config, env, err, out);
	if (rc != 0)
		return rc;
	put_key(&found, &params, key, sizeof(key));
	(*out)->lock_key = strdup(key);
	if ((*out)->lock_key == NULL) {
		(*out)->backend->close(*out);
		return error_set(err, E_NOMEM, "usb: out of memory");
	}
	return 0;
}

const struct bus_backend bus_backend_usb = {
	.scheme = "usb",
	.help = "VID:PID[,serial=S][,channel=A][,cs=N][,clock=HZ][,pad=N]  SPI of an FTDI "
		"FT232H, "
		"FT2232H or FT4232H",
	.keys = usb_keys,
	.open = usb_open,
};
