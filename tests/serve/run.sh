#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Sharing with real processes: a server and a hundred clients, two writers, a whole chip init, a
# dead and a stopped server; the same bus over a real ssh.  SOAK=1: a minute of the hundred.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${B:-build}
sb=$PWD/$build/bin/switchblade
asan=$PWD/build/asan/bin/switchblade
here=$PWD/tests/serve
work=$(mktemp -d) || exit 1
# shellcheck source=tests/serve/sshd.sh
. "$here/sshd.sh"
sshd_pid='' sshd_made=''
trap 'sshd_stop; rm -rf "$work"' EXIT
unset SWITCHBLADE_BUS SWITCHBLADE_BOARD NO_COLOR SWITCHBLADE_SSH
export SWITCHBLADE_LOCK_DIR=$work XDG_STATE_HOME=$work LC_ALL=C.UTF-8
passed=0 failed=0

# is NAME GOT WANT
is()
{
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf -- '--- %s\ngot:  %s\nwant: %s\n' "$1" "$2" "$3"
	fi
}

# like NAME GOT PATTERN
like()
{
	# shellcheck disable=SC2254
	case $2 in
	$3) passed=$((passed + 1)) ;;
	*) is "$1" "$2" "$3" ;;
	esac
}

# server NAME ARGUMENT...: starts one on $work/NAME; its process is $server.
server()
{
	local name=$1
	shift
	"$sb" "$@" serve --listen "$work/$name" >"$work/$name.out" 2>"$work/$name.err" &
	server=$!
	for _ in $(seq 500); do
		[ ! -s "$work/$name.out" ] || return 0
		sleep 0.01
	done
	is "server $name starts" "$(cat "$work/$name.err")" ''
}

# ends NAME: $server ends by SIGTERM, with 0.
ends()
{
	kill "$server"
	wait "$server"
	is "$1" $? 0
}

crowd()
{
	local out seconds=$1
	shift
	out=$(timeout $((seconds * 3 + 90)) python3 "$here/crowd.py" "$@" "$seconds" 2>&1)
	printf '%s\n' "$out" | grep -v ' passed, '
	[[ $out =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]] || { is 'the crowd tells its result' "$out" ''; return; }
	passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
}

a_stopped_server_is_told_after_ten_seconds()
{
	local start status text
	server stopped -b mock:
	"$sb" -b "unix:$work/stopped" --raw reg read CHIP_ID >/dev/null
	kill -STOP "$server"
	start=$SECONDS
	text=$(timeout 60 "$sb" -b "unix:$work/stopped" --raw reg read CHIP_ID 2>&1)
	status=$?
	kill -CONT "$server"
	is 'a stopped server: status' "$status" 1
	is 'a stopped server: text' "$text" "switchblade: switch: unix:$work/stopped: no answer for 10 s: the link or the server is dead; check the machine and the network (io)"
	[ $((SECONDS - start)) -le 20 ] || is 'a stopped server: seconds' $((SECONDS - start)) 10
	ends 'a stopped server ends when it goes on'
	echo "$passed $failed" >"$work/stopped.result"
}

chip_init_is_the_same_through_a_server()
{
	server init -b mock:
	printf 'chip init\nreg dump -o %s/direct.regs\n' "$work" | "$sb" -b mock: shell >/dev/null
	"$sb" -b "unix:$work/init" chip init >/dev/null
	"$sb" -b "unix:$work/init" reg dump -o "$work/served.regs" >/dev/null
	is 'chip init, then a dump: the same registers' \
		"$(diff <(grep -v '^@' "$work/direct.regs") <(grep -v '^@' "$work/served.regs") | head -3)" ''
	echo "counted: serve: chip init through unix: gives the same $(grep -c ' = 0x' "$work/served.regs") registers"
	ends 'SIGTERM ends the server'
}

