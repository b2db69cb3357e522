/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the command table points at: run functions, one file per command, and their options. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/cmd.h"

int cmd_board_check(struct call *call, struct error *err);
int cmd_board_show(struct call *call, struct error *err);
int cmd_bus_info(struct call *call, struct error *err);
int cmd_bus_list(struct call *call, struct error *err);
int cmd_bus_test(struct call *call, struct error *err);
int cmd_bus_tune(struct call *call, struct error *err);
int cmd_frame_set(struct call *call, struct error *err);
int cmd_frame_show(struct call *call, struct error *err);
int cmd_gpio_serial(struct call *call, struct error *err);
int cmd_gpio_serial_set(struct call *call, struct error *err);
int cmd_gpio_serial_setup(struct call *call, struct error *err);
int cmd_help(struct call *call, struct error *err);
int cmd_link_history(struct call *call, struct error *err);
int cmd_link_kr(struct call *call, struct error *err);
int cmd_link_modes(struct call *call, struct error *err);
int cmd_link_set(struct call *call, struct error *err);
int cmd_link_show(struct call *call, struct error *err);
int cmd_map_diff(struct call *call, struct error *err);
int cmd_map_info(struct call *call, struct error *err);
int cmd_map_list(struct call *call, struct error *err);
int cmd_msg_gateway(struct call *call, struct error *err);
int cmd_msg_instruct(struct call *call, struct error *err);
int cmd_msg_ping(struct call *call, struct error *err);
int cmd_port_show(struct call *call, struct error *err);
int cmd_reg_diff(struct call *call, struct error *err);
int cmd_reg_dump(struct call *call, struct error *err);
int cmd_reg_find(struct call *call, struct error *err);
int cmd_reg_info(struct call *call, struct error *err);
int cmd_reg_list(struct call *call, struct error *err);
int cmd_reg_poll(struct call *call, struct error *err);
int cmd_reg_read(struct call *call, struct error *err);
int cmd_reg_restore(struct call *call, struct error *err);
int cmd_reg_set(struct call *call, struct error *err);
int cmd_reg_watch(struct call *call, struct error *err);
int cmd_reg_write(struct call *call, struct error *err);
int cmd_route_leg(struct call *call, struct error *err);
int cmd_route_mac(struct call *call, struct error *err);
int cmd_serdes_ber(struct call *call, struct error *err);
int cmd_serdes_eye(struct call *call, struct error *err);
int cmd_serdes_loop(struct call *call, struct error *err);
int cmd_serdes_prbs(struct call *call, struct error *err);
int cmd_serdes_show(struct call *call, struct error *err);
int cmd_serve(struct call *call, struct error *err);
int cmd_shell(struct call *call, struct error *err);
int cmd_source(struct call *call, struct error *err);
int cmd_undo(struct call *call, struct error *err);
int cmd_version(struct call *call, struct error *err);

extern const struct arg_spec board_check_options[];
extern const struct arg_spec bus_list_options[];
extern const struct arg_spec bus_test_options[];
extern const struct arg_spec bus_tune_options[];
extern const struct arg_spec frame_set_options[];
extern const struct arg_spec help_options[];
extern const struct arg_spec link_kr_options[];
extern const struct arg_spec msg_gateway_options[];
extern const struct arg_spec msg_instruct_options[];
extern const struct arg_spec msg_ping_options[];
extern const struct arg_spec reg_diff_options[];
extern const struct arg_spec reg_dump_options[];
extern const struct arg_spec reg_list_options[];
extern const struct arg_spec reg_poll_options[];
extern const struct arg_spec reg_watch_options[];
extern const struct arg_spec serve_options[];

extern const struct arg_spec route_leg_options[];
extern const struct arg_spec serdes_ber_options[];
extern const struct arg_spec undo_options[];
extern const struct cmd link_table[5];
extern const struct cmd oset_table[3];
extern const struct cmd port_table[5];

extern const struct arg_spec serdes_eye_options[];
extern const struct cmd acl_table[5];
extern const struct cmd chip_table[4];
extern const struct cmd isolate_table[3];
extern const struct cmd lag_table[4];
extern const struct cmd mac_table[6];
extern const struct cmd mirror_table[3];
extern const struct cmd pgid_table[2];
extern const struct cmd police_table[2];
extern const struct cmd route_table[6];
extern const struct cmd storm_table[2];
extern const struct cmd vlan_table[5];
extern const struct cmd serdes_table[5];

extern const struct cmd arb_table[2];
extern const struct cmd blade_table[6];
extern const struct cmd btc_table[4];
extern const struct cmd msg_table[6];
extern const struct cmd scenario_table[1];
extern const struct cmd slot_table[4];
extern const struct cmd steer_table[2];
extern const struct cmd tdm_table[2];

extern const struct cmd counters_table[2];
extern const struct cmd frame_table[4];
extern const struct cmd gpio_table[6];
extern const struct cmd phy_table[2];
extern const struct cmd sfp_table[1];

#endif
