/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ssh:HOST[,port=N][,program=PATH],URI: the bus URI of another machine.  OpenSSH is transport
 * and authentication: `ssh HOST switchblade -b URI serve --stdio` is run, and its standard input
 * and output carry the protocol.  SWITCHBLADE_SSH: what to run as ssh, words apart by blanks.
 */
#include "drv/bus_remote.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "drv/clock.h"

#define MAX_WORDS     64
#define END_US        2000000u /* for ssh to end by itself */
#define HELLO_US      30000000u
#define HELLO_SLOW_US 180000000u /* somebody may be typing a password */
#define SAID_BYTES    2048

struct ssh_params {
	uint64_t port; /* 0: ssh's own choice */
	struct uri_text program;
};

static const struct uri_key ssh_keys[] = {
	{ "port", URI_NUMBER, offsetof(struct ssh_params, port), 1, 65535, "N",
	  "the port of sshd there (default: ssh's own configuration)" },
	{ "program", URI_WORD, offsetof(struct ssh_params, program), 0, 0, "PATH",
	  "the program to run there (default: switchblade, from PATH)" },
	{ .name = NULL },
};

/* The running ssh. */
struct ssh {
	pid_t pid;
	int status; /* once it has ended, pid 0 */
	int said_fd;
	char said[SAID_BYTES + 1]; /* the end of what it says on standard error */
	size_t n_said;
	char name[128]; /* "ssh:HOST" */
};

/* --- what it says ------------------------------------------------------------------------ */

static void listen_to(struct ssh *ssh)
{
	char text[512];
	ssize_t n;

	while ((n = read(ssh->said_fd, text, sizeof(text))) > 0) {
		size_t keep = ssh->n_said + (size_t)n > SAID_BYTES ? SAID_BYTES - (size_t)n
								   : ssh->n_said;

		memmove(ssh->said, ssh->said + (ssh->n_said - keep), keep);
		memcpy(ssh->said + keep, text, (size_t)n);
		ssh->n_said = keep + (size_t)n;
	}
}

static bool ssh_wait(void *arg, int fd, short events, uint64_t us)
{
	struct ssh *ssh = arg;
	struct pollfd fds[] = {
		{ .fd = fd, .events = events },
		{ .fd = ssh->said_fd, .events = POLLIN },
	};

	if (poll(fds, 2, (int)((us + 999) / 1000)) <= 0)
		return false;
	listen_to(ssh);
	if ((fds[1].revents & (POLLHUP | POLLERR)) != 0 && fds[0].revents == 0)
		poll(fds, 1, (int)((us + 999) / 1000)); /* not in a circle */
	return fds[0].revents != 0;
}

/* Waits for the end of ssh, at most @us. */
static bool wait_end(struct ssh *ssh, uint64_t us)
{
	uint64_t end_us = clock_now_us(clock_real()) + us;
	pid_t pid;

	while (ssh->pid > 0) {
		struct timespec pause = { .tv_nsec = 2000000 };

		pid = waitpid(ssh->pid, &ssh->status, WNOHANG);
		if (pid != 0 && !(pid < 0 && errno == EINTR))
			ssh->pid = 0;
		else if (clock_now_us(clock_real()) >= end_us)
			return false;
		else
			nanosleep(&pause, NULL);
	}
	return true;
}

/* The last line that was said; "" when none. */
static char *last_line(struct ssh *ssh)
{
	char *line;
	size_t len;

	listen_to(ssh);
	len = ssh->n_said;
	while (len > 0 && isspace((unsigned char)ssh->said[len - 1]))
		len--;
	ssh->said[len] = '\0';
	for (size_t i = 0; i < len; i++)
		if (ssh->said[i] == '\r' || ssh->said[i] == '\t')
			ssh->said[i] = ' ';
	line = strrchr(ssh->said, '\n');
	return line == NULL ? ssh->said : line + 1;
}

/* The error of a switchblade at the far end: "switchblade: TEXT (CODE)". */
static bool far_error(char *line, struct error *err)
{
	static const char start[] = "switchblade: ";
	char *code = strrchr(line, '(');
	size_t len = strlen(line);

	if (strncmp(line, start, sizeof(start) - 1) != 0 || code == NULL ||
	    line[len - 1] != ')')
		return false;
	line[len - 1] = '\0';
	for (int c = -1; c >= ERROR_LAST; c--)
		if (strcmp(error_name(c), code + 1) == 0) {
			if (code > line && code[-1] == ' ')
				code[-1] = '\0';
			error_set(err, c, "%s", line + sizeof(start) - 1);
			return true;
		}
	line[len - 1] = ')';
	return false;
}

