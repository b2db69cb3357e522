/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The `msg` commands: messages of the switch blade's software to and from blades.  Those that ask and
 * wait for answers are in cmd_msg_ask.c.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/complete.h"
#include "cli/tdm.h"
#include "drv/cancel.h"
#include "hal/btc/message.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define FIRST_USER_TYPE  0x0001u
#define DRAIN_TIMEOUT_US 200000u

enum {
	OPT_BY_WAY = OPT_COMMAND,
	OPT_COUNT,
	OPT_HEX,
	OPT_SIZE,
	OPT_STEER,
	OPT_TIMEOUT,
	OPT_TYPE,
};

/* --- send, broadcast --------------------------------------------------------------------- */

static const struct arg_spec send_options[] = {
	{ "by-way-of", 0, OPT_BY_WAY, "WHO", "initial destination (the final one)", 0 },
	{ "count", 'c', OPT_COUNT, "N", "how many (1)", 0 },
	{ "hex", 0, OPT_HEX, "BYTES", "the body as hexadecimal digits", 0 },
	{ "size", 0, OPT_SIZE, "BYTES", "a body of so many bytes that count up", 0 },
	{ "steer", 0, OPT_STEER, NULL, "to a blade that `steer` rules choose by the type", 0 },
	{ "type", 0, OPT_TYPE, "TYPE", "0 to 0xfeff (0x0001)", 0 },
	{ 0 },
};

static const struct arg_spec broadcast_options[] = {
	{ "count", 'c', OPT_COUNT, "N", "how many (1)", 0 },
	{ "hex", 0, OPT_HEX, "BYTES", "the body as hexadecimal digits", 0 },
	{ "size", 0, OPT_SIZE, "BYTES", "a body of so many bytes that count up", 0 },
	{ "type", 0, OPT_TYPE, "TYPE", "0 to 0xfeff (0x0001)", 0 },
	{ 0 },
};

/* A message and how it is sent. */
struct job {
	struct btc_message msg;
	struct btc_send how;
	uint64_t count;
};

static int digit_of(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	return at != NULL ? (int)(at - digits) % 16 : -1;
}

static int parse_hex(const char *text, struct error *err, struct btc_message *msg)
{
	size_t n = 0;

	for (const char *at = text; *at != '\0'; at++) {
		int high = digit_of(at[0]), low = high < 0 ? -1 : digit_of(at[1]);

		if (strchr(" :-", *at) != NULL)
			continue;
		if (high < 0 || low < 0)
			return error_set(err, E_SYNTAX, "--hex: '%.16s' is not two digits", at);
		if (n == BTC_BODY_MAX)
			return error_set(err, E_RANGE, "--hex: more than %u bytes",
					 BTC_BODY_MAX);
		msg->body[n++] = (uint8_t)(16 * high + low);
		at++;
	}
	msg->header.length = (uint16_t)n;
	return 0;
}

static int parse_body(const struct call *call, const char *text, struct error *err,
		      struct btc_message *msg)
{
	const char *hex = args_value(&call->args, OPT_HEX);
	uint32_t size = 0;
	int rc = args_option32(&call->args, OPT_SIZE, (struct args_range){ 0, BTC_BODY_MAX },
			       err, &size);

	if (rc == 0 && (text != NULL) + (hex != NULL) + args_has(&call->args, OPT_SIZE) > 1)
		rc = error_set(err, E_SYNTAX, "TEXT, --hex and --size exclude each other");
	if (rc != 0)
		return rc;
	if (hex != NULL)
		return parse_hex(hex, err, msg);
	if (text != NULL && strlen(text) > BTC_BODY_MAX)
		return error_set(err, E_RANGE, "TEXT: more than %u bytes", BTC_BODY_MAX);
	msg->header.length = (uint16_t)(text != NULL ? strlen(text) : size);
	for (size_t i = 0; i < msg->header.length; i++)
		msg->body[i] = text != NULL ? (uint8_t)text[i] : (uint8_t)i;
	return 0;
}

static int parse_job(const struct call *call, const char *text, struct error *err,
		     struct job *job)
{
	uint32_t type = FIRST_USER_TYPE;
	int rc = args_option32(&call->args, OPT_TYPE,
			       (struct args_range){ 0, BTC_TYPE_PLATFORM - 1 }, err, &type);

	job->count = 1;
	job->how = (struct btc_send){ .timeout_us = BTC_SEND_TIMEOUT_US };
	job->msg.header.type = (uint16_t)type;
	if (rc == 0)
		rc = args_option(&call->args, OPT_COUNT, (struct args_range){ 1, 1000000 }, err,
				 &job->count);
	return rc == 0 ? parse_body(call, text, err, &job->msg) : rc;
}

