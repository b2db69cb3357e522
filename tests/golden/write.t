# Writing registers and setting fields, on mock registers that behave as the map says.

$ switchblade reg write btc/ID:SCRATCH 0x1234_5678
| WRITTEN            ADDRESS       VALUE
| btc/ID:SCRATCH  0x0000000c  0x12345678

$ switchblade --json reg write btc/ID:SCRATCH 0b101
| {
|   "schema": "switchblade/reg-write/1",
|   "writes": [
|     {"device": "btc", "path": "ID:SCRATCH", "address": 12, "address_hex": "0x0000000c", "value": 5, "value_hex": "0x00000005", "status": "done"}
|   ]
| }

# What is written stays for the next command of the same session.
$ switchblade source -
> reg write 'DEV1G[0]:DEV_RST_CTRL' 0x00100000
> reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000' DEV1G[0]:DEV_RST_CTRL.PCS_TX_RST=1
> reg read 'DEV1G[0]:DEV_RST_CTRL'
| WRITTEN                                  ADDRESS       VALUE
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71040000  0x00100000
| FIELD                                            OLD           NEW            REGISTER
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL   0x1 MBPS_100  0x2 MBPS_1000  0x00100000 -> 0x00201000
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.PCS_TX_RST  0x0           0x1            0x00100000 -> 0x00201000
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00201000
|  BITS  FIELD       VALUE  MEANING
| 21:20  SPEED_SEL     0x2  MBPS_1000
|    12  PCS_TX_RST    0x1
|     8  PCS_RX_RST    0x0
|     4  MAC_TX_RST    0x0
|     0  MAC_RX_RST    0x0

# A field set reads once and writes once per register.
$ switchblade -v reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=1' 'DEV1G[0]:DEV_RST_CTRL.MAC_TX_RST=1' 'DEV1G[1]:DEV_RST_CTRL.SPEED_SEL=1'
| FIELD                                            OLD          NEW           REGISTER
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL   0x0 MBPS_10  0x1 MBPS_100  0x00000000 -> 0x00100010
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.MAC_TX_RST  0x0          0x1           0x00000000 -> 0x00100010
| DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL   0x0 MBPS_10  0x1 MBPS_100  0x00000000 -> 0x00100000
! switch: read  DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00000000
! switch: read  DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00000000
! switch: write DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00100010
! switch: write DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00100000

# No read when every writable field is given.
$ switchblade -v reg set btc/ID:SCRATCH.SCRATCH=7
| FIELD                   OLD  NEW  REGISTER
| btc/ID:SCRATCH.SCRATCH  -    0x7  0x00000007
! btc: write ID:SCRATCH = 0x00000007

$ switchblade --json reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000'
| {
|   "schema": "switchblade/reg-set/1",
|   "changes": [
|     {"device": "switch", "path": "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL", "old": 0, "old_hex": "0x0", "old_enumerator": "MBPS_10", "new": 2, "new_hex": "0x2", "new_enumerator": "MBPS_1000", "register_old": 0, "register_old_hex": "0x00000000", "register_new": 2097152, "register_new_hex": "0x00200000", "status": "done"}
|   ]
| }

# Raw bits, raw addresses, both devices in one command.
$ switchblade reg set '0x71040000[21:20]=2' btc/0xc[3:0]=9
| FIELD                                        OLD  NEW  REGISTER
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL[21:20]  0x0  0x2  0x00000000 -> 0x00200000
| btc/ID:SCRATCH[3:0]                          0x0  0x9  0x00000000 -> 0x00000009

$ switchblade reg write 0x71040000 1
| WRITTEN                                  ADDRESS       VALUE
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71040000  0x00000001

# Sticky bits that a one clears are not written back.
$ switchblade -b mock:fixtures/vsc7448/dev1g-humility.regs reg set 'DEV1G[0]:DEV_STICKY.TX_UFLW_STICKY=1'
| FIELD                                              OLD  NEW  REGISTER
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY.TX_UFLW_STICKY  0x0  0x1  0x00004000 -> 0x00000001

