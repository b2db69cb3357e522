# Recording what crosses a bus, and playing it back.

$ switchblade -b record:set.trace,mock:,plain reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000'; cat set.trace
| FIELD                                           OLD          NEW            REGISTER
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x0 MBPS_10  0x2 MBPS_1000  0x00000000 -> 0x00200000
| @trace 1
| @map vsc7448
| @bus mock:,plain
| read 0x71040000 = 0x00000000 at 0  # DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL
| write 0x71040000 = 0x00200000 at 0  # DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL

$ switchblade -b replay:set.trace reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000'
| FIELD                                           OLD          NEW            REGISTER
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x0 MBPS_10  0x2 MBPS_1000  0x00000000 -> 0x00200000

$ switchblade -b replay:set.trace reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_100'
| FIELD                                           OLD          NEW           REGISTER                  STATUS
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x0 MBPS_10  0x1 MBPS_100  0x00000000 -> 0x00100000  failed
! switchblade: DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL: write 0x71040000: set.trace:5: recorded write DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL (0x71040000) = 0x00200000, now comes write DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL (0x71040000) = 0x00100000 (mismatch)
= 3

$ switchblade -b replay:set.trace reg read 'DEV1G[1]:DEV_RST_CTRL'
! switchblade: DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL: read 0x71050000: set.trace:4: recorded read DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL (0x71040000), now comes read DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL (0x71050000) (mismatch)
= 3

$ switchblade -b replay:set.trace,loose --raw reg read 'DEV1G[0]:DEV_RST_CTRL' 'DEV1G[0]:DEV_RST_CTRL'
| 0x00000000
| 0x00000000

$ switchblade -b replay:set.trace,loose reg read 'DEV1G[1]:DEV_RST_CTRL'
! switchblade: DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL: read 0x71050000: set.trace: now comes read DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL (0x71050000), which was not recorded (mismatch)
= 3

$ sed 's/= 0x00200000/= 0x00300000/' set.trace >edited.trace; switchblade -b replay:edited.trace reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000'
| FIELD                                           OLD          NEW            REGISTER                  STATUS
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x0 MBPS_10  0x2 MBPS_1000  0x00000000 -> 0x00200000  failed
! switchblade: DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL: write 0x71040000: edited.trace:5: recorded write DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL (0x71040000) = 0x00300000, now comes write DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL (0x71040000) = 0x00200000 (mismatch)
= 3

$ printf '@trace 1\nread 0x71010000 at 0\n' >bad.trace; switchblade -b replay:bad.trace reg read CHIP_ID
! switchblade: switch: bad.trace:2: no `= VALUE` at column 17 (syntax)
= 2

$ switchblade -b replay:none.trace reg read CHIP_ID
! switchblade: switch: trace file 'none.trace': No such file or directory (no-device)
= 5

$ switchblade -b record:set.trace reg read CHIP_ID
! switchblade: bus 'record:' needs a bus inside (syntax)
= 2
