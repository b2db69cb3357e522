/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/slot_art.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "cli/svg.h"

#define NAME_SIZE 20

/* How a station takes part in a timeslot. */
enum part {
	PART_OVERHEAD,
	PART_OFF,
	PART_SENDS,
	PART_MAY_SEND,
	PART_MAY_DEAF,
	PART_LISTENS,
	PART_DEAF
};

static bool listens(const struct btc_slot *slot, uint32_t station)
{
	return station == BTC_CONTROLLER ? slot->controller
					 : (slot->blades & btc_blade_bit(station)) != 0;
}

static enum part part_of(const struct slot_art *art, uint32_t station, uint32_t i)
{
	const struct btc_slot *slot = &art->plan->slot[i];
	bool hears = listens(slot, station);

	if (i == 0)
		return PART_OVERHEAD;
	if (slot->kind == BTC_SLOT_OFF)
		return PART_OFF;
	if (slot->kind == BTC_SLOT_SHARED)
		return hears ? PART_MAY_SEND : PART_MAY_DEAF;
	if (slot->owner == station)
		return PART_SENDS;
	return hears ? PART_LISTENS : PART_DEAF;
}

static bool is_drawn(const struct slot_art *art, uint32_t station)
{
	return station == BTC_CONTROLLER || (art->blades & btc_blade_bit(station)) != 0;
}

static void name_of(uint32_t station, char buf[NAME_SIZE])
{
	if (station == BTC_CONTROLLER)
		snprintf(buf, NAME_SIZE, "controller");
	else
		snprintf(buf, NAME_SIZE, "blade %" PRIu32, station);
}

/* --- text -------------------------------------------------------------------------------- */

#define COLUMNS 64u

static void text_ruler(struct out_record *record, uint32_t first, uint32_t n)
{
	char line[COLUMNS + 8], ticks[COLUMNS + 8];

	memset(line, ' ', sizeof(line));
	memset(ticks, ' ', sizeof(ticks));
	for (uint32_t i = 0; i < n; i += 8) {
		char number[8];
		int len = snprintf(number, sizeof(number), "%" PRIu32, first + i);

		memcpy(line + i, number, (size_t)len);
		ticks[i] = '|';
	}
	for (size_t i = sizeof(line) - 1; i > 0 && line[i - 1] == ' '; i--)
		line[i - 1] = '\0';
	line[sizeof(line) - 1] = '\0';
	ticks[(n - 1) / 8 * 8 + 1] = '\0';
	out_say(record, OUT_STYLE_DIM, "timeslot    %s", line);
	out_say(record, OUT_STYLE_DIM, "            %s", ticks);
}

static void text_station(struct out_record *record, const struct slot_art *art,
			 uint32_t station, uint32_t first, uint32_t n)
{
	static const char marks[] = "=.#*+- ";
	char name[NAME_SIZE], line[COLUMNS + 1];

	for (uint32_t i = 0; i < n; i++)
		line[i] = marks[part_of(art, station, first + i)];
	line[n] = '\0';
	name_of(station, name);
	out_say(record, OUT_STYLE_PLAIN, "%-11s %s", name, line);
}

void slot_art_text(struct out_record *record, const struct slot_art *art)
{
	for (uint32_t first = 0; first < art->plan->n_slots; first += COLUMNS) {
		uint32_t left = art->plan->n_slots - first, n = left < COLUMNS ? left : COLUMNS;

		text_ruler(record, first, n);
		for (uint32_t station = 0; station < BTC_N_STATIONS; station++)
			if (is_drawn(art, station))
				text_station(record, art, station, first, n);
	}
	out_say(record, OUT_STYLE_DIM,
		"            # sends, - listens, blank does not, * shared, + shared but deaf,");
	out_say(record, OUT_STYLE_DIM, "            . nobody sends, = overhead");
}

/* --- SVG --------------------------------------------------------------------------------- */

#define LEFT    112u
#define RIGHT   190u
#define FRAME_W 1024u
#define BAND_Y  84u /* who sends, all in one line */
#define BAND_H  30u
#define ROWS_Y  160u
#define ROW_H   26u
#define LEGEND  64u

struct drawing {
	FILE *file;
	const struct slot_art *art;
	double slot_w;
	uint32_t n_rows;
};

/* From hue (degrees), saturation and lightness (0 to 1) to red, green and blue (CSS Color 3). */
static uint32_t color_of_hue(double hue, double saturation, double lightness)
{
	double a = saturation * (lightness < 0.5 ? lightness : 1 - lightness);
	uint32_t color = 0;

	for (unsigned i = 0; i < 3; i++) {
		double k = fmod((i == 0 ? 0 : i == 1 ? 8 : 4) + hue / 30, 12);
		double m = fmin(fmin(k - 3, 9 - k), 1);

		color = color << 8 | (uint32_t)(255 * (lightness - a * fmax(m, -1)) + 0.5);
	}
	return color;
}

