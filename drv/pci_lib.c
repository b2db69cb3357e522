/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/pci_lib.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <pci/pci.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/pci_dump.h"

struct pci_lib {
	struct pci_access *access;
	char *root; /* of sysfs; NULL: a dump */
	struct pci_id *functions;
	size_t n;
};

/* Where libpci's error function goes, and what it leaves there. */
struct trap {
	jmp_buf back;
	struct error *err;
};

static _Thread_local struct trap *trap;

static void on_error(char *msg, ...) PCI_PRINTF(1, 2) PCI_NONRET;
static void on_error(char *msg, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, msg);
	vsnprintf(text, sizeof(text), msg, ap);
	va_end(ap);
	error_set(trap->err, E_IO, "libpci: %s", text);
	longjmp(trap->back, 1);
}

/* Its warnings are about files that need not be there: what is missing shows in the facts. */
static void on_warning(char *msg, ...) PCI_PRINTF(1, 2);
static void on_warning(char *msg, ...)
{
	(void)msg;
}

/* Calls @use, which calls libpci; E_IO when libpci gave up. */
static int guarded(void (*use)(struct pci_lib *lib, void *arg), struct pci_lib *lib, void *arg,
		   struct error *err)
{
	struct trap here = { .err = err };

	trap = &here;
	if (setjmp(here.back) != 0) {
		trap = NULL;
		return E_IO;
	}
	use(lib, arg);
	trap = NULL;
	return E_OK;
}

/* --- finding functions ---------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
	const struct pci_id *f = a, *g = b;
	const struct pci_place *p = &f->place, *q = &g->place;

	if (p->domain != q->domain)
		return p->domain < q->domain ? -1 : 1;
	if (p->bus != q->bus)
		return p->bus - q->bus;
	if (p->device != q->device)
		return p->device - q->device;
	return p->function - q->function;
}

/*
 * libpci leaves a folder open when it gives up in the middle of one: what it would not read is
 * found before.
 */