/* Sends and waits until all of it is on the bus. */
static int send_all(struct call *call, struct btc *b, struct job *job, struct error *err)
{
	struct out_record *root = out_root(call->out);
	uint64_t n = 0;
	int rc = 0;

	for (; rc == 0 && n < job->count && !cancel_requested(); n += rc == 0)
		rc = btc_message_send(b, &job->msg, &job->how, err);
	if (rc == 0)
		rc = btc_message_drain(b, DRAIN_TIMEOUT_US, err);
	if (rc != 0 && n == 0)
		return rc;
	out_put(root, &(struct out_column){ "messages", "messages sent", OUT_RAW },
		out_uint(n));
	if (!job->how.steer) {
		out_add(root, "initial", "initial destination",
			out_lasting(tdm_mac_text(root, &job->msg.header.initial)));
		out_add(root, "final", "final destination",
			out_lasting(tdm_mac_text(root, &job->msg.header.final)));
	}
	out_add(root, "source", "source",
		out_lasting(tdm_mac_text(root, &job->msg.header.source)));
	out_add(root, "type", "type", out_hex(job->msg.header.type, 16));
	out_add(root, "length", "bytes", out_uint(job->msg.header.length));
	return rc;
}

static int set_destinations(const struct call *call, struct btc *b, struct error *err,
			    struct job *job)
{
	const char *initial = args_value(&call->args, OPT_BY_WAY);
	struct tdm_names names;
	int rc = tdm_names_get(b, err, &names);

	if (rc == 0)
		rc = tdm_ident(call->args.operands[0], &names, err, &job->msg.header.final);
	job->msg.header.initial = job->msg.header.final;
	if (rc == 0 && initial != NULL)
		rc = tdm_ident(initial, &names, err, &job->msg.header.initial);
	return rc;
}

static int send(struct call *call, struct btc *b, struct error *err)
{
	struct job job = { .count = 1 };
	bool steer = args_has(&call->args, OPT_STEER);
	size_t at = steer ? 0 : 1;
	bool text = call->args.n_operands > at;
	int rc;

	if (call->args.n_operands < at || call->args.n_operands > at + 1)
		return error_set(err, E_SYNTAX, "give WHO [TEXT], or --steer [TEXT]");
	if (steer && args_has(&call->args, OPT_BY_WAY))
		return error_set(err, E_SYNTAX, "--steer fills in both destinations");
	rc = parse_job(call, text ? call->args.operands[at] : NULL, err, &job);
	job.how.steer = steer;
	if (rc == 0 && !steer)
		rc = set_destinations(call, b, err, &job);
	return rc == 0 ? send_all(call, b, &job, err) : rc;
}

static int run_send(struct call *call, struct error *err)
{
	return tdm_run(call, err, send);
}

static int broadcast(struct call *call, struct btc *b, struct error *err)
{
	struct job job = { .count = 1 };
	int rc = parse_job(call, call->args.n_operands > 0 ? call->args.operands[0] : NULL, err,
			   &job);

	job.msg.header.initial = job.msg.header.final = btc_everybody();
	return rc == 0 ? send_all(call, b, &job, err) : rc;
}

static int run_broadcast(struct call *call, struct error *err)
{
	return tdm_run(call, err, broadcast);
}

/* --- recv -------------------------------------------------------------------------------- */

static const struct arg_spec recv_options[] = {
	{ "count", 'c', OPT_COUNT, "N", "messages to wait for (1)", 0 },
	{ "timeout", 0, OPT_TIMEOUT, "TIME", "how long to wait for each (1s)", 0 },
	{ 0 },
};

static bool is_text(const struct btc_message *msg)
{
	for (size_t i = 0; i < msg->header.length; i++)
		if (msg->body[i] < 0x20 || msg->body[i] > 0x7e)
			return false;
	return msg->header.length > 0;
}

static const char *hex_of(struct out_record *record, const struct btc_message *msg)
{
	char text[2 * BTC_BODY_MAX + 1];

	for (size_t i = 0; i < msg->header.length; i++) {
		text[2 * i] = "0123456789abcdef"[msg->body[i] >> 4];
		text[2 * i + 1] = "0123456789abcdef"[msg->body[i] & 0xf];
	}
	text[2 * msg->header.length] = '\0';
	return out_format(record, "%s", text);
}

/* Up to 32 characters: text as it is, else hexadecimal digits. */
static const char *glance_of(struct out_record *record, const struct btc_message *msg)
{
	bool cut = msg->header.length > (is_text(msg) ? 32 : 16);

	if (is_text(msg))
		return out_format(record, "\"%.*s\"%s", cut ? 32 : msg->header.length,
				  (const char *)msg->body, cut ? "..." : "");
	return out_format(record, "%.32s%s", hex_of(record, msg), cut ? "..." : "");
}

static const struct out_column message_columns[] = {
	{ "station", NULL, 0 },
	{ "from", "FROM", 0 },
	{ "initial", NULL, 0 },
	{ "final", NULL, 0 },
	{ "source", NULL, 0 },
	{ "way", "INITIAL -> FINAL", 0 },
	{ "origin", "SOURCE", 0 },
	{ "type", "TYPE", OUT_RIGHT },
	{ "sequence", "SEQ", OUT_RIGHT },
	{ "length", "BYTES", OUT_RIGHT },
	{ "glance", "BODY", 0 },
	{ "hex", NULL, OUT_RAW },
};

