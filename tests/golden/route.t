# Routing: the router, legs, routes and groups of next hops, in one world.

$ switchblade -b mock: shell
> route mac 02:aa:bb:cc:dd:ee
> route leg 0 100
> route leg 1 200
> route add 0.0.0.0/0 02:00:00:00:00:fe@0
> route add 192.0.2.0/24 none@1
> route add 192.0.2.10/32 02:00:00:00:00:01@1x8 02:00:00:00:00:02@1x8
> route add 2001:db8:ff::10 02:00:00:00:00:01@1
> route show
| router's MAC  02:aa:bb:cc:dd:ee
| routing       yes
| leg   0
| VLAN  100
|
| TRAFFIC         IN FRAMES  IN BYTES  OUT FRAMES  OUT BYTES
| IPv4                    0         0           0          0
| IPv6                    0         0           0          0
| IPv4 multicast          0         0           0          0
| IPv6 multicast          0         0           0          0
| leg   1
| VLAN  200
|
| TRAFFIC         IN FRAMES  IN BYTES  OUT FRAMES  OUT BYTES
| IPv4                    0         0           0          0
| IPv6                    0         0           0          0
| IPv4 multicast          0         0           0          0
| IPv6 multicast          0         0           0          0
| prefix   0.0.0.0/0
| entries  1
|
| warnings
|   02:00:00:00:00:fe has no static entry in VLAN 100: flooded
| prefix   192.0.2.0/24
| entries  1
| prefix   192.0.2.10/32
| entries  16
|
| warnings
|   02:00:00:00:00:01 has no static entry in VLAN 200: flooded
|   02:00:00:00:00:02 has no static entry in VLAN 200: flooded
| prefix   2001:db8:ff::10/128
| entries  1
|
| warnings
|   02:00:00:00:00:01 has no static entry in VLAN 200: flooded
| router's MAC  02:aa:bb:cc:dd:ee
| routing       yes
|
| LEG  VLAN  IPV4  IPV6
|   0   100  yes   yes
|   1   200  yes   yes
|
| PREFIX               ARP   RULE  NEXT HOPS
| 192.0.2.10/32          0  32767  16 entries, 2 next hops
| 192.0.2.0/24              32766  unknown on leg 1
| 0.0.0.0/0                 32765  02:00:00:00:00:fe on leg 0
| 2001:db8:ff::10/128       32748  02:00:00:00:00:01 on leg 1

$ switchblade -b mock: shell
> route add 192.0.2.10 02:00:00:00:00:01@1x2 02:00:00:00:00:02@1
> route group 192.0.2.10 2 02:00:00:00:00:01@1
> route group 192.0.2.10
> route del 192.0.2.10
> route group 192.0.2.10
| prefix   192.0.2.10/32
| entries  3
|
| warnings
|   leg 1 is in no VLAN
|   leg 1 is in no VLAN
| prefix  192.0.2.10/32
| group   yes
|
| ENTRY  ARP  MAC                LEG
|     0    0  02:00:00:00:00:01    1
|     1    1  02:00:00:00:00:01    1
|     2    2  02:00:00:00:00:01    1
| prefix  192.0.2.10/32
| group   yes
|
| ENTRY  ARP  MAC                LEG
|     0    0  02:00:00:00:00:01    1
|     1    1  02:00:00:00:00:01    1
|     2    2  02:00:00:00:00:01    1
| deleted  192.0.2.10/32
! switchblade: stdin:5: there is no route 192.0.2.10/32 (not-found)
= 4

