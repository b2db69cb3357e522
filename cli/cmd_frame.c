/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The `frame` commands: frames from and to the CPU of the switch chip.  Those on the frame of the
 * TDM bus are in cmd_tdm_frame.c.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/chip.h"
#include "cli/commands.h"
#include "cli/outfile.h"
#include "drv/cancel.h"
#include "drv/clock.h"
#include "hal/vsc7448/frame.h"
#include "hal/vsc7448/vlan.h"

enum {
	OPT_COUNT = OPT_COMMAND,
	OPT_DA,
	OPT_FROM,
	OPT_HEX,
	OPT_OUTPUT,
	OPT_REWRITE,
	OPT_SA,
	OPT_SIZE,
	OPT_SWITCHED,
	OPT_TIMEOUT,
	OPT_TYPE,
	OPT_VLAN,
};

/* --- send -------------------------------------------------------------------------------- */

static const struct arg_spec send_options[] = {
	{ "count", 'c', OPT_COUNT, "N", "how many (1)", 0 },
	{ "da", 0, OPT_DA, "MAC", "destination (ff:ff:ff:ff:ff:ff)", 0 },
	{ "from", 0, OPT_FROM, "PORT", "switched as if received at the port", 0 },
	{ "hex", 0, OPT_HEX, "BYTES", "the whole frame, without FCS, instead of the parts", 0 },
	{ "rewrite", 0, OPT_REWRITE, NULL, "tagged as PORTS tag the VLAN", 0 },
	{ "sa", 0, OPT_SA, "MAC", "source (02:00:00:00:00:fe)", 0 },
	{ "size", 0, OPT_SIZE, "BYTES", "with FCS, 64 to 16000 (64)", 0 },
	{ "switched", 0, OPT_SWITCHED, NULL, "as from the CPU port, by the tables", 0 },
	{ "type", 0, OPT_TYPE, "ETYPE", "type of the payload (0x88b5)", 0 },
	{ "vlan", 0, OPT_VLAN, "VID",
	  "a tag; with --rewrite and --from the VLAN (that of PORT)", 0 },
	{ 0 },
};

/* A frame and how it is sent. */
struct job {
	struct vsc7448_frame_out out;
	uint8_t *data; /* VSC7448_FRAME_MAX bytes */
	size_t len;
	uint64_t count;
	bool tagged;
};

