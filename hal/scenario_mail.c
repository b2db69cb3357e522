/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stations took from the bus, and what a scenario expects of it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hal/scenario_priv.h"

static struct mac mac_of(const uint8_t octets[6])
{
	struct mac mac;

	memcpy(mac.octet, octets, sizeof(mac.octet));
	return mac;
}

static bool same(const struct mac *a, const struct mac *b)
{
	return memcmp(a->octet, b->octet, sizeof(a->octet)) == 0;
}

/* A place for one more; NULL: out of memory. */
static struct scenario_mail *mail_new(struct scenario_run *run)
{
	if (run->n_mail == run->room) {
		size_t room = run->room == 0 ? 64 : 2 * run->room;
		struct scenario_mail *mail = realloc(run->mail, room * sizeof(*mail));

		if (mail == NULL)
			return NULL;
		run->mail = mail;
		run->room = room;
	}
	return &run->mail[run->n_mail];
}

static void tap(void *arg, const struct mock_btc_delivery *delivery)
{
	const struct mock_btc_message *message = &delivery->message;
	struct scenario_run *run = arg;
	struct scenario_mail *mail = mail_new(run);
	uint8_t *body = malloc((size_t)message->length + 1);

	if (mail == NULL || body == NULL) {
		run->no_memory = true;
		free(body);
		return;
	}
	if (message->length > 0)
		memcpy(body, message->body, message->length);
	*mail = (struct scenario_mail){
		.station = delivery->station,
		.sender = delivery->sender,
		.frame = delivery->frame,
		.initial = mac_of(message->initial),
		.final = mac_of(message->final),
		.source = mac_of(message->source),
		.type = message->type,
		.length = message->length,
		.body = body,
	};
	run->n_mail++;
}

void scenario__mail_start(struct scenario_run *run)
{
	mock_btc_set_tap(run->model, tap, run);
}

void scenario__mail_end(struct scenario_run *run)
{
	if (run->model != NULL)
		mock_btc_set_tap(run->model, NULL, NULL);
	for (size_t i = 0; i < run->n_mail; i++)
		free(run->mail[i].body);
	free(run->mail);
	run->mail = NULL;
	run->n_mail = 0;
}

int scenario__ident(const struct scenario_run *run, const struct scenario_who *who,
		    struct error *err, struct mac *ident)
{
	*ident = who->place == SCENARIO_ALL ? btc_everybody() : who->ident;
	if (who->place != SCENARIO_STATION)
		return 0;
	*ident = run->ident[who->station];
	return mac_number(ident) != 0
		       ? 0
		       : error_set(err, E_STATE, "blade %" PRIu32 " was never plugged in",
				   who->station);
}

/* --- one crossing of the bus ------------------------------------------------------------- */

/* Which deliveries fit: the part of an expectation that tells one message from another. */
struct pattern {
	const struct scenario_expect *expect;
	uint32_t station, sender; /* who took it, who sent it on the bus */
	struct mac source;
};

static bool fits(const struct scenario_mail *mail, const struct pattern *p)
{
	const struct scenario_expect *expect = p->expect;

	return !mail->used && mail->station == p->station && mail->sender == p->sender &&
	       same(&mail->source, &p->source) &&
	       (expect->type == SCENARIO_ANY || mail->type == expect->type) &&
	       (expect->length == SCENARIO_ANY || mail->length == expect->length) &&
	       (expect->body == NULL || (mail->length == strlen(expect->body) &&
					 memcmp(mail->body, expect->body, mail->length) == 0));
}

static struct scenario_mail *find(const struct scenario_run *run, const struct pattern *p)
{
	for (size_t i = 0; i < run->n_mail; i++)
		if (fits(&run->mail[i], p))
			return &run->mail[i];
	return NULL;
}

