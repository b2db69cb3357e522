# pci: on a made sysfs tree; what stops a device is told with the remedy.

$ pci_tree pci 0000:03:00.0 vsc7448; pci_tree pci 0000:00:00.0 bridge
$ printf '\xe9\x80\x46\x37' | dd of=pci/devices/0000:03:00.0/resource0 bs=4 seek=$((0x1010000 / 4)) conv=notrunc status=none
$ export SWITCHBLADE_SYSFS_PCI=pci; switchblade --raw -b pci:101b:b003 reg read CHIP_ID; switchblade -b pci:03:00.0 reg write DEVCPU_GCB:GPR 0x1234
$ od -An -tx4 -j$((0x1010004)) -N4 pci/devices/0000:03:00.0/resource0
| 0x374680e9
| WRITTEN                      ADDRESS       VALUE
| DEVCPU_GCB:CHIP_REGS:GPR  0x71010004  0x00001234
|  00001234

$ SWITCHBLADE_SYSFS_PCI=pci switchblade -b pci:101b:b003 bus info | sed -n '1,2p'
| DEVICE  BUS            MAP          WINDOW     BYTES  STATE
| switch  pci:101b:b003  vsc7448  0x70000000  33554432  open

$ SWITCHBLADE_SYSFS_PCI=pci switchblade -b fault:after=2,pci:03:00.0 reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=1'
| FIELD                                           OLD          NEW           REGISTER                  STATUS
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x0 MBPS_10  0x1 MBPS_100  0x00000000 -> 0x00100000  failed
! switchblade: DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL: write 0x71040000: injected fault: I/O error at access 2 (seed 1) (io)
= 1

$ SWITCHBLADE_SYSFS_PCI=pci switchblade -b pci:03:00.0 reg read 'DEV1G[0]:DEV_RST_CTRL' --raw
| 0x00000000

# A device that is not there.
$ SWITCHBLADE_SYSFS_PCI=pci switchblade -b pci:04:00.0 reg read CHIP_ID
! switchblade: switch: pci:04:00.0: no such device; there are 0000:03:00.0 (VSC7448); `bus list` tells more (no-device)
= 5

$ SWITCHBLADE_SYSFS_PCI=pci switchblade -b pci:abcd reg read CHIP_ID
! switchblade: switch: pci:abcd: want a place like 0000:03:00.0 or 03:00.0, or VENDOR:DEVICE like 101b:b003 (syntax)
= 2

$ SWITCHBLADE_SYSFS_PCI=none switchblade -b pci:04:00.0 reg read CHIP_ID
! switchblade: switch: this machine has no PCI: there is no 'none/devices' (no-device)
= 5

# Two of them.
$ cp -r pci two; pci_tree two 0000:82:00.0 vsc7448; SWITCHBLADE_SYSFS_PCI=two switchblade -b pci:101b:b003 reg read CHIP_ID
! switchblade: switch: pci:101b:b003: 2 devices have these ids; say index=0 (0000:03:00.0), index=1 (0000:82:00.0) (not-found)
= 4

# States.
$ pci_tree off 0000:03:00.0 vsc7448 command=0; SWITCHBLADE_SYSFS_PCI=off switchblade -b pci:101b:b003 reg read CHIP_ID
! switchblade: switch: pci:0000:03:00.0: its memory decoding is off; switch it on as root: echo 1 >/sys/bus/pci/devices/0000:03:00.0/enable (state)
= 1

$ pci_tree asleep 0000:03:00.0 vsc7448 power=3; SWITCHBLADE_SYSFS_PCI=asleep switchblade -b pci:101b:b003 reg read CHIP_ID
! switchblade: switch: pci:0000:03:00.0: it sleeps (D3); wake it as root: echo on >/sys/bus/pci/devices/0000:03:00.0/power/control (state)
= 1

$ pci_tree bound 0000:03:00.0 vsc7448 driver=vtss; SWITCHBLADE_SYSFS_PCI=bound switchblade -b pci:101b:b003 reg read CHIP_ID
! switchblade: switch: pci:0000:03:00.0: the kernel's driver vtss uses its registers; unbind it as root: echo 0000:03:00.0 >/sys/bus/pci/drivers/vtss/unbind; or say ',shared' to use them beside it (permission)
= 5

$ SWITCHBLADE_SYSFS_PCI=bound switchblade --raw -b pci:101b:b003,shared reg read CHIP_ID
| 0x00000000

