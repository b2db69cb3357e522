# The backplane TDM bus: the BTC, its frame, timeslots, arbitration, blades, messages.

# As it is after power-up: silent, but the blades of the board are plugged in.
$ switchblade btc show
| version                          1.0
| blades at most                   64
| timeslots at most                128
| bytes of a timeslot at most      64
| medium FDM                       yes
| bus enabled                      no
| medium                           tdm
| identifier                       00:00:00:00:00:00
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| slot plans applied               0
| frame number                     0
| blades plugged in                1-8
| blades in frame alignment        -
| blades with known identifier     -
| blades kept out                  -
| blades with an identifier twice  -
| forwards messages                no
| broadcasts of blades go to       others
| words that wait                  0
| and at most                      16384
| messages to send                 0
| messages to read                 0
|
| COUNTER         COUNT
| frames              0
| idle-slots          0
| used-slots          0
| collided-slots      0
| tx-messages         0
| rx-messages         0
| rx-overflows        0
| forwarded           0
| drop-unknown        0
| drop-absent         0
| drop-full           0
| drop-broadcast      0
| drop-crc            0
| drop-cells          0
| drop-duplicate      0
| drop-steer          0
| events: blade

# The bus is set up and the blades are found.
$ switchblade source -
> btc init --shared 12
> btc show
> frame show
> blade list
> blade show 3
> btc events --keep
> btc events
> btc events
> blade events
> blade events
| medium                           tdm
| identifier                       02:00:00:00:00:fe
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| timeslots of the controller      57
| timeslots that are shared        12
| blades plugged in                1-8
| blades that said who they are    1-8
| blades with an identifier twice  -
| version                          1.0
| blades at most                   64
| timeslots at most                128
| bytes of a timeslot at most      64
| medium FDM                       yes
| bus enabled                      yes
| medium                           tdm
| identifier                       02:00:00:00:00:fe
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| slot plans applied               1
| frame number                     2
| blades plugged in                1-8
| blades in frame alignment        1-8
| blades with known identifier     1-8
| blades kept out                  -
| blades with an identifier twice  -
| forwards messages                yes
| broadcasts of blades go to       others
| words that wait                  0
| and at most                      16384
| messages to send                 1
| messages to read                 0
|
| COUNTER         COUNT
| frames              2
| idle-slots        141
| used-slots         26
| collided-slots      0
| tx-messages         1
| rx-messages         8
| rx-overflows        0
| forwarded           0
| drop-unknown        0
| drop-absent         0
| drop-full           0
| drop-broadcast      0
| drop-crc            0
| drop-cells          0
| drop-duplicate      0
| drop-steer          0
| events: blade, rx-message, plan-applied
| bus enabled              yes
| medium                   tdm
| period, ns               125000
| timeslots                128
| bytes of a timeslot      32
| of them payload          28
| bus, Mb/s                262.144
| alignment word           0x9b1b
| words until aligned      3
| words until lost         3
| frame number             2
| blades in alignment      1-8
| blades out of alignment  -
| frames sent              2
| timeslots with a cell    26
| timeslots without        141
| timeslots with several   0
| BLADE  STATE  IDENTIFIER         IPV6             FUNCTIONS
|     1  ready  02:00:00:00:00:01  fe80::ff:fe00:1  0
|     2  ready  02:00:00:00:00:02  fe80::ff:fe00:2  1
|     3  ready  02:00:00:00:00:03  fe80::ff:fe00:3  2
|     4  ready  02:00:00:00:00:04  fe80::ff:fe00:4  3
|     5  ready  02:00:00:00:00:05  fe80::ff:fe00:5  4
|     6  ready  02:00:00:00:00:06  fe80::ff:fe00:6  5
|     7  ready  02:00:00:00:00:07  fe80::ff:fe00:7  6
|     8  ready  02:00:00:00:00:08  fe80::ff:fe00:8  7
| BLADE  STATE  IDENTIFIER         IPV6             FUNCTIONS
|     3  ready  02:00:00:00:00:03  fe80::ff:fe00:3  2
|
| COUNTER         COUNT
| cells               3
| messages            1
| sent                0
| cell-errors         0
| lost-cells          0
| message-errors      0
| babbles             0
| slips-skipped       0
| slips-repeated      0
| align-errors        0
| align-losses        0
| EVENT
| blade
| rx-message
| plan-applied
| EVENT
| blade
| rx-message
| plan-applied
| nothing happened since the last look
| BLADE  EVENT
|     1  inserted
|     2  inserted
|     3  inserted
|     4  inserted
|     5  inserted
|     6  inserted
|     7  inserted
|     8  inserted
| nothing happened since the last look

$ switchblade --json btc init --medium fdm --slots 32 --bytes 64 --period 250us --ident 02:00:00:00:aa:01 --blades 1-3
| {
|   "schema": "switchblade/btc-init/1",
|   "medium": "fdm",
|   "ident": "02:00:00:00:aa:01",
|   "period_ns": 250000,
|   "slots": 32,
|   "slot_bytes": 64,
|   "bus_mbps": 65.536,
|   "controller_slots": 15,
|   "shared_slots": 0,
|   "asked": "1-8",
|   "answered": "1-3",
|   "duplicate": "-"
| }

# A running bus is not stopped without a yes; there is no terminal here.
$ switchblade source -
> btc init
> btc init
| medium                           tdm
| identifier                       02:00:00:00:00:fe
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| timeslots of the controller      63
| timeslots that are shared        0
| blades plugged in                1-8
| blades that said who they are    1-8
| blades with an identifier twice  -
! switchblade: stdin:2: The TDM bus is running; initializing stops all messages. Go on? needs --yes: there is no terminal to ask on (policy)
= 8