static int hex_digit(char c)
{
	if (isdigit((unsigned char)c))
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Bytes as hexadecimal digits; blanks, ':' and '-' between bytes are allowed. */
static int parse_hex(const char *text, struct error *err, struct job *job)
{
	for (const char *at = text; *at != '\0'; at++) {
		int high = hex_digit(at[0]), low = high < 0 ? -1 : hex_digit(at[1]);

		if (strchr(" :-", *at) != NULL)
			continue;
		if (high < 0 || low < 0)
			return error_set(err, E_SYNTAX, "--hex: '%.16s' is not two digits", at);
		if (job->len == VSC7448_FRAME_MAX)
			return error_set(err, E_RANGE, "--hex: more than %u bytes",
					 VSC7448_FRAME_MAX);
		job->data[job->len++] = (uint8_t)(16 * high + low);
		at++;
	}
	if (job->len < 14)
		return error_set(err, E_RANGE, "--hex: %zu bytes, a frame has 14 or more",
				 job->len);
	return 0;
}

static void put_be(struct job *job, uint64_t value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		job->data[job->len++] = (uint8_t)(value >> 8 * (n - 1 - i));
}

static int mac_option(const struct call *call, int id, uint64_t fallback, struct error *err,
		      uint64_t *number)
{
	const char *text = args_value(&call->args, id);
	struct mac mac;
	int rc;

	*number = fallback;
	if (text == NULL)
		return 0;
	rc = chip_mac(text, err, &mac);
	if (rc == 0)
		*number = mac_number(&mac);
	return rc;
}

/* The frame from its parts: a payload that counts up. */
static int build(const struct call *call, struct error *err, struct job *job)
{
	uint64_t da = 0, sa = 0, size = 64, type = 0x88b5;
	int rc = mac_option(call, OPT_DA, UINT64_C(0xffffffffffff), err, &da);

	if (rc == 0)
		rc = mac_option(call, OPT_SA, UINT64_C(0x0200000000fe), err, &sa);
	if (rc == 0)
		rc = args_option(&call->args, OPT_SIZE,
				 (struct args_range){ 64, VSC7448_FRAME_MAX }, err, &size);
	if (rc == 0)
		rc = args_option(&call->args, OPT_TYPE, (struct args_range){ 0, 0xffff }, err,
				 &type);
	if (rc != 0)
		return rc;
	put_be(job, da, 6);
	put_be(job, sa, 6);
	if (job->tagged)
		put_be(job, UINT64_C(0x81000000) | job->out.vid, 4);
	put_be(job, type, 2);
	for (uint8_t byte = 0; job->len < size - 4; byte++)
		job->data[job->len++] = byte;
	return 0;
}

static int choose_way(const struct call *call, struct error *err, struct job *job)
{
	bool rewrite = args_has(&call->args, OPT_REWRITE);
	const char *from = args_value(&call->args, OPT_FROM);
	bool switched = args_has(&call->args, OPT_SWITCHED);
	bool ports = call->args.n_operands > 0;

	if (rewrite + (from != NULL) + switched > 1)
		return error_set(err, E_SYNTAX,
				 "--rewrite, --from and --switched exclude each other");
	if (ports == (from != NULL || switched))
		return error_set(
			err, E_SYNTAX,
			ports ? "with --from and --switched the tables choose the ports"
			      : "which PORTS? or --from PORT, or --switched");
	job->out.way = rewrite        ? VSC7448_FRAME_REWRITTEN
		       : from != NULL ? VSC7448_FRAME_FROM_PORT
		       : switched     ? VSC7448_FRAME_SWITCHED
				      : VSC7448_FRAME_DIRECT;
	if (from != NULL)
		return chip_port(from, err, &job->out.port);
	return ports ? chip_ports(call->args.operands[0], err, &job->out.ports) : 0;
}

static int plan(const struct call *call, struct error *err, struct job *job)
{
	const char *hex = args_value(&call->args, OPT_HEX);
	const char *vlan = args_value(&call->args, OPT_VLAN);
	int rc = choose_way(call, err, job);

	if (rc == 0 && vlan != NULL)
		rc = chip_vid(vlan, err, &job->out.vid);
	if (rc == 0)
		rc = args_option(&call->args, OPT_COUNT, (struct args_range){ 1, 1000000 }, err,
				 &job->count);
	if (rc != 0)
		return rc;
	job->tagged = vlan != NULL && (job->out.way == VSC7448_FRAME_DIRECT ||
				       job->out.way == VSC7448_FRAME_SWITCHED);
	if (job->tagged && hex != NULL)
		return error_set(err, E_SYNTAX,
				 "--vlan: with --hex the tag is among the bytes");
	return hex != NULL ? parse_hex(hex, err, job) : build(call, err, job);
}

static const char *hex_text(struct out_record *record, const uint8_t *data, size_t len)
{
	char *text = malloc(2 * len + 1);
	const char *copy;

	if (text == NULL)
		return "";
	for (size_t i = 0; i < len; i++) {
		text[2 * i] = "0123456789abcdef"[data[i] >> 4];
		text[2 * i + 1] = "0123456789abcdef"[data[i] & 0xf];
	}
	text[2 * len] = '\0';
	copy = out_format(record, "%s", text);
	free(text);
	return copy;
}

static void show_sent(struct call *call, const struct job *job, uint64_t n)
{
	static const char *const ways[] = {
		[VSC7448_FRAME_DIRECT] = "direct",
		[VSC7448_FRAME_REWRITTEN] = "rewritten",
		[VSC7448_FRAME_SWITCHED] = "switched",
		[VSC7448_FRAME_FROM_PORT] = "from port",
	};
	struct out_record *root = out_root(call->out);

	out_put(root, &(struct out_column){ "frames", "frames", OUT_RAW }, out_uint(n));
	out_add(root, "size_bytes", "bytes with FCS",
		out_uint((job->len < 60 ? 60 : job->len) + 4));
	out_add(root, "way", "way", out_lasting(ways[job->out.way]));
	out_add(root, "hex", NULL, out_lasting(hex_text(root, job->data, job->len)));
}

/* A frame as if received at a port is of the port's own VLAN unless another was given. */
static int choose_vlan(struct vsc7448 *chip, struct job *job, struct error *err)
{
	struct vsc7448_vlan_port conf;
	int rc;

	if (job->out.way != VSC7448_FRAME_FROM_PORT || job->out.vid != 0)
		return 0;
	rc = vsc7448_vlan_port_get(chip, job->out.port, err, &conf);
	if (rc == 0)
		job->out.vid = conf.pvid;
	return rc;
}

static int send_all(struct vsc7448 *chip, struct job *job, struct error *err, uint64_t *n)
{
	int rc = choose_vlan(chip, job, err);

	if (rc == 0)
		rc = vsc7448_frame_setup(chip, err);
	for (*n = 0; rc == 0 && *n < job->count && !cancel_requested(); ++*n) {
		rc = vsc7448_frame_send(chip, &job->out, job->data, job->len, err);
		if (rc != 0)
			break;
	}
	return rc;
}

static int run_send(struct call *call, struct error *err)
{
	struct job job = { .count = 1, .data = malloc(VSC7448_FRAME_MAX) };
	struct vsc7448 *chip = NULL;
	uint64_t n = 0;
	int rc;

	if (job.data == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	rc = plan(call, err, &job);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc == 0)
		rc = send_all(chip, &job, err, &n);
	if (rc == 0 || n > 0)
		show_sent(call, &job, n);
	vsc7448_close(chip);
	free(job.data);
	return rc;
}

/* --- capture ----------------------------------------------------------------------------- */

static const struct arg_spec capture_options[] = {
	{ "count", 'c', OPT_COUNT, "N", "frames to wait for (1)", 0 },
	{ "output", 'o', OPT_OUTPUT, "FILE", "write them as pcap too", ARG_FILE },
	{ "timeout", 0, OPT_TIMEOUT, "TIME", "how long to wait (1s)", 0 },
	{ 0 },
};

#define POLL_US 1000u

struct capture {
	struct call *call;
	struct out_table *table;
	struct clock *clock;
	struct outfile pcap;
	bool to_file;
	uint64_t count, n;
};

static void put_le(FILE *file, uint32_t value, int n)
{
	for (int i = 0; i < n; i++)
		putc((int)(value >> 8 * i & 0xff), file);
}

/* The classic format: magic, version 2.4, snapshot length, link type 1 (Ethernet). */
static void pcap_begin(FILE *file)
{
	put_le(file, 0xa1b2c3d4, 4);
	put_le(file, 2, 2);
	put_le(file, 4, 2);
	put_le(file, 0, 4);
	put_le(file, 0, 4);
	put_le(file, VSC7448_FRAME_MAX, 4);
	put_le(file, 1, 4);
}

static void pcap_frame(const struct capture *c, const struct vsc7448_frame_in *in)
{
	uint64_t now_us = clock_now_us(c->clock);
	FILE *file = c->pcap.file;

	put_le(file, (uint32_t)(now_us / 1000000), 4);
	put_le(file, (uint32_t)(now_us % 1000000), 4);
	put_le(file, (uint32_t)in->len, 4);
	put_le(file, (uint32_t)in->len, 4);
	fwrite(in->data, 1, in->len, file);
}

static const char *mac_text(struct out_record *record, const uint8_t *octets)
{
	char buf[MAC_TEXT_SIZE];
	struct mac mac;

	memcpy(mac.octet, octets, sizeof(mac.octet));
	return out_format(record, "%s", mac_format(&mac, buf));
}

/* The EtherType behind a C-tag or S-tag. */
static uint32_t etype_of(const struct vsc7448_frame_in *in)
{
	size_t at = 12;

	while (at + 6 <= in->len && ((in->data[at] == 0x81 && in->data[at + 1] == 0x00) ||
				     (in->data[at] == 0x88 && in->data[at + 1] == 0xa8)))
		at += 4;
	return at + 2 <= in->len ? (uint32_t)(in->data[at] << 8 | in->data[at + 1]) : 0;
}

static const struct out_column capture_columns[] = {
	{ "port", "PORT", OUT_RIGHT },
	{ "vid", "VLAN", OUT_RIGHT },
	{ "pcp", "PCP", OUT_RIGHT },
	{ "class", "CLASS", OUT_RIGHT },
	{ "queues", "QUEUES", OUT_RIGHT },
	{ "size_bytes", "BYTES", OUT_RIGHT },
	{ "destination", "DESTINATION", 0 },
	{ "source", "SOURCE", 0 },
	{ "ethertype", "TYPE", OUT_RIGHT },
	{ "pruned", NULL, 0 },
	{ "hex", NULL, OUT_RAW },
};

static bool take(void *arg, const struct vsc7448_frame_in *in)
{
	struct capture *c = arg;
	struct out_record *root = out_root(c->call->out);

	if (in->len < 14)
		return true;
	c->n++;
	out_row(c->table, (const struct out_cell[]){
				  out_styled(OUT_STYLE_NAME, out_uint(in->port)),
				  out_uint(in->vid),
				  out_uint(in->pcp),
				  out_uint(in->cls),
				  out_hex(in->queues, 8),
				  out_uint(in->len + 4),
				  out_lasting(mac_text(root, in->data)),
				  out_lasting(mac_text(root, in->data + 6)),
				  out_hex(etype_of(in), 16),
				  out_bool(in->pruned),
				  out_lasting(hex_text(root, in->data, in->len)),
			  });
	if (c->to_file)
		pcap_frame(c, in);
	return c->n < c->count;
}

static int capture(struct capture *c, struct vsc7448 *chip, uint64_t timeout_us,
		   struct error *err)
{
	uint64_t end_us = clock_now_us(c->clock) + timeout_us;
	int rc = vsc7448_frame_setup(chip, err);

	while (rc == 0) {
		struct vsc7448_frame_stats stats;

		rc = vsc7448_frames_receive(chip, c->count - c->n, take, c, &stats, err);
		if (rc != 0 || c->n >= c->count || cancel_requested() ||
		    clock_now_us(c->clock) >= end_us)
			break;
		clock_wait_us(c->clock, POLL_US);
	}
	return rc;
}

static int run_capture(struct call *call, struct error *err)
{
	struct capture c = { .call = call, .count = 1, .clock = board_clock(call->board) };
	const char *timeout = args_value(&call->args, OPT_TIMEOUT);
	const char *path = args_value(&call->args, OPT_OUTPUT);
	uint64_t timeout_us = 1000000;
	struct vsc7448 *chip;
	int rc = args_option(&call->args, OPT_COUNT, (struct args_range){ 1, 1000000 }, err,
			     &c.count);

	if (rc == 0 && timeout != NULL)
		rc = args_duration_us(timeout, "--timeout", err, &timeout_us);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	if (path != NULL)
		rc = outfile_open(&c.pcap, path, err);
	c.to_file = path != NULL && rc == 0;
	c.table = out_table(out_root(call->out), "frames", capture_columns,
			    sizeof(capture_columns) / sizeof(capture_columns[0]));
	if (c.to_file)
		pcap_begin(c.pcap.file);
	if (rc == 0)
		rc = capture(&c, chip, timeout_us, err);
	if (c.to_file && rc == 0)
		rc = outfile_commit(&c.pcap, err);
	else if (c.to_file)
		outfile_abort(&c.pcap);
	if (rc == 0 && c.n == 0)
		out_say(out_root(call->out), OUT_STYLE_DIM, "no frame came");
	vsc7448_close(chip);
	return rc;
}

const struct cmd frame_table[] = {
	{
		.name = "capture",
		.usage = "",
		.help = "show frames that come to the CPU",
		.detail = "Gives extraction group 0 to the registers and leads all CPU queues "
			  "to it. Which frames come is a matter of the tables: acl, mac, "
			  "routes. Sizes are with FCS.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = capture_options,
		.schema = "frame-capture",
		.version = 1,
		.run = run_capture,
	},
	{
		.name = "send",
		.usage = "[PORTS]",
		.help = "send a frame through the switch chip",
		.detail = "To PORTS (3,49) it leaves as it is, past all tables; with --rewrite "
			  "the ports tag it. --from PORT and --switched send it through the "
			  "tables. Without --hex the payload counts up from 0.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = send_options,
		.max_operands = 1,
		.schema = "frame-send",
		.version = 1,
		.run = run_send,
	},
	{
		.name = "set",
		.usage = "",
		.help = "change the frame of the TDM bus",
		.detail = "What is not given stays. The shape (--period, --slots, --bytes) "
			  "changes "
			  "only while the bus is silent: `btc init` sets it, too.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = frame_set_options,
		.schema = "frame-show",
		.version = 1,
		.run = cmd_frame_set,
	},
	{
		.name = "show",
		.usage = "",
		.help = "the frame of the TDM bus: shape, alignment, counts",
		.flags = CMD_NEEDS_BOARD,
		.schema = "frame-show",
		.version = 1,
		.run = cmd_frame_show,
	},
};
