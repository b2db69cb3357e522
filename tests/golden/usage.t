# Usage, exit statuses and the ways into the program.

$ switchblade frobnicate
! switchblade: unknown command "frobnicate"; `switchblade help` lists them (syntax)
= 2

$ switchblade reg
! switchblade: reg needs one of: diff, dump, find, info, list, poll, read, restore, set, watch, write (syntax)
= 2

$ switchblade reg raed CHIP_ID
! switchblade: unknown command "reg raed"; did you mean reg read? (syntax)
= 2

$ switchblade --jsno
! switchblade: unknown option --jsno; did you mean --json? (syntax)
= 2

$ switchblade reg read
! switchblade: reg read: too few operands; usage: reg read NAME... (syntax)
= 2

$ switchblade reg read --count=3 CHIP_ID
! switchblade: unknown option --count (syntax)
= 2

$ switchblade board show extra
! switchblade: board show takes no operands (syntax)
= 2

$ switchblade map diff btc
! switchblade: map diff: too few operands; usage: map diff MAP MAP (syntax)
= 2

$ switchblade reg write btc/ID:SCRATCH 1 2
! switchblade: reg write: too many operands; usage: reg write REG VALUE (syntax)
= 2

$ switchblade --json --raw reg read CHIP_ID
! switchblade: --json and --raw exclude each other (syntax)
= 2

$ switchblade -b mock: -B fixtures/boards/bench8.yaml reg read CHIP_ID
! switchblade: --bus and --board exclude each other (syntax)
= 2

$ switchblade --json reg nonsense
| {
|   "schema": "switchblade/error/1",
|   "error": {"code": "syntax", "message": "unknown command \"reg nonsense\"; `switchblade help` lists them"}
| }
! switchblade: unknown command "reg nonsense"; `switchblade help` lists them (syntax)
= 2

$ switchblade reg read --json --nonsense
| {
|   "schema": "switchblade/error/1",
|   "error": {"code": "syntax", "message": "unknown option --nonsense"}
| }
! switchblade: unknown option --nonsense (syntax)
= 2

$ switchblade --color=sometimes reg read CHIP_ID
! switchblade: --color: "sometimes" is not always, never or auto (syntax)
= 2

$ switchblade -b nonsense:foo reg read CHIP_ID
! switchblade: unknown bus 'nonsense:foo' (known: mock:, file:, pci:, usb:, unix:, ssh:, fault:, record:, replay:) (syntax)
= 2

$ switchblade -b file:/no/such/file reg read CHIP_ID
! switchblade: switch: file:/no/such/file: No such file or directory (no-device)
= 5

$ switchblade -b /dev/null reg read CHIP_ID
! switchblade: unknown bus '/dev/null' (known: mock:, file:, pci:, usb:, unix:, ssh:, fault:, record:, replay:) (syntax)
= 2

$ switchblade -B /no/such/board.yaml reg read CHIP_ID
! switchblade: board file '/no/such/board.yaml': No such file or directory (no-device)
= 5

$ SWITCHBLADE_BUS=file:/no/such/file switchblade reg read CHIP_ID
! switchblade: switch: file:/no/such/file: No such file or directory (no-device)
= 5

$ SWITCHBLADE_BUS=file:/no/such/file switchblade --raw -b mock: reg read CHIP_ID
| 0x374680e9

$ SWITCHBLADE_BOARD=/no/such/board switchblade --raw -b mock: reg read CHIP_ID
| 0x374680e9

$ switchblade -b fault:after=1,mock: reg read CHIP_ID
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID: read 0x71010000: injected fault: I/O error at access 1 (seed 1) (io)
= 1

$ switchblade -b fault:unplug=1,mock: reg read CHIP_ID
! switchblade: DEVCPU_GCB:CHIP_REGS:CHIP_ID: read 0x71010000: injected fault: unplugged at access 1 (seed 1) (no-device)
= 5

# Options may stand anywhere, also cut short.
$ switchblade reg read CHIP_ID --raw -b mock:
| 0x374680e9

$ switchblade reg --raw read CHIP_ID
! switchblade: reg needs one of: diff, dump, find, info, list, poll, read, restore, set, watch, write (syntax)
= 2

$ switchblade reg read --ra -- CHIP_ID
| 0x374680e9

# Colour: never into a pipe unless told to, and NO_COLOR is respected.
$ switchblade reg read CHIP_ID | grep -c $'\033'
| 0
= 1

