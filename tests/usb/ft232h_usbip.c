/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ft232h_usbip [-f FILE] [-k KIND] [-u N] [-s SERIAL] -- COMMAND...     (root, with vhci-hcd)
 * ft232h_usbip --self-test
 *
 * Plugs a model of an FT232H into the kernel's virtual host controller (vhci-hcd), runs COMMAND when
 * its device node is there, and unplugs it again; ends with the command's exit status.  What
 * COMMAND sees is the kernel's own USB stack.  Nothing but a socket pair is between kernel and
 * model: USB/IP as in Linux Documentation/usb/usbip_protocol.rst.
 *
 *   -f, -k, -u, -s as in ft232h_umockdev
 *
 * The self-test talks to the server over the socket pair as the kernel does.
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/usb/ft232h_server.h"

#define CMD_SUBMIT   1u
#define CMD_UNLINK   2u
#define RET_SUBMIT   3u
#define RET_UNLINK   4u
#define DEVICE_ID    (1u << 16 | 2u) /* bus 1, device 2 */
#define SPEED_HIGH   3
#define MAX_TRANSFER (1u << 20)
#define VHCI         "/sys/devices/platform/vhci_hcd.0/"
#define APPEAR_MS    10000
#define HEADER_BYTES 48

/* All fields big endian on the wire. */
struct header {
	uint32_t command, number, device, direction, endpoint;
	uint32_t words[5]; /* submit: flags, length, start frame, packets, interval */
	uint8_t setup[8];
};

struct flight {
	struct flight *next;
	struct mock_usb_urb urb;
	uint32_t number;
	uint32_t unlink; /* number of the request that took it back; 0: none */
	uint8_t *data;
};

struct usbip {
	struct ft232h_server server;
	struct flight *flights;
	int fd;
};

/* --- the wire ----------------------------------------------------------------------------- */

