/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `msg ping`, `msg instruct`: questions to blades, and their answers. */
#include <inttypes.h>

#include "cli/commands.h"
#include "cli/tdm.h"
#include "drv/cancel.h"
#include "hal/btc/message.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
	OPT_ARGUMENT = OPT_COMMAND,
	OPT_COUNT,
	OPT_FUNCTION,
	OPT_SIZE,
	OPT_TIMEOUT,
	OPT_TIMESLOT,
};

/* --- ping -------------------------------------------------------------------------------- */

const struct arg_spec msg_ping_options[] = {
	{ "count", 'c', OPT_COUNT, "N", "how many (3)", 0 },
	{ "size", 0, OPT_SIZE, "BYTES", "of the body (64)", 0 },
	{ "timeout", 0, OPT_TIMEOUT, "TIME", "how long to wait for each answer (100ms)", 0 },
	{ 0 },
};

struct pings {
	uint64_t sent, answered, sum_us, min_us, max_us;
};

static void put_pings(struct out_record *root, const struct pings *p)
{
	uint64_t tenths =
		p->answered > 0 ? (p->sum_us * 10 + p->answered / 2) / p->answered : 0;

	out_add(root, "sent", "requests", out_uint(p->sent));
	out_add(root, "answered", "answers", out_uint(p->answered));
	if (p->answered == 0)
		return;
	out_add(root, "min_us", "fastest, us", out_uint(p->min_us));
	out_add(root, "mean_us", "mean, us", out_real((double)tenths / 10));
	out_add(root, "max_us", "slowest, us", out_uint(p->max_us));
}

/* One echo; an answer that does not come is counted and told at the end. */
static int ping_once(struct btc *b, const struct mac *to, const struct btc_echo *echo,
		     struct error *err, struct pings *p)
{
	uint64_t us = 0;
	int rc = btc_ping(b, to, echo, err, &us);

	if (rc != 0 && rc != E_TIMEOUT)
		return rc;
	p->sent++;
	if (rc == E_TIMEOUT)
		return 0;
	p->min_us = p->answered == 0 || us < p->min_us ? us : p->min_us;
	p->max_us = us > p->max_us ? us : p->max_us;
	p->sum_us += us;
	p->answered++;
	return 0;
}

static int ping(struct call *call, struct btc *b, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct btc_echo echo = { .bytes = 64, .timeout_us = 100000 };
	struct pings p = { 0 };
	struct tdm_names names;
	uint64_t count = 3;
	struct mac to;
	int rc = args_option(&call->args, OPT_COUNT, (struct args_range){ 1, 1000000 }, err,
			     &count);

	if (rc == 0)
		rc = args_option32(&call->args, OPT_SIZE,
				   (struct args_range){ 0, BTC_BODY_MAX }, err, &echo.bytes);
	if (rc == 0)
		rc = tdm_timeout_option(call, OPT_TIMEOUT, err, &echo.timeout_us);
	if (rc == 0)
		rc = tdm_names_get(b, err, &names);
	if (rc == 0)
		rc = tdm_ident(call->args.operands[0], &names, err, &to);
	if (rc != 0)
		return rc;
	out_put(root, &(struct out_column){ "to", "to", OUT_RAW },
		out_lasting(tdm_ident_text(root, &names, &to)));
	out_add(root, "ident", "identifier", out_lasting(tdm_mac_text(root, &to)));
	while (rc == 0 && p.sent < count && !cancel_requested())
		rc = ping_once(b, &to, &echo, err, &p);
	put_pings(root, &p);
	/* The text of the last answer that did not come is still in err. */
	if (rc == 0 && p.answered == p.sent)
		error_clear(err);
	return rc == 0 && p.answered < p.sent ? E_TIMEOUT : rc;
}

int cmd_msg_ping(struct call *call, struct error *err)
{
	return tdm_run(call, err, ping);
}

/* --- instruct ---------------------------------------------------------------------------- */

