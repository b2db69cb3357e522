# Link aggregation groups. One world per command, or the commands of one script.

$ switchblade source -
> lag set 0-3
> lag hash smac,dmac
> lag set 2,3,50
> lag show
> lag clear 50
| hash  none
|
| MEMBERS  FORWARDING  LOGICAL PORT
| 0-3      -                      0
| hash  smac,dmac
|
| MEMBERS  FORWARDING  LOGICAL PORT
| 0-3      -                      0
| hash  smac,dmac
|
| MEMBERS  FORWARDING  LOGICAL PORT
| 2-3,50   -                      2
| hash  smac,dmac
|
| MEMBERS  FORWARDING  LOGICAL PORT
| 2-3,50   -                      2
| hash  smac,dmac

$ switchblade --json lag set 0,1
| {
|   "schema": "switchblade/lag/1",
|   "hash": "none",
|   "groups": [
|     {"members": "0-1", "forwarding": "-", "logical_port": 0}
|   ]
| }

$ switchblade --raw lag set 0-7
| 0-7

$ switchblade lag set 3
! switchblade: a link aggregation group has two ports or more (range)
= 2

$ switchblade lag set 0-60
! switchblade: port: 60 is outside 0 to 52 (range)
= 2

$ switchblade lag set 3-1
! switchblade: ports 3-1: the first is the larger one (syntax)
= 2

$ switchblade lag hash smac,vlan
! switchblade: 'vlan' is not a hash field: smac, dmac, ip, ports (syntax)
= 2

$ switchblade lag set
! switchblade: lag set: too few operands; usage: lag set PORTS (syntax)
= 2

$ switchblade -b fault:after=100,kind=io,mock: lag set 0,1
! switchblade: ANA_AC:PGID[32]:PGID_CFG: read 0x71f90200: injected fault: I/O error at access 100 (seed 1) (io)
= 1

$ switchblade --read-only lag set 0,1
! switchblade: ANA_AC:PGID[0]:PGID_CFG: write 0x71f90000: refused, the bus is read-only (policy)
= 8

# A member that is disabled leaves its flows to the others.
$ switchblade --yes source - | grep -v '^ *[0-9]* *blade'
> chip init --port-map 0-7=1G,49=10G
> link set 0-7 1000base-x
> lag set 0-3
> isolate set 4,5
> port disable 2
> lag show
> port enable 2
> lag show
| front ports, Mb/s    18000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS  NUMBER
|     10000  49          1
|      1000  0-7         8
| PORT  ROLE     MODE        MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
| hash  none
|
| MEMBERS  FORWARDING  LOGICAL PORT
| 0-3      0-3                    0
| isolated in private VLANs  -
|
| PORT  APART FROM
|    4  5
|    5  4
| PORT  ROLE     MODE        MBPS  STATE     SIGNAL  PAUSE  FRAME  TAGS
| hash  none
|
| MEMBERS  FORWARDING  LOGICAL PORT
| 0-3      0-1,3                  0
| PORT  ROLE     MODE        MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
| hash  none
|
| MEMBERS  FORWARDING  LOGICAL PORT
| 0-3      0-3                    0

$ switchblade lag clear 0-60
! switchblade: port: 60 is outside 0 to 52 (range)
= 2

$ switchblade -b fault:after=10,mock: lag show
! switchblade: ANA_AC:AGGR[4]:AGGR_CFG: read 0x71f943a0: injected fault: I/O error at access 10 (seed 1) (io)
= 1
