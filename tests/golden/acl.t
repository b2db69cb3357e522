# Access rules, in one world.

$ switchblade -b mock: shell
> acl port 0-7 mac
> acl port 8-47 ip
> acl add to 10 --etype 0x88b5 --from 0-3
> acl add drop --dmac 02:00:00:00:00:07 --vlan 100 --at 0
> acl add only 49,50 --etype 0x8902
> acl add permit --cpu 3
> acl show
> acl del 1
> acl clear 0
> acl clear
> acl show
| ports, all frames      0-7
| ports, but IP and ARP  -
| ports without rules    8-52
| ports, all frames      0-7
| ports, but IP and ARP  8-47
| ports without rules    48-52
| rule added  to
| rule added  drop
| rule added  only
| rule added  permit
| ports, all frames      0-7
| ports, but IP and ARP  8-47
| ports without rules    48-52
|
| RULE  ETYPE   DMAC               VLAN  FROM  ACTION  PORTS  CPU  HITS
|    0          02:00:00:00:00:07   100        drop                   0
|    1  0x88b5                           0-3   to      10             0
|    2  0x8902                                 only    49-50          0
|    3                                         permit           3     0
| deleted  1
| counters cleared  1
| counters cleared  3
| ports, all frames      0-7
| ports, but IP and ARP  8-47
| ports without rules    48-52
|
| RULE  ETYPE   DMAC               VLAN  ACTION  PORTS  CPU  HITS
|    0          02:00:00:00:00:07   100  drop                   0
|    1  0x8902                           only    49-50          0
|    2                                   permit           3     0

$ printf 'acl add to 10 --etype 0x88b5\nacl show\n' | switchblade --json -b mock: shell
| {"schema":"switchblade/acl-add/1","action":"to"}
| {"schema":"switchblade/acl-show/1","ports_mac":"-","ports_ip":"-","ports_off":"0-52","rules":[{"rule":0,"etype":34997,"etype_hex":"0x88b5","dmac":null,"vid":null,"from":null,"action":"to","to":"10","cpu_queue":null,"hits":0,"address":32760}]}

$ switchblade -b mock: acl show
| ports, all frames      -
| ports, but IP and ARP  -
| ports without rules    0-52

# A rule is put together in the TCAM's cache; nothing is written in a dry run.
$ switchblade -n -b mock: acl add drop --etype 0x88b5 | grep -c 'VCAP_SUPER'
| 71

$ switchblade -b mock: acl add to
! switchblade: to needs ports (syntax)
= 2

$ switchblade -b mock: acl add drop 3
! switchblade: drop has no ports (syntax)
= 2

$ switchblade -b mock: acl add forward 3
! switchblade: "forward" is not permit, drop, only PORTS or to PORTS (syntax)
= 2

$ switchblade -b mock: acl add to 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2

$ switchblade -b mock: acl add drop --cpu 3
! switchblade: a rule that drops gives no copy to the CPU (range)
= 2

$ switchblade -b mock: acl add permit --cpu 8
! switchblade: --cpu: 8 is outside 0 to 7 (range)
= 2

$ switchblade -b mock: acl add drop --etype 46
! switchblade: --etype: 46 is outside 1536 to 65535 (range)
= 2

$ switchblade -b mock: acl add drop --dmac 02:00
! switchblade: '02:00' is not a MAC address like 02:00:00:00:00:01 (syntax)
= 2

$ switchblade -b mock: acl add drop --vlan 4096
! switchblade: --vlan: 4096 is outside 1 to 4095 (range)
= 2

$ switchblade -b mock: acl add drop --from none
! switchblade: a rule is for frames from ports 0 to 52 (range)
= 2

$ switchblade -b mock: acl del 0
! switchblade: there is no access rule 0 (not-found)
= 4

$ switchblade -b mock: acl clear 3
! switchblade: there is no access rule 3 (not-found)
= 4

$ switchblade -b mock: acl port 0-7 on
! switchblade: "on" is not off, ip or mac (syntax)
= 2

$ switchblade help acl add
| usage: switchblade acl add [OPTION]... permit|drop|only PORTS|to PORTS
| add an access rule
| The first rule that matches decides: permit counts and changes nothing, drop forwards to no port, only forwards to no others than these, to sends to all of these whatever the tables say. Without a condition a rule is for every frame.
|
| OPTION            WHAT
|     --at=N        in front of rule N (default: behind the last)
|     --cpu=QUEUE   a copy goes to this queue of the CPU
|     --dmac=MAC    frames to this address
|     --etype=TYPE  frames of this EtherType
|     --from=PORTS  frames from these ports (default: all)
|     --vlan=VID    frames of this VLAN

$ switchblade -b mock: acl show 3
! switchblade: acl show takes no operands (syntax)
= 2
