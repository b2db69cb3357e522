# Boards, buses and maps.

# Without a command and a terminal: a tour of the embedded board.
$ switchblade </dev/null | sed 's/switchblade-[A-Za-z0-9]*/switchblade-XXXXXX/; s/tmp.*switchblade-/tmp\/switchblade-/'
| $ switchblade board show
| board  bench8
| title  bench chassis with eight blades
| from   embedded
|
| DEVICE  MAP      BUS    REGISTERS
| switch  vsc7448  mock:     643649
| btc     btc      mock:       2737
|
| PORT  ROLE           MODE
|    0  blade          1000base-x
|    1  blade          1000base-x
|    2  blade          1000base-x
|    3  blade          1000base-x
|    4  blade          1000base-x
|    5  blade          1000base-x
|    6  blade          1000base-x
|    7  blade          1000base-x
|   48  management     sgmii
|   49  external       10gbase-r
|   50  inter-chassis  xaui
|   51  inter-chassis  xaui
|
| SLOT  PORT  LINK  MODE        MAC                CODING
|    1     0     0  1000base-x  02:00:00:00:00:01  idle2
|    2     1     1  1000base-x  02:00:00:00:00:02  idle2
|    3     2     2  1000base-x  02:00:00:00:00:03  idle2
|    4     3     3  1000base-x  02:00:00:00:00:04  idle2
|    5     4     4  1000base-x  02:00:00:00:00:05  idle2
|    6     5     5  1000base-x  02:00:00:00:00:06  idle2
|    7     6     6  1000base-x  02:00:00:00:00:07  idle2
|    8     7     7  1000base-x  02:00:00:00:00:08  idle2
|
| WIRE AT PORT  END   PEER
|           48  none     -
|           49  loop     -
|           50  port    51
|
| $ switchblade board check --open
| board    bench8
| title    bench chassis with eight blades
| from     embedded
| devices  2
| ports    12
| blades   8
|
| DEVICE  IDENTITY                           VALUE  STATE
| switch  DEVCPU_GCB:CHIP_REGS:CHIP_ID  0x374680e9  ok
| btc     ID:MAGIC                      0x42544331  ok
|
| $ switchblade reg read DEV1G[0]:DEV_RST_CTRL
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00000000
|  BITS  FIELD       VALUE  MEANING
| 21:20  SPEED_SEL     0x0  MBPS_10
|    12  PCS_TX_RST    0x0
|     8  PCS_RX_RST    0x0
|     4  MAC_TX_RST    0x0
|     0  MAC_RX_RST    0x0
|
| $ switchblade reg read DEV1G[0-3]:DEV_RST_CTRL.SPEED_SEL ID:MAGIC
| NAME                                               ADDRESS       VALUE  MEANING
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x71040000         0x0  MBPS_10
| DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x71050000         0x0  MBPS_10
| DEV1G[2]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x71060000         0x0  MBPS_10
| DEV1G[3]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x71070000         0x0  MBPS_10
| btc/ID:MAGIC                                    0x00000000  0x42544331
|
| $ switchblade reg dump DEV1G[0]:DEV_CFG_STATUS -o /tmp/switchblade-XXXXXX
| file       /tmp/switchblade-XXXXXX
| registers  7
|
| $ switchblade reg set DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000
| FIELD                                           OLD          NEW            REGISTER
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x0 MBPS_10  0x2 MBPS_1000  0x00000000 -> 0x00200000
|
| $ switchblade reg diff /tmp/switchblade-XXXXXX
| FIELD                                           A            B
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x0 MBPS_10  0x2 MBPS_1000
| fields that differ: 1, in 1 of 7 registers
|
| `switchblade help` lists the commands; on a terminal switchblade is a shell.

$ switchblade -b mock: </dev/null | tail -3
| switch  DEVCPU_GCB:CHIP_REGS:CHIP_ID  0x374680e9  ok
|
| `switchblade help` lists the commands; on a terminal switchblade is a shell.

