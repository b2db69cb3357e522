# The unmodified switchblade on libusb, with models of FTDI adapters behind umockdev's usbfs.
# ft232h_umockdev also fails (99) when the program leaves an interface claimed, a transfer under
# way, a pin driven, or the kernel's driver off.

$ ft232h_umockdev -- switchblade -b usb:0403:6014 reg read CHIP_ID IF_CFGSTAT TWI:TWI:COMP_TYPE
| NAME                                 ADDRESS       VALUE
| DEVCPU_GCB:CHIP_REGS:CHIP_ID      0x71010000  0x374680e9
| DEVCPU_ORG:DEVCPU_ORG:IF_CFGSTAT  0x71000004  0x02000001
| TWI:TWI:COMP_TYPE                 0x701004fc  0x44570140

$ ft232h_umockdev -- switchblade -b usb:0403:6014,clock=15000000 reg read IF_CFGSTAT
| DEVCPU_ORG:DEVCPU_ORG:IF_CFGSTAT = 0x02000003
|  BITS  FIELD    VALUE  MEANING
| 31:24  IF_NUM     0x2  SI
|    16  IF_STAT    0x0
|   3:0  IF_CFG     0x3

$ ft232h_umockdev -- switchblade -b usb:0403:6014,clock=15000000,pad=1 reg read CHIP_ID
! switchblade: switch: the read came before its data was ready (0x88888888, IF_CFGSTAT.IF_STAT set): use more than 1 byte of padding or a clock slower than 15000000 Hz (io)
= 1

# The whole initialization; the driver of the kernel is taken off, and back on at the end.
$ ft232h_umockdev -d -- switchblade -b usb:0403:6014 chip init
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50

# The driver of the kernel is put back after a failure, too.
$ ft232h_umockdev -d -- switchblade -b usb:0403:6014,clock=15000000,pad=0 reg read CHIP_ID
! switchblade: switch: the read came before its data was ready (0x88888888, IF_CFGSTAT.IF_STAT set): use more than 0 bytes of padding or a clock slower than 15000000 Hz (io)
= 1

# A session leaves what it leaves without USB.
$ printf '%s\n' 'chip init' 'link set 0-7 1000base-x' 'link set 49 10gbase-r' 'vlan add 100 0-7,49' 'reg dump DEV1G[0-7] -o dev.regs' 'reg dump ANA_CL:PORT[*] -o ana_cl.regs' 'reg dump QSYS -o qsys.regs' >session
$ switchblade -e -b mock: source session >/dev/null && cat *.regs | grep -v '^@' >direct.all && rm *.regs
$ ft232h_umockdev -- switchblade -e -b usb:0403:6014 source session >/dev/null && cat *.regs | grep -v '^@' >usb.all && cmp direct.all usb.all && wc -l <usb.all
| 3479

# The BTC is behind the other chip select; both devices of a board share the adapter.
$ ft232h_umockdev -- switchblade -b usb:0403:6014,cs=1 --map btc reg read ID:MAGIC
| ID:MAGIC = 0x42544331
| BITS  FIELD       VALUE
| 31:0  MAGIC  0x42544331

$ printf '%s\n' 'board: 1' 'name: both' 'title: one adapter, two chip selects' 'devices:' '  - name: switch' '    map: vsc7448' '    bus: "usb:0403:6014,cs=0,clock=15000000"' '    window: {origin: 0x70000000, size: 0x2000000}' '  - name: btc' '    map: btc' '    bus: "usb:0403:6014,cs=1,clock=6000000"' '    window: {origin: 0, size: 0x10000}' >both.yaml
$ ft232h_umockdev -- switchblade -B both.yaml reg read switch/CHIP_ID btc/ID:MAGIC switch/CHIP_ID
| NAME                             ADDRESS       VALUE
| DEVCPU_GCB:CHIP_REGS:CHIP_ID  0x71010000  0x374680e9
| btc/ID:MAGIC                  0x00000000  0x42544331
| DEVCPU_GCB:CHIP_REGS:CHIP_ID  0x71010000  0x374680e9

# Which adapter.
$ ft232h_umockdev -s A1 -s A2 -- switchblade -b usb:0403:6014,serial=A2 --raw reg read CHIP_ID
| 0x374680e9

