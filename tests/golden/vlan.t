# VLANs and how ports take part in them.

$ switchblade source -
> chip init
> vlan add 100 0-7,48
> vlan add 200 8,9 --flags ingress-filter,no-flood,no-learn,mirror --fid 100
> vlan show
> vlan show 200
> vlan del 200
> vlan show
> vlan port 3 --pvid 100 --tags c-tag --untagged 100
> vlan port 4-5 --tags s-tag --send all --accept tagged --ingress-filter on
> vlan port 3-6
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50
| VLAN  FID  MEMBERS  FLAGS
|  100  100  0-7,48   none
| VLAN  FID  MEMBERS  FLAGS
|  200  100  8-9      ingress-filter,no-flood,no-learn,mirror
| VLAN  FID  MEMBERS  FLAGS
|    1    1  0-52     none
|  100  100  0-7,48   none
|  200  100  8-9      ingress-filter,no-flood,no-learn,mirror
| VLAN  FID  MEMBERS  FLAGS
|  200  100  8-9      ingress-filter,no-flood,no-learn,mirror
| VLAN  FID  MEMBERS  FLAGS
|  200  100  8-9      ingress-filter,no-flood,no-learn,mirror
| VLAN  FID  MEMBERS  FLAGS
|    1    1  0-52     none
|  100  100  0-7,48   none
| PORT  PVID  TAGS   ACCEPT  INGRESS FILTER  SEND TAGS  UNTAGGED
|    3   100  c-tag  all     no              all-but         100
| PORT  PVID  TAGS   ACCEPT  INGRESS FILTER  SEND TAGS  UNTAGGED
|    4     1  s-tag  tagged  yes             all               -
|    5     1  s-tag  tagged  yes             all               -
| PORT  PVID  TAGS     ACCEPT  INGRESS FILTER  SEND TAGS  UNTAGGED
|    3   100  c-tag    all     no              all-but         100
|    4     1  s-tag    tagged  yes             all               -
|    5     1  s-tag    tagged  yes             all               -
|    6     1  unaware  all     no              all-but           1

$ switchblade --json vlan add 100 0-7
| {
|   "schema": "switchblade/vlan/1",
|   "vlans": [
|     {"vlan": 100, "fid": 100, "members": "0-7", "flags": "none", "router_leg": null}
|   ]
| }

$ switchblade --json vlan port 3 --pvid 100
| {
|   "schema": "switchblade/vlan-port/1",
|   "ports": [
|     {"port": 3, "pvid": 100, "tags": "unaware", "accept": "all", "ingress_filter": false, "send": "none", "untagged_vlan": null}
|   ]
| }

$ switchblade source -
> chip init
> vlan custom-tag
> vlan custom-tag 0x9100
> vlan port 3 --tags custom-s
| front ports, Mb/s    80000
| CPU and loops, Mb/s  2250
| calendar, Mb/s       83750
|
| MB/S EACH  PORTS    NUMBER
|     10000  49-51         3
|      1000  0-48,52      50
| EtherType  0x88a8
| EtherType  0x9100
| PORT  PVID  TAGS      ACCEPT  INGRESS FILTER  SEND TAGS  UNTAGGED
|    3     1  custom-s  all     no              all-but           1

$ switchblade --json vlan custom-tag 0x9100
| {
|   "schema": "switchblade/vlan-custom-tag/1",
|   "ethertype": 37120,
|   "ethertype_hex": "0x9100"
| }

$ switchblade vlan custom-tag 100
! switchblade: EtherType: 100 is outside 1536 to 65535 (range)
= 2

$ switchblade vlan show 100
! switchblade: there is no VLAN 100 (not-found)
= 4

$ switchblade vlan del 100
! switchblade: there is no VLAN 100 (not-found)
= 4

$ switchblade vlan add 0 0-7
! switchblade: VLAN: 0 is outside 1 to 4095 (range)
= 2

$ switchblade vlan add 100 0-7 --flags fast
! switchblade: 'fast' is not a flag: ingress-filter, no-flood, no-learn, private, mirror (syntax)
= 2

$ switchblade vlan port 3 --tags q
! switchblade: --tags: 'q' is none of the kinds that `help vlan port` lists (syntax)
= 2

$ switchblade vlan port 3 --ingress-filter maybe
! switchblade: --ingress-filter: 'maybe' is none of the kinds that `help vlan port` lists (syntax)
= 2

$ switchblade vlan port --pvid 100
! switchblade: which ports? `all` for every port (syntax)
= 2
