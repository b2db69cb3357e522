#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The command line as programs and people meet it: JSON against its schemas, the shell on a
# terminal, a dump of the whole map on the trace, Ctrl-C in the middle of writing, the texts that
# are made from the command table, that the transcripts have every command.
set -u
cd "$(dirname "$0")/../.." || exit 1
program=$PWD/${B:-build}/bin/switchblade
WORK=$(mktemp -d) || exit 1
trap 'rm -rf "$WORK"' EXIT
unset SWITCHBLADE_BUS SWITCHBLADE_BOARD SWITCHBLADE_JOURNAL NO_COLOR
export WORK XDG_STATE_HOME=$WORK/state HOME=$WORK LC_ALL=C.UTF-8
export SWITCHBLADE_SYSFS_PCI=$WORK/pci
passed=0 failed=0

tests/lib/pci_tree.sh "$WORK/pci" 0000:03:00.0 vsc7448
tests/lib/pci_tree.sh "$WORK/pci" 0000:04:00.0 nic driver=e1000e
tests/lib/pci_tree.sh "$WORK/pci" 0000:05:00.0 btc command=0 config=64

ok()
{
	passed=$((passed + 1))
}

bad()
{
	failed=$((failed + 1))
	echo "--- $1"
	[ $# = 1 ] || printf '%s\n' "$2"
}

# is NAME GOT WANT
is()
{
	if [ "$2" = "$3" ]; then ok; else bad "$1" "got: $2"$'\n'"want: $3"; fi
}

# suite COMMAND...: adds the counts of a suite of its own.
suite()
{
	local out line
	out=$("$@" 2>&1)
	line=$(tail -n 1 <<<"$out")
	if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
		passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
		sed '$d' <<<"$out"
	else
		bad "$*" "$out"
	fi
}

# Registers whose read has a side effect, as the table of the facts lists them, by target.
side_effects()
{
	awk -F, 'FNR == 1 { next }
		FILENAME ~ /targets/ { layouts[$5] = layouts[$5] " " $1; next }
		{ n = split(layouts[$1], targets, " ")
		  for (i = 1; i <= n; i++) print targets[i] ":" $2 ":" $3 }' \
		fixtures/vsc7448/csv/targets.csv fixtures/vsc7448/csv/read_side_effects.csv | sort -u
}

full_dump()
{
	local reads rows
	"$program" -v reg dump -o "$WORK/full.regs" >"$WORK/full.out" 2>"$WORK/trace"
	is 'full dump: exit status' $? 0
	sed -n 's/^switch: read  //p' "$WORK/trace" | sed 's/\[[0-9]*\]//g; s/ = .*//' |
		sort -u >"$WORK/read"
	side_effects >"$WORK/effects"
	is 'the table lists 34 registers' "$(tail -n +2 fixtures/vsc7448/csv/read_side_effects.csv | wc -l)" 34
	is 'full dump: nothing but reads' "$(grep -vc '^switch: read  ' "$WORK/trace")" 0
	is 'full dump: no read with a side effect' "$(comm -12 "$WORK/read" "$WORK/effects")" ''
	"$program" --raw reg list | sed 's/\[[0-9.-]*\]//g' | sort -u >"$WORK/names"
	is 'every register of the table is in the map' "$(comm -13 "$WORK/names" "$WORK/effects")" ''
	reads=$(wc -l <"$WORK/trace") rows=$(grep -c ' = ' "$WORK/full.regs")
	is 'full dump: one read per register' "$reads" "$rows"
	grep -o '^[^#].* = ' "$WORK/full.regs" | sed 's/\[[0-9]*\]//g; s/ = //' | sort -u |
		comm -12 - "$WORK/effects" >"$WORK/both"
	is 'full dump: none of them has a row' "$(cat "$WORK/both")" ''
	sed -n 's/^# \([^ ]*\): .*/\1/p' "$WORK/full.regs" | sed 's/\[[0-9]*\]//g' | sort -u >"$WORK/left"
	is 'full dump: all of them are listed as left out' "$(comm -13 "$WORK/left" "$WORK/effects")" ''
	"$program" -b "mock:$WORK/full.regs" reg diff "$WORK/full.regs" >"$WORK/diff" 2>&1
	is 'the dump, read back by mock:, is equal' "$? $(head -n 5 "$WORK/diff")" \
		"0 no difference; registers compared: $rows"
}

# Ctrl-C between two writes: what was applied is told.  A file: bus waits in real time.
interrupt()
{
	local out status
	truncate -s 33554432 "$WORK/window"
	out=$(timeout --preserve-status -s INT 1 "$program" -y --json \
		-b "fault:latency=150000,file:$WORK/window" reg write 'DEV1G[*]:DEV_RST_CTRL' 1 2>"$WORK/err")
	status=$?
	is 'Ctrl-C in the middle of writing: status' "$status" 1
	[[ $out == *'"status": "done"'*'"status": "not-run"'*'"code": "interrupted"'* ]] && ok ||
		bad 'Ctrl-C in the middle of writing: what was done' "$out"
	grep -q '(interrupted)$' "$WORK/err" && ok || bad 'Ctrl-C: the text' "$(cat "$WORK/err")"
	timeout --preserve-status -s INT 1 "$program" -b "fault:latency=150000,file:$WORK/window" \
		reg poll 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL==3' --timeout 1m >/dev/null 2>"$WORK/err"
	is 'Ctrl-C in a wait' "$?" 1
	rm "$WORK/window"
	truncate -s 33554432 "$WORK/window"
	timeout -s TERM --preserve-status 1 "$program" -b "file:$WORK/window" --raw \
		reg watch 'DEV1G[0]:DEV_RST_CTRL' --every 20ms >"$WORK/out"
	is 'SIGTERM ends a watch' "$? $(sort -u "$WORK/out")" '0 0x00000000'
}

texts()
{
	"$program" help --man >"$WORK/switchblade.1"
	if command -v mandoc >/dev/null; then
		is 'the manual page is clean' "$(mandoc -T lint -W warning "$WORK/switchblade.1" 2>&1 |
			grep -v 'missing date')" ''
	fi
	"$program" help --bash-completion >"$WORK/completion"
	# What bash would offer, with its own way of breaking words.
	complete()
	{
		PATH=$(dirname "$program"):$PATH bash -c '
			compopt() { :; }
			source "$1"
			COMP_LINE="switchblade $2" COMP_POINT=${#COMP_LINE}
			_switchblade switchblade
			echo "${COMPREPLY[*]}"' bash "$WORK/completion" "$1" 2>&1
	}
	is 'bash completes commands' "$(complete 'reg re')" 'read restore'
	is 'bash completes after a colon' "$(complete 'reg read ID:MAG')" 'MAGIC MAGIC.'
	is 'bash completes enumerators' "$(complete 'reg set DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=NO')" \
		'NO_CLOCK'
	is 'bash completes options' "$(complete 'reg poll --ti')" '--timeout='
	if [ -f README.md ]; then
		"$program" help --markdown | while IFS= read -r line; do
			grep -qxF -- "$line" README.md || echo "$line"
		done >"$WORK/missing"
		is 'the README lists every command' "$(cat "$WORK/missing")" ''
	fi
}

printf '@regs 1\n@map vsc7448\nDEVCPU_GCB:CHIP_REGS:GPR = 5\nDEV1G[0]:DEV_CFG_STATUS:DEV_STICKY = 1\n' >"$WORK/a.regs"
printf '@regs 1\n@map vsc7448\nDEVCPU_GCB:CHIP_REGS:GPR = 6\nDEV1G[0]:DEV_CFG_STATUS:PTP_CFG = 1\n' >"$WORK/b.regs"
printf 'addrmap m {\n  reg { field {} A[3:0] = 99; } R;\n};\n' >"$WORK/bad.rdl"
printf 'route leg 1 100\nroute add 192.0.2.0/24 none@1\nroute add 192.0.2.10 02:00:00:00:00:01@1x2\nroute group 192.0.2.10 1 02:00:00:00:00:02@1\nroute show\nroute del 192.0.2.10\nacl add to 10 --etype 0x88b5 --dmac 02:00:00:00:00:01\nacl show\nacl clear 0\nacl del 0\n' >"$WORK/routes"
printf 'reg write DEVCPU_GCB:GPR 1\nreg write ANA_AC:STAT_RESET 1\nundo\n' >"$WORK/undo"
printf '@journal 1\n@run 1 now\n@device switch map vsc7448 bus mock:\nwrite 1 0x71010004 1 -> 2 at 0\n' >"$WORK/journal"
printf 'reg read CHIP_ID\nreg read nonsense\nreg write ID:SCRATCH 1\nreg watch CHIP_ID --count 2\n' >"$WORK/script"

suite /usr/bin/python3 tests/cli/schemas.py "$program"
suite /usr/bin/python3 tests/golden/coverage.py "$program"
if command -v expect >/dev/null; then
	suite expect tests/cli/shell.exp "$program"
else
	bad 'the shell on a terminal' 'the package expect is missing'
fi
full_dump
interrupt
texts
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
