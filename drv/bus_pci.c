/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pci:BDF[,bar=N][,shared], pci:VENDOR:DEVICE[,index=N][,bar=N][,shared]: the memory of a BAR,
 * mapped through sysfs.  The BAR's first byte is the origin of the window.
 *
 * PCI gives all ones when nobody answers.  Only a read that gave ones is doubted: the kind's
 * witness register is read again and, when it is ones too or there is none, configuration space.
 */
#include "drv/bus_priv.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "drv/pci_check.h"
#include "drv/pci_kind.h"
#include "drv/pci_lib.h"
#include "drv/window.h"

#define BURST    4096
#define NO_INDEX UINT64_MAX

struct bus_pci {
	struct bus bus;
	struct window window;
	struct pci_lib *lib;
	size_t at;                   /* number of the function in lib */
	const struct pci_kind *kind; /* NULL: not one that we know */
	uint64_t witness;            /* word of the window; NO_INDEX: none */
};

struct pci_params {
	uint64_t index, bar;
	bool shared;
};

static const struct uri_key pci_keys[] = {
	{ "index", URI_NUMBER, offsetof(struct pci_params, index), 0, UINT16_MAX, "N",
	  "which of several with these ids, from 0 in the order of their places" },
	{ "bar", URI_NUMBER, offsetof(struct pci_params, bar), 0, PCI_N_BARS - 1, "N",
	  "the BAR that holds the registers (default 0)" },
	{ "shared", URI_FLAG, offsetof(struct pci_params, shared), 0, 0, NULL,
	  "also when a driver of the kernel uses the device" },
	{ .name = NULL },
};

/* --- finding the device --------------------------------------------------------------------- */

/* What the user may have meant: devices that we know. */
static int no_such(const struct pci_lib *lib, const char *name, struct error *err)
{
	char known[256] = "";
	size_t used = 0;

	for (size_t i = 0; i < pci_lib_count(lib) && used < sizeof(known); i++) {
		const struct pci_id *id = pci_lib_at(lib, i);
		const struct pci_kind *kind = pci_kind_of_ids(id->vendor, id->device);
		char place[PCI_PLACE_CHARS];

		if (kind == NULL)
			continue;
		pci_place_format(&id->place, place);
		used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%s (%s)",
					 used > 0 ? ", " : "", place, kind->name);
	}
	return error_set(err, E_NODEV, "pci:%s: no such device; %s%s; `bus list` tells more",
			 name, used > 0 ? "there are " : "there is none that switchblade knows",
			 known);
}

static int find_place(const struct pci_lib *lib, const char *name,
		      const struct pci_place *place, struct error *err, size_t *at)
{
	for (size_t i = 0; i < pci_lib_count(lib); i++) {
		const struct pci_place *p = &pci_lib_at(lib, i)->place;

		if (p->domain == place->domain && p->bus == place->bus &&
		    p->device == place->device && p->function == place->function) {
			*at = i;
			return E_OK;
		}
	}
	return no_such(lib, name, err);
}

/* The functions with the ids of @want, as "index=0 (PLACE), index=1 (PLACE)". */
static size_t list_matches(const struct pci_lib *lib, const struct pci_id *want, char *buf,
			   size_t size)
{
	size_t n = 0, used = 0;

	for (size_t i = 0; i < pci_lib_count(lib); i++) {
		const struct pci_id *id = pci_lib_at(lib, i);
		char place[PCI_PLACE_CHARS];

		if (id->vendor != want->vendor || id->device != want->device)
			continue;
		pci_place_format(&id->place, place);
		if (used < size)
			used += (size_t)snprintf(buf + used, size - used, "%sindex=%zu (%s)",
						 n > 0 ? ", " : "", n, place);
		n++;
	}
	return n;
}

static int find_ids(const struct pci_lib *lib, const char *name, const struct pci_id *want,
		    uint64_t index, struct error *err, size_t *at)
{
	char matches[256] = "";
	size_t n = list_matches(lib, want, matches, sizeof(matches));

	if (n == 0)
		return no_such(lib, name, err);
	if (index == NO_INDEX && n > 1)
		return error_set(err, E_NOTFOUND, "pci:%s: %zu devices have these ids; say %s",
				 name, n, matches);
	if (index != NO_INDEX && index >= n)
		return error_set(err, E_NODEV, "pci:%s: no index=%" PRIu64 "; there %s %s",
				 name, index, n > 1 ? "are" : "is", matches);
	for (size_t i = 0; i < pci_lib_count(lib); i++) {
		const struct pci_id *id = pci_lib_at(lib, i);

		if (id->vendor != want->vendor || id->device != want->device)
			continue;
		*at = i;
		if (index == NO_INDEX || index-- == 0)
			break;
	}
	return E_OK;
}

