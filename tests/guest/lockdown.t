# SPDX-License-Identifier: GPL-2.0-or-later
# A kernel that is locked down for integrity, as it is with secure boot.

$ cat /sys/kernel/security/lockdown
$ switchblade -b pci:1b36:0006 --map rocker reg read TEST_REG; echo "exit $?"
$ switchblade -b pci:00:11.0,bar=2 chip init; echo "exit $?"
$ switchblade --json -b pci:1b36:0006 --map rocker reg read TEST_REG
| none [integrity] confidentiality
| exit 5
| exit 5
| {
|   "schema": "switchblade/reg-read/1",
|   "registers": [],
|   "left_out": [],
|   "error": {"code": "permission", "message": "switch: pci:0000:00:10.0: the kernel is locked down and lets nobody map '/sys/bus/pci/devices/0000:00:10.0/resource0': boot without Secure Boot or without lockdown= on its command line (/sys/kernel/security/lockdown)"}
| }
! switchblade: switch: pci:0000:00:10.0: the kernel is locked down and lets nobody map '/sys/bus/pci/devices/0000:00:10.0/resource0': boot without Secure Boot or without lockdown= on its command line (/sys/kernel/security/lockdown) (permission)
! switchblade: switch: pci:0000:00:11.0: the kernel is locked down and lets nobody map '/sys/bus/pci/devices/0000:00:11.0/resource2': boot without Secure Boot or without lockdown= on its command line (/sys/kernel/security/lockdown) (permission)
! switchblade: switch: pci:0000:00:10.0: the kernel is locked down and lets nobody map '/sys/bus/pci/devices/0000:00:10.0/resource0': boot without Secure Boot or without lockdown= on its command line (/sys/kernel/security/lockdown) (permission)
= 5
