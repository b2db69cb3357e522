/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rdlc program: options in, files out. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/error.h"
#include "regmaps/rdlc/rdlc.h"

#define MAX_ITEMS 1024

struct list {
	const char *item[MAX_ITEMS];
	size_t n;
};

struct args {
	struct list inputs, include_dirs, defines, params, checks;
	const char *top, *output, *depfile;
	enum rdlc_output form;
	bool list_checks, help, version;
};

static const char usage[] =
	"usage: rdlc [--json|--header|--regdb|--list] [-o FILE] FILE...\n"
	"            [-I DIR] [-D NAME[=VALUE]] [--top NAME] [-P PARAM=VALUE]\n"
	"            [-W CHECK] [-E CHECK] [-Wno-CHECK] [--depfile FILE]\n"
	"       rdlc --checks | --help | --version\n";

static int fail(const char *what, const char *arg)
{
	fprintf(stderr, "rdlc: %s%s%s\n", what, arg ? ": " : "", arg ? arg : "");
	return error_exit_status(E_SYNTAX);
}

static void fail_errno(const char *what, const char *arg)
{
	fprintf(stderr, "rdlc: %s %s: %s\n", what, arg, strerror(errno));
}

static bool add(struct list *list, const char *item)
{
	if (list->n == MAX_ITEMS)
		return false;
	list->item[list->n++] = item;
	return true;
}

/* -Wname and -Ename as they are; "-W name" joined. */
struct standard_input {
	struct rdlc_file file;
	char *text;
};

/* All of standard input as the file "-". */
static int read_stdin(struct standard_input *input)
{
	size_t size = 0, cap = 0, got;
	char *text = NULL, *grown;

	do {
		if (size == cap) {
			cap = cap ? cap * 2 : 65536;
			grown = realloc(text, cap);
			if (!grown) {
				free(text);
				return fail("out of memory", NULL);
			}
			text = grown;
		}
		got = fread(text + size, 1, cap - size, stdin);
		size += got;
	} while (got);
	input->text = text;
	input->file = (struct rdlc_file){ "-", text, size };
	return 0;
}

static bool add_check(struct args *args, const char *option, const char *next, int *used)
{
	static char joined[MAX_ITEMS][64];
	size_t n = args->checks.n;

	if (option[1])
		return add(&args->checks, option);
	if (!next || n == MAX_ITEMS || strlen(next) > sizeof(joined[0]) - 2)
		return false;
	*used = 1;
	snprintf(joined[n], sizeof(joined[n]), "%c%s", option[0], next);
	return add(&args->checks, joined[n]);
}

/* An option with a value, -Ivalue or -I value; *used counts the extra argument. */
static bool short_option(struct args *args, const char *arg, const char *next, int *used)
{
	const char *value = arg[2] ? arg + 2 : next;

	if (arg[1] == 'W' || arg[1] == 'E')
		return add_check(args, arg + 1, next, used);
	if (!value)
		return false;
	*used = !arg[2];
	switch (arg[1]) {
	case 'I':
		return add(&args->include_dirs, value);
	case 'D':
		return add(&args->defines, value);
	case 'P':
		return add(&args->params, value);
	case 'o':
		args->output = value;
		return true;
	default:
		return false;
	}
}

static bool flag(struct args *args, const char *arg)
{
	static const struct {
		const char *name;
		enum rdlc_output form;
	} forms[] = {
		{ "--json", RDLC_OUTPUT_JSON },
		{ "--header", RDLC_OUTPUT_HEADER },
		{ "--regdb", RDLC_OUTPUT_REGDB },
		{ "--list", RDLC_OUTPUT_LIST },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (!strcmp(arg, forms[i].name)) {
			args->form = forms[i].form;
			return true;
		}
	}
	if (!strcmp(arg, "--checks"))
		args->list_checks = true;
	else if (!strcmp(arg, "--help") || !strcmp(arg, "-h"))
		args->help = true;
	else if (!strcmp(arg, "--version"))
		args->version = true;
	else
		return false;
	return true;
}

static bool long_option(struct args *args, const char *arg, const char *next, int *used)
{
	static const char *const names[] = { "--top", "--depfile" };
	const char **values[] = { &args->top, &args->depfile };

	for (size_t i = 0; i < 2; i++) {
		size_t len = strlen(names[i]);

		if (strncmp(arg, names[i], len) != 0 || (arg[len] && arg[len] != '='))
			continue;
		*used = !arg[len];
		*values[i] = arg[len] ? arg + len + 1 : next;
		return *values[i];
	}
	return false;
}

