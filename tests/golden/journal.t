# Every write with the value before it, and taking it back. Process numbers and folders are hidden.

$ switchblade --journal a.journal source -
> reg write DEVCPU_GCB:GPR 0x11
> reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000' 'DEV1G[0]:DEV_RST_CTRL.PCS_TX_RST=1'
> reg write btc/ID:SCRATCH 7
> undo
> reg read DEVCPU_GCB:GPR 'DEV1G[0]:DEV_RST_CTRL' btc/ID:SCRATCH
> undo
| WRITTEN                      ADDRESS       VALUE
| DEVCPU_GCB:CHIP_REGS:GPR  0x71010004  0x00000011
| FIELD                                            OLD          NEW            REGISTER
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL   0x0 MBPS_10  0x2 MBPS_1000  0x00000000 -> 0x00201000
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.PCS_TX_RST  0x0          0x1            0x00000000 -> 0x00201000
| WRITTEN            ADDRESS       VALUE
| btc/ID:SCRATCH  0x0000000c  0x00000007
| restored        3
| equal           0
| not restorable  0
| changed since   0
| NAME                                     ADDRESS       VALUE
| DEVCPU_GCB:CHIP_REGS:GPR              0x71010004  0x00000000
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71040000  0x00000000
| btc/ID:SCRATCH                        0x0000000c  0x00000000
| restored        0
| equal           0
| not restorable  0
| changed since   0
| nothing is left to undo

$ sed 's/^@run [0-9]* /@run PID /' a.journal
| @journal 1
| @run PID 1970-01-01T00:00:00Z
| @device switch map vsc7448 bus mock:
| @command reg write DEVCPU_GCB:GPR 0x11
| write 1 0x71010004 0x00000000 -> 0x00000011 at 0  # DEVCPU_GCB:CHIP_REGS:GPR
| done 1
| @device switch map vsc7448 bus mock:
| @command reg set DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000 DEV1G[0]:DEV_RST_CTRL.PCS_TX_RST=1
| write 2 0x71040000 0x00000000 -> 0x00201000 at 0  # DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL
| done 2
| @device btc map btc bus mock:
| @command reg write btc/ID:SCRATCH 7
| write 3 0x0000000c 0x00000000 -> 0x00000007 at 0  # ID:SCRATCH
| done 3
| undo 3
| undone 3
| undo 2-1
| undone 2-1

# What cannot be put back is recorded as such: write-to-clear bits, shots, write-only, FIFOs.
$ switchblade -J lost.journal source -
> reg write 'DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY' 0xffffffff
> reg write ANA_AC:STAT_RESET 1
> reg write GPIO_OUT_SET 1
> reg write 'DEVCPU_QS:INJ:INJ_WR[0]' 1
> reg write 0x71010fe0 1
> reg write GPIO_OUT 0x30
> undo
| WRITTEN                                ADDRESS       VALUE
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY  0x71040004  0xffffffff
| WRITTEN                                    ADDRESS       VALUE
| ANA_AC:STAT_GLOBAL_CFG_PORT:STAT_RESET  0x71f94370  0x00000001
| WRITTEN                          ADDRESS       VALUE
| DEVCPU_GCB:GPIO:GPIO_OUT_SET  0x71010038  0x00000001
| WRITTEN                     ADDRESS       VALUE
| DEVCPU_QS:INJ:INJ_WR[0]  0x7102002c  0x00000001
| WRITTEN        ADDRESS       VALUE
| 0x71010fe0  0x71010fe0  0x00000001
| WRITTEN                      ADDRESS       VALUE
| DEVCPU_GCB:GPIO:GPIO_OUT  0x71010048  0x00000030
| restored        1
| equal           0
| not restorable  5
| changed since   0
|
| LEFT OUT                                COUNT  REASON
| DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY          1  write-to-clear bits
| ANA_AC:STAT_GLOBAL_CFG_PORT:STAT_RESET      1  one-shot bits
| DEVCPU_GCB:GPIO:GPIO_OUT_SET                1  write-only
| DEVCPU_QS:INJ:INJ_WR[0]                     1  write-only
| 0x71010fe0                                  1  not in the map

$ grep ^write lost.journal
| write 1 0x71040004 lost -> 0xffffffff at 0  # DEV1G[0]:DEV_CFG_STATUS:DEV_STICKY: write-to-clear bits
| write 2 0x71f94370 lost -> 0x00000001 at 0  # ANA_AC:STAT_GLOBAL_CFG_PORT:STAT_RESET: one-shot bits
| write 3 0x71010038 lost -> 0x00000001 at 0  # DEVCPU_GCB:GPIO:GPIO_OUT_SET: write-only
| write 4 0x7102002c lost -> 0x00000001 at 0  # DEVCPU_QS:INJ:INJ_WR[0]: write-only
| write 5 0x71010fe0 lost -> 0x00000001 at 0  # 0x71010fe0: not in the map
| write 6 0x71010048 0x00000001 -> 0x00000030 at 0  # DEVCPU_GCB:GPIO:GPIO_OUT