$ switchblade --json </dev/null | cut -d, -f1
| {"schema":"switchblade/board-show/1"
| {"schema":"switchblade/board-check/1"
| {"schema":"switchblade/reg-read/1"
| {"schema":"switchblade/reg-read/1"
| {"schema":"switchblade/reg-dump/1"
| {"schema":"switchblade/reg-set/1"
| {"schema":"switchblade/reg-diff/1"

$ switchblade -B /no/such/board.yaml </dev/null
! switchblade: board file '/no/such/board.yaml': No such file or directory (no-device)
= 5

$ switchblade --json board show
| {
|   "schema": "switchblade/board-show/1",
|   "name": "bench8",
|   "title": "bench chassis with eight blades",
|   "source": "embedded",
|   "devices": [
|     {"name": "switch", "map": "vsc7448", "bus": "mock:", "n_instances": 643649},
|     {"name": "btc", "map": "btc", "bus": "mock:", "n_instances": 2737}
|   ],
|   "ports": [
|     {"port": 0, "role": "blade", "mode": "1000base-x"},
|     {"port": 1, "role": "blade", "mode": "1000base-x"},
|     {"port": 2, "role": "blade", "mode": "1000base-x"},
|     {"port": 3, "role": "blade", "mode": "1000base-x"},
|     {"port": 4, "role": "blade", "mode": "1000base-x"},
|     {"port": 5, "role": "blade", "mode": "1000base-x"},
|     {"port": 6, "role": "blade", "mode": "1000base-x"},
|     {"port": 7, "role": "blade", "mode": "1000base-x"},
|     {"port": 48, "role": "management", "mode": "sgmii"},
|     {"port": 49, "role": "external", "mode": "10gbase-r"},
|     {"port": 50, "role": "inter-chassis", "mode": "xaui"},
|     {"port": 51, "role": "inter-chassis", "mode": "xaui"}
|   ],
|   "blades": [
|     {"slot": 1, "port": 0, "link": 0, "mode": "1000base-x", "mac": "02:00:00:00:00:01", "coding": "idle2"},
|     {"slot": 2, "port": 1, "link": 1, "mode": "1000base-x", "mac": "02:00:00:00:00:02", "coding": "idle2"},
|     {"slot": 3, "port": 2, "link": 2, "mode": "1000base-x", "mac": "02:00:00:00:00:03", "coding": "idle2"},
|     {"slot": 4, "port": 3, "link": 3, "mode": "1000base-x", "mac": "02:00:00:00:00:04", "coding": "idle2"},
|     {"slot": 5, "port": 4, "link": 4, "mode": "1000base-x", "mac": "02:00:00:00:00:05", "coding": "idle2"},
|     {"slot": 6, "port": 5, "link": 5, "mode": "1000base-x", "mac": "02:00:00:00:00:06", "coding": "idle2"},
|     {"slot": 7, "port": 6, "link": 6, "mode": "1000base-x", "mac": "02:00:00:00:00:07", "coding": "idle2"},
|     {"slot": 8, "port": 7, "link": 7, "mode": "1000base-x", "mac": "02:00:00:00:00:08", "coding": "idle2"}
|   ],
|   "wires": [
|     {"port": 48, "end": "none", "peer": null},
|     {"port": 49, "end": "loop", "peer": null},
|     {"port": 50, "end": "port", "peer": 51}
|   ]
| }

$ switchblade -B fixtures/boards/bench24.yaml board show | tail -5
|
| WIRE AT PORT  END   PEER
|           48  none     -
|           49  port    50
|           52  loop     -

$ switchblade board check
| board    bench8
| title    bench chassis with eight blades
| from     embedded
| devices  2
| ports    12
| blades   8

$ switchblade board check fixtures/boards/bench24.yaml
| board    bench24
| title    large bench chassis with twenty-four blades
| from     fixtures/boards/bench24.yaml
| devices  2
| ports    28
| blades   24

$ switchblade --json board check --open
| {
|   "schema": "switchblade/board-check/1",
|   "mistakes": [],
|   "name": "bench8",
|   "title": "bench chassis with eight blades",
|   "source": "embedded",
|   "n_devices": 2,
|   "n_ports": 12,
|   "n_blades": 8,
|   "identities": [
|     {"name": "switch", "register": "DEVCPU_GCB:CHIP_REGS:CHIP_ID", "value": 927367401, "value_hex": "0x374680e9", "state": "ok"},
|     {"name": "btc", "register": "ID:MAGIC", "value": 1112818481, "value_hex": "0x42544331", "state": "ok"}
|   ]
| }

$ sed 's/port: 48, role/prot: 48, role/; s/slot: 3/slot: 2/' fixtures/boards/bench8.yaml > bad.yaml

$ switchblade board check bad.yaml
| MISTAKE
| bad.yaml:22: a port has no key 'prot', allowed are port, role, mode, sfp, phy
| bad.yaml:22: a port needs the key 'port'
| bad.yaml:30: the slot is that of the blade in line 29
! switchblade: 3 mistakes, the first: bad.yaml:22: a port has no key 'prot', allowed are port, role, mode, sfp, phy (syntax)
= 2

$ switchblade --json board check bad.yaml
| {
|   "schema": "switchblade/board-check/1",
|   "mistakes": [
|     {"code": "syntax", "message": "bad.yaml:22: a port has no key 'prot', allowed are port, role, mode, sfp, phy"},
|     {"code": "syntax", "message": "bad.yaml:22: a port needs the key 'port'"},
|     {"code": "syntax", "message": "bad.yaml:30: the slot is that of the blade in line 29"}
|   ],
|   "error": {"code": "syntax", "message": "3 mistakes, the first: bad.yaml:22: a port has no key 'prot', allowed are port, role, mode, sfp, phy"}
| }
! switchblade: 3 mistakes, the first: bad.yaml:22: a port has no key 'prot', allowed are port, role, mode, sfp, phy (syntax)
= 2

$ switchblade -B bad.yaml reg read CHIP_ID
! switchblade: bad.yaml:22: a port has no key 'prot', allowed are port, role, mode, sfp, phy (syntax)
= 2

$ switchblade board check missing.yaml
! switchblade: board file 'missing.yaml': No such file or directory (no-device)
= 5

$ switchblade -b mock: board check --open
| board    bus
| from     mock:
| devices  1
| ports    0
| blades   0
|
| DEVICE  IDENTITY                           VALUE  STATE
| switch  DEVCPU_GCB:CHIP_REGS:CHIP_ID  0x374680e9  ok

$ switchblade -b fault:after=1,mock: board check --open
| board    bus
| from     fault:after=1,mock:
| devices  1
| ports    0
| blades   0
|
| DEVICE  IDENTITY                      VALUE  STATE
| switch  DEVCPU_GCB:CHIP_REGS:CHIP_ID      -  DEVCPU_GCB:CHIP_REGS:CHIP_ID: read 0x71010000: injected fault: I/O error at access 1 (seed 1)
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID: read 0x71010000: injected fault: I/O error at access 1 (seed 1) (io)
= 1

$ switchblade bus info
| DEVICE  BUS    MAP          WINDOW     BYTES  STATE
| switch  mock:  vsc7448  0x70000000  33554432  open
| btc     mock:  btc      0x00000000     65536  open
|
| KIND OF BUS  WHAT FOLLOWS THE COLON
| mock         FILE[,plain][,strict][,seed=N][,si[=HZ]|,usb[=HZ]][,pad=N]  registers that behave as their description says
| file         PATH[,offset=N][,size=N]  a mapped file, offset 0 at the window's origin
| pci          BDF|VENDOR:DEVICE[,index=N][,bar=N][,shared]  the registers of a PCIe device
| usb          VID:PID[,serial=S][,channel=A][,cs=N][,clock=HZ][,pad=N]  SPI of an FTDI FT232H, FT2232H or FT4232H
| unix         PATH[,device=NAME]  a device of a running `switchblade serve --listen PATH`
| ssh          HOST[,port=N][,program=PATH],URI  a bus of another machine, over OpenSSH
| fault        KEY=VALUE,...,URI  a bus that fails on purpose, the same way each time
| record       FILE,URI  a bus whose operations are written to a trace file
| replay       FILE[,loose]  answers from a trace file that record: wrote
|
| OF BUS  PARAMETER              WHAT
| mock    plain                  without the behaviour model of the chip
| mock    strict                 an access where the map has no register fails
| mock    seed=N                 registers whose reset value is not known start with noise
| mock    si=HZ                  through the pins of the chip's serial interface (default 5 MHz)
| mock    usb=HZ                 through a model of the FT232H on USB (default 5 MHz)
| mock    wires=HZ               up to which clock the wires behind usb are good (default: any)
| mock    pad=N                  bytes of padding in reads over si and usb (default: what the clock needs)
| file    offset=N               byte of the file where the window starts (default 0)
| file    size=N                 bytes of the window (default: the map's, or what the file holds)
| pci     index=N                which of several with these ids, from 0 in the order of their places
| pci     bar=N                  the BAR that holds the registers (default 0)
| pci     shared                 also when a driver of the kernel uses the device
| usb     serial=S               serial number of the adapter, when there are several
| usb     channel=A              channel of the adapter, A or B (default A)
| usb     cs=N                   chip select: 0 (ADBUS3) the switch, 1 (ADBUS4) the BTC (default 0)
| usb     clock=HZ               of the SPI, the next slower step of 30 MHz / n (default 5 MHz)
| usb     pad=N                  bytes of padding in reads (default: what the clock needs)
| unix    device=NAME            the device of the server's board (default: the first with this map)
| ssh     port=N                 the port of sshd there (default: ssh's own configuration)
| ssh     program=PATH           the program to run there (default: switchblade, from PATH)
| fault   seed=N                 start of the random sequence, shown in the errors (default 1)
| fault   after=N                the Nth access fails, once
| fault   every=N                every Nth access fails
| fault   rate=P                 each access fails with probability P
| fault   kind=io|timeout        how they fail: not carried out, or carried out and the answer lost
| fault   on=any|read|write      which accesses after, every and rate count (default any)
| fault   drop=N                 the Nth write is lost and reported as done
| fault   stuck=ADDR:MASK:VALUE  bits of MASK in the word at ADDR always read as in VALUE
| fault   ones=N                 reads give 0xffffffff from access N on (default 1)
| fault   eights=N               reads give 0x88888888 from access N on (default 1)
| fault   unplug=N               the device is gone from access N on (default 1)
| fault   for=N                  ones, eights and unplug last N accesses (default for ever)
| fault   latency=US             each access takes US microseconds
| replay  loose                  by register, in any order

$ switchblade -b file:/no/such/file --json bus info
| {
|   "schema": "switchblade/bus-info/1",
|   "devices": [
|     {"name": "switch", "bus": "file:/no/such/file", "map": "vsc7448", "window_origin": null, "window_bytes": null, "state": "switch: file:/no/such/file: No such file or directory"}
|   ],
|   "schemes": [
|     {"scheme": "mock", "usage": "FILE[,plain][,strict][,seed=N][,si[=HZ]|,usb[=HZ]][,pad=N]  registers that behave as their description says"},
|     {"scheme": "file", "usage": "PATH[,offset=N][,size=N]  a mapped file, offset 0 at the window's origin"},
|     {"scheme": "pci", "usage": "BDF|VENDOR:DEVICE[,index=N][,bar=N][,shared]  the registers of a PCIe device"},
|     {"scheme": "usb", "usage": "VID:PID[,serial=S][,channel=A][,cs=N][,clock=HZ][,pad=N]  SPI of an FTDI FT232H, FT2232H or FT4232H"},
|     {"scheme": "unix", "usage": "PATH[,device=NAME]  a device of a running `switchblade serve --listen PATH`"},
|     {"scheme": "ssh", "usage": "HOST[,port=N][,program=PATH],URI  a bus of another machine, over OpenSSH"},
|     {"scheme": "fault", "usage": "KEY=VALUE,...,URI  a bus that fails on purpose, the same way each time"},
|     {"scheme": "record", "usage": "FILE,URI  a bus whose operations are written to a trace file"},
|     {"scheme": "replay", "usage": "FILE[,loose]  answers from a trace file that record: wrote"}
|   ],
|   "parameters": [
|     {"scheme": "mock", "name": "plain", "value": null, "help": "without the behaviour model of the chip"},
|     {"scheme": "mock", "name": "strict", "value": null, "help": "an access where the map has no register fails"},
|     {"scheme": "mock", "name": "seed", "value": "N", "help": "registers whose reset value is not known start with noise"},
|     {"scheme": "mock", "name": "si", "value": "HZ", "help": "through the pins of the chip's serial interface (default 5 MHz)"},
|     {"scheme": "mock", "name": "usb", "value": "HZ", "help": "through a model of the FT232H on USB (default 5 MHz)"},
|     {"scheme": "mock", "name": "wires", "value": "HZ", "help": "up to which clock the wires behind usb are good (default: any)"},
|     {"scheme": "mock", "name": "pad", "value": "N", "help": "bytes of padding in reads over si and usb (default: what the clock needs)"},
|     {"scheme": "file", "name": "offset", "value": "N", "help": "byte of the file where the window starts (default 0)"},
|     {"scheme": "file", "name": "size", "value": "N", "help": "bytes of the window (default: the map's, or what the file holds)"},
|     {"scheme": "pci", "name": "index", "value": "N", "help": "which of several with these ids, from 0 in the order of their places"},
|     {"scheme": "pci", "name": "bar", "value": "N", "help": "the BAR that holds the registers (default 0)"},
|     {"scheme": "pci", "name": "shared", "value": null, "help": "also when a driver of the kernel uses the device"},
|     {"scheme": "usb", "name": "serial", "value": "S", "help": "serial number of the adapter, when there are several"},
|     {"scheme": "usb", "name": "channel", "value": "A", "help": "channel of the adapter, A or B (default A)"},
|     {"scheme": "usb", "name": "cs", "value": "N", "help": "chip select: 0 (ADBUS3) the switch, 1 (ADBUS4) the BTC (default 0)"},
|     {"scheme": "usb", "name": "clock", "value": "HZ", "help": "of the SPI, the next slower step of 30 MHz / n (default 5 MHz)"},
|     {"scheme": "usb", "name": "pad", "value": "N", "help": "bytes of padding in reads (default: what the clock needs)"},
|     {"scheme": "unix", "name": "device", "value": "NAME", "help": "the device of the server's board (default: the first with this map)"},
|     {"scheme": "ssh", "name": "port", "value": "N", "help": "the port of sshd there (default: ssh's own configuration)"},
|     {"scheme": "ssh", "name": "program", "value": "PATH", "help": "the program to run there (default: switchblade, from PATH)"},
|     {"scheme": "fault", "name": "seed", "value": "N", "help": "start of the random sequence, shown in the errors (default 1)"},
|     {"scheme": "fault", "name": "after", "value": "N", "help": "the Nth access fails, once"},
|     {"scheme": "fault", "name": "every", "value": "N", "help": "every Nth access fails"},
|     {"scheme": "fault", "name": "rate", "value": "P", "help": "each access fails with probability P"},
|     {"scheme": "fault", "name": "kind", "value": "io|timeout", "help": "how they fail: not carried out, or carried out and the answer lost"},
|     {"scheme": "fault", "name": "on", "value": "any|read|write", "help": "which accesses after, every and rate count (default any)"},
|     {"scheme": "fault", "name": "drop", "value": "N", "help": "the Nth write is lost and reported as done"},
|     {"scheme": "fault", "name": "stuck", "value": "ADDR:MASK:VALUE", "help": "bits of MASK in the word at ADDR always read as in VALUE"},
|     {"scheme": "fault", "name": "ones", "value": "N", "help": "reads give 0xffffffff from access N on (default 1)"},
|     {"scheme": "fault", "name": "eights", "value": "N", "help": "reads give 0x88888888 from access N on (default 1)"},
|     {"scheme": "fault", "name": "unplug", "value": "N", "help": "the device is gone from access N on (default 1)"},
|     {"scheme": "fault", "name": "for", "value": "N", "help": "ones, eights and unplug last N accesses (default for ever)"},
|     {"scheme": "fault", "name": "latency", "value": "US", "help": "each access takes US microseconds"},
|     {"scheme": "replay", "name": "loose", "value": null, "help": "by register, in any order"}
|   ]
| }

$ switchblade bus test --count 200 | grep -v ' in us'
| device  switch
| bus     mock:
|
| identity, read again and again
|   register       DEVCPU_GCB:CHIP_REGS:CHIP_ID
|   rounds         200
|   failed         0
|   wrong          0
|   error rate     0
|
| scratch, written and read back
|   register       DEVCPU_GCB:CHIP_REGS:GPR
|   rounds         200
|   failed         0
|   wrong          0
|   error rate     0

$ switchblade bus test btc --count 10 --json | sed 's/_us": [^,]*/_us": 0/g'
| {
|   "schema": "switchblade/bus-test/1",
|   "device": "btc",
|   "bus": "mock:",
|   "identity": {"register": "ID:MAGIC", "n_rounds": 10, "n_failed": 0, "n_wrong": 0, "error_rate": 0.0, "p50_us": 0, "p90_us": 0, "p99_us": 0, "max_us": 0, "last_error": null},
|   "scratch": {"register": "ID:SCRATCH", "n_rounds": 10, "n_failed": 0, "n_wrong": 0, "error_rate": 0.0, "p50_us": 0, "p90_us": 0, "p99_us": 0, "max_us": 0, "last_error": null}
| }

$ switchblade --read-only bus test --count 10 | grep -v ' in us'
| device  switch
| bus     mock:
|
| identity, read again and again
|   register       DEVCPU_GCB:CHIP_REGS:CHIP_ID
|   rounds         10
|   failed         0
|   wrong          0
|   error rate     0
| nothing was written: --read-only

$ switchblade --map btc -b fault:every=7,mock: bus test --count 100 | grep -v ' in us'
| device  switch
| bus     fault:every=7,mock:
|
| identity, read again and again
|   register       ID:MAGIC
|   rounds         100
|   failed         14
|   wrong          0
|   error rate     0.14
|   last error     ID:MAGIC: read 0x00000000: injected fault: I/O error at access 98 (seed 1)
|
| scratch, written and read back
|   register       ID:SCRATCH
|   rounds         100
|   failed         25
|   wrong          0
|   error rate     0.25
|   last error     ID:SCRATCH: write 0x0000000c: injected fault: I/O error at access 273 (seed 1)

$ switchblade --map btc -b fault:stuck=0xc:4:4,mock: bus test --count 100 | grep -v ' in us'; echo "${PIPESTATUS[0]}"
| device  switch
| bus     fault:stuck=0xc:4:4,mock:
|
| identity, read again and again
|   register       ID:MAGIC
|   rounds         100
|   failed         0
|   wrong          0
|   error rate     0
|
| scratch, written and read back
|   register       ID:SCRATCH
|   rounds         100
|   failed         0
|   wrong          84
|   error rate     0.84
| 3

$ switchblade -b fault:rate=1,mock: bus test | grep -v ' in us'; echo "${PIPESTATUS[0]}"
| device  switch
| bus     fault:rate=1,mock:
|
| identity, read again and again
|   register       DEVCPU_GCB:CHIP_REGS:CHIP_ID
|   rounds         3
|   failed         3
|   wrong          0
|   error rate     1
|   last error     DEVCPU_GCB:CHIP_REGS:CHIP_ID: read 0x71010000: injected fault: I/O error at access 3 (seed 1)
| 1
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID: read 0x71010000: injected fault: I/O error at access 3 (seed 1) (io)

$ switchblade bus test --id ID:VERSION --scratch ID:MAGIC btc | grep -v ' in us'; echo "${PIPESTATUS[0]}"
| device  btc
| bus     mock:
|
| identity, read again and again
|   register       ID:VERSION
|   rounds         1000
|   failed         0
|   wrong          0
|   error rate     0
| 1
! switchblade: ID:MAGIC does not read back what is written (not-supported)

$ switchblade bus test nobody
! switchblade: no device 'nobody' on this board; there are switch, btc (not-found)
= 4

$ switchblade bus test --count 0
! switchblade: --count: 0 is outside 1 to 10000000 (range)
= 2

$ switchblade --raw map list
| btc
| rocker
| vsc7448

$ switchblade map info btc | grep -v -e hash -e 'database bytes'
| map                btc
| name               BTC
| description        Backplane TDM controller, an FPGA core
| window origin      0x00000000
| window bytes       65536
| registers          78
| instances          2737
| fields             127
| memories           0
| with read effects  2
| dangerous          1
|
| BLOCK    KIND     COUNT     ADDRESS  BYTES  STRIDE  DESCRIPTION
| ID       regfile      1  0x00000000     16          Who answers at this address, and is it reliable
| CONTROL  regfile      1  0x00000040     24          Reset, enable, medium, the controller's own identifier, interrupts
| FRAME    regfile      1  0x00000100     32          Shape of the bus frame, alignment, frame counters
| SLOT     regfile      1  0x00001000   6144          Who sends and who listens in each timeslot
| ARB      regfile      1  0x00002800   1296          Which requesting station gets a shared timeslot
| MESSAGE  regfile      1  0x00003000     44          Messages of software: a transmit and a receive FIFO of whole messages
| FORWARD  regfile      1  0x00003100     52          From blade to blade: the lookup, the overwrite of the initial destination, what was dropped
| TRACE    regfile      1  0x00003200     12          A record of every message that crossed the bus
| STEER    regfile      1  0x00003800   1024          From a message's type to a function, and to a blade that offers it
| BLADE    regfile     64  0x00004000    108     256  A blade: presence, identity, state, counters

$ switchblade map info | sed -n '/^registers/,/^with/p'
| registers          1871
| instances          643649
| fields             5966
| memories           0
| with read effects  62

$ switchblade map info rocker --json | sed 's/"[0-9a-f]\{16\}"/"HASH"/; s/"database_bytes": [0-9]*/"database_bytes": 0/' | head -14
| {
|   "schema": "switchblade/map-info/1",
|   "name": "rocker",
|   "title": "rocker",
|   "description": "QEMU's emulated Ethernet switch, up to 62 front-panel ports",
|   "hash": "HASH",
|   "window_origin": 0,
|   "window_origin_hex": "0x00000000",
|   "window_bytes": 8192,
|   "database_bytes": 0,
|   "n_registers": 36,
|   "n_instances": 771,
|   "n_fields": 36,
|   "n_memories": 0,

$ switchblade map info nonsense
! switchblade: no map 'nonsense'; there are btc, rocker, vsc7448, and files that end in .rdl or .regdb (not-found)
= 4

$ switchblade map diff btc btc
| no difference; registers compared: 78

$ switchblade map diff btc rocker | head -4; echo "${PIPESTATUS[0]}"
| NAME                      WHAT                A           B
| ARB:MODE                  only in A  0x00002800           -
| ARB:STATION:GRANTS        only in A  0x00002908           -
| ARB:STATION:LONGEST_WAIT  only in A  0x0000290c           -
| 3

$ printf 'addrmap m { default sw = rw; reg { field {} A[3:0] = 1; field {} B[7:4]; } R @0; reg { field {} X[31:0]; } GONE @4; reg { field {} Y[31:0]; } ARR[4] @0x10; };' > a.rdl

$ printf 'addrmap m { default sw = rw; reg { field {} A[4:0] = 2; field { sw = r; } C[7:5]; } R @8; reg { field {} X[31:0]; } NEW @4; reg { field {} Y[31:0]; } ARR[8] @0x10; };' > b.rdl

$ switchblade map diff a.rdl b.rdl
| NAME  WHAT                A           B
| ARR   count               4           8
| GONE  only in A  0x00000004           -
| NEW   only in B           -  0x00000004
| R     address    0x00000000  0x00000008
| R.A   width               4           5
| R.A   reset             0x1         0x2
| R.B   only in A           -           -
| R.C   only in B           -           -
= 3

$ switchblade --json map diff a.rdl b.rdl
| {
|   "schema": "switchblade/map-diff/1",
|   "differences": [
|     {"path": "ARR", "what": "count", "a": 4, "b": 8},
|     {"path": "GONE", "what": "only in A", "a": 4, "a_hex": "0x00000004", "b": null},
|     {"path": "NEW", "what": "only in B", "a": null, "b": 4, "b_hex": "0x00000004"},
|     {"path": "R", "what": "address", "a": 0, "a_hex": "0x00000000", "b": 8, "b_hex": "0x00000008"},
|     {"path": "R.A", "what": "width", "a": 4, "b": 5},
|     {"path": "R.A", "what": "reset", "a": 1, "a_hex": "0x1", "b": 2, "b_hex": "0x2"},
|     {"path": "R.B", "what": "only in A", "a": null, "b": null},
|     {"path": "R.C", "what": "only in B", "a": null, "b": null}
|   ]
| }
= 3

$ switchblade --map a.rdl -b mock: reg set R.A=7
| FIELD  OLD  NEW  REGISTER
| R.A    0x1  0x7  0x00000001 -> 0x00000007

$ printf 'addrmap m {\n  reg { field {} A[3:0] = 99; } R;\n};\n' > bad.rdl; switchblade map info bad.rdl
! bad.rdl:2:27: error: the reset value of 'A' needs 7 bits, the field has 4 [reset-too-wide]
!   reg { field {} A[3:0] = 99; } R;
!                           ^
! switchblade: bad.rdl:2:27: error: the reset value of 'A' needs 7 bits, the field has 4 [reset-too-wide] (syntax)
= 2

$ switchblade --map bad.rdl -b mock: reg read R
! bad.rdl:2:27: error: the reset value of 'A' needs 7 bits, the field has 4 [reset-too-wide]
!   reg { field {} A[3:0] = 99; } R;
!                           ^
! switchblade: bad.rdl:2:27: error: the reset value of 'A' needs 7 bits, the field has 4 [reset-too-wide] (syntax)
= 2

# A device that nobody hears, or that is another one, is not "ok".
$ switchblade -b fault:ones,mock: board check --open
| board    bus
| from     fault:ones,mock:
| devices  1
| ports    0
| blades   0
|
| DEVICE  IDENTITY                           VALUE  STATE
| switch  DEVCPU_GCB:CHIP_REGS:CHIP_ID  0xffffffff  DEVCPU_GCB:CHIP_REGS:CHIP_ID reads 0xffffffff: PART_ID 0xffff is not a part that this map is for
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID reads 0xffffffff: PART_ID 0xffff is not a part that this map is for (mismatch)
= 3

$ switchblade -b fault:eights,mock: --raw board check --open
| name	bus
| source	fault:eights,mock:
| n_devices	1
| n_ports	0
| n_blades	0
| switch	DEVCPU_GCB:CHIP_REGS:CHIP_ID	0x88888888	DEVCPU_GCB:CHIP_REGS:CHIP_ID reads 0x88888888: PART_ID 0x8888 is not a part that this map is for
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID reads 0x88888888: PART_ID 0x8888 is not a part that this map is for (mismatch)
= 3

$ switchblade -b fault:ones,mock: bus test --count 5 | grep -v ' in us'; echo "${PIPESTATUS[0]}"
| device  switch
| bus     fault:ones,mock:
|
| identity, read again and again
|   register       DEVCPU_GCB:CHIP_REGS:CHIP_ID
|   rounds         5
|   failed         0
|   wrong          5
|   error rate     1
|   last error     DEVCPU_GCB:CHIP_REGS:CHIP_ID reads 0xffffffff: PART_ID 0xffff is not a part that this map is for
|
| scratch, written and read back
|   register       DEVCPU_GCB:CHIP_REGS:GPR
|   rounds         5
|   failed         0
|   wrong          4
|   error rate     0.8
| 3

$ switchblade -b fault:stuck=0x71010000:0x0ffff000:0x07449000,mock: --raw board check --open
| name	bus
| source	fault:stuck=0x71010000:0x0ffff000:0x07449000,mock:
| n_devices	1
| n_ports	0
| n_blades	0
| switch	DEVCPU_GCB:CHIP_REGS:CHIP_ID	0x374490e9	ok

# A write that is lost is seen whatever the register held.
$ switchblade --map btc -b fault:drop=1,mock: bus test --count 1 | grep -v ' in us'; echo "${PIPESTATUS[0]}"
| device  switch
| bus     fault:drop=1,mock:
|
| identity, read again and again
|   register       ID:MAGIC
|   rounds         1
|   failed         0
|   wrong          0
|   error rate     0
|
| scratch, written and read back
|   register       ID:SCRATCH
|   rounds         1
|   failed         0
|   wrong          1
|   error rate     1
| 3

# Raw output of commands that have no single value: rows with tabs.
$ switchblade --raw board show | head -6
| name	bench8
| title	bench chassis with eight blades
| source	embedded
| switch	vsc7448	mock:	643649
| btc	btc	mock:	2737
| 0	blade	1000base-x

$ switchblade --raw bus info | head -3
| switch	mock:	vsc7448	0x70000000	33554432	open
| btc	mock:	btc	0x00000000	65536	open
| mock	FILE[,plain][,strict][,seed=N][,si[=HZ]|,usb[=HZ]][,pad=N]  registers that behave as their description says

# Options for compiling a map are no use for one that is linked in.
$ switchblade --map btc -D A=1 reg read ID:MAGIC
! switchblade: --define is for maps that are compiled (FILE.rdl); btc is not (syntax)
= 2

$ switchblade -P NCH=2 reg read ID:MAGIC
! switchblade: --param is for maps that are compiled (FILE.rdl); the map of the device is not (syntax)
= 2

$ switchblade --top x map info btc
! switchblade: --top is for maps that are compiled (FILE.rdl); btc is not (syntax)
= 2

$ printf 'addrmap m {\n  reg { field {} A[3:0] = 99; field {} A[5:4]; } R;\n  bogus\n};\n' > bad.rdl; switchblade --map bad.rdl -b mock: reg read R
! bad.rdl:2:40: error: 'A' is declared twice [duplicate-name]
!   reg { field {} A[3:0] = 99; field {} A[5:4]; } R;
!                                        ^
! bad.rdl:2:18: note: the first declaration of 'A' is here
!   reg { field {} A[3:0] = 99; field {} A[5:4]; } R;
!                  ^
! bad.rdl:3:3: error: 'bogus' is not a property
!   bogus
!   ^
! bad.rdl:4:1: error: expected ';' before '}'
! };
! ^
! switchblade: bad.rdl:2:40: error: 'A' is declared twice [duplicate-name] (syntax)
= 2

$ printf '`ifdef WIDE\n`define N 8\n`else\n`define N 4\n`endif\naddrmap a { reg { field {} A[`N-1:0] = 1; } R; }; addrmap b { reg { field {} A[3:0] = 2; } R; };\n' > d.rdl

$ switchblade --map d.rdl --top a -D WIDE -b mock: reg read R
| R = 0x00000001
| BITS  FIELD  VALUE
|  7:0  A        0x1

$ switchblade bus info nobody
! switchblade: bus info takes no operands (syntax)
= 2

$ switchblade map list vsc7448
! switchblade: map list takes no operands (syntax)
= 2

$ switchblade version 1
! switchblade: version takes no operands (syntax)
= 2
