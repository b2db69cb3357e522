# SPDX-License-Identifier: GPL-2.0-or-later
# What can be wrong with a device on a real PCI stack, and that the remedies of the messages work.
# 00:10.0 is rocker, 00:11.0 the window in BAR 2, 00:12.0 belongs to a driver of the kernel.

# A driver of the kernel.
$ raw="switchblade --raw --map rocker -b pci:00:12.0,bar=4"
$ $raw reg read TEST_IRQ; echo "exit $?"
$ $raw,shared reg read TEST_IRQ >/dev/null; echo "exit $?"
$ echo 0000:00:12.0 >/sys/bus/pci/drivers/virtio-pci/unbind
$ $raw reg read TEST_IRQ >/dev/null; echo "exit $?"
| exit 5
| exit 5
| exit 0
! switchblade: switch: pci:0000:00:12.0: the kernel's driver virtio-pci uses its registers; unbind it as root: echo 0000:00:12.0 >/sys/bus/pci/drivers/virtio-pci/unbind; or say ',shared' to use them beside it (permission)
! switchblade: switch: pci:0000:00:12.0: the kernel's driver virtio-pci has '/sys/bus/pci/devices/0000:00:12.0/resource4' for itself: unbind it (permission)

# One that only keeps a device for programs is not in the way.
$ modprobe -d $KERNEL uio_pci_generic
$ echo 1b36 0006 >/sys/bus/pci/drivers/uio_pci_generic/new_id
$ readlink /sys/bus/pci/devices/0000:00:10.0/driver
$ switchblade --raw -b pci:00:10.0 --map rocker reg read SWITCH_ID
$ echo 0000:00:10.0 >/sys/bus/pci/drivers/uio_pci_generic/unbind
| ../../../bus/pci/drivers/uio_pci_generic
| 0x1122334455667788

# Memory decoding off: bit 1 of the command register, byte 4.  (What reads give then cannot be had
# here: QEMU answers 0 where hardware answers all ones.)
$ export SWITCHBLADE_BUS=pci:1b36:0006
$ printf '\0' | dd of=/sys/bus/pci/devices/0000:00:10.0/config bs=1 seek=4 conv=notrunc status=none
$ switchblade --raw --map rocker reg read SWITCH_ID; echo "exit $?"
$ echo 1 >/sys/bus/pci/devices/0000:00:10.0/enable
$ switchblade --raw --map rocker reg read SWITCH_ID; echo "exit $?"
| exit 1
| 0x1122334455667788
| exit 0
! switchblade: switch: pci:0000:00:10.0: its memory decoding is off; switch it on as root: echo 1 >/sys/bus/pci/devices/0000:00:10.0/enable (state)

# Registers that are all ones are not a dead device.
$ switchblade --raw -b pci:1b36:0006 --map rocker reg write TEST_DMA_ADDR 0xffffffffffffffff
$ switchblade --raw -b pci:1b36:0006 --map rocker reg read TEST_DMA_ADDR
| 0xffffffffffffffff

# Not the BAR that was meant, not a device.
$ switchblade -b pci:1b36:0006 chip show; echo "exit $?"
$ switchblade -b pci:1b36:0006,bar=3 --map rocker reg read TEST_REG; echo "exit $?"
$ switchblade -b pci:101b:b003 chip show; echo "exit $?"
$ switchblade -b pci:00:13.0 chip show; echo "exit $?"
| exit 5
| exit 5
| exit 5
| exit 5
! switchblade: switch: pci:0000:00:10.0: BAR 0 is too small, 8192 bytes of 33554432: another BAR (bar=N), device or map? Its BARs: 0 (8192 bytes), 1 (8192 bytes) (no-device)
! switchblade: switch: pci:0000:00:10.0: it has no BAR 3; its BARs: 0 (8192 bytes), 1 (8192 bytes) (no-device)
! switchblade: switch: pci:101b:b003: no such device; there are 0000:00:10.0 (rocker), 0000:00:11.0 (ivshmem); `bus list` tells more (no-device)
! switchblade: switch: pci:00:13.0: no such device; there are 0000:00:10.0 (rocker), 0000:00:11.0 (ivshmem); `bus list` tells more (no-device)

# Not root, before and after somebody gave the file away, as the udev rule does.
$ export SWITCHBLADE_LOCK_DIR=/tmp
$ nobody="setpriv --reuid=65534 --clear-groups $TOP/$B/bin/switchblade -b pci:1b36:0006 --map rocker"
$ $nobody reg read TEST_REG; echo "exit $?"
$ chmod a+rw /sys/bus/pci/devices/0000:00:10.0/resource0
$ $nobody --raw reg write TEST_REG 21; echo "exit $?"
$ $nobody --raw reg read TEST_REG; echo "exit $?"
| exit 5
| exit 0
| 0x0000002a
| exit 0
! switchblade: switch: pci:0000:00:10.0: no permission to open '/sys/bus/pci/devices/0000:00:10.0/resource0': be root, or let the udev rule 60-switchblade.rules give it to your group (permission)

# Removed, and found again by the remedy. (A mapping that is open stays as it is: Linux 6.1 does not
# take it away.)
$ echo 1 >/sys/bus/pci/devices/0000:00:10.0/remove
$ switchblade -b pci:1b36:0006 --map rocker reg read SWITCH_ID; echo "exit $?"
$ switchblade -b pci:00:10.0 --map rocker reg read SWITCH_ID; echo "exit $?"
$ echo 1 >/sys/bus/pci/rescan
$ switchblade --raw -b pci:1b36:0006 --map rocker reg read SWITCH_ID; echo "exit $?"
| exit 5
| exit 5
| 0x1122334455667788
| exit 0
! switchblade: switch: pci:1b36:0006: no such device; there are 0000:00:11.0 (ivshmem); `bus list` tells more (no-device)
! switchblade: switch: pci:00:10.0: no such device; there are 0000:00:11.0 (ivshmem); `bus list` tells more (no-device)
