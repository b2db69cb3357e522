# Messages of the external network: a frame of EtherType 0x88b5 comes in at port 49 (whose plug returns
# what is sent), goes to the blade with function 2 over the TDM bus; the mock's blades take messages
# of the users' types and do not answer them.

$ switchblade shell
> chip init --raw
> link set 49 10gbase-r --raw
> port enable 49
> btc init --raw
> steer set 0 80 2
> msg gateway --for 0s --keep --raw
> frame send 49 --raw --hex 0200000000fe02cafe00000188b50200000000fe0200000000fe02cafe0000010050000512340000000068656c6c6fb3bb80da
> msg gateway --for 200ms
> -j msg gateway --for 0s
> steer show
| front_ports_mbps	80000
| reserved_mbps	2250
| calendar_mbps	83750
| 10000	49-51	3
| 1000	0-48,52	50
| 49	10gbase-r	enabled
| PORT  ROLE      MODE        MBPS  STATE    SIGNAL  MEDIA  PAUSE  FRAME  TAGS
|   49  external  10gbase-r  10000  enabled  pin     sr     off     1518     2
| medium	tdm
| ident	02:00:00:00:00:fe
| period_ns	125000
| slots	128
| slot_bytes	32
| bus_mbps	262.144
| controller_slots	63
| shared_slots	0
| asked	1-8
| answered	1-8
| duplicate	-
| RULE    TYPE  FUNCTION  MAY GO TO  GOES TO NOW  HITS
|    0  0x0050         2  1-64       3               0
| 49
| 1
| ports                  49
| frames with a message  1
| sent to blades         1
| answers sent out       0
| still open             0
| still waiting          0
| other frames, dropped  0
|
| DROPPED BECAUSE  MESSAGES
| expired                 1
| {"schema":"switchblade/msg-gateway/1","ports":"49","frames":0,"requests":0,"answers":0,"open":0,"waiting":0,"other":0,"drops":[]}
| RULE    TYPE  FUNCTION  MAY GO TO  GOES TO NOW  HITS
|    0  0x0050         2  1-64       3               1

# Mistakes.
$ switchblade msg gateway --for 1ms
! switchblade: CONTROL:IDENT_HI and IDENT_LO are 0: the controller has no identifier (state)
= 1

$ switchblade msg gateway --queue 8
! switchblade: --queue: 8 is outside 0 to 7 (range)
= 2

$ switchblade msg gateway 99
! switchblade: port: 99 is outside 0 to 52 (range)
= 2

$ switchblade -b mock: msg gateway
! switchblade: the board has no device with the map btc (no-device)
= 5