$ switchblade btc reset
! switchblade: A reset drops the slot plan, all identifiers, messages and counters. Go on? needs --yes: there is no terminal to ask on (policy)
= 8

$ switchblade --yes btc reset
| reset  yes

$ switchblade btc init --medium air
! switchblade: --medium: 'air' is neither tdm nor fdm (syntax)
= 2

$ switchblade -b mock: btc events
! switchblade: the board has no device with the map btc (no-device)
= 5

$ switchblade -b mock: btc show
! switchblade: the board has no device with the map btc (no-device)
= 5

# The frame of the bus.
$ switchblade source -
> frame set --word 0x1234 --gain 2 --lose 5 --slots 64
> btc init
> frame set --slots 32
| bus enabled              no
| medium                   tdm
| period, ns               125000
| timeslots                64
| bytes of a timeslot      32
| of them payload          28
| bus, Mb/s                131.072
| alignment word           0x1234
| words until aligned      2
| words until lost         5
| frame number             0
| blades in alignment      -
| blades out of alignment  1-8
| frames sent              0
| timeslots with a cell    0
| timeslots without        0
| timeslots with several   0
| medium                           tdm
| identifier                       02:00:00:00:00:fe
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| timeslots of the controller      63
| timeslots that are shared        0
| blades plugged in                1-8
| blades that said who they are    1-8
| blades with an identifier twice  -
! switchblade: stdin:3: CONTROL:MODE.ENABLE is 1: the frame changes on a silent bus only (state)
= 1

$ switchblade --raw frame set --gain 4
| enabled	no
| medium	tdm
| period_ns	125000
| slots	128
| slot_bytes	32
| payload_bytes	28
| bus_mbps	262.144
| word	0x9b1b
| gain	4
| lose	3
| number	0
| aligned	-
| not_aligned	1-8
| frames	0
| used_slots	0
| idle_slots	0
| collided_slots	0

$ switchblade --json frame show
| {
|   "schema": "switchblade/frame-show/1",
|   "enabled": false,
|   "medium": "tdm",
|   "period_ns": 125000,
|   "slots": 128,
|   "slot_bytes": 32,
|   "payload_bytes": 28,
|   "bus_mbps": 262.144,
|   "word": 39707,
|   "word_hex": "0x9b1b",
|   "gain": 3,
|   "lose": 3,
|   "number": 0,
|   "aligned": "-",
|   "not_aligned": "1-8",
|   "frames": 0,
|   "used_slots": 0,
|   "idle_slots": 0,
|   "collided_slots": 0
| }

$ switchblade frame set
! switchblade: what to set? see `help frame set` (syntax)
= 2

$ switchblade frame set --period 2ms
! switchblade: --period: 2ms is outside 10us to 1ms (range)
= 2

$ switchblade frame set --bytes 9
! switchblade: timeslots of 9 bytes: only 8 to 64, even (range)
= 2

$ switchblade -b mock: frame show
! switchblade: the board has no device with the map btc (no-device)
= 5

# The slot plan: who sends and who listens.
$ switchblade source -
> btc init --shared 16
> slot show
> slot plan '1-40=0' '41-60=1' '61-80=2>0,3' '100-110=shared'
> slot assign 81-90 blade3
> slot assign 100-105 off
> slot listen 41-50 0,2-4
> slot show --blades 1-4
> slot show --next --blades 1 --raw
| medium                           tdm
| identifier                       02:00:00:00:00:fe
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| timeslots of the controller      55
| timeslots that are shared        16
| blades plugged in                1-8
| blades that said who they are    1-8
| blades with an identifier twice  -
| slot plans applied  1
| bus enabled         yes
| medium              tdm
| timeslot    0       8       16      24      32      40      48      56
|             |       |       |       |       |       |       |       |
| controller  =--#-#-#*-#-#-#*-#-#-#-*#-#-#-*#-#-#-#-*#-#-#-*#-#-#--#*#-#--#*#
| blade 1     =#------*------*--#----*------*-----#--*------*------#-*------*-
| blade 2     =-#-----*------*----#--*------*-------#*------*--------*-#----*-
| blade 3     =---#---*------*------#*------*--------*-#----*--------*---#--*-
| blade 4     =-----#-*------*-------*-#----*--------*---#--*--------*----#-*-
| blade 5     =-------*#-----*-------*---#--*--------*-----#*--------*------*-
| blade 6     =-------*--#---*-------*-----#*--------*------*-#------*------*-
| blade 7     =-------*----#-*-------*------*-#------*------*---#----*------*-
| blade 8     =-------*------*#------*------*---#----*------*-----#--*------*-
| timeslot    64      72      80      88      96      104     112     120
|             |       |       |       |       |       |       |       |
| controller  -#-#--#*#-#--#*#-#--#-#*#--#-#*#-#--#-#*#--#-#*#--#-#-#*-#-#-#*#
| blade 1     -------*-#----*--------*--#---*--------*----#-*--------*------*-
| blade 2     -------*---#--*--------*----#-*--------*------*-#------*------*-
| blade 3     -------*----#-*--------*------*-#------*------*--#-----*------*-
| blade 4     -------*------*-#------*------*---#----*------*----#---*------*-
| blade 5     #------*------*---#----*------*----#---*------*------#-*------*-
| blade 6     --#----*------*----#---*------*------#-*------*--------*#-----*-
| blade 7     ----#--*------*------#-*------*--------*-#----*--------*--#---*-
| blade 8     -----#-*------*--------*-#----*--------*--#---*--------*----#-*-
|             # sends, - listens, blank does not, * shared, + shared but deaf,
|             . nobody sends, = overhead
| SENDER      SLOTS    MB/S
| controller     55  112.64
| blade 1         7  14.336
| blade 2         7  14.336
| blade 3         7  14.336
| blade 4         7  14.336
| blade 5         7  14.336
| blade 6         7  14.336
| blade 7         7  14.336
| blade 8         7  14.336
| shared         16  32.768
| slot plans applied  2
| timeslots changed   107
| registers written   146
| slot plans applied  3
| timeslots changed   10
| registers written   10
| slot plans applied  4
| timeslots changed   6
| registers written   6
| slot plans applied  5
| timeslots changed   10
| registers written   20
| slot plans applied  5
| bus enabled         yes
| medium              tdm
| timeslot    0       8       16      24      32      40      48      56
|             |       |       |       |       |       |       |       |
| controller  =########################################-----------------------
| blade 1     =----------------------------------------####################
| blade 2     =------------------------------------------------------------###
| blade 3     =---------------------------------------------------------------
| blade 4     =------------------------------------------------------------
| timeslot    64      72      80      88      96      104     112     120
|             |       |       |       |       |       |       |       |
| controller  ---------------------------...............*****.................
| blade 1                      ----------...............*****.................
| blade 2     #################----------...............*****.................
| blade 3     -----------------##########...............*****.................
| blade 4                      ----------...............*****.................
|             # sends, - listens, blank does not, * shared, + shared but deaf,
|             . nobody sends, = overhead
| SENDER      SLOTS   MB/S
| controller     40  81.92
| blade 1        20  40.96
| blade 2        20  40.96
| blade 3        10  20.48
| shared          5  10.24
| 40
| 20
| 20
| 10
| 5

