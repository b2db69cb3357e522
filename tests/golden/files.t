# Dump, compare, restore.

$ switchblade -b mock:fixtures/vsc7448/dev1g-humility.regs reg dump 'DEV1G[0]:DEV_CFG_STATUS'
| @regs 1
| @map vsc7448
| @source bus, switch on mock:fixtures/vsc7448/dev1g-humility.regs
| @time 1970-01-01T00:00:00Z
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00100000
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY = 0x00004000
| DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG = 0x00000800
| DEV1G[0]:DEV_CFG_STATUS:DEV_PORT_PROTECT = 0x00000000
| DEV1G[0]:DEV_CFG_STATUS:EEE_CFG = 0x0011940a
| DEV1G[0]:DEV_CFG_STATUS:PTP_CFG = 0x00400000
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS = 0x00000000

$ switchblade -b mock:fixtures/vsc7448/dev1g-humility.regs reg dump 'DEV1G[0]:DEV_CFG_STATUS' --source 'the bench' -o out.regs && cat out.regs && ls
| file       out.regs
| registers  7
| @regs 1
| @map vsc7448
| @source the bench
| @time 1970-01-01T00:00:00Z
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00100000
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY = 0x00004000
| DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG = 0x00000800
| DEV1G[0]:DEV_CFG_STATUS:DEV_PORT_PROTECT = 0x00000000
| DEV1G[0]:DEV_CFG_STATUS:EEE_CFG = 0x0011940a
| DEV1G[0]:DEV_CFG_STATUS:PTP_CFG = 0x00400000
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS = 0x00000000
| fixtures
| out.regs

# A dump is a fixture: what mock: reads, diff compares equal.
$ switchblade -b mock:out.regs reg diff out.regs
| no difference; registers compared: 7

$ switchblade -b mock:out.regs --json reg diff out.regs live
| {
|   "schema": "switchblade/reg-diff/1",
|   "a": "out.regs",
|   "b": "live",
|   "differences": [],
|   "n_registers": 7,
|   "n_differing_registers": 0,
|   "n_fields": 0,
|   "n_volatile_fields": 0,
|   "n_only_a": 0,
|   "n_only_b": 0
| }

$ switchblade reg diff out.regs
| FIELD                                               A             B            NOTE
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL      0x1 MBPS_100  0x0 MBPS_10
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY.SD_STICKY        0x1           0x0          volatile
| DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG.TX_BUF_HIGH_WM  0x8           0x0
| DEV1G[0]:DEV_CFG_STATUS:PTP_CFG.PTP_ENA             0x1           0x0
| fields that differ: 3, in 3 of 7 registers
| volatile fields that differ: 1
= 3

$ switchblade --json reg diff out.regs
| {
|   "schema": "switchblade/reg-diff/1",
|   "a": "out.regs",
|   "b": "live",
|   "differences": [
|     {"path": "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL", "address": 1896087552, "address_hex": "0x71040000", "lsb": 20, "width_bits": 2, "a": 1, "a_hex": "0x1", "a_enumerator": "MBPS_100", "b": 0, "b_hex": "0x0", "b_enumerator": "MBPS_10", "volatile": false, "note": null},
|     {"path": "DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY.SD_STICKY", "address": 1896087556, "address_hex": "0x71040004", "lsb": 14, "width_bits": 1, "a": 1, "a_hex": "0x1", "a_enumerator": null, "b": 0, "b_hex": "0x0", "b_enumerator": null, "volatile": true, "note": "volatile"},
|     {"path": "DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG.TX_BUF_HIGH_WM", "address": 1896087560, "address_hex": "0x71040008", "lsb": 8, "width_bits": 5, "a": 8, "a_hex": "0x8", "a_enumerator": null, "b": 0, "b_hex": "0x0", "b_enumerator": null, "volatile": false, "note": null},
|     {"path": "DEV1G[0]:DEV_CFG_STATUS:PTP_CFG.PTP_ENA", "address": 1896087572, "address_hex": "0x71040014", "lsb": 22, "width_bits": 1, "a": 1, "a_hex": "0x1", "a_enumerator": null, "b": 0, "b_hex": "0x0", "b_enumerator": null, "volatile": false, "note": null}
|   ],
|   "n_registers": 7,
|   "n_differing_registers": 3,
|   "n_fields": 3,
|   "n_volatile_fields": 1,
|   "n_only_a": 0,
|   "n_only_b": 0
| }
= 3

