/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program of somebody else: knows nothing but the installed header and library.
 *
 *     cc example.c $(pkg-config --cflags --libs switchblade)
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <switchblade.h>

static void die(const struct sb_error *err)
{
	fprintf(stderr, "example: %s (%s)\n", err->text, sb_code_name(err->code));
	exit(sb_exit_status(err->code));
}

static void show_devices(struct sb_board *board)
{
	printf("board %s\n", sb_board_name(board));
	for (size_t i = 0; i < sb_n_devices(board); i++) {
		const struct sb_device *device = sb_device_at(board, i);

		printf("device %s: map %s on %s\n", sb_device_name(device),
		       sb_device_map(device), sb_device_bus(device));
	}
}

static void show(struct sb_board *board, const char *path)
{
	struct sb_error err;
	uint64_t value;

	if (sb_read(board, path, 0, &value, &err) != 0)
		die(&err);
	printf("%s = 0x%" PRIx64 "\n", path, value);
}

static void set_two_fields(struct sb_board *board)
{
	static const char *const fields[] = {
		"DEV1G[3]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000",
		"DEV1G[3]:DEV_RST_CTRL.PCS_TX_RST=1",
	};
	struct sb_error err;

	if (sb_set(board, fields, 2, 0, &err) != 0)
		die(&err);
	show(board, "DEV1G[3]:DEV_RST_CTRL");
}

static void list(struct sb_board *board, const char *pattern)
{
	struct sb_selection *selection;
	const struct sb_reg *reg;
	struct sb_error err;

	if (sb_select(board, pattern, &selection, &err) != 0)
		die(&err);
	printf("%s: %" PRIu64 "\n", pattern, sb_selection_count(selection));
	while ((reg = sb_selection_next(selection)) != NULL) {
		uint64_t value;

		if (sb_reg_read(reg, 0, &value, &err) != 0)
			die(&err);
		printf("%s at 0x%" PRIx64 " = 0x%" PRIx64 "\n", sb_reg_path(reg),
		       sb_reg_addr(reg), value);
	}
	sb_selection_free(selection);
}

static void batch(struct sb_board *board)
{
	struct sb_op ops[] = {
		{ .kind = SB_OP_WRITE, .addr = 0xc, .value = 0x12345678 },
		{ .kind = SB_OP_POLL, .addr = 0xc, .value = 0x78, .mask = 0xff, .time_us = 10 },
		{ .kind = SB_OP_READ, .addr = 0x0 },
	};
	struct sb_error err;

	if (sb_batch(sb_device_find(board, "btc"), ops, 3, 0, &err) != 0)
		die(&err);
	printf("scratch 0x%08" PRIx32 ", magic 0x%08" PRIx32 "\n", ops[1].value, ops[2].value);
}

static void refused(struct sb_board *board)
{
	struct sb_error err;
	uint64_t value = 7;
	int rc = sb_read(board, "UART:RBR_THR", 0, &value, &err);

	printf("refused: %s, status %d, value still %" PRIu64 "\n", sb_code_name(rc),
	       sb_exit_status(rc), value);
}

int main(void)
{
	struct sb_board *board;
	struct sb_error err;

	if (sb_open(NULL, 0, &board, &err) != 0)
		die(&err);
	show_devices(board);
	show(board, "switch/DEVCPU_GCB:CHIP_REGS:CHIP_ID");
	set_two_fields(board);
	list(board, "DEV1G[0-2]:DEV_CFG_STATUS:DEV_RST_CTRL");
	batch(board);
	refused(board);
	sb_close(board);
	return 0;
}
