#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Real PCI and USB stacks without hardware: transcripts (tests/golden/run.sh tells their format)
# that run in a guest machine under QEMU, whose root is this machine's, read-only.
#
#     tests/guest/run.sh [NAME]...             tests/guest/NAME.t; all without a name
#     tests/guest/run.sh --update [NAME]...    makes them say what happens now
#     tests/guest/run.sh --command COMMAND     runs that in a guest machine, exits with its status
#
# B=build or build/VARIANT: which switchblade.  Needs no root.  The kernel comes from tests/guest/kernel.sh.  What
# cannot run is told as "skipped: REASON" and not counted.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/guest/machine.sh
B=${B:-build}

# Machines: tests, and what is added to the kernel's command line.  Two run at a time.
MACHINES=('usb|' 'rocker window pci|' 'lockdown|lockdown=integrity')
LIMIT_S=150 # of one machine; it takes a tenth of that

update='' names='' command=''
while [ $# != 0 ]; do
	case $1 in
	--update) update=--update ;;
	--command) command=$2; shift ;;
	*) names+=" $1" ;;
	esac
	shift
done

# start WORK TESTS APPEND: in a subshell, it has a trap of its own.
start()
{
	local work=$1 tests=$2 append=$3 transcripts=tests/guest
	mkdir "$work" && truncate -s 32M "$work/window" || return 1
	if [ -n "$update" ]; then
		transcripts=$work
		cp tests/guest/*.t "$work/"
	fi
	cp "$shared"/chip.regs "$work/" && build/tests/fill_window "$work/window" \
		"$work/chip.regs" fixtures/vsc7448/dev1g-humility.regs || return 1
	printf 'export %s=%q\n' TOP "$PWD" WORK "$work" GUEST "$PWD/$work" B "$B" TESTS "$tests" \
		TRANSCRIPTS "$transcripts" UPDATE "$update" COMMAND "$command" >"$work/params"
	machine_run "$work" "$append" $LIMIT_S >"$work/machine.log" 2>&1
}

# result WORK TEST: counts and shows what came of one test.
result()
{
	local work=$1 test=$2 line from to p=0 f=1
	line=$(grep -aE '^[0-9]+ passed, [0-9]+ failed' "$work/$test.out" 2>/dev/null | tail -1)
	[ -z "$line" ] || { p=${line%% passed*} f=${line#*, } f=${f%% failed*}; }
	if [ ! -e "$work/$test.took" ]; then
		f=$((f > 0 ? f : 1))
		printf -- '--- %s did not end\n' "$test"
		tail -n 20 "$work/machine.log" "$work/console" "$work/qemu.log" 2>/dev/null
	fi
	[ "$f" = 0 ] || [ ! -e "$work/$test.out" ] || cat "$work/$test.out"
	passed=$((passed + p)) failed=$((failed + f))
	read -r from to 2>/dev/null <"$work/$test.took" &&
		echo "counted: guest: $test: $p passed, $f failed, $(awk "BEGIN {printf \"%.1f\", $to - $from}") s"
	[ -z "$update" ] || [ ! -e "$work/$test.took" ] || cp "$work/$test.t" tests/guest/
}

missing=$(machine_missing)
if [ -n "$missing" ]; then
	[ -z "$command" ] || { echo "no guest machine: $missing"; exit 77; }
	echo "skipped: all tests of the guest machine: $missing"
	echo '0 passed, 0 failed'
	exit 0
fi
${MAKE:-make} -s guest-programs build/tests/ft232h_usbip || exit 1
# What a killed run left behind; its machines have ended by themselves.
find build/guest -maxdepth 1 -name 'run.*' -mmin +60 -exec rm -rf {} +
shared=$(mktemp -d build/guest/run.XXXXXX) || exit 1
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$shared"' EXIT
trap 'exit 1' INT TERM HUP
passed=0 failed=0

# The window holds a chip that is set up, as the mock has it, and a few registers of a real one.
unset SWITCHBLADE_BUS SWITCHBLADE_BOARD
printf '%s\n' 'chip init' 'link set board' "reg dump switch/* -o $shared/chip.regs" |
	"$B/bin/switchblade" shell >"$shared/chip.log" 2>&1 || { cat "$shared/chip.log"; exit 1; }

if [ -n "$command" ]; then
	start "$shared/0" '' '' &
	wait $! || tail -n 20 "$shared"/0/{machine.log,console,qemu.log} 2>/dev/null
	[ ! -e "$shared/0/command.out" ] || cat "$shared/0/command.out"
	exit "$(cat "$shared/0/command.status" 2>/dev/null || echo 1)"
fi

started=()
for machine in "${MACHINES[@]}"; do
	tests=''
	for test in ${machine%|*}; do
		case " $names " in '  ' | *" $test "*) tests+=" $test" ;; esac
	done
	[ -n "$tests" ] || continue
	[ "$(jobs -rp | wc -l)" -lt 2 ] || wait -n
	work=$shared/${#started[@]}
	start "$work" "$tests" "${machine#*|}" &
	started+=("$work:$tests")
done
wait
for machine in "${started[@]}"; do
	for test in ${machine#*:}; do
		result "${machine%%:*}" "$test"
	done
done
if [ $((passed + failed)) = 0 ]; then
	echo "no test called$names"
	failed=1
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
