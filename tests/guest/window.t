# SPDX-License-Identifier: GPL-2.0-or-later
# The PCI window of the VSC7448: memory that the host has filled from register files, one of a
# mock chip that is set up and one of a real chip, and that it sees being written.

$ export SWITCHBLADE_BUS=pci:1af4:1110,bar=2
$ switchblade chip show
| chip id                0x374680e9
| part                   VSC7468
| revision               3
| initialized            yes
| memory failed          no
| core clock, MHz        250
| scheduler's cycle, ps  4000
| PLL 0 gain             6
| PLL 1 gain             6
| open ports             0-7,48-51
| front ports, Mb/s      80000
| CPU and loops, Mb/s    2250
| calendar, Mb/s         83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50

$ export SWITCHBLADE_BUS=pci:1af4:1110,bar=2
$ switchblade reg diff fixtures/vsc7448/dev1g-humility.regs
$ switchblade reg diff $GUEST/chip.regs; echo "exit $?"
$ switchblade reg dump 'DEV1G[0]:DEV_CFG_STATUS' | grep -v '^@time'
| no difference; registers compared: 7
| FIELD                                               A              B             NOTE
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL      0x2 MBPS_1000  0x1 MBPS_100
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY.SD_STICKY        0x0            0x1           volatile
| DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG.TX_BUF_HIGH_WM  0x0            0x8
| DEV1G[0]:DEV_CFG_STATUS:PTP_CFG.PTP_ENA             0x0            0x1
| fields that differ: 3, in 3 of 630201 registers
| volatile fields that differ: 1
| exit 3
| @regs 1
| @map vsc7448
| @source bus, switch on pci:1af4:1110,bar=2
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00100000
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY = 0x00004000
| DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG = 0x00000800
| DEV1G[0]:DEV_CFG_STATUS:DEV_PORT_PROTECT = 0x00000000
| DEV1G[0]:DEV_CFG_STATUS:EEE_CFG = 0x0011940a
| DEV1G[0]:DEV_CFG_STATUS:PTP_CFG = 0x00400000
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS = 0x00000000

# Both ways: the host sees a write at once, and so does a reader what the host wrote.
$ export SWITCHBLADE_BUS=pci:1af4:1110,bar=2
$ host word 0x1040000
$ switchblade reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000'
$ host word 0x1040000
$ host poke 0x1040000 0x00100110
$ switchblade reg read 'DEV1G[0]:DEV_RST_CTRL'
| 0x00100000
| FIELD                                           OLD           NEW            REGISTER
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x1 MBPS_100  0x2 MBPS_1000  0x00100000 -> 0x00200000
| 0x00200000
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00100110
|  BITS  FIELD       VALUE  MEANING
| 21:20  SPEED_SEL     0x1  MBPS_100
|    12  PCS_TX_RST    0x0
|     8  PCS_RX_RST    0x1
|     4  MAC_TX_RST    0x1
|     0  MAC_RX_RST    0x0
