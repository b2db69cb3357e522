#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Style and static checks: every rule prints its findings and counts as one test.
set -u
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0
sources=$(git ls-files '*.c' '*.h')

# rule NAME COMMAND...: passes when the command exits 0.
rule()
{
	local name=$1
	shift
	if out=$("$@" 2>&1); then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf -- '--- %s\n%s\n' "$name" "$(printf '%s' "$out" | head -n 60)"
	fi
}

spdx()
{
	local file bad=0
	for file in $(git ls-files '*.[ch]' '*.sh' '*.rdl' '*.yaml' Makefile tests/run .ci/run); do
		head -n 2 "$file" | grep -q 'SPDX-License-Identifier' || { echo "$file: no SPDX line"; bad=1; }
	done
	return $bad
}

# cli -> hal -> drv; drv knows registers only in the mock, hal knows no cli.
layers()
{
	local bad=0
	upward() # FILES-PATTERN FORBIDDEN
	{
		# shellcheck disable=SC2086
		git grep -nE "^#include \"($2)" -- $1 && { echo "^ $1 must not include $2"; bad=1; }
	}
	upward 'drv/*' '(hal|cli|regmaps/rdlc)/'
	upward 'hal/*' 'cli/'
	upward 'regmaps/*' '(hal|cli)/|drv/(bus|mock|world|wrap)'
	upward 'cli/*' 'drv/(mock|world)|build/gen'
	git grep -lE '^#include "regmaps/regdb' -- 'drv/*' | grep -vE '^drv/(mock|bus_mock|world|trace|bus_record|bus_replay|bus_remote)' &&
		{ echo '^ only the mock, traces and remote buses may use the register database in drv'; bad=1; }
	return $bad
}

# *_list.h are tables for the including file's macro, not headers.
headers()
{
	local header bad=0
	for header in $(git ls-files 'drv/*.h' 'hal/*.h' 'cli/*.h' 'regmaps/*.h' | grep -v '_list\.h$'); do
		gcc -std=c11 -D_GNU_SOURCE -Wall -Wextra -fsyntax-only -I. -Ibuild/gen -x c "$header" || bad=1
	done
	return $bad
}

lengths()
{
	local file n bad=0
	for file in $(git ls-files '*.c' '*.h'); do
		n=$(wc -l <"$file")
		[ "$n" -le 800 ] || { echo "$file: $n lines, more than one subject?"; bad=1; }
	done
	return $bad
}

clean_words()
{
	! git grep -nE '/(work|home|root)/[a-z]|https?://[^ ]*(deb\.debian|registry\.npm)' -- . ':!tests/lint.sh'
}

# shellcheck disable=SC2086
format() { clang-format --dry-run -Werror $sources; }

cppcheck_all()
{
	# shellcheck disable=SC2046
	cppcheck -q -j2 --std=c11 --language=c --enable=warning,portability --inline-suppr \
		--error-exitcode=1 --library=posix -I. -Ibuild/gen --suppress=missingInclude \
		--suppress=missingIncludeSystem $(git ls-files 'drv/*.c' 'hal/*.c' 'cli/*.c' 'regmaps/*.c')
}

# The analyzer's paths through a function end at 50,000 nodes: of what it found so far all but one
# doubtful finding takes fewer, and a few functions that use up the default of 225,000 cost four
# fifths of its time.  SOAK=1 gives it those.
tidy()
{
	export nodes=${SOAK:+225000}
	git ls-files 'drv/*.c' 'hal/*.c' 'cli/*.c' 'regmaps/*.c' |
		xargs -P2 -n4 sh -c 'clang-tidy --quiet --warnings-as-errors="*" "$@" -- -std=c11 \
			-D_GNU_SOURCE -DSB_VERSION=\"0\" -I. -Ibuild/gen -Xclang -analyzer-config \
			-Xclang max-nodes=${nodes:-50000} 2>/dev/null' sh
}

rule 'SPDX lines' spdx
rule 'layers' layers
rule 'self-contained headers' headers
rule 'file lengths' lengths
rule 'no machine paths' clean_words
rule 'format' format
rule 'cppcheck' cppcheck_all
rule 'clang-tidy' tidy
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
