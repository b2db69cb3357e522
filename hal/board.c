/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/board.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hal/board_embedded.h"
#include "hal/board_priv.h"

#define EMBEDDED_NAME "bench8.yaml (embedded)"

static int no_memory(struct error *err)
{
	return error_set(err, E_NOMEM, "out of memory");
}

static int open_failed(const char *path, struct error *err)
{
	return error_set_errno(err, errno, "board file '%.256s'", path);
}

/* Reads at most one byte more than a board file may have; *text is the caller's. */
static int read_file(const char *path, struct error *err, char **text, size_t *size)
{
	FILE *file = fopen(path, "rb");
	char *data;

	if (file == NULL)
		return open_failed(path, err);
	data = malloc(YAMLDOC_MAX_BYTES + 1);
	if (data == NULL) {
		fclose(file);
		return no_memory(err);
	}
	*size = fread(data, 1, YAMLDOC_MAX_BYTES + 1, file);
	if (ferror(file)) {
		int rc = open_failed(path, err);

		free(data);
		fclose(file);
		return rc;
	}
	fclose(file);
	*text = data;
	return 0;
}

/* The part of @path up to and with its last slash (malloc'd). */
static char *folder_of(const char *path)
{
	const char *slash = path != NULL ? strrchr(path, '/') : NULL;

	return slash == NULL ? strdup("") : strndup(path, (size_t)(slash + 1 - path));
}

static int compare_ports(const void *a, const void *b)
{
	const struct board_port *x = a, *y = b;

	return x->port < y->port ? -1 : x->port > y->port;
}

static int compare_blades(const void *a, const void *b)
{
	const struct board_blade *x = a, *y = b;

	return x->slot < y->slot ? -1 : x->slot > y->slot;
}

static void read_lists(struct board_reader *r, const struct board_lists *lists)
{
	struct board *board = r->board;

	board__read_devices(r, lists->devices);
	board__read_ports(r, lists->ports);
	board__read_blades(r, lists->blades);
	board__read_wires(r, lists->wires);
	board__check_chip(r);
	if (board->n_ports > 1)
		qsort(board->ports, board->n_ports, sizeof(*board->ports), compare_ports);
	if (board->n_blades > 1)
		qsort(board->blades, board->n_blades, sizeof(*board->blades), compare_blades);
}

static void read_board(struct board_reader *r)
{
#define AT(member) offsetof(struct board_lists, member)
	static const struct yamldoc_key keys[] = {
		{ "board", YAMLDOC_NUMBER, true, AT(format), 1, 1, NULL, NULL },
		{ "name", YAMLDOC_PARSED, true, AT(name), 0, 0, NULL, board__parse_name },
		{ "title", YAMLDOC_TEXT, false, AT(title), 0, 0, NULL, NULL },
		{ "devices", YAMLDOC_LIST, true, AT(devices), 1, BOARD_MAX_DEVICES, NULL,
		  NULL },
		{ "ports", YAMLDOC_LIST, false, AT(ports), 0, VSC7448_N_PORTS, NULL, NULL },
		{ "blades", YAMLDOC_LIST, false, AT(blades), 0, VSC7448_N_PORTS, NULL, NULL },
		{ "wires", YAMLDOC_LIST, false, AT(wires), 0, VSC7448_N_PORTS, NULL, NULL },
		{ 0 },
	};
#undef AT
	struct board_lists lists = { .name = "", .title = "" };

	if (!yamldoc_read(r->doc, yamldoc_root(r->doc), "a board", keys, &lists))
		r->devices_unsure = r->ports_unsure = true;
	read_lists(r, &lists);
	r->board->name = strdup(lists.name);
	r->board->title = strdup(lists.title);
	if (r->board->name == NULL || r->board->title == NULL)
		yamldoc_mistake(r->doc, NULL, E_NOMEM, "out of memory");
}

static int parse_board(struct board *board, const struct board_text *text,
		       struct yamldoc_sink *sink)
{
	struct board_reader r = { .board = board, .folder = text->folder };

	board->ports = calloc(VSC7448_N_PORTS, sizeof(*board->ports));
	board->blades = calloc(VSC7448_N_PORTS, sizeof(*board->blades));
	if (board->ports == NULL || board->blades == NULL)
		return no_memory(&sink->first);
	board->doc = r.doc = yamldoc_parse(text->name, text->text, text->size, sink);
	if (board->doc != NULL)
		read_board(&r);
	return sink->n_mistakes == 0 ? 0 : sink->first.code;
}

int board__open_text(const struct board_text *text, const struct board_options *options,
		     struct yamldoc_sink *sink, struct board **out)
{
	struct board *board;
	int rc = board__new(text->source, options, &sink->first, &board);

	if (rc != 0)
		return rc;
	rc = parse_board(board, text, sink);
	if (rc == 0)
		rc = board__plug(board, &sink->first);
	if (rc == 0)
		*out = board;
	else
		board_close(board);
	return rc;
}

static int open_embedded(const struct board_options *options, struct yamldoc_sink *sink,
			 struct board **out)
{
	const struct board_text text = {
		.source = "embedded",
		.name = EMBEDDED_NAME,
		.text = (const char *)embedded_bench8_yaml,
		.size = (uintptr_t)embedded_bench8_yaml_end - (uintptr_t)embedded_bench8_yaml,
		.folder = "",
	};

	return board__open_text(&text, options, sink, out);
}

static int open_file(const char *path, const struct board_options *options,
		     struct yamldoc_sink *sink, struct board **out)
{
	char *folder = folder_of(path), *data = NULL;
	struct board_text text = { .source = path, .name = path, .folder = folder };
	int rc;

	if (folder == NULL)
		return no_memory(&sink->first);
	rc = read_file(path, &sink->first, &data, &text.size);
	text.text = data;
	if (rc == 0)
		rc = board__open_text(&text, options, sink, out);
	free(data);
	free(folder);
	return rc;
}

static int open_path(const char *path, const struct board_options *options,
		     struct yamldoc_sink *sink, struct board **out)
{
	return path == NULL ? open_embedded(options, sink, out)
			    : open_file(path, options, sink, out);
}

int board_open(const char *path, const struct board_options *options, struct error *err,
	       struct board **out)
{
	struct yamldoc_sink sink = { 0 };
	int rc = open_path(path, options, &sink, out);

	if (rc != 0)
		error_copy(err, &sink.first);
	return rc;
}

int board_check(const char *path, const struct board_options *options,
		void (*report)(void *arg, const struct error *mistake), void *arg,
		struct error *err)
{
	struct yamldoc_sink sink = { .report = report, .arg = arg };
	struct board *board = NULL;
	int rc = open_path(path, options, &sink, &board);

	if (rc != 0)
		error_copy(err, &sink.first);
	board_close(board);
	return rc;
}
