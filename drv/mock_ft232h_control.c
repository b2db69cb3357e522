/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Control requests and descriptors of the model. */
#include "drv/mock_ft232h_priv.h"

#include <string.h>

/* USB 2.0, chapter 9. */
#define TYPE_IN              0x80u
#define TYPE_VENDOR          0x40u
#define TYPE_RECIPIENT       0x1fu
#define GET_STATUS           0x00u
#define CLEAR_FEATURE        0x01u
#define SET_FEATURE          0x03u
#define SET_ADDRESS          0x05u
#define GET_DESCRIPTOR       0x06u
#define GET_CONFIGURATION    0x08u
#define SET_CONFIGURATION    0x09u
#define GET_INTERFACE        0x0au
#define SET_INTERFACE        0x0bu
#define DESCRIPTOR_DEVICE    1u
#define DESCRIPTOR_CONFIG    2u
#define DESCRIPTOR_STRING    3u
#define DESCRIPTOR_QUALIFIER 6u

/* Linux drivers/usb/serial/ftdi_sio.h. */
#define SIO_RESET        0x00u
#define SIO_MODEM_STATUS 0x05u
#define SIO_SET_LATENCY  0x09u
#define SIO_GET_LATENCY  0x0au
#define SIO_SET_BITMODE  0x0bu
#define SIO_READ_PINS    0x0cu
#define SIO_READ_EEPROM  0x90u
#define BITMODE_RESET    0u
#define BITMODE_MPSSE    2u

#define INTERFACE_BYTES (9u + 7u + 7u)

/* Product number and release of the device descriptor: usb.ids, libftdi's ftdi_usb_open_dev(). */
static const struct {
	uint16_t product, release;
	const char *name;
} kinds[] = {
	[MOCK_FT232H] = { 0x6014, 0x0900, "Single RS232-HS" },
	[MOCK_FT2232H] = { 0x6010, 0x0700, "Dual RS232-HS" },
	[MOCK_FT4232H] = { 0x6011, 0x0800, "Quad RS232-HS" },
};

static void device_descriptor(const struct mock_ft232h *m, uint8_t *out)
{
	const uint16_t product = kinds[m->config.kind].product;
	const uint16_t release = kinds[m->config.kind].release;
	const uint8_t bytes[18] = {
		18,
		DESCRIPTOR_DEVICE,
		0x00,
		0x02,
		0,
		0,
		0,
		64, /* USB 2.00 */
		0x03,
		0x04, /* FTDI's number, 0403 */
		(uint8_t)product,
		(uint8_t)(product >> 8),
		(uint8_t)release,
		(uint8_t)(release >> 8),
		1,
		2,
		3,
		1,
	};

	memcpy(out, bytes, sizeof(bytes));
}

static void interface_descriptors(unsigned channel, uint8_t *out)
{
	const uint8_t in = (uint8_t)(0x81 + 2 * channel), to = (uint8_t)(0x02 + 2 * channel);
	const uint8_t bytes[INTERFACE_BYTES] = {
		9,    4,    (uint8_t)channel,
		0,    2,    0xff,
		0xff, 0xff, 2,
		7,    5,    in,
		2,    0x00, 0x02,
		0,    7,    5,
		to,   2,    0x00,
		0x02, 0,
	};

	memcpy(out, bytes, sizeof(bytes));
}

static size_t config_descriptor(const struct mock_ft232h *m, uint8_t *out)
{
	const size_t total = 9 + m->n_channels * INTERFACE_BYTES;
	const uint8_t bytes[9] = { 9,
				   DESCRIPTOR_CONFIG,
				   (uint8_t)total,
				   (uint8_t)(total >> 8),
				   (uint8_t)m->n_channels,
				   1,
				   0,
				   0x80,
				   45 };

	memcpy(out, bytes, sizeof(bytes));
	for (unsigned i = 0; i < m->n_channels; i++)
		interface_descriptors(i, out + 9 + i * INTERFACE_BYTES);
	return total;
}

static size_t string_descriptor(const struct mock_ft232h *m, unsigned number, uint8_t *out)
{
	const char *texts[] = { NULL, "FTDI", kinds[m->config.kind].name, m->config.serial };
	size_t n = 2;

	if (number == 0) {
		memcpy(out, (const uint8_t[]){ 4, DESCRIPTOR_STRING, 0x09, 0x04 }, 4);
		return 4;
	}
	if (number >= sizeof(texts) / sizeof(texts[0]) || texts[number] == NULL)
		return 0;
	for (const char *c = texts[number]; *c != '\0' && n < 254; c++) {
		out[n++] = (uint8_t)*c;
		out[n++] = 0;
	}
	out[0] = (uint8_t)n;
	out[1] = DESCRIPTOR_STRING;
	return n;
}

