# What is on PCI and USB: a made sysfs tree, and umockdev's USB, which is empty unless told.

$ umockdev-run -- switchblade bus list 2>&1 | sed 's/libusb: .*/libusb/'
| this machine has no PCI: there is no '/sys/bus/pci/devices'

$ pci_tree pci 0000:00:00.0 bridge; pci_tree pci 0000:00:1f.6 nic driver=e1000e
$ SWITCHBLADE_SYSFS_PCI=pci umockdev-run -- switchblade bus list
| none

$ pci_tree pci 0000:03:00.0 vsc7448 speed=1 width=1 maxspeed=1 maxwidth=1; pci_tree pci 0000:04:00.0 btc speed=1 width=2
$ pci_tree pci 0000:05:00.0 rocker driver=rocker; pci_tree pci 0000:06:00.0 ivshmem command=0; pci_tree pci 0001:01:00.0 vsc7448 power=3
$ export SWITCHBLADE_SYSFS_PCI=pci
$ umockdev-run -d fixtures/usb/ftdi.umockdev -- switchblade bus list
$ umockdev-run -d fixtures/usb/ftdi.umockdev -- switchblade --raw bus list
$ umockdev-run -d fixtures/usb/ftdi.umockdev -- switchblade --json bus list
| URI                            DEVICE   WHAT                      IDS        LINK                   DRIVER    STATE
| pci:0000:03:00.0               VSC7448  Ethernet switch           101b:b003  2.5 GT/s x1                      ready
| pci:0000:04:00.0               BTC      backplane TDM controller  10ee:7011  2.5 GT/s x2 of 5.0 x4            ready
| pci:0000:05:00.0               rocker   QEMU's Ethernet switch    1b36:0006  2.5 GT/s x1 of 5.0 x4  rocker    blocked
| pci:0000:06:00.0,bar=2         ivshmem  QEMU's shared memory      1af4:1110  2.5 GT/s x1 of 5.0 x4            blocked
| pci:0001:01:00.0               VSC7448  Ethernet switch           101b:b003  2.5 GT/s x1 of 5.0 x4            blocked
| usb:0403:6014,serial=FT4ABC12  FT232H   FTDI's USB bridge to SPI  0403:6014  480 Mb/s               ftdi_sio  ready
| usb:0403:6010                  FT2232H  FTDI's USB bridge to SPI  0403:6010  480 Mb/s                         ready
| pci:0000:05:00.0: the kernel's driver rocker uses its registers; unbind it as root: echo 0000:05:00.0 >/sys/bus/pci/drivers/rocker/unbind; or say ',shared' to use them beside it
| pci:0000:06:00.0,bar=2: its memory decoding is off; switch it on as root: echo 1 >/sys/bus/pci/devices/0000:06:00.0/enable
| pci:0001:01:00.0: it sleeps (D3); wake it as root: echo on >/sys/bus/pci/devices/0001:01:00.0/power/control
| pci:0000:03:00.0
| pci:0000:04:00.0
| pci:0000:05:00.0
| pci:0000:06:00.0,bar=2
| pci:0001:01:00.0
| usb:0403:6014,serial=FT4ABC12
| usb:0403:6010
| {
|   "schema": "switchblade/bus-list/1",
|   "candidates": [
|     {"uri": "pci:0000:03:00.0", "name": "VSC7448", "what": "Ethernet switch", "ids": "101b:b003", "link": "2.5 GT/s x1", "driver": null, "state": "ready", "bus": "pci", "place": "0000:03:00.0", "problem": null, "problem_code": null, "bar": 0, "bar_bytes": 33554432, "link_mtps": 2500, "link_width": 1, "link_max_mtps": 2500, "link_max_width": 1, "serial": null},
|     {"uri": "pci:0000:04:00.0", "name": "BTC", "what": "backplane TDM controller", "ids": "10ee:7011", "link": "2.5 GT/s x2 of 5.0 x4", "driver": null, "state": "ready", "bus": "pci", "place": "0000:04:00.0", "problem": null, "problem_code": null, "bar": 0, "bar_bytes": 65536, "link_mtps": 2500, "link_width": 2, "link_max_mtps": 5000, "link_max_width": 4, "serial": null},
|     {"uri": "pci:0000:05:00.0", "name": "rocker", "what": "QEMU's Ethernet switch", "ids": "1b36:0006", "link": "2.5 GT/s x1 of 5.0 x4", "driver": "rocker", "state": "blocked", "bus": "pci", "place": "0000:05:00.0", "problem": "the kernel's driver rocker uses its registers; unbind it as root: echo 0000:05:00.0 >/sys/bus/pci/drivers/rocker/unbind; or say ',shared' to use them beside it", "problem_code": "permission", "bar": 0, "bar_bytes": 8192, "link_mtps": 2500, "link_width": 1, "link_max_mtps": 5000, "link_max_width": 4, "serial": null},
|     {"uri": "pci:0000:06:00.0,bar=2", "name": "ivshmem", "what": "QEMU's shared memory", "ids": "1af4:1110", "link": "2.5 GT/s x1 of 5.0 x4", "driver": null, "state": "blocked", "bus": "pci", "place": "0000:06:00.0", "problem": "its memory decoding is off; switch it on as root: echo 1 >/sys/bus/pci/devices/0000:06:00.0/enable", "problem_code": "state", "bar": 2, "bar_bytes": 33554432, "link_mtps": 2500, "link_width": 1, "link_max_mtps": 5000, "link_max_width": 4, "serial": null},
|     {"uri": "pci:0001:01:00.0", "name": "VSC7448", "what": "Ethernet switch", "ids": "101b:b003", "link": "2.5 GT/s x1 of 5.0 x4", "driver": null, "state": "blocked", "bus": "pci", "place": "0001:01:00.0", "problem": "it sleeps (D3); wake it as root: echo on >/sys/bus/pci/devices/0001:01:00.0/power/control", "problem_code": "state", "bar": 0, "bar_bytes": 33554432, "link_mtps": 2500, "link_width": 1, "link_max_mtps": 5000, "link_max_width": 4, "serial": null},
|     {"uri": "usb:0403:6014,serial=FT4ABC12", "name": "FT232H", "what": "FTDI's USB bridge to SPI", "ids": "0403:6014", "link": "480 Mb/s", "driver": "ftdi_sio", "state": "ready", "bus": "usb", "place": "1-1", "problem": null, "problem_code": null, "serial": "FT4ABC12"},
|     {"uri": "usb:0403:6010", "name": "FT2232H", "what": "FTDI's USB bridge to SPI", "ids": "0403:6010", "link": "480 Mb/s", "driver": null, "state": "ready", "bus": "usb", "place": "1-2.3", "problem": null, "problem_code": null, "serial": null}
|   ],
|   "notes": []
| }

