# The fastest reliable clock of a USB bus: the chip needs more padding at faster clocks, and wires
# have a limit of their own.

$ switchblade -b mock:,usb bus tune
| device  switch
| bus     mock:,usb
|
| CLOCK HZ  PADDING  ROUNDS  ERRORS  US EACH  RESULT
| 15000000        8     200       0      250  good
| 15000000        4     200       0      250  good
| 15000000        2     200     200        -  the read came before its data was ready (0x88888888, IF_CFGSTAT.IF_STAT set): use more than 2 bytes of padding or a clock slower than 15000000 Hz
| 15000000        3     200       0      250  good
| 15000000        3    2000       0      250  good
| clock, Hz       15000000
| padding, bytes  3
| use             mock:,usb=15000000,pad=3

$ switchblade -b mock:,usb,wires=12000000 bus tune --count 1000
| device  switch
| bus     mock:,usb,wires=12000000
|
| CLOCK HZ  PADDING  ROUNDS  ERRORS  US EACH  RESULT
| 15000000        8     200       4        -  the identity read 0x374680f9, want 0x374680e9
| 10000000        8     200       0      250  good
| 10000000        4     200       0      250  good
| 10000000        2     200       0      250  good
| 10000000        1     200     200        -  the read came before its data was ready (0x88888888, IF_CFGSTAT.IF_STAT set): use more than 1 byte of padding or a clock slower than 10000000 Hz
| 10000000        2    1000       0      250  good
| clock, Hz       10000000
| padding, bytes  2
| use             mock:,wires=12000000,usb=10000000,pad=2

$ switchblade -b mock:,usb,wires=4000000,pad=5 bus tune --count 200 | tail -5
|  3750000        0     200     200        -  the read came before its data was ready (0x88888888, IF_CFGSTAT.IF_STAT set): use more than 0 bytes of padding or a clock slower than 3750000 Hz
|  3750000        1     200       0      250  good
| clock, Hz       3750000
| padding, bytes  1
| use             mock:,wires=4000000,usb=3750000,pad=1

# Chip and scratch register are as before; the bus goes on with its own padding.
$ printf 'reg write DEVCPU_GCB:GPR 0x1234\nbus tune --count 200\nreg read IF_CFGSTAT DEVCPU_GCB:GPR\n' | switchblade --raw -b mock:,usb shell | tail -2
| 0x02000001
| 0x00001234

# The BTC's padding is always one byte.
$ switchblade -b mock:,usb=1000000 --map btc bus tune --max 10000000
| device  switch
| bus     mock:,usb=1000000
|
| CLOCK HZ  PADDING  ROUNDS  ERRORS  US EACH  RESULT
| 10000000        -    2000       0      250  good
| clock, Hz  10000000
| use        mock:,usb=10000000

$ switchblade --json -b mock:,usb bus tune --count 200 --max 6500000
| {
|   "schema": "switchblade/bus-tune/1",
|   "device": "switch",
|   "bus": "mock:,usb",
|   "measurements": [
|     {"clock_hz": 6000000, "padding_bytes": 8, "n_rounds": 200, "n_errors": 0, "us_per_round": 250.0, "result": "good"},
|     {"clock_hz": 6000000, "padding_bytes": 4, "n_rounds": 200, "n_errors": 0, "us_per_round": 250.0, "result": "good"},
|     {"clock_hz": 6000000, "padding_bytes": 2, "n_rounds": 200, "n_errors": 0, "us_per_round": 250.0, "result": "good"},
|     {"clock_hz": 6000000, "padding_bytes": 1, "n_rounds": 200, "n_errors": 0, "us_per_round": 250.0, "result": "good"},
|     {"clock_hz": 6000000, "padding_bytes": 0, "n_rounds": 200, "n_errors": 200, "us_per_round": null, "result": "the read came before its data was ready (0x88888888, IF_CFGSTAT.IF_STAT set): use more than 0 bytes of padding or a clock slower than 6000000 Hz"},
|     {"clock_hz": 6000000, "padding_bytes": 1, "n_rounds": 200, "n_errors": 0, "us_per_round": 250.0, "result": "good"}
|   ],
|   "clock_hz": 6000000,
|   "padding_bytes": 1,
|   "uri": "mock:,usb=6000000,pad=1"
| }

# No clock is good enough.
$ switchblade -b mock:,usb=20000,wires=20000 bus tune --count 200 | head -4; echo "${PIPESTATUS[0]}"
| device  switch
| bus     mock:,usb=20000,wires=20000
|
| CLOCK HZ  PADDING  ROUNDS  ERRORS  US EACH  RESULT
| 1
! switchblade: no clock is reliable: the identity read 0x374680f9, want 0x374680e9 (io)

$ switchblade bus tune
! switchblade: mock: has no clock to tune: only usb: has, not through another bus around it (not-supported)
= 1

$ switchblade -b fault:every=9,mock:,usb bus tune
! switchblade: fault:every=9,mock:,usb has no clock to tune: only usb: has, not through another bus around it (not-supported)
= 1

$ switchblade --dry-run -b mock:,usb bus tune
! switchblade: tuning writes to the scratch register: not with --read-only or --dry-run (policy)
= 8

$ switchblade -b mock:,usb bus tune --max 100
! switchblade: --max: 100 is outside 25000 to 30000000 (range)
= 2
