# Descriptions, without touching hardware: a bus that cannot be opened does no harm.

$ switchblade reg info 'DEV1G[3]:DEV_RST_CTRL' 0x00200001
| DEV1G[3]:DEV_CFG_STATUS:DEV_RST_CTRL
| description    Port speed and the resets of its clock domains; configuration registers keep their values
| address        0x71070000
| width in bits  32
| access         rw
| value          0x00200001
|
|  BITS  FIELD       ACCESS  VALUE  MEANING    DESCRIPTION
| 21:20  SPEED_SEL   rw        0x2  MBPS_1000  Data rate of the port
|    12  PCS_TX_RST  rw        0x0             Holds the PCS transmit clock domain in reset until written 0
|     8  PCS_RX_RST  rw        0x0             Holds the PCS receive clock domain in reset until written 0
|     4  MAC_TX_RST  rw        0x0             Holds the MAC transmit clock domain in reset until written 0
|     0  MAC_RX_RST  rw        0x1             Holds the MAC receive clock domain in reset until written 0
|
| ENUMERATORS OF  VALUE  NAME       DESCRIPTION
| SPEED_SEL         0x0  MBPS_10    10 Mb/s
| SPEED_SEL         0x1  MBPS_100   100 Mb/s
| SPEED_SEL         0x2  MBPS_1000  1 Gb/s, and 2.5 Gb/s on a 2.5G SerDes
| SPEED_SEL         0x3  NO_CLOCK   Clocks off: an unused port

$ switchblade -b file:/no/such/file reg info DEV1G:DEV_RST_CTRL.SPEED_SEL MBPS_100
| DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL
| description    Port speed and the resets of its clock domains; configuration registers keep their values
| address        0x71040000
| width in bits  32
| access         rw
| value          0x00100000
|
|  BITS  FIELD      ACCESS  VALUE  MEANING   DESCRIPTION
| 21:20  SPEED_SEL  rw        0x1  MBPS_100  Data rate of the port
|
| ENUMERATORS OF  VALUE  NAME       DESCRIPTION
| SPEED_SEL         0x0  MBPS_10    10 Mb/s
| SPEED_SEL         0x1  MBPS_100   100 Mb/s
| SPEED_SEL         0x2  MBPS_1000  1 Gb/s, and 2.5 Gb/s on a 2.5G SerDes
| SPEED_SEL         0x3  NO_CLOCK   Clocks off: an unused port

$ switchblade --json reg info CHIP_ID 0x374680e9
| {
|   "schema": "switchblade/reg-info/1",
|   "device": "switch",
|   "path": "DEVCPU_GCB:CHIP_REGS:CHIP_ID",
|   "kind": "reg",
|   "title": null,
|   "description": "Identity of the chip",
|   "address": 1895890944,
|   "address_hex": "0x71010000",
|   "count": 1,
|   "width_bits": 32,
|   "access": "r",
|   "reset": 927367401,
|   "reset_hex": "0x374680e9",
|   "reset_known_mask": 4294967295,
|   "reset_known_mask_hex": "0xffffffff",
|   "value": 927367401,
|   "value_hex": "0x374680e9",
|   "fields": [
|     {"name": "REV_ID", "lsb": 28, "width_bits": 4, "access": "r", "reset": 3, "reset_hex": "0x3", "value": 3, "value_hex": "0x3", "enumerator": null, "description": "Revision, from 0", "sw": "r", "hw": "r", "onread": null, "onwrite": null, "volatile": false},
|     {"name": "PART_ID", "lsb": 12, "width_bits": 16, "access": "r", "reset": 29800, "reset_hex": "0x7468", "value": 29800, "value_hex": "0x7468", "enumerator": null, "description": "Part number", "sw": "r", "hw": "r", "onread": null, "onwrite": null, "volatile": false},
|     {"name": "MFG_ID", "lsb": 1, "width_bits": 11, "access": "r", "reset": 116, "reset_hex": "0x74", "value": 116, "value_hex": "0x74", "enumerator": null, "description": "Manufacturer", "sw": "r", "hw": "r", "onread": null, "onwrite": null, "volatile": false},
|     {"name": "ONE", "lsb": 0, "width_bits": 1, "access": "r", "reset": 1, "reset_hex": "0x1", "value": 1, "value_hex": "0x1", "enumerator": null, "description": "Always 1", "sw": "r", "hw": "r", "onread": null, "onwrite": null, "volatile": false}
|   ],
|   "enumerators": [],
|   "properties": [
|     {"name": "source", "field": "REV_ID", "value": "real parts are reported to read 0x374680e9"}
|   ]
| }