$ switchblade --raw reg diff live out.regs
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL	0x0	0x1
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY.SD_STICKY	0x0	0x1
| DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG.TX_BUF_HIGH_WM	0x0	0x8
| DEV1G[0]:DEV_CFG_STATUS:PTP_CFG.PTP_ENA	0x0	0x1
= 3

$ switchblade reg diff --ignore-volatile out.regs
| FIELD                                               A             B
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL      0x1 MBPS_100  0x0 MBPS_10
| DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG.TX_BUF_HIGH_WM  0x8           0x0
| DEV1G[0]:DEV_CFG_STATUS:PTP_CFG.PTP_ENA             0x1           0x0
| fields that differ: 3, in 3 of 7 registers
| volatile fields that differ: 1
= 3

$ grep -v -e RST_CTRL -e STICKY -e DBG_CFG out.regs > fewer.regs; sed s/0x00100000/0x00000000/ out.regs > other.regs

$ switchblade reg diff out.regs other.regs
| FIELD                                           A             B
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x1 MBPS_100  0x0 MBPS_10
| fields that differ: 1, in 1 of 7 registers
= 3

$ switchblade reg diff fewer.regs out.regs
| FIELD                                 A  B           NOTE
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL  -  0x00100000  only in B
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY    -  0x00004000  only in B
| DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG   -  0x00000800  only in B
| fields that differ: 0, in 0 of 4 registers
| registers only in B: 3
= 3

# Masks: only these bits count.
$ printf '@regs 1\n@map vsc7448\nDEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0 & 0x00000fff\n' > mask.regs

$ switchblade reg diff --mask mask.regs out.regs other.regs
| no difference; registers compared: 7

$ switchblade reg diff --mask missing.regs out.regs other.regs
! switchblade: missing.regs: No such file or directory (no-device)
= 5

# Restore writes only what differs and skips what hardware writes.
$ switchblade -v reg restore out.regs
| written  3
| equal    2
| skipped  2
|
| LEFT OUT                            COUNT  REASON
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY      1  hardware writes it
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS      1  hardware writes it
! switch: read  DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00000000
! switch: read  DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG = 0x00000000
! switch: read  DEV1G[0]:DEV_CFG_STATUS:DEV_PORT_PROTECT = 0x00000000
! switch: read  DEV1G[0]:DEV_CFG_STATUS:EEE_CFG = 0x0011940a
! switch: read  DEV1G[0]:DEV_CFG_STATUS:PTP_CFG = 0x00000000
! switch: write DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00100000
! switch: write DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG = 0x00000800
! switch: write DEV1G[0]:DEV_CFG_STATUS:PTP_CFG = 0x00400000

$ switchblade source -
> reg restore out.regs
> reg diff out.regs --ignore-volatile
> reg restore out.regs
| written  3
| equal    2
| skipped  2
|
| LEFT OUT                            COUNT  REASON
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY      1  hardware writes it
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS      1  hardware writes it
| no difference; registers compared: 7
| written  0
| equal    5
| skipped  2
|
| LEFT OUT                            COUNT  REASON
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY      1  hardware writes it
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS      1  hardware writes it

$ switchblade --json reg restore out.regs
| {
|   "schema": "switchblade/reg-restore/1",
|   "device": "switch",
|   "n_written": 3,
|   "n_equal": 2,
|   "n_skipped": 2,
|   "left_out": [
|     {"path": "DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY", "count": 1, "reason": "hardware writes it"},
|     {"path": "DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS", "count": 1, "reason": "hardware writes it"}
|   ]
| }