# Patterns need a yes, and without a terminal there is nobody to ask.
$ switchblade reg write 'DEV1G[*]:DEV_RST_CTRL' 0
! switchblade: writing a pattern (24 matches) needs --yes: there is no terminal to ask on (policy)
= 8

$ switchblade reg set 'DEV1G[0-1]:DEV_RST_CTRL.SPEED_SEL=1'
! switchblade: writing a pattern (2 matches) needs --yes: there is no terminal to ask on (policy)
= 8

$ switchblade --yes reg write 'DEV1G[0-1]:DEV_RST_CTRL' 0x10
| WRITTEN                                  ADDRESS       VALUE
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71040000  0x00000010
| DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71050000  0x00000010

$ switchblade -y reg set 'DEV1G[0-1]:DEV_RST_CTRL.MAC_*_RST=1'
| FIELD                                            OLD  NEW  REGISTER
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.MAC_RX_RST  0x0  0x1  0x00000000 -> 0x00000011
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.MAC_TX_RST  0x0  0x1  0x00000000 -> 0x00000011
| DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL.MAC_RX_RST  0x0  0x1  0x00000000 -> 0x00000011
| DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL.MAC_TX_RST  0x0  0x1  0x00000000 -> 0x00000011

# Dangerous registers too.
$ switchblade reg write DEVCPU_GCB:SOFT_RST 1
! switchblade: writing DEVCPU_GCB:CHIP_REGS:SOFT_RST, which is dangerous, needs --yes: there is no terminal to ask on (policy)
= 8

$ switchblade reg set DEVCPU_GCB:SOFT_RST.SOFT_CHIP_RST=1
! switchblade: writing DEVCPU_GCB:CHIP_REGS:SOFT_RST, which is dangerous, needs --yes: there is no terminal to ask on (policy)
= 8

$ switchblade --yes reg set DEVCPU_GCB:SOFT_RST.SOFT_CHIP_RST=1
| FIELD                                        OLD  NEW  REGISTER
| DEVCPU_GCB:CHIP_REGS:SOFT_RST.SOFT_CHIP_RST  0x0  0x1  0x00000000 -> 0x00000001

$ switchblade --json reg write DEVCPU_GCB:SOFT_RST 1
| {
|   "schema": "switchblade/error/1",
|   "error": {"code": "policy", "message": "writing DEVCPU_GCB:CHIP_REGS:SOFT_RST, which is dangerous, needs --yes: there is no terminal to ask on"}
| }
! switchblade: writing DEVCPU_GCB:CHIP_REGS:SOFT_RST, which is dangerous, needs --yes: there is no terminal to ask on (policy)
= 8

# Nothing is written when any value does not fit, whichever device it is for.
$ switchblade -v reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=1' btc/ID:SCRATCH.SCRATCH=0x100000000
! switchblade: ID:SCRATCH.SCRATCH: 0x100000000 does not fit 32 bits (range)
= 2

$ switchblade reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=4'
! switchblade: DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL: 4 does not fit 2 bits (range)
= 2

$ switchblade reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_7'
! switchblade: DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL: MBPS_7 is neither a number nor a value of SPEED_SEL (MBPS_10, MBPS_100, MBPS_1000, NO_CLOCK) (syntax)
= 2

$ switchblade reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL'
! switchblade: "DEV1G[0]:DEV_RST_CTRL.SPEED_SEL" is not NAME=VALUE (syntax)
= 2

$ switchblade reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=='
! switchblade: "DEV1G[0]:DEV_RST_CTRL.SPEED_SEL==" is not NAME=VALUE (syntax)
= 2

$ switchblade reg set 'DEV1G[0]:DEV_RST_CTRL=1'
! switchblade: "DEV1G[0]:DEV_RST_CTRL=1" names no field; reg write changes whole registers (syntax)
= 2