static const char *name_of(const struct scenario_run *run, const struct mac *ident,
			   char buf[SCENARIO_WHO_SIZE])
{
	struct scenario_who who = { .place = SCENARIO_IDENT, .ident = *ident };

	if (btc_is_everybody(ident))
		who.place = SCENARIO_ALL;
	for (uint32_t i = 0; i < BTC_N_STATIONS; i++)
		if (same(&run->ident[i], ident) && who.place == SCENARIO_IDENT)
			who = (struct scenario_who){ .place = SCENARIO_STATION, .station = i };
	return scenario__who_text(&who, buf);
}

/* An address of a message against what the scenario says of it; @wanted: when it says nothing. */
struct address_check {
	const char *when, *which;
	const struct scenario_who *said;
	const struct mac *wanted, *came;
};

static int check_address(const struct scenario_run *run, const struct address_check *check,
			 struct error *err)
{
	char wanted_text[SCENARIO_WHO_SIZE], came_text[SCENARIO_WHO_SIZE];
	struct mac wanted = *check->wanted;
	int rc = check->said->place != SCENARIO_NOBODY
			 ? scenario__ident(run, check->said, err, &wanted)
			 : 0;

	if (rc != 0 || same(&wanted, check->came))
		return rc;
	return error_set(err, E_MISMATCH, "%s the switch blade the %s is %s, not %s",
			 check->when, check->which, name_of(run, check->came, came_text),
			 name_of(run, &wanted, wanted_text));
}

/* All three of a delivery; those that the file does not give are as the seed's figures have them. */
static int check_addresses(const struct scenario_run *run, const struct scenario_mail *mail,
			   const struct scenario_addresses *said, const struct mac wanted[3],
			   struct error *err)
{
	const char *when = mail->station == BTC_CONTROLLER ? "before" : "after";
	const struct address_check checks[3] = {
		{ when, "initial destination", &said->initial, &wanted[0], &mail->initial },
		{ when, "final destination", &said->final, &wanted[1], &mail->final },
		{ when, "source", &said->source, &wanted[2], &mail->source },
	};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < 3; i++)
		rc = check_address(run, &checks[i], err);
	return rc;
}

/* --- expectations ------------------------------------------------------------------------ */

/* A message on its way: where it is looked for. */
struct chase {
	const struct scenario_expect *expect;
	struct mac source, to;
	uint32_t takers[BTC_N_STATIONS]; /* stations that must have taken it */
	size_t n_takers;
	const char *missing; /* what was not found at the last look */
};

static struct pattern pattern_of(const struct chase *chase, uint32_t taker)
{
	bool direct = chase->expect->direct != 0 ||
		      chase->expect->from.station == BTC_CONTROLLER || taker == BTC_CONTROLLER;

	return (struct pattern){
		.expect = chase->expect,
		.station = taker,
		.sender = direct ? chase->expect->from.station : BTC_CONTROLLER,
		.source = chase->source,
	};
}

static bool crosses_twice(const struct scenario_expect *expect)
{
	return expect->direct == 0 && expect->from.station != BTC_CONTROLLER;
}

static int all_there(struct scenario_run *run, void *arg, struct error *err, bool *is_done)
{
	struct chase *chase = arg;
	struct pattern before = pattern_of(chase, BTC_CONTROLLER);

	(void)err;
	*is_done = false;
	chase->missing = "before";
	if (crosses_twice(chase->expect) && find(run, &before) == NULL)
		return 0;
	chase->missing = "after";
	for (size_t i = 0; i < chase->n_takers; i++) {
		struct pattern after = pattern_of(chase, chase->takers[i]);

		if (find(run, &after) == NULL)
			return 0;
	}
	*is_done = true;
	return 0;
}

