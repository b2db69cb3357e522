/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ft232h_umockdev [OPTION...] -- COMMAND...
 *
 * Runs an unmodified program with models of FTDI adapters on its USB: umockdev's preload library
 * gives it a sysfs and usbfs of our making, whose ioctls come here.  libusb in it is the real one.
 * Ends with the program's exit status, and then checks that what it claimed it gave back.
 *
 *   -s SERIAL   serial number of an adapter; several: several adapters
 *   -k KIND     232H, 2232H, 4232H, or 232R: an older chip without the MPSSE
 *   -f FILE     an SPI flash with the content of FILE on chip select 0, not the switch chip
 *   -u N        unplugs the first adapter when its N-th bulk transfer has ended
 *   -x KIND:N   transfer N of the first adapter, control requests included, fails: stall, line,
 *               babble, silent
 *   -d          a driver of the kernel (ftdi_sio) has the adapters
 *   -b          another process has claimed the adapters
 *   -p          the program may not open the adapters
 *   -v          tells figures
 */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <linux/usbdevice_fs.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <umockdev.h>
#include <unistd.h>

#include "tests/usb/ft232h_server.h"

#define MAX_DEVICES 4

struct flight {
	struct flight *next;
	struct mock_usb_urb urb;
	UMockdevIoctlData *data, *buffer; /* the program's struct usbdevfs_urb, and its bytes */
	UMockdevIoctlClient *client;
	bool landed;
};

struct device {
	struct ft232h_server server;
	struct flight *flights;
	unsigned number;
	bool driver;                  /* of the kernel, bound */
	UMockdevIoctlClient *claimed; /* by whom */
	uint64_t n_ioctls;
};

struct options {
	const char *serials[MAX_DEVICES];
	unsigned n;
	enum mock_ft232h_kind kind;
	const char *flash;
	uint64_t unplug_after;
	uint64_t fault; /* number of a transfer; 0: none */
	enum mock_usb_fault_kind fault_kind;
	bool driver, busy, forbidden, old, verbose;
	char **command;
};

struct harness {
	struct options options;
	struct device devices[MAX_DEVICES];
	UMockdevTestbed *testbed;
	GMainLoop *loop;
	int status;
	GRecMutex mutex; /* umockdev calls from a thread of its own */
	bool over;       /* the devices are gone */
};

/* --- usbfs -------------------------------------------------------------------------------- */

static void finish(UMockdevIoctlClient *client, int error)
{
	umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
}

static void fly(struct device *dev, struct flight *flight)
{
	struct flight **last = &dev->flights;

	while (*last != NULL)
		last = &(*last)->next;
	*last = flight;
}

static void control(struct device *dev, struct flight *flight)
{
	uint8_t *bytes = flight->buffer->data;
	const struct mock_usb_setup setup = ft232h_server_setup(bytes);

	flight->landed = true;
	flight->urb.result =
		ft232h_server_control(&dev->server, &setup, bytes + 8, &flight->urb.actual);
}

static void submit(struct device *dev, UMockdevIoctlClient *client, UMockdevIoctlData *data)
{
	struct usbdevfs_urb *urb = (struct usbdevfs_urb *)(void *)data->data;
	UMockdevIoctlData *buffer;
	struct flight *flight;

	buffer = umockdev_ioctl_data_resolve(data, G_STRUCT_OFFSET(struct usbdevfs_urb, buffer),
					     (gsize)urb->buffer_length, NULL);
	if (dev->server.gone || buffer == NULL) {
		finish(client, dev->server.gone ? ENODEV : EFAULT);
		return;
	}
	flight = g_new0(struct flight, 1);
	flight->client = client;
	flight->data = g_object_ref(data);
	flight->buffer = g_object_ref(buffer);
	if (urb->type == USBDEVFS_URB_TYPE_CONTROL) {
		control(dev, flight);
	} else {
		flight->urb = (struct mock_usb_urb){
			.in = (urb->endpoint & 0x80) != 0,
			.channel = ((urb->endpoint & 0x7fu) - 1) / 2,
			.data = flight->buffer->data,
			.n = (size_t)urb->buffer_length,
			.user = flight,
		};
		mock_ft232h_host_submit(dev->server.host, &flight->urb);
	}
	fly(dev, flight);
	umockdev_ioctl_client_complete(client, 0, 0);
}

