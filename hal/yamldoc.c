/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/yamldoc.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct yamldoc {
	/* libyaml's getters take no const document. */
	yaml_document_t *document;
	char *name;
	struct yamldoc_sink *sink;
};

static void vreport(struct yamldoc_sink *sink, const char *where, int code, const char *fmt,
		    va_list ap) __attribute__((format(printf, 4, 0)));

static void vreport(struct yamldoc_sink *sink, const char *where, int code, const char *fmt,
		    va_list ap)
{
	struct error mistake = { 0 };
	char text[sizeof(mistake.text)];

	vsnprintf(text, sizeof(text), fmt, ap);
	error_set(&mistake, code, "%s: %s", where, text);
	if (sink->n_mistakes++ == 0)
		sink->first = mistake;
	if (sink->report != NULL)
		sink->report(sink->arg, &mistake);
}

static void where_text(char *buf, size_t size, const char *name, size_t line)
{
	snprintf(buf, size, "%.200s:%zu", name, line);
}

static void report(struct yamldoc_sink *sink, const char *name, size_t line, const char *fmt,
		   ...) __attribute__((format(printf, 4, 5)));

static void report(struct yamldoc_sink *sink, const char *name, size_t line, const char *fmt,
		   ...)
{
	char where[256];
	va_list ap;

	where_text(where, sizeof(where), name, line);
	va_start(ap, fmt);
	vreport(sink, where, E_SYNTAX, fmt, ap);
	va_end(ap);
}

static void out_of_memory(struct yamldoc_sink *sink)
{
	if (sink->n_mistakes++ == 0)
		error_set(&sink->first, E_NOMEM, "out of memory");
}

void yamldoc_mistake(struct yamldoc *doc, const struct yaml_node_s *node, int code,
		     const char *fmt, ...)
{
	char where[256];
	va_list ap;

	where_text(where, sizeof(where), doc->name, yamldoc_line(node));
	va_start(ap, fmt);
	vreport(doc->sink, where, code, fmt, ap);
	va_end(ap);
}

uint32_t yamldoc_line(const struct yaml_node_s *node)
{
	return node == NULL ? 1 : (uint32_t)node->start_mark.line + 1;
}

/* Loads the first document; false: reported. */
static bool load(yaml_parser_t *parser, yaml_document_t *document, struct yamldoc_sink *sink,
		 const char *name)
{
	if (yaml_parser_load(parser, document) == 0) {
		report(sink, name, parser->problem_mark.line + 1, "not YAML: %s",
		       parser->problem != NULL ? parser->problem : "unreadable");
		return false;
	}
	if (yaml_document_get_root_node(document) == NULL) {
		report(sink, name, 1, "empty, a mapping was expected");
		yaml_document_delete(document);
		return false;
	}
	return true;
}

/* Nothing may follow the document; false: reported. */
static bool at_end(yaml_parser_t *parser, struct yamldoc_sink *sink, const char *name)
{
	yaml_document_t next;
	yaml_node_t *root;
	size_t line;

	if (yaml_parser_load(parser, &next) == 0) {
		report(sink, name, parser->problem_mark.line + 1, "not YAML: %s",
		       parser->problem != NULL ? parser->problem : "unreadable");
		return false;
	}
	root = yaml_document_get_root_node(&next);
	line = next.start_mark.line + 1;
	yaml_document_delete(&next);
	if (root != NULL)
		report(sink, name, line, "a second document; one is allowed");
	return root == NULL;
}

