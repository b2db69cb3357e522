/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Appending to a journal: whole lines or nothing, on the disk before the write that they tell. */
#include "drv/journal.h"

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

#include "drv/lines.h"
#include "drv/trace.h"

struct journal_log {
	char *path;
	int fd; /* -1: not opened yet */
	bool paused, has_run;
	uint64_t start_us, n_entries;
	char *source; /* the @device and @command lines in force; NULL: none */
};

struct journal_log *journal_log_new(const char *path)
{
	struct journal_log *log = calloc(1, sizeof(*log));

	if (log == NULL)
		return NULL;
	log->fd = -1;
	log->path = strdup(path);
	if (log->path == NULL) {
		free(log);
		return NULL;
	}
	return log;
}

void journal_log_free(struct journal_log *log)
{
	if (log == NULL)
		return;
	if (log->fd >= 0)
		close(log->fd);
	free(log->source);
	free(log->path);
	free(log);
}

const char *journal_log_path(const struct journal_log *log)
{
	return log->path;
}

void journal_log_pause(struct journal_log *log, bool paused)
{
	log->paused = paused;
}

bool journal_log_is_paused(const struct journal_log *log)
{
	return log->paused;
}

static int failed(const struct journal_log *log, int errnum, struct error *err)
{
	return error_set_errno(err, errnum, "journal file '%.256s'", log->path);
}

/* What a writer that died left of its last line tells nothing: its write was not begun. */
static int cut_last_line(int fd, const char *text, size_t size)
{
	const char *end = size == 0 ? NULL : memrchr(text, '\n', size);

	if (size == 0 || end == text + size - 1)
		return 0;
	return ftruncate(fd, end == NULL ? 0 : end - text + 1);
}

/* Reads what is there: is it a journal, and how far has it come? */
static int read_back(struct journal_log *log, struct error *err)
{
	struct journal *journal = NULL;
	struct stat stat;
	size_t size;
	char *text;
	int rc;

	if (fstat(log->fd, &stat) != 0)
		return failed(log, errno, err);
	if (stat.st_size == 0)
		return E_OK;
	text = lines_load(log->path, "journal", err, &size);
	if (text == NULL)
		return E_IO;
	rc = journal_parse(log->path, text, size, err, &journal);
	if (rc == E_OK) {
		log->n_entries = journal->n_entries;
		if (cut_last_line(log->fd, text, size) != 0)
			rc = failed(log, errno, err);
	}
	journal_free(journal);
	free(text);
	return rc;
}

int journal_log_open(struct journal_log *log, struct error *err)
{
	int rc = E_OK;

	if (log->fd >= 0)
		return E_OK;
	log->fd = open(log->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (log->fd < 0)
		return failed(log, errno, err);
	if (flock(log->fd, LOCK_EX | LOCK_NB) != 0)
		rc = errno == EWOULDBLOCK
			     ? error_set(err, E_BUSY,
					 "journal file '%.256s': another process writes to it",
					 log->path)
			     : failed(log, errno, err);
	if (rc == E_OK)
		rc = read_back(log, err);
	if (rc != E_OK) {
		close(log->fd);
		log->fd = -1;
	}
	return rc;
}

/* All of it or nothing. */
static int append(struct journal_log *log, const char *text, size_t size, struct error *err)
{
	struct stat before;
	ssize_t n;

	if (fstat(log->fd, &before) != 0)
		return failed(log, errno, err);
	do
		n = write(log->fd, text, size);
	while (n < 0 && errno == EINTR);
	if (n == (ssize_t)size)
		return E_OK;
	failed(log, n < 0 ? errno : ENOSPC, err);
	if (n > 0)
		(void)!ftruncate(log->fd, before.st_size);
	return E_IO;
}

int journal_log_sync(struct journal_log *log, struct error *err)
{
	/* EINVAL: not a file that has a disk, /dev/stderr for instance. */
	if (fdatasync(log->fd) != 0 && errno != EINVAL)
		return failed(log, errno, err);
	return E_OK;
}

/* @text on one line that can be read again: no control characters, not too long. */
static void put_text(FILE *out, const char *text)
{
	for (size_t i = 0; i < JOURNAL_MAX_TEXT && text[i] != '\0'; i++)
		fputc((unsigned char)text[i] < ' ' ? ' ' : text[i], out);
}

/* SOURCE_DATE_EPOCH stands in for the time, for files that come out the same again. */
static void put_run(FILE *out)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	time_t now = fixed != NULL ? (time_t)strtoll(fixed, NULL, 10) : time(NULL);
	char text[32] = "";
	struct tm tm;

	if (gmtime_r(&now, &tm) != NULL)
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	fprintf(out, "@run %ld %s\n", (long)getpid(), text);
}