static void look(struct device *dev)
{
	struct mock_usb_urb *urb;

	while ((urb = ft232h_server_next(&dev->server)) != NULL)
		((struct flight *)urb->user)->landed = true;
}

static struct flight *landed(struct device *dev, const UMockdevIoctlClient *client)
{
	look(dev);
	for (struct flight *f = dev->flights; f != NULL; f = f->next)
		if (f->landed && f->client == client)
			return f;
	return NULL;
}

static void forget(struct device *dev, struct flight *flight)
{
	struct flight **at = &dev->flights;

	while (*at != flight)
		at = &(*at)->next;
	*at = flight->next;
	g_object_unref(flight->buffer);
	g_object_unref(flight->data);
	g_free(flight);
}

static void reap(struct device *dev, UMockdevIoctlClient *client, UMockdevIoctlData *pointer)
{
	struct flight *flight = landed(dev, client);
	struct usbdevfs_urb *urb;

	if (flight == NULL) {
		if (!dev->server.gone)
			g_usleep(200); /* the program asks again at once */
		umockdev_ioctl_client_complete(client, -1, dev->server.gone ? ENODEV : EAGAIN);
		return;
	}
	urb = (struct usbdevfs_urb *)(void *)flight->data->data;
	urb->status = ft232h_server_status(flight->urb.result, -ENOENT);
	urb->actual_length = (int)flight->urb.actual;
	umockdev_ioctl_data_set_ptr(pointer, 0, flight->data);
	umockdev_ioctl_client_complete(client, 0, 0);
	forget(dev, flight);
}

static void discard(struct device *dev, UMockdevIoctlClient *client, UMockdevIoctlData *arg)
{
	for (struct flight *f = dev->flights; f != NULL; f = f->next)
		if (f->data->client_addr == *(gulong *)(void *)arg->data && !f->landed) {
			mock_ft232h_host_cancel(dev->server.host, &f->urb);
			umockdev_ioctl_client_complete(client, 0, 0);
			return;
		}
	umockdev_ioctl_client_complete(client, -1, EINVAL);
}

static void clear_halt(struct device *dev, UMockdevIoctlClient *client, UMockdevIoctlData *arg)
{
	unsigned endpoint = *(unsigned *)(void *)arg->data;

	mock_ft232h_host_clear_halt(dev->server.host, ((endpoint & 0x7f) - 1) / 2,
				    (endpoint & 0x80) != 0);
	umockdev_ioctl_client_complete(client, 0, 0);
}

/* A claim that another process, or a driver that may not be taken off, has. */
static int claim(struct harness *h, struct device *dev, UMockdevIoctlClient *client,
		 bool detach)
{
	if (h->options.busy || (dev->claimed != NULL && dev->claimed != client))
		return EBUSY;
	if (dev->driver && !detach)
		return EBUSY;
	dev->driver = false;
	dev->claimed = client;
	return 0;
}

static void driver_ioctl(struct harness *h, struct device *dev, UMockdevIoctlClient *client,
			 UMockdevIoctlData *data)
{
	struct usbdevfs_ioctl *command = (struct usbdevfs_ioctl *)(void *)data->data;
	int error = 0;

	if (command->ioctl_code == USBDEVFS_DISCONNECT && !dev->driver)
		error = ENODATA;
	else if (command->ioctl_code == (int)USBDEVFS_DISCONNECT)
		dev->driver = false;
	else if (command->ioctl_code == (int)USBDEVFS_CONNECT)
		dev->driver = h->options.driver; /* none other fits */
	umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
}

static void get_driver(struct device *dev, UMockdevIoctlClient *client, UMockdevIoctlData *data)
{
	struct usbdevfs_getdriver *answer = (struct usbdevfs_getdriver *)(void *)data->data;

	strcpy(answer->driver, dev->claimed != NULL ? "usbfs" : "ftdi_sio");
	if (dev->claimed == NULL && !dev->driver)
		umockdev_ioctl_client_complete(client, -1, ENODATA);
	else
		umockdev_ioctl_client_complete(client, 0, 0);
}

struct handler {
	struct harness *harness;
	struct device *dev;
};

