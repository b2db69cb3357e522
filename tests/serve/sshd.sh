# SPDX-License-Identifier: GPL-2.0-or-later
#
# A private sshd on loopback with keys of its own, sourced by tests.
#
# sshd_start FOLDER: starts it, with everything in FOLDER; prints why it cannot and returns 1.  Then
# SWITCHBLADE_SSH is set for it and $sshd_port is its port, $sshd_pid its process.
# sshd_stop: ends it.
sshd_start()
{
	local dir=$1 why=''
	sshd_pid='' sshd_made=''
	[ -x /usr/sbin/sshd ] || { echo 'openssh-server is not installed'; return 1; }
	command -v ssh >/dev/null && command -v ssh-keygen >/dev/null ||
		{ echo 'openssh-client is not installed'; return 1; }
	# As root sshd wants this folder, which the service would make.
	if [ "$(id -u)" = 0 ] && [ ! -d /run/sshd ]; then
		mkdir -m 755 /run/sshd 2>/dev/null || { echo '/run/sshd cannot be made'; return 1; }
		sshd_made=1
	fi
	ssh-keygen -q -t ed25519 -N '' -f "$dir/host" && ssh-keygen -q -t ed25519 -N '' -f "$dir/user" ||
		{ echo 'ssh-keygen failed'; return 1; }
	cp "$dir/user.pub" "$dir/keys"
	for _ in 1 2 3 4 5; do
		sshd_port=$((20000 + RANDOM % 20000))
		cat >"$dir/conf" <<-EOF
			Port $sshd_port
			ListenAddress 127.0.0.1
			HostKey $dir/host
			AuthorizedKeysFile $dir/keys
			PidFile none
			UsePAM no
			StrictModes no
			PasswordAuthentication no
			KbdInteractiveAuthentication no
		EOF
		/usr/sbin/sshd -D -e -f "$dir/conf" >"$dir/log" 2>&1 &
		sshd_pid=$!
		export SWITCHBLADE_SSH="ssh -F /dev/null -i $dir/user -o UserKnownHostsFile=$dir/known -o StrictHostKeyChecking=accept-new -o LogLevel=ERROR"
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			grep -q 'Server listening' "$dir/log" && break
			sleep 0.05
		done
		if $SWITCHBLADE_SSH -p "$sshd_port" 127.0.0.1 true >"$dir/try" 2>&1; then
			return 0
		fi
		why="sshd does not let us in: $(tail -n 1 "$dir/log") / $(tail -n 1 "$dir/try")"
		kill "$sshd_pid" 2>/dev/null
		wait "$sshd_pid" 2>/dev/null
	done
	echo "$why"
	sshd_stop
	return 1
}

sshd_stop()
{
	[ -z "$sshd_pid" ] || { kill "$sshd_pid"; wait "$sshd_pid"; } 2>/dev/null
	[ -z "$sshd_made" ] || rmdir /run/sshd 2>/dev/null
	sshd_pid='' sshd_made=''
}
