/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands on the backplane TDM controller share: the BTC itself, stations, names. */
#ifndef CLI_TDM_H
#define CLI_TDM_H

#include "cli/cmd.h"
#include "hal/btc/btc.h"
#include "hal/btc/message.h"

/*
 * Opens the board's BTC: the device called "btc", else the first whose map is btc.  E_NODEV: the
 * board has none; else as btc_open().  Close with btc_close().
 */
int tdm_open(const struct call *call, struct error *err, struct btc **b);

/* Opens the BTC, calls @run, closes it. */
int tdm_run(struct call *call, struct error *err,
	    int (*run)(struct call *call, struct btc *b, struct error *err));

/* A station: "controller", "0" to "64", "blade3".  E_SYNTAX, E_RANGE. */
int tdm_station(const char *text, struct error *err, uint32_t *station);

/* The same without the controller. */
int tdm_blade(const char *text, struct error *err, uint32_t *station);

/* Blades as a list: "1-4,9", "all", "none".  E_SYNTAX, E_RANGE. */
int tdm_blades(const char *text, struct error *err, btc_blades *blades);

/* The same list back, "-" for none; lives as long as the document. */
const char *tdm_blades_text(struct out_record *record, btc_blades blades);

/* "controller", "blade 3"; lives as long as the document. */
const char *tdm_station_text(struct out_record *record, uint32_t station);

/* Who has which identifier, read once for many lookups. */
struct tdm_names {
	struct mac ident[BTC_N_STATIONS];
	bool known[BTC_N_STATIONS];
};
int tdm_names_get(struct btc *b, struct error *err, struct tdm_names *names);

/* An identifier by who has it: "blade 2", "controller", "everybody", else as it is. */
const char *tdm_ident_text(struct out_record *record, const struct tdm_names *names,
			   const struct mac *ident);

/* "controller -> blade 2": initial and final destination of a message. */
const char *tdm_way_text(struct out_record *record, const struct tdm_names *names,
			 const struct btc_header *header);

/* An identifier as it is. */
const char *tdm_mac_text(struct out_record *record, const struct mac *ident);

/*
 * Whom a message is for: a station whose identifier is known, "all", or an identifier.  E_SYNTAX,
 * E_RANGE; E_STATE: the station has none yet.
 */
int tdm_ident(const char *text, const struct tdm_names *names, struct error *err,
	      struct mac *ident);

/* Option --timeout with the id @id.  Not given: *@us stays. */
int tdm_timeout_option(const struct call *call, int id, struct error *err, uint32_t *us);

/* Option --period with the id @id, 10us to 1ms.  Not given: *@period_ns stays. */
int tdm_period_option(const struct call *call, int id, struct error *err, uint32_t *period_ns);

#endif
