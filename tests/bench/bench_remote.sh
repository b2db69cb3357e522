#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a remote bus costs: 10,000 reads of the mock chip directly, through unix:, and through ssh: to
# a private sshd on loopback, beside one `ssh HOST true`.  Medians of runs that take turns.  ssh: has
# to stay under 1.2 times one `ssh HOST true` and the direct run together.
set -u
cd "$(dirname "$0")/../.." || exit 1
sb=$PWD/${B:-build}/bin/switchblade
work=$(mktemp -d) || exit 1
# shellcheck source=tests/serve/sshd.sh
. tests/serve/sshd.sh
sshd_pid='' sshd_made='' server=''
trap 'sshd_stop; [ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
unset SWITCHBLADE_BUS SWITCHBLADE_BOARD SWITCHBLADE_SSH
export SWITCHBLADE_LOCK_DIR=$work
rounds=9

reads()
{
	"$sb" -b "$1" --raw reg read 'ANA_L3:VLAN[0-4999]:VLAN_CFG' 'ANA_L3:VLAN[0-4999]:VLAN_MASK_CFG'
}

# us NAME COMMAND...: adds the time of a command to $work/NAME.
us()
{
	local name=$1 start
	shift
	start=$(date +%s%N)
	"$@" >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
	echo $((($(date +%s%N) - start) / 1000)) >>"$work/$name"
}

median()
{
	sort -n "$work/$1" | sed -n "$((rounds / 2 + 1))p"
}

"$sb" -b mock: serve --listen "$work/s" >"$work/serve.out" &
server=$!
while [ ! -s "$work/serve.out" ]; do sleep 0.01; done
why=
sshd_start "$work" >"$work/why" 2>&1 || why=$(cat "$work/why")
for _ in $(seq $rounds); do
	us direct reads mock:
	us unix reads "unix:$work/s"
	[ -z "$why" ] || continue
	# shellcheck disable=SC2086
	us true $SWITCHBLADE_SSH -p "$sshd_port" 127.0.0.1 true
	us ssh reads "ssh:127.0.0.1,port=$sshd_port,program=$sb,mock:"
done
[ "$(reads "unix:$work/s" | wc -l)" = 10000 ] || { echo 'bench_remote: not 10,000 reads'; exit 1; }
awk -v direct="$(median direct)" -v unix="$(median unix)" 'BEGIN {
	printf "10,000 reads, directly                      %8.1f ms\n", direct / 1000
	printf "10,000 reads, unix:                         %8.1f ms   %.2f times directly\n", unix / 1000, unix / direct
}'
"$sb" -b "unix:$work/s" bus test --count 5000 | awk '/median/ { print "one read, unix:, there and back              " $NF " us"; exit }'
if [ -n "$why" ]; then
	echo "10,000 reads, ssh:                          skipped: $why"
	exit 0
fi
awk -v direct="$(median direct)" -v true="$(median true)" -v ssh="$(median ssh)" 'BEGIN {
	printf "ssh HOST true                               %8.1f ms\n", true / 1000
	printf "10,000 reads, ssh:                          %8.1f ms   %.2f times (ssh HOST true + directly), below 1.2 wanted\n", ssh / 1000, ssh / (true + direct)
	exit ssh >= 1.2 * (true + direct)
}'
