/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Board files: any text is a board or a list of mistakes, each with file and line, the first of
 * them the result.
 */
#include <stdlib.h>
#include <string.h>

#include "hal/board_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(void *arg, const struct error *mistake)
{
	size_t *n = arg;

	if (mistake->code == 0 || strncmp(mistake->text, "fuzz.yaml:", 10) != 0)
		abort();
	++*n;
}

/* What a good board promises to those who use it. */
static void check_board(const struct board *board)
{
	const struct board_port *ports;
	const struct board_blade *blades;
	const struct board_wire *wires;
	size_t n_ports = board_ports(board, &ports);
	size_t n_blades = board_blades(board, &blades);

	if (board_n_devices(board) == 0 || n_blades > n_ports)
		abort();
	for (size_t i = 1; i < n_ports; i++)
		if (ports[i].port <= ports[i - 1].port)
			abort();
	for (size_t i = 1; i < n_blades; i++)
		if (blades[i].slot <= blades[i - 1].slot)
			abort();
	if (board_wires(board, &wires) > n_ports)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t n_mistakes = 0;
	struct yamldoc_sink sink = { .report = check, .arg = &n_mistakes };
	const struct board_text text = {
		.source = "fuzz",
		.name = "fuzz.yaml",
		.text = (const char *)data,
		.size = size,
		.folder = "/nonexistent/",
	};
	struct board *board = NULL;
	int rc = board__open_text(&text, NULL, &sink, &board);

	if ((rc == 0) != (n_mistakes == 0) || (rc == 0) != (board != NULL))
		abort();
	if (rc == 0)
		check_board(board);
	board_close(board);
	return 0;
}