/* Neighbours get colours far apart: hues step by the golden angle. */
static uint32_t color_of(uint32_t station)
{
	return station == BTC_CONTROLLER
		       ? 0x334155
		       : color_of_hue(fmod(205 + (station - 1) * 137.508, 360), 0.58,
				      station % 2 == 0 ? 0.44 : 0.52);
}

/* The same sender, or the same lack of one. */
static bool same_use(const struct btc_slot *a, const struct btc_slot *b)
{
	return a->kind == b->kind && (a->kind != BTC_SLOT_RESERVED || a->owner == b->owner);
}

static double slot_x(const struct drawing *d, uint32_t i)
{
	return LEFT + i * d->slot_w;
}

static void svg_fill(const struct drawing *d, const struct btc_slot *slot)
{
	if (slot->kind == BTC_SLOT_SHARED)
		fputs("fill=\"url(#shared)\"", d->file);
	else if (slot->kind == BTC_SLOT_OFF)
		fputs("fill=\"#e2e8f0\"", d->file);
	else
		fprintf(d->file, "fill=\"#%06" PRIx32 "\"", color_of(slot->owner));
}

/* One line that says who sends when: runs of slots with their sender's name where it fits. */
static void svg_band(const struct drawing *d)
{
	const struct btc_slot *slots = d->art->plan->slot;
	uint32_t next;

	fprintf(d->file,
		"<rect x=\"%u\" y=\"%u\" width=\"%.2f\" height=\"%u\" fill=\"url(#word)\"/>\n",
		LEFT, BAND_Y, d->slot_w, BAND_H);
	for (uint32_t i = 1; i < d->art->plan->n_slots; i = next) {
		char name[NAME_SIZE];

		for (next = i + 1;
		     next < d->art->plan->n_slots && same_use(&slots[i], &slots[next]);)
			next++;
		fprintf(d->file, "<rect x=\"%.2f\" y=\"%u\" width=\"%.2f\" height=\"%u\" ",
			slot_x(d, i), BAND_Y, (next - i) * d->slot_w, BAND_H);
		svg_fill(d, &slots[i]);
		fputs(" stroke=\"#ffffff\"/>\n", d->file);
		name_of(slots[i].owner, name);
		if (slots[i].kind == BTC_SLOT_RESERVED && (next - i) * d->slot_w > 54)
			fprintf(d->file,
				"<text x=\"%.2f\" y=\"%u\" text-anchor=\"middle\" "
				"fill=\"#ffffff\">%s</text>\n",
				slot_x(d, i) + (next - i) * d->slot_w / 2, BAND_Y + 20, name);
	}
}

static void svg_ruler(const struct drawing *d)
{
	uint32_t n = d->art->plan->n_slots, bottom = ROWS_Y + d->n_rows * ROW_H;

	for (uint32_t i = 0; i<n; i += n> 32 ? 8 : 2)
		fprintf(d->file,
			"<line x1=\"%.2f\" y1=\"%u\" x2=\"%.2f\" y2=\"%u\" stroke=\"#cbd5e1\"/>"
			"<text x=\"%.2f\" y=\"%u\" class=\"dim\">%" PRIu32 "</text>\n",
			slot_x(d, i), BAND_Y + BAND_H, slot_x(d, i), bottom, slot_x(d, i) + 3,
			BAND_Y + BAND_H + 16, i);
	fprintf(d->file,
		"<text x=\"%u\" y=\"%u\" text-anchor=\"end\" class=\"dim\">timeslot</text>\n",
		LEFT - 12, BAND_Y + BAND_H + 16);
	for (uint32_t i = 0; i <= 5; i++)
		fprintf(d->file,
			"<text x=\"%u\" y=\"%u\" text-anchor=\"%s\" class=\"dim\">%g "
			"us</text>\n",
			LEFT + FRAME_W * i / 5, BAND_Y - 8,
			i == 0   ? "start"
			: i == 5 ? "end"
				 : "middle",
			d->art->shape->period_ns * (i / 5.0) / 1000);
}

static void svg_cell(const struct drawing *d, uint32_t station, uint32_t i, uint32_t y)
{
	const struct btc_slot *slot = &d->art->plan->slot[i];
	enum part part = part_of(d->art, station, i);
	uint32_t inset = part == PART_LISTENS ? 10 : 3;

	if (part == PART_OFF || part == PART_DEAF)
		return;
	fprintf(d->file, "<rect x=\"%.2f\" y=\"%u\" width=\"%.2f\" height=\"%u\" ",
		slot_x(d, i) + 0.5, y + inset, d->slot_w - 1, ROW_H - 2 * inset);
	if (part == PART_OVERHEAD)
		fputs("fill=\"url(#word)\"", d->file);
	else
		svg_fill(d, slot);
	fprintf(d->file, "%s/>\n",
		part == PART_LISTENS    ? " opacity=\"0.55\""
		: part == PART_MAY_DEAF ? " opacity=\"0.35\""
					: "");
}