/* "frame 12: blade 1 -> blade 2 type 0x0101 (by way of controller)", the last few of them. */
static int missed(struct scenario_run *run, const struct chase *chase, struct error *err)
{
	char text[300] = "";
	size_t used = 0, first = run->n_mail > 3 ? run->n_mail - 3 : 0;

	for (size_t i = first; i < run->n_mail && used < sizeof(text); i++) {
		const struct scenario_mail *mail = &run->mail[i];
		char source[SCENARIO_WHO_SIZE], initial[SCENARIO_WHO_SIZE],
			final[SCENARIO_WHO_SIZE];

		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 "%sframe %" PRIu32 " %s: %s -> %s, type 0x%04x",
					 i > first ? "; " : "", mail->frame,
					 name_of(run, &mail->source, source),
					 name_of(run, &mail->initial, initial),
					 name_of(run, &mail->final, final), mail->type);
	}
	return error_set(err, E_MISMATCH,
			 "did not come within %" PRIu64 " us%s; what came last: %s",
			 chase->expect->within_us,
			 strcmp(chase->missing, "before") == 0 ? " to the switch blade" : "",
			 used > 0 ? text : "nothing");
}

/* Uses up what was found, so that the next expectation looks further, and checks its addresses. */
static int take(struct scenario_run *run, const struct chase *chase, struct error *err)
{
	const struct scenario_expect *expect = chase->expect;
	struct pattern p = pattern_of(chase, BTC_CONTROLLER);
	const struct mac before[3] = { run->ident[BTC_CONTROLLER], chase->to, chase->source };
	const struct mac after[3] = { chase->to, chase->to, chase->source };
	struct scenario_mail *mail;
	int rc = 0;

	if (crosses_twice(expect)) {
		mail = find(run, &p);
		mail->used = true;
		rc = check_addresses(run, mail, &expect->before, before, err);
	}
	for (size_t i = 0; rc == 0 && i < chase->n_takers; i++) {
		p = pattern_of(chase, chase->takers[i]);
		mail = find(run, &p);
		/* What the controller itself is sent was taken above. */
		if (mail == NULL)
			continue;
		mail->used = true;
		rc = check_addresses(run, mail, &expect->after, after, err);
	}
	return rc;
}

/* Who must take the message: the one it is for, or every other blade. */
static void find_takers(const struct scenario_run *run, struct chase *chase)
{
	const struct scenario_expect *expect = chase->expect;

	if (expect->to.place == SCENARIO_STATION && expect->to.station != BTC_CONTROLLER)
		chase->takers[chase->n_takers++] = expect->to.station;
	for (uint32_t i = 1; expect->to.place == SCENARIO_ALL && i < BTC_N_STATIONS; i++)
		if (run->plugged[i] && i != expect->from.station)
			chase->takers[chase->n_takers++] = i;
}

/* Nobody may have taken it by the end of the time. */
static int expect_absent(struct scenario_run *run, struct chase *chase, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < chase->n_takers; i++) {
		struct pattern p = pattern_of(chase, chase->takers[i]);
		const struct scenario_mail *mail = find(run, &p);

		if (mail != NULL)
			rc = error_set(err, E_MISMATCH,
				       "blade %" PRIu32 " took it in frame %" PRIu32,
				       mail->station, mail->frame);
	}
	return rc;
}

static int never(struct scenario_run *run, void *arg, struct error *err, bool *is_done)
{
	(void)run;
	(void)arg;
	(void)err;
	*is_done = false;
	return 0;
}

int scenario__expect(struct scenario_run *run, const struct scenario_expect *expect,
		     struct error *err)
{
	struct chase chase = { .expect = expect };
	bool is_done = false;
	int rc = scenario__ident(run, &expect->from, err, &chase.source);

	if (rc == 0)
		rc = scenario__ident(run, &expect->to, err, &chase.to);
	if (rc != 0)
		return rc;
	find_takers(run, &chase);
	rc = scenario__wait(run, expect->within_us, expect->absent != 0 ? never : all_there,
			    &chase, err, &is_done);
	if (rc == 0 && expect->absent != 0)
		rc = expect_absent(run, &chase, err);
	else if (rc == 0)
		rc = is_done ? take(run, &chase, err) : missed(run, &chase, err);
	if (rc == 0 && run->no_memory)
		rc = error_set(err, E_NOMEM, "out of memory");
	return rc;
}
