/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fill_window WINDOW FILE.regs...    writes the registers of the files, later ones over earlier
 * ones, into WINDOW, the memory of a VSC7448's PCI window, as a chip that holds them would show
 * them.  WINDOW exists and has its size.  This goes past the bus layer on purpose: that must not
 * check itself, and it refuses to write read-only registers.
 */
#include <endian.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hal/map.h"
#include "regmaps/regdb/regsfile.h"

/* DESIGN.md, section 1: the window begins with the VCore domain and has 32 MiB. */
#define ORIGIN 0x70000000u
#define SIZE   0x2000000u

static int fill(char *window, const struct regdb *map, const char *path)
{
	struct error err = { 0 };
	struct regsfile *file;

	if (regsfile_read(path, map, &err, &file) != E_OK) {
		fprintf(stderr, "fill_window: %s\n", err.text);
		return 2;
	}
	for (size_t i = 0; i < file->n_rows; i++) {
		uint32_t word = htole32((uint32_t)file->rows[i].value);

		if (file->rows[i].ref.addr - ORIGIN < SIZE)
			memcpy(window + (file->rows[i].ref.addr - ORIGIN), &word, sizeof(word));
	}
	regsfile_free(file);
	return 0;
}

static int with_window(const char *path, const struct regdb *map, char **files)
{
	int fd = open(path, O_RDWR | O_CLOEXEC), status = 0;
	void *window;

	if (fd < 0) {
		perror(path);
		return 2;
	}
	window = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (window == MAP_FAILED) {
		perror(path);
		return 2;
	}
	for (; *files != NULL && status == 0; files++)
		status = fill(window, map, *files);
	munmap(window, SIZE);
	return status;
}

int main(int argc, char **argv)
{
	struct error err = { 0 };
	struct regdb *map;
	int status;

	if (argc < 3 || map_open("vsc7448", NULL, NULL, &err, &map) != E_OK) {
		fprintf(stderr, "usage: fill_window WINDOW FILE.regs... %s\n", err.text);
		return 2;
	}
	status = with_window(argv[1], map, argv + 2);
	regdb_close(map);
	return status;
}
