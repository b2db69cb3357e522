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

static void show(struct out_record *root, uint32_t port, const struct vsc7448_kr_status *s)
{
	const struct vsc7448_link link = { .mode = LINK_MODE_10GBASE_KR,
					   .has_partner = s->partner != 0,
					   .partner = s->partner };

	out_add(root, "port", "port", out_uint(port));
	out_add(root, "enabled", "auto-negotiation", out_bool(s->enabled));
	out_add(root, "state", "state", out_text(state_text(root, s->state)));
	out_add(root, "complete", "complete",
		out_styled(s->complete ? OUT_STYLE_GOOD : OUT_STYLE_BAD,
			   out_bool(s->complete)));
	out_add(root, "trouble", "trouble", out_text(trouble_of(s)));
	out_add(root, "partner", "partner", out_lasting(linktext_partner(root, &link)));
	out_add(root, "partner_word", NULL,
		s->partner != 0 ? out_hex(s->partner, 48) : out_null());
	out_add(root, "block_lock", "block lock", out_bool(s->block_lock));
	out_add(root, "training", "training", out_text(training_of(s)));
	out_add(root, "tap_pre", "pre-cursor", out_uint(s->tap_pre));
	out_add(root, "tap_main", "main tap", out_uint(s->tap_main));
	out_add(root, "tap_post", "post-cursor", out_uint(s->tap_post));
	out_add(root, "fec_negotiated", "error correction agreed", out_bool(s->fec_negotiated));
	out_add(root, "fec", "error correction on", out_bool(s->fec));
	out_add(root, "fec_corrected", "corrected blocks", out_uint(s->fec_corrected));
	out_add(root, "fec_uncorrected", "lost blocks", out_uint(s->fec_uncorrected));
}

static int start(struct call *call, struct vsc7448 *chip, uint32_t port, struct error *err)
{
	const struct vsc7448_kr_conf conf = {
		.training = !args_has(&call->args, OPT_NO_TRAINING),
		.fec_wanted = args_has(&call->args, OPT_FEC),
	};
	const char *timeout = args_value(&call->args, OPT_TIMEOUT);
	uint64_t timeout_us = VSC7448_KR_TIMEOUT_US;
	struct vsc7448_kr_status ignored;
	int rc = 0;

	if (timeout != NULL)
		rc = args_duration_us(timeout, "--timeout", err, &timeout_us);
	if (rc == 0)
		rc = vsc7448_kr_start(chip, port, &conf, err);
	if (rc == 0 && !call->options.dry_run)
		rc = vsc7448_kr_wait(chip, port, (uint32_t)timeout_us, err, &ignored);
	return rc;
}

/* The status is shown after a wait that timed out, too. */
static int run(struct call *call, struct vsc7448 *chip, uint32_t port, struct error *err)
{
	struct vsc7448_kr_status status;
	int ret = 0, rc;

	if (args_has(&call->args, OPT_START))
		ret = start(call, chip, port, err);
	else if (args_has(&call->args, OPT_STOP_KR))
		ret = vsc7448_kr_stop(chip, port, err);
	if (ret != 0 && ret != E_TIMEOUT)
		return ret;
	rc = vsc7448_kr_status(chip, port, ret == 0 ? err : NULL, &status);
	if (rc == 0)
		show(out_root(call->out), port, &status);
	return ret != 0 ? ret : rc;
}

int cmd_link_kr(struct call *call, struct error *err)
{
	struct vsc7448 *chip;
	uint32_t port;
	int rc = chip_port(call->args.operands[0], err, &port);

	if (rc == 0 && args_has(&call->args, OPT_START) && args_has(&call->args, OPT_STOP_KR))
		rc = error_set(err, E_SYNTAX, "--start and --end exclude each other");
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = run(call, chip, port, err);
	vsc7448_close(chip);
	return rc;
}