$ switchblade --dry-run reg restore out.regs
| DRY RUN  REGISTER                                     OLD         NEW
| write    DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL  0x00000000  0x00100000
| write    DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG   0x00000000  0x00000800
| write    DEV1G[0]:DEV_CFG_STATUS:PTP_CFG       0x00000000  0x00400000
| to write  3
| equal     2
| skipped   2
|
| LEFT OUT                            COUNT  REASON
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY      1  hardware writes it
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS      1  hardware writes it

$ switchblade --read-only reg restore out.regs
| written  0
| equal    2
| skipped  2
| failed   0
| unknown  0
| not run  3
|
| LEFT OUT                            COUNT  REASON
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY      1  hardware writes it
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS      1  hardware writes it
! switchblade: 0 of 3 registers were written: write 0x71040000: refused, the bus is read-only (policy)
= 8

$ switchblade -b fault:after=2,on=write,mock: reg restore out.regs
| written     1
| equal       2
| skipped     2
| failed      1
| unknown     0
| not run     1
| stopped at  DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG
|
| LEFT OUT                            COUNT  REASON
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY      1  hardware writes it
| DEV1G[0]:DEV_CFG_STATUS:PTP_EVENTS      1  hardware writes it
! switchblade: 1 of 3 registers were written: DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG: write 0x71040008: injected fault: I/O error at access 7 (seed 1) (io)
= 1

# Dangerous registers are restored with a yes only, and only when they differ.
$ printf '@regs 1\n@map vsc7448\nDEVCPU_GCB:CHIP_REGS:SOFT_RST = 0x4\nDEVCPU_GCB:CHIP_REGS:GPR = 5\n' > reset.regs

$ switchblade -v reg restore reset.regs
! switch: read  DEVCPU_GCB:CHIP_REGS:GPR = 0x00000000
! switch: read  DEVCPU_GCB:CHIP_REGS:SOFT_RST = 0x00000000
! switchblade: DEVCPU_GCB:CHIP_REGS:SOFT_RST: writing it is marked dangerous; --yes allows it (policy)
= 8

$ switchblade --yes reg restore reset.regs
| written  2
| equal    0
| skipped  0

# What is left out of a dump is listed in it.
$ switchblade reg dump 'DEVCPU_ORG:DEVCPU_ORG:SEMA*'
| @regs 1
| @map vsc7448
| @source bench8, switch on mock:
| @time 1970-01-01T00:00:00Z
| DEVCPU_ORG:DEVCPU_ORG:SEMA_CFG = 0x00000000
| # DEVCPU_ORG:DEVCPU_ORG:SEMA0: reading has a side effect
| DEVCPU_ORG:DEVCPU_ORG:SEMA0_OWNER = 0x00000000
| # DEVCPU_ORG:DEVCPU_ORG:SEMA1: reading has a side effect
| DEVCPU_ORG:DEVCPU_ORG:SEMA1_OWNER = 0x00000000

$ switchblade --side-effects reg dump 'DEVCPU_ORG:DEVCPU_ORG:SEMA*' -o sema.regs
| file       sema.regs
| registers  5

$ switchblade reg dump 'DEVCPU_ORG:DEVCPU_ORG:SEMA*' -o sema.regs
| file       sema.regs
| registers  3
|
| LEFT OUT                     COUNT  REASON
| DEVCPU_ORG:DEVCPU_ORG:SEMA0      1  reading has a side effect
| DEVCPU_ORG:DEVCPU_ORG:SEMA1      1  reading has a side effect

$ switchblade --json reg dump 'DEVCPU_ORG:DEVCPU_ORG:SEMA*' -o sema.regs
| {
|   "schema": "switchblade/reg-dump/1",
|   "device": "switch",
|   "file": "sema.regs",
|   "n_registers": 3,
|   "left_out": [
|     {"path": "DEVCPU_ORG:DEVCPU_ORG:SEMA0", "count": 1, "reason": "reading has a side effect"},
|     {"path": "DEVCPU_ORG:DEVCPU_ORG:SEMA1", "count": 1, "reason": "reading has a side effect"}
|   ]
| }