$ ft232h_umockdev -s A1 -s A2 -- switchblade -b usb:0403:6014 reg read CHIP_ID
! switchblade: switch: USB: 2 devices 0403:6014, give serial=: A1 at 1-1, A2 at 1-2 (state)
= 1

$ ft232h_umockdev -s A1 -s A2 -- switchblade -b usb:0403:6014,serial=A3 reg read CHIP_ID
! switchblade: switch: USB: no device 0403:6014 with serial number A3; there is A1 at 1-1, A2 at 1-2 (no-device)
= 5

$ ft232h_umockdev -k 2232H -- switchblade -b usb:0403:6014 reg read CHIP_ID
! switchblade: switch: USB: no device 0403:6014: check cable and power (lsusb lists what is there) (no-device)
= 5

$ ft232h_umockdev -k 2232H -- switchblade -b usb:0403:6010 --raw reg read CHIP_ID
| 0x374680e9

# Channel B has nothing on its pins.
$ ft232h_umockdev -k 2232H -- switchblade -b usb:0403:6010,channel=B reg read CHIP_ID
! switchblade: switch: SI: after set-up IF_CTRL reads 0xffffffff (want 1 in bits 3:0) and IF_CFGSTAT 0xffffffff (want IF_NUM 2, IF_CFG 1): nothing answers: check power, wiring and chip select (no-device)
= 5

$ ft232h_umockdev -k 4232H -- switchblade -b usb:0403:6011,channel=C reg read CHIP_ID
! switchblade: switch: USB: the FT4232H at 1-1 has no MPSSE on channel C; its last is B (range)
= 2

$ ft232h_umockdev -k 232R -- switchblade -b usb:0403:6014 reg read CHIP_ID
! switchblade: switch: USB: 0403:6014 at 1-1 is no FT232H, FT2232H or FT4232H (release 0600) (no-device)
= 5

# Who may not, and who else does.
$ ft232h_umockdev -p -- switchblade -b usb:0403:6014 reg read CHIP_ID
! switchblade: switch: USB: no permission to open 0403:6014 at 1-1: be root, or let the udev rule 60-switchblade.rules give it to your group (permission)
= 5

$ ft232h_umockdev -b -- switchblade -b usb:0403:6014 reg read CHIP_ID
! switchblade: switch: USB: channel A of 0403:6014 at 1-1 is in use by another process: end it, or share the device with switchblade serve (busy)
= 7

# Transfers that fail once on the real libusb: told, and the next command, with the lock free, works.
$ for fault in stall:8 line:17 babble:20 stall:300 line:301 silent:302; do ft232h_umockdev -d -x $fault -- bash -c 'switchblade -b usb:0403:6014 chip init >/dev/null 2>why; echo $?; sed "s/^.*USB: [A-Z]*:* *//; s/([a-z ]*[0-9][^)]*) //; s/[0-9][0-9]*/N/g; s/^.* within/within/" why; switchblade --raw -b usb:0403:6014 reg read CHIP_ID'; done
| 1
| mode: the adapter refused it (stall) (io)
| 0x374680e9
| 1
| transfer error: check cable and hub (io)
| 0x374680e9
| 1
| more came than fits (babble) (io)
| 0x374680e9
| 1
| the adapter refused it (stall) (io)
| 0x374680e9
| 1
| transfer error: check cable and hub (io)
| 0x374680e9
| 6
| within N us (timeout)
| 0x374680e9

# Unplugged: at the first transfer, in the middle, near the end. The lock is free for the next one.
$ ft232h_umockdev -u 1 -- switchblade -b usb:0403:6014 chip init
! switchblade: switch: USB: the adapter is gone: plug it in again and repeat the command (no-device)
= 5

$ ft232h_umockdev -u 300 -- switchblade -b usb:0403:6014 chip init 2>&1 | sed 's/^.*: USB/USB/; s/after [0-9]* /after N /'; echo ${PIPESTATUS[0]}
| USB: the adapter is gone: plug it in again and repeat the command (after N register writes) (no-device)
| 5

$ ft232h_umockdev -u 300 -- switchblade --json -b usb:0403:6014 chip init 2>/dev/null | sed 's/"message": ".*: USB/"message": "USB/; s/after [0-9]* /after N /'; echo ${PIPESTATUS[0]}
| {
|   "schema": "switchblade/error/1",
|   "error": {"code": "no-device", "message": "USB: the adapter is gone: plug it in again and repeat the command (after N register writes)"}
| }
| 5

