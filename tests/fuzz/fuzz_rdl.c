/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Feeds text to the SystemRDL compiler as a file in memory, and what compiles to
 * every output form. The file may include itself and a second, fixed one.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "drv/error.h"
#include "regmaps/rdlc/rdlc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char other_text[] = "`ifndef OTHER\n"
				 "`define OTHER(a, b) a``b\n"
				 "field other_f { sw = r; };\n"
				 "`endif\n";

static void emit_all(struct rdlc *rdlc)
{
	static const enum rdlc_output forms[] = {
		RDLC_OUTPUT_JSON,
		RDLC_OUTPUT_HEADER,
		RDLC_OUTPUT_REGDB,
		RDLC_OUTPUT_LIST,
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct error err = { 0 };
		char *out = NULL;
		size_t out_size;

		if (rdlc_emit(rdlc, forms[i], &out, &out_size, &err) == 0) {
			if (out[out_size] != '\0')
				abort();
			free(out);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const inputs[] = { "input.rdl" };
	static const char *const defines[] = { "MACRO=8", "FLAG" };
	const struct rdlc_file files[] = {
		{ "input.rdl", (const char *)data, size },
		{ "other.rdl", other_text, sizeof(other_text) - 1 },
	};
	const struct rdlc_options options = {
		.inputs = inputs,
		.n_inputs = 1,
		.defines = defines,
		.n_defines = 2,
		.memory = files,
		.n_memory = 2,
		.max_memory = (size_t)64 << 20,
		.max_nodes = 20000,
		.no_disk = true,
	};
	struct error err = { 0 };
	struct rdlc *rdlc = NULL;
	int status = rdlc_compile(&options, &rdlc, &err);

	if (status == 0)
		emit_all(rdlc);
	else if (status == E_SYNTAX && (rdlc == NULL || *rdlc_diagnostics(rdlc) == '\0'))
		abort();
	rdlc_free(rdlc);
	return 0;
}