/* Line of the first event that nests too deep, counted from 1; 0: none.  Mistakes are left alone. */
static size_t too_deep_line(const char *text, size_t size)
{
	yaml_parser_t parser;
	yaml_event_t event;
	unsigned depth = 0;
	size_t line = 0;
	bool more = true;

	if (yaml_parser_initialize(&parser) == 0)
		return 0;
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
	while (more && line == 0 && yaml_parser_parse(&parser, &event) != 0) {
		if (event.type == YAML_SEQUENCE_START_EVENT ||
		    event.type == YAML_MAPPING_START_EVENT)
			depth++;
		else if (event.type == YAML_SEQUENCE_END_EVENT ||
			 event.type == YAML_MAPPING_END_EVENT)
			depth--;
		if (depth > YAMLDOC_MAX_DEPTH)
			line = event.start_mark.line + 1;
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return line;
}

static yaml_document_t *parse(const char *name, const char *text, size_t size,
			      struct yamldoc_sink *sink)
{
	yaml_document_t *document = calloc(1, sizeof(*document));
	yaml_parser_t parser;

	if (document == NULL || yaml_parser_initialize(&parser) == 0) {
		free(document);
		out_of_memory(sink);
		return NULL;
	}
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
	if (!load(&parser, document, sink, name)) {
		free(document);
		document = NULL;
	} else if (!at_end(&parser, sink, name)) {
		yaml_document_delete(document);
		free(document);
		document = NULL;
	}
	yaml_parser_delete(&parser);
	return document;
}

struct yamldoc *yamldoc_parse(const char *name, const char *text, size_t size,
			      struct yamldoc_sink *sink)
{
	struct yamldoc *doc;
	size_t deep;

	if (size > YAMLDOC_MAX_BYTES) {
		report(sink, name, 1, "%zu bytes long, at most %u are allowed", size,
		       YAMLDOC_MAX_BYTES);
		return NULL;
	}
	deep = too_deep_line(text, size);
	if (deep != 0) {
		report(sink, name, deep, "nested deeper than %u levels", YAMLDOC_MAX_DEPTH);
		return NULL;
	}
	doc = calloc(1, sizeof(*doc));
	if (doc != NULL)
		doc->name = strdup(name);
	if (doc == NULL || doc->name == NULL) {
		free(doc);
		out_of_memory(sink);
		return NULL;
	}
	doc->sink = sink;
	doc->document = parse(name, text, size, sink);
	if (doc->document != NULL)
		return doc;
	yamldoc_free(doc);
	return NULL;
}

void yamldoc_free(struct yamldoc *doc)
{
	if (doc == NULL)
		return;
	if (doc->document != NULL)
		yaml_document_delete(doc->document);
	free(doc->document);
	free(doc->name);
	free(doc);
}

const struct yaml_node_s *yamldoc_root(const struct yamldoc *doc)
{
	return yaml_document_get_root_node(doc->document);
}

/* The text of a scalar; NULL: not a scalar, or it holds a zero byte. */
static const char *scalar_text(const yaml_node_t *node)
{
	const char *text;

	if (node->type != YAML_SCALAR_NODE)
		return NULL;
	text = (const char *)node->data.scalar.value;
	return strlen(text) == node->data.scalar.length ? text : NULL;
}

static const char *kind_of(const yaml_node_t *node)
{
	switch (node->type) {
	case YAML_SEQUENCE_NODE:
		return "a list";
	case YAML_MAPPING_NODE:
		return "a mapping";
	default:
		return "text";
	}
}

static bool is_one_line(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

static bool parse_number(const char *text, uint64_t *value)
{
	bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	unsigned base = hex ? 16 : 10;
	uint64_t sum = 0;

	text += hex ? 2 : 0;
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		unsigned digit = *text >= '0' && *text <= '9'   ? (unsigned)(*text - '0')
				 : *text >= 'a' && *text <= 'f' ? (unsigned)(*text - 'a') + 10
				 : *text >= 'A' && *text <= 'F' ? (unsigned)(*text - 'A') + 10
								: UINT32_MAX;

		if (digit >= base || sum > (UINT64_MAX - digit) / base)
			return false;
		sum = sum * base + digit;
	}
	*value = sum;
	return true;
}

static bool read_number(struct yamldoc *doc, const yaml_node_t *node,
			const struct yamldoc_key *key, void *target)
{
	const char *text = scalar_text(node);
	uint64_t value;

	if (text != NULL && parse_number(text, &value) && value >= key->min &&
	    value <= key->max) {
		*(uint64_t *)target = value;
		return true;
	}
	if (text == NULL)
		text = kind_of(node);
	if (key->min == key->max)
		yamldoc_mistake(doc, node, E_RANGE,
				"%s is '%.40s', this program reads format %" PRIu64, key->name,
				text, key->min);
	else if (key->max > UINT32_MAX)
		yamldoc_mistake(doc, node, E_RANGE,
				"%s is '%.40s', a number from %" PRIu64 " was expected",
				key->name, text, key->min);
	else
		yamldoc_mistake(doc, node, E_RANGE,
				"%s is '%.40s', a number from %" PRIu64 " to %" PRIu64
				" was expected",
				key->name, text, key->min, key->max);
	return false;
}

static bool read_choice(struct yamldoc *doc, const yaml_node_t *node,
			const struct yamldoc_key *key, void *target)
{
	const char *text = scalar_text(node);
	char allowed[256] = "";
	size_t used = 0;

	for (unsigned i = 0; key->choices[i] != NULL; i++) {
		if (text != NULL && strcmp(key->choices[i], text) == 0) {
			*(unsigned *)target = i;
			return true;
		}
		if (used < sizeof(allowed))
			used += (size_t)snprintf(allowed + used, sizeof(allowed) - used, "%s%s",
						 i > 0 ? ", " : "", key->choices[i]);
	}
	yamldoc_mistake(doc, node, E_SYNTAX, "%s is '%.40s', allowed are %s", key->name,
			text != NULL ? text : kind_of(node), allowed);
	return false;
}

static bool read_text(struct yamldoc *doc, const yaml_node_t *node,
		      const struct yamldoc_key *key, void *target)
{
	const char *text = scalar_text(node);
	const char *allowed = "one line of text without control characters";

	if (text != NULL && is_one_line(text)) {
		if (key->type == YAMLDOC_TEXT) {
			*(const char **)target = text;
			return true;
		}
		allowed = key->parse(text, target);
		if (allowed == NULL)
			return true;
	} else {
		text = NULL;
	}
	yamldoc_mistake(doc, node, E_SYNTAX, "%s is '%.40s', %s was expected", key->name,
			text != NULL                     ? text
			: node->type == YAML_SCALAR_NODE ? "several lines"
							 : kind_of(node),
			allowed);
	return false;
}

static bool read_list(struct yamldoc *doc, const yaml_node_t *node,
		      const struct yamldoc_key *key, void *target)
{
	size_t n = yamldoc_n_items(node);

	if (node->type != YAML_SEQUENCE_NODE) {
		yamldoc_mistake(doc, node, E_SYNTAX, "%s is %s, a list was expected", key->name,
				kind_of(node));
		return false;
	}
	if (n < key->min || n > key->max) {
		yamldoc_mistake(doc, node, E_RANGE,
				"%s has %zu items, %" PRIu64 " to %" PRIu64 " are allowed",
				key->name, n, key->min, key->max);
		return false;
	}
	*(const yaml_node_t **)target = node;
	return true;
}

static bool read_value(struct yamldoc *doc, const yaml_node_t *node,
		       const struct yamldoc_key *key, void *target)
{
	switch (key->type) {
	case YAMLDOC_NUMBER:
		return read_number(doc, node, key, target);
	case YAMLDOC_CHOICE:
		return read_choice(doc, node, key, target);
	case YAMLDOC_LIST:
		return read_list(doc, node, key, target);
	case YAMLDOC_MAP:
		break;
	default:
		return read_text(doc, node, key, target);
	}
	if (node->type != YAML_MAPPING_NODE) {
		yamldoc_mistake(doc, node, E_SYNTAX, "%s is %s, a mapping was expected",
				key->name, kind_of(node));
		return false;
	}
	*(const yaml_node_t **)target = node;
	return true;
}

static const struct yamldoc_key *key_find(const struct yamldoc_key *keys, const char *name)
{
	for (; name != NULL && keys->name != NULL; keys++)
		if (strcmp(keys->name, name) == 0)
			return keys;
	return NULL;
}

static bool unknown_key(struct yamldoc *doc, const yaml_node_t *node, const char *what,
			const struct yamldoc_key *keys)
{
	const char *text = scalar_text(node);
	char allowed[256] = "";
	size_t used = 0;

	for (size_t i = 0; keys[i].name != NULL && used < sizeof(allowed); i++)
		used += (size_t)snprintf(allowed + used, sizeof(allowed) - used, "%s%s",
					 i > 0 ? ", " : "", keys[i].name);
	yamldoc_mistake(doc, node, E_SYNTAX, "%s has no key '%.40s', allowed are %s", what,
			text != NULL ? text : kind_of(node), allowed);
	return false;
}

static bool missing_keys(struct yamldoc *doc, const yaml_node_t *node, const char *what,
			 const struct yamldoc_key *keys)
{
	bool missing = false;

	for (unsigned i = 0; keys[i].name != NULL; i++)
		if (keys[i].required && yamldoc_value(doc, node, keys[i].name) == node) {
			yamldoc_mistake(doc, node, E_SYNTAX, "%s needs the key '%s'", what,
					keys[i].name);
			missing = true;
		}
	return missing;
}

bool yamldoc_read(struct yamldoc *doc, const struct yaml_node_s *node, const char *what,
		  const struct yamldoc_key *keys, void *target)
{
	uint64_t seen = 0;
	bool good, one_line; /* mistakes in the order of lines, but a misspelt key first */

	if (node->type != YAML_MAPPING_NODE) {
		yamldoc_mistake(doc, node, E_SYNTAX, "%s is %s, a mapping was expected", what,
				kind_of(node));
		return false;
	}
	one_line = node->start_mark.line == node->end_mark.line;
	good = one_line || !missing_keys(doc, node, what, keys);
	for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
	     pair < node->data.mapping.pairs.top; pair++) {
		const yaml_node_t *name = yaml_document_get_node(doc->document, pair->key);
		const yaml_node_t *value = yaml_document_get_node(doc->document, pair->value);
		const struct yamldoc_key *key = key_find(keys, scalar_text(name));

		if (key == NULL) {
			good = unknown_key(doc, name, what, keys);
		} else if ((seen >> (key - keys) & 1) != 0) {
			yamldoc_mistake(doc, name, E_SYNTAX, "%s has the key '%s' twice", what,
					key->name);
			good = false;
		} else {
			seen |= UINT64_C(1) << (key - keys);
			good &= read_value(doc, value, key, (char *)target + key->offset);
		}
	}
	return (!one_line || !missing_keys(doc, node, what, keys)) && good;
}

size_t yamldoc_n_items(const struct yaml_node_s *node)
{
	if (node == NULL || node->type != YAML_SEQUENCE_NODE)
		return 0;
	return (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
}

const struct yaml_node_s *yamldoc_item(const struct yamldoc *doc,
				       const struct yaml_node_s *node, size_t i)
{
	return yaml_document_get_node(doc->document, node->data.sequence.items.start[i]);
}

const struct yaml_node_s *yamldoc_value(const struct yamldoc *doc,
					const struct yaml_node_s *node, const char *key)
{
	for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
	     pair < node->data.mapping.pairs.top; pair++) {
		const yaml_node_t *name = yaml_document_get_node(doc->document, pair->key);
		const char *text = scalar_text(name);

		if (text != NULL && strcmp(text, key) == 0)
			return yaml_document_get_node(doc->document, pair->value);
	}
	return node;
}