static int find(struct bus_pci *pci, const char *name, uint64_t index, struct error *err)
{
	struct pci_place place;
	struct pci_id ids;

	if (pci_place_parse(name, &place)) {
		if (index != NO_INDEX)
			return error_set(err, E_SYNTAX,
					 "pci:%s: a place is one device, index= is for "
					 "VENDOR:DEVICE",
					 name);
		return find_place(pci->lib, name, &place, err, &pci->at);
	}
	if (pci_ids_parse(name, &ids.vendor, &ids.device))
		return find_ids(pci->lib, name, &ids, index, err, &pci->at);
	return error_set(err, E_SYNTAX,
			 "pci:%s: want a place like 0000:03:00.0 or 03:00.0, or VENDOR:DEVICE "
			 "like 101b:b003",
			 name);
}

/* --- opening -------------------------------------------------------------------------------- */

/* A short file behind a name of sysfs is no BAR: touching it past its end would be a signal. */
static int check_length(const struct window *window, uint64_t bytes, const char *path,
			struct error *err)
{
	struct stat st;

	if (fstat(window->fd, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size < bytes)
		return error_set(err, E_NODEV, "'%s' has %" PRIu64 " bytes of %" PRIu64, path,
				 (uint64_t)st.st_size, bytes);
	return E_OK;
}

static int map_bar(struct bus_pci *pci, const struct pci_facts *facts, unsigned bar,
		   struct error *err)
{
	char file[16], path[512];
	int errnum, rc;

	snprintf(file, sizeof(file), "resource%u", bar);
	pci_lib_path(pci->lib, pci->at, file, path, sizeof(path));
	errnum = window_open(&pci->window, path);
	if (errnum != 0)
		return pci_check_open(errnum, path, err);
	rc = check_length(&pci->window, pci->bus.size, path, err);
	if (rc == E_OK) {
		errnum = window_map(&pci->window, 0, pci->bus.size);
		if (errnum != 0)
			rc = pci_check_map(facts, errnum, path, err);
	}
	if (rc != E_OK)
		window_close(&pci->window);
	return rc;
}

/* The place names the device; under a folder of a test it is another device. */
static bool set_lock_key(struct bus *bus, const char *place)
{
	const char *root = getenv("SWITCHBLADE_SYSFS_PCI");
	size_t size;

	if (root == NULL)
		root = "";
	size = strlen("pci:") + strlen(place) + 1 + strlen(root) + 1;
	bus->lock_key = malloc(size);
	if (bus->lock_key != NULL)
		snprintf(bus->lock_key, size, "pci:%s%s%s", place, root[0] != '\0' ? "@" : "",
			 root);
	return bus->lock_key != NULL;
}

static void set_witness(struct bus_pci *pci, const struct pci_facts *facts, unsigned bar)
{
	pci->kind = pci_kind_find(facts);
	pci->witness = NO_INDEX;
	if (pci->kind != NULL && pci->kind->bar == bar &&
	    pci->kind->witness / 4 < pci->bus.size / 4)
		pci->witness = pci->kind->witness / 4;
}

static int open_device(struct bus_pci *pci, const struct pci_params *params, struct error *err)
{
	struct pci_facts facts;
	struct pci_want want = {
		.bar = (unsigned)params->bar,
		.bytes = pci->bus.size,
		.shared = params->shared,
	};
	int rc = pci_lib_facts(pci->lib, pci->at, err, &facts);

	if (rc != E_OK)
		return rc;
	rc = pci_check(&facts, &want, err);
	if (rc == E_OK && pci->bus.size == 0)
		rc = bus__set_window(&pci->bus, pci->bus.origin, facts.bars[want.bar].bytes,
				     err);
	if (rc == E_OK)
		rc = map_bar(pci, &facts, want.bar, err);
	if (rc != E_OK)
		return error_prefix(err, "pci:%s", facts.place);
	set_witness(pci, &facts, want.bar);
	if (!set_lock_key(&pci->bus, facts.place)) {
		window_close(&pci->window);
		return error_set(err, E_NOMEM, "pci: out of memory");
	}
	return E_OK;
}

static int open_parts(struct bus_pci *pci, const char *name, const char *rest,
		      const struct bus_env *env, struct error *err)
{
	struct pci_params params = { .index = NO_INDEX };
	int rc = uri_parse(&(struct uri_parts){ "pci", rest, NULL }, pci_keys, &params, err);

	if (rc == E_OK)
		rc = bus__init(&pci->bus, &bus_backend_pci, env, err);
	if (rc == E_OK)
		rc = pci_lib_open(NULL, err, &pci->lib);
	if (rc != E_OK)
		return rc;
	rc = find(pci, name, params.index, err);
	if (rc == E_OK)
		rc = open_device(pci, &params, err);
	if (rc != E_OK)
		pci_lib_close(pci->lib);
	return rc;
}

static int pci_open(const char *rest, const struct bus_env *env, struct error *err,
		    struct bus **out)
{
	struct bus_pci *pci = calloc(1, sizeof(*pci));
	char *name = uri_take_part(&rest);
	int rc;