$ switchblade --raw reg info CHIP_ID 0x374680e9
| 0x3
| 0x7468
| 0x74
| 0x1

$ switchblade --json reg info 'DEV1G[0]:DEV_STICKY'
| {
|   "schema": "switchblade/reg-info/1",
|   "device": "switch",
|   "path": "DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY",
|   "kind": "reg",
|   "title": null,
|   "description": "Events of the device",
|   "address": 1896087556,
|   "address_hex": "0x71040004",
|   "count": 1,
|   "width_bits": 32,
|   "access": "rw volatile",
|   "reset": null,
|   "reset_known_mask": 0,
|   "reset_known_mask_hex": "0x00000000",
|   "fields": [
|     {"name": "SD_STICKY", "lsb": 14, "width_bits": 1, "access": "rw woclr sticky", "reset": null, "value": null, "enumerator": null, "description": "Signal detect was lost", "sw": "rw", "hw": "w", "onread": null, "onwrite": "woclr", "volatile": true},
|     {"name": "TX_TAXI_PROT_ERR_STICKY", "lsb": 12, "width_bits": 1, "access": "rw woclr sticky", "reset": null, "value": null, "enumerator": null, "description": "Protocol error on the bus from the queue system", "sw": "rw", "hw": "w", "onread": null, "onwrite": "woclr", "volatile": true},
|     {"name": "PRE_CNT_OFLW_STICKY", "lsb": 11, "width_bits": 1, "access": "rw woclr sticky", "reset": null, "value": null, "enumerator": null, "description": "A statistics pre-counter overflowed; PRE_CNT_OFLW_ID says which", "sw": "rw", "hw": "w", "onread": null, "onwrite": "woclr", "volatile": true},
|     {"name": "RX_OFLW_STICKY", "lsb": 10, "width_bits": 1, "access": "rw woclr sticky", "reset": null, "value": null, "enumerator": null, "description": "The receive FIFO overflowed", "sw": "rw", "hw": "w", "onread": null, "onwrite": "woclr", "volatile": true},
|     {"name": "TX_EOF_STICKY", "lsb": 3, "width_bits": 1, "access": "rw woclr sticky", "reset": null, "value": null, "enumerator": null, "description": "An end of frame was missing in the transmit path", "sw": "rw", "hw": "w", "onread": null, "onwrite": "woclr", "volatile": true},
|     {"name": "TX_SOF_STICKY", "lsb": 2, "width_bits": 1, "access": "rw woclr sticky", "reset": null, "value": null, "enumerator": null, "description": "A start of frame was missing in the transmit path", "sw": "rw", "hw": "w", "onread": null, "onwrite": "woclr", "volatile": true},
|     {"name": "TX_OFLW_STICKY", "lsb": 1, "width_bits": 1, "access": "rw woclr sticky", "reset": null, "value": null, "enumerator": null, "description": "The transmit FIFO overflowed", "sw": "rw", "hw": "w", "onread": null, "onwrite": "woclr", "volatile": true},
|     {"name": "TX_UFLW_STICKY", "lsb": 0, "width_bits": 1, "access": "rw woclr sticky", "reset": null, "value": null, "enumerator": null, "description": "The transmit FIFO ran empty within a frame, which was aborted", "sw": "rw", "hw": "w", "onread": null, "onwrite": "woclr", "volatile": true}
|   ],
|   "enumerators": [],
|   "properties": []
| }

$ switchblade reg info btc/ID:SCRATCH
| btc/ID:SCRATCH
| description    Free for software; nothing depends on it
| address        0x0000000c
| width in bits  32
| access         rw
| reset          0x00000000
|
| BITS  FIELD    ACCESS  RESET
| 31:0  SCRATCH  rw        0x0

