/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Questions and answers of the platform: btc.rdl, "The platform's own types". */
#include <inttypes.h>
#include <string.h>

#include "hal/btc/inner_priv.h"

static const char *const operation_names[BTC_N_OPERATIONS] = { "listen",       "maintenance",
							       "provisioning", "normal",
							       "run",          "parameter" };

const char *btc_operation_name(enum btc_operation operation)
{
	return (unsigned)operation < BTC_N_OPERATIONS ? operation_names[operation] : NULL;
}

bool btc_operation_find(const char *name, enum btc_operation *operation)
{
	for (unsigned i = 0; i < BTC_N_OPERATIONS; i++)
		if (strcmp(name, operation_names[i]) == 0) {
			*operation = (enum btc_operation)i;
			return true;
		}
	return false;
}

const char *btc_result_name(uint32_t result)
{
	static const char *const names[] = { "done", "refused" };

	return result < 2 ? names[result] : NULL;
}

static int request(struct btc *b, struct btc_message *question, uint16_t type,
		   uint32_t timeout_us, struct btc_message *answer)
{
	struct btc_send how = { .timeout_us = timeout_us };
	struct btc_match match = { .type = type };
	struct patience patience;
	int rc = btc__message_send(b, question, &how);

	if (rc != 0)
		return rc;
	match.any_source = btc_is_everybody(&question->header.final);
	match.source = question->header.final;
	match.sequence = question->header.sequence;
	patience = btc__patience_start(b, timeout_us);
	rc = btc__await(b, &match, &patience, answer);
	return rc == E_TIMEOUT ? btc__unanswered(b, &match, timeout_us) : rc;
}

int btc_message_request(struct btc *b, struct btc_message *question, uint16_t type,
			uint32_t timeout_us, struct error *err, struct btc_message *answer)
{
	struct btc_message got;
	int rc;

	request(b, question, type, timeout_us, &got);
	rc = regio_end(b->io, err);
	if (rc == 0)
		*answer = got;
	return rc;
}

int btc_ping(struct btc *b, const struct mac *to, const struct btc_echo *echo,
	     struct error *err, uint64_t *us)
{
	struct btc_message question = { .header = { .final = *to, .type = BTC_TYPE_ECHO } };
	struct patience patience = btc__patience_start(b, echo->timeout_us);
	struct btc_message answer;
	char text[MAC_TEXT_SIZE];
	int rc;

	if (echo->bytes > BTC_BODY_MAX)
		return error_set(err, E_RANGE, "a body of %" PRIu32 " bytes: only 0 to %u",
				 echo->bytes, BTC_BODY_MAX);
	question.header.length = (uint16_t)echo->bytes;
	for (uint32_t i = 0; i < echo->bytes; i++)
		question.body[i] = (uint8_t)(i + i / 256);
	rc = btc_message_request(b, &question, BTC_TYPE_ECHOED, echo->timeout_us, err, &answer);
	if (rc == 0 && (answer.header.length != question.header.length ||
			memcmp(answer.body, question.body, echo->bytes) != 0))
		rc = error_set(err, E_MISMATCH, "the echo of %s is not what was sent",
			       mac_format(to, text));
	if (rc == 0 && us != NULL)
		*us = btc__patience_passed(&patience);
	return rc;
}

/* --- instructions ------------------------------------------------------------------------ */

#define INSTRUCTION_BYTES 8u

static int check_instruction(struct btc *b, const struct btc_instruction *instruction)
{
	struct btc_shape shape;

	if (btc_operation_name(instruction->operation) == NULL)
		return regio_fail(b->io, E_RANGE, "operation %u: only 0 to %u",
				  (unsigned)instruction->operation, BTC_N_OPERATIONS - 1);
	if (instruction->operation != BTC_OP_LISTEN)
		return 0;
	if (btc__shape_read(b, &shape) == 0 && instruction->timeslot >= shape.n_slots)
		regio_fail(b->io, E_RANGE, "timeslot %u: the frame has 0 to %" PRIu32,
			   instruction->timeslot, shape.n_slots - 1);
	return regio_flush(b->io);
}

