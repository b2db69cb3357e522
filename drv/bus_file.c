/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * file:PATH[,offset=N][,size=N]: a mapped file, or a device that can be mapped.  Offset 0 is the
 * origin of the window.  Registers are little-endian words, as on PCI.
 */
#include "drv/bus_priv.h"

#include <errno.h>
#include <linux/magic.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>

#include "drv/window.h"

struct bus_file {
	struct bus bus;
	struct window window;
	uint64_t end; /* bytes of the file that must exist; 0: a device, it cannot shrink */
	struct timespec looked; /* when the length was last found right */
	bool plain;             /* only memory: no device sees a read */
};

struct file_params {
	uint64_t offset, size;
};

static const struct uri_key file_keys[] = {
	{ "offset", URI_NUMBER, offsetof(struct file_params, offset), 0, INT64_MAX, "N",
	  "byte of the file where the window starts (default 0)" },
	{ "size", URI_NUMBER, offsetof(struct file_params, size), 4, INT64_MAX, "N",
	  "bytes of the window (default: the map's, or what the file holds)" },
	{ .name = NULL },
};

/* Settles how many bytes from @params->offset on the window has. */
static int choose_size(struct bus_file *file, const char *path, struct file_params *params,
		       struct error *err)
{
	struct statfs fs;
	struct stat st;
	uint64_t bytes, left;

	if (fstat(file->window.fd, &st) != 0)
		return error_set_errno(err, errno, "file:%s", path);
	if (!S_ISREG(st.st_mode) && !S_ISCHR(st.st_mode) && !S_ISBLK(st.st_mode))
		return error_set(err, E_NODEV, "file:%s: not a file", path);
	if (!S_ISREG(st.st_mode)) {
		if (params->size == 0)
			params->size = file->bus.size;
		return params->size > 0 ? E_OK
					: error_set(err, E_SYNTAX,
						    "file:%s: a device needs size=N", path);
	}
	bytes = (uint64_t)st.st_size;
	left = bytes > params->offset ? (bytes - params->offset) / 4 * 4 : 0;
	if (params->size == 0)
		params->size =
			file->bus.size > 0 && file->bus.size < left ? file->bus.size : left;
	if (params->size == 0 || params->size > left)
		return error_set(err, E_RANGE,
				 "file:%s: %" PRIu64 " bytes are too few for %" PRIu64
				 " bytes at offset %" PRIu64,
				 path, bytes, params->size > 0 ? params->size : 4,
				 params->offset);
	file->end = params->offset + params->size;
	/* Files of sysfs can be the registers of a device: /sys/bus/pci/devices/.../resource0. */
	file->plain = fstatfs(file->window.fd, &fs) == 0 && fs.f_type != SYSFS_MAGIC;
	return E_OK;
}

static int map_window(struct bus_file *file, const char *path, const struct file_params *params,
		      struct error *err)
{
	int errnum = window_map(&file->window, params->offset, params->size);

	if (errnum == EOVERFLOW)
		return error_set(err, E_RANGE, "file:%s: size=%" PRIu64 " is too large", path,
				 params->size);
	if (errnum != 0)
		return error_set_errno(err, errnum, "file:%s: cannot be mapped", path);
	return E_OK;
}

static int open_window(struct bus_file *file, const char *path, struct file_params *params,
		       struct error *err)
{
	int errnum = window_open(&file->window, path);
	int rc;

	if (errnum != 0)
		return error_set_errno(err, errnum, "file:%s", path);
	rc = choose_size(file, path, params, err);
	if (rc == E_OK)
		rc = bus__set_window(&file->bus, file->bus.origin, params->size, err);
	if (rc == E_OK)
		rc = map_window(file, path, params, err);
	if (rc != E_OK)
		window_close(&file->window);
	return rc;
}

/* The same file is the same device, whatever it is called. */
static bool set_lock_key(struct bus *bus, const char *path)
{
	char *real = realpath(path, NULL);
	size_t size = strlen("file:") + strlen(real != NULL ? real : path) + 1;

	bus->lock_key = malloc(size);
	if (bus->lock_key != NULL)
		snprintf(bus->lock_key, size, "file:%s", real != NULL ? real : path);
	free(real);
	return bus->lock_key != NULL;
}

