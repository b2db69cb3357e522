#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Golden transcripts of the command line.
#
#     tests/golden/run.sh [FILE.t]...             runs them; prints a diff for every failure
#     tests/golden/run.sh --update [FILE.t]...    makes them say what happens now; shows the diff
#
# A transcript holds cases, told apart by empty lines.  A case is one or more lines
#
#     $ command line, for bash; switchblade is in PATH, fixtures/ in the current folder
#     > a line for standard input of the case
#
# and what must come of it:
#
#     | a line of standard output        |~ the last line, without a newline
#     ! a line of standard error
#     = exit status                      absent: 0
#
# Lines that start with # are comments.  The commands of a file run in one folder of their own, so
# that later cases see the files of earlier ones.  Ending by a signal fails, whatever is expected.
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$PWD
build=${B:-build}
update=
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

mkdir "$work/bin"
ln -s "$root/$build/bin/switchblade" "$work/bin/switchblade"
ln -s "$root/tests/lib/pci_tree.sh" "$work/bin/pci_tree"
unset SWITCHBLADE_BUS SWITCHBLADE_BOARD SWITCHBLADE_JOURNAL NO_COLOR
export PATH=$work/bin:$PATH LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=0 HOME=$work/home TERM=dumb
export XDG_STATE_HOME=$work/state SWITCHBLADE_LOCK_DIR=$work/locks ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1}
mkdir "$HOME"

# mark PREFIX FILE: the lines of a file with a prefix.
mark()
{
	sed "s/^/$1 /; s/ *\$//" "$2"
	[ -z "$(tail -c 1 "$2")" ] || printf '\n%s~ (no newline)\n' "$1"
}

# run_case: runs $script with $input and puts the block that describes what happened in $actual.
run_case()
{
	local status
	printf '%s' "$input" >"$work/in"
	(cd "$dir" && timeout 60 bash -c "$script" <"$work/in" >"$work/out" 2>"$work/err")
	status=$?
	actual=$(
		mark '|' "$work/out"
		mark '!' "$work/err"
		[ "$status" = 0 ] || echo "= $status"
	)
	[ "$status" -lt 124 ]
}

# end_case: judges the case gathered so far and appends it to the new text.
end_case()
{
	[ -n "$script" ] || return 0
	if run_case && [ "$expected" = "$actual" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "--- $file: ${script%%$'\n'*}"
		diff <(echo "$expected") <(echo "$actual")
	fi
	[ -z "$actual" ] || printf '%s\n' "$actual" >>"$work/new"
	script='' input='' expected=''
}

run_file()
{
	local line
	file=$1 script='' input='' expected=''
	dir=$work/$(basename "$file" .t)
	rm -rf "$work/locks"
	mkdir -p "$dir" "$work/locks"
	ln -sfn "$root/fixtures" "$dir/fixtures"
	: >"$work/new"
	while IFS= read -r line || [ -n "$line" ]; do
		case $line in
		'$ '*)
			[ -z "$expected" ] || end_case
			script+=${line#??}$'\n'
			;;
		'> '*) input+=${line#??}$'\n' ;;
		'>') input+=$'\n' ;;
		'|'* | '!'* | '='*)
			expected+=${expected:+$'\n'}$line
			continue
			;;
		*) end_case ;;
		esac
		printf '%s\n' "$line" >>"$work/new"
	done <"$file"
	end_case
	if [ -n "$update" ] && ! cmp -s "$file" "$work/new"; then
		cp "$work/new" "$file"
	fi
}

files=()
for arg in "$@"; do
	case $arg in
	--update) update=1 ;;
	check | soak) ;;
	*) files+=("$arg") ;;
	esac
done
[ ${#files[@]} != 0 ] || files=(tests/golden/*.t)
for f in "${files[@]}"; do
	run_file "$f"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
