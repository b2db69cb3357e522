/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages of software through the BTC's message port (regmaps/btc/message.rdl; the format is in
 * btc.rdl's first comment: the seed document's figures 5 to 7b with type, length, sequence and
 * platform word).
 *
 * Sending N words is one batch of N + 3 accesses when the transmit FIFO is known to have room
 * (what it had after the last message); else one look in front.  Receiving N words is one batch of
 * N + 1; a look in front when it is not known that one waits, the first of them of 4 reads.
 *
 * Several conversations may be open at once: an answer has the type that the question asks for and
 * repeats its sequence.  btc_message_await() takes what matches and keeps everything else, in
 * order, for later readers of the same handle.
 *
 * After E_IO in the middle of a message the rest is put right by the next call: what was written is
 * discarded, of what was half read the rest is dropped and the message counted as lost (struct
 * btc_mail); no other message is touched.  Whether a message was sent is not known when the failed
 * access was its SEND or later, or on a bus that packs accesses.
 */
#ifndef HAL_BTC_MESSAGE_H
#define HAL_BTC_MESSAGE_H

#include "hal/btc/btc.h"

#define BTC_HEADER_BYTES      28u
#define BTC_HEADER_WORDS      7u
#define BTC_BODY_MAX          1500u
#define BTC_MESSAGE_MAX_WORDS (BTC_HEADER_WORDS + BTC_BODY_MAX / 4)

/* The platform's own types; the users' are 0 to 0xfeff. */
enum btc_type {
	BTC_TYPE_PLATFORM = 0xff00, /* from here on */
	BTC_TYPE_DISCOVER = 0xff00,
	BTC_TYPE_DISCOVERED = 0xff01,
	BTC_TYPE_IDENTIFIERS = 0xff02,
	BTC_TYPE_INSTRUCT = 0xff10,
	BTC_TYPE_INSTRUCTED = 0xff11,
	BTC_TYPE_ECHO = 0xff20,
	BTC_TYPE_ECHOED = 0xff21,
};

/* "echo", "echo-answer", "discovery", ...; NULL for the users' and unknown ones. */
const char *btc_type_name(uint16_t type);

struct btc_header {
	struct mac initial, final, source;
	uint16_t type;
	uint16_t length; /* of the body in bytes, 0 to BTC_BODY_MAX */
	uint16_t sequence;
	uint32_t platform; /* 0 in a single chassis */
};

struct btc_message {
	struct btc_header header;
	uint8_t body[BTC_BODY_MAX];
	/* Of messages that were received: */
	uint32_t station; /* that sent it on the bus */
};

/* --- format ------------------------------------------------------------------------------ */

/* The header as it is on the bus, big-endian in words; decode fits any 7 words. */
void btc_header_encode(const struct btc_header *header, uint32_t words[BTC_HEADER_WORDS]);
void btc_header_decode(const uint32_t words[BTC_HEADER_WORDS], struct btc_header *header);

/* Words of a message with @length bytes of body. */
static inline uint32_t btc_message_words(uint32_t length)
{
	return BTC_HEADER_WORDS + (length + 3) / 4;
}

/*
 * Header and body as words, unused bytes of the last 0; *@n of them.  E_RANGE: length.
 * Decode: E_CORRUPT when @n does not fit the header's length.
 */
int btc_message_encode(const struct btc_message *msg, struct error *err,
		       uint32_t words[BTC_MESSAGE_MAX_WORDS], size_t *n);
int btc_message_decode(const uint32_t *words, size_t n, struct error *err,
		       struct btc_message *msg);

/* --- sending ----------------------------------------------------------------------------- */

#define BTC_SEND_TIMEOUT_US 100000u

struct btc_send {
	uint32_t timeout_us; /* for room in the FIFO; 0: E_BUSY when there is none now */
	bool steer; /* the core chooses a blade by STEER and fills in both destinations */
};

/*
 * Sends @msg.  The call fills in the header's sequence, which counts for each final destination
 * from the number of messages that the core has sent for software (steered ones: half of the range
 * further on), and the source, when it is zero, with the controller's identifier; a zero initial
 * destination becomes the final one.
 * @how NULL: BTC_SEND_TIMEOUT_US, not steered.
 *
 * E_RANGE: length, or a zero final destination without steer; E_STATE: the controller has no
 * identifier, or there is no blade to steer the message to; E_TIMEOUT: no room, the message was not written; E_IO: also when the core dropped it
 * (TX_STATUS.DROPPED).
 */
int btc_message_send(struct btc *b, struct btc_message *msg, const struct btc_send *how,
		     struct error *err);

/* Waits until the core has sent all messages of software.  E_TIMEOUT. */
int btc_message_drain(struct btc *b, uint32_t timeout_us, struct error *err);

/* --- receiving --------------------------------------------------------------------------- */

