/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/state.h"

#include <inttypes.h>
#include <limits.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/outfile.h"
#include "cli/session.h"
#include "drv/clock.h"

#define KEY_MAX 64

struct number {
	uint64_t value;
	char key[KEY_MAX];
};

struct state {
	struct state *next; /* of the session */
	struct device *dev;
	uint32_t identity;
	char *purpose;
	char *title; /* first line of the file: whose numbers these are */
	char *path;  /* NULL: lives in the session only */
	void *tree;  /* of struct number, by key */
};

static int compare(const void *a, const void *b)
{
	const struct number *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static void drop_all(struct state *state)
{
	tdestroy(state->tree, free);
	state->tree = NULL;
}

void state_clear(struct state *state)
{
	if (state != NULL)
		drop_all(state);
}

bool state_get(const struct state *state, const char *key, uint64_t *value)
{
	struct number wanted;
	struct number *const *found;

	if (state == NULL)
		return false;
	snprintf(wanted.key, sizeof(wanted.key), "%s", key);
	found = tfind(&wanted, &state->tree, compare);
	if (found == NULL)
		return false;
	*value = (*found)->value;
	return true;
}

bool state_put(struct state *state, const char *key, uint64_t value)
{
	struct number *number = calloc(1, sizeof(*number));
	struct number *const *found = NULL;

	if (number != NULL && state != NULL) {
		snprintf(number->key, sizeof(number->key), "%s", key);
		found = tsearch(number, &state->tree, compare);
	}
	if (found == NULL) {
		free(number);
		return false;
	}
	(*found)->value = value;
	if (*found != number)
		free(number);
	return true;
}

/* --- the file ---------------------------------------------------------------------------- */

/* FNV-1a, for a file name that any bus URI can become. */
static uint64_t hash(const char *text)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return h;
}

/* The XDG base directory specification: an absolute $XDG_STATE_HOME, else ~/.local/state. */
static char *path_of(const struct state *state)
{
	const char *base = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	const bool has_base = base != NULL && base[0] == '/';
	char *path;

	if (!has_base && (home == NULL || home[0] != '/'))
		return NULL;
	if (asprintf(&path, "%s%s/switchblade/%s-%016" PRIx64 ".state", has_base ? base : home,
		     has_base ? "" : "/.local/state", state->purpose, hash(state->title)) < 0)
		return NULL;
	return path;
}

/* The folders of the file, as far as they are missing; failing shows when the file is made. */
static void make_folders(const char *path)
{
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s", path);
	for (char *at = strchr(folder + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
		*at = '\0';
		if (mkdir(folder, 0777) != 0) {
			/* It exists, or what comes next fails too. */
		}
		*at = '/';
	}
}

/* One line of the file; false: it is damaged. */
static bool take_line(struct state *state, const char *line)
{
	char key[KEY_MAX], value[24], *end;
	int used = 0;

	if (sscanf(line, "%63s %23[0-9] %n", key, value, &used) != 2 || line[used] != '\0')
		return false;
	return state_put(state, key, strtoull(value, &end, 10)) && *end == '\0';
}

/* True: whole, up to the line that tells how many numbers there are. */
static bool take_file(struct state *state, FILE *file)
{
	char *line = NULL, last[32];
	size_t size = 0, n = 0;
	ssize_t len = getline(&line, &size, file);
	bool good = len > 0 && strncmp(line, state->title, (size_t)len - 1) == 0 &&
		    (size_t)len == strlen(state->title) + 1;
	bool ended = false;

	while (good && !ended && getline(&line, &size, file) > 0) {
		snprintf(last, sizeof(last), "@end %zu\n", n);
		ended = strcmp(line, last) == 0;
		good = ended || take_line(state, line);
		n++;
	}
	free(line);
	return good && ended;
}

static void load(struct state *state)
{
	FILE *file = fopen(state->path, "re");

	if (file == NULL)
		return; /* the first time; what this session knows stays */
	drop_all(state);
	if (!take_file(state, file))
		drop_all(state);
	fclose(file);
}

struct writer {
	FILE *file;
	size_t n;
};

static void write_number(const void *node, VISIT visit, void *arg)
{
	const struct number *const *number = node;
	struct writer *writer = arg;

	if (visit != postorder && visit != leaf)
		return;
	fprintf(writer->file, "%s %" PRIu64 "\n", (*number)->key, (*number)->value);
	writer->n++;
}

bool state_save(struct state *state)
{
	struct writer writer = { 0 };
	struct outfile out;

	if (state == NULL || state->path == NULL || device_is_dry_run(state->dev))
		return false;
	make_folders(state->path);
	if (outfile_open(&out, state->path, NULL) != 0)
		return false;
	writer.file = out.file;
	fprintf(out.file, "%s\n", state->title);
	twalk_r(state->tree, write_number, &writer);
	fprintf(out.file, "@end %zu\n", writer.n);
	return outfile_commit(&out, NULL) == 0;
}

/* --- those of a session ------------------------------------------------------------------- */

static void state_free(struct state *state)
{
	drop_all(state);
	free(state->purpose);
	free(state->title);
	free(state->path);
	free(state);
}

static bool lives_on(struct device *dev)
{
	struct bus *bus;

	/* The bus is open: whoever asks has read the device's identity. */
	return device_bus(dev, NULL, &bus) == 0 && !clock_is_virtual(bus_clock(bus));
}

static struct state *state_new(struct device *dev, uint32_t identity, const char *purpose)
{
	struct state *state = calloc(1, sizeof(*state));

	if (state == NULL)
		return NULL;
	state->dev = dev;
	state->identity = identity;
	state->purpose = strdup(purpose);
	if (asprintf(&state->title, "@state 1 %s %s 0x%08" PRIx32 " %s", purpose,
		     device_name(dev), identity, device_bus_uri(dev)) < 0)
		state->title = NULL;
	if (state->purpose == NULL || state->title == NULL) {
		state_free(state);
		return NULL;
	}
	if (lives_on(dev))
		state->path = path_of(state);
	return state;
}

struct state *state_open(struct session *session, struct device *dev, uint32_t identity,
			 const char *purpose)
{
	struct state *state = session->states;

	while (state != NULL && (state->dev != dev || state->identity != identity ||
				 strcmp(state->purpose, purpose) != 0))
		state = state->next;
	if (state == NULL) {
		state = state_new(dev, identity, purpose);
		if (state == NULL)
			return NULL;
		state->next = session->states;
		session->states = state;
	}
	if (state->path != NULL)
		load(state);
	return state;
}

void state_free_all(struct session *session)
{
	while (session->states != NULL) {
		struct state *state = session->states;

		session->states = state->next;
		state_free(state);
	}
}
