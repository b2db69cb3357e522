/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "drv/cancel.h"
#include "drv/clock.h"

#define RETRY_US 50000u

struct lock {
	int fd;
};

static const char *folder(void)
{
	const char *given = getenv("SWITCHBLADE_LOCK_DIR");

	if (given != NULL && given[0] != '\0')
		return given;
	return access("/run/lock", W_OK) == 0 ? "/run/lock" : "/tmp";
}

/* FNV-1a: the key may hold any characters and be long. */
static uint64_t hash(const char *text)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return h;
}

/* Everybody may take the lock, whoever made the file. */
static int open_file(const char *path, struct error *err, int *fd)
{
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (*fd < 0)
		return error_set_errno(err, errno, "lock file '%.200s'", path);
	(void)!fchmod(*fd, 0666);
	return E_OK;
}

static int busy(int fd, const char *key, struct error *err)
{
	char owner[256];
	ssize_t n = pread(fd, owner, sizeof(owner) - 1, 0);

	owner[n > 0 ? n : 0] = '\0';
	owner[strcspn(owner, "\n")] = '\0';
	return error_set(err, E_BUSY, "%.128s is in use by %s; --wait 10s waits for it", key,
			 owner[0] != '\0' ? owner : "another process");
}

/* "process 123 (reg set ...) since 2026-11-26 08:00:00". */
static void sign(int fd, const char *key, const char *what)
{
	time_t now = time(NULL);
	char text[512], since[32] = "";
	struct tm tm;
	int len;

	if (localtime_r(&now, &tm) != NULL)
		strftime(since, sizeof(since), "%Y-%m-%d %H:%M:%S", &tm);
	len = snprintf(text, sizeof(text), "process %ld (%.128s) since %s\n%.256s\n",
		       (long)getpid(), what, since, key);
	if (len > (int)sizeof(text) - 1)
		len = (int)sizeof(text) - 1;
	/* Only for people: when it cannot be written the lock holds all the same. */
	(void)!ftruncate(fd, 0);
	(void)!pwrite(fd, text, (size_t)len, 0);
}

static int wait_for(int fd, const char *key, uint64_t wait_us, struct error *err)
{
	uint64_t end_us = clock_now_us(clock_real()) + wait_us;

	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		uint64_t now_us = clock_now_us(clock_real());

		if (errno != EWOULDBLOCK && errno != EINTR)
			return error_set_errno(err, errno, "lock of %.128s", key);
		if (cancel_requested())
			return error_set(err, E_INTR, "interrupted while waiting for %.128s",
					 key);
		if (now_us >= end_us)
			return busy(fd, key, err);
		clock_wait_us(clock_real(),
			      end_us - now_us < RETRY_US ? end_us - now_us : RETRY_US);
	}
	return E_OK;
}

int lock_take(const char *key, const char *what, uint64_t wait_us, struct error *err,
	      struct lock **out)
{
	struct lock *lock = malloc(sizeof(*lock));
	char path[512];
	int rc;

	if (lock == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	snprintf(path, sizeof(path), "%.400s/switchblade-%016" PRIx64 ".lock", folder(),
		 hash(key));
	rc = open_file(path, err, &lock->fd);
	if (rc == E_OK) {
		rc = wait_for(lock->fd, key, wait_us, err);
		if (rc != E_OK)
			close(lock->fd);
	}
	if (rc != E_OK) {
		free(lock);
		return rc;
	}
	sign(lock->fd, key, what);
	*out = lock;
	return E_OK;
}

void lock_free(struct lock *lock)
{
	if (lock == NULL)
		return;
	(void)!ftruncate(lock->fd, 0);
	close(lock->fd);
	free(lock);
}
