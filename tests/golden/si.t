# The chip's serial interface: mock:,si puts drv/si.c and the pins of the mock chip in between.

$ switchblade -b mock:,si reg read CHIP_ID IF_CFGSTAT TWI:TWI:COMP_TYPE
| NAME                                 ADDRESS       VALUE
| DEVCPU_GCB:CHIP_REGS:CHIP_ID      0x71010000  0x374680e9
| DEVCPU_ORG:DEVCPU_ORG:IF_CFGSTAT  0x71000004  0x02000001
| TWI:TWI:COMP_TYPE                 0x701004fc  0x44570140

$ switchblade -b mock:,si=15000000 reg read IF_CFGSTAT
| DEVCPU_ORG:DEVCPU_ORG:IF_CFGSTAT = 0x02000003
|  BITS  FIELD    VALUE  MEANING
| 31:24  IF_NUM     0x2  SI
|    16  IF_STAT    0x0
|   3:0  IF_CFG     0x3

$ switchblade -b mock:,si reg set TWI:TWI:TAR.TAR=0x50
| FIELD            OLD  NEW   REGISTER
| TWI:TWI:TAR.TAR  0x0  0x50  0x00000000 -> 0x00000050

$ switchblade -b mock:,si=15000000,pad=1 reg read CHIP_ID
! switchblade: switch: the read came before its data was ready (0x88888888, IF_CFGSTAT.IF_STAT set): use more than 1 byte of padding or a clock slower than 15000000 Hz (io)
= 1

$ switchblade -b mock:,si=0 reg read CHIP_ID
! switchblade: switch: mock: si=0: want a number from 1 to 50000000 (range)
= 2

$ switchblade -b mock:,pad=16,si reg read CHIP_ID
! switchblade: switch: mock: pad=16: want a number from 0 to 15 (range)
= 2

$ switchblade -b mock:,plain,si reg read CHIP_ID
! switchblade: switch: mock: si needs the behaviour model of a VSC7448, which this device does not have (not-supported)
= 1

$ switchblade -b mock:,si reg read 0x701f0000
! switchblade: 0x701f0000: read 0x701f0000: through VCORE_ACCESS: VA_CTRL.VA_ERR is 2, the VCore bus reported an error: nothing at that address (io)
= 1

$ switchblade -b fault:eights=1,mock:,si reg read CHIP_ID
| DEVCPU_GCB:CHIP_REGS:CHIP_ID = 0x88888888
|  BITS  FIELD     VALUE
| 31:28  REV_ID      0x8
| 27:12  PART_ID  0x8888
|  11:1  MFG_ID    0x444
|     0  ONE         0x0

# A session over the pins leaves what it leaves directly: only the source line of the dumps differs.
$ printf '%s\n' 'chip init' 'link set 0-7 1000base-x' 'link set 49 10gbase-r' 'vlan add 100 0-7,49' 'reg dump DEV1G[0-7] -o dev.regs' 'reg dump ANA_CL:PORT[*] -o ana_cl.regs' 'reg dump QSYS -o qsys.regs' 'reg dump HSIO -o hsio.regs' >session
$ for bus in mock: mock:,si mock:,usb; do switchblade -e -b $bus source session >/dev/null && cat *.regs | grep -v '^@' >$bus.all && rm *.regs; done; cmp mock:.all mock:,si.all && cmp mock:.all mock:,usb.all && wc -l <mock:.all
| 3584

# The same pins behind a model of the FT232H on USB.
$ switchblade -b mock:,usb reg read CHIP_ID IF_CFGSTAT TWI:TWI:COMP_TYPE
| NAME                                 ADDRESS       VALUE
| DEVCPU_GCB:CHIP_REGS:CHIP_ID      0x71010000  0x374680e9
| DEVCPU_ORG:DEVCPU_ORG:IF_CFGSTAT  0x71000004  0x02000001
| TWI:TWI:COMP_TYPE                 0x701004fc  0x44570140

$ switchblade -b mock:,usb=15000000,pad=1 reg read CHIP_ID
! switchblade: switch: the read came before its data was ready (0x88888888, IF_CFGSTAT.IF_STAT set): use more than 1 byte of padding or a clock slower than 15000000 Hz (io)
= 1

$ switchblade -b mock:,usb --map btc reg read ID:MAGIC
| ID:MAGIC = 0x42544331
| BITS  FIELD       VALUE
| 31:0  MAGIC  0x42544331

$ switchblade -b mock:,usb,si reg read CHIP_ID
! switchblade: switch: mock: si or usb, not both (syntax)
= 2

$ switchblade -b mock:,usb=100 reg read CHIP_ID
! switchblade: switch: USB: a clock of 100 Hz; from 458 to 30000000 is possible (range)
= 2

$ switchblade -b mock:,plain,usb reg read CHIP_ID
! switchblade: switch: mock: usb needs the behaviour model of the VSC7448, which plain leaves out (not-supported)
= 1
