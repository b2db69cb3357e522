/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `steer` commands: which blade gets a message, by its type. */
#include <inttypes.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/tdm.h"
#include "hal/btc/blades.h"
#include "hal/btc/steer.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { OPT_BLADES = OPT_COMMAND };

/* Blades that offer @function now, of those that are ready. */
static btc_blades offered(const struct btc_blade *blades, size_t n, uint32_t function)
{
	btc_blades found = 0;

	for (size_t i = 0; i < n; i++)
		if (blades[i].state == BTC_BLADE_READY &&
		    (blades[i].identity.functions >> function & 1) != 0)
			found |= btc_blade_bit(blades[i].station);
	return found;
}

static int show(struct call *call, struct btc *b, struct error *err)
{
	static const struct out_column columns[] = {
		{ "rule", "RULE", OUT_RIGHT },         { "type", "TYPE", OUT_RIGHT },
		{ "function", "FUNCTION", OUT_RIGHT }, { "eligible", "MAY GO TO", OUT_RAW },
		{ "ready", "GOES TO NOW", 0 },         { "hits", "HITS", OUT_RIGHT },
	};
	struct out_record *root = out_root(call->out);
	struct btc_steer_rule rules[BTC_N_STEER_RULES];
	struct btc_blade blades[BTC_MAX_BLADES];
	struct out_table *table;
	size_t n = 0;
	int rc = btc_steer_get(b, err, rules);

	if (rc == 0)
		rc = btc_blades_get(b, err, blades, &n);
	if (rc != 0)
		return rc;
	table = out_table(root, "rules", columns, COUNT(columns));
	for (uint32_t i = 0; i < BTC_N_STEER_RULES; i++) {
		const struct btc_steer_rule *rule = &rules[i];
		btc_blades ready = offered(blades, n, rule->function) & rule->eligible;

		if (!rule->valid)
			continue;
		out_row(table, (const struct out_cell[]){
				       out_styled(OUT_STYLE_NAME, out_uint(i)),
				       out_hex(rule->type, 16),
				       out_uint(rule->function),
				       out_lasting(tdm_blades_text(root, rule->eligible)),
				       out_styled(ready == 0 ? OUT_STYLE_BAD : OUT_STYLE_PLAIN,
						  out_lasting(tdm_blades_text(root, ready))),
				       out_uint(rule->hits),
			       });
	}
	if (out_n_rows(table) == 0)
		out_say(root, OUT_STYLE_DIM, "no rules");
	return 0;
}

static int run_show(struct call *call, struct error *err)
{
	return tdm_run(call, err, show);
}

static const struct arg_spec set_options[] = {
	{ "blades", 0, OPT_BLADES, "BLADES", "that the rule may choose (all)", 0 },
	{ 0 },
};

/* The rule of the operands; @rule->valid false: RULE off. */
static int parse_rule(const struct call *call, struct error *err, uint32_t *index,
		      struct btc_steer_rule *rule)
{
	const char *const *operands = call->args.operands;
	const char *blades = args_value(&call->args, OPT_BLADES);
	uint32_t type = 0;
	int rc = args_number32(operands[0], "rule",
			       (struct args_range){ 0, BTC_N_STEER_RULES - 1 }, err, index);

	rule->valid = strcmp(operands[1], "off") != 0;
	rule->eligible = ~(btc_blades)0;
	if (rc == 0 && rule->valid != (call->args.n_operands == 3))
		rc = error_set(err, E_SYNTAX, "give RULE TYPE FUNCTION, or RULE off");
	if (rc != 0 || !rule->valid)
		return rc;
	rc = args_number32(operands[1], "type", (struct args_range){ 0, 0xffff }, err, &type);
	rule->type = (uint16_t)type;
	if (rc == 0)
		rc = args_number32(operands[2], "function",
				   (struct args_range){ 0, BTC_N_FUNCTIONS - 1 }, err,
				   &rule->function);
	if (rc == 0 && blades != NULL)
		rc = tdm_blades(blades, err, &rule->eligible);
	return rc;
}

static int run_set(struct call *call, struct error *err)
{
	struct btc_steer_rule rule = { 0 };
	uint32_t index = 0;
	struct btc *b;
	int rc = parse_rule(call, err, &index, &rule);

	if (rc == 0)
		rc = tdm_open(call, err, &b);
	if (rc != 0)
		return rc;
	rc = rule.valid ? btc_steer_set(b, index, &rule, err) : btc_steer_clear(b, index, err);
	if (rc == 0)
		rc = show(call, b, err);
	btc_close(b);
	return rc;
}

const struct cmd steer_table[] = {
	{
		.name = "set",
		.usage = "RULE TYPE FUNCTION|off",
		.help = "steer messages of a type to blades with a function",
		.detail = "RULE is 0 to 63; the lowest whose TYPE matches counts. It goes "
			  "round those of its blades that offer FUNCTION (0 to 31). RULE off "
			  "removes a rule.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = set_options,
		.min_operands = 2,
		.max_operands = 3,
		.schema = "steer",
		.version = 1,
		.run = run_set,
	},
	{
		.name = "show",
		.usage = "",
		.help = "rules from message types to functions and blades",
		.flags = CMD_NEEDS_BOARD,
		.schema = "steer",
		.version = 1,
		.run = run_show,
	},
};