$ switchblade --json reg dump 'DEVCPU_ORG:DEVCPU_ORG:SEMA*'
| {
|   "schema": "switchblade/reg-dump/1",
|   "device": "switch",
|   "registers": [
|     {"path": "DEVCPU_ORG:DEVCPU_ORG:SEMA_CFG", "address": 1895825444, "address_hex": "0x71000024", "value": 0, "value_hex": "0x00000000"},
|     {"path": "DEVCPU_ORG:DEVCPU_ORG:SEMA0_OWNER", "address": 1895825452, "address_hex": "0x7100002c", "value": 0, "value_hex": "0x00000000"},
|     {"path": "DEVCPU_ORG:DEVCPU_ORG:SEMA1_OWNER", "address": 1895825460, "address_hex": "0x71000034", "value": 0, "value_hex": "0x00000000"}
|   ],
|   "left_out": [
|     {"path": "DEVCPU_ORG:DEVCPU_ORG:SEMA0", "count": 1, "reason": "reading has a side effect"},
|     {"path": "DEVCPU_ORG:DEVCPU_ORG:SEMA1", "count": 1, "reason": "reading has a side effect"}
|   ]
| }

$ switchblade reg dump btc/ID
| @regs 1
| @map btc
| @source bench8, btc on mock:
| @time 1970-01-01T00:00:00Z
| ID:MAGIC = 0x42544331
| ID:VERSION = 0x00010000
| ID:CAPABILITIES = 0x40804004
| ID:SCRATCH = 0x00000000

# A dump that fails leaves the file alone, and nothing beside it.
$ switchblade -b fault:after=3,mock: reg dump 'DEV1G[0]:DEV_CFG_STATUS' -o out.regs; echo $?; head -3 out.regs; ls *.regs*
| 1
| @regs 1
| @map vsc7448
| @source the bench
| fewer.regs
| mask.regs
| other.regs
| out.regs
| reset.regs
| sema.regs
! switchblade: 2 registers were read: DEV1G[0]:DEV_CFG_STATUS:DEV_DBG_CFG: read 0x71040008: injected fault: I/O error at access 3 (seed 1) (io)

$ switchblade reg dump ID -o /no/such/folder/x.regs
! switchblade: /no/such/folder/x.regs: cannot be created: No such file or directory (no-device)
= 5

$ switchblade reg dump ID -o /dev/full
! switchblade: /dev/full: cannot write: No space left on device (io)
= 1

$ switchblade reg dump ID -o /dev/stdout
| @regs 1
| @map btc
| @source bench8, btc on mock:
| @time 1970-01-01T00:00:00Z
| ID:MAGIC = 0x42544331
| ID:VERSION = 0x00010000
| ID:CAPABILITIES = 0x40804004
| ID:SCRATCH = 0x00000000

# Mistakes in files.
$ switchblade reg diff missing.regs
! switchblade: missing.regs: No such file or directory (no-device)
= 5

$ switchblade reg diff live live
! switchblade: nothing to compare: both sides are live (syntax)
= 2

$ echo 'hello' > bad.regs; switchblade reg diff bad.regs
! switchblade: bad.regs:1: a register file begins with "@regs 1"; other text at column 1 (syntax)
= 2

$ printf '@regs 1\n@map vsc7448\nDEV1G[0]:NO_SUCH = 1\n' > bad.regs; switchblade reg restore bad.regs
! switchblade: bad.regs:3: no register DEV1G[0]:NO_SUCH (syntax)
= 2

$ printf '@regs 1\n@map vsc7448\nDEVCPU_GCB:CHIP_REGS:GPR = 1\nDEVCPU_GCB:CHIP_REGS:GPR = 1\n' > bad.regs; switchblade -b mock:bad.regs reg read CHIP_ID
! switchblade: switch: bad.regs:4: address 0x71010004, DEVCPU_GCB:CHIP_REGS:GPR is already on line 3 (syntax)
= 2