/* What to wait for: of these, all that have `any_` false must be equal.  {true, true, true}: anything. */
struct btc_match {
	bool any_source, any_type, any_sequence;
	struct mac source;
	uint16_t type, sequence;
};

/*
 * The first message that matches, of the kept ones and then of those that arrive, within
 * @timeout_us (0: what is there).  Others are kept.  E_TIMEOUT: none.
 * E_CORRUPT: a message whose length does not fit its words; it is dropped and counted.
 */
int btc_message_await(struct btc *b, const struct btc_match *match, uint32_t timeout_us,
		      struct error *err, struct btc_message *msg);

/* Any message: the oldest kept one, else the next that arrives. */
int btc_message_receive(struct btc *b, uint32_t timeout_us, struct error *err,
			struct btc_message *msg);

/* Sends @request and awaits its answer, of @type, from whoever it was sent to. */
int btc_message_request(struct btc *b, struct btc_message *request, uint16_t type,
			uint32_t timeout_us, struct error *err, struct btc_message *answer);

/*
 * For who serves many conversations: gather reads what waits in the core into the handle, at most
 * BTC_KEPT_MAX messages, in one look when none waits; find takes the first kept one that matches, without
 * access; false: none.  E_CORRUPT: as btc_message_await(), the others come with the next call.
 */
int btc_message_gather(struct btc *b, struct error *err);
bool btc_message_find(struct btc *b, const struct btc_match *match, struct btc_message *msg);

/* Drops everything that waits, in the core and in the handle. */
int btc_message_flush(struct btc *b, struct error *err);

/* What became of the messages of this handle; no access. */
#define BTC_KEPT_MAX 256u
struct btc_mail {
	uint64_t sent, received; /* received: read whole out of the FIFO */
	uint64_t handed;         /* to callers */
	uint64_t overflowed;     /* more than BTC_KEPT_MAX were kept: the oldest were dropped */
	uint64_t corrupt,
		lost;     /* dropped: their length was wrong, an error lost words of them */
	uint64_t flushed; /* kept ones, dropped by a flush or a reset */
	uint32_t kept;    /* now: received = handed + overflowed + flushed + kept */
};
void btc_mail_get(const struct btc *b, struct btc_mail *mail);

/* --- conversations ----------------------------------------------------------------------- */

struct btc_echo {
	uint32_t bytes; /* of body, 0 to BTC_BODY_MAX */
	uint32_t timeout_us;
};

/*
 * Sends an echo request to @to and waits for the answer with the same body.  @us (may be NULL): the
 * time it took, by the bus's clock.  E_MISMATCH: the body came back different.
 */
int btc_ping(struct btc *b, const struct mac *to, const struct btc_echo *echo,
	     struct error *err, uint64_t *us);

enum btc_operation {
	BTC_OP_LISTEN,       /* to the timeslot as well (argument 0) or no longer (1) */
	BTC_OP_MAINTENANCE,  /* mode */
	BTC_OP_PROVISIONING, /* mode */
	BTC_OP_NORMAL,       /* mode */
	BTC_OP_RUN,          /* the function */
	BTC_OP_PARAMETER,    /* number "function" becomes the argument */
	BTC_N_OPERATIONS
};

/* "listen", "maintenance", ...; NULL for others.  Find: false when there is none. */
const char *btc_operation_name(enum btc_operation operation);
bool btc_operation_find(const char *name, enum btc_operation *operation);

struct btc_instruction {
	enum btc_operation operation;
	uint8_t function;  /* RUN, PARAMETER */
	uint16_t timeslot; /* LISTEN */
	uint32_t argument;
};

/* Results of an instruction (btc.rdl). */
enum btc_result { BTC_RESULT_DONE, BTC_RESULT_REFUSED };
const char *btc_result_name(uint32_t result); /* "done", "refused"; NULL for others */

struct btc_instruct_answer {
	uint32_t station; /* that it came from: of the blade */
	struct mac source;
	uint8_t result; /* enum btc_result, or what the blade said */
	uint32_t argument;
};

/* Answers of several blades: those expected are the blades that are ready. */
struct btc_instruct_answers {
	btc_blades expected, answered;
	size_t n;
	struct btc_instruct_answer answer[BTC_MAX_BLADES]; /* in the order of arrival */
};

/*
 * Instructs @to (a blade, or everybody) and collects the answers until all of the expected came or
 * @timeout_us is over.  Blades that do not answer are no error as long as one does; E_TIMEOUT: none.
 * E_RANGE: a timeslot, an operation; E_STATE: no blade is ready, or @to is none of them.
 */
int btc_instruct(struct btc *b, const struct mac *to, const struct btc_instruction *instruction,
		 uint32_t timeout_us, struct error *err, struct btc_instruct_answers *answers);

#endif
