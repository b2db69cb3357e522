/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>

#include "cli/chip.h"
#include "hal/vsc7448/sfp.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct tables {
	struct out_record *root;
	struct out_table *modules, *readings;
};

static struct tables make_tables(struct call *call)
{
	static const struct out_column modules[] = {
		{ "port", "PORT", OUT_RIGHT },
		{ "state", "STATE", 0 },
		{ "type", "TYPE", 0 },
		{ "vendor", "VENDOR", 0 },
		{ "part", "PART", 0 },
		{ "serial", "SERIAL", 0 },
		{ "wavelength_nm", "NM", OUT_RIGHT },
		{ "connector", "CONNECTOR", 0 },
	};
	static const struct out_column readings[] = {
		{ "port", "PORT", OUT_RIGHT },
		{ "quantity", "QUANTITY", 0 },
		{ "value", "VALUE", OUT_RIGHT },
		{ "unit", "UNIT", 0 },
		{ "dbm", "DBM", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "low_alarm", "LOW ALARM", OUT_RIGHT },
		{ "low_warning", "LOW WARNING", OUT_RIGHT },
		{ "high_warning", "HIGH WARNING", OUT_RIGHT },
		{ "high_alarm", "HIGH ALARM", OUT_RIGHT },
		{ "state", "STATE", 0 },
	};
	struct out_record *root = out_root(call->out);
	struct tables t = { .root = root };

	t.modules = out_table(root, "modules", modules, COUNT(modules));
	t.readings = out_table(root, "readings", readings, COUNT(readings));
	return t;
}

static void absent_row(const struct tables *t, uint32_t port)
{
	out_row(t->modules, (const struct out_cell[]){
				    out_styled(OUT_STYLE_NAME, out_uint(port)),
				    out_styled(OUT_STYLE_DIM, out_lasting("absent")),
				    out_null(),
				    out_null(),
				    out_null(),
				    out_null(),
				    out_null(),
				    out_null(),
			    });
}

static const char *state_of(const struct vsc7448_sfp *sfp)
{
	if (!sfp->identity.base_ok || !sfp->identity.ext_ok ||
	    (sfp->has_diag && !sfp->diag.checksum_ok))
		return "checksum";
	if (sfp->has_diag && sfp->diag.tx_fault)
		return "tx fault";
	if (sfp->has_diag && sfp->diag.rx_los)
		return "no signal";
	if (sfp->has_diag && sfp->diag.tx_disabled)
		return "tx disabled";
	return "ok";
}

/* What only programs get. */
static void module_more(const struct tables *t, const struct vsc7448_sfp *sfp)
{
	const struct sfp_identity *id = &sfp->identity;
	struct out_record *more = out_row_more(t->modules);

	out_add(more, "revision", NULL, out_text(id->revision));
	out_add(more, "date", NULL, out_text(id->date));
	out_add(more, "oui", NULL,
		out_lasting(out_format(t->root, "%02x:%02x:%02x", id->oui[0], id->oui[1],
				       id->oui[2])));
	out_add(more, "identifier", NULL, out_uint(id->identifier));
	out_add(more, "rate_mbps", NULL, out_uint(id->rate_mbps));
	out_add(more, "cc_base_ok", NULL, out_bool(id->base_ok));
	out_add(more, "cc_ext_ok", NULL, out_bool(id->ext_ok));
	out_add(more, "cc_dmi_ok", NULL,
		sfp->has_diag ? out_bool(sfp->diag.checksum_ok) : out_null());
	out_add(more, "calibration", NULL,
		out_lasting(!sfp->has_diag         ? NULL
			    : id->diag_is_external ? "external"
						   : "internal"));
	out_add(more, "rx_power_is_average", NULL,
		sfp->has_diag ? out_bool(id->rx_is_average) : out_null());
	out_add(more, "tx_disabled", NULL,
		sfp->has_diag ? out_bool(sfp->diag.tx_disabled) : out_null());
	out_add(more, "tx_fault", NULL,
		sfp->has_diag ? out_bool(sfp->diag.tx_fault) : out_null());
	out_add(more, "rx_los", NULL, sfp->has_diag ? out_bool(sfp->diag.rx_los) : out_null());
}