# Other PCI ids than the known: the board's firmware can change them.
$ SWITCHBLADE_SYSFS_PCI=pci umockdev-run -- switchblade --raw bus list --all
| pci:0000:00:1f.6
| pci:0000:03:00.0
| pci:0000:04:00.0
| pci:0000:05:00.0
| pci:0000:06:00.0,bar=2
| pci:0001:01:00.0

# A bridge whose device file is missing.
$ sed '/^N: .*001.007/d' fixtures/usb/ftdi.umockdev >gone; SWITCHBLADE_SYSFS_PCI=pci umockdev-run -d gone -- switchblade bus list | grep 6010
| usb:0403:6010                  FT2232H  FTDI's USB bridge to SPI  0403:6010  480 Mb/s                         blocked
| usb:0403:6010: it cannot be opened: No such device (it may have been disconnected)

# A device that goes while it is looked at hides no other.
$ cp -r pci torn; rm torn/devices/0000:04:00.0/class; SWITCHBLADE_SYSFS_PCI=torn umockdev-run -- switchblade bus list | grep -E '7448|libpci'
| pci:0000:03:00.0        VSC7448  Ethernet switch         101b:b003  2.5 GT/s x1                    ready
| pci:0001:01:00.0        VSC7448  Ethernet switch         101b:b003  2.5 GT/s x1 of 5.0 x4          blocked
| libpci: Cannot open torn/devices/0000:04:00.0/class: No such file or directory