$ switchblade reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=1' 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=2'
! switchblade: DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL: bits 0x300000 are named twice, with different values (range)
= 2

$ switchblade reg write 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL' 1
! switchblade: DEV1G[0]:DEV_RST_CTRL.SPEED_SEL names a field: a whole register is expected here (syntax)
= 2

$ switchblade reg write 'DEV1G[0]:DEV_RST_CTRL' 0x1_0000_0000
! switchblade: DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL: 0x1_0000_0000 does not fit 32 bits (range)
= 2

$ switchblade reg write 'DEV1G[0]:DEV_RST_CTRL' twelve
! switchblade: DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL: "twelve" is not a number (syntax)
= 2

# What cannot be written, or not without reading what must not be read.
$ switchblade reg write CHIP_ID 1
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID is read-only (policy)
= 8

$ switchblade reg set CHIP_ID.PART_ID=1
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID.PART_ID is read-only (policy)
= 8

# Read-only, dry run, verify.
$ switchblade --read-only reg write btc/ID:SCRATCH 1
! switchblade: ID:SCRATCH: write 0x0000000c: refused, the bus is read-only (policy)
= 8

$ switchblade --read-only --json reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=1'
| {
|   "schema": "switchblade/reg-set/1",
|   "changes": [
|     {"device": "switch", "path": "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL", "old": 0, "old_hex": "0x0", "old_enumerator": "MBPS_10", "new": 1, "new_hex": "0x1", "new_enumerator": "MBPS_100", "register_old": 0, "register_old_hex": "0x00000000", "register_new": null, "status": "not-run"}
|   ],
|   "error": {"code": "policy", "message": "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL: write 0x71040000: refused, the bus is read-only"}
| }
! switchblade: DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL: write 0x71040000: refused, the bus is read-only (policy)
= 8

$ switchblade --read-only --raw reg read CHIP_ID
| 0x374680e9

$ switchblade --dry-run reg set 'DEV1G[*]:DEV_RST_CTRL.SPEED_SEL=1' | head -4
| DRY RUN  REGISTER                                      OLD         NEW
| write    DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL   0x00000000  0x00100000
| write    DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL   0x00000000  0x00100000
| write    DEV1G[2]:DEV_CFG_STATUS:DEV_RST_CTRL   0x00000000  0x00100000

$ switchblade --dry-run --json reg write btc/ID:SCRATCH 0x55
| {
|   "schema": "switchblade/reg-write/1",
|   "dry_run": [
|     {"device": "btc", "operation": "write", "path": "ID:SCRATCH", "address": 12, "address_hex": "0x0000000c", "old": 0, "old_hex": "0x00000000", "new": 85, "new_hex": "0x00000055", "time_us": null}
|   ]
| }

# The overlay of a dry run is what later commands see.
$ switchblade --dry-run source -
> reg write btc/ID:SCRATCH 0x55
> reg set btc/0xc[7:4]=6
> reg read btc/ID:SCRATCH
| DRY RUN  REGISTER               OLD         NEW
| write    btc/ID:SCRATCH  0x00000000  0x00000055
| DRY RUN  REGISTER               OLD         NEW
| write    btc/ID:SCRATCH  0x00000055  0x00000065
| btc/ID:SCRATCH = 0x00000065
| BITS  FIELD    VALUE
| 31:0  SCRATCH   0x65

$ switchblade --dry-run reg poll CHIP_ID.REV_ID==9
| DRY RUN  REGISTER                      OLD         NEW  TIME us
| poll     DEVCPU_GCB:CHIP_REGS:CHIP_ID    -  0x90000000  1000000

$ switchblade --verify reg write btc/ID:SCRATCH 0xa5
| WRITTEN            ADDRESS       VALUE
| btc/ID:SCRATCH  0x0000000c  0x000000a5