static void svg_row(const struct drawing *d, uint32_t station, uint32_t row)
{
	uint32_t y = ROWS_Y + row * ROW_H, n = 0;
	char name[NAME_SIZE];

	name_of(station, name);
	if (row % 2 == 0)
		fprintf(d->file,
			"<rect x=\"0\" y=\"%u\" width=\"100%%\" height=\"%u\" "
			"fill=\"#f8fafc\"/>\n",
			y, ROW_H);
	fprintf(d->file, "<text x=\"%u\" y=\"%u\" text-anchor=\"end\">%s</text>\n", LEFT - 12,
		y + 17, name);
	for (uint32_t i = 0; i < d->art->plan->n_slots; i++) {
		svg_cell(d, station, i, y);
		n += part_of(d->art, station, i) == PART_SENDS;
	}
	fprintf(d->file,
		"<text x=\"%u\" y=\"%u\" class=\"dim\">%" PRIu32 " slots, %.1f Mb/s</text>\n",
		LEFT + FRAME_W + 14, y + 17, n,
		n * d->art->shape->slot_bytes * 8 * 1000.0 / d->art->shape->period_ns);
}

static void svg_rows(const struct drawing *d)
{
	uint32_t row = 0;

	for (uint32_t station = 0; station < BTC_N_STATIONS; station++)
		if (is_drawn(d->art, station))
			svg_row(d, station, row++);
}

static void svg_legend(const struct drawing *d)
{
	static const struct {
		const char *look, *text;
		uint32_t inset;
	} items[] = {
		{ "fill=\"#334155\"", "sends, in the colour of the station", 0 },
		{ "fill=\"#334155\" opacity=\"0.55\"", "listens, in the colour of the sender",
		  7 },
		{ "fill=\"url(#shared)\"", "shared: arbitration decides", 0 },
		{ "fill=\"url(#word)\"", "overhead: alignment word, frame number", 0 },
	};
	uint32_t y = ROWS_Y + d->n_rows * ROW_H + 26;

	for (uint32_t i = 0; i < 4; i++)
		fprintf(d->file,
			"<rect x=\"%u\" y=\"%u\" width=\"20\" height=\"%u\" %s/>"
			"<text x=\"%u\" y=\"%u\" class=\"dim\">%s</text>\n",
			LEFT + i * 270, y + items[i].inset, 20 - 2 * items[i].inset,
			items[i].look, LEFT + 28 + i * 270, y + 15, items[i].text);
}

static void svg_head(const struct drawing *d, const char *title)
{
	const struct slot_art *art = d->art;

	fprintf(d->file,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"%u\" "
		"height=\"%u\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#0f172a\">\n"
		"<style>.dim { font-size: 11px; fill: #64748b; }</style>\n<defs>\n",
		LEFT + FRAME_W + RIGHT, ROWS_Y + d->n_rows * ROW_H + LEGEND);
	fputs("<pattern id=\"shared\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
	      "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" "
	      "fill=\"#fef3c7\"/>"
	      "<rect width=\"3\" height=\"6\" fill=\"#f59e0b\"/></pattern>\n"
	      "<pattern id=\"word\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">"
	      "<rect width=\"4\" height=\"4\" fill=\"#e2e8f0\"/>"
	      "<rect width=\"2\" height=\"2\" fill=\"#475569\"/>"
	      "<rect x=\"2\" y=\"2\" width=\"2\" height=\"2\" fill=\"#475569\"/></pattern>\n"
	      "</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
	      d->file);
	fprintf(d->file, "<text x=\"24\" y=\"34\" font-size=\"18\" font-weight=\"bold\">");
	svg_text(d->file, title);
	fprintf(d->file,
		"</text>\n<text x=\"24\" y=\"54\" class=\"dim\">%" PRIu32
		" timeslots of %" PRIu32 " bytes every %g us: %.3f Mb/s</text>\n",
		art->plan->n_slots, art->shape->slot_bytes, art->shape->period_ns / 1000.0,
		art->plan->n_slots * art->shape->slot_bytes * 8 * 1000.0 /
			art->shape->period_ns);
}

int slot_art_svg(FILE *file, const struct slot_art *art, const char *title, struct error *err)
{
	struct drawing d = { .file = file,
			     .art = art,
			     .slot_w = (double)FRAME_W / art->plan->n_slots };

	for (uint32_t station = 0; station < BTC_N_STATIONS; station++)
		d.n_rows += is_drawn(art, station);
	svg_head(&d, title);
	svg_ruler(&d);
	svg_rows(&d);
	svg_band(&d);
	svg_legend(&d);
	fputs("</svg>\n", file);
	return ferror(file) ? error_set_errno(err, errno, "picture") : 0;
}
