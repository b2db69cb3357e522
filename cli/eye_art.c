/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/eye_art.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "cli/svg.h"

#define WORD_BITS 32.0

/* Levels of the picture: from what error rate on, how it is shown. */
static const struct {
	double rate;
	char mark;
	const char *color, *label;
} levels[] = {
	{ 1e-1, '@', "#7f1d1d", "1e-1" }, { 1e-2, '#', "#c2410c", "1e-2" },
	{ 1e-3, '+', "#f59e0b", "1e-3" }, { 1e-4, ':', "#fde047", "1e-4" },
	{ 0.0, '.', "#bef264", "any" },
};

#define N_LEVELS (sizeof(levels) / sizeof(levels[0]))

/* Share of wrong bits at a point, 0 to 1: of 32 bits in each word compared. */
static double error_rate(const struct vsc7448_eye *eye, size_t phase, size_t threshold)
{
	double rate = eye->errors[phase][threshold] / ((double)eye->n_words * WORD_BITS);

	return rate > 1 ? 1 : rate;
}

uint64_t eye_open_points(const struct vsc7448_eye *eye, uint64_t *all)
{
	uint64_t n = 0;

	for (size_t i = 0; i < eye->n_phases; i++)
		for (size_t k = 0; k < eye->n_thresholds; k++)
			n += eye->errors[i][k] == 0;
	*all = (uint64_t)eye->n_phases * eye->n_thresholds;
	return n;
}

/* The level of a point; N_LEVELS: no errors. */
static size_t level_of(double rate)
{
	size_t i = 0;

	if (rate <= 0)
		return N_LEVELS;
	while (i < N_LEVELS - 1 && rate < levels[i].rate)
		i++;
	return i;
}

/* The measured phase nearest to @phase. */
static size_t phase_index(const struct vsc7448_eye *eye, uint32_t phase)
{
	size_t best = 0;

	for (size_t i = 1; i < eye->n_phases; i++)
		if (eye->phase[i] <= phase)
			best = i;
	return best;
}

/* The phase at place @c of @n_columns: phases wrap, the receiver's own is in the middle. */
static size_t phase_at(const struct vsc7448_eye *eye, size_t c, size_t n_columns)
{
	size_t data = phase_index(eye, eye->data_phase), n = eye->n_phases;

	return (data + n - n / 2 + c * n / n_columns) % n;
}

/* Rows of the picture, the highest threshold first; -0 and +0 lie in the middle. */
static size_t row_index(const struct vsc7448_eye *eye, size_t row, size_t n_rows)
{
	return eye->n_thresholds - 1 - row * eye->n_thresholds / n_rows;
}

static void text_row(struct out_record *record, const struct vsc7448_eye *eye, size_t row,
		     size_t n_rows, size_t n_columns)
{
	size_t k = row_index(eye, row, n_rows);
	char line[EYE_ART_COLUMNS + 1];

	for (size_t c = 0; c < n_columns; c++) {
		size_t level = level_of(error_rate(eye, phase_at(eye, c, n_columns), k));
		bool middle = row == n_rows / 2;

		line[c] = level < N_LEVELS     ? levels[level].mark
			  : c == n_columns / 2 ? '|'
			  : middle             ? '-'
					       : ' ';
	}
	line[n_columns] = '\0';
	if (row % 8 == 0 || row == n_rows - 1)
		out_say(record, OUT_STYLE_PLAIN, "%4u |%s|", eye->threshold[k], line);
	else
		out_say(record, OUT_STYLE_PLAIN, "     |%s|", line);
}

void eye_art_text(struct out_record *record, const struct vsc7448_eye *eye)
{
	size_t n_rows = eye->n_thresholds < EYE_ART_ROWS ? eye->n_thresholds : EYE_ART_ROWS;
	size_t n_columns = eye->n_phases < EYE_ART_COLUMNS ? eye->n_phases : EYE_ART_COLUMNS;
	char rule[EYE_ART_COLUMNS + 1];

	memset(rule, '-', n_columns);
	rule[n_columns] = '\0';
	out_say(record, OUT_STYLE_DIM, "thr. +%s+", rule);
	for (size_t row = 0; row < n_rows; row++)
		text_row(record, eye, row, n_rows, n_columns);
	out_say(record, OUT_STYLE_DIM, "     +%s+", rule);
	out_say(record, OUT_STYLE_DIM,
		"      phase %u to %u around %" PRIu32 ", where the receiver samples",
		eye->phase[phase_at(eye, 0, n_columns)],
		eye->phase[phase_at(eye, n_columns - 1, n_columns)], eye->data_phase);
	out_say(record, OUT_STYLE_DIM,
		"      wrong bits: blank none, . some, : over 1e-4, + 1e-3, # 1e-2, @ 1e-1");
}

