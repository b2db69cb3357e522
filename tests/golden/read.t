# Reading and decoding.  The values of DEV1G[0] are a known answer: Oxide Computer's published
# humility documentation shows them for the first port of a real VSC7448.

$ switchblade -b mock:fixtures/vsc7448/dev1g-humility.regs reg read 'DEV1G[0]:DEV_RST_CTRL'
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00100000
|  BITS  FIELD       VALUE  MEANING
| 21:20  SPEED_SEL     0x1  MBPS_100
|    12  PCS_TX_RST    0x0
|     8  PCS_RX_RST    0x0
|     4  MAC_TX_RST    0x0
|     0  MAC_RX_RST    0x0

$ switchblade -b mock:fixtures/vsc7448/dev1g-humility.regs reg read 'DEV1G[0]:DEV_CFG_STATUS:*'
| NAME                                         ADDRESS       VALUE
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL      0x71040000  0x00100000
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY        0x71040004  0x00004000
| DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG       0x71040008  0x00000800
| DEV1G[0]:DEV_CFG_STATUS:DEV_PORT_PROTECT  0x7104000c  0x00000000
| DEV1G[0]:DEV_CFG_STATUS:EEE_CFG           0x71040010  0x0011940a
| DEV1G[0]:DEV_CFG_STATUS:PTP_CFG           0x71040014  0x00400000
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS        0x71040018  0x00000000

$ switchblade -b mock:fixtures/vsc7448/dev1g-humility.regs reg read 'DEV1G[0]:DEV_STICKY' CHIP_ID 'dev1g[0].dev_cfg_status.ptp_cfg.ptp_ena'
| NAME                                        ADDRESS       VALUE
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY       0x71040004  0x00004000
| DEVCPU_GCB:CHIP_REGS:CHIP_ID             0x71010000  0x374680e9
| DEV1G[0]:DEV_CFG_STATUS:PTP_CFG.PTP_ENA  0x71040014         0x1

$ switchblade -b mock:fixtures/vsc7448/dev1g-humility.regs --json reg read 'DEV1G[0]:DEV_RST_CTRL'
| {
|   "schema": "switchblade/reg-read/1",
|   "registers": [
|     {"device": "switch", "path": "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL", "address": 1896087552, "address_hex": "0x71040000", "lsb": 0, "width_bits": 32, "value": 1048576, "value_hex": "0x00100000", "enumerator": null, "fields": [{"name": "SPEED_SEL", "lsb": 20, "width_bits": 2, "value": 1, "value_hex": "0x1", "enumerator": "MBPS_100"}, {"name": "PCS_TX_RST", "lsb": 12, "width_bits": 1, "value": 0, "value_hex": "0x0", "enumerator": null}, {"name": "PCS_RX_RST", "lsb": 8, "width_bits": 1, "value": 0, "value_hex": "0x0", "enumerator": null}, {"name": "MAC_TX_RST", "lsb": 4, "width_bits": 1, "value": 0, "value_hex": "0x0", "enumerator": null}, {"name": "MAC_RX_RST", "lsb": 0, "width_bits": 1, "value": 0, "value_hex": "0x0", "enumerator": null}]}
|   ],
|   "left_out": []
| }

$ switchblade -b mock:fixtures/vsc7448/dev1g-humility.regs --json reg read 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL' CHIP_ID.PART_ID
| {
|   "schema": "switchblade/reg-read/1",
|   "registers": [
|     {"device": "switch", "path": "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL", "address": 1896087552, "address_hex": "0x71040000", "lsb": 20, "width_bits": 2, "value": 1, "value_hex": "0x1", "enumerator": "MBPS_100"},
|     {"device": "switch", "path": "DEVCPU_GCB:CHIP_REGS:CHIP_ID.PART_ID", "address": 1895890944, "address_hex": "0x71010000", "lsb": 12, "width_bits": 16, "value": 29800, "value_hex": "0x7468", "enumerator": null}
|   ],
|   "left_out": []
| }