$ switchblade --verify --map btc -b fault:stuck=0xc:4:4,mock: reg write ID:SCRATCH 0
| WRITTEN        ADDRESS       VALUE  STATUS
| ID:SCRATCH  0x0000000c  0x00000000  failed
! switchblade: ID:SCRATCH: write 0x0000000c: wrote 0x00000000, read back 0x00000004 (mask 0xffffffff) (mismatch)
= 3

$ switchblade --map btc -b fault:stuck=0xc:4:4,mock: reg write ID:SCRATCH 0
| WRITTEN        ADDRESS       VALUE
| ID:SCRATCH  0x0000000c  0x00000000

# A failure in the middle tells what was applied, register by register.
$ switchblade -y -b fault:after=2,on=write,mock: reg write 'DEV1G[0-3]:DEV_RST_CTRL' 0x10
| WRITTEN                                  ADDRESS       VALUE  STATUS
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71040000  0x00000010
| DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71050000  0x00000010  failed
| DEV1G[2]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71060000  0x00000010  not-run
| DEV1G[3]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71070000  0x00000010  not-run
! switchblade: DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL: write 0x71050000: injected fault: I/O error at access 2 (seed 1) (io)
= 1

$ switchblade -y --json -b fault:after=2,on=write,kind=timeout,mock: reg set 'DEV1G[0-3]:DEV_RST_CTRL.SPEED_SEL=1'
| {
|   "schema": "switchblade/reg-set/1",
|   "changes": [
|     {"device": "switch", "path": "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL", "old": 0, "old_hex": "0x0", "old_enumerator": "MBPS_10", "new": 1, "new_hex": "0x1", "new_enumerator": "MBPS_100", "register_old": 0, "register_old_hex": "0x00000000", "register_new": 1048576, "register_new_hex": "0x00100000", "status": "done"},
|     {"device": "switch", "path": "DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL", "old": 0, "old_hex": "0x0", "old_enumerator": "MBPS_10", "new": 1, "new_hex": "0x1", "new_enumerator": "MBPS_100", "register_old": 0, "register_old_hex": "0x00000000", "register_new": 1048576, "register_new_hex": "0x00100000", "status": "unknown"},
|     {"device": "switch", "path": "DEV1G[2]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL", "old": 0, "old_hex": "0x0", "old_enumerator": "MBPS_10", "new": 1, "new_hex": "0x1", "new_enumerator": "MBPS_100", "register_old": 0, "register_old_hex": "0x00000000", "register_new": null, "status": "not-run"},
|     {"device": "switch", "path": "DEV1G[3]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL", "old": 0, "old_hex": "0x0", "old_enumerator": "MBPS_10", "new": 1, "new_hex": "0x1", "new_enumerator": "MBPS_100", "register_old": 0, "register_old_hex": "0x00000000", "register_new": null, "status": "not-run"}
|   ],
|   "error": {"code": "timeout", "message": "1 of 4 registers were written: DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL: write 0x71050000: injected fault: no answer at access 6 (seed 1)"}
| }
! switchblade: 1 of 4 registers were written: DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL: write 0x71050000: injected fault: no answer at access 6 (seed 1) (timeout)
= 6

$ switchblade -y -b fault:after=2,on=read,mock: reg set 'DEV1G[0-3]:DEV_RST_CTRL.SPEED_SEL=1'
| FIELD                                           OLD          NEW           REGISTER  STATUS
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x0 MBPS_10  0x1 MBPS_100  -         not-run
| DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  -            0x1 MBPS_100  -         not-run
| DEV1G[2]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  -            0x1 MBPS_100  -         not-run
| DEV1G[3]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  -            0x1 MBPS_100  -         not-run
! switchblade: 0 of 4 registers were written: DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL: read 0x71050000: injected fault: I/O error at access 2 (seed 1) (io)
= 1

$ switchblade --dry-run --raw reg write 'DEV1G[0-1]:DEV_RST_CTRL' 1
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL	0x00000000	0x00000001
| DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL	0x00000000	0x00000001
