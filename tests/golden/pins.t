# Pins, PHYs and SFP modules of the mock chip.

$ switchblade gpio show 0-3,14,56
| PIN  MODE  LEVEL  OUTPUT  CHANGED  FUNCTION
|   0  in    high   low     no       GPIO
|   1  in    high   low     no       GPIO
|   2  in    high   low     no       GPIO
|   3  in    high   low     no       GPIO
|  14  in    high   low     no       GPIO
|  56  in    high   low     no       GPIO

$ printf 'gpio mode 7 out\ngpio set 7 1\ngpio show 7\ngpio set 7 low\ngpio show 7\n' | switchblade shell
| PIN  MODE  FUNCTION
|   7  out   GPIO
| pin     7
| output  high
| PIN  MODE  LEVEL  OUTPUT  CHANGED  FUNCTION
|   7  out   high   high    yes      GPIO
| pin     7
| output  low
| PIN  MODE  LEVEL  OUTPUT  CHANGED  FUNCTION
|   7  out   low    low     yes      GPIO

# By the name of the function; every pin must have it.
$ switchblade gpio mode 56-57 MIIM1
| PIN  MODE  FUNCTION
|  56  alt1  MIIM1
|  57  alt1  MIIM1

$ switchblade gpio mode 55-57 MIIM1
! switchblade: 'MIIM1' is no mode of GPIO 55: want in, out, alt1 to alt3 or the name of its function (syntax)
= 2

$ switchblade gpio mode 60 alt1
! switchblade: GPIO 60 has no function alt1 (not-supported)
= 1

$ switchblade gpio mode 64 in
! switchblade: pin: 64 is outside 0 to 63 (range)
= 2

$ switchblade gpio mode 5-3 in
! switchblade: pins 5-3: the first is the larger one (syntax)
= 2

$ switchblade gpio set 3 maybe
! switchblade: 'maybe' is not a level: want 0, 1, low or high (syntax)
= 2

$ switchblade -n gpio mode 3 out
| DRY RUN  REGISTER                        OLD         NEW
| write    DEVCPU_GCB:GPIO:GPIO_OE  0x00000000  0x00000008

$ switchblade --read-only gpio set 3 1
! switchblade: DEVCPU_GCB:GPIO:GPIO_OUT_SET: write 0x71010038: refused, the bus is read-only (policy)
= 8

$ switchblade --json gpio show 14-15
| {
|   "schema": "switchblade/gpio-show/1",
|   "pins": [
|     {"pin": 14, "mode": "in", "in": "high", "out": "low", "changed": false, "function": "GPIO"},
|     {"pin": 15, "mode": "in", "in": "high", "out": "low", "changed": false, "function": "GPIO"}
|   ]
| }

$ printf 'gpio serial-setup 0 0-2 2\ngpio serial-set 0:1.1 !blink0\ngpio serial-set 0:2.0 activity1\ngpio serial 0\n' | switchblade shell
| controller  0
| ports       0-2
| bits        2
| running     yes
| controller  0
| port        1
| bit         1
| output      !blink0
| controller  0
| port        2
| bit         0
| output      activity1
| controller  0
| running     yes
| bits        2
|
| PORT  OUT 0      OUT 1    IN 0  IN 1
|    0  low        low         0     0
|    1  low        !blink0     0     0
|    2  activity1  low         0     0

$ switchblade gpio serial 1
| controller  1
| running     no
| bits        1

$ switchblade gpio serial 3
! switchblade: controller: 3 is outside 0 to 2 (range)
= 2

$ switchblade gpio serial-set 0:40.0 high
! switchblade: serial port: 40 is outside 0 to 31 (range)
= 2

$ switchblade gpio serial-set 0:4 high
! switchblade: '0:4' is not CONTROLLER:PORT.BIT, like 0:12.1 (syntax)
= 2

$ switchblade gpio serial-set 0:4.0 bright
! switchblade: 'bright' is nothing that an output can show: want low, high, blink0, blink1, activity0 or activity1 (syntax)
= 2

$ switchblade gpio serial-setup 0 0-3 5
! switchblade: number of bits: 5 is outside 1 to 4 (range)
= 2

# The PHY of the management port; nothing is plugged in there.
$ switchblade phy read 0:16 2
| controller  0
| address     16
| register    2
| name        identifier 1
| value       0x0007

$ switchblade phy read 0:16 1
| controller  0
| address     16
| register    1
| name        status
| value       0x7949

$ printf 'phy write 0:16 4 0x0de1\nphy read 0:16.7 16\n' | switchblade shell
| controller  0
| address     16
| register    4
| name        auto-negotiation advertisement
| value       0x0de1
| controller  0
| address     16
| MMD         7
| register    16
| value       0x0de1