static void put_message(struct out_record *root, struct out_table *table,
			const struct tdm_names *names, const struct btc_message *msg)
{
	const struct btc_header *header = &msg->header;

	out_row(table, (const struct out_cell[]){
			       out_uint(msg->station),
			       out_styled(OUT_STYLE_NAME,
					  out_lasting(tdm_station_text(root, msg->station))),
			       out_lasting(tdm_mac_text(root, &header->initial)),
			       out_lasting(tdm_mac_text(root, &header->final)),
			       out_lasting(tdm_mac_text(root, &header->source)),
			       out_lasting(tdm_way_text(root, names, header)),
			       out_lasting(tdm_ident_text(root, names, &header->source)),
			       out_hex(header->type, 16),
			       out_uint(header->sequence),
			       out_uint(header->length),
			       out_lasting(glance_of(root, msg)),
			       out_lasting(hex_of(root, msg)),
		       });
}

/* E_TIMEOUT after the first message is the end, not a failure. */
static int recv(struct call *call, struct btc *b, struct error *err)
{
	struct out_record *root = out_root(call->out);
	uint32_t timeout_us = 1000000;
	uint64_t count = 1;
	struct out_table *table;
	struct tdm_names names;
	int rc = args_option(&call->args, OPT_COUNT, (struct args_range){ 1, 1000000 }, err,
			     &count);

	if (rc == 0)
		rc = tdm_timeout_option(call, OPT_TIMEOUT, err, &timeout_us);
	if (rc == 0)
		rc = tdm_names_get(b, err, &names);
	if (rc != 0)
		return rc;
	table = out_table(root, "messages", message_columns, COUNT(message_columns));
	for (uint64_t i = 0; rc == 0 && i < count && !cancel_requested(); i++) {
		struct btc_message msg;

		rc = btc_message_receive(b, timeout_us, err, &msg);
		if (rc == 0)
			put_message(root, table, &names, &msg);
	}
	if (rc == E_TIMEOUT) {
		error_clear(err);
		rc = 0;
	}
	if (rc == 0 && out_n_rows(table) == 0)
		out_say(root, OUT_STYLE_DIM, "no message came");
	return rc;
}

static int run_recv(struct call *call, struct error *err)
{
	return tdm_run(call, err, recv);
}

static void complete_instruct(const struct complete *complete)
{
	if (complete->operand == 0)
		complete_offer(complete, "all");
	for (unsigned i = 0; complete->operand == 1 && i < BTC_N_OPERATIONS; i++)
		complete_offer(complete, btc_operation_name((enum btc_operation)i));
}

static void complete_who(const struct complete *complete)
{
	if (complete->operand == 0)
		complete_offer(complete, "all");
}

const struct cmd msg_table[] = {
	{
		.name = "broadcast",
		.usage = "[TEXT]",
		.help = "send a message to everybody on the TDM bus",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = broadcast_options,
		.max_operands = 1,
		.schema = "msg-send",
		.version = 1,
		.run = run_broadcast,
	},
	{
		.name = "gateway",
		.usage = "[PORTS]",
		.help = "bring messages of the external network to the blades",
		.detail =
			"A frame of EtherType 0x88b5 to the controller that comes in at PORTS "
			"(the board's external ones) holds a message; the rules of `steer` "
			"choose the blade, and its answer leaves at the same port. Ends after "
			"--for, or with Ctrl-C, and tells what became of the messages.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = msg_gateway_options,
		.max_operands = 1,
		.schema = "msg-gateway",
		.version = 1,
		.run = cmd_msg_gateway,
	},
	{
		.name = "instruct",
		.usage = "BLADE|all OPERATION",
		.help = "instruct blades, and collect their answers",
		.detail = "OPERATION is listen (to --timeslot; --argument 1: no longer), "
			  "maintenance, provisioning or normal (modes), run (--function with "
			  "--argument), or parameter (number --function becomes --argument).",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = msg_instruct_options,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "msg-instruct",
		.version = 1,
		.run = cmd_msg_instruct,
		.complete = complete_instruct,
	},
	{
		.name = "ping",
		.usage = "BLADE",
		.help = "echo requests to a blade over the TDM bus",
		.detail = "BLADE is a number or an identifier. Times are those of the bus's "
			  "clock. Exit status 6 when an answer did not come, 3 when it was not "
			  "the same.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = msg_ping_options,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "msg-ping",
		.version = 1,
		.run = cmd_msg_ping,
	},
	{
		.name = "recv",
		.usage = "",
		.help = "messages that came for the switch blade's software",
		.detail = "Ends when none came for --timeout.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = recv_options,
		.schema = "msg-recv",
		.version = 1,
		.run = run_recv,
	},
	{
		.name = "send",
		.usage = "[WHO] [TEXT]",
		.help = "send a message to a blade over the TDM bus",
		.detail = "WHO is a blade's number, all, or an identifier. The message goes to "
			  "it directly unless --by-way-of names somebody else as initial "
			  "destination; with --steer the rules of `steer` choose the blade.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = send_options,
		.max_operands = 2,
		.schema = "msg-send",
		.version = 1,
		.run = run_send,
		.complete = complete_who,
	},
};