$ switchblade source - >/dev/null
> btc init --shared 16
> slot listen 3,5 0
> slot show --svg slots.svg

$ head -c 120 slots.svg; grep -c '<rect' slots.svg; python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse("slots.svg")'
| <?xml version="1.0" encoding="UTF-8"?>
| <svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="1326" height="458" f1276

$ switchblade source -
> btc init
> slot plan --shared 200
| medium                           tdm
| identifier                       02:00:00:00:00:fe
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| timeslots of the controller      63
| timeslots that are shared        0
| blades plugged in                1-8
| blades that said who they are    1-8
| blades with an identifier twice  -
! switchblade: stdin:2: --shared: 200 is outside 0 to 127 (range)
= 2

$ switchblade slot plan --blades 1-3 1=0
! switchblade: --blades and --shared make a plan; or give it: 1-40=0 41=1 (syntax)
= 2

$ switchblade slot plan 1=70
! switchblade: 1=70: station 70: only 0 to 64 (range)
= 2

$ switchblade slot assign 0 1
! switchblade: timeslot: 0 is outside 1 to 127 (range)
= 2

$ switchblade slot assign 5 99
! switchblade: station: 99 is outside 0 to 64 (range)
= 2

$ switchblade slot listen 5 1-99
! switchblade: station: 99 is outside 0 to 64 (range)
= 2

$ switchblade slot show --svg /no/such/folder/a.svg
| slot plans applied  0
| bus enabled         no
| medium              tdm
| timeslot    0       8       16      24      32      40      48      56
|             |       |       |       |       |       |       |       |
| controller  =...............................................................
| blade 1     =...............................................................
| blade 2     =...............................................................
| blade 3     =...............................................................
| blade 4     =...............................................................
| blade 5     =...............................................................
| blade 6     =...............................................................
| blade 7     =...............................................................
| blade 8     =...............................................................
| timeslot    64      72      80      88      96      104     112     120
|             |       |       |       |       |       |       |       |
| controller  ................................................................
| blade 1     ................................................................
| blade 2     ................................................................
| blade 3     ................................................................
| blade 4     ................................................................
| blade 5     ................................................................
| blade 6     ................................................................
| blade 7     ................................................................
| blade 8     ................................................................
|             # sends, - listens, blank does not, * shared, + shared but deaf,
|             . nobody sends, = overhead
! switchblade: /no/such/folder/a.svg: cannot be created: No such file or directory (no-device)
= 5

# With --dry-run the plan in force stays.
$ switchblade -n slot plan 1=0 2=1
| DRY RUN  REGISTER                     OLD         NEW  TIME us
| write    btc/SLOT:NEXT[1]:USE  0x00010000  0x00010100
| write    btc/SLOT:NEXT[2]:USE  0x00010000  0x00010101
| write    btc/SLOT:CONTROL      0x00000000  0x00000001
| poll     btc/SLOT:CONTROL               -  0x00000000      500
| slot plans applied  0
| timeslots changed   2
| registers written   2