$ switchblade --raw phy read 0:16.1 3
| 0x04a1

$ switchblade --json phy read 0:16 3
| {
|   "schema": "switchblade/phy-read/1",
|   "controller": 0,
|   "address": 16,
|   "mmd": null,
|   "register": 3,
|   "name": "identifier 2",
|   "value": 1185,
|   "value_hex": "0x04a1"
| }

$ switchblade phy read 0:5 2
! switchblade: no PHY answers at 0:5 (MIIM[0]:MII_DATA.MIIM_DATA_SUCCESS is 0x3) (after 2 register writes) (io)
= 1

$ switchblade phy read 1:16 2
! switchblade: no PHY answers at 1:16 (MIIM[1]:MII_DATA.MIIM_DATA_SUCCESS is 0x3); GPIO 56 and 57 are not its pins (gpio mode PIN alt1) (after 2 register writes) (io)
= 1

$ switchblade phy read 16 2
! switchblade: '16' is not CONTROLLER:ADDRESS[.MMD], like 0:16 or 0:16.7 (syntax)
= 2

$ switchblade phy read 0:16 32
! switchblade: PHY register of clause 22: 32 is outside 0 to 31 (range)
= 2

$ switchblade phy write 0:16 4 0x10000
! switchblade: value: 0x10000 is outside 0 to 65535 (range)
= 2

# The module in the cage of port 49.
$ switchblade sfp show
| PORT  STATE  TYPE        VENDOR       PART       SERIAL         NM  CONNECTOR
|   49  ok     10GBASE-SR  SWITCHBLADE  SB-10G-SR  SR0000000001  850  LC
|
| PORT  QUANTITY      VALUE  UNIT       DBM  LOW ALARM  LOW WARNING  HIGH WARNING  HIGH ALARM  STATE
|   49  temperature   31.25  C                      -5            0            70          75  ok
|   49  voltage      3.3012  V                    2.97        3.135         3.465        3.63  ok
|   49  bias            6.2  mA                      2            3            10          12  ok
|   49  tx power     0.5623  mW    -2.50032     0.1585       0.1995         0.631      0.7943  ok
|   49  rx power     0.4898  mW    -3.09981     0.0501          0.1         0.631      0.7943  ok

$ switchblade --json sfp show 49
| {
|   "schema": "switchblade/sfp-show/1",
|   "modules": [
|     {"port": 49, "state": "ok", "type": "10GBASE-SR", "vendor": "SWITCHBLADE", "part": "SB-10G-SR", "serial": "SR0000000001", "wavelength_nm": 850, "connector": "LC", "revision": "A", "date": "260101", "oui": "02:00:00", "identifier": 3, "rate_mbps": 10300, "cc_base_ok": true, "cc_ext_ok": true, "cc_dmi_ok": true, "calibration": "internal", "rx_power_is_average": true, "tx_disabled": false, "tx_fault": false, "rx_los": false}
|   ],
|   "readings": [
|     {"port": 49, "quantity": "temperature", "value": 31.25, "unit": "C", "dbm": null, "low_alarm": -5.0, "low_warning": 0.0, "high_warning": 70.0, "high_alarm": 75.0, "state": "ok"},
|     {"port": 49, "quantity": "voltage", "value": 3.3012, "unit": "V", "dbm": null, "low_alarm": 2.97, "low_warning": 3.135, "high_warning": 3.465, "high_alarm": 3.63, "state": "ok"},
|     {"port": 49, "quantity": "bias", "value": 6.2, "unit": "mA", "dbm": null, "low_alarm": 2.0, "low_warning": 3.0, "high_warning": 10.0, "high_alarm": 12.0, "state": "ok"},
|     {"port": 49, "quantity": "tx power", "value": 0.5623, "unit": "mW", "dbm": -2.50032, "low_alarm": 0.1585, "low_warning": 0.1995, "high_warning": 0.631, "high_alarm": 0.7943, "state": "ok"},
|     {"port": 49, "quantity": "rx power", "value": 0.4898, "unit": "mW", "dbm": -3.09981, "low_alarm": 0.0501, "low_warning": 0.1, "high_warning": 0.631, "high_alarm": 0.7943, "state": "ok"}
|   ]
| }

$ switchblade sfp show 50
! switchblade: port 50 has no SFP module on this board (not-found)
= 4

$ switchblade -b mock: sfp show
! switchblade: the board names no port with an SFP module (key 'sfp') (not-found)
= 4

$ switchblade -n sfp show
! switchblade: port 49: reading over the two-wire bus takes writes to its controller, which --dry-run does not do (policy)
= 8

