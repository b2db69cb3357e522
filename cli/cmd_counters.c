/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `counters` commands: those of the switch chip's ports. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/chip.h"
#include "cli/commands.h"
#include "cli/state.h"
#include "drv/cancel.h"
#include "drv/clock.h"
#include "hal/device.h"
#include "hal/vsc7448/counters.h"

enum { OPT_ALL = OPT_COMMAND, OPT_COUNT, OPT_EVERY, OPT_RATE, OPT_WATCH };

static const struct arg_spec show_options[] = {
	{ "all", 'a', OPT_ALL, NULL, "those that are zero, and the classes, too", 0 },
	{ "count", 'c', OPT_COUNT, "N", "looks before --watch ends", 0 },
	{ "every", 0, OPT_EVERY, "TIME", "interval of --rate and --watch (1s)", 0 },
	{ "rate", 0, OPT_RATE, NULL, "what an interval brings, per second", 0 },
	{ "watch", 0, OPT_WATCH, NULL, "look again and again, with rates", 0 },
	{ 0 },
};

/* What is shown and remembered of the ports. */
struct view {
	struct call *call;
	struct vsc7448 *chip;
	struct state *bases;
	struct clock *clock;
	vsc7448_ports ports;
	size_t n;
	struct vsc7448_counters *now, *before; /* of @n ports */
	uint64_t now_us, before_us;
	bool all, rates;
};

static void view_close(struct view *v)
{
	free(v->now);
	free(v->before);
	vsc7448_close(v->chip);
}

static int view_open(struct call *call, struct error *err, struct view *v)
{
	struct vsc7448_identity identity;
	int rc = 0;

	*v = (struct view){ .call = call, .ports = VSC7448_FRONT_PORTS };
	v->clock = board_clock(call->board);
	v->all = args_has(&call->args, OPT_ALL);
	if (call->args.n_operands > 0)
		rc = chip_ports(call->args.operands[0], err, &v->ports);
	if (rc == 0 && v->ports == 0)
		rc = error_set(err, E_SYNTAX, "no ports");
	if (rc == 0)
		rc = chip_open(call, err, &v->chip);
	if (rc != 0)
		return rc;
	v->n = (size_t)__builtin_popcountll(v->ports);
	v->now = calloc(v->n, sizeof(*v->now));
	v->before = calloc(v->n, sizeof(*v->before));
	vsc7448_identity(v->chip, &identity);
	v->bases = state_open(call->session, vsc7448_device(v->chip), identity.raw, "counters");
	if (v->now != NULL && v->before != NULL)
		return 0;
	view_close(v);
	return error_set(err, E_NOMEM, "out of memory");
}

static int look(struct view *v, struct error *err)
{
	struct vsc7448_counters *old = v->before;

	v->before = v->now;
	v->now = old;
	v->before_us = v->now_us;
	v->now_us = clock_now_us(v->clock);
	return vsc7448_counters_read(v->chip, v->ports, v->all, err, v->now);
}

static const char *base_key(uint32_t port, const struct vsc7448_counter *counter, char *buf,
			    size_t size)
{
	snprintf(buf, size, "%" PRIu32 ".%s", port, counter->name);
	return buf;
}

static const struct out_column columns[] = {
	{ "port", "PORT", OUT_RIGHT },
	{ "counter", "COUNTER", OUT_RAW },
	{ "kind", "KIND", 0 },
	{ "count", "COUNT", OUT_RIGHT | OUT_RAW },
	{ "per_second", "PER SECOND", OUT_RIGHT | OUT_UNLESS_EMPTY },
	{ "raw", NULL, 0 },
};

#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))

static enum out_style style_of(enum vsc7448_counter_kind kind)
{
	return kind == VSC7448_COUNTER_ERRORS || kind == VSC7448_COUNTER_DROPS
		       ? OUT_STYLE_BAD
		       : OUT_STYLE_PLAIN;
}

static void show_counter(const struct view *v, struct out_table *table, uint32_t port,
			 size_t slot, size_t i)
{
	const struct vsc7448_counter *counter = vsc7448_counter_at(i);
	uint64_t raw = v->now[slot].value[i], base = 0, count, step;
	char key[96];

	if (!v->now[slot].valid[i])
		return;
	state_get(v->bases, base_key(port, counter, key, sizeof(key)), &base);
	count = vsc7448_counter_since(base, raw, counter->bits);
	step = vsc7448_counter_since(v->before[slot].value[i], raw, counter->bits);
	if (count == 0 && !v->all)
		return;
	out_row(table,
		(const struct out_cell[]){
			out_styled(OUT_STYLE_NAME, out_uint(port)),
			out_lasting(counter->name),
			out_lasting(vsc7448_counter_kind_name(counter->kind)),
			out_styled(style_of(counter->kind), out_uint(count)),
			v->rates
				? out_real(vsc7448_counter_rate(step, v->now_us - v->before_us))
				: out_null(),
			out_uint(raw),
		});
}