# Several runs append to one file. A dry run of undo leaves all as it is.
$ head -c 65536 /dev/zero >dev.bin; for value in 1 2 3; do switchblade -J b.journal -b file:dev.bin --map btc --raw reg write ID:SCRATCH $value; done
$ switchblade -J b.journal -b file:dev.bin --map btc --raw reg write CONTROL:IDENT_LO 4
$ switchblade -J b.journal -b file:dev.bin --map btc undo --dry-run
$ switchblade -b file:dev.bin --map btc --raw reg read ID:SCRATCH CONTROL:IDENT_LO
| DRY RUN  REGISTER                 OLD         NEW
| write    CONTROL:IDENT_LO  0x00000004  0x00000000
| write    ID:SCRATCH        0x00000003  0x00000002
| write    ID:SCRATCH        0x00000002  0x00000001
| write    ID:SCRATCH        0x00000001  0x00000000
| to restore      2
| equal           0
| not restorable  0
| changed since   0
| 0x00000003
| 0x00000004

# A register that somebody changed since is listed and left alone, unless --force.
$ switchblade -b file:dev.bin --map btc --raw reg write ID:SCRATCH 9; SWITCHBLADE_JOURNAL=b.journal switchblade -b file:dev.bin --map btc undo
| restored        1
| equal           0
| not restorable  0
| changed since   1
|
| CHANGED SINCE      BEFORE        LEFT         NOW
| ID:SCRATCH     0x00000000  0x00000003  0x00000009
= 3

$ switchblade -b file:dev.bin --map btc --raw reg read ID:SCRATCH CONTROL:IDENT_LO; switchblade -J b.journal -b file:dev.bin --map btc --json undo --force; switchblade -b file:dev.bin --map btc --raw reg read ID:SCRATCH
| 0x00000009
| 0x00000000
| {
|   "schema": "switchblade/undo/1",
|   "n_restored": 1,
|   "n_equal": 0,
|   "n_lost": 0,
|   "n_changed": 0,
|   "left_out": []
| }
| 0x00000000

$ switchblade -J b.journal -b file:dev.bin --map btc undo; sed 's/^@run [0-9]* /@run PID /; s/bus .*dev.bin/bus file:dev.bin/' b.journal
| restored        0
| equal           0
| not restorable  0
| changed since   0
| nothing is left to undo
| @journal 1
| @run PID 1970-01-01T00:00:00Z
| @device switch map btc bus file:dev.bin
| @command reg write ID:SCRATCH 1
| write 1 0x0000000c 0x00000000 -> 0x00000001 at 0  # ID:SCRATCH
| done 1
| @run PID 1970-01-01T00:00:00Z
| @device switch map btc bus file:dev.bin
| @command reg write ID:SCRATCH 2
| write 2 0x0000000c 0x00000001 -> 0x00000002 at 0  # ID:SCRATCH
| done 2
| @run PID 1970-01-01T00:00:00Z
| @device switch map btc bus file:dev.bin
| @command reg write ID:SCRATCH 3
| write 3 0x0000000c 0x00000002 -> 0x00000003 at 0  # ID:SCRATCH
| done 3
| @run PID 1970-01-01T00:00:00Z
| @device switch map btc bus file:dev.bin
| @command reg write CONTROL:IDENT_LO 4
| write 4 0x0000004c 0x00000000 -> 0x00000004 at 0  # CONTROL:IDENT_LO
| done 4
| undo 4
| undone 4
| undo 3-1
| undone 3-1

# A failure in the middle: what was done stands in the journal, and undo goes on from there.
$ for value in 1 2 3; do switchblade -J c.journal -b file:dev.bin --map btc --raw reg write ID:SCRATCH $value; done
$ switchblade -J c.journal -b fault:after=3,file:dev.bin --map btc undo 2>&1 | sed 's/file:[^ ]*dev/file:dev/'; exit ${PIPESTATUS[0]}
| restored        0
| equal           0
| not restorable  0
| changed since   0
| not done        1
| switchblade: after 1 register writes; undo again goes on from there: write 0x0000000c: injected fault: I/O error at access 3 (seed 1) (io)
= 1

$ switchblade -b file:dev.bin --map btc --raw reg read ID:SCRATCH; grep undo c.journal; switchblade -J c.journal -b file:dev.bin --map btc undo; switchblade -b file:dev.bin --map btc --raw reg read ID:SCRATCH
| 0x00000002
| undo 3-1
| undone 3
| restored        1
| equal           0
| not restorable  0
| changed since   0
| 0x00000000

