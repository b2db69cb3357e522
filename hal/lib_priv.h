/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of the library: what stands behind the opaque types of switchblade.h. */
#ifndef HAL_LIB_PRIV_H
#define HAL_LIB_PRIV_H

#include "hal/board.h"
#include "hal/board_priv.h"
#include "hal/reg.h"
#include "hal/reg_priv.h"
#include "hal/switchblade.h"

struct sb_device {
	struct device *dev;
};

struct sb_board {
	struct board *board;
	struct sb_device devices[BOARD_MAX_DEVICES];
};

struct sb_reg {
	struct sb_device *device;
	struct regset_item item;
	char path[REG_PATH_SIZE];
};

/* Tells the caller of the library about @from and returns its code; @to may be NULL. */
int lib__error(struct sb_error *to, const struct error *from);

/* enum reg_flag from enum sb_access_flag. */
unsigned lib__flags(unsigned flags);

/* The one register or field that @path names, without its path. */
int lib__find(struct sb_board *board, const char *path, struct error *err, struct sb_reg *reg);

int lib__read(const struct sb_reg *reg, unsigned flags, struct error *err, uint64_t *value);
int lib__write(const struct sb_reg *reg, uint64_t value, unsigned flags, struct error *err);

#endif
