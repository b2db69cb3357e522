#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# pci_tree.sh DIR PLACE KIND [KEY=VALUE]...
#
# Puts a PCI function into a folder that stands for /sys/bus/pci (SWITCHBLADE_SYSFS_PCI=DIR), with
# the files that a kernel has there.  BARs are sparse files of their size.
#
# KIND: vsc7448, btc, rocker, ivshmem, bridge, nic.  Keys, numbers in hexadecimal:
#   vendor= device= subdevice= class= command= status= power=0..3
#   bars='N:mem:BYTES N:io:BYTES ...'      speed= width= maxspeed= maxwidth= (of the PCIe link)
#   driver=NAME                            config=BYTES, decimal, that are readable
set -eu
dir=$1 place=$2 kind=$3
shift 3
subdevice=0 class=0200 command=0002 status=0010 power=0 bars='0:mem:1000'
speed=1 width=1 maxspeed=2 maxwidth=4 driver='' config=256
case $kind in
vsc7448) vendor=101b device=b003 bars='0:mem:2000000 1:mem:1000' ;;
btc) vendor=10ee device=7011 subdevice=4254 class=1180 bars='0:mem:10000' ;;
rocker) vendor=1b36 device=0006 bars='0:mem:2000 1:mem:1000' ;;
ivshmem) vendor=1af4 device=1110 class=0500 bars='0:mem:100 2:mem:2000000' ;;
bridge) vendor=1b36 device=000c class=0604 ;;
nic) vendor=8086 device=10d3 bars='0:mem:20000 2:io:20' ;;
*) echo "pci_tree.sh: no kind $kind" >&2; exit 2 ;;
esac
for setting in "$@"; do
	declare "$setting"
done

at=$dir/devices/$place
mkdir -p "$at" "$dir/drivers"
bytes=()
for ((i = 0; i < 256; i++)); do bytes[i]=0; done

# put OFFSET SIZE VALUE
put()
{
	local i value=$((16#$3))
	for ((i = 0; i < $2; i++)); do
		bytes[$1 + i]=$((value >> 8 * i & 255))
	done
}

put 0x00 2 "$vendor"; put 0x02 2 "$device"; put 0x04 2 "$command"; put 0x06 2 "$status"
put 0x08 1 1; put 0x0a 2 "$class"; put 0x2c 2 "$vendor"; put 0x2e 2 "$subdevice"
put 0x34 1 40
put 0x40 1 01; put 0x41 1 50; put 0x42 2 0003; put 0x44 2 "$power"
put 0x50 1 10; put 0x52 2 0002
put 0x5c 2 "$(printf %x $((16#$maxspeed | 16#$maxwidth << 4)))"
put 0x62 2 "$(printf %x $((16#$speed | 16#$width << 4)))"

for ((i = 0; i < 7; i++)); do lines[i]='0x0000000000000000 0x0000000000000000 0x0000000000000000'; done
for bar in $bars; do
	IFS=: read -r n what size <<<"$bar"
	base=$((0xe0000000 + n * 0x4000000)) flags=0x40200 low=0
	[ "$what" = mem ] || { base=$((0x6000 + n * 0x100)) flags=0x40101 low=1; }
	[ "$what" != unplaced ] || { base=0 flags=0x20040200 low=0; }
	put $((0x10 + 4 * n)) 4 "$(printf %x $((base | low)))"
	lines[n]=$(printf '0x%016x 0x%016x 0x%016x' "$base" $((base + 16#$size - 1)) "$flags")
	truncate -s $((16#$size)) "$at/resource$n"
done
printf '%s\n' "${lines[@]}" >"$at/resource"
# shellcheck disable=SC2059
printf "$(printf '\\x%02x' "${bytes[@]:0:config}")" >"$at/config"
echo "0x$vendor" >"$at/vendor"
echo "0x$device" >"$at/device"
echo "0x$vendor" >"$at/subsystem_vendor"
printf '0x%04x\n' $((16#$subdevice)) >"$at/subsystem_device"
echo "0x${class}00" >"$at/class"
echo 0x01 >"$at/revision"
echo 11 >"$at/irq"
if [ -n "$driver" ]; then
	mkdir -p "$dir/drivers/$driver"
	ln -sfn "../../drivers/$driver" "$at/driver"
fi