static void module_row(const struct tables *t, uint32_t port, const struct vsc7448_sfp *sfp)
{
	const struct sfp_identity *id = &sfp->identity;
	const char *state = state_of(sfp);
	bool good = state[0] == 'o';

	out_row(t->modules,
		(const struct out_cell[]){
			out_styled(OUT_STYLE_NAME, out_uint(port)),
			out_styled(good ? OUT_STYLE_GOOD : OUT_STYLE_BAD, out_lasting(state)),
			out_lasting(sfp_type_name(sfp->a0)),
			out_text(id->vendor),
			out_text(id->part),
			out_text(id->serial),
			id->wavelength_nm != 0 ? out_uint(id->wavelength_nm) : out_null(),
			out_lasting(sfp_connector_name(id->connector)),
		});
	module_more(t, sfp);
}

static const char *reading_state(const struct sfp_reading *reading)
{
	if (reading->is_high_alarm)
		return "high alarm";
	if (reading->is_low_alarm)
		return "low alarm";
	if (reading->is_high_warning)
		return "high warning";
	return reading->is_low_warning ? "low warning" : "ok";
}

static void diag_rows(const struct tables *t, uint32_t port, const struct sfp_diag *diag)
{
	for (enum sfp_quantity q = 0; q < SFP_N_QUANTITIES; q++) {
		const struct sfp_reading *r = &diag->readings[q];
		const char *state = reading_state(r);
		bool power = q == SFP_TX_POWER || q == SFP_RX_POWER;

		out_row(t->readings,
			(const struct out_cell[]){
				out_uint(port),
				out_styled(OUT_STYLE_NAME, out_lasting(sfp_quantity_name(q))),
				out_real(r->now),
				out_lasting(sfp_quantity_unit(q)),
				power ? out_real(sfp_dbm(r->now)) : out_null(),
				out_real(r->low_alarm),
				out_real(r->low_warning),
				out_real(r->high_warning),
				out_real(r->high_alarm),
				out_styled(state[0] == 'o' ? OUT_STYLE_GOOD : OUT_STYLE_BAD,
					   out_lasting(state)),
			});
	}
}

static int show_port(struct vsc7448 *chip, const struct board_port *port,
		     const struct tables *t, struct error *err)
{
	const struct vsc7448_twi twi = { port->sfp.twi, port->sfp.scl == BOARD_NO_SCL
								? VSC7448_TWI_PLAIN_SCL
								: port->sfp.scl };
	struct vsc7448_sfp sfp;
	int rc = vsc7448_sfp_read(chip, &twi, &sfp, err);

	if (rc == E_NODEV) {
		error_clear(err);
		absent_row(t, port->port);
		return 0;
	}
	if (rc != 0)
		return error_prefix(err, "port %" PRIu32, port->port);
	module_row(t, port->port, &sfp);
	if (sfp.has_diag)
		diag_rows(t, port->port, &sfp.diag);
	return 0;
}

/* Those that were asked for and have a cage; one that has none is a mistake. */
static int find_cages(const struct call *call, struct error *err, vsc7448_ports *ports)
{
	const struct board_port *list;
	size_t n = board_ports(call->board, &list);
	vsc7448_ports have = 0, want = 0;

	for (size_t i = 0; i < n; i++)
		if (list[i].sfp.has)
			have |= UINT64_C(1) << list[i].port;
	*ports = have;
	if (have == 0)
		return error_set(err, E_NOTFOUND,
				 "the board names no port with an SFP module (key 'sfp')");
	if (call->args.n_operands == 0)
		return 0;
	for (size_t i = 0; i < call->args.n_operands; i++) {
		vsc7448_ports some;
		int rc = chip_ports(call->args.operands[i], err, &some);

		if (rc != 0)
			return rc;
		want |= some;
	}
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if ((want & ~have) >> port & 1)
			return error_set(err, E_NOTFOUND,
					 "port %" PRIu32 " has no SFP module on this board",
					 port);
	*ports = want;
	return 0;
}

static int cmd_sfp_show(struct call *call, struct error *err)
{
	const struct board_port *list;
	size_t n = board_ports(call->board, &list);
	struct vsc7448 *chip;
	vsc7448_ports ports;
	struct tables t;
	int rc = find_cages(call, err, &ports);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	t = make_tables(call);
	for (size_t i = 0; rc == 0 && i < n; i++)
		if ((ports >> list[i].port & 1) != 0)
			rc = show_port(chip, &list[i], &t, err);
	vsc7448_close(chip);
	return rc;
}

const struct cmd sfp_table[] = {
	{
		.name = "show",
		.usage = "[PORTS]...",
		.help = "identity and diagnostics of SFP modules",
		.detail = "Of the ports whose cage the board file names. Reading takes writes "
			  "to the two-wire controller and leads its clock to one cage after "
			  "the "
			  "other.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.max_operands = SIZE_MAX,
		.schema = "sfp-show",
		.version = 1,
		.run = cmd_sfp_show,
	},
};