two_writers()
{
	local first holder text
	head -c 65536 /dev/zero >"$work/dev.bin"
	server writers --map btc -b "file:$work/dev.bin"
	like 'a second process is told who has the device' \
		"$("$sb" --map btc -b "file:$work/dev.bin" reg write ID:SCRATCH 1 2>&1)" \
		"switchblade: switch: file:*dev.bin is in use by process $server (serve --listen *) since *; --wait 10s waits for it (busy)"
	# A shell that asks before it writes has the lease meanwhile.
	mkfifo "$work/fifo"
	"$sb" --map btc -b "unix:$work/writers" shell <"$work/fifo" >"$work/first.out" 2>&1 &
	first=$!
	exec 8>"$work/fifo"
	echo 'reg poll ID:SCRATCH==5 --timeout 20s' >&8
	sleep 0.3
	"$sb" --map btc -b "unix:$work/writers" bus test --count 200000 >"$work/test.out" 2>&1 &
	holder=$!
	sleep 0.3
	text=$("$sb" --map btc -b "unix:$work/writers" reg write ID:SCRATCH 7 2>&1)
	is 'a second client that does not wait: status' $? 7
	like 'a second client is told who has the lease' "$text" \
		'switchblade: switch: switch is in use by process * (bus test --count 200000) since *; --wait 10s waits for it (busy)'
	kill -9 "$holder"
	wait "$holder" 2>/dev/null
	is 'kill -9 of the holder frees it' "$("$sb" --wait 20s --map btc -b "unix:$work/writers" reg write ID:SCRATCH 5 2>&1 >/dev/null)" ''
	exec 8>&-
	wait "$first"
	is 'a waiting reader saw the write' $? 0
	ends 'the server ends'
}

more_clients_than_files()
{
	server few -b mock:
	prlimit --pid "$server" --nofile=12:12
	python3 - "$work/few" <<-'EOF'
		import socket, sys, time
		peers = [socket.socket(socket.AF_UNIX) for _ in range(20)]
		for peer in peers:
		    peer.connect(sys.argv[1])
		time.sleep(0.5)
	EOF
	is 'more clients than files may be open: the next is served' \
		"$(timeout 30 "$sb" -b "unix:$work/few" --raw reg read CHIP_ID 2>&1)" 0x374680e9
	ends 'the server ends'
}

permissions_decide()
{
	chmod 755 "$work"
	server private -b mock:
	if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
		is 'another user is not let in' \
			"$(setpriv --reuid=65534 --regid=65534 --clear-groups "$sb" -b "unix:$work/private" reg read CHIP_ID 2>&1)" \
			"switchblade: switch: unix:$work/private: permission denied; the permissions of the socket say who may connect (serve --mode) (permission)"
	else
		echo 'counted: serve: permissions: skipped, it takes root to be another user'
	fi
	ends 'the server ends'
}

# process_of COMMAND LINE: its number.
process_of()
{
	local dir
	for dir in /proc/[0-9]*; do
		[ "$(tr '\0' ' ' 2>/dev/null <"$dir/cmdline")" != "$1 " ] || echo "${dir#/proc/}"
	done
}

# remote [KEY=VALUE,]...URI: what a read over ssh says.
remote()
{
	timeout 60 "$sb" -b "ssh:127.0.0.1,port=$sshd_port,$1" --raw reg read CHIP_ID 2>&1
}