# BARs.
$ SWITCHBLADE_SYSFS_PCI=pci switchblade -b pci:101b:b003,bar=2 reg read CHIP_ID
! switchblade: switch: pci:0000:03:00.0: it has no BAR 2; its BARs: 0 (33554432 bytes), 1 (4096 bytes) (no-device)
= 5

$ SWITCHBLADE_SYSFS_PCI=pci switchblade -b pci:101b:b003,bar=1 reg read CHIP_ID
! switchblade: switch: pci:0000:03:00.0: BAR 1 is too small, 4096 bytes of 33554432: another BAR (bar=N), device or map? Its BARs: 0 (33554432 bytes), 1 (4096 bytes) (no-device)
= 5

$ pci_tree io 0000:03:00.0 vsc7448 bars=0:io:100; SWITCHBLADE_SYSFS_PCI=io switchblade -b pci:101b:b003 reg read CHIP_ID
! switchblade: switch: pci:0000:03:00.0: BAR 0 is of I/O ports, registers have to be in memory; its BARs: 0 (I/O) (no-device)
= 5

# All ones: a register, the chip, the device.
$ pci_tree ones 0000:03:00.0 vsc7448; head -c 4 /dev/zero | tr '\0' '\377' | dd of=ones/devices/0000:03:00.0/resource0 bs=4 seek=$((0x1010004 / 4)) conv=notrunc status=none
$ SWITCHBLADE_SYSFS_PCI=ones switchblade --raw -b pci:101b:b003 reg read DEVCPU_GCB:GPR
| 0xffffffff

$ head -c 33554432 /dev/zero | tr '\0' '\377' >ones/devices/0000:03:00.0/resource0
$ SWITCHBLADE_SYSFS_PCI=ones switchblade -b pci:101b:b003 reg read DEVCPU_GCB:GPR
! switchblade: DEVCPU_GCB:CHIP_REGS:GPR: read 0x71010004: all ones, like 0x71010000 which never is: the registers of the VSC7448 do not answer, its configuration space does (io)
= 1

$ head -c 64 ones/devices/0000:03:00.0/resource0 >ones/devices/0000:03:00.0/config
$ SWITCHBLADE_SYSFS_PCI=ones switchblade -b pci:101b:b003 reg read DEVCPU_GCB:GPR
! switchblade: switch: pci:0000:03:00.0: it does not answer, not even with its vendor id: no power, held in reset, or gone; when it is back, as root: echo 1 >/sys/bus/pci/rescan (no-device)
= 5

# libpci would end the process.
$ cp -r pci torn; rm torn/devices/0000:03:00.0/class; SWITCHBLADE_SYSFS_PCI=torn switchblade -b pci:03:00.0 reg read CHIP_ID
! switchblade: switch: libpci: Cannot open torn/devices/0000:03:00.0/class: No such file or directory (io)
= 1

# Lockdown: a file sealed against writing may not be mapped either.
$ cp -r pci locked; ln -sf /proc/self/fd/9 locked/devices/0000:03:00.0/resource0
$ SWITCHBLADE_SYSFS_PCI=locked python3 -c 'import os, fcntl
$ os.dup2(os.memfd_create("bar", os.MFD_ALLOW_SEALING), 9)
$ os.truncate(9, 1 << 25); fcntl.fcntl(9, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE)
$ os.execvp("switchblade", ["switchblade", "-b", "pci:03:00.0", "reg", "read", "CHIP_ID"])'
! switchblade: switch: pci:0000:03:00.0: the kernel is locked down and lets nobody map 'locked/devices/0000:03:00.0/resource0': boot without Secure Boot or without lockdown= on its command line (/sys/kernel/security/lockdown) (permission)
= 5

# Every access of a restore failing once: an error each time, the lock free again, the next command works.
$ export SWITCHBLADE_SYSFS_PCI=pci; n=0; until switchblade -b fault:after=$((++n)),pci:101b:b003 --yes reg restore fixtures/vsc7448/dev1g-humility.regs >out 2>err; do
$ echo "$n: exit $?, $(grep -c 'injected fault: I/O error at access' err)"; switchblade -b pci:101b:b003 --raw reg write DEVCPU_GCB:GPR $n || echo failed
$ done; echo "$n: exit 0"
| 1: exit 1, 1
| 2: exit 1, 1
| 3: exit 1, 1
| 4: exit 1, 1
| 5: exit 1, 1
| 6: exit 1, 1
| 7: exit 1, 1
| 8: exit 1, 1
| 9: exit 0
