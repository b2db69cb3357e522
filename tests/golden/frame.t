# Frames to and from the CPU of the switch chip.

# Out of ports as it is, or built from parts; --raw gives how many were sent.
$ switchblade -b mock: frame send 3,49
| frames          1
| bytes with FCS  64
| way             direct

$ switchblade -b mock: frame send 3 --da 02:00:00:00:00:01 --vlan 100 --size 128 --count 5
| frames          5
| bytes with FCS  128
| way             direct

$ switchblade -b mock: --json frame send 3 --hex '02 00 00 00 00 01 02:00:00:00:00:fe 88b5 0102'
| {
|   "schema": "switchblade/frame-send/1",
|   "frames": 1,
|   "size_bytes": 64,
|   "way": "direct",
|   "hex": "0200000000010200000000fe88b50102"
| }

$ switchblade -b mock: frame send 3 --rewrite --vlan 100 --raw
| 1

# What the tables send to the CPU can be captured: here bridge frames of port 3.
$ switchblade -b mock: shell
> reg write ANA_CL:PORT[3]:CAPTURE_BPDU_CFG 1 --raw
> frame send --from 3 --vlan 1 --da 01:80:c2:00:00:00
> frame capture
> frame send --from 3 --vlan 1 --da 01:80:c2:00:00:00 --size 64
> frame capture --raw
> frame send --from 3 --vlan 1 --da 01:80:c2:00:00:00
> frame capture -o bpdu.pcap
> frame capture --timeout 10ms
| frames          1
| bytes with FCS  64
| way             from port
| PORT  VLAN  PCP  CLASS  QUEUES  BYTES  DESTINATION        SOURCE               TYPE
|    3     1    0      0    0x01     64  01:80:c2:00:00:00  02:00:00:00:00:fe  0x88b5
| frames          1
| bytes with FCS  64
| way             from port
| 0180c20000000200000000fe88b5000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d
| frames          1
| bytes with FCS  64
| way             from port
| PORT  VLAN  PCP  CLASS  QUEUES  BYTES  DESTINATION        SOURCE               TYPE
|    3     1    0      0    0x01     64  01:80:c2:00:00:00  02:00:00:00:00:fe  0x88b5
| no frame came

$ od -A d -t x1 bpdu.pcap | head -4
| 0000000 d4 c3 b2 a1 02 00 04 00 00 00 00 00 00 00 00 00
| 0000016 80 3e 00 00 01 00 00 00 00 00 00 00 00 00 00 00
| 0000032 3c 00 00 00 3c 00 00 00 01 80 c2 00 00 00 02 00
| 0000048 00 00 00 fe 88 b5 00 01 02 03 04 05 06 07 08 09

# Mistakes.
$ switchblade -b mock: frame send
! switchblade: which PORTS? or --from PORT, or --switched (syntax)
= 2

$ switchblade -b mock: frame send 3 --switched
! switchblade: with --from and --switched the tables choose the ports (syntax)
= 2

$ switchblade -b mock: frame send 3 --rewrite --switched
! switchblade: --rewrite, --from and --switched exclude each other (syntax)
= 2

$ switchblade -b mock: frame send 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2

$ switchblade -b mock: frame send none
! switchblade: the frame has no ports to leave by (range)
= 2

$ switchblade -b mock: frame send 3 --hex 0102030
! switchblade: --hex: '0' is not two digits (syntax)
= 2

$ switchblade -b mock: frame send 3 --hex 010203
! switchblade: --hex: 3 bytes, a frame has 14 or more (range)
= 2

$ switchblade -b mock: frame send 3 --size 63
! switchblade: --size: 63 is outside 64 to 16000 (range)
= 2

$ switchblade -b mock: frame send 3 --da 1
! switchblade: '1' is not a MAC address like 02:00:00:00:00:01 (syntax)
= 2

$ switchblade -b mock: frame send 3 --vlan 5 --hex 0102030405060708090a0b0c88b5
! switchblade: --vlan: with --hex the tag is among the bytes (syntax)
= 2

$ switchblade -b mock: --read-only frame send 3
! switchblade: DEVCPU_QS:XTR:XTR_GRP_CFG[0]: write 0x71020000: refused, the bus is read-only (policy)
= 8

$ switchblade -b fault:after=3,mock: frame send 3
! switchblade: QFWD:SYSTEM:FRAME_COPY_CFG[0]: read 0x717d00e8: injected fault: I/O error at access 3 (seed 1) (io)
= 1

$ switchblade -b mock: -n frame capture --timeout 1ms
| DRY RUN  REGISTER                              OLD         NEW
| write    DEVCPU_QS:XTR:XTR_GRP_CFG[0]   0x00000000  0x00000005
| write    DEVCPU_QS:INJ:INJ_GRP_CFG[0]   0x00000000  0x00000005
| write    ASM:CFG:PORT_CFG[53]           0x00000000  0x00000142
| write    QFWD:SYSTEM:FRAME_COPY_CFG[0]  0x00000000  0x00000d44
| write    QFWD:SYSTEM:FRAME_COPY_CFG[1]  0x00000000  0x00000d4c
| write    QFWD:SYSTEM:FRAME_COPY_CFG[2]  0x00000000  0x00000d54
| write    QFWD:SYSTEM:FRAME_COPY_CFG[3]  0x00000000  0x00000d5c
| write    QFWD:SYSTEM:FRAME_COPY_CFG[4]  0x00000000  0x00000d64
| write    QFWD:SYSTEM:FRAME_COPY_CFG[5]  0x00000000  0x00000d6c
| write    QFWD:SYSTEM:FRAME_COPY_CFG[6]  0x00000000  0x00000d74
| write    QFWD:SYSTEM:FRAME_COPY_CFG[7]  0x00000000  0x00000d7c
| no frame came

$ switchblade --map btc -b mock: frame send 3
! switchblade: the board has no device with the map vsc7448 (no-device)
= 5

# From reset to frames: blade 1 asks all blades, blade 4 answers it alone.
$ switchblade shell | grep -E "cast"
> chip init --raw
> link set 0-7 1000base-x --raw
> frame send --from 0 --vlan 1 --sa 02:00:00:00:00:01 --raw
> frame send --from 3 --vlan 1 --sa 02:00:00:00:00:04 --da 02:00:00:00:00:01 --raw
> counters show 0-4
|    0  tx_ifOutUcastPkts          frames      1
|    1  tx_ifOutBroadcastPkts      frames      1
|    2  tx_ifOutBroadcastPkts      frames      1
|    3  tx_ifOutBroadcastPkts      frames      1
|    4  tx_ifOutBroadcastPkts      frames      1

$ switchblade -b mock: frame capture --timeout soon
! switchblade: --timeout: "soon" is not a duration: a number and us, ms, s or m, like 500ms (syntax)
= 2

$ switchblade -b fault:after=3,mock: frame capture --timeout 1ms
! switchblade: QFWD:SYSTEM:FRAME_COPY_CFG[0]: read 0x717d00e8: injected fault: I/O error at access 3 (seed 1) (io)
= 1
