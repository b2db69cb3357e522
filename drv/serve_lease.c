/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Leases: who may write to a device alone, and for how long. */
#include <stdio.h>
#include <time.h>

#include "drv/clock.h"
#include "drv/serve_priv.h"

static int busy(const struct shared *device, struct error *err)
{
	return error_set(err, E_BUSY, "%s is in use by %s; --wait 10s waits for it",
			 device->name, device->holder_text);
}

/* Other processes see the client that the lease is for. */
static int take_outer(struct shared *device, const struct client *client, const char *what,
		      struct error *err)
{
	const char *key = client->serve->options.locks ? bus_lock_key(device->bus) : NULL;
	char text[PROTO_NAME_MAX + 1];
	int rc = E_OK;

	snprintf(text, sizeof(text), "%.60s for %.60s", what, client->who);
	if (key != NULL)
		rc = lock_take(key, text, 0, err, &device->lock);
	if (rc != E_OK || !bus_is_shared(device->bus))
		return rc;
	rc = bus_lease(device->bus, text, 0);
	if (rc == E_OK) {
		device->bus_leased = true;
		return E_OK;
	}
	lock_free(device->lock);
	device->lock = NULL;
	return error_copy(err, bus_error(device->bus));
}

int serve__lease_take(struct client *client, const char *what, struct error *err)
{
	struct shared *device = client->device;
	time_t now = time(NULL);
	char since[32] = "";
	struct tm tm;
	int rc;

	if (device->holder != NULL)
		return device->holder == client ? E_OK : busy(device, err);
	rc = take_outer(device, client, what, err);
	if (rc != E_OK)
		return rc;
	if (localtime_r(&now, &tm) != NULL)
		strftime(since, sizeof(since), "%Y-%m-%d %H:%M:%S", &tm);
	snprintf(device->holder_text, sizeof(device->holder_text), "%s (%s) since %s",
		 client->who, what, since);
	device->holder = client;
	client->serve->stats.leases++;
	serve__lease_renew(client);
	return E_OK;
}

void serve__lease_end(struct shared *device)
{
	device->holder = NULL;
	lock_free(device->lock);
	device->lock = NULL;
	if (device->bus_leased)
		bus_release(device->bus);
	device->bus_leased = false;
}

void serve__lease_renew(struct client *client)
{
	if (client->device != NULL && client->device->holder == client)
		client->device->lapses_us =
			clock_now_us(client->serve->clock) + client->serve->options.lease_us;
}

/* Not while its holder waits for an answer. */
void serve__lease_lapse(struct shared *device, struct serve *serve)
{
	if (device->holder == NULL || device->holder->job.kind != JOB_NONE ||
	    clock_now_us(serve->clock) < device->lapses_us)
		return;
	serve->stats.lapsed++;
	serve__log(serve, device->holder, "its lease of %s has run out", device->name);
	serve__lease_end(device);
}