/* ssh ends with 255 when it is its own fault, else with the status of the command. */
static bool ssh_ended(void *arg, struct error *err)
{
	struct ssh *ssh = arg;
	char *line;
	int status;

	if (!wait_end(ssh, END_US))
		return false;
	line = last_line(ssh);
	status = WIFEXITED(ssh->status) ? WEXITSTATUS(ssh->status) : 255;
	if (far_error(line, err))
		return true;
	if (status == 127)
		error_set(err, E_NODEV,
			  "there is no switchblade in PATH there (%s); install it, or say "
			  "program=PATH",
			  line);
	else if (status == 255)
		error_set(err, E_IO, "%s%s", strncmp(line, "ssh: ", 5) == 0 ? "" : "ssh: ",
			  line[0] != '\0' ? line : "the connection is lost");
	else
		error_set(err, E_IO, "the far end has ended with status %d%s%s", status,
			  line[0] != '\0' ? ": " : "", line);
	return true;
}

static void ssh_close(void *arg)
{
	struct ssh *ssh = arg;

	if (!wait_end(ssh, END_US)) {
		kill(ssh->pid, SIGTERM);
		if (!wait_end(ssh, END_US)) {
			kill(ssh->pid, SIGKILL);
			waitpid(ssh->pid, NULL, 0);
		}
	}
	close(ssh->said_fd);
	free(ssh);
}

/* --- starting it ------------------------------------------------------------------------- */

/* A word of the far side's shell. */
static void quote(FILE *out, const char *word)
{
	fputc('\'', out);
	for (; *word != '\0'; word++)
		if (*word == '\'')
			fputs("'\\''", out);
		else
			fputc(*word, out);
	fputc('\'', out);
}

/* "exec 'switchblade' '-b' 'URI' 'serve' '--stdio'"; malloc'd. */
static char *far_command(const struct ssh_params *params, const char *uri,
			 const struct bus_env *env)
{
	char program[512], *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (out == NULL)
		return NULL;
	snprintf(program, sizeof(program), "%.*s", (int)params->program.len,
		 params->program.text == NULL ? "" : params->program.text);
	fputs("exec ", out);
	quote(out, program[0] == '\0' ? "switchblade" : program);
	if (env->map_spec != NULL) {
		fputs(" --map ", out);
		quote(out, env->map_spec);
	}
	fputs(" -b ", out);
	quote(out, uri);
	fputs(" serve --stdio", out);
	if (fclose(out) == 0)
		return text;
	free(text);
	return NULL;
}

struct words {
	char *word[MAX_WORDS + 1]; /* NULL at the end */
	size_t n;
	char *program; /* the text that the first ones lie in */
	char port[16];
};

static void add(struct words *w, char *word)
{
	if (w->n < MAX_WORDS)
		w->word[w->n++] = word;
}

static void add_option(struct words *w, char *option)
{
	static char dash_o[] = "-o";

	add(w, dash_o);
	add(w, option);
}

/*
 * Keys may be asked for on a terminal.  A network that is gone is noticed after 15 s.  What the
 * user's configuration says of these is overruled: it may ask for what never ends.
 */
static bool make_words(struct words *w, const struct ssh_params *params, char *host,
		       char *command)
{
	static char batch[] = "BatchMode=yes", timeout[] = "ConnectTimeout=10",
		    alive[] = "ServerAliveInterval=5", count[] = "ServerAliveCountMax=3",
		    no_tty[] = "-T", port[] = "-p", end[] = "--";
	const char *program = getenv("SWITCHBLADE_SSH");
	char *rest = NULL;

	w->program = strdup(program != NULL && program[0] != '\0' ? program : "ssh");
	if (w->program == NULL)
		return false;
	for (char *word = strtok_r(w->program, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest))
		if (w->n < MAX_WORDS / 2)
			add(w, word);
	add_option(w, timeout);
	add_option(w, alive);
	add_option(w, count);
	if (isatty(STDIN_FILENO) != 1)
		add_option(w, batch);
	add(w, no_tty);
	if (params->port != 0) {
		snprintf(w->port, sizeof(w->port), "%u", (unsigned)params->port);
		add(w, port);
		add(w, w->port);
	}
	add(w, end);
	add(w, host);
	add(w, command);
	return true;
}