$ switchblade reg info DEVCPU_GCB:SOFT_RST
| DEVCPU_GCB:CHIP_REGS:SOFT_RST
| description    Resets of the chip
| address        0x71010008
| width in bits  32
| access         rw volatile dangerous
|
| BITS  FIELD             ACCESS            DESCRIPTION
|    2  SOFT_NON_CFG_RST  rw                Reset everything but the configuration, until written 0
|    1  SOFT_SWC_RST      rw self-clearing  Reset the switch core, not the SerDes and PLLs; clears itself
|    0  SOFT_CHIP_RST     rw self-clearing  Reset the whole chip; clears itself
|
| PROPERTY   VALUE
| dangerous  1

$ switchblade --map rocker reg info TEST_DMA_CTRL
| TEST_DMA_CTRL
| description    Runs an operation on the test buffer
| address        0x00000034
| width in bits  32
| access         rw
| reset          0x00000000
|
| BITS  FIELD      ACCESS  RESET
|  2:0  OPERATION  rw        0x0
|
| ENUMERATORS OF  VALUE  NAME    DESCRIPTION
| OPERATION         0x1  CLEAR   Fill the buffer with zeros
| OPERATION         0x2  FILL    Fill the buffer with 0x96
| OPERATION         0x4  INVERT  Invert every bit of the buffer

$ switchblade reg info 0x71010000
| DEVCPU_GCB:CHIP_REGS:CHIP_ID
| description    Identity of the chip
| address        0x71010000
| width in bits  32
| access         r
| reset          0x374680e9
|
|  BITS  FIELD    ACCESS   RESET  DESCRIPTION
| 31:28  REV_ID   r          0x3  Revision, from 0
| 27:12  PART_ID  r       0x7468  Part number
|  11:1  MFG_ID   r         0x74  Manufacturer
|     0  ONE      r          0x1  Always 1
|
| PROPERTY  FIELD   VALUE
| source    REV_ID  real parts are reported to read 0x374680e9

$ switchblade reg info DEV_RST_CTRL
! switchblade: DEV_RST_CTRL is ambiguous: DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL, DEV2G5[0-28]:DEV_CFG_STATUS:DEV_RST_CTRL, DEV10G[0-3]:DEV_CFG_STATUS:DEV_RST_CTRL (not-found)
= 4

$ switchblade reg info 'DEV1G[0]:DEV_CFG_STATUS:*'
! switchblade: DEV1G[0]:DEV_CFG_STATUS:*: 7 registers or fields match; `reg list` lists them (not-found)
= 4

$ switchblade reg info 0x70fffffc
! switchblade: 0x70fffffc: the map has no register there (not-found)
= 4

$ switchblade reg info CHIP_ID 0x1_0000_0000
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID: 0x1_0000_0000 does not fit 32 bits (range)
= 2

$ switchblade reg info CHIP_ID foo
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID: "foo" is not a number (syntax)
= 2

# Lists: an array counts as one.
$ switchblade reg list 'DEV1G:DEV_CFG_STATUS'
| REGISTER                                     COUNT     ADDRESS  BITS  ACCESS            RESET  DESCRIPTION
| DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL         24  0x71040000    32  rw                       Port speed and the resets of its clock domains; configuration registers keep their values
| DEV1G[0-23]:DEV_CFG_STATUS:DEV_STICKY           24  0x71040004    32  rw volatile              Events of the device
| DEV1G[0-23]:DEV_CFG_STATUS:DEV_DBG_CFG          24  0x71040008    32  rw volatile              Fill levels, FCS handling and rate control of the transmit path
| DEV1G[0-23]:DEV_CFG_STATUS:DEV_PORT_PROTECT     24  0x7104000c    32  rw                       Port protection: send a copy of another port's egress frames
| DEV1G[0-23]:DEV_CFG_STATUS:EEE_CFG              24  0x71040010    32  rw volatile  0x0011940a  Energy Efficient Ethernet; time = 4^(value / 16) * (value % 16) us for the three timers
| DEV1G[0-23]:DEV_CFG_STATUS:PTP_CFG              24  0x71040014    32  rw                       Time stamping of the port
| DEV1G[0-23]:DEV_CFG_STATUS:PTP_EVENTS           24  0x71040018    32  rw volatile              Time-stamping events

