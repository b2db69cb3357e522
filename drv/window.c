/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/window.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

int window_open(struct window *window, const char *path)
{
	*window = (struct window){ .fd = open(path, O_RDWR | O_CLOEXEC) };
	window->writable = window->fd >= 0;
	if (window->fd < 0 && (errno == EACCES || errno == EPERM || errno == EROFS))
		window->fd = open(path, O_RDONLY | O_CLOEXEC);
	return window->fd < 0 ? errno : 0;
}

int window_map(struct window *window, uint64_t offset, uint64_t bytes)
{
	uint64_t lead = offset % (uint64_t)sysconf(_SC_PAGESIZE);
	int prot = window->writable ? PROT_READ | PROT_WRITE : PROT_READ;
	void *map;

	if (bytes > SIZE_MAX - lead)
		return EOVERFLOW;
	map = mmap(NULL, (size_t)(bytes + lead), prot, MAP_SHARED, window->fd,
		   (off_t)(offset - lead));
	if (map == MAP_FAILED)
		return errno;
	window->map = map;
	window->map_bytes = (size_t)(bytes + lead);
	window->words = (volatile uint32_t *)((char *)map + lead);
	return 0;
}

void window_close(struct window *window)
{
	if (window->map != NULL)
		munmap(window->map, window->map_bytes);
	close(window->fd);
}

int window_refuse_write(struct bus *bus, struct bus_op *op, const char *what)
{
	return bus__fail(bus, op, BUS_OP_FAILED, E_PERM, "no permission to write the %s", what);
}