$ switchblade -b mock: shell
> route leg 1 200
> --json route leg 1
> route leg 2 200
> route leg 1 none
> route leg 1 none
> route leg 1 --clear
| leg   1
| VLAN  200
|
| TRAFFIC         IN FRAMES  IN BYTES  OUT FRAMES  OUT BYTES
| IPv4                    0         0           0          0
| IPv6                    0         0           0          0
| IPv4 multicast          0         0           0          0
| IPv6 multicast          0         0           0          0
| {"schema":"switchblade/route-leg/1","leg":1,"vid":200,"counters":[{"traffic":"IPv4","in_frames":0,"in_bytes":0,"out_frames":0,"out_bytes":0},{"traffic":"IPv6","in_frames":0,"in_bytes":0,"out_frames":0,"out_bytes":0},{"traffic":"IPv4 multicast","in_frames":0,"in_bytes":0,"out_frames":0,"out_bytes":0},{"traffic":"IPv6 multicast","in_frames":0,"in_bytes":0,"out_frames":0,"out_bytes":0}]}
| leg   1
| VLAN  -
|
| TRAFFIC         IN FRAMES  IN BYTES  OUT FRAMES  OUT BYTES
| IPv4                    0         0           0          0
| IPv6                    0         0           0          0
| IPv4 multicast          0         0           0          0
| IPv6 multicast          0         0           0          0
| leg   1
| VLAN  -
|
| TRAFFIC         IN FRAMES  IN BYTES  OUT FRAMES  OUT BYTES
| IPv4                    0         0           0          0
| IPv6                    0         0           0          0
| IPv4 multicast          0         0           0          0
| IPv6 multicast          0         0           0          0
! switchblade: stdin:3: VLAN 200 is leg 1 already (state)
! switchblade: stdin:5: there is no leg 1 (not-found)
= 1

$ printf 'route leg 1 200\nroute add 192.0.2.10 02:00:00:00:00:01@1x2\nroute show\n' | switchblade --json -b mock: shell
| {"schema":"switchblade/route-leg/1","leg":1,"vid":200,"counters":[{"traffic":"IPv4","in_frames":0,"in_bytes":0,"out_frames":0,"out_bytes":0},{"traffic":"IPv6","in_frames":0,"in_bytes":0,"out_frames":0,"out_bytes":0},{"traffic":"IPv4 multicast","in_frames":0,"in_bytes":0,"out_frames":0,"out_bytes":0},{"traffic":"IPv6 multicast","in_frames":0,"in_bytes":0,"out_frames":0,"out_bytes":0}]}
| {"schema":"switchblade/route-add/1","prefix":"192.0.2.10/32","n_entries":2,"warnings":["02:00:00:00:00:01 has no static entry in VLAN 200: flooded"]}
| {"schema":"switchblade/route-show/1","mac":null,"enabled":false,"n_other_rules":0,"legs":[{"leg":1,"vid":200,"ipv4":true,"ipv6":true}],"routes":[{"prefix":"192.0.2.10/32","group":true,"n_entries":2,"first_arp":0,"rule":32767,"next_hops":[{"entry":0,"arp":0,"mac":"02:00:00:00:00:01","leg":1},{"entry":1,"arp":1,"mac":"02:00:00:00:00:01","leg":1}]}]}

$ switchblade --raw -b mock: route show

# What a group of four entries writes, beside the rule.
$ switchblade -n -b mock: route add 192.0.2.10 02:00:00:00:00:01@1x4 | grep 'ANA_L3:ARP'
| write    ANA_L3:ARP[0]:ARP_CFG_0                        0x00000000  0x02000171
| write    ANA_L3:ARP[0]:ARP_CFG_1                        0x00000000  0x00000001
| write    ANA_L3:ARP[1]:ARP_CFG_0                        0x00000000  0x02000171
| write    ANA_L3:ARP[1]:ARP_CFG_1                        0x00000000  0x00000001
| write    ANA_L3:ARP[2]:ARP_CFG_0                        0x00000000  0x02000171
| write    ANA_L3:ARP[2]:ARP_CFG_1                        0x00000000  0x00000001
| write    ANA_L3:ARP[3]:ARP_CFG_0                        0x00000000  0x02000171
| write    ANA_L3:ARP[3]:ARP_CFG_1                        0x00000000  0x00000001

