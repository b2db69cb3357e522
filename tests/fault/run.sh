#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every command that reaches a device, with its N-th access failing, for every N until it passes:
# a clear error and the right exit status, never a signal, and the command works again afterwards
# in the same session.
set -u
cd "$(dirname "$0")/../.." || exit 1
program=${B:-build}/bin/switchblade
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset SWITCHBLADE_BUS SWITCHBLADE_BOARD SWITCHBLADE_JOURNAL
export LC_ALL=C.UTF-8
passed=0 failed=0

bad()
{
	failed=$((failed + 1))
	printf -- '--- %s\n' "$@"
}

# One run with a faulty bus: $1 status when no fault hits, $2 fault, rest the command.
# Returns 0 when no fault hit.
one()
{
	local usual=$1 fault=$2 status want
	shift 2
	"$program" -y -b "$fault,mock:" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	if ! grep -q 'injected fault' "$work/err" "$work/out"; then
		[ "$status" = "$usual" ] || bad "$fault: $*: exit status $status, usually $usual"
		return 0
	fi
	case $fault in
	*kind=timeout*) want=6 ;;
	*unplug*) want=5 ;;
	*) want=1 ;;
	esac
	# bus test counts failures and says that the test came out false.
	if [ "$1 $2" = 'bus test' ] && [ "$status" = 3 ]; then
		want=3
	elif ! grep -q "^switchblade: .*injected fault.* ([a-z-]*)\$" "$work/err"; then
		bad "$fault: $*: no clear error" "$(cat "$work/err")"
		return 1
	fi
	if [ "$status" = "$want" ]; then
		passed=$((passed + 1))
	else
		bad "$fault: $*: exit status $status, want $want" "$(cat "$work/err")"
	fi
	return 1
}

# The same session goes on: the first line hits the fault, the second works.
again()
{
	local fault=$1 first status
	shift
	printf '%s\n%s\n' "$*" "$*" | "$program" -y -b "$fault,mock:" shell >"$work/out" 2>"$work/err"
	status=$?
	first=$(grep -c '^switchblade: ' "$work/err")
	if [ "$status" -lt 8 ] && [ "$first" -le 1 ]; then
		passed=$((passed + 1))
	else
		bad "$fault: $* twice: exit status $status" "$(cat "$work/err")"
	fi
}

# sweep STATUS COMMAND...
sweep()
{
	local usual=$1 kinds='kind=io kind=timeout' kind n
	shift
	# An answer that is lost in a wait is a wait that timed out.
	[ "$1 $2" != 'reg poll' ] || kinds=kind=io
	for kind in $kinds; do
		n=1
		while ! one "$usual" "fault:after=$n,$kind" "$@"; do
			[ "$1 $2" = 'bus test' ] || again "fault:after=$n,$kind" "$@"
			n=$((n + 1))
			[ "$n" -le 400 ] || { bad "$*: still failing at access $n"; return; }
		done
		[ "$n" -gt 1 ] || bad "$*: no access was made"
	done
	one "$usual" fault:unplug=1 "$@" && bad "$*: works unplugged"
}

printf '@regs 1\n@map vsc7448\n' >"$work/a.regs"
for port in 0 1 2 3; do
	printf 'DEV1G[%d]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x11\n' $port >>"$work/a.regs"
done

sweep 0 reg read CHIP_ID
sweep 0 reg read 'DEV1G[0-1]:DEV_CFG_STATUS:*' CHIP_ID.PART_ID
sweep 0 reg write 'DEV1G[0-3]:DEV_RST_CTRL' 0x10
sweep 0 reg set 'DEV1G[0-3]:DEV_RST_CTRL.SPEED_SEL=1' 'DEV1G[0]:DEV_RST_CTRL.PCS_TX_RST=1'
sweep 0 reg dump 'DEV1G[0]'
sweep 0 reg dump 'DEV1G[0]:DEV_CFG_STATUS' -o "$work/out.regs"
sweep 3 reg diff "$work/a.regs"
sweep 0 reg restore "$work/a.regs"
sweep 0 reg poll 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL==0'
sweep 0 reg watch 'DEV1G[0-1]:DEV_RST_CTRL' CHIP_ID --count 4
sweep 0 board check --open
sweep 0 bus test --count 12
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