static int file_open(const char *rest, const struct bus_env *env, struct error *err,
		     struct bus **out)
{
	struct file_params params = { 0 };
	struct bus_file *file = calloc(1, sizeof(*file));
	char *path = uri_take_part(&rest);
	int rc;

	if (file == NULL || path == NULL) {
		rc = error_set(err, E_NOMEM, "file: out of memory");
		goto out;
	}
	rc = path[0] == '\0' ? error_set(err, E_SYNTAX, "file: needs a path") : E_OK;
	if (rc == E_OK)
		rc = uri_parse(&(struct uri_parts){ "file", rest, NULL }, file_keys, &params,
			       err);
	if (rc == E_OK && params.offset % 4 != 0)
		rc = error_set(err, E_RANGE, "file: offset=%" PRIu64 " is not a multiple of 4",
			       params.offset);
	if (rc == E_OK)
		rc = bus__init(&file->bus, &bus_backend_file, env, err);
	if (rc == E_OK)
		rc = open_window(file, path, &params, err);
	if (rc == E_OK && !set_lock_key(&file->bus, path)) {
		window_close(&file->window);
		rc = error_set(err, E_NOMEM, "file: out of memory");
	}
out:
	free(path);
	if (rc == E_OK)
		*out = &file->bus;
	else
		free(file);
	return rc;
}

static void file_close(struct bus *bus)
{
	struct bus_file *file = (struct bus_file *)bus;

	window_close(&file->window);
	free(file);
}

/*
 * What is behind the end of a file that was cut reads as zero up to the page's end, and behind
 * that is SIGBUS: look at the length before touching, but no more than once per tick of the coarse
 * clock, because the look costs as much as hundreds of reads.
 */
static bool is_whole(struct bus_file *file)
{
	struct timespec now;
	struct stat st;

	if (file->end == 0)
		return true;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	if (now.tv_nsec == file->looked.tv_nsec && now.tv_sec == file->looked.tv_sec)
		return true;
	if (fstat(file->window.fd, &st) != 0 || (uint64_t)st.st_size < file->end)
		return false;
	file->looked = now;
	return true;
}

static int was_cut(struct bus_file *file, struct bus_op *op)
{
	struct stat st = { .st_size = 0 };

	(void)fstat(file->window.fd, &st);
	return bus__fail(&file->bus, op, BUS_OP_FAILED, E_IO,
			 "the file was cut to %" PRIu64 " bytes while it was open",
			 (uint64_t)st.st_size);
}

static int run_ops(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_file *file = (struct bus_file *)bus;

	for (size_t i = 0; i < n; i++) {
		uint64_t index = window_index(bus, &ops[i]);

		file->window.at = i;
		if (ops[i].kind == BUS_OP_READ)
			ops[i].value = window_get(&file->window, index);
		else if (file->window.writable)
			window_put(&file->window, index, ops[i].value);
		else
			return window_refuse_write(bus, &ops[i], "file");
		ops[i].status = BUS_OP_DONE;
	}
	return E_OK;
}

static int file_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_file *file = (struct bus_file *)bus;
	int rc;

	if (!is_whole(file))
		return was_cut(file, ops);
	rc = window_guard(run_ops, bus, ops, n);
	return rc == WINDOW_LOST ? was_cut(file, &ops[file->window.at]) : rc;
}

/* E_RANGE: not all of them are good reads. */
static int run_reads(struct bus *bus, struct bus_op *ops, size_t n)
{
	const struct window window = ((struct bus_file *)bus)->window;
	const struct bus_op *end = ops + n;
	uint64_t n_words = bus->size / 4;

#pragma GCC unroll 4
	for (; ops < end; ops++) {
		uint64_t index = window_index(bus, ops);

		if ((ops->kind != BUS_OP_READ) | (index >= n_words))
			return E_RANGE;
		ops->value = window_get(&window, index);
		ops->status = BUS_OP_DONE;
	}
	return E_OK;
}

static bool file_read_all(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_file *file = (struct bus_file *)bus;

	return file->plain && is_whole(file) && window_guard(run_reads, bus, ops, n) == E_OK;
}

const struct bus_backend bus_backend_file = {
	.scheme = "file",
	.help = "PATH[,offset=N][,size=N]  a mapped file, offset 0 at the window's origin",
	.keys = file_keys,
	.burst = 4096,
	.open = file_open,
	.close = file_close,
	.xfer = file_xfer,
	.read_all = file_read_all,
};
