/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `link kr`: 10GBASE-KR. */
#include "cli/commands.h"

#include <inttypes.h>

#include "cli/linktext.h"
#include "hal/vsc7448/kr.h"

enum { OPT_FEC = OPT_COMMAND, OPT_NO_TRAINING, OPT_START, OPT_STOP_KR, OPT_TIMEOUT };

const struct arg_spec link_kr_options[] = {
	{ "end", 0, OPT_STOP_KR, NULL, "end it: the port is in 10gbase-r again", 0 },
	{ "fec", 0, OPT_FEC, NULL, "with --start: ask for forward error correction", 0 },
	{ "no-training", 0, OPT_NO_TRAINING, NULL, "with --start: do not train the link", 0 },
	{ "start", 0, OPT_START, NULL, "start auto-negotiation and wait for the link", 0 },
	{ "timeout", 0, OPT_TIMEOUT, "TIME", "with --start: longest wait (2s)", 0 },
	{ 0 },
};

static const char *state_text(struct out_record *record, uint8_t state)
{
	const char *name = vsc7448_kr_state_name(state);

	return name != NULL ? name : out_format(record, "%u", state);
}

static const char *training_of(const struct vsc7448_kr_status *s)
{
	if (!s->trains)
		return "off";
	if (s->training_failed)
		return "failed";
	if (s->trained)
		return "complete";
	return s->training ? "running" : "waiting";
}

/* What stands in the way, as far as it is seen. */
static const char *trouble_of(const struct vsc7448_kr_status *s)
{
	if (s->own_nonce)
		return "the port hears itself";
	if (s->incompatible)
		return "the partner has no 10GBASE-KR";
	return s->enabled && !s->partner_able ? "no partner that negotiates" : NULL;
}

static void show_row(struct out_record *root, struct out_table *table, uint32_t port,
		     const struct vsc7448_kr_status *s)
{
	const struct vsc7448_link link = { .mode = LINK_MODE_10GBASE_KR,
					   .has_partner = s->partner != 0,
					   .partner = s->partner };
	const char *training = training_of(s);

	out_row(table, (const struct out_cell[]){
			       out_styled(OUT_STYLE_NAME, out_uint(port)),
			       out_bool(s->enabled),
			       out_text(state_text(root, s->state)),
			       out_styled(s->complete ? OUT_STYLE_GOOD : OUT_STYLE_BAD,
					  out_bool(s->complete)),
			       out_text(trouble_of(s)),
			       out_lasting(linktext_partner(root, &link)),
			       s->partner != 0 ? out_hex(s->partner, 48) : out_null(),
			       out_bool(s->block_lock),
			       out_text(training),
			       out_uint(s->tap_pre),
			       out_uint(s->tap_main),
			       out_uint(s->tap_post),
			       out_bool(s->fec_negotiated),
			       out_bool(s->fec),
			       out_uint(s->fec_corrected),
			       out_uint(s->fec_uncorrected),
		       });
}

static int show(struct call *call, struct vsc7448 *chip, vsc7448_ports ports, struct error *err)
{
	static const struct out_column columns[] = {
		{ "port", "PORT", OUT_RIGHT | OUT_RAW },
		{ "enabled", "ANEG", 0 },
		{ "state", "STATE", OUT_RAW },
		{ "complete", "COMPLETE", 0 },
		{ "trouble", "BECAUSE", OUT_UNLESS_EMPTY },
		{ "partner", "PARTNER", OUT_UNLESS_EMPTY },
		{ "partner_word", NULL, 0 },
		{ "block_lock", "LOCK", 0 },
		{ "training", "TRAINING", 0 },
		{ "tap_pre", "PRE", OUT_RIGHT },
		{ "tap_main", "MAIN", OUT_RIGHT },
		{ "tap_post", "POST", OUT_RIGHT },
		{ "fec_negotiated", NULL, 0 },
		{ "fec", "FEC", 0 },
		{ "fec_corrected", "CORRECTED", OUT_RIGHT },
		{ "fec_uncorrected", "LOST", OUT_RIGHT },
	};
	struct out_record *root = out_root(call->out);
	struct out_table *table = NULL;
	int rc = 0;

	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++) {
		struct vsc7448_kr_status status;

		if ((ports >> port & 1) == 0)
			continue;
		rc = vsc7448_kr_status(chip, port, err, &status);
		if (rc != 0)
			break;
		if (table == NULL)
			table = out_table(root, "ports", columns,
					  sizeof(columns) / sizeof(columns[0]));
		show_row(root, table, port, &status);
	}
	return rc;
}

static int start(struct call *call, struct vsc7448 *chip, vsc7448_ports ports,
		 struct error *err)
{
	const struct vsc7448_kr_conf conf = {
		.training = !args_has(&call->args, OPT_NO_TRAINING),
		.fec_wanted = args_has(&call->args, OPT_FEC),
	};
	const char *timeout = args_value(&call->args, OPT_TIMEOUT);
	uint64_t timeout_us = VSC7448_KR_TIMEOUT_US;
	struct vsc7448_kr_status ignored[4];
	int rc = 0;

	if (timeout != NULL)
		rc = args_duration_us(timeout, "--timeout", err, &timeout_us);
	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		if ((ports >> port & 1) != 0)
			rc = vsc7448_kr_start(chip, port, &conf, err);
	if (rc == 0 && !call->options.dry_run)
		rc = vsc7448_kr_wait(chip, ports, (uint32_t)timeout_us, err, ignored);
	return rc;
}

static int stop(struct vsc7448 *chip, vsc7448_ports ports, struct error *err)
{
	int rc = 0;

	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		if ((ports >> port & 1) != 0)
			rc = vsc7448_kr_stop(chip, port, err);
	return rc;
}

/* The status is shown after a wait that timed out, too. */
static int run(struct call *call, struct vsc7448 *chip, vsc7448_ports ports, struct error *err)
{
	int ret = 0, rc;

	if (args_has(&call->args, OPT_START))
		ret = start(call, chip, ports, err);
	else if (args_has(&call->args, OPT_STOP_KR))
		ret = stop(chip, ports, err);
	if (ret != 0 && ret != E_TIMEOUT)
		return ret;
	rc = show(call, chip, ports, ret == 0 ? err : NULL);
	return ret != 0 ? ret : rc;
}

/* Ports 49 to 52 only: no others have a 10G macro. */
static int kr_ports(const char *text, struct error *err, vsc7448_ports *ports)
{
	vsc7448_ports found;
	int rc = chip_ports(text, err, &found);

	if (rc == 0 && (found == 0 || (found & ((UINT64_C(1) << 49) - 1)) != 0))
		rc = error_set(err, E_NOTSUP, "only ports 49 to 52 have 10GBASE-KR");
	if (rc == 0)
		*ports = found;
	return rc;
}

int cmd_link_kr(struct call *call, struct error *err)
{
	struct vsc7448 *chip;
	vsc7448_ports ports;
	int rc = kr_ports(call->args.operands[0], err, &ports);

	if (rc == 0 && args_has(&call->args, OPT_START) && args_has(&call->args, OPT_STOP_KR))
		rc = error_set(err, E_SYNTAX, "--start and --end exclude each other");
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = run(call, chip, ports, err);
	vsc7448_close(chip);
	return rc;
}
