# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Sourced by run.sh: a guest machine under QEMU's TCG whose root is the host's.
#
#   machine_missing              prints why there can be no machine; nothing when there can
#   machine_run WORK APPEND LIMIT  boots one that runs the tests of WORK/params and switches off
#
# WORK is an empty folder under the project, shared with the guest for writing; afterwards it
# holds the files that tests/guest/inside writes, and "console".  WORK/window is the memory behind
# the ivshmem device.  Nothing outlives machine_run(): QEMU is killed when LIMIT seconds have
# passed, and by the kernel when the shell that started it dies.

KERNEL=build/guest/kernel

machine_missing()
{
	local program
	for program in qemu-system-x86_64 busybox cpio; do
		command -v $program >/dev/null || { echo "no $program here"; return; }
	done
	[ -e $KERNEL/vmlinux ] || echo "no kernel in $KERNEL, tests/guest/kernel.sh gets it: $(
		cat build/guest/why-not 2>/dev/null || echo 'not tried yet')"
}

# initrd WORK: busybox, tests/guest/init, and the modules that reach the host's file system, in the
# order of loading.
initrd()
{
	local root=$1/initrd release module n=10
	release=$(basename $KERNEL/lib/modules/*)
	mkdir -p "$root"/{bin,dev,proc,sys,new,share,modules} &&
		cp "$(command -v busybox)" "$root/bin/busybox" && cp tests/guest/init "$root/" &&
		chmod 755 "$root/init" || return 1
	for module in $(PATH=$PATH:/sbin modprobe -d "$PWD/$KERNEL" -S "$release" -a --show-depends \
		virtio_pci 9pnet_virtio 9p | awk '{print $2}'); do
		cp "$module" "$root/modules/$((n++)).ko" || return 1
	done
	(cd "$root" && find . | cpio --quiet -o -H newc) >"$1/initrd.cpio" && rm -rf "$root"
}

# qmp JSON: one command to QEMU; its answer must not be an error.
qmp()
{
	local line
	printf '%s\n' "$1" >&6
	while IFS= read -r -t 10 line <&7; do
		case $line in
		*'"error"'*) echo "$line"; return 1 ;;
		*'"return"'*) return 0 ;;
		esac
	done
	echo 'QEMU does not answer'
	return 1
}

# What the guest may ask of the host, with tests/guest/bin/host.
#   link PORT true|false   plugs and pulls the cable of a port of rocker
#   word OFFSET            the 32-bit word there in the window of ivshmem
#   poke OFFSET VALUE      writes it
answer()
{
	local value
	case $1 in
	link) qmp "{\"execute\":\"set_link\",\"arguments\":{\"name\":\"port$2\",\"up\":$3}}" ;;
	word) od -An -v -t x4 --endian=little -j "$(($2))" -N 4 "$work/window" | sed 's/ */0x/' ;;
	poke)
		value=$(($3))
		# shellcheck disable=SC2059
		printf "$(printf '\\x%x' $((value & 255)) $((value >> 8 & 255)) \
			$((value >> 16 & 255)) $((value >> 24 & 255)))" |
			dd of="$work/window" bs=4 seek=$(($2 / 4)) conv=notrunc status=none
		;;
	*) echo "the host cannot $*"; return 1 ;;
	esac
}

# attend PID LIMIT: answers the guest until it is gone.
attend()
{
	local pid=$1 deadline=$((SECONDS + $2)) line='' part words
	qmp '{"execute":"qmp_capabilities"}' || return 1
	# $$ is run.sh, also in a subshell of it.
	while kill -0 "$pid" 2>/dev/null && kill -0 $$; do
		if [ $SECONDS -ge $deadline ]; then
			echo "machine: still running after $2 s"
			return 1
		fi
		IFS= read -r -t 0.2 part <&5 || { line+=$part; continue; }
		read -ra words <<<"$line$part"
		line=''
		[ ${#words[@]} != 0 ] || continue
		{ answer "${words[@]}" 2>&1; echo ". $?"; } >&4
	done
}

machine_run()
{
	local work=$1 append=$2 limit=$3 pid status i args
	initrd "$work" || { echo 'machine: no initrd'; return 1; }
	mkfifo "$work"/{qmp,ask}.{in,out} || return 1
	# Opened for both, so that no open waits for the other side.
	exec 4<>"$work/ask.in" 5<>"$work/ask.out" 6<>"$work/qmp.in" 7<>"$work/qmp.out"
	args=(-nodefaults -display none -no-reboot -M q35 -cpu max -m 256 -accel tcg
		-kernel $KERNEL/vmlinux -initrd "$work/initrd.cpio"
		-append "console=ttyS0 quiet panic=-1 nokaslr mitigations=off $append"
		-serial "file:$work/console"
		-chardev "pipe,id=ask,path=$work/ask" -serial chardev:ask
		-chardev "pipe,id=qmp,path=$work/qmp" -mon chardev=qmp,mode=control
		-fsdev "local,id=root,path=/,security_model=none,readonly=on,multidevs=remap"
		-device virtio-9p-pci,fsdev=root,mount_tag=root
		-fsdev "local,id=work,path=$PWD/$work,security_model=none"
		-device virtio-9p-pci,fsdev=work,mount_tag=work
		-object "memory-backend-file,size=32M,share=on,mem-path=$work/window,id=window"
		-device ivshmem-plain,memdev=window,addr=0x11
		# The kernel's virtio-pci takes it.
		-device virtio-rng-pci,addr=0x12
		# rocker's own len-ports is broken in QEMU 7.2; as a global it works.
		-global rocker.len-ports=4
		-device 'rocker,addr=0x10,name=sw1,ports[0]=port1,ports[1]=port2,ports[2]=port3,ports[3]=port4,switch_id=0x1122334455667788')
	for i in 1 2 3 4; do
		args+=(-netdev "hubport,id=port$i,hubid=$i")
	done
	setpriv --pdeathsig KILL qemu-system-x86_64 "${args[@]}" >"$work/qemu.log" 2>&1 &
	pid=$!
	trap 'kill -9 '$pid' 2>/dev/null' EXIT
	attend $pid "$limit"
	status=$?
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	trap - EXIT
	exec 4>&- 5>&- 6>&- 7>&-
	rm -f "$work"/{qmp,ask}.{in,out}
	return $status
}
