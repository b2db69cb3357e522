#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# README says what is true: every `$ command` in its ```console blocks is run, in order, in one
# scratch folder, and must print what stands below it (a line `...` stands for any lines).
# The list of commands must be the one that the command table gives.
#
# tests/readme/run.sh --update   writes what the commands print now, and the list
set -u
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/cwd" && ln -s "$top/fixtures" "$top/regmaps" "$top/tests" "$scratch/cwd/"
cd "$scratch/cwd" || exit 1
export PATH="$top/build/bin:$PATH" XDG_STATE_HOME="$scratch/state" LC_ALL=C.UTF-8 TERM=dumb
unset SWITCHBLADE_BUS SWITCHBLADE_BOARD SWITCHBLADE_JOURNAL NO_COLOR
passed=0 failed=0 command='' expected='' out=$scratch/README.md in=

# Do the lines of $2 fit the lines of $1, where `...` in $1 fits any number of lines?
fits()
{
	awk 'function fit(i, j) {
		if (i > n) return j > m
		if (want[i] == "...") {
			for (; j <= m + 1; j++) if (fit(i + 1, j)) return 1
			return 0
		}
		return j <= m && want[i] == got[j] && fit(i + 1, j + 1)
	}
	FNR == NR { want[++n] = $0; next } { got[++m] = $0 } END { exit !fit(1, 1) }' "$1" "$2"
}

finish()
{
	[ -n "$command" ] || return
	bash -c "$command" >"$scratch/got" 2>&1 </dev/null
	printf '%s' "$expected" >"$scratch/want"
	[ -s "$scratch/want" ] || : >"$scratch/want"
	if { [ ! -s "$scratch/want" ] && [ ! -s "$scratch/got" ]; } ||
		{ [ -s "$scratch/want" ] && fits "$scratch/want" "$scratch/got"; }; then
		passed=$((passed + 1))
		cat "$scratch/want" >>"$out"
	else
		failed=$((failed + 1))
		printf -- '--- README: $ %s\n' "$command"
		diff "$scratch/want" "$scratch/got"
		cat "$scratch/got" >>"$out"
	fi
	command='' expected=''
}

: >"$out"
while IFS= read -r line; do
	case $line in
	'```console') in=1 ;;
	'```') finish; in= ;;
	'$ '*) if [ -n "$in" ]; then finish; command=${line#'$ '}; fi ;;
	*) if [ -n "$in" ]; then expected+=$line$'\n'; continue; fi ;;
	esac
	printf '%s\n' "$line" >>"$out"
done <"$top/README.md"

# The list of commands stands between two markers.
switchblade help --markdown >"$scratch/commands"
awk -v list="$scratch/commands" '
	/<!-- commands -->/ { print; while ((getline l < list) > 0) print l; skip = 1; next }
	/<!-- end -->/ { skip = 0 }
	!skip' "$out" >"$out.new"
if cmp -s "$out" "$out.new"; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo '--- README: the list of commands'
	diff "$out" "$out.new"
fi
if [ "${1-}" = --update ]; then
	cp "$out.new" "$top/README.md"
	exit 0
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
