# The switch chip as a whole. One world per command: a chip that was just powered up.

$ switchblade chip show
| chip id                0x374680e9
| part                   VSC7468
| revision               3
| initialized            no
| memory failed          no
| core clock, MHz        250
| scheduler's cycle, ps  4000
| PLL 0 gain             6
| PLL 1 gain             6
| open ports             -
| the chip is not initialized: QSYS:CALCFG:CAL_CTRL.CAL_MODE is 0; run `chip init`

$ switchblade chip init
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50

# Asks only when there is traffic to lose; there is no terminal here.
$ switchblade source -
> chip init
> chip show
> chip init
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50
| chip id                0x374680e9
| part                   VSC7468
| revision               3
| initialized            yes
| memory failed          no
| core clock, MHz        250
| scheduler's cycle, ps  4000
| PLL 0 gain             6
| PLL 1 gain             6
| open ports             -
| front ports, Mb/s      80000
| CPU and loops, Mb/s    2250
| calendar, Mb/s         83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50
! switchblade: stdin:3: The switch is running; initializing stops all traffic. Go on? needs --yes: there is no terminal to ask on (policy)
= 8

$ switchblade --json --yes source -
> chip init --port-map 0-7,48=1G,8-11=2.5G,49-51=10G
> chip init --no-reset --port-map 0-23=1G,49=10G
> chip show
| {"schema":"switchblade/chip-init/1","front_ports_mbps":49000,"reserved_mbps":2250,"calendar_mbps":83750,"calendar":[{"mbps":10000,"ports":"49-51","n_ports":3},{"mbps":2500,"ports":"8-11","n_ports":4},{"mbps":1000,"ports":"0-7,48","n_ports":9}]}
| {"schema":"switchblade/chip-init/1","front_ports_mbps":34000,"reserved_mbps":2250,"calendar_mbps":83750,"calendar":[{"mbps":10000,"ports":"49","n_ports":1},{"mbps":1000,"ports":"0-23","n_ports":24}]}
| {"schema":"switchblade/chip-show/1","chip_id":927367401,"chip_id_hex":"0x374680e9","part":"VSC7468","revision":3,"manufacturer":116,"initialized":true,"memory_failed":false,"core_clock_mhz":250.0,"scheduler_cycle_ps":4000,"pll0_gain":6,"pll1_gain":6,"open_ports":"-","front_ports_mbps":34000,"reserved_mbps":2250,"calendar_mbps":83750,"calendar":[{"mbps":10000,"ports":"49","n_ports":1},{"mbps":1000,"ports":"0-23","n_ports":24}]}

# More than the calendar carries: nothing is done.
$ switchblade -v chip init --port-map 0-48=1G,49-52=10G
! switch: read  DEVCPU_GCB:CHIP_REGS:CHIP_ID = 0x374680e9
! switchblade: ports 0-48 1G, 49-52 10G: 91.25 Gb/s with the 2250 Mb/s of the CPU and of loops; the calendar carries 83.75 (range)
= 2

$ switchblade chip init --port-map 0-7=2.5G
! switchblade: port 0 cannot have 2500 Mb/s (range)
= 2

$ switchblade chip init --port-map 0-7
! switchblade: '0-7' is not a port map like 0-7,48=1G,49-51=10G (1G, 2.5G, 10G or off) (syntax)
= 2

$ switchblade chip init --port-map 0-7=1G,60=1G
! switchblade: port: 60 is outside 0 to 52 (range)
= 2

$ switchblade chip init --port-map 0-7=3G
! switchblade: '0-7=3G' is not a port map like 0-7,48=1G,49-51=10G (1G, 2.5G, 10G or off) (syntax)
= 2

$ switchblade chip reset
! switchblade: This resets the switch core and stops all traffic. Go on? needs --yes: there is no terminal to ask on (policy)
= 8

$ switchblade --yes chip reset
| chip id   0x374680e9
| part      VSC7468
| revision  3

$ switchblade --read-only --yes chip reset
! switchblade: ICPU_CFG:CPU_SYSTEM_CTRL:RESET: write 0x70000020: refused, the bus is read-only (policy)
= 8

$ switchblade chip temp
| degrees Celsius         36.968
| by the vendor's driver  44.92
| raw value               160

$ switchblade --raw chip temp
| 36.968

$ switchblade --json chip temp
| {
|   "schema": "switchblade/chip-temp/1",
|   "celsius": 36.968,
|   "driver_celsius": 44.92,
|   "raw": 160
| }

# A bus that fails half-way tells how far it came.
$ switchblade -b fault:after=2000,mock: chip init
! switchblade: ANA_AC_POL:SDLB[4370]:LB_CFG[0]: write 0x719a2248: injected fault: I/O error at access 2000 (seed 1) (after 1838 register writes) (io)
= 1

$ switchblade -b mock:,plain chip temp
| degrees Celsius         36.968
| by the vendor's driver  44.92
| raw value               160

$ switchblade -B /no/such chip show
! switchblade: board file '/no/such': No such file or directory (no-device)
= 5

$ switchblade -b fault:after=3,mock: chip show
! switchblade: DEVCPU_GCB:CHIP_REGS:HW_STAT: read 0x71010010: injected fault: I/O error at access 3 (seed 1) (io)
= 1

$ switchblade --map=btc -b mock: chip temp
! switchblade: the board has no device with the map vsc7448 (no-device)
= 5