$ ft232h_umockdev -- switchblade -b usb:0403:6014 reg write DEVCPU_GCB:GPR 1
| WRITTEN                      ADDRESS       VALUE
| DEVCPU_GCB:CHIP_REGS:GPR  0x71010004  0x00000001

# One process has it: the next is told who, a writer can wait, and kill -9 in the middle of a stream
# leaves an adapter that the next one brings back to order.
$ ft232h_umockdev -d -- bash -c 'U=usb:0403:6014; switchblade --wait 10s -b $U bus tune --count 1000000 >/dev/null 2>&1 & holder=$!; for i in $(seq 100); do switchblade --raw -b $U reg read CHIP_ID >out 2>&1 || break; sleep 0.1; done; sleep 0.3; switchblade --raw -b $U reg read CHIP_ID 2>&1; (switchblade --wait 20s -b $U reg write DEVCPU_GCB:GPR 5 2>&1; echo waited $?) & sleep 0.5; kill -9 $holder; wait; switchblade --raw -b $U reg read DEVCPU_GCB:GPR' 2>/dev/null | sed 's/process [0-9]*/process N/; s/since [-0-9: ]*;/since T;/'
| switchblade: switch: usb:1-1:FT000001:A:0 is in use by process N (bus tune --count 1000000) since T; --wait 10s waits for it (busy)
| WRITTEN                      ADDRESS       VALUE
| DEVCPU_GCB:CHIP_REGS:GPR  0x71010004  0x00000005
| waited 0
| 0x00000005

# Ctrl-C in the middle.
$ ft232h_umockdev -d -- bash -c 'U=usb:0403:6014; switchblade --wait 10s -b $U bus tune --count 1000000 >/dev/null 2>why & holder=$!; for i in $(seq 100); do switchblade --raw -b $U reg read CHIP_ID >out 2>&1 || break; sleep 0.1; done; kill -INT $holder; wait $holder; echo $?; sed "s/^.*stopped.*(/stopped (/" why; switchblade --raw -b $U reg read CHIP_ID' 2>/dev/null
| 1
| stopped (interrupted)
| 0x374680e9

# Clocks are tried on the same adapter, beside the device's own bus. Times are real here.
$ ft232h_umockdev -- switchblade -b usb:0403:6014 bus tune --count 200 | sed 's/ *[0-9.]* *good/ N good/'
| device  switch
| bus     usb:0403:6014
|
| CLOCK HZ  PADDING  ROUNDS  ERRORS  US EACH  RESULT
| 15000000        8     200       0 N good
| 15000000        4     200       0 N good
| 15000000        2     200     200        -  the read came before its data was ready (0x88888888, IF_CFGSTAT.IF_STAT set): use more than 2 bytes of padding or a clock slower than 15000000 Hz
| 15000000        3     200       0 N good
| 15000000        3     200       0 N good
| clock, Hz       15000000
| padding, bytes  3
| use             usb:0403:6014,clock=15000000,pad=3

# The text of the bus.
$ switchblade -b usb:0403:6014,serial=NONE reg read CHIP_ID
! switchblade: switch: USB: no device 0403:6014: check cable and power (lsusb lists what is there) (no-device)
= 5

$ switchblade -b usb:0403 reg read CHIP_ID
! switchblade: switch: usb:0403: want VID:PID, four hex digits each, like 0403:6014 (an FT232H) (syntax)
= 2

$ switchblade -b usb:0403:6014,channel=X reg read CHIP_ID
! switchblade: switch: usb: channel=X: want a letter, A or B (syntax)
= 2

$ switchblade -b usb:0403:6014,cs=2 reg read CHIP_ID
! switchblade: switch: usb: cs=2: want a number from 0 to 1 (range)
= 2

$ switchblade -b usb:0403:6014,clock=457 reg read CHIP_ID
! switchblade: switch: usb: clock=457: want a number from 458 to 30000000 (range)
= 2

$ switchblade -b usb:0403:6014,pad=16 reg read CHIP_ID
! switchblade: switch: usb: pad=16: want a number from 0 to 15 (range)
= 2