$ switchblade --color reg read btc/ID:VERSION | cat -v
| ^[[1mbtc/ID:VERSION = 0x00010000^[[0m
|  BITS  FIELD  VALUE
| 31:16  ^[[1mMAJOR^[[0m    0x1
|  15:0  ^[[1mMINOR^[[0m    0x0

$ NO_COLOR=1 switchblade --color=auto reg read CHIP_ID | grep -c $'\033'
| 0
= 1

# A reader that goes away is no error; a full disk is.
$ switchblade reg list | head -1; echo "${PIPESTATUS[0]}"
| REGISTER                                                                COUNT     ADDRESS  BITS  ACCESS                        RESET  DESCRIPTION
| 0

$ switchblade reg dump | head -1; echo "${PIPESTATUS[0]}"
| @regs 1
| 0

$ switchblade --json reg watch CHIP_ID --every 1us | head -1 | cut -c1-40; echo "${PIPESTATUS[0]}"
| {"schema":"switchblade/reg-watch/1","loo
| 0

$ switchblade reg list >/dev/full
! switchblade: cannot write the output: No space left on device (io)
= 1

$ switchblade reg dump 'DEV1G[0]' >/dev/full
! switchblade: cannot write: No space left on device (io)
= 1

$ switchblade help --man >/dev/full
! switchblade: cannot write the output (io)
= 1

# Version and help.
$ switchblade --version | sed 's/[0-9a-f]\{16\}/HASH/'
| switchblade 0.1.0
| MAP      HASH
| btc      HASH
| rocker   HASH
| vsc7448  HASH

$ switchblade version --json | sed 's/[0-9a-f]\{16\}/HASH/'
| {
|   "schema": "switchblade/version/1",
|   "version": "0.1.0",
|   "maps": [
|     {"name": "btc", "hash": "HASH"},
|     {"name": "rocker", "hash": "HASH"},
|     {"name": "vsc7448", "hash": "HASH"}
|   ]
| }

$ switchblade help
| usage: switchblade [OPTION]... [COMMAND]
| Registers of a switch blade, by name. Without a command: a shell.
|
| COMMAND                                       WHAT
| acl add permit|drop|only PORTS|to PORTS       add an access rule
| acl clear [RULE]                              set the counter of a rule to zero, or all
| acl del RULE                                  delete an access rule
| acl port PORTS off|ip|mac                     which frames of ports meet the access rules
| acl show                                      access rules and their counters
| arb set [RULE]                                how shared timeslots are given, and to whom
| arb show                                      requests, grants and waits for shared timeslots
| blade disable BLADES                          keep blades off the TDM bus
| blade discover                                ask all blades who they are, and tell all
| blade enable BLADES                           let blades back onto the TDM bus
| blade events                                  what happened to blades since the last look
| blade list                                    blades on the TDM bus: state, identifier, functions
| blade show BLADE                              one blade and its counters
| board check [FILE]                            check a board file, or the board in use
| board show                                    devices, ports, blades and wires of the board
| btc events                                    what happened to the BTC since the last look
| btc init                                      reset the BTC, plan timeslots, start the bus, find blades
| btc reset                                     reset the BTC: registers, FIFOs, counters
| btc show                                      the backplane TDM controller at a glance
| bus info                                      how each device is reached, and the known kinds of bus
| bus list                                      devices on PCI and USB that may be a board's
| bus test [DEVICE]                             read and write over and over, count errors and time
| bus tune [DEVICE]                             find the fastest reliable clock of a usb: bus
| chip init                                     reset and initialize the switch chip
| chip reset                                    reset the switch core
| chip show                                     identity, clocks and calendar of the switch chip
| chip temp                                     temperature of the switch chip
| counters clear [PORTS]                        count from now on
| counters show [PORTS]                         what the ports have counted since the last clear
| frame capture                                 show frames that come to the CPU
| frame send [PORTS]                            send a frame through the switch chip
| frame set                                     change the frame of the TDM bus
| frame show                                    the frame of the TDM bus: shape, alignment, counts
| gpio mode PINS MODE                           what pins are for: input, output, another function
| gpio serial CONTROLLER                        serial pins in use: outputs and inputs
| gpio serial-set CONTROLLER:PORT.BIT MODE      what a serial output shows
| gpio serial-setup CONTROLLER PORTS BITS       set up a serial pin controller
| gpio set PIN LEVEL                            the level that an output drives
| gpio show [PINS]                              modes, levels and functions of the pins
| help [COMMAND]...                             the commands, or one of them in detail
| isolate clear [PORTS]                         let ports reach each other again
| isolate set PORTS                             keep ports apart that are in one VLAN
| isolate show                                  which ports are kept apart
| lag clear PORTS                               dissolve the groups that ports are in
| lag hash FIELD[,FIELD]...                     what spreads flows over the members
| lag set PORTS                                 make ports one link aggregation group
| lag show                                      link aggregation groups, as the chip has them
| link history [PORTS]...                       what happened to links since the last look
| link kr PORTS                                 10GBASE-KR: auto-negotiation, training, correction
| link modes [PORTS]                            what each port can carry, and who is in the way
| link set PORTS MODE | board                   set ports up in a link mode, or free them
| link show [PORTS]...                          the state of links in detail
| mac add VLAN ADDRESS PORTS                    add or replace an entry, static unless told otherwise
| mac age [SECONDS]                             how long a silent address stays
| mac del VLAN ADDRESS                          remove an entry, and show what it was
| mac find VLAN ADDRESS                         where an address is
| mac flush                                     forget learned addresses
| mac show                                      the MAC table, by FID and address
| map diff MAP MAP                              compare two register maps by name
| map info [MAP]                                size, origin and top blocks of a register map
| map list                                      the register maps that are linked in
| mirror off                                    stop mirroring
| mirror set PORT                               copy frames to a monitor port
| mirror show                                   what is mirrored where
| msg broadcast [TEXT]                          send a message to everybody on the TDM bus
| msg gateway [PORTS]                           bring messages of the external network to the blades
| msg instruct BLADE|all OPERATION              instruct blades, and collect their answers
| msg ping BLADE                                echo requests to a blade over the TDM bus
| msg recv                                      messages that came for the switch blade's software
| msg send [WHO] [TEXT]                         send a message to a blade over the TDM bus
| oset send PORT WORD                           send an ordered set of 24 bits over XAUI or RXAUI
| oset show [PORTS]...                          ordered sets that were received, and the one sent
| oset watch PORT                               wait for ordered sets and show them as they come
| pgid set PGID PORTS                           the ports of a destination: flooding or a group
| pgid show [PGID]                              where frames to ports, groups and floods go
| phy read CONTROLLER:ADDRESS[.MMD] REG         read a register of a PHY over MDIO
| phy write CONTROLLER:ADDRESS[.MMD] REG VALUE  write a register of a PHY over MDIO
| police set PORTS RATE                         limit what ports receive
| police show [PORTS]                           the limits of ports
| port disable PORTS                            silence the line of ports that are set up
| port enable PORTS                             take back what port disable did
| port flush PORTS                              drop the frames that wait in the queues of ports
| port set PORTS                                change speed, pause, frame length, ... of ports
| port show [PORTS]...                          every port at a glance: mode, link, partner, errors
| reg diff A [B]                                compare register files, or one with the device
| reg dump [PATTERN]                            write registers as a .regs file
| reg find ADDRESS                              the register at an address
| reg info NAME [VALUE]                         describe a register or field, decode a value
| reg list [PATTERN]...                         list registers by name
| reg poll REG[.FIELD]==VALUE                   wait until a register or field has a value
| reg read NAME...                              read and decode registers or fields
| reg restore FILE [DEVICE]                     write a .regs file back to the device
| reg set REG.FIELD=VALUE...                    change fields and leave the others as they are
| reg watch NAME...                             read again and again and show what changes
| reg write REG VALUE                           write a whole register
| route add PREFIX HOP...                       add a route, or change where it leads
| route del PREFIX                              delete a route
| route group PREFIX [ENTRY HOP]                the next hops of a route; change one entry of a group
| route leg LEG [VLAN|none]                     a router leg's VLAN and counters
| route mac MAC                                 set the router's MAC address and allow routing
| route show                                    the router, its legs and its routes
| scenario run FILE                             run a scenario of blades on the mock TDM bus
| serdes ber PORT                               measure the bit error ratio of a port's lanes
| serdes eye PORT                               how open the eye is that a 10G receiver sees
| serdes loop PORT[,PORT]... [LOOP]             loop a port back, or show which loop it has
| serdes prbs PORT[,PORT]... [PATTERN|stop]     send and check a test pattern, or show what came
| serdes show [PORT[,PORT]...]                  the SerDes lanes of ports: PLL, receiver, level, loop
| serve                                         share the devices with other processes and machines
| sfp show [PORTS]...                           identity and diagnostics of SFP modules
| shell                                         read commands from the terminal or standard input
| slot assign SLOTS STATION|shared|off          who sends in timeslots
| slot listen SLOTS STATIONS                    who listens to timeslots
| slot plan [SLOTS=USE[>LISTENERS]]...          replace the whole slot plan at a frame boundary
| slot show                                     the frame as a picture: who sends, who listens
| source FILE|-                                 run the commands of a file, or of standard input
| steer set RULE TYPE FUNCTION|off              steer messages of a type to blades with a function
| steer show                                    rules from message types to functions and blades
| storm set KIND RATE                           limit what is flooded, over all ports
| storm show                                    the limits of flooding
| tdm load                                      how much of their timeslots stations use
| tdm trace                                     the messages that crossed the TDM bus, decoded
| undo                                          put back what the writes in a journal changed
| version                                       version of the program and of its maps
| vlan add VLAN PORTS                           make a VLAN, or give it other members
| vlan custom-tag [ETHERTYPE]                   the EtherType of custom-s tags
| vlan del VLAN                                 remove a VLAN, and show what it was
| vlan port [PORTS]                             how ports classify, filter and tag
| vlan show [VLAN]                              the VLANs and their members
|
| OPTION                     WHAT
| -B, --board=FILE           the board that stands on the bench
| -b, --bus=URI              one device on this bus instead of a board
|     --color[=WHEN]         always, never or auto (on a terminal)
| -D, --define=NAME[=VALUE]  macro for a map that is compiled
| -n, --dry-run              print writes instead of doing them
| -h, --help                 help on the program or the command
| -I, --include=DIR          where a map finds its include files
| -J, --journal=FILE         append every write and the old value to a file
| -j, --json                 JSON on standard output
| -m, --map=MAP              register map: vsc7448, btc, rocker or a file
| -P, --param=NAME=VALUE     parameter of the top of a map
| -r, --raw                  bare values for scripts
|     --read-only            refuse every write
|     --side-effects         allow reads that change something
| -e, --stop-on-error        scripts stop at the first failure
|     --top=NAME             top addrmap of a map that is compiled
| -v, --verbose              trace every access on standard error
|     --verify               read back what was written
| -V, --version              version of the program and its maps
| -w, --wait=TIME            how long to wait for another writer to end
| -y, --yes                  do not ask before writes that need it
|
| A register is [DEVICE/]TARGET[i]:GROUP[j]:REGISTER[k].FIELD or an address; levels that are not needed may be left out.
| `help COMMAND` tells more. Exit status: 0 done, 1 failed on the device, 2 usage, 3 different or false,
| 4 no such name, 5 no such device or file, 6 timed out, 7 locked, 8 refused.

$ switchblade --help | head -1
| usage: switchblade [OPTION]... [COMMAND]

$ switchblade help reg
| reg: registers by name
|
| COMMAND                      WHAT
| reg diff A [B]               compare register files, or one with the device
| reg dump [PATTERN]           write registers as a .regs file
| reg find ADDRESS             the register at an address
| reg info NAME [VALUE]        describe a register or field, decode a value
| reg list [PATTERN]...        list registers by name
| reg poll REG[.FIELD]==VALUE  wait until a register or field has a value
| reg read NAME...             read and decode registers or fields
| reg restore FILE [DEVICE]    write a .regs file back to the device
| reg set REG.FIELD=VALUE...   change fields and leave the others as they are
| reg watch NAME...            read again and again and show what changes
| reg write REG VALUE          write a whole register

$ switchblade help reg poll
| usage: switchblade reg poll [OPTION]... REG[.FIELD]==VALUE
| wait until a register or field has a value
| Exit status 6 when it did not happen in time.
|
| OPTION              WHAT
|     --every=TIME    time between two reads (10ms)
|     --timeout=TIME  how long to wait at most (1s)

$ switchblade reg poll --help
| usage: switchblade reg poll [OPTION]... REG[.FIELD]==VALUE
| wait until a register or field has a value
| Exit status 6 when it did not happen in time.
|
| OPTION              WHAT
|     --every=TIME    time between two reads (10ms)
|     --timeout=TIME  how long to wait at most (1s)

$ switchblade reg --help | head -1
| reg: registers by name

$ switchblade help frobnicate
! switchblade: unknown command "frobnicate"; `switchblade help` lists them (syntax)
= 2

$ switchblade --json help reg poll
| {
|   "schema": "switchblade/help/1",
|   "name": "reg poll",
|   "usage": "REG[.FIELD]==VALUE",
|   "help": "wait until a register or field has a value",
|   "detail": "Exit status 6 when it did not happen in time.",
|   "options": [
|     {"name": "every", "letter": null, "value": "TIME", "help": "time between two reads (10ms)"},
|     {"name": "timeout", "letter": null, "value": "TIME", "help": "how long to wait at most (1s)"}
|   ]
| }

$ switchblade --json help | grep -c '"schema": "switchblade/help/'
| 2

$ switchblade --raw help
| acl add
| acl clear
| acl del
| acl port
| acl show
| arb set
| arb show
| blade disable
| blade discover
| blade enable
| blade events
| blade list
| blade show
| board check
| board show
| btc events
| btc init
| btc reset
| btc show
| bus info
| bus list
| bus test
| bus tune
| chip init
| chip reset
| chip show
| chip temp
| counters clear
| counters show
| frame capture
| frame send
| frame set
| frame show
| gpio mode
| gpio serial
| gpio serial-set
| gpio serial-setup
| gpio set
| gpio show
| help
| isolate clear
| isolate set
| isolate show
| lag clear
| lag hash
| lag set
| lag show
| link history
| link kr
| link modes
| link set
| link show
| mac add
| mac age
| mac del
| mac find
| mac flush
| mac show
| map diff
| map info
| map list
| mirror off
| mirror set
| mirror show
| msg broadcast
| msg gateway
| msg instruct
| msg ping
| msg recv
| msg send
| oset send
| oset show
| oset watch
| pgid set
| pgid show
| phy read
| phy write
| police set
| police show
| port disable
| port enable
| port flush
| port set
| port show
| reg diff
| reg dump
| reg find
| reg info
| reg list
| reg poll
| reg read
| reg restore
| reg set
| reg watch
| reg write
| route add
| route del
| route group
| route leg
| route mac
| route show
| scenario run
| serdes ber
| serdes eye
| serdes loop
| serdes prbs
| serdes show
| serve
| sfp show
| shell
| slot assign
| slot listen
| slot plan
| slot show
| source
| steer set
| steer show
| storm set
| storm show
| tdm load
| tdm trace
| undo
| version
| vlan add
| vlan custom-tag
| vlan del
| vlan port
| vlan show

$ switchblade help --markdown
| | command | what |
| | --- | --- |
| | `acl add permit\|drop\|only PORTS\|to PORTS` | add an access rule |
| | `acl clear [RULE]` | set the counter of a rule to zero, or all |
| | `acl del RULE` | delete an access rule |
| | `acl port PORTS off\|ip\|mac` | which frames of ports meet the access rules |
| | `acl show` | access rules and their counters |
| | `arb set [RULE]` | how shared timeslots are given, and to whom |
| | `arb show` | requests, grants and waits for shared timeslots |
| | `blade disable BLADES` | keep blades off the TDM bus |
| | `blade discover` | ask all blades who they are, and tell all |
| | `blade enable BLADES` | let blades back onto the TDM bus |
| | `blade events` | what happened to blades since the last look |
| | `blade list` | blades on the TDM bus: state, identifier, functions |
| | `blade show BLADE` | one blade and its counters |
| | `board check [FILE]` | check a board file, or the board in use |
| | `board show` | devices, ports, blades and wires of the board |
| | `btc events` | what happened to the BTC since the last look |
| | `btc init` | reset the BTC, plan timeslots, start the bus, find blades |
| | `btc reset` | reset the BTC: registers, FIFOs, counters |
| | `btc show` | the backplane TDM controller at a glance |
| | `bus info` | how each device is reached, and the known kinds of bus |
| | `bus list` | devices on PCI and USB that may be a board's |
| | `bus test [DEVICE]` | read and write over and over, count errors and time |
| | `bus tune [DEVICE]` | find the fastest reliable clock of a usb: bus |
| | `chip init` | reset and initialize the switch chip |
| | `chip reset` | reset the switch core |
| | `chip show` | identity, clocks and calendar of the switch chip |
| | `chip temp` | temperature of the switch chip |
| | `counters clear [PORTS]` | count from now on |
| | `counters show [PORTS]` | what the ports have counted since the last clear |
| | `frame capture` | show frames that come to the CPU |
| | `frame send [PORTS]` | send a frame through the switch chip |
| | `frame set` | change the frame of the TDM bus |
| | `frame show` | the frame of the TDM bus: shape, alignment, counts |
| | `gpio mode PINS MODE` | what pins are for: input, output, another function |
| | `gpio serial CONTROLLER` | serial pins in use: outputs and inputs |
| | `gpio serial-set CONTROLLER:PORT.BIT MODE` | what a serial output shows |
| | `gpio serial-setup CONTROLLER PORTS BITS` | set up a serial pin controller |
| | `gpio set PIN LEVEL` | the level that an output drives |
| | `gpio show [PINS]` | modes, levels and functions of the pins |
| | `help [COMMAND]...` | the commands, or one of them in detail |
| | `isolate clear [PORTS]` | let ports reach each other again |
| | `isolate set PORTS` | keep ports apart that are in one VLAN |
| | `isolate show` | which ports are kept apart |
| | `lag clear PORTS` | dissolve the groups that ports are in |
| | `lag hash FIELD[,FIELD]...` | what spreads flows over the members |
| | `lag set PORTS` | make ports one link aggregation group |
| | `lag show` | link aggregation groups, as the chip has them |
| | `link history [PORTS]...` | what happened to links since the last look |
| | `link kr PORTS` | 10GBASE-KR: auto-negotiation, training, correction |
| | `link modes [PORTS]` | what each port can carry, and who is in the way |
| | `link set PORTS MODE \| board` | set ports up in a link mode, or free them |
| | `link show [PORTS]...` | the state of links in detail |
| | `mac add VLAN ADDRESS PORTS` | add or replace an entry, static unless told otherwise |
| | `mac age [SECONDS]` | how long a silent address stays |
| | `mac del VLAN ADDRESS` | remove an entry, and show what it was |
| | `mac find VLAN ADDRESS` | where an address is |
| | `mac flush` | forget learned addresses |
| | `mac show` | the MAC table, by FID and address |
| | `map diff MAP MAP` | compare two register maps by name |
| | `map info [MAP]` | size, origin and top blocks of a register map |
| | `map list` | the register maps that are linked in |
| | `mirror off` | stop mirroring |
| | `mirror set PORT` | copy frames to a monitor port |
| | `mirror show` | what is mirrored where |
| | `msg broadcast [TEXT]` | send a message to everybody on the TDM bus |
| | `msg gateway [PORTS]` | bring messages of the external network to the blades |
| | `msg instruct BLADE\|all OPERATION` | instruct blades, and collect their answers |
| | `msg ping BLADE` | echo requests to a blade over the TDM bus |
| | `msg recv` | messages that came for the switch blade's software |
| | `msg send [WHO] [TEXT]` | send a message to a blade over the TDM bus |
| | `oset send PORT WORD` | send an ordered set of 24 bits over XAUI or RXAUI |
| | `oset show [PORTS]...` | ordered sets that were received, and the one sent |
| | `oset watch PORT` | wait for ordered sets and show them as they come |
| | `pgid set PGID PORTS` | the ports of a destination: flooding or a group |
| | `pgid show [PGID]` | where frames to ports, groups and floods go |
| | `phy read CONTROLLER:ADDRESS[.MMD] REG` | read a register of a PHY over MDIO |
| | `phy write CONTROLLER:ADDRESS[.MMD] REG VALUE` | write a register of a PHY over MDIO |
| | `police set PORTS RATE` | limit what ports receive |
| | `police show [PORTS]` | the limits of ports |
| | `port disable PORTS` | silence the line of ports that are set up |
| | `port enable PORTS` | take back what port disable did |
| | `port flush PORTS` | drop the frames that wait in the queues of ports |
| | `port set PORTS` | change speed, pause, frame length, ... of ports |
| | `port show [PORTS]...` | every port at a glance: mode, link, partner, errors |
| | `reg diff A [B]` | compare register files, or one with the device |
| | `reg dump [PATTERN]` | write registers as a .regs file |
| | `reg find ADDRESS` | the register at an address |
| | `reg info NAME [VALUE]` | describe a register or field, decode a value |
| | `reg list [PATTERN]...` | list registers by name |
| | `reg poll REG[.FIELD]==VALUE` | wait until a register or field has a value |
| | `reg read NAME...` | read and decode registers or fields |
| | `reg restore FILE [DEVICE]` | write a .regs file back to the device |
| | `reg set REG.FIELD=VALUE...` | change fields and leave the others as they are |
| | `reg watch NAME...` | read again and again and show what changes |
| | `reg write REG VALUE` | write a whole register |
| | `route add PREFIX HOP...` | add a route, or change where it leads |
| | `route del PREFIX` | delete a route |
| | `route group PREFIX [ENTRY HOP]` | the next hops of a route; change one entry of a group |
| | `route leg LEG [VLAN\|none]` | a router leg's VLAN and counters |
| | `route mac MAC` | set the router's MAC address and allow routing |
| | `route show` | the router, its legs and its routes |
| | `scenario run FILE` | run a scenario of blades on the mock TDM bus |
| | `serdes ber PORT` | measure the bit error ratio of a port's lanes |
| | `serdes eye PORT` | how open the eye is that a 10G receiver sees |
| | `serdes loop PORT[,PORT]... [LOOP]` | loop a port back, or show which loop it has |
| | `serdes prbs PORT[,PORT]... [PATTERN\|stop]` | send and check a test pattern, or show what came |
| | `serdes show [PORT[,PORT]...]` | the SerDes lanes of ports: PLL, receiver, level, loop |
| | `serve` | share the devices with other processes and machines |
| | `sfp show [PORTS]...` | identity and diagnostics of SFP modules |
| | `shell` | read commands from the terminal or standard input |
| | `slot assign SLOTS STATION\|shared\|off` | who sends in timeslots |
| | `slot listen SLOTS STATIONS` | who listens to timeslots |
| | `slot plan [SLOTS=USE[>LISTENERS]]...` | replace the whole slot plan at a frame boundary |
| | `slot show` | the frame as a picture: who sends, who listens |
| | `source FILE\|-` | run the commands of a file, or of standard input |
| | `steer set RULE TYPE FUNCTION\|off` | steer messages of a type to blades with a function |
| | `steer show` | rules from message types to functions and blades |
| | `storm set KIND RATE` | limit what is flooded, over all ports |
| | `storm show` | the limits of flooding |
| | `tdm load` | how much of their timeslots stations use |
| | `tdm trace` | the messages that crossed the TDM bus, decoded |
| | `undo` | put back what the writes in a journal changed |
| | `version` | version of the program and of its maps |
| | `vlan add VLAN PORTS` | make a VLAN, or give it other members |
| | `vlan custom-tag [ETHERTYPE]` | the EtherType of custom-s tags |
| | `vlan del VLAN` | remove a VLAN, and show what it was |
| | `vlan port [PORTS]` | how ports classify, filter and tag |
| | `vlan show [VLAN]` | the VLANs and their members |

$ switchblade help --man | head -20
| .TH SWITCHBLADE 1 "2026-11-20" "switchblade 0.1.0" "User Commands"
| .SH NAME
| switchblade \- registers of a switch blade, by name
| .SH SYNOPSIS
| .B switchblade
| [\fIOPTION\fR]... [\fICOMMAND\fR]
| .SH DESCRIPTION
| Reads, writes, decodes, compares and restores the registers of an Ethernet switch chip
| and its companions, over the bus that a board file names or on mock registers.
| Without a command it is a shell when it runs on a terminal, and shows a short tour of
| the board otherwise.
| Without a board and a bus it uses the embedded board, which is made of mock registers.
| .PP
| A register is written as the datasheet does:
| [\fIDEVICE\fB/\fR]\fITARGET\fR[i]\fB:\fIGROUP\fR[j]\fB:\fIREGISTER\fR[k]\fB.\fIFIELD\fR.
| Levels may be left out while the rest is unambiguous; case does not matter; * and ? are
| wildcards; an index is a number, a list like [0\-3,5], or [*].
| An address like 0x71040000 is a register too, and 0x71040000[21:20] its bits.
| .SH OPTIONS
| .TP

$ switchblade help --bash-completion | bash -n

# What bash asks when somebody presses Tab.
$ switchblade help --complete 'reg set DEV1G[0]:DEV_RST_CTRL.SPEED_SEL='
| MBPS_10
| MBPS_100
| MBPS_1000
| NO_CLOCK

$ switchblade help --complete '--map rocker reg read TEST_R'
| TEST_REG
| TEST_REG64
