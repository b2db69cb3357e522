/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The board that is linked in: fixtures/boards/bench8.yaml, put there by the Makefile. */
#ifndef HAL_BOARD_EMBEDDED_H
#define HAL_BOARD_EMBEDDED_H

extern const unsigned char embedded_bench8_yaml[];
extern const unsigned char embedded_bench8_yaml_end[];

#endif