const struct arg_spec msg_instruct_options[] = {
	{ "argument", 0, OPT_ARGUMENT, "N", "32 bits that go with it (0)", 0 },
	{ "function", 0, OPT_FUNCTION, "N", "of run; the number of a parameter", 0 },
	{ "timeout", 0, OPT_TIMEOUT, "TIME", "how long to wait for answers (100ms)", 0 },
	{ "timeslot", 0, OPT_TIMESLOT, "N", "of listen", 0 },
	{ 0 },
};

static int parse_instruction(const struct call *call, struct error *err,
			     struct btc_instruction *instruction)
{
	uint32_t function = 0, timeslot = 0;
	int rc;

	if (!btc_operation_find(call->args.operands[1], &instruction->operation))
		return error_set(err, E_SYNTAX,
				 "'%.64s' is none of listen, maintenance, provisioning, "
				 "normal, run, parameter",
				 call->args.operands[1]);
	if ((instruction->operation == BTC_OP_LISTEN) != args_has(&call->args, OPT_TIMESLOT))
		return error_set(err, E_SYNTAX, "listen goes with --timeslot");
	if ((instruction->operation == BTC_OP_RUN ||
	     instruction->operation == BTC_OP_PARAMETER) != args_has(&call->args, OPT_FUNCTION))
		return error_set(err, E_SYNTAX, "run and parameter go with --function");
	rc = args_option32(&call->args, OPT_FUNCTION, (struct args_range){ 0, 255 }, err,
			   &function);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_TIMESLOT,
				   (struct args_range){ 0, BTC_MAX_SLOTS - 1 }, err, &timeslot);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_ARGUMENT,
				   (struct args_range){ 0, UINT32_MAX }, err,
				   &instruction->argument);
	instruction->function = (uint8_t)function;
	instruction->timeslot = (uint16_t)timeslot;
	return rc;
}

static void put_answers(struct call *call, const struct btc_instruct_answers *answers)
{
	static const struct out_column columns[] = {
		{ "station", "BLADE", OUT_RIGHT | OUT_RAW },
		{ "result", "RESULT", OUT_RAW },
		{ "argument", "ARGUMENT", OUT_RIGHT },
	};
	struct out_record *root = out_root(call->out);
	struct out_table *table;

	out_add(root, "expected", "blades instructed",
		out_lasting(tdm_blades_text(root, answers->expected)));
	out_add(root, "answered", "blades that answered",
		out_lasting(tdm_blades_text(root, answers->answered)));
	table = out_table(root, "answers", columns, COUNT(columns));
	for (size_t i = 0; i < answers->n; i++) {
		const struct btc_instruct_answer *answer = &answers->answer[i];
		const char *name = btc_result_name(answer->result);

		out_row(table, (const struct out_cell[]){
				       out_styled(OUT_STYLE_NAME, out_uint(answer->station)),
				       out_lasting(name != NULL ? name
								: out_format(root, "%u",
									     answer->result)),
				       out_uint(answer->argument),
			       });
	}
}

static int instruct(struct call *call, struct btc *b, struct error *err)
{
	struct btc_instruction instruction = { 0 };
	struct btc_instruct_answers answers;
	uint32_t timeout_us = 100000;
	struct tdm_names names;
	struct mac to;
	int rc = parse_instruction(call, err, &instruction);

	if (rc == 0)
		rc = tdm_timeout_option(call, OPT_TIMEOUT, err, &timeout_us);
	if (rc == 0)
		rc = tdm_names_get(b, err, &names);
	if (rc == 0)
		rc = tdm_ident(call->args.operands[0], &names, err, &to);
	if (rc == 0)
		rc = btc_instruct(b, &to, &instruction, timeout_us, err, &answers);
	if (rc == 0)
		put_answers(call, &answers);
	return rc;
}

int cmd_msg_instruct(struct call *call, struct error *err)
{
	return tdm_run(call, err, instruct);
}
