# Waiting and watching, on the virtual clock of mock registers.

$ switchblade reg poll CHIP_ID.REV_ID==3
| DEVCPU_GCB:CHIP_REGS:CHIP_ID.REV_ID
| value       0x3
| time in us  0

$ switchblade --json reg poll CHIP_ID.PART_ID==0x7468
| {
|   "schema": "switchblade/reg-poll/1",
|   "device": "switch",
|   "path": "DEVCPU_GCB:CHIP_REGS:CHIP_ID.PART_ID",
|   "value": 29800,
|   "value_hex": "0x7468",
|   "enumerator": null,
|   "time_us": 0
| }

$ switchblade reg poll CHIP_ID.REV_ID==4 --timeout 20ms --every 5ms
| DEVCPU_GCB:CHIP_REGS:CHIP_ID.REV_ID
| value       0x3
| time in us  20000
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID.REV_ID was not 0x4 within 20 ms, last 0x3 (timeout)
= 6

$ switchblade --json reg poll CHIP_ID==1 --timeout 100us
| {
|   "schema": "switchblade/reg-poll/1",
|   "device": "switch",
|   "path": "DEVCPU_GCB:CHIP_REGS:CHIP_ID",
|   "value": 927367401,
|   "value_hex": "0x374680e9",
|   "enumerator": null,
|   "time_us": 100,
|   "error": {"code": "timeout", "message": "DEVCPU_GCB:CHIP_REGS:CHIP_ID was not 0x1 within 100 us, last 0x374680e9"}
| }
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID was not 0x1 within 100 us, last 0x374680e9 (timeout)
= 6

$ switchblade --raw reg poll 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL==MBPS_10'
| 0x0

$ switchblade reg poll CHIP_ID.REV_ID=3
! switchblade: "CHIP_ID.REV_ID=3" is not NAME==VALUE (syntax)
= 2

$ switchblade reg poll 'DEV1G[*]:DEV_RST_CTRL.SPEED_SEL==0'
! switchblade: DEV1G[*]:DEV_RST_CTRL.SPEED_SEL: poll waits for one register or field (syntax)
= 2

$ switchblade reg poll CHIP_ID.REV_ID==3 --timeout 10
! switchblade: --timeout: "10" is not a duration: a number and us, ms, s or m, like 500ms (syntax)
= 2

$ switchblade reg poll CHIP_ID.REV_ID==3 --timeout 2h
! switchblade: --timeout: "2h" is not a duration: a number and us, ms, s or m, like 500ms (syntax)
= 2

$ switchblade reg poll CHIP_ID.REV_ID==16
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID.REV_ID: 16 does not fit 4 bits (range)
= 2

$ switchblade reg poll DEVCPU_ORG:SEMA0.SEMA0==1
! switchblade: DEVCPU_ORG:DEVCPU_ORG:SEMA0: reading has a side effect; --side-effects allows it (policy)
= 8

# A polled shot stays set until the hardware is done.
$ switchblade --yes source -
> reg set DEVCPU_GCB:SOFT_RST.SOFT_CHIP_RST=1
> reg poll DEVCPU_GCB:SOFT_RST.SOFT_CHIP_RST==0 --timeout 1s
| FIELD                                        OLD  NEW  REGISTER
| DEVCPU_GCB:CHIP_REGS:SOFT_RST.SOFT_CHIP_RST  0x0  0x1  0x00000000 -> 0x00000001
| DEVCPU_GCB:CHIP_REGS:SOFT_RST.SOFT_CHIP_RST
| value       0x0
| time in us  10000

$ switchblade reg watch CHIP_ID.REV_ID btc/ID:MAGIC --count 3 --every 1s
| NAME                                      VALUE
| DEVCPU_GCB:CHIP_REGS:CHIP_ID.REV_ID         0x3
| btc/ID:MAGIC                         0x42544331