/* The lines that tell what the writes are of; malloc'd. */
static char *describe(const struct journal_source *source)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (out == NULL)
		return NULL;
	fprintf(out, "@device %s map %s bus ", source->device.name, source->device.map);
	put_text(out, source->device.bus);
	fputs("\n@command ", out);
	put_text(out, source->command);
	fputc('\n', out);
	fclose(out);
	return text;
}

static void put_write(FILE *out, uint64_t number, const struct journal_source *source,
		      const struct journal_write *write, uint64_t at_us)
{
	char name[320];

	fprintf(out, "write %" PRIu64 " 0x%08" PRIx64, number, write->addr);
	if (write->lost != NULL)
		fputs(" lost", out);
	else
		fprintf(out, " 0x%08" PRIx32, write->old);
	fprintf(out, " -> 0x%08" PRIx32 " at %" PRIu64, write->new, at_us);
	trace_name(source->regdb, write->addr, name, sizeof(name));
	name[strcspn(name, " ")] = '\0';
	fprintf(out, "  # %s", name);
	if (write->lost != NULL)
		fprintf(out, ": %s", write->lost);
	fputc('\n', out);
}

static void put_writes(struct journal_log *log, FILE *out, const struct journal_source *source,
		       const struct journal_write *writes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		put_write(out, log->n_entries + 1 + i, source, &writes[i],
			  source->now_us - log->start_us);
}

/* What has to come in front of the writes of @source. */
static void put_head(struct journal_log *log, FILE *out, const struct journal_source *source,
		     char *lines)
{
	struct stat stat;

	if (fstat(log->fd, &stat) == 0 && stat.st_size == 0)
		fputs("@journal 1\n", out);
	if (!log->has_run) {
		put_run(out);
		log->start_us = source->now_us;
	}
	if (log->source == NULL || strcmp(log->source, lines) != 0)
		fputs(lines, out);
}

int journal_log_writes(struct journal_log *log, const struct journal_source *source,
		       const struct journal_write *writes, size_t n, struct error *err,
		       uint64_t *first)
{
	char *text = NULL, *lines = NULL;
	size_t size = 0;
	FILE *out;
	int rc = journal_log_open(log, err);

	if (rc != E_OK)
		return rc;
	lines = describe(source);
	out = lines == NULL ? NULL : open_memstream(&text, &size);
	if (out == NULL) {
		free(lines);
		return error_set(err, E_NOMEM, "journal: out of memory");
	}
	put_head(log, out, source, lines);
	put_writes(log, out, source, writes, n);
	rc = fclose(out) != 0 ? error_set(err, E_NOMEM, "journal: out of memory")
			      : append(log, text, size, err);
	if (rc == E_OK) {
		*first = log->n_entries + 1;
		log->n_entries += n;
		log->has_run = true;
		free(log->source);
		log->source = lines;
		lines = NULL;
		rc = journal_log_sync(log, err);
	}
	free(lines);
	free(text);
	return rc;
}

int journal_log_mark(struct journal_log *log, const char *word, uint64_t from, uint64_t to,
		     struct error *err)
{
	char line[96];
	int len;

	if (from == to)
		len = snprintf(line, sizeof(line), "%s %" PRIu64 "\n", word, from);
	else
		len = snprintf(line, sizeof(line), "%s %" PRIu64 "-%" PRIu64 "\n", word, from,
			       to);
	return append(log, line, (size_t)len, err);
}
