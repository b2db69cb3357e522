# Ports that are set up: changing, disabling, enabling, flushing.

$ switchblade port set 3 --pause both
! switchblade: port 3 is not set up: give it a link mode first (link set) (state)
= 1

$ switchblade port set 3
! switchblade: port set needs an option that tells what to change (syntax)
= 2

$ switchblade port disable 3
! switchblade: port 3 is not set up (state)
= 1

$ switchblade port enable 3
! switchblade: port 3 is not set up (state)
= 1

$ switchblade port flush 60
! switchblade: port: 60 is outside 0 to 52 (range)
= 2

$ switchblade port flush 3-1
! switchblade: ports 3-1: the first is the larger one (syntax)
= 2

$ switchblade --read-only port disable 0
! switchblade: port 0 is not set up (state)
= 1

$ switchblade source -
> chip init
> link set 0-1,49 none
> link set 0-1 1000base-x
> link set 49 10gbase-r
> port set 0,49 --max-frame 9600 --pause both --tags 1 --pause-mac 02:00:00:00:00:10
> port disable 0-1,49
> port enable 0,49
> port flush 0,49
> --json port flush 1
> port set 0 --speed 100
> --raw port set 1 --signal-detect serdes
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50
| PORT  ROLE      MODE  STATE
|    0  blade 1   none  free
|    1  blade 2   none  free
|   49  external  none  free
| PORT  ROLE     MODE        MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|    0  blade 1  1000base-x  1000  enabled  pin     off     1518     2
|    1  blade 2  1000base-x  1000  enabled  pin     off     1518     2
| PORT  ROLE      MODE        MBPS  STATE    SIGNAL  MEDIA  PAUSE  FRAME  TAGS
|   49  external  10gbase-r  10000  enabled  pin     sr     off     1518     2
| PORT  ROLE      MODE         MBPS  STATE    SIGNAL  MEDIA  PAUSE  FRAME  TAGS
|    0  blade 1   1000base-x   1000  enabled  pin            both    9600     1
|   49  external  10gbase-r   10000  enabled  pin     sr     both    9600     1
| PORT  ROLE      MODE         MBPS  STATE     SIGNAL  MEDIA  PAUSE  FRAME  TAGS
|    0  blade 1   1000base-x   1000  disabled  pin            both    9600     1
|    1  blade 2   1000base-x   1000  disabled  pin            off     1518     2
|   49  external  10gbase-r   10000  disabled  pin     sr     both    9600     1
| PORT  ROLE      MODE         MBPS  STATE    SIGNAL  MEDIA  PAUSE  FRAME  TAGS
|    0  blade 1   1000base-x   1000  enabled  pin            both    9600     1
|   49  external  10gbase-r   10000  enabled  pin     sr     both    9600     1
| PORT  ROLE      MODE         MBPS  STATE    SIGNAL  MEDIA  PAUSE  FRAME  TAGS
|    0  blade 1   1000base-x   1000  enabled  pin            both    9600     1
|   49  external  10gbase-r   10000  enabled  pin     sr     both    9600     1
| {"schema":"switchblade/port-conf/1","ports":[{"port":1,"role":"blade 2","mode":"1000base-x","speed_mbps":1000,"state":"disabled","duplex":"full","autonegotiation":"","signal_detect":"pin","media":null,"pause":"off","max_frame_bytes":1518,"max_tags":2,"length_check":false}]}
| 1	1000base-x	disabled
! switchblade: stdin:10: 1000base-x has no speed of 100 Mb/s (range)
= 2

# Under --dry-run everything is computed on what would be there.
$ switchblade -n source - | grep 'DEV1G\[0\]' | tail -3
> chip init
> link set 0 sgmii
> port disable 0
| write    DEV1G[0]:PCS1G_CFG_STATUS:PCS1G_ANEG_CFG  0x00000000  0x00000003
| write    DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL      0x00200000  0x00201000
| write    DEV1G[0]:PCS1G_CFG_STATUS:PCS1G_CFG       0x00000001  0x00000000

$ switchblade source -
> chip init
> link set 0 1000base-x
> port set 0 --max-frame 9600
> port flush 0
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50
| PORT  ROLE     MODE        MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|    0  blade 1  1000base-x  1000  enabled  pin     off     1518     2
| PORT  ROLE     MODE        MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|    0  blade 1  1000base-x  1000  enabled  pin     off     9600     2
| PORT  ROLE     MODE        MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|    0  blade 1  1000base-x  1000  enabled  pin     off     9600     2
