/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "drv/bus.h"
#include "drv/pci_check.h"
#include "drv/pci_kind.h"
#include "drv/pci_lib.h"
#include "drv/usb_devices.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { OPT_ALL = OPT_COMMAND, OPT_LSPCI };

const struct arg_spec bus_list_options[] = {
	{ "all", 'a', OPT_ALL, NULL, "unknown PCI devices too, but no bridges", 0 },
	{ "lspci", 0, OPT_LSPCI, "FILE", "what lspci -xxxx printed, in place of this machine",
	  ARG_FILE },
	{ 0 },
};

struct lister {
	struct out_record *root;
	struct out_table *table;
	struct out_list *notes;
	bool all, is_dump;
};

/* What both kinds of bus have of a candidate. */
struct candidate {
	const char *bus, *name, *what, *uri, *ids, *place, *link, *driver;
	const struct error *problem;
	const char *state;
};

static void add_row(const struct lister *l, const struct candidate *c)
{
	const bool good = c->problem->code == E_OK;

	out_row(l->table, (const struct out_cell[]){
				  out_styled(OUT_STYLE_NAME, out_lasting(c->uri)),
				  out_lasting(c->name),
				  out_lasting(c->what),
				  out_lasting(c->ids),
				  out_lasting(c->link),
				  out_lasting(c->driver),
				  out_styled(good ? OUT_STYLE_GOOD : OUT_STYLE_BAD,
					     out_lasting(good ? c->state : "blocked")),
				  out_lasting(c->bus),
				  out_lasting(c->place),
				  good ? out_null() : out_text(c->problem->text),
				  good ? out_null() : out_lasting(error_name(c->problem->code)),
			  });
}

/* Below the table: what the word in its state column means here. */
static void say_problem(const struct lister *l, const char *uri, const struct error *problem)
{
	if (problem->code != E_OK)
		out_say(l->root, OUT_STYLE_PLAIN, "%s: %s", uri, problem->text);
}

/* What could not be looked at. */
static void note(const struct lister *l, const struct error *why)
{
	out_item(l->notes, out_text(why->text));
	out_say(l->root, OUT_STYLE_PLAIN, "%s", why->text);
}

/* --- PCI ------------------------------------------------------------------------------------ */

/* "2.5 GT/s x1", and what it could be when that is more. */
static const char *link_text(const struct lister *l, const struct pci_link *link)
{
	if (link->mtps == 0 || link->width == 0)
		return NULL;
	if (link->max_mtps <= link->mtps && link->max_width <= link->width)
		return out_format(l->root, "%.1f GT/s x%" PRIu32, (double)link->mtps / 1e3,
				  link->width);
	return out_format(l->root, "%.1f GT/s x%" PRIu32 " of %.1f x%" PRIu32,
			  (double)link->mtps / 1e3, link->width, (double)link->max_mtps / 1e3,
			  link->max_width);
}

/* The BAR of an unknown device that most likely holds registers: its largest; -1: none. */
static int largest_bar(const struct pci_facts *facts)
{
	int best = -1;

	for (int i = 0; i < PCI_N_BARS; i++)
		if (facts->bars[i].kind == PCI_BAR_MEM &&
		    (best < 0 || facts->bars[i].bytes > facts->bars[best].bytes))
			best = i;
	return best;
}

/* Opening it is what tells whether it can be opened; no register is touched. */
static void try_pci(const struct lister *l, const char *uri, const struct pci_facts *facts,
		    unsigned bar, struct error *problem)
{
	const size_t prefix = strlen("pci:") + strlen(facts->place) + strlen(": ");
	const struct pci_want want = { .bar = bar };
	struct bus *bus;

	if (l->is_dump)
		pci_check(facts, &want, problem);
	else if (bus_open(uri, NULL, problem, &bus) == E_OK)
		bus_close(bus);
	else if (strncmp(problem->text, uri, prefix - 2) == 0)
		memmove(problem->text, problem->text + prefix,
			strlen(problem->text) - prefix + 1);
}

static void pci_more(const struct lister *l, const struct pci_facts *facts, unsigned bar)
{
	struct out_record *more = out_row_more(l->table);
	const struct pci_link *link = &facts->link;

	out_add(more, "bar", NULL, out_uint(bar));
	out_add(more, "bar_bytes", NULL,
		facts->bars[bar].bytes > 0 ? out_uint(facts->bars[bar].bytes) : out_null());
	out_add(more, "link_mtps", NULL, link->mtps > 0 ? out_uint(link->mtps) : out_null());
	out_add(more, "link_width", NULL, link->width > 0 ? out_uint(link->width) : out_null());
	out_add(more, "link_max_mtps", NULL,
		link->max_mtps > 0 ? out_uint(link->max_mtps) : out_null());
	out_add(more, "link_max_width", NULL,
		link->max_width > 0 ? out_uint(link->max_width) : out_null());
	out_add(more, "serial", NULL, out_null());
}

