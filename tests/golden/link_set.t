# Link modes of ports: what each can have, who is in the way, setting and freeing them.

$ switchblade link modes 0,17,51
| PORT  MODE        SERDES
|    0  100base-fx  SERDES1G_1
|    0  sgmii       SERDES1G_1
|    0  qsgmii      SERDES6G_4
|    0  1000base-x  SERDES1G_1
|   17  100base-fx  SERDES6G_9
|   17  sgmii       SERDES6G_9
|   17  qsgmii      SERDES6G_8
|   17  1000base-x  SERDES6G_9
|   17  2500base-x  SERDES6G_9
|   51  100base-fx  SERDES10G_2
|   51  sgmii       SERDES10G_2
|   51  1000base-x  SERDES10G_2
|   51  2500base-x  SERDES10G_2
|   51  xaui        SERDES6G_8-11
|   51  rxaui       SERDES6G_8,10
|   51  10gbase-r   SERDES10G_2
|   51  10gbase-kr  SERDES10G_2

$ switchblade link set 0 1000base-x
! switchblade: the chip is not initialized: QSYS:CALCFG:CAL_CTRL.CAL_MODE is 0; run `chip init` (state)
= 1

$ switchblade link set 0 xaui
! switchblade: port 0 cannot have xaui (not-supported)
= 1

$ switchblade link set 53 sgmii
! switchblade: port: 53 is outside 0 to 52 (range)
= 2

$ switchblade link set 0 1000base
! switchblade: '1000base' is not a link mode: 100base-fx, sgmii, qsgmii, 1000base-x, 2500base-x, xaui, rxaui, 10gbase-r, 10gbase-kr (syntax)
= 2

$ switchblade link set 0
! switchblade: link set takes PORTS and MODE, or the word board alone (syntax)
= 2

$ switchblade link set board sgmii
! switchblade: link set takes PORTS and MODE, or the word board alone (syntax)
= 2

$ switchblade link set 0 none --speed 100
! switchblade: mode none takes no options (syntax)
= 2

$ switchblade link set 0 sgmii --speed fast
! switchblade: --speed: "fast" is not a number (syntax)
= 2

$ switchblade link set 0 sgmii --media sr
! switchblade: sgmii has no medium sr (range)
= 2

$ switchblade link set 49 10gbase-r --media glass
! switchblade: 'glass' is not one of none, sr, zr, dac, bp, b2b, kr (syntax)
= 2

$ switchblade link set 0 1000base-x --speed 100
! switchblade: 1000base-x has no speed of 100 Mb/s (range)
= 2

$ switchblade link set 0 sgmii --max-frame 20000
! switchblade: --max-frame: 20000 is outside 64 to 10240 (range)
= 2

$ switchblade link set 0 sgmii --pause-mac 12
! switchblade: '12' is not a MAC address like 02:00:00:00:00:01 (syntax)
= 2

$ switchblade --json link set 0 xaui
| {
|   "schema": "switchblade/port-conf/1",
|   "ports": [],
|   "error": {"code": "not-supported", "message": "port 0 cannot have xaui"}
| }
! switchblade: port 0 cannot have xaui (not-supported)
= 1

# After initialization for the board, of which port 49 to 51 have 10 Gb/s.
$ switchblade source -
> chip init
> link set 52 10gbase-r
> link set 0-3 1000base-x
> link set 16 sgmii --speed 100 --pause both
> link set 51 xaui
> link modes 51
> link set 16 none
> link set 51 xaui
> link set 16,17 sgmii
> link set 4 qsgmii
> link set 5 sgmii
> link set 4 none
> link set 5 sgmii
> link set 49 10gbase-r --media dac
> link set 49 10gbase-kr
> link set 49 1000base-x --clause37 on
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50
| PORT  ROLE     MODE        MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|    0  blade 1  1000base-x  1000  enabled  pin     off     1518     2
|    1  blade 2  1000base-x  1000  enabled  pin     off     1518     2
|    2  blade 3  1000base-x  1000  enabled  pin     off     1518     2
|    3  blade 4  1000base-x  1000  enabled  pin     off     1518     2
| PORT  MODE   MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|   16  sgmii   100  enabled  none    both    1518     2
| PORT  MODE        SERDES         TAKEN BY
|   51  100base-fx  SERDES10G_2
|   51  sgmii       SERDES10G_2
|   51  1000base-x  SERDES10G_2
|   51  2500base-x  SERDES10G_2
|   51  xaui        SERDES6G_8-11  16
|   51  rxaui       SERDES6G_8,10  16
|   51  10gbase-r   SERDES10G_2
|   51  10gbase-kr  SERDES10G_2
| PORT  MODE  STATE
|   16  none  free
| PORT  ROLE           MODE   MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|   51  inter-chassis  xaui  10000  enabled  none    off     1518     2
| PORT  ROLE     MODE    MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|    4  blade 5  qsgmii  1000  enabled  none    off     1518     2
| PORT  ROLE     MODE  STATE
|    4  blade 5  none  free
| PORT  ROLE     MODE   MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|    5  blade 6  sgmii  1000  enabled  none    off     1518     2
| PORT  ROLE      MODE        MBPS  STATE    SIGNAL  MEDIA  PAUSE  FRAME  TAGS
|   49  external  10gbase-r  10000  enabled  pin     dac    off     1518     2
| PORT  ROLE      MODE         MBPS  STATE    SIGNAL  MEDIA  PAUSE  FRAME  TAGS
|   49  external  10gbase-kr  10000  enabled  pin     kr     off     1518     2
| PORT  ROLE      MODE        MBPS  STATE    ANEG      SIGNAL  PAUSE  FRAME  TAGS
|   49  external  1000base-x  1000  enabled  clause37  pin     off     1518     2
! switchblade: stdin:2: port 52 has 1000 Mb/s of the calendar and needs 10000: initialize the chip with a port map that frees the bandwidth of port 51 (state)
! switchblade: stdin:5: port 51 cannot have xaui: port 16 uses SERDES6G_8, free it first (state)
! switchblade: stdin:9: port 16 cannot have sgmii: port 51 uses SERDES6G_8, free it first (state)
! switchblade: stdin:11: port 5 cannot have sgmii: port 4 is set up in the same QSGMII group, free it first (state)
= 1

# The board's own ports.
$ switchblade source -
> chip init
> link set board
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50
| PORT  ROLE           MODE         MBPS  STATE    SIGNAL  MEDIA  PAUSE  FRAME  TAGS
|    0  blade 1        1000base-x   1000  enabled  pin            off     1518     2
|    1  blade 2        1000base-x   1000  enabled  pin            off     1518     2
|    2  blade 3        1000base-x   1000  enabled  pin            off     1518     2
|    3  blade 4        1000base-x   1000  enabled  pin            off     1518     2
|    4  blade 5        1000base-x   1000  enabled  pin            off     1518     2
|    5  blade 6        1000base-x   1000  enabled  pin            off     1518     2
|    6  blade 7        1000base-x   1000  enabled  pin            off     1518     2
|    7  blade 8        1000base-x   1000  enabled  pin            off     1518     2
|   48  management     sgmii        1000  enabled  none           off     1518     2
|   49  external       10gbase-r   10000  enabled  pin     sr     off     1518     2
|   50  inter-chassis  xaui        10000  enabled  none           off     1518     2
|   51  inter-chassis  xaui        10000  enabled  none           off     1518     2

$ switchblade link modes 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2