/* In the child: Ctrl-C is for us, who end it; ssh keeps an ignored SIGINT ignored. */
static void run_ssh(const struct words *w, int link, int said)
{
	signal(SIGINT, SIG_IGN);
	dup2(link, STDIN_FILENO);
	dup2(link, STDOUT_FILENO);
	dup2(said, STDERR_FILENO);
	execvp(w->word[0], w->word);
	dprintf(STDERR_FILENO, "switchblade: cannot run '%s': %s (no-device)\n", w->word[0],
		strerror(errno));
	_exit(255);
}

static int start(struct ssh *ssh, const struct words *w, struct error *err, int *fd)
{
	int link[2], said[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, link) != 0)
		return error_set_errno(err, errno, "%s", ssh->name);
	if (pipe2(said, O_CLOEXEC) != 0) {
		error_set_errno(err, errno, "%s", ssh->name);
		goto err_link;
	}
	ssh->pid = fork();
	if (ssh->pid == 0)
		run_ssh(w, link[1], said[1]);
	close(said[1]);
	if (ssh->pid < 0) {
		error_set_errno(err, errno, "%s", ssh->name);
		goto err_said;
	}
	close(link[1]);
	fcntl(said[0], F_SETFL, O_NONBLOCK);
	ssh->said_fd = said[0];
	*fd = link[0];
	return E_OK;

err_said:
	close(said[0]);
err_link:
	close(link[0]);
	close(link[1]);
	return err->code;
}

/* One that starts with a dash would be an option of ssh. */
static int check_host(const char *host, struct error *err)
{
	if (host[0] == '\0')
		return error_set(err, E_SYNTAX, "ssh: needs a host and a bus: ssh:HOST,URI");
	if (host[0] == '-')
		return error_set(err, E_SYNTAX, "ssh: '%.64s' is not a host", host);
	return E_OK;
}

static int open_host(struct ssh *ssh, struct words *w, const struct bus_env *env,
		     struct error *err, struct bus **out)
{
	struct remote_link link = {
		.name = ssh->name,
		.wait = ssh_wait,
		.clock = clock_real(),
		.ended = ssh_ended,
		.close = ssh_close,
		.arg = ssh,
		.hello_us = isatty(STDIN_FILENO) == 1 ? HELLO_SLOW_US : HELLO_US,
	};
	int rc = start(ssh, w, err, &link.fd);

	if (rc != E_OK) {
		free(ssh);
		return rc;
	}
	return remote_open(&bus_backend_ssh, &link, "", env, err, out);
}

static int connect_to(char *host, const struct ssh_params *params, const char *uri,
		      const struct bus_env *env, struct error *err, struct bus **out)
{
	struct words w = { .n = 0 };
	struct ssh *ssh = calloc(1, sizeof(*ssh));
	char *command = far_command(params, uri, env);
	int rc;

	if (ssh == NULL || command == NULL || !make_words(&w, params, host, command)) {
		free(ssh);
		rc = error_set(err, E_NOMEM, "ssh: out of memory");
	} else {
		snprintf(ssh->name, sizeof(ssh->name), "ssh:%s", host);
		rc = open_host(ssh, &w, env, err, out);
	}
	free(command);
	free(w.program);
	return rc;
}

static int ssh_open(const char *rest, const struct bus_env *env, struct error *err,
		    struct bus **out)
{
	const char *uri = uri_inner(rest);
	struct ssh_params params = { .port = 0 };
	char *host = uri_take_part(&rest);
	int rc;

	if (host == NULL)
		return error_set(err, E_NOMEM, "ssh: out of memory");
	rc = check_host(host, err);
	if (rc == E_OK && (uri == NULL || uri < rest))
		rc = error_set(err, E_SYNTAX, "ssh: needs a host and a bus: ssh:HOST,URI");
	if (rc == E_OK)
		rc = uri_parse(&(struct uri_parts){ "ssh", rest, uri }, ssh_keys, &params, err);
	if (rc == E_OK)
		rc = connect_to(host, &params, uri, env, err, out);
	free(host);
	return rc;
}

const struct bus_backend bus_backend_ssh = {
	.scheme = "ssh",
	.help = "HOST[,port=N][,program=PATH],URI  a bus of another machine, over OpenSSH",
	.keys = ssh_keys,
	.whole = true,
	.open = ssh_open,
	.close = remote_close,
	.xfer = remote_xfer,
	.lease = remote_lease,
	.release = remote_release,
};
