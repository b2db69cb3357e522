/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A BTC with blades that answer, set up by its driver: for tests of the driver on the behaviour
 * model.  Aborts the test when that fails.
 */
#ifndef TESTS_LIB_BTC_BUS_H
#define TESTS_LIB_BTC_BUS_H

#include "drv/mock_btc.h"
#include "hal/btc/counters.h"
#include "hal/btc/message.h"
#include "hal/btc/slots.h"
#include "tests/lib/btc_bench.h"

/* Identifiers: the controller's ends in fe, that of blade n in n. */
struct mac btc_bus_ident(uint32_t station);

/* Blade n is plugged in: it has 192.0.2.n and offers function n - 1. */
void btc_bus_plug(struct btc_bench *b, uint32_t station);
struct mock_btc *btc_bus_model(const struct btc_bench *b);

/*
 * Plugs blades 1 to @n in, starts the bus with a plan for them (15 slots are shared), forwards, and
 * discovers the blades; then forgets the log.
 */
void btc_bus_start(struct btc_bench *b, uint32_t n);
void btc_bus_plan(uint32_t n, struct btc_plan *plan);

/* The world's clock moves on. */
void btc_bus_wait_us(const struct btc_bench *b, uint64_t us);
uint64_t btc_bus_now_us(const struct btc_bench *b);

/* A message of software to a blade, @length bytes that count from @seed on. */
void btc_bus_message(struct btc_message *msg, uint32_t to, uint16_t type, uint16_t length,
		     uint8_t seed);

/* A message from blade @from by way of the controller to station @to. */
void btc_bus_send(struct btc_bench *b, uint32_t from, uint32_t to, uint16_t type,
		  uint16_t length);

#endif
