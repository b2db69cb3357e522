#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# tests/guest/kernel.sh    gets the kernel of the guest machine into build/guest/kernel
#
# Debian's own kernel package is downloaded and unpacked, never installed: vmlinux and the modules
# that the tests need.  Needs no root.  Done already: nothing touches the network.  When it cannot be had, says why, leaves the reason in
# build/guest/why-not for tests/guest/run.sh, and exits with 1.
set -u
cd "$(dirname "$0")/../.." || exit 1
to=build/guest
kernel=$to/kernel
mkdir -p $to || exit 1
new=$(mktemp -d $to/new.XXXXXX) || exit 1
trap 'rm -rf "$new"' EXIT

# What is unpacked: what reaches the host's file system, the USB stack, and drivers that may be
# bound to a PCI device.
WANTED='fs/9p fs/netfs fs/fscache net/9p drivers/virtio drivers/usb/common drivers/usb/core
drivers/usb/usbip drivers/usb/serial drivers/uio drivers/pci'

cannot()
{
	echo "$*" >$to/why-not
	echo "tests/guest/kernel.sh: $*" >&2
	exit 1
}

need()
{
	command -v "$1" >/dev/null || [ -x "/sbin/$1" ] || cannot "no $1 (package $2)"
}

# The "full" kernel: the one for clouds has neither USB nor 9p.
download()
{
	local package
	package=$(apt-cache depends linux-image-amd64 2>/dev/null |
		grep -oE 'linux-image-[0-9][-.0-9]*-amd64' | head -1)
	[ -n "$package" ] || cannot 'apt-cache knows no linux-image-amd64; apt-get update?'
	(cd "$new" && timeout 300 apt-get -q download "$package" >apt.log 2>&1) ||
		cannot "apt-get download $package: $(grep -m1 '^E:' "$new/apt.log")"
	mv "$new"/linux-image-*.deb "$new/kernel.deb"
}

unpack()
{
	local members=('./boot/vmlinuz-*' './lib/modules/*/modules.*') folder
	for folder in $WANTED; do
		members+=("./lib/modules/*/kernel/$folder")
	done
	dpkg-deb --fsys-tarfile "$new/kernel.deb" |
		tar -x -C "$new" --no-same-owner --wildcards "${members[@]}" ||
		cannot 'the kernel package cannot be unpacked'
	release=$(basename "$new"/lib/modules/*)
	# Of the indexes only these are read; depmod makes the others for what is there.
	PATH=$PATH:/sbin depmod -b "$new" "$release" || cannot 'depmod failed'
}

# number FILE OFFSET BYTES: a little-endian number.
number()
{
	od -An -v -t "u$3" -j "$2" -N "$3" --endian=little "$1" | tr -d ' '
}

# The payload of a bzImage is an ELF file; booting that saves two seconds.  Offsets: the kernel's
# Documentation/x86/boot.rst, fields setup_sects, payload_offset and payload_length.
extract()
{
	local image=$1 start
	start=$((($(number "$image" 0x1f1 1) + 1) * 512 + $(number "$image" 0x248 4)))
	tail -c +$((start + 1)) "$image" | head -c "$(number "$image" 0x24c 4)" |
		xz -dc --single-stream >"$new/vmlinux" 2>/dev/null
	[ "$(head -c 4 "$new/vmlinux" | tail -c 3)" = ELF ] ||
		cannot 'vmlinuz does not hold what xz has packed'
}

sum=$(cksum <tests/guest/kernel.sh)
[ "$(cat $kernel/sum 2>/dev/null)" != "$sum" ] || exit 0
need depmod kmod
need xz xz-utils
need apt-get apt
cp $kernel/kernel.deb "$new/" 2>/dev/null || download
unpack
extract "$new"/boot/vmlinuz-*
rm -rf "$new/boot" "$new/apt.log"
echo "$sum" >"$new/sum"
chmod 755 "$new"
rm -rf $kernel && mv "$new" $kernel || cannot "$kernel cannot be replaced"
rm -f $to/why-not