# Two cages on one bus, one of them empty, and what else there is.
$ printf '%s\n' 'board: 1' 'name: cages' 'devices:' '  - {name: switch, map: vsc7448, bus: "mock:"}' 'ports:' '  - {port: 8, role: external, mode: 1000base-x, sfp: {twi: 0, scl: 34}}' '  - {port: 9, role: external, mode: 1000base-x, sfp: {twi: 0, scl: 35}}' '  - {port: 49, role: external, mode: 10gbase-r, sfp: {twi: 0}}' '  - {port: 50, role: external, mode: 10gbase-r, sfp: {twi: 1}}' 'wires:' '  - {port: 8, end: none, module: 1000base-sx}' '  - {port: 49, end: none, module: 10gbase-cr}' '  - {port: 50, end: none, module: 1000base-lx}' >cages.yaml
$ switchblade -B cages.yaml sfp show
| PORT  STATE      TYPE           VENDOR       PART          SERIAL          NM  CONNECTOR
|    8  no signal  1000BASE-SX    SWITCHBLADE  SB-1G-SX      SX0000000003   850  LC
|    9  absent     -              -            -             -                -  -
|   49  ok         passive cable  SWITCHBLADE  SB-10G-CR-1M  CR0000000002     -  copper pigtail
|   50  ok         1000BASE-LX    SWITCHBLADE  SB-1G-LX      LX0000000004  1310  LC
|
| PORT  QUANTITY      VALUE  UNIT       DBM  LOW ALARM  LOW WARNING  HIGH WARNING  HIGH ALARM  STATE
|    8  temperature    32.5  C                      -5            0            70          75  ok
|    8  voltage        3.32  V                    2.97        3.135         3.465        3.63  ok
|    8  bias              5  mA                      2            3            10          12  ok
|    8  tx power     0.2512  mW     -5.9998     0.1585       0.1995         0.631      0.7943  ok
|    8  rx power          0  mW         -40     0.0501          0.1         0.631      0.7943  low alarm
|   50  temperature      29  C                      -6           -1            69          74  ok
|   50  voltage        3.29  V                    2.97        3.135         3.465        3.63  ok
|   50  bias              6  mA                      2            3            10          12  ok
|   50  tx power        0.2  mW     -6.9897     0.1585       0.1995         0.631      0.7943  ok
|   50  rx power      0.075  mW    -11.2494    0.02505         0.05        0.3155     0.39715  ok

$ sed 's/scl: 35/scl: 34/; s/twi: 1/twi: 1, scl: 36/; s/1000base-sx/1000base-xy/' cages.yaml >bad.yaml
$ switchblade board check bad.yaml
| MISTAKE
| bad.yaml:7: port 8 (line 6) has the cage on these two wires
| bad.yaml:9: GPIO 36 cannot carry the clock of two-wire controller 1 (of 0: 14, 16-18, 20, 21, 34-43)
| bad.yaml:11: module is '1000base-xy', allowed are 10gbase-sr, 10gbase-cr, 1000base-sx, 1000base-lx
| bad.yaml:13: port 50 has no cage (key 'sfp') for a module
! switchblade: 4 mistakes, the first: bad.yaml:7: port 8 (line 6) has the cage on these two wires (syntax)
= 2

$ sed 's/mode: 10gbase-r, sfp: {twi: 1}/mode: xaui, sfp: {twi: 1}/; s/port: 8, end: none/port: 9, end: none/; s/, sfp: {twi: 0, scl: 35}/, phy: {miim: 0, address: 3}/; s/, sfp: {twi: 0, scl: 34}/, phy: {miim: 0, address: 3}/' cages.yaml >bad.yaml
$ switchblade board check bad.yaml
| MISTAKE
| bad.yaml:7: port 8 (line 6) has the PHY at 0:3
| bad.yaml:9: no SFP module carries xaui
| bad.yaml:11: port 9 has no cage (key 'sfp') for a module
| bad.yaml:13: port 50 has no cage (key 'sfp') for a module
! switchblade: 4 mistakes, the first: bad.yaml:7: port 8 (line 6) has the PHY at 0:3 (syntax)
= 2

# Over the serial interface it is the same.
$ sed 's/mock:/mock:,si/' cages.yaml >si.yaml
$ switchblade -B si.yaml sfp show 8 | head -3
| PORT  STATE      TYPE         VENDOR       PART      SERIAL         NM  CONNECTOR
|    8  no signal  1000BASE-SX  SWITCHBLADE  SB-1G-SX  SX0000000003  850  LC
|

$ switchblade gpio show 64
! switchblade: pin: 64 is outside 0 to 63 (range)
= 2