static void show(const struct view *v)
{
	struct out_record *root = out_root(v->call->out);
	struct out_table *table;
	size_t slot = 0;

	out_add(root, "interval_us", NULL,
		v->rates ? out_uint(v->now_us - v->before_us) : out_null());
	table = out_table(root, "counters", columns, N_COLUMNS);
	for (vsc7448_ports rest = v->ports; rest != 0; rest &= rest - 1, slot++)
		for (size_t i = 0; i < VSC7448_N_COUNTERS; i++)
			show_counter(v, table, (uint32_t)__builtin_ctzll(rest), slot, i);
	if (out_n_rows(table) == 0)
		out_say(root, OUT_STYLE_DIM, "every counter is zero");
}

/* Ctrl-C is how a watch ends: no failure. */
static int watch(struct view *v, uint64_t every_us, uint64_t count, struct error *err)
{
	struct session *session = v->call->session;
	int rc = 0;

	clock_set_paced(v->clock, count == 0 || isatty(fileno(session->out)) == 1);
	for (uint64_t i = 0; rc == 0 && (count == 0 || i < count); i++) {
		clock_wait_us(v->clock, every_us);
		if (cancel_requested() || session_out_closed(session))
			break;
		rc = look(v, err);
		if (rc != 0)
			break;
		show(v);
		rc = call_emit(v->call, err);
	}
	clock_set_paced(v->clock, false);
	if (rc == E_INTR && !session->out_closed) {
		error_clear(err);
		rc = 0;
	}
	return rc;
}

static int show_once(struct view *v, uint64_t every_us, struct error *err)
{
	int rc = 0;

	if (v->rates) {
		clock_wait_us(v->clock, every_us);
		rc = look(v, err);
	}
	if (rc == 0)
		show(v);
	return rc;
}

static int run_show(struct call *call, struct error *err)
{
	const char *every = args_value(&call->args, OPT_EVERY);
	uint64_t every_us = 1000000, n = 0;
	struct view v;
	int rc = 0;

	if (every != NULL)
		rc = args_duration_us(every, "--every", err, &every_us);
	if (rc == 0)
		rc = args_option(&call->args, OPT_COUNT, (struct args_range){ 1, UINT32_MAX },
				 err, &n);
	if (rc == 0)
		rc = view_open(call, err, &v);
	if (rc != 0)
		return rc;
	v.rates = args_has(&call->args, OPT_RATE) || args_has(&call->args, OPT_WATCH);
	rc = look(&v, err);
	if (rc == 0 && args_has(&call->args, OPT_WATCH))
		rc = watch(&v, every_us, n, err);
	else if (rc == 0)
		rc = show_once(&v, every_us, err);
	view_close(&v);
	return rc;
}

static int run_clear(struct call *call, struct error *err)
{
	struct view v;
	size_t slot = 0;
	int rc = view_open(call, err, &v);

	if (rc != 0)
		return rc;
	v.all = true;
	rc = look(&v, err);
	for (vsc7448_ports rest = v.ports; rc == 0 && rest != 0; rest &= rest - 1, slot++)
		for (size_t i = 0; i < VSC7448_N_COUNTERS; i++) {
			char key[96];

			base_key((uint32_t)__builtin_ctzll(rest), vsc7448_counter_at(i), key,
				 sizeof(key));
			if (!state_put(v.bases, key, v.now[slot].value[i]))
				rc = error_set(err, E_NOMEM, "out of memory");
		}
	if (rc == 0) {
		bool kept = state_save(v.bases);

		out_add(out_root(call->out), "ports", "Ports",
			out_lasting(chip_ports_text(out_root(call->out), v.ports)));
		out_add(out_root(call->out), "kept", NULL, out_bool(kept));
	}
	view_close(&v);
	return rc;
}

const struct cmd counters_table[] = {
	{
		.name = "clear",
		.usage = "[PORTS]",
		.help = "count from now on",
		.detail = "The chip's counters run on; where they stand is remembered as the "
			  "base for this device (on mock: for the session).",
		.flags = CMD_NEEDS_BOARD,
		.max_operands = 1,
		.schema = "counters-clear",
		.version = 1,
		.run = run_clear,
	},
	{
		.name = "show",
		.usage = "[PORTS]",
		.help = "what the ports have counted since the last clear",
		.detail = "PORTS is a list as 0-7,49; all without it. Names are those of "
			  "IF-MIB, RMON, EtherLike-MIB and IEEE 802.3. Counters that are "
			  "zero are left out unless --all. Wraps at 32 and 40 bits are "
			  "taken care of as long as looks are less than one wrap apart.",
		.flags = CMD_NEEDS_BOARD | CMD_STREAMS,
		.options = show_options,
		.max_operands = 1,
		.schema = "counters-show",
		.version = 1,
		.run = run_show,
	},
};
