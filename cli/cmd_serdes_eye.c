/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>

#include "cli/chip.h"
#include "cli/eye_art.h"
#include "cli/outfile.h"

enum { OPT_FULL = OPT_COMMAND, OPT_WORDS, OPT_STEP, OPT_SVG, OPT_LIMIT };

const struct arg_spec serdes_eye_options[] = {
	{ "full", 0, OPT_FULL, NULL, "measure the whole eye, not only its edges", 0 },
	{ "limit", 0, OPT_LIMIT, "N", "errors that make an edge, of 1024 words (default 0)",
	  0 },
	{ "step", 0, OPT_STEP, "N", "with --full: every Nth phase and threshold (default 1)",
	  0 },
	{ "svg", 0, OPT_SVG, "FILE", "with --full: write a picture", ARG_FILE },
	{ "words", 0, OPT_WORDS, "N", "with --full: 2^N words at each point (default 13)", 0 },
	{ 0 },
};

static struct out_cell edge(bool has, int32_t at)
{
	/* Phases wrap; the picture of the eye does not. */
	return has ? out_real(at) : out_null();
}

static void show_edges(struct call *call, uint32_t port, const struct vsc7448_eye_edges *e)
{
	struct out_record *root = out_root(call->out);

	out_add(root, "port", "port", out_uint(port));
	out_add(root, "data_phase", "data phase", out_uint(e->data_phase));
	out_add(root, "left", "left edge (phase)", edge(e->has_left, e->left));
	out_add(root, "right", "right edge (phase)", edge(e->has_right, e->right));
	out_add(root, "bottom", "bottom edge (threshold)", edge(e->has_bottom, e->bottom));
	out_add(root, "top", "top edge (threshold)", edge(e->has_top, e->top));
	out_put(root, &(struct out_column){ "width_codes", "width (phase codes)", OUT_RAW },
		e->has_left && e->has_right ? out_uint(e->width) : out_null());
	out_put(root,
		&(struct out_column){ "height_codes", "height (threshold codes)", OUT_RAW },
		e->has_top && e->has_bottom ? out_uint(e->height) : out_null());
	out_add(root, "limit", "errors that make an edge", out_uint(e->limit));
}

/* One row per phase: the counts in the order of the thresholds. */
static void add_matrix(struct out_record *root, const struct vsc7448_eye *eye)
{
	static const struct out_column columns[] = {
		{ "phase", NULL, OUT_RAW },
		{ "threshold", NULL, OUT_RAW },
		{ "errors", NULL, OUT_RAW },
	};
	struct out_table *table = out_table(root, "points", columns, 3);

	for (size_t i = 0; i < eye->n_phases; i++)
		for (size_t k = 0; k < eye->n_thresholds; k++)
			out_row(table, (const struct out_cell[]){
					       out_uint(eye->phase[i]),
					       out_uint(eye->threshold[k]),
					       out_uint(eye->errors[i][k]),
				       });
}

static int write_svg(const char *path, uint32_t port, const struct vsc7448_eye *eye,
		     struct error *err)
{
	struct outfile out;
	char title[96];
	int rc = outfile_open(&out, path, err);

	if (rc != 0)
		return rc;
	snprintf(title, sizeof(title), "Eye of port %" PRIu32 ", %" PRIu64 " words per point",
		 port, eye->n_words);
	rc = eye_art_svg(out.file, eye, title, err);
	if (rc == 0)
		return outfile_commit(&out, err);
	outfile_abort(&out);
	return rc;
}

static void show_scan(struct call *call, uint32_t port, const struct vsc7448_eye *eye)
{
	struct out_record *root = out_root(call->out);
	uint64_t all, open = eye_open_points(eye, &all);

	out_add(root, "port", "port", out_uint(port));
	out_add(root, "data_phase", "data phase", out_uint(eye->data_phase));
	out_add(root, "words", "words per point", out_uint(eye->n_words));
	out_add(root, "n_points", "points", out_uint(all));
	out_add(root, "n_open_points", "points without errors", out_uint(open));
	add_matrix(root, eye);
	eye_art_text(root, eye);
}

static int run_scan(struct call *call, struct vsc7448 *chip, uint32_t port, struct error *err)
{
	struct vsc7448_eye_conf conf = EYE_CONF_DEFAULT;
	struct progress progress;
	const struct vsc7448_eye_progress step = { progress_step, &progress };
	const char *svg = args_value(&call->args, OPT_SVG);
	struct vsc7448_eye *eye;
	int rc = args_option32(&call->args, OPT_WORDS, (struct args_range){ 1, 31 }, err,
			       &conf.hits_log2);

	if (rc == 0)
		rc = args_option32(&call->args, OPT_STEP, (struct args_range){ 1, 32 }, err,
				   &conf.phase_step);
	if (rc != 0)
		return rc;
	conf.threshold_step = conf.phase_step;
	eye = malloc(sizeof(*eye));
	if (eye == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	progress_start(&progress, call->session, "scanning");
	rc = vsc7448_eye_scan(chip, port, &conf, &step, err, eye);
	progress_end(&progress);
	if (rc == 0)
		show_scan(call, port, eye);
	if (rc == 0 && svg != NULL)
		rc = write_svg(svg, port, eye, err);
	free(eye);
	return rc;
}

static int run_edges(struct call *call, struct vsc7448 *chip, uint32_t port, struct error *err)
{
	struct vsc7448_eye_edges edges;
	uint32_t limit = 0;
	int rc = args_option32(&call->args, OPT_LIMIT, (struct args_range){ 0, 32767 }, err,
			       &limit);

	if (rc == 0)
		rc = vsc7448_eye_edges(chip, port, limit, err, &edges);
	if (rc == 0)
		show_edges(call, port, &edges);
	return rc;
}

/* Options that belong to the other kind of scan are a mistake, not ignored. */
static int check_options(const struct call *call, struct error *err)
{
	const bool full = args_has(&call->args, OPT_FULL);

	if (!full && (args_has(&call->args, OPT_SVG) || args_has(&call->args, OPT_WORDS) ||
		      args_has(&call->args, OPT_STEP)))
		return error_set(err, E_SYNTAX, "--step, --svg and --words go with --full");
	if (full && args_has(&call->args, OPT_LIMIT))
		return error_set(err, E_SYNTAX, "--limit is for edges, without --full");
	return 0;
}

int cmd_serdes_eye(struct call *call, struct error *err)
{
	struct vsc7448 *chip;
	uint32_t port;
	int rc = check_options(call, err);

	if (rc == 0)
		rc = chip_port(call->args.operands[0], err, &port);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = args_has(&call->args, OPT_FULL) ? run_scan(call, chip, port, err)
					     : run_edges(call, chip, port, err);
	vsc7448_close(chip);
	return rc;
}