# A dump of another machine.
$ for d in pci/devices/*; do echo "${d##*/} Some: device"; od -An -v -tx1 -w16 $d/config | awk '{printf "%02x:%s\n", 16 * (NR - 1), $0}'; echo; done >dump
$ head -3 dump; switchblade bus list --lspci dump
| 0000:00:00.0 Some: device
| 00: 36 1b 0c 00 02 00 10 00 01 00 04 06 00 00 00 00
| 10: 00 00 00 e0 00 00 00 00 00 00 00 00 00 00 00 00
| URI                     DEVICE   WHAT                      IDS        LINK                   STATE
| pci:0000:03:00.0        VSC7448  Ethernet switch           101b:b003  2.5 GT/s x1            unknown
| pci:0000:04:00.0        BTC      backplane TDM controller  10ee:7011  2.5 GT/s x2 of 5.0 x4  unknown
| pci:0000:05:00.0        rocker   QEMU's Ethernet switch    1b36:0006  2.5 GT/s x1 of 5.0 x4  unknown
| pci:0000:06:00.0,bar=2  ivshmem  QEMU's shared memory      1af4:1110  2.5 GT/s x1 of 5.0 x4  blocked
| pci:0001:01:00.0        VSC7448  Ethernet switch           101b:b003  2.5 GT/s x1 of 5.0 x4  blocked
| pci:0000:06:00.0,bar=2: its memory decoding is off; switch it on as root: echo 1 >/sys/bus/pci/devices/0000:06:00.0/enable
| pci:0001:01:00.0: it sleeps (D3); wake it as root: echo on >/sys/bus/pci/devices/0001:01:00.0/power/control

$ switchblade --json bus list --lspci dump | head -4
| {
|   "schema": "switchblade/bus-list/1",
|   "candidates": [
|     {"uri": "pci:0000:03:00.0", "name": "VSC7448", "what": "Ethernet switch", "ids": "101b:b003", "link": "2.5 GT/s x1", "driver": null, "state": "unknown", "bus": "pci", "place": "0000:03:00.0", "problem": null, "problem_code": null, "bar": 0, "bar_bytes": null, "link_mtps": 2500, "link_width": 1, "link_max_mtps": 2500, "link_max_width": 1, "serial": null},

$ head -c 300 dump >cut; switchblade bus list --lspci cut
! switchblade: cut:7: the line is too long, or the file was cut here (syntax)
= 2

$ switchblade bus list --lspci /dev/null
! switchblade: /dev/null: not a file, which is read twice (no-device)
= 5

$ echo 'no dump' >text; switchblade bus list --lspci text
! switchblade: text: no PCI function in it: is it of lspci -xxxx? (syntax)
= 2

$ lspci=0000:03:00.0; printf '%s Ethernet\n' $lspci >bare; switchblade bus list --lspci bare
! switchblade: bare:1: the function before has less than 64 bytes of configuration space: make the dump with lspci -xxxx (syntax)
= 2

$ printf '00:00.0 x\n00: 86 80 zz\n' >bad; switchblade bus list --lspci bad
! switchblade: bad:2: not made of hexadecimal bytes (syntax)
= 2

$ printf '00:00.0 x\nffffffff: 86\n' >bad; switchblade bus list --lspci bad
! switchblade: bad:2: configuration space ends at 4096 bytes (syntax)
= 2

$ switchblade bus list --lspci /no/such/dump
! switchblade: /no/such/dump: No such file or directory (no-device)
= 5

$ switchblade --json bus list --lspci /no/such/dump
| {
|   "schema": "switchblade/bus-list/1",
|   "candidates": [],
|   "notes": [],
|   "error": {"code": "no-device", "message": "/no/such/dump: No such file or directory"}
| }
! switchblade: /no/such/dump: No such file or directory (no-device)
= 5
