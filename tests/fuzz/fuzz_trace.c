/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trace files: what is read must come back the same after being written. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *write_trace(const struct trace *trace, size_t *size)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, size);

	if (out == NULL || trace_write_head(out, trace->map, "x", NULL) != 0)
		abort();
	for (size_t i = 0; i < trace->n_rows; i++)
		if (trace_write_row(out, &trace->rows[i], NULL, NULL) != 0)
			abort();
	fclose(out);
	return text;
}

static void check_same(const struct trace *a, const struct trace *b)
{
	if (a->n_rows != b->n_rows)
		abort();
	for (size_t i = 0; i < a->n_rows; i++) {
		const struct trace_row *x = &a->rows[i], *y = &b->rows[i];

		if (x->op.kind != y->op.kind || x->op.addr != y->op.addr ||
		    x->code != y->code || x->at_us != y->at_us || x->want != y->want ||
		    x->op.mask != y->op.mask || x->op.time_us != y->op.time_us)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = { 0 };
	struct trace *trace, *again;
	char *text;
	size_t len;

	if (trace_parse("fuzz", (const char *)data, size, &err, &trace) != 0) {
		if (err.text[0] == '\0')
			abort();
		return 0;
	}
	text = write_trace(trace, &len);
	if (trace_parse("again", text, len, &err, &again) != 0)
		abort();
	check_same(trace, again);
	trace_free(again);
	trace_free(trace);
	free(text);
	return 0;
}