# Arbitration of shared timeslots.
$ switchblade source -
> btc init --blades 1-2 --shared 100
> arb set weighted
> arb set --station 2 --weight 3 --priority 7 --enable no
> arb set --station controller --weight 9
> arb show
> arb set priority --restart --raw
| medium                           tdm
| identifier                       02:00:00:00:00:fe
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| timeslots of the controller      13
| timeslots that are shared        100
| blades plugged in                1-8
| blades that said who they are    1-8
| blades with an identifier twice  -
| shared timeslots are given by  weighted
|
| STATION     ASKS  WEIGHT  PRIORITY  REQUESTS  GRANTS  LONGEST WAIT
| controller  yes        1         0         2       2             0
| blade 1     yes        1         0        10       2             7
| blade 2     yes        1         0        10       2             7
| blade 3     yes        1         0        17       3             7
| blade 4     yes        1         0        18       3             7
| blade 5     yes        1         0        19       3             7
| blade 6     yes        1         0        20       3             7
| blade 7     yes        1         0        21       3             7
| blade 8     yes        1         0        22       3             7
| shared timeslots are given by  weighted
|
| STATION     ASKS  WEIGHT  PRIORITY  REQUESTS  GRANTS  LONGEST WAIT
| controller  yes        1         0         2       2             0
| blade 1     yes        1         0        10       2             7
| blade 2     no         3         7        10       2             7
| blade 3     yes        1         0        17       3             7
| blade 4     yes        1         0        18       3             7
| blade 5     yes        1         0        19       3             7
| blade 6     yes        1         0        20       3             7
| blade 7     yes        1         0        21       3             7
| blade 8     yes        1         0        22       3             7
| shared timeslots are given by  weighted
|
| STATION     ASKS  WEIGHT  PRIORITY  REQUESTS  GRANTS  LONGEST WAIT
| controller  yes        9         0         2       2             0
| blade 1     yes        1         0        10       2             7
| blade 2     no         3         7        10       2             7
| blade 3     yes        1         0        17       3             7
| blade 4     yes        1         0        18       3             7
| blade 5     yes        1         0        19       3             7
| blade 6     yes        1         0        20       3             7
| blade 7     yes        1         0        21       3             7
| blade 8     yes        1         0        22       3             7
| shared timeslots are given by  weighted
|
| STATION     ASKS  WEIGHT  PRIORITY  REQUESTS  GRANTS  LONGEST WAIT
| controller  yes        9         0         2       2             0
| blade 1     yes        1         0        10       2             7
| blade 2     no         3         7        10       2             7
| blade 3     yes        1         0        17       3             7
| blade 4     yes        1         0        18       3             7
| blade 5     yes        1         0        19       3             7
| blade 6     yes        1         0        20       3             7
| blade 7     yes        1         0        21       3             7
| blade 8     yes        1         0        22       3             7
| controller	2
| blade 1	2
| blade 2	2
| blade 3	3
| blade 4	3
| blade 5	3
| blade 6	3
| blade 7	3
| blade 8	3

$ switchblade arb set dice
! switchblade: 'dice' is not a rule: priority, round-robin, weighted (syntax)
= 2

$ switchblade arb set --weight 3
! switchblade: --station goes with --enable, --priority and --weight (syntax)
= 2

$ switchblade arb set
! switchblade: what to set? see `help arb set` (syntax)
= 2

$ switchblade -b mock: arb show
! switchblade: the board has no device with the map btc (no-device)
= 5

# Blades: kept out, and let in again.
$ switchblade source -
> btc init
> blade disable 2,5
> blade enable 2
> blade discover
| medium                           tdm
| identifier                       02:00:00:00:00:fe
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| timeslots of the controller      63
| timeslots that are shared        0
| blades plugged in                1-8
| blades that said who they are    1-8
| blades with an identifier twice  -
| BLADE  STATE     IDENTIFIER         IPV6             FUNCTIONS
|     1  ready     02:00:00:00:00:01  fe80::ff:fe00:1  0
|     2  disabled  02:00:00:00:00:02  fe80::ff:fe00:2  1
|     3  ready     02:00:00:00:00:03  fe80::ff:fe00:3  2
|     4  ready     02:00:00:00:00:04  fe80::ff:fe00:4  3
|     5  disabled  02:00:00:00:00:05  fe80::ff:fe00:5  4
|     6  ready     02:00:00:00:00:06  fe80::ff:fe00:6  5
|     7  ready     02:00:00:00:00:07  fe80::ff:fe00:7  6
|     8  ready     02:00:00:00:00:08  fe80::ff:fe00:8  7
| BLADE  STATE     IDENTIFIER         IPV6             FUNCTIONS
|     1  ready     02:00:00:00:00:01  fe80::ff:fe00:1  0
|     2  ready     02:00:00:00:00:02  fe80::ff:fe00:2  1
|     3  ready     02:00:00:00:00:03  fe80::ff:fe00:3  2
|     4  ready     02:00:00:00:00:04  fe80::ff:fe00:4  3
|     5  disabled  02:00:00:00:00:05  fe80::ff:fe00:5  4
|     6  ready     02:00:00:00:00:06  fe80::ff:fe00:6  5
|     7  ready     02:00:00:00:00:07  fe80::ff:fe00:7  6
|     8  ready     02:00:00:00:00:08  fe80::ff:fe00:8  7
| blades asked              1-4,6-8
| blades that answered      1-4,6-8
| new or changed            -
| with an identifier twice  -
| identifiers told to all   7
|
| BLADE  STATE     IDENTIFIER         IPV6             FUNCTIONS
|     1  ready     02:00:00:00:00:01  fe80::ff:fe00:1  0
|     2  ready     02:00:00:00:00:02  fe80::ff:fe00:2  1
|     3  ready     02:00:00:00:00:03  fe80::ff:fe00:3  2
|     4  ready     02:00:00:00:00:04  fe80::ff:fe00:4  3
|     5  disabled  02:00:00:00:00:05  fe80::ff:fe00:5  4
|     6  ready     02:00:00:00:00:06  fe80::ff:fe00:6  5
|     7  ready     02:00:00:00:00:07  fe80::ff:fe00:7  6
|     8  ready     02:00:00:00:00:08  fe80::ff:fe00:8  7

$ switchblade --json source -
> btc init
> blade show 1
| {"schema":"switchblade/btc-init/1","medium":"tdm","ident":"02:00:00:00:00:fe","period_ns":125000,"slots":128,"slot_bytes":32,"bus_mbps":262.144,"controller_slots":63,"shared_slots":0,"asked":"1-8","answered":"1-8","duplicate":"-"}
| {"schema":"switchblade/blade-show/1","blades":[{"station":1,"state":"ready","present":true,"aligned":true,"duplicate":false,"ident":"02:00:00:00:00:01","ipv4":null,"ipv6":"fe80::ff:fe00:1","functions":"0","trouble":null}],"counters":[{"counter":"cells","count":3},{"counter":"messages","count":1},{"counter":"sent","count":0},{"counter":"cell-errors","count":0},{"counter":"lost-cells","count":0},{"counter":"message-errors","count":0},{"counter":"babbles","count":0},{"counter":"slips-skipped","count":0},{"counter":"slips-repeated","count":0},{"counter":"align-errors","count":0},{"counter":"align-losses","count":0}]}

