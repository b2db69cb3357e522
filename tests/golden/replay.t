# `chip init` recorded on the mock and played back. Lines and counts of messages follow the driver: hidden.

$ switchblade -b record:init.trace,mock: --raw chip init --port-map 0-7=1G,49=10G
$ switchblade -b replay:init.trace --raw chip init --port-map 0-7=1G,49=10G
| front_ports_mbps	18000
| reserved_mbps	2250
| calendar_mbps	83750
| 10000	49	1
| 1000	0-7	8
| front_ports_mbps	18000
| reserved_mbps	2250
| calendar_mbps	83750
| 10000	49	1
| 1000	0-7	8

$ switchblade -b replay:init.trace,loose --raw chip init --port-map 0-7=1G,49=10G
| front_ports_mbps	18000
| reserved_mbps	2250
| calendar_mbps	83750
| 10000	49	1
| 1000	0-7	8

$ switchblade -b record:si.trace,mock:,si --raw chip init --port-map 0-7=1G,49=10G
$ switchblade -b replay:si.trace --raw chip init --port-map 0-7=1G,49=10G
| front_ports_mbps	18000
| reserved_mbps	2250
| calendar_mbps	83750
| 10000	49	1
| 1000	0-7	8
| front_ports_mbps	18000
| reserved_mbps	2250
| calendar_mbps	83750
| 10000	49	1
| 1000	0-7	8

$ switchblade -b replay:si.trace,loose --raw chip init --port-map 0-7=1G,49=10G
| front_ports_mbps	18000
| reserved_mbps	2250
| calendar_mbps	83750
| 10000	49	1
| 1000	0-7	8

# One value that was written is another one in the trace.
$ sed 's/= 0x00446000\( at [0-9]*  # ANA_L2:COMMON:PORT_DLB_CFG\[35\]\)/= 0x00446001\1/' init.trace >edited.trace; diff init.trace edited.trace | sed 's/^[0-9c]*$//; s/ at [0-9]*//'
$ switchblade -b replay:edited.trace chip init --port-map 0-7=1G,49=10G 2>&1 | sed 's/trace:[0-9]*:/trace:LINE:/; s/after [0-9]*/after N/'; exit ${PIPESTATUS[0]}
|
| < write 0x71e8a368 = 0x00446000  # ANA_L2:COMMON:PORT_DLB_CFG[35]
| ---
| > write 0x71e8a368 = 0x00446001  # ANA_L2:COMMON:PORT_DLB_CFG[35]
| switchblade: ANA_L2:COMMON:PORT_DLB_CFG[35]: write 0x71e8a368: edited.trace:LINE: recorded write ANA_L2:COMMON:PORT_DLB_CFG[35] (0x71e8a368) = 0x00446001, now comes write ANA_L2:COMMON:PORT_DLB_CFG[35] (0x71e8a368) = 0x00446000 (after N register writes) (mismatch)
= 3

$ switchblade -b replay:edited.trace,loose chip init --port-map 0-7=1G,49=10G 2>&1 | sed 's/trace:[0-9]*:/trace:LINE:/; s/after [0-9]*/after N/'; exit ${PIPESTATUS[0]}
| switchblade: ANA_L2:COMMON:PORT_DLB_CFG[35]: write 0x71e8a368: edited.trace:LINE: recorded write ANA_L2:COMMON:PORT_DLB_CFG[35] (0x71e8a368) = 0x00446001, now comes write ANA_L2:COMMON:PORT_DLB_CFG[35] (0x71e8a368) = 0x00446000 (after N register writes) (mismatch)
= 3

# One that was read: other writes follow, or the chip is not what it was.
$ sed 's/= 0x374680e9/= 0x12345678/' si.trace >read.trace; switchblade -b replay:read.trace chip init --port-map 0-7=1G,49=10G
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID reads 0x12345678: not a VSC7448, VSC7468 or VSC7449: check the bus and the byte order (no-device)
= 5

# The trace of another set-up, and one that ends too early.
$ switchblade -b replay:init.trace chip init --port-map 0-8=1G,49=10G 2>&1 | sed 's/trace:[0-9]*:/trace:LINE:/; s/after [0-9]*/after N/'; exit ${PIPESTATUS[0]}
| switchblade: QSYS:CALCFG:CAL_SEQ: write 0x717e03e4: init.trace:LINE: recorded write QSYS:CALCFG:CAL_SEQ (0x717e03e4) = 0x0001606b, now comes write QSYS:CALCFG:CAL_SEQ (0x717e03e4) = 0x00016011 (after N register writes) (mismatch)
= 3

$ sed "/PORT_DLB_CFG\[35\]/,\$d" init.trace >short.trace; switchblade -b replay:short.trace chip init --port-map 0-7=1G,49=10G 2>&1 | sed 's/after [0-9]*/after N/'; exit ${PIPESTATUS[0]}
| switchblade: ANA_L2:COMMON:PORT_DLB_CFG[35]: read 0x71e8a368: short.trace: now comes read ANA_L2:COMMON:PORT_DLB_CFG[35] (0x71e8a368), which was not recorded: the trace has ended (after N register writes) (mismatch)
= 3
