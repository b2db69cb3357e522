/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/pci_dump.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "drv/pci_place.h"

#define LINE_CHARS   254 /* libpci's buffer, with the newline */
#define CONFIG_BYTES 4096

struct dump {
	const char *path;
	FILE *in;
	unsigned line;
	bool inside;      /* of the lines of a function */
	size_t n;         /* functions */
	unsigned n_bytes; /* of the last function */
	struct error *err;
};

static int wrong(const struct dump *dump, const char *what)
{
	return error_set(dump->err, E_SYNTAX, "%s:%u: %s", dump->path, dump->line, what);
}

/* Does the line start with the place of a function, written as libpci wants it? */
static bool is_place(const char *text)
{
	struct pci_place place;
	char word[PCI_PLACE_CHARS], full[PCI_PLACE_CHARS];
	const size_t len = strcspn(text, " ");

	if (text[len] != ' ' || len >= sizeof(word))
		return false;
	memcpy(word, text, len);
	word[len] = '\0';
	if (!pci_place_parse(word, &place))
		return false;
	pci_place_format(&place, full);
	return strcasecmp(word, full) == 0 ||
	       (place.domain == 0 && strcasecmp(word, full + strlen("0000:")) == 0);
}

static bool is_byte(const char *text)
{
	return isxdigit((unsigned char)text[0]) && isxdigit((unsigned char)text[1]) &&
	       (text[2] == '\0' || text[2] == ' ');
}

/* "40: 01 48 03 00 ...": the bytes from an offset on. */
static int check_bytes(struct dump *dump, const char *text)
{
	char *at;
	unsigned long offset;

	if (!isxdigit((unsigned char)text[0]))
		return E_OK;
	offset = strtoul(text, &at, 16);
	if (at[0] != ':' || at[1] != ' ')
		return E_OK;
	for (at += 2; *at != '\0'; at += at[2] == ' ' ? 3 : 2) {
		if (!is_byte(at))
			return wrong(dump, "not made of hexadecimal bytes");
		if (offset++ >= CONFIG_BYTES)
			return wrong(dump, "configuration space ends at 4096 bytes");
		dump->n_bytes++;
	}
	return E_OK;
}

static int end_function(struct dump *dump)
{
	const bool bare = dump->inside && dump->n_bytes < 64;

	dump->inside = false;
	return bare ? wrong(dump, "the function before has less than 64 bytes of "
				  "configuration space: make the dump with lspci -xxxx")
		    : E_OK;
}

static int check_line(struct dump *dump, char *text)
{
	size_t len = strlen(text);
	int rc;

	if (len == 0 || text[len - 1] != '\n')
		return wrong(dump, "the line is too long, or the file was cut here");
	text[--len] = '\0';
	if (len > 0 && text[len - 1] == '\r')
		text[--len] = '\0';
	if (len == 0)
		return end_function(dump);
	if (!is_place(text))
		return check_bytes(dump, text);
	rc = end_function(dump);
	dump->inside = true;
	dump->n_bytes = 0;
	dump->n++;
	return rc;
}

int pci_dump_check(const char *path, struct error *err)
{
	struct dump dump = { .path = path, .in = fopen(path, "re"), .err = err };
	char text[LINE_CHARS + 1];
	struct stat st;
	int rc = E_OK;

	if (dump.in == NULL)
		return error_set_errno(err, errno, "%s", path);
	if (fstat(fileno(dump.in), &st) != 0 || !S_ISREG(st.st_mode)) {
		fclose(dump.in);
		return error_set(err, E_NODEV, "%s: not a file, which is read twice", path);
	}
	while (rc == E_OK && fgets(text, sizeof(text), dump.in) != NULL) {
		dump.line++;
		rc = check_line(&dump, text);
	}
	if (rc == E_OK && ferror(dump.in))
		rc = error_set_errno(err, errno, "%s", path);
	if (rc == E_OK)
		rc = end_function(&dump);
	if (rc == E_OK && dump.n == 0)
		rc = error_set(err, E_SYNTAX,
			       "%s: no PCI function in it: is it of lspci -xxxx?", path);
	fclose(dump.in);
	return rc;
}