/* The blades whose answers are waited for. */
static int who_answers(struct btc *b, const struct mac *to, btc_blades *expected)
{
	struct btc_blade blades[BTC_MAX_BLADES];
	char text[MAC_TEXT_SIZE];
	int rc = btc__blades_read(b, 1, b->cap.n_blades, blades);

	*expected = 0;
	for (size_t i = 0; rc == 0 && i < b->cap.n_blades; i++)
		if (blades[i].state == BTC_BLADE_READY &&
		    (btc_is_everybody(to) ||
		     mac_number(to) == mac_number(&blades[i].identity.ident)))
			*expected |= btc_blade_bit(blades[i].station);
	if (rc == 0 && *expected == 0)
		rc = regio_fail(b->io, E_STATE, "%s is no blade that is ready",
				btc_is_everybody(to) ? "there" : mac_format(to, text));
	return rc;
}

static void build_instruction(const struct btc_instruction *in, const struct mac *to,
			      struct btc_message *msg)
{
	memset(msg, 0, sizeof(*msg));
	msg->header.final = *to;
	msg->header.type = BTC_TYPE_INSTRUCT;
	msg->header.length = INSTRUCTION_BYTES;
	msg->body[0] = (uint8_t)in->operation;
	msg->body[1] = in->function;
	msg->body[2] = (uint8_t)(in->timeslot >> 8);
	msg->body[3] = (uint8_t)in->timeslot;
	for (unsigned i = 0; i < 4; i++)
		msg->body[4 + i] = (uint8_t)(in->argument >> (24 - 8 * i));
}

/* An answer counts once for each blade. */
static void take_answer(const struct btc_message *msg, struct btc_instruct_answers *answers)
{
	const uint8_t *body = msg->body;

	if (msg->station < 1 || msg->station > BTC_MAX_BLADES ||
	    msg->header.length < INSTRUCTION_BYTES ||
	    (answers->answered & btc_blade_bit(msg->station)) != 0)
		return;
	answers->answered |= btc_blade_bit(msg->station);
	answers->answer[answers->n++] = (struct btc_instruct_answer){
		.station = msg->station,
		.source = msg->header.source,
		.result = body[1],
		.argument = (uint32_t)body[4] << 24 | (uint32_t)body[5] << 16 |
			    (uint32_t)body[6] << 8 | body[7],
	};
}

static int collect(struct btc *b, const struct btc_header *asked, struct patience *patience,
		   struct btc_instruct_answers *answers)
{
	struct btc_match match = { .any_source = true,
				   .type = BTC_TYPE_INSTRUCTED,
				   .sequence = asked->sequence };
	struct btc_message msg;
	int rc = 0;

	while (rc == 0 && (answers->expected & ~answers->answered) != 0) {
		rc = btc__await(b, &match, patience, &msg);
		if (rc == 0)
			take_answer(&msg, answers);
	}
	if (rc != E_TIMEOUT || answers->n > 0)
		return rc;
	return regio_fail(b->io, E_TIMEOUT,
			  "MESSAGE:RX_HEAD.WORDS: no blade answered the instruction within "
			  "%" PRIu32 " us",
			  patience->timeout_us);
}

static int ask(struct btc *b, const struct mac *to, const struct btc_instruction *instruction,
	       uint32_t timeout_us, struct btc_instruct_answers *answers)
{
	struct btc_send how = { .timeout_us = timeout_us };
	struct btc_message msg;
	struct patience patience;
	int rc = check_instruction(b, instruction);

	memset(answers, 0, sizeof(*answers));
	if (rc == 0)
		rc = who_answers(b, to, &answers->expected);
	if (rc != 0)
		return rc;
	build_instruction(instruction, to, &msg);
	rc = btc__message_send(b, &msg, &how);
	if (rc != 0)
		return rc;
	patience = btc__patience_start(b, timeout_us);
	return collect(b, &msg.header, &patience, answers);
}

int btc_instruct(struct btc *b, const struct mac *to, const struct btc_instruction *instruction,
		 uint32_t timeout_us, struct error *err, struct btc_instruct_answers *answers)
{
	struct btc_instruct_answers got;
	int rc;

	ask(b, to, instruction, timeout_us, &got);
	rc = regio_end(b->io, err);
	if (rc == 0)
		*answers = got;
	return rc;
}
