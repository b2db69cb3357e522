# SPDX-License-Identifier: GPL-2.0-or-later
# QEMU's switch device behind a real PCI stack, through its map.  What is expected is in QEMU's
# register guide, docs/specs/rocker, and in the command line of the machine.

$ export SWITCHBLADE_BUS=pci:1b36:0006
$ switchblade --map rocker reg read SWITCH_ID PORT_PHYS_COUNT 'BOGUS_REG[*]'
$ switchblade --map rocker reg write TEST_REG 0x01234567
$ switchblade --map rocker reg read TEST_REG
$ switchblade --map rocker reg write TEST_REG64 0x4000000012345678
$ switchblade --map rocker reg read TEST_REG64
| NAME                ADDRESS               VALUE
| SWITCH_ID        0x00000320  0x1122334455667788
| PORT_PHYS_COUNT  0x00000304          0x00000004
| BOGUS_REG[0]     0x00000000          0xdeadbabe
| BOGUS_REG[1]     0x00000004          0xdeadbabe
| BOGUS_REG[2]     0x00000008          0xdeadbabe
| BOGUS_REG[3]     0x0000000c          0xdeadbabe
| WRITTEN      ADDRESS       VALUE
| TEST_REG  0x00000010  0x01234567
| TEST_REG = 0x02468ace
| BITS  FIELD      VALUE
| 31:0  VALUE  0x2468ace
| WRITTEN        ADDRESS               VALUE
| TEST_REG64  0x00000018  0x4000000012345678
| TEST_REG64 = 0x800000002468acf0
| BITS  FIELD               VALUE
| 63:0  VALUE  0x800000002468acf0

# A link comes up with its port, and follows the cable.
$ export SWITCHBLADE_BUS=pci:1b36:0006
$ switchblade --map rocker --raw reg read PORT_PHYS_LINK_STATUS
$ switchblade --map rocker reg write PORT_PHYS_ENABLE 0b1110
$ switchblade --map rocker --raw reg read PORT_PHYS_LINK_STATUS
$ switchblade --map rocker reg watch --every=100ms PORT_PHYS_LINK_STATUS >watch 2>&1 &
$ until-seen watch 000e; host link 2 false
$ until-seen watch 0xa; host link 2 true
$ until-seen watch '' 3; kill -INT %1; wait %1; echo "exit $?"; sed 's/^ *[0-9.]* s /TIME/' watch
| 0x0000000000000000
| WRITTEN              ADDRESS               VALUE
| PORT_PHYS_ENABLE  0x00000318  0x000000000000000e
| 0x000000000000000e
| exit 0
| NAME                                VALUE
| PORT_PHYS_LINK_STATUS  0x000000000000000e
| TIME PORT_PHYS_LINK_STATUS.UP  0xe -> 0xa
| TIME PORT_PHYS_LINK_STATUS.UP  0xa -> 0xe

$ export SWITCHBLADE_BUS=pci:1b36:0006
$ switchblade --map rocker bus test --id=BOGUS_REG[0] --scratch=TEST_DMA_ADDR | grep -vE ' in us '
| device  switch
| bus     pci:1b36:0006
|
| identity, read again and again
|   register       BOGUS_REG[0]
|   rounds         1000
|   failed         0
|   wrong          0
|   error rate     0
|
| scratch, written and read back
|   register       TEST_DMA_ADDR
|   rounds         1000
|   failed         0
|   wrong          0
|   error rate     0
