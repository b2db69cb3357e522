/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/twi.h"

#include <inttypes.h>
#include <string.h>

#include "hal/device.h"
#include "hal/vsc7448/gpio_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

/* The second controller's registers are the first one's, further on. */
#define SECOND       (VSC7448_TWI2_TWI_CFG - VSC7448_TWI_TWI_CFG)
#define TWI(reg, i)  (VSC7448_TWI_TWI_##reg + (i)*SECOND)
#define TWI_CONFIG   VSC7448_ICPU_CFG_TWI_DELAY_TWI_CONFIG
#define ROUND        7u /* bytes: the FIFO holds eight commands, the first is the offset */
#define STEP_US      200u
#define IDLE_US      10000u
#define CMD_READ     0x100u
#define TX_ABRT      0x40u
#define SDA_PIN(i)   ((i) == 0 ? 15u : 29u)
#define PLAIN_SCL(i) ((i) == 0 ? 14u : 28u)

/*
 * In VCore clocks of 4 ns: at least 4 us high and 4.7 us low (texts of SS_SCL_HCNT and _LCNT), data
 * held 300 ns (TWI_CNT_RELOAD).  A slower VCore clock only makes them longer.
 */
#define HIGH_COUNT (4000u / 4 - 8)
#define LOW_COUNT  (4700u / 4 - 1)
#define HOLD_COUNT (300u / 4 + 2)

bool vsc7448_twi_is_scl(uint32_t pin)
{
	const char *function;

	if (pin >= VSC7448_N_GPIOS)
		return false;
	function = vsc7448_gpio_function(pin, VSC7448_GPIO_ALT2);
	return function != NULL && strcmp(function, "TWI_SCL_M") == 0;
}

static int check(const struct vsc7448 *chip, const struct vsc7448_twi *twi,
		 const struct vsc7448_twi_read *read, struct error *err)
{
	if (twi->controller >= VSC7448_N_TWIS)
		return error_set(err, E_RANGE, "two-wire controller %" PRIu32 ": want 0 or 1",
				 twi->controller);
	if (twi->scl != VSC7448_TWI_PLAIN_SCL &&
	    (twi->controller != 0 || !vsc7448_twi_is_scl(twi->scl)))
		return error_set(err, E_RANGE,
				 "GPIO %" PRIu32
				 " cannot carry the clock of two-wire controller %" PRIu32,
				 twi->scl, twi->controller);
	if (read->address > 0x7f || read->offset > 255 || read->n > 256 - read->offset)
		return error_set(err, E_RANGE,
				 "%" PRIu32 " bytes at %" PRIu32
				 " of two-wire address 0x%" PRIx32
				 ": want at most 256 in all, addresses up to 0x7f",
				 read->n, read->offset, read->address);
	if (device_is_dry_run(chip->dev))
		return error_set(
			err, E_POLICY,
			"reading over the two-wire bus takes writes to its controller, "
			"which --dry-run does not do");
	return 0;
}

/* The clock on one pin only; pins that are something else stay so. */
static int route_clock(struct regio *io, const struct vsc7448_twi *twi)
{
	uint32_t plain = PLAIN_SCL(twi->controller);
	uint8_t modes[VSC7448_N_GPIOS];
	int rc = vsc7448__gpio_alternates(io, modes);

	if (rc != 0)
		return rc;
	for (uint32_t pin = 0; twi->controller == 0 && pin < VSC7448_N_GPIOS; pin++)
		if (vsc7448_twi_is_scl(pin) && modes[pin] == 2 && pin != twi->scl)
			vsc7448__gpio_route(io, pin, VSC7448_GPIO_IN);
	if (twi->scl == VSC7448_TWI_PLAIN_SCL)
		vsc7448__gpio_route(io, plain, VSC7448_GPIO_ALT1);
	else
		vsc7448__gpio_route(io, twi->scl, VSC7448_GPIO_ALT2);
	if (twi->scl != VSC7448_TWI_PLAIN_SCL && modes[plain] == 1)
		vsc7448__gpio_route(io, plain, VSC7448_GPIO_IN);
	vsc7448__gpio_route(io, SDA_PIN(twi->controller), VSC7448_GPIO_ALT1);
	return 0;
}

