/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/usb/ft232h_server.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "drv/clock.h"
#include "drv/mock_spi.h"
#include "drv/mock_vsc7448.h"
#include "drv/world.h"
#include "regmaps/regdb/builtin.h"
#include "regmaps/regdb/regdb.h"
#include "tests/usb/spi_flash.h"

#define PIN_CS0 3
#define PIN_CS1 4

static bool complain(const struct error *err)
{
	fprintf(stderr, "ft232h: %s\n", err->text);
	return false;
}

static bool add_chip(struct ft232h_server *server, struct mock_ft232h *device)
{
	struct error err = { 0 };
	struct mock *chip, *btc;

	server->world = world_new(1);
	if (regdb_open_builtin("vsc7448", &err, &server->map) != 0 ||
	    regdb_open_builtin("btc", &err, &server->btc_map) != 0 ||
	    world_device(server->world, "switch", server->map, &err, &chip) != 0 ||
	    world_device(server->world, "btc", server->btc_map, &err, &btc) != 0 ||
	    world_model(server->world, chip, &err) != 0 ||
	    world_model(server->world, btc, &err) != 0)
		return complain(&err);
	server->clock = world_clock(server->world);
	mock_ft232h_attach(device, 0, PIN_CS0, mock_spi_vsc7448(mock_vsc7448_of(chip)));
	mock_ft232h_attach(device, 0, PIN_CS1, mock_spi_regs(btc, 0));
	return true;
}

static bool add_flash(struct ft232h_server *server, struct mock_ft232h *device,
		      const char *path)
{
	struct mock_spi *flash;

	server->clock = clock_virtual_new();
	flash = spi_flash_new(path, server->clock);
	if (flash == NULL)
		return complain(&(struct error){ .text = "the flash's file cannot be read" });
	mock_ft232h_attach(device, 0, PIN_CS0, flash);
	return true;
}

bool ft232h_server_open(struct ft232h_server *server, enum mock_ft232h_kind kind,
			const char *serial, const char *flash)
{
	struct mock_ft232h *device =
		mock_ft232h_new(&(struct mock_ft232h_config){ kind, serial });

	*server = (struct ft232h_server){ .start_us = clock_now_us(clock_real()) };
	if (flash != NULL ? !add_flash(server, device, flash) : !add_chip(server, device))
		return false;
	server->host = mock_ft232h_host_new(device, server->clock);
	return server->host != NULL;
}

void ft232h_server_close(struct ft232h_server *server)
{
	mock_ft232h_host_free(server->host);
	if (server->world == NULL)
		clock_free(server->clock);
	world_free(server->world);
	regdb_close(server->map);
	regdb_close(server->btc_map);
}

static void follow_real_time(struct ft232h_server *server)
{
	uint64_t real_us = clock_now_us(clock_real()) - server->start_us;
	uint64_t us = clock_now_us(server->clock);

	if (real_us > us)
		clock_wait_us(server->clock, real_us - us);
}

struct mock_usb_urb *ft232h_server_next(struct ft232h_server *server)
{
	struct mock_usb_urb *urb;

	follow_real_time(server);
	urb = mock_ft232h_host_run(server->host, UINT64_MAX, true);
	if (urb != NULL && ++server->n_transfers == server->unplug_after) {
		server->gone = true;
		mock_ft232h_host_unplug(server->host);
	}
	return urb;
}

int ft232h_server_patience_ms(const struct ft232h_server *server)
{
	return mock_ft232h_host_pending(server->host) > 0 ? 2 : -1;
}

struct mock_usb_setup ft232h_server_setup(const uint8_t *bytes)
{
	return (struct mock_usb_setup){
		.type = bytes[0],
		.request = bytes[1],
		.value = (uint16_t)(bytes[2] | bytes[3] << 8),
		.index = (uint16_t)(bytes[4] | bytes[5] << 8),
		.length = (uint16_t)(bytes[6] | bytes[7] << 8),
	};
}

int ft232h_server_status(enum ftdi_result result, int cancelled)
{
	switch (result) {
	case FTDI_OK:
		return 0;
	case FTDI_STALLED:
		return -EPIPE;
	case FTDI_CANCELLED:
		return cancelled;
	case FTDI_GONE:
		return -ESHUTDOWN;
	case FTDI_BABBLED:
		return -EOVERFLOW;
	case FTDI_TIMED_OUT:
	case FTDI_BAD_LINE:
	case FTDI_NO_MEMORY:
		break;
	}
	return -EPROTO;
}

enum ftdi_result ft232h_server_control(struct ft232h_server *server,
				       const struct mock_usb_setup *setup, uint8_t *data,
				       size_t *n)
{
	follow_real_time(server);
	return mock_ft232h_host_control(server->host, setup, data, n);
}