size_t mock_ft232h_descriptors(const struct mock_ft232h *m, uint8_t *out, size_t max)
{
	if (max < 18 + 9 + MAX_CHANNELS * INTERFACE_BYTES)
		return 0;
	device_descriptor(m, out);
	return 18 + config_descriptor(m, out + 18);
}

static size_t descriptor(const struct mock_ft232h *m, uint16_t value, uint8_t *out)
{
	switch (value >> 8) {
	case DESCRIPTOR_DEVICE:
		device_descriptor(m, out);
		return 18;
	case DESCRIPTOR_CONFIG:
		return config_descriptor(m, out);
	case DESCRIPTOR_STRING:
		return string_descriptor(m, value & 0xff, out);
	case DESCRIPTOR_QUALIFIER:
		memcpy(out, (const uint8_t[]){ 10, 6, 0x00, 0x02, 0, 0, 0, 64, 1, 0 }, 10);
		return 10;
	default:
		return 0;
	}
}

static bool standard(struct mock_ft232h *m, const struct mock_usb_setup *setup, uint8_t *answer,
		     size_t *n)
{
	*n = 0;
	switch (setup->request) {
	case GET_DESCRIPTOR:
		*n = descriptor(m, setup->value, answer);
		return *n > 0;
	case SET_ADDRESS:
		m->address = (uint8_t)setup->value;
		return true;
	case SET_CONFIGURATION:
		m->configuration = (uint8_t)setup->value;
		return setup->value <= 1;
	case GET_CONFIGURATION:
		answer[(*n)++] = m->configuration;
		return true;
	case GET_STATUS:
		memset(answer, 0, 2);
		*n = 2;
		return true;
	case GET_INTERFACE:
		answer[(*n)++] = 0;
		return true;
	case CLEAR_FEATURE:
	case SET_FEATURE:
		return true;
	case SET_INTERFACE:
		return setup->value == 0 && setup->index < m->n_channels;
	default:
		return false;
	}
}

static void reset(struct channel *ch, uint16_t what)
{
	/* Which of 1 and 2 is which: libftdi 1.5, SIO_TCOFLUSH and SIO_TCIFLUSH. */
	if (what == 0 || what == 1)
		mock_ft232h__clear(&ch->out);
	if (what == 0 || what == 2)
		mock_ft232h__clear(&ch->in);
}

static bool set_bitmode(struct channel *ch, uint16_t value)
{
	unsigned mode = value >> 8;

	if (mode != BITMODE_RESET && (mode != BITMODE_MPSSE || !ch->has_mpsse))
		return false;
	ch->mpsse = mode == BITMODE_MPSSE;
	mock_ft232h__mpsse_reset(ch);
	return true;
}

static bool vendor(struct mock_ft232h *m, const struct mock_usb_setup *setup, uint8_t *answer,
		   size_t *n)
{
	unsigned index = setup->index & 0xff;
	struct channel *ch = &m->channel[index == 0 ? 0 : (index - 1) % MAX_CHANNELS];

	*n = 0;
	switch (setup->request) {
	case SIO_RESET:
		reset(ch, setup->value);
		return setup->value <= 2;
	case SIO_SET_LATENCY:
		ch->latency_ms = (uint8_t)setup->value;
		return setup->value >= 1 && setup->value <= 255;
	case SIO_GET_LATENCY:
		answer[(*n)++] = ch->latency_ms;
		return true;
	case SIO_SET_BITMODE:
		return set_bitmode(ch, setup->value);
	case SIO_READ_PINS:
		answer[(*n)++] = (uint8_t)(ch->engine.levels[0] | ~ch->engine.directions[0]);
		return true;
	case SIO_MODEM_STATUS:
		memcpy(answer, (const uint8_t[]){ 0x12, 0x60 }, 2);
		*n = 2;
		return true;
	case SIO_READ_EEPROM: /* an empty one */
		memset(answer, 0xff, 2);
		*n = 2;
		return true;
	default: /* baud rate, flow control, ...: nothing that the pins of an MPSSE show */
		return setup->request < SIO_SET_LATENCY && (setup->type & TYPE_IN) == 0;
	}
}

bool mock_ft232h_control(struct mock_ft232h *m, const struct mock_usb_setup *setup,
			 uint8_t *data, size_t *n)
{
	uint8_t answer[256 + 9 + MAX_CHANNELS * INTERFACE_BYTES];
	bool ok = (setup->type & 0x60) == TYPE_VENDOR ? vendor(m, setup, answer, n)
						      : standard(m, setup, answer, n);

	if (*n > setup->length)
		*n = setup->length;
	if (ok && (setup->type & TYPE_IN) != 0)
		memcpy(data, answer, *n);
	return ok;
}
