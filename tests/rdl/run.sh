#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# SystemRDL conformance: runs rdlc on every case of good/ and bad/.
#
# usage: tests/rdl/run.sh [-v] [-u] [NAME...]
#   -v  print the difference of every failing case
#   -u  rewrite the .diag files of bad/ from what rdlc prints now (look at the difference before committing)
#
# good/NAME.rdl: rdlc --json prints exactly NAME.json and exits 0.
# bad/NAME.rdl:  rdlc exits 2, prints nothing on standard output and exactly NAME.diag on standard error.
# A comment "// args: ..." among the first lines gives options; FILE in it stands for the case's own
# file, which otherwise comes last.  Every check that "rdlc --checks" lists has a bad/CHECK.rdl.
# Every good case is also written as a header, which must compile, as a database and as a list.
# Then the command line itself: exit status, -o, --depfile, levels of checks.
# Prints one line per failing case and the totals; exits 1 when a case failed.

here=$(cd "$(dirname "$0")" && pwd)
rdlc=${RDLC:-$here/../../build/bin/rdlc}
case $rdlc in /*) ;; *) rdlc=$PWD/$rdlc ;; esac
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
verbose='' update='' passed=0 failed=0

while getopts vu opt; do
	case $opt in
	v) verbose=1 ;;
	u) update=1 ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))

report() { # name reason [expected got]
	if [ -z "$2" ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "FAIL rdl $1: $2"
	if [ -n "$verbose" ] && [ -n "$3" ]; then
		diff -u "$3" "$4" | sed 1,2d
	fi
}

run_rdlc() { # file [option]
	local line words=() word own=''
	while read -r line; do
		case $line in
		"// args: "*) break ;;
		"//"*) line='' ;;
		*)
			line=''
			break
			;;
		esac
	done <"$1"
	for word in ${line#// args: }; do
		[ "$word" = FILE ] && word=$1 own=1
		words+=("${word%$'\r'}")
	done
	[ -n "$own" ] || words+=("$1")
	timeout 10 "$rdlc" ${2:+"$2"} "${words[@]}" </dev/null >"$tmp/out" 2>"$tmp/err"
}

good_case() {
	local status
	run_rdlc "$1.rdl" --json
	status=$?
	if [ $status -ne 0 ]; then
		report "good/$1" "exit $status: $(head -n 1 "$tmp/err")"
	elif [ -s "$tmp/err" ]; then
		report "good/$1" "message: $(head -n 1 "$tmp/err")"
	elif ! cmp -s "$1.json" "$tmp/out"; then
		report "good/$1" "output differs" "$1.json" "$tmp/out"
	else
		report "good/$1" ""
	fi
}

bad_case() {
	local status
	run_rdlc "$1.rdl" --json
	status=$?
	if [ -n "$update" ] && [ $status -eq 2 ]; then
		cp "$tmp/err" "$1.diag"
	fi
	if [ $status -ne 2 ]; then
		report "bad/$1" "exit $status, not 2"
	elif [ -s "$tmp/out" ]; then
		report "bad/$1" "standard output is not empty"
	elif ! cmp -s "$1.diag" "$tmp/err"; then
		report "bad/$1" "diagnostics differ" "$1.diag" "$tmp/err"
	else
		report "bad/$1" ""
	fi
}

all_cases() { # folder function [name...]
	local name names=("${@:3}")
	cd "$here/$1" || exit 1
	[ ${#names[@]} -gt 0 ] || names=(*.rdl)
	for name in "${names[@]}"; do
		name=${name%.rdl}
		[ -e "$name.rdl" ] && "$2" "$name"
	done
}

every_check_has_a_case() {
	local check
	cd "$here/bad" || exit 1
	"$rdlc" --checks >"$tmp/checks" 2>&1 || report checks "--checks fails"
	[ -s "$tmp/checks" ] || report checks "--checks prints nothing"
	while read -r check _; do
		if [ ! -e "$check.rdl" ]; then
			report "checks/$check" "no bad/$check.rdl"
		elif ! grep -qs "\[$check\]" "$check.diag"; then
			report "checks/$check" "bad/$check.diag does not show it"
		else
			report "checks/$check" ""
		fi
	done <"$tmp/checks"
}

# Every other form of a good case; the headers are compiled together at the end.
other_forms() {
	local form
	for form in header regdb list; do
		if ! run_rdlc "$1.rdl" "--$form"; then
			report "$form/$1" "$(head -n 1 "$tmp/err")"
		elif [ ! -s "$tmp/out" ]; then
			report "$form/$1" "no output"
		else
			report "$form/$1" ""
			cp "$tmp/out" "$tmp/form.$form"
		fi
	done
	mv "$tmp/form.header" "$tmp/headers/$1.h" && echo "#include \"$1.h\"" >>"$tmp/headers/all.c"
}

headers_compile() {
	if ${CC:-cc} -std=c11 -Wall -Wextra -pedantic -Werror -I"$here/../.." -fsyntax-only \
		"$tmp/headers/all.c" 2>"$tmp/err"; then
		report headers ""
	else
		report headers "$(grep -m 1 error "$tmp/err")"
	fi
}

# want STATUS TEXT ARGUMENT...: rdlc exits with STATUS and says TEXT, or nothing, on standard error.
want() {
	local want=$1 text=$2 status
	shift 2
	"$rdlc" "$@" </dev/null >"$tmp/out" 2>"$tmp/err"
	status=$?
	if [ "$status" -ne "$want" ]; then
		report "command: $*" "exit $status, not $want"
	elif [ -z "$text" ] && [ -s "$tmp/err" ]; then
		report "command: $*" "says something"
	elif [ -n "$text" ] && ! grep -qF -- "$text" "$tmp/err"; then
		report "command: $*" "does not say \"$text\""
	else
		report "command: $*" ""
	fi
}

# holds NAME COMMAND...: the command succeeds.
holds() {
	local name=$1
	shift
	if "$@" >/dev/null 2>&1; then
		report "command: $name" ""
	else
		report "command: $name" "does not hold"
	fi
}

command_line() {
	cd "$here/good" || exit 1
	want 2 "no input file"
	want 2 "usage:" --nonsense
	want 2 "usage:" mixed_uart.rdl -I
	want 5 "cannot read 'missing.rdl': No such file or directory" missing.rdl
	want 5 "cannot read '.': Is a directory" .
	want 5 "missing.rdl" mixed_uart.rdl missing.rdl
	want 5 "/nonexistent/out" -o /nonexistent/out mixed_uart.rdl
	want 1 "cannot write" -o /dev/full mixed_uart.rdl
	want 2 "nonsense" -Wnonsense mixed_uart.rdl
	want 2 "duplicate-name" -Wno-duplicate-name mixed_uart.rdl
	want 0 "warning: 'reg' and 'Reg' differ" -Wname-case lex_identifiers.rdl
	want 2 "error: 'reg' and 'Reg' differ" -Ename-case lex_identifiers.rdl
	want 0 "" -Wno-name-case lex_identifiers.rdl

	holds "- reads standard input" \
		cmp <("$rdlc" --json - <mixed_uart.rdl) mixed_uart.json
	echo precious >"$tmp/kept"
	want 2 "error:" -o "$tmp/kept" ../bad/reset-too-wide.rdl
	holds "a failed run leaves the output file alone" grep -qx precious "$tmp/kept"

	want 0 "" --depfile "$tmp/dep" -o "$tmp/made.json" pp_include.rdl
	holds "--depfile has the output as its target" grep -q "^$tmp/made.json:" "$tmp/dep"
	holds "--depfile names included files" grep -q pp_include.dir/deep.rdlh "$tmp/dep"
	holds "-o writes what standard output gets" cmp "$tmp/made.json" pp_include.json
}

if [ ! -x "$rdlc" ]; then
	echo "FAIL rdl: no $rdlc"
	echo "0 passed, 1 failed"
	exit 1
fi
all_cases good good_case "$@"
all_cases bad bad_case "$@"
if [ $# -eq 0 ]; then
	mkdir "$tmp/headers"
	all_cases good other_forms
	headers_compile
	every_check_has_a_case
	command_line
fi
if [ $((passed + failed)) -eq 0 ]; then
	report "$*" "no such case"
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
