/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/btc_bus.h"

#include <string.h>

#include "drv/clock.h"
#include "drv/world.h"
#include "hal/btc/blades.h"

struct mac btc_bus_ident(uint32_t station)
{
	return mac_of_number(UINT64_C(0x020000000000) + (station == 0 ? 0xfe : station));
}

struct mock_btc *btc_bus_model(const struct btc_bench *b)
{
	struct mock_btc *model = mock_btc_of(b->mock);

	bench_check(model != NULL, "model", "the mock has none");
	return model;
}

void btc_bus_plug(struct btc_bench *b, uint32_t station)
{
	struct mac ident = btc_bus_ident(station);
	struct mock_btc_blade blade = { .ipv4 = 0xc0000200 + station,
					.functions = 1u << (station - 1) % 32 };

	memcpy(blade.ident, ident.octet, 6);
	bench_check(mock_btc_plug(btc_bus_model(b), station, &blade) == 0, "plug", "refused");
}

void btc_bus_plan(uint32_t n, struct btc_plan *plan)
{
	struct btc_plan_recipe recipe = { .n_slots = 128,
					  .blades = UINT64_MAX >> (64 - n),
					  .shared = n > 48 ? 0 : 15 };
	struct error err = { 0 };

	bench_check(btc_plan_make(&recipe, &err, plan) == 0, "plan", err.text);
}

void btc_bus_start(struct btc_bench *b, uint32_t n)
{
	struct btc_setup setup = { .ident = btc_bus_ident(0), .forward = true };
	struct btc_discovery found;
	struct btc_plan plan;
	struct error err = { 0 };

	for (uint32_t i = 1; i <= n; i++)
		btc_bus_plug(b, i);
	btc_bus_plan(n, &plan);
	setup.plan = &plan;
	bench_check(btc_init(b->btc, &setup, &err) == 0, "init", err.text);
	bench_check(btc_discover(b->btc, 200000, &err, &found) == 0, "discover", err.text);
	bench_check(found.answered == setup.plan->slot[0].blades >> (64 - n), "discover",
		    "not all answered");
	btc_bench_forget_log(b);
}

void btc_bus_wait_us(const struct btc_bench *b, uint64_t us)
{
	clock_wait_us(world_clock(b->world), us);
	mock_btc_run(btc_bus_model(b));
}

uint64_t btc_bus_now_us(const struct btc_bench *b)
{
	return clock_now_us(world_clock(b->world));
}

void btc_bus_message(struct btc_message *msg, uint32_t to, uint16_t type, uint16_t length,
		     uint8_t seed)
{
	memset(msg, 0, sizeof(*msg));
	msg->header.final = btc_bus_ident(to);
	msg->header.type = type;
	msg->header.length = length;
	for (uint32_t i = 0; i < length; i++)
		msg->body[i] = (uint8_t)(seed + i);
}

void btc_bus_send(struct btc_bench *b, uint32_t from, uint32_t to, uint16_t type,
		  uint16_t length)
{
	struct mac ident = btc_bus_ident(to);
	uint8_t body[MOCK_BTC_MAX_BODY];
	struct mock_btc_message message = { .type = type, .length = length, .body = body };

	memcpy(message.final, ident.octet, 6);
	for (uint32_t i = 0; i < length; i++)
		body[i] = (uint8_t)(from + i);
	bench_check(mock_btc_send(btc_bus_model(b), from, &message) == 0, "send", "refused");
}
