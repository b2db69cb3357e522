/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The listening socket of a server: a file whose permissions decide who may connect. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "drv/lock.h"
#include "drv/serve.h"

struct serve_socket {
	int fd;
	struct sockaddr_un addr;
	struct stat made; /* which file is ours */
	struct lock *lock;
};

static int set_path(struct serve_socket *s, const char *path, struct error *err)
{
	s->addr.sun_family = AF_UNIX;
	if (path[0] == '\0')
		return error_set(err, E_SYNTAX, "the socket needs a path");
	if (strlen(path) >= sizeof(s->addr.sun_path))
		return error_set(err, E_RANGE,
				 "socket '%.128s': the path of a socket has at most %zu "
				 "characters",
				 path, sizeof(s->addr.sun_path) - 1);
	memcpy(s->addr.sun_path, path, strlen(path) + 1);
	return E_OK;
}

/* The folder as it really is, then the name: the same for every way to write the path. */
static int lock_path(struct serve_socket *s, uint64_t wait_us, struct error *err)
{
	const char *path = s->addr.sun_path, *slash = strrchr(path, '/');
	char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
	char *real = folder == NULL ? NULL : realpath(folder, NULL);
	char key[4096 + 128];

	free(folder);
	if (real == NULL)
		return error_set_errno(err, errno, "socket '%s'", path);
	snprintf(key, sizeof(key), "unix:%s/%s", real, slash == NULL ? path : slash + 1);
	free(real);
	return lock_take(key, "serve", wait_us, err, &s->lock);
}

static bool is_alive(const struct serve_socket *s)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool alive;

	if (fd < 0)
		return true; /* not known: better not to touch it */
	alive = connect(fd, (const struct sockaddr *)&s->addr, sizeof(s->addr)) == 0 ||
		errno != ECONNREFUSED;
	close(fd);
	return alive;
}

/* With the lock held: no other switchblade is making a socket there. */
static int remove_stale(const struct serve_socket *s, struct error *err)
{
	const char *path = s->addr.sun_path;
	struct stat st;

	if (lstat(path, &st) != 0)
		return errno == ENOENT ? E_OK
				       : error_set_errno(err, errno, "socket '%s'", path);
	if (!S_ISSOCK(st.st_mode))
		return error_set(err, E_NODEV,
				 "socket '%s': something else is there, which stays", path);
	if (is_alive(s))
		return error_set(err, E_BUSY, "socket '%s': a program listens there", path);
	if (unlink(path) != 0)
		return error_set_errno(err, errno, "socket '%s' of a dead server", path);
	return E_OK;
}

/* Nobody may connect before the permissions are what they should be. */
static int bind_and_listen(struct serve_socket *s, unsigned mode, struct error *err)
{
	const char *path = s->addr.sun_path;
	mode_t old = umask(0777);
	int rc = bind(s->fd, (const struct sockaddr *)&s->addr, sizeof(s->addr));

	umask(old);
	if (rc != 0)
		return error_set_errno(err, errno, "socket '%s'", path);
	if (chmod(path, mode) == 0 && lstat(path, &s->made) == 0 && listen(s->fd, 64) == 0)
		return E_OK;
	error_set_errno(err, errno, "socket '%s'", path);
	unlink(path);
	return err->code;
}

int serve_socket_open(const char *path, unsigned mode, uint64_t wait_us, struct error *err,
		      struct serve_socket **out)
{
	struct serve_socket *s = calloc(1, sizeof(*s));
	struct error mine = { 0 };
	int rc;

	if (s == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	s->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	rc = s->fd < 0 ? error_set_errno(&mine, errno, "socket '%.200s'", path)
		       : set_path(s, path, &mine);
	if (rc == E_OK)
		rc = lock_path(s, wait_us, &mine);
	if (rc == E_OK)
		rc = remove_stale(s, &mine);
	if (rc == E_OK)
		rc = bind_and_listen(s, mode, &mine);
	if (rc == E_OK) {
		*out = s;
		return E_OK;
	}
	error_copy(err, &mine);
	if (s->fd >= 0)
		close(s->fd);
	lock_free(s->lock);
	free(s);
	return rc;
}

int serve_socket_fd(const struct serve_socket *s)
{
	return s->fd;
}

void serve_socket_close(struct serve_socket *s)
{
	struct stat st;

	if (s == NULL)
		return;
	if (lstat(s->addr.sun_path, &st) == 0 && st.st_dev == s->made.st_dev &&
	    st.st_ino == s->made.st_ino)
		unlink(s->addr.sun_path);
	close(s->fd);
	lock_free(s->lock);
	free(s);
}
