/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `msg gateway`: messages of the external network to the blades, and their answers. */
#include <stdlib.h>

#include "cli/chip.h"
#include "cli/commands.h"
#include "cli/tdm.h"
#include "drv/cancel.h"
#include "drv/clock.h"
#include "hal/gateway.h"

#define POLL_US 500u

enum {
	OPT_FOR = OPT_COMMAND,
	OPT_KEEP,
	OPT_QUEUE,
	OPT_TIMEOUT,
};

const struct arg_spec msg_gateway_options[] = {
	{ "for", 0, OPT_FOR, "TIME", "how long (until Ctrl-C)", 0 },
	{ "keep", 0, OPT_KEEP, NULL, "leave the rules in the switch afterwards", 0 },
	{ "queue", 0, OPT_QUEUE, "N", "of the switch's CPU queues, 0 to 7 (3)", 0 },
	{ "timeout", 0, OPT_TIMEOUT, "TIME", "how long a blade may take to answer (100ms)", 0 },
	{ 0 },
};

/* PORTS, or what the board calls external. */
static int choose_ports(const struct call *call, struct error *err, vsc7448_ports *ports)
{
	const struct board_port *list;
	size_t n;

	if (call->args.n_operands > 0)
		return chip_ports(call->args.operands[0], err, ports);
	n = board_ports(call->board, &list);
	for (size_t i = 0; i < n; i++)
		if (list[i].role == BOARD_PORT_EXTERNAL)
			*ports |= UINT64_C(1) << list[i].port;
	return *ports != 0 ? 0
			   : error_set(err, E_SYNTAX,
				       "which PORTS? the board names no external one");
}

static int configure(const struct call *call, struct error *err, struct gateway_config *config,
		     uint64_t *for_us)
{
	const char *duration = args_value(&call->args, OPT_FOR);
	int rc = choose_ports(call, err, &config->ports);

	if (rc == 0)
		rc = args_option32(&call->args, OPT_QUEUE, (struct args_range){ 0, 7 }, err,
				   &config->cpu_queue);
	if (rc == 0)
		rc = tdm_timeout_option(call, OPT_TIMEOUT, err, &config->timeout_us);
	if (rc == 0 && duration != NULL)
		rc = args_duration_us(duration, "--for", err, for_us);
	return rc;
}

static int poll_for(struct call *call, struct gateway *g, uint64_t for_us, struct error *err)
{
	struct clock *clock = board_clock(call->board);
	uint64_t start_us = clock_now_us(clock);
	int rc = 0;

	while (rc == 0 && !cancel_requested()) {
		rc = gateway_poll(g, NULL, NULL, err);
		if (clock_now_us(clock) - start_us >= for_us)
			break;
		clock_wait_us(clock, POLL_US);
	}
	return rc;
}

static void put_stats(struct call *call, vsc7448_ports ports, const struct gateway_stats *stats)
{
	static const struct out_column columns[] = {
		{ "reason", "DROPPED BECAUSE", OUT_RAW },
		{ "count", "MESSAGES", OUT_RIGHT },
	};
	struct out_record *root = out_root(call->out);
	struct out_table *table;

	out_put(root, &(struct out_column){ "ports", "ports", OUT_RAW },
		out_lasting(chip_ports_text(root, ports)));
	out_add(root, "frames", "frames with a message", out_uint(stats->frames));
	out_add(root, "requests", "sent to blades", out_uint(stats->requests));
	out_add(root, "answers", "answers sent out", out_uint(stats->answers));
	out_add(root, "open", "still open", out_uint(stats->open));
	out_add(root, "waiting", "still waiting", out_uint(stats->waiting));
	out_add(root, "other", "other frames, dropped", out_uint(stats->other));
	table = out_table(root, "drops", columns, sizeof(columns) / sizeof(columns[0]));
	for (unsigned i = 0; i < GATEWAY_N_DROPS; i++)
		if (stats->drops[i] != 0)
			out_row(table, (const struct out_cell[]){
					       out_lasting(gateway_drop_name(i)),
					       out_uint(stats->drops[i]),
				       });
}

static int serve(struct call *call, struct gateway *g, uint64_t for_us, struct error *err)
{
	int rc = gateway_attach(g, err);

	if (rc == 0)
		rc = poll_for(call, g, for_us, err);
	/* Rules that stay would hold frames in the CPU's queue that nobody takes. */
	if (rc == 0 && !args_has(&call->args, OPT_KEEP))
		rc = gateway_detach(g, err);
	return rc;
}

static int gateway(struct call *call, struct btc *b, struct error *err)
{
	struct gateway_config config = { .cpu_queue = 3, .timeout_us = 100000 };
	uint64_t for_us = UINT64_MAX;
	struct gateway_stats stats;
	struct vsc7448 *chip;
	struct gateway *g;
	int rc = configure(call, err, &config, &for_us);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = gateway_open(chip, b, &config, err, &g);
	if (rc == 0) {
		rc = serve(call, g, for_us, err);
		gateway_stats_get(g, &stats);
		put_stats(call, config.ports, &stats);
		gateway_close(g);
	}
	vsc7448_close(chip);
	return rc;
}

int cmd_msg_gateway(struct call *call, struct error *err)
{
	return tdm_run(call, err, gateway);
}