$ switchblade --json reg watch CHIP_ID.REV_ID 'DEV1G[0-1]:DEV_RST_CTRL' --count 2 --every 250ms
| {"schema":"switchblade/reg-watch/1","look":0,"time_us":0,"registers":[{"device":"switch","path":"DEVCPU_GCB:CHIP_REGS:CHIP_ID.REV_ID","value":3,"value_hex":"0x3","enumerator":null,"changed":false},{"device":"switch","path":"DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL","value":0,"value_hex":"0x00000000","enumerator":null,"changed":false},{"device":"switch","path":"DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL","value":0,"value_hex":"0x00000000","enumerator":null,"changed":false}]}
| {"schema":"switchblade/reg-watch/1","look":1,"time_us":250000,"registers":[{"device":"switch","path":"DEVCPU_GCB:CHIP_REGS:CHIP_ID.REV_ID","value":3,"value_hex":"0x3","enumerator":null,"changed":false},{"device":"switch","path":"DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL","value":0,"value_hex":"0x00000000","enumerator":null,"changed":false},{"device":"switch","path":"DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL","value":0,"value_hex":"0x00000000","enumerator":null,"changed":false}]}

$ switchblade --raw reg watch CHIP_ID --count 3
| 0x374680e9
| 0x374680e9
| 0x374680e9

# Something changes: SEMA0 is taken by the first read.
$ switchblade --side-effects reg watch DEVCPU_ORG:SEMA0 DEVCPU_ORG:SEMA1.SEMA1 --count 3
| NAME                                    VALUE
| DEVCPU_ORG:DEVCPU_ORG:SEMA0        0x00000001
| DEVCPU_ORG:DEVCPU_ORG:SEMA1.SEMA1         0x1
|     0.500 s  DEVCPU_ORG:DEVCPU_ORG:SEMA0.SEMA0  0x1 -> 0x0
|     0.500 s  DEVCPU_ORG:DEVCPU_ORG:SEMA1.SEMA1  0x1 -> 0x0

$ switchblade reg watch 'DEVCPU_ORG:DEVCPU_ORG:SEMA*' --count 1
| LEFT OUT                     COUNT  REASON
| DEVCPU_ORG:DEVCPU_ORG:SEMA0      1  reading has a side effect
| DEVCPU_ORG:DEVCPU_ORG:SEMA1      1  reading has a side effect
|
| NAME                                    VALUE
| DEVCPU_ORG:DEVCPU_ORG:SEMA_CFG     0x00000000
| DEVCPU_ORG:DEVCPU_ORG:SEMA0_OWNER  0x00000000
| DEVCPU_ORG:DEVCPU_ORG:SEMA1_OWNER  0x00000000

$ switchblade reg watch CHIP_ID --count 0
! switchblade: --count: 0 is outside 1 to 4294967295 (range)
= 2

$ switchblade reg watch CHIP_ID --every fast
! switchblade: --every: "fast" is not a duration: a number and us, ms, s or m, like 500ms (syntax)
= 2

$ switchblade reg watch
! switchblade: reg watch: too few operands; usage: reg watch NAME... (syntax)
= 2

$ switchblade -b fault:after=2,mock: reg watch CHIP_ID --count 5
| NAME                               VALUE
| DEVCPU_GCB:CHIP_REGS:CHIP_ID  0x374680e9
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID: read 0x71010000: injected fault: I/O error at access 2 (seed 1) (io)
= 1

# Without a count and with nobody looking it still takes its time, and Ctrl-C is how it ends.
$ timeout --preserve-status -s INT 1 switchblade reg watch CHIP_ID --every 100ms; echo $?
| NAME                               VALUE
| DEVCPU_GCB:CHIP_REGS:CHIP_ID  0x374680e9
| 0

# A reader that goes away is noticed though nothing changes.
$ switchblade reg watch CHIP_ID --every 1ms | head -1; echo "${PIPESTATUS[0]}"
| NAME                               VALUE
| 0

# Ctrl-C ends a script, and says where.
$ printf 'reg watch CHIP_ID --every 50ms\nreg read CHIP_ID\n' | timeout --preserve-status -s INT 1 switchblade shell
| NAME                               VALUE
| DEVCPU_GCB:CHIP_REGS:CHIP_ID  0x374680e9
! switchblade: stdin:1: stopped (interrupted)
= 1