$ switchblade -b mock: route add 192.0.2.10/24 02:00:00:00:00:01@1
! switchblade: the address has bits behind its /24 (range)
= 2

$ switchblade -b mock: route add 192.0.2 02:00:00:00:00:01@1
! switchblade: "192.0.2" is not a prefix like 192.0.2.0/24 or 2001:db8::/32 (syntax)
= 2

$ switchblade -b mock: route add 192.0.2.10 02:00:00:00:00:01
! switchblade: "02:00:00:00:00:01" is not a next hop like 02:00:00:00:00:01@1 (syntax)
= 2

$ switchblade -b mock: route add 192.0.2.10 02:00:00:00:00:01@127
! switchblade: leg: 127 is outside 0 to 126 (range)
= 2

$ switchblade -b mock: route add 192.0.2.10 02:00:00:00:00:01@1x9 02:00:00:00:00:02@1x8
! switchblade: a group has at most 16 entries (range)
= 2

$ switchblade -b mock: route add 192.0.2.10 01:00:5e:00:00:01@1
! switchblade: a next hop's MAC address is not a multicast one (range)
= 2

$ switchblade -b mock: route add 192.0.2.10
! switchblade: route add: too few operands; usage: route add PREFIX HOP... (syntax)
= 2

$ switchblade -b mock: route del 192.0.2.10
! switchblade: there is no route 192.0.2.10/32 (not-found)
= 4

$ switchblade -b mock: route mac 01:00:00:00:00:01
! switchblade: a router's MAC address is not a multicast one (range)
= 2

$ printf 'route add 192.0.2.10 02:00:00:00:00:01@1\nroute group 192.0.2.10 0 02:00:00:00:00:02@1\n' | switchblade -b mock: shell
| prefix   192.0.2.10/32
| entries  1
|
| warnings
|   leg 1 is in no VLAN
! switchblade: stdin:2: the route has one next hop in its rule, no group: route add (state)
= 1

$ switchblade -b mock: route group 192.0.2.10 0
! switchblade: entry 0: the new next hop is missing (syntax)
= 2

$ switchblade help route add
| usage: switchblade route add PREFIX HOP...
| add a route, or change where it leads
| HOP is MAC@LEG, like 02:00:00:00:00:01@1; none@LEG while the address is not known. With several, flows are spread over them: a group of up to 16 entries, MAC@LEGx4 takes four. Which flow takes which entry is unverified on silicon. The longest prefix wins.

$ switchblade -b mock: route leg 128
! switchblade: leg: 128 is outside 0 to 126 (range)
= 2

$ switchblade -b mock: route leg 1 4096
! switchblade: VLAN: 4096 is outside 1 to 4095 (range)
= 2

$ switchblade -b fault:after=10,mock: route show
! switchblade: ANA_L3:VMID[4]:RLEG_CTRL: read 0x71834080: injected fault: I/O error at access 10 (seed 1) (io)
= 1

$ printf "route leg 1 200\nroute add 192.0.2.10 02:00:00:00:00:01@1x2\nroute group 192.0.2.10 1 02:00:00:00:00:02@1\nroute del 192.0.2.10\nroute show\n" | switchblade -b mock: shell
| leg   1
| VLAN  200
|
| TRAFFIC         IN FRAMES  IN BYTES  OUT FRAMES  OUT BYTES
| IPv4                    0         0           0          0
| IPv6                    0         0           0          0
| IPv4 multicast          0         0           0          0
| IPv6 multicast          0         0           0          0
| prefix   192.0.2.10/32
| entries  2
|
| warnings
|   02:00:00:00:00:01 has no static entry in VLAN 200: flooded
| prefix  192.0.2.10/32
| group   yes
|
| ENTRY  ARP  MAC                LEG
|     0    0  02:00:00:00:00:01    1
|     1    1  02:00:00:00:00:02    1
| deleted  192.0.2.10/32
| router's MAC  -
| routing       no
|
| LEG  VLAN  IPV4  IPV6
|   1   200  yes   yes