	if (pci == NULL || name == NULL)
		rc = error_set(err, E_NOMEM, "pci: out of memory");
	else
		rc = open_parts(pci, name, rest, env, err);
	free(name);
	if (rc == E_OK)
		*out = &pci->bus;
	else
		free(pci);
	return rc;
}

static void pci_close(struct bus *bus)
{
	struct bus_pci *pci = (struct bus_pci *)bus;

	window_close(&pci->window);
	pci_lib_close(pci->lib);
	free(pci);
}

/* --- running -------------------------------------------------------------------------------- */

/* After a read that gave ones.  E_OK: the device answers, the register is all ones. */
static int doubt(struct bus_pci *pci, struct error *err)
{
	struct pci_facts facts;
	int rc;

	if (pci->witness != NO_INDEX && window_get(&pci->window, pci->witness) != UINT32_MAX)
		return E_OK;
	rc = pci_lib_facts(pci->lib, pci->at, err, &facts);
	if (rc != E_OK)
		return error_set(err, E_NODEV, "all ones, and the device is gone");
	rc = pci_check_awake(&facts, err);
	if (rc != E_OK) {
		error_prefix(err, "all ones");
		return rc;
	}
	if (pci->witness != NO_INDEX)
		return error_set(err, E_IO,
				 "all ones, like 0x%08" PRIx64
				 " which never is: the registers of the %s do not answer, its "
				 "configuration space does",
				 pci->bus.origin + 4 * pci->witness, pci->kind->name);
	return E_OK;
}

static int run_ops(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_pci *pci = (struct bus_pci *)bus;

	for (size_t i = 0; i < n; i++) {
		uint64_t index = window_index(bus, &ops[i]);
		struct error why = { 0 };

		pci->window.at = i;
		if (ops[i].kind == BUS_OP_READ)
			ops[i].value = window_get(&pci->window, index);
		else if (pci->window.writable)
			window_put(&pci->window, index, ops[i].value);
		else
			return window_refuse_write(bus, &ops[i], "device");
		if (ops[i].kind == BUS_OP_READ && ops[i].value == UINT32_MAX &&
		    doubt(pci, &why) != E_OK)
			return bus__fail(bus, &ops[i], BUS_OP_FAILED, why.code, "%s", why.text);
		ops[i].status = BUS_OP_DONE;
	}
	return E_OK;
}

static int pci_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_pci *pci = (struct bus_pci *)bus;
	int rc = window_guard(run_ops, bus, ops, n);
	struct bus_op *op = &ops[pci->window.at];

	if (rc != WINDOW_LOST)
		return rc;
	return bus__fail(bus, op, op->kind == BUS_OP_READ ? BUS_OP_FAILED : BUS_OP_UNKNOWN,
			 E_NODEV, "the registers are gone: the device was removed");
}

/* A read is done: its value and its mark in one store. */
static inline void put_done(struct bus_op *op, uint32_t value)
{
	struct {
		uint32_t value;
		enum bus_op_status status;
	} both = { value, BUS_OP_DONE };
	uint64_t word;

	_Static_assert(offsetof(struct bus_op, status) == offsetof(struct bus_op, value) + 4 &&
			       sizeof(both) == sizeof(word),
		       "value and status lie side by side");
	memcpy(&word, &both, sizeof(word));
	memcpy((char *)op + offsetof(struct bus_op, value), &word, sizeof(word));
}

/*
 * All of them are reads, and the size of the window is a power of 2.  E_NODEV: ones that are not to
 * be believed; E_RANGE: an address that is none of the window's words, those before it were read.
 */
static int run_reads(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_pci *pci = (struct bus_pci *)bus;
	const uintptr_t words = (uintptr_t)pci->window.words;
	const uint64_t origin = bus->origin, outside = ~(bus->size - 1) | 3;
	uint64_t ones = 0; /* bit 32: a value was all ones */
	struct error why;

#pragma GCC unroll 8
	for (size_t i = 0; i < n; i++) {
		uint64_t offset = ops[i].addr - origin;
		uint32_t value;

		if ((offset & outside) != 0)
			return E_RANGE;
		value = le32toh(*(const volatile uint32_t *)(words + offset));
		put_done(&ops[i], value);
		ones |= (uint64_t)value + 1;
	}
	return ones >> 32 != 0 ? doubt(pci, &why) : E_OK;
}

/*
 * A batch that is not of reads alone is left alone.  One with a bad address is refused by the
 * dispatcher then, and ones that are not to be believed are read again by pci_xfer(): nobody
 * answers, so nothing happens.  Looking at the addresses before the first read would cost a
 * twentieth of the reads of a fast device.
 */
static bool pci_read_all(struct bus *bus, struct bus_op *ops, size_t n)
{
	uint64_t kinds = 0;

	if (n > BURST || (bus->size & (bus->size - 1)) != 0)
		return false;
#pragma GCC unroll 8
	for (size_t i = 0; i < n; i++)
		kinds |= ops[i].kind;
	return kinds == BUS_OP_READ && window_guard(run_reads, bus, ops, n) == E_OK;
}

const struct bus_backend bus_backend_pci = {
	.scheme = "pci",
	.help = "BDF|VENDOR:DEVICE[,index=N][,bar=N][,shared]  the registers of a PCIe device",
	.keys = pci_keys,
	.burst = BURST,
	.open = pci_open,
	.close = pci_close,
	.xfer = pci_xfer,
	.read_all = pci_read_all,
};