# Writes whose outcome is not known: the program was killed in between. They are put back as the others.
$ mkfifo typed; switchblade -J d.journal -b file:dev.bin --map btc --raw shell <typed & pid=$!; exec 8>typed; echo reg write ID:SCRATCH 5 >&8; until grep -qs done d.journal; do sleep 0.01; done; { kill -9 $pid; wait $pid; } 2>/dev/null
$ sed -i /^done/d d.journal; printf 'write 2 0x0000000c 0x000000' >>d.journal
$ switchblade -J d.journal -b file:dev.bin --map btc --raw reg write ID:SCRATCH 6; grep -v ^@ d.journal; switchblade -J d.journal -b file:dev.bin --map btc undo; switchblade -b file:dev.bin --map btc --raw reg read ID:SCRATCH
| write 1 0x0000000c 0x00000000 -> 0x00000005 at 0  # ID:SCRATCH
| write 2 0x0000000c 0x00000005 -> 0x00000006 at 0  # ID:SCRATCH
| done 2
| restored        1
| equal           0
| not restorable  0
| changed since   0
| 0x00000000

# A write that fails is none.
$ switchblade -J e.journal -b fault:after=2,file:dev.bin --map btc reg write ID:SCRATCH 5
| WRITTEN        ADDRESS       VALUE  STATUS
| ID:SCRATCH  0x0000000c  0x00000005  failed
! switchblade: ID:SCRATCH: write 0x0000000c: injected fault: I/O error at access 2 (seed 1) (io)
= 1

$ grep -v ^@ e.journal; switchblade -J e.journal -b file:dev.bin --map btc --raw undo
| write 1 0x0000000c 0x00000000 -> 0x00000005 at 0  # ID:SCRATCH
| failed 1
| n_restored	0
| n_equal	0
| n_lost	0
| n_changed	0

# What is dangerous to write is dangerous to put back.
$ switchblade -J f.journal source -
> reg write ICPU_CFG:CPU_SYSTEM_CTRL:RESET 4 --yes
> undo
| WRITTEN                            ADDRESS       VALUE
| ICPU_CFG:CPU_SYSTEM_CTRL:RESET  0x70000020  0x00000004
! switchblade: stdin:2: restoring ICPU_CFG:CPU_SYSTEM_CTRL:RESET, which is dangerous, needs --yes: there is no terminal to ask on (policy)
= 8

# A chip set up from reset, and back: no register differs but those that hardware writes.
$ printf '%s\n' 'reg dump switch/* -o before.regs' 'chip init' 'link set board' 'vlan add 100 0-7' 'vlan port 0-7 --pvid=100 --untagged=100' 'port disable 3' 'undo --yes' 'reg diff before.regs' 'undo --yes' | switchblade -J init.journal source - >out; echo "exit $?"
$ sed -n '/^restored/,$p' out | grep -v volatile$ | sed 's/^\(restored\|equal\) .*/\1 N/'
| exit 3
| restored N
| equal N
| not restorable  7
| changed since   0
|
| LEFT OUT                                         COUNT  REASON
| DEVCPU_GCB:CHIP_REGS:SOFT_RST                        1  one-shot bits
| ANA_AC:STAT_GLOBAL_CFG_PORT:STAT_RESET               1  one-shot bits
| ASM:CFG:STAT_CFG                                     1  one-shot bits
| QSYS:RAM_CTRL:RAM_INIT                               1  one-shot bits
| REW:RAM_CTRL:RAM_INIT                                1  one-shot bits
| VOP:RAM_CTRL:RAM_INIT                                1  one-shot bits
| ANA_AC:RAM_CTRL:RAM_INIT                             1  one-shot bits
| ASM:RAM_CTRL:RAM_INIT                                1  one-shot bits
| DSM:RAM_CTRL:RAM_INIT                                1  one-shot bits
| ANA_AC_POL:POL_ALL_CFG:POL_ALL_CFG                   1  one-shot bits
| HSIO:MCB_SERDES6G_CFG:MCB_SERDES6G_ADDR_CFG          1  one-shot bits
| HSIO:MCB_SERDES1G_CFG:MCB_SERDES1G_ADDR_CFG          1  one-shot bits
| LRN:COMMON:AUTOAGE_CFG_1                             1  one-shot bits
| VCAP_SUPER:VCAP_CORE_CFG:VCAP_UPDATE_CTRL            1  one-shot bits
| VCAP_ES0:VCAP_CORE_CFG:VCAP_UPDATE_CTRL              1  one-shot bits
| VCAP_SUPER:VCAP_CORE_CACHE:VCAP_ACTION_DAT[0-1]      2  hardware writes it
| VCAP_ES0:VCAP_CORE_CACHE:VCAP_ACTION_DAT[2..8]       3  hardware writes it
| DEV1G[3]:PCS1G_CFG_STATUS:PCS1G_ANEG_CFG             1  one-shot bits
| XGXFI[0]:XFI_CONTROL:XFI_MODE                        1  one-shot bits
| FIELD                                                                  A    B           NOTE
| fields that differ: 0, in 0 of 630201 registers
| volatile fields that differ: 79
| restored N
| equal N
| not restorable  0
| changed since   0
| nothing is left to undo

