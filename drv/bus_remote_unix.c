/* SPDX-License-Identifier: GPL-2.0-or-later */
/* unix:PATH[,device=NAME]: a device of a running `switchblade serve --listen PATH`. */
#include "drv/bus_remote.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct unix_params {
	struct uri_text device;
};

static const struct uri_key unix_keys[] = {
	{ "device", URI_WORD, offsetof(struct unix_params, device), 0, 0, "NAME",
	  "the device of the server's board (default: the first with this map)" },
	{ .name = NULL },
};

static int no_server(int errnum, const char *path, struct error *err)
{
	if (errnum == ECONNREFUSED || errnum == ENOENT)
		return error_set(
			err, E_NODEV,
			"unix:%.128s: no server listens there; start `switchblade serve "
			"--listen %.128s`",
			path, path);
	if (errnum == EACCES)
		return error_set(
			err, E_PERM,
			"unix:%.128s: permission denied; the permissions of the socket "
			"say who may connect (serve --mode)",
			path);
	return error_set_errno(err, errnum, "unix:%s", path);
}

static int connect_to(const char *path, struct error *err, int *fd)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	if (path[0] == '\0')
		return error_set(err, E_SYNTAX, "unix: needs a path");
	if (strlen(path) >= sizeof(to.sun_path))
		return error_set(err, E_RANGE,
				 "unix:%s: the path of a socket has at most %zu characters",
				 path, sizeof(to.sun_path) - 1);
	memcpy(to.sun_path, path, strlen(path) + 1);
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (*fd < 0)
		return error_set_errno(err, errno, "unix:%s", path);
	if (connect(*fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
		return E_OK;
	no_server(errno, path, err);
	close(*fd);
	return err->code;
}

static int open_path(const char *path, const struct unix_params *params,
		     const struct bus_env *env, struct error *err, struct bus **out)
{
	char name[160], device[128];
	struct remote_link link = { .name = name, .hello_us = REMOTE_SILENCE_US };
	int rc = connect_to(path, err, &link.fd);

	if (rc != E_OK)
		return rc;
	snprintf(name, sizeof(name), "unix:%s", path);
	snprintf(device, sizeof(device), "%.*s", (int)params->device.len,
		 params->device.text == NULL ? "" : params->device.text);
	return remote_open(&bus_backend_unix, &link, device, env, err, out);
}

static int unix_open(const char *rest, const struct bus_env *env, struct error *err,
		     struct bus **out)
{
	struct unix_params params = { .device.len = 0 };
	struct error mine = { 0 };
	char *path = uri_take_part(&rest);
	int rc;

	if (path == NULL)
		return error_set(err, E_NOMEM, "unix: out of memory");
	rc = uri_parse(&(struct uri_parts){ "unix", rest, NULL }, unix_keys, &params, &mine);
	if (rc == E_OK)
		rc = open_path(path, &params, env, &mine, out);
	if (rc != E_OK)
		error_copy(err, &mine);
	free(path);
	return rc;
}

const struct bus_backend bus_backend_unix = {
	.scheme = "unix",
	.help = "PATH[,device=NAME]  a device of a running `switchblade serve --listen PATH`",
	.keys = unix_keys,
	.whole = true,
	.open = unix_open,
	.close = remote_close,
	.xfer = remote_xfer,
	.lease = remote_lease,
	.release = remote_release,
};