$ switchblade --raw -b mock:fixtures/vsc7448/dev1g-humility.regs reg read 'DEV1G[0]:EEE_CFG' 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL'
| 0x0011940a
| 0x1

# Wildcards and index lists.
$ switchblade --raw -b mock:fixtures/vsc7448/dev1g-humility.regs reg read 'DEV1G[*]:DEV_RST_CTRL' | sort | uniq -c
|      23 0x00000000
|       1 0x00100000

$ switchblade reg read 'DEV1G[0-2,5]:PTP_*' 'DEV1G[1]:DEV_CFG_STATUS:EEE_CFG.*'
| NAME                                                  ADDRESS       VALUE
| DEV1G[0]:DEV_CFG_STATUS:PTP_CFG                    0x71040014  0x00000000
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS                 0x71040018  0x00000000
| DEV1G[1]:DEV_CFG_STATUS:PTP_CFG                    0x71050014  0x00000000
| DEV1G[1]:DEV_CFG_STATUS:PTP_EVENTS                 0x71050018  0x00000000
| DEV1G[2]:DEV_CFG_STATUS:PTP_CFG                    0x71060014  0x00000000
| DEV1G[2]:DEV_CFG_STATUS:PTP_EVENTS                 0x71060018  0x00000000
| DEV1G[5]:DEV_CFG_STATUS:PTP_CFG                    0x71090014  0x00000000
| DEV1G[5]:DEV_CFG_STATUS:PTP_EVENTS                 0x71090018  0x00000000
| DEV1G[1]:DEV_CFG_STATUS:EEE_CFG.PORT_LPI           0x71050010         0x0
| DEV1G[1]:DEV_CFG_STATUS:EEE_CFG.EEE_TIMER_HOLDOFF  0x71050010         0x5
| DEV1G[1]:DEV_CFG_STATUS:EEE_CFG.EEE_TIMER_WAKEUP   0x71050010        0x14
| DEV1G[1]:DEV_CFG_STATUS:EEE_CFG.EEE_TIMER_AGE      0x71050010        0x23
| DEV1G[1]:DEV_CFG_STATUS:EEE_CFG.EEE_ENA            0x71050010         0x0

# Raw addresses and bits, inside and outside of the map.
$ switchblade -b mock:fixtures/vsc7448/dev1g-humility.regs reg read 0x71040000 '0x71040000[21:20]'
| NAME                                            ADDRESS       VALUE
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL         0x71040000  0x00100000
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL[21:20]  0x71040000         0x1

$ switchblade reg read 0x70fffffc
| 0x70fffffc = 0x00000000

# Both devices of the board.
$ switchblade reg read switch/CHIP_ID btc/ID:MAGIC ID:VERSION.MINOR
| NAME                             ADDRESS       VALUE
| DEVCPU_GCB:CHIP_REGS:CHIP_ID  0x71010000  0x374680e9
| btc/ID:MAGIC                  0x00000000  0x42544331
| btc/ID:VERSION.MINOR          0x00000004         0x0

$ switchblade reg read nobody/CHIP_ID
! switchblade: no device 'nobody' on this board; there are switch, btc (not-found)
= 4

# A name that is ambiguous, unknown, out of range or incomplete.
$ switchblade reg read DEV_RST_CTRL
! switchblade: DEV_RST_CTRL is ambiguous: DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL, DEV2G5[0-28]:DEV_CFG_STATUS:DEV_RST_CTRL, DEV10G[0-3]:DEV_CFG_STATUS:DEV_RST_CTRL (not-found)
= 4

$ switchblade reg read 'DEV1G[0]:DEV_RST'
! switchblade: no register DEV1G[0]:DEV_RST; nearest: DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL (not-found)
= 4

$ switchblade reg read 'DEV1G[24]:DEV_RST_CTRL'
! switchblade: DEV1G[24]:DEV_RST_CTRL: DEV1G goes from [0] to [23] (range)
= 2

