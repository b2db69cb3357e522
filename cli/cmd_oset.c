/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <unistd.h>

#include "cli/linktext.h"
#include "drv/cancel.h"
#include "drv/clock.h"
#include "hal/vsc7448/oset.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define FULL_US 100000u /* between two looks at a queue that overflows */

enum { OPT_COUNT = OPT_COMMAND, OPT_TIMEOUT };

static const struct arg_spec watch_options[] = {
	{ "count", 'c', OPT_COUNT, "N", "words before it ends; without limit when not given",
	  0 },
	{ "timeout", 0, OPT_TIMEOUT, "TIME", "longest wait for a word (1s)", 0 },
	{ 0 },
};

static const char *meaning_of(uint32_t word)
{
	switch (word) {
	case VSC7448_OSET_LOCAL_FAULT:
		return "local fault";
	case VSC7448_OSET_REMOTE_FAULT:
		return "remote fault";
	case VSC7448_OSET_INTERRUPTION:
		return "link interruption";
	default:
		return NULL;
	}
}

static int oset_send(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448 *chip;
	uint64_t word;
	uint32_t port;
	int rc = chip_port(call->args.operands[0], err, &port);

	if (rc == 0)
		rc = args_number(call->args.operands[1], "word",
				 (struct args_range){ 0, VSC7448_OSET_MAX }, err, &word);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_oset_send(chip, port, (uint32_t)word, err);
	if (rc == 0) {
		out_add(root, "port", "port", out_uint(port));
		out_add(root, "word", "word", out_hex(word, 24));
	}
	vsc7448_close(chip);
	return rc;
}

static const struct out_column word_columns[] = {
	{ "port", "PORT", OUT_RIGHT },
	{ "kind", "KIND", 0 },
	{ "word", "WORD", OUT_RIGHT | OUT_RAW },
	{ "meaning", "MEANING", OUT_UNLESS_EMPTY },
	{ "changed", "NEW", 0 },
};

static void word_row(struct out_table *table, uint32_t port, const struct vsc7448_oset *oset,
		     uint32_t i)
{
	out_row(table, (const struct out_cell[]){
			       out_styled(OUT_STYLE_NAME, out_uint(port)),
			       out_text(!oset->queued     ? "q"
					: oset->signal[i] ? "signal"
							  : "sequence"),
			       out_hex(oset->words[i], 24),
			       out_styled(OUT_STYLE_BAD, out_text(meaning_of(oset->words[i]))),
			       out_bool(oset->queued || oset->changed),
		       });
}

static void say_loss(struct out_record *root, uint32_t port)
{
	out_say(root, OUT_STYLE_BAD,
		"port %" PRIu32 ": a FIFO was full, words may have been lost", port);
}

/* Ports that can receive: those of the operands, or all in a mode that has ordered sets. */
static int receiving(struct call *call, struct vsc7448 *chip, struct error *err,
		     vsc7448_ports *ports)
{
	struct vsc7448_link links[VSC7448_N_PORTS];
	vsc7448_ports wanted = 0;
	int rc = linktext_ports(call, chip, err, &wanted);

	*ports = wanted;
	if (rc != 0 || call->args.n_operands > 0)
		return rc;
	rc = vsc7448_links(chip, wanted, VSC7448_LINK_KEEP, err, links);
	*ports = 0;
	for (int i = 0; rc == 0 && i < __builtin_popcountll(wanted); i++)
		if (links[i].mbps == 10000)
			*ports |= UINT64_C(1) << links[i].port;
	return rc;
}

static int show_port(struct vsc7448 *chip, uint32_t port, struct out_record *root,
		     struct out_table *words, struct out_table *ports, struct error *err)
{
	struct vsc7448_oset oset;
	int rc = vsc7448_oset_take(chip, port, err, &oset);

	if (rc != 0)
		return rc;
	for (uint32_t i = 0; i < oset.n_words; i++)
		word_row(words, port, &oset, i);
	out_row(ports, (const struct out_cell[]){
			       out_styled(OUT_STYLE_NAME, out_uint(port)),
			       oset.sends ? out_hex(oset.sent, 24) : out_null(),
			       out_uint(oset.n_words),
			       out_bool(oset.may_lack),
		       });
	if (oset.may_lack)
		say_loss(root, port);
	return 0;
}

static int oset_show(struct call *call, struct error *err)
{
	static const struct out_column port_columns[] = {
		{ "port", "PORT", OUT_RIGHT },
		{ "sent", "SENDS", OUT_RIGHT },
		{ "n_words", "RECEIVED", OUT_RIGHT },
		{ "may_lack", "MAY LACK", 0 },
	};
	struct out_record *root = out_root(call->out);
	struct out_table *words, *table;
	struct vsc7448 *chip;
	vsc7448_ports ports = 0;
	int rc = chip_open(call, err, &chip);

	if (rc != 0)
		return rc;
	rc = receiving(call, chip, err, &ports);
	if (rc == 0 && ports == 0)
		out_say(root, OUT_STYLE_DIM, "no port is in XAUI, RXAUI or 10GBASE-R");
	words = out_table(root, "words", word_columns, COUNT(word_columns));
	table = out_table(root, "ports", port_columns, COUNT(port_columns));
	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		if ((ports >> port & 1) != 0)
			rc = show_port(chip, port, root, words, table, err);
	vsc7448_close(chip);
	return rc;
}