static void handle(UMockdevIoctlClient *client, struct handler *handler)
{
	struct device *dev = handler->dev;
	gulong request = umockdev_ioctl_client_get_request(client);
	UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(client);
	UMockdevIoctlData *data = umockdev_ioctl_data_resolve(arg, 0, _IOC_SIZE(request), NULL);

	dev->n_ioctls++;
	if (data == NULL && _IOC_SIZE(request) > 0) { /* the program has died meanwhile */
		finish(client, EFAULT);
		return;
	}
	if (dev->server.gone && request != USBDEVFS_REAPURBNDELAY &&
	    request != USBDEVFS_REAPURB) {
		finish(client, ENODEV);
		return;
	}
	switch (request) {
	case USBDEVFS_GET_CAPABILITIES:
		*(guint32 *)(void *)data->data =
			USBDEVFS_CAP_BULK_SCATTER_GATHER | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
			USBDEVFS_CAP_REAP_AFTER_DISCONNECT | USBDEVFS_CAP_ZERO_PACKET;
		finish(client, 0);
		break;
	case USBDEVFS_CLAIMINTERFACE:
		finish(client, claim(handler->harness, dev, client, false));
		break;
	case USBDEVFS_DISCONNECT_CLAIM:
		finish(client, claim(handler->harness, dev, client, true));
		break;
	case USBDEVFS_RELEASEINTERFACE:
		dev->claimed = NULL;
		finish(client, 0);
		break;
	case USBDEVFS_IOCTL:
		driver_ioctl(handler->harness, dev, client, data);
		break;
	case USBDEVFS_GETDRIVER:
		get_driver(dev, client, data);
		break;
	case USBDEVFS_CLEAR_HALT:
		clear_halt(dev, client, data);
		break;
	case USBDEVFS_RESET:
	case USBDEVFS_RESETEP:
	case USBDEVFS_SETCONFIGURATION:
	case USBDEVFS_SETINTERFACE:
		finish(client, 0);
		break;
	case USBDEVFS_SUBMITURB:
		submit(dev, client, data);
		break;
	case USBDEVFS_REAPURB:
	case USBDEVFS_REAPURBNDELAY:
		reap(dev, client, data);
		break;
	case USBDEVFS_DISCARDURB:
		/* The argument is the address itself, not something at it. */
		discard(dev, client, arg);
		break;
	default:
		finish(client, ENOTTY);
		break;
	}
}

static gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client,
			 struct handler *handler)
{
	(void)base;
	g_rec_mutex_lock(&handler->harness->mutex);
	if (handler->harness->over)
		finish(client, ENODEV);
	else
		handle(client, handler);
	g_rec_mutex_unlock(&handler->harness->mutex);
	return TRUE;
}

/* A program that ends in any way: the kernel takes its transfers back, and its claim. */
static void take_back(struct device *dev, const UMockdevIoctlClient *client)
{
	struct flight *flight;

	for (struct flight *f = dev->flights; f != NULL; f = f->next)
		if (f->client == client && !f->landed)
			mock_ft232h_host_cancel(dev->server.host, &f->urb);
	while ((flight = landed(dev, client)) != NULL)
		forget(dev, flight);
	if (dev->claimed == client)
		dev->claimed = NULL;
}

static void on_gone(gpointer arg, GObject *where)
{
	struct handler *handler = arg;

	g_rec_mutex_lock(&handler->harness->mutex);
	if (!handler->harness->over)
		take_back(handler->dev, (const UMockdevIoctlClient *)(const void *)where);
	g_rec_mutex_unlock(&handler->harness->mutex);
}

static void on_client(UMockdevIoctlBase *base, UMockdevIoctlClient *client,
		      struct handler *handler)
{
	(void)base;
	g_object_weak_ref(G_OBJECT(client), on_gone, handler);
}

/* --- sysfs -------------------------------------------------------------------------------- */

static void add_hub(struct harness *h)
{
	umockdev_testbed_add_from_string(
		h->testbed,
		"P: /devices/pci0000:00/usb1\n"
		"N: bus/usb/001/001\n"
		"E: SUBSYSTEM=usb\nE: DRIVER=usb\nE: DEVTYPE=usb_device\n"
		"E: BUSNUM=001\nE: DEVNUM=001\nE: DEVNAME=/dev/bus/usb/001/001\n"
		"A: busnum=1\\n\nA: devnum=1\\n\nA: bConfigurationValue=1\\n\nA: speed=480\\n\n"
		"H: descriptors=12010002090001406b1d0200050603020101"
		"0902190001010"
		"0e0000904000001090000000705810304000c\n",
		NULL);
}