over_ssh()
{
	local start pid far
	mkdir "$work/ssh"
	if ! sshd_start "$work/ssh" >"$work/why" 2>&1; then
		echo "counted: serve: ssh: skipped, $(cat "$work/why")"
		return
	fi
	start=$(date +%s%N)
	is 'a read over ssh' "$(remote "program=$sb,mock:")" 0x374680e9
	echo "counted: serve: a read over ssh, connecting included: $((($(date +%s%N) - start) / 1000000)) ms"
	is 'no switchblade there' "$(remote 'program=/no/such/switchblade,mock:')" \
		"switchblade: switch: ssh:127.0.0.1: there is no switchblade in PATH there (bash: line 1: /no/such/switchblade: No such file or directory); install it, or say program=PATH (no-device)"
	is 'a device that is not there' "$(remote "program=$sb,file:/no/such/device")" \
		'switchblade: switch: ssh:127.0.0.1: switch: file:/no/such/device: No such file or directory (no-device)'
	is 'a bus that cannot be' "$(remote "program=$sb,nonsense:x")" \
		"switchblade: switch: ssh:127.0.0.1: $("$sb" -b nonsense:x reg read CHIP_ID 2>&1 | sed 's/^switchblade: //')"
	like 'a login script that talks' "$(remote 'program=/bin/echo,mock:')" \
		'switchblade: switch: ssh:127.0.0.1: what comes is not from `switchblade serve` (*); does a login script print something there? (corrupt)'
	is 'nobody listens' "$(timeout 60 "$sb" -b 'ssh:127.0.0.1,port=1,mock:' --raw reg read CHIP_ID 2>&1)" \
		'switchblade: switch: ssh:127.0.0.1: ssh: connect to host 127.0.0.1 port 1: Connection refused (io)'
	is 'no ssh here' "$(SWITCHBLADE_SSH=/no/such/ssh remote mock:)" \
		"switchblade: switch: ssh:127.0.0.1: cannot run '/no/such/ssh': No such file or directory (no-device)"
	like 'a key that is not known there' "$(SWITCHBLADE_SSH="${SWITCHBLADE_SSH/ssh\/user/ssh\/host}" remote mock:)" \
		'switchblade: switch: ssh:127.0.0.1: *Permission denied (publickey). (io)'
	# A board file there, and quotes that no shell may touch.
	is 'a path with blanks and quotes' "$(remote "program=$sb,file:/no/such/ 'a' \$HOME")" \
		"switchblade: switch: ssh:127.0.0.1: switch: file:/no/such/ 'a' \$HOME: No such file or directory (no-device)"
	# ssh: to a machine where a server runs.
	server behind -b mock:
	is 'a server behind ssh' "$(remote "program=$sb,unix:$work/behind")" 0x374680e9
	"$sb" -b "ssh:127.0.0.1,port=$sshd_port,program=$sb,unix:$work/behind" reg write DEVCPU_GCB:GPR 0x1234 >/dev/null
	is 'a write through both' "$("$sb" -b "unix:$work/behind" --raw reg read DEVCPU_GCB:GPR)" 0x00001234
	ends 'the server ends'
	# The far side dies in the middle of a wait.
	timeout 60 "$sb" -b "ssh:127.0.0.1,port=$sshd_port,program=$sb,file:$work/dev.bin" --map btc \
		reg poll ID:SCRATCH==99 --timeout 50s >"$work/dies" 2>&1 &
	pid=$!
	for _ in $(seq 300); do
		far=$(process_of "$sb --map btc -b file:$work/dev.bin serve --stdio")
		[ -z "$far" ] || break
		sleep 0.05
	done
	sleep 0.3
	kill -9 "$far"
	wait "$pid"
	is 'the far side dies: status' $? 1
	like 'the far side dies: text' "$(cat "$work/dies")" \
		'switchblade: ID:SCRATCH: ssh:127.0.0.1: * (io)'
	is 'a lock at the far side is free again' \
		"$("$sb" --map btc -b "file:$work/dev.bin" --raw reg write ID:SCRATCH 1 2>&1)" ''
	sshd_stop
}

a_stopped_server_is_told_after_ten_seconds >"$work/stopped.log" &
stopped=$!
chip_init_is_the_same_through_a_server
two_writers
more_clients_than_files
permissions_decide
over_ssh
wait "$stopped"
cat "$work/stopped.log"
read -r p f <"$work/stopped.result"
passed=$((passed + p)) failed=$((failed + f))
seconds=10
[ -z "${SOAK-}" ] || seconds=60
crowd "$seconds" "$sb" "$sb"
if [ -x "$asan" ]; then
	# Leaks of the server end it with another status; what is freed is kept for a while.
	ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=4 crowd $((seconds / 3)) "$asan" "$sb"
else
	echo 'counted: serve: crowd on the server with sanitizers: skipped, it is not built'
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
