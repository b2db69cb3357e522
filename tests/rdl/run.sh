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

if [ ! -x "$rdlc" ]; then
	echo "FAIL rdl: no $rdlc"
	echo "0 passed, 1 failed"
	exit 1
fi
all_cases good good_case "$@"
all_cases bad bad_case "$@"
[ $# -gt 0 ] || every_check_has_a_case
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