$ switchblade --raw blade list
| 1	unknown	-
| 2	unknown	-
| 3	unknown	-
| 4	unknown	-
| 5	unknown	-
| 6	unknown	-
| 7	unknown	-
| 8	unknown	-

$ switchblade blade show 65
! switchblade: blade: 65 is outside 1 to 64 (range)
= 2

$ switchblade blade disable 0
! switchblade: blade: 0 is outside 1 to 64 (range)
= 2

$ switchblade blade enable x
! switchblade: blade: "x" is not a number (syntax)
= 2

$ switchblade blade discover
! switchblade: CONTROL:MODE.ENABLE is 0: the bus is silent (state)
= 1

$ switchblade -b mock: blade list
! switchblade: the board has no device with the map btc (no-device)
= 5

$ switchblade -b mock: blade events
! switchblade: the board has no device with the map btc (no-device)
= 5

# Messages of software: to a blade, to all, and answers.
$ switchblade source -
> btc init
> tdm trace --on --clear
> msg ping 3
> msg ping 02:00:00:00:00:05 --count 2 --size 1500
> msg send 4 'hello, blade'
> msg send 4 --hex '00 01 02 03' --type 0x22 --count 3
> msg broadcast --size 100 --type 0x33
> msg instruct 2 parameter --function 7 --argument 42
> msg instruct all maintenance
> msg recv --timeout 1ms
> tdm trace --off
> tdm trace
| medium                           tdm
| identifier                       02:00:00:00:00:fe
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| timeslots of the controller      63
| timeslots that are shared        0
| blades plugged in                1-8
| blades that said who they are    1-8
| blades with an identifier twice  -
| none
| to           blade 3
| identifier   02:00:00:00:00:03
| requests     3
| answers      3
| fastest, us  75
| mean, us     75
| slowest, us  75
| to           blade 5
| identifier   02:00:00:00:00:05
| requests     2
| answers      2
| fastest, us  981
| mean, us     981
| slowest, us  981
| messages sent        1
| initial destination  02:00:00:00:00:04
| final destination    02:00:00:00:00:04
| source               02:00:00:00:00:fe
| type                 0x0001
| bytes                12
| messages sent        3
| initial destination  02:00:00:00:00:04
| final destination    02:00:00:00:00:04
| source               02:00:00:00:00:fe
| type                 0x0022
| bytes                4
| messages sent        1
| initial destination  ff:ff:ff:ff:ff:ff
| final destination    ff:ff:ff:ff:ff:ff
| source               02:00:00:00:00:fe
| type                 0x0033
| bytes                100
| blades instructed     2
| blades that answered  2
|
| BLADE  RESULT  ARGUMENT
|     2  done          42
| blades instructed     1-8
| blades that answered  1-8
|
| BLADE  RESULT  ARGUMENT
|     6  done           0
|     7  done           0
|     8  done           0
|     1  done           0
|     2  done           0
|     3  done           0
|     4  done           0
|     5  done           0
| no message came
|  #  FRAME  SLOT     FROM        INITIAL -> FINAL          SOURCE        TYPE  BYTES  CELLS  NOTE
|  1  2      81-87    controller  everybody -> everybody    controller  0xff02     56      4  identifiers
|  2  2      89-95    controller  blade 3 -> blade 3        controller  0xff20     64      4  echo
|  3  2-3    100-20   blade 3     controller -> controller  blade 3     0xff21     64      4  echo-answer
|  4  3      29-35    controller  blade 3 -> blade 3        controller  0xff20     64      4  echo
|  5  3      36-84    blade 3     controller -> controller  blade 3     0xff21     64      4  echo-answer
|  6  3      107-113  controller  blade 3 -> blade 3        controller  0xff20     64      4  echo
|  7  3-4    116-36   blade 3     controller -> controller  blade 3     0xff21     64      4  echo-answer
|  8  4-5    55-37    controller  blade 5 -> blade 5        controller  0xff20   1500     55  echo
|  9  5-12   40-8     blade 5     controller -> controller  blade 5     0xff21   1500     55  echo-answer
| 10  12-13  35-17    controller  blade 5 -> blade 5        controller  0xff20   1500     55  echo
| 11  13-19  24-120   blade 5     controller -> controller  blade 5     0xff21   1500     55  echo-answer
| 12  20     17-19    controller  blade 4 -> blade 4        controller  0x0001     12      2
| 13  20     119-121  controller  blade 4 -> blade 4        controller  0x0022      4      2
| 14  20     123-125  controller  blade 4 -> blade 4        controller  0x0022      4      2
| 15  20-21  127-3    controller  blade 4 -> blade 4        controller  0x0022      4      2
| 16  21     93-101   controller  everybody -> everybody    controller  0x0033    100      5
| 17  22     67-69    controller  blade 2 -> blade 2        controller  0xff10      8      2  instruction
| 18  22     82-98    blade 2     controller -> controller  blade 2     0xff11      8      2  instruction-answer
| 19  22     119-121  controller  everybody -> everybody    controller  0xff10      8      2  instruction
| 20  22-23  122-10   blade 6     controller -> controller  blade 6     0xff11      8      2  instruction-answer
| 21  22-23  124-12   blade 7     controller -> controller  blade 7     0xff11      8      2  instruction-answer
| 22  22-23  126-14   blade 8     controller -> controller  blade 8     0xff11      8      2  instruction-answer
| 23  23     1-16     blade 1     controller -> controller  blade 1     0xff11      8      2  instruction-answer
| 24  23     2-18     blade 2     controller -> controller  blade 2     0xff11      8      2  instruction-answer
| 25  23     4-20     blade 3     controller -> controller  blade 3     0xff11      8      2  instruction-answer
| 26  23     6-22     blade 4     controller -> controller  blade 4     0xff11      8      2  instruction-answer
| 27  23     8-24     blade 5     controller -> controller  blade 5     0xff11      8      2  instruction-answer
| recording is off; `tdm trace --on` starts it
| recording is off; `tdm trace --on` starts it