static void pci_row(const struct lister *l, const struct pci_facts *facts)
{
	const struct pci_kind *kind = pci_kind_find(facts);
	const int bar = kind != NULL ? kind->bar : largest_bar(facts);
	struct error problem = { 0 };
	struct candidate c = {
		.bus = "pci",
		.name = kind != NULL ? kind->name : NULL,
		.what = kind != NULL
				? kind->what
				: out_format(l->root, "unknown, class 0x%04x", facts->class),
		.ids = out_format(l->root, "%04x:%04x", facts->vendor, facts->device),
		.place = out_format(l->root, "%s", facts->place),
		.link = link_text(l, &facts->link),
		.driver = facts->driver[0] != '\0' ? out_format(l->root, "%s", facts->driver)
						   : NULL,
		.problem = &problem,
		.state = l->is_dump ? "unknown" : "ready",
	};

	/* 06: bridges, which have no registers of their own that anybody here wants. */
	if (kind == NULL && (!l->all || facts->class >> 8 == 0x06 || bar < 0))
		return;
	c.uri = out_format(l->root, bar > 0 ? "pci:%s,bar=%d" : "pci:%s", facts->place, bar);
	try_pci(l, c.uri, facts, (unsigned)bar, &problem);
	add_row(l, &c);
	pci_more(l, facts, (unsigned)bar);
	say_problem(l, c.uri, &problem);
}

static int list_pci(const struct lister *l, const char *dump, struct error *err)
{
	struct pci_lib *lib;
	int rc = pci_lib_open(dump, err, &lib);

	if (rc != E_OK)
		return rc;
	for (size_t i = 0; i < pci_lib_count(lib); i++) {
		struct pci_facts facts;
		struct error why = { 0 };

		if (pci_lib_facts(lib, i, &why, &facts) == E_OK)
			pci_row(l, &facts);
		else
			note(l, &why);
	}
	pci_lib_close(lib);
	return E_OK;
}

/* --- USB ------------------------------------------------------------------------------------ */

static void usb_row(const struct lister *l, const struct usb_facts *facts)
{
	const struct usb_kind *kind = facts->kind;
	const bool numbered = facts->serial[0] != '\0';
	struct candidate c = {
		.bus = "usb",
		.name = kind->name,
		.what = "FTDI's USB bridge to SPI",
		.uri = out_format(l->root,
				  numbered ? "usb:%04x:%04x,serial=%s" : "usb:%04x:%04x",
				  kind->vendor, kind->product, facts->serial),
		.ids = out_format(l->root, "%04x:%04x", kind->vendor, kind->product),
		.place = out_format(l->root, "%s", facts->place),
		.link = facts->mbps > 0 ? out_format(l->root, "%" PRIu32 " Mb/s", facts->mbps)
					: NULL,
		.driver = facts->driver[0] != '\0' ? out_format(l->root, "%s", facts->driver)
						   : NULL,
		.problem = &facts->problem,
		.state = "ready",
	};
	struct out_record *more;

	add_row(l, &c);
	more = out_row_more(l->table);
	out_add(more, "serial", NULL, numbered ? out_text(facts->serial) : out_null());
	say_problem(l, c.uri, &facts->problem);
}

static int list_usb(const struct lister *l, struct error *err)
{
	struct usb_facts *list;
	size_t n;
	int rc = usb_devices_find(err, &list, &n);

	if (rc != E_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		usb_row(l, &list[i]);
	free(list);
	return E_OK;
}

/* -------------------------------------------------------------------------------------------- */

/* A machine may be without PCI or without USB: that is no failure. */
static int excuse(const struct lister *l, int rc, struct error *err)
{
	if (rc == E_NOMEM || rc == E_OK)
		return rc;
	note(l, err);
	error_clear(err);
	return E_OK;
}

int cmd_bus_list(struct call *call, struct error *err)
{
	static const struct out_column columns[] = {
		{ "uri", "URI", OUT_RAW },
		{ "name", "DEVICE", 0 },
		{ "what", "WHAT", 0 },
		{ "ids", "IDS", 0 },
		{ "link", "LINK", OUT_UNLESS_EMPTY },
		{ "driver", "DRIVER", OUT_UNLESS_EMPTY },
		{ "state", "STATE", 0 },
		{ "bus", NULL, 0 },
		{ "place", NULL, 0 },
		{ "problem", NULL, 0 },
		{ "problem_code", NULL, 0 },
	};
	const char *dump = args_value(&call->args, OPT_LSPCI);
	struct out_record *root = out_root(call->out);
	struct lister l = {
		.root = root,
		.all = args_has(&call->args, OPT_ALL),
		.is_dump = dump != NULL,
	};
	int rc;

	l.table = out_table(root, "candidates", columns, COUNT(columns));
	l.notes = out_list(root, "notes", NULL, OUT_NO_RAW);
	rc = list_pci(&l, dump, err);
	if (dump != NULL)
		return rc;
	rc = excuse(&l, rc, err);
	return rc == E_OK ? excuse(&l, list_usb(&l, err), err) : rc;
}