/* Of an FT232R only the release differs that tells what it is. */
static void add_device(struct harness *h, struct device *dev)
{
	uint8_t bytes[256];
	size_t n = mock_ft232h_descriptors(mock_ft232h_host_device(dev->server.host), bytes,
					   sizeof(bytes));
	GString *text = g_string_new(NULL);
	char node[64];

	if (h->options.old)
		bytes[13] = 0x06;
	g_snprintf(node, sizeof(node), "bus/usb/001/%03u", dev->number + 2);
	g_string_printf(text,
			"P: /devices/pci0000:00/usb1/1-%u\nN: %s\n"
			"E: SUBSYSTEM=usb\nE: DRIVER=usb\nE: DEVTYPE=usb_device\n"
			"E: BUSNUM=001\nE: DEVNUM=%03u\nE: DEVNAME=/dev/%s\n"
			"A: busnum=1\\n\nA: devnum=%u\\n\nA: bConfigurationValue=1\\n\n"
			"A: speed=480\\n\nA: serial=%s\\n\nH: descriptors=",
			dev->number + 1, node, dev->number + 2, node, dev->number + 2,
			h->options.serials[dev->number]);
	for (size_t i = 0; i < n; i++)
		g_string_append_printf(text, "%02x", bytes[i]);
	g_string_append_c(text, '\n');
	umockdev_testbed_add_from_string(h->testbed, text->str, NULL);
	g_string_free(text, TRUE);
}

static bool plug(struct harness *h, unsigned number)
{
	struct device *dev = &h->devices[number];
	struct handler *handler = g_new0(struct handler, 1);
	UMockdevIoctlBase *base = umockdev_ioctl_base_new();
	char node[64];

	dev->number = number;
	dev->driver = h->options.driver;
	if (!ft232h_server_open(&dev->server, h->options.kind, h->options.serials[number],
				h->options.flash))
		return false;
	dev->server.unplug_after = number == 0 ? h->options.unplug_after : 0;
	if (number == 0)
		mock_ft232h_host_set_fault(dev->server.host, h->options.fault,
					   h->options.fault_kind);
	*handler = (struct handler){ h, dev };
	g_snprintf(node, sizeof(node), "/dev/bus/usb/001/%03u", number + 2);
	g_signal_connect(base, "handle-ioctl", G_CALLBACK(on_ioctl), handler);
	g_signal_connect(base, "client-connected", G_CALLBACK(on_client), handler);
	umockdev_testbed_attach_ioctl(h->testbed, node, base, NULL);
	add_device(h, dev);
	if (h->options.forbidden) {
		char *root = umockdev_testbed_get_root_dir(h->testbed);
		char *path = g_build_filename(root, node, NULL);

		chmod(root, 0777); /* its udev makes sockets there */
		chmod(path, 0);
		g_free(path);
		path = g_build_filename(root, "ioctl", node, NULL);
		chmod(path, 0777);
		g_free(path);
		g_free(root);
	}
	return true;
}

/* --- the program -------------------------------------------------------------------------- */

static void on_exit_of_child(GPid pid, gint status, gpointer arg)
{
	struct harness *h = arg;

	g_spawn_close_pid(pid);
	h->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	g_main_loop_quit(h->loop);
}

/* Root may open anything: the program is nobody. */
static void drop_root(gpointer arg)
{
	(void)arg;
	if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
		_exit(99);
}

/* Nobody may not walk to the program either: it is started through a descriptor. */
static void hold_open(char **command)
{
	char *path = g_find_program_in_path(command[0]);
	int fd = path == NULL ? -1 : open(path, O_RDONLY);

	if (fd >= 0)
		command[0] = g_strdup_printf("/proc/self/fd/%d", fd);
	g_free(path);
}

static bool start(struct harness *h)
{
	char **env = g_get_environ();
	GError *error = NULL;
	GPid pid;

	if (h->options.forbidden)
		hold_open(h->options.command);
	env = g_environ_setenv(env, "LD_PRELOAD", "libumockdev-preload.so.0", TRUE);
	if (!g_spawn_async(NULL, h->options.command, env,
			   G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
				   G_SPAWN_LEAVE_DESCRIPTORS_OPEN |
				   G_SPAWN_CHILD_INHERITS_STDIN,
			   h->options.forbidden ? drop_root : NULL, NULL, &pid, &error)) {
		fprintf(stderr, "ft232h_umockdev: %s\n", error->message);
		g_error_free(error);
		return false;
	}
	g_strfreev(env);
	g_child_watch_add(pid, on_exit_of_child, h);
	return true;
}