static bool read_all(int fd, void *data, size_t n)
{
	uint8_t *at = data;

	while (n > 0) {
		ssize_t got = read(fd, at, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		n -= (size_t)got;
	}
	return true;
}

static bool write_all(int fd, const void *data, size_t n)
{
	const uint8_t *at = data;

	while (n > 0) {
		ssize_t put = send(fd, at, n, MSG_NOSIGNAL);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		at += put;
		n -= (size_t)put;
	}
	return true;
}

static bool read_header(int fd, struct header *header)
{
	uint32_t words[10];

	if (!read_all(fd, words, sizeof(words)) ||
	    !read_all(fd, header->setup, sizeof(header->setup)))
		return false;
	header->command = ntohl(words[0]);
	header->number = ntohl(words[1]);
	header->device = ntohl(words[2]);
	header->direction = ntohl(words[3]);
	header->endpoint = ntohl(words[4]);
	for (int i = 0; i < 5; i++)
		header->words[i] = ntohl(words[5 + i]);
	return true;
}

static bool write_header(int fd, const struct header *header)
{
	uint32_t words[12] = { htonl(header->command), htonl(header->number),
			       htonl(header->device), htonl(header->direction),
			       htonl(header->endpoint) };

	for (int i = 0; i < 5; i++)
		words[5 + i] = htonl(header->words[i]);
	memcpy(words + 10, header->setup, sizeof(header->setup));
	return write_all(fd, words, sizeof(words));
}

static bool answer_submit(int fd, uint32_t number, enum ftdi_result result, const uint8_t *data,
			  size_t n, bool in)
{
	struct header header = { .command = RET_SUBMIT, .number = number };

	header.words[0] = (uint32_t)ft232h_server_status(result, -ECONNRESET);
	header.words[1] = (uint32_t)n;
	return write_header(fd, &header) && (!in || write_all(fd, data, n));
}

static bool answer_unlink(int fd, uint32_t number, int32_t status)
{
	struct header header = { .command = RET_UNLINK, .number = number };

	header.words[0] = (uint32_t)status;
	return write_header(fd, &header);
}

/* --- requests ----------------------------------------------------------------------------- */

static bool control(struct usbip *usbip, const struct header *header, uint8_t *data)
{
	const struct mock_usb_setup setup = ft232h_server_setup(header->setup);
	/* CLEAR_FEATURE, ENDPOINT_HALT: the host side forgets its halt too. */
	const bool clears = setup.type == 2 && setup.request == 1 && setup.value == 0;
	const bool in = (setup.type & 0x80) != 0;
	enum ftdi_result result;
	size_t n = 0;

	if (clears)
		result = mock_ft232h_host_clear_halt(usbip->server.host,
						     ((setup.index & 0x7fu) - 1) / 2,
						     (setup.index & 0x80) != 0);
	else
		result = ft232h_server_control(&usbip->server, &setup, data, &n);
	return answer_submit(usbip->fd, header->number, result, data, in ? n : header->words[1],
			     in);
}

static bool submit(struct usbip *usbip, const struct header *header)
{
	const bool in = header->direction == 1;
	const size_t n = header->words[1];
	struct flight *flight = calloc(1, sizeof(*flight));
	struct flight **last = &usbip->flights;
	uint8_t *data = calloc(1, n + 1);
	bool ok;

	if (flight == NULL || data == NULL || n > MAX_TRANSFER ||
	    (!in && !read_all(usbip->fd, data, n))) {
		free(flight);
		free(data);
		return false;
	}
	if (header->endpoint == 0) {
		ok = control(usbip, header, data);
		free(flight);
		free(data);
		return ok;
	}
	flight->number = header->number;
	flight->data = data;
	flight->urb = (struct mock_usb_urb){ .in = in,
					     .channel = (header->endpoint - 1) / 2,
					     .data = data,
					     .n = n,
					     .user = flight };
	while (*last != NULL)
		last = &(*last)->next;
	*last = flight;
	mock_ft232h_host_submit(usbip->server.host, &flight->urb);
	return true;
}

static bool take_back(struct usbip *usbip, const struct header *header)
{
	for (struct flight *f = usbip->flights; f != NULL; f = f->next)
		if (f->number == header->words[0] && !f->urb.ended) {
			f->unlink = header->number;
			mock_ft232h_host_cancel(usbip->server.host, &f->urb);
			return true;
		}
	return answer_unlink(usbip->fd, header->number, 0);
}

static bool land(struct usbip *usbip, struct flight *flight)
{
	struct flight **at = &usbip->flights;
	bool ok;

	while (*at != flight)
		at = &(*at)->next;
	*at = flight->next;
	if (flight->unlink != 0)
		ok = answer_unlink(usbip->fd, flight->unlink, -ECONNRESET);
	else
		ok = answer_submit(usbip->fd, flight->number, flight->urb.result, flight->data,
				   flight->urb.actual, flight->urb.in);
	free(flight->data);
	free(flight);
	return ok;
}

static bool one_request(struct usbip *usbip)
{
	struct header header;

	if (!read_header(usbip->fd, &header))
		return false;
	switch (header.command) {
	case CMD_SUBMIT:
		return submit(usbip, &header);
	case CMD_UNLINK:
		return take_back(usbip, &header);
	default:
		return false;
	}
}

/* Until the kernel closes its end, or the model is unplugged: closing ours pulls the plug. */
static void serve(struct usbip *usbip)
{
	bool ok = true;

	while (ok && !usbip->server.gone) {
		struct pollfd poll_fd = { .fd = usbip->fd, .events = POLLIN };
		struct mock_usb_urb *urb;

		if (poll(&poll_fd, 1, ft232h_server_patience_ms(&usbip->server)) > 0)
			ok = one_request(usbip);
		while (ok && (urb = ft232h_server_next(&usbip->server)) != NULL)
			ok = land(usbip, urb->user);
	}
	close(usbip->fd);
	while (usbip->flights != NULL) {
		struct flight *flight = usbip->flights;

		usbip->flights = flight->next;
		free(flight->data);
		free(flight);
	}
}

/* --- the kernel --------------------------------------------------------------------------- */

static bool attach(int fd)
{
	char text[64];
	int n = snprintf(text, sizeof(text), "0 %d %u %d", fd, DEVICE_ID, SPEED_HIGH);
	int sysfs = open(VHCI "attach", O_WRONLY | O_CLOEXEC);
	bool ok = sysfs >= 0 && write(sysfs, text, (size_t)n) == n;

	if (!ok)
		fprintf(stderr, "ft232h_usbip: %sattach: %s\n", VHCI, strerror(errno));
	if (sysfs >= 0)
		close(sysfs);
	return ok;
}

/* A device with FTDI's number whose node is there. */
static bool is_there(void)
{
	DIR *folder = opendir("/sys/bus/usb/devices");
	struct dirent *entry;
	bool found = false;

	while (folder != NULL && !found && (entry = readdir(folder)) != NULL) {
		unsigned vendor = 0, bus = 0, device = 0;
		char path[512];
		FILE *file;

		snprintf(path, sizeof(path), "/sys/bus/usb/devices/%s/uevent", entry->d_name);
		file = fopen(path, "re");
		while (file != NULL && fgets(path, sizeof(path), file) != NULL) {
			if (sscanf(path, "PRODUCT=%x/", &vendor) == 1)
				continue;
			if (sscanf(path, "BUSNUM=%u", &bus) != 1)
				(void)sscanf(path, "DEVNUM=%u", &device);
		}
		if (file != NULL)
			fclose(file);
		snprintf(path, sizeof(path), "/dev/bus/usb/%03u/%03u", bus, device);
		found = vendor == 0x0403 && device != 0 && access(path, F_OK) == 0;
	}
	if (folder != NULL)
		closedir(folder);
	return found;
}

static bool wait_until_there(void)
{
	for (int ms = 0; ms < APPEAR_MS; ms += 20) {
		if (is_there())
			return true;
		usleep(20000);
	}
	fprintf(stderr, "ft232h_usbip: the device did not appear within %d ms\n", APPEAR_MS);
	return false;
}

static int run(char **command)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		execvp(command[0], command);
		fprintf(stderr, "ft232h_usbip: %s: %s\n", command[0], strerror(errno));
		_exit(99);
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* --- the self-test: what the kernel would say ---------------------------------------------- */

static uint32_t next_number = 1;

static void ask(int fd, bool in, uint32_t endpoint, const uint8_t *setup, size_t n)
{
	struct header header = { .command = CMD_SUBMIT,
				 .number = next_number++,
				 .device = DEVICE_ID,
				 .direction = in,
				 .endpoint = endpoint };

	header.words[1] = (uint32_t)n;
	if (setup != NULL)
		memcpy(header.setup, setup, sizeof(header.setup));
	write_header(fd, &header);
}

/* The answer: its number must be @number; returns its bytes, -1: not that. */
static int answer(int fd, uint32_t number, bool in, uint8_t *data, int32_t *status)
{
	struct header header;

	if (!read_header(fd, &header) || header.number != number)
		return -1;
	*status = (int32_t)header.words[0];
	if (header.command == RET_UNLINK)
		return 0;
	if (in && !read_all(fd, data, header.words[1]))
		return -1;
	return (int)header.words[1];
}

#define WANT(condition)                                                                        \
	do {                                                                                   \
		if (!(condition)) {                                                            \
			fprintf(stderr, "self-test: %s\n", #condition);                        \
			return 1;                                                              \
		}                                                                              \
	} while (0)

static int talk(int fd)
{
	static const uint8_t get_device[] = { 0x80, 6, 0, 1, 0, 0, 18, 0 };
	static const uint8_t get_nothing[] = { 0x80, 6, 0, 9, 0, 0, 18, 0 };
	static const uint8_t mpsse[] = { 0x40, 0x0b, 0, 2, 1, 0, 0, 0 };
	static const uint8_t bogus[] = { 0xaa, 0x87 };
	struct header unlink = { .command = CMD_UNLINK, .device = DEVICE_ID };
	uint8_t data[512];
	int32_t status;

	ask(fd, true, 0, get_device, 18);
	WANT(answer(fd, 1, true, data, &status) == 18 && status == 0);
	WANT(data[0] == 18 && data[1] == 1 && data[8] == 0x03 && data[9] == 0x04 &&
	     data[10] == 0x14 && data[11] == 0x60);
	ask(fd, true, 0, get_nothing, 18);
	WANT(answer(fd, 2, true, data, &status) == 0 && status == -EPIPE);
	ask(fd, false, 0, mpsse, 0);
	WANT(answer(fd, 3, false, data, &status) == 0 && status == 0);
	/* Without anything to tell, the latency timer's empty packet comes. */
	ask(fd, true, 1, NULL, 512);
	WANT(answer(fd, 4, true, data, &status) == 2 && status == 0);
	ask(fd, false, 2, NULL, 2);
	write_all(fd, bogus, 2);
	WANT(answer(fd, 5, false, data, &status) == 2 && status == 0);
	ask(fd, true, 1, NULL, 512);
	WANT(answer(fd, 6, true, data, &status) == 4 && data[2] == 0xfa && data[3] == 0xaa);
	/* Taken back before the timer runs out. */
	ask(fd, true, 1, NULL, 512);
	unlink.number = next_number++;
	unlink.words[0] = 7;
	write_header(fd, &unlink);
	WANT(answer(fd, 8, true, data, &status) == 0 && status == -ECONNRESET);
	puts("self-test: passed");
	return 0;
}

/* --- main --------------------------------------------------------------------------------- */

struct options {
	const char *serial, *flash;
	enum mock_ft232h_kind kind;
	uint64_t unplug_after;
	bool self_test;
	char **command;
};

static bool parse(int argc, char **argv, struct options *o)
{
	static const struct option longs[] = { { "self-test", no_argument, NULL, 't' }, { 0 } };
	int c;

	while ((c = getopt_long(argc, argv, "+s:k:f:u:", longs, NULL)) != -1)
		switch (c) {
		case 's':
			o->serial = optarg;
			break;
		case 'k':
			o->kind = strcmp(optarg, "2232H") == 0   ? MOCK_FT2232H
				  : strcmp(optarg, "4232H") == 0 ? MOCK_FT4232H
								 : MOCK_FT232H;
			break;
		case 'f':
			o->flash = optarg;
			break;
		case 'u':
			o->unplug_after = strtoull(optarg, NULL, 10);
			break;
		case 't':
			o->self_test = true;
			break;
		default:
			return false;
		}
	o->command = argv + optind;
	return o->self_test || optind < argc;
}

/* The server is a process of its own: the kernel may ask while we wait for the command. */
static pid_t start_server(const struct options *o, const int fds[2])
{
	struct usbip usbip = { .fd = fds[1] };
	pid_t server = fork();

	if (server != 0)
		return server;
	close(fds[0]);
	signal(SIGINT, SIG_IGN);
	if (ft232h_server_open(&usbip.server, o->kind, o->serial, o->flash)) {
		usbip.server.unplug_after = o->unplug_after;
		serve(&usbip);
		ft232h_server_close(&usbip.server);
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	struct options options = { .serial = "FT000001" };
	int fds[2], status = 99;
	pid_t server;

	if (!parse(argc, argv, &options)) {
		fputs("usage: ft232h_usbip [-s SERIAL] [-k KIND] [-f FILE] [-u N] -- "
		      "COMMAND...\n"
		      "       ft232h_usbip --self-test\n",
		      stderr);
		return 2;
	}
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0)
		return 99;
	server = start_server(&options, fds);
	close(fds[1]);
	if (options.self_test)
		status = talk(fds[0]);
	else if (attach(fds[0]) && wait_until_there())
		status = run(options.command);
	if (!options.self_test) {
		int sysfs = open(VHCI "detach", O_WRONLY | O_CLOEXEC);

		if (sysfs >= 0) {
			(void)!write(sysfs, "0", 1);
			close(sysfs);
		}
	}
	close(fds[0]);
	waitpid(server, NULL, 0);
	return status;
}
