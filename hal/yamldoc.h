/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading YAML files that people write: tables say which keys a mapping has, every mistake is
 * reported as "FILE:LINE: what is wrong, and what is allowed", and reading goes on after it, so
 * that one run finds them all.
 */
#ifndef HAL_YAMLDOC_H
#define HAL_YAMLDOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

struct yamldoc;
struct yaml_node_s; /* yaml_node_t of libyaml */

#define YAMLDOC_MAX_BYTES (256u * 1024) /* larger files are refused: they are a mistake */
#define YAMLDOC_MAX_DEPTH 32u /* deeper ones too: libyaml takes quadratic time for them */

/* Where mistakes go: the first is kept, @report (may be NULL) is called for each. */
struct yamldoc_sink {
	void (*report)(void *arg, const struct error *mistake);
	void *arg;
	struct error first;
	size_t n_mistakes;
};

/*
 * Parses @text; @name is the file's name for messages.  NULL: not YAML, not one document, too
 * large, or out of memory; reported.  @sink must outlive the reading.
 */
struct yamldoc *yamldoc_parse(const char *name, const char *text, size_t size,
			      struct yamldoc_sink *sink);
void yamldoc_free(struct yamldoc *doc); /* NULL is allowed */

const struct yaml_node_s *yamldoc_root(const struct yamldoc *doc);

/* Reports a mistake at @node (NULL: line 1). */
void yamldoc_mistake(struct yamldoc *doc, const struct yaml_node_s *node, int code,
		     const char *fmt, ...) __attribute__((format(printf, 4, 5)));

uint32_t yamldoc_line(const struct yaml_node_s *node);

enum yamldoc_type {
	YAMLDOC_TEXT,   /* const char *: one line of text; belongs to the document */
	YAMLDOC_NUMBER, /* uint64_t within [min, max] */
	YAMLDOC_CHOICE, /* unsigned: index into choices */
	YAMLDOC_PARSED, /* parse() stores the value */
	YAMLDOC_MAP,    /* const struct yaml_node_s *: a mapping */
	YAMLDOC_LIST,   /* const struct yaml_node_s *: a list of min to max items */
};

/* One key of a mapping: a row of a table ended by a row without name. */
struct yamldoc_key {
	const char *name;
	enum yamldoc_type type;
	bool required;
	size_t offset; /* of the target in the struct given to yamldoc_read() */
	uint64_t min, max;
	const char *const *choices; /* ended by NULL */
	/* Stores @text at @target; else returns what would be allowed. */
	const char *(*parse)(const char *text, void *target);
};

/*
 * Reads the mapping @node by @keys into @target; @what names it in messages ("a blade").  Keys
 * that are absent or wrong leave their target alone.  False: mistakes were reported.
 */
bool yamldoc_read(struct yamldoc *doc, const struct yaml_node_s *node, const char *what,
		  const struct yamldoc_key *keys, void *target);

/* Items of a list; @node NULL: none. */
size_t yamldoc_n_items(const struct yaml_node_s *node);
const struct yaml_node_s *yamldoc_item(const struct yamldoc *doc,
				       const struct yaml_node_s *node, size_t i);

/* The value of @key in the mapping @node, or @node itself when it has no such key. */
const struct yaml_node_s *yamldoc_value(const struct yamldoc *doc,
					const struct yaml_node_s *node, const char *key);

#endif
