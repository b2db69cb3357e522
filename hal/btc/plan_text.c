/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Slot plans as text. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hal/btc/plan_priv.h"
#include "hal/numberset.h"

#define WORD_MAX 640u

static const struct numberset_kind kind_slot = { "timeslot", 1, BTC_MAX_SLOTS - 1 };
static const struct numberset_kind kind_station = { "station", 0, BTC_MAX_BLADES };

/* --- from text --------------------------------------------------------------------------- */

static int parse_use(const char *text, struct error *err, struct btc_slot *slot)
{
	char *end;
	unsigned long owner = strtoul(text, &end, 10);

	slot->owner = 0;
	if (strcmp(text, "off") == 0) {
		slot->kind = BTC_SLOT_OFF;
		return 0;
	}
	if (strcmp(text, "shared") == 0) {
		slot->kind = BTC_SLOT_SHARED;
		return 0;
	}
	if (text[0] < '0' || text[0] > '9' || *end != '\0')
		return error_set(err, E_SYNTAX,
				 "\"%s\" is neither a station nor \"shared\" nor \"off\"",
				 text);
	if (owner > BTC_MAX_BLADES)
		return error_set(err, E_RANGE, "station %lu: only 0 to %u", owner,
				 BTC_MAX_BLADES);
	slot->kind = BTC_SLOT_RESERVED;
	slot->owner = (uint8_t)owner;
	return 0;
}

static int parse_listeners(const char *text, struct error *err, struct btc_slot *slot)
{
	struct numberset set = { 0 };
	int rc;

	slot->controller = true;
	slot->blades = UINT64_MAX;
	if (text == NULL || strcmp(text, "all") == 0)
		return 0;
	rc = numberset_parse(text, &kind_station, err, &set);
	slot->controller = numberset_has(&set, BTC_CONTROLLER);
	slot->blades = set.bits[0] >> 1 | set.bits[1] << 63;
	return rc;
}

/* "1-20,23=2>0,5"; the word is cut into its parts. */
static int parse_word(char *word, struct error *err, struct btc_plan *plan)
{
	struct numberset slots = { 0 };
	struct btc_slot slot;
	char *use = strchr(word, '='), *listeners;
	int rc;

	if (use == NULL)
		return error_set(err, E_SYNTAX,
				 "no \"=\": write SLOTS=USE or SLOTS=USE>LISTENERS");
	*use++ = '\0';
	listeners = strchr(use, '>');
	if (listeners != NULL)
		*listeners++ = '\0';
	rc = numberset_parse(word, &kind_slot, err, &slots);
	if (rc == 0)
		rc = parse_use(use, err, &slot);
	if (rc == 0)
		rc = parse_listeners(listeners, err, &slot);
	for (uint32_t i = 1; rc == 0 && i < BTC_MAX_SLOTS; i++)
		if (numberset_has(&slots, i) && i >= plan->n_slots)
			rc = error_set(err, E_RANGE,
				       "timeslot %" PRIu32 ": the frame has 0 to %" PRIu32, i,
				       plan->n_slots - 1);
		else if (numberset_has(&slots, i))
			plan->slot[i] = slot;
	return rc;
}

int btc_plan_parse(const char *text, struct error *err, struct btc_plan *plan)
{
	struct btc_plan new = *plan;
	char word[WORD_MAX];
	size_t len;
	int rc = 0;

	for (; rc == 0 && *(text += strspn(text, " \t\r\n")) != '\0'; text += len) {
		len = strcspn(text, " \t\r\n");
		if (len >= sizeof(word))
			return error_set(err, E_SYNTAX, "%.32s...: longer than %u characters",
					 text, WORD_MAX - 1);
		memcpy(word, text, len);
		word[len] = '\0';
		rc = parse_word(word, err, &new);
		if (rc != 0)
			error_prefix(err, "%.*s", (int)len, text);
	}
	if (rc == 0)
		*plan = new;
	return rc;
}

/* --- to text ----------------------------------------------------------------------------- */

static void format_word(const struct numberset *slots, const struct btc_slot *slot,
			char word[WORD_MAX + 64])
{
	struct numberset listeners = { { slot->blades << 1 | slot->controller,
					 slot->blades >> 63 } };
	char list[NUMBERSET_TEXT_SIZE], who[NUMBERSET_TEXT_SIZE], owner[12];
	const char *use = btc_slot_kind_name(slot->kind);

	snprintf(owner, sizeof(owner), "%u", slot->owner);
	if (slot->controller && slot->blades == UINT64_MAX)
		who[0] = '\0';
	else if (!slot->controller && slot->blades == 0)
		snprintf(who, sizeof(who), "none");
	else
		numberset_format(&listeners, who);
	snprintf(word, WORD_MAX + 64, "%s=%s%s%s", numberset_format(slots, list),
		 slot->kind == BTC_SLOT_RESERVED ? owner : use, who[0] != '\0' ? ">" : "", who);
}

void btc_plan_format(const struct btc_plan *plan, char *buf, size_t size)
{
	bool done[BTC_MAX_SLOTS] = { false };
	char word[WORD_MAX + 64];
	size_t used = 0;

	buf[0] = '\0';
	for (uint32_t i = 1; i < plan->n_slots; i++) {
		struct numberset slots = { 0 };

		for (uint32_t k = i; k < plan->n_slots && !done[i]; k++)
			if (btc__slot_is_same(&plan->slot[i], &plan->slot[k]))
				numberset_add(&slots, k);
		if (done[i])
			continue;
		for (uint32_t k = i; k < plan->n_slots; k++)
			done[k] = done[k] || numberset_has(&slots, k);
		format_word(&slots, &plan->slot[i], word);
		used += (size_t)snprintf(buf + used, size > used ? size - used : 0, "%s%s",
					 used > 0 ? " " : "", word);
		if (used >= size)
			return;
	}
}