struct watch {
	struct call *call;
	struct vsc7448 *chip;
	struct clock *clock;
	uint32_t port;
	uint64_t count, seen, timeout_us, start_us;
};

static int show_word(struct watch *w, const struct vsc7448_oset *oset, struct error *err)
{
	struct out_record *root = out_root(w->call->out);
	struct out_table *table;

	out_add(root, "time_us", NULL, out_uint(clock_now_us(w->clock) - w->start_us));
	out_add(root, "may_lack", NULL, out_bool(oset->may_lack));
	table = out_table(root, "words", word_columns, COUNT(word_columns));
	for (uint32_t i = 0; i < oset->n_words; i++)
		word_row(table, w->port, oset, i);
	if (oset->may_lack)
		say_loss(root, w->port);
	w->seen += oset->n_words;
	return call_emit(w->call, err);
}

/* Without an end a silent partner is no failure: it goes on. */
static int run(struct watch *w, struct error *err)
{
	struct vsc7448_oset_wait wait = { (uint32_t)w->timeout_us, true };
	int rc = 0;

	while (rc == 0 && !cancel_requested() && !session_out_closed(w->call->session)) {
		struct vsc7448_oset oset = { 0 };

		rc = vsc7448_oset_wait(w->chip, w->port, &wait, err, &oset);
		wait.fresh = false;
		if (rc == 0)
			rc = show_word(w, &oset, err);
		if (rc == E_TIMEOUT && w->count == 0) {
			error_clear(err);
			rc = 0;
		}
		if (w->count != 0 && w->seen >= w->count)
			break;
		/* A fault that lasts fills the queue at once, again and again. */
		if (rc == 0 && oset.may_lack)
			clock_wait_us(w->clock, FULL_US);
	}
	if (rc == E_INTR && !w->call->session->out_closed) {
		error_clear(err);
		rc = 0;
	}
	return rc;
}

static int oset_watch(struct call *call, struct error *err)
{
	struct watch w = { .call = call,
			   .clock = board_clock(call->board),
			   .timeout_us = 1000000 };
	const char *timeout = args_value(&call->args, OPT_TIMEOUT);
	int rc = chip_port(call->args.operands[0], err, &w.port);

	if (rc == 0 && timeout != NULL)
		rc = args_duration_us(timeout, "--timeout", err, &w.timeout_us);
	if (rc == 0)
		rc = args_option(&call->args, OPT_COUNT, (struct args_range){ 1, UINT32_MAX },
				 err, &w.count);
	if (rc == 0)
		rc = chip_open(call, err, &w.chip);
	if (rc != 0)
		return rc;
	clock_set_paced(w.clock, w.count == 0 || isatty(fileno(call->session->out)) == 1);
	w.start_us = clock_now_us(w.clock);
	rc = run(&w, err);
	clock_set_paced(w.clock, false);
	vsc7448_close(w.chip);
	return rc;
}

const struct cmd oset_table[3] = {
	{
		.name = "send",
		.usage = "PORT WORD",
		.help = "send an ordered set of 24 bits over XAUI or RXAUI",
		.detail = "The word is sent from now on; 0 ends it, 1 to 3 are link faults and "
			  "refused. 10GBASE-R of this chip cannot send ordered sets. That the "
			  "word is sent spontaneously is unproven on a chip.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "oset-send",
		.version = 1,
		.run = oset_send,
	},
	{
		.name = "show",
		.usage = "[PORTS]...",
		.help = "ordered sets that were received, and the one sent",
		.detail = "XAUI and RXAUI keep the last word; NEW tells whether it came since "
			  "the "
			  "last look. 10GBASE-R queues at most 7 words, link faults too, and "
			  "looking takes them out: a queue that was full may lack words.",
		.flags = CMD_NEEDS_BOARD,
		.max_operands = SIZE_MAX,
		.schema = "oset-show",
		.version = 1,
		.run = oset_show,
	},
	{
		.name = "watch",
		.usage = "PORT",
		.help = "wait for ordered sets and show them as they come",
		.detail =
			"What is there already is dropped. With --count, exit status 6 when no "
			"word came in time; else Ctrl-C ends it. JSON comes as one line per "
			"look.",
		.flags = CMD_NEEDS_BOARD | CMD_STREAMS,
		.options = watch_options,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "oset-watch",
		.version = 1,
		.run = oset_watch,
	},
};
