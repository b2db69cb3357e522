/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `port set` and `link set` share: options, and the table of what the ports are now. */
#ifndef CLI_PORT_OPTIONS_H
#define CLI_PORT_OPTIONS_H

#include "cli/cmd.h"
#include "hal/vsc7448/port.h"

extern const struct arg_spec port_conf_options[];

/* The mode called @name.  E_SYNTAX with all names. */
int port_mode_parse(const char *name, struct error *err, enum link_mode *mode);

/* Puts what the options say into @conf.  E_SYNTAX, E_RANGE. */
int port_options_apply(const struct call *call, struct error *err,
		       struct vsc7448_port_conf *conf);

/* Is any of them given? */
bool port_options_given(const struct call *call);

/*
 * Does @op to each port of @ports, takes it into forwarding when it is enabled then and out of it
 * when not, and shows what it is; stops at the first that fails.
 */
typedef int (*port_op)(struct call *call, struct vsc7448 *chip, uint32_t port,
		       struct error *err);
int port_for_each(struct call *call, struct vsc7448 *chip, vsc7448_ports ports, port_op op,
		  struct error *err);

#endif