$ printf '%s\n' 'chip init --port-map 0-7=1G' 'undo --yes' | switchblade -J si.journal -b mock:,si --raw source - | grep '^n_[lcp]'; exit ${PIPESTATUS[1]}
| n_lost	7
| n_changed	0

# The wrong device, the wrong board.
$ switchblade -J b.journal undo
! switchblade: b.journal is about switch with map btc; here it has map vsc7448 (mismatch)
= 3

$ switchblade -J b.journal -b mock: undo
! switchblade: b.journal is about switch with map btc; here it has map vsc7448 (mismatch)
= 3

$ switchblade -J a.journal -b mock: undo
! switchblade: a.journal: no device 'btc' on this board; there are switch (not-found)
= 4

$ cp dev.bin other.bin; switchblade -J c.journal -b file:other.bin --map btc undo 2>&1 | sed 's/file:[^ ]*\(dev\|other\)/file:\1/g'; exit ${PIPESTATUS[0]}
| switchblade: c.journal is about switch on file:dev.bin; here it is on file:other.bin; --force takes it for the same (mismatch)
= 3

# Files that are no journal, or not whole.
$ switchblade undo
! switchblade: undo: which journal? --journal FILE or SWITCHBLADE_JOURNAL names it (syntax)
= 2

$ switchblade -J none.journal undo
! switchblade: journal file 'none.journal': No such file or directory (no-device)
= 5

$ echo text >text; switchblade -J text undo
! switchblade: text:1: a journal begins with `@journal 1`; other text at column 1 (syntax)
= 2

$ switchblade -J text -b file:dev.bin --map btc reg write ID:SCRATCH 5
| WRITTEN        ADDRESS       VALUE  STATUS
| ID:SCRATCH  0x0000000c  0x00000005  failed
! switchblade: ID:SCRATCH: nothing was written: text:1: a journal begins with `@journal 1`; other text at column 1 (syntax)
= 2

$ printf '@journal 1\n@run 1 now\nwrite 1 0 1 -> 2 at 0\n' >bad.journal; switchblade -J bad.journal undo
! switchblade: bad.journal:3: no @device before this at column 6 (syntax)
= 2

$ printf '@journal 1\n@run 1 now\n@device switch map btc bus x\nwrite 1 0 1 -> at 0\n' >bad.journal; switchblade -J bad.journal undo
! switchblade: bad.journal:4: no `-> VALUE` at column 19 (syntax)
= 2

$ printf '@journal 1\n@run 1 now\n@device switch map btc bus x\nwrite 1 0 1 -> 2 at 0\ndone 2\n' >bad.journal; switchblade -J bad.journal undo
! switchblade: bad.journal:5: no number of a write before this at column 7 (syntax)
= 2

# A journal that cannot be written: nothing is written to the device either.
$ switchblade -J /dev/full -b file:dev.bin --map btc reg write ID:SCRATCH 5
| WRITTEN        ADDRESS       VALUE  STATUS
| ID:SCRATCH  0x0000000c  0x00000005  failed
! switchblade: ID:SCRATCH: nothing was written: journal file '/dev/full': No space left on device (io)
= 1

$ switchblade -J no/such/folder -b file:dev.bin --map btc reg write ID:SCRATCH 5
| WRITTEN        ADDRESS       VALUE  STATUS
| ID:SCRATCH  0x0000000c  0x00000005  failed
! switchblade: ID:SCRATCH: nothing was written: journal file 'no/such/folder': No such file or directory (no-device)
= 5

$ exec 9>>c.journal; flock 9; switchblade -J c.journal -b file:dev.bin --map btc reg write ID:SCRATCH 5
| WRITTEN        ADDRESS       VALUE  STATUS
| ID:SCRATCH  0x0000000c  0x00000005  failed
! switchblade: ID:SCRATCH: nothing was written: journal file 'c.journal': another process writes to it (busy)
= 7

$ switchblade -b file:dev.bin --map btc --raw reg read ID:SCRATCH
| 0x00000000

# It counts from the start.
$ switchblade source -
> reg write DEVCPU_GCB:GPR 1 --journal x.journal
! switchblade: stdin:1: --journal counts from the start: give it to switchblade itself, not to a command in the shell (syntax)
= 2
