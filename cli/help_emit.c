/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/help.h"

#include <ctype.h>
#include <string.h>

/* The command table as other people's formats: Markdown, troff, bash. */

static void markdown_row(void *arg, const struct cmd *cmd, const char *name)
{
	FILE *file = arg;

	fprintf(file, "| `%s%s", name, cmd->usage[0] != '\0' ? " " : "");
	for (const char *c = cmd->usage; *c != '\0'; c++)
		fprintf(file, "%s%c", *c == '|' ? "\\" : "", *c);
	fprintf(file, "` | %s |\n", cmd->help);
}

void help_markdown(FILE *file)
{
	fputs("| command | what |\n| --- | --- |\n", file);
	cmd_walk(markdown_row, file);
}

/* A hyphen that is typed is \-, a backslash \e; a line must not start with a request. */
static void troff(FILE *file, const char *text)
{
	if (text[0] == '.' || text[0] == '\'')
		fputs("\\&", file);
	for (; *text != '\0'; text++) {
		if (*text == '-')
			fputs("\\-", file);
		else if (*text == '\\')
			fputs("\\e", file);
		else
			fputc(*text, file);
	}
}

static void troff_option(FILE *file, const struct arg_spec *spec)
{
	const bool optional = (spec->flags & ARG_VALUE_OPTIONAL) != 0;

	fputs(".TP\n\\fB", file);
	if (spec->letter != 0)
		fprintf(file, "\\-%c\\fR, \\fB", spec->letter);
	fputs("\\-\\-", file);
	troff(file, spec->name);
	fputs("\\fR", file);
	if (spec->value != NULL) {
		fprintf(file, "%s\\fI", optional ? "[=" : "=");
		troff(file, spec->value);
		fprintf(file, "\\fR%s", optional ? "]" : "");
	}
	fputc('\n', file);
	troff(file, spec->help);
	fputc('\n', file);
}

static void troff_command(void *arg, const struct cmd *cmd, const char *name)
{
	FILE *file = arg;

	fprintf(file, ".SS \"%s %s\"\n", name, cmd->usage);
	fputc(toupper((unsigned char)cmd->help[0]), file);
	troff(file, cmd->help + 1);
	fputs(".\n", file);
	if (cmd->detail != NULL) {
		troff(file, cmd->detail);
		fputc('\n', file);
	}
	for (const struct arg_spec *spec = cmd->options; spec != NULL && spec->name != NULL;
	     spec++)
		troff_option(file, spec);
}

static const char man_head[] =
	".TH SWITCHBLADE 1 \"2026-11-20\" \"switchblade " SB_VERSION "\" \"User Commands\"\n"
	".SH NAME\n"
	"switchblade \\- registers of a switch blade, by name\n"
	".SH SYNOPSIS\n"
	".B switchblade\n"
	"[\\fIOPTION\\fR]... [\\fICOMMAND\\fR]\n"
	".SH DESCRIPTION\n"
	"Reads, writes, decodes, compares and restores the registers of an Ethernet switch "
	"chip\n"
	"and its companions, over the bus that a board file names or on mock registers.\n"
	"Without a command it is a shell when it runs on a terminal, and shows a short tour "
	"of\n"
	"the board otherwise.\n"
	"Without a board and a bus it uses the embedded board, which is made of mock "
	"registers.\n"
	".PP\n"
	"A register is written as the datasheet does:\n"
	"[\\fIDEVICE\\fB/\\fR]\\fITARGET\\fR[i]\\fB:\\fIGROUP\\fR[j]\\fB:\\fIREGISTER\\fR[k]"
	"\\fB.\\fIFIELD\\fR.\n"
	"Levels may be left out while the rest is unambiguous; case does not matter; * and ? "
	"are\n"
	"wildcards; an index is a number, a list like [0\\-3,5], or [*].\n"
	"An address like 0x71040000 is a register too, and 0x71040000[21:20] its bits.\n"
	".SH OPTIONS\n";

static const char man_tail[] =
	".SH EXIT STATUS\n"
	".TP\n0\ndone\n"
	".TP\n1\nthe operation failed on the device\n"
	".TP\n2\nusage, or an input file with a mistake in it\n"
	".TP\n3\na comparison or test came out false\n"
	".TP\n4\nno such name, or nothing matches\n"
	".TP\n5\nno such device, bus or file, or not permitted to open it\n"
	".TP\n6\ntimed out\n"
	".TP\n7\nlocked by another process\n"
	".TP\n8\nrefused: read\\-only, dangerous, or a side effect\n"
	".SH ENVIRONMENT\n"
	".TP\nSWITCHBLADE_BOARD\nboard file, as \\fB\\-\\-board\\fR\n"
	".TP\nSWITCHBLADE_BUS\nbus, as \\fB\\-\\-bus\\fR; beats SWITCHBLADE_BOARD\n"
	".TP\nSWITCHBLADE_JOURNAL\njournal, as \\fB\\-\\-journal\\fR\n"
	".TP\nNO_COLOR\nwhen set, no colour on a terminal\n"
	".TP\nSOURCE_DATE_EPOCH\nthe time that dumps carry, in seconds since 1970\n"
	".TP\nSWITCHBLADE_LOCK_DIR\nwhere locks of devices and of listening sockets lie\n"
	".TP\nSWITCHBLADE_SSH\nwhat to run as ssh for buses ssh:, words apart by blanks\n"
	".TP\nXDG_STATE_HOME\nwhere the folder switchblade with the history is kept\n"
	".SH SEE ALSO\n"
	".BR rdlc (1)\n";

void help_man(FILE *file)
{
	fputs(man_head, file);
	for (const struct arg_spec *spec = option_table; spec->name != NULL; spec++)
		troff_option(file, spec);
	fputs(".SH COMMANDS\n", file);
	cmd_walk(troff_command, file);
	fputs(man_tail, file);
}

/*
 * The program itself knows what can follow.  Bash breaks words at ":" and "=", so what is in
 * front of the last break is taken off each candidate.
 */
void help_bash_completion(FILE *file)
{
	fputs("# bash completion for switchblade; made by `switchblade help "
	      "--bash-completion`\n"
	      "_switchblade()\n"
	      "{\n"
	      "\tlocal line=${COMP_LINE:0:COMP_POINT} word strip candidate\n"
	      "\tline=${line#*[[:space:]]}\n"
	      "\tword=${line##*[[:space:]]}\n"
	      "\tstrip=${word%\"${word##*[=]}\"}\n"
	      "\tword=${word#\"$strip\"}\n"
	      "\tstrip=${word%\"${word##*:}\"}\n"
	      "\tCOMPREPLY=()\n"
	      "\twhile IFS= read -r candidate; do\n"
	      "\t\tCOMPREPLY+=(\"${candidate#\"$strip\"}\")\n"
	      "\tdone < <(\"$1\" help --complete=\"$line\" 2>/dev/null)\n"
	      "\tcase ${COMPREPLY[0]-} in\n"
	      "\t*[:./=[]) compopt -o nospace ;;\n"
	      "\tesac\n"
	      "}\n"
	      "complete -o nosort -F _switchblade switchblade\n",
	      file);
}