$ switchblade reg list 'DEV1G[0,5]:DEV_RST_CTRL' 'QSYS:CALCFG:CAL_AUTO[0-1]'
| REGISTER                                 COUNT     ADDRESS  BITS  ACCESS  DESCRIPTION
| DEV1G[0..5]:DEV_CFG_STATUS:DEV_RST_CTRL      2  0x71040000    32  rw      Port speed and the resets of its clock domains; configuration registers keep their values
| QSYS:CALCFG:CAL_AUTO[0-1]                    2  0x717e03d4    32  rw      Bandwidth of 16 ports in the automatic calendar

$ switchblade --raw reg list --expand 'DEV1G[2-4]:DEV_RST_CTRL'
| DEV1G[2]:DEV_CFG_STATUS:DEV_RST_CTRL
| DEV1G[3]:DEV_CFG_STATUS:DEV_RST_CTRL
| DEV1G[4]:DEV_CFG_STATUS:DEV_RST_CTRL

$ switchblade --json reg list ID
| {
|   "schema": "switchblade/reg-list/1",
|   "registers": [
|     {"device": "btc", "path": "ID:MAGIC", "count": 1, "address": 0, "address_hex": "0x00000000", "width_bits": 32, "access": "r", "reset": 1112818481, "reset_hex": "0x42544331", "description": "Constant that says this is a backplane TDM controller: the text BTC1"},
|     {"device": "btc", "path": "ID:VERSION", "count": 1, "address": 4, "address_hex": "0x00000004", "width_bits": 32, "access": "r", "reset": 65536, "reset_hex": "0x00010000", "description": "Revision of the core"},
|     {"device": "btc", "path": "ID:CAPABILITIES", "count": 1, "address": 8, "address_hex": "0x00000008", "width_bits": 32, "access": "r", "reset": 1082146820, "reset_hex": "0x40804004", "description": "What this build of the core contains"},
|     {"device": "btc", "path": "ID:SCRATCH", "count": 1, "address": 12, "address_hex": "0x0000000c", "width_bits": 32, "access": "rw", "reset": 0, "reset_hex": "0x00000000", "description": "Free for software; nothing depends on it"}
|   ]
| }

$ switchblade reg list 'NO*SUCH'
! switchblade: nothing matches NO*SUCH (not-found)
= 4

$ switchblade --raw reg list | wc -l
| 1871

$ switchblade --raw reg list -x '*' | wc -l
| 643649

# What is at an address?
$ switchblade reg find 0x71040002
| DEVICE  REGISTER                                 ADDRESS  OFFSET  BITS  ACCESS  DESCRIPTION
| switch  DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71040000       2    32  rw      Port speed and the resets of its clock domains; configuration registers keep their values

$ switchblade --json reg find 0xc
| {
|   "schema": "switchblade/reg-find/1",
|   "registers": [
|     {"device": "btc", "path": "ID:SCRATCH", "address": 12, "address_hex": "0x0000000c", "offset_bytes": 0, "width_bits": 32, "access": "rw", "description": "Free for software; nothing depends on it"}
|   ]
| }

$ switchblade --raw reg find switch/0x71010000
| DEVCPU_GCB:CHIP_REGS:CHIP_ID

$ switchblade reg find switch/0xc
! switchblade: no map has a register at 0x0000000c (not-found)
= 4

$ switchblade reg find 0x12x
! switchblade: address: "0x12x" is not a number (syntax)
= 2

$ switchblade reg find nobody/0xc
! switchblade: no device 'nobody' on this board; there are switch, btc (not-found)
= 4

# A field that one remembers, wherever it is.
$ switchblade --raw reg list '*.SPEED_SEL'
| DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL
| DEV2G5[0-28]:DEV_CFG_STATUS:DEV_RST_CTRL
| DEV10G[0-3]:DEV_CFG_STATUS:DEV_RST_CTRL
| HSIO:RCOMP_CFG:RCOMP_CFG0

$ switchblade --raw reg list SPEED_SEL
| DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL
| DEV2G5[0-28]:DEV_CFG_STATUS:DEV_RST_CTRL
| DEV10G[0-3]:DEV_CFG_STATUS:DEV_RST_CTRL
| HSIO:RCOMP_CFG:RCOMP_CFG0

$ switchblade --raw reg list -x 'DEV1G[0]:DEV_CFG_STATUS:*.*_STICKY'
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS
