/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <stdlib.h>
#include <unistd.h>

#include "drv/clock.h"
#include "drv/serve.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define STEP_US  200000u /* a signal that comes between a look and poll() waits that long */

enum { OPT_LISTEN = OPT_COMMAND, OPT_STDIO, OPT_MODE, OPT_LEASE, OPT_IDLE, OPT_CLIENTS };

const struct arg_spec serve_options[] = {
	{ "clients", 0, OPT_CLIENTS, "N", "how many at once (256)", 0 },
	{ "idle", 0, OPT_IDLE, "TIME", "end when nobody was connected for that long", 0 },
	{ "lease", 0, OPT_LEASE, "TIME",
	  "a writer that asks nothing for that long lets go (10s)", 0 },
	{ "listen", 'l', OPT_LISTEN, "PATH", "make this socket and serve who connects",
	  ARG_FILE },
	{ "mode", 0, OPT_MODE, "OCTAL", "permissions of the socket: who may connect (600)", 0 },
	{ "stdio", 0, OPT_STDIO, NULL, "serve one client over standard input and output", 0 },
	{ 0 },
};

struct server {
	struct call *call;
	const char *path; /* NULL: --stdio */
	uint64_t mode, lease_us, idle_us, clients;
	struct serve_socket *socket;
	struct serve *serve;
};

static int check_use(const struct server *s, struct error *err)
{
	const struct options *options = &s->call->options;
	bool stdio = args_has(&s->call->args, OPT_STDIO);

	if (stdio == (s->path != NULL))
		return error_set(err, E_SYNTAX, "serve needs one of --listen PATH and --stdio");
	if (options->dry_run)
		return error_set(err, E_SYNTAX,
				 "serve has no --dry-run: give it to the clients");
	if (stdio && (options->json || options->raw || s->call->session->in_shell))
		return error_set(err, E_SYNTAX,
				 "serve --stdio: standard output belongs to the client, not to "
				 "the shell, --json or --raw");
	return 0;
}

static int parse_mode(struct server *s, struct error *err)
{
	const char *text = args_value(&s->call->args, OPT_MODE);
	char *end;

	s->mode = 0600;
	if (text == NULL)
		return 0;
	s->mode = strtoul(text, &end, 8);
	if (text[0] < '0' || text[0] > '7' || *end != '\0' || s->mode > 0777)
		return error_set(err, E_SYNTAX, "--mode: \"%.32s\" is not like 600 or 660",
				 text);
	return 0;
}

static int parse(struct server *s, struct error *err)
{
	const struct args *args = &s->call->args;
	const char *lease = args_value(args, OPT_LEASE), *idle = args_value(args, OPT_IDLE);
	int rc;

	s->path = args_value(args, OPT_LISTEN);
	s->idle_us = UINT64_MAX;
	rc = check_use(s, err);
	if (rc == 0)
		rc = parse_mode(s, err);
	if (rc == 0)
		rc = args_option(args, OPT_CLIENTS, (struct args_range){ 1, 4096 }, err,
				 &s->clients);
	if (rc == 0 && lease != NULL)
		rc = args_duration_us(lease, "--lease", err, &s->lease_us);
	if (rc == 0 && idle != NULL)
		rc = args_duration_us(idle, "--idle", err, &s->idle_us);
	return rc;
}

static int open_device(void *arg, size_t i, struct error *err, struct bus **out)
{
	const struct server *s = arg;

	return device_bus(board_device_at(s->call->board, i), err, out);
}

static void log_line(void *arg, const char *line)
{
	const struct server *s = arg;

	fprintf(s->call->session->err, "serve: %s\n", line);
}

static int make_server(struct server *s, struct error *err)
{
	const struct board *board = s->call->board;
	struct serve_device devices[BOARD_MAX_DEVICES];
	const struct serve_options options = {
		.devices = devices,
		.n_devices = board_n_devices(board),
		.open = open_device,
		.log = s->call->options.verbose ? log_line : NULL,
		.arg = s,
		.locks = s->path == NULL && !s->call->options.read_only,
		.lease_us = s->lease_us,
		.max_clients = s->clients,
	};

	for (size_t i = 0; i < options.n_devices; i++) {
		const struct device *dev = board_device_at(board, i);

		devices[i] = (struct serve_device){
			.name = device_name(dev),
			.map = regdb_name(device_map(dev)),
			.map_hash = regdb_hash(device_map(dev)),
		};
	}
	return serve_new(&options, err, &s->serve);
}

/* A server that many use has its devices open, and locked, from the start. */
static int open_all(const struct server *s, struct error *err)
{
	struct bus *bus;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < board_n_devices(s->call->board); i++)
		rc = device_bus(board_device_at(s->call->board, i), err, &bus);
	return rc;
}

static void show_start(const struct server *s)
{
	static const struct out_column columns[] = {
		{ "device", "DEVICE", 0 },
		{ "map", "MAP", 0 },
		{ "bus", "BUS", 0 },
		{ "uri", "CLIENTS USE", 0 },
	};
	struct out_record *root = out_root(s->call->out);
	const struct board *board = s->call->board;
	struct out_table *table = out_table(root, "devices", columns, COUNT(columns));

	for (size_t i = 0; i < board_n_devices(board); i++) {
		const struct device *dev = board_device_at(board, i);

		out_row(table,
			(const struct out_cell[]){
				out_styled(OUT_STYLE_NAME, out_lasting(device_name(dev))),
				out_lasting(regdb_name(device_map(dev))),
				out_lasting(device_bus_uri(dev)),
				out_lasting(out_format(root, "unix:%s,device=%s", s->path,
						       device_name(dev))),
			});
	}
}

static void show_end(const struct server *s)
{
	struct out_record *root = out_root(s->call->out);
	struct serve_stats stats;

	serve_stats_get(s->serve, &stats);
	out_add(root, "clients", "clients", out_uint(stats.served));
	out_add(root, "dropped", "of them sent away", out_uint(stats.dropped));
	out_add(root, "batches", "batches", out_uint(stats.batches));
	out_add(root, "operations", "operations", out_uint(stats.operations));
	out_add(root, "leases", "leases", out_uint(stats.leases));
	out_add(root, "lapsed", "of them run out", out_uint(stats.lapsed));
}

/* Until a signal, the end of the one client, or nobody has come for long enough. */
static int loop(const struct server *s, struct error *err)
{
	uint64_t used_us = clock_now_us(clock_real()), now_us = used_us;
	struct serve_stats stats = { .n_clients = 1 };
	uint64_t step_us = s->idle_us < STEP_US ? s->idle_us : STEP_US;
	int rc = 0;

	while (rc == 0 && now_us - used_us < s->idle_us &&
	       (s->path != NULL || stats.n_clients > 0)) {
		rc = serve_step(s->serve, step_us, err);
		serve_stats_get(s->serve, &stats);
		now_us = clock_now_us(clock_real());
		if (stats.n_clients > 0)
			used_us = now_us;
	}
	return rc == E_INTR ? 0 : rc;
}

static int serve_socket(struct server *s, struct error *err)
{
	int rc = open_all(s, err);

	if (rc == 0)
		rc = serve_socket_open(s->path, (unsigned)s->mode, s->call->options.wait_us,
				       err, &s->socket);
	if (rc != 0)
		return rc;
	serve_listen(s->serve, serve_socket_fd(s->socket));
	show_start(s);
	rc = call_emit(s->call, err);
	if (rc == 0)
		rc = loop(s, err);
	serve_socket_close(s->socket);
	show_end(s);
	return rc;
}

/* The device is locked while its client has a lease, not all the time: others use it, too. */
static int serve_stdio(struct server *s, struct error *err)
{
	int rc;

	board_let_go(s->call->board);
	rc = serve_add(s->serve, STDIN_FILENO, STDOUT_FILENO, NULL, err);
	return rc == 0 ? loop(s, err) : rc;
}

int cmd_serve(struct call *call, struct error *err)
{
	struct server s = { .call = call };
	int rc = parse(&s, err);

	if (rc == 0)
		rc = make_server(&s, err);
	if (rc == 0)
		rc = s.path != NULL ? serve_socket(&s, err) : serve_stdio(&s, err);
	serve_free(s.serve);
	return rc;
}
