# The MAC table.

$ switchblade source -
> mac add 1 02:00:00:00:00:01 3
> mac add 1 02:00:00:00:00:02 3,4
> mac add 100 03:00:00:00:00:01 3,4 --cpu 2
> mac add 1 02-00-00-00-00-03 5 --dynamic
> mac show
> mac show --port 4
> mac show --vlan 100
> mac find 1 02:00:00:00:00:02
> mac flush --port 5
> mac del 1 02:00:00:00:00:02
> mac show
> mac age 300
> mac age
| FID  ADDRESS            PORTS  KIND
|   1  02:00:00:00:00:01  3      static
| FID  ADDRESS            PORTS  KIND
|   1  02:00:00:00:00:02  3-4    static
| FID  ADDRESS            PORTS  KIND    CPU QUEUE
| 100  03:00:00:00:00:01  3-4    static          2
| FID  ADDRESS            PORTS  KIND
|   1  02:00:00:00:00:03  5      learned
| FID  ADDRESS            PORTS  KIND     CPU QUEUE
|   1  02:00:00:00:00:01  3      static
|   1  02:00:00:00:00:02  3-4    static
|   1  02:00:00:00:00:03  5      learned
| 100  03:00:00:00:00:01  3-4    static           2
| FID  ADDRESS            PORTS  KIND    CPU QUEUE
|   1  02:00:00:00:00:02  3-4    static
| 100  03:00:00:00:00:01  3-4    static          2
| FID  ADDRESS            PORTS  KIND    CPU QUEUE
| 100  03:00:00:00:00:01  3-4    static          2
| FID  ADDRESS            PORTS  KIND
|   1  02:00:00:00:00:02  3-4    static
| FID  ADDRESS            PORTS  KIND
|   1  02:00:00:00:00:02  3-4    static
| FID  ADDRESS            PORTS  KIND    CPU QUEUE
|   1  02:00:00:00:00:01  3      static
| 100  03:00:00:00:00:01  3-4    static          2
| age time in s  300
| age time in s  300

$ switchblade --json mac add 1 02:00:00:00:00:01 3,4
| {
|   "schema": "switchblade/mac/1",
|   "entries": [
|     {"fid": 1, "address": "02:00:00:00:00:01", "ports": "3-4", "kind": "static", "cpu_queue": null, "aged": false, "pgid": 61}
|   ]
| }

$ switchblade source -
> vlan add 100 0-7 --fid 7
> mac add 100 02:00:00:00:00:01 3
> mac add 7 02:00:00:00:00:02 3
> mac add 100 03:00:00:00:00:01 3
> mac show --vlan 100
| VLAN  FID  MEMBERS  FLAGS
|  100    7  0-7      none
| FID  ADDRESS            PORTS  KIND
|   7  02:00:00:00:00:01  3      static
| FID  ADDRESS            PORTS  KIND
|   7  02:00:00:00:00:02  3      static
| FID  ADDRESS            PORTS  KIND
| 100  03:00:00:00:00:01  3      static
| FID  ADDRESS            PORTS  KIND
|   7  02:00:00:00:00:01  3      static
|   7  02:00:00:00:00:02  3      static
| 100  03:00:00:00:00:01  3      static

$ switchblade --json mac flush --vlan 100
| {
|   "schema": "switchblade/mac-flush/1",
|   "port": null,
|   "vlan": 100
| }

$ switchblade --raw source -
> mac add 1 02:00:00:00:00:01 3
> mac age 20
| 02:00:00:00:00:01
| 20

$ switchblade mac find 1 02:00:00:00:00:09
! switchblade: 02:00:00:00:00:09 is not in the MAC table in VLAN 1 (not-found)
= 4

$ switchblade mac del 1 02:00:00:00:00:09
! switchblade: 02:00:00:00:00:09 is not in the MAC table in VLAN 1 (not-found)
= 4

$ switchblade --json mac find 1 02:00:00:00:00:09
| {
|   "schema": "switchblade/error/1",
|   "error": {"code": "not-found", "message": "02:00:00:00:00:09 is not in the MAC table in VLAN 1"}
| }
! switchblade: 02:00:00:00:00:09 is not in the MAC table in VLAN 1 (not-found)
= 4

$ switchblade mac add 1 02:00:00:00:00:01 3,4 --dynamic
! switchblade: only a static entry can have several ports (range)
= 2

$ switchblade mac add 1 02:00:00:00:00:01 none --dynamic
! switchblade: only a static entry can have no port (range)
= 2

$ switchblade mac add 4096 02:00:00:00:00:01 3
! switchblade: VLAN: 4096 is outside 1 to 4095 (range)
= 2

$ switchblade mac add 1 02:00:00:00:00 3
! switchblade: '02:00:00:00:00' is not a MAC address like 02:00:00:00:00:01 (syntax)
= 2

$ switchblade mac add 1 02:00:00:00:00:01 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2

$ switchblade mac age 300000000
! switchblade: age time: 300000000 is outside 0 to 268435456 (range)
= 2

$ switchblade mac show --port x
! switchblade: port: "x" is not a number (syntax)
= 2

$ switchblade mac flush --port 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2

$ switchblade mac flush --vlan 4096
! switchblade: VLAN: 4096 is outside 1 to 4095 (range)
= 2
