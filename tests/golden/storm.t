# Limits of rates: storms over all ports, policers of ports.

$ switchblade source -
> storm set uc 1000fps
> storm set mc 10Mbps --to ports
> storm set bc 995fps --to cpu
> storm set uc off
| KIND  LIMIT          TO
| uc    1000 frames/s  all
| mc    no limit       -
| bc    no limit       -
| KIND  LIMIT          TO
| uc    1000 frames/s  all
| mc    10016 kbit/s   ports
| bc    no limit       -
| KIND  LIMIT          TO
| uc    1000 frames/s  all
| mc    10016 kbit/s   ports
| bc    1000 frames/s  cpu
| KIND  LIMIT          TO
| uc    no limit       -
| mc    10016 kbit/s   ports
| bc    1000 frames/s  cpu

$ switchblade --json storm set bc 1000fps
| {
|   "schema": "switchblade/storm/1",
|   "storms": [
|     {"kind": "uc", "rate_kbps": null, "rate_fps": null, "limit": "no limit", "to": null},
|     {"kind": "mc", "rate_kbps": null, "rate_fps": null, "limit": "no limit", "to": null},
|     {"kind": "bc", "rate_kbps": null, "rate_fps": 1000, "limit": "1000 frames/s", "to": "all"}
|   ]
| }

$ switchblade storm set uc 1000
! switchblade: '1000' is not a rate like 1000fps, 500kbps, 10Mbps, 1Gbps or off (syntax)
= 2

$ switchblade storm set arp 1000fps
! switchblade: 'arp' is not a kind of storm: uc, mc, bc (syntax)
= 2

$ switchblade storm set uc 5000000Gbps
! switchblade: rate: 5000000 is outside 0 to 4294 (range)
= 2

$ switchblade storm set uc 10Mbps --to front
! switchblade: 'front' is not a place to keep frames from: all, ports, cpu (syntax)
= 2

$ switchblade source -
> police set 0-2 100Mbps --burst 65536
> police set 3 1000fps --policer 1 --kinds unknown-uc,unknown-mc --to ports
> police show
> police set 0-2 off
> police show 3
| PORT  POLICER  LIMIT          BURST  KINDS
|    0        0  100009 kbit/s  65536  known-mc,known-bc,known-uc,unknown-mc,unknown-bc,unknown-uc,to-cpu,learn
|    1        0  100009 kbit/s  65536  known-mc,known-bc,known-uc,unknown-mc,unknown-bc,unknown-uc,to-cpu,learn
|    2        0  100009 kbit/s  65536  known-mc,known-bc,known-uc,unknown-mc,unknown-bc,unknown-uc,to-cpu,learn
| PORT  POLICER  LIMIT           BURST  KINDS
|    3        0  no limit            -  none
|    3        1  1000 frames/s  516096  unknown-mc,unknown-uc
|    3        2  no limit            -  none
|    3        3  no limit            -  none
| PORT  POLICER  LIMIT           BURST  KINDS
|    0        0  100009 kbit/s   65536  known-mc,known-bc,known-uc,unknown-mc,unknown-bc,unknown-uc,to-cpu,learn
|    1        0  100009 kbit/s   65536  known-mc,known-bc,known-uc,unknown-mc,unknown-bc,unknown-uc,to-cpu,learn
|    2        0  100009 kbit/s   65536  known-mc,known-bc,known-uc,unknown-mc,unknown-bc,unknown-uc,to-cpu,learn
|    3        1  1000 frames/s  516096  unknown-mc,unknown-uc
| none
| PORT  POLICER  LIMIT           BURST  KINDS
|    3        0  no limit            -  none
|    3        1  1000 frames/s  516096  unknown-mc,unknown-uc
|    3        2  no limit            -  none
|    3        3  no limit            -  none

$ switchblade --json police set 3 1Gbps
| {
|   "schema": "switchblade/police/1",
|   "policers": [
|     {"port": 3, "policer": 0, "rate_kbps": 1000022, "rate_fps": null, "limit": "1000022 kbit/s", "burst_bytes": 16384, "kinds": "known-mc,known-bc,known-uc,unknown-mc,unknown-bc,unknown-uc,to-cpu,learn", "to": "all"},
|     {"port": 3, "policer": 1, "rate_kbps": null, "rate_fps": null, "limit": "no limit", "burst_bytes": null, "kinds": "none", "to": null},
|     {"port": 3, "policer": 2, "rate_kbps": null, "rate_fps": null, "limit": "no limit", "burst_bytes": null, "kinds": "none", "to": null},
|     {"port": 3, "policer": 3, "rate_kbps": null, "rate_fps": null, "limit": "no limit", "burst_bytes": null, "kinds": "none", "to": null}
|   ]
| }

$ switchblade police set 3 1Gbps --policer 4
! switchblade: --policer: 4 is outside 0 to 3 (range)
= 2

$ switchblade police set 3 1Gbps --kinds arp
! switchblade: 'arp' is not a kind of frame: known-mc, known-bc, known-uc, unknown-mc, unknown-bc, unknown-uc, to-cpu, learn (syntax)
= 2

$ switchblade police set 3 1Gbps --burst 0
! switchblade: --burst: 0 is outside 1 to 516096 (range)
= 2

$ switchblade storm show
| KIND  LIMIT     TO
| uc    no limit  -
| mc    no limit  -
| bc    no limit  -

$ switchblade --json storm show
| {
|   "schema": "switchblade/storm/1",
|   "storms": [
|     {"kind": "uc", "rate_kbps": null, "rate_fps": null, "limit": "no limit", "to": null},
|     {"kind": "mc", "rate_kbps": null, "rate_fps": null, "limit": "no limit", "to": null},
|     {"kind": "bc", "rate_kbps": null, "rate_fps": null, "limit": "no limit", "to": null}
|   ]
| }

$ switchblade storm show uc
! switchblade: storm show takes no operands (syntax)
= 2

$ switchblade police show 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2