$ printf '@regs 1\n@map rocker\nTEST_REG = 1\n' > rocker.regs; switchblade reg diff rocker.regs
! switchblade: rocker.regs: no device of the board has the map "rocker" (not-found)
= 4

$ switchblade -b mock:rocker.regs reg diff rocker.regs
| no difference; registers compared: 1

$ switchblade -b mock:missing.regs reg read CHIP_ID
! switchblade: missing.regs: No such file or directory (no-device)
= 5

# Several devices with one map: a file does not go to the first by chance.
$ printf 'board: 1\nname: two\ndevices:\n  - {name: a, map: rocker, bus: "mock:"}\n  - {name: b, map: rocker, bus: "mock:"}\n' > two.yaml; printf '@regs 1\n@map rocker\nTEST_DMA_SIZE = 5\n' > b.regs

$ switchblade -B two.yaml reg restore b.regs
! switchblade: b.regs may be for a or for b: name the device (syntax)
= 2

$ switchblade -B two.yaml reg diff b.regs
! switchblade: b.regs may be for a or for b: name the device (syntax)
= 2

$ switchblade -B two.yaml shell
> reg restore b.regs b
> reg read a/TEST_DMA_SIZE b/TEST_DMA_SIZE --raw
> reg diff b.regs b/live
> reg diff b.regs a/live --raw
> reg diff b.regs b.regs
| written  1
| equal    0
| skipped  0
| 0x00000000
| 0x00000005
| no difference; registers compared: 1
| TEST_DMA_SIZE.BYTES	0x5	0x0
| no difference; registers compared: 1
= 3

$ switchblade reg restore out.regs btc
! switchblade: out.regs is for the map "vsc7448", btc has "btc" (mismatch)
= 3

$ switchblade reg diff out.regs nobody/live
! switchblade: no device 'nobody' on this board; there are switch, btc (not-found)
= 4

# All of a device.
$ switchblade --raw reg list 'btc/ID:*'
| btc/ID:MAGIC
| btc/ID:VERSION
| btc/ID:CAPABILITIES
| btc/ID:SCRATCH

$ switchblade --raw reg read 'btc/ID:*'
| 0x42544331
| 0x00010000
| 0x40804004
| 0x00000000

$ switchblade reg dump btc
! switchblade: btc is a device; btc/* are its registers (not-found)
= 4

# A file that names no map is for the device whose map has its names.
$ printf '@regs 1\nDEV1G[0]:DEV_RST_CTRL = 0x11\n' > bare.regs; printf '@regs 1\nID:SCRATCH = 0x11\n' > bare-btc.regs; printf '@regs 1\nNOBODY = 1\n' > bare-bad.regs

$ switchblade shell
> reg restore bare.regs
> reg restore bare-btc.regs
> reg diff bare.regs
> reg diff bare-btc.regs
> reg diff bare.regs bare.regs
| written  1
| equal    0
| skipped  0
| written  1
| equal    0
| skipped  0
| no difference; registers compared: 1
| no difference; registers compared: 1
| no difference; registers compared: 1

$ switchblade reg restore bare-bad.regs
! switchblade: bare-bad.regs:2: no register NOBODY (syntax)
= 2

$ printf '@regs 1\n0xc = 0x11\n' > raw.regs; switchblade reg restore raw.regs
! switchblade: raw.regs may be for switch or for btc: name the device (syntax)
= 2

$ switchblade --raw reg restore raw.regs btc
| n_written	1
| n_equal	0
| n_skipped	0

# Standard output by its usual name; a link stays a link.
$ switchblade reg dump btc/ID:SCRATCH -o - | tail -1
| ID:SCRATCH = 0x00000000

$ switchblade reg dump btc/ID -o ''
! switchblade: --output needs a file name (syntax)
= 2

$ ln -s target.regs link.regs; switchblade reg dump btc/ID -o link.regs; switchblade reg dump btc/ID -o link.regs; readlink link.regs; grep -c = target.regs
| file       link.regs
| registers  4
| file       link.regs
| registers  4
| target.regs
| 4
