/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/chip.h"
#include "hal/vsc7448/miim.h"

static int parse_number(const char *text, const char *what, uint32_t max, struct error *err,
			uint32_t *value)
{
	return args_number32(text, what, (struct args_range){ 0, max }, err, value);
}

/* "0:16" is a PHY in clause 22, "0:16.7" device 7 of it in clause 45. */
static int parse_phy(const char *text, struct error *err, struct vsc7448_miim *phy)
{
	char copy[32], *colon, *dot;
	int rc;

	snprintf(copy, sizeof(copy), "%s", text);
	colon = strchr(copy, ':');
	if (strlen(text) >= sizeof(copy) || colon == NULL)
		return error_set(err, E_SYNTAX,
				 "'%.32s' is not CONTROLLER:ADDRESS[.MMD], like 0:16 or 0:16.7",
				 text);
	*colon = '\0';
	dot = strchr(colon + 1, '.');
	phy->mmd = VSC7448_MIIM_CLAUSE_22;
	if (dot != NULL)
		*dot = '\0';
	rc = parse_number(copy, "MDIO controller", VSC7448_N_MIIMS - 1, err, &phy->controller);
	if (rc == 0)
		rc = parse_number(colon + 1, "PHY address", VSC7448_MIIM_N_ADDRESS - 1, err,
				  &phy->address);
	if (rc == 0 && dot != NULL)
		rc = parse_number(dot + 1, "MMD", 31, err, &phy->mmd);
	return rc;
}

static int parse_reg(const char *text, const struct vsc7448_miim *phy, struct error *err,
		     uint32_t *reg)
{
	bool c22 = phy->mmd == VSC7448_MIIM_CLAUSE_22;

	return parse_number(text, c22 ? "PHY register of clause 22" : "PHY register",
			    c22 ? 31 : 65535, err, reg);
}

/* IEEE 802.3 table 22-6; NULL: the vendor's, or clause 45. */
static const char *reg_name(const struct vsc7448_miim *phy, uint32_t reg)
{
	static const char *const names[] = {
		"control",
		"status",
		"identifier 1",
		"identifier 2",
		"auto-negotiation advertisement",
		"link partner ability",
		"auto-negotiation expansion",
		"next page transmit",
		"link partner next page",
		"1000BASE-T control",
		"1000BASE-T status",
		NULL,
		NULL,
		"MMD access control",
		"MMD access address data",
		"extended status",
	};

	if (phy->mmd != VSC7448_MIIM_CLAUSE_22 || reg >= sizeof(names) / sizeof(names[0]))
		return NULL;
	return names[reg];
}

static void show(struct call *call, const struct vsc7448_miim *phy, uint32_t reg,
		 uint16_t value)
{
	struct out_record *root = out_root(call->out);
	bool c22 = phy->mmd == VSC7448_MIIM_CLAUSE_22;

	out_add(root, "controller", "controller", out_uint(phy->controller));
	out_add(root, "address", "address", out_uint(phy->address));
	out_add(root, "mmd", c22 ? NULL : "MMD", c22 ? out_null() : out_uint(phy->mmd));
	out_add(root, "register", "register", out_uint(reg));
	out_add(root, "name", reg_name(phy, reg) != NULL ? "name" : NULL,
		out_lasting(reg_name(phy, reg)));
	out_put(root, &(struct out_column){ "value", "value", OUT_RAW }, out_hex(value, 16));
}

static int cmd_phy_read(struct call *call, struct error *err)
{
	struct vsc7448_miim phy = { 0 };
	struct vsc7448 *chip;
	uint32_t reg;
	uint16_t value = 0;
	int rc = parse_phy(call->args.operands[0], err, &phy);

	if (rc == 0)
		rc = parse_reg(call->args.operands[1], &phy, err, &reg);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_miim_read(chip, &phy, reg, &value, err);
	if (rc == 0 && !call->options.dry_run)
		show(call, &phy, reg, value);
	vsc7448_close(chip);
	return rc;
}

static int cmd_phy_write(struct call *call, struct error *err)
{
	struct vsc7448_miim phy = { 0 };
	struct vsc7448 *chip;
	uint32_t reg, value;
	int rc = parse_phy(call->args.operands[0], err, &phy);

	if (rc == 0)
		rc = parse_reg(call->args.operands[1], &phy, err, &reg);
	if (rc == 0)
		rc = parse_number(call->args.operands[2], "value", UINT16_MAX, err, &value);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_miim_write(chip, &phy, reg, (uint16_t)value, err);
	if (rc == 0 && !call->options.dry_run)
		show(call, &phy, reg, (uint16_t)value);
	vsc7448_close(chip);
	return rc;
}

const struct cmd phy_table[] = {
	{
		.name = "read",
		.usage = "CONTROLLER:ADDRESS[.MMD] REG",
		.help = "read a register of a PHY over MDIO",
		.detail = "With .MMD in clause 45. MDIO controllers 1 and 2 need their pins: "
			  "gpio mode 56-57 MIIM1, gpio mode 58-59 MIIM2.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "phy-read",
		.version = 1,
		.run = cmd_phy_read,
	},
	{
		.name = "write",
		.usage = "CONTROLLER:ADDRESS[.MMD] REG VALUE",
		.help = "write a register of a PHY over MDIO",
		.detail = "Nothing acknowledges a write: it succeeds without a PHY too.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 3,
		.max_operands = 3,
		.schema = "phy-write",
		.version = 1,
		.run = cmd_phy_write,
	},
};
