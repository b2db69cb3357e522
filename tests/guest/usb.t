# SPDX-License-Identifier: GPL-2.0-or-later
# The FT232H model behind the kernel's virtual host controller: the kernel's USB core, usbfs and its
# driver for FTDI's serial ports are real; libusb and switchblade are as they are everywhere.

# Ports brought up, and the same registers left as without USB. The kernel's driver is taken off for
# the time of a command and put back.
$ modprobe -d $KERNEL -a vhci-hcd ftdi_sio
$ printf '%s\n' 'chip init' 'link set 0-7 1000base-x' 'link set 49 10gbase-r' 'serdes loop 0-7 pcs' 'reg poll DEV1G[7]:PCS1G_LINK_STATUS.LINK_STATUS==1 --timeout 1s' >session
$ printf '%s\n' 'reg dump DEV1G[0-7] -o 1g.regs' 'reg dump DEV10G[0] -o 10g.regs' 'reg dump QSYS:CALCFG -o calendar.regs' >dumps
$ driver() { basename $(readlink /sys/bus/usb/devices/1-1:1.0/driver || echo none); }
$ session() { driver; switchblade -e $1 source session >/dev/null && switchblade $1 link show 0-7 | cut -c 1-23; driver; switchblade -e $1 source dumps >/dev/null; }
$ export -f session driver
$ ft232h_usbip -- bash -c 'session "-b usb:0403:6014"'
$ printf '%s\n' 'source session' 'reg diff --ignore-volatile 1g.regs' 'reg diff --ignore-volatile 10g.regs' 'reg diff --ignore-volatile calendar.regs' | switchblade -e -b mock: shell | grep -A9 differ
| ftdi_sio
| PORT  MODE        LINK
|    0  1000base-x  up
|    1  1000base-x  up
|    2  1000base-x  up
|    3  1000base-x  up
|    4  1000base-x  up
|    5  1000base-x  up
|    6  1000base-x  up
|    7  1000base-x  up
| ftdi_sio
| no difference; registers compared: 320
| no difference; registers compared: 102
| no difference; registers compared: 6

# Two chip selects.
$ ft232h_usbip -- switchblade -b usb:0403:6014,cs=1,clock=6000000 --map btc reg read ID:MAGIC
| ID:MAGIC = 0x42544331
| BITS  FIELD       VALUE
| 31:0  MAGIC  0x42544331

# Unplugged in the middle; the next command works.
$ ft232h_usbip -u 300 -- switchblade -b usb:0403:6014 chip init 2>err >out; echo "exit $?"; cat out
$ sed 's/^.*: USB/USB/; s/after [0-9]* /after N /' err
$ ft232h_usbip -- switchblade --raw -b usb:0403:6014 reg read CHIP_ID
$ switchblade -b usb:0403:6014 reg read CHIP_ID
| exit 5
| USB: the adapter is gone: plug it in again and repeat the command (after N register writes) (no-device)
| 0x374680e9
! switchblade: switch: USB: no device 0403:6014: check cable and power (lsusb lists what is there) (no-device)
= 5

# Somebody else has it; not root, before and after somebody gave the node away, as the udev rule does.
$ export SWITCHBLADE_LOCK_DIR=/tmp; chip() { $1 $TOP/$B/bin/switchblade --raw -b usb:0403:6014 reg read CHIP_ID; echo "exit $?"; }
$ nobody="setpriv --reuid=65534 --clear-groups"
$ others() { switchblade -b usb:0403:6014 reg watch --every=50ms CHIP_ID >watch 2>&1 & until-seen watch 374680e9; chip; kill -INT $!; wait $!; chip; chip "$nobody"; chmod a+rw /dev/bus/usb/*/*; chip "$nobody"; }
$ export -f chip others; export nobody
$ ft232h_usbip -- bash -c others
| exit 7
| 0x374680e9
| exit 0
| exit 5
| 0x374680e9
| exit 0
! switchblade: switch: USB: channel A of 0403:6014 at 1-1 is in use by another process: end it, or share the device with switchblade serve (busy)
! switchblade: switch: USB: no permission to open 0403:6014 at 1-1: be root, or let the udev rule 60-switchblade.rules give it to your group (permission)

# What there is.
$ ft232h_usbip -- switchblade bus list
| URI                            DEVICE   WHAT                      IDS        LINK      DRIVER    STATE
| pci:0000:00:10.0               rocker   QEMU's Ethernet switch    1b36:0006                      ready
| pci:0000:00:11.0,bar=2         ivshmem  QEMU's shared memory      1af4:1110                      ready
| usb:0403:6014,serial=FT000001  FT232H   FTDI's USB bridge to SPI  0403:6014  480 Mb/s  ftdi_sio  ready
