# SPDX-License-Identifier: GPL-2.0-or-later
# A kernel that is locked down for integrity, as it is with secure boot.

$ cat /sys/kernel/security/lockdown
$ switchblade -b file:/sys/bus/pci/devices/0000:00:10.0/resource0 --map rocker reg read TEST_REG
| none [integrity] confidentiality
! switchblade: switch: file:/sys/bus/pci/devices/0000:00:10.0/resource0: cannot be mapped: Operation not permitted (permission)
= 5