static int parse_args(struct args *args, int argc, char **argv)
{
	bool options = true;

	for (int i = 1; i < argc; i++) {
		const char *next = i + 1 < argc ? argv[i + 1] : NULL;
		const char *arg = argv[i];
		int used = 0;
		bool good;

		if (options && !strcmp(arg, "--")) {
			options = false;
			continue;
		}
		if (!options || arg[0] != '-' || !arg[1])
			good = add(&args->inputs, arg);
		else
			good = flag(args, arg) ||
			       (arg[1] == '-' ? long_option(args, arg, next, &used)
					      : short_option(args, arg, next, &used));
		if (!good)
			return fail("bad or incomplete option", arg);
		i += used;
	}
	return 0;
}

static int write_file(const char *path, const char *data, size_t size)
{
	FILE *out = path && strcmp(path, "-") != 0 ? fopen(path, "wb") : stdout;
	bool bad;

	if (!out) {
		fail_errno("cannot write", path);
		return error_exit_status(E_NODEV);
	}
	bad = fwrite(data, 1, size, out) != size;
	bad |= (out == stdout ? fflush(out) : fclose(out)) != 0;
	if (!bad)
		return 0;
	fail_errno("cannot write", path ? path : "standard output");
	return error_exit_status(E_IO);
}

static void put_path(FILE *out, const char *path)
{
	for (; *path; path++) {
		if (*path == ' ' || *path == '#')
			fputc('\\', out);
		if (*path == '$')
			fputc('$', out);
		fputc(*path, out);
	}
}

/* A makefile rule: the output depends on every file read; files that vanish are no error. */
static int write_depfile(const struct args *args, const struct rdlc *rdlc)
{
	FILE *out = fopen(args->depfile, "w");
	const char *const *files;
	size_t n;

	if (!out) {
		fail_errno("cannot write", args->depfile);
		return error_exit_status(E_NODEV);
	}
	files = rdlc_files(rdlc, &n);
	put_path(out, args->output ? args->output : "-");
	fputc(':', out);
	for (size_t i = 0; i < n; i++) {
		fputs(" \\\n ", out);
		put_path(out, files[i]);
	}
	fputc('\n', out);
	for (size_t i = 0; i < n; i++) {
		put_path(out, files[i]);
		fputs(":\n", out);
	}
	if (!fclose(out))
		return 0;
	fail_errno("cannot write", args->depfile);
	return error_exit_status(E_IO);
}

static int output(const struct args *args, struct rdlc *rdlc)
{
	struct error err = { 0 };
	size_t size = 0;
	char *data = NULL;
	int status;

	if (rdlc_emit(rdlc, args->form, &data, &size, &err)) {
		fail(err.text, NULL);
		return error_exit_status(err.code);
	}
	status = write_file(args->output, data, size);
	free(data);
	if (!status && args->depfile)
		status = write_depfile(args, rdlc);
	return status;
}

static bool reads_stdin(const struct args *args)
{
	for (size_t i = 0; i < args->inputs.n; i++)
		if (!strcmp(args->inputs.item[i], "-"))
			return true;
	return false;
}

static int compile(const struct args *args)
{
	struct standard_input input = { 0 };
	struct rdlc_options options = {
		.inputs = args->inputs.item,
		.n_inputs = args->inputs.n,
		.include_dirs = args->include_dirs.item,
		.n_include_dirs = args->include_dirs.n,
		.defines = args->defines.item,
		.n_defines = args->defines.n,
		.params = args->params.item,
		.n_params = args->params.n,
		.checks = args->checks.item,
		.n_checks = args->checks.n,
		.top = args->top,
		.memory = &input.file,
		.n_memory = reads_stdin(args),
	};
	struct error err = { 0 };
	struct rdlc *rdlc = NULL;
	int status;

	if (options.n_memory && (status = read_stdin(&input)))
		return status;
	if (rdlc_compile(&options, &rdlc, &err)) {
		fputs(rdlc_diagnostics(rdlc), stderr);
		if (err.code == E_NOMEM)
			fail(err.text, NULL);
		status = error_exit_status(err.code);
	} else {
		fputs(rdlc_diagnostics(rdlc), stderr);
		status = output(args, rdlc);
	}
	rdlc_free(rdlc);
	free(input.text);
	return status;
}

static int list_checks(void)
{
	const char *name, *level;

	for (size_t i = 0; (name = rdlc_check_name(i, &level)); i++)
		printf("%-24s %s\n", name, level);
	return fflush(stdout) ? error_exit_status(E_IO) : 0;
}

int main(int argc, char **argv)
{
	struct args *args = calloc(1, sizeof(*args));
	int status;

	if (!args)
		return fail("out of memory", NULL);
	status = parse_args(args, argc, argv);
	if (status) {
		fputs(usage, stderr);
	} else if (args->help) {
		fputs(usage, stdout);
	} else if (args->version) {
		puts("rdlc " SB_VERSION);
	} else if (args->list_checks) {
		status = list_checks();
	} else if (!args->inputs.n) {
		fputs(usage, stderr);
		status = fail("no input file", NULL);
	} else {
		status = compile(args);
	}
	free(args);
	return status;
}