$ switchblade reg read 'DEV1G:DEV_RST_CTRL'
! switchblade: DEV1G is an array, DEV1G[0-23]: an index is missing ([*] means all) (syntax)
= 2

$ switchblade reg read 'DEV1G[0:DEV_RST_CTRL'
! switchblade: DEV1G[0:DEV_RST_CTRL: index expected at position 9 (syntax)
= 2

$ switchblade reg read 'NOTHING*:LIKE*'
! switchblade: nothing matches NOTHING*:LIKE* (not-found)
= 4

$ switchblade reg read 'CHIP_ID.NO_SUCH'
! switchblade: CHIP_ID has no field NO_SUCH; nearest: CHIP_ID.ONE (not-found)
= 4

$ switchblade --json reg read 'DEV1G[0]:DEV_RST'
| {
|   "schema": "switchblade/error/1",
|   "error": {"code": "not-found", "message": "no register DEV1G[0]:DEV_RST; nearest: DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL"}
| }
! switchblade: no register DEV1G[0]:DEV_RST; nearest: DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL (not-found)
= 4

$ switchblade reg read 0x71040001
! switchblade: 0x71040001: raw addresses are multiples of 4 (range)
= 2

$ switchblade reg read 0x80000000
! switchblade: 0x80000000: read 0x80000000: outside the window 0x70000000 to 0x71ffffff (range)
= 2

# Reads with side effects: refused when named, left out of patterns, allowed on request.
$ switchblade reg read DEVCPU_ORG:SEMA0
! switchblade: DEVCPU_ORG:DEVCPU_ORG:SEMA0: reading has a side effect; --side-effects allows it (policy)
= 8

$ switchblade --side-effects reg read DEVCPU_ORG:SEMA0
| DEVCPU_ORG:DEVCPU_ORG:SEMA0 = 0x00000001
| BITS  FIELD  VALUE
|    0  SEMA0    0x1

$ switchblade reg read 'DEVCPU_ORG:DEVCPU_ORG:SEMA*' CHIP_ID
| NAME                                  ADDRESS       VALUE
| DEVCPU_ORG:DEVCPU_ORG:SEMA_CFG     0x71000024  0x00000000
| DEVCPU_ORG:DEVCPU_ORG:SEMA0_OWNER  0x7100002c  0x00000000
| DEVCPU_ORG:DEVCPU_ORG:SEMA1_OWNER  0x71000034  0x00000000
| DEVCPU_GCB:CHIP_REGS:CHIP_ID       0x71010000  0x374680e9
|
| LEFT OUT                     COUNT  REASON
| DEVCPU_ORG:DEVCPU_ORG:SEMA0      1  reading has a side effect
| DEVCPU_ORG:DEVCPU_ORG:SEMA1      1  reading has a side effect

$ switchblade reg read 'SIMC:DR[*]'
| LEFT OUT            COUNT  REASON
| SIMC:SIMC:DR[0-35]     36  reading has a side effect
! switchblade: nothing was read; --side-effects allows it (policy)
= 8

$ switchblade --json reg read 'DEVCPU_ORG:DEVCPU_ORG:SEMA*' CHIP_ID
| {
|   "schema": "switchblade/reg-read/1",
|   "registers": [
|     {"device": "switch", "path": "DEVCPU_ORG:DEVCPU_ORG:SEMA_CFG", "address": 1895825444, "address_hex": "0x71000024", "lsb": 0, "width_bits": 32, "value": 0, "value_hex": "0x00000000", "enumerator": null, "fields": [{"name": "SEMA_INTR_POL", "lsb": 0, "width_bits": 2, "value": 0, "value_hex": "0x0", "enumerator": null}]},
|     {"device": "switch", "path": "DEVCPU_ORG:DEVCPU_ORG:SEMA0_OWNER", "address": 1895825452, "address_hex": "0x7100002c", "lsb": 0, "width_bits": 32, "value": 0, "value_hex": "0x00000000", "enumerator": null, "fields": [{"name": "SEMA0_OWNER", "lsb": 0, "width_bits": 32, "value": 0, "value_hex": "0x0", "enumerator": "FREE"}]},
|     {"device": "switch", "path": "DEVCPU_ORG:DEVCPU_ORG:SEMA1_OWNER", "address": 1895825460, "address_hex": "0x71000034", "lsb": 0, "width_bits": 32, "value": 0, "value_hex": "0x00000000", "enumerator": null, "fields": [{"name": "SEMA1_OWNER", "lsb": 0, "width_bits": 32, "value": 0, "value_hex": "0x0", "enumerator": "FREE"}]},
|     {"device": "switch", "path": "DEVCPU_GCB:CHIP_REGS:CHIP_ID", "address": 1895890944, "address_hex": "0x71010000", "lsb": 0, "width_bits": 32, "value": 927367401, "value_hex": "0x374680e9", "enumerator": null, "fields": [{"name": "REV_ID", "lsb": 28, "width_bits": 4, "value": 3, "value_hex": "0x3", "enumerator": null}, {"name": "PART_ID", "lsb": 12, "width_bits": 16, "value": 29800, "value_hex": "0x7468", "enumerator": null}, {"name": "MFG_ID", "lsb": 1, "width_bits": 11, "value": 116, "value_hex": "0x74", "enumerator": null}, {"name": "ONE", "lsb": 0, "width_bits": 1, "value": 1, "value_hex": "0x1", "enumerator": null}]}
|   ],
|   "left_out": [
|     {"path": "DEVCPU_ORG:DEVCPU_ORG:SEMA0", "count": 1, "reason": "reading has a side effect"},
|     {"path": "DEVCPU_ORG:DEVCPU_ORG:SEMA1", "count": 1, "reason": "reading has a side effect"}
|   ]
| }

# 64-bit registers, and a map of another chip.
$ switchblade --map rocker reg read TEST_REG64 PORT_PHYS_COUNT 'PORT[61]:TX:BASE_ADDR'
| NAME                      ADDRESS               VALUE
| TEST_REG64             0x00000018  0x0000000000000000
| PORT_PHYS_COUNT        0x00000304          0x00000000
| PORT[61]:TX:BASE_ADDR  0x00001f80  0x0000000000000000

$ switchblade --map rocker --json reg read SWITCH_ID
| {
|   "schema": "switchblade/reg-read/1",
|   "registers": [
|     {"device": "switch", "path": "SWITCH_ID", "address": 800, "address_hex": "0x00000320", "lsb": 0, "width_bits": 64, "value": 0, "value_hex": "0x0000000000000000", "enumerator": null, "fields": [{"name": "ID", "lsb": 0, "width_bits": 64, "value": 0, "value_hex": "0x0", "enumerator": null}]}
|   ],
|   "left_out": []
| }

$ switchblade --map regmaps/none.rdl reg read TEST_REG
! switchblade: bench8.yaml (embedded):13: rdlc: error: cannot read 'regmaps/none.rdl': No such file or directory (no-device)
= 5

$ switchblade --map nonsense reg read TEST_REG
! switchblade: bench8.yaml (embedded):13: no map 'nonsense'; there are btc, rocker, vsc7448, and files that end in .rdl or .regdb (not-found)
= 4

# The trace names what was touched.
$ switchblade -v reg read 'DEV1G[0]:DEV_RST_CTRL' btc/ID:MAGIC 0x71040000 >/dev/null
! switch: read  DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00000000
! btc: read  ID:MAGIC = 0x42544331
! switch: read  DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00000000

$ switchblade -v --map rocker reg read 'CMD:BASE_ADDR' >/dev/null
! switch: read  CMD:BASE_ADDR = 0x00000000
! switch: read  CMD:BASE_ADDR+4 = 0x00000000