# The same as JSON lines.
$ switchblade --json source -
> btc init
> tdm trace --on
> msg send 1 x
> msg ping 1
> msg instruct 1 listen --timeslot 5
> msg recv --timeout 1ms
> tdm trace
> tdm load --time 10ms
| {"schema":"switchblade/btc-init/1","medium":"tdm","ident":"02:00:00:00:00:fe","period_ns":125000,"slots":128,"slot_bytes":32,"bus_mbps":262.144,"controller_slots":63,"shared_slots":0,"asked":"1-8","answered":"1-8","duplicate":"-"}
| {"schema":"switchblade/tdm-trace/1","records":[],"recording":true,"left":0,"overflow":false}
| {"schema":"switchblade/msg-send/1","messages":1,"initial":"02:00:00:00:00:01","final":"02:00:00:00:00:01","source":"02:00:00:00:00:fe","type":1,"type_hex":"0x0001","length":1}
| {"schema":"switchblade/msg-ping/1","to":"blade 1","ident":"02:00:00:00:00:01","sent":3,"answered":3,"min_us":75,"mean_us":75.0,"max_us":75}
| {"schema":"switchblade/msg-instruct/1","expected":"1","answered":"1","answers":[{"station":1,"result":"done","argument":0}]}
| {"schema":"switchblade/msg-recv/1","messages":[]}
| {"schema":"switchblade/tdm-trace/1","records":[{"record":1,"first_frame":2,"last_frame":2,"frames":"2","first_slot":81,"last_slot":87,"slots":"81-87","station":0,"from":"controller","initial":"ff:ff:ff:ff:ff:ff","final":"ff:ff:ff:ff:ff:ff","way":"everybody -> everybody","source":"02:00:00:00:00:fe","origin":"controller","type":65282,"type_hex":"0xff02","type_name":"identifiers","length":56,"sequence":1,"cells":4,"dropped":false,"pair":null,"note":"identifiers"},{"record":2,"first_frame":2,"last_frame":2,"frames":"2","first_slot":89,"last_slot":91,"slots":"89-91","station":0,"from":"controller","initial":"02:00:00:00:00:01","final":"02:00:00:00:00:01","way":"blade 1 -> blade 1","source":"02:00:00:00:00:fe","origin":"controller","type":1,"type_hex":"0x0001","type_name":null,"length":1,"sequence":1,"cells":2,"dropped":false,"pair":null,"note":null},{"record":3,"first_frame":3,"last_frame":3,"frames":"3","first_slot":55,"last_slot":61,"slots":"55-61","station":0,"from":"controller","initial":"02:00:00:00:00:01","final":"02:00:00:00:00:01","way":"blade 1 -> blade 1","source":"02:00:00:00:00:fe","origin":"controller","type":65312,"type_hex":"0xff20","type_name":"echo","length":64,"sequence":3,"cells":4,"dropped":false,"pair":null,"note":"echo"},{"record":4,"first_frame":3,"last_frame":3,"frames":"3","first_slot":64,"last_slot":112,"slots":"64-112","station":1,"from":"blade 1","initial":"02:00:00:00:00:fe","final":"02:00:00:00:00:fe","way":"controller -> controller","source":"02:00:00:00:00:01","origin":"blade 1","type":65313,"type_hex":"0xff21","type_name":"echo-answer","length":64,"sequence":3,"cells":4,"dropped":false,"pair":null,"note":"echo-answer"},{"record":5,"first_frame":4,"last_frame":4,"frames":"4","first_slot":5,"last_slot":11,"slots":"5-11","station":0,"from":"controller","initial":"02:00:00:00:00:01","final":"02:00:00:00:00:01","way":"blade 1 -> blade 1","source":"02:00:00:00:00:fe","origin":"controller","type":65312,"type_hex":"0xff20","type_name":"echo","length":64,"sequence":4,"cells":4,"dropped":false,"pair":null,"note":"echo"},{"record":6,"first_frame":4,"last_frame":4,"frames":"4","first_slot":16,"last_slot":64,"slots":"16-64","station":1,"from":"blade 1","initial":"02:00:00:00:00:fe","final":"02:00:00:00:00:fe","way":"controller -> controller","source":"02:00:00:00:00:01","origin":"blade 1","type":65313,"type_hex":"0xff21","type_name":"echo-answer","length":64,"sequence":4,"cells":4,"dropped":false,"pair":null,"note":"echo-answer"},{"record":7,"first_frame":4,"last_frame":4,"frames":"4","first_slot":81,"last_slot":87,"slots":"81-87","station":0,"from":"controller","initial":"02:00:00:00:00:01","final":"02:00:00:00:00:01","way":"blade 1 -> blade 1","source":"02:00:00:00:00:fe","origin":"controller","type":65312,"type_hex":"0xff20","type_name":"echo","length":64,"sequence":5,"cells":4,"dropped":false,"pair":null,"note":"echo"},{"record":8,"first_frame":4,"last_frame":5,"frames":"4-5","first_slot":96,"last_slot":16,"slots":"96-16","station":1,"from":"blade 1","initial":"02:00:00:00:00:fe","final":"02:00:00:00:00:fe","way":"controller -> controller","source":"02:00:00:00:00:01","origin":"blade 1","type":65313,"type_hex":"0xff21","type_name":"echo-answer","length":64,"sequence":5,"cells":4,"dropped":false,"pair":null,"note":"echo-answer"},{"record":9,"first_frame":5,"last_frame":5,"frames":"5","first_slot":29,"last_slot":31,"slots":"29-31","station":0,"from":"controller","initial":"02:00:00:00:00:01","final":"02:00:00:00:00:01","way":"blade 1 -> blade 1","source":"02:00:00:00:00:fe","origin":"controller","type":65296,"type_hex":"0xff10","type_name":"instruction","length":8,"sequence":6,"cells":2,"dropped":false,"pair":null,"note":"instruction"},{"record":10,"first_frame":5,"last_frame":5,"frames":"5","first_slot":32,"last_slot":48,"slots":"32-48","station":1,"from":"blade 1","initial":"02:00:00:00:00:fe","final":"02:00:00:00:00:fe","way":"controller -> controller","source":"02:00:00:00:00:01","origin":"blade 1","type":65297,"type_hex":"0xff11","type_name":"instruction-answer","length":8,"sequence":6,"cells":2,"dropped":false,"pair":null,"note":"instruction-answer"}],"recording":true,"left":0,"overflow":false}
| {"schema":"switchblade/tdm-load/1","frames":80,"used_slots":0,"idle_slots":10160,"collided_slots":0,"shared_slots":0,"stations":[{"station":0,"name":"controller","owned_slots":63,"granted_slots":0,"cells":0,"payload_mbps":0.0,"used_percent":0.0,"bar":"...................."},{"station":1,"name":"blade 1","owned_slots":8,"granted_slots":0,"cells":0,"payload_mbps":0.0,"used_percent":0.0,"bar":"...................."},{"station":2,"name":"blade 2","owned_slots":8,"granted_slots":0,"cells":0,"payload_mbps":0.0,"used_percent":0.0,"bar":"...................."},{"station":3,"name":"blade 3","owned_slots":8,"granted_slots":0,"cells":0,"payload_mbps":0.0,"used_percent":0.0,"bar":"...................."},{"station":4,"name":"blade 4","owned_slots":8,"granted_slots":0,"cells":0,"payload_mbps":0.0,"used_percent":0.0,"bar":"...................."},{"station":5,"name":"blade 5","owned_slots":8,"granted_slots":0,"cells":0,"payload_mbps":0.0,"used_percent":0.0,"bar":"...................."},{"station":6,"name":"blade 6","owned_slots":8,"granted_slots":0,"cells":0,"payload_mbps":0.0,"used_percent":0.0,"bar":"...................."},{"station":7,"name":"blade 7","owned_slots":8,"granted_slots":0,"cells":0,"payload_mbps":0.0,"used_percent":0.0,"bar":"...................."},{"station":8,"name":"blade 8","owned_slots":8,"granted_slots":0,"cells":0,"payload_mbps":0.0,"used_percent":0.0,"bar":"...................."}]}

