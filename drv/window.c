/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/window.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
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

/* Where the handler goes back to; NULL: this thread is not inside window_guard(). */
static _Thread_local sigjmp_buf *back;
static struct sigaction before; /* whose SIGBUS it was */

static void on_sigbus(int number, siginfo_t *info, void *context)
{
	if (back != NULL)
		siglongjmp(*back, 1);
	if ((before.sa_flags & SA_SIGINFO) != 0)
		before.sa_sigaction(number, info, context);
	else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN)
		before.sa_handler(number);
	else
		sigaction(SIGBUS, &before, NULL); /* it comes again, and ends the process */
}

/* Anew for each window, for whoever has taken the signal since. */
static void catch_sigbus(void)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	struct sigaction action = { .sa_sigaction = on_sigbus,
				    .sa_flags = SA_SIGINFO | SA_ONSTACK };
	struct sigaction now;

	sigemptyset(&action.sa_mask);
	pthread_mutex_lock(&lock);
	if (sigaction(SIGBUS, NULL, &now) == 0 && now.sa_sigaction != on_sigbus) {
		before = now;
		sigaction(SIGBUS, &action, NULL);
	}
	pthread_mutex_unlock(&lock);
}

int window_guard(window_run run, struct bus *bus, struct bus_op *ops, size_t n)
{
	sigjmp_buf here;
	sigset_t bus_error;
	int rc;

	/* Without the mask, which costs a system call: what the handler blocks is unblocked here. */
	if (sigsetjmp(here, 0) != 0) {
		back = NULL;
		sigemptyset(&bus_error);
		sigaddset(&bus_error, SIGBUS);
		pthread_sigmask(SIG_UNBLOCK, &bus_error, NULL);
		return WINDOW_LOST;
	}
	back = &here;
	rc = run(bus, ops, n);
	back = NULL;
	return rc;
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
	catch_sigbus();
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
