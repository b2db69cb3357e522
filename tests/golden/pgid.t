# Destinations, and ports that are kept apart.

$ switchblade source -
> chip init
> pgid set uc-flood 0-7
> pgid set 61 3,4 --cpu 2
> pgid show
> pgid show uc-flood
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50
| PGID  NAME      PORTS  CPU QUEUE
|   53  uc-flood  0-7            -
| PGID  NAME   PORTS  CPU QUEUE
|   61  group  3-4            2
| PGID  NAME          PORTS  CPU QUEUE
|   53  uc-flood      0-7            -
|   54  mc-flood      0-52           -
|   55  ipv4-mc-data  0-52           -
|   56  ipv4-mc-ctrl  0-52           -
|   57  ipv6-mc-data  0-52           -
|   58  ipv6-mc-ctrl  0-52           -
|   59  drop          -              -
|   60  flood         0-52           -
|   61  group         3-4            2
| PGID  NAME      PORTS  CPU QUEUE
|   53  uc-flood  0-7            -

$ switchblade --json pgid show 53
| {
|   "schema": "switchblade/pgid/1",
|   "pgids": [
|     {"pgid": 53, "name": "uc-flood", "ports": "-", "cpu_queue": null, "stack": false}
|   ]
| }

$ switchblade pgid set 3 0-7
! switchblade: PGID 3 stands for a port and follows link aggregation (state)
= 1

$ switchblade pgid set 1077 0
! switchblade: PGID: 1077 is outside 0 to 1076 (range)
= 2

$ switchblade pgid show nonsense
! switchblade: PGID: "nonsense" is not a number (syntax)
= 2

$ switchblade pgid set 61 0 --cpu 8
! switchblade: --cpu: 8 is outside 0 to 7 (range)
= 2

$ switchblade pgid set 61 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2

$ switchblade source -
> chip init
> isolate set 0-2
> isolate set 8 --from 9,10
> vlan add 100 0-7
> isolate set 5,6 --vlan 100
> isolate show
> isolate clear 1
> isolate clear --vlan 100
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50
| isolated in private VLANs  -
|
| PORT  APART FROM
|    0  1-2
|    1  0,2
|    2  0-1
| isolated in private VLANs  -
|
| PORT  APART FROM
|    0  1-2
|    1  0,2
|    2  0-1
|    8  9-10
|    9  8
|   10  8
| VLAN  FID  MEMBERS  FLAGS
|  100  100  0-7      none
| isolated in private VLANs  5-6
|
| PORT  APART FROM
|    0  1-2
|    1  0,2
|    2  0-1
|    8  9-10
|    9  8
|   10  8
| isolated in private VLANs  5-6
|
| PORT  APART FROM
|    0  1-2
|    1  0,2
|    2  0-1
|    8  9-10
|    9  8
|   10  8
| isolated in private VLANs  5-6
|
| PORT  APART FROM
|    0  2
|    2  0
|    8  9-10
|    9  8
|   10  8
| isolated in private VLANs  5-6
|
| PORT  APART FROM
|    0  2
|    2  0
|    8  9-10
|    9  8
|   10  8

$ switchblade --json isolate set 0,1
| {
|   "schema": "switchblade/isolate/1",
|   "private_isolated": "-",
|   "ports": [
|     {"port": 0, "apart_from": "1"},
|     {"port": 1, "apart_from": "0"}
|   ]
| }

$ switchblade isolate set 0 --vlan 100
! switchblade: there is no VLAN 100 (not-found)
= 4

$ switchblade isolate set all
! switchblade: port 0 would reach no port (range)
= 2

$ switchblade isolate set 0 --from 1 --vlan 100
! switchblade: --from and --vlan do not go together (syntax)
= 2

$ switchblade isolate clear
! switchblade: give either ports or --vlan (syntax)
= 2

$ switchblade isolate show 3
! switchblade: isolate show takes no operands (syntax)
= 2