$ switchblade msg send
! switchblade: give WHO [TEXT], or --steer [TEXT] (syntax)
= 2

$ switchblade msg send 1 text --size 5
! switchblade: TEXT, --hex and --size exclude each other (syntax)
= 2

$ switchblade msg send 1 --hex 0x
! switchblade: --hex: '0x' is not two digits (syntax)
= 2

$ switchblade msg send 1 --type 0xff00
! switchblade: --type: 0xff00 is outside 0 to 65279 (range)
= 2

$ switchblade msg send 1 hello
! switchblade: station 1 has no identifier yet; run `blade discover` (state)
= 1

$ switchblade msg broadcast hello
! switchblade: CONTROL:IDENT_HI and IDENT_LO are 0: the controller has no identifier (state)
= 1

$ switchblade msg ping 3
! switchblade: station 3 has no identifier yet; run `blade discover` (state)
= 1

$ switchblade msg ping 02:00:00:00:00:99
| to          02:00:00:00:00:99
| identifier  02:00:00:00:00:99
| requests    0
| answers     0
! switchblade: CONTROL:IDENT_HI and IDENT_LO are 0: the controller has no identifier (state)
= 1

$ switchblade msg recv --timeout 1
! switchblade: --timeout: "1" is not a duration: a number and us, ms, s or m, like 500ms (syntax)
= 2

$ switchblade -b mock: msg recv
! switchblade: the board has no device with the map btc (no-device)
= 5

$ switchblade msg instruct all dance
! switchblade: 'dance' is none of listen, maintenance, provisioning, normal, run, parameter (syntax)
= 2

$ switchblade msg instruct all listen
! switchblade: listen goes with --timeslot (syntax)
= 2

$ switchblade msg instruct all normal
! switchblade: there is no blade that is ready (state)
= 1

# A type that no rule steers is refused.
$ switchblade source - | tail -1
> btc init
> msg send --steer 'to whom?'
| blades with an identifier twice  -
! switchblade: stdin:2: MESSAGE:TX_STATUS.DROPPED is set: no blade to steer type 0x0001 to (after 10 register writes) (state)

# A blade that is not there does not answer.
$ switchblade source -
> btc init
> msg ping 02:00:00:00:00:99 --count 2 --timeout 5ms
| medium                           tdm
| identifier                       02:00:00:00:00:fe
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| timeslots of the controller      63
| timeslots that are shared        0
| blades plugged in                1-8
| blades that said who they are    1-8
| blades with an identifier twice  -
| to          02:00:00:00:00:99
| identifier  02:00:00:00:00:99
| requests    2
| answers     0
! switchblade: stdin:2: MESSAGE:RX_HEAD.WORDS: no message from 02:00:00:00:00:99, type 0xff21, sequence 2 within 5000 us (after 24 register writes) (timeout)
= 6

