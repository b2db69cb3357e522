/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages in memory and their queues. */
#include "drv/mock_btc/model.h"

#include <stdlib.h>
#include <string.h>

#include "drv/mock_btc/crc.h"

struct mb_message *mb_message_new(struct mock_btc *m)
{
	struct mb_message *message = m->spare;

	if (message != NULL)
		m->spare = message->next;
	else
		message = malloc(sizeof(*message));
	if (message != NULL)
		memset(message, 0, offsetof(struct mb_message, bytes));
	return message;
}

void mb_message_free(struct mock_btc *m, struct mb_message *message)
{
	message->next = m->spare;
	m->spare = message;
}

void mb_push(struct mb_queue *queue, struct mb_message *message)
{
	message->next = NULL;
	if (queue->first == NULL)
		queue->first = message;
	else
		queue->last->next = message;
	queue->last = message;
	queue->n++;
	queue->words += message->words;
}

struct mb_message *mb_pop(struct mb_queue *queue)
{
	struct mb_message *message = queue->first;

	if (message == NULL)
		return NULL;
	queue->first = message->next;
	queue->n--;
	queue->words -= message->words;
	return message;
}

size_t mb_flush(struct mock_btc *m, struct mb_queue *queue)
{
	struct mb_message *message;
	size_t n = 0;

	for (; (message = mb_pop(queue)) != NULL; n++)
		mb_message_free(m, message);
	return n;
}

void mb_message_seal(struct mb_message *message)
{
	uint32_t n = message->n_bytes - 4;
	uint32_t crc = mb_crc32(message->bytes, n);

	for (unsigned i = 0; i < 4; i++)
		message->bytes[n + i] = (uint8_t)(crc >> 8 * i);
	message->sealed = true;
}

void mb_message_set(struct mb_message *message, const struct mock_btc_message *as)
{
	uint8_t *bytes = message->bytes;

	memcpy(bytes, as->initial, 6);
	memcpy(bytes + 6, as->final, 6);
	memcpy(bytes + 12, as->source, 6);
	mb_put_be16(bytes + 18, as->type);
	mb_put_be16(bytes + 20, as->length);
	mb_put_be16(bytes + 22, as->sequence);
	mb_put_be32(bytes + 24, as->platform);
	if (as->body != NULL)
		memcpy(bytes + MB_HEADER, as->body, as->length);
	message->n_bytes = MB_HEADER + as->length + 4;
	message->sealed = false;
}

struct mock_btc_message mb_message_view(const uint8_t *bytes)
{
	struct mock_btc_message view = {
		.type = (uint16_t)mb_be16(bytes + 18),
		.length = (uint16_t)mb_be16(bytes + 20),
		.sequence = (uint16_t)mb_be16(bytes + 22),
		.platform = mb_be32(bytes + 24),
		.body = bytes + MB_HEADER,
	};

	memcpy(view.initial, bytes, 6);
	memcpy(view.final, bytes + 6, 6);
	memcpy(view.source, bytes + 12, 6);
	return view;
}