/* What a program that ends must have given back. */
static int look_after(struct harness *h)
{
	int status = h->status;

	for (unsigned i = 0; i < h->options.n; i++) {
		struct device *dev = &h->devices[i];
		struct mock_ft232h_pins pins =
			mock_ft232h_pins(mock_ft232h_host_device(dev->server.host), 0);
		struct mock_usb_stats stats = mock_ft232h_host_stats(dev->server.host);

		if (h->options.verbose)
			fprintf(stderr,
				"ft232h: %s: %lu ioctls, %lu control, %lu bulk out, %lu bulk "
				"in; "
				"driver %s\n",
				h->options.serials[i], (unsigned long)dev->n_ioctls,
				(unsigned long)stats.n_control, (unsigned long)stats.n_out,
				(unsigned long)stats.n_in, dev->driver ? "bound" : "not bound");
		if (dev->server.gone)
			continue;
		if (dev->claimed != NULL || dev->flights != NULL ||
		    dev->driver != h->options.driver || pins.directions != 0) {
			fprintf(stderr,
				"ft232h: %s: left claimed %d, driver %d, transfers %d, "
				"outputs 0x%02x\n",
				h->options.serials[i], dev->claimed != NULL, dev->driver,
				dev->flights != NULL, pins.directions);
			status = 99;
		}
	}
	return status;
}

static int usage(void)
{
	fputs("usage: ft232h_umockdev [-s SERIAL]... [-k KIND] [-f FILE] [-u N] [-x KIND:N] "
	      "[-dbpv] -- "
	      "COMMAND...\n",
	      stderr);
	return 2;
}

static bool parse_fault(const char *text, struct options *o)
{
	static const struct {
		const char *name;
		enum mock_usb_fault_kind kind;
	} kinds[] = {
		{ "stall:", MOCK_USB_STALL },
		{ "line:", MOCK_USB_BAD_LINE },
		{ "babble:", MOCK_USB_BABBLE },
		{ "silent:", MOCK_USB_SILENT },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (g_str_has_prefix(text, kinds[i].name)) {
			o->fault_kind = kinds[i].kind;
			o->fault = strtoull(text + strlen(kinds[i].name), NULL, 10);
		}
	return o->fault != 0;
}

static bool parse(int argc, char **argv, struct options *o)
{
	int c;

	while ((c = getopt(argc, argv, "+s:k:f:u:x:dbpv")) != -1)
		switch (c) {
		case 's':
			if (o->n == MAX_DEVICES)
				return false;
			o->serials[o->n++] = optarg;
			break;
		case 'k':
			o->kind = strcmp(optarg, "2232H") == 0   ? MOCK_FT2232H
				  : strcmp(optarg, "4232H") == 0 ? MOCK_FT4232H
								 : MOCK_FT232H;
			o->old = strcmp(optarg, "232R") == 0;
			break;
		case 'f':
			o->flash = optarg;
			break;
		case 'u':
			o->unplug_after = strtoull(optarg, NULL, 10);
			break;
		case 'x':
			if (!parse_fault(optarg, o))
				return false;
			break;
		case 'd':
			o->driver = true;
			break;
		case 'b':
			o->busy = true;
			break;
		case 'p':
			o->forbidden = true;
			break;
		case 'v':
			o->verbose = true;
			break;
		default:
			return false;
		}
	if (o->n == 0)
		o->serials[o->n++] = "FT000001";
	o->command = argv + optind;
	return optind < argc;
}

int main(int argc, char **argv)
{
	static struct harness h = { .status = 99 };

	if (!parse(argc, argv, &h.options))
		return usage();
	h.testbed = umockdev_testbed_new();
	h.loop = g_main_loop_new(NULL, FALSE);
	add_hub(&h);
	for (unsigned i = 0; i < h.options.n; i++)
		if (!plug(&h, i))
			return 99;
	if (start(&h)) {
		g_main_loop_run(h.loop);
		g_rec_mutex_lock(&h.mutex);
		h.status = look_after(&h);
		h.over = true;
		g_rec_mutex_unlock(&h.mutex);
	}
	for (unsigned i = 0; i < h.options.n; i++)
		ft232h_server_close(&h.devices[i].server);
	g_object_unref(h.testbed);
	return h.status;
}