# Steering rules.
$ switchblade source -
> btc init
> steer set 3 0x50 0 --blades 1-4
> steer set 0 0x51 7
> steer set 3 off
> steer show --raw
| medium                           tdm
| identifier                       02:00:00:00:00:fe
| frame, ns                        125000
| timeslots                        128
| bytes of a timeslot              32
| bus, Mb/s                        262.144
| timeslots of the controller      63
| timeslots that are shared        0
| blades plugged in                1-8
| blades that said who they are    1-8
| blades with an identifier twice  -
| RULE    TYPE  FUNCTION  MAY GO TO  GOES TO NOW  HITS
|    3  0x0050         0  1-4        1               0
| RULE    TYPE  FUNCTION  MAY GO TO  GOES TO NOW  HITS
|    0  0x0051         7  1-64       8               0
|    3  0x0050         0  1-4        1               0
| RULE    TYPE  FUNCTION  MAY GO TO  GOES TO NOW  HITS
|    0  0x0051         7  1-64       8               0
| 1-64

$ switchblade steer set 64 1 1
! switchblade: rule: 64 is outside 0 to 63 (range)
= 2

$ switchblade steer set 1 2
! switchblade: give RULE TYPE FUNCTION, or RULE off (syntax)
= 2

$ switchblade -b mock: steer show
! switchblade: the board has no device with the map btc (no-device)
= 5

# Load, of blades that flood, in timeslots of their own and in shared ones.
$ switchblade source -
> scenario run fixtures/scenarios/load.yaml --raw
> tdm load --time 20ms
> tdm load --time 20ms --json
> tdm trace --count 6
> tdm trace --time 1ms --count 4 --addresses
| wait 10000 us	done
| yes
| frames                       160
| timeslots with a cell        9309
| timeslots without            11011
| timeslots with several       0
| shared timeslots of a frame  12
|
| STATION     SLOTS  GRANTED  CELLS  MB/S  USED %
| controller     80      480   4669  52.3    35.2  #######.............
| blade 1        10      480   2080  23.3     100  ####################
| blade 2        10      480   2080  23.3     100  ####################
| blade 3         0      480    480   5.4     100  ####################
| blade 4        10        0      0     0       0  ....................
| blade 5         5        0      0     0       0  ....................
| {"schema":"switchblade/tdm-load/1","frames":160,"used_slots":9272,"idle_slots":11048,"collided_slots":0,"shared_slots":12,"stations":[{"station":0,"name":"controller","owned_slots":80,"granted_slots":480,"cells":4632,"payload_mbps":51.9,"used_percent":34.9,"bar":"#######............."},{"station":1,"name":"blade 1","owned_slots":10,"granted_slots":480,"cells":2080,"payload_mbps":23.3,"used_percent":100.0,"bar":"####################"},{"station":2,"name":"blade 2","owned_slots":10,"granted_slots":480,"cells":2080,"payload_mbps":23.3,"used_percent":100.0,"bar":"####################"},{"station":3,"name":"blade 3","owned_slots":0,"granted_slots":480,"cells":480,"payload_mbps":5.4,"used_percent":100.0,"bar":"####################"},{"station":4,"name":"blade 4","owned_slots":10,"granted_slots":0,"cells":0,"payload_mbps":0.0,"used_percent":0.0,"bar":"...................."},{"station":5,"name":"blade 5","owned_slots":5,"granted_slots":0,"cells":0,"payload_mbps":0.0,"used_percent":0.0,"bar":"...................."}]}
| #  FRAME  SLOT     FROM        INITIAL -> FINAL       SOURCE     TYPE  BYTES  CELLS  NOTE
| 1  5      118-124  blade 3     controller -> blade 4  blade 3  0x0011     40      3  goes on as 2
| 2  5-6    125-2    controller  blade 4 -> blade 4     blade 3  0x0011     40      3  was 1, overwritten
| 3  5-6    117-91   blade 2     controller -> blade 1  blade 2  0x0010    100      5
| 4  6      92-96    blade 2     controller -> blade 1  blade 2  0x0010    100      5
| 5  6      97-119   blade 2     controller -> blade 1  blade 2  0x0010    100      5
| 6  6      116-124  blade 3     controller -> blade 4  blade 3  0x0011     40      3
| the record was full: messages are missing (event trace-overflow)
| 1018 records are left
| #  FRAME    SLOT     FROM        INITIAL -> FINAL                        SOURCE               TYPE  BYTES  CELLS  NOTE
| 1  405      116-124  blade 3     02:00:00:00:00:fe -> 02:00:00:00:00:04  02:00:00:00:00:03  0x0011     40      3  goes on as 4
| 2  405-406  117-2    controller  02:00:00:00:00:01 -> 02:00:00:00:00:01  02:00:00:00:00:02  0x0010    100      5
| 3  406      3-7      controller  02:00:00:00:00:01 -> 02:00:00:00:00:01  02:00:00:00:00:02  0x0010    100      5
| 4  406      8-10     controller  02:00:00:00:00:04 -> 02:00:00:00:00:04  02:00:00:00:00:03  0x0011     40      3  was 1, overwritten
| 60 records are left

$ switchblade tdm load
! switchblade: the TDM bus is silent; `btc init` starts it (state)
= 1

$ switchblade tdm trace --on --off
! switchblade: --on and --off exclude each other (syntax)
= 2

$ switchblade -b mock: tdm trace
! switchblade: the board has no device with the map btc (no-device)
= 5