/* --- SVG --------------------------------------------------------------------------------- */

#define LEFT   60
#define TOP    50
#define WIDTH  640 /* of the eye, about */
#define HEIGHT 378

struct drawing {
	FILE *file;
	const struct vsc7448_eye *eye;
	size_t cell_w, cell_h, width, height;
};

static void svg_cells(const struct drawing *d)
{
	const struct vsc7448_eye *eye = d->eye;

	for (size_t c = 0; c < eye->n_phases; c++)
		for (size_t k = 0; k < eye->n_thresholds; k++) {
			size_t i = phase_at(eye, c, eye->n_phases);
			size_t level = level_of(error_rate(eye, i, k));

			if (level == N_LEVELS)
				continue;
			fprintf(d->file,
				"<rect x=\"%zu\" y=\"%zu\" width=\"%zu\" height=\"%zu\" "
				"fill=\"%s\"><title>phase %u, threshold %u: %" PRIu32
				" errors</title></rect>\n",
				LEFT + c * d->cell_w,
				TOP + (eye->n_thresholds - 1 - k) * d->cell_h, d->cell_w,
				d->cell_h, levels[level].color, eye->phase[i],
				eye->threshold[k], eye->errors[i][k]);
		}
}

static void svg_axes(const struct drawing *d)
{
	const struct vsc7448_eye *eye = d->eye;
	size_t data = LEFT + eye->n_phases / 2 * d->cell_w + d->cell_w / 2;
	size_t bottom = TOP + d->height;

	fprintf(d->file,
		"<rect x=\"%d\" y=\"%d\" width=\"%zu\" height=\"%zu\" fill=\"none\" "
		"stroke=\"#334155\"/>\n"
		"<line x1=\"%zu\" y1=\"%d\" x2=\"%zu\" y2=\"%zu\" stroke=\"#334155\" "
		"stroke-dasharray=\"4 3\"/>\n",
		LEFT, TOP, d->width, d->height, data, TOP, data, bottom);
	for (size_t c = 0; c < eye->n_phases; c += (eye->n_phases + 7) / 8)
		fprintf(d->file, "<text x=\"%zu\" y=\"%zu\" text-anchor=\"middle\">%u</text>\n",
			LEFT + c * d->cell_w + d->cell_w / 2, bottom + 16,
			eye->phase[phase_at(eye, c, eye->n_phases)]);
	for (size_t k = 0; k < eye->n_thresholds; k += (eye->n_thresholds + 7) / 8)
		fprintf(d->file, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">%u</text>\n",
			LEFT - 6, TOP + (eye->n_thresholds - k) * d->cell_h, eye->threshold[k]);
	fprintf(d->file,
		"<text x=\"%zu\" y=\"%zu\" text-anchor=\"middle\">phase (codes)</text>\n"
		"<text x=\"16\" y=\"%zu\" text-anchor=\"middle\" transform=\"rotate(-90 16 "
		"%zu)\">threshold (codes)</text>\n",
		LEFT + d->width / 2, bottom + 34, TOP + d->height / 2, TOP + d->height / 2);
}

static void svg_legend(FILE *file, size_t x, size_t y)
{
	fprintf(file, "<text x=\"%zu\" y=\"%zu\">wrong bits</text>\n", x, y);
	for (size_t i = 0; i < N_LEVELS; i++)
		fprintf(file,
			"<rect x=\"%zu\" y=\"%zu\" width=\"14\" height=\"12\" fill=\"%s\"/>"
			"<text x=\"%zu\" y=\"%zu\">%s%s</text>\n",
			x, y + 10 + i * 18, levels[i].color, x + 20, y + 20 + i * 18,
			levels[i].rate > 0 ? "over " : "", levels[i].label);
}

int eye_art_svg(FILE *file, const struct vsc7448_eye *eye, const char *title, struct error *err)
{
	struct drawing d = { .file = file,
			     .eye = eye,
			     .cell_w = WIDTH / eye->n_phases,
			     .cell_h = HEIGHT / eye->n_thresholds };

	d.width = eye->n_phases * d.cell_w;
	d.height = eye->n_thresholds * d.cell_h;

	fprintf(file,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"%zu\" "
		"height=\"%zu\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#0f172a\">\n"
		"<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n"
		"<text x=\"%d\" y=\"28\" font-size=\"16\">",
		LEFT + d.width + 140, TOP + d.height + 50, LEFT);
	svg_text(file, title);
	fputs("</text>\n", file);
	svg_cells(&d);
	svg_axes(&d);
	svg_legend(file, LEFT + d.width + 20, TOP + 12);
	fputs("</svg>\n", file);
	return ferror(file) ? error_set_errno(err, errno, "picture") : 0;
}