static int check_folder(const char *root, struct error *err)
{
	struct pci_place place;
	struct dirent *entry;
	char path[512];
	DIR *dir;
	int rc = E_OK;

	snprintf(path, sizeof(path), "%.400s/devices", root);
	dir = opendir(path);
	if (dir == NULL && errno == ENOENT)
		return error_set(err, E_NODEV, "this machine has no PCI: there is no '%s'",
				 path);
	if (dir == NULL)
		return error_set_errno(err, errno, "'%s'", path);
	/* cppcheck-suppress readdirCalled */
	while (rc == E_OK && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.' && !pci_place_parse(entry->d_name, &place))
			rc = error_set(err, E_IO, "'%s' has a '%.64s', which is no PCI device",
				       path, entry->d_name);
	closedir(dir);
	return rc;
}

static void set_param(struct pci_access *access, const char *name, const char *value)
{
	char key[32], text[512];

	snprintf(key, sizeof(key), "%s", name);
	snprintf(text, sizeof(text), "%s", value);
	pci_set_param(access, key, text);
}

static void start(struct pci_lib *lib, void *arg)
{
	(void)arg;
	pci_init(lib->access);
	pci_scan_bus(lib->access);
}

static void identify(struct pci_lib *lib, void *arg)
{
	(void)lib;
	pci_fill_info(arg, PCI_FILL_IDENT);
}

static int list_functions(struct pci_lib *lib, struct error *err)
{
	for (struct pci_dev *dev = lib->access->devices; dev != NULL; dev = dev->next)
		lib->n++;
	lib->functions = calloc(lib->n + 1, sizeof(*lib->functions));
	if (lib->functions == NULL)
		return error_set(err, E_NOMEM, "pci: out of memory");
	lib->n = 0;
	for (struct pci_dev *dev = lib->access->devices; dev != NULL; dev = dev->next) {
		const bool known = guarded(identify, lib, dev, NULL) == E_OK;

		lib->functions[lib->n++] = (struct pci_id){
			.place = { (uint32_t)dev->domain, dev->bus, dev->dev, dev->func },
			.vendor = known ? dev->vendor_id : 0xffff,
			.device = known ? dev->device_id : 0xffff,
		};
	}
	qsort(lib->functions, lib->n, sizeof(*lib->functions), by_place);
	return E_OK;
}

static const char *sysfs_root(void)
{
	const char *given = getenv("SWITCHBLADE_SYSFS_PCI");

	return given != NULL && given[0] != '\0' ? given : "/sys/bus/pci";
}

int pci_lib_open(const char *dump, struct error *err, struct pci_lib **out)
{
	const char *root = sysfs_root();
	int rc = dump == NULL ? check_folder(root, err) : pci_dump_check(dump, err);
	struct pci_lib *lib;

	if (rc != E_OK)
		return rc;
	lib = calloc(1, sizeof(*lib));
	if (lib == NULL)
		return error_set(err, E_NOMEM, "pci: out of memory");
	lib->access = pci_alloc();
	if (dump == NULL && (lib->root = strdup(root)) == NULL) {
		pci_lib_close(lib);
		return error_set(err, E_NOMEM, "pci: out of memory");
	}
	lib->access->method = dump == NULL ? PCI_ACCESS_SYS_BUS_PCI : PCI_ACCESS_DUMP;
	lib->access->error = on_error;
	lib->access->warning = on_warning;
	set_param(lib->access, dump == NULL ? "sysfs.path" : "dump.name",
		  dump == NULL ? root : dump);
	rc = guarded(start, lib, NULL, err);
	if (rc == E_OK)
		rc = list_functions(lib, err);
	if (rc == E_OK)
		*out = lib;
	else
		pci_lib_close(lib);
	return rc;
}

void pci_lib_close(struct pci_lib *lib)
{
	if (lib == NULL)
		return;
	pci_cleanup(lib->access);
	free(lib->functions);
	free(lib->root);
	free(lib);
}

size_t pci_lib_count(const struct pci_lib *lib)
{
	return lib->n;
}

const struct pci_id *pci_lib_at(const struct pci_lib *lib, size_t i)
{
	return &lib->functions[i];
}

void pci_lib_path(const struct pci_lib *lib, size_t i, const char *file, char *buf, size_t size)
{
	char place[PCI_PLACE_CHARS];

	pci_place_format(&lib->functions[i].place, place);
	snprintf(buf, size, "%s/devices/%s/%s", lib->root, place, file);
}

/* --- facts ---------------------------------------------------------------------------------- */

/* The first line of a file of sysfs; false: there is none, or this is a dump. */
static bool read_line(const struct pci_lib *lib, size_t i, const char *file, char *buf,
		      int size)
{
	char path[512];
	bool ok;
	FILE *in;

	if (lib->root == NULL)
		return false;
	pci_lib_path(lib, i, file, path, sizeof(path));
	in = fopen(path, "re");
	if (in == NULL)
		return false;
	ok = fgets(buf, size, in) != NULL;
	fclose(in);
	return ok;
}

static bool config_read(struct pci_dev *dev, unsigned at, void *buf, int len)
{
	return pci_read_block(dev, (int)at, buf, len) != 0;
}

/* A word of capability @id; false: it has none, or one that may not be read. */
static bool cap_word(struct pci_dev *dev, unsigned id, unsigned at, uint16_t *word)
{
	const struct pci_cap *cap = pci_find_cap(dev, id, PCI_CAP_NORMAL);
	uint8_t bytes[2];

	if (cap == NULL || !config_read(dev, cap->addr + at, bytes, sizeof(bytes)))
		return false;
	*word = (uint16_t)(bytes[0] | bytes[1] << 8);
	return *word != 0xffff;
}

/* Power Management Interface specification 1.2, 3.2.4: PMCSR bits 1:0. */
static int power_of(const struct pci_lib *lib, size_t i, struct pci_dev *dev)
{
	char line[32];
	uint16_t pmcsr;

	if (cap_word(dev, PCI_CAP_ID_PM, PCI_PM_CTRL, &pmcsr))
		return pmcsr & PCI_PM_CTRL_STATE_MASK;
	if (read_line(lib, i, "power_state", line, sizeof(line)) && line[0] == 'D' &&
	    line[1] >= '0' && line[1] <= '3')
		return line[1] - '0';
	return -1;
}

/* PCI Express Base specification, 7.5.3.6: the codes of link speeds. */
static uint32_t mtps_of(unsigned code)
{
	static const uint32_t mtps[] = { 0, 2500, 5000, 8000, 16000, 32000, 64000 };

	return code < sizeof(mtps) / sizeof(mtps[0]) ? mtps[code] : 0;
}

/* "2.5 GT/s PCIe", "8.0 GT/s PCIe", "Unknown". */
static uint32_t line_mtps(const struct pci_lib *lib, size_t i, const char *file)
{
	char line[64], *end;
	unsigned long whole;

	if (!read_line(lib, i, file, line, sizeof(line)))
		return 0;
	whole = strtoul(line, &end, 10);
	if (end[0] != '.' || end[1] < '0' || end[1] > '9' || strncmp(end + 2, " GT/s", 5) != 0)
		return 0;
	return (uint32_t)(whole * 1000 + (unsigned)(end[1] - '0') * 100);
}

static uint32_t line_number(const struct pci_lib *lib, size_t i, const char *file)
{
	char line[32];

	return read_line(lib, i, file, line, sizeof(line)) ? (uint32_t)strtoul(line, NULL, 10)
							   : 0;
}

static struct pci_link link_of(const struct pci_lib *lib, size_t i, struct pci_dev *dev)
{
	uint16_t can, is;

	if (cap_word(dev, PCI_CAP_ID_EXP, PCI_EXP_LNKCAP, &can) &&
	    cap_word(dev, PCI_CAP_ID_EXP, PCI_EXP_LNKSTA, &is))
		return (struct pci_link){
			.mtps = mtps_of(is & PCI_EXP_LNKSTA_SPEED),
			.max_mtps = mtps_of(can & PCI_EXP_LNKCAP_SPEED),
			.width = (is & PCI_EXP_LNKSTA_WIDTH) >> 4,
			.max_width = (can & PCI_EXP_LNKCAP_WIDTH) >> 4,
		};
	return (struct pci_link){
		.mtps = line_mtps(lib, i, "current_link_speed"),
		.max_mtps = line_mtps(lib, i, "max_link_speed"),
		.width = line_number(lib, i, "current_link_width"),
		.max_width = line_number(lib, i, "max_link_width"),
	};
}

static struct pci_bar bar_of(const struct pci_dev *dev, unsigned bar)
{
	const uint64_t base = dev->base_addr[bar];
	const bool io = (base & PCI_BASE_ADDRESS_SPACE) == PCI_BASE_ADDRESS_SPACE_IO;

	if (base == 0 && dev->size[bar] == 0)
		return (struct pci_bar){ .kind = PCI_BAR_NONE };
	return (struct pci_bar){
		.kind = io ? PCI_BAR_IO : PCI_BAR_MEM,
		.address = base & (io ? PCI_ADDR_IO_MASK : PCI_ADDR_MEM_MASK),
		.bytes = dev->size[bar],
	};
}

struct facts_arg {
	size_t i;
	struct pci_dev *dev;
	struct pci_facts facts;
};

static void fill_facts(struct pci_lib *lib, void *arg)
{
	struct facts_arg *a = arg;
	struct pci_facts *facts = &a->facts;
	const struct pci_place *place = &lib->functions[a->i].place;
	const char *driver;
	struct pci_dev *dev;

	/* A new one each time: what failed counts as known, and drivers come and go. */
	dev = a->dev = pci_get_dev(lib->access, (int)place->domain, place->bus, place->device,
				   place->function);
	pci_fill_info(dev, PCI_FILL_IDENT | PCI_FILL_CLASS | PCI_FILL_CLASS_EXT |
				   PCI_FILL_SUBSYS | PCI_FILL_BASES | PCI_FILL_SIZES |
				   PCI_FILL_CAPS | PCI_FILL_DRIVER);
	facts->vendor = dev->vendor_id;
	facts->device = dev->device_id;
	facts->subvendor = dev->subsys_vendor_id;
	facts->subdevice = dev->subsys_id;
	facts->class = dev->device_class;
	facts->revision = dev->rev_id;
	for (unsigned bar = 0; bar < PCI_N_BARS; bar++)
		facts->bars[bar] = bar_of(dev, bar);
	facts->answers = pci_read_word(dev, PCI_VENDOR_ID) != 0xffff;
	facts->decodes = (pci_read_word(dev, PCI_COMMAND) & PCI_COMMAND_MEMORY) != 0;
	facts->power = power_of(lib, a->i, dev);
	facts->link = link_of(lib, a->i, dev);
	driver = pci_get_string_property(dev, PCI_FILL_DRIVER);
	snprintf(facts->driver, sizeof(facts->driver), "%s", driver != NULL ? driver : "");
}

/* Start, end and flags. */
static bool is_resource(const char *line)
{
	for (int i = 0; i < 3; i++) {
		char *end;

		(void)strtoull(line, &end, 16);
		if (end == line)
			return false;
		line = end;
	}
	return true;
}

/* As check_folder(): libpci would leave the file open. */
static int check_resource(const struct pci_lib *lib, size_t i, struct error *err)
{
	char path[512], line[256];
	FILE *in;
	int rc = E_OK;

	if (lib->root == NULL)
		return E_OK;
	pci_lib_path(lib, i, "resource", path, sizeof(path));
	in = fopen(path, "re");
	if (in == NULL)
		return error_set_errno(err, errno, "'%s'", path);
	while (rc == E_OK && fgets(line, sizeof(line), in) != NULL)
		if (!is_resource(line))
			rc = error_set(err, E_IO, "'%s' does not read as a list of resources",
				       path);
	fclose(in);
	return rc;
}

int pci_lib_facts(struct pci_lib *lib, size_t i, struct error *err, struct pci_facts *facts)
{
	struct facts_arg arg = { .i = i };
	int rc = check_resource(lib, i, err);

	if (rc == E_OK)
		rc = guarded(fill_facts, lib, &arg, err);
	if (arg.dev != NULL)
		pci_free_dev(arg.dev);
	if (rc != E_OK)
		return rc;
	pci_place_format(&lib->functions[i].place, arg.facts.place);
	*facts = arg.facts;
	return E_OK;
}