static void set_up(struct regio *io, uint32_t i, uint32_t address)
{
	regio_write(io, TWI(CTRL, i), 0);
	regio_wait(io, &(struct regio_wait){
			       .addr = TWI(ENABLE_STATUS, i),
			       .mask = (uint32_t)reg_field_mask(
				       VSC7448_TWI_TWI_ENABLE_STATUS__BUSY),
			       .timeout_us = IDLE_US,
		       });
	regio_fields(io, TWI_CONFIG,
		     F(ICPU_CFG_TWI_DELAY_TWI_CONFIG, TWI_CNT_RELOAD, HOLD_COUNT),
		     F(ICPU_CFG_TWI_DELAY_TWI_CONFIG, TWI_DELAY_ENABLE, 1));
	regio_fields(io, TWI(CFG, i), F(TWI_TWI_CFG, SLAVE_DIS, 1),
		     F(TWI_TWI_CFG, RESTART_ENA, 1), F(TWI_TWI_CFG, MASTER_10BITADDR, 0),
		     F(TWI_TWI_CFG, SPEED, VSC7448_TWI_TWI_CFG__SPEED__STANDARD),
		     F(TWI_TWI_CFG, MASTER_ENA, 1));
	regio_put(io, TWI(SS_SCL_HCNT, i), HIGH_COUNT);
	regio_put(io, TWI(SS_SCL_LCNT, i), LOW_COUNT);
	regio_put(io, TWI(TAR, i), address);
	regio_write(io, TWI(CTRL, i), 1);
}

static const char *cause(uint32_t source)
{
	static const char *const texts[] = {
		"nothing acknowledges the address",
		"the first byte of the address was not acknowledged",
		"the second byte of the address was not acknowledged",
		"the offset was not acknowledged",
		"no acknowledge of the general call",
		"read after a general call",
		"the high-speed code was acknowledged",
		"the start byte was acknowledged",
		"high speed without repeated start",
		"start byte without repeated start",
		"ten-bit read without repeated start",
		"the master is disabled",
		"another master won the bus",
	};

	for (unsigned bit = 0; bit < sizeof(texts) / sizeof(texts[0]); bit++)
		if ((source >> bit & 1) != 0)
			return texts[bit];
	return "no cause given";
}

/* A read of CLR_TX_ABRT makes the controller take commands again. */
static int aborted(struct regio *io, uint32_t i, uint32_t address)
{
	uint32_t source = 0, ignored;

	if (regio_read(io, TWI(TX_ABRT_SOURCE, i), &source) != 0 ||
	    regio_read(io, TWI(CLR_TX_ABRT, i), &ignored) != 0)
		return 0;
	return regio_fail(io, (source & 1) != 0 ? E_NODEV : E_IO,
			  "two-wire address 0x%" PRIx32
			  ": %s (TWI%s:TWI:TX_ABRT_SOURCE 0x%" PRIx32 ")",
			  address, cause(source), i == 0 ? "" : "2", source);
}

/* Waits until @n bytes came in, or the controller gave up. */
static int wait_bytes(struct regio *io, uint32_t i, uint32_t address, uint32_t n)
{
	const uint64_t addrs[] = { TWI(RAW_INTR_STAT, i), TWI(RXFLR, i) };
	uint32_t values[2] = { 0 };

	for (uint32_t us = 0; us <= VSC7448_TWI_TIMEOUT_US; us += STEP_US) {
		regio_delay(io, STEP_US);
		if (regio_read_many(io, addrs, 2, values) != 0)
			return E_IO;
		if ((values[0] & TX_ABRT) != 0) {
			aborted(io, i, address);
			return E_IO;
		}
		if (values[1] == n)
			return 0;
	}
	return regio_fail(io, E_TIMEOUT,
			  "TWI%s:TWI:RXFLR.RXFLR was not 0x%" PRIx32
			  " within %u us, last 0x%" PRIx32,
			  i == 0 ? "" : "2", n, VSC7448_TWI_TIMEOUT_US, values[1]);
}

static int read_round(struct regio *io, uint32_t i, const struct vsc7448_twi_read *read,
		      uint32_t at, uint32_t n)
{
	uint64_t addrs[ROUND];
	uint32_t values[ROUND];

	regio_write(io, TWI(DATA_CMD, i), read->offset + at);
	for (uint32_t k = 0; k < n; k++)
		regio_write(io, TWI(DATA_CMD, i), CMD_READ);
	if (wait_bytes(io, i, read->address, n) != 0)
		return E_IO;
	for (uint32_t k = 0; k < n; k++)
		addrs[k] = TWI(DATA_CMD, i);
	if (regio_read_many(io, addrs, n, values) != 0)
		return E_IO;
	for (uint32_t k = 0; k < n; k++)
		read->data[at + k] = (uint8_t)values[k];
	return 0;
}

int vsc7448_twi_read(struct vsc7448 *chip, const struct vsc7448_twi *twi,
		     const struct vsc7448_twi_read *read, struct error *err)
{
	int rc = check(chip, twi, read, err);

	if (rc != 0)
		return rc;
	if (route_clock(chip->io, twi) != 0)
		return regio_end(chip->io, err);
	set_up(chip->io, twi->controller, read->address);
	for (uint32_t at = 0; rc == 0 && at < read->n; at += ROUND)
		rc = read_round(chip->io, twi->controller, read, at,
				read->n - at < ROUND ? read->n - at : ROUND);
	return regio_end(chip->io, err);
}
