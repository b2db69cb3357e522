# Loops and the lanes of SerDes.

$ switchblade source -
> chip init
> link set board
> serdes show
> serdes loop 0,48-50 equipment
> serdes loop 1 pcs
> serdes show 0-1,49
> serdes loop 0,48-50 off
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
| PORT  MODE        SERDES       LINE RATE bit/s  ON   PLL   RECEIVER  OUTPUT LEVEL  HIGH  MID  LOW PASS  LOOP  PATTERN
|    0  1000base-x  SERDES1G_1        1250000000  yes  good  -                   15                       off   no
|    1  1000base-x  SERDES1G_2        1250000000  yes  good  -                   15                       off   no
|    2  1000base-x  SERDES1G_3        1250000000  yes  good  -                   15                       off   no
|    3  1000base-x  SERDES1G_4        1250000000  yes  good  -                   15                       off   no
|    4  1000base-x  SERDES1G_5        1250000000  yes  good  -                   15                       off   no
|    5  1000base-x  SERDES1G_6        1250000000  yes  good  -                   15                       off   no
|    6  1000base-x  SERDES1G_7        1250000000  yes  good  -                   15                       off   no
|    7  1000base-x  SERDES1G_8        1250000000  yes  good  -                   15                       off   no
|   48  sgmii       SERDES1G_0        1250000000  yes  good  -                   12                       off   no
|   49  10gbase-r   SERDES10G_0      10312500000  yes  good  good                 7                       off   no
|   50  xaui        SERDES6G_20       3125000000  yes  good  good                63     0   31         1  off   no
|   50  xaui        SERDES6G_21       3125000000  yes  good  good                63     0   31         1  off   no
|   50  xaui        SERDES6G_22       3125000000  yes  good  good                63     0   31         1  off   no
|   50  xaui        SERDES6G_23       3125000000  yes  good  good                63     0   31         1  off   no
|   51  xaui        SERDES6G_8        3125000000  yes  good  good                63     0   31         1  off   no
|   51  xaui        SERDES6G_9        3125000000  yes  good  good                63     0   31         1  off   no
|   51  xaui        SERDES6G_10       3125000000  yes  good  good                63     0   31         1  off   no
|   51  xaui        SERDES6G_11       3125000000  yes  good  good                63     0   31         1  off   no
| PORT  LOOP
|    0  equipment
|   48  equipment
|   49  equipment
|   50  equipment
| PORT  LOOP
|    1  pcs
| PORT  MODE        SERDES       LINE RATE bit/s  ON   PLL   RECEIVER  OUTPUT LEVEL  LOOP       PATTERN
|    0  1000base-x  SERDES1G_1        1250000000  yes  good  -                   15  equipment  no
|    1  1000base-x  SERDES1G_2        1250000000  yes  good  -                   15  pcs        no
|   49  10gbase-r   SERDES10G_0      10312500000  yes  good  good                 7  equipment  no
| PORT  LOOP
|    0  off
|   48  off
|   49  off
|   50  off

$ switchblade --json source -
> chip init --port-map 0=1G,12-15=1G,49=10G
> link set 12-15 qsgmii
> link set 49 10gbase-r
> serdes show 12,49
> serdes loop 12 pcs
| {"schema":"switchblade/chip-init/1","front_ports_mbps":15000,"reserved_mbps":2250,"calendar_mbps":83750,"calendar":[{"mbps":10000,"ports":"49","n_ports":1},{"mbps":1000,"ports":"0,12-15","n_ports":5}]}
| {"schema":"switchblade/port-conf/1","ports":[{"port":12,"role":"","mode":"qsgmii","speed_mbps":1000,"state":"enabled","duplex":"full","autonegotiation":"","signal_detect":"none","media":null,"pause":"off","max_frame_bytes":1518,"max_tags":2,"length_check":false},{"port":13,"role":"","mode":"qsgmii","speed_mbps":1000,"state":"enabled","duplex":"full","autonegotiation":"","signal_detect":"none","media":null,"pause":"off","max_frame_bytes":1518,"max_tags":2,"length_check":false},{"port":14,"role":"","mode":"qsgmii","speed_mbps":1000,"state":"enabled","duplex":"full","autonegotiation":"","signal_detect":"none","media":null,"pause":"off","max_frame_bytes":1518,"max_tags":2,"length_check":false},{"port":15,"role":"","mode":"qsgmii","speed_mbps":1000,"state":"enabled","duplex":"full","autonegotiation":"","signal_detect":"none","media":null,"pause":"off","max_frame_bytes":1518,"max_tags":2,"length_check":false}]}
| {"schema":"switchblade/port-conf/1","ports":[{"port":49,"role":"external","mode":"10gbase-r","speed_mbps":10000,"state":"enabled","duplex":"full","autonegotiation":"","signal_detect":"pin","media":"sr","pause":"off","max_frame_bytes":1518,"max_tags":2,"length_check":false}]}
| {"schema":"switchblade/serdes-show/1","lanes":[{"port":12,"mode":"qsgmii","serdes":"SERDES6G_7","lane_bps":5000000000,"on":true,"pll":"good","receiver":"good","level":24,"gain_high":0,"gain_mid":31,"gain_low":1,"loop":"off","pattern":false},{"port":49,"mode":"10gbase-r","serdes":"SERDES10G_0","lane_bps":10312500000,"on":true,"pll":"good","receiver":"good","level":7,"gain_high":null,"gain_mid":null,"gain_low":null,"loop":"off","pattern":false}]}
| {"schema":"switchblade/serdes-loop/1","ports":[{"port":12,"loop":"pcs"}]}

# Four QSGMII ports share a SerDes.
$ switchblade source -
> chip init
> link set 12-15 qsgmii
> serdes loop 13 equipment
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50
| PORT  MODE    MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|   12  qsgmii  1000  enabled  none    off     1518     2
|   13  qsgmii  1000  enabled  none    off     1518     2
|   14  qsgmii  1000  enabled  none    off     1518     2
|   15  qsgmii  1000  enabled  none    off     1518     2
! switchblade: stdin:3: port 13 shares its SerDes with port 12, which is set up: use the loop pcs, or free it first (state)
= 1

$ switchblade serdes loop 0 near-end
! switchblade: near-end: the vendor's driver accepts this and loops nothing: use equipment or pcs (what is sent comes back) or facility (what is received goes back) (not-supported)
= 1

$ switchblade serdes loop 0 inside
! switchblade: 'inside' is no loop: off, equipment, facility or pcs (syntax)
= 2

$ switchblade serdes loop 0 pcs
! switchblade: port 0 is not set up: `link set` gives it a mode (state)
= 1

$ switchblade serdes show
| none

$ switchblade serdes show 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2

$ switchblade serdes loop
! switchblade: serdes loop: too few operands; usage: serdes loop PORT[,PORT]... [LOOP] (syntax)
= 2
