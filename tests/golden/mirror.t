# Copies of frames to a monitor port.

$ switchblade source -
> mirror set 48 --rx 0-3 --tx 50
> mirror set 48 --rx 0 --tag c --tag-vlan 200
> mirror off
| monitor port     48
| received by      0-3
| sent by          50
| tag              none
| VLAN of the tag  -
| monitor port     48
| received by      0
| sent by          -
| tag              c
| VLAN of the tag  200
| monitor port     -
| received by      -
| sent by          -
| tag              none
| VLAN of the tag  -

$ switchblade --json mirror set 48 --tx 1
| {
|   "schema": "switchblade/mirror/1",
|   "monitor": 48,
|   "rx": "-",
|   "tx": "1",
|   "tag": "none",
|   "tag_vlan": null
| }

$ switchblade mirror show
| monitor port     -
| received by      -
| sent by          -
| tag              none
| VLAN of the tag  -

$ switchblade mirror set 48 --tx 48
! switchblade: port 48 cannot mirror what it sends itself (range)
= 2

$ switchblade mirror set 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2

$ switchblade mirror set 48 --tag q
! switchblade: 'q' is not a kind of tag: none, c, s, custom-s (syntax)
= 2

$ switchblade --read-only mirror off
! switchblade: QFWD:SYSTEM:FRAME_COPY_CFG[9]: write 0x717d010c: refused, the bus is read-only (policy)
= 8

$ switchblade mirror off 48
! switchblade: mirror off takes no operands (syntax)
= 2

$ switchblade -b fault:after=2,mock: mirror show
! switchblade: ANA_AC:MIRROR_PROBE[0]:PROBE_PORT_CFG: read 0x71f94784: injected fault: I/O error at access 2 (seed 1) (io)
= 1
